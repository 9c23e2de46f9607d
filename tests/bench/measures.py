"""P1, P2, P3 and P5, each beside its anchor; and where the time of a question goes."""

from __future__ import annotations

import asyncio
import cProfile
import pstats
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, LiteralString, cast

import orjson
import strawberry
from neo4j import AsyncGraphDatabase

from backend.documents import Documents, RunPrepared
from backend.entities.record_types import Standing
from backend.network.api import ChartItem
from tests.bench.asking import Took, body, took, watching
from tests.bench.planted import NEIGHBOURS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from neo4j import AsyncDriver

    from graph.driver import Address
    from tests.bench.asking import Asking

TEN = "id kind caption degree uncertain markings merged grade handling standing"
NEIGHBOURHOOD = f"query($s: ID!, $e: ID!) {{ expand(space: $s, entity: $e, limit: {NEIGHBOURS}) {{ items {{ {TEN} }} }} }}"
CHART = f"query($s: ID!, $c: ID!, $n: Int!) {{ chart(space: $s, case: $c, limit: $n) {{ items {{ {TEN} }} }} }}"
RECORD = "id about grade handling status validFrom validTo gradeOriginal assertedAt statusReason"
RECORDS = f"query($s: ID!, $e: ID!) {{ entity(space: $s, id: $e) {{ records {{ {RECORD} }} }} }}"
WITH_AUTHORITY = f"query($s: ID!, $e: ID!) {{ entity(space: $s, id: $e) {{ records {{ {RECORD} authority {{ id name }} }} }} }}"
ROWS: LiteralString = (
    "MATCH (r:Record {case: $case}) WHERE r.source IS NULL RETURN r.id AS id, r.about AS about, r.kind AS kind,"
    " r.title AS title, r.locator AS locator, r.grade AS grade, r.handling AS handling, r.status AS status,"
    " r.caption AS caption, r.asserted_at AS at LIMIT $n"
)
MANY = 100  # one alone is too short to be taken the time of
HEADING = f"{'':44}{'p50, ms':>9}{'p99':>9}{'anchor p50':>12}{'p99':>9}{'p50 ×':>8}{'p99 ×':>8}  goal"


def line(label: str, found: Took, anchor: Took, goal: str) -> str:
    """Return one measure with its anchor and their ratios."""
    figures = f"{found.p50:9.2f}{found.p99:9.2f}{anchor.p50:12.3f}{anchor.p99:9.3f}"
    return f"{label:44}{figures}{found.p50 / anchor.p50:8.2f}{found.p99 / anchor.p99:8.2f}  {goal}"


async def neighbourhood(asking: Asking, address: Address, runs: int) -> list[str]:
    """P1: the anchor runs the very queries that the question ran, in one transaction of the bare driver, and writes what they return."""
    sent = body(NEIGHBOURHOOD, s=asking.planted.space, e=asking.planted.hub)
    with watching() as watched:
        items = len(orjson.loads(await asking.bytes_of(sent))["data"]["expand"]["items"])
    async with _bare(address) as driver:

        async def anchor() -> None:
            async with driver.session(database=address.database) as session, await session.begin_transaction() as tx:
                said: list[list[list[Any]]] = [
                    [list(row) async for row in await tx.run(cast("LiteralString", q), p)] for q, p in watched.asked
                ]
                orjson.dumps(said)
                await tx.commit()

        found, beside = await _alternating(lambda: asking.bytes_of(sent), anchor, runs)
    return [line(f"P1 neighbourhood, {items} × 10, {len(watched.asked)} queries", found, beside, "≤ 1.2, p99 ≤ 1.5")]


async def chart(asking: Asking, address: Address, runs: int) -> list[str]:
    """P2: the anchor asks for as many records of ten fields, as the driver's own list of dicts."""
    n, planted = asking.planted.sizes.n, asking.planted
    sent = body(CHART, s=planted.space, c=planted.large, n=n)
    items = len(orjson.loads(await asking.bytes_of(sent))["data"]["chart"]["items"])
    async with _bare(address) as driver:

        async def anchor() -> None:
            async with driver.session(database=address.database) as session:
                orjson.dumps(await (await session.run(ROWS, case=planted.large, n=n)).data())

        found, beside = await _alternating(lambda: asking.bytes_of(sent), anchor, runs)
    return [line(f"P2 chart, {items} × 10", found, beside, "≤ 0.2")]


async def executor(asking: Asking, _: Address, runs: int) -> list[str]:
    """P3: GraphQL over objects that are ready, its document prepared as that of a request is."""
    n = asking.planted.sizes.n
    ready = [
        ChartItem(
            id=strawberry.ID(f"{place:036}"), kind="Person", caption=f"Person {place}", degree=place % 9, uncertain=False, markings=[],
            merged=1, grade="B2", handling="H0", standing=Standing.ONE_SOURCE,
        )
        for place in range(n)
    ]  # fmt: skip

    @strawberry.type
    class Query:
        @strawberry.field
        def items(self) -> list[ChartItem]:
            return ready

    schema, query = strawberry.Schema(query=Query, extensions=[RunPrepared]), f"{{ items {{ {TEN} }} }}"
    given = {"prepared": Documents(vars(schema)["_schema"]).prepare(query)}
    said = await schema.execute(query, operation_extensions=given)
    assert said.data

    async def run() -> None:
        await schema.execute(query, operation_extensions=given)

    async def anchor() -> None:
        for _ in range(MANY):
            orjson.dumps(said.data)

    found, many = await _alternating(run, anchor, runs)
    beside = Took([each / MANY for each in many.times])
    return [line(f"P3 executor, {n} × 10 ready objects", found, beside, "≤ 5")]


async def to_one(asking: Asking, _: Address, runs: int) -> list[str]:
    """P5: a field that leads to one other thing, on n parents; and the queries that each needs."""
    planted = asking.planted
    plain, further = (body(query, s=planted.space, e=planted.documented) for query in (RECORDS, WITH_AUTHORITY))
    asked = list[int]()
    for sent in (plain, further):
        with watching() as watched:
            await asking.bytes_of(sent)
        asked.append(len(watched.asked))
    found, beside = await _alternating(lambda: asking.bytes_of(further), lambda: asking.bytes_of(plain), runs)
    label = f"P5 {planted.sizes.n} records + authority, {asked[1]} / {asked[0]} queries"
    return [line(label, found, beside, "≤ 1.5, one query more a level at most")]


async def _alternating(one: Callable[[], Awaitable[object]], other: Callable[[], Awaitable[object]], runs: int) -> tuple[Took, Took]:
    """Return the times of two works, turn by turn, so that what else the machine does falls on both."""
    a, b = list[float](), list[float]()
    for _ in range(3):
        part = max(2, runs // 3)
        a += (await took(one, part)).times
        b += (await took(other, part)).times
    return Took(a), Took(b)


def _bare(address: Address) -> AsyncDriver:
    return AsyncGraphDatabase.driver(address.url, auth=(address.user, address.password))


# ── where the time goes ───────────────────────────────────────────────────────────────────────────────────────────────────────────

PACKAGES = {
    "graphql": "graphql-core: parse, validate, execute", "strawberry": "strawberry: fields, results",
    "neo4j": "neo4j: driver and its wire format", "backend": "Joinder: services, rules, dressing", "graph": "Joinder: graph layer",
    "asyncio": "event loop", "orjson": "orjson",
}  # fmt: skip


async def profiled(asking: Asking, runs: int) -> list[str]:
    """Where a chart of n and a neighbourhood spend their time: waiting for the graph, writing the answer, else; and whose code runs."""
    planted = asking.planted
    bodies = {
        f"chart of {planted.sizes.n}": body(CHART, s=planted.space, c=planted.large, n=planted.sizes.n),
        f"neighbourhood of {NEIGHBOURS}": body(NEIGHBOURHOOD, s=planted.space, e=planted.hub),
    }
    found = ["", "Where the time goes"]
    for label, sent in bodies.items():
        found += [await _split(asking, label, sent, runs), *await _by_package(asking, sent, max(3, runs // 3))]
    return found


async def _split(asking: Asking, label: str, sent: bytes, runs: int) -> str:
    """Return the shares of one question: the graph as the driver is waited for, the bytes as orjson writes them again."""
    with watching() as watched:
        whole = await took(lambda: asking.bytes_of(sent), runs)
    total, waited = sum(whole.times), watched.ms * runs / (runs + 3)
    answer: object = orjson.loads(await asking.bytes_of(sent))
    begun = time.perf_counter()
    for _ in range(runs):
        orjson.dumps(answer)
    written = (time.perf_counter() - begun) * 1000
    shares = f"queries {waited / total:4.0%}, JSON {written / total:4.0%}, else {1 - (waited + written) / total:4.0%}"
    return f"  {label:26}{whole.p50:8.1f} ms: {shares}"


async def _by_package(asking: Asking, sent: bytes, runs: int) -> list[str]:
    """Return whose code the processor runs meanwhile, by package, as a profiler sees it: it makes small functions look dearer."""
    profile = cProfile.Profile()
    for _ in range(runs):
        profile.enable()
        await asking.bytes_of(sent)
        profile.disable()
        await asyncio.sleep(0)
    spent = defaultdict[str, float](float)
    stats = cast("dict[tuple[str, int, str], tuple[int, int, float, float, Any]]", vars(pstats.Stats(profile))["stats"])
    for (file, _, name), (_, _, own, _, _) in stats.items():
        spent[_package(file, name)] += own
    total = sum(spent.values())
    return [f"      {share / total:4.0%}  {label}" for label, share in sorted(spent.items(), key=lambda it: -it[1]) if share > total / 50]


def _package(file: str, name: str) -> str:
    if "select.epoll" in name:
        return "waiting"
    for part in reversed(Path(file).parts):
        if part in PACKAGES:
            return PACKAGES[part]
    return "orjson" if "orjson" in name else "Python itself and other libraries"
