"""Signing in and out in the API."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Any

import strawberry

from backend.agencies import service as agencies
from backend.agencies.api import Agency, Person, agency_of, person_of
from backend.auth import service
from backend.auth.demo import service as demo
from backend.core.graphql import Info, ctx, when
from backend.teams import policy
from backend.teams.policy import Right, Role


@strawberry.type(description="The person who is signed in.")
class Me:
    """Oneself."""

    id: strawberry.ID = strawberry.field(description="Id of the person.")
    name: str = strawberry.field(description="Name as shown.")
    function: str = strawberry.field(description="What the person does in their agency.")
    languages: list[str] = strawberry.field(description="ISO 639-1 codes of the languages the person works in.")
    agency: Agency = strawberry.field(description="The authority the person serves in.")
    administrator: bool = strawberry.field(description="Whether the person manages agencies, accounts and spaces of this deployment.")
    agency_administrator: bool = strawberry.field(description="Whether the person manages the accounts of their own agency.")


@strawberry.enum(description="How a session was opened.")
class SignInMethod(Enum):
    """With a password of this deployment, at the provider of an agency, or by a click in a demonstration."""

    PASSWORD = "password"  # noqa: S105 - the name of a method
    OIDC = "oidc"
    DEMO = "demo"


@strawberry.type(description="One place where the reader is signed in.")
class OwnSession:
    """A session."""

    id: strawberry.ID = strawberry.field(description="Id; opens nothing.")
    method: SignInMethod = strawberry.field(description="How it was opened.")
    started_at: datetime = strawberry.field(description="When it was opened.")
    last_used_at: datetime = strawberry.field(description="When it was last used, to the minute.")
    ends_at: datetime = strawberry.field(description="When it ends, however much it is used.")
    current: bool = strawberry.field(description="Whether it is the one that asks.")
    strong_at: datetime | None = strawberry.field(description="When a second factor was last proven in it; null where none was.")
    provider: str | None = strawberry.field(description="Short name of the agency's provider at which it was opened; null for a password.")
    acr: str | None = strawberry.field(description="How that provider ranks the sign-in (OpenID Connect `acr`).")
    amr: list[str] = strawberry.field(description="By what means, in that provider's words (OpenID Connect `amr`).")


async def _own_sessions(info: Info) -> list[OwnSession]:
    return [
        OwnSession(
            id=strawberry.ID(row["id"]), method=SignInMethod(row["method"]), started_at=when(row["created_at"]),
            last_used_at=when(row["seen_at"]), ends_at=when(row["ends_at"]), current=row["current"],
            strong_at=_strong_at(row["strong_at"]), provider=row["slug"], acr=row["acr"], amr=list(row["amr"]),
        )
        for row in await service.own_sessions(ctx(info))
    ]  # fmt: skip


def _strong_at(stored: str) -> datetime | None:
    return when(stored) if stored else None


@strawberry.type(description="Somebody in the demo whom one may become with one click.")
class DemoPerson:
    """A demo person."""

    id: strawberry.ID = strawberry.field(description="Id of the person.")
    name: str = strawberry.field(description="Name as shown.")
    function: str = strawberry.field(description="What the person does in their agency.")
    agency: Agency = strawberry.field(description="The authority the person serves in.")
    roles: list[str] = strawberry.field(description="Names of the roles the person has in the demo's spaces, as in `Role`.")


@strawberry.type(description="Who is signed in, and whether this is a demo.")
class SessionInfo:
    """The session of this browser."""

    me: Me | None = strawberry.field(description="Null when nobody is signed in.")
    demo: bool = strawberry.field(description="True where the graph carries the demo marker.")
    demo_people: list[DemoPerson] = strawberry.field(
        description="People one may become with one click; empty without demo mode and the token of this start."
    )


def _me(row: dict[str, Any]) -> Me:
    person = person_of(row)
    return Me(
        id=person.id, name=person.name, function=person.function, languages=person.languages, agency=person.agency,
        administrator=row["administrator"], agency_administrator=row["agency_administrator"],
    )  # fmt: skip


def _demo_person(row: dict[str, Any]) -> DemoPerson:
    roles = sorted(Role(role).name for role in row["roles"])
    return DemoPerson(id=row["id"], name=row["name"], function=row["function"] or "", agency=agency_of(row["agency"]), roles=roles)


@strawberry.type
class AuthQuery:
    """Root fields about oneself."""

    @strawberry.field(description="Who is signed in here. `demoToken` is the token of this start, from the address that the demo printed.")
    async def session(self, info: Info, demo_token: str | None = None) -> SessionInfo:
        """Answer for everybody, signed in or not."""
        context = ctx(info)
        return SessionInfo(
            me=_me(await service.me(context, context.actor.user)) if context.actor else None,
            demo=await demo.is_demo(context),
            demo_people=[_demo_person(row) for row in await demo.people(context, demo_token)],
        )

    @strawberry.field(description="Where the reader is signed in now, the last used first.")
    async def my_sessions(self, info: Info) -> list[OwnSession]:
        """Return one's own sessions."""
        return await _own_sessions(info)

    @strawberry.field(description="People of one agency whom those with the right to invite may invite; never who is in other spaces.")
    async def people(self, info: Info, space: strawberry.ID, agency: strawberry.ID) -> list[Person]:
        """Return people by name; here and not in `agencies`, since the table of rights lies above that package."""
        rows = await agencies.people(ctx(info), space, agency, lambda scope: policy.require(scope, Right.INVITE))
        return [person_of(row) for row in rows]


@strawberry.type
class AuthMutation:
    """Signing in and out."""

    @strawberry.mutation(
        description="Sign in with a local account. One answer for unknown login, wrong password and closed account. Where the right "
        "password alone does not open it, the error SECOND_STEP asks for the same again with a `code`."
    )
    async def sign_in(self, info: Info, login: str, password: str, code: str = "") -> Me:
        """Open a session and set its cookie."""
        return _me(await service.sign_in(ctx(info), login, password, code))

    @strawberry.mutation(description="Become a demo person; only in a demo, on its own machine, with the token of this start.")
    async def sign_in_as(self, info: Info, person: strawberry.ID, demo_token: str) -> Me:
        """Open a session and set its cookie."""
        return _me(await demo.sign_in_as(ctx(info), person, demo_token))

    @strawberry.mutation(
        description="End one of one's own sessions, wherever it is, with every live socket under it; what is left is returned."
    )
    async def end_session(self, info: Info, id: strawberry.ID) -> list[OwnSession]:
        """Return what is left."""
        await service.end_own_session(ctx(info), id)
        return await _own_sessions(info)

    @strawberry.mutation(description="End the session of this browser and every live socket under it.")
    async def sign_out(self, info: Info) -> bool:
        """Return true, also where nobody was signed in."""
        await service.sign_out(ctx(info))
        return True
