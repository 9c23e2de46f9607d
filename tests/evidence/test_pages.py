"""Pages: read behind the arrival of a file, in a process of their own; drawn for whoever views them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from reportlab.pdfgen.canvas import Canvas

from backend.core.audit import Operation
from backend.core.audit_read import stored
from backend.evidence import pages, service

if TYPE_CHECKING:
    from tests.evidence.conftest import Counter


def paper(*texts: str) -> bytes:
    """A PDF with a page for each text."""
    held = io.BytesIO()
    canvas = Canvas(held)
    for text in texts:
        canvas.drawString(72, 720, text)
        canvas.showPage()
    canvas.save()
    return held.getvalue()


async def read(counter: Counter, who: str, content: bytes, name: str) -> str:
    one = await counter.hand_in(who, content, name)
    await counter.world.parts.jobs.wait(one)
    return one


async def test_the_pages_of_a_paper_are_read_and_drawn(counter: Counter) -> None:
    one = await read(counter, "Maarten", paper("Estratto conto", "Kestrel Ship Stores"), "conto.pdf")
    ctx = counter.world.ctx("Chiara")
    found = await pages.pages(ctx, counter.space, one, 2, 5)
    assert (found["state"], found["total"]) == ("read", 2)
    (second,) = found["pages"]
    assert second["text"].strip() == "Kestrel Ship Stores"
    assert [word[0] for word in second["words"]] == ["Kestrel", "Ship", "Stores"]
    assert 0.1 < second["words"][0][1] < 0.2
    drawn = await counter.send("Chiara", "GET", f"/files/{one}/pages/2?space={counter.space}&width=600")
    assert (drawn.headers["content-type"], drawn.content[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")
    beyond = await counter.send("Chiara", "GET", f"/files/{one}/pages/3")
    assert beyond.status_code == 400


async def test_the_rows_of_a_table_are_lines(counter: Counter) -> None:
    table = b"date;payee;amount\n" + b"".join(b"2026-03-%02d;Kestrel;%d,00\n" % (1 + i % 28, i) for i in range(250))
    one = await read(counter, "Maarten", table, "conto.csv")
    found = await pages.pages(counter.world.ctx("Maarten"), counter.space, one, 1, 5)
    assert [len(page["text"].splitlines()) for page in found["pages"]] == [100, 100, 51]
    assert found["pages"][0]["text"].splitlines()[1].split("\t") == ["2026-03-01", "Kestrel", "0,00"]


async def test_a_file_that_cannot_be_read_is_an_exhibit_all_the_same_and_says_why(counter: Counter) -> None:
    broken = paper("x" * 40)[:300]
    one = await read(counter, "Maarten", broken, "broken.pdf")
    found = await pages.pages(counter.world.ctx("Maarten"), counter.space, one, 1, 1)
    assert (found["state"], found["pages"]) == ("failed", [])
    assert found["problem"]
    assert (await counter.send("Maarten", "GET", f"/files/{one}")).content == broken


async def test_who_views_is_counted_for_themselves_and_for_who_reads_the_log(counter: Counter) -> None:
    one = await read(counter, "Maarten", paper("Estratto conto"), "conto.pdf")
    await counter.world.member("Saltmarsh", "Petra@NL")
    for who in ("Maarten", "Petra", "Petra"):
        await counter.send(who, "GET", f"/files/{one}/pages/1")
    told = {
        reader: sorted(
            (row["person"]["name"], row["times"]) for row in await service.viewings(counter.world.ctx(reader), counter.space, one)
        )
        for reader in ("Chiara", "Maarten", "Petra")
    }
    assert told == {"Chiara": [("Maarten", 1), ("Petra", 2)], "Maarten": [("Maarten", 1)], "Petra": [("Petra", 2)]}


LINES = b"".join(b"Line %d of the statement\n" % number for number in range(250))
ASK = "query($s: ID!, $x: ID!, $n: Int!) { exhibitPages(space: $s, exhibit: $x, from: $n, count: 1) { pages { text } } }"


async def view(counter: Counter, who: str, one: str, number: int, *, drawn: bool) -> bytes:
    """View a page as a browser does: of a paper its picture, of anything else its words."""
    if drawn:
        answer = await counter.send(who, "GET", f"/files/{one}/pages/{number}")
    else:
        asked = {"query": ASK, "variables": {"s": counter.space, "x": one, "n": number}}
        answer = await counter.send(who, "POST", "/graphql?", json=asked)
    assert answer.status_code == 200, answer.text
    return answer.content


def lines_of(counter: Counter, who: str, one: str) -> list[Operation]:
    """What the audit log says that somebody did with an exhibit."""
    log = [each.entry for each in stored(counter.world.parts.audit.folder) if each.entry]
    return [entry.operation for entry in log if entry.person == counter.world.ids[who] and one in entry.ids]


@pytest.mark.parametrize(
    ("name", "content"), [("notes.txt", LINES), ("conto.csv", LINES.replace(b" ", b";")), ("conto.pdf", paper("a", "b"))]
)
async def test_each_page_that_is_viewed_is_counted_and_leaves_a_line(counter: Counter, name: str, content: bytes) -> None:
    one = await read(counter, "Maarten", content, name)
    for number in (1, 2):
        await view(counter, "Chiara", one, number, drawn=name.endswith("pdf"))
    rows = await service.viewings(counter.world.ctx("Chiara"), counter.space, one)
    assert [(row["person"]["name"], row["times"]) for row in rows] == [("Chiara", 2)]
    assert lines_of(counter, "Chiara", one) == [Operation.CONSULTATION] * 2


async def test_whoever_is_shown_no_page_has_viewed_nothing(counter: Counter) -> None:
    """Beyond the last page; and the words of a paper, which are shown only over its picture, do not count a second time."""
    notes, two = await read(counter, "Maarten", LINES, "notes.txt"), await read(counter, "Maarten", paper("a", "b"), "conto.pdf")
    assert b'"pages":[]' in await view(counter, "Chiara", notes, 2_000, drawn=False)
    assert b"text" in await view(counter, "Chiara", two, 1, drawn=False)
    assert [await service.viewings(counter.world.ctx("Chiara"), counter.space, one) for one in (notes, two)] == [[], []]
