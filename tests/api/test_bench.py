"""`joinder bench` runs and says what it measured; how quick anything is, is asserted nowhere."""

from __future__ import annotations

import asyncio
import re
import sys
from asyncio.subprocess import PIPE

import pytest

SMALLEST = ("--size", "30", "--runs", "3", "--requests", "8")
FIGURES = r" +[\d.]+" * 6


@pytest.mark.embedded
@pytest.mark.timeout(600)
async def test_it_prints_each_goal_beside_its_anchor_and_where_the_time_goes() -> None:
    bench = await asyncio.create_subprocess_exec(sys.executable, "-m", "backend.cli", "bench", *SMALLEST, stdout=PIPE, stderr=PIPE)
    said, errors = (each.decode() for each in await bench.communicate())
    assert (bench.returncode, errors) == (0, "")
    measured = ("P1 neighbourhood, 21 × 10", "P2 chart, 30 × 10", "P3 executor, 30 × 10", "P5 30 records")
    assert [each for each in measured if not re.search(rf"^{each}.*{FIGURES}  ≤ ", said, re.MULTILINE)] == []
    assert len(re.findall(r"^P4 /graphql, (?:30|10) × 10" + r" +[\d.]+" * 3 + "  ≥ ", said, re.MULTILINE)) == 2
    assert len(re.findall(r"ms: queries +\d+%, JSON +\d+%, else +\d+%", said)) == 2
    assert "graphql-core: parse, validate, execute" in said
