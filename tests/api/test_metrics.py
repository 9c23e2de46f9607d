"""What operators are told: counts and durations by words of ours, to whoever has the token."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import httpx
import pytest

from backend.app import build
from backend.config import Settings, UnsafeSetting
from backend.realtime.hub import Hub
from tests.support.world import World, team

if TYPE_CHECKING:
    from pathlib import Path

    from backend.core.context import Parts

ORIGIN, TOKEN = "http://127.0.0.1:8400", "a-token-of-at-least-24-characters"


def client(parts: Parts, token: str = TOKEN) -> httpx.AsyncClient:
    there = replace(parts, settings=replace(parts.settings, metrics_token=token))
    transport = httpx.ASGITransport(build(there, Hub(there)))
    return httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers={"origin": ORIGIN})


async def test_the_meters_tell_operations_and_no_name_of_the_world(parts: Parts, world: World) -> None:
    await team(world)
    async with client(parts) as browser:
        await browser.post("/graphql", json={"query": "{ session { demo } }"})
        await browser.post("/graphql", json={"query": "{ spaces { id } }"})
        said = (await browser.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})).text
    assert 'joinder_operations_seconds_count{name="session",outcome="OK"}' in said
    assert 'joinder_operations_seconds_count{name="spaces",outcome="UNAUTHENTICATED"}' in said
    assert 'route="/graphql"' in said
    assert "Saltmarsh" not in said
    assert not any(one in said for one in world.ids.values())


@pytest.mark.parametrize(("token", "sent"), [(TOKEN, None), (TOKEN, "Bearer wrong"), (TOKEN, TOKEN), ("", "Bearer ")])
async def test_without_the_token_there_is_no_such_page(parts: Parts, token: str, sent: str | None) -> None:
    async with client(parts, token) as browser:
        answer = await browser.get("/metrics", headers={"Authorization": sent} if sent else {})
    assert "joinder_" not in answer.text


def test_a_token_that_can_be_guessed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnsafeSetting, match="JOINDER_METRICS_TOKEN"):
        Settings(data=tmp_path, metrics_token="short").checked()
