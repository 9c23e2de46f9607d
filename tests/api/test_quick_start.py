"""The Python program of `backend/QUICKSTART.md`, run as it stands there against a real server."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.authenticator import set_up
from tests.support.served import PASSWORD, Prepared, Served

if TYPE_CHECKING:
    from backend.core.remote import Remote

QUICK_START = Path(__file__).resolve().parents[2] / "backend" / "QUICKSTART.md"
CREATE = 'mutation($endsAt: DateTime!) { createToken(name: "quick start", scope: WRITE, endsAt: $endsAt) { token } }'


def program() -> str:
    """Return the one Python block of the file."""
    _, _, rest = QUICK_START.read_text().partition("```python\n")
    return rest.partition("```")[0]


async def run(*command: str, token: str, url: str) -> tuple[int | None, str]:
    environment = {**os.environ, "JOINDER_URL": url, "JOINDER_TOKEN": token}
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    said, _ = await process.communicate()
    return process.returncode, said.decode()


async def token_of(remote: Remote) -> str:
    said = await asyncio.to_thread(remote.ask, CREATE, endsAt=(datetime.now(UTC) + timedelta(days=1)).isoformat())
    return said["createToken"]["token"]


@pytest.mark.timeout(300)
async def test_the_program_does_what_the_file_says(tmp_path: Path) -> None:
    prepared = await Prepared.make(tmp_path / "data")
    served = Served(prepared.data, prepared.ids)
    await served.start()
    try:
        remote = await served.sign_in()
        await asyncio.to_thread(set_up, remote, PASSWORD)
        token = await token_of(remote)
        code, said = await run("-c", program(), token=token, url=served.url)
        assert (code, said.splitlines()) == (0, ["notice: changed entity", "read back: Person Ilze Brandt"])

        file = tmp_path / "harbour.ijson"
        file.write_text('{"id": "b-1", "schema": "Person", "properties": {"name": ["Bruno Keel"]}}\n')
        arguments = ("-m", "backend.cli", "import", str(file), "--space", "Saltmarsh", "--case", "NA-1", "--url", served.url)
        code, said = await run(*arguments, token=token, url=served.url)
        assert code == 0, said
        code, said = await run(*arguments, token="", url=served.url)
        assert (code, "JOINDER_TOKEN" in said) == (1, True), said
    finally:
        await served.stop()
