"""The graph as lines of JSON, and back: `{"n": [labels, values]}`, and `{"r": [label, key, type, label, key, values]}` between two of them.

Read behind the closed gate (`graph/gate.py`), so that all lines are of one moment: neither engine reads a snapshot over several statements.
What bounds the wait of those who write is how fast the graph is read. That nobody came past the gate (a server on another machine) is
looked at afterwards: the number of each space's last event must be what it was, else the graph is read again.

Written back in batches, each with the number of lines that are in, so that a restore that was killed goes on where it was.
"""

from __future__ import annotations

import base64
import math
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

import orjson

from backend.keeping.recovery import KeepingError
from graph.queries import keeping as keeping_queries
from graph.queries import keeping_dump as queries
from graph.queries.keeping_dump import PAGE, UnknownName

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from graph.driver import Graph, Tx

STRANGE = "The graph holds {}, which this program does not know. Use the program that wrote it."
RESTLESS = "The graph was changed by somebody whom this machine cannot keep waiting. Stop servers on other machines, then run this again."


class Restless(KeepingError):
    """The graph was changed while it was read."""


@dataclass(slots=True)
class Dumped:
    """What was read: nodes by label, relationships, and the objects of the store that they name."""

    nodes: dict[str, int] = field(default_factory=dict[str, int])
    ties: int = 0
    needed: set[str] = field(default_factory=set[str])
    """Objects that hold parts of stored files."""
    named: set[str] = field(default_factory=set[str])
    """Objects of what was on its way; they may not be there."""

    def note(self, label: str, values: dict[str, Any]) -> None:
        """Count a node, and keep the object that it names."""
        self.nodes[label] = self.nodes.get(label, 0) + 1
        if place := values.get("object"):
            (self.needed if label == "FilePart" and values.get("state") == "stored" else self.named).add(place)


async def lines(graph: Graph, found: Dumped, also: tuple[str, ...] = ()) -> AsyncIterator[bytes]:
    """Yield the graph in pieces of many lines, noting in `found` what there is. The caller holds the gate. Raises KeepingError.

    `also`: labels of what no backup holds.
    """
    left_out = tuple(one for one in queries.LEFT_OUT if one not in also)
    try:
        before = await graph.read(keeping_queries.clocks)
        nodes, ties = await graph.read(lambda tx: queries.counts(tx, left_out))
        for label in (*queries.LABELS, *also):
            keys = iter(await graph.read(lambda tx, label=label: queries.keys(tx, label)) if label in nodes else [])
            while some := list(islice(keys, PAGE)):
                yield await _page(graph, label, some, found)
    except UnknownName as error:
        raise KeepingError(STRANGE.format(error)) from error
    if (found.nodes, found.ties) != (nodes, ties) or before != await graph.read(keeping_queries.clocks):
        raise Restless(RESTLESS)


async def _page(graph: Graph, label: str, some: list[str], found: Dumped) -> bytes:
    async def work(tx: Tx) -> tuple[list[tuple[list[str], dict[str, Any]]], list[list[Any]]]:
        return await queries.nodes(tx, label, some), await queries.ties(tx, label, some)

    nodes, ties = await graph.read(work)
    written = list[bytes]()
    for names, values in nodes:
        found.note(queries.label_in(names), values)
        written.append(orjson.dumps({"n": [names, _plain(values)]}))
    for start, name, end_label, end, values in ties:
        found.ties += 1
        written.append(orjson.dumps({"r": [label, start, name, end_label, end, _plain(values)]}))
    return b"".join(one + b"\n" for one in written)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Return properties as JSON has them, each with its type. Raises KeepingError for a type that is written nowhere in this program."""
    return {name: _tagged(name, value) for name, value in values.items()}


def _tagged(name: str, value: object) -> object:
    if isinstance(value, bytes | bytearray):
        return {"bytes": base64.b64encode(value).decode()}
    if isinstance(value, list):
        return [_tagged(name, one) for one in cast("list[object]", value)]
    if isinstance(value, float) and not math.isfinite(value):
        return {"float": repr(value)}
    if isinstance(value, bool | int | float | str):
        return value
    raise KeepingError(STRANGE.format(f"a property {name} of a type ({type(value).__name__})"))


def _untagged(value: object) -> object:
    if isinstance(value, list):
        return [_untagged(one) for one in cast("list[object]", value)]
    if isinstance(value, dict):
        ((kind, text),) = cast("dict[str, str]", value).items()
        return base64.b64decode(text) if kind == "bytes" else float(text)
    return value


@dataclass(slots=True)
class Loading:
    """Writes a backup's lines into an empty graph. `read` yields them from the beginning, each time it is called."""

    graph: Graph
    backup: str
    read: Callable[[], AsyncIterator[bytes]]
    say: Callable[[str], None]
    _passed: int = field(default=0, init=False)
    _in: int = field(default=0, init=False)

    async def run(self) -> None:
        """Write what is not in yet: all nodes, then all relationships. Raises KeepingError where the graph holds something else."""
        self._in = await self._begun()
        if self._in:
            self.say(f"going on behind line {self._in}")
        try:
            for kind in ("n", "r"):
                await self._lines_of(kind)
        except UnknownName as error:
            raise KeepingError(STRANGE.format(error).replace("The graph", "The backup")) from error

    async def _begun(self) -> int:
        begun = await self.graph.read(queries.begun)
        if begun and begun[0] == self.backup:
            return begun[1]
        nodes, _ = await self.graph.read(queries.counts)
        if begun or nodes.keys() - {"Migration"}:
            raise KeepingError("The graph is not empty, and nothing was written to it. Restore into an empty one.")
        await self.graph.write(lambda tx: queries.reached(tx, self.backup, 0))
        return 0

    async def _lines_of(self, kind: str) -> None:
        held = list[list[Any]]()
        async for line in self.read():
            found = orjson.loads(line)
            if kind not in found:
                continue
            self._passed += 1
            if self._passed > self._in:
                held.append(found[kind])
            if len(held) == PAGE:
                await self._write(kind, held)
                held = []
        await self._write(kind, held)

    async def _write(self, kind: str, held: list[list[Any]]) -> None:
        if not held:
            return
        self._in += len(held)

        async def work(tx: Tx) -> bool:
            done = await (_nodes(tx, held) if kind == "n" else _ties(tx, held))
            await queries.reached(tx, self.backup, self._in)
            return done == len(held)

        if not await self.graph.write(work):
            raise KeepingError("The graph did not take all that the backup holds. Empty it and the data folder, then restore again.")
        if self._in % (20 * PAGE) == 0:
            self.say(f"{self._in} nodes and relationships written")


async def _nodes(tx: Tx, held: list[list[Any]]) -> int:
    groups = dict[tuple[str, ...], list[dict[str, Any]]]()
    for names, values in held:
        groups.setdefault(tuple(names), []).append({name: _untagged(value) for name, value in values.items()})
    return sum([await queries.create(tx, names, rows) for names, rows in groups.items()])


async def _ties(tx: Tx, held: list[list[Any]]) -> int:
    groups = dict[tuple[str, str, str], list[dict[str, Any]]]()
    for label, start, name, end_label, end, values in held:
        row = {"start": start, "end": end, "values": {each: _untagged(value) for each, value in values.items()}}
        groups.setdefault((label, name, end_label), []).append(row)
    return sum([await queries.tie(tx, label, name, end, rows) for (label, name, end), rows in groups.items()])
