"""GraphQL: imports."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Any

import strawberry

from backend.agencies.api import Person, person_of
from backend.cases.api import CaseRef
from backend.core.context import Context, trail_of
from backend.core.graphql import Info, ctx, when
from backend.entities.imports import kept, run, service, undo
from backend.entities.imports.service import NewImport
from backend.entities.imports.types import ImportCheck, ImportLayoutInput, ImportMapping, ImportPreview, check_of, mapping_of, preview_of
from backend.teams.api import Marking, marking_of


@strawberry.enum(description="State of an import.")
class ImportState(Enum):
    """From waiting for its file to done, and to undone."""

    WAITING_FOR_FILE = "waiting_for_file"
    UPLOADED = "uploaded"
    CHECKING = "checking"
    CHECKED = "checked"
    RUNNING = "running"
    CANCELLED = "cancelled"
    FAILED = "failed"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"


@strawberry.enum(description="Format of a source file.")
class ImportFormat(Enum):
    """FollowTheMoney JSON lines, or a table: as text in any delimiter, as a workbook, as JSON lines."""

    FTM_JSON = "ftm_json"
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


@strawberry.type(description="An import: its file, its progress and what it refused.")
class ImportJob:
    """A job as one reader sees it."""

    id: strawberry.ID = strawberry.field(description="Id.")
    space: strawberry.ID = strawberry.field(description="Its space.")
    case: CaseRef = strawberry.field(description="The case that its records are entered in.")
    name: str = strawberry.field(description="Name of the data set: the same name again changes nothing that is in.")
    format: ImportFormat = strawberry.field(description="Format.")
    state: ImportState = strawberry.field(description="State.")
    file_name: str | None = strawberry.field(description="Name of the source file.")
    sha256: str | None = strawberry.field(description="SHA-256 of the source file.")
    bytes: str | None = strawberry.field(description="Size of the source file.")
    markings: list[Marking] = strawberry.field(description="Markings of every record that it brings.")
    raising: float | None = strawberry.field(
        description="Share of its records that follow its newest markings by now, in tenths; null when all do."
    )
    grade: str | None = strawberry.field(description="Admiralty grade of every record that it brings.")
    handling: str = strawberry.field(description="Handling code of every record that it brings.")
    chosen: list[strawberry.ID] = strawberry.field(description="Of the markings chosen for its data set, those that you hold.")
    undone: float | None = strawberry.field(description="How far it is undone, in tenths; null where nobody ordered it.")
    undo_reason: str | None = strawberry.field(description="Why it was undone.")
    rows_read: int = strawberry.field(description="Rows of the source read so far.")
    accepted: int = strawberry.field(description="Rows accepted.")
    rejected: int = strawberry.field(description="Rows refused; see the report.")
    progress: float = strawberry.field(description="Share of the work done, 0 to 1.")
    rows_per_second: float = strawberry.field(description="Rate of the present or last run.")
    mapping: str | None = strawberry.field(description="What its columns mean, once that was said.")
    problem: str | None = strawberry.field(description="Why it stopped, if it did.")
    created_at: datetime = strawberry.field(description="When it was created.")
    created_by: Person = strawberry.field(description="Who created it.")


def job_of(row: dict[str, Any]) -> ImportJob:
    """Dress a job."""
    size = row.get("bytes")
    part = min(1.0, row["offset"] / size) if size else 0.0
    share = 1.0 if row["state"] in {"done", "checked"} else (row["part"] - 1) / 2 + (part / 2 if row["row"] else 0.0)
    return ImportJob(
        id=strawberry.ID(row["id"]), space=strawberry.ID(row["space"]), case=CaseRef(id=strawberry.ID(row["case"]),
        title=row["case_title"]),
        name=row["name"], format=ImportFormat(row["format"]), state=ImportState(row["state"]), file_name=row["file_name"],
        sha256=row.get("sha256"), bytes=None if size is None else str(size), markings=[marking_of(each) for each in row["marks"]],
        raising=row["raising"], grade=row.get("grade"), handling=row["handling"], chosen=[strawberry.ID(one) for one in row["chosen_held"]],
        undone=row.get("undo_progress"), undo_reason=row.get("undo_reason"),
        rows_read=row["read"], accepted=row["accepted"], rejected=row["rejected"], progress=min(1.0, share),
        rows_per_second=row["rate"], problem=row.get("problem") or None, mapping=row.get("mapping"), created_at=when(row["created_at"]),
        created_by=person_of(row["person"]),
    )  # fmt: skip


async def one_job(info: Info, space: str, job: str) -> ImportJob:
    """Return one import as the reader sees it."""
    return job_of((await service.jobs(ctx(info), space, job))[0])


async def _run(info: Info, space: str, job: str) -> ImportJob:
    """Start the run in the background, with a context of its own: it outlives the request."""
    asked = ctx(info)
    own = Context(asked.parts, asked.actor, trail_of(asked.parts, asked.actor), asked.correlation)
    asked.parts.jobs.start(job, run.run(own, space, job))
    return await one_job(info, space, job)


@strawberry.type
class ImportsQuery:
    """Reading imports."""

    @strawberry.field(description="The visible imports of a space, newest first.")
    async def imports(self, info: Info, space: strawberry.ID) -> list[ImportJob]:
        """Return jobs."""
        return [job_of(row) for row in await service.jobs(ctx(info), space)]

    @strawberry.field(description="One import.")
    async def import_job(self, info: Info, space: strawberry.ID, id: strawberry.ID) -> ImportJob:
        """Return one job."""
        return await one_job(info, space, id)

    @strawberry.field(description="The beginning of an uploaded table, written as found or as `layout` says.")
    async def import_preview(
        self, info: Info, space: strawberry.ID, id: strawberry.ID, layout: ImportLayoutInput | None = None
    ) -> ImportPreview:
        """Return columns and rows."""
        said = layout or ImportLayoutInput()
        return preview_of(await service.preview(ctx(info), space, id, said.layout()))

    @strawberry.field(description="What the first 2,000 rows of an uploaded table would state under a mapping, and what would be refused.")
    async def import_check(self, info: Info, space: strawberry.ID, id: strawberry.ID, mapping: str) -> ImportCheck:
        """Return rows and faults."""
        return check_of(await service.check(ctx(info), space, id, mapping))

    @strawberry.field(description="Mappings that your agency keeps in a space.")
    async def import_mappings(self, info: Info, space: strawberry.ID) -> list[ImportMapping]:
        """Return mappings by name."""
        return [mapping_of(row) for row in await kept.listed(ctx(info), space)]


@strawberry.type
class ImportsMutation:
    """Changing imports."""

    @strawberry.mutation(description="Then PUT the file to /imports/{id}/file?space={space}, then startImport.")
    async def create_import(  # noqa: PLR0913 - one argument for each choice on the page
        self,
        info: Info,
        space: strawberry.ID,
        case: strawberry.ID,
        name: str,
        format: ImportFormat,
        file_name: str,
        key: str,
        markings: list[strawberry.ID] = [],  # noqa: B006 - strawberry copies it into the schema
        grade: str | None = None,
        handling: str = "H0",
    ) -> ImportJob:
        """Return the job, waiting for its file."""
        wanted = NewImport(case, name, format.value, file_name, frozenset(markings), grade, handling)
        return await one_job(info, space, await service.create(ctx(info), space, wanted, key))

    @strawberry.mutation(description="Start; `mapping` is FollowTheMoney mapping YAML for a table, null for FollowTheMoney JSON lines.")
    async def start_import(self, info: Info, space: strawberry.ID, id: strawberry.ID, key: str, mapping: str | None = None) -> ImportJob:
        """Return the job, running."""
        return await _run(info, space, await service.begin(ctx(info), space, id, mapping, key))

    @strawberry.mutation(
        description="Read the whole file as `startImport` would, and write nothing: the figures and the report say what it would come to."
    )
    async def check_import_file(
        self, info: Info, space: strawberry.ID, id: strawberry.ID, key: str, mapping: str | None = None
    ) -> ImportJob:
        """Return the job, checking."""
        return await _run(info, space, await service.begin(ctx(info), space, id, mapping, key, state="checking"))

    @strawberry.mutation(description="Retract every record that an import of your own authority brought; nothing is erased.")
    async def undo_import(self, info: Info, space: strawberry.ID, id: strawberry.ID, reason: str, key: str) -> ImportJob:
        """Return the job, being undone."""
        return await one_job(info, space, await undo.undo(ctx(info), space, id, reason, key))

    @strawberry.mutation(description="Keep a mapping for your agency, in place of the one of that name; it carries the import's markings.")
    async def save_import_mapping(
        self, info: Info, space: strawberry.ID, id: strawberry.ID, name: str, mapping: str, key: str
    ) -> list[ImportMapping]:
        """Return what the agency keeps."""
        await kept.save(ctx(info), space, id, name, mapping, key)
        return [mapping_of(row) for row in await kept.listed(ctx(info), space)]

    @strawberry.mutation(description="Delete a mapping that your agency keeps.")
    async def delete_import_mapping(self, info: Info, space: strawberry.ID, id: strawberry.ID, key: str) -> list[ImportMapping]:
        """Return what the agency keeps."""
        await kept.delete(ctx(info), space, id, key)
        return [mapping_of(row) for row in await kept.listed(ctx(info), space)]

    @strawberry.mutation(description="Stop at the next checkpoint; what is in stays.")
    async def cancel_import(self, info: Info, space: strawberry.ID, id: strawberry.ID, key: str) -> ImportJob:
        """Return the job, cancelled."""
        return await one_job(info, space, await service.cancel(ctx(info), space, id, key))

    @strawberry.mutation(description="Go on from the last checkpoint.")
    async def continue_import(self, info: Info, space: strawberry.ID, id: strawberry.ID, key: str) -> ImportJob:
        """Return the job, running."""
        return await _run(info, space, await service.begin(ctx(info), space, id, None, key, again=True))
