"""National case files inside a space."""

from __future__ import annotations

import hmac
import re
from typing import TYPE_CHECKING, Any

from backend.core import versions
from backend.core.errors import Forbidden, Invalid, NotFound
from backend.core.ids import new_id
from backend.teams import policy
from backend.teams.policy import Right
from backend.teams.service import change, enter
from graph import access
from graph.outbox import Change
from graph.queries import agencies as agency_queries
from graph.queries import cases as queries
from graph.queries import markings as marking_queries
from graph.queries import teams as team_queries

if TYPE_CHECKING:
    from backend.core.context import Context
    from graph.access import Scope
    from graph.driver import Tx

LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_NUMBER, MOST_TAGS = 200, 10_000, 80, 50
COUNTRY = re.compile("[A-Z]{2}")


def version(ctx: Context, row: dict[str, Any]) -> str:
    """Return the reader's version of a case: an HMAC, since a plain counter would tell how often it changed."""
    return hmac.new(ctx.parts.secret, f"{ctx.who.user}\x1f{row['id']}\x1f{row['revision']}".encode(), "sha256").hexdigest()[:32]


async def cases(ctx: Context, space: str, case_id: str | None = None) -> list[dict[str, Any]]:
    """Return the visible cases of a space, or the one named; each with authority, lead, markings, version and entity count."""

    async def work(tx: Tx) -> list[dict[str, Any]]:
        return await dressed(tx, ctx, await enter(tx, ctx, space), case_id)

    rows = await ctx.graph.read(work)
    if case_id is not None and not rows:
        raise NotFound
    ctx.trail.saw(space, [row["id"] for row in rows])
    return rows


async def dressed(tx: Tx, ctx: Context, scope: Scope, case_id: str | None = None) -> list[dict[str, Any]]:
    """Return visible cases with everything that a screen shows of them."""
    found = await queries.cases(tx, scope, case_id)
    agencies = {row["id"]: row for row in await agency_queries.agencies(tx)}
    people = await agency_queries.named(tx, sorted({row["case"]["lead"] for row in found if row["case"].get("lead")}))
    held = {row["id"]: row for row in await team_queries.markings(tx, scope.space, sorted(scope.held), ctx.now)}
    raising = await marking_queries.progress(tx, [row["case"]["id"] for row in found])
    return [
        {
            **row["case"],
            "raising": raising.get(row["case"]["id"]),
            "entities": row["entities"],
            "authority": agencies[row["case"]["authority"]],
            "lead": people.get(row["case"].get("lead") or ""),
            "markings": [held[one] for one in row["case"]["markings"]],
            "version": version(ctx, row["case"]),
        }
        for row in found
    ]


async def require(tx: Tx, scope: Scope, case_id: str | None) -> None:
    """Pass for a case that the reader sees, and for none; else raise `NotFound`: what is asked of a hidden case tells of it."""
    if case_id is not None and not await queries.there(tx, scope, case_id):
        raise NotFound


async def create(ctx: Context, space: str, said: dict[str, Any], markings: frozenset[str], key: str) -> str:
    """Open a case {title, summary, countries, numbers, offences}; its authority is the actor's. Return its id."""
    checked = _checked(said)

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        if not markings <= scope.held:
            raise NotFound
        case = new_id()
        vis = await access.intern(tx, space, frozenset({markings}))
        row = {"id": case, "space": space, "vis": vis, "markings": sorted(markings), "authority": scope.agency, "lead": ctx.who.user}
        await queries.create(tx, {**row, **checked, "state": "open", "revision": 1, "created_at": ctx.now})
        return case, [Change("case", "opened", case, after=(vis,))]

    return await change(ctx, space, key, Right.MANAGE_CASES, work)


async def update(ctx: Context, space: str, case_id: str, said: dict[str, Any], expected: str, key: str) -> str:
    """Change title, summary, references, offences, state, lead or owning authority of a case; what `said` leaves out stays.

    The authority that owns the case and the leads of the space may change it; only the owner hands it to another authority, since what
    the owner alone may decide, such as a release, goes with it.
    """
    checked = _checked(said)

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        row = await queries.lock(tx, scope, case_id)
        if row is None:
            raise NotFound
        if row["authority"] != scope.agency and policy.Right.MANAGE_MEMBERS not in policy.rights(scope):
            raise Forbidden("Only the authority that owns this case, or a lead, may change it.")
        versions.require(expected, version(ctx, row))
        await _check_hands(tx, ctx, scope, row, said)
        await queries.update(tx, scope, case_id, checked)
        return case_id, [Change("case", "changed", case_id, (row["vis"],), (row["vis"],))]

    return await change(ctx, space, key, Right.MANAGE_CASES, work)


async def _check_hands(tx: Tx, ctx: Context, scope: Scope, row: dict[str, Any], said: dict[str, Any]) -> None:
    """Refuse a lead who would not see the case, and an authority that nobody in the space serves in.

    Whoever asks holds all markings of the case, and their role shows them who else does: the refusal tells them nothing new.
    """
    lead, authority = said.get("lead", row.get("lead")), said.get("authority", row["authority"])
    if lead is not None and lead != row.get("lead"):
        theirs = await access.scope(tx, lead, scope.space, ctx.now, strong=True)
        if Right.READ_CONTENT not in policy.rights(theirs) or not await queries.there(tx, theirs, row["id"]):
            raise Invalid("Choose somebody who is in this space and may see this case.", "lead")
    if authority != row["authority"]:
        if row["authority"] != scope.agency:
            raise Forbidden("Only the authority that owns this case may hand it to another.")
        if authority not in await team_queries.agencies_within(tx, scope.space, ctx.now):
            raise Invalid("Choose an authority whose people are in this space.", "authority")


def _checked(said: dict[str, Any]) -> dict[str, Any]:
    if "title" in said and (not said["title"].strip() or len(said["title"]) > LONGEST_TITLE):
        raise Invalid(f"A case needs a title of at most {LONGEST_TITLE} characters.", "title")
    if len(said.get("summary", "")) > LONGEST_SUMMARY:
        raise Invalid(f"At most {LONGEST_SUMMARY} characters.", "summary")
    if len(said.get("offences", [])) > MOST_TAGS:
        raise Invalid(f"At most {MOST_TAGS} of them.", "offences")
    _check_references(list(zip(said.get("countries", []), said.get("numbers", []), strict=True)))
    return said


def _check_references(references: list[tuple[str, str]]) -> None:
    """Refuse a reference without a country's code or a number, and one that stands twice."""
    if len(references) > MOST_TAGS or len(set(references)) < len(references):
        raise Invalid(f"At most {MOST_TAGS} references, each once.", "references")
    for country, number in references:
        if not COUNTRY.fullmatch(country):
            raise Invalid("A country is two letters, such as IT.", "references")
        if not number.strip() or len(number) > LONGEST_NUMBER:
            raise Invalid(f"A reference needs a number of at most {LONGEST_NUMBER} characters.", "references")
