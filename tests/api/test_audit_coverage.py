"""Every door of the program, tried once: what must be logged leaves its line (who, what, in which space, on which ids, to what end).

The table names every field of the schema, every route and every message of the live socket. A new one that is in neither half fails here:
give it the line that it must leave, or the reason why it leaves none. Every operation is tried once more by somebody who may not do it: a
refusal leaves its line too, with the ids that were named and no word of what stands behind them.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, cast

import httpx
import pytest
import pytest_asyncio

from backend.app import build
from backend.auth.first.service import NewAdministrator, create_administrator
from backend.auth.tokens import service as tokens
from backend.core.audit import AuditLog, Entry, Operation, Trail
from backend.core.audit_read import stored
from backend.core.audit_refusals import Refusals
from backend.core.clock import FixedClock
from backend.core.ids import is_id, new_id
from backend.realtime import messages
from backend.realtime.connection import BAD_MESSAGE
from backend.realtime.hub import Hub
from backend.reference import EXAMPLES
from backend.schema import lists_within, native
from tests.api.house import PASSWORD, SPACE, House, entries, furnished, seated, selection
from tests.evidence.papers import picture
from tests.realtime.live import serving
from tests.support.commands import commands
from tests.support.world import team

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from graphql import GraphQLObjectType

    from backend.core.context import Parts

ORIGIN = "http://127.0.0.1:8400"
CONSULTATION, ALTERATION, COLLECTION, DISCLOSURE = Operation.CONSULTATION, Operation.ALTERATION, Operation.COLLECTION, Operation.DISCLOSURE


@dataclass(frozen=True)
class Asked:
    """The line of an operation's example, which succeeds: by whom, in which space, with which ids beside those that its answer shows."""

    by: str | None = "Chiara"
    space: str | None = SPACE
    ids: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    """What of the answer later operations name: the field and the name."""


READING: dict[str, Asked] = {
    "session": Asked(space=None),
    "mySessions": Asked(space=None, ids=("Chiara",)),
    "myTokens": Asked(space=None, ids=("Chiara", "token")),
    "mySecondFactor": Asked(space=None, ids=("Chiara",)),
    "agencies": Asked(space=None),
    "accounts": Asked(by="Root", space=None),
    "administeredSpaces": Asked(by="Root", space=None),
    "invitations": Asked(by="Guest", ids=("invitation",)),
    "people": Asked(),
    "spaces": Asked(by="Osk"),
    "space": Asked(),
    "cases": Asked(),
    "case": Asked(),
    "activity": Asked(),
    "entity": Asked(),
    "link": Asked(),
    "entities": Asked(),
    "kindCounts": Asked(ids=("NA-1",)),
    "search": Asked(),
    "searchFacets": Asked(),
    "whoSees": Asked(),
    "chart": Asked(),
    "chartItems": Asked(),
    "linkCounts": Asked(ids=("A",)),
    "expand": Asked(),
    "path": Asked(ids=("A", "B")),
    "tasks": Asked(),
    "task": Asked(),
    "taskComments": Asked(ids=("To do",)),
    "mentions": Asked(by="Eglė"),
    "mentionable": Asked(ids=("To do",)),
    "imports": Asked(),
    "importMappings": Asked(ids=("mapping",)),
    "importJob": Asked(),
    "importPreview": Asked(ids=("table",)),
    "importCheck": Asked(ids=("table",)),
    "exhibits": Asked(),
    "exhibit": Asked(),
    "custody": Asked(ids=("Ledger",)),
    "exhibitPages": Asked(ids=("Ledger",)),
    "exhibitText": Asked(),
    "exhibitViewings": Asked(ids=("Ledger",)),
    "challenges": Asked(ids=("Ledger",)),
    "consents": Asked(ids=("Interview",)),
    "citations": Asked(ids=("Ledger",)),
    "whatFalls": Asked(ids=("Ledger",)),
}
CHANGING: dict[str, Asked] = {
    "createAgency": Asked(by="Root", space=None, keep=("id", "agency")),
    "updateAgency": Asked(by="Root", space=None),
    "createPerson": Asked(
        by="Root",
        space=None,
        keep=("code", "code"),
    ),
    "updatePerson": Asked(by="Root", space=None),
    "issueSetUpCode": Asked(by="Root", space=None),
    "disablePerson": Asked(by="Root", space=None),
    "enablePerson": Asked(by="Root", space=None),
    "endSessionsOf": Asked(by="Root", space=None),
    "appointAgencyAdministrator": Asked(by="Root", space=None),
    "dismissAgencyAdministrator": Asked(by="Root", space=None),
    "setPassword": Asked(by=None, space=None),
    "signIn": Asked(by=None, space=None, ids=("Maarten",)),
    "endSession": Asked(space=None, ids=("Chiara",)),
    "beginSecondFactor": Asked(by="Vida", space=None, ids=("Vida",)),
    "confirmSecondFactor": Asked(by="Vida", space=None, ids=("Vida",)),
    "renewRecoveryCodes": Asked(by="Vida", space=None, ids=("Vida",)),
    "stepUp": Asked(by="Vida", space=None, ids=("Vida",)),
    "changePassword": Asked(by="Vida", space=None, ids=("Vida",)),
    "resetSecondFactor": Asked(by="Root", space=None),
    "createToken": Asked(space=None, ids=("Chiara",)),
    "revokeToken": Asked(space=None, ids=("Chiara",)),
    "signOut": Asked(by="Eglė", space=None, ids=("Eglė",)),
    "createSpace": Asked(
        by="Root",
        space=None,
    ),
    "appointLead": Asked(by="Root", space=None, ids=("Leaderless",)),
    "amendAgreement": Asked(
        space="Other",
    ),
    "setAgreementState": Asked(space="Other"),
    "inviteMember": Asked(),
    "acceptInvitation": Asked(by="Guest", ids=("invitation",)),
    "declineInvitation": Asked(by="Osk", space="Other", ids=("unwanted",)),
    "handOverLead": Asked(space="Led on"),
    "createMarking": Asked(),
    "changeMarking": Asked(ids=("Covert",)),
    "clearMember": Asked(ids=("member",)),
    "withdrawClearance": Asked(ids=("member",)),
    "endMembership": Asked(ids=("member",)),
    "createCase": Asked(),
    "updateCase": Asked(),
    "releaseCase": Asked(),
    "markCase": Asked(),
    "markImport": Asked(),
    "releaseImport": Asked(),
    "addEntity": Asked(),
    "addLink": Asked(),
    "addRecord": Asked(),
    "markRecord": Asked(),
    "releaseRecord": Asked(),
    "correctRecord": Asked(),
    "retractRecord": Asked(),
    "unmerge": Asked(),
    "merge": Asked(),
    "registerExhibit": Asked(),
    "challengeExhibit": Asked(),
    "decideChallenge": Asked(),
    "giveConsent": Asked(),
    "withdrawConsent": Asked(),
    "changeExhibit": Asked(),
    "releaseExhibit": Asked(),
    "markExhibit": Asked(),
    "recordCustody": Asked(),
    "checkIntegrity": Asked(),
    "handOverExhibit": Asked(),
    "confirmExhibitReceipt": Asked(by="Maarten"),
    "createTask": Asked(),
    "changeTask": Asked(),
    "changeTaskItems": Asked(),
    "commentOnTask": Asked(),
    "withdrawTaskComment": Asked(),
    "createImport": Asked(),
    "checkImportFile": Asked(),
    "saveImportMapping": Asked(),
    "deleteImportMapping": Asked(ids=("mapping",)),
    "undoImport": Asked(),
    "startImport": Asked(),
    "cancelImport": Asked(),
    "continueImport": Asked(),
}
BESIDE = {
    "Agency": "named beside a person, a case or a record; `agencies` lists them to everybody",
    "Person": "named beside what they did; their own page lists them",
    "Marking": "named beside what carries it; its holders know it",
    "CaseRef": "the title of a case beside a record or an import that was entered in it",
    "Agreement": "part of its space",
    "Amendment": "part of its agreement",
}
"""Types whose ids a line need not list where they stand within something else that it lists."""
ALWAYS_BESIDE = {
    "Activity": "an event; its subject is listed",
    "OwnSession": "a place where the reader is signed in; the line names the reader",
}
UNLOGGED = {
    "ontology": "the same words for everybody, from a file of the program",
    "signInAs": "opens in a demo only: refused below, and its line is asked for on a demo's own graph in test_demo_sign_in.py",
}


@pytest_asyncio.fixture
async def house(parts: Parts, tmp_path: Path) -> AsyncIterator[House]:
    """Everything that the table names."""
    async with furnished(parts, tmp_path / "audit") as world:
        transport = httpx.ASGITransport(build(world.parts, Hub(world.parts)))
        async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers={"origin": ORIGIN}) as browser:
            yield await seated(world, browser)


# ── what an answer holds ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def shown(answer: object, *, top: bool = True) -> Iterator[str]:
    """The id of each item in an answer: what it is about, of whatever type, and everything within that is not named beside something."""
    if isinstance(answer, list):
        for one in cast("list[object]", answer):
            yield from shown(one, top=top)
    elif isinstance(answer, dict):
        said = cast("dict[str, object]", answer)
        if isinstance(said.get("id"), str) and said["__typename"] not in (
            ALWAYS_BESIDE.keys() if top else ALWAYS_BESIDE.keys() | BESIDE.keys()
        ):
            yield str(said["id"])
        for one in said.values():
            yield from shown(one, top=False)


@dataclass
class Line:
    """What the log says of one operation: every entry of its name, and of the lists asked for within its answer."""

    name: str
    asked: Asked
    usual: Operation
    entries: list[Entry]

    def lacks(self, house: House, answer: object) -> list[str]:
        """What it does not say."""
        return [*self._who(house), *self._what(house, answer)]

    def _who(self, house: House) -> Iterator[str]:
        by = self.asked.by
        asked = [one for one in self.entries if one.session or self.name not in FOLLOWED_BY_A_JOB]
        if by and any((one.person, one.agency) != (house.world.ids[by], house.world.of_person[by]) or not one.session for one in asked):
            yield "who asked"
        if not asked:
            yield "that anybody asked"
        if not by and any(one.person not in one.ids for one in self.entries):
            yield "who it turned out to be"

    def _what(self, house: House, answer: object) -> Iterator[str]:
        space = house.world.ids[self.asked.space] if self.asked.space else None
        if {(one.operation, one.space) for one in self.entries if one.name == self.name} != {(self.usual, space)}:
            yield "kind and space"
        if lost := {*shown(answer), *(house.world.ids[one] for one in self.asked.ids)} - {one for each in self.entries for one in each.ids}:
            yield f"{len(lost)} of its ids"
        if self.name in CHANGING and not any(one.events for one in self.entries):
            yield "what became of it"


FOLLOWED_BY_A_JOB = {
    "decideChallenge", "checkIntegrity", "markCase", "markImport", "startImport", "continueImport", "checkImportFile", "undoImport",
}  # fmt: skip
"""What goes on when the answer is out; the lines of its job name no session."""
WITHIN = [name for name, _ in lists_within()]


def test_the_table_names_every_field_of_the_schema() -> None:
    assert native.query_type
    assert native.mutation_type
    assert READING.keys() | CHANGING.keys() | UNLOGGED.keys() == native.query_type.fields.keys() | native.mutation_type.fields.keys()
    assert not READING.keys() & CHANGING.keys() & UNLOGGED.keys()


@pytest.mark.parametrize(
    ("sort", "table", "root", "usual"),
    [("query", READING, native.query_type, CONSULTATION), ("mutation", CHANGING, native.mutation_type, ALTERATION)],
)
async def test_every_operation_leaves_its_line(
    house: House, sort: str, table: dict[str, Asked], root: GraphQLObjectType, usual: Operation
) -> None:
    wrong: dict[str, list[str]] = {}
    for name, asked in table.items():
        before = len(house.logged())
        text = name + (f"({EXAMPLES[name]})" if EXAMPLES[name] else "") + selection(root.fields[name].type)
        said = await house.ask(sort, text, asked.by)
        assert not said.get("errors"), (name, said)
        if asked.keep:
            house.world.ids[asked.keep[1]] = said["data"][name][asked.keep[0]]
        new = house.logged()[before:]
        line = Line(name, asked, usual, [one for one in new if one.name in (name, *WITHIN) and one.operation is not COLLECTION])
        assert "request" not in {one.name for one in new}
        wrong |= {name: found} if (found := line.lacks(house, said["data"][name])) else {}
    assert wrong == {}


ANYBODYS = {
    "session", "ontology", "mySessions", "myTokens", "mySecondFactor", "agencies", "spaces", "invitations", "mentions", "signIn",
    "signInAs", "setPassword", "signOut", "beginSecondFactor", "confirmSecondFactor", "renewRecoveryCodes", "stepUp", "createToken",
    "changePassword",
}  # fmt: skip
"""Operations that whoever is signed in does for themselves, or that open a door: refusals of those have lines of their own, below."""


@pytest.mark.parametrize(("sort", "table"), [("query", READING), ("mutation", CHANGING)])
async def test_every_refused_operation_leaves_its_line(house: House, sort: str, table: dict[str, Asked]) -> None:
    root, asked = native.query_type if sort == "query" else native.mutation_type, dict[str, tuple[str, str | None]]()
    assert root
    house.world.ids |= {"agency": house.world.agencies["IT"], "code": "no code"}
    for name in table.keys() - ANYBODYS:
        filled = await house.filled(EXAMPLES[name])
        said = await house.ask(sort, name + (f"({filled})" if filled else "") + selection(root.fields[name].type), "Vida")
        assert said.get("errors"), name
        asked[name] = said["errors"][0]["extensions"]["code"], found.group(1) if (found := re.search(r'space: "([^"]+)"', filled)) else None
    lines = {one.name: one for one in house.logged() if one.person == house.world.ids["Vida"] and one.outcome}
    assert {name.removesuffix(".refused"): (one.outcome, one.space) for name, one in lines.items()} == asked
    assert [name for name in asked if named_in(house, name) - {asked[name][1], *lines[f"{name}.refused"].ids}] == []


def named_in(house: House, name: str) -> set[str]:
    """The ids that the example of an operation names, whatever they stand for."""
    found = (house.world.ids.get(one, "") for one in re.findall(r'"\$([^"]+)"', EXAMPLES[name]))
    return {one for one in found if is_id(one)}


async def test_what_is_not_an_id_is_not_in_the_line_of_a_refusal(house: House) -> None:
    before = len(house.logged())
    await house.ask("query", 'entity(space: "Ilian Dravec", id: "born 1979") { id }', "Vida")
    await house.ask("mutation", 'endSession(id: "Ilian Dravec") { id }', "Vida")
    told = [(one.name, one.space, one.ids) for one in house.logged()[before:]]
    assert told == [("entity.refused", None, ()), ("endSession.refused", None, ())]


async def test_a_request_of_which_nothing_ran_leaves_a_line(house: House) -> None:
    before = len(house.logged())
    for body in UNFIT:
        answer = await house.send("POST", "/graphql", "Vida", json=body)
        assert [error["extensions"]["code"] for error in answer.json()["errors"]] == ["INVALID"], body
    await house.send("POST", "/graphql", None, json={"query": "{ nothing }"})
    told = [(one.name, one.person, one.outcome) for one in house.logged()[before:]]
    assert told == [("graphql.refused", house.world.ids["Vida"], "INVALID")] * len(UNFIT)


DEMO = {"query": "query A { session { demo } }"}
NO_NAMES: tuple[object, ...] = ("B", "", 5, False, [], {})
NO_VARIABLES: tuple[object, ...] = ([], "", 0, False)
UNFIT: tuple[dict[str, object], ...] = (
    {"query": "{ nothing }"},
    {"query": "query($s: ID!) { cases(space: $s) { id } }"},
    {"documentId": "unknown"},
    *({**DEMO, "operationName": one} for one in NO_NAMES),
    *({**DEMO, "variables": one} for one in NO_VARIABLES),
    {"query": "query A { session { demo } } query B { session { demo } }"},
    {"query": "fragment F on Query { session { demo } }"},
)
"""Bodies of which nothing can run."""


async def test_a_flood_of_refusals_leaves_a_line_now_and_then(house: House) -> None:
    house.world.parts.audit.refusals = Refusals(FixedClock(house.world.parts.clock.now()), burst=3)
    before = len(house.logged())
    for _ in range(5):
        await house.ask("query", f'case(space: "$Saltmarsh", id: "{new_id()}") {{ id }}', "Vida")
    assert [one.name for one in house.logged()[before:]] == ["case.refused"] * 3


async def test_a_sign_in_and_a_code_that_are_refused_leave_a_line(house: House) -> None:
    before = len(house.logged())
    await house.ask("mutation", 'signIn(login: "$Maarten", password: "wrong") { id }', None)
    await house.ask("mutation", 'signIn(login: "nobody", password: "wrong") { id }', None)
    await house.ask("mutation", 'setPassword(code: "wrong", password: "correct horse battery")', None)
    await house.ask("mutation", 'signInAs(person: "$Chiara", demoToken: "wrong") { id }', None)
    told = [(one.name, one.person, one.ids) for one in house.logged()[before:]]
    assert told == [
        ("signIn.refused", None, (house.world.ids["Maarten"],)),
        ("signIn.refused", None, ()),
        ("setPassword.refused", None, ()),
        ("signInAs.refused", None, ()),
    ]


# ── other doors: routes, the live socket, commands ────────────────────────────────────────────────────────────────────────────────

ROUTES = {
    "/graphql": "each field has its line, above; other methods than POST are refused",
    "/live": "each message has its line, below",
    "/imports/{id}/file": "asked below",
    "/imports/{id}/report": "asked below",
    **dict.fromkeys(("/files/uploads/{id}", "/files/{id}", "/files/{id}/view", "/files/{id}/pages/{page}"), "asked below"),
    "/files/{id}/custody.pdf": "asked below",
    "/files/uploads": "asked below; what the server speaks (OPTIONS) are words of ours",
    "/auth/back-channel/{slug}": "asked in test_oidc.py, with a provider",
    "/auth/{slug}/back": "asked in test_oidc.py, with a provider",
    "/auth/{slug}/start": "nothing is shown or changed: the browser is sent to the provider; refused to somebody signed in, asked below",
    "/auth/issuers": "the names of providers that the settings offer to everybody",
    "/health": "a word of ours",
    "/ready": "two words of ours",
    "/metrics": "counts and durations by words of ours; nothing of a space or a person (test_metrics.py)",
    "/graphiql": "files of the program, in development only; what it asks goes to /graphql",
    "/assets": "files of the program",
    "/{path:path}": "the one page of the program, without content",
}
MESSAGES = {
    "subscribe": "asked below, resume too, and what is no message",
    "unsubscribe": "asked below",
    "presence": "shows nothing; others hear of it only what they may see, and their subscription has its line",
}
COMMANDS = {
    "demo": "loads a fictional case into an empty graph, once: no person's doing, derived from its events when it has ended",
    "serve": "starts the program",
    "migrate": "changes the form of the graph, nothing of what it holds",
    "admin create": "asked below",
    **dict.fromkeys(("keys rotate-space", "keys rotate-master", "keys move"), "asked in test_keys_command.py, beside a server"),
    "keys check": "tries keys, opens no file; it says ids to whoever keeps the machine",
    **dict.fromkeys(("backup", "restore"), "asked in test_backup_command.py, beside a server"),
    "backup init": "makes a key",
    "erase": "asked in test_erase_command.py: the server is stopped",
    "verify": "opens every file to hash it, unseen; it says ids to whoever keeps the machine",
    "store prepare": "makes an empty bucket; nothing of a space is shown or changed",
    "store move": "carries sealed objects from one store to another, unread and unchanged; what anybody may see stays as it was",
    "watch": "a person on the live socket of a server, whose lines it leaves",
    "import": "a person at the routes of a server, whose lines it leaves",
    "bench": "measures on a graph of its own, which it throws away",
}


def test_the_table_names_every_route_message_and_command(parts: Parts, tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    all_on = replace(parts, settings=replace(parts.settings, metrics_token="t" * 24, frontend=tmp_path))
    assert {vars(one)["path"] for one in build(all_on, Hub(all_on)).routes} == ROUTES.keys()
    assert MESSAGES.keys() == messages.FIELDS.keys()
    assert {name for name, _ in commands()} == COMMANDS.keys()


async def test_an_import_leaves_a_line_for_its_file_its_batches_and_its_report(house: House) -> None:
    ids, before = house.world.ids, len(house.logged())
    await house.send("PUT", f"/imports/{ids['waiting']}/file", "Chiara", params={"space": ids[SPACE]}, content=b"name\nIlian\n")
    await house.ask("mutation", 'startImport(space: "$Saltmarsh", id: "$ready", key: "$key") { id }', "Chiara")
    await house.world.parts.jobs.wait(ids["ready"])
    await house.send("GET", f"/imports/{ids['done']}/report", "Chiara", params={"space": ids[SPACE]})
    new = [one for one in house.logged()[before:] if one.name != "files.read"]  # of its pages, behind it: at any place
    assert {(one.person, one.space) for one in new} == {(ids["Chiara"], ids[SPACE])}
    told = [(one.operation, one.name, ids["ready"] in one.ids or ids["done"] in one.ids, bool(one.events)) for one in new]
    assert told[0] == (COLLECTION, "imports.file", False, True)
    assert ids["waiting"] in new[0].ids
    assert set(told[1:-1]) == {(ALTERATION, "startImport", True, True), (COLLECTION, "startImport", True, True)}
    assert told[-1] == (DISCLOSURE, "imports.report", True, False)


async def test_a_file_leaves_a_line_for_its_parts_its_pages_and_its_copies(house: House) -> None:
    ids, before, tus = house.world.ids, len(house.logged()), {"tus-resumable": "1.0.0"}
    case = base64.b64encode(ids["NA-1"].encode()).decode()
    about = tus | {"upload-length": "3", "upload-metadata": f"filename bi50eHQ=,case {case}"}
    begun = await house.send("POST", "/files/uploads", "Chiara", params={"space": ids[SPACE]}, headers=about)
    place, octets = begun.headers["location"], {"content-type": "application/offset+octet-stream", "upload-offset": "0"}
    await house.send("HEAD", place, "Chiara", headers=tus)
    made = await house.send("PATCH", place, "Chiara", headers=tus | octets, content=b"abc")
    one = made.headers["joinder-exhibit"]
    await house.world.parts.jobs.wait(one)
    await house.send("GET", f"/files/{one}", "Chiara", params={"space": ids[SPACE]})
    await house.send("GET", f"/files/{one}/custody.pdf", "Chiara", params={"space": ids[SPACE]})
    again = await house.send("POST", "/files/uploads", "Chiara", params={"space": ids[SPACE]}, headers=about)
    await house.send("DELETE", again.headers["location"], "Chiara", headers=tus)
    new = house.logged()[before:]
    assert {(each.person, each.space) for each in new} == {(ids["Chiara"], ids[SPACE])}
    told = [(each.operation, each.name, one in each.ids, bool(each.events)) for each in new]
    assert told == [
        (COLLECTION, "files.create", True, False),
        (CONSULTATION, "files.offset", True, False),
        (COLLECTION, "files.append", True, True),
        (ALTERATION, "files.read", True, True),
        (DISCLOSURE, "files.download", True, False),
        (DISCLOSURE, "files.custody", True, False),
        (COLLECTION, "files.create", False, False),
        (Operation.ERASURE, "files.terminate", False, False),
    ]


async def test_a_watermarked_copy_is_called_so(house: House) -> None:
    ids = house.world.ids
    await house.world.marking(SPACE, "Stamped", "Chiara", watermark=True)
    one = await house.world.file(SPACE, "Drawing", "Chiara", "NA-1", picture("PNG"), ["Stamped"])
    before = len(house.logged())
    await house.send("GET", f"/files/{one}", "Chiara", params={"space": ids[SPACE]})
    assert [(each.operation, each.name, one in each.ids) for each in house.logged()[before:]] == [
        (DISCLOSURE, "files.download.watermarked", True)
    ]


async def test_a_provider_that_is_not_there_leaves_a_line_of_whoever_is_signed_in(house: House) -> None:
    before = len(house.logged())
    for method, path in (("GET", "nowhere/start"), ("GET", "nowhere/back"), ("POST", "back-channel/nowhere")):
        for person in ("Vida", None):
            assert (await house.send(method, f"/auth/{path}", person)).status_code == 404
    told = [(one.name, one.person, one.outcome) for one in house.logged()[before:]]
    assert told == [(name, house.world.ids["Vida"], "NOT_FOUND") for name in ("signIn.refused", "signIn.refused", "signOut.refused")]


async def test_files_that_are_refused_leave_a_line(house: House) -> None:
    ids, before, reads = house.world.ids, len(house.logged()), house.world.ctx("Chiara")
    secret = await tokens.create(reads, "reads", writes=False, ends_at=datetime.fromisoformat(ids["soon"]))
    for name, path in (("PUT", "file"), ("GET", "report")):
        await house.send(name, f"/imports/{ids['waiting']}/{path}", "Vida", params={"space": ids[SPACE]}, content=b"name\n")
    script = {"authorization": f"Bearer {secret}"}
    await house.send("PUT", f"/imports/{ids['waiting']}/file", None, params={"space": ids[SPACE]}, content=b"name\n", headers=script)
    told = [(one.name, one.outcome, one.person, one.space, one.ids) for one in house.logged()[before:]]
    named = (ids[SPACE], (ids["waiting"],))
    assert told == [
        ("imports.file.refused", "NOT_FOUND", ids["Vida"], *named),
        ("imports.report.refused", "NOT_FOUND", ids["Vida"], *named),
        ("request.refused", "FORBIDDEN", ids["Chiara"], None, ()),
    ]


async def test_the_live_socket_leaves_a_line_for_each_subscription_and_for_what_is_no_message(parts: Parts) -> None:
    async with serving(parts) as live:
        await team(live.world)
        client = await live.client("Chiara", SPACE)
        space, before = live.world.ids[SPACE], {one.id for one in entries(live.world)}
        await client.send(type="unsubscribe", space=space)
        await client.subscribe(space)
        await client.send(type="unsubscribe", space=space)
        await client.subscribe(space, client.cursor)
        new = [one for one in entries(live.world) if one.id not in before]
        await client.send(type="Ilian Dravec")
        assert (await client.closed())[0] == BAD_MESSAGE
        refused = next(one for one in entries(live.world) if one.name == "live.refused" and one.person == live.world.ids["Chiara"])
    assert [one.name for one in new] == ["unsubscribe", "subscribe", "unsubscribe", "resume"]
    assert (refused.outcome, refused.space, refused.ids) == ("INVALID", None, ())
    assert {(one.person, one.space, one.operation) for one in new} == {(live.world.ids["Chiara"], space, CONSULTATION)}


async def test_the_first_administrator_leaves_a_line(parts: Parts, tmp_path: Path) -> None:
    log = await AuditLog.open(tmp_path / "audit")
    wanted = NewAdministrator(new_id(), "Osk", PASSWORD, "Hosting authority", "NL")
    one = await create_administrator(parts.graph, parts.clock, wanted, Trail(log))
    await log.close()
    [line] = [each.entry for each in stored(tmp_path / "audit") if each.entry]
    assert (line.name, line.operation, line.person, line.ids, len(line.events)) == ("admin.create", ALTERATION, None, (one,), 1)
