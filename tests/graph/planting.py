"""Fills a graph with spaces of a given size, fast: what the real write path leaves behind, set down by a few statements."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, LiteralString

from graph.access import FOREVER

if TYPE_CHECKING:
    from graph.driver import Graph

BATCH = 2_000
CLASSES, HELD, MEMBERS, LINKS_EACH = 10, 6, 12, 3
LONG_AGO, NOW = "2020-01-01T00:00:00.000000Z", "2026-01-01T00:00:00.000000Z"

# Ids are the planting's own prefix, a letter and a number, so that each row can name its neighbours without being asked.
PEOPLE: LiteralString = """
MERGE (g:Agency {id: $agency}) ON CREATE SET g.name = $agency, g.country = 'IT', g.type = 'police', g.languages = ['en']
WITH g UNWIND range($from, $upto) AS i
CREATE (u:User {id: $p + 'u' + i, login: $p + 'login' + i, name: 'Person ' + i, function: 'investigator', languages: ['en'],
  disabled: false, administrator: false, failures: 0})-[:SERVES]->(g)
CREATE (:Session {id: $p + 'x' + i, user: u.id, created_at: $now, seen_at: $now, ends_at: $forever, ended: false})
CREATE (:Mutation {id: $p + 'u' + i + ':key', result: 'r', at: $now})
CREATE (u)-[:SETS_UP_BY]->(:SetUpCode {id: $p + 'code' + i, until: $forever, used: false})
CREATE (u)-[:PROVES_BY]->(:SecondFactor {id: u.id, sealed: 's', next: '', last_step: 0, codes: ['c'], at: $now})
RETURN count(u)
"""
SPACE: LiteralString = """
CREATE (s:Space {id: $s, name: $s, kind: 'joint_investigation_team', colour: 0, access_version: 1, class_version: 1})
CREATE (s)-[:UNDER]->(:Agreement {id: $s + 'agreement', purpose: 'A test', parties: ['IT'], state: 'in_force', valid_from: $ago,
  valid_to: $forever})
CREATE (:Clock {id: $s, seq: $events, logged: $events})
WITH s UNWIND range(0, $classes - 1) AS i
CREATE (:VisibilityClass {id: $s + 'v' + i, space: $s, expression: [CASE WHEN i = 0 THEN '' ELSE $s + 'k' + i END]})
CREATE (:Marking {id: $s + 'k' + i, space: $s, name: 'Marking ' + i, kind: 'covert_source', watermark: false})-[:IN]->(s)
RETURN count(s)
"""
MEMBERSHIPS: LiteralString = """
MATCH (s:Space {id: $s}) UNWIND range(0, $members - 1) AS i
MATCH (u:User {id: $p + 'u' + i})
CREATE (u)-[:HOLDS]->(m:Membership {id: $s + 'm' + i, role: CASE i WHEN 0 THEN 'lead' ELSE 'investigator' END,
  state: CASE i WHEN 1 THEN 'invited' ELSE 'active' END, valid_from: $ago, valid_to: $forever, joined_at: $ago, by: $p + 'u0'})-[:IN]->(s)
WITH m UNWIND range(1, $held - 1) AS k
MATCH (mark:Marking {id: $s + 'k' + k})
CREATE (m)-[:CLEARED_FOR {by: $p + 'u0', valid_from: $ago, valid_to: $forever}]->(mark)
RETURN count(m)
"""
FILES: LiteralString = """
UNWIND range(0, $number - 1) AS i
CREATE (:Case {id: $s + 'case' + i, space: $s, vis: $s + 'v0', markings: [], title: 'Case ' + i, revision: 1, state: 'open'})
CREATE (:Import {id: $s + 'import' + i, space: $s, vis: $s + 'v0', markings: [], created_at: $now, state: 'done'})
CREATE (:RefusedRows {import: $s + 'import' + i, space: $s, vis: $s + 'v0', place: 0, sealed: ''})
RETURN count(i)
"""
ENTITIES: LiteralString = """
UNWIND range($from, $upto) AS i
WITH i, $s + 'v' + (i % $classes) AS vis, ['Person', 'Company', 'BankAccount'][i % 3] AS kind
CREATE (e:Entity {id: $s + 'e' + i, space: $s, kind: kind, vis: vis, vis_rev: 0, caption: 'Name ' + i})
CREATE (r:Record {id: $s + 'r' + i, space: $s, about: $s + 'e' + i, kind: kind, case: $s + 'case' + (i % $cases), vis: vis,
  markings: [], title: 'E-100', locator: 'p.1', grade: 'B2', handling: 'H0', authority: 'a', status: 'asserted', asserted_at: $now,
  asserted_by: 'u', import: $s + 'import' + (i % $cases), search: 'name' + i + ' word' + (i % 500), caption: 'Name ' + i,
  p_name: ['Name ' + i]})
CREATE (r)-[:ABOUT]->(e)
RETURN count(e)
"""
# A task in ten: as many things as there are, a team gives out far less work.
TASKS: LiteralString = """
UNWIND range($from, $upto) AS i
CREATE (t:Task {id: $s + 't' + i, space: $s, vis: $s + 'v' + (i % $classes), markings: [], case: $s + 'case' + (i % $cases),
  title: 'Task ' + i, state: ['open', 'doing', 'done'][i % 3], due: $forever, assignee: $p + 'u' + (i % 12), assignee_agency: 'a',
  about: [$s + 'e' + i]})
RETURN count(t)
"""
# As many exhibits as tasks, each with a file of one part, a page and an event of custody; an upload of another one.
EXHIBITS: LiteralString = """
UNWIND range($from, $upto) AS i
CREATE (x:EvidenceItem {id: $s + 'x' + i, space: $s, vis: $s + 'v' + (i % $classes), markings: [], case: $s + 'case' + (i % $cases),
  number: 'E-' + i, space_number: $s + ' E-' + i, title: 'Exhibit ' + i, kind: 'document', sha256: 'hash' + i, revision: 1,
  reading: 'read', standing: 'settled', custody_count: 1, custody_hash: 'h'})
CREATE (:StoredFile {id: $s + 'file' + i, space: $s, exhibit: x.id, state: 'stored'})
CREATE (:FilePart {id: $s + 'part' + i, space: $s, file: $s + 'file' + i, place: 0, object: 'o', sealed_as: 's', bytes: 1, state: 'stored'})
CREATE (:ExhibitPage {id: x.id + ' 1', space: $s, exhibit: x.id, number: 1, text: 'Page', search: 'word' + i})
CREATE (:CustodyEvent {id: $s + 'custody' + i, space: $s, exhibit: x.id, seq: 1, verb: 'acquired', hash: 'h', prev_hash: ''})
CREATE (:Challenge {id: $s + 'challenge' + i, space: $s, exhibit: x.id, country: 'IT', outcome: 'open', filed_at: $now})
CREATE (:Consent {id: $s + 'consent' + i, space: $s, exhibit: x.id, country: 'IT', given_at: $now})
CREATE (:Viewing {id: $s + 'viewing' + i, space: $s, exhibit: x.id, by: $p + 'u0', first_at: $now, last_at: $now, times: 1})
CREATE (:Upload {id: $s + 'upload' + i, space: $s, by: $p + 'u0', file: $s + 'ufile' + i, state: 'open', received: 0, parts: 0,
  expires_at: $forever})
RETURN count(x)
"""
# A comment on each task, each mentioning another person.
COMMENTS: LiteralString = """
UNWIND range($from, $upto) AS i
CREATE (:Comment {id: $s + 'comment' + i, space: $s, task: $s + 't' + i, text: 'Comment ' + i, mentions: [$p + 'u' + i], by: $p + 'u1',
  at: $now, state: 'said'})
CREATE (n:Mention {id: $s + 'mention' + i, space: $s, person: $p + 'u' + i, comment: $s + 'comment' + i})
RETURN count(n)
"""
# Two entities share each number, as a phone that two people used.
IDENTIFIERS: LiteralString = """
UNWIND range($from, $upto) AS i
MATCH (r:Record {id: $s + 'r' + i})
MERGE (n:Identifier {id: $s + 'i' + (i / 2)}) ON CREATE SET n.space = $s, n.type = 'phone', n.value = '+39' + (i / 2)
CREATE (r)-[:STATES]->(n)
RETURN count(r)
"""
LINKS: LiteralString = """
UNWIND range($from, $upto) AS i UNWIND range(1, $each) AS d
MATCH (a:Entity {id: $s + 'e' + i}) MATCH (b:Entity {id: $s + 'e' + ((i + d * 7) % $size)})
WITH i, d, a, b, $s + 'v' + ((i + d) % $classes) AS vis
CREATE (a)-[l:ASSOCIATE {id: $s + 'l' + i + '-' + d, space: $s, kind: 'Associate', vis: vis, vis_rev: 0}]->(b)
CREATE (:Record {id: $s + 'lr' + i + '-' + d, space: $s, about: l.id, source: a.id, target: b.id, kind: 'Associate',
  case: $s + 'case' + (i % $cases), vis: vis, markings: [], title: 'E-100', locator: 'p.1', grade: 'B2', handling: 'H0',
  authority: 'a', status: 'asserted', asserted_at: $now, asserted_by: 'u', caption: ''})
RETURN count(l)
"""
MERGED: LiteralString = """
MATCH (a:Entity {id: $s + 'e1'}) MATCH (b:Entity {id: $s + 'e10'})
CREATE (a)-[l:SAME_AS {id: $s + 'same', space: $s, kind: 'SameAs', vis: $s + 'v0', vis_rev: 0}]->(b)
CREATE (:Record {id: $s + 'samer', space: $s, about: l.id, source: a.id, target: b.id, kind: 'SameAs', case: $s + 'case0',
  same_as_space: $s, vis: $s + 'v0', markings: [], title: 'E-100', locator: 'p.1', handling: 'H0', authority: 'a', status: 'asserted',
  asserted_at: $now, asserted_by: 'u', caption: ''})
RETURN count(l)
"""
EVENTS: LiteralString = """
UNWIND range($from, $upto) AS i
CREATE (n:Event {id: $s + 'ev' + i, space: $s, seq: i + 1, kind: 'entity', verb: 'added', subject: $s + 'e' + i, before: [],
  after: [$s + 'v' + (i % $classes)], actor: $p + 'u0', at: $now})
RETURN count(n)
"""


@dataclass(frozen=True, slots=True)
class Planted:
    """A space of `size` entities, three links and one record each, one event each; `reader` sees six of its ten classes."""

    prefix: str
    size: int

    @property
    def space(self) -> str:
        return self.prefix + "s0"

    @property
    def reader(self) -> str:
        return self.prefix + "u0"

    @property
    def vis(self) -> list[str]:
        return [f"{self.space}v{i}" for i in range(HELD)]

    def id(self, kind: str, place: int | str = "") -> str:
        """Return the id of something in the space: `e` entity, `r` record, `l` link, `case`, `m` membership, `k` marking."""
        return f"{self.space}{kind}{place}"


async def plant(graph: Graph, size: int) -> Planted:
    """Plant a space of `size` entities beside one of half that size; people of the deployment grow with it, members do not."""
    planted = Planted(secrets.token_hex(4), size)
    common: dict[str, object] = {"p": planted.prefix, "now": NOW, "ago": LONG_AGO, "forever": FOREVER, "classes": CLASSES, "cases": 10}
    await _in_batches(graph, PEOPLE, size // 4, {**common, "agency": planted.prefix + "a"})
    for space, number in ((planted.space, size), (planted.prefix + "s1", size // 2)):
        given = {**common, "s": space, "size": number, "events": number}
        for query in (SPACE, MEMBERSHIPS, FILES):
            await graph.write(lambda tx, query=query, given=given: tx.value(query, **given, members=MEMBERS, held=HELD, number=10))
        for query in (ENTITIES, IDENTIFIERS, LINKS, EVENTS):
            await _in_batches(graph, query, number, {**given, "each": LINKS_EACH})
        for query in (TASKS, COMMENTS, EXHIBITS):
            await _in_batches(graph, query, number // 10, given)
        await graph.write(lambda tx, given=given: tx.value(MERGED, **given))
    return planted


async def _in_batches(graph: Graph, query: LiteralString, number: int, given: dict[str, object]) -> None:
    for start in range(0, number, BATCH):
        rows = {**given, "from": start, "upto": min(start + BATCH, number) - 1}
        await graph.write(lambda tx, rows=rows: tx.value(query, **rows))
