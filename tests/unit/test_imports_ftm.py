"""FollowTheMoney JSON lines become rows, and what is wrong is refused with its place while the rest goes on."""

import json
from collections.abc import Iterator

import pytest

from backend.entities.imports import ftm, jsonlines
from backend.entities.imports.rules import Refused, Row


def read(*lines: object) -> list[Row | Refused]:
    written = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    return [each for step in ftm.steps([b"\n".join(written)]) for each in (*step.rows, *step.refused)]


def entity(key: str, schema: str, **properties: object) -> dict[str, object]:
    return {"id": key, "schema": schema, "properties": properties}


def test_a_node_becomes_an_entity_with_its_line_as_locator() -> None:
    [row] = read(entity("p1", "Person", name=["Ilian Dravec", " Ilian Dravec "], birthDate=["1979-04-12"]))
    assert row == Row(1, "p1", "Person", {"name": ["Ilian Dravec"], "birthDate": ["1979-04-12"]}, "line 1")


def test_an_edge_may_come_before_the_nodes_that_it_joins() -> None:
    link, *_ = read(entity("o1", "Ownership", owner="p1", asset="c1", percentage=["60"]), entity("p1", "Person", name="A"))
    assert link == Row(1, "o1", "Ownership", {"percentage": ["60"]}, "line 1", "p1", "c1")


def test_an_edge_with_several_ends_becomes_a_link_for_each_pair() -> None:
    rows = [row for row in read(entity("o1", "Ownership", owner=["p1", "p2"], asset=["c1"])) if isinstance(row, Row)]
    assert [(row.key, row.source_key, row.target_key) for row in rows] == [("o1", "p1", "c1"), ("o1", "p2", "c1")]


def test_an_entity_in_a_property_becomes_a_link_in_its_sense() -> None:
    rows = read(entity("w1", "CryptoWallet", holder=["p1"]), entity("a1", "Person", addressEntity=["x1"]))
    found = [(row.kind, row.source_key, row.target_key) for row in rows if isinstance(row, Row) and row.is_link]
    assert found == [("WalletHolder", "p1", "w1"), ("LocatedAt", "a1", "x1")]


def test_a_payment_joins_the_accounts_and_says_who_transacts_on_them() -> None:
    rows = read(entity("t1", "Payment", payer="p1", payerAccount="a1", beneficiary="p2", amount=["1650000"], currency="EUR"))
    found = {(row.kind, row.source_key, row.target_key) for row in rows if isinstance(row, Row)}
    assert found == {("UsesAccount", "p1", "a1"), ("Payment", "a1", "p2")}


def test_a_call_between_numbers_joins_telephones_by_their_normal_form() -> None:
    rows = read(entity("c1", "Call", callerNumber="0031 6 5550 1187", receiverNumber="+393335550142", duration="41"))
    assert [row.key for row in rows if isinstance(row, Row) and row.kind == "Phone"] == ["phone:+31655501187", "phone:+393335550142"]
    assert [row.target_key for row in rows if isinstance(row, Row) and row.kind == "Call"] == ["phone:+393335550142"]


def test_a_kind_that_follow_the_money_lacks_is_written_in_the_same_way() -> None:
    [row] = read(entity("u1", "UsesPhone", source="p1", target="n1", startDate="2026-02-12"))
    assert row == Row(1, "u1", "UsesPhone", {"startDate": ["2026-02-12"]}, "line 1", "p1", "n1")


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        (b"{not json", "", "no JSON"),
        (b"[1, 2]", "", "no JSON object"),
        (b'{"id": "a", "schema": "Person", "properties": {"name": ["\xff\xfe"]}}', "", "not UTF-8"),
        (b"[" * 5_000 + b"]" * 5_000, "", "nested too deeply"),
        (entity("a", "Perzon"), "schema", "unknown schema"),
        (entity("a", "Thing", name="A"), "schema", "unknown schema"),
        (entity("a", "SameAs", source="a", target="b"), "schema", "unknown schema"),
        (entity("", "Person", name="A"), "id", "not a key"),
        (entity("a", "Person", shoeSize="44"), "shoeSize", "has no property"),
        (entity("a", "Person", birthDate="12.04.1979"), "birthDate", "not a date"),
        (entity("a", "Person", birthDate="1979-02-30"), "birthDate", "not a date"),
        (entity("a", "BankAccount", balance="much"), "balance", "not a number"),
        (entity("a", "BankAccount", balance=12345678901234567890), "balance", "too large to be exact"),
        (b'{"id": "a", "schema": "BankAccount", "properties": {"balance": 1e999}}', "", "a number too large"),
        (entity("a", "Person", name="A\x00B"), "name", "control characters"),
        (entity("a", "Person", name="x" * 200_001), "name", "longer than"),
        (entity("a", "Ownership", owner="p1"), "asset", "names no entity"),
        (entity("a", "CryptoWallet", holder={"id": "p"}), "holder", "nested object"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place_and_the_rest_goes_on(line: object, column: str, reason: str) -> None:
    bad, good = read(line, entity("ok", "Person", name="B"))
    assert isinstance(bad, Refused)
    assert (bad.number, bad.column) == (1, column)
    assert reason in bad.reason
    assert isinstance(good, Row)
    assert good.number == 2


def test_a_reason_holds_no_value_of_the_row() -> None:
    [refused] = read(entity("a", "Person", birthDate="secret 1979"))
    assert isinstance(refused, Refused)
    assert "secret" not in refused.reason


def test_a_line_without_end_is_refused_without_being_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonlines, "LONGEST_LINE", 1_000)
    found = list(ftm.steps([b"x" * 900, b"x" * 900, b'\n{"id":"a","schema":"Person"}']))
    assert [len(step.refused) for step in found] == [1, 0]
    assert found[1].rows[0].key == "a"


def chunked(text: bytes, size: int) -> Iterator[bytes]:
    return (text[start : start + size] for start in range(0, len(text), size))


@pytest.mark.parametrize("size", [1, 7, 64, 10_000])
def test_how_the_file_is_cut_into_chunks_changes_nothing(size: int) -> None:
    text = b"\n".join(json.dumps(entity(f"p{n}", "Person", name=f"Nämė {n}")).encode() for n in range(20)) + b"\n"
    rows = [row.key for step in ftm.steps(chunked(text, size)) for row in step.rows]
    assert rows == [f"p{n}" for n in range(20)]


def test_going_on_behind_a_row_gives_the_rows_that_were_left() -> None:
    text = b"\n".join(json.dumps(entity(f"p{n}", "Person", addressEntity="x")).encode() for n in range(9))
    whole = list(ftm.steps([text]))
    assert list(ftm.steps([text], after=4)) == whole[4:]
    assert whole[-1].offset == len(text)
