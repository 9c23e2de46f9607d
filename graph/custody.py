"""The custody of an exhibit: what happened to it, each event chained to the one before it by its hash, written with the change itself.

The hash of an event is SHA-256 over its JSON (UTF-8, keys sorted, no spaces, what is not set left out) without `hash` itself; `prev_hash`
is that of the event before it, empty in the first. How many there are and the last hash stand on the exhibit too, so that an event cut
off at the end is missed.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from typing import TYPE_CHECKING, Any, LiteralString

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.driver import Tx

# The write comes first: of two who write at once the second reads what the first one left.
HEAD: LiteralString = """
MATCH (x:EvidenceItem {id: $exhibit}) SET x.lock = coalesce(x.lock, 0) + 1
RETURN [coalesce(x.custody_count, 0), coalesce(x.custody_hash, '')]
"""
APPEND: LiteralString = """
MATCH (x:EvidenceItem {id: $exhibit}) SET x.custody_count = $count, x.custody_hash = $hash
WITH x UNWIND $rows AS row CREATE (c:CustodyEvent) SET c = row RETURN count(c)
"""


async def append(tx: Tx, exhibit: str, said: Sequence[dict[str, Any]]) -> list[str]:
    """Write events {verb, by, agency, at, …} of an exhibit of the same space, in order; return their ids. `None` values are left out."""
    count, last = await tx.value(HEAD, exhibit=exhibit)
    rows = list[dict[str, Any]]()
    for place, each in enumerate(said, count + 1):
        row = {name: value for name, value in each.items() if value is not None}
        row |= {"id": str(uuid.uuid4()), "exhibit": exhibit, "seq": place, "prev_hash": last}
        last = row["hash"] = hash_of(row)
        rows.append(row)
    await tx.value(APPEND, exhibit=exhibit, count=count + len(rows), hash=last, rows=rows)
    return [row["id"] for row in rows]


def hash_of(event: dict[str, Any]) -> str:
    """Return the hash that an event must carry, 64 hexadecimal digits."""
    plain = {name: value for name, value in event.items() if name != "hash"}
    return hashlib.sha256(json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()


def broken_at(events: Sequence[dict[str, Any]], count: int, last: str) -> int | None:
    """Return the number of the first event that is not what was written, or is missing; None for a whole chain in the order written."""
    before = ""
    for place, event in enumerate(events, 1):
        if event.get("seq") != place or event.get("prev_hash") != before or event.get("hash") != hash_of(event):
            return place
        before = event["hash"]
    return None if (len(events), before) == (count, last) else len(events) + 1
