"""A real S3 server for tests and development, on loopback, without Docker: VersityGW over a folder.

`python -m infra.s3.server [--home FOLDER] [--port N] [--parent PID]` serves a folder of its own and prints one line of JSON when it
answers: `{"url": "http://127.0.0.1:PORT", "user": "…", "password": "…", "pid": N}`. Everything else goes to standard error. Beside this
administrator it knows USER-least, with the same password, who may nothing until a bucket's policy allows it. It stops on SIGTERM or
SIGINT, and when the parent process is gone; then every bucket is gone as well. The folder's file system must have extended attributes.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from infra.java import CannotStart, free_port, wait_for_the_end

START_S, STOP_S, LOOK_S = 30.0, 10.0, 0.1
PR_SET_PDEATHSIG = 1


def _with_parent() -> None:
    """Ask the kernel to end this process when the one that started it is gone, however that ended."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Gateway:
    """A server in a process of its own, on a folder that goes with it."""

    def __init__(self, home: Path, port: int) -> None:
        self.url, self._home, self._port = f"http://127.0.0.1:{port}", home, port
        self._data: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, user: str, password: str) -> None:
        """Start and return when it answers."""
        program = self._home / "bin" / "versitygw"
        if not program.exists():
            raise CannotStart("VersityGW is not built here. Run: infra/services s3 install")
        self._home.mkdir(parents=True, exist_ok=True)
        self._data = Path(tempfile.mkdtemp(prefix="data-", dir=self._home))
        self._check_attributes(self._data)
        folders = [self._data / name for name in ("accounts", "versions", "objects")]
        for folder in folders:
            folder.mkdir()
        accounts, versions, objects = map(str, folders)
        command = (
            str(program), "--port", f"127.0.0.1:{self._port}", "--iam-dir", accounts, "--quiet",
            "posix", "--versioning-dir", versions, objects,
        )  # fmt: skip
        self._process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=sys.stderr,
            env={**os.environ, "ROOT_ACCESS_KEY": user, "ROOT_SECRET_KEY": password},
            preexec_fn=_with_parent,  # noqa: PLW1509 - this process has one thread
        )  # fmt: skip
        until = time.monotonic() + START_S
        while not self._answers():
            if self.ended or time.monotonic() > until:
                raise CannotStart("VersityGW did not start; the lines above say why.")
            time.sleep(LOOK_S)
        known = ("--access", user, "--secret", password, "--endpoint-url", self.url)
        new = ("--access", f"{user}-least", "--secret", password, "--role", "user")
        if subprocess.run((str(program), "admin", *known, "create-user", *new), stdout=sys.stderr, timeout=START_S, check=False).returncode:
            raise CannotStart("VersityGW did not take a second user; the lines above say why.")

    @staticmethod
    def _check_attributes(folder: Path) -> None:
        try:
            os.setxattr(folder, "user.joinder", b"1")
        except OSError as error:
            raise CannotStart(f"The file system of {folder.parent} keeps no extended attributes, which VersityGW needs.") from error

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.url, timeout=5):  # noqa: S310 - our own address on loopback
                return True
        except urllib.error.HTTPError:
            return True  # it refuses whoever does not sign
        except OSError:
            return False

    @property
    def ended(self) -> bool:
        """Whether it ended by itself."""
        return self._process is None or self._process.poll() is not None

    def stop(self) -> None:
        """Stop, by force after a while, and remove what it kept."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        if self._data is not None:
            shutil.rmtree(self._data, ignore_errors=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Run a real S3 server for tests and development.")
    parser.add_argument("--home", type=Path, default=Path(".cache/s3"), help="folder of the built program and of what it keeps")
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1 (default: a free one)")
    parser.add_argument("--parent", type=int, help="stop when this process, our parent, is gone")
    return parser.parse_args()


def main() -> int:
    """Serve until told to stop; 1 with one sentence on standard error where the server cannot start."""
    asked = _arguments()
    user, password = f"root{secrets.token_hex(4)}", secrets.token_urlsafe(24)
    server = Gateway(asked.home.resolve(), asked.port or free_port())
    try:
        server.start(user, password)
        sys.stderr.write(f"VersityGW answers at {server.url} (process {os.getpid()}).\n")
        sys.stdout.write(json.dumps({"url": server.url, "user": user, "password": password, "pid": os.getpid()}) + "\n")
        sys.stdout.flush()
        wait_for_the_end(asked.parent, lambda: server.ended)
    except CannotStart as error:
        sys.stderr.write(f"{error}\n")
        return 1
    finally:
        server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
