"""Objects in a folder on this machine: whole or not there, written once, nowhere else."""

import asyncio
import fcntl
import os
import secrets
import stat
from collections.abc import AsyncGenerator, AsyncIterable, Callable
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import ParamSpec, TypeVar

from backend.storage.store import (
    PIECE_BYTES,
    NotOfferedError,
    ObjectExistsError,
    ObjectMissingError,
    StoreError,
    checked_key,
    checked_range,
)

P = ParamSpec("P")
T = TypeVar("T")

PART_SUFFIX = ".part"


class FolderStore:
    """Objects as files of mode 0600 below one folder.

    `put` writes `.NAME.RANDOM.part` in the object's own folder, holding a lock on it, syncs it, links it to its name (which
    fails when the name is taken) and syncs the folder. A part file whose lock is free belongs to nobody and is swept.
    """

    def __init__(self, folder: Path) -> None:
        """Keep objects below `folder`, made when needed with mode 0700."""
        self._folder = folder

    @property
    def offers(self) -> frozenset[str]:
        """See ObjectStore: nothing."""
        return frozenset()

    async def put(self, key: str, pieces: AsyncIterable[bytes]) -> int:
        """See ObjectStore."""
        part = await _in_thread(_Part, self._folder, self._path(key))
        kept = False
        try:
            held = bytearray()
            async for piece in pieces:
                if not held and len(piece) >= PIECE_BYTES:
                    await _in_thread(part.write, piece)
                    continue
                held += piece
                if len(held) >= PIECE_BYTES:
                    full, held = held, bytearray()
                    await _in_thread(part.write, full)
            await _in_thread(part.write, held)
            await _in_thread(part.publish)
            kept = True
        finally:
            part.close(kept=kept)
        return part.size

    async def get(self, key: str, start: int = 0, length: int | None = None) -> AsyncGenerator[bytes, None]:
        """See ObjectStore."""
        checked_range(start, length)
        with await _in_thread(self._path(key).open, "rb", buffering=0) as file:
            while length is None or length > 0:
                wanted = PIECE_BYTES if length is None else min(PIECE_BYTES, length)
                piece = await _in_thread(os.pread, file.fileno(), wanted, start)
                if not piece:
                    return
                yield piece
                start += len(piece)
                length = None if length is None else length - len(piece)

    async def size(self, key: str) -> int:
        """See ObjectStore."""
        return await _in_thread(_file_size, self._path(key))

    async def exists(self, key: str) -> bool:
        """See ObjectStore."""
        try:
            await self.size(key)
        except ObjectMissingError:
            return False
        return True

    async def delete(self, key: str) -> None:
        """See ObjectStore."""
        with suppress(ObjectMissingError):
            await _in_thread(_unlink, self._path(key))

    async def hold(self, key: str, *, on: bool) -> None:
        """See ObjectStore: never offered."""
        await self.size(key)
        message = f"A folder has no legal hold, so none was {'set' if on else 'lifted'}. Keep the files in a store with object lock."
        raise NotOfferedError(message)

    async def list(self, prefix: str = "") -> AsyncGenerator[str, None]:
        """See ObjectStore."""
        async for path in self._walk(self._folder, prefix):
            key = path.relative_to(self._folder).as_posix()
            if key.startswith(prefix) and not path.name.startswith("."):
                yield key

    async def sweep(self) -> int:
        """See ObjectStore: part files that no living process is writing."""
        swept = 0
        async for path in self._walk(self._folder, ""):
            if path.name.startswith(".") and path.name.endswith(PART_SUFFIX):
                swept += await _in_thread(_sweep, path)
        return swept

    async def _walk(self, folder: Path, prefix: str) -> AsyncGenerator[Path, None]:
        """Yield the files below `folder` in the order of their keys, leaving out folders that `prefix` rules out."""
        for path, is_folder in await _in_thread(_scan, folder):
            if not is_folder:
                yield path
                continue
            base = path.relative_to(self._folder).as_posix() + "/"
            if base.startswith(prefix) or prefix.startswith(base):
                async for below in self._walk(path, prefix):
                    yield below

    def _path(self, key: str) -> Path:
        return self._folder / checked_key(key)


class _Part:
    """An object being written; every method blocks."""

    def __init__(self, root: Path, target: Path) -> None:
        self._target = target
        self._path = target.with_name(f".{target.name}.{secrets.token_hex(4)}{PART_SUFFIX}")
        self._published = False
        self.size = 0
        _make_folders(root, target.parent)
        if target.exists():
            raise FileExistsError(target.name)
        self._file = FileIO(self._path, "xb", opener=_open_private)
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def write(self, data: bytes | bytearray) -> None:
        with memoryview(data) as view:
            done = 0
            while done < len(view):
                done += self._file.write(view[done:])
        self.size += done

    def publish(self) -> None:
        os.fsync(self._file)
        os.link(self._path, self._target)
        self._published = True
        self._path.unlink()
        _sync_folder(self._target.parent)

    def close(self, *, kept: bool) -> None:
        """Let go of the file; unless `kept`, remove what there is of it. Short calls, safe while being cancelled."""
        if not kept:
            self._path.unlink(missing_ok=True)
            if self._published:
                self._target.unlink(missing_ok=True)
        self._file.close()


async def _in_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run blocking work in a thread, to its end even when cancelled: no file is closed under a call that is using it."""
    running = asyncio.ensure_future(asyncio.to_thread(work, *args, **kwargs))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait([running])
        if not running.cancelled() and running.exception() is None:
            _let_go(running.result())
        raise
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        raise ObjectMissingError from error
    except FileExistsError as error:
        raise ObjectExistsError from error
    except OSError as error:
        message = f"The store failed: {error.strerror}."
        raise StoreError(message) from error


def _let_go(opened: object) -> None:
    """Close what comes too late for whoever wanted it; of a part nothing is left."""
    if isinstance(opened, _Part):
        opened.close(kept=False)
    elif isinstance(opened, FileIO):
        opened.close()


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_CLOEXEC, 0o600)


def _file_size(path: Path) -> int:
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise FileNotFoundError
    return found.st_size


def _unlink(path: Path) -> None:
    path.unlink()
    _sync_folder(path.parent)


def _sweep(path: Path) -> int:
    """Remove a part file unless somebody holds its lock; return how many were removed."""
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()
    except (BlockingIOError, FileNotFoundError):
        return 0
    return 1


def _scan(folder: Path) -> list[tuple[Path, bool]]:
    """Return paths and whether each is a folder, in the order of the keys below; nothing for a folder that is not there."""
    try:
        with os.scandir(folder) as found:
            entries = [(Path(entry), entry.is_dir(follow_symlinks=False)) for entry in found]
    except (FileNotFoundError, NotADirectoryError):
        return []
    return sorted(entries, key=lambda entry: entry[0].name + "/" * entry[1])


def _make_folders(root: Path, folder: Path) -> None:
    """Make `folder` and what is missing above it down from `root`, durably."""
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    below = folder.relative_to(root).parts
    for depth in range(len(below)):
        step = root.joinpath(*below[: depth + 1])
        step.mkdir(mode=0o700, exist_ok=True)
        _sync_folder(step.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
