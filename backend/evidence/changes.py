"""The writing half of evidence: registering exhibits, saying more of them, and every hand that they pass through."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from backend.core import versions
from backend.core.errors import Conflict, Forbidden, Invalid, NotFound
from backend.core.ids import new_id
from backend.evidence import rules
from backend.evidence.challenges import start as follow
from backend.evidence.rules import Entry, ExhibitKind, Said, Verb
from backend.evidence.service import version
from backend.teams.policy import Right
from backend.teams.service import change
from graph import access, custody
from graph.outbox import Change
from graph.queries import cases as case_queries
from graph.queries import evidence as queries
from graph.queries import evidence_challenges as standing_queries
from graph.queries import evidence_consents as consent_queries
from graph.queries import teams as team_queries

if TYPE_CHECKING:
    from backend.core.context import Context
    from graph.access import Scope
    from graph.driver import Tx


@dataclass(frozen=True, slots=True)
class New:
    """An exhibit to register: its case, what is said of it, what it was derived from, further markings."""

    case: str
    said: Said
    parent: str | None = None
    markings: frozenset[str] = field(default_factory=frozenset[str])


async def register(ctx: Context, space: str, new: New, entry: Entry, key: str) -> str:
    """Register an exhibit without a file, such as a telephone in a sealed bag, with its first entry of custody. Return its id."""
    row, first = _checked(new), rules.entered(entry, ctx.now)
    if row.get("kind") is None:
        raise Invalid("Say what kind of exhibit it is.", "kind")

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        one = new_id()
        return one, await create(tx, ctx, scope, one, new, row, [first])

    return await change(ctx, space, key, Right.WRITE_CONTENT, work)


def _checked(new: New) -> dict[str, Any]:
    if new.said.title is None:
        raise Invalid(f"An exhibit needs a title of 1 to {rules.LONGEST_TITLE} characters.", "title")
    return rules.checked(new.said)


async def create(
    tx: Tx,
    ctx: Context,
    scope: Scope,
    one: str,
    new: New,
    row: dict[str, Any],
    said: list[dict[str, Any]],
    file: dict[str, Any] | None = None,
) -> list[Change]:
    """Create the exhibit `one` with its first entries of custody under all the markings that it inherits; return what is to be told."""
    markings, parent = await inherited(tx, scope, new)
    vis = await access.intern(tx, scope.space, frozenset({markings}))
    basis = {
        "id": one, "space": scope.space, "vis": vis, "markings": sorted(markings), "case": new.case, "authority": scope.agency,
        "custodian": scope.agency, "handling": "H0", "grade": "", "grade_original": "", "kind": ExhibitKind.DATA.value, "revision": 1,
        "created_at": ctx.now, "created_by": ctx.who.user, "acquired_at": ctx.now, "acquired_zone": "UTC",
    }  # fmt: skip
    mine: dict[str, Any] = {"by": ctx.who.user, "agency": scope.agency, "recorded_at": ctx.now}
    if parent:  # told here alone: custody never changes, and an entry of the original's would tell of what is hidden later
        mine |= {"verb": Verb.DERIVED.value, "refers_to": parent["id"], "hash_before": parent.get("sha256")}
        said = [{name: value for name, value in each.items() if name != "verb"} for each in said]
        if deed := rules.DEEDS.get(row.get("derivation", "")):
            said.append({"verb": deed.value, "at": said[0]["at"], "zone": said[0]["zone"]})
    await queries.register(tx, basis | row, [mine | each for each in said], parent, file)
    await case_queries.hold(tx, {new.case: markings})
    return [Change("exhibit", "registered", one, after=(vis,))]


async def inherited(tx: Tx, scope: Scope, new: New) -> tuple[frozenset[str], dict[str, Any] | None]:
    """Return the markings that a new exhibit carries, and what it is derived from, locked. Raises `NotFound`, `Invalid`."""
    of_case = await case_queries.markings_of(tx, scope, new.case)
    if of_case is None or not new.markings <= scope.held:
        raise NotFound
    if new.parent is None:
        if new.said.derivation:
            raise Invalid(rules.NOT_DERIVED, "derivation")
        return new.markings | of_case, None
    parent = await queries.lock(tx, scope, new.parent)
    if parent is None:
        raise NotFound
    rules.require_sound(parent)
    return new.markings | of_case | frozenset(parent["markings"]), parent


async def alter(ctx: Context, space: str, exhibit: str, said: Said, expected: str, key: str) -> str:
    """Change what is said of an exhibit of the actor's authority; file, hashes and custody never change. Return its id."""
    changes = rules.checked(said)

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        row = await _locked(tx, scope, exhibit)
        if row["authority"] != scope.agency:
            raise Forbidden("Only the authority that owns this exhibit may do this.")
        versions.require(expected, version(ctx, row))
        if "derivation" in changes and not row.get("parent"):
            raise Invalid(rules.NOT_DERIVED, "derivation")
        await queries.change(tx, scope, exhibit, changes | {"revision": row["revision"] + 1})
        if changes.get("handling", row["handling"]) != row["handling"]:
            await standing_queries.stand(tx, exhibit)
        return exhibit, [_told("changed", row)]

    done = await change(ctx, space, key, Right.WRITE_CONTENT, work)
    await follow(ctx.parts)
    return done


async def record(ctx: Context, space: str, exhibit: str, entry: Entry, key: str) -> str:
    """Record what was done with an exhibit that the actor's authority holds. Return its id."""
    if entry.verb not in rules.BY_HAND:
        raise Invalid("This is recorded when it is done, not by hand.", "verb")
    said = rules.entered(entry, ctx.now)

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        row = await _locked(tx, scope, exhibit)
        rules.require_holder(row, scope.agency)
        return exhibit, await _entered(tx, ctx, scope, row, said, "entered custody of")

    return await change(ctx, space, key, Right.WRITE_CONTENT, work)


async def hand_over(ctx: Context, space: str, exhibit: str, to: str, entry: Entry, key: str) -> str:
    """Hand an exhibit to another authority of the space: open until somebody of it confirms the receipt. Return its id."""
    said = rules.entered(entry, ctx.now) | {"verb": Verb.TRANSFERRED_OUT.value}

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        row = await _locked(tx, scope, exhibit)
        rules.require_holder(row, scope.agency)
        rules.require_sound(row)
        if rules.open_transfer(await queries.custody_of(tx, scope, exhibit)):
            raise Conflict("This exhibit is on its way already. Its receipt is not confirmed yet.")
        if to == scope.agency or to not in await team_queries.agencies_within(tx, space, ctx.now):
            raise Invalid("Choose another authority whose people are in this space.", "to")
        rules.require_recipient(consent_queries.recipients(await consent_queries.chain(tx, exhibit), scope.agency), to)
        ends = {"from_agency": scope.agency, "to_agency": to, "hash_before": row.get("sha256")}
        return exhibit, await _entered(tx, ctx, scope, row, said | ends, "handed over")

    return await change(ctx, space, key, Right.WRITE_CONTENT, work)


async def receive(ctx: Context, space: str, exhibit: str, entry: Entry, key: str) -> str:
    """Confirm the receipt of an exhibit that was handed to the actor's authority: from now on it is theirs to hold. Return its id."""
    said = rules.entered(entry, ctx.now) | {"verb": Verb.RECEIVED.value}

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        row = await _locked(tx, scope, exhibit)
        waiting = rules.open_transfer(await queries.custody_of(tx, scope, exhibit))
        if waiting is None:
            raise Conflict("This exhibit is not on its way to anybody.")
        if waiting["to_agency"] != scope.agency:
            raise Forbidden("Only the authority that the exhibit was handed to may confirm its receipt.")
        ends = {"from_agency": waiting["from_agency"], "to_agency": scope.agency, "refers_to": waiting["id"]}
        await queries.change(tx, scope, exhibit, {"custodian": scope.agency})
        hashes = {"hash_before": waiting.get("hash_before"), "hash_after": row.get("sha256")}
        return exhibit, await _entered(tx, ctx, scope, row, said | ends | hashes, "received")

    return await change(ctx, space, key, Right.WRITE_CONTENT, work)


async def _locked(tx: Tx, scope: Scope, exhibit: str) -> dict[str, Any]:
    row = await queries.lock(tx, scope, exhibit)
    if row is None:
        raise NotFound
    return row


async def _entered(tx: Tx, ctx: Context, scope: Scope, row: dict[str, Any], said: dict[str, Any], verb: str) -> list[Change]:
    mine = {"space": scope.space, "by": ctx.who.user, "agency": scope.agency}
    await custody.append(tx, row["id"], [mine | said])
    return [_told(verb, row)]


def _told(verb: str, row: dict[str, Any]) -> Change:
    return Change("exhibit", verb, row["id"], (row["vis"],), (row["vis"],))
