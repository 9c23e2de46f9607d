"""Every way to change what is said of an entity or link. Values never change: a correction is a new record and a retraction."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from backend.core import versions
from backend.core.errors import Forbidden, Invalid, NotFound
from backend.core.ids import new_id
from backend.entities import identifiers, rules
from backend.entities.cited import cited
from backend.entities.service import known_kind
from backend.entities.tokens import record_tokens
from backend.teams.policy import Right
from backend.teams.service import change
from graph import access, ontology
from graph.queries import cases as case_queries
from graph.queries import entities as queries
from graph.queries import entity_writes as writes
from graph.queries import releases
from graph.records import NewEntity, NewLink, NewRecord, Stated

if TYPE_CHECKING:
    from backend.core.context import Context
    from graph.access import Scope
    from graph.driver import Tx
    from graph.outbox import Change
    from graph.records import Record

LONGEST_VALUE, MOST_VALUES = 10_000, 200
HANDLING = ("H0", "H1", "H2", "H3")


@dataclass(frozen=True, slots=True)
class Statement:
    """What a person enters as one record."""

    case: str
    values: dict[str, list[str]]
    title: str
    locator: str = ""
    grade: str | None = None
    grade_original: str | None = None
    handling: str = "H0"
    valid_from: str | None = None
    valid_to: str | None = None
    markings: frozenset[str] = field(default_factory=frozenset[str])
    exhibit: str | None = None


async def add_entity(ctx: Context, space: str, kind: str, said: Statement, key: str) -> str:
    """Create an entity with its first record; return its id."""
    known_kind(kind)

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        entity = new_id()
        record = await _record(tx, ctx, scope, entity, kind, said, None)
        return entity, await writes.add(tx, space, [NewEntity(entity, kind)], [record])

    return await change(ctx, space, key, Right.WRITE_CONTENT, work)


async def add_link(ctx: Context, space: str, kind: str, source: str, target: str, said: Statement, key: str) -> str:
    """Create a link with its first record between two visible entities; return its id."""
    known_link(kind)

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        ends = await queries.stubs(tx, scope, [source, target])
        if len(ends) < len({source, target}):
            raise NotFound
        if source == target:
            raise Invalid("A link needs two different ends.", "target")
        allowed = {it.name for it in ontology.links_between(ends[source][0], ends[target][0])}
        if kind not in allowed:
            raise Invalid(f"{kind} does not lead from a {ends[source][0]} to a {ends[target][0]}.", "kind")
        link = NewLink(new_id(), kind, source, target)
        record = await _record(tx, ctx, scope, link.id, kind, said, link)
        return link.id, await writes.add(tx, space, [], [record])

    return await change(ctx, space, key, Right.WRITE_CONTENT, work)


async def add_record(ctx: Context, space: str, about: str, said: Statement, expected: str, key: str) -> str:
    """Say something more about an entity or link that the actor sees; return the record's id."""

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        kind, link = await _locked(tx, ctx, scope, about, expected)
        record = await _record(tx, ctx, scope, about, kind, said, link)
        return record.id, await writes.add(tx, space, [], [record])

    return await change(ctx, space, key, Right.WRITE_CONTENT, work)


async def retract(ctx: Context, space: str, record_id: str, reason: str, expected: str, key: str) -> str:
    """Retract a record of the actor's own authority; it stays, struck through, with the reason."""

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        record, link = await _own_record(tx, ctx, scope, record_id, expected, reason)
        return record_id, await _retracted(tx, space, record, link, reason)

    return await change(ctx, space, key, Right.WRITE_CONTENT, work)


async def correct(ctx: Context, space: str, record_id: str, said: Statement, reason: str, expected: str, key: str) -> str:
    """Put a new record beside one of the actor's own authority and retract the old one; return the new record's id."""

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        old, link = await _own_record(tx, ctx, scope, record_id, expected, reason)
        markings = said.markings | frozenset(old.markings)
        new = await _record(tx, ctx, scope, old.about, old.kind, said, link, markings)
        told = await writes.add(tx, space, [], [new])
        return new.id, [*told, *await _retracted(tx, space, old, link, reason)]

    return await change(ctx, space, key, Right.WRITE_CONTENT, work)


async def mark(ctx: Context, space: str, record_id: str, markings: frozenset[str], expected: str, key: str) -> str:
    """Put further markings, all held by the actor, on a record."""

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        if not markings <= scope.held:
            raise NotFound
        record, link = await _seen_record(tx, ctx, scope, record_id, expected)
        return record_id, await _remarked(tx, space, record, link, frozenset(record.markings) | markings)

    return await change(ctx, space, key, Right.MARK, work)


async def release(ctx: Context, space: str, record_id: str, markings: frozenset[str], reason: str, expected: str, key: str) -> str:
    """Take markings off a record: a decision of the owning authority, kept with its reason."""

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        record, link = await _own_record(tx, ctx, scope, record_id, expected, reason)
        if not markings <= frozenset(record.markings):
            raise Invalid("The record does not carry these markings.", "markings")
        ctx.require_strong()
        row = {"id": new_id(), "record": record_id, "markings": sorted(markings), "reason": reason, "by": ctx.who.user, "at": ctx.now}
        await releases.create(tx, space, {**row, "authority": scope.agency})
        return record_id, await _remarked(tx, space, record, link, frozenset(record.markings) - markings)

    return await change(ctx, space, key, Right.RELEASE, work)


async def merge(ctx: Context, space: str, a: str, b: str, said: Statement, key: str) -> str:
    """Say that two entities are the same; moves no record, and is undone by retracting it. Return the SAME_AS id."""

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        ends = await queries.stubs(tx, scope, [a, b])
        if len(ends) < len({a, b}) or a == b:
            raise NotFound
        groups = rules.clusters(await queries.same_as(tx, scope))
        if b in groups.get(a, []):
            raise Invalid("These two are merged already.", "b")
        source, target = sorted((a, b))
        link = NewLink(new_id(), ontology.SAME_AS, source, target)
        record = await _record(tx, ctx, scope, link.id, ontology.SAME_AS, said, link)
        return link.id, await writes.add(tx, space, [], [record])

    return await change(ctx, space, key, Right.MERGE, work)


async def unmerge(ctx: Context, space: str, same_as: str, reason: str, key: str) -> str:
    """Undo a merge: every record of it that the actor sees is retracted. Return one of the two entities."""
    _reason(reason)

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        tie = await queries.link(tx, scope, same_as)
        if tie is None or tie.kind != ontology.SAME_AS:
            raise NotFound
        link = NewLink(tie.id, tie.kind, tie.source, tie.target)
        await access.lock(tx, space, [], [_row(link)])
        told = [await _retracted(tx, space, record, link, reason) for record in tie.records if record.status != "retracted"]
        return tie.source, [each for some in told for each in some]

    return await change(ctx, space, key, Right.MERGE, work)


# ── pieces ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def known_link(kind: str) -> ontology.LinkKind:
    """Return a link kind of the ontology that people may draw, or raise `Invalid`."""
    if not ontology.is_link_kind(kind) or kind == ontology.SAME_AS:
        raise Invalid(f"There is no link {kind!r}.", "kind")
    return ontology.link_kind(kind)


def _row(link: NewLink) -> dict[str, str]:
    return {"id": link.id, "source": link.source, "target": link.target}


def _reason(reason: str) -> None:
    if not reason.strip():
        raise Invalid("Give the reason; it stays with the record.", "reason")


async def _locked(tx: Tx, ctx: Context, scope: Scope, about: str, expected: str) -> tuple[str, NewLink | None]:
    """Take the subject's lock, then check that the reader knew its present state: inside the write, so that one of two writers loses."""
    subjects = await queries.details(tx, scope, [about])
    if subjects:
        group = rules.clusters(await queries.same_as(tx, scope)).get(about, [about])
        await access.lock(tx, scope.space, group, [])
        records = [r for each in await queries.details(tx, scope, group) for r in each.records]
        versions.require(expected, rules.version(ctx.parts.secret, scope.user, records))
        return subjects[0].kind, None
    tie = await queries.link(tx, scope, about)
    if tie is None:
        raise NotFound
    link = NewLink(tie.id, tie.kind, tie.source, tie.target)
    await access.lock(tx, scope.space, [], [_row(link)])
    tie = await queries.link(tx, scope, about)
    versions.require(expected, rules.version(ctx.parts.secret, scope.user, tie.records if tie else []))
    return link.kind, link


async def _seen_record(tx: Tx, ctx: Context, scope: Scope, record_id: str, expected: str) -> tuple[Record, NewLink | None]:
    record = await queries.one_record(tx, scope, record_id)
    if record is None:
        raise NotFound
    _, link = await _locked(tx, ctx, scope, record.about, expected)
    return record, link


async def _own_record(tx: Tx, ctx: Context, scope: Scope, record_id: str, expected: str, reason: str) -> tuple[Record, NewLink | None]:
    _reason(reason)
    record, link = await _seen_record(tx, ctx, scope, record_id, expected)
    if record.authority != scope.agency:
        raise Forbidden("Only the authority that owns this record may do this.")
    return record, link


async def _retracted(tx: Tx, space: str, record: Record, link: NewLink | None, reason: str) -> list[Change]:
    await writes.set_status(tx, record.id, "retracted", reason)
    if link is None:
        await writes.recaption(tx, [record.about])
    return await writes.changes(tx, space, [(record.about, link, (record.vis,), (record.vis,), record.id)], "retracted")


async def _remarked(tx: Tx, space: str, record: Record, link: NewLink | None, markings: frozenset[str]) -> list[Change]:
    vis = await writes.set_markings(tx, space, record.id, markings)
    moved = await access.settle(tx, space, [] if link else [record.about], [_row(link)] if link else [])
    if link is None:
        await writes.recaption(tx, [record.about])
    told = await writes.changes(tx, space, [(record.about, link, (record.vis,), (vis,), record.id)], "marked")
    return [*told, *await writes.followers(tx, space, moved)]


async def _record(
    tx: Tx, ctx: Context, scope: Scope, about: str, kind: str, said: Statement, link: NewLink | None, markings: frozenset[str] | None = None
) -> NewRecord:
    """Check a statement and inherit the markings of the case that it is entered in."""
    asked = said.markings if markings is None else markings
    of_case = await case_queries.markings_of(tx, scope, said.case)
    if of_case is None or not asked <= scope.held:
        raise NotFound
    cites = await cited(tx, scope, said.exhibit)
    inherited = asked | of_case | cites.markings
    values, (grade, original) = checked_values(kind, said), rules.graded(said.grade, said.grade_original)
    return NewRecord(
        id=new_id(), about=about, kind=kind, case=said.case, values=values, title=said.title.strip(), locator=said.locator.strip(),
        grade=grade, grade_original=original, handling=said.handling, authority=scope.agency, asserted_at=ctx.now,
        asserted_by=ctx.who.user, markings=inherited, valid_from=said.valid_from, valid_to=said.valid_to,
        caption="" if link else ontology.caption(kind, values), search="" if link else search_text(values),
        stated=() if link else stated(kind, values), link=link, exhibit=said.exhibit, excluded_in=cites.excluded_in,
        challenged_in=cites.challenged_in, courts=cites.courts, status_reason=", ".join(cites.excluded_in) or None,
        status="excluded" if cites.excluded_in else "asserted",
    )  # fmt: skip


def stated(kind: str, values: dict[str, list[str]]) -> tuple[Stated, ...]:
    """Return the identifiers that values of an entity state, normalised, each once."""
    country = next(iter(values.get("country", values.get("nationality", []))), None)
    found = [it for name, each in values.items() for value in each for it in identifiers.identifiers_of(kind, name, value, country)]
    return tuple(dict.fromkeys(Stated(it.type, it.value) for it in found if it.valid))


def search_text(values: dict[str, list[str]]) -> str:
    """Return what the full-text index holds of a record: folded, split, transliterated tokens."""
    return " ".join(record_tokens(values))


def checked_values(kind: str, said: Statement) -> dict[str, list[str]]:
    """Return the values of a statement, or raise `Invalid` with the field that is wrong."""
    known = rules.properties(kind)
    if not said.title.strip():
        raise Invalid("Name the source that says so.", "sourceTitle")
    if said.handling not in HANDLING:
        raise Invalid("Handling codes are H0, H1, H2 and H3.", "handling")
    values: dict[str, list[str]] = {}
    for name, said_values in said.values.items():
        if name not in known:
            raise Invalid(f"{kind} has no property {name!r}.", name)
        kept = [value.strip() for value in said_values if value.strip()]
        if len(kept) > MOST_VALUES or any(len(value) > LONGEST_VALUE for value in kept):
            raise Invalid(f"At most {MOST_VALUES} values of {LONGEST_VALUE} characters.", name)
        if kept:
            values[name] = list(dict.fromkeys(kept))
    return values
