"""What the servers that run on Java share: which Java there is, a free port, and an end together with whoever started them."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import threading
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

PARENT_LOOK_S = 0.5


class CannotStart(Exception):
    """A server cannot start; the text says why and what to do."""


def _release(java: Path) -> int:
    """Return the Java release of a `bin/java`, 0 where it does not say."""
    said = subprocess.run([str(java), "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', said)
    return int(found[1]) if found else 0


def find_java(releases: tuple[int, ...]) -> Path:
    """Return the home of a Java of one of these releases, the first one wanted most: JAVA_HOME first, then the system's.

    Raises `CannotStart` where there is none.
    """
    homes = [Path(os.environ["JAVA_HOME"])] if "JAVA_HOME" in os.environ else []
    homes += sorted({path.resolve() for path in Path("/usr/lib/jvm").glob("*")})
    on_path = shutil.which("java")
    homes += [Path(on_path).resolve().parent.parent] if on_path else []
    by_release = {_release(home / "bin" / "java"): home for home in reversed(homes) if (home / "bin" / "java").exists()}
    for release in releases:
        home = by_release.get(release, Path("/nowhere"))
        if (home / "lib" / "server" / "libjvm.so").exists():
            return home
    raise CannotStart("Java 17 or 21 is needed. Install it (Debian: apt-get install openjdk-17-jre-headless) or set JAVA_HOME.")


def bundled_java() -> Path:
    """Return the home of the Java that comes with the embedded engine; newer than a system's, it runs the current Neo4j."""
    found = find_spec("arcadedb_embedded")
    if found is None or not found.submodule_search_locations:
        raise CannotStart("The embedded engine, whose Java is needed, is not installed.")
    return Path(found.submodule_search_locations[0]) / "jre"


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for_the_end(parent: int | None, ended_by_itself: Callable[[], bool] = lambda: False) -> None:
    """Return on SIGTERM or SIGINT, when `parent` is no longer our parent, or when what is served has ended by itself."""
    ended = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    while not ended.wait(PARENT_LOOK_S):
        if (parent is not None and os.getppid() != parent) or ended_by_itself():
            return
