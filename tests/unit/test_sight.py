"""Why a member can, or cannot, see something: every reason, and the fewest markings by which it is so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend.entities.sight.rules import Reason, Source, one_for_each_person, sight
from graph.access import FOREVER, Scope, class_id

if TYPE_CHECKING:
    from collections.abc import Sequence

NOW, BEFORE, LATER = "2026-11-24T12:00:00.000000Z", "2026-01-01T00:00:00.000000Z", "2027-01-01T00:00:00.000000Z"


def source(name: str, *markings: str) -> Source:
    return Source(name, class_id("S", frozenset({frozenset(markings)})), frozenset(markings))


def scope(role: str | None, *held: str, layers: Sequence[Sequence[Source]] = ()) -> Scope:
    vis = sorted({one.vis for layer in layers for one in layer if one.markings <= set(held)})
    return Scope("S", "u", "g", "m" if role else None, role, frozenset(held), vis, FOREVER, 1)


def membership(state: str = "active", since: str = BEFORE, to: str = FOREVER, own: str = "m", person: str = "u") -> dict[str, Any]:
    return {"id": own, "state": state, "valid_from": since, "valid_to": to, "person": {"id": person}}


def reason(layers: Sequence[Sequence[Source]], role: str | None, *held: str, **row: str) -> tuple[Reason, set[str]]:
    found = sight(membership(**row), scope(role, *held, layers=layers), layers, NOW)
    assert found.sees is (found.reason in {Reason.UNMARKED, Reason.CLEARED})
    return found.reason, set(found.markings)


def test_an_unmarked_record_is_for_every_member_who_reads() -> None:
    assert reason([[source("r"), source("q", "covert")]], "observer") == (Reason.UNMARKED, set())


def test_whoever_holds_all_markings_of_one_record_is_cleared_and_told_by_which() -> None:
    layers = [[source("r", "covert", "privileged"), source("q", "victim")]]
    assert reason(layers, "lead", "covert", "privileged") == (Reason.CLEARED, {"covert", "privileged"})
    assert reason(layers, "lead", "covert", "privileged", "victim") == (Reason.CLEARED, {"victim"})


def test_whoever_lacks_a_marking_is_told_the_fewest_that_would_do() -> None:
    layers = [[source("r", "covert", "privileged"), source("q", "victim", "national", "other")]]
    assert reason(layers, "analyst", "covert") == (Reason.LACKS_MARKING, {"privileged"})


def test_a_link_needs_both_its_ends() -> None:
    layers = [[source("l")], [source("a")], [source("b", "covert")]]
    assert reason(layers, "analyst") == (Reason.LACKS_MARKING, {"covert"})
    assert reason(layers, "analyst", "covert") == (Reason.CLEARED, {"covert"})


def test_a_role_that_reads_no_content_sees_nothing() -> None:
    assert reason([[source("r")]], "oversight")[0] is Reason.READS_NO_CONTENT


def test_a_membership_that_does_not_count_says_why() -> None:
    layers = [[source("r")]]
    assert reason(layers, None, state="invited")[0] is Reason.INVITED
    assert reason(layers, None, state="ended")[0] is Reason.ENDED
    assert reason(layers, None, to=NOW)[0] is Reason.ENDED
    assert reason(layers, None, since=LATER)[0] is Reason.BEGINS_LATER
    assert reason(layers, None)[0] is Reason.DISABLED


def test_it_counts_the_records_that_a_member_sees_of_the_item_alone() -> None:
    layers = [[source("r"), source("q", "covert"), source("p")], [source("end")]]
    found = sight(membership(), scope("analyst", layers=layers), layers, NOW)
    assert (found.records, found.lacking) == (2, {"covert"})


def test_of_two_memberships_of_a_person_the_one_in_force_counts_and_else_the_latest() -> None:
    old, new = membership("ended", own="old"), membership("invited", since=NOW, own="new")
    nowhere, inside = scope(None), Scope("S", "u", "g", "old", "analyst", frozenset(), [], FOREVER, 1)
    assert [row["id"] for row in one_for_each_person([old, new], {"u": nowhere})] == ["new"]
    assert [row["id"] for row in one_for_each_person([old, new], {"u": inside})] == ["old"]
    assert [row["id"] for row in one_for_each_person([new, old], {"u": inside})] == ["old"]
