"""`joinder serve` that kills itself: `python -m tests.support.doomed POINT NTH`, at a named point of its n-th change, or at a seam.

`seam` is the n-th seam of the next upload (`tests/support/seams.py`).
"""

from __future__ import annotations

import os
import signal
import sys

from backend import cli
from tests.support.failpoints import Failpoint
from tests.support.seams import Seams


def die() -> None:
    """End as by `kill -9`: nothing is flushed, closed or told."""
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    point, nth = sys.argv[1], int(sys.argv[2])
    (Seams(nth, die) if point == "seam" else Failpoint(point, die, nth)).install(setattr)
    sys.exit(cli.main(["serve"]))
