"""The identity providers that this deployment trusts, each bound to one agency, from the file that JOINDER_ISSUERS names.

- name: Polizia di Stato          # on the button of the sign-in page
slug: polizia                   # in addresses: /auth/polizia/start
issuer: https://id.example/realms/polizia
client_id: joinder              # also the audience that tokens must name
client_secret_file: polizia.secret   # beside this file, 0600; or client_secret
agency: {country: IT, name: Polizia di Stato}
listed: true                    # optional: show the button to everybody who opens the sign-in page (default: no)
strong: [gold]                  # optional: acr values that count as a strong sign-in, besides the amr values mfa, otp, hwk
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

import yaml

from backend.config import LOOPBACK_NAMES, UnsafeSetting

if TYPE_CHECKING:
    from pathlib import Path

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,40}")
NEEDED = ("name", "slug", "issuer", "client_id", "agency")
STRONG_METHODS = frozenset({"mfa", "otp", "hwk", "fpt"})
"""Values of `amr` (RFC 8176) that mean a second factor."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """One provider. `country` and `agency` name the authority whose people it knows, and nobody else's."""

    slug: str
    name: str
    issuer: str
    client_id: str
    client_secret: str
    country: str
    agency: str
    listed: bool = False
    strong: frozenset[str] = frozenset()

    def is_strong(self, acr: str | None, amr: list[str]) -> bool:
        """Say whether a sign-in with these claims counts as strong."""
        return acr in self.strong or bool(STRONG_METHODS & set(amr))


def read(path: Path | None) -> dict[str, Issuer]:
    """Return the issuers by slug; raise `UnsafeSetting` that names the entry and what is wrong with it."""
    if path is None:
        return {}
    try:
        said: object = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise UnsafeSetting(f"JOINDER_ISSUERS: {path} cannot be read as YAML.") from error
    if not isinstance(said, list):
        raise UnsafeSetting(f"JOINDER_ISSUERS: {path} holds a list of issuers, each beginning with '- name:'.")
    found: dict[str, Issuer] = {}
    for place, entry in enumerate(cast("list[object]", said), 1):
        one = _issuer(cast("dict[str, Any]", entry) if isinstance(entry, dict) else {}, path, f"JOINDER_ISSUERS: entry {place}")
        if one.slug in found or one.issuer in {other.issuer for other in found.values()}:
            raise UnsafeSetting(f"JOINDER_ISSUERS: entry {place} names a slug or an issuer a second time.")
        found[one.slug] = one
    return found


def _issuer(entry: dict[str, Any], path: Path, place: str) -> Issuer:
    for name in NEEDED:
        if not entry.get(name):
            raise UnsafeSetting(f"{place} has no {name}.")
    agency = cast("dict[str, str]", entry["agency"]) if isinstance(entry["agency"], dict) else {}
    if not agency.get("country") or not agency.get("name"):
        raise UnsafeSetting(f"{place}: agency needs a country and a name.")
    if not SLUG.fullmatch(str(entry["slug"])):
        raise UnsafeSetting(f"{place}: a slug has small letters, digits and hyphens only.")
    address = urlsplit(str(entry["issuer"]))
    if address.scheme != "https" and address.hostname not in LOOPBACK_NAMES:
        raise UnsafeSetting(f"{place}: an issuer is reached by https.")
    return Issuer(
        slug=str(entry["slug"]), name=str(entry["name"]), issuer=str(entry["issuer"]), client_id=str(entry["client_id"]),
        client_secret=_secret(entry, path, place), country=agency["country"], agency=agency["name"],
        listed=entry.get("listed") is True, strong=frozenset(str(each) for each in entry.get("strong") or ()),
    )  # fmt: skip


def _secret(entry: dict[str, Any], path: Path, place: str) -> str:
    if entry.get("client_secret"):
        return str(entry["client_secret"])
    if not entry.get("client_secret_file"):
        raise UnsafeSetting(f"{place} has neither client_secret nor client_secret_file.")
    file = path.parent / str(entry["client_secret_file"])
    try:
        if file.stat().st_mode & 0o077:
            raise UnsafeSetting(f"{place}: others can read {file.name}. Run: chmod 600 {file.name}")
        return file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise UnsafeSetting(f"{place}: {file.name} cannot be read.") from error
