"""How a table is written as text: encoding, delimiter and quotation mark, found from its beginning, and what a person says instead."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass
from itertools import islice

from charset_normalizer import from_bytes

HEAD = 256 * 1024
DELIMITERS = (",", ";", "\t", "|")
QUOTES = ('"', "'")
ENCODINGS = (
    "utf-8", "utf-16", "windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254", "windows-1255", "windows-1256",
    "windows-1257", "iso-8859-15", "koi8-r", "cp866", "gb18030", "shift_jis", "big5", "euc_kr", "mac_roman",
)  # fmt: skip
"""What a page offers; a mapping may name any other encoding of Python."""
_OTHER_SCRIPTS = ("cp1251", "cp1253", "cp1255", "cp1256", "cp866", "gb18030", "shift_jis", "big5", "euc_kr")
_SAMPLE_ROWS, _SAMPLE_BYTES = 60, 32 * 1024
_LETTERS = 0xC0


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is written. What is None is found.

    `encoding` is a codec name of Python; `quote` one character or "" for none; `header` the number of the row that names the columns, 0
    where none does; `sheet` the name of a sheet in a workbook.
    """

    encoding: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    header: int | None = None
    sheet: str | None = None


def detect(head: bytes, said: Layout = Layout()) -> Layout:
    """Find what was not said of encoding, delimiter and quotation mark, from the beginning of a file (up to 256 KiB)."""
    encoding = said.encoding or _encoding(head[:HEAD])
    text = head[:HEAD].decode(encoding, errors="replace")
    quote = _quote(text) if said.quote is None else said.quote
    delimiter = said.delimiter or max(DELIMITERS, key=lambda each: _score(text, each, quote))
    return Layout(encoding, delimiter, quote, said.header, said.sheet)


def reader_options(delimiter: str, quote: str) -> dict[str, str | int]:
    """Return what Python's csv module is told."""
    return {"delimiter": delimiter, "quotechar": quote} if quote else {"delimiter": delimiter, "quoting": csv.QUOTE_NONE}


def _encoding(head: bytes) -> str:
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if head.startswith(mark):
            return encoding
    even, odd = head[0:4096:2].count(0), head[1:4096:2].count(0)
    if max(even, odd) > len(head[:4096]) // 5:
        return "utf-16-le" if odd > even else "utf-16-be"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return _code_page(head)
    return "utf-8"


def _code_page(head: bytes) -> str:
    """Tell another script from Western by how many letters are outside ASCII, and the scripts from one another by the library.

    Code pages of Latin letters differ in single letters only, which no library tells apart in a few names: a person sees what was taken.
    """
    letters = sum(each >= _LETTERS or chr(each).isalpha() for each in head if each < 0x80 or each >= _LETTERS)  # noqa: PLR2004 - ASCII
    high = sum(each >= _LETTERS for each in head)
    if high * 3 < letters:
        return "windows-1252"
    lines = [line for line in head.splitlines(keepends=True) if not line.isascii()]
    best = from_bytes(b"".join(lines)[:_SAMPLE_BYTES], cp_isolation=list(_OTHER_SCRIPTS), enable_fallback=False).best()
    return best.encoding.replace("cp125", "windows-125") if best else "windows-1252"


def _quote(text: str) -> str:
    """Tell the apostrophe from the usual mark by which one more cells begin with."""
    begins = {mark: sum(text.count(before + mark) for before in (*DELIMITERS, "\n")) + text.startswith(mark) for mark in QUOTES}
    return max(QUOTES, key=lambda mark: begins[mark])


def _score(text: str, delimiter: str, quote: str) -> tuple[float, int]:
    """Say how well a delimiter fits: the share of rows as wide as most are, then that width."""
    lines = csv.reader(io.StringIO(text, newline=""), **reader_options(delimiter, quote))  # pyright: ignore[reportArgumentType] - one option each
    try:
        widths = [len(row) for row in islice(lines, _SAMPLE_ROWS) if row]
    except csv.Error:
        return (0.0, 0)
    width = max(set(widths), key=lambda each: (widths.count(each), each), default=0)
    return (widths.count(width) / len(widths), width) if width > 1 else (0.0, 0)
