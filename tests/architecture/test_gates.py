"""The runner of the gates: what it counts, and that a failure is never counted away."""

from __future__ import annotations

import argparse
import contextlib
import sys
from typing import TYPE_CHECKING

import pytest

from infra import gates

if TYPE_CHECKING:
    from pathlib import Path

SUITE = '<testsuites><testsuite tests="7" failures="{failures}" errors="0" skipped="2"/></testsuites>'


def _gate(tmp_path: Path, code: int, failures: int) -> gates.Gate:
    report = tmp_path / "report.xml"
    program = f"from pathlib import Path; Path({str(report)!r}).write_text({SUITE.format(failures=failures)!r}); raise SystemExit({code})"
    return gates.Gate("tests", (sys.executable, "-c", program), report=report)


def test_tests_are_counted_from_their_report(tmp_path: Path) -> None:
    outcome = gates.run(_gate(tmp_path, code=1, failures=3))
    assert (outcome.passed, outcome.failed, outcome.skipped) == (2, 3, 2)


def test_a_run_that_fails_without_a_failed_test_counts_one(tmp_path: Path) -> None:
    assert gates.run(_gate(tmp_path, code=3, failures=0)).failed == 1


def test_a_gate_without_a_report_counts_itself() -> None:
    assert gates.run(gates.Gate("lint", (sys.executable, "-c", "raise SystemExit(2)"))).failed == 1


def test_the_closing_line_is_plain_and_the_code_tells(capsys: pytest.CaptureFixture[str]) -> None:
    code = gates.summary([gates.Outcome("lint", 1.0, 1, 0, 0), gates.Outcome("tests", 2.0, 5, 1, 2)])
    assert (code, capsys.readouterr().out.splitlines()[-1]) == (1, "joinder: 6 passed, 1 failed, 2 skipped")


def test_the_quick_tests_run_first() -> None:
    assert gates.test_folders(())[:2] == ["tests/architecture", "tests/unit"]


@pytest.mark.parametrize(("wanted", "releases"), [("", []), ("--services", ["neo4j"]), ("--services --all", ["neo4j", "neo4j-current"])])
def test_the_current_release_of_neo4j_takes_its_turn_with_all(monkeypatch: pytest.MonkeyPatch, wanted: str, releases: list[str]) -> None:
    served: list[str] = []

    def passed(gate: gates.Gate) -> gates.Outcome:
        return gates.Outcome(gate.name, 0, 1, 0, 0)

    def service(name: str) -> contextlib.nullcontext[dict[str, str]]:
        served.append(name)
        return contextlib.nullcontext(dict.fromkeys(("url", "user", "password"), ""))

    monkeypatch.setattr(gates, "service", service)
    monkeypatch.setattr(gates, "run", passed)
    gates.run_tests(argparse.Namespace(services="--services" in wanted, all="--all" in wanted, coverage=False), ["tests/unit"])
    assert [one for one in served if one not in gates.BESIDE] == releases


def test_ci_starts_the_real_servers_that_nobody_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[dict[str, str]] = []

    def passed(gate: gates.Gate) -> gates.Outcome:
        given.append(dict(gate.environment))
        return gates.Outcome(gate.name, 0, 1, 0, 0)

    def service(name: str) -> contextlib.nullcontext[dict[str, str]]:
        if name == "keycloak":
            raise gates.ServerDown
        return contextlib.nullcontext(dict.fromkeys(("url", "user", "password"), name))

    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(gates, "service", service)
    monkeypatch.setattr(gates, "run", passed)
    outcomes = gates.run_tests(argparse.Namespace(services=False, all=False, coverage=False), [])
    assert given == [{f"JOINDER_TEST_S3_{each}": "s3" for each in ("URL", "USER", "PASSWORD")}]
    assert [(one.name, one.failed) for one in outcomes] == [("Keycloak", 1), ("tests", 0)]
