"""The reference of the API is checked in, has an example of each operation, and no other."""

from __future__ import annotations

from pathlib import Path

from graphql import parse, validate

from backend.reference import EXAMPLES, operation, printed
from backend.schema import native

CHECKED_IN = Path(__file__).parents[2] / "backend" / "REFERENCE.md"


def test_the_printed_reference_is_the_one_checked_in() -> None:
    assert printed() == CHECKED_IN.read_text(encoding="utf-8"), "Run: python -m backend.reference > backend/REFERENCE.md"


def test_each_operation_has_an_example_that_fits_the_schema() -> None:
    assert native.query_type
    assert native.mutation_type
    assert EXAMPLES.keys() == native.query_type.fields.keys() | native.mutation_type.fields.keys()
    for sort, root in (("query", native.query_type), ("mutation", native.mutation_type)):
        for name, field in root.fields.items():
            text = list(operation(sort, name, field))[-1].removeprefix("```graphql\n").removesuffix("\n```")
            # a `$name` where a date stands is filled in by whoever runs the example
            assert not [error.message for error in validate(native, parse(text)) if "DateTime" not in error.message], text
