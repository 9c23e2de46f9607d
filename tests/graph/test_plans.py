"""Every query of the graph layer at planted sizes: which scan, which grow. What is allowed to is named here with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from tests.graph.parameters import of
from tests.graph.plans import plan, told
from tests.graph.planting import plant

if TYPE_CHECKING:
    from graph.driver import Address, Graph
    from tests.graph.plans import Plan

SMALL, LARGE = 2_000, 20_000
ONE_NODE, EVERYBODY, AT_START = "there is one such node", "it lists all of them for one page", "once, when a server starts"
ROTATED = "a command goes through all files of a space"
NEW_TOKENS = "every record gets its tokens anew, once, when the program's have changed"
ERASED = "an erasure is rare, and few of them are there"
COUNTED = "a backup counts everything, to leave nothing out"
SCANNING = {
    "agencies.AGENCIES": EVERYBODY,
    "agencies.PEOPLE": EVERYBODY,
    "agreements.REGISTER": EVERYBODY,
    "accounts.ACCOUNTS": EVERYBODY,
    "auth.DEMO_PEOPLE": EVERYBODY,
    "accounts.OTHER_ADMINISTRATOR": "administrators are looked for when one of them is disabled",
    "auth.SOMEBODY": "it ends at the first",
    "deployment.LOADED": ONE_NODE,
    "deployment.MARK_LOADED": ONE_NODE,
    "imports.COMING": AT_START,
    "imports.NONE_COMING": AT_START,
    "oversight.BEHIND": "it compares every stream with the log, one clock a space",
    "keys.SPACES": EVERYBODY,
    "keeping.CLOCKS": "one clock a space",
    "keeping_dump.LABELLED": COUNTED,
    "keeping_dump.TIED": COUNTED,
    **dict.fromkeys(("keeping_dump.BEGUN", "keeping_dump.REACHED", "keeping_dump.ENDED", "keeping_dump.MIGRATIONS"), ONE_NODE),
    **dict.fromkeys(("keeping_erase.RELEASES", "keeping_erase.MENTIONS"), ERASED),
    "runner.RESTORING": ONE_NODE,
    "evidence.ADOPT": AT_START,
    "entity_writes.HOMES": EVERYBODY,
    "runner.BEGIN": ONE_NODE,
    "runner.FINISH": ONE_NODE,
    "runner.STATE": ONE_NODE,
    "search.CASES": NEW_TOKENS,
    "search.TOKENS": ONE_NODE,
    "search.TOKENS_DONE": ONE_NODE,
}
WHOLE_SPACE, WHOLE_CASE = "an answer about every entity of a space", "an answer about every record of a case"
MARKED_WHOLE = "every record of a source is marked with it, in a job"
GROWING = {
    "agencies.PEOPLE": EVERYBODY,
    "accounts.ACCOUNTS": EVERYBODY,
    "accounts.OTHER_ADMINISTRATOR": EVERYBODY,
    "cases.ENTITY_COUNTS": WHOLE_CASE,
    "entities.KIND_COUNTS": WHOLE_SPACE,
    "entities.KIND_COUNTS_OF_CASE": WHOLE_CASE,
    "entities.PAGE": WHOLE_SPACE + ": its total and its place in the order of visible captions",
    "entities.PAGE_OF_CASE": WHOLE_CASE + ": the same",
    "keys.IMPORTS": ROTATED,
    "keys.NEXT_FACTORS": "a command goes through the second factors of everybody",
    "keys.STORED_FILES": ROTATED,
    "keys.UPLOADS": ROTATED,
    "evidence.PAGE": WHOLE_SPACE + ": its total and its place in the order of visible numbers",
    "markings.EXHIBIT_CLASSES": MARKED_WHOLE,
    "markings.EXHIBITS_OF_CASE": MARKED_WHOLE,
    "imports.STANDING": "an undo retracts all that one import stated, in a job",
    "evidence_uploads.EXPIRED": "a sweep looks at every upload that is open",
    "keeping_dump.LABELLED": COUNTED,
    "keeping_dump.TIED": COUNTED,
    "keeping_erase.MENTIONS": ERASED,
    "keeping_erase.TASKS": "an erasure looks at every task of a space, once",
    "keeping_erase_files.IMPORTS": "an erasure reads every source file of a space",
    "network.ALL_DEGREES": WHOLE_SPACE + ": the best connected ones come first, and no degree may be stored",
    "network.ALL_IDS": WHOLE_SPACE,
    "network.CASE_SUBJECTS": WHOLE_CASE,
    "network.IMPORT_SUBJECTS": "a chart of all that one import stated",
    "markings.CLASSES_OF_CASE": MARKED_WHOLE,
    "markings.CLASSES_OF_IMPORT": MARKED_WHOLE,
    "markings.OF_CASE": MARKED_WHOLE,
    "markings.OF_IMPORT": MARKED_WHOLE,
    "markings.TASKS_OF_CASE": "all tasks of a case are marked with it",
    "markings.TASK_CLASSES": "all tasks of a case are marked with it",
    "search.CASES": EVERYBODY,
    "search.IN_CASE": NEW_TOKENS,
    "tasks.PAGE": "an answer about every task of a space: its total and its place in their order",
}
SOMETIMES = frozenset({"keys.IMPORTS", "keys.UPLOADS", "keeping_erase_files.IMPORTS"})
"""These grow or not by the index that the planner takes, which hangs on what else the graph holds."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def grown(address: Address, graph: Graph) -> list[dict[str, Plan]]:
    """Plans and reads of every query at n, and at 10 n with everything else ten times as large."""
    found: list[dict[str, Plan]] = []
    for size in (SMALL, LARGE):
        planted = await plant(graph, size)
        said = await told(address, "CYPHER replan=force PROFILE", of(planted, graph.dialect))
        found.append({name: plan(each) for name, each in said.items()})
    return found


@pytest.mark.neo4j
@pytest.mark.timeout(600)
def test_no_query_scans_but_those_named(grown: list[dict[str, Plan]]) -> None:
    scanning = {name: said.scans for plans in grown for name, said in plans.items() if said.scans}
    assert not {name: scans for name, scans in scanning.items() if name not in SCANNING}
    assert scanning.keys() >= SCANNING.keys(), "these scan no more: take them off the table"


@pytest.mark.neo4j
def test_no_query_multiplies_rows(grown: list[dict[str, Plan]]) -> None:
    assert not {name: said.products for plans in grown for name, said in plans.items() if said.products}


@pytest.mark.neo4j
def test_no_query_reads_more_in_a_larger_space_but_those_named(grown: list[dict[str, Plan]]) -> None:
    small, large = grown
    growing = {name: (small[name].hits, large[name].hits) for name in small if large[name].hits > 2 * small[name].hits}
    unnamed = {name: hits for name, hits in growing.items() if name not in GROWING}
    assert not unnamed, unnamed
    of_spaces = {name for name, why in GROWING.items() if why != EVERYBODY} - SOMETIMES  # people of other plantings are there already
    assert growing.keys() >= of_spaces, "these grow no more: take them off the table"


@pytest.mark.embedded
async def test_the_embedded_engine_starts_from_an_index(address: Address, graph: Graph) -> None:
    """It tells its plan only for some shapes of query; `tests/bench/growth.py` measures all of them."""
    planted = await plant(graph, 200)
    said = await told(address, "EXPLAIN", of(planted, graph.dialect))
    plans = {name: str(each["args"]["string-representation"]) for name, each in said.items()}
    assert any("NodeIndexSeek" in text for text in plans.values())
    assert {name for name, text in plans.items() if "NodeByLabelScan" in text} <= SCANNING.keys()
