"""Master keys in a real PKCS#11 token (SoftHSM): what it wraps opens again, and everything else refuses with a sentence."""

from __future__ import annotations

import asyncio
import builtins
import json
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pkcs11
import pytest

from backend.config import Settings, TokenSettings, UnsafeSetting, from_environment
from backend.storage.keys import SpaceKeys
from backend.storage.masters import Masters
from backend.storage.pkcs11 import Token, TokenError
from backend.storage.wrapping import IN_TOKEN, WrapError, WrappingKey
from tests.support.token import plugged_in, told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SPACE = "3f6d0b1e-0000-4000-8000-00000000000a"


@pytest.fixture
def token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TokenSettings]:
    """A token of the test's own."""
    yield from plugged_in(tmp_path / "token", monkeypatch)


@pytest.fixture
def key(token: TokenSettings) -> WrappingKey:
    """A key in it."""
    return Token(token).make()


@pytest.mark.parametrize("size", [1, 20, 31, 32, 33, 255])
def test_what_a_token_wraps_opens_again(key: WrappingKey, size: int) -> None:
    assert key.unwrap(key.wrap(b"\x07" * size, "purpose"), "purpose") == b"\x07" * size


def test_what_is_too_long_is_refused(key: WrappingKey) -> None:
    with pytest.raises(ValueError, match="at most 255"):
        key.wrap(bytes(256), "purpose")


def test_what_was_wrapped_for_something_else_refuses(key: WrappingKey) -> None:
    with pytest.raises(WrapError):
        key.unwrap(key.wrap(bytes(32), "purpose"), "another")


def test_every_flipped_byte_refuses(key: WrappingKey) -> None:
    wrapped = key.wrap(bytes(32), "purpose")
    for at in range(len(wrapped)):
        with pytest.raises(WrapError):
            key.unwrap(wrapped[:at] + bytes([wrapped[at] ^ 1]) + wrapped[at + 1 :], "purpose")


@pytest.mark.parametrize("cut", [0, 1, 8, 9, 17, 40])
def test_what_was_cut_refuses(key: WrappingKey, cut: int) -> None:
    with pytest.raises(WrapError):
        key.unwrap(key.wrap(bytes(32), "purpose")[:cut], "purpose")


def test_another_key_of_the_same_label_refuses(token: TokenSettings, key: WrappingKey) -> None:
    other = Token(token).make()
    wrapped = key.wrap(bytes(32), "purpose")
    for forged in (wrapped, other.head + wrapped[len(other.head) :]):
        with pytest.raises(WrapError):
            other.unwrap(forged, "purpose")


def test_the_key_cannot_be_read_out_of_the_token(token: TokenSettings, key: WrappingKey) -> None:
    def work(session: Any) -> Any:
        held: Any = session.get_key(label=token.key)
        assert (held[pkcs11.Attribute.SENSITIVE], held[pkcs11.Attribute.EXTRACTABLE]) == (True, False)
        return held[pkcs11.Attribute.VALUE]

    assert key.head[:1] == IN_TOKEN
    with pytest.raises(TokenError, match="AttributeSensitive"):
        Token(token).call(work)


def test_nothing_that_passed_through_stays_in_the_token(token: TokenSettings, key: WrappingKey) -> None:
    key.unwrap(key.wrap(bytes(32), "purpose"), "purpose")
    assert Token(token).call(lambda session: len(list(session.get_objects()))) == 1


# ── a deployment on a token ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_first_start_makes_the_key_in_the_token_and_no_key_file(tmp_path: Path, token: TokenSettings) -> None:
    key = await (await SpaceKeys.open(tmp_path, token)).create(SPACE)
    again = await (await SpaceKeys.open(tmp_path, token)).of(SPACE)
    assert (again.ids, [one.bare for one in again.seal]) == (key.ids, [one.bare for one in key.seal])
    assert not list(tmp_path.glob("master*"))
    assert json.loads((tmp_path / "keys" / "MASTER.json").read_text())["current"]["provider"] == "pkcs11"


async def test_a_deployment_that_has_space_keys_stays_on_its_key_file(tmp_path: Path, token: TokenSettings) -> None:
    key = await (await SpaceKeys.open(tmp_path)).create(SPACE)
    again = await SpaceKeys.open(tmp_path, token)
    assert (await again.of(SPACE)).ids == key.ids
    assert again.masters.state().current[:1] != IN_TOKEN


async def test_a_token_without_the_key_is_refused_by_name(tmp_path: Path, token: TokenSettings) -> None:
    keys = await SpaceKeys.open(tmp_path, token)
    Token(token).destroy(keys.masters.state().current)
    with pytest.raises(TokenError, match=r"The token desk holds no key joinder with the id .* Put it back"):
        await SpaceKeys.open(tmp_path, token)


def refused(token: TokenSettings, tmp_path: Path, text: str) -> None:
    pkcs11.lib(str(token.module)).reinitialize()
    with pytest.raises(TokenError, match=text):
        Masters.open(tmp_path, token)
    assert not (tmp_path / "keys" / "MASTER.json").exists()


def test_a_wrong_pin_is_said(tmp_path: Path, token: TokenSettings) -> None:
    token.pin_file.write_text("0000\n")
    refused(token, tmp_path, "The token desk refuses the PIN in .*PinIncorrect")


def test_a_pin_that_others_can_read_is_said(tmp_path: Path, token: TokenSettings) -> None:
    token.pin_file.chmod(0o644)
    refused(token, tmp_path, "JOINDER_PKCS11_PIN_FILE: the file .* can be read by others. Run: chmod 600")


def test_a_token_that_is_not_there_is_said(tmp_path: Path, token: TokenSettings) -> None:
    refused(replace(token, token="elsewhere"), tmp_path, "JOINDER_PKCS11_TOKEN: there is no token elsewhere")


def test_a_library_that_is_none_is_said(tmp_path: Path, token: TokenSettings) -> None:
    with pytest.raises(TokenError, match=r"JOINDER_PKCS11_MODULE: .*nothing\.so does not open the token"):
        Masters.open(tmp_path, replace(token, module=tmp_path / "nothing.so"))


def test_a_package_that_is_not_installed_is_named(tmp_path: Path, token: TokenSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "pkcs11":
            raise ImportError(name)
        return usual(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(TokenError, match=r"python-pkcs11, which is not installed. Install joinder\[pkcs11\]"):
        Masters.open(tmp_path, token)


async def test_a_session_that_was_lost_is_opened_again(token: TokenSettings, key: WrappingKey) -> None:
    wrapped = key.wrap(bytes(32), "purpose")
    pkcs11.lib(str(token.module)).reinitialize()
    assert key.unwrap(wrapped, "purpose") == bytes(32)


async def test_a_token_that_went_away_is_an_error_and_what_is_open_stays_open(
    tmp_path: Path, token: TokenSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = await SpaceKeys.open(tmp_path, token)
    key = await keys.create(SPACE)
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty.conf").write_text(f"directories.tokendir = {tmp_path / 'empty'}\nobjectstore.backend = file\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(tmp_path / "empty.conf"))
    pkcs11.lib(str(token.module)).reinitialize()
    with pytest.raises(TokenError, match="there is no token desk"):
        await keys.create("another")
    assert (await keys.of(SPACE)).ids == key.ids


async def test_a_token_that_hangs_is_given_up_and_holds_nobody_else_up(token: TokenSettings) -> None:
    slow, let_go = Token(token, timeout_s=0.3), threading.Event()
    slow.make()

    def hang(_: object) -> None:
        let_go.wait(30)

    hanging = asyncio.create_task(asyncio.to_thread(slow.call, hang))
    turns, began = 0, time.monotonic()
    while not hanging.done():
        await asyncio.sleep(0.01)
        turns += 1
    with pytest.raises(TokenError, match=r"The token desk has not answered within 0\.3 seconds. Nothing was changed"):
        await hanging
    with pytest.raises(TokenError, match="has not answered"):
        slow.make()  # at once: the call before still hangs
    assert time.monotonic() - began < 5
    assert turns > 5
    let_go.set()
    while True:
        try:
            slow.make()
        except TokenError:
            await asyncio.sleep(0.01)
        else:
            break


# ── settings ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_settings_name_a_token(token: TokenSettings) -> None:
    assert from_environment(told(token)).key_token == token


@pytest.mark.parametrize("missing", ["MODULE", "TOKEN", "KEY", "PIN_FILE"])
def test_a_half_named_token_is_refused_by_name(missing: str) -> None:
    said = {f"JOINDER_PKCS11_{one}": "x" for one in ("MODULE", "TOKEN", "KEY", "PIN_FILE") if one != missing}
    with pytest.raises(UnsafeSetting, match=f"JOINDER_PKCS11_{missing}: a token needs all four"):
        from_environment(said)


def test_no_token_is_the_default(tmp_path: Path) -> None:
    assert (from_environment({}).key_token, Settings(data=tmp_path).key_token) == (None, None)
