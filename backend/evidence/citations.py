"""Which records cite an exhibit, and what they say something of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend.core.errors import NotFound
from backend.evidence.places import page_of
from backend.teams.service import enter
from graph import ontology
from graph.queries import agencies as agency_queries
from graph.queries import entities as entity_queries
from graph.queries import evidence as evidence_queries
from graph.queries import evidence_challenges as queries
from graph.queries import tasks as link_queries
from graph.records import record

if TYPE_CHECKING:
    from backend.core.context import Context
    from graph.access import Scope
    from graph.driver import Tx


async def citations(ctx: Context, space: str, exhibit: str, page: int | None = None) -> list[dict[str, Any]]:
    """Return the visible records that cite an exhibit itself {id, locator, grade, status, authority, subject}, by locator.

    With a page only those that cite a place on it.
    """

    async def work(tx: Tx) -> list[dict[str, Any]]:
        scope = await enter(tx, ctx, space)
        if await evidence_queries.markings_of(tx, scope, exhibit) is None:
            raise NotFound
        own = [row for row in await queries.resting(tx, scope, exhibit) if row["exhibit"] == exhibit]
        found = [record(row) for row in own if page is None or page_of(row.get("locator") or "") == page]
        subjects = await subjects_of(tx, scope, sorted({each.about for each in found}))
        agencies = {row["id"]: row for row in await agency_queries.agencies(tx)}
        return [
            {
                "id": each.id, "locator": each.locator, "grade": each.grade, "status": each.status,
                "authority": agencies[each.authority], "subject": subjects[each.about],
            }
            for each in sorted(found, key=lambda each: (each.locator, each.id))
            if each.about in subjects
        ]  # fmt: skip

    rows = await ctx.graph.read(work)
    ctx.trail.saw(space, list(dict.fromkeys([exhibit, *(one for row in rows for one in (row["id"], *ids_of(row["subject"])))])))
    return rows


async def subjects_of(tx: Tx, scope: Scope, ids: list[str]) -> dict[str, dict[str, Any]]:
    """Return {id, kind, caption, link, ends} of the visible entities and links among `ids`."""
    links = await link_queries.links(tx, scope, ids)
    ends = {end for _, source, target in links.values() for end in (source, target)}
    stubs = await entity_queries.stubs(tx, scope, sorted({*ids, *ends}))
    names = {one: caption or ontology.entity_kind(kind).label for one, (kind, caption) in stubs.items()}
    found: dict[str, dict[str, Any]] = {
        one: {"id": one, "kind": stubs[one][0], "caption": names[one], "link": False, "ends": []} for one in ids if one in stubs
    }
    return found | {
        one: {
            "id": one, "kind": kind, "caption": f"{names[source]} – {names[target]}", "link": True,
            "ends": [{"id": end, "kind": stubs[end][0], "caption": names[end]} for end in (source, target)],
        }
        for one, (kind, source, target) in links.items()
    }  # fmt: skip


def ids_of(subject: dict[str, Any]) -> list[str]:
    """Return the ids that naming a subject shows: its own and those of its ends."""
    return [subject["id"], *(end["id"] for end in subject["ends"])]
