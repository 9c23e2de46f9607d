"""Imports as people meet them: create, upload, look at the columns, start, cancel, continue, download what was refused."""

from __future__ import annotations

import base64
import csv
import io
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backend.core.audit_entry import Operation
from backend.core.errors import Conflict, Invalid, NotFound
from backend.core.ids import new_id
from backend.entities.changes import HANDLING
from backend.entities.imports import mapping as mappings
from backend.entities.imports import preview as previews
from backend.entities.imports.rules import BadSource
from backend.storage.seal import SealedReader, SealedWriter
from backend.storage.store import new_key
from backend.teams.policy import Right
from backend.teams.service import change, enter
from graph import access
from graph.outbox import Change
from graph.queries import agencies as agency_queries
from graph.queries import cases as case_queries
from graph.queries import imports as queries
from graph.queries import teams as team_queries

if TYPE_CHECKING:
    from collections.abc import AsyncIterable

    from backend.core.context import Context, Parts
    from backend.entities.imports.preview import Preview
    from graph.access import Scope
    from graph.driver import Tx

FORMATS = ("ftm_json", "csv")
LONGEST_NAME, LONGEST_MAPPING, PREVIEW_BYTES = 200, 200_000, 256 * 1024
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
        return [await _dressed(tx, ctx, scope, row) for row in await queries.jobs(tx, scope, job)]

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
    }  # fmt: skip


async def create(ctx: Context, space: str, wanted: NewImport, key: str) -> str:
    """Create a job that waits for its file; it stands under its own markings and those of its case."""
    if not wanted.name.strip() or len(wanted.name) > LONGEST_NAME or len(wanted.file_name) > LONGEST_NAME:
        raise Invalid(f"An import needs a name of at most {LONGEST_NAME} characters.", "name")
    if wanted.format not in FORMATS or wanted.handling not in HANDLING:
        raise Invalid("Choose a format and a handling code from H0 to H3.", "format")

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        found = await case_queries.cases(tx, scope, wanted.case)
        if not found or not wanted.markings <= scope.held:
            raise NotFound
        markings = wanted.markings | frozenset(found[0]["case"]["markings"])
        job = new_id()
        vis = await access.intern(tx, space, frozenset({markings}))
        row = {
            "id": job, "space": space, "vis": vis, "markings": sorted(markings), "case": wanted.case, "name": wanted.name.strip(),
            "format": wanted.format, "file_name": wanted.file_name, "grade": wanted.grade, "handling": wanted.handling,
            "authority": scope.agency, "by": ctx.who.user, "created_at": ctx.now, "state": "waiting_for_file", "read": 0, "accepted": 0,
            "rejected": 0, "offset": 0, "part": 1, "row": 0, "rate": 0.0,
        }  # fmt: skip
        await queries.create(tx, {name: value for name, value in row.items() if value is not None})
        return job, [Change("import", "created", job, after=(vis,))]

    return await change(ctx, space, key, Right.IMPORT, work)


async def upload(ctx: Context, space: str, job: str, pieces: AsyncIterable[bytes]) -> dict[str, Any]:
    """Seal the file while it streams in; return {id, bytes, sha256}. A job takes one file."""
    await _waiting(ctx, space, job)
    space_key = await ctx.parts.keys.of(space)
    file_id, place = new_id(), new_key()
    file_key, wrapped = space_key.new_file_key(file_id)
    writer = SealedWriter(file_key, file_id)
    await ctx.parts.store.put(place, writer.seal(pieces))
    facts = {"object": place, "file_id": file_id, "file_key": wrapped, "sha256": writer.sha256, "bytes": writer.size, "state": "uploaded"}

    async def work(tx: Tx) -> str:
        scope = await enter(tx, ctx, space, Right.IMPORT)
        row = await queries.lock(tx, scope, job)
        if row is None or row["state"] != "waiting_for_file":
            raise Conflict("This import has a file already.")
        await queries.change(tx, scope, job, facts)
        return row["vis"]

    try:
        await ctx.graph.write(work)
    except BaseException:
        await ctx.parts.store.delete(place)
        raise
    ctx.trail.changed(space, [job, file_id], operation=Operation.COLLECTION)
    return {"id": job, "bytes": writer.size, "sha256": writer.sha256}


async def _waiting(ctx: Context, space: str, job: str) -> None:
    async def work(tx: Tx) -> None:
        found = await queries.jobs(tx, await enter(tx, ctx, space, Right.IMPORT), job)
        if not found:
            raise NotFound
        if found[0]["state"] != "waiting_for_file":
            raise Conflict("This import has a file already.")

    await ctx.graph.read(work)


async def reader(parts: Parts, row: dict[str, Any]) -> SealedReader:
    """Open the sealed source file of a job."""
    space_key = await parts.keys.of(row["space"])
    return await SealedReader.open(parts.store, row["object"], space_key.file_key(row["file_key"], row["file_id"]), row["file_id"])


async def preview(ctx: Context, space: str, job: str) -> Preview:
    """Return columns with samples and the first rows of an uploaded table."""
    row = (await jobs(ctx, space, job))[0]
    if "object" not in row or row["format"] != "csv":
        raise Invalid("There is a preview once a CSV file is there.", "id")
    head = await (await reader(ctx.parts, row)).read_range(0, PREVIEW_BYTES)
    try:
        return previews.preview([head])
    except BadSource as bad:
        raise Invalid(str(bad), "file") from bad


async def begin(ctx: Context, space: str, job: str, mapping: str | None, key: str, *, again: bool = False) -> str:
    """Move a job to running, from its beginning or (`again`) from its checkpoint; the caller starts the run."""
    if mapping is not None:
        _check_mapping(mapping)

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        row = await queries.lock(tx, scope, job)
        if row is None:
            raise NotFound
        if row["state"] not in ({"cancelled", "failed"} if again else {"uploaded"}):
            raise Conflict("This import cannot be started now.")
        if row["format"] == "csv" and not again and mapping is None:
            raise Invalid("Say what the columns mean.", "mapping")
        changes = {"state": "running", "problem": ""} | ({"mapping": mapping} if mapping is not None else {})
        await queries.change(tx, scope, job, changes)
        return job, [Change("import", "continued" if again else "started", job, (row["vis"],), (row["vis"],))]

    return await change(ctx, space, key, Right.IMPORT, work)


def _check_mapping(mapping: str) -> None:
    if len(mapping) > LONGEST_MAPPING:
        raise Invalid("The mapping is too long.", "mapping")
    try:
        mappings.parse(mapping)
    except BadSource as bad:
        raise Invalid(str(bad), "mapping") from bad


async def cancel(ctx: Context, space: str, job: str, key: str) -> str:
    """Stop a running job at its next checkpoint; what is in stays."""

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        row = await queries.lock(tx, scope, job)
        if row is None:
            raise NotFound
        if row["state"] != "running":
            raise Conflict("This import is not running.")
        await queries.change(tx, scope, job, {"state": "cancelled", "problem": ""})
        return job, [Change("import", "cancelled", job, (row["vis"],), (row["vis"],))]

    return await change(ctx, space, key, Right.IMPORT, work)


# ── refused rows ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def seal_refused(file_key: bytes, job: str, place: int, rows: list[tuple[int, str, str]]) -> str:
    """Seal (row, column, reason) of one batch under the key of the file they came from."""
    nonce = os.urandom(12)
    sealed = AESGCM(file_key).encrypt(nonce, orjson.dumps(rows), f"refused {job} {place}".encode())
    return base64.b64encode(nonce + sealed).decode()


def open_refused(file_key: bytes, job: str, place: int, sealed: str) -> list[tuple[int, str, str]]:
    """Return what `seal_refused` sealed."""
    raw = base64.b64decode(sealed)
    return [
        (row, column, reason)
        for row, column, reason in orjson.loads(AESGCM(file_key).decrypt(raw[:12], raw[12:], f"refused {job} {place}".encode()))
    ]


async def report(ctx: Context, space: str, job: str) -> str:
    """Return the refused rows as CSV: row, column, reason. Cells that a spreadsheet would run as a formula are made text."""

    async def work(tx: Tx) -> tuple[dict[str, Any], list[tuple[int, str]]]:
        scope = await enter(tx, ctx, space)
        found = await queries.jobs(tx, scope, job)
        if not found:
            raise NotFound
        return found[0], await queries.refused(tx, scope, job)

    row, batches = await ctx.graph.read(work)
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\r\n")
    out.writerow(["row", "column", "reason"])
    if batches:
        key = (await ctx.parts.keys.of(space)).file_key(row["file_key"], row["file_id"])
        for place, sealed in batches:
            out.writerows([number, _inert(column), _inert(reason)] for number, column, reason in open_refused(key, job, place, sealed))
    ctx.trail.saw(space, [job], Operation.DISCLOSURE)
    return text.getvalue()


def _inert(cell: str) -> str:
    return "'" + cell if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


async def mark_stopped(parts: Parts) -> None:
    """At start: an import that a stopped server left running can be continued."""
    await parts.graph.write(lambda tx: queries.stop_all(tx, STOPPED))
