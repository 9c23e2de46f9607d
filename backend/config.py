"""One frozen `Settings` from the environment. Refuses to start when unsafe, and names the setting."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SHORTEST_TOKEN = 24
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
KNOWN = frozenset({
    "JOINDER_DATA", "JOINDER_HOST", "JOINDER_PORT", "JOINDER_ORIGIN", "JOINDER_GRAPH_URL", "JOINDER_GRAPH_USER",
    "JOINDER_GRAPH_PASSWORD", "JOINDER_GRAPH_DATABASE", "JOINDER_HEAP", "JOINDER_INTROSPECTION",
    "JOINDER_METRICS_TOKEN", "JOINDER_ISSUERS",
})  # fmt: skip
"""Every setting; backend/README.md says what each is."""


class UnsafeSetting(Exception):
    """A setting that must not be served; the text names it."""


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
    most_upload: int = 20 * 1024**3
    introspection: bool = False
    graphiql: Path | None = None
    issuers: Path | None = None
    metrics_token: str = ""
    """What whoever reads `/metrics` sends as `Authorization: Bearer …`; without one there is no such page."""

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
        return self

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
    ).checked()


def _port(text: str) -> int:
    if not text.isdigit() or not 0 <= int(text) <= 65535:  # noqa: PLR2004 - the range of TCP ports
        raise UnsafeSetting(f"JOINDER_PORT: {text!r} is not a port.")
    return int(text)
