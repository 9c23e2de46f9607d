"""What a long run has found so far, kept in a file, so that it can be broken off and begun again."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, Any

import orjson

from tests.architecture.sources import ROOT, written

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ROOT / ".cache" / "found"


class Kept:
    """Name to finding; forgotten as soon as the program or a test changed. Kept by `infra/test --all` only."""

    def __init__(self, name: str, folder: Path = FOLDER) -> None:
        """Read what an earlier run of the same sources found, on the same engine."""
        self._file = folder / f"{name}-{os.environ.get('JOINDER_TEST_GRAPH', 'embedded')}.json"
        self._sources = fingerprint()
        self._long = os.environ.get("JOINDER_TEST_ALL") == "1"
        said: dict[str, Any] = orjson.loads(self._file.read_bytes()) if self._long and self._file.exists() else {}
        self.found: dict[str, str | None] = said["found"] if said.get("sources") == self._sources else {}

    def keep(self, name: str, finding: str | None) -> None:
        """Note one finding; None is looked into again by the next run."""
        self.found[name] = finding
        if self._long and finding is not None:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            done = {name: one for name, one in self.found.items() if one is not None}
            self._file.write_bytes(orjson.dumps({"sources": self._sources, "found": done}))


def fingerprint() -> str:
    """Return a hash of the program and of what tests its access rule."""
    sources = [path for part in ("graph/", "backend/", "tests/access/", "tests/support/") for path in written(".py", under=part)]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()
