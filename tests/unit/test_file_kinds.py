"""The kind of a file is told by its content; what a browser would run, and what is two things at once, is never shown."""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile

import pytest

from backend.evidence.reading.kinds import HEAD_BYTES, FileKind, kind_of
from tests.support import workbooks


def zipped(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "application/vnd.oasis.opendocument.text" if name == "mimetype" else "x")
    return file.getvalue()


def tarred() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"))
    return file.getvalue()


OFFICE = "application/vnd.openxmlformats-officedocument."
MAIL = b"Received: from a\r\n by b\r\nFrom: Anna <a@jit.example>\r\nSubject: x\r\n\r\n<html><body>Hello"
GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00"
CASES: dict[str, tuple[bytes, str, str, str]] = {
    "a paper": (b"%PDF-1.7\n", "a.txt", "application/pdf", "pdf"),
    "a paper behind blanks": (b"\xef\xbb\xbf\r\n%PDF-1.7\n", "a", "application/pdf", "pdf"),
    "a picture under a wrong name": (b"\x89PNG\r\n\x1a\n\x00", "a.exe", "image/png", "image"),
    "a photograph": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a.html", "image/jpeg", "image"),
    "a GIF": (GIF, "a.gif", "image/gif", "image"),
    "a scan": (b"II*\x00\x08\x00\x00\x00", "a.tif", "image/tiff", "image"),
    "a bitmap": (b"BM" + b"\x00" * 12 + struct.pack("<I", 40), "a", "image/bmp", "image"),
    "WebP": (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "a", "image/webp", "image"),
    "a telephone's picture": (b"\x00\x00\x00\x18ftypheic", "a.jpg", "image/heic", "other"),
    "AVIF": (b"\x00\x00\x00\x18ftypavif", "a", "image/avif", "image"),
    "a film": (b"\x00\x00\x00\x18ftypisom", "a", "video/mp4", "video"),
    "a recording": (b"\x00\x00\x00\x18ftypM4A ", "a", "audio/mp4", "audio"),
    "WebM": (b"\x1a\x45\xdf\xa3\x01\x00\x00\x00\x00\x00\x00\x1fB\x82\x84webm", "a", "video/webm", "video"),
    "MP3 with a tag": (b"ID3\x04\x00", "a", "audio/mpeg", "audio"),
    "MP3 without": (b"\xff\xfb\x90\x64\x00", "a", "audio/mpeg", "audio"),
    "WAV": (b"RIFF\x00\x00\x00\x00WAVEfmt ", "a", "audio/wav", "audio"),
    "Opus": (b"OggS\x00\x02" + b"\x00" * 22 + b"OpusHead", "a", "audio/ogg", "audio"),
    "an archive": (zipped("a.txt"), "a.docx", "application/zip", "archive"),
    "a tar archive": (tarred(), "a", "application/x-tar", "archive"),
    "gzip": (b"\x1f\x8b\x08\x00", "a", "application/gzip", "archive"),
    "a program in an archive": (zipped("META-INF/MANIFEST.MF"), "a.zip", "application/java-archive", "archive"),
    "a letter": (zipped("[Content_Types].xml", "word/document.xml"), "a.zip", OFFICE + "wordprocessingml.document", "text"),
    "a workbook": (workbooks.workbook(["a"]), "a.xlsx", OFFICE + "spreadsheetml.sheet", "table"),
    "slides": (zipped("[Content_Types].xml", "ppt/presentation.xml"), "a", OFFICE + "presentationml.presentation", "text"),
    "a workbook whose head holds no name": (zipped("[Content_Types].xml"), "a.xlsx", OFFICE + "spreadsheetml.sheet", "table"),
    "an open document": (zipped("mimetype", "content.xml"), "a", "application/vnd.oasis.opendocument.text", "other"),
    "an old letter": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "application/msword", "other"),
    "a message": (MAIL, "a.html", "message/rfc822", "mail"),
    "a table": (b"a;b\n1;2\n", "A.CSV", "text/csv", "table"),
    "the same under another name": (b"a;b\n1;2\n", "a.txt", "text/plain", "text"),
    "text of sixteen bits": ("Žeľezo".encode("utf-16"), "a.txt", "text/plain", "text"),
    "text of an old code page": ("Łódź".encode("cp1250"), "a", "text/plain", "text"),
    "JSON": (b'{"a": 1}', "a.json", "application/json", "text"),
    "statements in XML": (b'<?xml version="1.0"?><Document/>', "a", "application/xml", "text"),
    "a program": (b"MZ\x90\x00\x03", "a.pdf", "application/vnd.microsoft.portable-executable", "other"),
    "nothing": (b"", "a.pdf", "application/octet-stream", "other"),
    "bytes": (b"\x00\x01\x02\x03", "a.txt", "application/octet-stream", "other"),
}


@pytest.mark.parametrize(("head", "name", "media_type", "family"), CASES.values(), ids=CASES)
def test_content_tells_the_kind(head: bytes, name: str, media_type: str, family: str) -> None:
    assert kind_of(head, name) == FileKind(media_type, family)


RUNS: dict[str, tuple[bytes, str]] = {
    "a page": (b"<!DOCTYPE html><html>", "text/html"),
    "a page behind a comment": (b"\n <!-- a -->\n<!-- b --><SCRIPT>alert(1)</SCRIPT>", "text/html"),
    "a page behind a mark": (b"\xef\xbb\xbf<html>", "text/html"),
    "a page of sixteen bits": ("<html><body>".encode("utf-16"), "text/html"),
    "a page behind words": (b"GET it here\n<html><body>", "text/html"),
    "a page that calls itself XML": (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', "application/xhtml+xml"),
    "a drawing": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">', "image/svg+xml"),
    "a drawing behind a prolog": (b'<?xml version="1.0"?><!DOCTYPE svg><svg:svg xmlns:svg="x">', "image/svg+xml"),
    "a drawing behind a comment": (b"<!-- x --><svg>", "image/svg+xml"),
}


@pytest.mark.parametrize(("head", "media_type"), RUNS.values(), ids=RUNS)
@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.png", "a.eml"])
def test_what_a_browser_runs_is_never_shown(head: bytes, media_type: str, name: str) -> None:
    assert kind_of(head, name) == FileKind(media_type, "other")
    assert not kind_of(head, name).paged


TWO: dict[str, tuple[bytes, str]] = {
    "a paper behind junk": (b"junk junk\n%PDF-1.7", "application/pdf"),
    "a paper behind a picture": (GIF + b"%PDF-1.7", "application/octet-stream"),
    "an archive behind a picture": (GIF + zipped("a.class"), "application/octet-stream"),
    "a page in a picture": (GIF + b"=1;/*<script>alert(1)</script>", "application/octet-stream"),
    "a page in a paper": (b"%PDF-1.7\n<html><script>", "application/octet-stream"),
    "an archive in a paper": (b"%PDF-1.7\n" + zipped("a"), "application/octet-stream"),
    "a program in a photograph": (b"\xff\xd8\xff\xfe<?php system()", "application/octet-stream"),
}


@pytest.mark.parametrize(("head", "media_type"), TWO.values(), ids=TWO)
def test_what_is_two_things_at_once_is_not_shown(head: bytes, media_type: str) -> None:
    assert kind_of(head, "a.gif") == FileKind(media_type, "other")


def test_only_the_head_is_looked_at() -> None:
    assert kind_of(GIF + b"\x01" * HEAD_BYTES + b"%PDF-", "a").family == "image"


@pytest.mark.parametrize("cut", range(0, 80, 3))
def test_a_head_may_end_anywhere(cut: int) -> None:
    for head, name, *_ in CASES.values():
        assert kind_of(head[:cut], name).family
