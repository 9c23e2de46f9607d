"""`joinder erase`: everything that the deployment holds of an entity that was entered wrongly, for good, with a certificate.

It is a command of whoever keeps the machine, not an operation of a team: an erasure must reach records that none of its people may all
see, each authority's own among them, so it needs an order from outside of the team (`--order`, a reference) and an administrator who
answers for it (`--by`). Nobody in a space gains a right by it, and it shows ids and counts alone.

The server is stopped meanwhile. First it is worked out what goes (`plan`) and kept as `erasing.json`, ids alone; then it goes, in steps of
which each may be the last before a SIGKILL: tasks, links, records, the entity (`graph/queries/keeping_erase.py` lists what holds data of
it), the rows in source files (`erase_files.py`), old versions in the files of the graph (`renew.py`). Last comes the certificate
(`erasures.py`), which every later restore carries out again on an older backup.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.core.audit import Operation, Trail, doing
from backend.core.audit_entry import REFERENCE
from backend.core.ids import new_id
from backend.keeping import erase_files, erase_left, erasures
from backend.keeping.recovery import KeepingError
from backend.storage import key_file
from graph import outbox
from graph.outbox import Change
from graph.queries import keeping_erase as queries
from graph.records import stamp

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from backend.core.context import Parts
    from backend.keeping.erasures import Certificate, Reason
    from graph.driver import Tx

STATE_FILE = "erasing.json"
LINKS_AT_ONCE, RECORDS_AT_ONCE = 200, 500
NOT_THERE = "There is no entity {} in the space {}. Nothing was changed."
NO_ADMINISTRATOR = "{} is no administrator of this deployment who may sign in. Name with --by who answers for the erasure."
NO_REFERENCE = "--order takes the reference of the order, such as 117/2026: letters, digits and . _ : / + = -, no name and no words."
BROKEN_OFF = "The erasure {} was broken off. Run `joinder erase --continue` first; until then nothing else is erased and no backup is made."


@dataclass(frozen=True, slots=True)
class Order:
    """Who is to be erased, by whom and why."""

    space: str
    entities: tuple[str, ...]
    by: str
    reason: Reason
    reference: str

    def __post_init__(self) -> None:
        """Refuse words where a reference belongs: it goes into the audit log and the certificate."""
        if not REFERENCE.fullmatch(self.reference):
            raise KeepingError(NO_REFERENCE)


def begun(data: Path) -> Certificate | None:
    """Return the erasure that was broken off, if there is one."""
    path = data / STATE_FILE
    return json.loads(key_file.read_private(path, erasures.LARGEST)) if path.exists() else None


def require_none_begun(data: Path) -> None:
    """Raise KeepingError where an erasure was broken off."""
    if draft := begun(data):
        raise KeepingError(BROKEN_OFF.format(draft["id"]))


def require_begun(data: Path) -> Certificate:
    """Return the erasure that was broken off. Raises KeepingError where none was."""
    draft = begun(data)
    if draft is None:
        raise KeepingError("No erasure was broken off, so there is nothing to go on with.")
    return draft


async def plan(parts: Parts, order: Order) -> Certificate:
    """Return what an erasure would come to, in the form of its certificate; nothing is changed. Raises KeepingError."""
    ids = sorted(set(order.entities))

    async def work(tx: Tx) -> tuple[Certificate, dict[str, set[str]], list[str], list[str]]:
        who = await queries.person(tx, order.by)
        if who is None:
            raise KeepingError(NO_ADMINISTRATOR.format(order.by))
        there = {one for one, _, _ in await queries.entities(tx, order.space, ids)}
        if missing := next((one for one in ids if one not in there), None):
            raise KeepingError(NOT_THERE.format(missing, order.space))
        links = [row[0] for row in await queries.links(tx, order.space, ids)]
        rows = await queries.records(tx, order.space, [*ids, *links])
        records = [row["id"] for row in rows]
        stated = await queries.stated(tx, records)
        tasks, _ = _tasks(await queries.tasks(tx, order.space, [*ids, *links]), {*ids, *links})
        goes = {
            "links": set(links), "records": set(records), "identifiers": set(await queries.unstated(tx, list(stated), records)),
            "releases": set(await queries.releases(tx, order.space, records)), "tasks": {one for one, _ in tasks},
            "comments": set(await queries.comments(tx, [one for one, _ in tasks])),
        }  # fmt: skip
        draft = {
            "id": new_id(), "at": stamp(parts.clock.now()), "by": who[0], "agency": who[1], "space": order.space,
            "reason": order.reason.value, "order": order.reference, "entities": ids, **{name: len(those) for name, those in goes.items()},
        }  # fmt: skip
        about_it = [row for row in rows if row["about"] in there]
        cited = sorted({row["exhibit"] for row in rows if row.get("exhibit")})
        return draft, goes, erase_left.names(about_it, stated.values()), cited

    draft, goes, names, cited = await parts.graph.read(work)
    files, unread = await erase_files.looked_through(parts, order.space, ids, names)
    same = await parts.graph.read(lambda tx: queries.same_file(tx, order.space, [it["sha256"] for it in files]))
    replaced = {it["exhibit"] for it in files}
    known = set[str]().union(ids, replaced, *goes.values())
    looked = {*cited, *unread, *(one for _, one in same)} - replaced
    left = await erase_left.found(parts.graph, order.space, names, known)
    return draft | {"files": files, "left": sorted({*left, *(("EvidenceItem", one) for one in looked)})}


def _tasks(
    found: list[tuple[str, str, list[str]]], gone: set[str]
) -> tuple[list[tuple[str, tuple[str, ...]]], list[tuple[str, tuple[str, ...], list[str]]]]:
    """Return (id, classes) of the tasks about nothing else, and (id, classes, what is left) of the others."""
    left = [(one, (vis,), [it for it in about if it not in gone]) for one, vis, about in found]
    return [(one, vis) for one, vis, about in left if not about], [row for row in left if row[2]]


def remember(data: Path, draft: Certificate) -> None:
    """Keep what an erasure has come to, so that it can go on."""
    key_file.replace(data / STATE_FILE, json.dumps(draft))


async def carry_out(parts: Parts, draft: Certificate, kept: Callable[[], object], say: Callable[[str], None]) -> None:
    """Take everything out of graph and store, step by step. `kept` is called when `draft` grew."""
    for step in (_drop_tasks, _drop_links, _drop_records, _drop_entities):
        while await _written(parts, draft, step):
            pass
    say("tasks, links, records and entities are out of the graph")
    for file in draft["files"]:
        events = await erase_files.replace(parts, draft, file, stamp(parts.clock.now()))
        if events:
            await _logged(parts, draft, [file["exhibit"], file["copy"], file["import"]], events)
        kept()
        say(f"the file of exhibit {file['exhibit']} gave way to that of {file['copy']}")


async def _written(parts: Parts, draft: Certificate, step: Callable[[Tx, Certificate], Awaitable[tuple[list[str], list[Change]]]]) -> bool:
    """Do a part of a step in one transaction, its events and its line in the audit log; return whether there was anything to do."""
    now = stamp(parts.clock.now())

    async def work(tx: Tx) -> tuple[list[str], list[str]]:
        ids, told = await step(tx, draft)
        return ids, await outbox.append(tx, draft["space"], draft["by"], now, told) if told else []

    ids, events = await parts.graph.write(work)
    if ids:
        await _logged(parts, draft, ids, events)
    return bool(ids)


async def _logged(parts: Parts, draft: Certificate, ids: list[str], events: list[str]) -> None:
    trail = Trail(parts.audit, person=draft["by"], agency=draft["agency"])
    with doing("erase", Operation.ERASURE, justification=draft["order"]):
        trail.changed(draft["space"], ids, events)
    await trail.flush()
    parts.wake(draft["space"])


async def _drop_tasks(tx: Tx, draft: Certificate) -> tuple[list[str], list[Change]]:
    space, ids = draft["space"], draft["entities"]
    gone = {*ids, *(row[0] for row in await queries.links(tx, space, ids))}
    whole, less = _tasks(await queries.tasks(tx, space, sorted(gone)), gone)
    await queries.drop_tasks(tx, space, [one for one, _ in whole], [(one, about) for one, _, about in less])
    told = [Change("task", "erased", one, vis) for one, vis in whole]
    told += [Change("task", "changed", one, vis, vis) for one, vis, _ in less]
    return [it.subject for it in told], told


async def _drop_links(tx: Tx, draft: Certificate) -> tuple[list[str], list[Change]]:
    space, found = draft["space"], await queries.links(tx, draft["space"], draft["entities"], LINKS_AT_ONCE)
    if not found:
        return [], []
    await queries.drop_links(tx, space, [{"id": row[0], "source": row[3], "target": row[5]} for row in found])
    records = [row["id"] for row in await queries.records(tx, space, [row[0] for row in found])]
    await queries.drop_records(tx, space, records)
    told = [
        Change("merge" if kind == "SameAs" else "link", "erased", subject, (vis, at_start, at_end), (), source, target)
        for one, kind, vis, source, at_start, target, at_end in found
        for subject in ((source, target) if kind == "SameAs" else (one,))
    ]
    return [*(row[0] for row in found), *records], told


async def _drop_records(tx: Tx, draft: Certificate) -> tuple[list[str], list[Change]]:
    records = [row["id"] for row in await queries.records(tx, draft["space"], draft["entities"], RECORDS_AT_ONCE)]
    await queries.drop_records(tx, draft["space"], records)
    return records, []


async def _drop_entities(tx: Tx, draft: Certificate) -> tuple[list[str], list[Change]]:
    found = await queries.entities(tx, draft["space"], draft["entities"])
    if found:
        await queries.drop_entities(tx, draft["space"], [one for one, _, _ in found])
    return [one for one, _, _ in found], [Change("entity", "erased", one, (vis,)) for one, _, vis in found]


async def certify(parts: Parts, draft: Certificate) -> Certificate:
    """Write the certificate of what was carried out, and its hash into the audit log. Said again it returns the same."""
    data = parts.settings.data
    before = erasures.read(data)
    erasures.require_whole(before, parts.secret)
    made = next((one for one in before if one["id"] == draft["id"]), None) or erasures.sealed(draft, before, parts.secret)
    erasures.write(data, made)
    await vouch(parts, made)
    return made


def forget(data: Path) -> None:
    """Say that an erasure came to its end."""
    (data / STATE_FILE).unlink(missing_ok=True)


async def vouch(parts: Parts, certificate: Certificate) -> None:
    """Write the hash of a certificate into the audit log."""
    await _logged(parts, certificate, [certificate["id"], certificate["hash"]], [])
