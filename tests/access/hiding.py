"""A world in which things are hidden one after another; each hiding must leave every answer to the reader as it was, byte by byte."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from backend.cases import service as cases
from backend.core.clock import FixedClock
from backend.core.ids import new_id
from backend.entities import changes
from backend.entities import service as entity_service
from backend.entities.imports import kept
from backend.entities.imports import service as import_service
from backend.entities.imports.service import NewImport
from backend.entities.markings import service as markings
from backend.evidence import changes as evidence
from backend.evidence import content
from backend.evidence import service as evidence_service
from backend.evidence.rules import Entry, Said, Verb
from backend.tasks import changes as task_changes
from backend.tasks import service as task_service
from backend.tasks.comments import service as comments
from backend.tasks.rules import Assignee, AssigneeSort, Changes, Due, Step, TaskState
from backend.teams import service as teams
from backend.teams.policy import Role
from graph import ontology
from graph.queries import markings as marking_queries
from tests.access.questions import questions
from tests.support.world import team

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from tests.access.questions import Question
    from tests.support.world import World

SPACE, READER, HIDER = "Saltmarsh", "Petra", "Chiara"
RELEASED, TWICE = "Fausto Released", "Gina Twice"
WORDS = (
    "ilian",
    "secret",
    "perla",
    "+39 333 555 0142",
    "+31 6 5550 1187",
    "tamsin",
    "hidden",
    "secert",
    "kestrel",
    "12 April 1979",
    '"perla marittima"',
)


async def visible_world(world: World) -> World:
    """A chain Ilian – Perla – Account – Tamsin – Oda, a phone, an alias, a merge undone, a weak link, a second case.

    What is said last is a visit, on a day of the time in which covert sources say that others happened.

    Nearly all of it is unmarked; something is known under a caveat that the reader holds. She is Petra (NL), a prosecutor without *Covert*.
    """
    await team(world)
    await world.member(SPACE, "Petra@NL", Role.PROSECUTOR)
    await world.marking(SPACE, "Caveat", HIDER, [READER, "Eglė"])
    held = await world.member(SPACE, "Wessel@NL", Role.INVESTIGATOR)
    await teams.clear(world.ctx(HIDER), world.ids[SPACE], held, world.ids["Covert"], None, new_id())
    await world.case(SPACE, "NL-2", HIDER)
    person = {"birthDate": "1979-04-12", "phone": "+39 333 555 0142"}
    await world.entity(SPACE, "Ilian", HIDER, "NA-1", name="Ilian Dravec", **person)
    await world.entity(SPACE, "Perla", READER, "NL-2", kind="Company", name="Perla Marittima")
    await world.entity(SPACE, "Account", READER, "NA-1", kind="BankAccount", accountNumber="IT60X0542811101000000123456")
    await world.entity(SPACE, "Tamsin", HIDER, "NA-1", name="Tamsin Orle")
    await world.entity(SPACE, "Oda", READER, "NL-2", name="Oda Brinkhuis")
    await world.entity(SPACE, "Alias", READER, "NL-2", name="I. Dravetz", phone="+31 6 5550 1187")
    await world.entity(SPACE, "Known", HIDER, "NA-1", name="Known Under Caveat", markings=["Caveat"])
    await world.link(SPACE, "owns", ("Ilian", "Perla"), HIDER, "NA-1", kind="Ownership")
    await world.link(SPACE, "holds", ("Perla", "Account"), READER, "NA-1", kind=_between("Company", "BankAccount", "AccountHolder"))
    await world.link(SPACE, "knows", ("Tamsin", "Oda"), READER, "NL-2")
    await world.link(SPACE, "works", ("Tamsin", "Alias"), READER, "NL-2", startDate="2025-06-01")
    tomorrow = world.at(FixedClock(world.parts.clock.now() + timedelta(days=1)))
    await tomorrow.link(SPACE, "visits", ("Tamsin", "Alias"), READER, "NL-2", startDate="2026-06-01")
    weak, ends = replace(world.said("NL-2"), grade="E5"), (world.ids["Oda"], world.ids["Alias"])
    world.ids["weak"] = await changes.add_link(world.ctx(READER), world.ids[SPACE], "Associate", *ends, weak, new_id())
    await _undone(world)
    await _released(world)
    await _imported(world)
    await _tasks(world)
    await _exhibits(world)
    return world


def _between(source: str, target: str, kind: str) -> str:
    return kind if kind in {it.name for it in ontology.links_between(source, target)} else "UnknownLink"


async def _undone(world: World) -> None:
    """A merge that was undone, and a statement under the caveat that was retracted."""
    ctx, space = world.ctx(READER), world.ids[SPACE]
    world.ids["undone"] = await changes.merge(ctx, space, world.ids["Oda"], world.ids["Alias"], world.said("NL-2"), new_id())
    await changes.unmerge(ctx, space, world.ids["undone"], "Two people after all.", new_id())
    await world.retract(SPACE, "Known", HIDER)


async def _released(world: World) -> None:
    """What came into a covert case in a file is released; case and file are not. That something covert was said is told no more today."""
    await world.case(SPACE, "Sealed case", HIDER, ["Covert"])
    await world.bring_in(SPACE, "Sealed file", HIDER, "Sealed case", [RELEASED])
    await world.release(SPACE, RELEASED, HIDER, "Covert")
    await world.record(SPACE, "Tamsin", HIDER, "NA-1", markings=["Covert"], summary="Said under cover once.")
    await world.release(SPACE, "Tamsin", HIDER, "Covert")


async def _imported(world: World) -> None:
    """A file that everybody may see named two people. That it named the second is covert since; another source says that she is there."""
    await world.bring_in(SPACE, "Open file", HIDER, "NL-2", ["Nevio Opened", TWICE])
    await world.mark(SPACE, TWICE, HIDER, "Covert")
    await world.record(SPACE, TWICE, HIDER, "NA-1", name=TWICE)


LATE, LATER = Due(datetime(2026, 1, 9, 18, tzinfo=UTC), "Europe/Rome"), Due(datetime(2090, 1, 9, 18, tzinfo=UTC))


async def _tasks(world: World) -> None:
    """One for the reader, late; one for nobody, about a person and a link; one of a case that is covert; one that somebody else does."""
    await world.task(SPACE, "Ask for the lease", HIDER, to=READER, case="NL-2", about=["Perla"], said=Changes(due=LATE))
    await world.task(SPACE, "Look at them", READER, about=["Ilian", "owns"], said=Changes(due=LATER))
    await world.task(SPACE, "Of the sealed case", HIDER, case="Sealed case", about=["Ilian"])
    await world.task(SPACE, "For Maarten", HIDER, to="Maarten")
    await world.task(SPACE, "Under the caveat", HIDER, markings=["Caveat"])
    await world.comment(SPACE, "Who has the lease?", HIDER, "Ask for the lease", mentions=[READER, "Maarten"])
    await world.comment(SPACE, "I do.", "Maarten", "Ask for the lease", mentions=[READER])
    taken_back = await world.comment(SPACE, "Wrong file.", "Maarten", "For Maarten", mentions=[READER])
    await comments.withdraw(world.ctx("Maarten"), world.ids[SPACE], taken_back, "meant for another", new_id())


LEDGER = b"date,payee,amount\n2026-03-04,Kestrel,1650000.00\n"


async def _exhibits(world: World) -> None:
    """A file with what was derived from it, viewed by somebody; a telephone on its way to another country; one of the covert case."""
    await world.file(SPACE, "Ledger", HIDER, "NL-2", LEDGER)
    await world.exhibit(SPACE, "Extract", HIDER, "NL-2", parent="Ledger", translated="nl")
    await world.exhibit(SPACE, "Telephone", HIDER, "NA-1", ["Caveat"])
    ctx, space = world.ctx(HIDER), world.ids[SPACE]
    on_its_way = Entry(Verb.TRANSFERRED_OUT, reason="To be read out.")
    await evidence.hand_over(ctx, space, world.ids["Telephone"], world.of_person[READER], on_its_way, new_id())
    await content.opened(world.ctx("Wessel"), space, world.ids["Ledger"])
    await content.opened(world.ctx(READER), space, world.ids["Ledger"])
    await world.exhibit(SPACE, "Of the sealed case too", HIDER, "Sealed case")
    await world.record(SPACE, "Perla", HIDER, "NL-2", exhibit="Ledger", name="Perla Marittima", summary="In the ledger.")
    await world.record(SPACE, "works", HIDER, "NL-2", exhibit="Extract", summary="cashier")
    await world.exhibit(SPACE, "Marked since", HIDER, "NL-2", parent="Ledger")
    await world.record(SPACE, "Oda", HIDER, "NL-2", exhibit="Marked since", summary="keeps the key")
    await world.mark_exhibit(SPACE, "Marked since", HIDER, "Covert")
    await _reserved(world, "Ledger", HIDER)
    world.ids["consent of the ledger"] = await world.consent(SPACE, "Ledger", HIDER, "NL")
    await world.file(SPACE, "Altered notes", HIDER, "NL-2", b"Notes of a meeting\n")
    await world.record(SPACE, "Oda", HIDER, "NL-2", exhibit="Altered notes", summary="was at the meeting")
    await world.found_altered(SPACE, "Altered notes", HIDER)
    world.ids["challenge of the extract"] = await world.challenge(SPACE, "Extract", HIDER)
    await _settled(world)


async def _reserved(world: World, exhibit: str, by: str) -> None:
    """Put an exhibit under H1: what rests on it stands in other countries' courts by consent alone."""
    ctx, space, one = world.ctx(by), world.ids[SPACE], world.ids[exhibit]
    version = (await evidence_service.exhibit(ctx, space, one))["version"]
    await evidence.alter(ctx, space, one, Said(handling="H1"), version, new_id())


async def _say(world: World, about: str, case: str, /, **values: str) -> None:
    """A covert source says something more about an entity or link."""
    await world.record(SPACE, about, "Eglė", case, markings=["Covert"], **values)


async def hidden_entity(world: World) -> None:
    await world.entity(SPACE, "Secret", HIDER, "NA-1", name="Secret Source", phone="+39 333 555 0142", markings=["Covert"])


async def hidden_link(world: World) -> None:
    await world.link(SPACE, "secretly", ("Ilian", "Tamsin"), HIDER, "NA-1", markings=["Covert"], startDate="2026-02-02")


async def links_of_the_hidden(world: World) -> None:
    """A detour over a hidden entity, its links themselves unmarked, and one that leads to it."""
    await world.link(SPACE, "detour 0", ("Secret", "Ilian"), "Eglė", "NA-1", startDate="2026-02-01")
    await world.link(SPACE, "detour 1", ("Secret", "Oda"), "Eglė", "NA-1")
    await world.link(SPACE, "dead end", ("Tamsin", "Secret"), "Eglė", "NA-1", startDate="2026-02-03")


async def hidden_record(world: World) -> None:
    """Another birth date, another name and another phone, said of a visible person by a covert source."""
    await _say(world, "Ilian", "NA-1", name="Hidden Name", birthDate="1981-04-12", phone="+31 6 5550 1187")


async def hidden_records_of_links(world: World) -> None:
    """A later date, and a better grade than what is visible."""
    await _say(world, "knows", "NA-1", startDate="2026-01-01", summary="secret")
    await _say(world, "weak", "NA-1", summary="secret")
    await _say(world, "owns", "NA-1", startDate="2026-03-01")


async def hidden_name(world: World) -> None:
    """What the reader knows of it was retracted; a covert source stands by another name."""
    await _say(world, "Known", "NA-1", name="Hidden Under Caveat")


async def hidden_merge(world: World) -> None:
    said = world.said("NA-1", ["Covert"])
    made = await changes.merge(world.ctx("Eglė"), world.ids[SPACE], world.ids["Ilian"], world.ids["Alias"], said, new_id())
    world.ids["merge"] = made


async def hidden_case(world: World) -> None:
    await world.case(SPACE, "Secret case", HIDER, ["Covert"])
    await world.entity(SPACE, "Of the secret case", HIDER, "Secret case", name="Secret Two")


async def hidden_import(world: World) -> None:
    ctx, space = world.ctx(HIDER), world.ids[SPACE]
    wanted = NewImport(world.ids["NA-1"], "secret", "ftm_json", "secret.json", frozenset({world.ids["Covert"]}), None, "H0")
    world.ids["import"] = await import_service.create(ctx, space, wanted, new_id())
    await import_service.upload(ctx, space, world.ids["import"], _file())
    said = "queries: [{entities: {A: {schema: Person, keys: [secret]}}}]"
    for name in ("another secret mapping", "secret mapping"):  # whoever deletes the one leaves the other to be listed
        world.ids["kept"] = await kept.save(world.ctx("Wessel"), space, world.ids["import"], name, said, new_id())


async def _file() -> AsyncIterator[bytes]:
    yield b'{"id": "x", "schema": "Person", "properties": {"name": ["Secret Three"]}}\n'


async def hidden_marking(world: World) -> None:
    """A marking that the reader has never heard of."""
    await world.marking(SPACE, "Privileged", HIDER)
    await world.entity(SPACE, "Of counsel", HIDER, "NA-1", name="Secret Four", markings=["Privileged", "Covert"])


async def hidden_retraction(world: World) -> None:
    """A covert record is retracted again."""
    view = await entity_service.look_up(world.ctx("Eglė"), world.ids[SPACE], world.ids["Ilian"])
    covert = next(r for r in view.records if r.markings and r.authority == world.of_person["Eglė"])
    await changes.retract(world.ctx("Eglė"), world.ids[SPACE], covert.id, "wrong", view.version, new_id())


async def marked_afterwards(world: World) -> None:
    """What everybody could see is marked: from then on it is hidden as if it had been so from the start."""
    await world.record(SPACE, "Ilian", HIDER, "NA-1", alias="The Ghost")
    await world.mark(SPACE, "Ilian", HIDER, "Covert")
    await world.link(SPACE, "known for a while", ("Ilian", "Tamsin"), HIDER, "NA-1")
    await world.mark(SPACE, "known for a while", HIDER, "Covert")
    await world.entity(SPACE, "Seen for a while", HIDER, "NA-1", name="Secret Five")
    await world.mark(SPACE, "Seen for a while", HIDER, "Covert")


async def merges_of_the_hidden(world: World) -> None:
    """Hidden entities, each merged with two visible ones by unmarked records: one id stands before both of a pair, one behind both."""
    before, behind = [[world.ids[name] for name in pair] for pair in (("Tamsin", "Oda"), ("Perla", "Account"))]
    made: list[str] = []
    while not (any(one < min(before) for one in made) and any(one > max(behind) for one in made)):
        name = f"Double {len(made)}"
        made.append(await world.entity(SPACE, name, HIDER, "NA-1", name=name, markings=["Covert"]))
    for double, pair in ((min(made), before), (max(made), behind)):
        for one in pair:
            merged = await changes.merge(world.ctx("Eglė"), world.ids[SPACE], one, double, world.said("NA-1"), new_id())
            world.ids["merge of the hidden"] = merged


async def hidden_record_of_an_undone_merge(world: World) -> None:
    """The reader sees that a merge was undone; a covert source still says so."""
    await _say(world, "undone", "NA-1")


async def hidden_record_in_another_case(world: World) -> None:
    """A visible entity gets a covert record in a case in which it has no visible one."""
    await _say(world, "Account", "NL-2", bankName="Hidden Bank")


async def hidden_tasks(world: World) -> None:
    """One under the marking, late and about a visible person, given to the reader's role and then done; one of a hidden case."""
    late = Changes(due=LATE, steps=[Step("Ask the handler")])
    made = await world.task(SPACE, "Meet the source", "Eglė", case="NL-2", about=["Ilian", "owns"], markings=["Covert"], said=late)
    role = Changes(assignee=Assignee(AssigneeSort.ROLE, "prosecutor"), state=TaskState.DOING)
    version = (await task_service.task(world.ctx(HIDER), world.ids[SPACE], made))["version"]
    await task_changes.alter(world.ctx(HIDER), world.ids[SPACE], made, role, version, new_id())
    await world.task(SPACE, "Of the secret case task", HIDER, case="Secret case")
    await world.comment(SPACE, "The handler is away.", HIDER, "Meet the source", mentions=["Eglė"])


async def tasks_of_a_case_marked_afterwards(world: World) -> None:
    """Everybody saw the task for a while; then its case was marked."""
    await world.case(SPACE, "Marked case", HIDER)
    await world.task(SPACE, "Seen for a while too", HIDER, case="Marked case")
    await world.comment(SPACE, "Can you look?", HIDER, "Seen for a while too", mentions=[READER])
    ctx, space, case = world.ctx(HIDER), world.ids[SPACE], world.ids["Marked case"]
    version = (await cases.cases(ctx, space, case))[0]["version"]
    await markings.mark_case(ctx, space, case, frozenset({world.ids["Covert"]}), version, new_id())
    for order in await world.parts.graph.read(marking_queries.running):
        await world.parts.jobs.wait(order["id"])


async def hidden_items_of_tasks(world: World) -> None:
    """A visible task is also about a hidden person, link and case; another thing was put on it and taken off again."""
    ctx, task = world.ctx("Eglė"), world.ids["Look at them"]
    things = [world.ids[name] for name in ("Secret", "secretly", "Secret case", "detour 0")]
    await task_changes.alter_items(ctx, world.ids[SPACE], task, things, [], new_id())
    await task_changes.alter_items(ctx, world.ids[SPACE], task, [], things[3:], new_id())


async def hidden_exhibits(world: World) -> None:
    """The same file under the marking, also as something derived from the visible one; one of a hidden case."""
    await world.file(SPACE, "Secret ledger", HIDER, "NA-1", LEDGER, ["Covert"])
    await world.exhibit(SPACE, "Secret extract", HIDER, "NL-2", ["Covert"], parent="Ledger", translated="en")
    await world.exhibit(SPACE, "Of the secret case exhibit", HIDER, "Secret case")
    await _reserved(world, "Secret extract", HIDER)
    world.ids["consent of the hidden"] = await world.consent(SPACE, "Secret extract", HIDER, "NL")
    world.ids["challenge of the hidden"] = await world.challenge(SPACE, "Secret extract", HIDER, "NL")
    await world.record(SPACE, "Perla", "Eglė", "NL-2", exhibit="Ledger", markings=["Covert"], alias="Hidden Alias")
    await world.record(SPACE, "Perla", "Eglė", "NL-2", markings=["Covert"], summary="In the ledger.")
    await world.record(SPACE, "Tamsin", "Eglė", "NL-2", exhibit="Secret extract", alias="Hidden Too")
    await _settled(world)


async def hidden_alerts(world: World) -> None:
    """What is hidden is found altered: an exhibit, and the covert file from which the reader sees what was released."""
    await world.found_altered(SPACE, "Secret ledger", HIDER)
    world.ids["exhibit of the sealed file"] = (await import_service.jobs(world.ctx(HIDER), world.ids[SPACE], world.ids["Sealed file"]))[0][
        "exhibit"
    ]
    await world.found_altered(SPACE, "exhibit of the sealed file", HIDER)


async def _settled(world: World) -> None:
    """Wait until every record has followed what was written down."""
    for exhibit in EXHIBITS:
        if exhibit in world.ids:
            await world.parts.jobs.wait(f"standing {world.ids[exhibit]}")


async def exhibits_of_a_case_marked_afterwards(world: World) -> None:
    """Everybody saw an exhibit and what was derived from it for a while, one of them in another case; then the case was marked."""
    await world.case(SPACE, "Marked case of exhibits", HIDER)
    await world.exhibit(SPACE, "Seen for a while as well", HIDER, "Marked case of exhibits")
    await world.exhibit(SPACE, "Derived for a while", HIDER, "NL-2", parent="Seen for a while as well")
    ctx, space, case = world.ctx(HIDER), world.ids[SPACE], world.ids["Marked case of exhibits"]
    version = (await cases.cases(ctx, space, case))[0]["version"]
    await markings.mark_case(ctx, space, case, frozenset({world.ids["Covert"]}), version, new_id())
    for order in await world.parts.graph.read(marking_queries.running):
        await world.parts.jobs.wait(order["id"])


async def exhibit_marked_afterwards(world: World) -> None:
    """Everybody saw an exhibit and what was derived from it, and the reader looked at it; then it was marked by itself."""
    await world.file(SPACE, "Shown for a while", HIDER, "NL-2", LEDGER)
    await world.exhibit(SPACE, "Derived from what was shown", HIDER, "NL-2", parent="Shown for a while")
    await content.opened(world.ctx(READER), world.ids[SPACE], world.ids["Shown for a while"], copies=True)
    await world.mark_exhibit(SPACE, "Shown for a while", HIDER, "Covert")


HIDINGS: tuple[Callable[[World], Awaitable[None]], ...] = (
    hidden_entity, hidden_link, links_of_the_hidden, hidden_record, hidden_records_of_links, hidden_name, hidden_merge, hidden_case,
    hidden_import, hidden_marking, hidden_retraction, marked_afterwards, merges_of_the_hidden, hidden_record_of_an_undone_merge,
    hidden_record_in_another_case, hidden_tasks, tasks_of_a_case_marked_afterwards,
    hidden_items_of_tasks, hidden_exhibits, hidden_alerts, exhibits_of_a_case_marked_afterwards, exhibit_marked_afterwards,
)  # fmt: skip
VISIBLE = ("Ilian", "Perla", "Account", "Tamsin", "Oda", "Alias", "Known", RELEASED, TWICE)
HIDDEN = ("Secret", "Of the secret case", "Of counsel", "Double 0", "Double 1", "Seen for a while")
LINKS = ("owns", "holds", "knows", "works", "weak", "undone", "secretly", "detour 0", "detour 1", "dead end", "merge", "known for a while")
TASKS = (
    "Ask for the lease",
    "Look at them",
    "Of the sealed case",
    "For Maarten",
    "Under the caveat",
    "Meet the source",
    "Of the secret case task",
    "Seen for a while too",
)
EXHIBITS = (
    "Ledger", "Extract", "Telephone", "Altered notes", "Of the sealed case too", "Secret ledger", "Secret extract",
    "Of the secret case exhibit",
    "Seen for a while as well", "Derived for a while", "Marked since", "Shown for a while", "Derived from what was shown",
    "exhibit of the sealed file",
)  # fmt: skip
CASES, JOBS = ("NA-1", "NL-2", "Sealed case", "Secret case"), ("Sealed file", "Open file", "import")


def asked(world: World) -> list[Question]:
    """Return every question about everything that there is, by its id, hidden things too."""
    things = ((*VISIBLE, *HIDDEN), LINKS, CASES, JOBS, TASKS, EXHIBITS)
    people, links, cases, jobs, tasks, exhibits = ([world.ids[name] for name in names if name in world.ids] for names in things)
    return questions(world.ids[SPACE], people=people, links=links, cases=cases, jobs=jobs, tasks=tasks, exhibits=exhibits, words=WORDS)


@cache
def _end_of_hour(_space: str) -> datetime:
    """Return the last moment of the hour in which a space was first asked about."""
    return datetime.now(UTC).replace(minute=59, second=59, microsecond=999_999)


async def seen(world: World, who: str = READER) -> dict[str, bytes]:
    """Ask everything as the reader, always within the same hour: what is viewed is counted by the hour, which may end between two."""
    now = min(world.parts.clock.now(), _end_of_hour(world.ids[SPACE]))
    ctx = world.at(FixedClock(now)).ctx(who)
    return {question.name: await question.answer(ctx) for question in asked(world)}
