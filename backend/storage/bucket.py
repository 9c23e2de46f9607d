"""Makes the bucket of a deployment, with an administrator's key, and says what the server's own key must be allowed and no more."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from backend.storage.move import MoveError
from backend.storage.place import address
from backend.storage.s3_calls import S3Calls
from backend.storage.store import FEATURES

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend.config import Settings

POLICY = Path(__file__).with_name("policy.json")
NAMED = "BUCKET"
"""What stands for the bucket's name in the policy."""


def prepare(settings: Settings, say: Callable[[str], None]) -> None:
    """Make the bucket where it is not there yet, tell what it offers and print the policy. Blocks. Raises StoreError."""
    bucket = address(settings)
    if bucket is None:
        raise MoveError("Set JOINDER_S3_URL and the settings that go with it, here with an administrator's key: they name the bucket.")
    calls = S3Calls(bucket)
    try:
        new = calls.make_bucket()
        offers, _ = calls.offers()
    finally:
        calls.close()
    say(f"The bucket {bucket.bucket} is {'made' if new else 'there already'}.")
    for feature in FEATURES:
        say(f"  {feature}: {'offered' if feature in offers else 'not offered; nothing here will use it'}")
    say("Give the server a key of its own that is allowed this and nothing else:")
    say(policy(bucket.bucket))


def policy(name: str) -> str:
    """Return the least that the server's key must be allowed on a bucket, as JSON."""
    return POLICY.read_text().replace(NAMED, name).rstrip()


def actions() -> frozenset[str]:
    """Return the S3 actions that the policy allows."""
    return frozenset(action for statement in json.loads(POLICY.read_text())["Statement"] for action in statement["Action"])
