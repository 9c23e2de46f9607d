"""The rows that an import refused: sealed batch by batch under the key of the file they came from, told as CSV."""

from __future__ import annotations

import base64
import csv
import io
import os
from typing import TYPE_CHECKING

import orjson
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from backend.entities.imports.planned import Refusal

HEADER = ("row", "column", "reason")
_NONCE = 12
_RUN_BY_SPREADSHEETS = frozenset("=+-@\t\r")


def seal(file_key: bytes, job: str, place: int, rows: Sequence[Refusal]) -> str:
    """Seal the refused rows of one batch; `place` orders the batches of a job."""
    nonce = os.urandom(_NONCE)
    return base64.b64encode(nonce + AESGCM(file_key).encrypt(nonce, orjson.dumps(rows), _bound(job, place))).decode()


def opened(file_key: bytes, job: str, place: int, sealed: str) -> list[Refusal]:
    """Return what `seal` sealed."""
    raw = base64.b64decode(sealed)
    said = orjson.loads(AESGCM(file_key).decrypt(raw[:_NONCE], raw[_NONCE:], _bound(job, place)))
    return [(row, column, reason) for row, column, reason in said]


def _bound(job: str, place: int) -> bytes:
    return f"refused {job} {place}".encode()


def as_csv(rows: Iterable[Sequence[str | int]]) -> bytes:
    """Return rows as CSV. Cells that a spreadsheet would run as a formula are made text."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([_inert(str(cell)) for cell in row] for row in rows)
    return text.getvalue().encode()


def _inert(cell: str) -> str:
    return "'" + cell if cell[:1] in _RUN_BY_SPREADSHEETS else cell
