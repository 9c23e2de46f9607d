"""`joinder serve` that kills itself at a named point of its n-th change: `python -m tests.support.doomed POINT NTH`."""

from __future__ import annotations

import os
import signal
import sys

from backend import cli
from tests.support.failpoints import Failpoint


def die() -> None:
    """End as by `kill -9`: nothing is flushed, closed or told."""
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    Failpoint(sys.argv[1], die, int(sys.argv[2])).install(setattr)
    sys.exit(cli.main(["serve"]))
