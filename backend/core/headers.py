"""The headers that every answer carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from backend.config import Settings

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self'; font-src 'self';"
    " connect-src 'self'; worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
UNUSED = ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment", "usb")
POLICY = b"content-security-policy"
ALWAYS: tuple[tuple[bytes, bytes], ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", ", ".join(f"{feature}=()" for feature in UNUSED).encode()),
)
GRAPHIQL = "/graphiql"
GRAPHIQL_CSP = CSP.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'").replace("font-src 'self'", "font-src 'self' data:")
"""GraphiQL writes styles as it runs and holds its fonts in its style sheet; scripts and connections stay our own."""
HSTS = (b"strict-transport-security", b"max-age=31536000")
ASSETS, FOUND = "/assets/", (200, 206, 304)


def security_headers(settings: Settings, path: str, status: int) -> list[tuple[bytes, bytes]]:
    """Return the headers of an answer: nothing but assets named by their hash may be kept by a browser or a proxy."""
    hashed = path.startswith(ASSETS) and status in FOUND
    cache = b"public, max-age=31536000, immutable" if hashed else b"no-store"
    policy = GRAPHIQL_CSP if settings.graphiql and path.startswith(GRAPHIQL) else CSP
    return [(POLICY, policy.encode()), *ALWAYS, (b"cache-control", cache), *([HSTS] if settings.secure else [])]
