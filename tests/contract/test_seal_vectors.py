"""Sealed files and wrapped keys are what SEAL.md says: a decoder written from that page alone, which shares no line with the program."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pkcs11
import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap, aes_key_wrap

from backend.storage.folder import FolderStore
from backend.storage.keys import SpaceKeys
from backend.storage.pkcs11 import Token
from backend.storage.seal import Header, SealedReader, SealedWriter
from backend.storage.wrapping import MemoryKey
from tests.support.token import plugged_in

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from backend.config import TokenSettings

VECTORS: dict[str, list[dict[str, Any]]] = json.loads((Path(__file__).parent / "seal_vectors.json").read_text())
FILES, WRAPPED = VECTORS["files"], VECTORS["wrapped"]
SPACE = "3f6d0b1e-0000-4000-8000-00000000000a"


def unsealed(key: bytes, file_id: str, data: bytes) -> bytes:
    """Open a sealed file, as the page says."""
    header, rest = data[:32], data[32:]
    assert header[:9] == b"JNDRSEAL\x01"
    assert header[17:] == bytes(15)
    step = (1 << header[9]) + 16
    chunks = [rest[at : at + step] for at in range(0, len(rest), step)]
    bound = header + file_id.encode()
    nonces = [header[10:17] + at.to_bytes(4, "big") + bytes([at == len(chunks) - 1]) for at in range(len(chunks))]
    return b"".join(AESGCM(key).decrypt(nonce, chunk, bound) for nonce, chunk in zip(nonces, chunks, strict=True))


def sealed(key: bytes, file_id: str, prefix: bytes, log2: int, plain: bytes) -> bytes:
    """Seal a file, as the page says."""
    header = b"JNDRSEAL\x01" + bytes([log2]) + prefix + bytes(15)
    chunks = [plain[at : at + (1 << log2)] for at in range(0, len(plain), 1 << log2)] or [b""]
    nonces = [prefix + at.to_bytes(4, "big") + bytes([at == len(chunks) - 1]) for at in range(len(chunks))]
    bound = header + file_id.encode()
    return header + b"".join(AESGCM(key).encrypt(nonce, chunk, bound) for nonce, chunk in zip(nonces, chunks, strict=True))


def unwrapped(wrapping: bytes, wrapped: bytes, purpose: str) -> bytes:
    """Open a wrapped key of either form, as the page says."""
    head, rest = wrapped[:9], wrapped[9:]
    if head[:1] == b"\x01":
        assert head[1:] == hmac.digest(wrapping, b"joinder key id 1", "sha256")[:8]
        return AESGCM(wrapping).decrypt(rest[:12], rest[12:], head + purpose.encode())
    plain = aes_key_unwrap(wrapping, rest)
    assert plain[:32] == hashlib.sha256(head + purpose.encode()).digest()
    return plain[33 : 33 + plain[32]]


def plain_of(vector: dict[str, Any]) -> bytes:
    """The plaintext: a pattern in hexadecimal, repeated up to a size."""
    pattern = bytes.fromhex(vector["pattern"])
    return (pattern * (vector["size"] // max(1, len(pattern)) + 1))[: vector["size"]]


async def pieces(data: bytes) -> AsyncIterator[bytes]:
    for at in range(0, len(data), 1000):
        yield data[at : at + 1000]


async def by_the_program(vector: dict[str, Any]) -> bytes:
    header = Header(bytes.fromhex(vector["nonce_prefix"]), vector["chunk_log2"])
    writer = SealedWriter(bytes.fromhex(vector["key"]), vector["file_id"], header)
    return b"".join([piece async for piece in writer.seal(pieces(plain_of(vector)))])


@pytest.mark.parametrize("vector", FILES, ids=lambda one: one["name"])
async def test_the_program_seals_to_the_vectors_and_the_page_opens_them(vector: dict[str, Any]) -> None:
    made = await by_the_program(vector)
    assert hashlib.sha256(made).hexdigest() == vector["sealed_sha256"]
    assert made.hex().startswith(vector["sealed"])
    assert unsealed(bytes.fromhex(vector["key"]), vector["file_id"], made) == plain_of(vector)


@pytest.mark.parametrize("vector", FILES, ids=lambda one: one["name"])
async def test_the_program_opens_what_the_page_seals(tmp_path: Path, vector: dict[str, Any]) -> None:
    key, plain = bytes.fromhex(vector["key"]), plain_of(vector)
    data = sealed(key, vector["file_id"], bytes.fromhex(vector["nonce_prefix"]), vector["chunk_log2"], plain)
    store = FolderStore(tmp_path)
    await store.put("ab/one", pieces(data))
    reader = await SealedReader.open(store, "ab/one", key, vector["file_id"])
    assert b"".join([piece async for piece in reader.stream()]) == plain


async def test_the_page_refuses_another_file_id() -> None:
    with pytest.raises(InvalidTag):
        unsealed(bytes.fromhex(FILES[0]["key"]), "another", await by_the_program(FILES[0]))


@pytest.mark.parametrize("vector", WRAPPED, ids=lambda one: one["name"])
def test_the_page_opens_the_wrapped_keys(vector: dict[str, Any]) -> None:
    wrapped = base64.b64decode(vector["wrapped"])
    assert unwrapped(bytes.fromhex(vector["wrapping_key"]), wrapped, vector["purpose"]).hex() == vector["key"]
    assert vector["wrapped"].startswith(base64.b64encode(wrapped[:9]).decode())


@pytest.mark.parametrize("vector", [one for one in WRAPPED if one["form"] == 1], ids=lambda one: one["name"])
def test_the_program_opens_the_wrapped_keys_and_the_page_what_it_wraps(vector: dict[str, Any]) -> None:
    wrapping, key = bytes.fromhex(vector["wrapping_key"]), bytes.fromhex(vector["key"])
    mine = MemoryKey(wrapping)
    assert mine.unwrap(base64.b64decode(vector["wrapped"]), vector["purpose"]) == key
    assert unwrapped(wrapping, mine.wrap(key, vector["purpose"]), vector["purpose"]) == key


async def test_the_whole_way_from_the_key_file_to_a_file(tmp_path: Path) -> None:
    keys = await SpaceKeys.open(tmp_path)
    await keys.create(SPACE)
    async with keys.sealing(SPACE) as key:
        file_key, wrapped = key.new_file_key("file")
    master = base64.b64decode((tmp_path / "master.key").read_text().split(" ")[1])
    stored = json.loads((tmp_path / "keys" / f"{SPACE}.json").read_text())
    sealing = unwrapped(master, base64.b64decode(stored["seal"][0]), f"space {SPACE} seal")
    assert unwrapped(sealing, base64.b64decode(wrapped), f"file {SPACE} file") == file_key
    assert unwrapped(master, base64.b64decode(stored["ids"]), f"space {SPACE} ids") == key.ids


# ── in a token ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TokenSettings]:
    """A token of the test's own."""
    yield from plugged_in(tmp_path / "token", monkeypatch)


@pytest.mark.parametrize("vector", [one for one in WRAPPED if one["form"] == 2], ids=lambda one: one["name"])
def test_a_real_token_opens_the_wrapped_keys_and_wraps_to_the_vectors(token: TokenSettings, vector: dict[str, Any]) -> None:
    wrapped, is_a = base64.b64decode(vector["wrapped"]), pkcs11.Attribute

    def bring_in(session: Any) -> None:
        session.create_object({
            is_a.CLASS: pkcs11.ObjectClass.SECRET_KEY, is_a.KEY_TYPE: pkcs11.KeyType.AES, is_a.VALUE: bytes.fromhex(vector["wrapping_key"]),
            is_a.ID: wrapped[1:9], is_a.LABEL: token.key, is_a.TOKEN: True, is_a.WRAP: True, is_a.UNWRAP: True,
        })  # fmt: skip

    there = Token(token)
    there.call(bring_in)
    key = there.find(wrapped[:9])
    assert key.unwrap(wrapped, vector["purpose"]).hex() == vector["key"]
    assert key.wrap(bytes.fromhex(vector["key"]), vector["purpose"]) == wrapped


def test_the_forms_of_a_token_are_made_as_the_page_says() -> None:
    for vector in (one for one in WRAPPED if one["form"] == 2):
        wrapped, key = base64.b64decode(vector["wrapped"]), bytes.fromhex(vector["key"])
        plain = hashlib.sha256(wrapped[:9] + vector["purpose"].encode()).digest() + bytes([len(key)]) + key
        assert aes_key_wrap(bytes.fromhex(vector["wrapping_key"]), plain + bytes(-len(plain) % 8)) == wrapped[9:]
