"""One-time codes against the vectors of RFC 6238, and what a recovery code is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from backend.auth.factors import rules

SECRET = b"12345678901234567890"
NOW = datetime(2026, 11, 26, 12, 0, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_the_vectors_of_the_standard(seconds: int, code: str) -> None:
    assert rules.code_at(SECRET, seconds // rules.STEP_S) == code


@pytest.mark.parametrize(("off", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_off_by_one_step(off: int, *, fits: bool) -> None:
    code = rules.code_at(SECRET, rules.step_of(NOW) + off)
    assert (rules.matched(SECRET, f" {code[:3]} {code[3:]}", NOW, 0) is not None) is fits


def test_a_code_opens_once_and_so_does_every_earlier_one() -> None:
    here = rules.step_of(NOW)
    assert rules.matched(SECRET, rules.code_at(SECRET, here), NOW, here) is None
    assert rules.matched(SECRET, rules.code_at(SECRET, here - 1), NOW, here) is None
    assert rules.matched(SECRET, rules.code_at(SECRET, here + 1), NOW + timedelta(seconds=30), here) == here + 1


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "１２３４５６", "1234567"])
def test_what_is_no_code_fits_nothing(typed: str) -> None:
    assert rules.matched(SECRET, typed, NOW, 0) is None


def test_recovery_codes_are_ten_unlike_and_told_by_their_letters_alone() -> None:
    codes = rules.new_recovery_codes()
    assert len(set(codes)) == rules.RECOVERY_CODES
    assert {len(code.replace("-", "")) for code in codes} == {24}
    assert rules.recovery_id("u", codes[0]) == rules.recovery_id("u", f" {codes[0].lower().replace('-', ' ')}")
    assert rules.recovery_id("u", codes[0]) != rules.recovery_id("other", codes[0])


def test_the_picture_is_a_square_with_its_three_corners() -> None:
    rows = rules.picture("otpauth://totp/x?secret=GEZDGNBV")
    assert {len(row) for row in rows} == {len(rows)}
    assert [rows[0][:7], rows[0][-7:], rows[-1][:7]] == ["1111111"] * 3


def test_the_address_is_what_apps_read() -> None:
    said = rules.address(SECRET, "osk@nl", "Joinder joinder.example:8443")
    assert said.startswith(
        "otpauth://totp/Joinder%20joinder.example%3A8443:osk%40nl?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Joinder%20"
    )
