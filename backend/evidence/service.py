"""Reading exhibits: lists, one with its custody, who viewed it. An exhibit is there for whoever holds all of its markings."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from backend.cases.service import require as require_case
from backend.core import cursors
from backend.core.errors import NotFound
from backend.entities.service import page_size
from backend.entities.views import Page
from backend.evidence import rules
from backend.evidence.rules import Derivation
from backend.teams import policy
from backend.teams.policy import Right
from backend.teams.service import enter
from graph import custody
from graph.queries import agencies as agency_queries
from graph.queries import cases as case_queries
from graph.queries import evidence as queries
from graph.queries import teams as team_queries
from graph.queries.evidence import Filter

if TYPE_CHECKING:
    from backend.core.context import Context
    from graph.access import Scope
    from graph.driver import Tx
    from graph.records import NamedExhibit

LISTING = "exhibits"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which exhibits are listed; None leaves a question open."""

    case: str | None = None
    kinds: list[str] | None = None
    text: str = ""


def version(ctx: Context, row: dict[str, Any]) -> str:
    """Return the reader's version of an exhibit: an HMAC, since a plain counter would tell how often it changed."""
    return hmac.new(ctx.parts.secret, f"{ctx.who.user}\x1f{row['id']}\x1f{row['revision']}".encode(), "sha256").hexdigest()[:32]


async def exhibits(ctx: Context, space: str, wanted: Wanted, first: int, after: str | None) -> Page:
    """Return a page of exhibits by number, what was derived from one behind it."""
    first, place = page_size(first), cursors.opened(ctx, LISTING, space, after)

    async def work(tx: Tx) -> Page:
        scope = await enter(tx, ctx, space)
        await require_case(tx, scope, wanted.case)
        asked = Filter(wanted.case, wanted.kinds, wanted.text.strip().lower())
        total, places = await queries.page(tx, scope, asked, place or "", first + 1)
        rows = await dressed(tx, ctx, scope, [one for _, one in places[:first]])
        end = cursors.sealed(ctx, LISTING, space, places[first - 1][0]) if len(places) > first else None
        return Page(rows, end, total)

    page = await ctx.graph.read(work)
    ctx.trail.saw(space, _shown(page.items))
    return page


async def exhibit(ctx: Context, space: str, exhibit_id: str) -> dict[str, Any]:
    """Return one exhibit."""

    async def work(tx: Tx) -> list[dict[str, Any]]:
        return await dressed(tx, ctx, await enter(tx, ctx, space), [exhibit_id])

    rows = await ctx.graph.read(work)
    if not rows:
        raise NotFound
    ctx.trail.saw(space, _shown(rows))
    return rows[0]


async def chain(ctx: Context, space: str, exhibit_id: str) -> tuple[list[dict[str, Any]], bool]:
    """Return the custody of an exhibit, each event with its person and authorities, and whether its chain is whole."""

    async def work(tx: Tx) -> tuple[list[dict[str, Any]], bool]:
        scope = await enter(tx, ctx, space)
        row = next(iter(await queries.exhibits(tx, scope, [exhibit_id])), None)
        if row is None:
            raise NotFound
        events = await queries.custody_of(tx, scope, exhibit_id)
        whole = custody.broken_at(events, row["custody_count"], row["custody_hash"]) is None
        people = await agency_queries.named(tx, sorted({one["by"] for one in events}))
        agencies = {each["id"]: each for each in await agency_queries.agencies(tx)}
        waiting = rules.open_transfer(events)
        told = [
            {
                **one,
                "person": people.get(one["by"]),
                "agency": agencies.get(one["agency"]),
                "from": agencies.get(one.get("from_agency", "")),
                "to": agencies.get(one.get("to_agency", "")),
                "open": waiting is not None and one["id"] == waiting["id"],
            }
            for one in events
        ]
        return told, whole

    events, whole = await ctx.graph.read(work)
    ctx.trail.saw(space, [exhibit_id, *(one["id"] for one in events)])
    return events, whole


async def viewings(ctx: Context, space: str, exhibit_id: str) -> list[dict[str, Any]]:
    """Return who viewed an exhibit, last first: everybody for those with the right `read_log`, themselves for anybody else."""

    async def work(tx: Tx) -> list[dict[str, Any]]:
        scope = await enter(tx, ctx, space)
        if await queries.markings_of(tx, scope, exhibit_id) is None:
            raise NotFound
        whose = None if Right.READ_LOG in policy.rights(scope) else scope.user
        rows = await queries.viewings(tx, scope, exhibit_id, whose)
        people = await agency_queries.named(tx, sorted({row["by"] for row in rows}))
        return [{**row, "person": people[row["by"]]} for row in reversed(rows) if row["by"] in people]

    rows = await ctx.graph.read(work)
    ctx.trail.saw(space, [exhibit_id])
    return rows


async def told_to(ctx: Context, space: str, exhibit_id: str) -> tuple[dict[str, Any], tuple[int, int] | None]:
    """Return the reader, and how often and by how many people an exhibit was viewed; None without the right `read_log`."""

    async def work(tx: Tx) -> tuple[dict[str, Any], tuple[int, int] | None]:
        scope = await enter(tx, ctx, space)
        if await queries.markings_of(tx, scope, exhibit_id) is None:
            raise NotFound
        reader = (await agency_queries.named(tx, [scope.user]))[scope.user]
        if Right.READ_LOG not in policy.rights(scope):
            return reader, None
        rows = await queries.viewings(tx, scope, exhibit_id, None)
        return reader, (sum(row["times"] for row in rows), len({row["by"] for row in rows}))

    told = await ctx.graph.read(work)
    ctx.trail.saw(space, [exhibit_id])
    return told


def _shown(rows: list[dict[str, Any]]) -> list[str]:
    return [
        one for row in rows for one in (row["id"], *(each["id"] for each in (*row["same_file"], *row["derived"], row["parent"]) if each))
    ]


async def dressed(tx: Tx, ctx: Context, scope: Scope, ids: list[str]) -> list[dict[str, Any]]:
    """Return the visible exhibits among `ids` with everything that a screen shows of them."""
    found, rights = await queries.exhibits(tx, scope, ids), policy.rights(scope)
    agencies = {row["id"]: row for row in await agency_queries.agencies(tx)}
    people = await agency_queries.named(tx, sorted({row["created_by"] for row in found}))
    held = {row["id"]: row for row in await team_queries.markings(tx, scope.space, sorted(scope.held), ctx.now)}
    titles = await case_queries.titles(tx, scope)
    same = await queries.same_file(tx, scope, sorted({row["sha256"] for row in found if row.get("sha256")}))
    derived = await queries.derived(tx, scope, [row["id"] for row in found])
    parents = [row["parent"] for row in found if row.get("parent")]
    named = await queries.names(tx, scope, sorted({*(one for _, one in same), *(each["id"] for each in derived), *parents}))
    cited = await queries.citing(tx, scope, [row["id"] for row in found])
    return [
        {
            **row,
            "version": version(ctx, row),
            "scanned_here": bool(ctx.parts.settings.clamav),
            "authority": agencies[row["authority"]],
            "custodian": agencies[row["custodian"]],
            "created_by": people.get(row["created_by"]),
            "markings": [held[one] for one in row["markings"] if one in held],
            "watermarked": any(held[one]["watermark"] for one in row["markings"] if one in held),
            "case": (row["case"], titles[row["case"]]) if row["case"] in titles else None,
            "parent": _named(row.get("parent"), named),
            "same_file": [_named(one, named) for hash_, one in same if hash_ == row.get("sha256") and one != row["id"]],
            "derived": [_named(each["id"], named) for each in derived if each["of"] == row["id"]],
            "derivation": row.get("derivation", Derivation.OTHER) if row.get("parent") else None,
            "translations": _translations([each for each in derived if each["of"] == row["id"]], named),
            "cited": cited.get(row["id"], 0),
            "may_write": Right.WRITE_CONTENT in rights and row["authority"] == scope.agency,
            "may_hand_on": Right.WRITE_CONTENT in rights and row["custodian"] == scope.agency,
        }
        for row in found
    ]


def _translations(derived: list[dict[str, str]], named: dict[str, NamedExhibit]) -> list[dict[str, str]]:
    """Return what is a translation, by number, with its language."""
    found = [each | {"number": named[each["id"]].number, "title": named[each["id"]].title} for each in derived if each["id"] in named]
    return sorted((each for each in found if each["derivation"] == Derivation.TRANSLATION), key=itemgetter("number"))


def _named(one: str | None, named: dict[str, NamedExhibit]) -> dict[str, str] | None:
    return {"id": one, "number": named[one].number, "title": named[one].title, "family": named[one].family} if one in named else None
