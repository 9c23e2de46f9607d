"""The custody of an exhibit as a PDF, to print and to file: what its page tells the same reader, every hand and every hash."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from backend.evidence import printing, service
from backend.evidence.custody_words import words_of
from backend.evidence.printing import Line
from backend.evidence.rules import Verb
from graph.records import moment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from backend.core.context import Context

SAID = ("legal_authorisation", "legal_basis", "method", "tool", "examiner", "seal_number")
STEP, BELOW = 14.0, 12.0


async def sheet(ctx: Context, space: str, exhibit: str, language: str) -> tuple[bytes, str]:
    """Return the custody of an exhibit as a PDF in a language (en, fr, de, ar; English for any other), and its name.

    Arabic where the machine has a font for it, else English. How often it was viewed stands there for those with the right `read_log`.
    """
    row = await service.exhibit(ctx, space, exhibit)
    events, whole = await service.chain(ctx, space, exhibit)
    reader, views = await service.told_to(ctx, space, exhibit)
    arabic = language == "ar" and printing.speaks_arabic()
    words = words_of("en" if language == "ar" and not arabic else language)
    title = words["title"].format(number=row["number"])
    foot = words["printed"].format(name=reader["name"], agency=_agency(reader["agency"]), at=_at(ctx.now, "UTC"))

    def number(page: int, pages: int) -> str:
        return f"{row['number']} · {words['page'].format(n=page, m=pages)}"

    lines = [*_head(row, title, words), *_chain(events, words, whole=whole), *_views(views, words)]
    made = await asyncio.to_thread(printing.printed, title, lines, foot, number, from_right=arabic)
    return made, f"{row['number']} custody.pdf"


def _head(row: Mapping[str, Any], title: str, words: Mapping[str, str]) -> Iterator[Line]:
    yield Line(title, 16, begins=True)
    yield Line(row["title"], 12, above=4)
    facts = {
        "authority": _agency(row["authority"]), "custodian": _agency(row["custodian"]),
        "acquired_at": _at(row["acquired_at"], row["acquired_zone"]), **{name: row.get(name, "") for name in SAID},
        "parent": "{number} {title}".format(**row["parent"]) if row["parent"] else "", "file": row.get("file_name", ""),
        "hash": row.get("sha256", ""), "sha512": row.get("sha512", ""),
    }  # fmt: skip
    for at, (name, said) in enumerate((name, said) for name, said in facts.items() if said):
        yield Line(f"{words[name]}: {said}", above=0.0 if at else BELOW)
    if row.get("integrity_alert"):
        yield Line(words["altered"].format(at=_at(row["integrity_alert"], "UTC")), above=BELOW)


def _chain(events: Sequence[Mapping[str, Any]], words: Mapping[str, str], *, whole: bool) -> Iterator[Line]:
    yield Line(words["whole"].format(count=len(events)) if whole else words["broken"], above=BELOW, begins=True)
    for at, event in enumerate(events, 1):
        yield Line(f"{at}. {words[event['verb']]} · {_at(event['at'], event['zone'])}", 10, above=BELOW, begins=True)
        for text in _told(event, words):
            yield Line(text, indent=STEP)
        yield Line(f"{words['entry_hash']}: {event['hash']}", printing.SMALL, STEP)


def _told(event: Mapping[str, Any], words: Mapping[str, str]) -> Iterator[str]:
    """Yield who did it (nobody: the server), for whom, from whom to whom, what was said of it, hashes; what is not known is left out."""
    by = [event["person"]["name"]] if event["person"] else []
    by += [_agency(event["agency"])] if event["agency"] else []
    yield " · ".join(by) or words["by_server"]
    if event["from"] and event["to"]:
        yield words["transfer"].format(one=_agency(event["from"]), other=_agency(event["to"]))
    if event["verb"] == Verb.SCANNED:
        yield words["infected"].format(found=event["reason"]) if event.get("reason") else words["clean"]
    for name in ("place", "reason", "condition", "seal", "hash_before", "hash_after", "sha512"):
        if event.get(name) and (event["verb"], name) != (Verb.SCANNED, "reason"):
            yield f"{words[name]}: {event[name]}"
    if event["verb"] == Verb.VERIFIED and not event.get("hash_after"):
        yield words["unopened"]
    if event["open"]:
        yield words["open"]


def _views(views: tuple[int, int] | None, words: Mapping[str, str]) -> Iterator[Line]:
    if views:
        yield Line(words["viewed"].format(times=views[0], people=views[1]), above=BELOW)


def _agency(row: Mapping[str, Any]) -> str:
    return f"{row['name']} ({row['country']})"


def _at(at: str, zone: str) -> str:
    """Return a moment by the clocks of a zone, with the zone and how far it is from UTC: 2026-03-04 10:30:00 +01:00 Europe/Rome."""
    local = moment(at).astimezone(ZoneInfo(zone))
    return f"{local.isoformat(' ', 'seconds')} {zone}"
