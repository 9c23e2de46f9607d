"""Files that mean harm, or were never meant for this: each is taken or refused with its place and a reason, and nothing hangs or breaks."""

from __future__ import annotations

import asyncio
import gzip
import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from backend.core.errors import Invalid
from backend.core.ids import new_id
from backend.entities.imports import run, service
from backend.entities.imports.layouts import Layout
from backend.entities.imports.service import NewImport
from tests.graph.test_imports import lines, pieces, refused
from tests.support.world import World, team

if TYPE_CHECKING:
    from backend.core.context import Context

PATIENCE_S = 60
TABLE = "queries: [{entities: {c: {schema: Company, keys: [id], properties: {name: {column: name}}}}}]"
Ended = tuple[str, int, list[tuple[str, str]]]
"""How it ended: state, rows taken, and place and beginning of the reason of each refusal; of a file that cannot start, the reason."""


def zipped() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.xml", b"0" * 1_000_000)
    return held.getvalue()


def one(key: str, schema: str, **properties: object) -> bytes:
    return lines((key, schema, properties))


MANY = [f"p{n}" for n in range(50_000)]
TABLES: dict[str, tuple[bytes, Ended | str]] = {
    "only a header": (b"id,name\n", ("done", 0, [])),
    "empty": (b"", "The file is empty"),
    "blank lines": (b"\n\n  \n", "The file is empty"),
    "mixed line ends": (b"id,name\r\n1,A\n2,B\r3,C\r\n", ("done", 3, [])),
    "a mark of its encoding": (b"\xef\xbb\xbfid,name\n1,\xc5\xbd\n", ("done", 1, [])),
    "sixteen bits": ("id,name\n1,Ž\n".encode("utf-16"), ("done", 1, [])),
    "half a character": ("id,name\n1,Ž\n2,B\n".encode("utf-16")[:-1], ("done", 1, [("3 name", "holds bytes")])),
    "bytes of no encoding": (b"id,name\n" + b"1,A\n" * 100_000 + b"2,\xff\xfe\xfa\n", ("done", 100_000, [("100002 name", "holds bytes")])),
    "NUL": (b"id,name\n1,A\x00B\n2,B\n", ("done", 1, [("2 name", "holds control")])),
    "formulas": (b"id,name\n1,\"=cmd|'/c calc'!A1\"\n2,@SUM(1)\n", ("done", 2, [])),
    "a cell of ten megabytes": (b"id,name\n1," + b"x" * 10_000_000 + b"\n2,B\n", ("done", 1, [("2 ", "a line longer")])),
    "a quote that is never closed": (b'id,name\n1,"A\n' + b"2,B\n" * 40_000, ("done", 7_232, [("2 ", "a cell longer")])),
    "too few and too many cells": (b"id,name\n1\n2,B,C\n3,D\n", ("done", 1, [("2 ", "has 1 cells"), ("3 ", "has 3 cells")])),
    "ten thousand columns": (b",".join(b"c%d" % n for n in range(10_000)) + b"\n" + b"," * 9_999 + b"\n", "Row 1 names 10,000"),
    "a hundred thousand commas": (b"," * 100_000 + b"\n", "The file is empty"),
    "a hundred thousand columns": (b"a," * 100_000 + b"\n", "Row 1 names 100,001"),
    "one name for every column": (b"id,id,name\n1,2,A\n", ("done", 1, [])),
    "a spreadsheet": (zipped(), "This is a spreadsheet"),
    "a compressed table": (gzip.compress(b"id,name\n1,A\n"), "This is a compressed file"),
    "a key of a megabyte": (b"id,name\n" + b"k" * 100_000 + b",A\n", ("done", 1, [])),
    "a huge number": (b"id,name\n" + b"9" * 1_000 + b",A\n", ("done", 1, [])),
    "no key": (b"id,name\n,A\n", ("done", 0, [("2 id", "nothing to tell")])),
}
ENTITIES: dict[str, tuple[bytes, Ended]] = {
    "empty": (b"", ("done", 0, [])),
    "a mark of its encoding": (b"\xef\xbb\xbf" + one("a", "Person", name="A"), ("done", 1, [])),
    "sixteen bits": (one("a", "Person", name="A").decode().encode("utf-16"), ("done", 0, [("1 ", "not UTF-8")])),
    "old line ends": (b"\r".join([one("a", "Person"), one("b", "Person")]), ("done", 0, [("1 ", "no JSON")])),
    "other line ends": (b"\r\n".join([one("a", "Person"), one("b", "Person")]), ("done", 2, [])),
    "one array": (b"[\n" + one("a", "Person") + b",\n]", ("done", 0, [("1 ", "no JSON"), ("2 ", "no JSON"), ("3 ", "no JSON")])),
    "deeply nested": (b'{"id":' * 100_000, ("done", 0, [("1 ", "nested too deeply")])),
    "deeply nested values": (
        b'{"id":"a","schema":"Person","properties":{"name":' + b"[" * 500 + b"]" * 500 + b"}}",
        ("done", 0, [("1 name", "a nested object")]),
    ),
    "a number without end": (b'{"id":1,"schema":"BankAccount","properties":{"balance":1' + b"0" * 5_000 + b"}}", ("done", 0, [("1 ", "")])),
    "a long line": (b'{"id":"' + b"x" * (17 * 1024**2) + b'"}\n' + one("b", "Person"), ("done", 1, [("1 ", "longer than 16")])),
    "a long name of a property": (one("a", "Person", **{"=cmd" * 1_000_000: "x"}), ("done", 0, [("1 '" + "=cmd" * 25, "Person has no")])),
    "a name of many parts": (one("a", "Person", name=".".join(["1"] * 90_000)), ("done", 1, [])),
    "a long name": (one("a", "Person", name="x" * 200_000), ("done", 1, [])),
    "one key for two kinds": (one("a", "Person") + b"\n" + one("a", "Company"), ("done", 1, [("2 ", "says Company")])),
    "a link to itself": (
        one("a", "Company") + b"\n" + one("o", "Ownership", owner="a", asset="a"),
        ("done", 1, [("2 asset", "would join an")]),
    ),
    "a link to nothing": (one("o", "Ownership", owner="a", asset="b"), ("done", 0, [("1 owner", "names an entity")])),
    "all to all": (one("o", "Ownership", owner=MANY, asset=MANY), ("done", 0, [("1 owner", "names more than")])),
    "many to many": (one("o", "Ownership", owner=MANY[:900], asset=MANY[:900]), ("done", 0, [("1 ", "joins more than")])),
    "everybody's account": (
        one("t", "Payment", payer=MANY[:900], payerAccount=MANY[:900], beneficiaryAccount="b"),
        ("done", 0, [("1 payerAccount", "joins more than")]),
    ),
    "an unknown kind": (one("a", "Perzon"), ("done", 0, [("1 schema", "unknown schema")])),
    "an unknown property": (one("a", "Person", shoeSize="44"), ("done", 0, [("1 shoeSize", "Person has no")])),
    "a spreadsheet": (zipped(), ("failed", 0, [])),
    "a control character in a key": (one("a\u0007", "Person"), ("done", 0, [("1 id", "not a key")])),
}


async def ended(ctx: Context, world: World, wanted: NewImport, data: bytes, mapping: str | None) -> Ended | str:
    """Bring a file in as the page does, and say how it ended."""
    space = world.ids["Saltmarsh"]
    job = await service.create(ctx, space, wanted, new_id())
    await service.upload(ctx, space, job, pieces(data))
    try:
        if mapping:
            await service.preview(ctx, space, job, Layout())
        await service.begin(ctx, space, job, mapping, new_id())
    except Invalid as error:
        return str(error)
    await run.run(ctx, space, job)
    row = (await service.jobs(ctx, space, job))[0]
    assert row["state"] == "done" or row["problem"].endswith(".")
    assert row["read"] == row["accepted"] + row["rejected"]
    return row["state"], row["accepted"], [(f"{number} {column}", reason) for number, column, reason in await refused(ctx, world, job)]


def as_expected(found: Ended | str, expected: Ended | str) -> bool:
    """Compare; of a reason only its beginning is told."""
    if isinstance(found, str) or isinstance(expected, str):
        return isinstance(found, str) and isinstance(expected, str) and found.startswith(expected)
    told = [(place, reason[: len(wanted)]) for (place, reason), (_, wanted) in zip(found[2], expected[2], strict=False)]
    return (found[:2], len(found[2]), told) == (expected[:2], len(expected[2]), expected[2])


async def test_a_table_is_taken_or_refused_with_its_place(world: World) -> None:
    await team(world)
    await tried(world, "csv", TABLES, TABLE)


async def test_entities_are_taken_or_refused_with_their_place(world: World) -> None:
    await team(world)
    await tried(world, "ftm_json", ENTITIES, None)


async def tried(
    world: World, form: str, files: dict[str, tuple[bytes, Ended]] | dict[str, tuple[bytes, Ended | str]], mapping: str | None
) -> None:
    wrong = dict[str, Ended | str]()
    for name, (data, expected) in files.items():
        wanted = NewImport(world.ids["NA-1"], name, form, "../../etc/passwd", frozenset(), "B2", "H0")
        async with asyncio.timeout(PATIENCE_S):
            found = await ended(world.ctx("Maarten"), world, wanted, data, mapping)
        if not as_expected(found, expected):
            wrong[name] = found
    assert not wrong


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "\n"}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"file_name": "a\x00b"}, "fileName"),
        ({"grade": "Z9"}, "grade"),
        ({"handling": "H9"}, "handling"),
        ({"format": "exe"}, "format"),
    ],
)
async def test_what_is_said_of_a_file_is_checked(world: World, change: dict[str, str], field: str) -> None:
    said: dict[str, str | None] = {"name": "n", "format": "csv", "file_name": "f", "grade": None, "handling": "H0"} | change
    wanted = NewImport(
        "case", str(said["name"]), str(said["format"]), str(said["file_name"]), frozenset(), said["grade"], str(said["handling"])
    )
    await world.person("Maarten")
    with pytest.raises(Invalid) as raised:
        await service.create(world.ctx("Maarten"), "space", wanted, new_id())
    assert raised.value.field == field


async def test_a_file_keeps_its_name_and_not_its_folders(world: World) -> None:
    await team(world)
    ctx, space = world.ctx("Maarten"), world.ids["Saltmarsh"]
    for path, name in (("../../etc/passwd", "passwd"), ("C:\\cases\\Osk\\names.csv", "names.csv"), ("plain.csv", "plain.csv"), ("/", "/")):
        job = await service.create(ctx, space, NewImport(world.ids["NA-1"], "n", "csv", path, frozenset(), None, "H0"), new_id())
        assert (await service.jobs(ctx, space, job))[0]["file_name"] == name
