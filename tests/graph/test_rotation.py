"""Other keys in the place of those that wrap, broken off at every step and gone on with, while another process reads and seals."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, LiteralString

import pytest
import pytest_asyncio

from backend import serving
from backend.app import open_parts
from backend.auth.factors import service as factors
from backend.config import Settings
from backend.core.ids import new_id
from backend.entities.imports import service as imports
from backend.storage import key_file, rotation
from backend.storage.check import check
from backend.storage.keys import SpaceKeys
from backend.storage.masters import Masters
from backend.storage.rotation import Rotation, RotationError
from backend.storage.wrapping import IN_MEMORY, IN_TOKEN, MasterKeyError, MemoryKey, text_of
from graph.queries import factors as factor_queries
from graph.queries import keys as queries
from tests.support.failpoints import Ended
from tests.support.token import plugged_in
from tests.support.world import World, team

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    from backend.config import TokenSettings
    from backend.core.context import Parts

pytestmark = pytest.mark.embedded
ADD: LiteralString = "CREATE (f:StoredFile) SET f = $row RETURN f.id"
FORGE: LiteralString = "MATCH (f:StoredFile {id: $id}) SET f.file_key = $key RETURN f.id"
REMOVE: LiteralString = "MATCH (f:StoredFile {id: $id}) DELETE f RETURN count(*)"
SPACE = "Saltmarsh"


@dataclass
class Deployment:
    """A space with an import of which a row was refused, files, a second factor; `server` is another process's view of the same keys."""

    world: World
    server: SpaceKeys
    files: dict[str, bytes] = field(default_factory=dict[str, bytes])
    secrets: dict[str, bytes] = field(default_factory=dict[str, bytes])

    @property
    def parts(self) -> Parts:
        return self.world.parts

    @property
    def space(self) -> str:
        return self.world.ids[SPACE]

    @property
    def data(self) -> Path:
        return self.parts.settings.data

    async def add_file(self) -> str:
        """Do as an upload does."""
        one = new_id()
        async with self.server.sealing(self.space) as key:
            file_key, wrapped = key.new_file_key(one)
            await self.parts.graph.write(lambda tx: tx.value(ADD, row={"id": one, "space": self.space, "object": "o", "file_key": wrapped}))
        self.files[one] = file_key
        return one

    async def add_secret(self) -> None:
        """Do as setting up a second factor does, once for what is begun and once for what holds."""
        one = await self.world.person(new_id())
        self.secrets[one] = one.encode()[:20]
        async with factors.sealed(replace(self.parts, keys=self.server), one, self.secrets[one]) as sealed:
            await self.parts.graph.write(lambda tx: factor_queries.begin(tx, one, sealed))
            await self.parts.graph.write(lambda tx: factor_queries.change(tx, one, {"sealed": sealed}))

    async def read(self, keys: SpaceKeys) -> None:
        """Open everything as a server does."""
        rows = await self.parts.graph.read(lambda tx: queries.page(tx, queries.FILES[1], self.space, None, ""))
        key = await keys.of(self.space)
        found = {one.id: key.file_key(one.key, one.about) for one in rows}  # that of an import is a file of its own, too
        assert found.items() >= self.files.items()
        for one, secret in self.secrets.items():
            found = await self.parts.graph.read(lambda tx, one=one: factor_queries.factor(tx, one))
            assert found
            for part in ("sealed", "next"):
                assert await factors.unseal(replace(self.parts, keys=keys), one, found[part]) == secret

    def rotation(self, keys: SpaceKeys, say: Callable[[str], object] = str) -> Rotation:
        return Rotation(self.parts.graph, keys, say, settle_s=0)

    async def fresh(self, token: TokenSettings | None = None) -> SpaceKeys:
        return await SpaceKeys.open(self.data, token)

    async def heads(self, keys: SpaceKeys) -> list[bytes]:
        return [one.head for one in (await keys.of(self.space)).seal]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def built(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """A deployment on an engine of its own: a new master key concerns all that a graph holds."""
    settings = Settings(data=tmp_path_factory.mktemp("deployment"))
    async with serving.engine(settings) as (address, _engine):
        await serving.migrate(address)
        async with open_parts(settings, address) as parts:
            world = World(parts)
            await team(world)
            yield world


@pytest_asyncio.fixture
async def there(built: World) -> AsyncIterator[Deployment]:
    """The same with files and a second factor; its keys lie in a file."""
    found = Deployment(built, await SpaceKeys.open(built.parts.settings.data))
    for _ in range(3):
        await found.add_file()
    await found.add_secret()
    yield found
    for one in found.files:
        await built.parts.graph.write(lambda tx, one=one: tx.value(REMOVE, id=one))


@pytest.fixture
def token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TokenSettings]:
    """A token of the test's own."""
    yield from plugged_in(tmp_path / "token", monkeypatch)


# ── a space's key ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_space_gets_a_new_key_and_every_file_opens_under_it_alone(there: Deployment) -> None:
    before = await there.heads(there.server)
    assert await there.rotation(await there.fresh()).space(there.space) >= 3
    fresh = await there.fresh()
    assert len(await there.heads(fresh)) == 1
    assert (await there.heads(fresh))[0] not in before
    assert (await fresh.of(there.space)).ids == (await there.server.of(there.space)).ids
    await there.read(fresh)
    await there.read(there.server)
    assert not (there.data / "keys" / ".leases" / before[0].hex()).exists()


async def test_an_import_and_what_it_refused_are_read_after_a_rotation(there: Deployment) -> None:
    world = there.world
    lead = next(name for (space, name) in world.memberships if space == SPACE)
    await world.case(SPACE, case := new_id(), lead)
    job = await world.bring_in(SPACE, new_id(), lead, case, ["Ilian Dravec"])
    ctx = world.ctx(lead)
    before = await refused(ctx, there.space, job)
    assert before.count(b"\n") > 1
    assert await there.rotation(await there.fresh()).space(there.space) >= 4
    assert await refused(ctx, there.space, job) == before


async def refused(ctx: Any, space: str, job: str) -> bytes:
    return b"".join([piece async for piece in await imports.report(ctx, space, job)])


def ends_at(monkeypatch: pytest.MonkeyPatch, where: object, name: str, nth: int, *, after: bool) -> None:
    """End the nth call of something, before or after it has done its work."""
    real, calls = getattr(where, name), 0

    def reached(*, at: bool) -> None:
        nonlocal calls
        calls += at is False
        if calls == nth and at is after:
            raise Ended

    def ending(*said: Any, **named: Any) -> Any:
        reached(at=False)
        made = real(*said, **named)
        if not asyncio.iscoroutine(made):
            reached(at=True)
            return made

        async def waited() -> Any:
            got = await made
            reached(at=True)
            return got

        return waited()

    monkeypatch.setattr(where, name, ending)


STEPS_OF_SPACE = [
    (key_file, "replace", 1),
    (rotation, "wait_until_unused", 1),
    (queries, "rewrap", 1),
    (key_file, "replace", 2),
    (rotation, "forget", 1),
]
STEPS_OF_MASTER = [
    (key_file, "write_once", 1), (key_file, "replace", 1), (rotation, "wait_until_unused", 1), (key_file, "replace", 2),
    (queries, "rewrap", 1), (queries, "rewrap", 2), (key_file.KeyFiles, "destroy", 1), (key_file, "replace", 3), (rotation, "forget", 1),
]  # fmt: skip


async def broken_off(work: Any) -> None:
    """Wait for what ends in a thread or here as a process does."""
    with suppress(Ended):
        await work
        pytest.fail("it came to its end")


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize(("where", "name", "nth"), STEPS_OF_SPACE)
async def test_a_rotation_of_a_space_that_was_broken_off_goes_on(
    there: Deployment, monkeypatch: pytest.MonkeyPatch, where: object, name: str, nth: int, *, after: bool
) -> None:
    await there.read(there.server)
    before = await there.heads(await there.fresh())
    with monkeypatch.context() as patched:
        ends_at(patched, where, name, nth, after=after)
        await broken_off(there.rotation(await there.fresh()).space(there.space))
    for keys in (there.server, left := await there.fresh()):
        await there.read(keys)
    named = await there.heads(left)
    await there.add_file()
    await there.rotation(await there.fresh()).space(there.space)
    for keys in (there.server, fresh := await there.fresh()):
        await there.read(keys)
    assert len(await there.heads(fresh)) == 1
    assert len(named) == 1 or await there.heads(fresh) == named[:1]  # it went on with the key that it had named
    assert before[0] not in await there.heads(fresh)


async def test_an_upload_that_began_before_keeps_the_old_key_until_it_is_written(there: Deployment) -> None:
    said: list[str] = []
    one, old = new_id(), (await there.heads(await there.fresh()))[0]
    async with there.server.sealing(there.space) as key:
        file_key, wrapped = key.new_file_key(one)
        rotating = asyncio.create_task(there.rotation(await there.fresh(), said.append).space(there.space))
        while rotation.WAITING not in said:
            assert not rotating.done()
            await asyncio.sleep(0.01)
        await there.add_file()  # who comes later waits for nobody
        assert old in await there.heads(await there.fresh())
        await there.parts.graph.write(lambda tx: tx.value(ADD, row={"id": one, "space": there.space, "object": "o", "file_key": wrapped}))
    await rotating
    there.files[one] = file_key
    await there.read(await there.fresh())


async def test_files_are_sealed_and_read_all_through_rotations(there: Deployment) -> None:
    done = asyncio.Event()

    async def working() -> int:
        times = 0
        while not done.is_set() or times < 5:
            await there.add_file()
            await there.read(there.server)
            times += 1
        return times

    people = asyncio.create_task(working())
    for _ in range(3):
        await there.rotation(await there.fresh()).space(there.space)
        await there.rotation(await there.fresh()).master()
    done.set()
    assert await people >= 5
    await there.read(await there.fresh())


async def test_what_was_written_meanwhile_is_not_overwritten(there: Deployment) -> None:
    one = await there.add_file()
    rows = [{"id": one, "old": "what it was", "new": "another"}]
    assert await there.parts.graph.write(lambda tx: queries.rewrap(tx, queries.FILES[1], rows)) == 0
    await there.read(there.server)


async def test_a_file_key_that_does_not_open_keeps_the_old_key_and_is_named(there: Deployment) -> None:
    one, fresh = await there.add_file(), await there.fresh()
    old = await there.heads(fresh)
    forged = text_of(MemoryKey.new().wrap(bytes(32), "file"))
    await there.parts.graph.write(lambda tx: tx.value(FORGE, id=one, key=forged))
    with pytest.raises(RotationError, match="1 wrapped keys do not open, so the old key is kept"):
        await there.rotation(fresh).space(there.space)
    assert set(old) < set(await there.heads(await there.fresh()))
    found = await check(there.parts.graph, await there.fresh())
    assert found.closed == [f"The key of file {one} does not open."]
    await there.parts.graph.write(lambda tx: tx.value(REMOVE, id=one))
    del there.files[one]
    await there.rotation(await there.fresh()).space(there.space)
    assert (await check(there.parts.graph, await there.fresh())).closed == []


async def test_a_lost_space_key_is_named_by_a_check(there: Deployment) -> None:
    await there.world.space(lost := new_id())
    path = there.data / "keys" / f"{there.world.ids[lost]}.json"
    kept = path.read_text()
    path.unlink()
    found = await check(there.parts.graph, await there.fresh())
    assert [there.world.ids[lost] in line for line in found.closed] == [True]
    key_file.write_once(path, kept)


async def test_one_command_at_a_time(there: Deployment) -> None:
    with rotation.alone(there.data / "keys") as only:
        assert only
        with pytest.raises(RotationError, match="Another `joinder keys` command is at work"):
            await there.rotation(await there.fresh()).master()


# ── the master key ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_new_master_key_takes_the_place_of_the_old_one(there: Deployment) -> None:
    old = there.server.masters.state().current
    assert await there.rotation(await there.fresh()).master() >= 2
    assert [Masters.open(there.data, None).state().current.hex()[2:]] == [path.name.split(".")[1] for path in there.data.glob("master*")]
    for keys in (there.server, fresh := await there.fresh()):
        await there.read(keys)
    assert fresh.masters.state().current != old
    assert fresh.masters.state().retiring == ()


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize(("where", "name", "nth"), STEPS_OF_MASTER)
async def test_a_rotation_of_the_master_key_that_was_broken_off_goes_on(
    there: Deployment, monkeypatch: pytest.MonkeyPatch, where: object, name: str, nth: int, *, after: bool
) -> None:
    await there.read(there.server)
    old = there.server.masters.state().current
    with monkeypatch.context() as patched:
        ends_at(patched, where, name, nth, after=after)
        await broken_off(there.rotation(await there.fresh()).master())
    for keys in (there.server, await there.fresh()):
        await there.read(keys)
    await there.add_secret()
    await there.rotation(await there.fresh()).master()
    for keys in (there.server, fresh := await there.fresh()):
        await there.read(keys)
    assert old not in (fresh.masters.state().current, *fresh.masters.state().retiring)
    assert len(list(there.data.glob("master*"))) == 1


async def test_the_master_key_moves_into_a_token_turns_there_and_comes_back(there: Deployment, token: TokenSettings) -> None:
    there.server = await there.fresh(token)
    await there.read(there.server)
    for act, form in (("pkcs11", IN_TOKEN), (None, IN_TOKEN), ("file", IN_MEMORY)):
        await there.rotation(await there.fresh(token)).master(act)
        await there.add_secret()
        await there.add_file()
        for keys in (there.server, fresh := await there.fresh(token)):
            await there.read(keys)
        assert fresh.masters.state().current[:1] == form
        assert bool(list(there.data.glob("master*"))) == (form == IN_MEMORY)
    await there.read(await there.fresh())


async def test_a_move_that_was_broken_off_goes_on(there: Deployment, token: TokenSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    there.server = await there.fresh(token)
    for nth, to in ((1, "pkcs11"), (1, "file")):
        with monkeypatch.context() as patched:
            ends_at(patched, queries, "rewrap", nth, after=True)
            await broken_off(there.rotation(await there.fresh(token)).master(to))
        await there.read(await there.fresh(token))
        await there.rotation(await there.fresh(token)).master(to)
        await there.read(await there.fresh(token))


async def test_a_move_to_where_the_key_is_or_to_no_token_is_refused(there: Deployment) -> None:
    with pytest.raises(RotationError, match="is in the provider file already"):
        await there.rotation(await there.fresh()).master("file")
    with pytest.raises(MasterKeyError, match="No setting names a token"):
        await there.rotation(await there.fresh()).master("pkcs11")
