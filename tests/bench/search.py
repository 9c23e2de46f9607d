"""Measures the search over a space of many names: each way to type one, the counts beside it, and days that are said, as a multiple of a
look-up by id in the same run.

    python tests/bench/search.py [--entities 100000]

Nothing is asserted. It plants invented names in four scripts through the path by which imports write, on an embedded engine of its own,
and a link with a day for every fifth of them.
"""  # noqa: D205 - one sentence that needs two lines

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from backend.app import open_parts
from backend.config import Settings
from backend.core.ids import new_id
from backend.entities import service as entities
from backend.entities.changes import search_text, stated
from backend.entities.search import service as search
from backend.entities.search.wanted import Wanted
from graph.engine import Engine
from graph.migrations import runner
from graph.queries import entity_writes as writes
from graph.records import NewEntity, NewLink, NewRecord
from tests.support.world import World, team

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

T = TypeVar("T")
BATCH, RUNS = 1_000, 21
STARTS = [first + vowel for first in ("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "dr", "st", "v") for vowel in "aeio"]
MIDDLES = ["la", "ra", "na", "ri", "li", "ne", "do", "vi", "ma", "ro", "lo", "ta", "sta", "ve", "ki", "mi", "go", "be", "du", "si"]
ENDS = ["c", "k", "n", "s", "r", "l", "v", "m", "ts", "sky", "ov", "enko", "idis", "ini", "etti", "ova", "man", "son", "berg", "ic"]
CYRILLIC = str.maketrans(dict(zip("abcdefghijklmnoprstuvyz", "абцдефгхийклмнопрстувыз", strict=True)))
GREEK = str.maketrans(dict(zip("abdefghiklmnoprstuvz", "αβδεφγχικλμνοπρστουβζ"[:20], strict=True)))
ARABIC = str.maketrans(dict(zip("abdfghijklmnorstuvyz", "ابدفغهيجكلمنورستوفيز", strict=True)) | dict.fromkeys("ecp", ""))
ASKED = (
    ("a name in full", "{first} {last}"), ("a name's beginning", "{first} {last:.4}"), ("a common first name", "{first}"),
    ("two letters", "{first:.2}"), ("a family name in Cyrillic", "{cyrillic}"), ("a letter wrong", "{first} {wrong}"),
    ("a name that is not there", "Zyxwv Qrstuvw"), ("a date", "{date}"), ("a telephone number", "{phone}"),
    ("an exact phrase", '"{first} {last}"'),
)  # fmt: skip

COUNTED = ("a name in full", "a common first name", "two letters", "an exact phrase", "a telephone number")
DAYS = (
    ("born in three months", Wanted(stated_from=date(1979, 3, 1), stated_to=date(1979, 5, 31), stated_as="birthDate")),
    ("tied in three months", Wanted(stated_from=date(2024, 3, 1), stated_to=date(2024, 5, 31), stated_as="startDate")),
    ("any day of three months", Wanted(stated_from=date(2024, 3, 1), stated_to=date(2024, 5, 31))),
)


def people(number: int, chance: random.Random) -> list[dict[str, str]]:
    """Make up people: few first names, many family names, as in life."""
    firsts = [(chance.choice(STARTS) + chance.choice(MIDDLES) + chance.choice(ENDS[:8])).capitalize() for _ in range(400)]
    lasts = [
        (chance.choice(STARTS) + chance.choice(MIDDLES) + chance.choice(MIDDLES) + chance.choice(ENDS)).capitalize() for _ in range(30_000)
    ]
    found = list[dict[str, str]]()
    for each in range(number):
        name = f"{firsts[min(int(chance.expovariate(1 / 60)), 399)]} {chance.choice(lasts)}"
        script = chance.choices((None, CYRILLIC, GREEK, ARABIC), (80, 12, 4, 4))[0]
        born = f"{chance.randint(1940, 2005)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        found.append(
            {"name": name.lower().translate(script).title() if script else name, "birthDate": born, "phone": f"+3933{30_000_000 + each}"}
        )
    return found


async def plant(world: World, said: list[dict[str, str]]) -> list[str]:
    """Write the people in batches; return their ids."""
    space, now, ids = world.ids["Saltmarsh"], world.now, list[str]()
    for start in range(0, len(said), BATCH):
        entities_, records = list[NewEntity](), list[NewRecord]()
        for each in said[start : start + BATCH]:
            entity, values = new_id(), {name: [value] for name, value in each.items()}
            ids.append(entity)
            entities_.append(NewEntity(entity, "Person"))
            records.append(NewRecord(
                new_id(), entity, "Person", world.ids["NA-1"], values, "E-100", "", "B2", None, "H0", world.of_person["Maarten"], now,
                world.ids["Maarten"], caption=each["name"], search=search_text(values), stated=stated("Person", values),
            ))  # fmt: skip
        await world.parts.graph.write(lambda tx, e=entities_, r=records: writes.put(tx, space, e, r))
    return ids


async def tie(world: World, ids: list[str], chance: random.Random) -> None:
    """Say of every fifth that they are tied to somebody, since a day."""
    case, authority, by = world.ids["NA-1"], world.of_person["Maarten"], world.ids["Maarten"]
    for start in range(0, len(ids), BATCH * 5):
        records = list[NewRecord]()
        for one in ids[start : start + BATCH * 5 : 5]:
            link = NewLink(new_id(), "Associate", one, chance.choice([other for other in chance.sample(ids, 2) if other != one]))
            since = f"{chance.randint(2015, 2026)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
            records.append(NewRecord(
                new_id(), link.id, "Associate", case, {"startDate": [since]}, "E-100", "", "B2", None, "H0", authority, world.now, by,
                link=link,
            ))  # fmt: skip
        await world.parts.graph.write(lambda tx, r=records: writes.put(tx, world.ids["Saltmarsh"], [], r))


async def took(work: Callable[[int], Awaitable[T]], runs: int = RUNS) -> tuple[float, float, list[T]]:
    """Return the median and the worst milliseconds of a few runs, the first left out, and what each returned."""
    times, said = list[float](), list[T]()
    for each in range(runs + 1):
        begun = time.perf_counter()
        said.append(await work(each))
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times[1:]), max(times[1:]), said


def typed(form: str, one: dict[str, str]) -> str:
    """Return what somebody types who looks for this person."""
    first, last = one["name"].split(" ", 1)
    wrong = last[:3] + ("q" if len(last) > 4 else "") + last[4:]
    return form.format(
        first=first, last=last, wrong=wrong, cyrillic=last.lower().translate(CYRILLIC), date=one["birthDate"], phone=one["phone"]
    )


async def measure(world: World, said: list[dict[str, str]], ids: list[str], chance: random.Random) -> None:
    """Print each way to ask beside a look-up."""
    ctx, space = world.ctx("Maarten"), world.ids["Saltmarsh"]
    anchor, _, _ = await took(lambda each: entities.look_up(ctx, space, ids[each * 37 % len(ids)]))
    sys.stdout.write(
        f"{len(ids):,} entities; a look-up by id: {anchor:.1f} ms\n{'asked':46}{'p50, ms':>9}{'worst':>9}{'×':>8}{'found':>8}\n"
    )
    latin = [one for one in said if one["name"].isascii()]

    async def measured(label: str, form: str, ask: Callable[[str], Awaitable[int]]) -> None:
        chosen = [typed(form, chance.choice(latin)) for _ in range(RUNS + 1)]
        median, worst, answers = await took(lambda each: ask(chosen[each]))
        sys.stdout.write(f"{label:46}{median:9.1f}{worst:9.1f}{median / anchor:8.1f}{statistics.median(answers):8.0f}\n")
        sys.stdout.flush()

    async def found(text: str, wanted: Wanted | None = None) -> int:
        return len(await search.search(ctx, space, text, 30, wanted))

    async def counted(text: str, wanted: Wanted | None = None) -> int:
        return (await search.facets_of(ctx, space, text, wanted)).total

    for label, form in ASKED:
        await measured(label, form, found)
    for label in COUNTED:
        await measured(f"counts of {label}", dict(ASKED)[label], counted)
    for label, wanted in DAYS:
        for name in ("a name in full", "a common first name"):
            await measured(f"{name}, {label}", dict(ASKED)[name], lambda text, wanted=wanted: found(text, wanted))
            await measured(f"counts of {name}, {label}", dict(ASKED)[name], lambda text, wanted=wanted: counted(text, wanted))


async def main(number: int) -> None:
    chance = random.Random(7)
    with tempfile.TemporaryDirectory(prefix="joinder-bench-") as folder:
        engine = Engine(Path(folder) / "graph")
        address = await engine.start()
        try:
            async with open_parts(Settings(data=Path(folder)), address) as parts:
                await runner.migrate(parts.graph)
                world = await team(World(parts))
                said = people(number, chance)
                begun = time.perf_counter()
                ids = await plant(world, said)
                sys.stdout.write(f"written: {number / (time.perf_counter() - begun):,.0f} a second\n")
                await tie(world, ids, chance)
                await measure(world, said, ids, chance)
        finally:
            await engine.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entities", type=int, default=100_000)
    asyncio.run(main(parser.parse_args().entities))
