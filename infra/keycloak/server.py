"""A real Keycloak for tests and development, on loopback, without Docker: the identity providers of two agencies, one realm each.

`python -m infra.keycloak.server --unpack ZIP` unpacks the distribution that `infra/services keycloak install` has fetched and prepares
it for starting fast (half a minute, once). `python -m infra.keycloak.server [--home FOLDER] [--port N] [--parent PID]` serves the realms
of `infra/oidc/*.json` from memory and prints one line of JSON when they answer:
`{"url": "http://127.0.0.1:PORT", "user": "admin", "password": "…", "pid": N}`. Everything else goes to standard error.
It stops on SIGTERM or SIGINT, and when the parent process is gone; then the realms and everybody in them are gone as well.
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
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

from infra.java import CannotStart, find_java, free_port, wait_for_the_end

JAVA_RELEASES = (21, 17)
JAVA_OPTIONS = (
    "-Xms64m",
    "-Xmx320m",
    "-XX:MaxMetaspaceSize=256m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",  # it lives for minutes: a quick start is worth more than a quick hundredth minute
    "-Djava.util.concurrent.ForkJoinPool.common.threadFactory=io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
    "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
    "-Dpicocli.disable.closures=true",
    "--add-opens=java.base/java.util=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
    "--add-opens=java.base/java.security=ALL-UNNAMED",
)
BUILT = ("--db=dev-mem", "--health-enabled=false")
"""What is settled when it is unpacked: everything in memory."""
REALMS = Path(__file__).resolve().parent.parent / "oidc"
ADMINISTRATOR = "admin"
START_S, STOP_S, LOOK_S = 180.0, 20.0, 0.2
PR_SET_PDEATHSIG = 1


def unpack(archive: Path, home: Path) -> None:
    """Unpack the distribution into `home` and settle what would otherwise be worked out at each start."""
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(home)
    if subprocess.run(_command(home, "build", *BUILT), stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False).returncode:
        raise CannotStart("Keycloak could not be prepared; the lines above say why.")


def _command(home: Path, *asked: str) -> list[str]:
    """Return the command that the distribution's own script would run, as one process that can be ended by its id."""
    there = next(home.glob("keycloak-*"), None)
    if there is None:
        raise CannotStart("Keycloak is not unpacked here. Run: infra/services keycloak install")
    java = find_java(JAVA_RELEASES) / "bin" / "java"
    places = (f"-Dkc.home.dir={there}", f"-Djboss.server.config.dir={there / 'conf'}")
    classes = ("-cp", str(there / "lib" / "quarkus-run.jar"), "io.quarkus.bootstrap.runner.QuarkusEntryPoint")
    return [str(java), *JAVA_OPTIONS, *places, *classes, *asked]


def _lay_out_realms(home: Path) -> list[str]:
    """Put the realms where Keycloak looks for them at its start; return their names."""
    there = next(home.glob("keycloak-*")) / "data" / "import"
    there.mkdir(parents=True, exist_ok=True)
    for path in REALMS.glob("*.json"):
        shutil.copyfile(path, there / path.name)
    return sorted(path.stem for path in REALMS.glob("*.json"))


def _with_parent() -> None:
    """Ask the kernel to end this process when the one that started it is gone, however that ended."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Keycloak:
    """A server in a process of its own."""

    def __init__(self, home: Path, port: int) -> None:
        self.url, self._home, self._port = f"http://127.0.0.1:{port}", home, port
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, password: str) -> None:
        """Start, import the realms and return when each answers."""
        asked = (
            "start", "--optimized", "--import-realm", "--cache=local",
            "--http-enabled=true", "--http-host=127.0.0.1", f"--http-port={self._port}",
            f"--hostname={self.url}", "--http-pool-max-threads=16", "--log-level=warn",
        )  # fmt: skip
        environment = {**os.environ, "KC_BOOTSTRAP_ADMIN_USERNAME": ADMINISTRATOR, "KC_BOOTSTRAP_ADMIN_PASSWORD": password}
        realms = _lay_out_realms(self._home)
        self._process = subprocess.Popen(
            _command(self._home, *asked), stdin=subprocess.DEVNULL, stdout=sys.stderr, env=environment,
            preexec_fn=_with_parent,  # noqa: PLW1509 - this process has one thread
        )  # fmt: skip
        until = time.monotonic() + START_S
        for realm in realms:
            while not _answers(f"{self.url}/realms/{realm}/.well-known/openid-configuration"):
                if self.ended or time.monotonic() > until:
                    raise CannotStart("Keycloak did not start; the lines above say why.")
                time.sleep(LOOK_S)

    @property
    def ended(self) -> bool:
        """Whether it ended by itself."""
        return self._process is None or self._process.poll() is not None

    def stop(self) -> None:
        """Stop, by force after a while."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own address on loopback
            return bool(answer.status == 200)  # noqa: PLR2004 - HTTP's "OK"
    except (urllib.error.URLError, OSError):
        return False


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Run a real Keycloak for tests and development.")
    parser.add_argument("--unpack", type=Path, metavar="ZIP", help="unpack the distribution into --home, and end")
    parser.add_argument("--find-java", action="store_true", help="say which Java would be used, and end")
    parser.add_argument("--home", type=Path, default=Path(".cache/keycloak/home"), help="folder of the unpacked distribution")
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1 (default: a free one)")
    parser.add_argument("--parent", type=int, help="stop when this process, our parent, is gone")
    return parser.parse_args()


def main() -> int:
    """Serve until told to stop; 1 with one sentence on standard error where the server cannot start."""
    asked = _arguments()
    try:
        if asked.find_java:
            sys.stdout.write(f"{find_java(JAVA_RELEASES)}\n")
        elif asked.unpack:
            unpack(asked.unpack, asked.home.resolve())
        else:
            return _serve(asked)
    except CannotStart as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _serve(asked: argparse.Namespace) -> int:
    started, password = time.monotonic(), secrets.token_urlsafe(24)
    server = Keycloak(asked.home.resolve(), asked.port or free_port())
    try:
        server.start(password)
        sys.stderr.write(f"Keycloak answers at {server.url} after {time.monotonic() - started:.1f} s (process {os.getpid()}).\n")
        said = {"url": server.url, "user": ADMINISTRATOR, "password": password, "pid": os.getpid()}
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()
        wait_for_the_end(asked.parent, lambda: server.ended)
    finally:
        server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
