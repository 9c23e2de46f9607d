"""One provider as it answers: its metadata, its keys as they rotate, a code exchanged for a token, a token checked.

What goes over the network is authlib's; everything here waits for it, so callers run it in a thread.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from authlib.oidc.discovery import OpenIDProviderMetadata, get_well_known_url
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from backend.auth.oidc.rules import SKEW_S

if TYPE_CHECKING:
    from backend.auth.oidc.issuers import Issuer
    from backend.auth.oidc.rules import Attempt

ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
TIMEOUT_S, KEPT_S, KEYS_AGAIN_S = 10, 3600, 10
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"


class ProviderError(Exception):
    """The provider does not answer, or what it answers does not hold; the text is for the log of the deployment, never for people."""


@dataclass(frozen=True, slots=True)
class Claims:
    """Who signed in, and how."""

    subject: str
    sid: str | None
    acr: str | None
    amr: list[str]
    auth_time: int | None


class Provider:
    """Talks to one issuer. Metadata are kept for an hour; keys are asked for again, at most every ten seconds, when one is not known."""

    def __init__(self, issuer: Issuer, redirect: str) -> None:
        """Take the issuer and the address that it sends browsers back to."""
        self.issuer, self.redirect = issuer, redirect
        self._lock, self._metadata_lock = threading.Lock(), threading.Lock()
        self._metadata: dict[str, Any] = {}
        self._metadata_at = self._keys_at = float("-inf")
        self._keys: KeySet | None = None

    def address(self, attempt: Attempt, *, strong: bool) -> str:
        """Return where the browser is sent to sign in; `strong` asks for a strong sign-in, made now."""
        asked = {"max_age": "0"} if strong else {}
        if strong and self.issuer.strong:
            asked["acr_values"] = " ".join(sorted(self.issuer.strong))
        endpoint = self._said("authorization_endpoint")
        with self._session() as session:
            url, _ = session.create_authorization_url(
                endpoint, state=attempt.state, nonce=attempt.nonce, code_verifier=attempt.verifier, **asked
            )
        return str(url)

    def exchange(self, code: str, attempt: Attempt) -> Claims:
        """Return who signed in; raise `ProviderError` where the code opens nothing or the token does not hold."""
        endpoint = self._said("token_endpoint")
        try:
            with self._session() as session:
                said = session.fetch_token(
                    endpoint, code=code, code_verifier=attempt.verifier, grant_type="authorization_code", timeout=TIMEOUT_S
                )
        except Exception as error:
            raise ProviderError(f"no token: {type(error).__name__}") from error
        claims, ours = self._claims(str(said.get("id_token", ""))), self.issuer
        wanted = {"iss": {"essential": True, "value": ours.issuer}, "aud": {"essential": True, "value": ours.client_id}}
        checked = CodeIDToken(claims, {}, wanted, {"nonce": attempt.nonce, "client_id": ours.client_id})
        try:
            checked.validate(now=int(time.time()), leeway=SKEW_S)
        except Exception as error:
            raise ProviderError(f"the token does not hold: {type(error).__name__}") from error
        return _claims(claims)

    def logged_out(self, token: str) -> tuple[str | None, str | None, str]:
        """Return (subject, sid, token id) of a back-channel logout token (OpenID Connect Back-Channel Logout 1.0, 2.6)."""
        claims, now = self._claims(token), time.time()
        if claims.get("iss") != self.issuer.issuer or "nonce" in claims or LOGOUT not in claims.get("events", {}):
            raise ProviderError("this is no logout token of this issuer")
        audience: object = claims.get("aud")
        if self.issuer.client_id not in (cast("list[object]", audience) if isinstance(audience, list) else [audience]):
            raise ProviderError("the logout token is for somebody else")
        if not abs(now - float(claims.get("iat", 0))) <= KEPT_S or float(claims.get("exp", now)) < now - SKEW_S or not claims.get("jti"):
            raise ProviderError("the logout token is not of now")
        if not (claims.get("sub") or claims.get("sid")):
            raise ProviderError("the logout token names nobody")
        return claims.get("sub"), claims.get("sid"), str(claims["jti"])

    # ── over the network ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _session(self) -> Any:  # noqa: ANN401 - authlib ships no types
        return OAuth2Session(
            self.issuer.client_id, self.issuer.client_secret, scope="openid", redirect_uri=self.redirect, code_challenge_method="S256"
        )

    def _claims(self, token: str) -> dict[str, Any]:
        try:
            try:
                return dict(jwt.decode(token, self._key_set(), algorithms=ALGORITHMS).claims)
            except (JoseError, ValueError):
                return dict(jwt.decode(token, self._key_set(again=True), algorithms=ALGORITHMS).claims)
        except (JoseError, ValueError) as error:
            raise ProviderError(f"the signature does not hold: {type(error).__name__}") from error

    def _key_set(self, *, again: bool = False) -> KeySet:
        with self._lock:
            age = time.monotonic() - self._keys_at
            if self._keys is None or age > KEPT_S or (again and age > KEYS_AGAIN_S):
                self._keys_at = time.monotonic()
                self._keys = KeySet.import_key_set(self._get(self._said("jwks_uri")))
            return self._keys

    def _said(self, name: str) -> str:
        with self._metadata_lock:
            if time.monotonic() - self._metadata_at > KEPT_S:
                found = OpenIDProviderMetadata(self._get(get_well_known_url(self.issuer.issuer, external=True)))
                if found.get("issuer") != self.issuer.issuer:
                    raise ProviderError("the provider calls itself by another name")
                self._metadata, self._metadata_at = dict(found), time.monotonic()
        if not self._metadata.get(name):
            raise ProviderError(f"the provider names no {name}")
        return str(self._metadata[name])

    def _get(self, url: str) -> Any:  # noqa: ANN401 - JSON
        try:
            with self._session() as session:
                answer = session.request("GET", url, withhold_token=True, timeout=TIMEOUT_S)
                answer.raise_for_status()
                return answer.json()
        except Exception as error:
            raise ProviderError(f"no answer: {type(error).__name__}") from error


def _claims(claims: dict[str, Any]) -> Claims:
    amr: object = claims.get("amr")
    methods = [str(each) for each in cast("list[object]", amr)] if isinstance(amr, list) else []
    acr, at = claims.get("acr"), claims.get("auth_time")
    return Claims(str(claims["sub"]), claims.get("sid"), str(acr) if acr else None, methods, int(at) if at else None)
