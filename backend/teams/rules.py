"""Kinds of spaces and states of memberships."""

from __future__ import annotations

from enum import StrEnum


class SpaceKind(StrEnum):
    """One isolated space per team."""

    JOINT_INVESTIGATION_TEAM = "joint_investigation_team"
    TASK_FORCE = "task_force"
    NATIONAL = "national"


class MembershipState(StrEnum):
    """Invited, active, ended."""

    INVITED = "invited"
    ACTIVE = "active"
    ENDED = "ended"
