"""Where a page ends, as a reader gets to see it: sealed, so that it tells nothing and cannot be made up.

The same place gives one reader the same cursor again (AES-SIV), so that pages stay in a browser's cache; another reader, space or list
cannot open it. A place may be what never leaves the server otherwise: the number of an event, the name that a list is sorted by.
"""

from __future__ import annotations

import base64
import binascii
from functools import lru_cache
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from backend.core.errors import Invalid

if TYPE_CHECKING:
    from backend.core.context import Context

LONGEST = 16_384
DAMAGED = "This page cannot be found any more. Begin at the first one."


@lru_cache(maxsize=8)
def _key(secret: bytes) -> AESSIV:
    return AESSIV(HKDF(SHA256(), 64, None, b"joinder page cursor").derive(secret))


def _bound_to(ctx: Context, listing: str, space: str) -> list[bytes]:
    return [listing.encode(), space.encode(), ctx.who.user.encode()]


def sealed(ctx: Context, listing: str, space: str, place: str) -> str:
    """Return the cursor of a place in a list of a space, for this reader."""
    return base64.urlsafe_b64encode(_key(ctx.parts.secret).encrypt(place.encode(), _bound_to(ctx, listing, space))).rstrip(b"=").decode()


def opened(ctx: Context, listing: str, space: str, cursor: str | None) -> str | None:
    """Return the place that a cursor stands for; None for none. Raises `Invalid` for one that was not made for this."""
    if cursor is None:
        return None
    try:
        raw = base64.b64decode(cursor[:LONGEST] + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        return _key(ctx.parts.secret).decrypt(raw, _bound_to(ctx, listing, space)).decode()
    except (InvalidTag, ValueError, binascii.Error) as error:
        raise Invalid(DAMAGED, "after") from error
