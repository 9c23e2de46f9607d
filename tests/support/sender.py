"""Somebody who sends files to a real server by the tus protocol, and goes on with them however often the server ends."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from tests.support.served import Served

TUS = {"tus-resumable": "1.0.0"}
TIMEOUT_S = 60.0


class Unanswered(Exception):
    """Nothing came back, or only that the server is about to end: what was asked may or may not have been done."""


@dataclass
class File:
    """A file on its way: its bytes, where it goes, how many bytes the server said that it has, and what it became."""

    content: bytes
    name: str = field(default_factory=lambda: secrets.token_hex(8))
    place: str = ""
    acknowledged: int = 0
    exhibit: str = ""


@dataclass
class Sender:
    """Sends in requests of at most `most` bytes, with a checksum where `checked`."""

    server: Served
    cookie: str
    most: int = 1 << 30
    checked: bool = False
    files: list[File] = field(default_factory=list[File])
    answers: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))
    """Released by each request that the server says it has done."""

    async def send(self, file: File) -> None:
        """Send a file, or go on with it, until it is an exhibit. Raises `Unanswered`; nothing acknowledged may be asked for again."""
        async with self._browser() as browser:
            at = await self._at(browser, file)
            while not file.exhibit:
                piece = file.content[at : at + self.most]
                told = {"upload-checksum": f"sha256 {base64.b64encode(hashlib.sha256(piece).digest()).decode()}"} if self.checked else {}
                answer = await self._ask(
                    browser,
                    "PATCH",
                    file.place,
                    {"upload-offset": str(at), "content-type": "application/offset+octet-stream"} | told,
                    piece,
                )
                at = self._told(file, answer)

    async def content(self, file: File) -> bytes:
        """Take out what the file has become."""
        async with self._browser() as browser:
            answer = await self._ask(browser, "GET", f"/files/{file.exhibit}?space={self.server.space}", {})
            return answer.content

    async def begin(self, file: File, size: int) -> None:
        """Announce a file whose bytes come from elsewhere."""
        async with self._browser() as browser:
            await self._announce(browser, file, size)

    async def append(self, file: File, pieces: AsyncIterator[bytes], size: int) -> None:
        """Send so many bytes more of it in one request, as they come."""
        more = {"upload-offset": str(file.acknowledged), "content-type": "application/offset+octet-stream", "content-length": str(size)}
        async with self._browser() as browser:
            self._told(file, await self._ask(browser, "PATCH", file.place, more, pieces))

    def _browser(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=self.server.url, headers={"cookie": self.cookie}, timeout=TIMEOUT_S)

    async def _at(self, browser: httpx.AsyncClient, file: File) -> int:
        """Begin the upload, or ask how far it is."""
        if file.place:
            return self._told(file, await self._ask(browser, "HEAD", file.place, {}))
        return await self._announce(browser, file, len(file.content))

    async def _announce(self, browser: httpx.AsyncClient, file: File, length: int) -> int:
        about = {"filename": file.name, "case": self.server.ids["NA-1"]}
        said = ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in about.items())
        size = {"upload-length": str(length), "upload-metadata": said}
        answer = await self._ask(browser, "POST", f"/files/uploads?space={self.server.space}", size)
        file.place = answer.headers["location"]
        return self._told(file, answer)

    @staticmethod
    def _told(file: File, answer: httpx.Response) -> int:
        at = int(answer.headers["upload-offset"])
        assert at >= file.acknowledged, f"{file.acknowledged} bytes were acknowledged, {at} are there"
        file.acknowledged, file.exhibit = at, answer.headers.get("joinder-exhibit", "")
        return at

    async def _ask(
        self, browser: httpx.AsyncClient, method: str, path: str, headers: dict[str, str], content: bytes | AsyncIterator[bytes] = b""
    ) -> httpx.Response:
        try:
            answer = await browser.request(method, path, headers=TUS | headers | {"origin": self.server.url}, content=content)
        except httpx.TransportError as error:
            raise Unanswered from error
        if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            raise Unanswered(answer.text)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        self.answers.release()
        return answer


async def kept(senders: Sequence[Sender]) -> int:
    """Each file that was acknowledged is there as it was sent; return how many."""
    found = 0
    for sender in senders:
        for file in sender.files:
            if file.exhibit:
                assert await sender.content(file) == file.content, file.name
                found += 1
    return found
