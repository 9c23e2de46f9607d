"""GraphQL: accounts, for administrators, and the page on which a person sets their first password."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Any

import strawberry

from backend.agencies.api import Person, person_of
from backend.auth.accounts import service
from backend.auth.accounts.service import NewPerson
from backend.core.graphql import Info, ctx, when


@strawberry.enum(description="Whether an account opens.")
class AccountState(Enum):
    """Waits for its first password, open, disabled."""

    WAITING = "waiting"
    OPEN = "open"
    DISABLED = "disabled"


@strawberry.type(description="The account of a person, as administrators see it; nothing of what the person works on.")
class Account:
    """Person, login, state."""

    person: Person = strawberry.field(description="Whose account.")
    login: str = strawberry.field(description="What the person signs in with.")
    state: AccountState = strawberry.field(description="Whether it opens.")
    administrator: bool = strawberry.field(description="Whether the person administers this deployment.")
    agency_administrator: bool = strawberry.field(description="Whether the person administers the people of their agency.")
    set_up_until: datetime | None = strawberry.field(description="Until when an unused set-up code holds; null where there is none.")
    second_factor: bool = strawberry.field(description="Whether the person has set up a second factor.")


@strawberry.type(description="A set-up code: shown this once, opens the account once.")
class SetUp:
    """Account and code."""

    account: Account = strawberry.field(description="The account that it opens.")
    code: str = strawberry.field(description="The code; the page /welcome takes it. Only its hash is stored.")


def account_of(row: dict[str, Any]) -> Account:
    """Dress a stored account."""
    state = AccountState.DISABLED if row["disabled"] else AccountState.OPEN if row["opened"] else AccountState.WAITING
    until = row["set_up_until"]
    return Account(
        person=person_of(row), login=row["login"], state=state, administrator=row["administrator"],
        agency_administrator=row["agency_administrator"], set_up_until=when(until) if until else None, second_factor=row["second_factor"],
    )  # fmt: skip


def _set_up(made: service.SetUp) -> SetUp:
    return SetUp(account=account_of(made.account), code=made.code)


@strawberry.type
class AccountsQuery:
    """Reading accounts; administrators of the deployment or of an agency only."""

    @strawberry.field(
        description="The accounts that the reader manages, by agency and name: all of them for administrators of the deployment, those of "
        "their own agency for administrators of an agency, but for administrators of the deployment; anybody else manages none."
    )
    async def accounts(self, info: Info) -> list[Account]:
        """Return accounts."""
        return [account_of(row) for row in await service.accounts(ctx(info))]


@strawberry.type
class AccountsMutation:
    """Changing accounts; administrators only, but for setting one's own first password."""

    @strawberry.mutation(description="Create the account of a person; they open it with the code within 72 hours. Administrators only.")
    async def create_person(
        self, info: Info, login: str, name: str, function: str, languages: list[str], agency: strawberry.ID, key: str
    ) -> SetUp:
        """Return the account and its code."""
        return _set_up(await service.create_person(ctx(info), NewPerson(login, name, function, languages, agency), key))

    @strawberry.mutation(description="Change how a person is called and what they do. Administrators only.")
    async def update_person(self, info: Info, id: strawberry.ID, name: str, function: str, languages: list[str], key: str) -> Account:
        """Return the account."""
        return await _account(info, await service.update_person(ctx(info), id, name, function, languages, key))

    @strawberry.mutation(description="Give a person a new set-up code, for a first or a forgotten password. Administrators only.")
    async def issue_set_up_code(self, info: Info, person: strawberry.ID, key: str) -> SetUp:
        """Return the account and its code."""
        return _set_up(await service.issue_code(ctx(info), person, key))

    @strawberry.mutation(description="Take the second factor of a person away, who lost it; their sessions end. Administrators only.")
    async def reset_second_factor(self, info: Info, person: strawberry.ID, key: str) -> Account:
        """Return the account."""
        return await _account(info, await service.reset_factor(ctx(info), person, key))

    @strawberry.mutation(description="Disable an account; everything open under it ends at once. Administrators only.")
    async def disable_person(self, info: Info, person: strawberry.ID, key: str) -> Account:
        """Return the account."""
        return await _account(info, await service.set_disabled(ctx(info), person, key, disabled=True))

    @strawberry.mutation(description="Enable a disabled account; its old sessions stay ended. Administrators only.")
    async def enable_person(self, info: Info, person: strawberry.ID, key: str) -> Account:
        """Return the account."""
        return await _account(info, await service.set_disabled(ctx(info), person, key, disabled=False))

    @strawberry.mutation(description="End every session and API token of a person at once. Administrators only.")
    async def end_sessions_of(self, info: Info, person: strawberry.ID, key: str) -> Account:
        """Return the account."""
        return await _account(info, await service.end_everything(ctx(info), person, key))

    @strawberry.mutation(description="Let a person manage the accounts of the agency they serve in. Administrators of the deployment only.")
    async def appoint_agency_administrator(self, info: Info, person: strawberry.ID, key: str) -> Account:
        """Return the account."""
        return await _account(info, await service.appoint(ctx(info), person, key, appointed=True))

    @strawberry.mutation(description="Let a person no longer manage the accounts of their agency. Administrators of the deployment only.")
    async def dismiss_agency_administrator(self, info: Info, person: strawberry.ID, key: str) -> Account:
        """Return the account."""
        return await _account(info, await service.appoint(ctx(info), person, key, appointed=False))

    @strawberry.mutation(
        description="Set the password of the account that a set-up code opens, for whoever has the code; its sessions end."
    )
    async def set_password(self, info: Info, code: str, password: str) -> str:
        """Return the login of the account."""
        return await service.set_password(ctx(info), code, password)


async def _account(info: Info, person: str) -> Account:
    return account_of(await service.account(ctx(info), person))
