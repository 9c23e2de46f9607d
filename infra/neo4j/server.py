"""A real Neo4j Community server for tests and development, in one process, on loopback, without Docker.

`python -m infra.neo4j.server [--jars FOLDER] [--bundled-java] [--data FOLDER] [--port N] [--parent PID]` starts a Java machine
on the jars that `infra/services neo4j install` has fetched, sets a password made for this run, and prints a line of JSON when Bolt answers:
`{"url": "bolt://127.0.0.1:PORT", "user": "neo4j", "password": "…", "pid": N}`. Everything else goes to standard error.
It stops on SIGTERM or SIGINT, and when the parent process is gone. Without `--data` the data go when it stops.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any

import jpype

from infra.java import CannotStart, bundled_java, find_java, free_port, wait_for_the_end

JAVA_RELEASES = (21, 17)
JAVA_OPTIONS = (
    "-Xrs",  # SIGTERM stays with Python, which shuts the server down first
    "-Xmx1g",
    "-XX:+UseSerialGC",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.lang=ALL-UNNAMED",
    "--enable-native-access=ALL-UNNAMED",
)
ADMINISTRATOR, FIRST_PASSWORD = "neo4j", "neo4j"  # the vendor's first password, changed before anyone is told the address


class Neo4j:
    """The server inside this process; at most one per process, because a process has one Java machine."""

    def __init__(self, jars: Path, data: Path, port: int) -> None:
        self.url = f"bolt://127.0.0.1:{port}"
        self._jars, self._data, self._port = jars, data, port
        self._service: Any = None

    def start(self, password: str, java: Path) -> None:
        """Start, listen and set the administrator's password; Bolt answers when this returns."""
        jpype.startJVM(str(java), *JAVA_OPTIONS, classpath=[str(self._jars / "*")])
        settings: Any = jpype.JClass("org.neo4j.configuration.GraphDatabaseSettings")
        bolt: Any = jpype.JClass("org.neo4j.configuration.connectors.BoltConnector")
        address: Any = jpype.JClass("org.neo4j.configuration.helpers.SocketAddress")
        internal: Any = jpype.JClass("org.neo4j.configuration.GraphDatabaseInternalSettings")
        boolean: Any = jpype.JClass("java.lang.Boolean")
        bytes_of: Any = jpype.JClass("org.neo4j.io.ByteUnit")
        long: Any = jpype.JClass("java.lang.Long")
        integer: Any = jpype.JClass("java.lang.Integer")
        duration: Any = jpype.JClass("java.time.Duration")
        path: Any = jpype.JClass("java.nio.file.Path")
        builder: Any = jpype.JClass("org.neo4j.dbms.api.DatabaseManagementServiceBuilder")
        builder = builder(path.of(str(self._data)))
        builder.setConfig(bolt.enabled, boolean.TRUE)
        builder.setConfig(bolt.listen_address, address("127.0.0.1", self._port))
        builder.setConfig(bolt.advertised_address, address("127.0.0.1", self._port))
        builder.setConfig(settings.auth_enabled, boolean.TRUE)
        builder.setConfig(settings.pagecache_memory, long(bytes_of.mebiBytes(64)))
        builder.setConfig(settings.udc_enabled, boolean.FALSE)  # no report to the vendor
        quiet = internal.netty_server_shutdown_quiet_period  # a number of seconds in the long-term release
        builder.setConfig(quiet, duration.ZERO if isinstance(quiet.defaultValue(), duration) else integer(0))
        self._service = builder.build()
        self._set_password(password)

    def _set_password(self, password: str) -> None:
        from neo4j import GraphDatabase  # noqa: PLC0415 - only the process that serves needs the driver
        from neo4j.exceptions import AuthError  # noqa: PLC0415 - same

        try:
            with (
                GraphDatabase.driver(self.url, auth=(ADMINISTRATOR, FIRST_PASSWORD)) as driver,
                driver.session(database="system") as system,
            ):
                system.run("ALTER CURRENT USER SET PASSWORD FROM $old TO $new", old=FIRST_PASSWORD, new=password).consume()
        except AuthError as error:
            raise CannotStart(f"The data in {self._data} were made with another password. Use an empty folder.") from error

    def stop(self) -> None:
        """Stop cleanly; everything committed is on disk."""
        if self._service is not None:
            self._service.shutdown()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Run a real Neo4j for tests and development.")
    parser.add_argument("--jars", type=Path, default=Path(".cache/neo4j/fetched"), help="folder with Neo4j's jars")
    parser.add_argument("--bundled-java", action="store_true", help="run on the Java of the embedded engine, for the current release")
    parser.add_argument("--find-java", action="store_true", help="say which Java would be used, and end")
    parser.add_argument("--data", type=Path, help="folder for the data (default: a temporary one)")
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1 (default: a free one)")
    parser.add_argument("--parent", type=int, help="stop when this process, our parent, is gone")
    return parser.parse_args()


def main() -> int:
    """Serve until told to stop; 1 with one sentence on standard error where the server cannot start."""
    try:
        return _serve(_arguments())
    except CannotStart as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _serve(arguments: argparse.Namespace) -> int:
    started = time.monotonic()
    java = bundled_java() if arguments.bundled_java else find_java(JAVA_RELEASES)
    if arguments.find_java:
        sys.stdout.write(f"{java}\n")
        return 0
    output = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what Java prints must not be taken for the line of JSON
    with tempfile.TemporaryDirectory(prefix="joinder-neo4j-") as temporary:
        server = Neo4j(arguments.jars.resolve(), (arguments.data or Path(temporary)).resolve(), arguments.port or free_port())
        password = secrets.token_urlsafe(24)
        server.start(password, java / "lib" / "server" / "libjvm.so")
        said = {"url": server.url, "user": ADMINISTRATOR, "password": password, "pid": os.getpid()}
        sys.stderr.write(f"Neo4j answers at {server.url} after {time.monotonic() - started:.1f} s (process {os.getpid()}).\n")
        with output:
            output.write(json.dumps(said) + "\n")
        wait_for_the_end(arguments.parent)
        server.stop()
    return 0


if __name__ == "__main__":
    code = 1
    try:
        code = main()
    except Exception:  # noqa: BLE001 - a process boundary, as when nobody is left to read the line of JSON
        traceback.print_exc()
    sys.stderr.flush()
    os._exit(code)  # Java's own threads would keep the process
