"""The few lines where the two engines differ: full-text indexes and the path to a composite unique key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, LiteralString

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Dialect:
    """`records` and `pages` are the indexes' names in `db.index.fulltext.queryNodes`.

    `cypher_ddl` runs with the migration of that number; `engine_ddl` inside the engine's process, at each start, before Bolt.
    """

    engine: Literal["neo4j", "embedded"]
    records: str
    pages: str
    cypher_ddl: Mapping[int, tuple[LiteralString, ...]]
    engine_ddl: tuple[str, ...]


_WORDS_AS_THEY_ARE = " OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace', `fulltext.eventually_consistent`: false}}"
NEO4J = Dialect(
    engine="neo4j",
    records="rec",
    pages="pages",
    cypher_ddl={
        1: ("CREATE FULLTEXT INDEX rec IF NOT EXISTS FOR (r:Record) ON EACH [r.search]" + _WORDS_AS_THEY_ARE,),
        13: ("CREATE FULLTEXT INDEX pages IF NOT EXISTS FOR (r:ExhibitPage) ON EACH [r.search]" + _WORDS_AS_THEY_ARE,),
    },
    engine_ddl=(),
)
EMBEDDED = Dialect(
    engine="embedded",
    records="Record[search]",
    pages="ExhibitPage[search]",
    cypher_ddl={},
    engine_ddl=(
        "CREATE VERTEX TYPE Record IF NOT EXISTS",
        "CREATE PROPERTY Record.search IF NOT EXISTS STRING",
        "CREATE INDEX IF NOT EXISTS ON Record (search) FULL_TEXT",
        "CREATE VERTEX TYPE ExhibitPage IF NOT EXISTS",
        "CREATE PROPERTY ExhibitPage.search IF NOT EXISTS STRING",
        "CREATE INDEX IF NOT EXISTS ON ExhibitPage (search) FULL_TEXT",
    ),
)
BY_NAME = {dialect.engine: dialect for dialect in (NEO4J, EMBEDDED)}
