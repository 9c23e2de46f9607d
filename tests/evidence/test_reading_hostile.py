"""Files made to exhaust, break or take over whoever reads them: each is refused in words, and the process that reads can do nothing."""

from __future__ import annotations

import asyncio
import gzip
import io
import os
import random
import signal
import struct
import subprocess
import sys
import tarfile
import time
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from backend.evidence.reading import archives, refusals, sandbox
from backend.evidence.reading.archives import look
from backend.evidence.reading.kinds import FileKind
from backend.evidence.reading.sandbox import ReadingError, TooLargeToRead, read_pages, render_page, sandbox_state, watermarked
from tests.evidence.papers import message, office, paper, paragraph, picture, streamed, told
from tests.support import workbooks

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

PATIENCE_S = 60
PDF, TEXT = FileKind("application/pdf", "pdf"), FileKind("text/plain", "text")
OFFICE = "application/vnd.openxmlformats-officedocument."


def png(width: int, height: int) -> bytes:
    """A picture that says it is so large, and holds nothing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def pdf(*objects: str, root: int = 1) -> bytes:
    """A PDF of objects as they are written, from 1."""
    found, places = b"%PDF-1.7\n", list[int]()
    for number, said in enumerate(objects, 1):
        places.append(len(found))
        found += f"{number} 0 obj\n{said}\nendobj\n".encode()
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return found + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        size, table, size, root, len(found),
    )  # fmt: skip


def pages(count: int) -> bytes:
    """A PDF of one page that is there so many times."""
    kids = "3 0 R " * count
    return pdf(
        "<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {count}/Kids[{kids}]>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    )


def nested(depth: int) -> bytes:
    """A message of parts inside parts."""
    head = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth))
    return b"From: a@jit.example\nTo: b@jit.example\n" + head + b"Content-Type: text/plain\n\nx"


def bomb(name: str, size: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, b"\0" * size)
    return file.getvalue()


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 or str()};" * 10}">' for n in range(1, 10)) + "]><x>&a9;</x>"
)
SELF = "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[2 0 R]>>"
EXHAUSTING: dict[str, tuple[bytes, str, str]] = {
    "a picture of ten thousand million points": (png(100_000, 100_000), "a.png", "picture is larger"),
    "a picture of one row": (png(2**31 - 1, 1), "a.png", "picture is larger"),
    "a paper of twenty thousand pages": (pages(20_000), "a.pdf", "more pages"),
    "a workbook that unpacks a thousandfold": (bomb("xl/workbook.xml", 100_000_000), "a.xlsx", "unpacks to far more"),
    "a letter that unpacks a thousandfold": (bomb("word/document.xml", 100_000_000), "a.docx", "unpacks to far more"),
    "a message nested a thousand deep": (nested(1_000), "a.eml", "nested too deeply"),
    "a message of ten thousand parts": (
        message(b"x", "text/plain", *["Content-Type: text/plain\n\nx"] * 10_000),
        "a.eml",
        "nested too deeply",
    ),
    "a text of three million lines": (b"\n" * 3_000_000, "a.txt", "more pages"),
    "a text of more letters than are shown": (b"x" * 70_000_000, "a.txt", "more text"),
}


@pytest.mark.parametrize(("data", "name", "reason"), EXHAUSTING.values(), ids=EXHAUSTING)
async def test_what_exhausts_is_refused_in_time(data: bytes, name: str, reason: str) -> None:
    async with asyncio.timeout(PATIENCE_S):
        with pytest.raises(TooLargeToRead, match=f"{reason}.*The file itself is safe"):
            await read_pages(*told(data, name))


BROKEN: dict[str, tuple[bytes, str, str]] = {
    "a paper cut short": (paper("Hello")[:400], "a.pdf", "damaged"),
    "a paper of nothing": (b"%PDF-1.7\n", "a.pdf", "damaged"),
    "a paper whose pages are in themselves": (pdf(*SELF), "a.pdf", ""),
    "a paper under a password": (paper("Hello", encrypt=StandardEncryption("secret", "owner")), "a.pdf", "locked with a password"),
    "a letter of entities that grow": (workbooks.packed({"word/document.xml": ENTITIES}), "a.docx", "damaged"),
    "a letter that reads our files": (
        workbooks.packed({"word/document.xml": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'}), "a.docx", "damaged",
    ),
    "a letter nested a thousand deep": (office("word", document="<w:p>" * 1_000), "a.docx", "damaged"),
    "a letter without a letter": (workbooks.packed({"word/x.xml": "<x/>"}), "a.docx", "damaged"),
    "a workbook that is none": (workbooks.packed({"xl/x.xml": "<x/>"}), "a.xlsx", "damaged"),
    "a workbook cut short": (workbooks.workbook(["a"])[:-30], "a.xlsx", "damaged"),
    "a picture of nothing": (b"\x89PNG\r\n\x1a\n", "a.png", "damaged"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "name", "reason"), BROKEN.values(), ids=BROKEN)
async def test_what_is_broken_is_refused_in_words(data: bytes, name: str, reason: str) -> None:
    async with asyncio.timeout(PATIENCE_S):
        with pytest.raises(ReadingError, match=f"{reason}.*The file itself is safe"):
            await read_pages(*told(data, name))


def sized(box: str) -> bytes:
    """A PDF of one empty page."""
    return pdf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>", f"<</Type/Page/MediaBox[{box}]>>")


ODD: dict[str, bytes] = {
    "pages of no size": sized("0 0 0 0"),
    "pages as large as a field": sized("0 0 1e9 1000000000"),
    "pages like a thread": sized("0 0 1 1000000"),
    "a font that is missing": pdf(
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        "<</Length 40>>stream\nBT /F 9 Tf 9 9 Td (Hello) Tj ET        \nendstream", "<</Type/Font/Subtype/TrueType/BaseFont/Nowhere>>",
    ),
}  # fmt: skip


@pytest.mark.parametrize("data", ODD.values(), ids=ODD)
async def test_an_odd_paper_is_drawn_within_bounds_or_refused(data: bytes) -> None:
    async with asyncio.timeout(PATIENCE_S):
        for work in (
            render_page(*told(data, "a.pdf"), page=1, width=4_000, watermark="x"),
            watermarked(*told(data, "a.pdf"), watermark="x"),
        ):
            try:
                assert len(await work or b"") < 50_000_000
            except ReadingError as refused:
                assert "The file itself is safe" in str(refused)  # noqa: PT017 - it may be drawn as well


SAMPLES = {
    "a.pdf": paper("Hello"), "a.png": picture("PNG"), "a.jpg": picture("JPEG"), "a.tif": picture("TIFF"), "a.webp": picture("WEBP"),
    "a.docx": office("word", document=paragraph("Hello")), "a.xlsx": workbooks.workbook(["a"], ["1"]), "a.eml": message(b"Hello"),
}  # fmt: skip


@pytest.mark.parametrize("name", SAMPLES)
async def test_spoiled_files_are_read_or_refused(name: str) -> None:
    """Bytes changed, cut out and put twice by chance, a seed each."""
    whole, kind = SAMPLES[name], told(SAMPLES[name], name)[0]
    for seed in range(4):
        chance, data = random.Random(f"{name} {seed}"), bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(len(data))
            data[at : at + chance.choice((1, 1, 9))] = chance.choice((b"", chance.randbytes(1), chance.randbytes(3), data[at : at + 40]))
        try:
            async with asyncio.timeout(PATIENCE_S):
                assert await read_pages(kind, streamed(bytes(data)), len(data)) is not None
        except ReadingError as refused:
            assert "The file itself is safe" in str(refused)  # noqa: PT017 - it may be read as well


# ── the process that reads ────────────────────────────────────────────────────────────────────────────────────────────────────────


def program(said: str) -> str:
    """The program of the reading process, in which whatever reads a text does something else, and answers with its text."""
    body = "".join(f"\n    {line}" for line in said.splitlines())
    return (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import ctypes, mmap, os, signal, socket, subprocess, time\n"
        "from backend.evidence.reading import texts, worker\n"
        "from backend.evidence.reading.pages import Page\n"
        f"def instead(data, media_type):{body}\n"
        "def told(data, media_type):\n"
        "    try:\n        found = instead(data, media_type)\n"
        "    except OSError as error:\n        found = f'{type(error).__name__} {error.errno}'\n"
        "    yield Page(1, str(found), 0, 0, ())\n"
        "texts.pages = told\n"
        "worker.main()\n"
    )


async def does(monkeypatch: pytest.MonkeyPatch, said: str) -> str:
    monkeypatch.setattr(sandbox, "PROGRAM", program(said))
    [page] = await read_pages(TEXT, streamed(b"x"), 1)
    return page.text


REFUSED = "PermissionError 1"
FORBIDDEN = {
    "open a socket": "return socket.socket()",
    "open a socket of this machine": "return socket.socket(socket.AF_UNIX)",
    "make a pair of sockets": "return socket.socketpair()",
    "look up a name": "return socket.getaddrinfo('localhost', 80)",
    "write a file": "return open('/tmp/evil', 'wb')",
    "read a file": "return open('/etc/passwd', 'rb')",
    "read its own memory": "return open('/proc/self/mem', 'rb')",
    "list a folder": "return os.listdir('/')",
    "remove a file": "return os.unlink('/tmp/evil')",
    "make a folder": "return os.mkdir('/tmp/evil')",
    "start a program": "return subprocess.Popen(['/bin/true'])",
    "become a program": "return os.execv('/bin/true', ['true'])",
    "fork": "return os.fork()",
    "kill": "return os.kill(os.getppid(), signal.SIGKILL)",
    "hold memory outside of its own": "return os.memfd_create('evil')",
}


@pytest.mark.parametrize("said", FORBIDDEN.values(), ids=FORBIDDEN)
async def test_the_reading_process_cannot(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    found = await does(monkeypatch, said)
    assert found == REFUSED or found.startswith("gaierror"), said


@pytest.mark.parametrize("call", [101, 310, 59, 2, 41, 425, 165, 302])
async def test_the_reading_process_cannot_by_number(monkeypatch: pytest.MonkeyPatch, call: int) -> None:
    """ptrace, process_vm_readv, execve, open, socket, io_uring_setup, mount, prlimit64 (on x86_64; on others some other call)."""
    said = f"libc = ctypes.CDLL(None, use_errno=True)\nreturn (libc.syscall({call}, 0, 0, 0, 0, 0), ctypes.get_errno())"
    monkeypatch.setattr(sandbox, "PROGRAM", program(said).replace("def instead", "ctypes.CDLL(None)\ndef instead"))
    [page] = await read_pages(TEXT, streamed(b"x"), 1)
    assert page.text == "(-1, 1)"


async def test_the_reading_process_makes_nothing_executable(monkeypatch: pytest.MonkeyPatch) -> None:
    assert await does(monkeypatch, "return mmap.mmap(-1, 4096, prot=7)") == REFUSED
    assert (await does(monkeypatch, "return len(mmap.mmap(-1, 4096, prot=3))")) == "4096"


async def test_the_reading_process_sees_no_environment_and_has_nothing_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOINDER_GRAPH_PASSWORD", "secret")
    assert await does(monkeypatch, "return dict(os.environ)") in {"{}", "{'LC_CTYPE': 'C.UTF-8'}"}
    held = """found = []
for number in range(64):
    try:
        os.lseek(number, 0, 1)
    except OSError as error:
        if error.errno == 9:
            continue
    found.append(number)
return found"""
    assert await does(monkeypatch, held) == "[0, 1, 2]"


async def test_too_much_memory_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TooLargeToRead, match="more memory"):
        await does(monkeypatch, "return bytearray(2 * 1024**3)")
    assert await does(monkeypatch, "return len(bytearray(512 * 1024**2))") == str(512 * 1024**2)


@pytest.mark.parametrize("said", ["while True: pass", "while True: time.monotonic()"])
async def test_too_much_time_of_the_processor_is_told(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    ended, why = list[int](), sandbox._why  # noqa: SLF001 - what the kernel said is nowhere else

    def noted(code: int) -> str:
        ended.append(code)
        return why(code)

    monkeypatch.setattr(sandbox, "_why", noted)
    monkeypatch.setitem(sandbox.SECONDS, "pages", 2)
    monkeypatch.setattr(sandbox, "PATIENCE", 20)
    with pytest.raises(TooLargeToRead, match="longer than it may"):
        await does(monkeypatch, said)
    assert ended == [-signal.SIGXCPU], "by the kernel, not by the clock"


async def test_too_much_time_by_the_clock_is_told_and_ends_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file never ends; the process waits for it and uses no time of the processor."""
    monkeypatch.setitem(sandbox.SECONDS, "pages", 1)

    async def endless() -> AsyncIterator[bytes]:
        yield b"x"
        await asyncio.sleep(PATIENCE_S)

    begun = time.monotonic()
    with pytest.raises(TooLargeToRead, match="longer than it may"):
        await read_pages(TEXT, endless(), 100)
    assert time.monotonic() - begun < 10
    assert not children()


def children() -> list[str]:
    """The reading processes that this one has."""
    found = list[str]()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            parent = (process / "stat").read_text().rpartition(")")[2].split()[1]
            if parent == str(os.getpid()) and "evidence.reading" in (process / "cmdline").read_text():
                found.append(process.name)
        except OSError:
            pass
    return found


async def test_a_reader_who_goes_leaves_no_process_behind() -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"x"
            await asyncio.sleep(0.01)

    reading = asyncio.create_task(read_pages(TEXT, endless(), 10_000_000))
    async with asyncio.timeout(PATIENCE_S):
        while not children():  # noqa: ASYNC110 - nothing tells of a process
            await asyncio.sleep(0.01)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
    assert not children()


async def test_no_more_than_two_run_at_once() -> None:
    most, work = 0, asyncio.gather(*(read_pages(*told(b"hello\n", "a.txt")) for _ in range(6)))
    while not work.done():
        most = max(most, len(children()))
        await asyncio.sleep(0.01)
    assert most == 2
    assert len(await work) == 6


async def test_a_process_that_breaks_off_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ReadingError, match="broke off"):
        await does(monkeypatch, "ctypes.string_at(0)")
    with pytest.raises(ReadingError, match="broke off"):
        await does(monkeypatch, "os._exit(0)")


LIES = {
    "a page that is none": "P[1]",
    "a page of other numbers": 'P["1","2",3,4,[]]',
    "a page of other sizes": 'P[1,"2","3",4,[]]',
    "a page of other text": "P[1,2,3,4,[]]",
    "a page of other words": 'P[1,"2",3,4,[["x",1,1,1]]]',
    "more than it may": None,
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
async def test_what_the_process_answers_is_not_trusted(monkeypatch: pytest.MonkeyPatch, lie: str | None) -> None:
    sort, payload = (lie[:1].encode(), lie[1:].encode()) if lie else (b"P", b"")
    frame = sort + (len(payload) if lie else 2**32 - 1).to_bytes(4, "big") + payload + (b".\0\0\0\0" if lie else b"")
    monkeypatch.setitem(sandbox.SECONDS, "pages", 5)
    with pytest.raises(ReadingError, match="broke off"):
        await does(monkeypatch, f"os.write(1, {frame!r})\nwhile True: pass")


async def test_a_picture_that_is_none_is_not_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    evil = program("pass").replace(
        "worker.main()", "from backend.evidence.reading import pdfs; pdfs.picture = lambda *_: b'<script>'; worker.main()"
    )
    monkeypatch.setattr(sandbox, "PROGRAM", evil)
    with pytest.raises(ReadingError, match="broke off"):
        await render_page(*told(paper("Hello"), "a.pdf"), page=1, width=10, watermark=None)


async def test_the_words_of_an_error_are_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ReadingError) as raised:
        await does(monkeypatch, "from backend.evidence.reading.refusals import Refused\nraise Refused('words of the file')")
    assert str(raised.value) == refusals.SENTENCES["broken off"]


async def test_the_state_is_told_and_without_a_filter_nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert await sandbox_state() in {"seccomp", "seccomp and namespace"}
    machine = "import platform; platform.machine = lambda: 'vax'\n"
    monkeypatch.setattr(sandbox, "PROGRAM", machine + sandbox.PROGRAM)
    assert await sandbox_state() == "none"
    with pytest.raises(ReadingError, match="cannot shut off"):
        await read_pages(*told(b"hello\n", "a.txt"))


async def test_a_file_larger_than_is_read_is_not_even_fetched() -> None:
    async def fetched() -> AsyncIterator[bytes]:
        pytest.fail("fetched")
        yield b""

    with pytest.raises(TooLargeToRead, match="too large"):
        await read_pages(TEXT, fetched(), sandbox.MOST_READ_BYTES + 1)


async def test_a_file_longer_than_it_says_is_refused() -> None:
    with pytest.raises(TooLargeToRead, match="too large"):
        await read_pages(TEXT, streamed(b"x" * 1_000_000), 10)


@pytest.mark.parametrize("kind", [FileKind("text/html", "other"), FileKind("video/mp4", "video"), FileKind("application/zip", "archive")])
async def test_what_is_not_shown_is_not_read(kind: FileKind) -> None:
    with pytest.raises(ReadingError, match="this kind"):
        await read_pages(kind, streamed(b"x"), 1)
    with pytest.raises(ReadingError, match="this kind"):
        await render_page(kind, streamed(b"x"), 1, page=1, width=1, watermark=None)
    with pytest.raises(ReadingError, match="this kind"):
        await watermarked(kind, streamed(b"x"), 1, watermark="x")


async def test_a_store_that_breaks_off_is_told_as_such() -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"x"
        raise OSError("the store")

    with pytest.raises(OSError, match="the store"):
        await read_pages(TEXT, broken(), 100)


# ── archives ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def tarred(*entries: tarfile.TarInfo, form: int = tarfile.PAX_FORMAT) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=form) as archive:
        for entry in entries:
            archive.addfile(entry, io.BytesIO(b"\0" * entry.size) if entry.isreg() else None)
    return file.getvalue()


def entry(name: str, size: int = 0, sort: bytes = tarfile.REGTYPE, target: str = "") -> tarfile.TarInfo:
    found = tarfile.TarInfo(name)
    found.size, found.type, found.linkname = size, sort, target
    return found


def zipped(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "12345")
    return file.getvalue()


def overlapping() -> bytes:
    """Fifty entries of the same bytes."""
    first = zipped("a" * 9)
    start = first.index(b"PK\x01\x02")
    end = first.index(b"PK\x05\x06")
    large = first[start:end]
    return first[:start] + large * 50 + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 50, 50, 50 * len(large), start, 0)


def locked() -> bytes:
    data = bytearray(zipped("a"))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


LOOKED: dict[str, tuple[bytes, int, str | None]] = {
    "two files": (zipped("a", "b/c"), 2, None),
    "an empty archive": (zipped(), 0, None),
    "a tar archive": (
        tarred(entry("a", 1000), entry("b/", sort=tarfile.DIRTYPE), entry("b/l", sort=tarfile.SYMTYPE, target="../a/..x")),
        3,
        archives.LINK,
    ),
    "long names": (tarred(entry("n" * 300, 10), entry("m" * 300)), 2, None),
    "long names of another time": (tarred(entry("n" * 300, 10), form=tarfile.GNU_FORMAT), 1, None),
    "compressed": (gzip.compress(tarred(entry("a", 1000))), 1, None),
    "one file compressed": (gzip.compress(b"hello"), 1, None),
    "upwards": (zipped("a", "b/../../c"), 2, archives.OUTSIDE),
    "from the root": (zipped("/etc/passwd"), 1, archives.OUTSIDE),
    "of another system": (zipped("..\\a"), 1, archives.OUTSIDE),
    "of a drive": (zipped("C:a"), 1, archives.OUTSIDE),
    "upwards in tar": (tarred(entry("../a")), 1, archives.OUTSIDE),
    "upwards in a long name": (tarred(entry("a/" * 200 + "../" * 300)), 1, archives.OUTSIDE),
    "a link out": (tarred(entry("a", sort=tarfile.SYMTYPE, target="/etc")), 1, archives.LINK),
    "a device": (tarred(entry("a", sort=tarfile.CHRTYPE)), 1, archives.DEVICE),
    "a bomb": (bomb("a", 100_000_000), 2, archives.BOMB),
    "a bomb in tar": (gzip.compress(tarred(entry("a", 100_000_000))), 1, archives.BOMB),
    "a compressed bomb": (gzip.compress(b"\0" * 100_000_000), 1, archives.BOMB),
    "bytes that entries share": (overlapping(), 50, archives.OVERLAP),
    "under a password": (locked(), 1, archives.LOCKED),
    "cut short": (zipped("a")[:-5], 0, archives.DAMAGED),
    "compressed and cut short": (gzip.compress(random.Random(1).randbytes(5_000))[:-1000], 1, archives.DAMAGED),
    "tar cut short": (tarred(entry("a", 10_000))[:2_000], 1, archives.DAMAGED),
    "a size that is none": (tarred(entry("a")).replace(b"00000000000", b"zzzzzzzzzzz"), 0, archives.DAMAGED),
    "of another kind": (b"7z\xbc\xaf\x27\x1c", 0, archives.CLOSED),
    "nothing": (b"", 0, archives.CLOSED),
}


@pytest.mark.parametrize(("data", "entries", "problem"), LOOKED.values(), ids=LOOKED)
def test_an_archive_is_looked_into_and_not_unpacked(data: bytes, entries: int, problem: str | None) -> None:
    found = look(io.BytesIO(data))
    assert (found.entries, found.problem) == (entries, problem)


def test_what_would_come_of_an_archive_is_counted() -> None:
    found = look(io.BytesIO(zipped("a", "b")))
    assert (found.unpacked_bytes, found.ratio) == (10, round(10 / len(zipped("a", "b")), 1))


def test_an_archive_of_too_many_entries_is_not_counted_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_ENTRIES", 3)
    for data in (zipped(*"abcde"), tarred(*map(entry, "abcde"))):
        assert look(io.BytesIO(data)).problem == archives.TOO_MANY


def test_an_archive_that_unpacks_to_too_much_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_UNPACKED", 1_000_000)
    file = io.BytesIO(gzip.compress(random.Random(1).randbytes(5_000_000)))
    assert look(file).problem == archives.TOO_MUCH
    assert file.tell() < 4_000_000


def test_a_directory_of_any_size_is_not_read_at_once() -> None:
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 1, 1, 20 * 1024**2, 4, 0)
    assert look(io.BytesIO(b"PK\x03\x04" + b"\0" * 20 * 1024**2 + end)).problem == archives.TOO_MANY


def test_the_server_itself_loads_nothing_that_parses_files() -> None:
    """Whoever imports the sandbox has no parser in their process."""
    code = "import sys, backend.evidence.reading.sandbox; print([m for m in ('PIL', 'pypdf', 'pypdfium2') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=sandbox.ROOT)
    assert done.stdout == "[]\n"
