"""What a document that somebody wrote may cost: attack families refuse or stay linear, counted in calls and never in seconds."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from graphql import get_introspection_query, parse

from backend import cost, documents
from backend.core.errors import Invalid
from backend.documents import Documents
from backend.schema import native

if TYPE_CHECKING:
    from collections.abc import Callable

SHORT, LONG = 1024, 2048  # bytes of a document
MOST_CALLS = 150_000  # 110,000 calls were measured as 9 ms on one idle core


def chain(n: int, body: str, kind: str, leaf: str) -> str:
    """Fragments of which each spreads the next one twice."""
    links = (f"fragment F{i} on {kind}{{{body.replace('$', f'...F{i + 1}')}}}" for i in range(n))
    return " ".join([*links, f"fragment F{n} on {kind}{{{leaf}}}"])


def fields(n: int, pattern: str) -> str:
    return " ".join(pattern.replace("$", str(i)) for i in range(n))


FAMILIES: dict[str, Callable[[int], str]] = {
    "depth": lambda n: "{" + "session{" * n + "demo" + "}" * n + "}",
    "inline fragments": lambda n: "{" + "...{" * n + "session{demo}" + "}" * n + "}",
    "aliases at the top": lambda n: "{" + fields(n, "a$:session{demo}") + "}",
    "aliases behind a fragment": lambda n: "{...{" + fields(n, "a$:session{demo}") + "}}",
    "aliases": lambda n: "{ontology{" + fields(n, "a$:linkKinds{name}") + "}}",
    "the same field": lambda n: "{ontology{" + "linkKinds{name label} " * n + "}}",
    "the same fragment": lambda n: "{ontology{" + "...F " * n + "}} fragment F on Ontology{linkKinds{name}}",
    "fragment doubling": lambda n: "{...F0} " + chain(n, "$ $", "Query", "session{demo}"),
    "fragment doubling with fields": lambda n: "{...F0} " + chain(n, "a:session{demo} $ b:session{demo} $", "Query", "session{demo}"),
    "nested fragments": lambda n: "{session{...F0}} " + chain(n, "$ me{name} $", "SessionInfo", "demo"),
    "many fragments": lambda n: "{ontology{" + fields(n, "...A$") + "}} " + fields(n, "fragment A$ on Ontology{linkKinds{name}}"),
    "directives": lambda n: "{session " + "@include(if:true) " * n + "{demo}}",
    "variables": lambda n: "query(" + " ".join(f"$v{i}:Int" for i in range(n)) + "){session{demo}}",
    "unknown fields": lambda n: "{session{" + fields(n, "demoo$") + "}}",
    "unknown fragments": lambda n: "{" + fields(n, "...X$") + "}",
    "nested lists": lambda n: "{entities(space:" + "[" * n + "]" * n + "){total}}",
    "operations": lambda n: fields(n, "query Q${session{demo}}"),
}


def longest(family: Callable[[int], str], size: int) -> str:
    """The largest member of a family that is not longer than `size`."""
    n = 1
    while len(family(n + 1)) <= size:
        n += 1
    return family(n)


def calls(document: str) -> int:
    """How many function calls it takes until a document is refused or ready to run."""
    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    documents.forget()
    sys.setprofile(counted)
    try:
        Documents(native).prepare(document)
    except Invalid:
        pass
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", FAMILIES)
def test_a_short_document_never_costs_much(name: str) -> None:
    assert calls(longest(FAMILIES[name], LONG)) < MOST_CALLS


@pytest.mark.parametrize("name", FAMILIES)
def test_twice_the_length_costs_at_most_two_and_a_half_times(name: str) -> None:
    calls(longest(FAMILIES[name], SHORT))  # what is made once is made before
    assert calls(longest(FAMILIES[name], LONG)) <= 2.5 * calls(longest(FAMILIES[name], SHORT)) + 500


@pytest.mark.parametrize(
    ("document", "text"),
    [
        ("{" + fields(13, "a$:session{demo}") + "}", "At most 12 fields at the top."),
        ("{...{" + fields(13, "a$:session{demo}") + "}}", "At most 12 fields at the top."),
        ("{" + "session{" * 13 + "demo" + "}" * 13 + "}", "at most 12 levels"),
        ("{ontology{" + "linkKinds{name} " * 20 + "}}", "the same field more than 12 times"),
        ("{...F} fragment F on Query{...F}", "contains itself"),
        (fields(5, "query Q${session{demo}}"), "At most 4 operations"),
        ("{__schema{types{name}}}", "does not describe its schema"),
        ("{session{demoo}}", "Cannot query field 'demoo' on type 'SessionInfo'."),
        ("{session{demo}", "Syntax Error"),
        ('{session(demoToken:"' + "x" * 17_000 + '"){demo}}', "at most 16384 characters"),
    ],
)
def test_a_document_out_of_bounds_is_refused_with_its_reason(document: str, text: str) -> None:
    with pytest.raises(Invalid, match=r".") as refused:
        Documents(native).prepare(document)
    assert text in refused.value.message
    assert refused.value.field == "query"


def test_names_of_the_schema_are_suggested_only_where_it_may_be_asked_for() -> None:
    with pytest.raises(Invalid, match="Did you mean 'demo'"):
        Documents(native, introspection=True).prepare("{session{demoo}}")
    with pytest.raises(Invalid) as refused:
        Documents(native).prepare("{session{demoo}}")
    assert "mean" not in refused.value.message


def test_tools_read_the_schema_where_it_may_be_asked_for() -> None:
    prepared = Documents(native, introspection=True).prepare(get_introspection_query())
    cost.check(native, prepared.document, {})
    with pytest.raises(Invalid):
        Documents(native).prepare(get_introspection_query())


CHART = 'query($n: Int!) { chart(space: "s", limit: $n) { items { id kind caption degree } links { id kind source target } } }'
ROWS = 'fragment R on EntityRow { id kind } query($n: Int = 100) { entities(space: "s", first: $n) { items { ...R } } }'


@pytest.mark.parametrize(("document", "variables", "fits"), [(CHART, {"n": 1000}, True), (CHART, {"n": 20_000}, False), (ROWS, {}, True)])
def test_an_answer_that_nobody_reads_is_refused_before_it_is_worked_out(document: str, variables: dict[str, int], *, fits: bool) -> None:
    if fits:
        cost.check(native, parse(document), variables)
    else:
        with pytest.raises(Invalid, match="Ask for smaller pages"):
            cost.check(native, parse(document), variables)
