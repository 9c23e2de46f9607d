"""Every question that a reader can ask, asked through the API, so that two moments or two worlds can be compared byte by byte."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Protocol

import orjson

from backend.core.errors import JoinderError
from backend.core.faults import fault
from backend.entities import service as entities
from backend.entities.imports import service as imports
from backend.evidence import content
from backend.schema import schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from backend.core.context import Context

RECORD = (
    "id about values { property values } source { title locator importId exhibit { id number title alteredAt } } grade handling"
    " authority { id } status statusReason excludedIn challengedIn needsConsent assertedAt"
    " assertedBy { id } markings { id name } case { id title }"
)
FACTS = "facts { property standing values { value records { id } } }"
STUB = "id kind caption"
LINK = (
    f"id kind label linkClass source {{ {STUB} }} target {{ {STUB} }} strength version {FACTS} records {{ {RECORD} }}"
    " markings { id } handling standing"
)
CHART = (
    "items { id kind caption degree uncertain markings merged grade handling standing }"
    " links { id kind source target strength amount currency date markings grade handling standing } truncated"
)
JOB = (
    "id name state fileName sha256 bytes rowsRead accepted rejected progress problem raising undone undoReason mapping chosen"
    " grade handling markings { id } case { id title }"
    " createdBy { id }"
)
CASE = "id title summary references { country number } offences state version raising entityCount markings { id name } lead { id }"

TASK = (
    f"id title text state stateBy {{ id }} stateAt due dueZone overdue priority assignee {{ person {{ id }} role agency {{ id }} }}"
    f" steps {{ text done by {{ id }} at }} case {{ id title }} linkedCases {{ id title }} entities {{ {STUB} }}"
    f" markings {{ id }} createdBy {{ id }} createdAt"
    f" links {{ id kind source {{ {STUB} }} target {{ {STUB} }} }} version mayWork mayComment mayDirect"
)

EXHIBIT = (
    "id number title kind case { id title } authority { id } custodian { id } handling grade markings { id } acquiredAt"
    " details { sealNumber }"
    " file { name bytes sha256 sha512 mediaType archiveProblem scan { state found problem at } } integrityCheck { state at }"
    " parent { id number title } derivation translations { id number title language } derived { id number title }"
    " sameFile { id number title } cited"
    " excludedIn challengedIn integrityAlert createdBy { id } createdAt version mayWrite mayHandOn"
)
COMMENT = "id task taskTitle text mentions { id name } by { id } at withdrawnAt withdrawnReason mayWithdraw"

SPACE = (
    "query($s: ID!) { space(id: $s) { id name countries myRights members { id role state secondedTo { id } person { id }"
    " clearances { id name } } markings { marking { id name } countries holders } } }"
)
ENTITY = (
    f"query($s: ID!, $e: ID!) {{ entity(space: $s, id: $e) {{ id kind caption otherNames version {FACTS} records {{ {RECORD} }}"
    " markings { id } handling standing degree linkCounts { linkKind direction count } cases { id title } merged { id caption sameAs }"
    f" sharedIdentifiers {{ type value entity {{ {STUB} }} }} links(first: 100) {{ items {{"
    f" {LINK} }} pageInfo {{ endCursor hasNextPage }} }} }} }}"
)
SEEN_BY = "records members { membership { id } sees reason markings { id } lacking { id } records at }"


def _who_sees(of: str, letter: str) -> str:
    return f"query($s: ID!, ${letter}: ID!) {{ whoSees(space: $s, of: {of}, id: ${letter}) {{ {SEEN_BY} }} }}"


PER_SPACE: dict[str, str] = {
    "spaces": "{ spaces { id name } }",
    "space": SPACE,
    "cases": f"query($s: ID!) {{ cases(space: $s) {{ {CASE} }} }}",
    "activity": (
        "query($s: ID!) { activity(space: $s, first: 100) { items { id at verb kind subject"
        " caption person { id } } pageInfo { hasNextPage } } }"
    ),
    "entities": (
        "query($s: ID!) { entities(space: $s, first: 100) { total items { id kind caption degree sources grade handling countries marked"
        " standing } pageInfo { endCursor hasNextPage } } }"
    ),
    "entities by 2": "query($s: ID!) { entities(space: $s, first: 2) { total items { id } pageInfo { endCursor hasNextPage } } }",
    "entities by text": 'query($s: ID!) { entities(space: $s, text: "secret") { total items { id caption } } }',
    "kindCounts": "query($s: ID!) { kindCounts(space: $s) { kind count } }",
    "chart": f"query($s: ID!) {{ chart(space: $s) {{ {CHART} }} }}",
    **{f"chart by {n}": f"query($s: ID!) {{ chart(space: $s, limit: {n}) {{ items {{ id }} truncated }} }}" for n in range(2, 10)},
    "tasks": f"query($s: ID!) {{ tasks(space: $s) {{ total items {{ {TASK} }} }} }}",
    "my tasks": "query($s: ID!) { tasks(space: $s, filter: {whose: MINE}) { total items { id } } }",
    "tasks of my agency": "query($s: ID!) { tasks(space: $s, filter: {whose: MY_AGENCY}) { total items { id } } }",
    "late tasks": "query($s: ID!) { tasks(space: $s, filter: {overdue: true, states: [OPEN]}) { total items { id } } }",
    "mentions": f"query($s: ID!) {{ mentions(space: $s) {{ total items {{ {COMMENT} }} }} }}",
    "importMappings": "query($s: ID!) { importMappings(space: $s) { id name columns mapping savedAt savedBy { id } } }",
    "imports": f"query($s: ID!) {{ imports(space: $s) {{ {JOB} }} }}",
    "exhibits": f"query($s: ID!) {{ exhibits(space: $s) {{ total items {{ {EXHIBIT} }} }} }}",
    "exhibits by text": 'query($s: ID!) { exhibits(space: $s, filter: {text: "secret", kinds: [DEVICE, TABLE, DATA]}) { total } }',
}
BY_PAGES: dict[str, str] = {
    "entities": (
        "query($s: ID!, $after: String) { entities(space: $s, first: 2, after: $after) { total items { id }"
        " pageInfo { endCursor hasNextPage } } }"
    ),
    "tasks": (
        "query($s: ID!, $after: String) { tasks(space: $s, first: 2, after: $after) { total items { id }"
        " pageInfo { endCursor hasNextPage } } }"
    ),
    "mentions": (
        "query($s: ID!, $after: String) { mentions(space: $s, first: 1, after: $after) { total items { id }"
        " pageInfo { endCursor hasNextPage } } }"
    ),
    "exhibits": (
        "query($s: ID!, $after: String) { exhibits(space: $s, first: 1, after: $after) { total items { id }"
        " pageInfo { endCursor hasNextPage } } }"
    ),
    "activity": (
        "query($s: ID!, $after: String) { activity(space: $s, first: 3, after: $after) { items { id }"
        " pageInfo { endCursor hasNextPage } } }"
    ),
}
PER_CASE: dict[str, str] = {
    "case": f"query($s: ID!, $c: ID!) {{ case(space: $s, id: $c) {{ {CASE} }} }}",
    "whoSees case": _who_sees("CASE", "c"),
    "chart of a case": f"query($s: ID!, $c: ID!) {{ chart(space: $s, case: $c) {{ {CHART} }} }}",
    "entities of a case": "query($s: ID!, $c: ID!) { entities(space: $s, case: $c) { total items { id } } }",
    "exhibits of a case": "query($s: ID!, $c: ID!) { exhibits(space: $s, filter: {case: $c}) { total items { id } } }",
    "tasks of a case": "query($s: ID!, $c: ID!) { tasks(space: $s, filter: {case: $c}) { total items { id } } }",
    "kindCounts of a case": "query($s: ID!, $c: ID!) { kindCounts(space: $s, case: $c) { kind count } }",
}
PER_EXHIBIT = {
    "exhibit": f"query($s: ID!, $x: ID!) {{ exhibit(space: $s, id: $x) {{ {EXHIBIT} }} }}",
    "custody": (
        "query($s: ID!, $x: ID!) { custody(space: $s, exhibit: $x) { whole events { id verb by { id } agency { id } at zone from { id }"
        " to { id } place reason condition seal hashBefore hashAfter refersTo open hash } } }"
    ),
    "exhibitPages": (
        "query($s: ID!, $x: ID!) { exhibitPages(space: $s, exhibit: $x) { state problem total pages { number text words { text } } } }"
    ),
    "citations": (
        "query($s: ID!, $x: ID!) { citations(space: $s, exhibit: $x) { record locator grade status authority { id }"
        " subject { id kind caption link } }"
        " onPage: citations(space: $s, exhibit: $x, page: 1) { record locator status authority { id } } }"
    ),
    "challenges": (
        "query($s: ID!, $x: ID!) { challenges(space: $s, exhibit: $x) { id by ground court country outcome ruling ruledAt"
        " enteredBy { id } } }"
    ),
    "consents": (
        "query($s: ID!, $x: ID!) { consents(space: $s, exhibit: $x) { needed mayGive provider { id } courts"
        " handing { authority { id } recipients people { id } }"
        " given { id country recipient { id } terms givenBy { id } givenAt withdrawnBy { id } withdrawnAt } } }"
    ),
    **{
        name: (
            f"query($s: ID!, $x: ID!) {{ whatFalls(space: $s, exhibit: $x{country}) {{ lost kept items {{ property value others"
            " subject { id caption link } best { title locator grade alteredAt } } } }"
        )
        for name, country in (("whatFalls", ""), ("whatFalls in IT", ', country: "IT"'))
    },
    "whoSees exhibit": _who_sees("EXHIBIT", "x"),
    "exhibitViewings": "query($s: ID!, $x: ID!) { exhibitViewings(space: $s, exhibit: $x) { person { id } firstAt } }",
}
PER_TASK = {
    "task": f"query($s: ID!, $t: ID!) {{ task(space: $s, id: $t) {{ {TASK} }} }}",
    "taskComments": f"query($s: ID!, $t: ID!) {{ taskComments(space: $s, task: $t) {{ total items {{ {COMMENT} }} }} }}",
    "taskComments by 1": (
        "query($s: ID!, $t: ID!) { taskComments(space: $s, task: $t, first: 1) { items { id } pageInfo { endCursor hasNextPage } } }"
    ),
    "whoSees task": _who_sees("TASK", "t"),
    "mentionable": "query($s: ID!, $t: ID!) { mentionable(space: $s, task: $t) { id name } }",
}
ABOUT = "query($s: ID!, $o: ID!) { tasks(space: $s, filter: {about: $o}) { total items { id } } }"
PER_ENTITY: dict[str, str] = {
    "entity": ENTITY,
    "whoSees entity": _who_sees("ENTITY", "e"),
    "linkCounts": "query($s: ID!, $e: ID!) { linkCounts(space: $s, entity: $e) { linkKind direction count } }",
    "expand": f"query($s: ID!, $e: ID!) {{ expand(space: $s, entity: $e) {{ {CHART} }} }}",
    "expand by 1": "query($s: ID!, $e: ID!) { expand(space: $s, entity: $e, limit: 1, order: NEWEST) { items { id } truncated } }",
}
PER_LINK = {"link": f"query($s: ID!, $l: ID!) {{ link(space: $s, id: $l) {{ {LINK} }} }}", "whoSees link": _who_sees("LINK", "l")}
PER_IMPORT = {
    "chart of an import": f"query($s: ID!, $j: ID!) {{ chart(space: $s, import: $j) {{ {CHART} }} }}",
    "importJob": f"query($s: ID!, $j: ID!) {{ importJob(space: $s, id: $j) {{ {JOB} }} }}",
    "importPreview": (
        "query($s: ID!, $j: ID!) { importPreview(space: $s, id: $j) { columns { name samples suggestedProperty } rows encoding } }"
    ),
    "importCheck": ('query($s: ID!, $j: ID!) { importCheck(space: $s, id: $j, mapping: "") { read faults { reason } rows { number } } }'),
}
STATED = f"stated {{ property label value kind outward other {{ {STUB} }} record {{ id title locator grade handling country }} }}"
HIT = (
    f"entity {{ {STUB} }} matched property label score why {{ typed found how }}"
    f" record {{ id title locator grade handling country }} {STATED}"
)
SEARCH = f"query($s: ID!, $t: String!) {{ search(space: $s, text: $t) {{ {HIT} }} }}"
NARROWED = f"query($s: ID!, $t: String!, $f: SearchFilter!) {{ search(space: $s, text: $t, filter: $f) {{ {HIT} }} }}"
FIRST_HIT = f"query($s: ID!, $t: String!) {{ search(space: $s, text: $t, first: 1) {{ {HIT} }} }}"
FILTERS: tuple[Mapping[str, object], ...] = (
    {"kinds": ["Person", "Company"]},
    {"gradeAtLeast": "B2"},
    {"country": "NL"},
    {"recordedFrom": "2020-01-01", "recordedTo": "2090-01-01"},
    {"statedFrom": "1970-01-01", "statedTo": "2090-01-01"},
    {"statedFrom": "1981-01-01", "statedTo": "1981-12-31", "statedAs": "birthDate"},
)
STATED_BY_A_LINK: Mapping[str, object] = {"statedFrom": "2025-12-01", "statedTo": "2026-12-31", "statedAs": "startDate"}
COUNTED = "{ value count }"
FACETED = f"total complete groups {COUNTED} kinds {COUNTED} cases {COUNTED} countries {COUNTED} grades {COUNTED}"
FACETS = f"query($s: ID!, $t: String!, $f: SearchFilter) {{ searchFacets(space: $s, text: $t, filter: $f) {{ {FACETED} }} }}"
PASSAGES = (
    "query($s: ID!, $t: String!) { exhibitText(space: $s, text: $t) { exhibit { id number title } page line locator excerpt alteredAt } }"
)
SEARCHES = {"search": SEARCH, "best of search": FIRST_HIT, "searchFacets": FACETS, "exhibitText": PASSAGES}
ITEMS = f"query($s: ID!, $i: [ID!]!, $m: [ID!]!) {{ chartItems(space: $s, ids: $i, among: $m) {{ {CHART} }} }}"
PATH = (
    f"query($s: ID!, $a: ID!, $b: ID!) {{ path(space: $s, from: $a, to: $b) {{ outcome hops"
    f" itemsSeen paths {{ {CHART.replace(' truncated', '')} weakestGrade from to }} }} }}"
)
GRADED = (
    'query($s: ID!, $a: ID!, $b: ID!) { path(space: $s, from: $a, to: $b, minGrade: "B2") {'
    " outcome hops paths { items { id } links { id } } } }"
)


class Question(Protocol):
    """Something that a reader asks."""

    @property
    def name(self) -> str: ...

    async def answer(self, ctx: Context) -> bytes:
        """Return what they would read, as bytes."""
        ...


@dataclass(frozen=True, slots=True)
class Operation:
    """A GraphQL operation with its arguments."""

    name: str
    query: str
    variables: dict[str, object] = field(default_factory=dict[str, object])

    async def answer(self, ctx: Context) -> bytes:
        """Return data, or the error's code and text."""
        return orjson.dumps(await ask(ctx, self.query, **self.variables), option=orjson.OPT_SORT_KEYS)


@dataclass(frozen=True, slots=True)
class Report:
    """The download of what an import refused."""

    name: str
    space: str
    job: str

    async def answer(self, ctx: Context) -> bytes:
        """Return the file, or the error's code and text."""
        try:
            return b"".join([piece async for piece in await imports.report(ctx, self.space, self.job)])
        except JoinderError as error:
            return orjson.dumps({"error": fault(error, "TEST-00").json()})


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of an exhibit's file."""

    name: str
    space: str
    exhibit: str

    async def answer(self, ctx: Context) -> bytes:
        """Return the file, or the error's code and text."""
        try:
            found = await content.opened(ctx, self.space, self.exhibit, copies=True)
            return await found.file.head(found.file.size)
        except JoinderError as error:
            return orjson.dumps({"error": fault(error, "TEST-00").json()})


@dataclass(frozen=True, slots=True)
class Pages:
    """A list asked for page after page, to its end."""

    name: str
    query: str
    listing: str
    variables: dict[str, object] = field(default_factory=dict[str, object])

    async def answer(self, ctx: Context) -> bytes:
        """Return the items of each page and whether another followed; where a page ends is sealed."""
        pages: list[object] = []
        after: str | None = None
        while not pages or after:
            said = await ask(ctx, self.query, **self.variables, after=after)
            if "error" in said:
                return orjson.dumps(said, option=orjson.OPT_SORT_KEYS)
            page = said[self.listing]
            after = page["pageInfo"]["endCursor"]
            pages.append([page["items"], page["pageInfo"]["hasNextPage"]])
        return orjson.dumps(pages, option=orjson.OPT_SORT_KEYS)


@dataclass(frozen=True, slots=True)
class Links:
    """The links of entities in pages of one, as a screen asks for them that was told of these entities before."""

    name: str
    space: str
    group: list[str]

    async def answer(self, ctx: Context) -> bytes:
        """Return (id, whether more follows) of each page."""
        pages: list[tuple[list[str], bool]] = []
        after: str | None = None
        while not pages or after:
            page = await entities.links(ctx, self.space, self.group, after, 1)
            after = page.end
            pages.append(([each.id for each in page.items], after is not None))
        return orjson.dumps(pages)


async def ask(ctx: Context, query: str, **variables: object) -> dict[str, Any]:
    """Return what a client would read: data, or the error's code and text."""
    result = await schema.execute(query, variable_values=variables, context_value=ctx)
    if result.errors:
        original = result.errors[0].original_error
        if original is None:
            raise AssertionError(result.errors[0].message)
        told = fault(original, "TEST-00")
        if not told.known:
            raise original
        return {"error": told.extensions(), "message": told.message}
    return result.data or {}


def questions(
    space: str,
    *,
    people: Iterable[str],
    links: Iterable[str],
    cases: Iterable[str],
    jobs: Iterable[str],
    tasks: Iterable[str],
    exhibits: Iterable[str],
    words: Iterable[str],
) -> list[Question]:
    """Return every question about a space and about each of these things; `people` are entities of any kind."""
    people, links, jobs, words, cases, exhibits = list(people), list(links), list(jobs), list(words), list(cases), list(exhibits)
    found: list[Question] = [Operation(name, query, {} if name == "spaces" else {"s": space}) for name, query in PER_SPACE.items()]
    things = (
        ("c", cases, PER_CASE),
        ("e", people, PER_ENTITY),
        ("l", links, PER_LINK),
        ("j", jobs, PER_IMPORT),
        ("t", tasks, PER_TASK),
        ("x", exhibits, PER_EXHIBIT),
    )
    for letter, ids, queries in things:
        found += [Operation(f"{name} {one}", query, {"s": space, letter: one}) for one in ids for name, query in queries.items()]
    found += [Pages(f"{listing} by pages", query, listing, {"s": space}) for listing, query in BY_PAGES.items()]
    found += [Operation(f"tasks about {one}", ABOUT, {"s": space, "o": one}) for one in (*people, *links)]
    found += [Copy(f"file {one}", space, one) for one in exhibits]
    found += [Report(f"report {one}", space, one) for one in jobs]
    found += [Links(f"links {one}", space, [one]) for one in people]
    found += [Operation(f"{name} {word}", query, {"s": space, "t": word}) for word in words for name, query in SEARCHES.items()]
    narrowed = [*FILTERS, *({"case": one} for one in cases)]
    for name, query in (("search", NARROWED), ("searchFacets", FACETS)):
        pairs = [*((word, each) for word in words[:2] for each in narrowed), *((word, STATED_BY_A_LINK) for word in words)]
        found += [Operation(f"{name} {word} {each}", query, {"s": space, "t": word, "f": each}) for word, each in pairs]
    found.append(Operation("chartItems", ITEMS, {"s": space, "i": people, "m": []}))
    found.append(Operation("chartItems among", ITEMS, {"s": space, "i": people[:1], "m": people}))
    for a, b in pairwise(people):
        found += [Operation(f"{name} {a} {b}", query, {"s": space, "a": a, "b": b}) for name, query in (("path", PATH), ("graded", GRADED))]
    return found
