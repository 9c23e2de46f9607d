"""Lock-out, the life of a session, cookies, faults and logs: all without a graph."""

from __future__ import annotations

import io
import json
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from backend.auth import passwords, rules
from backend.auth.rules import Tries
from backend.config import Settings
from backend.core import cookies, log
from backend.core.cookies import Cookie
from backend.core.errors import Invalid, NotFound
from backend.core.faults import fault, new_correlation
from graph.driver import GraphUnavailable

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SERVED = Settings(data=Path("data"), origin="https://joinder.example")


def after(failures: int, start: datetime = NOW) -> Tries:
    """The state after so many failures, each tried as soon as the account accepts a try."""
    tries, now = Tries(0, None), start
    for _ in range(failures):
        now = max(now, tries.locked_until or now)
        tries = rules.counted(tries, now)
    return tries


def test_four_failures_do_not_lock() -> None:
    assert after(4) == Tries(4, None)


def test_the_fifth_failure_locks_for_half_a_minute() -> None:
    assert after(5).locked_until == NOW + timedelta(seconds=30)


def test_each_further_failure_doubles_the_pause_up_to_an_hour() -> None:
    pauses = [rules.pause(failures).total_seconds() for failures in range(5, 14)]
    assert pauses == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]


def test_a_try_during_the_pause_neither_counts_nor_lengthens_it() -> None:
    locked = after(5)
    assert rules.counted(locked, NOW + timedelta(seconds=29)) == locked


def test_the_pause_ends_at_its_moment() -> None:
    locked = after(5)
    assert rules.locked(locked, NOW + timedelta(seconds=29.999))
    assert not rules.locked(locked, NOW + timedelta(seconds=30))


def test_failures_are_forgiven_a_day_after_the_last_pause() -> None:
    locked = after(7)
    assert locked.locked_until
    assert rules.counted(locked, locked.locked_until + timedelta(hours=23)).failures == 8
    assert rules.counted(locked, locked.locked_until + timedelta(hours=24)).failures == 1


def test_a_use_is_written_once_a_minute_at_most() -> None:
    assert not rules.must_touch(NOW, NOW + MINUTE - timedelta(microseconds=1))
    assert rules.must_touch(NOW, NOW + MINUTE)


def test_a_served_cookie_is_bound_to_the_host_and_to_tls() -> None:
    said = Cookie(rules.cookie_name(SERVED), "abc", secure=SERVED.secure).header()
    assert said == "__Host-joinder=abc; Path=/; HttpOnly; SameSite=Strict; Secure"


def test_a_removed_cookie_has_no_value_and_no_life() -> None:
    assert Cookie("joinder", None, secure=False).header() == "joinder=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0"


def test_a_cookie_that_was_sent_twice_counts_as_none() -> None:
    assert cookies.read([(b"cookie", b"a=1; joinder=x; b=2")], "joinder") == "x"
    assert cookies.read([(b"cookie", b"joinder=x; joinder=y")], "joinder") is None


def test_a_name_that_ends_like_ours_is_not_ours() -> None:
    assert cookies.read([(b"cookie", b"xjoinder=1; joinder2=2")], "joinder") is None


async def test_a_password_opens_only_its_own_hash() -> None:
    stored = passwords.hashed("a long enough phrase")
    assert await passwords.verify(stored, "a long enough phrase")
    assert not await passwords.verify(stored, "a long enough phrasf")


@pytest.mark.parametrize("stored", ["", None, "not a hash"])
async def test_an_account_without_a_hash_never_opens(stored: str | None) -> None:
    assert not await passwords.verify(stored, "\0" * rules.LONGEST_PASSWORD)


async def test_a_password_written_in_another_unicode_form_is_the_same() -> None:
    assert await passwords.verify(passwords.hashed("Eglė Mikutė 1979"), "Egle\u0307 Mikute\u0307 1979")


def test_only_the_code_of_an_unexpected_error_is_told() -> None:
    said = fault(ValueError("IT60X0542811101000000123456"), "7F3K-20")
    assert said.json() == {
        "code": "INTERNAL",
        "message": "Something went wrong. Your text is still here. Try again, or give your administrator this code: 7F3K-20.",
        "correlation": "7F3K-20",
    }


def test_every_kind_of_error_has_its_status_and_close_code() -> None:
    told = [fault(error, "X") for error in (NotFound(), Invalid("No.", "name"), GraphUnavailable())]
    assert [(one.status, one.close_code) for one in told] == [(404, 4403), (400, 4400), (503, 1012)]
    assert told[1].extensions() == {"code": "INVALID", "field": "name"}


def test_correlation_codes_can_be_read_aloud() -> None:
    code = new_correlation()
    assert len(code) == 7
    assert code[4] == "-"
    assert not set(code) & set("01ILOU")


def _fail() -> None:
    raise ValueError("Vilma Mikutė")


def _logged(write: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in write.getvalue().splitlines()]


@pytest.fixture
def written() -> io.StringIO:
    """What a logger with our formatter wrote."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(log.Line())
    for name in (log.NAME, "somebody.else"):
        logger = logging.getLogger(name)
        logger.handlers[:], logger.propagate = [handler], False
        logger.setLevel(logging.DEBUG)
    return stream


def test_what_a_library_says_is_reduced_to_its_place(written: io.StringIO) -> None:
    try:
        _fail()
    except ValueError:
        logging.getLogger("somebody.else").exception("Query for %s failed", "Vilma Mikutė")
    (line,) = _logged(written)
    assert "Vilma" not in written.getvalue()
    assert (line["logger"], line["error"]) == ("somebody.else", "ValueError")


def test_a_failure_is_logged_by_class_and_line(written: io.StringIO) -> None:
    try:
        _fail()
    except ValueError as error:
        log.failure("unexpected", error, correlation="7F3K-20")
    (line,) = _logged(written)
    assert "Vilma" not in written.getvalue()
    assert (line["code"], line["error"], line["correlation"]) == ("unexpected", "ValueError", "7F3K-20")
    assert str(line["where"]).startswith("unit/test_auth_rules.py:")
