"""Shareholdings: a table of who owns what of which company, recognised by its columns and given a mapping that a person can overrule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend.entities.imports import headers

if TYPE_CHECKING:
    from collections.abc import Sequence

SHAREHOLDINGS = "shareholdings"
_OF_THE_LINK = ("percentage", "startDate", "endDate")


def suggest(names: Sequence[str]) -> dict[str, Any] | None:
    """Return what each row states, by the names of the columns, or None where they do not name both sides of a holding.

    Where both sides have a column of numbers, these tell one company from another; else their names do.
    """
    named, numbered, told = dict[str, str](), dict[str, str](), dict[str, str]()
    for name in names:
        spoken, side = headers.suggested(name), headers.holding(name)
        if spoken in _OF_THE_LINK:
            told.setdefault(spoken, name)
        elif side:
            (numbered if headers.part(name) == "number" or spoken == "registrationNumber" else named).setdefault(side, name)
    if named.keys() != {"owner", "owned"}:
        return None
    by_number = named.keys() == numbered.keys()
    owner, owned = (_company(kind, named[side], numbered[side] if by_number else None) for side, kind in _SIDES)
    properties = {"owner": {"entity": "A"}, "asset": {"entity": "B"}, **{part: {"column": name} for part, name in told.items()}}
    return {"A": owner, "B": owned, "link1": {"schema": "Ownership", "properties": properties}}


_SIDES = (("owner", "LegalEntity"), ("owned", "Company"))


def _company(kind: str, name: str, number: str | None) -> dict[str, Any]:
    return {"schema": kind, "keys": [number or name], "key_type": "text" if number else "name", "properties": {"name": {"column": name}}}
