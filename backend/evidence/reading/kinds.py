"""The kind of a file from what is in it. The name is asked only for what content cannot tell, such as a table from other text.

Whatever a browser would run is `other`, under its true media type; so is a file that is two things at once, as nobody can say which
of the two somebody else's program will take it for. Only the first bytes are looked at: an archive hung behind a picture is not seen,
and harms nobody here, since pictures are drawn anew before they are shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from backend.evidence.reading import signatures as known

HEAD_BYTES = 8192
PAGED = frozenset({"pdf", "image", "text", "table", "mail"})
_PDF_WITHIN, _FEWEST_HEADERS, _LINES = 1024, 2, 40
_BITMAP_HEADERS = frozenset({12, 40, 52, 56, 64, 108, 124})
_MAY_HOLD_PAPERS = frozenset({"application/pdf", "application/x-tar"})
_COMMENT = re.compile(rb"\s*<!--.*?-->", re.DOTALL)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MPEG = re.compile(rb"\xff[\xe2-\xe7\xf2-\xf7\xfa-\xfb][\x10-\xef]")
_ADTS = re.compile(rb"\xff[\xf0\xf1\xf8\xf9]")


@dataclass(frozen=True, slots=True)
class FileKind:
    """A media type, and the family that says how it is shown: pdf, image, text, table, mail, audio, video, archive or other."""

    media_type: str
    family: str

    @property
    def paged(self) -> bool:
        """Whether its pages can be shown."""
        return self.family in PAGED


UNKNOWN = FileKind("application/octet-stream", "other")
HTML, SVG = FileKind("text/html", "other"), FileKind("image/svg+xml", "other")
XHTML, ZIP = FileKind("application/xhtml+xml", "other"), FileKind("application/zip", "archive")
MAIL, PLAIN = FileKind("message/rfc822", "mail"), FileKind("text/plain", "text")


def kind_of(head: bytes, name: str) -> FileKind:
    """Return the kind of a file from its first bytes (up to `HEAD_BYTES`; more are not looked at) and its name."""
    head, ending = head[:HEAD_BYTES], name.rpartition(".")[2].lower() if "." in name else ""
    found = _zip(head, ending) if head.startswith(b"PK\x03\x04") else _binary(head, ending)
    if found is None:
        return _text(head, ending)
    return UNKNOWN if _is_two(head, found) else found


def _is_two(head: bytes, found: FileKind) -> bool:
    """Say whether a second kind of file begins inside the first; archives may hold anything."""
    if head.startswith(b"PK\x03\x04") or found.family == "other":
        return False
    if found.media_type not in _MAY_HOLD_PAPERS and head.find(b"%PDF-", 1, _PDF_WITHIN) > 0:
        return True
    return found.family != "archive" and known.FOREIGN.search(head, 1) is not None


def _binary(head: bytes, ending: str) -> FileKind | None:
    """Return the kind that marks of bytes tell, None for what may be text."""
    for place, mark, media_type, family in known.BINARY:
        if head.startswith(mark, place):
            return FileKind(media_type, family)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return FileKind(known.OLD_OFFICE.get(ending, "application/x-ole-storage"), "other")
    if head[4:8] == b"ftyp":
        return FileKind(*known.BRANDS.get(head[8:12], ("video/mp4", "video")))
    if head.startswith(b"RIFF"):
        return FileKind(*known.RIFF.get(head[8:12], (UNKNOWN.media_type, UNKNOWN.family)))
    return _stream(head) or _of_windows(head) or _after_junk(head)


def _stream(head: bytes) -> FileKind | None:
    if head.startswith(b"OggS"):
        return FileKind("video/ogg", "video") if b"theora" in head[:256] else FileKind("audio/ogg", "audio")
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return FileKind("video/webm" if b"webm" in head[:64] else "video/x-matroska", "video")
    if head.startswith(b"FORM") and head[8:12] in {b"AIFF", b"AIFC"}:
        return FileKind("audio/aiff", "audio")
    if _MPEG.match(head):
        return FileKind("audio/mpeg", "audio")
    return FileKind("audio/aac", "audio") if _ADTS.match(head) else None


def _of_windows(head: bytes) -> FileKind | None:
    if head.startswith(b"BM") and int.from_bytes(head[14:18], "little") in _BITMAP_HEADERS:
        return FileKind("image/bmp", "image")
    if head.startswith(b"MZ") and _CONTROL.search(head):
        return FileKind("application/vnd.microsoft.portable-executable", "other")
    return None


def _after_junk(head: bytes) -> FileKind | None:
    """A PDF may begin late: readers take it for one, so it is called one; behind more than white space it is not shown."""
    place = head.find(b"%PDF-", 0, _PDF_WITHIN)
    if place < 0:
        return None
    blank = not head[:place].removeprefix(b"\xef\xbb\xbf").strip()
    if not blank and _is_mail(head):
        return None
    return FileKind("application/pdf", "pdf" if blank else "other")


def _zip(head: bytes, ending: str) -> FileKind:
    """Tell Office files and others that are ZIP archives by the names of the first entries."""
    names = [_entry(head, found.start()) for found in re.finditer(rb"PK\x03\x04", head)]
    if names[0] == "mimetype" and (said := re.match(rb"application/[\w.+-]{3,100}", head[38:])):
        media_type = said[0].partition(b"PK")[0].decode()
        return FileKind(media_type, "other")
    folder = next((folder for folder in known.OFFICE for name in names if name.startswith(folder)), None)
    if folder is None and names[0] in {"[Content_Types].xml", "_rels/.rels"}:
        folder = known.OFFICE_NAMES.get(ending)
    office = names[0] in {"[Content_Types].xml", "_rels/.rels"} or names[0].startswith((*known.OFFICE, "docProps/"))
    if folder and office:
        return FileKind(*known.OFFICE[folder])
    return FileKind("application/java-archive", "archive") if any(name.startswith("META-INF/") for name in names) else ZIP


def _entry(head: bytes, place: int) -> str:
    size = int.from_bytes(head[place + 26 : place + 28], "little")
    return head[place + 30 : place + 30 + size].decode("utf-8", "replace")


def _text(head: bytes, ending: str) -> FileKind:
    """Tell kinds of text apart; bytes that no text holds are unknown."""
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = head.decode("utf-16", "replace").encode("utf-8", "replace") if wide else head.removeprefix(b"\xef\xbb\xbf")
    if not text or _CONTROL.search(text):
        return UNKNOWN
    if _is_mail(text):
        return MAIL
    return _markup(text) or _plain(text, ending)


def _markup(text: bytes) -> FileKind | None:
    start = text.lstrip()
    while found := _COMMENT.match(start):
        start = start[found.end() :].lstrip()
    if start[:5].lower() == b"<?xml" or start.startswith((b"<!", b"<?")) or known.DRAWING.match(start):
        if known.DRAWING.search(start):
            return SVG
        if known.XHTML.search(start):
            return XHTML
        if known.PAGE.search(start):
            return HTML
    if known.MARKUP.match(start) or known.PAGE.search(start[:_PDF_WITHIN]):
        return HTML
    return FileKind("application/xml", "text") if start[:5].lower() == b"<?xml" else None


def _plain(text: bytes, ending: str) -> FileKind:
    start = text.lstrip()
    if start[:12].upper() == b"BEGIN:VCARD\r" or start.upper().startswith(b"BEGIN:VCARD\n"):
        return FileKind("text/vcard", "text")
    if start[:15].upper() == b"BEGIN:VCALENDAR":
        return FileKind("text/calendar", "text")
    return FileKind(*known.TEXTS.get(ending, (PLAIN.media_type, PLAIN.family)))


def _is_mail(text: bytes) -> bool:
    """Say whether a text begins with the headers of a message, at least two that messages have."""
    lines = text.splitlines()[:_LINES]
    if lines and lines[0].startswith(b"From "):
        lines = lines[1:]
    headers = 0
    for line in lines:
        if known.MAIL_HEADER.match(line):
            headers += 1
        elif not (headers and line.startswith((b" ", b"\t"))) and not re.match(rb"[!-9;-~]+:", line):
            break
    return headers >= _FEWEST_HEADERS
