"""Where each part of a mapping stands in its text, so that a mistake is named by line and key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml
from yaml.reader import ReaderError

from backend.entities.imports.rules import BadSource

if TYPE_CHECKING:
    from collections.abc import Iterator


class BadMapping(BadSource):
    """What is wrong at a place of a mapping, such as `queries[0].entities.owner.schema`."""

    def __init__(self, reason: str, place: str) -> None:
        """Take what is wrong and where."""
        super().__init__(f"{place}: {reason}")
        self.reason, self.place = reason, place


@dataclass(frozen=True, slots=True)
class Text:
    """A mapping as read, and the line of each of its places."""

    said: object
    lines: dict[str, int]

    def line(self, place: str) -> int:
        """Return the line of a place; of one that is missing, the line of what it is missing from."""
        while place and place not in self.lines:
            place = place.rpartition(".")[0]
        return self.lines.get(place, 1)


class _NoAliases(yaml.SafeLoader):
    """YAML without references, so that a small text stays small."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise BadSource("The mapping uses YAML references (*name). Write the part out.")
        return super().compose_node(parent, index)


def read(text: str) -> Text:
    """Read a text; raise BadSource with its line for what is no YAML."""
    try:
        loader = _NoAliases(text)
        node = loader.get_single_node()
        said: object = loader.construct_document(node) if node else None
    except BadSource:
        raise
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise BadSource(f"Line {_line_of(error, text):,}: this is no YAML.") from None
    return Text(said, dict(_queries(node)) if node else {})


def _line_of(error: Exception, text: str) -> int:
    if isinstance(error, ReaderError):  # a character that YAML does not know
        return text.count("\n", 0, error.position) + 1
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    return mark.line + 1 if mark else 1


def _queries(node: yaml.Node) -> Iterator[tuple[str, int]]:
    """Yield place and line of everything below the queries, wherever those stand: at the top, or below a data set's name."""
    if isinstance(node, yaml.SequenceNode):
        for at, each in enumerate(node.value):
            yield f"queries[{at}]", _line(each)
            yield from _below(f"queries[{at}]", each)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            one = isinstance(value, yaml.MappingNode) and key.value in {"query", "queries"}
            yield from (_below("queries[0]", value) if one else _queries(value))


def _below(place: str, node: yaml.Node) -> Iterator[tuple[str, int]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            name = f"{place}.{key.value}"
            yield name, _line(key)
            yield from _below(name, value)


def _line(node: yaml.Node) -> int:
    return node.start_mark.line + 1
