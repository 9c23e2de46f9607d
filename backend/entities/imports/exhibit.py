"""The source file of an import is an exhibit too: its records cite it, and its custody begins when it arrives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend.core.ids import new_id
from backend.entities.imports.formats import FTM, JSON, TEXT, WORKBOOK
from graph import outbox
from graph.outbox import Change
from graph.queries import evidence as queries
from graph.queries import imports as import_queries
from graph.records import stamp

if TYPE_CHECKING:
    from backend.core.context import Parts
    from graph.access import Scope
    from graph.driver import Tx

WHAT = {
    TEXT: ("text/csv", "table"),
    WORKBOOK: ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "table"),
    JSON: ("application/x-ndjson", "text"),
    FTM: ("application/x-ndjson", "text"),
}
"""Media type and family of the formats that are imported."""
CITED_AT_ONCE = 5_000


async def register(tx: Tx, scope: Scope, job: dict[str, Any], one: str, now: str) -> list[Change]:
    """Make the file of a job {…, object, file_id, file_key, sha256, bytes} the exhibit `one`, held by whoever brought it in.

    The caller holds the job's lock, so that its markings are those that it carries when this commits.
    """
    await _register(tx, job, one, {"by": scope.user, "agency": scope.agency, "at": now, "recorded_at": now})
    await import_queries.change(tx, scope, job["id"], {"exhibit": one})
    return [Change("exhibit", "arrived", one, after=(job["vis"],))]


async def _register(tx: Tx, job: dict[str, Any], one: str, said: dict[str, Any]) -> None:
    media_type, family = WHAT[job["format"]]
    row = {
        "id": one, "space": job["space"], "vis": job["vis"], "markings": job["markings"], "case": job["case"],
        "authority": job["authority"],
        "custodian": job["authority"], "handling": job["handling"], "grade": job.get("grade") or "",
        "grade_original": job.get("grade_original") or "", "kind": "table" if family == "table" else "data", "revision": 1,
        "title": job["name"], "file_name": job["file_name"], "sha256": job["sha256"], "sha512": job.get("sha512"),
        "bytes": job["bytes"], "media_type": media_type,
        "family": family, "file": job["file_id"], "import": job["id"], "reading": "waiting", "scan": "waiting",
        "created_at": said["recorded_at"],
        "created_by": job["by"], "acquired_at": said["at"], "acquired_zone": "UTC",
    }  # fmt: skip
    about = {name: row[name] for name in ("sha256", "sha512", "bytes", "media_type", "family") if row[name] is not None}
    file = about | {"id": job["file_id"], "file_key": job["file_key"]}
    acquired = {"verb": "acquired", "zone": "UTC", "hash_after": job["sha256"], "sha512": job.get("sha512"), **said}
    await queries.register(tx, row, [acquired], None, file)
    part = {
        "id": new_id(), "file": job["file_id"], "space": job["space"], "place": 0, "object": job["object"], "sealed_as": job["file_id"],
        "bytes": job["bytes"], "state": "stored",
    }  # fmt: skip
    await queries.add_parts(tx, [part])


async def adopt(parts: Parts) -> int:
    """Make every file that was imported before there were exhibits one, and let its records cite it; return how many. Run at start."""
    jobs = await parts.graph.read(queries.to_adopt)
    for job in jobs:
        await _adopt(parts, job)
    return len(jobs)


async def _adopt(parts: Parts, job_id: str) -> None:
    one, now = new_id(), stamp(parts.clock.now())

    async def work(tx: Tx) -> None:
        job = await queries.lock_adopted(tx, job_id)
        if "exhibit" in job:
            return
        said = {"by": job["by"], "agency": job["authority"], "at": job.get("begun_at") or job["created_at"], "recorded_at": now}
        await _register(tx, job, one, said)
        await queries.adopted(tx, job_id, one)
        await outbox.append(tx, job["space"], job["by"], now, [Change("exhibit", "arrived", one, after=(job["vis"],))])

    await parts.graph.write(work)
    while await parts.graph.write(lambda tx: queries.cite_by_import(tx, job_id, one, CITED_AT_ONCE)):
        pass
