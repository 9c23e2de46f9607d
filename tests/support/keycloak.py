"""A real identity provider: realms of the Keycloak that `infra/services` starts, the people in them, and what a browser does there."""

from __future__ import annotations

import asyncio
import html
import json
import os
import re
import secrets
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import yaml
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("JOINDER_TEST_KEYCLOAK_URL", "JOINDER_TEST_KEYCLOAK_USER", "JOINDER_TEST_KEYCLOAK_PASSWORD")
MISSING = 'Sign-in at a real provider needs Keycloak: infra/test --services, or eval "$(infra/services keycloak start)".'
FORM = re.compile(r'<form[^>]*\baction="([^"]+)"')
OTP_STEP_S = 30
PASSWORD = "correct horse battery staple"
AGENCIES = {"polizia": "IT", "politie": "NL"}
"""The realms of `infra/oidc`, and whose people each of them knows."""
STRONG = {"polizia": ["gold"], "politie": []}


@dataclass
class Keycloak:
    """The server, as its administrator. Nothing made here outlives the server."""

    url: str
    user: str
    password: str
    _token: str = ""
    _until: float = 0.0

    @classmethod
    def there(cls) -> Keycloak:
        """The one that the environment names; without it the test fails in CI and is skipped elsewhere."""
        said = [os.environ.get(name, "") for name in NAMES]
        if not all(said):
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING)
        return cls(said[0], said[1], said[2])

    async def ask(self, method: str, path: str, said: Any = None) -> httpx.Response:
        """Call the administration API and return its answer."""
        async with httpx.AsyncClient(base_url=self.url, timeout=60) as client:
            if time.monotonic() > self._until:
                grant = {"grant_type": "password", "client_id": "admin-cli", "username": self.user, "password": self.password}
                granted = (await client.post("/realms/master/protocol/openid-connect/token", data=grant)).json()
                self._token, self._until = granted["access_token"], time.monotonic() + granted["expires_in"] / 2
            answer = await client.request(method, f"/admin/realms/{path}", json=said, headers={"Authorization": f"Bearer {self._token}"})
            assert answer.is_success, answer.text
            return answer


@dataclass
class Registered:
    """Somebody whom a provider knows. `otp` is the secret of their one-time codes, where they have any."""

    id: str
    login: str
    otp: str = ""
    _used: int = 0

    async def code(self) -> str:
        """A one-time code that was not used yet; waits for the next one where it has to."""
        await asyncio.sleep(max(0.0, (self._used + 1) * OTP_STEP_S - time.time()))
        self._used = int(time.time()) // OTP_STEP_S
        return TOTP(self.otp.encode(), 6, SHA1(), OTP_STEP_S, enforce_key_length=False).generate(time.time()).decode()  # noqa: S303 - RFC 6238


@dataclass(frozen=True)
class Client:
    """Joinder as one realm knows it."""

    client_id: str
    secret: str


@dataclass(frozen=True)
class Realm:
    """One agency's provider: a realm of `infra/oidc`."""

    server: Keycloak
    name: str

    @property
    def issuer(self) -> str:
        return f"{self.server.url}/realms/{self.name}"

    async def ask(self, method: str, path: str, said: Any = None) -> Any:
        answer = await self.server.ask(method, f"{self.name}/{path}", said)
        return answer.json() if answer.content else answer.headers.get("location", "").rpartition("/")[2]

    async def client(self, origin: str, slug: str = "") -> Client:
        """Register one more Joinder at `origin`, in everything else as the realm's own file describes it."""
        [described] = [one for one in await self.ask("GET", "clients") if one["clientId"] == "joinder"]
        made, slug = Client(f"joinder-{secrets.token_hex(4)}", secrets.token_urlsafe(24)), slug or self.name
        attributes = {**described["attributes"], "backchannel.logout.url": f"{origin}/auth/back-channel/{slug}"}
        kept = {name: value for name, value in described.items() if name not in {"id", "protocolMappers"}}
        mappers = [{name: value for name, value in one.items() if name != "id"} for one in described["protocolMappers"]]
        own = {"clientId": made.client_id, "secret": made.secret, "redirectUris": [f"{origin}/auth/{slug}/back"]}
        await self.ask("POST", "clients", {**kept, **own, "attributes": attributes, "protocolMappers": mappers})
        return made

    async def person(self, name: str, *, otp: bool = False) -> Registered:
        """Register somebody, with a password and where asked with one-time codes."""
        login, secret = f"{name.lower()}.{secrets.token_hex(4)}", secrets.token_hex(10) if otp else ""
        keys: list[dict[str, Any]] = [{"type": "password", "value": PASSWORD, "temporary": False}]
        if otp:
            form = {"subType": "totp", "digits": 6, "counter": 0, "period": OTP_STEP_S, "algorithm": "HmacSHA1"}
            keys.append({"type": "otp", "secretData": json.dumps({"value": secret}), "credentialData": json.dumps(form)})
        row = {
            "username": login,
            "enabled": True,
            "firstName": name,
            "lastName": "Test",
            "email": f"{login}@example.org",
            "emailVerified": True,
        }
        return Registered(await self.ask("POST", "users", {**row, "credentials": keys}), login, secret)

    async def rotate(self) -> str:
        """Sign with a new key from now on, the others still published; return what takes it away again."""
        config = {"priority": [str(int(time.time()))], "enabled": ["true"], "active": ["true"], "algorithm": ["RS256"], "keySize": ["2048"]}
        kind = {"providerId": "rsa-generated", "providerType": "org.keycloak.keys.KeyProvider"}
        return await self.ask("POST", "components", {"name": f"key-{secrets.token_hex(4)}", **kind, "config": config})

    async def end_sessions(self, person: Registered) -> None:
        """End everything the person has open at the provider, which tells whoever asked to be told."""
        await self.ask("POST", f"users/{person.id}/logout")


async def introduced(server: Keycloak, origin: str, file: Path, *, listed: bool = False) -> dict[str, Realm]:
    """Make a Joinder at `origin` and both realms known to one another: as a client there, in the file of issuers here."""
    realms = {slug: Realm(server, slug) for slug in AGENCIES}
    entries = [_entry(realm, await realm.client(origin), listed=listed) for realm in realms.values()]
    file.write_text(yaml.safe_dump(entries))
    return realms


def _entry(realm: Realm, client: Client, *, listed: bool) -> dict[str, Any]:
    country = AGENCIES[realm.name]
    return {
        "name": realm.name, "slug": realm.name, "issuer": realm.issuer, "client_id": client.client_id, "client_secret": client.secret,
        "agency": {"country": country, "name": f"Police of {country}"}, "strong": STRONG[realm.name], "listed": listed,
    }  # fmt: skip


@dataclass
class Window:
    """A browser window at the provider: keeps its cookies, fills in the forms that it is shown."""

    person: Registered
    cookies: dict[str, str] = field(default_factory=dict[str, str])
    """Kept by hand: to a browser loopback counts as safe, to httpx it does not."""
    shown: int = 0
    """How many forms were filled in."""

    async def sign_in(self, address: str) -> dict[str, str]:
        """Do what the provider asks for until it sends the browser back; return what the browser carries."""
        async with httpx.AsyncClient(timeout=60) as browser:
            answer = await self._ask(browser, "GET", address)
            while answer.status_code == 200:
                form = FORM.search(answer.text)
                assert form, answer.text[-1500:]
                self.shown += 1
                answer = await self._ask(browser, "POST", html.unescape(form[1]), await self._filled(answer.text))
        assert answer.status_code == 302, answer.text[-1500:]
        return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}

    async def _ask(self, browser: httpx.AsyncClient, method: str, address: str, said: dict[str, str] | None = None) -> httpx.Response:
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = await browser.request(method, address, data=said, headers={"Cookie": kept})
        for given in answer.headers.get_list("set-cookie"):
            name, _, value = given.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer

    async def _filled(self, page: str) -> dict[str, str]:
        if 'name="otp"' in page:
            return {"otp": await self.person.code()}
        return {"username": self.person.login, "password": PASSWORD}
