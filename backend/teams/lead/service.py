"""Handing over the lead: another member leads from now on, and whoever led takes another role. There is no moment without a lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.core.errors import Forbidden, Invalid, NotFound
from backend.teams.policy import RIGHTS, Right, Role
from backend.teams.service import change
from graph import access, outbox
from graph.outbox import Change
from graph.queries import teams as queries

if TYPE_CHECKING:
    from backend.core.context import Context
    from graph.access import Scope
    from graph.driver import Tx

NEVER_LEAD = frozenset({Role.THIRD_COUNTRY_MEMBER})
"""A team is led by a party to its agreement. Roles that read no content do not lead either."""


def may_lead(role: Role) -> bool:
    """Say whether a member of this role may be handed the lead."""
    return Right.READ_CONTENT in RIGHTS[role] and role not in NEVER_LEAD


async def hand_over(ctx: Context, space: str, to: str, own: Role, key: str) -> str:
    """Make the member `to` lead and take the role `own` oneself; both keep their clearances. Return the membership of the new lead."""

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        # First, so that nobody ends or hands over a membership between what is read here and what is written.
        await access.changed(tx, space)
        giver = await queries.membership(tx, space, scope.membership) if scope.membership else None
        if giver is None or giver["role"] != Role.LEAD:
            raise Forbidden("Only a lead hands over the lead.")
        ctx.require_strong()
        if own is Role.LEAD or not may_lead(own):
            raise Invalid("Take a role that reads the content of the space.", "ownRole")
        taker = await queries.membership(tx, space, to)
        if taker is None or to not in await queries.within(tx, space, ctx.now):
            raise NotFound
        if taker["role"] == Role.LEAD:
            raise Invalid("This member leads already.", "to")
        if not may_lead(Role(taker["role"])):
            raise Invalid("A member of this role cannot lead.", "to")
        await queries.set_role(tx, space, to, Role.LEAD.value)
        await queries.set_role(tx, space, giver["id"], own.value)
        return to, [
            Change("member", "given the lead", to, after=outbox.EVERYONE),
            Change("member", "given another role", giver["id"], after=outbox.EVERYONE),
        ]

    return await change(ctx, space, key, Right.MANAGE_MEMBERS, work)
