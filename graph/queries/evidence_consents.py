"""What the provider of an exhibit consented to: there where its exhibit is. In whose courts what rests on it may be used follows from it.

A handling code from H1 on reserves an exhibit to the courts, and the hands, of its provider's own country and authority; each consent in
force opens it to those of one country more, or to one authority.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, LiteralString

from graph.access import Scope, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from graph.driver import Tx

CONSENTS: LiteralString = (
    "MATCH (x:EvidenceItem {id: $exhibit, space: $space}) WHERE "
    + visible("x")
    + " MATCH (c:Consent {exhibit: x.id}) WITH c ORDER BY c.given_at, c.id RETURN collect(properties(c))"
)
CREATE: LiteralString = "CREATE (c:Consent) SET c = $row RETURN c.id"
LOCK: LiteralString = (
    "MATCH (c:Consent {id: $id}) MATCH (x:EvidenceItem {id: c.exhibit, space: $space}) WHERE "
    + visible("x")
    + " SET x.lock = coalesce(x.lock, 0) + 1 RETURN {consent: properties(c), exhibit: properties(x)}"
)
WITHDRAW: LiteralString = (
    "MATCH (c:Consent {id: $id}) MATCH (x:EvidenceItem {id: c.exhibit, space: $space}) WHERE "
    + visible("x")
    + " SET c += $changes RETURN c.id"
)
ABOVE: LiteralString = """
MATCH (x:EvidenceItem {id: $id}) OPTIONAL MATCH (g:Agency {id: x.authority})
OPTIONAL MATCH (c:Consent {exhibit: x.id}) WHERE c.withdrawn_at IS NULL
WITH x, g, collect([c.country, c.recipient]) AS given
RETURN [x.parent, coalesce(x.excluded_in, []), coalesce(x.challenged_in, []), coalesce(x.handling, 'H0'), x.authority, g.country, given]
"""


@dataclass(frozen=True, slots=True)
class Step:
    """An exhibit, or what it was derived from: where it is excluded and challenged, whose it is, and its (country, recipient) consents."""

    excluded: list[str]
    challenged: list[str]
    handling: str
    authority: str
    country: str
    given: list[tuple[str | None, str | None]]

    @property
    def reserved(self) -> bool:
        """Whether it may be used and handed on by its provider's consent alone."""
        return self.handling != "H0"


async def consents(tx: Tx, scope: Scope, exhibit: str) -> list[dict[str, Any]]:
    """Return the consents on a visible exhibit, oldest first, those withdrawn among them."""
    return await tx.rows(CONSENTS, space=scope.space, vis=scope.vis, exhibit=exhibit)


async def create(tx: Tx, row: dict[str, Any]) -> None:
    """Create a consent {id, space, exhibit, country or recipient, terms, given_by, given_at}."""
    await tx.value(CREATE, row=row)


async def lock(tx: Tx, scope: Scope, consent: str) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Take the lock of the visible exhibit of a consent; return both."""
    found = await tx.value(LOCK, space=scope.space, vis=scope.vis, id=consent)
    return (found["consent"], found["exhibit"]) if found else None


async def withdraw(tx: Tx, scope: Scope, consent: str, changes: dict[str, Any]) -> None:
    """Write that a consent was withdrawn."""
    await tx.value(WITHDRAW, space=scope.space, vis=scope.vis, id=consent, changes=changes)


async def chain(tx: Tx, exhibit: str) -> list[Step]:
    """Return an exhibit, what it was derived from, and so on, whoever sees them."""
    found, one = list[Step](), str(exhibit)
    while one:
        said: list[Any] = await tx.value(ABOVE, id=one) or [None, [], [], "H0", "", "", []]
        found.append(Step(said[1], said[2], said[3], said[4], said[5] or "", [(country, recipient) for country, recipient in said[6]]))
        one = said[0] or ""
    return found


def courts(steps: Sequence[Step]) -> list[str] | None:
    """Return the countries in whose courts what rests on the first of these may be used; None for any."""
    each = [to for _, to in _open_to(steps, lambda step: step.country, 0)]
    return sorted(set[str].intersection(*each)) if each else None


def recipients(steps: Sequence[Step], by: str) -> list[str] | None:
    """Return the authorities to which the authority `by` may hand the first of these; None for any. A provider hands on its own."""
    each = [to for _, to in handed(steps, by)]
    return sorted(set[str].intersection(*each)) if each else None


def handed(steps: Sequence[Step], by: str) -> list[tuple[Step, set[str]]]:
    """Return each of these that the authority `by` hands on by its provider's consent alone, with the authorities it is open to."""
    return _open_to([step for step in steps if step.authority != by], lambda step: step.authority, 1)


def _open_to(steps: Sequence[Step], home: Callable[[Step], str], place: int) -> list[tuple[Step, set[str]]]:
    """Return to whom each that is reserved opens: to its home and by its provider's consents, on itself or on what it was derived from."""
    return [
        (
            step,
            {home(step), *(given[place] or "" for above in steps[at:] if above.authority == step.authority for given in above.given)}
            - {""},
        )
        for at, step in enumerate(steps)
        if step.reserved
    ]
