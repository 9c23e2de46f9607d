"""The pure rules of the live socket: what is told of an event, the cursor, messages, presence."""

from __future__ import annotations

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.realtime import messages, rules
from backend.realtime.messages import Announce, BadMessage, Notice, Subscribe, Unsubscribe, parse
from backend.realtime.presence import MOST_PEOPLE, Presence, seen_by
from backend.realtime.rules import Reader, verdict
from graph.access import FOREVER, Scope
from graph.outbox import EVERYONE
from graph.queries.realtime import Event

OPEN, MARKED = "class-open", "class-marked"
HOLDER = Reader(content=True, vis=frozenset({OPEN, MARKED}), held=frozenset({"covert"}))
OTHER = Reader(content=True, vis=frozenset({OPEN}), held=frozenset())
OVERSIGHT = Reader(content=False, vis=frozenset(), held=frozenset())
SECRET, NOW = b"s" * 32, 1_800_000_000


def event(kind: str, before: tuple[str, ...], after: tuple[str, ...], subject: str = "it") -> Event:
    return Event(1, kind, subject, before, after)


def scope(**changes: object) -> Scope:
    said = {"space": "s", "user": "u", "agency": "a", "membership": "m", "role": "investigator", "held": frozenset[str](), "vis": [OPEN]}
    return Scope(**{**said, "until": FOREVER, "access_version": 1, **changes})  # pyright: ignore[reportArgumentType] - a table of fields


# (kind, before, after, classes now, reader) → verdict
CASES = [
    ("entity", (), (OPEN,), (OPEN,), OTHER, "changed"),
    ("entity", (), (MARKED,), (OPEN,), OTHER, None),
    ("entity", (), (MARKED,), (OPEN,), HOLDER, "changed"),
    ("entity", (OPEN,), (MARKED,), (MARKED,), OTHER, "gone"),
    ("entity", (OPEN,), (MARKED,), (MARKED,), HOLDER, "changed"),
    ("entity", (OPEN,), (MARKED,), (OPEN,), OTHER, "changed"),
    ("entity", (MARKED,), (OPEN,), (OPEN,), OTHER, "changed"),
    ("entity", (MARKED,), (OPEN,), (MARKED,), OTHER, None),
    ("entity", (OPEN,), (OPEN,), (), OTHER, "gone"),
    ("entity", (), (OPEN,), (), OTHER, None),
    ("entity", (), (), (OPEN,), HOLDER, None),
    ("link", (), (OPEN, OPEN, MARKED), (OPEN, OPEN, MARKED), OTHER, None),
    ("link", (), (OPEN, OPEN, MARKED), (OPEN, OPEN, MARKED), HOLDER, "changed"),
    ("link", (OPEN, OPEN, OPEN), (OPEN, OPEN, OPEN), (OPEN, OPEN, MARKED), OTHER, "gone"),
    ("merge", (), (OPEN, OPEN, MARKED), (OPEN,), OTHER, None),
    ("case", (OPEN,), (OPEN,), (OPEN,), OTHER, "changed"),
    ("import", (), (MARKED,), (MARKED,), OTHER, None),
    ("import", (), (MARKED,), (MARKED,), HOLDER, "changed"),
    ("import", (), (OPEN,), (MARKED,), OTHER, None),
    ("import", (OPEN,), (MARKED,), (MARKED,), OTHER, "gone"),
    ("member", (), EVERYONE, (), OTHER, "changed"),
    ("member", (), EVERYONE, (), OVERSIGHT, "changed"),
    ("agreement", EVERYONE, EVERYONE, (), OVERSIGHT, "changed"),
    ("entity", EVERYONE, EVERYONE, (OPEN,), OVERSIGHT, None),
    ("import", EVERYONE, EVERYONE, (), OVERSIGHT, None),
    ("member", (OPEN,), (OPEN,), (), OVERSIGHT, None),
    ("record", EVERYONE, EVERYONE, (OPEN,), HOLDER, None),
    ("session", EVERYONE, EVERYONE, (), HOLDER, None),
]


@pytest.mark.parametrize(("kind", "before", "after", "now", "reader", "expected"), CASES)
def test_what_a_reader_is_told(
    kind: str, before: tuple[str, ...], after: tuple[str, ...], now: tuple[str, ...], reader: Reader, expected: str | None
) -> None:
    assert verdict(event(kind, before, after), reader, {"it": now} if now else {}) == expected


def test_a_marking_is_told_to_those_who_hold_it_whatever_the_event_says() -> None:
    told = event("marking", EVERYONE, EVERYONE, "covert")
    assert (verdict(told, HOLDER, {}), verdict(told, OTHER, {})) == ("changed", None)


classes = st.lists(st.sampled_from([OPEN, MARKED, "x", "*"]), max_size=3).map(tuple)


@given(st.sampled_from(sorted(rules.KINDS)), classes, classes, classes, st.sets(st.sampled_from([OPEN, MARKED, "x"])))
def test_nothing_is_told_of_what_was_hidden_before_and_is_hidden_after(
    kind: str, before: tuple[str, ...], after: tuple[str, ...], now: tuple[str, ...], vis: set[str]
) -> None:
    reader = Reader(content=True, vis=frozenset(vis), held=frozenset())
    told = verdict(event(kind, before, after), reader, {"it": now})
    assert told is None or reader.sees(before) or reader.sees(after)
    assert told != "changed" or kind not in rules.STORED_KINDS or reader.sees(now)


# ── the cursor ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def cursor(space: str = "s", user: str = "u", seq: int = 7, seen: bytes = b"b" * 16) -> str:
    return rules.anchor(SECRET, space, user, seen) + "." + rules.place(SECRET, space, seq, NOW)


def test_a_cursor_says_where_its_owner_left_off() -> None:
    assert rules.open_cursor(SECRET, "s", "u", cursor(seq=41), NOW) == rules.Place(41, b"b" * 16)


@pytest.mark.parametrize(("space", "user", "secret"), [("other", "u", SECRET), ("s", "other", SECRET), ("s", "u", b"t" * 32)])
def test_a_cursor_of_another_is_refused(space: str, user: str, secret: bytes) -> None:
    assert rules.open_cursor(secret, space, user, cursor(), NOW) is None


def test_an_old_cursor_is_refused() -> None:
    assert rules.open_cursor(SECRET, "s", "u", cursor(), NOW + rules.OLDEST_S + 1) is None


SEALED = cursor()
"""One for all that is drawn: each is sealed anew, and what may be drawn depends on its letters."""


@given(st.data())
def test_a_cursor_changed_anywhere_is_refused(data: st.DataObject) -> None:
    text = SEALED
    where = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from("AZaz09-_.").filter(lambda one: one != text[where]))
    changed = text[:where] + letter + text[where + 1 :]
    found = rules.open_cursor(SECRET, "s", "u", changed, NOW)
    assert found is None or found == rules.Place(7, b"b" * 16)  # the last letter of base64 has bits that carry nothing


@given(st.text(max_size=80))
def test_any_text_is_a_cursor_or_none(text: str) -> None:
    assert rules.open_cursor(SECRET, "s", "u", text, NOW) is None


def test_cursors_of_different_places_look_alike() -> None:
    made = {cursor(seq=seq, user=user) for seq in (0, 1, 2**40) for user in ("u", "someone-else")}
    assert len(made) == 6
    assert len({len(one) for one in made}) == 1
    assert cursor() != cursor()


@pytest.mark.parametrize("change", [{"membership": "n"}, {"role": "lead"}, {"held": frozenset({"covert"})}])
def test_the_basis_moves_with_what_narrows_or_widens(change: dict[str, object]) -> None:
    assert rules.basis(scope()) != rules.basis(scope(**change))


def test_the_basis_stays_when_a_class_is_added() -> None:
    assert rules.basis(scope()) == rules.basis(scope(vis=[OPEN, "new"]))


def test_somebody_without_standing_is_no_reader() -> None:
    assert rules.reader_of(scope(role=None)) is None


def test_oversight_reads_no_content_even_where_classes_match() -> None:
    assert rules.reader_of(scope(role="oversight")) == OVERSIGHT


# ── pages ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@given(st.integers(0, 3000))
def test_pages_end_at_multiples(after: int) -> None:
    assert after < rules.page_end(after) <= after + rules.PAGE
    assert rules.page_end(after) % rules.PAGE == 0


@given(st.integers(1, 50), st.integers(1, 450), st.integers(0, 600))
def test_recent_events_answer_only_for_pages_that_begin_among_them(first: int, size: int, after: int) -> None:
    recent = [Event(seq, "entity", "it", (), ()) for seq in range(first, first + size)]
    found = rules.covered(recent, after)
    wanted = [one for one in recent if after < one.seq <= rules.page_end(after)]
    assert found == (wanted if first - 1 <= after else [])


# ── messages ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_message_of_the_protocol_is_read() -> None:
    said = [
        '{"type":"subscribe","space":"a","cursor":null}',
        '{"type":"unsubscribe","space":"a"}',
        '{"type":"presence","space":"a","view":"case","looking":["b","b"]}',
    ]
    assert [parse(text) for text in said] == [Subscribe("a", None), Unsubscribe("a"), Announce("a", "case", ("b",))]


@pytest.mark.parametrize(
    "text",
    [
        "", "null", "[]", "{}", '"subscribe"', '{"type":"connection_init"}', '{"type":"subscribe","space":"a"}', "{" * 5000,
        '{"type":"subscribe","space":"a","cursor":null,"more":1}', '{"type":"subscribe","space":"","cursor":null}',
        '{"type":"subscribe","space":1,"cursor":null}', '{"type":"subscribe","space":"a b","cursor":null}',
        '{"type":"subscribe","space":"a","cursor":""}', '{"type":"subscribe","space":"a","cursor":7}',
        '{"type":"subscribe","space":"a","cursor":"ä"}', '{"type":["subscribe"],"space":"a","cursor":null}',
        '{"type":"presence","space":"a","view":"log","looking":[]}', '{"type":"presence","space":"a","view":"case","looking":"b"}',
        '{"type":"presence","space":"a","view":"case","looking":["1","2","3","4","5","6"]}',
        '{"type":"presence","space":"a","view":"case","looking":[null]}', '{"type":"unsubscribe","space":"' + "a" * 5000 + '"}',
    ],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(BadMessage):
        parse(text)


def test_a_notice_is_whole_json_once_anchor_and_number_are_in_it() -> None:
    head, tail = messages.notice_frame(Notice("s", "gone", "link", "l"), "PLACE")
    said = orjson.loads(f"{head}ANCHOR{tail}12}}")
    assert said == {"type": "notice", "space": "s", "cursor": "ANCHOR.PLACE", "change": "gone", "kind": "link", "id": "l", "n": 12}


# ── presence ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def present(*said: tuple[str, str, tuple[str, ...]]) -> Presence:
    presence = Presence()
    for socket, (user, view, looking) in enumerate(said):
        presence.say(socket, user, Announce("s", view, looking))
    return presence


def test_only_visible_items_are_shown_and_a_view_of_hidden_ones_is_blank() -> None:
    people = present(("a", "entity", ("open", "hidden")), ("b", "entity", ("hidden",)), ("c", "home", ())).people()
    here = seen_by(OTHER, "s", people, {"open": (OPEN,), "hidden": (MARKED,)})
    assert [(one.id, one.view, one.looking) for one in here.people] == [("a", "entity", ("open",)), ("b", None, ()), ("c", "home", ())]


def test_the_latest_socket_speaks_for_a_person() -> None:
    assert [said.view for said in present(("a", "home", ()), ("a", "case", ())).people()] == ["case"]


def test_saying_the_same_again_moves_nothing() -> None:
    presence = present(("a", "home", ()))
    before = presence.turn
    presence.say(0, "a", Announce("s", "home", ()))
    assert presence.turn == before


def test_no_more_than_a_hundred_are_shown() -> None:
    assert len(present(*((f"user-{number}", "home", ()) for number in range(150))).people()) == MOST_PEOPLE
