"""Brings the files of the story in as anybody would: uploaded, sealed, in custody; and writes down what a court said of one of them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backend.core.actor import Actor
from backend.core.context import Context, trail_of
from backend.core.faults import new_correlation
from backend.core.ids import new_id
from backend.demo.paperwork import TITLES, ZONES, Paper, papers
from backend.demo.people import JIT
from backend.evidence import challenges, uploads
from backend.evidence.changes import New
from backend.evidence.rules import Outcome, Said
from graph import access

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from backend.demo.service import Loading

CASE = "na"


async def bring_in(loading: Loading) -> None:
    """Make every paper an exhibit whose id is that of the key `exhibit:` and its number, before the records that cite it."""
    for paper in papers():
        loading.ids["exhibit:" + paper.number] = await _brought(loading, paper)


async def rule(loading: Loading) -> None:
    """Challenge what a court excluded, and write its ruling down, once the records are there that rest on it."""
    for paper in papers():
        if paper.excluded is None:
            continue
        ctx, space, one = _context(loading, paper.by), loading.ids["space:" + JIT], loading.ids["exhibit:" + paper.number]
        new = challenges.New("The defence of R. Santavelli", "Recorded after the order had run out.", "Court of Porto Salino", "IT")
        await challenges.challenge(ctx, space, one, new, new_id())
        challenge = (await challenges.challenges(ctx, space, one))[0]["id"]
        await challenges.decide(ctx, space, challenge, Outcome.EXCLUDED, paper.excluded, new_id())
        await loading.parts.jobs.wait(f"standing {one}")


async def _brought(loading: Loading, paper: Paper) -> str:
    ctx, space = _context(loading, paper.by), loading.ids["space:" + JIT]
    zone = ZONES[paper.by]
    acquired = datetime.fromisoformat(paper.received).replace(tzinfo=ZoneInfo(zone))
    said = Said(
        title=TITLES[paper.number],
        grade=paper.grade,
        handling=paper.handling,
        acquired_at=acquired,
        acquired_zone=zone,
        derivation=paper.derivation,
        details=paper.details,
    )
    parent = loading.ids["exhibit:" + paper.parent] if paper.parent else None
    wanted = uploads.NewUpload(New(loading.ids["case:" + CASE], said, parent), paper.name, len(paper.content), zone)
    begun = await uploads.begin(ctx, space, wanted)
    await uploads.receive(ctx, space, begun["id"], 0, _whole(paper.content))
    await loading.number(space, begun["id"], paper.number)
    return begun["id"]


async def _whole(content: bytes) -> AsyncIterator[bytes]:
    yield content


def _context(loading: Loading, person: str) -> Context:
    agency = loading.ids["agency:" + loading.agency_of[person]]
    actor = Actor(loading.ids["person:" + person], person, agency, "demo", strong_at=access.FOREVER)
    return Context(loading.parts, actor, trail_of(loading.parts, actor), new_correlation())
