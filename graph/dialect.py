"""The few lines where the two engines differ: full-text indexes and the path to a composite unique key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, LiteralString


@dataclass(frozen=True, slots=True)
class Dialect:
    """`fulltext` is the index's name in `db.index.fulltext.queryNodes`; `engine_ddl` runs inside the engine's process, before Bolt."""

    engine: Literal["neo4j", "embedded"]
    fulltext: str
    cypher_ddl: tuple[LiteralString, ...]
    engine_ddl: tuple[str, ...]


NEO4J = Dialect(
    engine="neo4j",
    fulltext="rec",
    cypher_ddl=(
        (
            "CREATE FULLTEXT INDEX rec IF NOT EXISTS FOR (r:Record) ON EACH [r.search]"
            " OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace', `fulltext.eventually_consistent`: false}}"
        ),
    ),
    engine_ddl=(),
)
EMBEDDED = Dialect(
    engine="embedded",
    fulltext="Record[search]",
    cypher_ddl=(),
    engine_ddl=(
        "CREATE VERTEX TYPE Record IF NOT EXISTS",
        "CREATE PROPERTY Record.search IF NOT EXISTS STRING",
        "CREATE INDEX IF NOT EXISTS ON Record (search) FULL_TEXT",
    ),
)
BY_NAME = {dialect.engine: dialect for dialect in (NEO4J, EMBEDDED)}
