"""Calls of the API made by chance: every operation, with arguments from its example, ids of others, garbage, and everything in between."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLList, GraphQLNonNull, OperationDefinitionNode, parse
from graphql.utilities import value_from_ast_untyped
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from backend.reference import EXAMPLES
from backend.schema import native
from tests.api.house import PEOPLE, selection

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphql import GraphQLField

Sort = Any
"""A type of the schema: graphql-core's own wrappers and classes."""

NASTY = (
    "", " ", "\x00", "a\x00b", "\x07\x1b[31m", "\r\n", "\u202eevil", "\ufeff", "\uffff", "\U0010ffff", "\ud800", "İ", "ß", "ﬀ", "Ⅷ",
    "٣", "👩\u200d👩\u200d👧", "a" + "\u0301" * 2_000, "x" * 70_000, "ж" * 5_000, "' OR 1=1 //", '"', "\\", "\\u0000", "`})-[]-(",
    "$key", "{{7*7}}", '+-&&||!(){}[]^"~*?:\\/', "*", "AND", "a~99999", "[a TO z", "(" * 500, "../../etc/passwd", "=1+1", "<script>",
    "%00", "null", "NaN", "1e999", "-0", "0" * 400, "9" * 400, "00000000-0000-0000-0000-000000000000", "not-an-id", "A1", "Z9", "Person",
    "Thing", "Interval", "Europe/Atlantis", "/etc/localtime", "Europe/Rome\x00", "queries: [", "queries: {A: 1}", "a: &a [*a]",
    "queries: [{entities: [1]}]", "queries: [{entities: {A: {schema: Person, keys: 1, properties: []}}}]", "? [a]\n: b", "- " * 900,
    "!!python/object/new:os.system [x]", "2026-13-45", "12 April 0000", "31.02.1979", "+39 333 555 0142", "+" * 60,
    "IT60X0542811101000000123456", "O'Ñeill؛",
)  # fmt: skip
"""Texts that have broken programs: control characters, halves of characters, pieces of query languages, YAML, spreadsheets and paths."""

MOMENTS = (
    "2026-01-01T00:00:00Z", "2099-01-01T00:00:00+00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-23:59", "2026-01-01T00:00:00",
    "2026-01-01", "2026-02-30T00:00:00Z", "2026-01-01T00:00:00.123456789Z", "-0001-01-01T00:00:00Z", "24:00", "2026-W01", "", "now",
)  # fmt: skip
NUMBERS = (0, 1, 2, 5, 100, -1, 101, 10_000, 2**31 - 1, -(2**31), 2**31, 2**63, 10**30, 1.5, True, "5")
NAMES = tuple(sorted({name for text in EXAMPLES.values() for name in text.split('"') if name.startswith("$") and name != "$key"}))
ODD: tuple[Any, ...] = (*NASTY, *NUMBERS, None, True, [], {}, [[None]])
ANYTHING: st.SearchStrategy[Any] = st.sampled_from(ODD)
NOBODY, SCRIPT = "nobody", "a script"
WHO = (*PEOPLE, NOBODY, SCRIPT)


@dataclass(frozen=True)
class Call:
    """One operation with its arguments. A text that begins with `$` is the id of the thing of that name."""

    name: str
    sort: str
    who: str
    variables: dict[str, Any]

    @property
    def document(self) -> str:
        """The document, every argument a variable, everything below the answer selected."""
        field = field_of(self.name)
        declared = ", ".join(f"${name}: {field.args[name].type}" for name in self.variables)
        given = ", ".join(f"{name}: ${name}" for name in self.variables)
        return f"{self.sort}{f'({declared})' if declared else ''} {{ {self.name}{f'({given})' if given else ''}{selection(field.type)} }}"


def operations() -> list[tuple[str, str]]:
    """Every field of the schema, as (sort, name)."""
    roots = (("query", native.query_type), ("mutation", native.mutation_type))
    return [(sort, name) for sort, root in roots if root for name in root.fields]


def field_of(name: str) -> GraphQLField:
    roots = [root for root in (native.query_type, native.mutation_type) if root and name in root.fields]
    return roots[0].fields[name]


def example(name: str) -> dict[str, Any]:
    """The arguments of the operation's example."""
    if not EXAMPLES[name]:
        return {}
    [asked] = parse(f"{{ x({EXAMPLES[name]}) }}").definitions
    assert isinstance(asked, OperationDefinitionNode)
    arguments: tuple[Any, ...] = tuple(vars_of(asked))
    return {one.name.value: value_from_ast_untyped(one.value) for one in arguments}


def vars_of(asked: OperationDefinitionNode) -> Any:
    field: Any = asked.selection_set.selections[0]
    return field.arguments


UNHURRIED = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)


def drawn(sort: str, name: str, usual: str, tries: int, number: int) -> list[Call]:
    """Calls of one operation, the example itself first; the same number draws the same ones."""
    found: list[Call] = []

    @seed(number)
    @settings(
        max_examples=tries,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )
    @given(calls(sort, name, usual))
    def collect(call: Call) -> None:
        found.append(call)

    collect()
    return found


# ── by chance ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@st.composite
def calls(draw: st.DrawFn, sort: str, name: str, usual: str) -> Call:
    """An operation with up to three arguments spoiled, mostly by whoever its example is about."""
    args, right = field_of(name).args, example(name)
    spoiled = draw(st.sets(st.sampled_from(sorted(args)), max_size=3)) if args else set[str]()
    said = {
        one: draw(spoilt(args[one].type, right.get(one))) if one in spoiled else right[one]
        for one in args
        if one in spoiled or one in right
    }
    return Call(name, sort, draw(st.just(usual) | st.sampled_from(WHO)), said)


@st.composite
def spoilt(draw: st.DrawFn, kind: Sort, right: object) -> Any:
    """Another value in place of the right one, or the right one with one of its fields spoiled."""
    inner = bare(kind)
    if isinstance(inner, GraphQLInputObjectType) and isinstance(right, dict) and draw(st.integers(0, 3)):
        fields, given = inner.fields, cast("dict[str, Any]", right)
        one = draw(st.sampled_from(sorted(fields)))
        return {**given, one: draw(spoilt(fields[one].type, given.get(one)))}
    return draw(of(kind) if draw(st.integers(0, 7)) else ANYTHING)


def bare(kind: Sort) -> Sort:
    """A type without its "never null"."""
    return cast("Sort", kind.of_type) if isinstance(kind, GraphQLNonNull) else kind


def of(kind: Sort) -> st.SearchStrategy[Any]:
    """Values of a type of the schema, the worst ones included."""
    return st.none() | _of_named(bare(kind))


def _of_named(kind: Sort) -> st.SearchStrategy[Any]:
    if isinstance(kind, GraphQLList):
        some = of(kind.of_type)
        return st.lists(some, max_size=4) | some.map(lambda one: [one] * 300) | some
    if isinstance(kind, GraphQLEnumType):
        return st.sampled_from([*kind.values, "NO_SUCH_WORD", kind.name.lower()])
    if isinstance(kind, GraphQLInputObjectType):
        required = {name: of(each.type) for name, each in kind.fields.items() if isinstance(each.type, GraphQLNonNull)}
        return st.fixed_dictionaries(required, optional={name: of(each.type) for name, each in kind.fields.items() if name not in required})
    return SCALARS[kind.name]()


def texts() -> st.SearchStrategy[str]:
    return st.sampled_from(NASTY) | st.text(max_size=40) | st.sampled_from(NAMES)


SCALARS: dict[str, Callable[[], st.SearchStrategy[Any]]] = {
    "ID": lambda: st.sampled_from(NAMES) | st.sampled_from(NAMES) | st.uuids().map(str) | texts(),
    "String": texts,
    "Int": lambda: st.sampled_from(NUMBERS) | st.integers(-10, 300),
    "Float": lambda: st.sampled_from(NUMBERS) | st.floats(allow_nan=False, allow_infinity=False),
    "Boolean": lambda: st.booleans() | st.just("true"),
    "DateTime": lambda: st.sampled_from(MOMENTS) | st.datetimes().map(lambda at: at.isoformat() + "Z"),
    "Date": lambda: st.sampled_from(MOMENTS) | st.dates().map(str),
}
