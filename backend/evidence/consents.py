"""Consents of the provider of an exhibit whose handling code asks for it: to its use in the courts of a country, to handing it on.

Its provider is the authority that owns it. What rests on it follows as it does what a court decides (`challenges.start`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from backend.core.errors import Conflict, Forbidden, Invalid, NotFound
from backend.core.ids import new_id
from backend.evidence import rules
from backend.evidence.challenges import COUNTRY, start
from backend.evidence.rules import Verb
from backend.teams import policy
from backend.teams.policy import Right, Role
from backend.teams.service import change, enter
from graph import custody
from graph.outbox import Change
from graph.queries import agencies as agency_queries
from graph.queries import evidence as evidence_queries
from graph.queries import evidence_challenges as standing_queries
from graph.queries import evidence_consents as queries
from graph.queries import teams as team_queries

if TYPE_CHECKING:
    from backend.core.context import Context
    from graph.access import Scope
    from graph.driver import Tx
    from graph.queries.evidence_consents import Step


@dataclass(frozen=True, slots=True)
class New:
    """A consent: to use in the courts of a country, or to handing the exhibit to an authority by its id; on what terms."""

    country: str | None = None
    recipient: str | None = None
    terms: str = ""


@dataclass(frozen=True, slots=True)
class Provider:
    """An authority whose consent the reader's needs to hand an exhibit on, to whom it is open, and its people who may give it."""

    authority: dict[str, Any]
    recipients: list[str]
    people: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Consents:
    """Of one exhibit: whether its code asks for consent, whether the reader gives it, in whose courts it may be used, what was given.

    `handing`: whose consent the reader's authority needs to hand it on.
    """

    needed: bool
    may_give: bool
    provider: dict[str, Any]
    courts: list[str] | None
    given: list[dict[str, Any]]
    handing: list[Provider]


async def consents(ctx: Context, space: str, exhibit: str) -> Consents:
    """Return what the provider of an exhibit consented to, oldest first, each with its people and its recipient."""

    async def work(tx: Tx) -> Consents:
        scope = await enter(tx, ctx, space)
        row = next(iter(await evidence_queries.exhibits(tx, scope, [exhibit])), None)
        if row is None:
            raise NotFound
        given = await queries.consents(tx, scope, exhibit)
        people = await agency_queries.named(tx, sorted({each[by] for each in given for by in ("given_by", "withdrawn_by") if by in each}))
        agencies = {each["id"]: each for each in await agency_queries.agencies(tx)}
        told = [
            {
                **each,
                "giver": people.get(each["given_by"]),
                "withdrawer": people.get(each.get("withdrawn_by", "")),
                "to": agencies.get(each.get("recipient", "")),
            }
            for each in given
        ]
        needed, may = row["handling"] != "H0", Right.RELEASE in policy.rights(scope) and row["authority"] == scope.agency
        steps = await queries.chain(tx, exhibit)
        handing = await _handing(tx, ctx, scope, steps, agencies)
        return Consents(needed, needed and may, agencies[row["authority"]], queries.courts(steps), told, handing)

    found = await ctx.graph.read(work)
    ctx.trail.saw(space, [exhibit, *(each["id"] for each in found.given)])
    return found


async def _handing(tx: Tx, ctx: Context, scope: Scope, steps: list[Step], agencies: dict[str, dict[str, Any]]) -> list[Provider]:
    """Return the providers whose consent to a handing on is needed, of an exhibit and all that it was derived from.

    Whoever sees it sees these too (decision 0018). Those of their people are named whose role gives consents; which of them hold a
    marking is not told.
    """
    open_to = dict[str, set[str]]()
    for step, to in queries.handed(steps, scope.agency):
        open_to[step.authority] = open_to.get(step.authority, to) & to
    within = set(await team_queries.within(tx, scope.space, ctx.now)) if open_to else set[str]()
    members = await team_queries.members(tx, scope.space, [], ctx.now) if open_to else []
    givers = [it["person"] for it in members if it["id"] in within and Right.RELEASE in policy.RIGHTS[Role(it["role"])]]
    return [
        Provider(agencies[one], sorted(to), [person for person in givers if person["agency"]["id"] == one])
        for one, to in sorted(open_to.items())
    ]


async def give(ctx: Context, space: str, exhibit: str, new: New, key: str) -> str:
    """Give the consent of the actor's authority to a use of an exhibit that is theirs. Return the exhibit."""
    terms = rules.text(new.terms, "terms")
    if (new.country is None) == (new.recipient is None):
        raise Invalid("A consent is to the courts of one country, or to handing the exhibit to one authority.", "country")
    if new.country is not None and not COUNTRY.fullmatch(new.country):
        raise Invalid("A country is two letters, such as IT.", "country")

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        row = await evidence_queries.lock(tx, scope, exhibit)
        if row is None:
            raise NotFound
        _require_provider(row, scope)
        await _require_sense(tx, ctx, scope, row, new)
        to = {"country": new.country} if new.country else {"recipient": new.recipient}
        consent = {"id": new_id(), "space": space, "exhibit": exhibit, **to, "terms": terms, "given_by": ctx.who.user, "given_at": ctx.now}
        await queries.create(tx, consent)
        return exhibit, await _entered(tx, ctx, scope, row, consent, {"verb": Verb.CONSENTED.value, "reason": terms or None})

    done = await change(ctx, space, key, Right.RELEASE, work)
    await start(ctx.parts)
    return done


async def withdraw(ctx: Context, space: str, consent: str, reason: str, key: str) -> str:
    """Withdraw a consent of the actor's authority; what was done under it stays done. Return the exhibit."""
    said = rules.text(reason, "reason")

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        found = await queries.lock(tx, scope, consent)
        if found is None:
            raise NotFound
        given, row = found
        _require_provider(row, scope)
        if "withdrawn_at" in given:
            raise Conflict("This consent is withdrawn already.")
        await queries.withdraw(tx, scope, consent, {"withdrawn_at": ctx.now, "withdrawn_by": ctx.who.user})
        entry = {"verb": Verb.WITHDREW.value, "reason": said or None, "refers_to": consent}
        return row["id"], await _entered(tx, ctx, scope, row, given, entry)

    done = await change(ctx, space, key, Right.RELEASE, work)
    await start(ctx.parts)
    return done


def _require_provider(row: dict[str, Any], scope: Scope) -> None:
    if row["authority"] != scope.agency:
        raise Forbidden("Only the authority that owns this exhibit may do this.")


async def _require_sense(tx: Tx, ctx: Context, scope: Scope, row: dict[str, Any], new: New) -> None:
    """Pass for a consent that opens something."""
    if row["handling"] == "H0":
        raise Conflict("The handling code of this exhibit asks for no consent.")
    own = {each["id"]: each["country"] for each in await agency_queries.agencies(tx)}[scope.agency]
    if new.country == own:
        raise Invalid("The courts of the provider's own country need no consent.", "country")
    if new.recipient is not None:
        within = await team_queries.agencies_within(tx, scope.space, ctx.now)
        if new.recipient == scope.agency or new.recipient not in within:
            raise Invalid("Choose another authority whose people are in this space.", "recipient")
    given = [each for each in await queries.consents(tx, scope, row["id"]) if "withdrawn_at" not in each]
    if any((each.get("country"), each.get("recipient")) == (new.country, new.recipient) for each in given):
        raise Conflict("This consent is given already.")


async def _entered(tx: Tx, ctx: Context, scope: Scope, row: dict[str, Any], consent: dict[str, Any], said: dict[str, Any]) -> list[Change]:
    """Let custody tell of a consent or its end, and what rests on the exhibit follow."""
    await standing_queries.stand(tx, row["id"])
    where = {"place": consent.get("country"), "to_agency": consent.get("recipient")}
    mine = {"space": scope.space, "by": ctx.who.user, "agency": scope.agency, **rules.moment(row, ctx.now)}
    await custody.append(tx, row["id"], [mine | where | said])
    verb = "consented to use of" if said["verb"] == Verb.CONSENTED else "withdrew consent for"
    return [Change("exhibit", verb, row["id"], (row["vis"],), (row["vis"],))]
