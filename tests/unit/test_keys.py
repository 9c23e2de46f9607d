"""Keys: who opens what, and the refusals to start."""

import base64
import json
from pathlib import Path

import pytest

from backend.storage.key_file import KeyFileError
from backend.storage.keys import SpaceKeyLostError, SpaceKeys
from backend.storage.space_key import SpaceKey
from backend.storage.wrapping import MasterKeyError, MemoryKey, WrapError

SPACE = "3f6d0b1e-0000-4000-8000-00000000000a"
OTHER = "3f6d0b1e-0000-4000-8000-00000000000b"


async def space_key(data: Path, space: str = SPACE) -> SpaceKey:
    return await (await SpaceKeys.open(data)).create(space)


async def new_file_key(data: Path, space: str = SPACE, file_id: str = "file") -> tuple[bytes, str]:
    keys = await SpaceKeys.open(data)
    await keys.create(space)
    async with keys.sealing(space) as key:
        return key.new_file_key(file_id)


async def test_a_file_key_opens_again_after_a_restart(tmp_path: Path) -> None:
    key, wrapped = await new_file_key(tmp_path)
    again = await (await SpaceKeys.open(tmp_path)).of(SPACE)
    assert (again.file_key(wrapped, "file"), len(key)) == (key, 32)


async def test_creating_twice_keeps_the_key(tmp_path: Path) -> None:
    first, (key, wrapped), second = await space_key(tmp_path), await new_file_key(tmp_path), await space_key(tmp_path)
    assert (second.file_key(wrapped, "file"), second.ids) == (key, first.ids)


async def test_a_file_key_of_another_file_does_not_open(tmp_path: Path) -> None:
    mine = await space_key(tmp_path)
    with pytest.raises(WrapError):
        mine.file_key((await new_file_key(tmp_path))[1], "another")


async def test_a_file_key_of_another_space_does_not_open(tmp_path: Path) -> None:
    mine, other = await new_file_key(tmp_path), await space_key(tmp_path, OTHER)
    with pytest.raises(WrapError):
        other.file_key(mine[1], "file")


async def test_every_flipped_byte_of_a_wrapped_key_refuses() -> None:
    wrapping = MemoryKey(bytes(range(32)))
    wrapped = wrapping.wrap(b"k" * 32, "purpose")
    for at in range(len(wrapped)):
        with pytest.raises(WrapError):
            wrapping.unwrap(wrapped[:at] + bytes([wrapped[at] ^ 1]) + wrapped[at + 1 :], "purpose")


@pytest.mark.parametrize("wrapped", ["", "AA==", "not base64 at all", "é"])
async def test_what_is_no_wrapped_key_refuses(tmp_path: Path, wrapped: str) -> None:
    with pytest.raises(WrapError):
        (await space_key(tmp_path)).file_key(wrapped, "file")


async def test_the_key_file_and_the_space_keys_are_private(tmp_path: Path) -> None:
    await space_key(tmp_path)
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.rglob("*") if path.parent.name != ".leases"}
    assert modes == {"master.key": 0o600, "keys": 0o700, f"{SPACE}.json": 0o600, ".leases": 0o700}


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o610])
async def test_a_key_file_that_others_can_read_is_refused_by_name(tmp_path: Path, mode: int) -> None:
    await SpaceKeys.open(tmp_path)
    (tmp_path / "master.key").chmod(mode)
    with pytest.raises(KeyFileError, match=r"master\.key can be read by others"):
        await SpaceKeys.open(tmp_path)


async def test_a_missing_key_file_is_not_made_anew_over_space_keys(tmp_path: Path) -> None:
    await space_key(tmp_path)
    (tmp_path / "master.key").unlink()
    with pytest.raises(KeyFileError, match="missing"):
        await SpaceKeys.open(tmp_path)
    assert not (tmp_path / "master.key").exists()


@pytest.mark.parametrize("content", ["", "joinder-master-key-1 AAAA\n", "\xff\xfe"])
async def test_a_damaged_key_file_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "master.key"
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(KeyFileError, match="damaged"):
        await SpaceKeys.open(tmp_path)


async def test_a_key_file_that_is_a_link_is_refused(tmp_path: Path) -> None:
    await SpaceKeys.open(tmp_path)
    (tmp_path / "master.key").rename(tmp_path / "elsewhere")
    (tmp_path / "master.key").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(KeyFileError, match="cannot be opened"):
        await SpaceKeys.open(tmp_path)


async def test_a_lost_space_key_is_said_and_not_made_anew(tmp_path: Path) -> None:
    await space_key(tmp_path)
    (tmp_path / "keys" / f"{SPACE}.json").unlink()
    with pytest.raises(SpaceKeyLostError, match=SPACE):
        await (await SpaceKeys.open(tmp_path)).of(SPACE)


async def test_a_space_key_of_another_space_does_not_open(tmp_path: Path) -> None:
    await space_key(tmp_path)
    (tmp_path / "keys" / f"{OTHER}.json").write_bytes((tmp_path / "keys" / f"{SPACE}.json").read_bytes())
    with pytest.raises(SpaceKeyLostError, match="does not open"):
        await (await SpaceKeys.open(tmp_path)).of(OTHER)


async def test_a_space_key_under_another_master_key_does_not_open(tmp_path: Path) -> None:
    await space_key(tmp_path)
    await SpaceKeys.open(tmp_path / "other")
    (tmp_path / "other" / "master.key").replace(tmp_path / "master.key")
    with pytest.raises(SpaceKeyLostError, match="key file"):
        await (await SpaceKeys.open(tmp_path)).of(SPACE)


async def test_no_key_lies_open_in_the_key_folder(tmp_path: Path) -> None:
    mine = await space_key(tmp_path)
    stored = json.loads((tmp_path / "keys" / f"{SPACE}.json").read_text())
    bare = [mine.ids, *(one.bare for one in mine.seal)]
    assert not [one for one in bare for kept in (*stored["seal"], stored["ids"]) if one in base64.b64decode(kept)]


async def test_no_key_shows_in_a_repr(tmp_path: Path) -> None:
    mine = await space_key(tmp_path)
    assert not [one for one in (mine.ids, *(key.bare for key in mine.seal)) if repr(one) in repr(mine)]
    assert repr(MemoryKey(b"k" * 32)) == "MemoryKey()"


@pytest.mark.parametrize("space", ["", "../x", "A", "a.b", "a/b", "x" * 65])
async def test_what_is_no_space_id_is_refused(tmp_path: Path, space: str) -> None:
    with pytest.raises(ValueError, match="not the id of a space"):
        await space_key(tmp_path, space)


# ── what another process changes ──────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_key_file_of_version_1_is_read(tmp_path: Path) -> None:
    mine, path = await space_key(tmp_path), tmp_path / "keys" / f"{SPACE}.json"
    key, wrapped = await new_file_key(tmp_path)
    stored = json.loads(path.read_text())
    path.write_text(json.dumps({"version": 1, "space": SPACE, "seal": stored["seal"][0], "ids": stored["ids"]}))
    again = await (await SpaceKeys.open(tmp_path)).of(SPACE)
    assert (again.file_key(wrapped, "file"), again.ids) == (key, mine.ids)


@pytest.mark.parametrize("change", [{"version": 3}, {"seal": []}, {"seal": ["AA=="]}, {"ids": None}])
async def test_a_key_file_of_another_form_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    await space_key(tmp_path)
    path = tmp_path / "keys" / f"{SPACE}.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(SpaceKeyLostError, match="does not open"):
        await (await SpaceKeys.open(tmp_path)).of(SPACE)


async def test_who_has_a_key_open_reads_on_when_its_file_is_gone_and_seals_no_more(tmp_path: Path) -> None:
    keys, (key, wrapped) = await SpaceKeys.open(tmp_path), await new_file_key(tmp_path)
    await keys.of(SPACE)
    (tmp_path / "keys" / f"{SPACE}.json").unlink()
    assert (await keys.of(SPACE)).file_key(wrapped, "file") == key
    with pytest.raises(SpaceKeyLostError, match="is not there"):
        async with keys.sealing(SPACE):
            pass


@pytest.mark.parametrize("text", ["", "{}", '{"current": {"provider": "elsewhere", "id": "00"}, "retiring": []}'])
async def test_a_damaged_word_on_which_master_key_wraps_is_refused(tmp_path: Path, text: str) -> None:
    await space_key(tmp_path)
    (tmp_path / "keys" / "MASTER.json").write_text(text)
    with pytest.raises(MasterKeyError, match=r"MASTER\.json is damaged"):
        await SpaceKeys.open(tmp_path)


async def test_a_master_key_in_a_token_that_no_setting_names_is_said(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "MASTER.json").write_text('{"current": {"provider": "pkcs11", "id": "0011223344556677"}, "retiring": []}')
    with pytest.raises(MasterKeyError, match="Set JOINDER_PKCS11_MODULE"):
        await SpaceKeys.open(tmp_path)
