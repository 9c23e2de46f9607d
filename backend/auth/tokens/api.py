"""API tokens in the API."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

import strawberry

from backend.auth.tokens import service
from backend.core.graphql import Info, ctx, when


@strawberry.enum(description="What a token may do, of all that its person may.")
class TokenScope(Enum):
    """Reading, or reading and writing content; never accounts, memberships, agreements or tokens."""

    READ = "read"
    WRITE = "write"


@strawberry.type(description="An API token of the reader, without its secret.")
class ApiToken:
    """A token."""

    id: strawberry.ID = strawberry.field(description="Id; opens nothing.")
    name: str = strawberry.field(description="What its person called it.")
    scope: TokenScope = strawberry.field(description="What it may do.")
    created_at: datetime = strawberry.field(description="When it was made.")
    last_used_at: datetime | None = strawberry.field(description="When it was last used, to the minute; null where it never was.")
    ends_at: datetime = strawberry.field(description="When it ends.")


@strawberry.type(description="A token just made.")
class NewToken:
    """A token with its secret."""

    token: str = strawberry.field(description="The secret, told this once. Send it as `Authorization: Bearer …`.")
    tokens: list[ApiToken] = strawberry.field(description="All tokens of the reader.")


async def _own_tokens(info: Info) -> list[ApiToken]:
    return [
        ApiToken(
            id=strawberry.ID(row["id"]), name=row["name"], scope=TokenScope.WRITE if row["writes"] else TokenScope.READ,
            created_at=when(row["created_at"]), last_used_at=when(row["seen_at"]) if row["seen_at"] != row["created_at"] else None,
            ends_at=when(row["ends_at"]),
        )
        for row in await service.own_tokens(ctx(info))
    ]  # fmt: skip


@strawberry.type
class TokensQuery:
    """One's own tokens."""

    @strawberry.field(description="The reader's API tokens that still hold, the newest first.")
    async def my_tokens(self, info: Info) -> list[ApiToken]:
        """Return one's own tokens."""
        return await _own_tokens(info)


@strawberry.type
class TokensMutation:
    """Making and revoking tokens; only for a person at a browser, never by a token."""

    @strawberry.mutation(
        description="Make an API token that ends within 90 days. Its secret is told once; a lost one is revoked, never shown."
    )
    async def create_token(self, info: Info, name: str, scope: TokenScope, ends_at: datetime) -> NewToken:
        """Return the secret and all tokens."""
        secret = await service.create(ctx(info), name, writes=scope is TokenScope.WRITE, ends_at=ends_at)
        return NewToken(token=secret, tokens=await _own_tokens(info))

    @strawberry.mutation(description="Revoke one of one's own tokens at once, with every live socket under it; what is left is returned.")
    async def revoke_token(self, info: Info, id: strawberry.ID) -> list[ApiToken]:
        """Return what is left."""
        await service.revoke(ctx(info), id)
        return await _own_tokens(info)
