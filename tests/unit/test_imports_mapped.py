"""A table under a mapping becomes entities and links, row by row."""

import io

import pytest

from backend.entities.imports import mapped
from backend.entities.imports.rules import BadSource, Refused, Row

HEADER = "holder id,first,last,company id,company,share,since\n"
MAPPING = """
register:
  queries:
    - entities:
        holder:
          schema: Person
          keys: [holder id]
          key_literal: person
          properties: {name: {columns: [first, last], join: " "}, nationality: {literal: lt}}
        company:
          schema: Company
          keys: company id
          key_literal: company
          properties: {name: company}
        share:
          schema: Ownership
          properties:
            owner: {entity: holder}
            asset: {entity: company}
            percentage: {column: share}
            startDate: {column: since, format: "%d.%m.%Y"}
"""


def read(body: str, mapping: str = MAPPING, after: int = 0) -> list[Row | Refused]:
    return [
        each for step in mapped.steps(io.BytesIO((HEADER + body).encode()), mapping, after=after) for each in (*step.rows, *step.refused)
    ]


def test_a_row_states_several_entities_and_the_link_between_them() -> None:
    holder, company, share = read("7,Ilian,Dravec,9,Meridia,60,01.02.2024\n")
    assert isinstance(holder, Row)
    assert (holder.kind, holder.values, holder.locator) == ("Person", {"name": ["Ilian Dravec"], "nationality": ["lt"]}, "row 2")
    assert isinstance(company, Row)
    assert isinstance(share, Row)
    assert (share.source_key, share.target_key, share.values["startDate"]) == (holder.key, company.key, ["2024-02-01"])


def test_the_same_keys_make_the_same_entity_in_every_row_and_file() -> None:
    rows = read("7,A,B,9,M,60,\n7,A,B,8,N,40,\n")
    assert len({row.key for row in rows if isinstance(row, Row) and row.kind == "Person"}) == 1
    assert len({row.key for row in rows if isinstance(row, Row) and row.kind == "Ownership"}) == 2


def test_an_entity_without_its_key_is_not_stated_and_neither_is_its_link() -> None:
    assert [row.kind for row in read(",,,9,Meridia,60,\n") if isinstance(row, Row)] == ["Company"]


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("7,A,B,9,M,60,2024-02-01", "since", "not a date of the form"),
        ("7,A,B,9,M", "", "has 5 cells, the header has 7"),
        (",A,B,,M,60,", "holder id", "key columns are empty"),
        ("7,A\x00,B,9,M,60,", "first", "control characters"),
    ],
)
def test_what_is_wrong_is_refused_with_row_and_column_and_the_rest_goes_on(row: str, column: str, reason: str) -> None:
    bad, *good = read(row + "\n8,C,D,9,M,40,\n")
    assert isinstance(bad, Refused)
    assert (bad.number, bad.column) == (2, column)
    assert reason in bad.reason
    assert len(good) == 3


def test_bytes_that_are_not_of_the_encoding_cost_their_row_only() -> None:
    data = HEADER.encode() + b"1,A,B,9,M,60,\n" * 20_000 + b"7,\xff,B,9,M,60,\n8,C,D,9,M,40,\n"
    refused = [each for step in mapped.steps(io.BytesIO(data), MAPPING) for each in step.refused]
    assert [(each.number, each.column) for each in refused] == [(20_002, "first")]


def test_going_on_behind_a_row_gives_the_rows_that_were_left() -> None:
    body = "".join(f"{n},A,B,{n},M,{n},\n" for n in range(9))
    data = (HEADER + body).encode()
    whole = list(mapped.steps(io.BytesIO(data), MAPPING))
    assert list(mapped.steps(io.BytesIO(data), MAPPING, after=5)) == whole[4:]


def test_filters_choose_the_rows_of_a_query() -> None:
    mapping = "queries: [{filters: {share: ['60']}, entities: {c: {schema: Company, keys: [company id], properties: {name: company}}}}]"
    assert [row.values["name"] for row in read("7,A,B,9,M,60,\n7,A,B,8,N,40,\n", mapping) if isinstance(row, Row)] == [["M"]]


def test_values_may_be_split_and_filled_into_a_template() -> None:
    properties = "{alias: {column: last, split: '|'}, summary: {template: '{{first}} of {{company}}'}}"
    mapping = f"queries: [{{entities: {{c: {{schema: Person, keys: last, properties: {properties}}}}}}}]"
    [row] = read("7,A,X|Y,9,M,60,\n", mapping)
    assert isinstance(row, Row)
    assert row.values == {"alias": ["X", "Y"], "summary": ["A of M"]}


@pytest.mark.parametrize(
    ("mapping", "reason"),
    [
        ("queries: [", "Line 1: this is no YAML"),
        ("queries: []", "no queries"),
        ("a: &x [1]\nb: *x", "references"),
        ("queries: [{entities: {c: {schema: Compani, keys: [company id]}}}]", "no kind 'Compani'"),
        ("queries: [{entities: {c: {schema: Company}}}]", "name the columns"),
        ("queries: [{entities: {c: {schema: Company, keys: [nothing]}}}]", "does not have: nothing"),
        ("queries: [{entities: {c: {schema: Company, keys: [company], properties: {size: share}}}}]", "no property"),
        ("queries: [{entities: {c: {schema: Ownership, properties: {owner: {entity: x}}}}}]", "no entity 'x'"),
        (
            "queries: [{entities: {c: {schema: Company, keys: [company]}, o: {schema: Ownership, properties: {owner: {entity: c}}}}}]",
            "both ends",
        ),
        ("queries: [{database: secret, entities: {}}]", "Line 1, queries[0].database: this word is not understood"),
    ],
)
def test_a_wrong_mapping_is_refused_with_its_place(mapping: str, reason: str) -> None:
    with pytest.raises(BadSource, match=r".") as raised:
        read("7,A,B,9,M,60,\n", mapping)
    assert reason in str(raised.value)


@pytest.mark.parametrize(
    ("mapping", "place"),
    [
        (
            MAPPING.replace("percentage: {column: share}", "percent: {column: share}"),
            "Line {}, queries[0].entities.share.properties.percent: ",
        ),
        ("payments:\n  query:\n    filters: 3\n    entities: {}\n", "Line 3, queries[0].filters: "),
        (
            "- entities:\n    a: {schema: Person, keys: [x]}\n- entities:\n    b:\n      schema: Nobody\n",
            "Line 5, queries[1].entities.b.schema: ",
        ),
        ("queries:\n  - entities:\n      a:\n        schema: Person\n", "Line 3, queries[0].entities.a: name the columns"),
        ("queries:\n  - entities:\n      a: {schema: [\n", "Line 4: this is no YAML."),
        ("queries:\n  - entities:\n      \x1e: {}\n", "Line 3: this is no YAML."),
        ("F\x8f", "Line 1: this is no YAML."),
    ],
)
def test_a_mistake_is_named_by_line_and_key(mapping: str, place: str) -> None:
    line = next((at for at, each in enumerate(mapping.splitlines(), 1) if "percent: " in each), 0)
    with pytest.raises(BadSource, match=r".") as raised:
        read("7,A,B,9,M,60,\n", mapping)
    assert str(raised.value).startswith(place.format(line))


@pytest.mark.parametrize("form", ["%d.%m.%y", "%D", "%x"])
def test_a_form_with_years_of_two_digits_is_refused_since_their_century_would_be_guessed(form: str) -> None:
    of = f"birthDate: {{column: share, format: '{form}'}}"
    said = f"queries: [{{entities: {{p: {{schema: Person, keys: [company], properties: {{{of}}}}}}}}}]"
    with pytest.raises(BadSource, match=r"birthDate\.format: years of two digits"):
        read("7,A,B,9,M,12.04.65,\n", said)


def test_an_empty_file_has_no_header() -> None:
    with pytest.raises(BadSource, match="no header row"):
        mapped.steps(io.BytesIO(b""), MAPPING)


@pytest.mark.parametrize(
    "said", ["encoding: idna", "encoding: zip", "encoding: undefined", 'delimiter: "\\n"', 'delimiter: "\\""', "delimiter: ab"]
)
def test_an_encoding_or_delimiter_that_reads_no_table_is_refused(said: str) -> None:
    with pytest.raises(BadSource, match=said.partition(":")[0]):
        read("7,A,B,9,M,60,\n", f"queries: [{{{said}, entities: {{c: {{schema: Company, keys: [company id]}}}}}}]")
