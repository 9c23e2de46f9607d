"""One frozen `Settings` from the environment. Refuses to start when unsafe, and names the setting."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

SHORTEST_TOKEN = 24
SCANNER = re.compile(r"unix:/.+|tcp:.+:[1-9]\d{0,4}")
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
BUCKET_FORM = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
MOST_LOCK_DAYS = 36_500
TOKEN_PARTS = ("MODULE", "TOKEN", "KEY", "PIN_FILE")
KNOWN = frozenset({
    "JOINDER_DATA", "JOINDER_HOST", "JOINDER_PORT", "JOINDER_ORIGIN", "JOINDER_GRAPH_URL", "JOINDER_GRAPH_USER",
    "JOINDER_GRAPH_PASSWORD", "JOINDER_GRAPH_DATABASE", "JOINDER_HEAP", "JOINDER_INTROSPECTION",
    "JOINDER_METRICS_TOKEN", "JOINDER_ISSUERS", "JOINDER_CLAMAV", "JOINDER_S3_URL", "JOINDER_S3_BUCKET", "JOINDER_S3_ACCESS_KEY",
    "JOINDER_S3_SECRET_KEY", "JOINDER_S3_REGION", "JOINDER_S3_LOCK_DAYS", "JOINDER_PKCS11_MODULE", "JOINDER_PKCS11_TOKEN",
    "JOINDER_PKCS11_KEY", "JOINDER_PKCS11_PIN_FILE",
})  # fmt: skip
"""Every setting; backend/README.md says what each is."""


class UnsafeSetting(Exception):
    """A setting that must not be served; the text names it."""


@dataclass(frozen=True, slots=True)
class TokenSettings:
    """A PKCS#11 token that holds master keys: the library that speaks to it, its label, its keys' label, the file with its PIN (0600)."""

    module: Path
    token: str
    key: str
    pin_file: Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that may differ between two deployments.

    `origin` is the address people type (scheme, host, port): the host allow-list and the origin check come from it. Durations in
    seconds, sizes in bytes.
    """

    data: Path
    host: str = "127.0.0.1"
    port: int = 8400
    origin: str = ""
    graph_url: str | None = None
    graph_user: str = "neo4j"
    graph_password: str = ""
    graph_database: str = "neo4j"
    heap: str = "512m"
    demo: bool = False
    frontend: Path | None = None
    session_idle_s: int = 30 * 60
    session_absolute_s: int = 8 * 3600
    heartbeat_s: float = 15.0
    most_upload: int = 64 * 1024**3
    introspection: bool = False
    graphiql: Path | None = None
    issuers: Path | None = None
    key_token: TokenSettings | None = None
    metrics_token: str = ""
    """What whoever reads `/metrics` sends as `Authorization: Bearer …`; without one there is no such page."""
    clamav: str = ""
    """Where files are scanned, `unix:/path` or `tcp:host:port` of a ClamAV daemon; "" where they are not."""

    s3_url: str = ""
    """The S3 server that holds the files; without one a folder does."""
    s3_bucket: str = ""
    s3_access_key: str = ""
    s3_secret_key: str = ""
    s3_region: str = "us-east-1"
    s3_lock_days: int = 0

    @property
    def address(self) -> str:
        """The origin under which people reach this server."""
        return self.origin or f"http://{self.host}:{self.port}"

    @property
    def secure(self) -> bool:
        """Whether cookies travel over TLS only."""
        return self.address.startswith("https://")

    def checked(self) -> Settings:
        """Return these settings, or raise `UnsafeSetting`."""
        loopback = self.host in LOOPBACK_NAMES or _is_loopback(self.host)
        if self.demo and not loopback:
            raise UnsafeSetting("JOINDER_HOST: the demo serves 127.0.0.1 only, since anybody may sign in as its people.")
        if self.demo and self.origin:
            raise UnsafeSetting("JOINDER_ORIGIN: the demo is reached directly, never through a proxy.")
        if not loopback and not self.secure:
            raise UnsafeSetting("JOINDER_ORIGIN: a server that others reach needs https:// here and a TLS proxy in front.")
        if self.graph_url and not self.graph_password:
            raise UnsafeSetting("JOINDER_GRAPH_PASSWORD: a graph server without a password is refused.")
        if self.metrics_token and len(self.metrics_token) < SHORTEST_TOKEN:
            raise UnsafeSetting(f"JOINDER_METRICS_TOKEN: a token that cannot be guessed has at least {SHORTEST_TOKEN} characters.")
        if self.clamav and not SCANNER.fullmatch(self.clamav):
            raise UnsafeSetting("JOINDER_CLAMAV: give the address of a ClamAV daemon as unix:/path or tcp:host:port.")
        self._check_s3()
        return self

    def _check_s3(self) -> None:
        """Refuse a bucket that is half named, or reached so that others read its key or put other bytes in its place."""
        if not self.s3_url:
            if self.s3_bucket or self.s3_access_key or self.s3_secret_key or self.s3_lock_days:
                raise UnsafeSetting("JOINDER_S3_URL: the other settings of a bucket are there, the server's address is not.")
            return
        url = urlsplit(self.s3_url)
        if url.scheme not in {"http", "https"} or not url.hostname or url.username or url.path.strip("/") or url.query:
            raise UnsafeSetting("JOINDER_S3_URL: the address of an S3 server is https://HOST or https://HOST:PORT, nothing more.")
        if url.scheme != "https" and not (url.hostname in LOOPBACK_NAMES or _is_loopback(url.hostname)):
            raise UnsafeSetting("JOINDER_S3_URL: a server on another machine needs https://.")
        if not BUCKET_FORM.fullmatch(self.s3_bucket):
            raise UnsafeSetting("JOINDER_S3_BUCKET: a bucket has a name of 3 to 63 small letters, digits, dots and hyphens.")
        if not self.s3_access_key:
            raise UnsafeSetting("JOINDER_S3_ACCESS_KEY: a bucket that anybody may use is refused.")
        if not self.s3_secret_key:
            raise UnsafeSetting("JOINDER_S3_SECRET_KEY: a bucket that anybody may use is refused.")

    def with_port(self, port: int) -> Settings:
        """Return the same settings on another port."""
        return replace(self, port=port)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings from `JOINDER_…` variables; unknown ones are refused, since a misspelt one would be silently unsafe."""
    strange = sorted(
        name for name in environment if name.startswith("JOINDER_") and name not in KNOWN and not name.startswith("JOINDER_TEST_")
    )
    if strange:
        raise UnsafeSetting(f"{strange[0]}: no such setting. Known are {', '.join(sorted(KNOWN))}.")
    get = environment.get
    pages = Path(__file__).resolve().parent.parent / "frontend"
    dist, graphiql, introspection = pages / "dist", pages / "graphiql" / "dist", get("JOINDER_INTROSPECTION") == "1"
    return Settings(
        data=Path(get("JOINDER_DATA", ".data")).resolve(),
        host=get("JOINDER_HOST", "127.0.0.1"),
        port=_port(get("JOINDER_PORT", "8400")),
        origin=get("JOINDER_ORIGIN", "").rstrip("/"),
        graph_url=get("JOINDER_GRAPH_URL") or None,
        graph_user=get("JOINDER_GRAPH_USER", "neo4j"),
        graph_password=get("JOINDER_GRAPH_PASSWORD", ""),
        graph_database=get("JOINDER_GRAPH_DATABASE", "neo4j"),
        heap=get("JOINDER_HEAP", "512m"),
        frontend=dist if dist.is_dir() else None,
        introspection=introspection,
        graphiql=graphiql if introspection and graphiql.is_dir() else None,
        issuers=Path(said).resolve() if (said := get("JOINDER_ISSUERS")) else None,
        metrics_token=get("JOINDER_METRICS_TOKEN", ""),
        clamav=get("JOINDER_CLAMAV", ""),
        s3_url=get("JOINDER_S3_URL", "").rstrip("/"),
        s3_bucket=get("JOINDER_S3_BUCKET", ""),
        s3_access_key=get("JOINDER_S3_ACCESS_KEY", ""),
        s3_secret_key=get("JOINDER_S3_SECRET_KEY", ""),
        s3_region=get("JOINDER_S3_REGION") or "us-east-1",
        s3_lock_days=_days(get("JOINDER_S3_LOCK_DAYS") or "0"),
        key_token=_key_token({one: said for one in TOKEN_PARTS if (said := get(f"JOINDER_PKCS11_{one}"))}),
    ).checked()


def _key_token(said: Mapping[str, str]) -> TokenSettings | None:
    """Return the token named, or None; a half-named one is refused."""
    missing = [one for one in TOKEN_PARTS if one not in said]
    if len(missing) == len(TOKEN_PARTS):
        return None
    if missing:
        raise UnsafeSetting(f"JOINDER_PKCS11_{missing[0]}: a token needs all four settings JOINDER_PKCS11_…, and this one is not set.")
    return TokenSettings(Path(said["MODULE"]).resolve(), said["TOKEN"], said["KEY"], Path(said["PIN_FILE"]).resolve())


def _port(text: str) -> int:
    if not text.isdigit() or not 0 <= int(text) <= 65535:  # noqa: PLR2004 - the range of TCP ports
        raise UnsafeSetting(f"JOINDER_PORT: {text!r} is not a port.")
    return int(text)


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text) > MOST_LOCK_DAYS:
        raise UnsafeSetting(f"JOINDER_S3_LOCK_DAYS: {text!r} is not a number of days from 0 to {MOST_LOCK_DAYS}.")
    return int(text)
