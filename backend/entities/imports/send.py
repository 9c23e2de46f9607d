"""`joinder import FILE`: sends a file to a running server as the import page does, follows it and fetches what was refused."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar
from urllib.parse import quote

from backend.core.remote import OutOfReach, Remote, RemoteError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

P = ParamSpec("P")
T = TypeVar("T")
LOOK_EVERY_S, TELL_EVERY = 0.5, 6
TABLES = {".csv": "CSV", ".tsv": "CSV", ".txt": "CSV", ".xlsx": "XLSX", ".jsonl": "JSON", ".ndjson": "JSON", ".json": "JSON"}
"""What a file with a mapping is, by the end of its name. Without one, a name that ends as FollowTheMoney's may is FollowTheMoney."""
FTM = frozenset({".json", ".jsonl", ".ndjson", ".ftm"})
SPACES = "{ spaces { id name markings { marking { id name } } } }"
CASES = "query($space: ID!) { cases(space: $space) { id title references { number } } }"
JOB = "{ id state rowsRead accepted rejected progress rowsPerSecond problem }"
CREATE = """
mutation($space: ID!, $case: ID!, $name: String!, $format: ImportFormat!, $file: String!, $key: String!, $markings: [ID!]!,
  $grade: String, $handling: String!) {
  createImport(space: $space, case: $case, name: $name, format: $format, fileName: $file, key: $key, markings: $markings, grade: $grade,
    handling: $handling) { id }
}
"""
START = """
mutation($space: ID!, $id: ID!, $mapping: String, $key: String!) {
  startImport(space: $space, id: $id, mapping: $mapping, key: $key) { id }
}
"""
CONTINUE = "mutation($space: ID!, $id: ID!, $key: String!) { continueImport(space: $space, id: $id, key: $key) { id } }"
LOOK = "query($space: ID!, $id: ID!) { importJob(space: $space, id: $id) " + JOB + " }"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be imported. `space`, `case` and `markings` are ids or names; `refused` is where the refused rows go."""

    file: Path
    space: str
    case: str
    name: str
    refused: Path
    mapping: Path | None = None
    markings: tuple[str, ...] = ()
    grade: str | None = None
    handling: str = "H0"

    @property
    def format(self) -> str:
        """The API's word for the file's format; raises `RemoteError` for a table without a mapping, and for what is neither."""
        ending = self.file.suffix.lower()
        if self.mapping is None and (ending in FTM or ending not in TABLES):
            return "FTM_JSON"
        if self.mapping is None:
            raise RemoteError("Say what the columns of a table mean: --mapping FILE, in FollowTheMoney's YAML form.")
        if ending not in TABLES:
            raise RemoteError(f"A table ends in one of {', '.join(TABLES)}; {self.file.name} does not, so its format is not known.")
        return TABLES[ending]


async def send(remote: Remote, wanted: Wanted, say: Callable[[str], None]) -> bool:
    """Import a file; return whether all of it was read. Raises `RemoteError`, `OSError` for a file that cannot be read."""
    if wanted.refused.exists():
        raise RemoteError(f"{wanted.refused} exists already. Move it, or name another place for refused rows with --refused.")
    mapping = wanted.mapping.read_text() if wanted.mapping else None
    space, job = await asyncio.to_thread(sent, remote, wanted)
    say(f"sent {wanted.file.name}; the import is {job}")
    await asyncio.to_thread(remote.ask, START, space=space, id=job, mapping=mapping, key=_key())
    return await follow(remote, space, job, wanted.refused, say)


async def go_on(remote: Remote, space: str, job: str, refused: Path, say: Callable[[str], None]) -> bool:
    """Continue an import that stopped, and follow it."""
    one = _named("space", space, (await asyncio.to_thread(remote.ask, SPACES))["spaces"])["id"]
    await asyncio.to_thread(remote.ask, CONTINUE, space=one, id=job, key=_key())
    return await follow(remote, one, job, refused, say)


async def follow(remote: Remote, space: str, job: str, refused: Path, say: Callable[[str], None]) -> bool:
    """Tell how far an import is until it ends, then fetch what it refused."""
    row = await ended(remote, space, job, say)
    say(f"{row['state'].lower()}: {row['rowsRead']:,} rows read, {row['accepted']:,} in, {row['rejected']:,} refused")
    if row["rejected"]:
        await _reached(say, _fetch, remote, f"/imports/{quote(job)}/report?space={quote(space)}", refused)
        say(f"refused rows: {refused}")
    if row["state"] != "DONE":
        say(f"{row['problem'] or 'Somebody cancelled it.'} To go on: joinder import --continue {job} --space {space} --login …")
    return row["state"] == "DONE"


async def ended(remote: Remote, space: str, job: str, say: Callable[[str], None]) -> dict[str, Any]:
    """Tell how far an import, or a check of its file, is until it ends; return it."""
    looked = 0
    while True:
        row = (await _reached(say, _look, remote, space, job))["importJob"]
        if row["state"] not in {"RUNNING", "CHECKING"}:
            return row
        if looked % TELL_EVERY == 0:
            told = f"{row['rowsRead']:,} rows read, {row['rejected']:,} refused, {row['rowsPerSecond']:,.0f} rows a second"
            say(f"{row['progress']:.0%}: {told}")
        looked += 1
        await asyncio.sleep(LOOK_EVERY_S)


async def _reached(say: Callable[[str], None], work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Ask the server until it answers: it may be restarting, and the import waits for it as we do."""
    while True:
        try:
            return await asyncio.to_thread(work, *args, **kwargs)
        except OutOfReach:
            say("the server does not answer: trying again")
        await asyncio.sleep(LOOK_EVERY_S * TELL_EVERY)


def _look(remote: Remote, space: str, job: str) -> dict[str, Any]:
    return remote.ask(LOOK, space=space, id=job)


def sent(remote: Remote, wanted: Wanted) -> tuple[str, str]:
    """Create the import and send its file; return the ids of the space and the import."""
    space = _named("space", wanted.space, remote.ask(SPACES)["spaces"])
    case = _named("case", wanted.case, remote.ask(CASES, space=space["id"])["cases"])
    held = [it["marking"] for it in space["markings"]]
    markings = [_named("marking", one, held)["id"] for one in wanted.markings]
    with wanted.file.open("rb") as file:
        said = remote.ask(
            CREATE, space=space["id"], case=case["id"], name=wanted.name, format=wanted.format, file=wanted.file.name, key=_key(),
            markings=markings, grade=wanted.grade, handling=wanted.handling,
        )  # fmt: skip
        job = str(said["createImport"]["id"])
        remote.put(f"/imports/{quote(job)}/file?space={quote(space['id'])}", file, wanted.file.stat().st_size)
    return space["id"], job


def _named(what: str, said: str, offered: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the one thing that has this id, name, title or number."""
    numbers = [[one["number"] for one in it.get("references", [])] for it in offered]
    found = [it for it, also in zip(offered, numbers, strict=True) if said in {it["id"], it.get("name"), it.get("title"), *also}]
    if len(found) == 1:
        return found[0]
    names = ", ".join(sorted(it.get("name") or it["title"] for it in offered)) or "none"
    raise RemoteError(f"There {'are several' if found else 'is no'} {what} {said!r}. Yours: {names}.")


def _fetch(remote: Remote, path: str, place: Path) -> None:
    with place.open("wb") as file:
        remote.fetch(path, file)


def _key() -> str:
    return secrets.token_hex(16)
