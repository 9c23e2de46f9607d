"""Ids from content: the same for the same parts, of the form of a random one, different for anything else."""

import uuid

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from backend.core.ids import content_id, new_id

keys = st.binary(min_size=16, max_size=40)
parts = st.lists(st.text(max_size=8), max_size=4)


@given(key=keys, mine=parts, other=parts)
def test_other_parts_make_another_id(key: bytes, mine: list[str], other: list[str]) -> None:
    assume(mine != other)
    assert content_id(key, *mine) != content_id(key, *other)


@given(key=keys, other=keys, mine=parts)
def test_another_key_makes_another_id(key: bytes, other: bytes, mine: list[str]) -> None:
    # HMAC fills short keys up with zero bytes: keys that differ only there are one key.
    assume(key.rstrip(b"\0") != other.rstrip(b"\0"))
    assert content_id(key, *mine) != content_id(other, *mine)


@given(key=keys, mine=parts)
def test_an_id_is_a_random_looking_uuid_and_stays(key: bytes, mine: list[str]) -> None:
    made = uuid.UUID(content_id(key, *mine))
    assert (made.version, made.variant, str(made)) == (4, uuid.RFC_4122, content_id(key, *mine))


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        content_id(b"short", "x")


def test_new_ids_are_random_uuids() -> None:
    made = [uuid.UUID(new_id()) for _ in range(100)]
    assert (len(set(made)), {one.version for one in made}) == (100, {4})
