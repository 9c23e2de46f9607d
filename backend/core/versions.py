"""Versions: what a reader knew of an item, held against what it is now."""

import hmac

from backend.core.errors import Conflict


def require(expected: str, actual: str) -> None:
    """Raise `Conflict` unless the reader knew the present state. What was sent may be any text at all."""
    if not same(expected, actual):
        raise Conflict


def same(one: str, other: str) -> bool:
    """Say whether two texts are the same, in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode(errors="surrogatepass"), other.encode(errors="surrogatepass"))
