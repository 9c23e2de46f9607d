"""Which GraphQL documents run over HTTP: those of the pages by their hash, others within limits, none by GET."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import orjson
import pytest
import pytest_asyncio

from backend.app import build
from backend.config import UnsafeSetting, from_environment
from backend.core.headers import CSP, GRAPHIQL_CSP
from backend.documents import PERSISTED_FILE, Documents
from backend.realtime.hub import Hub
from backend.schema import native

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from backend.core.context import Parts

ORIGIN = "http://127.0.0.1:8400"
OURS = "query Ours { ontology { linkKinds { name " + "name " * 40 + "} } }"  # more repeats than anybody else may send
HASH = sha256(OURS.encode()).hexdigest()


@pytest_asyncio.fixture
async def client(parts: Parts, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A server whose pages were built with one document."""
    (tmp_path / "assets").mkdir()
    (tmp_path / PERSISTED_FILE).write_bytes(orjson.dumps({HASH: OURS}))
    there = replace(parts, settings=replace(parts.settings, frontend=tmp_path))
    transport = httpx.ASGITransport(build(there, Hub(there)))
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers={"origin": ORIGIN}) as found:
        yield found


async def code(client: httpx.AsyncClient, **body: Any) -> tuple[int, str]:
    answer = await client.post("/graphql", json=body)
    said = answer.json()
    return answer.status_code, said["errors"][0]["extensions"]["code"] if "errors" in said else ""


async def test_a_document_of_the_pages_runs_by_its_hash_whatever_its_size(client: httpx.AsyncClient) -> None:
    assert await code(client, documentId=HASH) == (200, "UNAUTHENTICATED")
    assert await code(client, query=OURS) == (400, "INVALID")


async def test_a_hash_that_nobody_knows_says_that_the_page_is_old(client: httpx.AsyncClient) -> None:
    answer = await client.post("/graphql", json={"documentId": "0" * 64})
    assert answer.status_code == 400
    assert "older than the server" in answer.json()["errors"][0]["message"]


async def test_the_schema_is_not_told_and_get_is_not_taken(client: httpx.AsyncClient) -> None:
    assert await code(client, query="{ __schema { types { name } } }") == (400, "INVALID")
    assert (await client.get("/graphql", params={"query": "{ session { demo } }"})).status_code == 405


@pytest.mark.parametrize("path", ["/graphiql", "/graphiql/", "/graphiql/index.html", "/graphiql/assets/index.js"])
async def test_there_is_no_graphiql_in_production(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert (answer.status_code, answer.content) == (404, b"")


async def test_graphiql_is_served_in_development_and_only_its_page_may_write_styles(parts: Parts, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("GraphiQL")
    there = replace(parts, settings=replace(parts.settings, introspection=True, graphiql=tmp_path))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(build(there, Hub(there))), base_url=ORIGIN) as client:
        answer, page = await client.get("/graphiql", follow_redirects=True), await client.get("/")
    assert (answer.status_code, answer.text, answer.headers["content-security-policy"]) == (200, "GraphiQL", GRAPHIQL_CSP)
    assert page.headers["content-security-policy"] == CSP


def test_graphiql_needs_a_schema_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "is_dir", Path.is_absolute)
    assert from_environment({}).graphiql is None
    assert from_environment({"JOINDER_INTROSPECTION": "1"}).graphiql


async def test_an_answer_too_large_to_read_is_refused(client: httpx.AsyncClient) -> None:
    document = 'query($n: Int!) { chart(space: "s", limit: $n) { items { id kind caption degree } links { id kind source target } } }'
    assert await code(client, query=document, variables={"n": 10_000_000}) == (400, "INVALID")


ONE = "query One($id: ID!) { space(id: $id) { id } }"


@pytest.mark.parametrize(
    "asked",
    [
        {"query": ONE, "variables": {}},
        {"query": ONE, "variables": {"id": {"of": "none"}}},
        {"query": 'query Many($n: Int = 1) { chart(space: "s", limit: $n) { items { id } } }', "variables": {"n": None}},
    ],
)
async def test_what_does_not_fit_is_told_as_the_mistake_of_who_asks(client: httpx.AsyncClient, asked: dict[str, Any]) -> None:
    assert await code(client, **asked) == (200, "INVALID")


@pytest.mark.parametrize("name", [{}, {"operationName": "Three"}])
async def test_which_operation_is_meant_must_be_plain(client: httpx.AsyncClient, name: dict[str, str]) -> None:
    assert await code(client, query=ONE + " query Two { session { demo } }", **name) == (400, "INVALID")


@pytest.mark.parametrize("demo", ["neither true nor false", None])
async def test_an_answer_of_ours_that_does_not_fit_is_told_by_its_code_and_logged(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, demo: object
) -> None:
    async def is_demo(_: object) -> object:
        return demo

    monkeypatch.setattr("backend.auth.demo.service.is_demo", is_demo)
    assert await code(client, query="{ session { demo } }") == (200, "INTERNAL")
    assert "unexpected" in [record.msg for record in caplog.records]


def test_pages_that_do_not_fit_the_schema_are_not_served(tmp_path: Path) -> None:
    (tmp_path / PERSISTED_FILE).write_bytes(orjson.dumps({"x": "query Old { gone }"}))
    with pytest.raises(UnsafeSetting, match=r"Run infra/pages, then start again\. \(Cannot query field 'gone'"):
        Documents.open(native, tmp_path, introspection=False)
