"""Keys: a master key opens the keys of each space, a space's key opens the key of each of its files. All about them: SEAL.md.

    masters.py    the master key, and where it lies: key_file.py, pkcs11.py
      wraps       space keys, one file for each space in the folder `keys/`: space_key.py
        wrap      file keys, kept by the caller beside what it knows of the file (never in the sealed file)
    lease.py      who is about to write something wrapped, so that rotation.py does not destroy what wrapped it

**A lost space key is a lost space**: nothing here or elsewhere opens its files again. So is a lost master key, for every space.
"""

from __future__ import annotations

import asyncio
import re
import secrets
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Self

from backend.storage import key_file
from backend.storage.lease import leased
from backend.storage.masters import Masters
from backend.storage.space_key import SealingKey, SpaceKey, Stored, stored
from backend.storage.wrapping import KEY_SIZE, MasterKeyError, WrapError, bytes_of, text_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from backend.config import TokenSettings

OPENS_NOT = "it does not open. Put it back from a backup, with the key file it was made with."
SPACE_FORM = re.compile(r"[0-9a-z][0-9a-z-]{0,63}")


class SpaceKeyLostError(Exception):
    """The key of a space is not there or does not open: its files cannot be read by anybody."""


class SpaceKeys:
    """The keys of all spaces of one deployment. Made by `open`. What another process changes in the folder is seen at the next use."""

    def __init__(self, masters: Masters) -> None:
        """Keep wrapped space keys in the folder of `masters`; `open` makes both from a data folder."""
        self.masters = masters
        self.folder = masters.keys
        self._known: dict[str, tuple[tuple[int, ...], SpaceKey]] = {}

    @classmethod
    async def open(cls, data: Path, token: TokenSettings | None = None) -> Self:
        """Use the master key of this data folder, or of the token (made when there are no space keys yet), and `data/keys/`.

        Raises MasterKeyError.
        """
        return cls(await asyncio.to_thread(Masters.open, data, token))

    async def create(self, space: str) -> SpaceKey:
        """Make the key of a new space durably and return it; the same again when the space has one. Raises MasterKeyError."""
        await asyncio.to_thread(self._make, space)
        return await self.of(space)

    async def of(self, space: str) -> SpaceKey:
        """Return what opens the files of `space`, as the folder has it now.

        Raises SpaceKeyLostError: a key is never made anew where one should be. Raises MasterKeyError where a token does not answer.
        """
        return await asyncio.to_thread(self._known_or_read, space)

    @asynccontextmanager
    async def sealing(self, space: str) -> AsyncGenerator[SealingKey]:
        """Yield what wraps keys of new files. No rotation destroys it before the block is left: write there what it wrapped.

        Raises what `of` raises.
        """
        lease = leased(self.folder, lambda: self._read(space).seal[0].head)
        await asyncio.to_thread(lease.__enter__)
        try:
            key = await asyncio.to_thread(self._read, space)
            yield SealingKey(key.space, key.seal, key.ids)
        finally:
            lease.__exit__(None, None, None)

    @asynccontextmanager
    async def wrapped(self, secret: bytes, purpose: str) -> AsyncGenerator[str]:
        """Yield a secret that belongs to no space, wrapped under the master key, in base64: write it before the block is left."""
        lease = self.masters.leased()
        master = await asyncio.to_thread(lease.__enter__)
        try:
            yield text_of(await asyncio.to_thread(master.wrap, secret, purpose))
        finally:
            lease.__exit__(None, None, None)

    async def unwrapped(self, wrapped: str, purpose: str) -> bytes:
        """Return such a secret. Raises WrapError, and MasterKeyError where a token does not answer."""
        return await asyncio.to_thread(self.masters.unwrap, bytes_of(wrapped), purpose)

    def path(self, space: str) -> Path:
        """Return the key file of a space. Raises ValueError for what is no id of a space."""
        if not SPACE_FORM.fullmatch(space):
            message = "This is not the id of a space."
            raise ValueError(message)
        return self.folder / f"{space}.json"

    def spaces(self) -> list[str]:
        """Return the spaces that have a key file."""
        return sorted(path.stem for path in self.folder.glob("*.json") if SPACE_FORM.fullmatch(path.stem))

    def stored(self, space: str) -> Stored:
        """Return what stands in the key file of a space. Raises SpaceKeyLostError."""
        try:
            return stored(space, self.path(space).read_text())
        except FileNotFoundError:
            raise SpaceKeyLostError(self._lost(space) + "the file is not there. Put it back from a backup.") from None
        except (WrapError, ValueError) as error:
            raise SpaceKeyLostError(self._lost(space) + OPENS_NOT) from error

    def _make(self, space: str) -> None:
        path = self.path(space)
        if path.exists():
            return
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self.masters.leased() as master:
            parts = (master.wrap(secrets.token_bytes(KEY_SIZE), f"space {space} {part}") for part in ("seal", "ids"))
            key_file.write_once(path, Stored(space, (next(parts),), next(parts)).text())

    def _known_or_read(self, space: str) -> SpaceKey:
        """Return the keys; as they were last, where the folder or the token cannot be asked now: files already open stay so."""
        try:
            return self._read(space)
        except (SpaceKeyLostError, MasterKeyError):
            if space in self._known:
                return self._known[space][1]
            raise

    def _read(self, space: str) -> SpaceKey:
        mark, (before, known) = self._mark(space), self._known.get(space, ((), None))
        if known and mark == before:
            return known
        try:
            found = self.stored(space).opened(self.masters.unwrap).remembering(known)
        except WrapError as error:
            if self._mark(space) != mark:  # wrapped anew in between
                return self._read(space)
            raise SpaceKeyLostError(self._lost(space) + OPENS_NOT) from error
        self._known[space] = mark, found
        return found

    def _mark(self, space: str) -> tuple[int, ...]:
        """Return what tells one version of a key file from the next; nothing where there is none."""
        try:
            found = self.path(space).stat()
        except FileNotFoundError:
            return ()
        return found.st_ino, found.st_mtime_ns, found.st_size

    def _lost(self, space: str) -> str:
        return f"The key of space {space} ({self.path(space).name} in the key folder) is lost, and with it the space's files: "
