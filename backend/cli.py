"""The `joinder` command: demo, serve, migrate, admin create, keys, verify, backup, restore, erase, store, watch, import, bench."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from backend import config, serving
from backend.agencies.service import AgencyType
from backend.app import open_parts
from backend.auth.demo import service as demo_service
from backend.auth.demo.service import DemoRefused
from backend.auth.first.service import NewAdministrator, create_administrator
from backend.check import check
from backend.config import UnsafeSetting
from backend.core import log
from backend.core.audit import Trail
from backend.core.errors import JoinderError
from backend.core.remote import Remote, RemoteError
from backend.demo import service as demo_case
from backend.entities.imports import send
from backend.keeping import command as keeping
from backend.keeping.recovery import KeepingError
from backend.realtime import watch
from backend.storage import bucket
from backend.storage import command as key_command
from backend.storage.keys import SpaceKeyLostError
from backend.storage.move import MoveError, move
from backend.storage.place import PlaceError
from backend.storage.rotation import RotationError
from backend.storage.store import StoreError
from backend.storage.wrapping import MasterKeyError
from graph.driver import AuthError, Graph, GraphUnavailable
from graph.engine import EngineError
from graph.migrations.runner import GraphVersionError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from backend.config import Settings

EXPECTED = (
    UnsafeSetting, MasterKeyError, SpaceKeyLostError, RotationError, EngineError, GraphVersionError, DemoRefused, JoinderError,
    demo_case.LoadError, RemoteError, StoreError, PlaceError, MoveError, KeepingError,
)  # fmt: skip

BENCH = Path(__file__).resolve().parents[1] / "tests" / "bench" / "goals.py"
BENCH_OPTIONS = (
    ("--size", 1000, "how many items the large answers have"),
    ("--runs", 30, "how often each question is asked"),
    ("--requests", 120, "how many requests each throughput takes"),
)
LOGIN = "who signs in; the password is asked for. Not needed with an API token in JOINDER_TOKEN"


def main(arguments: list[str] | None = None) -> int:
    """Run one command; errors that people can mend are one sentence, and the exit code is 1."""
    said = parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], Coroutine[None, None, int]] = said.run
    try:
        return asyncio.run(run(said))
    except EXPECTED as error:
        sys.stderr.write(f"joinder: {error}\n")
    except GraphUnavailable:
        sys.stderr.write("joinder: the graph does not answer. Look at its log in the data folder, then start again.\n")
    except AuthError:
        sys.stderr.write("joinder: the graph server does not accept JOINDER_GRAPH_USER with JOINDER_GRAPH_PASSWORD.\n")
    except KeyboardInterrupt:
        sys.stderr.write("joinder: stopped.\n")
    return 1


def parser() -> argparse.ArgumentParser:
    """Return the parser of every command."""
    parser = argparse.ArgumentParser(
        prog="joinder", description="One place for the graph, the evidence and the requests of a joint investigation."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    demo = commands.add_parser("demo", help="serve a fictional case on this machine")
    demo.add_argument("--port", type=int, default=8400)
    demo.add_argument("--data", type=Path, default=Path(".data/demo"))
    demo.add_argument("--check", action="store_true", help="start on free ports, ask, wait for a notice, print figures, stop")
    demo.set_defaults(run=_demo)
    commands.add_parser("serve", help="serve the data folder JOINDER_DATA").set_defaults(run=_serve)
    commands.add_parser("migrate", help="bring the graph to this program's version").set_defaults(run=_migrate)
    admin = commands.add_parser("admin", help="manage administrators").add_subparsers(required=True, metavar="ACTION")
    create = admin.add_parser("create", help="create the first administrator; the password is asked for")
    for name, default in (("--login", None), ("--name", None), ("--agency", None), ("--country", None), ("--type", "police")):
        create.add_argument(name, required=default is None, default=default)
    create.set_defaults(run=_create_administrator)
    keys = commands.add_parser("keys", help="rotate, move and check the keys that files are sealed under")
    key_command.arguments(keys)
    keys.set_defaults(run=_keys)
    keeping.arguments(commands, say)
    store = commands.add_parser("store", help="where the files lie").add_subparsers(required=True, metavar="ACTION")
    prepare = store.add_parser("prepare", help="make the bucket that the settings name; print what the server's key must be allowed")
    prepare.set_defaults(run=_prepare_store)
    moving = store.add_parser("move", help="move the files from the data folder into that bucket; may be stopped and run again")
    moving.add_argument("--remove", action="store_true", help="remove them from the folder when every one was compared")
    moving.set_defaults(run=_move_store)
    follow = commands.add_parser("watch", help="print the live notices of a space")
    follow.add_argument("space")
    follow.add_argument("--login", help=LOGIN)
    follow.add_argument("--url", default="http://127.0.0.1:8400")
    follow.set_defaults(run=_watch)
    _import_parser(commands.add_parser("import", help="send a file to a running server, follow it, fetch the refused rows"))
    bench = commands.add_parser("bench", help="measure this program beside what it is built on; nothing is asserted")
    for name, default, what in BENCH_OPTIONS:
        bench.add_argument(name, type=int, default=default, help=what)
    bench.set_defaults(run=_bench)
    return parser


def _import_parser(parser: argparse.ArgumentParser) -> None:
    what = "FollowTheMoney JSON lines, or with --mapping a table: CSV, TSV, XLSX, JSON lines, by its ending"
    parser.add_argument("file", type=Path, nargs="?", help=what)
    parser.add_argument("--space", required=True, help="its name or id")
    parser.add_argument("--case", help="title, number or id of the case that the records are entered in")
    parser.add_argument("--name", help="name of the data set, by default the file's: the same name again changes nothing that is in")
    parser.add_argument("--mapping", type=Path, help="what the columns of a table mean, in FollowTheMoney's YAML form")
    parser.add_argument("--marking", action="append", default=[], help="name or id of a marking for every record; may be repeated")
    parser.add_argument("--grade", help="Admiralty grade of the source, such as B2")
    parser.add_argument("--handling", default="H0")
    parser.add_argument("--refused", type=Path, help="where refused rows go, by default FILE.refused.csv")
    parser.add_argument("--continue", dest="job", help="the id of an import that stopped, instead of a file")
    parser.add_argument("--login", help=LOGIN)
    parser.add_argument("--url", default="http://127.0.0.1:8400")
    parser.set_defaults(run=_import)


async def _demo(said: argparse.Namespace) -> int:
    if said.check:
        return await check()
    settings = replace(
        config.from_environment(), data=said.data.resolve(), port=said.port, host="127.0.0.1", origin="", demo=True
    ).checked()
    return await run_demo(settings)


async def run_demo(settings: Settings, *, small: bool = False) -> int:
    """Serve the demo until a signal comes; load it first into a new data folder."""
    say("starting the graph engine")
    async with serving.engine(settings) as (address, _):
        await serving.migrate(address)
        token = demo_service.new_token()
        async with Graph(address) as graph:
            await demo_service.mark_deployment(graph, demo=True)
            await demo_service.check_demo(graph)
        async with serving.serving(settings, address, token) as (parts, task):
            if task.done():
                say(f"port {settings.port} is in use. Choose another one with --port.")
                return 1
            await demo_case.load_once(parts, small=small, say=say)
            url = f"{settings.address}/#demo={token}"
            say(f"ready. Open {url}")
            if sys.stdout.isatty():
                _open(url)
            await _until_signal(task)
    return 0


async def _serve(_: argparse.Namespace) -> int:
    settings = config.from_environment()
    log.configure()
    async with serving.engine(settings) as (address, _engine):
        await serving.check_version(address)
        async with Graph(address) as graph:
            await demo_service.mark_deployment(graph, demo=False)
        async with serving.serving(settings, address) as (_parts, task):
            say(f"serving {settings.address}")
            await _until_signal(task)
    return 0


async def _migrate(_: argparse.Namespace) -> int:
    async with serving.engine(config.from_environment(), attach=True) as (address, _engine):
        say(f"{await serving.migrate(address)} migrations ran.")
    return 0


async def _create_administrator(said: argparse.Namespace) -> int:
    wanted = NewAdministrator(said.login, said.name, _password(), said.agency, said.country, AgencyType(said.type))
    settings = config.from_environment()
    async with serving.engine(settings, attach=True) as (address, _engine), open_parts(settings, address) as parts:
        await create_administrator(parts.graph, parts.clock, wanted, Trail(parts.audit))
    say(f"{said.login} can sign in now.")
    return 0


async def _keys(said: argparse.Namespace) -> int:
    settings = config.from_environment()
    async with serving.engine(settings, attach=True) as (address, _engine), open_parts(settings, address) as parts:
        return await key_command.run(said, parts, say)


async def _prepare_store(_: argparse.Namespace) -> int:
    await asyncio.to_thread(bucket.prepare, config.from_environment(), say)
    return 0


async def _move_store(said: argparse.Namespace) -> int:
    moved = await move(config.from_environment(), say, remove=said.remove)
    say(f"{moved.copied} objects copied, {moved.there} were there, every one compared ({moved.size} bytes), {moved.removed} removed here.")
    return 0


async def _watch(said: argparse.Namespace) -> int:
    await watch.watch(await _remote(said), said.space, say)
    return 0


async def _import(said: argparse.Namespace) -> int:
    if not said.job and not (said.file and said.case):
        raise RemoteError("Name a file and --case, or an import with --continue.")
    remote = await _remote(said)
    try:
        return 0 if await _imported(remote, said) else 1
    except OSError as error:
        raise RemoteError(f"{error.filename}: {error.strerror}.") from error
    finally:
        await asyncio.to_thread(remote.sign_out)


async def _imported(remote: Remote, said: argparse.Namespace) -> bool:
    refused = said.refused or Path(f"{said.file or said.job}.refused.csv")
    if said.job:
        return await send.go_on(remote, said.space, said.job, refused, say)
    name, markings = said.name or said.file.stem, tuple(said.marking)
    wanted = send.Wanted(said.file, said.space, said.case, name, refused, said.mapping, markings, said.grade, said.handling)
    return await send.send(remote, wanted, say)


async def _bench(said: argparse.Namespace) -> int:
    if not BENCH.exists():
        raise RemoteError("joinder bench is part of the sources. Run it from a copy of the repository.")
    given = [str(each) for name, _, _ in BENCH_OPTIONS for each in (name, vars(said)[name.lstrip("-")])]
    measuring = await asyncio.create_subprocess_exec(sys.executable, str(BENCH), *given)
    return await measuring.wait()


async def _remote(said: argparse.Namespace) -> Remote:
    """Return a way to ask the server: with the API token in JOINDER_TOKEN, or signed in as --login."""
    if token := os.environ.get("JOINDER_TOKEN"):
        return Remote.with_token(said.url, token)
    if not said.login:
        raise RemoteError("Say who you are: --login NAME, or an API token in the environment variable JOINDER_TOKEN.")
    return await asyncio.to_thread(Remote.signed_in, said.url, said.login, _password())


def _password() -> str:
    return getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _open(url: str) -> None:
    import webbrowser  # noqa: PLC0415 - only where a person sits in front of it

    webbrowser.open(url)


async def _until_signal(task: asyncio.Task[None]) -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(each, stop.set)
    waiting = asyncio.create_task(stop.wait())
    await asyncio.wait({waiting, task}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()


if __name__ == "__main__":
    sys.exit(main())
