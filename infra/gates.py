"""Runs the gates one after another, says how long each took, and closes with one line of counts that CI reads.

Called by `infra/test`, which has installed everything. A gate that fails does not stop the next: one run tells all there is to mend.
The closing line counts tests (each once per engine) and the other gates: `joinder: N passed, N failed, N skipped`.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
REPORTS = ROOT / ".cache" / "reports"
LONGEST_GATE_S, LONGEST_OF_ALL_S = 75 * 60, 180 * 60
FIRST = ("architecture", "unit")
MOST_AT_ONCE = 4
"""Processes that run tests side by side, each with an engine, a server and a browser of its own; no more than there are processors."""
NEVER = ("support", "bench", "__pycache__")
ONLY_ONCE = (*FIRST, "e2e")  # what does not touch the graph, or starts its own server


class ServerDown(Exception):
    """A real server did not start; the text says so."""


@dataclass(frozen=True, slots=True)
class Gate:
    """One command, stopped after `longest` seconds. `report` names the JUnit file of a gate that runs tests."""

    name: str
    command: tuple[str, ...]
    folder: Path = ROOT
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    report: Path | None = None
    longest: int = LONGEST_GATE_S


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a gate said: counts of tests, or one for the gate itself."""

    name: str
    seconds: float
    passed: int
    failed: int
    skipped: int


def lint_gates() -> list[Gate]:
    """Return everything that reads the sources without running them."""
    npm = ("npm", "run", "--silent", "check")
    return [
        Gate("ruff check", (str(BIN / "ruff"), "check")),
        Gate("ruff format", (str(BIN / "ruff"), "format", "--check")),
        Gate("pyright", (str(BIN / "pyright"),)),
        Gate("import contracts", (str(BIN / "lint-imports"), "--no-logo")),
        Gate("front-end", npm, folder=ROOT / "frontend"),
        Gate("pages", ("bash", str(ROOT / "infra" / "pages"))),
    ]


def test_folders(without: tuple[str, ...]) -> list[str]:
    """Return the folders of tests, the quick ones first."""
    found = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and any(path.rglob("test_*.py"))}
    found -= {*NEVER, *without}
    return [f"tests/{name}" for name in (*(n for n in FIRST if n in found), *sorted(found - set(FIRST)))]


def pytest_gate(name: str, wanted: list[str], options: argparse.Namespace, environment: Mapping[str, str]) -> Gate:
    """Return a run of pytest over `wanted` (paths and options)."""
    report = REPORTS / (name.replace(" ", "-") + ".xml")
    python = [sys.executable, *(["-m", "coverage", "run", "--parallel-mode"] if options.coverage else []), "-m", "pytest"]
    everything = ["-m", ""] if options.all else []
    said = {"JOINDER_TEST_ALL": "1"} if options.all else {}
    command = (*python, f"--junit-xml={report}", *everything, *wanted)
    longest = LONGEST_OF_ALL_S if options.all else LONGEST_GATE_S
    return Gate(name, command, environment={**environment, **said}, report=report, longest=longest)


def run(gate: Gate) -> Outcome:
    """Run one gate, its output shown as it comes."""
    print(f"\n\033[1m── {gate.name} ──\033[0m", flush=True)
    if gate.report:
        gate.report.parent.mkdir(parents=True, exist_ok=True)
        gate.report.unlink(missing_ok=True)
    started = time.monotonic()
    environment = {**os.environ, **gate.environment}
    try:
        done = subprocess.run(
            gate.command, cwd=gate.folder, env=environment, stdin=subprocess.DEVNULL, timeout=gate.longest, check=False
        ).returncode
    except subprocess.TimeoutExpired:
        print(f"{gate.name} did not end within {gate.longest // 60} minutes and was stopped.", flush=True)
        done = 1
    seconds = time.monotonic() - started
    print(f"── {gate.name}: {'passed' if done == 0 else 'FAILED'} in {seconds:.1f} s", flush=True)
    return _outcome(gate, done, seconds)


def _outcome(gate: Gate, code: int, seconds: float) -> Outcome:
    if not (gate.report and gate.report.exists()):
        return Outcome(gate.name, seconds, int(code == 0), int(code != 0), 0)
    suites = ET.parse(gate.report).getroot().iter("testsuite")  # noqa: S314 - pytest wrote it a moment ago
    said = dict.fromkeys(("tests", "failures", "errors", "skipped"), 0)
    for suite in suites:
        said = {name: count + int(suite.get(name, "0")) for name, count in said.items()}
    failed = said["failures"] + said["errors"]
    passed = said["tests"] - failed - said["skipped"]
    return Outcome(gate.name, seconds, passed, max(failed, int(code != 0)), said["skipped"])


@contextlib.contextmanager
def service(name: str) -> Generator[dict[str, str]]:
    """Serve a real server of `infra/services` and yield what it goes by {url, user, password}."""
    command = ["bash", str(ROOT / "infra" / "services"), name, "run"]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as server:
        try:
            line = server.stdout.readline() if server.stdout else ""
            if not line:
                raise ServerDown(f"{name} did not start; the lines above say why.")
            said = json.loads(line)
            yield {each: said[each] for each in ("url", "user", "password")}
        finally:
            server.terminate()


def _named(prefix: str, said: dict[str, str]) -> dict[str, str]:
    return {f"JOINDER_TEST_{prefix}_{each.upper()}": value for each, value in said.items()}


def _side_by_side(options: argparse.Namespace) -> list[str]:
    """Return what makes pytest run several files at once; a real graph is one for all, and coverage is counted in one process."""
    return (
        []
        if options.coverage
        else ["--numprocesses", str(min(MOST_AT_ONCE, os.cpu_count() or 1)), "--dist", "loadfile", "--no-loadscope-reorder"]
    )


BESIDE = {"keycloak": "Keycloak", "s3": "S3 server"}
"""Real servers beside the graph, and the name that one goes by where it does not start."""
NEO4J = {"neo4j": "tests on Neo4j", "neo4j-current": "tests on current Neo4j"}
"""The name of the gate for each release; the current one runs with `--all` only."""


def _run_on_neo4j(release: str, options: argparse.Namespace, wanted: list[str], more: dict[str, str]) -> Outcome:
    name = NEO4J[release]
    try:
        with service(release) as said:
            return run(pytest_gate(name, wanted, options, {"JOINDER_TEST_GRAPH": "neo4j", **_named("GRAPH", said), **more}))
    except ServerDown as error:
        print(error, flush=True)
        return Outcome(name, 0, 0, 1, 0)


def run_tests(options: argparse.Namespace, ours: list[str]) -> list[Outcome]:
    """Run the tests on each engine that is wanted; with real servers also those that sign in at, or store in, a real one.

    In CI such servers are started even when nobody asked, since tests that miss one fail there.
    """
    with contextlib.ExitStack() as stack:
        outcomes, more = list[Outcome](), dict[str, str]()
        if options.services or (os.environ.get("CI") == "true" and not ours):
            for name, known_as in BESIDE.items():
                try:
                    more |= _named(name.upper(), stack.enter_context(service(name)))
                except ServerDown as error:
                    print(error, flush=True)
                    outcomes.append(Outcome(known_as, 0, 0, 1, 0))
        outcomes.append(run(pytest_gate("tests", ours or [*test_folders(()), *_side_by_side(options)], options, more)))
        releases = [] if not options.services else list(NEO4J) if options.all else ["neo4j"]
        outcomes += [_run_on_neo4j(each, options, ours or test_folders(ONLY_ONCE), more) for each in releases]
        return outcomes


def _coverage() -> None:
    for action in ("combine", "report"):
        subprocess.run([sys.executable, "-m", "coverage", action], cwd=ROOT, check=False)


def summary(outcomes: list[Outcome]) -> int:
    """Print a table and the closing line; return the exit code."""
    print("\n\033[1m── all gates ──\033[0m")
    for one in outcomes:
        print(f"{one.name:<26}{one.seconds:>8.1f} s  {'ok' if not one.failed else 'FAILED':<8}{one.passed} passed, {one.failed} failed")
    passed, failed, skipped = (sum(counts) for counts in zip(*((o.passed, o.failed, o.skipped) for o in outcomes), strict=True))
    print(f"{sum(o.seconds for o in outcomes):.0f} s in all")
    print(f"joinder: {passed} passed, {failed} failed, {skipped} skipped", flush=True)
    return 1 if failed else 0


def _end(number: int, _frame: FrameType | None) -> None:
    """Say so and end, so that the gate's process and the server are ended with us."""
    print(f"\ninfra/test was ended from outside by {signal.Signals(number).name} (its parent is process {os.getppid()}).", flush=True)
    sys.exit(128 + number)


def main() -> int:
    """Read the options; what is not ours goes to pytest, and then only the tests run."""
    parser = argparse.ArgumentParser(prog="infra/test", allow_abbrev=False)
    for name, text in (
        ("--services", "with a real Keycloak and S3 server, and a second time on a real Neo4j; with --all on its current release too"),
        ("--all", "with the tests that take minutes"),
        ("--coverage", "say which lines no test reached"),
    ):
        parser.add_argument(name, action="store_true", help=text)
    options, ours = parser.parse_known_args()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end)
    outcomes = [] if ours else [run(gate) for gate in lint_gates()]
    outcomes += run_tests(options, ours)
    if options.coverage:
        _coverage()
    return summary(outcomes)


if __name__ == "__main__":
    sys.exit(main())
