"""The demo's story: the same each time, valid against the ontology, and with its planted findings."""

from __future__ import annotations

import pytest

from backend.demo.story import story
from graph import ontology

WHOLE = story()
KINDS = {it.key: it.kind for it in WHOLE.entities}


def test_the_story_is_the_same_each_time() -> None:
    assert story() == WHOLE


def test_the_whole_story_has_about_two_thousand_items_and_six_thousand_links() -> None:
    assert 1900 <= len(WHOLE.entities) <= 2200
    assert 5400 <= len(WHOLE.links) <= 6600


def test_the_heart_of_the_story_has_fifty_items() -> None:
    assert 50 <= len(story(small=True).entities) <= 70


def test_every_link_is_one_that_the_ontology_allows() -> None:
    wrong = [it for it in WHOLE.links if it.kind not in {k.name for k in ontology.links_between(KINDS[it.source], KINDS[it.target])}]
    assert not wrong


def test_every_value_is_of_a_property_of_its_kind() -> None:
    kinds = KINDS | {it.key: it.kind for it in WHOLE.links}
    wrong = {(kinds[r.about], name) for r in WHOLE.records for name in r.values if ontology.property_kind(kinds[r.about], name) is None}
    assert not wrong


def test_every_subject_has_a_record() -> None:
    assert {it.key for it in (*WHOLE.entities, *WHOLE.links)} == {r.about for r in WHOLE.records}


@pytest.mark.parametrize("date", ["1979-04-12", "1981-04-12"])
def test_records_contradict_one_another(date: str) -> None:
    assert any(r.about == "dravec" and r.values.get("birthDate") == (date,) for r in WHOLE.records)
