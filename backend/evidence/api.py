"""GraphQL: exhibits and their custody. Files go over HTTP (`files.py`)."""

from __future__ import annotations

from typing import Annotated

import strawberry

from backend.core.graphql import Info, ctx, page_info
from backend.evidence import challenges, changes, citations, consents, integrity, marking, page_search, pages, service
from backend.evidence.challenge_types import Challenge, ChallengeInput, Citation, WhatFalls, challenge_of, citation_of, falls_of
from backend.evidence.changes import New
from backend.evidence.consent_types import ConsentInput, ExhibitConsents, consents_of
from backend.evidence.custody_types import Custody, CustodyInput, ExhibitViewing, event_of, viewing_of
from backend.evidence.page_types import ExhibitPages, ExhibitPassage, pages_of, passage_of
from backend.evidence.rules import Outcome, Verb
from backend.evidence.service import Wanted
from backend.evidence.types import Exhibit, ExhibitFilter, ExhibitInput, ExhibitPage, exhibit_of


async def _one(info: Info, space: str, exhibit: str) -> Exhibit:
    return exhibit_of(await service.exhibit(ctx(info), space, exhibit))


@strawberry.type
class EvidenceQuery:
    """Reading exhibits."""

    @strawberry.field(description="The visible exhibits of a space, by number.")
    async def exhibits(
        self,
        info: Info,
        space: strawberry.ID,
        filter: ExhibitFilter | None = None,
        first: int = 50,
        after: str | None = None,
    ) -> ExhibitPage:
        """Return a page of exhibits."""
        page = await service.exhibits(ctx(info), space, filter.wanted() if filter else Wanted(), first, after)
        return ExhibitPage(items=[exhibit_of(row) for row in page.items], total=page.total or 0, page_info=page_info(page.end))

    @strawberry.field(description="One exhibit.")
    async def exhibit(self, info: Info, space: strawberry.ID, id: strawberry.ID) -> Exhibit:
        """Return one exhibit."""
        return await _one(info, space, id)

    @strawberry.field(description="The custody of an exhibit.")
    async def custody(self, info: Info, space: strawberry.ID, exhibit: strawberry.ID) -> Custody:
        """Return its events."""
        events, whole = await service.chain(ctx(info), space, exhibit)
        return Custody(events=[event_of(row) for row in events], whole=whole)

    @strawberry.field(description="Text of an exhibit's pages, from one on; at most 20 at once.")
    async def exhibit_pages(
        self,
        info: Info,
        space: strawberry.ID,
        exhibit: strawberry.ID,
        from_: Annotated[int, strawberry.argument(name="from")] = 1,
        count: int = 5,
    ) -> ExhibitPages:
        """Return pages."""
        return pages_of(await pages.pages(ctx(info), space, exhibit, from_, count))

    @strawberry.field(description="Pages on which all words of a text stand, by exhibit number and page; the last word may be only begun.")
    async def exhibit_text(self, info: Info, space: strawberry.ID, text: str, first: int = 20) -> list[ExhibitPassage]:
        """Return where the words stand."""
        return [passage_of(found) for found in await page_search.search(ctx(info), space, text, first)]

    @strawberry.field(description="Who viewed an exhibit, last first: everybody for who reads the log, themselves for anybody else.")
    async def exhibit_viewings(self, info: Info, space: strawberry.ID, exhibit: strawberry.ID) -> list[ExhibitViewing]:
        """Return viewings by the hour."""
        return [viewing_of(row) for row in await service.viewings(ctx(info), space, exhibit)]

    @strawberry.field(description="The challenges of an exhibit, oldest first.")
    async def challenges(self, info: Info, space: strawberry.ID, exhibit: strawberry.ID) -> list[Challenge]:
        """Return challenges."""
        return [challenge_of(row) for row in await challenges.challenges(ctx(info), space, exhibit)]

    @strawberry.field(description="What the provider of an exhibit consented to: its use in court and handing it on.")
    async def consents(self, info: Info, space: strawberry.ID, exhibit: strawberry.ID) -> ExhibitConsents:
        """Return consents."""
        return consents_of(await consents.consents(ctx(info), space, exhibit))

    @strawberry.field(description="The records that cite an exhibit, by locator; with a page those that cite a place on it.")
    async def citations(self, info: Info, space: strawberry.ID, exhibit: strawberry.ID, page: int | None = None) -> list[Citation]:
        """Return citations."""
        return [citation_of(row) for row in await citations.citations(ctx(info), space, exhibit, page)]

    @strawberry.field(description="What rests on an exhibit and would fall were it excluded in a country, of what the reader sees.")
    async def what_falls(self, info: Info, space: strawberry.ID, exhibit: strawberry.ID, country: str | None = None) -> WhatFalls:
        """Return what would fall, and what would keep another source."""
        return falls_of(await challenges.falls(ctx(info), space, exhibit, country))


@strawberry.type
class EvidenceMutation:
    """Changing exhibits."""

    @strawberry.mutation(description="Register an exhibit without a file. One with a file is registered by sending the file.")
    async def register_exhibit(
        self,
        info: Info,
        space: strawberry.ID,
        case: strawberry.ID,
        exhibit: ExhibitInput,
        key: str,
        custody: CustodyInput | None = None,
        parent: strawberry.ID | None = None,
        markings: list[strawberry.ID] = [],  # noqa: B006 - strawberry copies it into the schema
    ) -> Exhibit:
        """Return the exhibit."""
        new = New(case, exhibit.said(), parent, frozenset(markings))
        made = await changes.register(ctx(info), space, new, (custody or CustodyInput()).entry(Verb.COLLECTED), key)
        return await _one(info, space, made)

    @strawberry.mutation(description="Change what is said of an exhibit of one's own authority; file, hashes and custody never change.")
    async def change_exhibit(
        self, info: Info, space: strawberry.ID, id: strawberry.ID, exhibit: ExhibitInput, expected_version: str, key: str
    ) -> Exhibit:
        """Return the exhibit."""
        return await _one(info, space, await changes.alter(ctx(info), space, id, exhibit.said(), expected_version, key))

    @strawberry.mutation(description="Record what was done with an exhibit that one's own authority holds.")
    async def record_custody(
        self, info: Info, space: strawberry.ID, exhibit: strawberry.ID, verb: Verb, custody: CustodyInput, key: str
    ) -> Exhibit:
        """Return the exhibit."""
        return await _one(info, space, await changes.record(ctx(info), space, exhibit, custody.entry(verb), key))

    @strawberry.mutation(description="Hand an exhibit to another authority of the space; open until they confirm its receipt.")
    async def hand_over_exhibit(
        self, info: Info, space: strawberry.ID, exhibit: strawberry.ID, to: strawberry.ID, custody: CustodyInput, key: str
    ) -> Exhibit:
        """Return the exhibit."""
        return await _one(info, space, await changes.hand_over(ctx(info), space, exhibit, to, custody.entry(Verb.TRANSFERRED_OUT), key))

    @strawberry.mutation(
        description="Confirm the receipt of an exhibit that was handed to one's own authority, which holds it from then on."
    )
    async def confirm_exhibit_receipt(
        self, info: Info, space: strawberry.ID, exhibit: strawberry.ID, custody: CustodyInput, key: str
    ) -> Exhibit:
        """Return the exhibit."""
        return await _one(info, space, await changes.receive(ctx(info), space, exhibit, custody.entry(Verb.RECEIVED), key))

    @strawberry.mutation(
        description="Put further markings on an exhibit and on all that was derived from it; records that cite it keep their own."
    )
    async def mark_exhibit(
        self, info: Info, space: strawberry.ID, id: strawberry.ID, markings: list[strawberry.ID], expected_version: str, key: str
    ) -> Exhibit:
        """Return the exhibit."""
        return await _one(info, space, await marking.mark(ctx(info), space, id, frozenset(markings), expected_version, key))

    @strawberry.mutation(
        description="Take markings off an exhibit alone, by decision of its owning authority; what was derived from it keeps its own."
    )
    async def release_exhibit(
        self,
        info: Info,
        space: strawberry.ID,
        id: strawberry.ID,
        markings: list[strawberry.ID],
        reason: str,
        expected_version: str,
        key: str,
    ) -> Exhibit:
        """Return the exhibit."""
        done = await marking.release(ctx(info), space, id, frozenset(markings), reason, expected_version, key)
        return await _one(info, space, done)

    @strawberry.mutation(description="Have the file of an exhibit read in full and its hash checked; custody tells what came of it.")
    async def check_integrity(self, info: Info, space: strawberry.ID, exhibit: strawberry.ID, key: str) -> Exhibit:
        """Return the exhibit, its check under way."""
        return await _one(info, space, await integrity.check(ctx(info), space, exhibit, key))

    @strawberry.mutation(description="Write down that an exhibit is challenged; what rests on it says so.")
    async def challenge_exhibit(
        self, info: Info, space: strawberry.ID, exhibit: strawberry.ID, challenge: ChallengeInput, key: str
    ) -> Exhibit:
        """Return the exhibit."""
        return await _one(info, space, await challenges.challenge(ctx(info), space, exhibit, challenge.new(), key))

    @strawberry.mutation(description="Write down what a court decided on a challenge; what it excludes is excluded in its country.")
    async def decide_challenge(
        self, info: Info, space: strawberry.ID, id: strawberry.ID, outcome: Outcome, ruling: str, key: str
    ) -> Exhibit:
        """Return the exhibit."""
        return await _one(info, space, await challenges.decide(ctx(info), space, id, outcome, ruling, key))

    @strawberry.mutation(description="Consent, for one's own authority, to a use of an exhibit that is theirs.")
    async def give_consent(self, info: Info, space: strawberry.ID, exhibit: strawberry.ID, consent: ConsentInput, key: str) -> Exhibit:
        """Return the exhibit."""
        return await _one(info, space, await consents.give(ctx(info), space, exhibit, consent.new(), key))

    @strawberry.mutation(description="Withdraw a consent of one's own authority; what was done under it stays done.")
    async def withdraw_consent(self, info: Info, space: strawberry.ID, id: strawberry.ID, key: str, reason: str = "") -> Exhibit:
        """Return the exhibit."""
        return await _one(info, space, await consents.withdraw(ctx(info), space, id, reason, key))
