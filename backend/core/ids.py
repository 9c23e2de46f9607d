"""Identifiers that tell nothing: neither when a thing was made nor how many there are."""

import hmac
import re
import uuid

from backend.core.errors import Invalid

SHORTEST_KEY, LONGEST_CHANGE_KEY = 16, 120
FORM = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def new_id() -> str:
    """Return a random UUIDv4 as 36 lower-case characters."""
    return str(uuid.uuid4())


def is_id(text: str) -> bool:
    """Say whether a text has the form of our ids, so that it cannot be something that a person typed."""
    return FORM.fullmatch(text) is not None


def require_key(key: str) -> None:
    """Pass for an idempotency key that a caller may give a change, else raise `Invalid`."""
    if not key or len(key) > LONGEST_CHANGE_KEY:
        raise Invalid(f"Give each change a key of its own, at most {LONGEST_CHANGE_KEY} characters.", "key")


def content_id(key: bytes, *parts: str | bytes) -> str:
    """Return the id that `parts` always have under `key`, in UUIDv4 form.

    HMAC-SHA256 over the parts, each preceded by its length in 8 bytes (so `"ab", "c"` and `"a", "bc"` differ), its first
    122 free bits set into a version 4 UUID: nobody without `key` can tell it from a random one or test a guess. Text is
    taken as UTF-8. Raises ValueError for a key under 16 bytes.
    """
    if len(key) < SHORTEST_KEY:
        message = "A key for content ids has at least 16 bytes."
        raise ValueError(message)
    mac = hmac.new(key, digestmod="sha256")
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        mac.update(len(data).to_bytes(8, "big"))
        mac.update(data)
    return str(uuid.UUID(bytes=mac.digest()[:16], version=4))
