"""Payments, calls and shareholdings: tables that most cases have, recognised by their columns; a person can overrule the mapping.

Both sides of a row may name a person, an account and a telephone. An account is told apart by its number, a telephone by its, a person by
name: the same in any notation, column and file of one data set is the same thing, so that a table of payments and one of calls meet.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from backend.entities.identifiers import guesses
from backend.entities.imports import headers, shareholdings, values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.entities.imports.preview import Column

PAYMENTS, CALLS = "payments", "calls"
_MOST = 0.6
_SHORTEST_NUMBER = 5


@dataclass
class _Side:
    """The columns of one side."""

    name: str | None = None
    account: Column | None = None
    phone: str | None = None


@dataclass
class _Table:
    """The columns of a table by what they tell."""

    sides: dict[str, _Side] = field(default_factory=lambda: {"from": _Side(), "to": _Side()})
    parts: dict[str, Column] = field(default_factory=dict[str, "Column"])


def suggest(columns: Sequence[Column]) -> tuple[str, str] | None:
    """Return the template that fits a table and its mapping as YAML, or None."""
    table = _read(columns)
    start, end = table.sides["from"], table.sides["to"]
    if "amount" in table.parts and all(side.name or side.account for side in (start, end)):
        return PAYMENTS, _mapping(table, "Payment")
    if start.phone and end.phone:
        return CALLS, _mapping(table, "Call")
    held = shareholdings.suggest([each.name for each in columns])
    return (shareholdings.SHAREHOLDINGS, _written(held)) if held else None


def _read(columns: Sequence[Column]) -> _Table:
    table = _Table()
    for column in columns:
        side, part = headers.side(column.name), headers.part(column.name)
        if side:
            _put(table.sides[side], column)
        elif part:
            table.parts.setdefault(part, column)
    return table


def _put(side: _Side, column: Column) -> None:
    """Say what a column tells of its side: by its values where they leave no doubt, else by its name."""
    spoken = headers.suggested(column.name)
    if _are(column, "iban") or spoken in {"iban", "accountNumber"}:
        side.account = side.account or column
    elif _are(column, "phone") or spoken == "phone" or _numbers(column):
        side.phone = side.phone or column.name
    elif spoken in {"name", "startDate", "endDate", None, "lastName"}:
        side.name = side.name or column.name


def _are(column: Column, sort: str) -> bool:
    fitting = sum(any(it.type == sort for it in guesses(cell)) for cell in column.values)
    return bool(column.values) and fitting >= _MOST * len(column.values)


def _numbers(column: Column) -> bool:
    bare = [cell.translate({ord(each): None for each in " +-/().\u00a0"}) for cell in column.values]
    return bool(bare) and sum(each.isdecimal() and len(each) >= _SHORTEST_NUMBER for each in bare) >= _MOST * len(bare)


def _mapping(table: _Table, kind: str) -> str:
    entities = dict[str, Any]()
    ends = [_side(entities, side, "ABCDEF"[at * 3 :], kind) for at, side in enumerate(table.sides.values())]
    names = ("payer", "beneficiary") if kind == "Payment" else ("caller", "receiver")
    number = table.parts.get("number")
    link: dict[str, Any] = {"schema": kind, **({"keys": [number.name]} if number else {"each_row": True})}
    link["properties"] = {names[0]: {"entity": ends[0]}, names[1]: {"entity": ends[1]}, **_told(table, kind)}
    links = {name: said for name, said in entities.items() if "source" in said["properties"]}
    things = {name: said for name, said in entities.items() if name not in links}
    whole = {**things, **links, f"link{len(links) + 1}": link}
    return _written(whole)


def _written(entities: dict[str, Any]) -> str:
    return yaml.safe_dump(
        {"queries": [{"strict": True, "entities": entities}]}, sort_keys=False, allow_unicode=True, default_flow_style=None, width=120
    )


def _side(entities: dict[str, Any], side: _Side, letters: str, kind: str) -> str:
    """Add what one side states and return the end of the payment or call: the account or telephone, else the person."""
    person, account, phone = letters[0], letters[1], letters[2]
    if side.name:
        entities[person] = {"schema": "LegalEntity", "keys": [side.name], "key_type": "name", "properties": {"name": {"column": side.name}}}
    if side.account:
        sort, name = ("iban", "iban") if _are(side.account, "iban") else ("account", "accountNumber")
        column = side.account.name
        entities[account] = {"schema": "BankAccount", "keys": [column], "key_type": sort, "properties": {name: {"column": column}}}
    if side.phone:
        entities[phone] = {"schema": "Phone", "keys": [side.phone], "key_type": "phone", "properties": {"number": {"column": side.phone}}}
    for link, other, there in (("AccountHolder", account, side.account), ("UsesPhone", phone, side.phone)):
        if side.name and there:
            number = sum("source" in each["properties"] for each in entities.values()) + 1
            entities[f"link{number}"] = {"schema": link, "properties": {"source": {"entity": person}, "target": {"entity": other}}}
    end = side.account if kind == "Payment" else side.phone
    return (account if kind == "Payment" else phone) if end else person


def _told(table: _Table, kind: str) -> dict[str, Any]:
    """Return the properties of the payment or call itself."""
    parts, found = table.parts, dict[str, Any]()
    for part in ("amount", "currency", "purpose") if kind == "Payment" else ("duration",):
        if part in parts:
            mark = "point" if part == "duration" else parts[part].decimal if part == "amount" else None
            found[part] = {"column": parts[part].name, **({"decimal": mark} if mark else {})}
    if kind == "Payment" and "number" in parts:
        found["transactionNumber"] = {"column": parts["number"].name}
    dated = [parts[part] for part in ("date", "time") if part in parts]
    if dated:
        order = dated[0].dates or values.date_order(list(dated[0].values))
        said = {"columns": [it.name for it in dated]} if len(dated) > 1 else {"column": dated[0].name}
        found["date"] = {**said, **({"dates": order} if order else {})}
    return found
