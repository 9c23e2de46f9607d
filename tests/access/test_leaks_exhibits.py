"""Leak class 11 for exhibits: nothing about them, nor any door of their files, tells of one that the reader may not see.

Each check is held to somebody whom the same thing does show to: what is compared would show it. Petra is a prosecutor, who reads the
log, and as little as Maarten is she cleared for what is hidden.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
import pytest
import pytest_asyncio
from PIL import Image

from backend.core.audit_read import stored
from backend.core.ids import new_id
from backend.evidence import challenges, content, uploads
from backend.evidence.changes import New
from backend.evidence.rules import Outcome, Said
from backend.evidence.uploads import NewUpload
from backend.teams.policy import Role
from tests.access.operations import OPERATIONS
from tests.access.questions import EXHIBIT, PER_EXHIBIT, ask
from tests.evidence.conftest import OCTETS, TUS, Counter, counter, metadata
from tests.realtime.live import Client, dial

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.support.world import World

__all__ = ["counter"]
REFUSED_FIRST = {"giveConsent", "markExhibit", "releaseExhibit", "whoSees exhibit in full"}
"""An investigator may not do this at all, and is refused before it looks."""
SPACE, LEDGER = "Saltmarsh", b"Notes of a meeting\nKestrel, 1,650,000\n"
BLIND, SEER = ("Maarten", "Petra"), "Eglė"
WAVE = b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x40\x1f\0\0\x80\x3e\0\0\2\0\x10\0data\0\0\0\0"


@pytest_asyncio.fixture(loop_scope="session")
async def there(counter: Counter) -> Counter:
    """A ledger on which a man's name rests, and an extract of it that is challenged."""
    world = counter.world
    await world.member(SPACE, "Petra@NL", Role.PROSECUTOR)
    await world.file(SPACE, "Ledger", "Chiara", "NA-1", LEDGER)
    await world.exhibit(SPACE, "Extract", "Chiara", "NA-1", parent="Ledger")
    await world.entity(SPACE, "Ilian", "Chiara", "NA-1", name="Ilian Dravec")
    await world.record(SPACE, "Ilian", "Chiara", "NA-1", exhibit="Ledger", alias="Kestrel")
    await world.challenge(SPACE, "Extract", "Chiara")
    return counter


async def ghost(world: World) -> None:
    """The same file as the ledger, hidden."""
    await world.file(SPACE, "Ghost", "Eglė", "NA-1", LEDGER, ["Covert"])


async def ghostly_extract(world: World) -> None:
    await world.exhibit(SPACE, "Ghost", "Eglė", "NA-1", ["Covert"], parent="Ledger")


async def record_of_the_ledger(world: World) -> None:
    await world.record(SPACE, "Ilian", "Eglė", "NA-1", exhibit="Ledger", markings=["Covert"], alias="Ghost")


async def another_source(world: World) -> None:
    """Somebody covert says the same as the ledger: it would be kept if the ledger fell."""
    await world.record(SPACE, "Ilian", "Eglė", "NA-1", markings=["Covert"], alias="Kestrel")


async def record_of_the_ghost(world: World) -> None:
    await ghost(world)
    await world.record(SPACE, "Ilian", "Eglė", "NA-1", exhibit="Ghost", alias="Ghost")


async def challenged_ghost(world: World) -> None:
    await record_of_the_ghost(world)
    await world.challenge(SPACE, "Ghost", "Eglė")
    await world.parts.jobs.wait(f"standing {world.ids['Ghost']}")


async def excluded_ghost(world: World) -> None:
    await record_of_the_ghost(world)
    challenge = await world.challenge(SPACE, "Ghost", "Eglė")
    await challenges.decide(world.ctx("Chiara"), world.ids[SPACE], challenge, Outcome.EXCLUDED, "12/26", new_id())
    await world.parts.jobs.wait(f"standing {world.ids['Ghost']}")


async def reserved_ghost(world: World) -> None:
    """What the ghost says stands in no court but those of its provider's country: nobody consented."""
    await world.exhibit(SPACE, "Ghost", "Eglė", "NA-1", ["Covert"], parent="Ledger", handling="H1")
    await world.record(SPACE, "Ilian", "Eglė", "NA-1", exhibit="Ghost", alias="Ghost")


async def altered_ghost(world: World) -> None:
    await record_of_the_ghost(world)
    await world.found_altered(SPACE, "Ghost", "Eglė")


@dataclass(frozen=True, slots=True)
class Case:
    """Something that is hidden, and a question in which it could show."""

    hide: Callable[[World], Awaitable[None]]
    asked: str
    names: str = ""

    async def answer(self, world: World, who: str) -> bytes:
        """What somebody reads, byte by byte."""
        known = {"s": world.ids[SPACE], "x": world.ids["Ledger"], "e": world.ids["Ilian"], "c": world.ids["NA-1"]}
        named = {letter: value for letter, value in known.items() if f"${letter}" in self.asked}
        head = ", ".join(f"${letter}: ID!" for letter in named)
        return orjson.dumps(await ask(world.ctx(who), f"query({head}) {{ {self.asked} }}", **named))


ONE = "exhibit(space: $s, id: $x)"
CASES = {
    "numbers and count": Case(ghost, "exhibits(space: $s) { total items { id number title } }"),
    "count of a case": Case(ghost, "exhibits(space: $s, filter: {case: $c}) { total }"),
    "count by kind": Case(ghost, "exhibits(space: $s, filter: {kinds: [DOCUMENT]}) { total items { id } }"),
    "search": Case(ghost, 'exhibits(space: $s, filter: {text: "ghost"}) { total items { id } }'),
    "page size": Case(ghost, "exhibits(space: $s, first: 2) { pageInfo { hasNextPage } }"),
    "hash duplicates": Case(ghost, ONE + " { sameFile { id number title } }"),
    "derived": Case(ghostly_extract, ONE + " { derived { id number title } }"),
    "activity": Case(ghost, "activity(space: $s) { items { id at verb kind subject caption } }"),
    "cited": Case(record_of_the_ledger, ONE + " { cited }"),
    "citations": Case(record_of_the_ledger, "citations(space: $s, exhibit: $x) { record locator subject { id caption } }"),
    "cited on a page": Case(
        record_of_the_ledger, "citations(space: $s, exhibit: $x, page: 1) { record locator status authority { country } }"
    ),
    "what falls": Case(another_source, "whatFalls(space: $s, exhibit: $x) { lost kept items { others } }"),
    "sources": Case(record_of_the_ghost, "entity(space: $s, id: $e) { records { source { exhibit { id number title } } } }"),
    "alerts of sources": Case(altered_ghost, "entity(space: $s, id: $e) { records { source { exhibit { alteredAt } } } }"),
    "search of records": Case(record_of_the_ghost, 'search(space: $s, text: "ghost") { entity { id } score record { title } }'),
    "challenge marks": Case(challenged_ghost, "entity(space: $s, id: $e) { standing records { challengedIn } }"),
    "marks in the chart": Case(challenged_ghost, "chart(space: $s) { items { id standing } }"),
    "marks in the list": Case(excluded_ghost, "entities(space: $s) { items { id standing sources } }"),
    "missing consent": Case(reserved_ghost, 'entity(space: $s, id: $e, court: "NL") { standing records { status needsConsent } }'),
    "missing consent in a search": Case(
        reserved_ghost, 'search(space: $s, text: "ghost", court: "NL") { entity { id } record { status } }'
    ),
    "exclusion": Case(excluded_ghost, "entity(space: $s, id: $e) { standing records { excludedIn } }"),
}


@pytest.mark.parametrize("name", CASES)
async def test_no_answer_tells_of_a_hidden_exhibit(there: Counter, name: str) -> None:
    """Numbers, counts, duplicates of a hash, search, what rests on it, and its marks."""
    world, case = there.world, CASES[name]
    before = {who: await case.answer(world, who) for who in (*BLIND, SEER)}
    await case.hide(world)
    after = {who: await case.answer(world, who) for who in (*BLIND, SEER)}
    assert {who for who in before if after[who] != before[who]} == {SEER}, after


# ── by its id ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

STATES: dict[str, dict[str, object]] = {
    "plain": {},
    "infected": {"scan": "infected", "scan_found": "Eicar"},
    "kept from copies": {"handling": "H3"},
    "altered": {"integrity_alert": "2026-03-04T00:00:00.000000Z", "altered": True},
    "being checked": {"checking": "waiting"},
    "unreadable": {"reading": "failed", "reading_problem": "Ghost"},
}
"""What is stored of the hidden ones: each is refused for a reason of its own to whoever sees it."""
CONTENTS = {"text": LEDGER, "sound": WAVE, "picture": b""}


def picture() -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(held, "PNG")
    return held.getvalue()


async def hidden(world: World, state: str, sort: str) -> str:
    """A hidden exhibit of that state, challenged, and viewed by somebody who may."""
    one = await world.file(SPACE, "Ghost", "Eglė", "NA-1", CONTENTS[sort] or picture(), ["Covert"])
    await content.opened(world.ctx("Eglė"), world.ids[SPACE], one)
    await world.challenge(SPACE, "Ghost", "Eglė")
    await world.parts.jobs.wait(f"standing {one}")
    set_to = "MATCH (x:EvidenceItem {id: $id}) SET x += $row RETURN x.id"
    await world.parts.graph.write(lambda tx: tx.value(set_to, id=one, row=STATES[state]))
    return one


def by_id() -> dict[str, str]:
    """Every operation that names one exhibit."""
    sorts = {name: f"{sort} {{ {text.replace('$paper', '$exhibit')} }}" for name, (sort, text) in OPERATIONS.items()}
    return {name: text for name, text in sorts.items() if '"$exhibit"' in text}


async def operated(world: World, who: str, one: str) -> dict[str, bytes]:
    """What every operation and every question says about an exhibit."""
    values = {"$exhibit": one, "$space": world.ids[SPACE], "$agency": world.of_person["Chiara"], "$key": new_id()}
    found = dict[str, bytes]()
    for name, text in by_id().items():
        for key, value in values.items():
            text = text.replace(key + '"', value + '"')  # noqa: PLW2901 - it is filled in
        found[name] = orjson.dumps(await ask(world.ctx(who), text))
    for name, query in PER_EXHIBIT.items():
        found[f"{name} in full"] = orjson.dumps(await ask(world.ctx(who), query, s=world.ids[SPACE], x=one))
    return found


DOORS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("GET", "/files/{}", {}),
    ("HEAD", "/files/{}", {}),
    ("GET", "/files/{}", {"range": "bytes=0-3"}),
    ("GET", "/files/{}", {"range": "bytes=900-"}),
    ("GET", "/files/{}", {"if-none-match": "*", "if-modified-since": "Fri, 06 Mar 2026 00:00:00 GMT"}),
    ("GET", "/files/{}/view", {}),
    ("GET", "/files/{}/view", {"range": "bytes=0-3"}),
    ("GET", "/files/{}/pages/1", {}),
    ("GET", "/files/{}/pages/99", {}),
    ("GET", "/files/{}/pages/1?width=9", {}),
)


async def at_the_doors(there: Counter, who: str, one: str) -> dict[str, object]:
    """Status, headers and body of what every door of files answers about an exhibit; the date is the clock's."""
    found = dict[str, object]()
    for method, path, headers in DOORS:
        answer = await there.send(who, method, path.format(one).replace("?", f"?space={there.space}&"), headers)
        said = {name: value for name, value in answer.headers.items() if name != "date"}
        found[f"{method} {path} {headers}"] = (answer.status_code, said, answer.content)
    return found


def changed_or_seen(there: Counter, who: str, one: str) -> list[dict[str, Any]]:
    """What the audit log holds about what somebody asked of an exhibit, without the times and ids of its lines."""
    log = [each.entry for each in stored(there.world.parts.audit.folder) if each.entry]
    mine = [entry for entry in log if entry.person == there.world.ids[who] and one in entry.ids]
    return [
        {"operation": it.operation, "name": it.name, "space": it.space, "outcome": it.outcome, "ids": len(it.ids), "events": it.events}
        for it in mine
    ]


@pytest.mark.parametrize("state", STATES)
async def test_a_hidden_exhibit_answers_like_one_that_never_was(there: Counter, state: str) -> None:
    """By every operation that names one, to whoever reads the log too; custody, viewings, challenges and pages among them."""
    one, never = await hidden(there.world, state, "text"), new_id()
    for who in BLIND:
        assert await operated(there.world, who, one) == await operated(there.world, who, never)
    seen, nothing = await operated(there.world, SEER, one), await operated(there.world, SEER, never)
    assert {name for name in seen if seen[name] == nothing[name]} == REFUSED_FIRST


@pytest.mark.parametrize("sort", CONTENTS)
@pytest.mark.parametrize("state", STATES)
async def test_no_door_of_files_tells_of_a_hidden_exhibit(there: Counter, state: str, sort: str) -> None:
    """By status, length, ETag or any header or body: copy, range, what is played, page and its thumbnail; nor in the log."""
    one, never = await hidden(there.world, state, sort), new_id()
    for who in BLIND:
        assert await at_the_doors(there, who, one) == await at_the_doors(there, who, never)
        lines = changed_or_seen(there, who, one)
        assert lines == changed_or_seen(there, who, never)
        assert {line["outcome"] for line in lines} == {"NOT_FOUND"}
    seen, nothing = await at_the_doors(there, SEER, one), await at_the_doors(there, SEER, never)
    assert not [door for door in seen if seen[door] == nothing[door]]


async def test_an_upload_is_there_for_whoever_began_it_alone(there: Counter) -> None:
    """Its status, its bytes and its end: to anybody else, the same as one that never was."""
    world = there.world
    wanted = NewUpload(New(world.ids["NA-1"], Said(), markings=frozenset({world.ids["Covert"]})), "ghost.txt", 9)
    one, never = (await uploads.begin(world.ctx(SEER), there.space, wanted))["id"], new_id()

    async def at(who: str, upload: str) -> list[object]:
        answers = [
            await there.send(who, "HEAD", f"/files/uploads/{upload}", TUS),
            await there.send(who, "PATCH", f"/files/uploads/{upload}", TUS | OCTETS | {"upload-offset": "5"}, content=b"b"),
            await there.send(who, "DELETE", f"/files/uploads/{upload}", TUS),
        ]
        return [(it.status_code, {**it.headers, "date": ""}, it.content) for it in answers]

    for who in (*BLIND, "Chiara"):
        assert await at(who, one) == await at(who, never)
        assert changed_or_seen(there, who, one) == changed_or_seen(there, who, never)
    assert all(mine != nothing for mine, nothing in zip(await at(SEER, one), await at(SEER, never), strict=True))


# ── who may decide who sees ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("what", ["markings", "parent", "case"])
async def test_nobody_puts_an_exhibit_where_they_do_not_see(there: Counter, what: str) -> None:
    """Under a marking that they do not hold, below a hidden exhibit or in a hidden case: as if it were not there, and nothing is made."""
    world = there.world
    await ghost(world)
    await world.case(SPACE, "Ghost case", "Chiara", ["Covert"])
    place = {"markings": world.ids["Covert"], "parent": world.ids["Ghost"], "case": world.ids["Ghost case"]}[what]
    count = "MATCH (n) WHERE n.space = $space AND (n:EvidenceItem OR n:Upload) RETURN count(n)"

    async def tried(who: str, one: str) -> list[object]:
        said = {"case": world.ids["NA-1"], "parent": None, "markings": list[str](), what: [one] if what == "markings" else one}
        made = await ask(world.ctx(who), REGISTER, s=there.space, k=new_id(), **said)
        named = {"filename": "ghost.txt", "case": world.ids["NA-1"], what: one}
        begun = await there.send(who, "POST", "/files/uploads", TUS | {"upload-length": "3", "upload-metadata": metadata(named)})
        headers = {name: value for name, value in begun.headers.items() if name != "date"}
        return [orjson.dumps(made), (begun.status_code, headers, begun.content)]

    before = await world.parts.graph.read(lambda tx: tx.value(count, space=there.space))
    for who in BLIND:
        assert await tried(who, place) == await tried(who, new_id())
    assert await world.parts.graph.read(lambda tx: tx.value(count, space=there.space)) == before
    assert all(mine != nothing for mine, nothing in zip(await tried(SEER, place), await tried(SEER, new_id()), strict=True))


REGISTER = (
    "mutation($s: ID!, $k: String!, $case: ID!, $parent: ID, $markings: [ID!]!) { registerExhibit(space: $s, key: $k, case: $case,"
    ' exhibit: {title: "T", kind: DEVICE}, parent: $parent, markings: $markings) { id } }'
)


async def test_what_is_seen_shows_no_ids_of_grants_classes_or_hidden_things(there: Counter) -> None:
    """Of an exhibit that everybody sees, to whoever may not decide who does."""
    world = there.world
    await ghostly_extract(world)
    await content.opened(world.ctx(SEER), there.space, world.ids["Ledger"])
    inner = "MATCH (n) WHERE n.space = $space AND (n:VisibilityClass OR n:StoredFile OR n:FilePart OR n:Viewing) RETURN collect(n.id)"
    kept = await world.parts.graph.read(lambda tx: tx.rows(inner, space=there.space))
    kept += [world.ids["Ghost"], world.ids["Covert"], *(one for (space, _), one in world.memberships.items() if space == SPACE)]
    answers = list((await at_the_doors(there, "Maarten", world.ids["Ledger"])).values())
    answers += list((await operated(world, "Maarten", world.ids["Ledger"])).values())
    answers.append(await ask(world.ctx("Maarten"), f"query($s: ID!) {{ exhibits(space: $s) {{ items {{ {EXHIBIT} }} }} }}", s=there.space))
    assert len(kept) > 8
    assert not [one for one in kept if one in str(answers)]
    assert world.ids["Ghost"] in str((await operated(world, SEER, world.ids["Ledger"])).values())


# ── as it happens ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_nobody_hears_what_happens_to_a_hidden_exhibit(there: Counter) -> None:
    """It comes, is read, viewed, challenged, excluded and found altered: whoever sees it hears of each, anybody else of none."""
    world, space = there.world, there.space
    ears = {who: await ear(there, who) for who in (*BLIND, SEER)}
    try:
        await excluded_ghost(world)
        await content.opened(world.ctx(SEER), space, world.ids["Ghost"], copies=True)
        await world.found_altered(SPACE, "Ghost", SEER)
        fence = await world.exhibit(SPACE, "Fence", "Chiara", "NA-1")
        heard = {who: [(kind, one) for _, kind, one in await ear.notices(fence)] for who, ear in ears.items()}
    finally:
        for each in ears.values():
            await each.socket.close()
    assert [heard[who] for who in BLIND] == [[("exhibit", fence)]] * 2
    assert heard[SEER].count(("exhibit", world.ids["Ghost"])) > 5


async def ear(there: Counter, who: str) -> Client:
    """Somebody's live socket, subscribed to the space."""
    if who not in there.cookies:
        await there.sit(who)
    client = Client(await dial(str(there.browser.base_url).rstrip("/"), there.cookies[who]))
    assert (await client.next())["type"] == "welcome"
    return await client.subscribe(there.space)
