"""OWASP ASVS 5.0, V6 to V10: every requirement of levels 1 and 2 has its row in `asvs.yaml`, and what a row names is there."""

from __future__ import annotations

import ast
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
import yaml

from backend.auth import rules
from backend.auth.factors import rules as factors
from backend.auth.oidc.provider import ALGORITHMS
from backend.auth.service import TOKEN_BYTES
from backend.auth.strength import require_unguessable
from backend.core.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
TABLE = cast("dict[object, dict[str, Any]]", yaml.safe_load((Path(__file__).parent / "asvs.yaml").read_text()))
SECTIONS = {
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4, "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2,
    "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3, "9.2": 4, "10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11, "10.5": 5, "10.6": 2,
    "10.7": 3,
}  # fmt: skip
"""How many requirements of levels 1 and 2 a section has; they come before those of level 3. 6.7 has none."""
ENOUGH_BITS, BITS_OF_A_LETTER = 112, 5


def named(what: str) -> Iterator[str]:
    for row in TABLE.values():
        said = row.get(what, ())
        yield from [said] if isinstance(said, str) else said


def test_every_requirement_has_a_row_and_no_row_is_of_none() -> None:
    assert sorted(map(str, TABLE)) == sorted(f"{section}.{at}" for section, most in SECTIONS.items() for at in range(1, most + 1))


def test_every_row_says_what_it_is_about_and_what_shows_it() -> None:
    assert [number for number, row in TABLE.items() if not row.get("what") or not row.keys() & {"tests", "document", "not", "open"}] == []
    assert {one for row in TABLE.values() for one in row} <= {"what", "tests", "document", "not", "open"}
    assert [number for number, row in TABLE.items() if "not" in row and len(row) > len(("what", "not"))] == []


def test_every_test_named_is_collected() -> None:
    files = {one.partition("::")[0] for one in named("tests")}
    assert set(named("tests")) - {f"{file}::{name}" for file in files for name in functions_of(file)} == set()
    assert [file for file in files if not Path(file).name.startswith("test_")] == []


def functions_of(file: str) -> Iterator[str]:
    for node in ast.parse((ROOT / file).read_text()).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            yield node.name


def test_every_heading_named_is_in_the_document() -> None:
    lines = (ROOT / "backend" / "SECURITY.md").read_text().splitlines()
    assert set(named("document")) - {line.removeprefix("## ") for line in lines if line.startswith("## ")} == set()


# ── what has no better place ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("bits", [factors.RECOVERY_BYTES * 8, rules.CODE_LETTERS * BITS_OF_A_LETTER, factors.SECRET_BYTES * 8])
def test_codes_that_are_hashed_plainly_have_bits_enough(bits: int) -> None:
    assert bits >= ENOUGH_BITS
    code = rules.set_up_code(b"secret", "issuer", "key").replace("-", "")
    assert len(code) == rules.CODE_LETTERS


@pytest.mark.parametrize("password", ["abcdefghijkl", "123456789012", "ÄÖÜ ñ 中文 🂡 \t", "x" * 64, "x" * 256])
def test_a_password_is_long_and_of_any_signs(password: str) -> None:
    rules.check_password(password)
    with pytest.raises(Invalid):
        rules.check_password(password[:11])


COMMON = [
    "password1234", "Password1234!", "P@ssw0rd2026", "passwordpassword", "letmeinletmein", "qwertyuiop12", "1qaz2wsx3edc", "123456789012",
    "iloveyou1234", "trustno1trustno1", "liverpoolfc1", "abcdefghijkl", "aaaaaaaaaaaaaaaa", "111111222222", "baseball2024", "Joinder2026!",
]  # fmt: skip


@pytest.mark.parametrize("password", COMMON)
def test_a_password_that_many_have_is_refused(password: str) -> None:
    with pytest.raises(Invalid):
        require_unguessable(password)


@pytest.mark.parametrize("password", ["Vreeland1979", "maarten.vreeland", "gravenhage.2026", "vreelandvreeland"])
def test_a_password_of_ones_own_names_is_refused(password: str) -> None:
    with pytest.raises(Invalid):
        require_unguessable(password, ["maarten.vreeland", "Maarten Vreeland", "Politie s-Gravenhage"])


@pytest.mark.parametrize(
    "password", ["correct horse battery", "ein ganz anderes Wort", "кириллица пароль", "x7#kQ9!mPz2v", "mare quieto lontano"]
)
def test_a_password_that_nobody_guesses_is_taken(password: str) -> None:
    require_unguessable(password, ["maarten.vreeland", "Maarten Vreeland"])


def test_judging_a_long_password_takes_no_longer_than_a_moment() -> None:
    began = time.process_time()
    require_unguessable("".join(chr(33 + at * 37 % 90) for at in range(rules.LONGEST_PASSWORD)))
    assert time.process_time() - began < LONG_S


LONG_S = 2.0


def test_a_session_has_bits_enough() -> None:
    assert TOKEN_BYTES * 8 >= 128


def test_only_public_key_algorithms_are_taken() -> None:
    assert ALGORITHMS
    assert {one[:2] for one in ALGORITHMS} <= {"RS", "PS", "ES", "Ed"}
