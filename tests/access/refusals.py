"""Every write that names something hidden, beside the same write that names something that never was."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson

from backend.core.errors import JoinderError
from backend.core.faults import fault
from backend.core.ids import new_id
from backend.entities import service as entities
from backend.entities.imports import kept
from backend.entities.imports import service as imports
from backend.entities.imports.service import NewImport
from graph.queries import realtime
from tests.access.hiding import READER, SPACE
from tests.access.questions import ask

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable

    from backend.core.context import Context
    from tests.support.world import World

SAID = '{case: $case, values: [{property: "name", values: ["X"]}], sourceTitle: "E-1", markings: $markings}'
BARE = '{case: $case, values: [], sourceTitle: "E-1", markings: $markings}'
KNOWN = "space: $space, expectedVersion: $version, key: $key"
MAPPING = "queries: [{entities: {A: {schema: Person, keys: [id]}}}]"
WRITES = {
    "addEntity": f'addEntity(space: $space, kind: "Person", record: {SAID}, key: $key) {{ id }}',
    "addLink": f'addLink(space: $space, kind: "Associate", source: $source, target: $target, record: {BARE}, key: $key) {{ id }}',
    "addRecord": f"addRecord(about: $about, record: {SAID}, {KNOWN}) {{ record {{ id }} }}",
    "correctRecord": f'correctRecord(id: $record, record: {SAID}, reason: "r", {KNOWN}) {{ record {{ id }} }}',
    "retractRecord": f'retractRecord(id: $record, reason: "r", {KNOWN}) {{ record {{ id }} }}',
    "markRecord": f"markRecord(id: $record, markings: $markings, {KNOWN}) {{ record {{ id }} }}",
    "releaseRecord": f'releaseRecord(id: $record, markings: $markings, reason: "r", {KNOWN}) {{ record {{ id }} }}',
    "merge": f"merge(space: $space, a: $source, b: $target, record: {BARE}, key: $key) {{ id }}",
    "unmerge": 'unmerge(space: $space, sameAs: $merge, reason: "r", key: $key) { id }',
    "createCase": 'createCase(space: $space, title: "T", markings: $markings, key: $key) { id }',
    "updateCase": 'updateCase(space: $space, id: $case, changes: {title: "T"}, expectedVersion: "x", key: $key) { id }',
    "markCase": 'markCase(space: $space, id: $case, markings: $markings, expectedVersion: "x", key: $key) { id }',
    "releaseCase": ('releaseCase(space: $space, id: $case, markings: $markings, reason: "r", expectedVersion: "x", key: $key) { id }'),
    "releaseImport": 'releaseImport(space: $space, id: $job, markings: $markings, reason: "r", key: $key) { id }',
    "markImport": "markImport(space: $space, id: $job, markings: $markings, key: $key) { id }",
    "createImport": (
        'createImport(space: $space, case: $case, name: "n", format: CSV, fileName: "f", markings: $markings, key: $key) { id }'
    ),
    "checkImportFile": "checkImportFile(space: $space, id: $job, key: $key) { id }",
    "undoImport": 'undoImport(space: $space, id: $job, reason: "r", key: $key) { id }',
    "saveImportMapping": (f'saveImportMapping(space: $space, id: $job, name: "n", mapping: "{MAPPING}", key: $key) {{ id }}'),
    "deleteImportMapping": "deleteImportMapping(space: $space, id: $kept, key: $key) { id }",
    "startImport": "startImport(space: $space, id: $job, key: $key) { id }",
    "cancelImport": "cancelImport(space: $space, id: $job, key: $key) { id }",
    "continueImport": "continueImport(space: $space, id: $job, key: $key) { id }",
    "challengeExhibit": (
        'challengeExhibit(space: $space, exhibit: $exhibit, challenge: {by: "D", ground: "G", court: "C", country: "IT"}, key: $key) { id }'
    ),
    "decideChallenge": 'decideChallenge(space: $space, id: $challenge, outcome: REJECTED, ruling: "R 1/26", key: $key) { id }',
    "giveConsent": 'giveConsent(space: $space, exhibit: $exhibit, consent: {country: "IT"}, key: $key) { id }',
    "withdrawConsent": "withdrawConsent(space: $space, id: $consent, key: $key) { id }",
    "registerExhibit": (
        'registerExhibit(space: $space, case: $case, exhibit: {title: "T", kind: DEVICE}, parent: $parent, markings: $markings, key: $key)'
        " { id }"
    ),
    "changeExhibit": 'changeExhibit(space: $space, id: $exhibit, exhibit: {title: "T"}, expectedVersion: "x", key: $key) { id }',
    "markExhibit": 'markExhibit(space: $space, id: $exhibit, markings: $markings, expectedVersion: "x", key: $key) { id }',
    "releaseExhibit": (
        'releaseExhibit(space: $space, id: $exhibit, markings: $markings, reason: "r", expectedVersion: "x", key: $key) { id }'
    ),
    "recordCustody": "recordCustody(space: $space, exhibit: $exhibit, verb: COPIED, custody: {}, key: $key) { id }",
    "checkIntegrity": "checkIntegrity(space: $space, exhibit: $exhibit, key: $key) { id }",
    "handOverExhibit": "handOverExhibit(space: $space, exhibit: $exhibit, to: $agency, custody: {}, key: $key) { id }",
    "confirmExhibitReceipt": "confirmExhibitReceipt(space: $space, exhibit: $exhibit, custody: {}, key: $key) { id }",
    "createTask": 'createTask(space: $space, task: {title: "T"}, case: $case, about: [$item], markings: $markings, key: $key) { id }',
    "changeTask": 'changeTask(space: $space, id: $task, task: {state: DOING}, expectedVersion: "x", key: $key) { id }',
    "changeTaskItems": "changeTaskItems(space: $space, id: $task, add: [$item], remove: [$item], key: $key) { id }",
    "commentOnTask": 'commentOnTask(space: $space, task: $task, text: "T", mentions: [$person], key: $key) { id }',
    "withdrawTaskComment": 'withdrawTaskComment(space: $space, id: $comment, reason: "r", key: $key) { id }',
    "changeMarking": "changeMarking(space: $space, marking: $marking, strongSignIn: true, key: $key) { ours }",
    "clearMember": "clearMember(space: $space, membership: $membership, marking: $marking, key: $key) { id }",
    "withdrawClearance": "withdrawClearance(space: $space, membership: $membership, marking: $marking, key: $key) { id }",
    "endMembership": "endMembership(space: $space, membership: $membership, key: $key)",
    "acceptInvitation": "acceptInvitation(membership: $membership, key: $key) { id }",
    "declineInvitation": "declineInvitation(membership: $membership, key: $key)",
}
TYPES = {"markings": "[ID!]!", "version": "String!", "key": "String!"}
# Arguments that may name something hidden, and what is put there.
HIDDEN = {
    "source": ("Secret", "Of counsel"),
    "target": ("Secret", "Of the secret case"),
    "about": ("Secret", "Of counsel", "secretly", "detour 0", "merge"),
    "record": ("record of Ilian", "record of Secret", "record of secretly", "record of detour 0"),
    "merge": ("merge", "merge of the hidden"),
    "case": ("Secret case",),
    "markings": ("Covert", "Privileged"),
    "marking": ("Covert", "Privileged"),
    "job": ("import",),
    "kept": ("kept",),
    "challenge": ("challenge of the hidden",),
    "consent": ("consent of the hidden",),
    "exhibit": ("Secret ledger", "Secret extract", "Seen for a while as well", "Shown for a while", "Marked since"),
    "parent": ("Secret ledger", "Derived for a while", "Derived from what was shown"),
    "task": ("Meet the source", "Of the secret case task"),
    "item": ("Secret", "secretly", "detour 0", "Secret case"),
    "comment": ("The handler is away.", "Can you look?"),
    "person": ("Maarten", "Osk", "Stranger"),
    "membership": ("membership elsewhere",),
}


@dataclass(frozen=True, slots=True)
class Attempt:
    """A write with one argument that names something hidden; `never` is the same with an id that nothing has."""

    name: str
    space: str
    query: str
    variables: dict[str, object]
    never: dict[str, object]

    async def answer(self, ctx: Context) -> bytes:
        """Return what the writer is told, and how many events that made."""
        return await _with_events(ctx, self.space, self._told(ctx, self.variables))

    async def answer_never(self, ctx: Context) -> bytes:
        """Return the same where there is nothing."""
        return await _with_events(ctx, self.space, self._told(ctx, self.never))

    async def _told(self, ctx: Context, variables: dict[str, object]) -> object:
        return await ask(ctx, self.query, **variables, **({"key": new_id()} if "$key" in self.query else {}))


@dataclass(frozen=True, slots=True)
class Upload:
    """A file sent to a hidden import."""

    name: str
    space: str
    job: str

    async def answer(self, ctx: Context) -> bytes:
        """Return what the sender is told, and how many events that made."""
        return await _with_events(ctx, self.space, self._told(ctx, self.job))

    async def answer_never(self, ctx: Context) -> bytes:
        """Return the same where there is no such import."""
        return await _with_events(ctx, self.space, self._told(ctx, new_id()))

    async def _told(self, ctx: Context, job: str) -> object:
        try:
            return await imports.upload(ctx, self.space, job, _piece())
        except JoinderError as error:
            return {"error": fault(error, "TEST-00").extensions(), "message": error.message}


async def _with_events(ctx: Context, space: str, telling: Awaitable[object]) -> bytes:
    before = await ctx.graph.read(lambda tx: realtime.clock(tx, space))
    told = await telling
    return orjson.dumps([told, await ctx.graph.read(lambda tx: realtime.clock(tx, space)) - before])


async def _piece() -> AsyncIterator[bytes]:
    yield b"{}\n"


async def attempts(world: World) -> list[Attempt | Upload]:
    """Return every write with every hidden thing put where it may be named, everything else in it being right."""
    right, ids = await _right(world), await _hidden_ids(world)
    found: list[Attempt | Upload] = [Upload("PUT file", world.ids[SPACE], ids["import"])]
    for write, text in WRITES.items():
        names = dict.fromkeys(re.findall(r"\$(\w+)", text))
        taken = ", ".join(f"${name}: {TYPES.get(name, 'ID!')}" for name in names)
        query = f"mutation({taken}) {{ {text} }}"
        for argument in names:
            for thing in HIDDEN.get(argument, ()):
                values = {name: right[name] for name in names if name in right}
                there, never = ([one] if argument == "markings" else one for one in (ids[thing], new_id()))
                found.append(
                    Attempt(f"{write} {argument}: {thing}", world.ids[SPACE], query, values | {argument: there}, values | {argument: never})
                )
    return found


async def _right(world: World) -> dict[str, object]:
    """Return an argument that passes for each that a write takes."""
    seen = await entities.look_up(world.ctx(READER), world.ids[SPACE], world.ids["Oda"])
    ids = {
        "source": "Tamsin",
        "target": "Ilian",
        "about": "Oda",
        "case": "NA-1",
        "marking": "Caveat",
        "task": "Under the caveat",
        "comment": "Who has the lease?",
        "person": "Eglė",
        "item": "Oda",
        "exhibit": "Telephone",
        "challenge": "challenge of the extract",
        "consent": "consent of the ledger",
        "parent": "Ledger",
    }
    asked = NewImport(world.ids["NA-1"], "own", "ftm_json", "own.json", frozenset(), None, "H0")
    return {
        **{argument: world.ids[name] for argument, name in ids.items()},
        "job": (own := await imports.create(world.ctx(READER), world.ids[SPACE], asked, new_id())),
        "kept": await kept.save(world.ctx(READER), world.ids[SPACE], own, "own", MAPPING, new_id()),
        "space": world.ids[SPACE], "record": seen.records[0].id, "version": seen.version, "markings": [],
        "membership": world.memberships[SPACE, "Maarten"], "agency": world.of_person["Eglė"],
    }  # fmt: skip


async def _hidden_ids(world: World) -> dict[str, str]:
    """Return the ids of hidden things, of records too."""
    await world.space("Elsewhere")
    found = {"membership elsewhere": await world.member("Elsewhere", "Stranger", state="invited"), **world.ids}
    for name in ("Ilian", "Secret", "secretly", "detour 0"):
        records = (await world.view(SPACE, name, "Eglė")).records
        found[f"record of {name}"] = next((r.id for r in records if r.markings), records[0].id)
    return found
