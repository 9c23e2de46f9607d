"""Imports as people meet them: create, upload, look at the columns, start, cancel, continue, download what was refused."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from backend.core.audit_entry import Operation
from backend.core.errors import Conflict, Invalid, NotFound
from backend.core.ids import new_id
from backend.entities import rules
from backend.entities.changes import HANDLING
from backend.entities.imports import exhibit, mapped, stored, trial
from backend.entities.imports import preview as previews
from backend.entities.imports import report as reports
from backend.entities.imports.formats import FORMATS, TABLES
from backend.entities.imports.rules import BadSource, base_name
from backend.storage.seal import SealedWriter
from backend.storage.store import new_key
from backend.teams.policy import Right
from backend.teams.service import change, enter
from graph import access, outbox
from graph.outbox import Change
from graph.queries import agencies as agency_queries
from graph.queries import cases as case_queries
from graph.queries import imports as queries
from graph.queries import markings as marking_queries
from graph.queries import teams as team_queries

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, AsyncIterator, Callable

    from backend.core.context import Context, Parts
    from backend.entities.imports.layouts import Layout
    from backend.entities.imports.preview import Preview
    from backend.entities.imports.trial import Trial
    from graph.access import Scope
    from graph.driver import Tx

T = TypeVar("T")
LONGEST_NAME, REPORT_BATCHES = 200, 20
_AT_ONCE = asyncio.Semaphore(2)
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
START = {"read": 0, "accepted": 0, "rejected": 0, "offset": 0, "part": 1, "row": 0, "rate": 0.0}
"""Figures of a job that has not begun."""
READY = frozenset({"uploaded", "checked"})
_BEGUN = {("running", False): "started", ("running", True): "continued", ("checking", False): "checking"}
STOPPED = "The server stopped. What was read is kept; continue the import to read the rest."


@dataclass(frozen=True, slots=True)
class NewImport:
    """What a person chooses before the file is sent."""

    case: str
    name: str
    format: str
    file_name: str
    markings: frozenset[str]
    grade: str | None
    handling: str


async def jobs(ctx: Context, space: str, job: str | None = None) -> list[dict[str, Any]]:
    """Return the visible imports of a space, or the one named, with people, case and markings resolved."""

    async def work(tx: Tx) -> list[dict[str, Any]]:
        scope = await enter(tx, ctx, space)
        found = await queries.jobs(tx, scope, job)
        raising = await marking_queries.progress(tx, [row["id"] for row in found])
        return [{**await _dressed(tx, ctx, scope, row), "raising": raising.get(row["id"])} for row in found]

    rows = await ctx.graph.read(work)
    if job is not None and not rows:
        raise NotFound
    ctx.trail.saw(space, [row["id"] for row in rows])
    return rows


async def _dressed(tx: Tx, ctx: Context, scope: Scope, row: dict[str, Any]) -> dict[str, Any]:
    titles = await case_queries.titles(tx, scope)
    people = await agency_queries.named(tx, [row["by"]])
    held = {each["id"]: each for each in await team_queries.markings(tx, scope.space, sorted(scope.held), ctx.now)}
    return {
        **row, "case_title": titles.get(row["case"], ""), "person": people[row["by"]], "marks": [held[one] for one in row["markings"]],
        "chosen_held": [one for one in row["chosen"] if one in held],
    }  # fmt: skip


async def create(ctx: Context, space: str, wanted: NewImport, key: str) -> str:
    """Create a job that waits for its file; it stands under its own markings and those of its case."""
    _check(wanted)
    grade, original = rules.graded(wanted.grade)

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        of_case = await case_queries.markings_of(tx, scope, wanted.case)
        if of_case is None or not wanted.markings <= scope.held:
            raise NotFound
        markings = wanted.markings | of_case
        job = new_id()
        vis = await access.intern(tx, space, frozenset({markings}))
        row = {
            "id": job, "space": space, "vis": vis, "markings": sorted(markings), "case": wanted.case, "name": wanted.name.strip(),
            "chosen": sorted(wanted.markings),
            "format": wanted.format, "file_name": base_name(wanted.file_name), "grade": grade, "grade_original": original,
            "handling": wanted.handling,
            "authority": scope.agency, "by": ctx.who.user, "created_at": ctx.now, "state": "waiting_for_file", **START,
        }  # fmt: skip
        await queries.create(tx, {name: value for name, value in row.items() if value is not None})
        await case_queries.hold(tx, {wanted.case: markings})
        return job, [Change("import", "created", job, after=(vis,))]

    return await change(ctx, space, key, Right.IMPORT, work)


def _check(wanted: NewImport) -> None:
    for name, said in (("name", wanted.name), ("fileName", wanted.file_name)):
        if not said.strip() or len(said) > LONGEST_NAME or CONTROL.search(said):
            raise Invalid(f"An import and its file need names of 1 to {LONGEST_NAME} characters, all on one line.", name)
    if wanted.format not in FORMATS:
        raise Invalid("Choose a format.", "format")
    if wanted.handling not in HANDLING:
        raise Invalid("Choose a handling code from H0 to H3.", "handling")


async def upload(ctx: Context, space: str, job: str, pieces: AsyncIterable[bytes]) -> dict[str, Any]:
    """Seal the file while it streams in; return {id, bytes, sha256}. A job takes one file."""
    file_id, place, one = new_id(), new_key(), new_id()
    await _announce(ctx, space, job, place)
    async with ctx.parts.keys.sealing(space) as space_key:
        file_key, wrapped = space_key.new_file_key(file_id)
        writer = SealedWriter.of_evidence(file_key, file_id)
        await ctx.parts.store.put(place, writer.seal(pieces))
        facts = {"object": place, "file_id": file_id, "file_key": wrapped, "bytes": writer.size} | writer.hashed.told()
        events = await _keep(ctx, space, job, facts, one)
    ctx.trail.changed(space, [job, file_id], events, Operation.COLLECTION)
    ctx.parts.wake(space)
    return {"id": job, "bytes": writer.size, "sha256": writer.sha256, "exhibit": one}


async def _keep(ctx: Context, space: str, job: str, facts: dict[str, Any], one: str) -> list[str]:
    """Write on a job where its file lies, make it the exhibit `one`; return the events. Where that cannot be, remove the file."""
    place, events = facts["object"], list[str]()

    async def work(tx: Tx) -> None:
        scope = await enter(tx, ctx, space, Right.IMPORT)
        row = await queries.lock(tx, scope, job)
        if row is None or (row["state"] != "waiting_for_file" and row["object"] != place):
            raise Conflict("This import has a file already.")
        coming = [one for one in row.get("coming", []) if one != place]
        await queries.change(tx, scope, job, {**facts, "state": "uploaded", "coming": coming})
        if row["state"] == "waiting_for_file":
            told = await exhibit.register(tx, scope, row | facts, one, ctx.now)
            events[:] = await outbox.append(tx, space, ctx.who.user, ctx.now, told)

    try:
        await ctx.graph.write(work)
    except BaseException as error:
        if not await _kept(ctx, space, job, place) or not isinstance(error, Exception):
            raise
    return events


async def _kept(ctx: Context, space: str, job: str, place: str) -> bool:
    """Say after a failed write whether the job names this object, and remove the object if not.

    The write may have been lost after its commit. Where even that cannot be asked, the object stays and the error goes on.
    """
    named = await ctx.graph.write(lambda tx: queries.object_of(tx, space, job)) == place
    if not named:
        await ctx.parts.store.delete(place)
    return named


async def _announce(ctx: Context, space: str, job: str, place: str) -> None:
    """Say on a job that waits for its file which object is coming: where the server ends in between, nothing stays that nobody knows of."""

    async def work(tx: Tx) -> None:
        scope = await enter(tx, ctx, space, Right.IMPORT)
        row = await queries.lock(tx, scope, job)
        if row is None:
            raise NotFound
        if row["state"] != "waiting_for_file":
            raise Conflict("This import has a file already.")
        await queries.change(tx, scope, job, {"coming": [*row.get("coming", []), place]})

    await ctx.graph.write(work)


async def preview(ctx: Context, space: str, job: str, layout: Layout) -> Preview:
    """Return how an uploaded table is written, its columns with samples and its first rows."""
    return await _read(ctx, await _table(ctx, space, job), lambda file, form: previews.preview(file, form, layout), "file")


async def check(ctx: Context, space: str, job: str, mapping: str) -> Trial:
    """Return what the first rows of an uploaded table would state under a mapping, and what would be refused of them."""
    return await _read(ctx, await _table(ctx, space, job), lambda file, form: trial.tried(file, form, mapping), "mapping")


async def _table(ctx: Context, space: str, job: str) -> dict[str, Any]:
    row = (await jobs(ctx, space, job))[0]
    if "object" not in row or row["format"] not in TABLES:
        raise Invalid("There is a table once its file is there.", "id")
    return row


async def _read(ctx: Context, row: dict[str, Any], work: Callable[[BinaryIO, str], T], field: str) -> T:
    """Read a table in a thread; two at a time on this server, however many ask."""
    async with _AT_ONCE, stored.opened(ctx.parts, row) as file:
        try:
            return await asyncio.to_thread(work, file, row["format"])
        except BadSource as bad:
            raise Invalid(str(bad), field) from bad


async def begin(ctx: Context, space: str, job: str, mapping: str | None, key: str, *, again: bool = False, state: str = "running") -> str:
    """Move a job to running, or to checking, from its beginning or (`again`) from its checkpoint; the caller starts the run."""
    if mapping is not None:
        await _check_mapping(ctx, space, job, mapping)

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        row = await queries.lock(tx, scope, job)
        if row is None:
            raise NotFound
        if row["state"] not in ({"cancelled", "failed"} if again else READY):
            raise Conflict("This import cannot be started now.")
        if row["format"] in TABLES and not again and mapping is None:
            raise Invalid("Say what the columns mean.", "mapping")
        changes = {"state": state, "problem": ""} | ({"mapping": mapping} if mapping is not None else {})
        await queries.change(tx, scope, job, changes | ({} if again else await _anew(tx, scope, job, ctx.now)))
        return job, [Change("import", _BEGUN[state, again], job, (row["vis"],), (row["vis"],))]

    return await change(ctx, space, key, Right.IMPORT, work)


async def _anew(tx: Tx, scope: Scope, job: str, now: str) -> dict[str, Any]:
    """Return a job's figures at its beginning; what an earlier check refused is forgotten."""
    await queries.forget_refused(tx, scope, job)
    return {**START, "undone": await queries.undone(tx, scope.space, job), "begun_at": now}


async def _check_mapping(ctx: Context, space: str, job: str, mapping: str) -> None:
    """Refuse a mapping that cannot be read, or names what the file does not have, before anything is started with it."""
    await _read(ctx, await _table(ctx, space, job), lambda file, form: mapped.steps(file, mapping, form), "mapping")


async def cancel(ctx: Context, space: str, job: str, key: str) -> str:
    """Stop a running job at its next checkpoint; what is in stays."""

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        row = await queries.lock(tx, scope, job)
        if row is None:
            raise NotFound
        if row["state"] not in {"running", "checking"}:
            raise Conflict("This import is not running.")
        stopped = {"state": "cancelled"} if row["state"] == "running" else {"state": "uploaded"} | await _anew(tx, scope, job, ctx.now)
        await queries.change(tx, scope, job, {"problem": ""} | stopped)
        return job, [Change("import", "cancelled", job, (row["vis"],), (row["vis"],))]

    return await change(ctx, space, key, Right.IMPORT, work)


async def report(ctx: Context, space: str, job: str) -> AsyncIterator[bytes]:
    """Return the refused rows as CSV, piece by piece, the reader's scope worked out anew for each."""

    async def work(tx: Tx) -> tuple[dict[str, Any], list[int]]:
        scope = await enter(tx, ctx, space)
        found = await queries.jobs(tx, scope, job)
        if not found:
            raise NotFound
        return found[0], await queries.refused_places(tx, scope, job)

    row, places = await ctx.graph.read(work)
    ctx.trail.saw(space, [job], Operation.DISCLOSURE)
    return _report(ctx, row, places)


async def _report(ctx: Context, row: dict[str, Any], places: list[int]) -> AsyncIterator[bytes]:
    yield reports.as_csv([reports.HEADER])
    for at in range(0, len(places), REPORT_BATCHES):
        yield await _report_piece(ctx, row, places[at : at + REPORT_BATCHES])


async def _report_piece(ctx: Context, row: dict[str, Any], places: list[int]) -> bytes:
    async def work(tx: Tx) -> list[tuple[int, str]]:
        return await queries.refused(tx, await enter(tx, ctx, row["space"]), row["id"], places)

    key = await stored.file_key(ctx.parts, row)
    batches = await ctx.graph.read(work)
    return reports.as_csv(refusal for place, sealed in batches for refusal in reports.opened(key, row["id"], place, sealed))


async def mark_stopped(parts: Parts) -> None:
    """At start: an import that a stopped server left running can be continued; a file that did not get to its job is removed."""
    await parts.graph.write(lambda tx: queries.stop_all(tx, STOPPED))
    for place in await parts.graph.read(queries.coming):
        await parts.store.delete(place)
    await parts.graph.write(queries.none_coming)
