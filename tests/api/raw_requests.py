"""Requests made by chance, whatever carries the operations: bodies that are no JSON, odd types, odd paths, odd methods, lies about lengths.

Most begin with a request that succeeds, so that they get behind the first check.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote

from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st

from tests.api.calls import NASTY, NOBODY, ODD, UNHURRIED, Call, example
from tests.api.house import PEOPLE

if TYPE_CHECKING:
    from collections.abc import Callable

Drawn = TypeVar("Drawn")
Headers = tuple[tuple[str, str], ...]
FRESH = "$fresh"
"""Stands for an import that waits for its file, made for this request."""


@dataclass(frozen=True)
class Request:
    """One HTTP request. In `path` and `body` a word that begins with `$`, as in the examples, is the id of the thing of that name."""

    who: str
    method: str
    path: str
    body: bytes = b""
    headers: Headers = ()


def drawn(some: st.SearchStrategy[Drawn], tries: int, number: int) -> list[Drawn]:
    """As many of them; the same number draws the same ones."""
    found: list[Drawn] = []

    @seed(number)
    @settings(max_examples=tries, database=None, phases=[Phase.generate], suppress_health_check=UNHURRIED)
    @given(some)
    def collect(one: Drawn) -> None:
        found.append(one)

    collect()
    return found


ANYBODY = st.sampled_from(("Chiara", "Chiara", *PEOPLE, NOBODY))
METHODS = ("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "STRANGE")
ODD_BYTES = (
    b"",
    b"\x00",
    b"\xff\xfe{",
    b"\xef\xbb\xbf{}",
    b"\xc3\x28",
    b"\xed\xa0\x80",
    b'{"a":',
    b"nul",
    b"{" * 5_000,
    b"[" * 100_000,
    b"-",
)

# ── /graphql ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

ASKED = (
    ("query", "session"), ("query", "cases"), ("query", "entity"), ("query", "tasks"), ("query", "search"), ("query", "myTokens"),
    ("mutation", "createTask"), ("mutation", "createCase"), ("mutation", "commentOnTask"),
)  # fmt: skip
TYPES = (
    "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json; charset=utf-16",
    "application/graphql", "application/octet-stream", "", "\xe9;;=", "application/json, text/html",
)  # fmt: skip
FIELDS = ("query", "variables", "operationName", "documentId", "extensions", "id", "key")
QUERIES = (
    "", "{", "}", "{ session { demo }", "query A { session { demo } } query B { session { demo } }", "subscription { x }",
    "fragment F on Q { x }",
    "{ session " * 3_000, "{ search(space: " + "[" * 6_000, "{ tasks(space: 1, first: " + "9" * 5_000 + ") { total } }", "#" * 17_000,
    "{ __schema { types { name } } }", "query($a: [[[[ID!]!]!]!]!) { session { demo } }",
    "query($a: Int = " + "9" * 5_000 + ") { session { demo } }",
    "\ufeff{ session { demo } }", '{ session { demo } } "', "{ session @skip(if: 1) { demo } }", "query($s: NoSuch) { session { demo } }",
    "{ session { demo } } extend type Query { a: Int }", "query A { session { demo } } query A { session { demo } }", "\x00",
)  # fmt: skip


def graphql_requests() -> st.SearchStrategy[Request]:
    """What may come to `/graphql`."""
    json_type: Headers = (("content-type", "application/json"),)
    types = st.just(json_type) | st.sampled_from(TYPES).map(lambda one: (("content-type", one),))
    methods = st.sampled_from(("POST",) * 8 + METHODS)
    return st.builds(Request, ANYBODY, methods, st.just("/graphql"), graphql_bodies(), types)


def graphql_bodies() -> st.SearchStrategy[bytes]:
    return st.sampled_from(ASKED).flatmap(_bodies_of)


def _bodies_of(asked: tuple[str, str]) -> st.SearchStrategy[bytes]:
    sort, name = asked
    right: dict[str, Any] = {"query": Call(name, sort, NOBODY, example(name)).document, "variables": example(name)}
    said = st.just(right) | _spoilt(right) | _spoilt(right) | st.sampled_from((right, 1, "x", None)).map(lambda one: [one] * 3)
    return said.map(lambda one: json.dumps(one).encode()).flatmap(broken) | st.sampled_from((1, 100, 2_000, 50_000)).map(_nested)


def _spoilt(right: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """The right body with one of its fields replaced, added or left out."""
    values: dict[str, st.SearchStrategy[Any]] = {one: st.sampled_from(ODD) for one in FIELDS}
    values["query"] |= st.sampled_from(QUERIES)
    values["operationName"] |= st.sampled_from(("A", "B", "session"))
    values["documentId"] |= st.sampled_from(("0" * 64, "f" * 64))
    odd = st.sampled_from(FIELDS).flatmap(lambda name: values[name].map(lambda value: {name: value}))
    return (
        odd.map(lambda one: right | one)
        | odd
        | st.sampled_from(tuple(right)).map(lambda name: {k: v for k, v in right.items() if k != name})
    )


def _nested(levels: int) -> bytes:
    return b'{"query": "{ session { demo } }", "variables": ' + b'{"a":[' * levels + b"]}" * levels + b"}"


def broken(body: bytes) -> st.SearchStrategy[bytes]:
    """The body as it is, or with bytes lost, added or replaced, or in another encoding."""
    cut = st.integers(0, len(body)).map(lambda at: body[:at])
    put = st.tuples(st.integers(0, len(body)), st.sampled_from(ODD_BYTES)).map(lambda one: body[: one[0]] + one[1] + body[one[0] :])
    other = st.sampled_from((body.decode().encode("utf-16"), body + body, body + b" \x00", b"\xef\xbb\xbf" + body, b"\n" * 1_000 + body))
    return st.just(body) | st.just(body) | cut | put | other


# ── files of imports ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

IMPORTS = (FRESH, FRESH, "$waiting", "$table", "$done", "$running", "$A", "$Chiara", "$Saltmarsh")
SPACES = ("$Saltmarsh", "$Saltmarsh", "$Saltmarsh", "$Other", "$Led on", "$A", "$Chiara")
FILES = (
    b"name\nIlian\n",
    b"name\r\n\xff\xfe\x00\n",
    b"PK\x03\x04" + b"\x00" * 500,
    b"{" * 3_000,
    b"x" * 150_000,
    b"\xef\xbb\xbfname;date\n",
    b"=1+1\n",
)


def file_requests() -> st.SearchStrategy[Request]:
    """What may come to `/imports/{id}/file` and `/imports/{id}/report`."""
    ids = st.sampled_from(IMPORTS) | st.sampled_from(IMPORTS) | _short()
    spaces = st.sampled_from(SPACES).map(lambda one: f"?space={one}") | _queries(("space", "Space", "space[]"))
    routes = st.sampled_from((("PUT", "file"), ("PUT", "file"), ("GET", "report"))) | st.tuples(
        st.sampled_from(METHODS), st.sampled_from(("file", "report", "", "file/", "file/file", "../file", "FILE"))
    )
    paths = st.tuples(ids, routes, spaces).map(lambda it: (it[1][0], f"/imports/{it[0]}/{it[1][1]}{it[2]}"))
    bodies = st.sampled_from(FILES) | st.sampled_from(FILES) | st.binary(max_size=200) | graphql_bodies()
    return st.tuples(ANYBODY, paths, bodies).map(lambda it: Request(it[0], *it[1], it[2]))


def _short() -> st.SearchStrategy[str]:
    """Odd words as part of a path; what no client can send is left out."""
    texts = st.sampled_from([one for one in NASTY if len(one) < 3_000]) | st.text(max_size=20) | st.uuids().map(str)
    return texts.map(lambda one: quote(one, safe="", errors="replace"))


def _queries(names: tuple[str, ...]) -> st.SearchStrategy[str]:
    pairs = st.tuples(st.sampled_from(names), _short() | st.sampled_from(SPACES))
    odd = st.sampled_from(("", "?", "?&&=&", "?space", "?%ff=%fe", "?space=%ed%a0%80", "?" + "a&" * 2_000))
    return odd | st.lists(pairs, max_size=4).map(lambda some: "?" + "&".join(f"{name}={value}" for name, value in some))


# ── sign-in by agencies ───────────────────────────────────────────────────────────────────────────────────────────────────────────

PLACES = (
    "police/start",
    "police/back",
    "back-channel/police",
    "issuers",
    "nobody/start",
    "nobody/back",
    "back-channel/nobody",
    "police",
    "",
)
PARAMETERS = ("code", "state", "error", "iss", "strong", "logout_token")


def sign_in_requests(known: Callable[[str], str]) -> st.SearchStrategy[Request]:
    """What may come to `/auth`; `known` says what each word of `TRUE` stands for."""
    slugs = _short().flatmap(lambda one: st.sampled_from((f"{one}/start", f"{one}/back", f"back-channel/{one}", one)))
    places = st.sampled_from(PLACES) | st.sampled_from(PLACES) | slugs
    values = _short() | st.sampled_from(TRUE).map(lambda one: quote(known(one), safe=""))
    pairs = st.lists(st.tuples(st.sampled_from(PARAMETERS), values), max_size=4).map(lambda some: "&".join(map("=".join, some)))
    odd = st.sampled_from(("%ff=%fe", "=&=", "a&" * 2_000, "code", "logout_token=%00&logout_token=x"))
    methods = st.sampled_from(("GET", "GET", "POST", "POST", *METHODS))
    cookies = st.sampled_from(
        (*TRUE, *(one for one in NASTY if one.isascii() and one.isprintable() and one == one.strip() and len(one) < 500))
    )
    headers = st.just(()) | cookies.map(lambda one: (("cookie", "joinder-attempt=" + (known(one) if one in TRUE else one)),))
    bodies = st.tuples(st.sampled_from(ODD_BYTES), pairs | st.just("")).map(lambda it: it[1].encode() or it[0])
    paths = st.tuples(places, pairs | odd).map(lambda it: f"/auth/{it[0]}?{it[1]}")
    return st.builds(Request, ANYBODY, methods, paths, bodies, headers)


TRUE = ("attempt", "state", "token", "unsigned", "stranger")
"""An attempt's cookie and state, a logout token, one that nobody signed, one that somebody else did."""

NO_MESSAGES: tuple[dict[str, object], ...] = ({}, {"type": []}, {"type": "subscribe"}, {"type": "welcome", "heartbeat": 1})

# ── the live socket ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def live_messages() -> st.SearchStrategy[list[str | bytes]]:
    """What may come over `/live`, one after another: texts, and bytes that are no text."""
    spaces = st.sampled_from(SPACES) | st.sampled_from(ODD)
    cursors = st.none() | st.sampled_from(ODD) | st.text(max_size=60)
    right = st.fixed_dictionaries({"type": st.just("subscribe"), "space": spaces, "cursor": cursors})
    right |= st.fixed_dictionaries({"type": st.just("unsubscribe"), "space": spaces})
    looking = st.lists(st.sampled_from(("$A", "$L", "$To do", "$Chiara", "x", 1)), max_size=6) | st.sampled_from(ODD)
    views = st.sampled_from(("network", "entity", "nowhere", 1, None))
    right |= st.fixed_dictionaries({"type": st.just("presence"), "space": spaces, "view": views, "looking": looking})
    odd = st.sampled_from(ODD) | st.sampled_from(NO_MESSAGES)
    texts = (right | right | right | odd).map(json.dumps)
    strange = st.sampled_from(("", "x" * 70_000, "[" * 4_000, '{"type": "subscribe", "type": "subscribe"}', "\x00", *ODD_BYTES[:6]))
    return st.lists(texts | texts | strange, min_size=1, max_size=5)
