"""Where sealed objects rest: a protocol, and a folder on this machine.

Everything put here is sealed already (`seal.py`): a store never sees plaintext, and its keys are random (`new_key`), so that
whoever runs it learns sizes and times and nothing else. An object is written once and never changed.
"""

import asyncio
import fcntl
import os
import re
import secrets
import stat
from collections.abc import AsyncGenerator, AsyncIterable, Callable
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

KEY_FORM = re.compile(r"[0-9a-z][0-9a-z-]{0,63}(?:/[0-9a-z][0-9a-z-]{0,63}){0,3}")
PART_SUFFIX = ".part"
PIECE_BYTES = 1 << 20


class StoreError(Exception):
    """The store could not do it; the operating system's or server's reason is the cause."""


class ObjectMissingError(StoreError):
    """There is no object under this key."""


class ObjectExistsError(StoreError):
    """There is an object under this key; objects are written once."""


def new_key() -> str:
    """Return a random object key: two hexadecimal digits, a slash, 32 hexadecimal digits (128 bits)."""
    name = secrets.token_hex(16)
    return f"{name[:2]}/{name}"


class ObjectStore(Protocol):
    """Write-once objects of bytes under short keys (`KEY_FORM`); every implementation passes one conformance suite.

    All methods raise StoreError when the store fails and ValueError for a key of another form.
    """

    async def put(self, key: str, pieces: AsyncIterable[bytes]) -> int:
        """Store the stream; return its bytes once it is durable.

        When the stream or the store fails, or the caller is cancelled, nothing is there. Raises ObjectExistsError.
        """
        ...

    def get(self, key: str, start: int = 0, length: int | None = None) -> AsyncGenerator[bytes, None]:
        """Yield `length` bytes from `start` (all that follow without one; fewer at the end). Raises ObjectMissingError."""
        ...

    async def size(self, key: str) -> int:
        """Return the bytes of the object. Raises ObjectMissingError."""
        ...

    async def exists(self, key: str) -> bool:
        """Tell whether there is an object."""
        ...

    async def delete(self, key: str) -> None:
        """Remove the object durably; nothing happens when there is none."""
        ...

    def list(self, prefix: str = "") -> AsyncGenerator[str, None]:
        """Yield, in order, the keys that start with `prefix`."""
        ...

    async def sweep(self) -> int:
        """Remove what writers that are gone left unfinished, and return how much. Run at start."""
        ...


class FolderStore:
    """Objects as files of mode 0600 below one folder.

    `put` writes `.NAME.RANDOM.part` in the object's own folder, holding a lock on it, syncs it, links it to its name (which
    fails when the name is taken) and syncs the folder. A part file whose lock is free belongs to nobody and is swept.
    """

    def __init__(self, folder: Path) -> None:
        """Keep objects below `folder`, made when needed with mode 0700."""
        self._folder = folder

    async def put(self, key: str, pieces: AsyncIterable[bytes]) -> int:
        """See ObjectStore."""
        part = await _in_thread(_Part, self._folder, self._path(key))
        kept = False
        try:
            held = bytearray()
            async for piece in pieces:
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
        if start < 0 or (length is not None and length < 0):
            message = "A range starts at 0 or later and has a length of 0 or more."
            raise ValueError(message)
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
        if not KEY_FORM.fullmatch(key):
            message = "This is not an object key."
            raise ValueError(message)
        return self._folder / key


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

    def write(self, data: bytearray) -> None:
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
        if not running.cancelled() and running.exception() is None and isinstance(opened := running.result(), FileIO):
            opened.close()  # nobody will: it comes too late for whoever wanted it
        raise
    except (FileNotFoundError, IsADirectoryError) as error:
        raise ObjectMissingError from error
    except FileExistsError as error:
        raise ObjectExistsError from error
    except OSError as error:
        message = f"The store failed: {error.strerror}."
        raise StoreError(message) from error


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
