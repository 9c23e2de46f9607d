"""Custody on paper: what the page of an exhibit tells a reader, and nothing more, as a PDF in their language."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from backend.core.ids import new_id
from backend.evidence import changes, service
from backend.evidence.custody_words import LANGUAGES, words_of
from backend.evidence.reading import fonts
from backend.evidence.rules import Entry, Verb
from backend.evidence.script import joined
from backend.teams import service as teams

if TYPE_CHECKING:
    from tests.evidence.conftest import Counter

TABLE = b"date;payee\n2026-03-01;Kestrel\n"


async def sheet(counter: Counter, who: str, exhibit: str, language: str = "en") -> PdfReader:
    answer = await counter.send(who, "GET", f"/files/{exhibit}/custody.pdf?space={counter.space}&language={language}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf"), answer.text
    return PdfReader(io.BytesIO(answer.content))


def read(paper: PdfReader) -> str:
    """All that stands there, its words run together: lines are broken where the paper ends."""
    return run_together("".join(page.extract_text() for page in paper.pages))


def run_together(text: str) -> str:
    return "".join(text.split())


def told(event: dict[str, Any]) -> list[str]:
    """What an event says, in the words that anybody used."""
    said = [event.get(name) for name in ("place", "reason", "condition", "seal", "hash_before", "hash_after", "hash", "zone")]
    people = [event["person"] and event["person"]["name"], *(event[one] and event[one]["name"] for one in ("agency", "from", "to"))]
    return [words_of("en")[event["verb"]], *(each for each in (*said, *people) if each)]


async def handed_in(counter: Counter, **said: str) -> str:
    one = await counter.hand_in("Chiara", TABLE, **said)
    await counter.world.parts.jobs.wait(one)
    return one


async def entered(counter: Counter, exhibit: str, entry: Entry) -> None:
    await changes.record(counter.world.ctx("Chiara"), counter.space, exhibit, entry, new_id())


async def test_every_event_that_the_page_tells_stands_there_in_order(counter: Counter) -> None:
    one = await handed_in(counter)
    await entered(counter, one, Entry(Verb.COPIED, None, "Europe/Rome", "Genova", "For the hearing <b>&", "Intact", "0048812"))
    out = Entry(Verb.TRANSFERRED_OUT, reason="To be read out.")
    await changes.hand_over(counter.world.ctx("Chiara"), counter.space, one, counter.world.of_person["Maarten"], out, new_id())
    events, _ = await service.chain(counter.world.ctx("Maarten"), counter.space, one)
    paper, place = read(await sheet(counter, "Maarten", one)), 0
    for at, event in enumerate(events, 1):
        place = paper.index(run_together(f"{at}. {told(event)[0]}"), place)
        behind = paper[place : paper.index(event["hash"], place) + 64]
        assert [each for each in told(event) if run_together(each) not in behind] == []
    row = await service.exhibit(counter.world.ctx("Maarten"), counter.space, one)
    assert row["sha256"] in paper[: paper.index("1.Acquired")]
    assert paper.count(run_together(words_of("en")["open"])) == 1
    assert "+01:00Europe/Rome" in paper or "+02:00Europe/Rome" in paper
    assert run_together("All 3 entries are here, and their chain is whole.") in paper


async def test_a_long_custody_goes_over_pages_that_are_counted_and_breaks_names_that_are_too_long(counter: Counter) -> None:
    one, long = await handed_in(counter), "Wolfeschlegelsteinhausen" * 12
    for at in range(45):
        await entered(counter, one, Entry(Verb.COPIED, place=f"Room {at}", condition=long))
    paper = await sheet(counter, "Chiara", one)
    assert len(paper.pages) > 2
    for at, page in enumerate(paper.pages, 1):
        text = page.extract_text()
        assert f"Page {at} of {len(paper.pages)}" in text
        assert "Printed for Chiara" in text
    assert re.sub(r"PrintedforChiara.*?Page\d+of\d+", "", read(paper)).count(long) == 45


async def test_how_often_it_was_viewed_stands_there_for_who_reads_the_log(counter: Counter) -> None:
    one = await handed_in(counter)
    for who in ("Maarten", "Maarten", "Eglė"):
        await counter.send(who, "GET", f"/files/{one}/view")
    (viewed, *_) = words_of("en")["viewed"].split(":")
    rows = await service.viewings(counter.world.ctx("Chiara"), counter.space, one)
    times, people = sum(row["times"] for row in rows), len({row["by"] for row in rows})
    assert run_together(words_of("en")["viewed"].format(times=times, people=people)) in read(await sheet(counter, "Chiara", one))
    assert viewed not in read(await sheet(counter, "Maarten", one))


@pytest.mark.parametrize("language", [*LANGUAGES, "tlh"])
async def test_it_speaks_the_language_that_is_asked_for(counter: Counter, language: str) -> None:
    one, words = await handed_in(counter), words_of(language)
    paper = read(await sheet(counter, "Chiara", one, language))
    if language == "ar" and not fonts.wide():
        words = words_of("en")
    assert run_together(joined(words["acquired"])) in paper


async def test_whoever_does_not_see_the_exhibit_gets_what_was_never_there(counter: Counter) -> None:
    one = await handed_in(counter, markings=counter.world.ids["Covert"])
    assert "1.Acquired" in read(await sheet(counter, "Eglė", one))
    await teams.withdraw(
        counter.world.ctx("Chiara"), counter.space, counter.world.memberships["Saltmarsh", "Eglė"], counter.world.ids["Covert"], new_id()
    )
    for who in ("Eglė", "Maarten"):
        hidden = await counter.send(who, "GET", f"/files/{one}/custody.pdf")
        never = await counter.send(who, "GET", f"/files/{new_id()}/custody.pdf")
        assert (hidden.status_code, hidden.json()["message"]) == (never.status_code, never.json()["message"])
        assert hidden.status_code == 404


async def test_it_says_from_which_exhibit_one_was_derived(counter: Counter) -> None:
    one = await handed_in(counter)
    extract = await counter.hand_in("Chiara", b"first page", "page.txt", parent=one)
    row = await service.exhibit(counter.world.ctx("Chiara"), counter.space, one)
    assert run_together(f"Derived from: {row['number']} {row['title']}") in read(await sheet(counter, "Chiara", extract))
    assert "Derivedfrom:" not in read(await sheet(counter, "Chiara", one))


async def test_what_was_derived_and_hidden_is_not_told(counter: Counter) -> None:
    one = await handed_in(counter)
    before = read(await sheet(counter, "Maarten", one))
    hidden = await counter.hand_in("Chiara", b"secret", "secret.txt", parent=one, markings=counter.world.ids["Covert"])
    row = await service.exhibit(counter.world.ctx("Chiara"), counter.space, hidden)
    after = read(await sheet(counter, "Maarten", one))
    assert row["number"] not in after
    assert after[: after.index("Printed")] == before[: before.index("Printed")]
