"""One's own password and second factor in the API."""

from __future__ import annotations

from datetime import datetime

import strawberry

from backend.auth.factors import rules
from backend.auth.proofs import service
from backend.core.graphql import Info, ctx, when


@strawberry.type(description="The second factor of the reader's local account; never its secret.")
class SecondFactor:
    """A factor."""

    since: datetime = strawberry.field(description="When it was set up.")
    recovery_codes_left: int = strawberry.field(description="How many recovery codes were not used yet.")
    few_left: bool = strawberry.field(description="Whether so few are left that new ones should be made.")


@strawberry.type(description="A secret for an authenticator app, told this once. It holds when a code of it has been confirmed.")
class SecondFactorSetUp:
    """A secret."""

    secret: str = strawberry.field(description="To be typed into the app.")
    address: str = strawberry.field(description="The same as an otpauth: address.")
    picture: list[str] = strawberry.field(description="The address as a QR code, row by row; 1 is a dark square.")


@strawberry.type
class ProofsQuery:
    """One's own second factor."""

    @strawberry.field(description="The second factor of the reader's local account; null where there is none.")
    async def my_second_factor(self, info: Info) -> SecondFactor | None:
        """Return what is kept of it."""
        found = await service.own(ctx(info))
        if found is None:
            return None
        left = len(found["codes"])
        return SecondFactor(since=when(found["at"]), recovery_codes_left=left, few_left=left <= rules.FEW_CODES)


@strawberry.type
class ProofsMutation:
    """Changing one's password, setting up a second factor and proving it; only for a person at a browser."""

    @strawberry.mutation(
        description="Set another password of the reader's local account; the present one is asked for. Other sessions and API tokens end."
    )
    async def change_password(self, info: Info, current: str, password: str) -> bool:
        """Return true; a wrong password counts like a failed sign-in."""
        await service.change_password(ctx(info), current, password)
        return True

    @strawberry.mutation(
        description="Begin to set up an authenticator app (RFC 6238) for the reader's local account; the password is asked for again."
    )
    async def begin_second_factor(self, info: Info, password: str) -> SecondFactorSetUp:
        """Return the secret."""
        secret, address = await service.begin(ctx(info), password)
        return SecondFactorSetUp(secret=secret, address=address, picture=rules.picture(address))

    @strawberry.mutation(
        description="Confirm the app by a code of it. Other sessions end. Returns ten recovery codes, told this once; each opens once."
    )
    async def confirm_second_factor(self, info: Info, code: str) -> list[str]:
        """Return recovery codes."""
        return await service.confirm(ctx(info), code)

    @strawberry.mutation(description="Make new recovery codes in place of those that are left, after a strong sign-in a short while ago.")
    async def renew_recovery_codes(self, info: Info) -> list[str]:
        """Return recovery codes."""
        return await service.renew_codes(ctx(info))

    @strawberry.mutation(
        description="Confirm by the second factor that it is still the same person; the session goes on as one of a strong sign-in."
    )
    async def step_up(self, info: Info, code: str) -> bool:
        """Return true; a code that does not fit is refused."""
        await service.step_up(ctx(info), code)
        return True
