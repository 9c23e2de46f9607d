"""The one table of rights: what each role may do in a space. What one may *see* is `graph.access`; this is what one may *do*."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from backend.core.errors import Forbidden, NotFound

if TYPE_CHECKING:
    from graph.access import Scope


class Role(StrEnum):
    """Roles of a membership."""

    LEAD = "lead"
    PROSECUTOR = "prosecutor"
    INVESTIGATOR = "investigator"
    ANALYST = "analyst"
    FINANCIAL_ANALYST = "financial_analyst"
    FORENSIC_EXAMINER = "forensic_examiner"
    TRANSLATOR = "translator"
    OBSERVER = "observer"
    OVERSIGHT = "oversight"
    THIRD_COUNTRY_MEMBER = "third_country_member"


class Right(StrEnum):
    """What a role allows in its space."""

    READ_CONTENT = "read_content"
    WRITE_CONTENT = "write_content"
    IMPORT = "import"
    EXPORT = "export"
    INVITE = "invite"
    MANAGE_MEMBERS = "manage_members"
    MANAGE_AGREEMENT = "manage_agreement"
    MARK = "mark"
    CLEAR = "clear"
    RELEASE = "release"
    MERGE = "merge"
    MANAGE_CASES = "manage_cases"
    ASSIGN_TASKS = "assign_tasks"
    READ_LOG = "read_log"


_READS = frozenset({Right.READ_CONTENT})
_WRITES = _READS | {Right.WRITE_CONTENT}
_INVESTIGATES = _WRITES | {Right.IMPORT, Right.EXPORT, Right.MERGE}
_LEADS = frozenset(Right)

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.LEAD: _LEADS,
    Role.PROSECUTOR: _LEADS - {Right.MANAGE_MEMBERS, Right.MANAGE_AGREEMENT},
    Role.INVESTIGATOR: _INVESTIGATES,
    Role.ANALYST: _INVESTIGATES,
    Role.FINANCIAL_ANALYST: _INVESTIGATES,
    Role.FORENSIC_EXAMINER: _WRITES | {Right.IMPORT},
    Role.TRANSLATOR: _READS,
    Role.OBSERVER: _READS,
    Role.OVERSIGHT: frozenset({Right.READ_LOG}),
    Role.THIRD_COUNTRY_MEMBER: _WRITES,
}


def rights(scope: Scope) -> frozenset[Right]:
    """Return what the reader may do; nothing where they have no standing."""
    return RIGHTS[Role(scope.role)] if scope.role else frozenset()


def require(scope: Scope, right: Right) -> None:
    """Pass, or raise: `NotFound` for someone to whom the space's content does not exist, `Forbidden` for someone who may see it."""
    held = rights(scope)
    if right in held:
        return
    raise Forbidden("Your role in this space does not allow this.") if Right.READ_CONTENT in held else NotFound


def require_member(scope: Scope) -> None:
    """Pass for every member in good standing, oversight included; raise `NotFound` for anybody else."""
    if scope.role is None:
        raise NotFound
