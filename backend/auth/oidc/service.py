"""Signing in at an agency's own provider: there, back, and out again when the provider says so."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from backend.auth import rules as auth_rules
from backend.auth import service
from backend.auth.oidc import rules
from backend.auth.oidc.provider import Claims, Provider, ProviderError
from backend.core import log, versions
from backend.core.cookies import Cookie
from backend.core.errors import Invalid, NotFound
from graph import outbox
from graph.outbox import CONTROL, Change, Done
from graph.queries import auth as queries
from graph.records import stamp

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.auth.oidc.issuers import Issuer
    from backend.core.context import Context, Parts
    from graph.driver import Tx

T = TypeVar("T")
ATTEMPT_COOKIE = "joinder-attempt"
BACK = "/auth/{slug}/back"


class SignInRefused(Exception):
    """A sign-in that ends here. `reason` is a word for the sign-in page: expired, unknown, provider, weak."""

    def __init__(self, reason: str, *, strong: bool = False) -> None:
        """Take the word, and whether a strong sign-in was asked for."""
        super().__init__(reason)
        self.reason, self.strong = reason, strong


@dataclass(frozen=True, slots=True)
class Providers:
    """The providers of a deployment by slug."""

    by_slug: Mapping[str, Provider]

    @classmethod
    def of(cls, issuers: Mapping[str, Issuer], address: str) -> Providers:
        """Return the providers of a deployment that people reach at `address`."""
        return cls({slug: Provider(one, address + BACK.format(slug=slug)) for slug, one in issuers.items()})

    def get(self, slug: str) -> Provider:
        """Return one provider or raise `NotFound`."""
        found = self.by_slug.get(slug)
        if found is None:
            raise NotFound
        return found

    @property
    def listed(self) -> list[Issuer]:
        """Those that the sign-in page offers to everybody."""
        return [one.issuer for one in self.by_slug.values() if one.issuer.listed]


async def start(ctx: Context, providers: Providers, slug: str, code: str, *, strong: bool) -> str:
    """Begin an attempt and return the address at the provider; `code` is a set-up code where this opens an account."""
    provider, parts = providers.get(slug), ctx.parts
    session, user = (ctx.actor.session, ctx.actor.user) if ctx.actor else ("", "")
    attempt = rules.begin(slug, _now_s(parts), code, session=session, user=user if strong else "", strong=strong)
    ctx.cookies.append(_cookie(parts, rules.seal(parts.secret, attempt)))
    return await _asked(partial(provider.address, attempt, strong=strong))


async def finish(ctx: Context, providers: Providers, slug: str, answer: Mapping[str, str], cookie: str | None) -> bool:
    """Open a session for whom the provider names, or raise `SignInRefused`. The attempt is over either way.

    Return whether a strong sign-in was asked for, and made.
    """
    parts, provider = ctx.parts, providers.get(slug)
    ctx.cookies.append(_cookie(parts, None))
    attempt = rules.unseal(parts.secret, cookie or "", _now_s(parts))
    if attempt is None or attempt.slug != slug or not versions.same(attempt.state, answer.get("state", "")):
        raise SignInRefused("expired", strong=attempt is not None and attempt.strong)
    try:
        await _let_in(ctx, provider, attempt, answer)
    except SignInRefused as refused:
        raise SignInRefused(refused.reason, strong=attempt.strong) from refused
    return attempt.strong


async def _let_in(ctx: Context, provider: Provider, attempt: rules.Attempt, answer: Mapping[str, str]) -> None:
    if "error" in answer or not answer.get("code") or answer.get("iss", provider.issuer.issuer) != provider.issuer.issuer:
        raise SignInRefused("provider")
    claims = await _asked(partial(provider.exchange, answer["code"], attempt))
    signed = _signed(ctx.parts, provider.issuer, claims)
    person = await _person(ctx, provider.issuer, claims, attempt)
    if attempt.strong and not (signed["strong"] and rules.made_since(attempt, claims.auth_time)):
        raise service.refused(ctx, person, SignInRefused("weak"))
    if (attempt.user and person != attempt.user) or person is None or not await service.open_session(ctx, person, signed, attempt.session):
        raise service.refused(ctx, person, SignInRefused("unknown"))


def _signed(parts: Parts, issuer: Issuer, claims: Claims) -> dict[str, Any]:
    """Return what is kept of a sign-in. It is as strong, and as old, as the provider says."""
    now = parts.clock.now()
    at = min(now, datetime.fromtimestamp(claims.auth_time, UTC)) if claims.auth_time else now
    return {
        "method": "oidc", "strong": issuer.is_strong(claims.acr, claims.amr), "strong_at": stamp(at), "issuer": issuer.issuer,
        "slug": issuer.slug, "subject": claims.subject, "sid": claims.sid, "acr": claims.acr, "amr": claims.amr,
    }  # fmt: skip


async def log_out(ctx: Context, providers: Providers, slug: str, token: str) -> None:
    """End what a provider's back-channel logout names; raise `Invalid` for a token that does not hold or was used."""
    provider = providers.get(slug)
    try:
        subject, sid, token_id = await asyncio.to_thread(provider.logged_out, token)
    except ProviderError as error:
        log.failure("logout", error)
        raise Invalid("This is no logout token of this issuer.", "logout_token") from error
    if not await _first_use(ctx, f"logout {slug} {token_id}"):
        raise Invalid("This logout token was used.", "logout_token")
    by = provider.issuer.issuer
    events = await service.end_named(ctx.parts, by, None if sid else subject, sid, "provider")
    ctx.trail.changed(None, [], events)


async def _person(ctx: Context, issuer: Issuer, claims: Claims, attempt: rules.Attempt) -> str | None:
    """Return the person whom a subject is bound to, binding them by their set-up code at first; only people of the issuer's agency.

    Whatever was open under the account ends when another way into it is made.
    """
    one = hashlib.sha256(f"{issuer.issuer}\n{claims.subject}".encode()).hexdigest()

    async def work(tx: Tx) -> tuple[str | None, list[str]]:
        if await outbox.recall(tx, "sign-in", attempt.state) is not None:
            return None, []
        await outbox.remember(tx, "sign-in", attempt.state, Done(one, []), ctx.now)
        known = await queries.identity(tx, one)
        if known is not None:
            return (known["id"] if _serves(known, issuer) else None), []
        holder = await queries.try_code(tx, auth_rules.code_id(attempt.code), ctx.now) if attempt.code else None
        if holder is None or not holder["binds"] or not _serves(holder, issuer):
            return None, []
        await queries.bind_identity(tx, one, holder["id"], issuer.issuer, claims.subject)
        await queries.spend_code(tx, auth_rules.code_id(attempt.code))
        ended = [Change("session", "ended", one) for one in await queries.end_sessions(tx, holder["id"])]
        events = await outbox.append(tx, CONTROL, holder["id"], ctx.now, [*ended, Change("person", "bound", holder["id"])])
        return holder["id"], events

    person, events = await ctx.graph.write(work)
    if events and person:
        ctx.trail.changed(None, person, events)
    return person


def _serves(person: dict[str, Any], issuer: Issuer) -> bool:
    return (person["country"], person["agency"]) == (issuer.country, issuer.agency)


async def _first_use(ctx: Context, key: str) -> bool:
    async def work(tx: Tx) -> bool:
        if await outbox.recall(tx, "provider", key) is not None:
            return False
        await outbox.remember(tx, "provider", key, Done("", []), ctx.now)
        return True

    return await ctx.graph.write(work)


async def _asked(ask: partial[T]) -> T:
    """Ask a provider in a thread; what goes wrong there is logged by its class, and people learn that the provider did not answer."""
    try:
        return await asyncio.to_thread(ask)
    except ProviderError as error:
        log.failure("provider", error)
        raise SignInRefused("provider") from error


def _cookie(parts: Parts, value: str | None) -> Cookie:
    return Cookie(auth_rules.cookie_name(parts.settings, ATTEMPT_COOKIE), value, parts.settings.secure, rules.LIVES_S)


def _now_s(parts: Parts) -> int:
    return int(parts.clock.now().timestamp())
