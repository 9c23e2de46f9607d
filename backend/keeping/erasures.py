"""The register of erasures: a certificate for each, in the folder `erasures/` of the data folder and beside every backup.

A certificate holds ids, counts, hashes and row numbers, no name and no value, so that it may lie in the clear wherever a copy of the
deployment lies: whoever restores an older backup carries out again what it says.

    {format, id, number, at, by, agency, space, reason, order, entities, records, links, identifiers, releases, tasks, comments, files,
     left, engine, previous, hash, mac}

`hash` is SHA-256 over its JSON (UTF-8, keys sorted, no spaces) without `hash` and `mac`; `previous` is that of the certificate before, ""
in the first; `mac` is HMAC-SHA256 over the hash under the deployment's secret, so that nobody who can write beside a backup has a restore
erase what they name. The hash stands in the audit log too, under the operation erasure.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from backend.keeping.recovery import KeepingError
from backend.storage import key_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FORMAT, FOLDER = "joinder-erasure-1", "erasures"
LARGEST = 1 << 28
DAMAGED = "The register of erasures is damaged at number {}: {}. Put the folder erasures/ back from a backup; nothing was changed."

Certificate = dict[str, Any]


class Reason(StrEnum):
    """Why somebody is erased (Directive (EU) 2016/680, Article 16; Article 5 for the last)."""

    ENTERED_WRONGLY = "entered_wrongly"
    UNLAWFUL = "unlawful"
    ORDERED = "ordered"
    TIME_OVER = "time_over"


def sealed(draft: Certificate, before: list[Certificate], secret: bytes) -> Certificate:
    """Return a certificate with its number, chained to those before it."""
    found = draft | {"format": FORMAT, "number": len(before) + 1, "previous": before[-1]["hash"] if before else ""}
    found["hash"] = hash_of(found)
    return found | {"mac": _mac(found["hash"], secret)}


def hash_of(certificate: Certificate) -> str:
    """Return the hash that a certificate must carry, 64 hexadecimal digits."""
    plain = {name: value for name, value in certificate.items() if name not in {"hash", "mac"}}
    return hashlib.sha256(json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()


def broken(found: list[Certificate], secret: bytes) -> tuple[int, str] | None:
    """Return the number of the first certificate that is not what was written, and why; None for a whole register in order."""
    before = ""
    for number, one in enumerate(found, 1):
        if one.get("format") != FORMAT or one.get("number") != number or one.get("previous") != before:
            return number, "it does not follow the one before it"
        if one.get("hash") != hash_of(one):
            return number, "it was changed"
        if not hmac.compare_digest(str(one.get("mac")), _mac(one["hash"], secret)):
            return number, "it is of another deployment"
        before = one["hash"]
    return None


def require_whole(found: list[Certificate], secret: bytes) -> None:
    """Raise KeepingError where `broken` finds something."""
    if wrong := broken(found, secret):
        raise KeepingError(DAMAGED.format(*wrong))


def read(data: Path) -> list[Certificate]:
    """Return the certificates of a data folder in order, unchecked. Raises KeepingError for what cannot be read at all."""
    return in_order(key_file.read_private(path, LARGEST) for path in (data / FOLDER).glob("*.json"))


def in_order(texts: Iterable[str]) -> list[Certificate]:
    """Return certificates from their texts, each once, by number. Raises KeepingError for what is none."""
    found = dict[str, Certificate]()
    for text in texts:
        try:
            one: Certificate = json.loads(text)
            found[text] = one | {"number": int(one["number"])}
        except (ValueError, KeyError, TypeError):
            raise KeepingError(DAMAGED.format("?", "a file of it does not read")) from None
    return sorted(found.values(), key=lambda one: one["number"])


def text_of(certificate: Certificate) -> str:
    """Return the text of a certificate's file."""
    return json.dumps(certificate, sort_keys=True, indent=1, ensure_ascii=False) + "\n"


def write(data: Path, certificate: Certificate) -> None:
    """Keep a certificate durably; said again it changes nothing."""
    (data / FOLDER).mkdir(mode=0o700, exist_ok=True)
    key_file.write_once(data / FOLDER / f"{name_of(certificate)}.json", text_of(certificate))


def name_of(certificate: Certificate) -> str:
    """Return what a certificate's file is called, without its ending."""
    return f"{certificate['number']:06d}-{certificate['id']}"


def lines(certificate: Certificate) -> list[str]:
    """Return a certificate as people read it, ids and counts alone; one without a number is of what was only looked at."""
    one, done = certificate, certificate["number"] > 0
    counts = ", ".join(f"{one[name]} {name}" for name in ("records", "links", "identifiers", "releases", "tasks", "comments"))
    return [
        f"Certificate of erasure {one['number']}, {one['id']}" if done else "This would be erased:",
        f"{'carried out' if done else 'seen'} at {one['at']} by {one['by']} of {one['agency']}",
        f"reason: {one['reason']}; order: {one['order']}",
        f"space {one['space']}; entities: {', '.join(one['entities'])}",
        f"erased with them: {counts}",
        *(_file_line(each) for each in one["files"]),
        f"graph: {one['engine']}",
        *(f"left, to be looked at: {sort} {each}" for sort, each in one["left"]),
        *([f"SHA-256 {one['hash']}, behind {one['previous'] or 'none'}"] if done else []),
    ]


def _file_line(file: dict[str, Any]) -> str:
    rows = ", ".join(str(row) for row in file["rows"])
    kept = "; the store keeps its bytes under lock until their time" if file["locked"] else ""
    return (
        f"file of exhibit {file['exhibit']} (SHA-256 {file['sha256']}): key destroyed{kept}; exhibit {file['copy']} "
        f"(SHA-256 {file['copy_sha256']}) replaces it without rows {rows}"
    )


def _mac(hashed: str, secret: bytes) -> str:
    return hmac.new(secret, b"joinder erasure 1 " + hashed.encode(), "sha256").hexdigest()
