"""Watermarks: where a marking asks for one, PDFs and pictures are shown and copied under the name of whoever looks."""

from __future__ import annotations

import hashlib
import io
import re
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from backend.core.ids import new_id
from backend.evidence import service
from backend.evidence.reading import sandbox
from backend.evidence.watermarks import UNMARKED
from backend.teams import service as teams
from backend.teams.markings import service as markings
from tests.evidence import papers
from tests.evidence.test_pages import paper, read

if TYPE_CHECKING:
    from typing import Any

    from tests.evidence.conftest import Counter

WROTE = re.compile(r"(?P<name>.+) · \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC · (?P<number>E-\d+)")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The watermarks with which pages were drawn, in order."""
    given, draw = list[str | None](), sandbox.render_page

    async def drawn(*order: Any) -> bytes:
        given.append(order[-1])
        return await draw(*order)

    monkeypatch.setattr(sandbox, "render_page", drawn)
    return given


async def handed_in(counter: Counter, content: bytes, name: str) -> tuple[str, str]:
    """A file under a marking that asks for a watermark, held by Chiara and Eglė; its id and number."""
    if "Stamped" not in counter.world.ids:
        await counter.world.marking("Saltmarsh", "Stamped", "Chiara", ["Eglė"], watermark=True)
    one = await counter.hand_in("Chiara", content, name, markings=counter.world.ids["Stamped"])
    await counter.world.parts.jobs.wait(one)
    row = await service.exhibit(counter.world.ctx("Chiara"), counter.space, one)
    assert row["watermarked"]
    return one, row["number"]


async def test_a_page_carries_who_looks_at_what(counter: Counter, asked: list[str | None]) -> None:
    content = paper("Estratto conto")
    one, number = await handed_in(counter, content, "conto.pdf")
    pages = {who: await counter.send(who, "GET", f"/files/{one}/pages/1") for who in ("Chiara", "Eglė")}
    texts = tuple(asked)
    wrote = [WROTE.fullmatch(text or "") for text in texts]
    assert [found and found.groups() for found in wrote] == [("Chiara", number), ("Eglė", number)]
    for page, text in zip(pages.values(), texts, strict=True):
        assert page.content == await sandbox.render_page(*papers.told(content, "conto.pdf"), 1, 1200, text)
        assert page.headers["cache-control"] == "no-store"
    assert pages["Chiara"].content != pages["Eglė"].content


async def test_a_picture_carries_it_too(counter: Counter, asked: list[str | None]) -> None:
    content = papers.picture("PNG")
    one, _ = await handed_in(counter, content, "photo.png")
    page = (await counter.send("Eglė", "GET", f"/files/{one}/pages/1")).content
    copy = await counter.send("Eglė", "GET", f"/files/{one}")
    assert asked[0]
    assert papers.seen(page).getcolors(1) is None
    assert papers.seen(copy.content).getcolors(1) is None
    assert papers.seen(content).getcolors(1) is not None


async def test_a_copy_is_another_file_and_says_so(counter: Counter) -> None:
    one, number = await handed_in(counter, paper("Estratto conto", "Kestrel"), "conto.pdf")
    copies = {who: await counter.send(who, "GET", f"/files/{one}", {"range": "bytes=0-3"}) for who in ("Chiara", "Eglė")}
    for who, copy in copies.items():
        assert (copy.status_code, copy.headers["accept-ranges"]) == (200, "none")
        assert copy.headers["content-disposition"] == f"attachment; filename*=UTF-8''{number}%20watermarked%20copy.pdf"
        held = PdfReader(io.BytesIO(copy.content))
        assert held.metadata
        found = WROTE.fullmatch(held.metadata.subject or "")
        assert (found and found.groups()) == (who, number)
        assert "Kestrel" in held.pages[1].extract_text()
    row = await service.exhibit(counter.world.ctx("Chiara"), counter.space, one)
    assert hashlib.sha256(copies["Chiara"].content).hexdigest() != row["sha256"]


async def test_what_cannot_carry_a_watermark_is_not_copied(counter: Counter) -> None:
    table, _ = await handed_in(counter, b"date;payee\n2026-03-01;Kestrel\n", "conto.csv")
    broken, _ = await handed_in(counter, paper("x" * 40)[:300], "broken.pdf")
    for one in (table, broken):
        refused = await counter.send("Chiara", "GET", f"/files/{one}")
        assert (refused.status_code, refused.json()["message"]) == (403, UNMARKED)


async def test_without_such_a_marking_nothing_is_changed(counter: Counter, asked: list[str | None]) -> None:
    content = paper("Estratto conto")
    one = await read(counter, "Chiara", content, "conto.pdf")
    two = await counter.hand_in("Chiara", content, "covert.pdf", markings=counter.world.ids["Covert"])
    for each in (one, two):
        await counter.send("Chiara", "GET", f"/files/{each}/pages/1")
        assert (await counter.send("Chiara", "GET", f"/files/{each}")).content == content
    assert asked == ["", ""]


async def test_a_marking_asks_from_when_its_authority_says_so(counter: Counter) -> None:
    content, world = paper("Estratto conto"), counter.world
    one = await counter.hand_in("Chiara", content, "conto.pdf", markings=world.ids["Covert"])
    await markings.change_marking(world.ctx("Chiara"), counter.space, world.ids["Covert"], new_id(), watermark=True)
    held = (await teams.space(world.ctx("Chiara"), counter.space))["markings"]
    assert [(row["strong"], row["watermark"]) for row in held] == [(False, True)]
    assert (await counter.send("Chiara", "GET", f"/files/{one}")).content != content
    await markings.change_marking(world.ctx("Chiara"), counter.space, world.ids["Covert"], new_id(), watermark=False)
    assert (await counter.send("Chiara", "GET", f"/files/{one}")).content == content


async def test_who_lost_the_marking_gets_neither_page_nor_copy(counter: Counter) -> None:
    one, _ = await handed_in(counter, paper("Estratto conto"), "conto.pdf")
    world, holder = counter.world, counter.world.memberships["Saltmarsh", "Eglė"]
    await teams.withdraw(world.ctx("Chiara"), counter.space, holder, world.ids["Stamped"], new_id())
    for path in (f"/files/{one}", f"/files/{one}/pages/1"):
        gone = await counter.send("Eglė", "GET", path)
        never = await counter.send("Eglė", "GET", path.replace(one, new_id()))
        assert (gone.status_code, gone.json()["message"]) == (never.status_code, never.json()["message"])
        assert gone.status_code == 404
