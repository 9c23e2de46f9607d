"""A small OpenID Connect provider on loopback that can be told to answer wrongly, for the odd cases that a real one will not produce."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

LOGOUT: dict[str, dict[str, str]] = {"http://schemas.openid.net/event/backchannel-logout": {}}


class FakeProvider:
    """Serve with `with`; `extra` changes claims before they are signed, `signs_with` the key, `metadata` what discovery says."""

    def __init__(self, client_id: str = "joinder", client_secret: str = "client secret") -> None:
        self.client_id, self.client_secret = client_id, client_secret
        self.subject = secrets.token_hex(8)
        self.sid = secrets.token_hex(8)
        self.extra: dict[str, Any] = {}
        self.keys = [new_key("first")]
        self.signs_with = self.keys[0]
        self.metadata: dict[str, Any] = {}
        self.asked_for_keys = 0
        self._codes: dict[str, dict[str, str]] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.issuer = f"http://127.0.0.1:{self._server.server_port}/realm"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def rotate(self) -> None:
        """Sign with a new key from now on; the old one is no longer published."""
        self.keys = [new_key(secrets.token_hex(4))]
        self.signs_with = self.keys[0]

    def sign_in(self, address: str) -> dict[str, str]:
        """Do what the person does at `address`; return the parameters that the browser carries back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code = secrets.token_urlsafe(16)
        self._codes[code] = asked
        return {"code": code, "state": asked["state"], "iss": self.issuer}

    def logout_token(self, **changed: Any) -> str:
        now = int(time.time())
        claims: dict[str, Any] = {"iss": self.issuer, "aud": self.client_id, "iat": now, "exp": now + 120,
                  "jti": secrets.token_hex(8), "events": LOGOUT,
                  "sid": self.sid, "sub": self.subject, **changed}  # fmt: skip
        return self._signed(claims)

    def _signed(self, claims: dict[str, Any]) -> str:
        """Sign what is there; a claim that is None is left out."""
        claims = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode({"alg": "RS256", "kid": self.signs_with.kid}, claims, self.signs_with)

    # ── what it answers ───────────────────────────────────────────────────────────────────────────────────────────────────────────

    def discovery(self) -> dict[str, Any]:
        names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        return {"issuer": self.issuer, **{name: f"{self.issuer}/{path}" for name, path in names.items()}, **self.metadata}

    def published(self) -> dict[str, Any]:
        self.asked_for_keys += 1
        return {"keys": [key.as_dict(private=False) for key in self.keys]}

    def token(self, asked: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """Give the tokens of a code, once, to the client that proves itself and its PKCE verifier."""
        wanted = base64.b64encode(f"{self.client_id}:{self.client_secret}".encode()).decode()
        began = self._codes.pop(asked.get("code", ""), None)
        if began is None or authorization != f"Basic {wanted}":
            return None
        challenge = base64.urlsafe_b64encode(hashlib.sha256(asked.get("code_verifier", "").encode()).digest()).decode().rstrip("=")
        if challenge != began["code_challenge"] or began["code_challenge_method"] != "S256":
            return None
        now = int(time.time())
        claims: dict[str, Any] = {
            "iss": self.issuer, "aud": self.client_id, "sub": self.subject, "sid": self.sid, "iat": now, "exp": now + 300,
            "nonce": began["nonce"], "auth_time": now, **self.extra,
        }  # fmt: skip
        return {"access_token": "unused", "token_type": "Bearer", "expires_in": 300, "id_token": self._signed(claims)}


def new_key(kid: str) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig"}, auto_kid=False)


def _handler(provider: FakeProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = {"/realm/.well-known/openid-configuration": provider.discovery, "/realm/keys": provider.published}
            answer = known.get(urlsplit(self.path).path)
            self._answer(answer() if answer else None)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            asked = {name: values[0] for name, values in parse_qs(body).items()}
            self._answer(provider.token(asked, self.headers.get("Authorization", "")))

        def _answer(self, said: dict[str, Any] | None) -> None:
            body = json.dumps(said if said is not None else {"error": "invalid_grant"}).encode()
            self.send_response(200 if said is not None else 400)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Say nothing."""

    return Handler
