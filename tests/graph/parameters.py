"""What every query of the graph layer is asked with, at a planted size. `tests/architecture/test_cypher.py` wants an entry for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph.queries.search import Filters
from tests.graph.planting import HELD, NOW

if TYPE_CHECKING:
    from graph.dialect import Dialect
    from tests.graph.planting import Planted

EVER = "9999-01-01T00:00:00.000000Z"
AGO = "2019-01-01T00:00:00.000000Z"


def of(planted: Planted, dialect: Dialect) -> dict[str, dict[str, Any]]:
    """Return module.CONSTANT to parameters: one item, or one page of them, of the space planted."""
    return {
        **_people(planted), **_teams(planted), **_access(planted), **_reading(planted, dialect), **_writing(planted),
        **_files(planted, dialect), **_stream(planted), **_network(planted),
    }  # fmt: skip


def _people(p: Planted) -> dict[str, dict[str, Any]]:
    person, session = {"id": p.reader}, {"id": p.prefix + "x3"}
    return {
        "agencies.AGENCIES": {},
        "agencies.ANYBODY": {"ids": [p.reader]},
        "agencies.CREATE_AGENCY": {"row": {"id": p.id("new")}},
        "agencies.CREATE_PERSON": {"agency": p.prefix + "a", "row": {"id": p.id("new"), "login": p.id("new")}},
        "agencies.PEOPLE": {"agency": p.prefix + "a", "ids": None},
        "agencies.IS_ADMINISTRATOR": person,
        "agencies.UPDATE_AGENCY": {"id": p.prefix + "a", "changes": {"name": "New"}},
        **_accounts(p),
        "auth.ACCOUNT": person,
        "tokens.GRANT": {
            "id": p.prefix + "token",
            "user": p.reader,
            "name": "t",
            "writes": False,
            "now": NOW,
            "ends_at": "2099-01-01T00:00:00.000000Z",
        },
        "tokens.OF": {"user": p.reader, "now": NOW},
        "auth.ALIVE": {"ids": [p.prefix + "x3"], "now": NOW, "idle_since": AGO},
        "auth.BIND_IDENTITY": {"id": p.id("new"), "issuer": "i", "subject": "s", "user": p.reader},
        "auth.COUNT_FAILURES": {**person, "failures": 1, "locked_until": None},
        "auth.DECOY": {"id": p.id("decoy")},
        "auth.DEMO_PEOPLE": {},
        "auth.DEPLOYMENT": {},
        "auth.END_NAMED": {"issuer": p.prefix, "sid": None, "subject": "s"},
        "auth.END_SESSION": session,
        "auth.END_SESSIONS": {"user": p.reader, "keep": ""},
        "auth.FORGET_SESSIONS": {"user": p.reader, "before": NOW},
        "auth.LOGIN_OF": person,
        "auth.CHANGE_PASSWORD": {**person, "password": "changed"},
        "factors.BEGIN": {"user": p.reader, "next": "s"},
        "factors.CHANGE": {"user": p.reader, "changes": {"last_step": 1}},
        "factors.FACTOR": {"user": p.reader},
        "factors.LOCK": {"user": p.reader},
        "auth.HOLDER": {"login": p.prefix + "login3"},
        "auth.IDENTITY": {"id": p.id("identity")},
        "auth.LIVE_SESSION": {**session, "now": NOW, "idle_since": AGO},
        "auth.MARK_DEPLOYMENT": {"demo": False},
        "auth.OPEN_SESSION": {"id": p.id("new"), "user": p.reader, "now": NOW, "ends_at": EVER, "signed": {}},
        "auth.OWNS_SESSION": {**session, "user": p.prefix + "u3"},
        "auth.SESSIONS_OF": {"user": p.reader, "now": NOW, "idle_since": AGO},
        "auth.SPEND_CODE": {"code": p.prefix + "code3"},
        "auth.SESSION_KNOWN": session,
        "auth.SOMEBODY": {},
        "auth.TOUCH": {**session, "now": EVER},
        "auth.TRY": {"login": p.prefix + "login3"},
        "auth.TRY_CODE": {"id": p.prefix + "code3", "now": NOW},
        "auth.USE_CODE": {"id": p.prefix + "code3", "password": ""},
        "deployment.LOADED": {},
        "deployment.MARK_LOADED": {"at": NOW},
        "runner.BEGIN": {"number": 1},
        "runner.FINISH": {"number": 1},
        "runner.STATE": {},
    }


def _accounts(p: Planted) -> dict[str, dict[str, Any]]:
    me, person = {"me": p.reader}, {"id": p.prefix + "u3"}
    return {
        "accounts.ACCOUNTS": {**me, "now": NOW},
        "accounts.ADMINISTERS": me,
        "accounts.APPOINT": {**me, **person, "appointed": True},
        "accounts.CREATE_PERSON": {**me, "agency": p.prefix + "a", "row": {"id": p.id("new"), "login": p.id("new")}},
        "accounts.DISABLE": {**me, **person},
        "accounts.ENABLE": {**me, **person},
        "accounts.MANAGED": {**me, **person},
        "accounts.NEW_CODE": {**me, **person, "code": p.id("new"), "until": EVER},
        "accounts.ONE_ACCOUNT": {**me, **person, "now": NOW},
        "accounts.OTHER_ADMINISTRATOR": person,
        "accounts.REMOVE_FACTOR": {**me, **person},
        "accounts.SPACES_OF": person,
        "accounts.UPDATE_PERSON": {**me, **person, "changes": {"name": "New"}},
    }


def _teams(p: Planted) -> dict[str, dict[str, Any]]:
    space, user, now = {"space": p.space}, {"user": p.reader}, {"now": NOW}
    held = [p.id("k", i) for i in range(1, HELD)]
    new = {"id": p.id("new"), "by": p.reader, **now}
    return {
        "activity.SPACE_NAME": space,
        "agreements.AGREEMENT": space,
        "agreements.AMEND": {**space, "terms": {}, "revision": 2, "row": {"id": p.id("new")}},
        "agreements.LOCK": space,
        "agreements.REGISTER": {**space, **now},
        "activity.MEMBERSHIPS": {**space, "ids": [p.id("m", 3)]},
        "releases.CREATE_RELEASE": {**space, "row": {"id": p.id("new")}},
        "teams.CLEAR": {**space, **now, "membership": p.id("m", 3), "marking": p.id("k", 7), "by": p.reader, "to": EVER},
        "teams.AUTHORITY_OF_MARKING": {**space, "marking": p.id("k", 7)},
        "teams.CHANGE_MARKING": {**space, "marking": p.id("k", 7), "changes": {"strong": True}},
        "teams.CREATE_MARKING": {
            **space, **new, "membership": p.id("m", 0), "name": "New", "kind": "other", "strong": True, "watermark": True,
            "authority": p.prefix + "a", "to": EVER,
        },
        "teams.CREATE_MEMBERSHIP": {
            **space, **new, "user": p.prefix + "u20", "role": "lead", "state": "active", "valid_from": NOW, "valid_to": EVER,
            "seconded_to": None,
        },
        "teams.CREATE_SPACE": {
            "id": p.id("new"), "name": "New", "kind": "joint_investigation_team", "colour": 0,
            "agreement": {"id": p.id("new"), "purpose": "", "parties": [], "state": "in_force", "valid_from": NOW, "valid_to": EVER},
        },
        "teams.INVITATIONS": {**now, "user": p.prefix + "u1"},
        "teams.AGENCIES_WITHIN": {**space, **now},
        "teams.LEADS": {**space, **now},
        "teams.LIVE_MEMBERSHIP_OF": {**space, **user, **now},
        "teams.END_RUN_OUT": {**space, **user, **now},
        "teams.MARKINGS": {**space, **now, "held": held},
        "teams.MEMBERS": {**space, **now, "held": held},
        "teams.MEMBERSHIP": {**space, "id": p.id("m", 3)},
        "teams.MY_SPACES": user,
        "teams.SET_ROLE": {**space, "id": p.id("m", 3), "role": "analyst"},
        "teams.WITHIN": {**space, **now},
        "teams.SET_MEMBERSHIP": {**now, "id": p.id("m", 3), "state": "ended"},
        "teams.SPACE": space,
        "teams.INVITATION": {"user": p.prefix + "u1", "id": p.id("m", 1)},
        "teams.WITHDRAW": {**space, **now, "membership": p.id("m", 3), "marking": p.id("k", 1)},
    }  # fmt: skip


def _access(p: Planted) -> dict[str, dict[str, Any]]:
    space, entity = {"space": p.space}, {"id": p.id("e", 3)}
    link = {"id": p.id("l", "3-1"), "source": p.id("e", 3), "target": p.id("e", 10)}
    return {
        "access.BUMP_ACCESS": space,
        "access.CLASSES": space,
        "access.CLASSES_OF_RECORDS": {**space, "ids": [entity["id"]]},
        "access.CLASS_COUNT": space,
        "access.CLASS_KNOWN": {"id": p.id("v", 3)},
        "access.INTERN": {**space, "id": p.id("new"), "expression": [""]},
        "access.LOCK_ENTITIES": {**space, "ids": [entity["id"]]},
        "access.LOCK_LINKS": {**space, "links": [link]},
        "access.SET_ENTITIES": {**space, "rows": [{**entity, "vis": p.vis[0]}]},
        "access.SET_LINKS": {**space, "rows": [{**link, "vis": p.vis[0]}]},
        "access.STANDING": {**space, "user": p.reader, "now": NOW},
        "access.UPCOMING": {**space, "user": p.reader, "now": NOW},
        "access.VERSIONS": space,
    }


def _reading(p: Planted, dialect: Dialect) -> dict[str, dict[str, Any]]:
    scope: dict[str, Any] = {"space": p.space, "vis": p.vis}
    one = {**scope, "ids": [p.id("e", 3)]}
    case, page = {**scope, "case": p.id("case", 3)}, {**scope, "kinds": None, "text": None, "after": "", "first": 20}
    return {
        "entities.ENTITIES": one,
        "entities.KIND_COUNTS": scope,
        "entities.KIND_COUNTS_OF_CASE": case,
        "entities.LINK": {**scope, "id": p.id("l", "3-1")},
        "entities.LINKS_OF": {**one, "after": "", "first": 20},
        "entities.PAGE": page,
        "entities.PAGE_OF_CASE": {**page, **case},
        "entities.RECORD": {**scope, "id": p.id("r", 3)},
        "entities.RECORDS": one,
        "entities.SAME_AS": scope,
        "search.CASES": {},
        "search.INDEX": {"rows": [{"id": p.id("r", 3), "search": "name3"}]},
        "search.IN_CASE": {"case": p.id("case", 3)},
        "search.TOKENS": {},
        "search.TOKENS_DONE": {"number": 1},
        "search.TO_INDEX": {"ids": [p.id("r", 3)]},
        "search.BY_IDENTIFIER": {**scope, **Filters().parameters(), "values": ["+391"]},
        "search.STATING_LINKS": {
            **scope,
            "ids": [p.id("e", 3)],
            "dates": ["p_date"],
            "stated_from": "2020-01-01",
            "stated_to": "2030-01-01",
        },
        "search.RECORDS": {**scope, **Filters().parameters(), "index": dialect.records, "query": "name3", "limit": 50},
        "entities.SHARED": one,
        "entities.STUBS": one,
    }


def _writing(p: Planted) -> dict[str, dict[str, Any]]:
    ids, about = {"ids": [p.id("e", 3)]}, {"rows": [{"id": p.id("new"), "about": p.id("e", 3)}]}
    return {
        "entity_writes.CAPTIONS": ids,
        "entity_writes.HOMES": {},
        "entity_writes.IDENTIFIERS": {"rows": [{"id": p.id("new"), "space": p.space, "type": "phone", "value": "+1"}]},
        "entity_writes.KNOWN_ENTITIES": ids,
        "entity_writes.KNOWN_LINKS": {"ids": [p.id("l", "3-1")]},
        "entity_writes.KNOWN_RECORDS": {"ids": [p.id("r", 3)]},
        "entity_writes.MARKINGS": {"id": p.id("r", 3), "markings": [], "vis": p.vis[0]},
        "entity_writes.RECORDS_OF_ENTITIES": about,
        "entity_writes.RECORDS_OF_LINKS": about,
        "entity_writes.STATES": {"rows": [{"record": p.id("r", 3), "id": p.id("i", 7)}]},
        "entity_writes.STATUS": {"id": p.id("r", 3), "status": "disputed", "reason": None},
        "entity_writes.LINKS_AT": {**ids, "space": p.space},
        "entity_writes.VIS_OF": ids,
        "entity_writes.create_entities": {
            "rows": [{"id": p.id("new"), "vis": p.vis[0], "caption": ""}], "space": p.space, "kind": "Person",
        },
        "entity_writes.create_links": {
            "rows": [{"id": p.id("new"), "source": p.id("e", 3), "target": p.id("e", 4), "vis": p.vis[0]}],
            "space": p.space, "kind": "Associate",
        },
    }  # fmt: skip


def _erased(p: Planted) -> dict[str, dict[str, Any]]:
    ids, one, job = {"ids": [p.id("new")]}, {"id": p.id("new")}, {"id": p.id("import", 3)}
    space = {"space": p.space, **ids}
    return {
        "keeping_erase.PERSON": {"login": p.id("nobody")},
        **{f"keeping_erase.{name}": {**space, "most": 200} for name in ("LINKS", "RECORDS")},
        **{f"keeping_erase.{name}": space for name in ("ENTITIES", "TASKS", "DROP_ENTITIES")},
        **{f"keeping_erase.{name}": ids for name in ("STATED", "COMMENTS")},
        "keeping_erase.UNSTATED": {**ids, "records": [p.id("new")]},
        "keeping_erase.RELEASES": {"space": p.space, "records": [p.id("new")]},
        "keeping_erase.MENTIONS": {"space": p.space, "comments": [p.id("new")]},
        "keeping_erase.SAME_FILE": {"space": p.space, "hashes": [p.id("new")]},
        **{f"keeping_erase.DROP_{name}": ids for name in ("RECORDS", "IDENTIFIERS", "RELEASES", "TASKS", "COMMENTS", "MENTIONS")},
        "keeping_erase.DROP_LINKS": {"space": p.space, "links": [{"id": p.id("new"), "source": p.id("new"), "target": p.id("new")}]},
        "keeping_erase.LEAVE_OUT": {"rows": [{"id": p.id("new"), "about": [p.id("new")]}]},
        "keeping_erase_files.IMPORTS": {"space": p.space},
        **{f"keeping_erase_files.{name}": job for name in ("LOCK", "REFUSED")},
        **{f"keeping_erase_files.{name}": {"file": p.id("new")} for name in ("OBJECTS", "DROP_FILE", "DROP_PARTS")},
        **{f"keeping_erase_files.{name}": one for name in ("EXHIBIT", "NO_FILE", "DROP_PAGES")},
        "keeping_erase_files.SET_REFUSED": {**job, "rows": [{"place": 1, "sealed": "s"}]},
        "keeping_erase_files.DROP_REFUSED": {**job, "places": [1]},
        "keeping_erase_files.SET_IMPORT": {**job, "changes": {"problem": ""}},
        "keeping_erase_files.CITE_COPY": {"space": p.space, "old": p.id("new"), "new": p.id("new"), "most": 1},
    }


def _files(p: Planted, dialect: Dialect) -> dict[str, dict[str, Any]]:
    scope: dict[str, Any] = {"space": p.space, "vis": p.vis}
    case, job = {**scope, "id": p.id("case", 3)}, {**scope, "id": p.id("import", 3)}
    return {
        "cases.CASES": case,
        "cases.ENTITY_COUNTS": {**scope, "ids": [p.id("case", 3)]},
        "cases.CREATE_CASE": {"row": {"id": p.id("new")}},
        "cases.HOLD": {"ids": [p.id("case", 3)]},
        "cases.LOCK_CASE": case,
        "cases.MARKINGS_OF": case,
        "cases.THERE": case,
        "cases.TITLES": scope,
        "cases.UPDATE_CASE": {**case, "changes": {"title": "New"}},
        **{f"keeping.{name}": {"after": "", "most": 200} for name in ("FILES", "CHAINS")},
        **{f"keeping.{name}": {"ids": [p.id("new")]} for name in ("PARTS", "CHAINED", "SOME_CHAINS")},
        "keeping.CLOCKS": {},
        **{f"keeping_dump.{name}": {} for name in ("LABELLED", "TIED", "BEGUN", "ENDED")},
        "keeping_dump.REACHED": {"backup": "b", "lines": 1},
        "keeping_dump.MIGRATIONS": {"rows": [{"id": p.id("new")}]},
        **_erased(p),
        "runner.RESTORING": {},
        "keeping.NUMBERED": {"space": p.space, "after": 0, "upto": 10},
        **{
            f"keys.{name}": {"space": p.space, "head": None, "after": ""}
            if name in {"IMPORTS", "STORED_FILES", "UPLOADS"}
            else {"head": None, "after": ""}
            for name in ("IMPORTS", "STORED_FILES", "UPLOADS", "FACTORS", "NEXT_FACTORS")
        },
        **{
            f"keys.REWRAP_{name}": {"rows": [{"id": p.id("import", 3), "old": "o", "new": "n"}]}
            for name in ("IMPORTS", "STORED_FILES", "UPLOADS", "FACTORS", "NEXT_FACTORS")
        },
        "keys.SPACES": {},
        "imports.CHANGE": {**job, "changes": {"state": "done"}},
        "imports.CREATE": {"row": {"id": p.id("new")}},
        "imports.JOBS": {**scope, "id": None},
        "imports.KEEP_REFUSED": {"space": p.space, "id": p.id("import", 3), "one": p.vis[0], "place": 1, "sealed": ""},
        "imports.LOCK": job,
        "imports.FAILED": {"space": p.space, "id": p.id("import", 3), "problem": "failed"},
        "imports.KINDS": {"space": p.space, "ids": [p.id("e", 3)]},
        "imports.OBJECT": {"space": p.space, "id": p.id("import", 3)},
        "imports.REFUSED": {"vis": p.vis, "id": p.id("import", 3), "places": [0]},
        "imports.REFUSED_PLACES": {"vis": p.vis, "id": p.id("import", 3)},
        "imports.NAMES": {**scope, "ids": [p.id("import", 3)]},
        "imports.STOPPED": {"problem": "stopped"},
        "imports.COMING": {},
        "imports.FORGET_REFUSED": {"space": p.space, "id": p.id("import", 3)},
        "imports.UNDONE": {"space": p.space, "id": p.id("import", 3)},
        "imports.UNDOING": {},
        "imports.STANDING": {"space": p.space, "id": p.id("import", 3)},
        "imports.LOCK_UNDOING": {"id": p.id("import", 3)},
        "imports.ADVANCE": {"id": p.id("import", 3), "progress": 0.5, "state": "undoing"},
        "imports.RETRACT": {"ids": [p.id("r", 3)], "reason": "r"},
        "imports_mappings.MAPPINGS": {**scope, "agency": "agency"},
        "imports_mappings.KEEP": {"id": p.id("new"), "row": {"id": p.id("new")}},
        "imports_mappings.FORGET": {**scope, "agency": "agency", "id": p.id("new")},
        "imports.NONE_COMING": {},
        **_raising(p),
        **_tasks(p),
        **_evidence(p, dialect),
    }


def _tasks(p: Planted) -> dict[str, dict[str, Any]]:
    scope: dict[str, Any] = {"space": p.space, "vis": p.vis}
    task, ids = {**scope, "id": p.id("t", 3)}, {**scope, "ids": [p.id("t", 3)]}
    open_ones = {"case": None, "states": ["open"], "assignees": None, "agency": None, "about": None, "late_at": NOW}
    return {
        "tasks.CHANGE": {**task, "changes": {"title": "New"}},
        "tasks.CREATE": {"row": {"id": p.id("new")}},
        "tasks.LINKS": {**scope, "ids": [p.id("l", "3-1")]},
        "tasks.LOCK": task,
        "tasks.PAGE": {**scope, **open_ones, "closed": ["done", "cancelled"], "after": "", "first": 20},
        "tasks.TASKS": ids,
        "tasks.TITLES": ids,
        **_comments(p, scope),
    }


def _evidence(p: Planted, dialect: Dialect) -> dict[str, dict[str, Any]]:
    scope: dict[str, Any] = {"space": p.space, "vis": p.vis}
    one, ids = {**scope, "id": p.id("x", 3)}, {**scope, "ids": [p.id("x", 3)]}
    upload: dict[str, Any] = {"space": p.space, "me": p.reader, "id": p.id("upload", 3)}
    job = {"id": p.id("import", 3)}
    part = {"part": p.id("new"), "object": "o", "sealed_as": "s"}
    return {
        "custody.HEAD": {"exhibit": p.id("x", 3)},
        "custody.APPEND": {"exhibit": p.id("x", 3), "count": 2, "hash": "h", "rows": [{"id": p.id("new")}]},
        "evidence.ADD_PARTS": {"rows": [{"id": p.id("newpart")}]},
        "evidence.ADOPT": {},
        "evidence.ADOPTED": {**job, "exhibit": p.id("x", 3)},
        "evidence.ADOPT_LOCK": job,
        "evidence.CHANGE": {**one, "changes": {"title": "New"}},
        "evidence.CITED_BY_IMPORT": {**job, "exhibit": p.id("x", 3), "most": 10},
        "evidence.CITING": ids,
        "evidence.WATERMARKED": {"space": p.space, "markings": [p.id("k", 7)]},
        "evidence.CREATE": {"row": {"id": p.id("newx"), "space_number": p.id("newx")}},
        "evidence.CREATE_FILE": {"row": {"id": p.id("newf")}},
        "evidence.CUSTODY": one,
        "evidence.DERIVED": ids,
        "evidence.EXHIBITS": ids,
        "evidence.FILE": one,
        "evidence.LOCK": one,
        "evidence.MARKINGS_OF": one,
        "evidence.NAMES": ids,
        "evidence.PAGE": {**scope, "case": None, "kinds": None, "text": "", "after": "", "first": 20},
        "evidence.RENUMBER": {"space": p.space, "id": p.id("x", 3), "number": "E-014"},
        "evidence.SAME_FILE": {**scope, "hashes": ["hash3"]},
        "evidence.TAKEN": {"space": p.space, "numbers": ["E-3"]},
        "evidence.VIEWED": {**scope, "exhibit": p.id("x", 3), "id": p.id("viewing"), "by": p.reader, "now": NOW},
        "evidence.VIEWINGS": {**one, "whose": None},
        "evidence_challenges.BELOW": {"ids": [p.id("x", 3)]},
        "evidence_challenges.BESIDE": {**scope, "ids": [p.id("e", 3)]},
        "evidence_challenges.CHALLENGES": {**scope, "exhibit": p.id("x", 3)},
        "evidence_challenges.CITING": ids,
        "evidence_challenges.CREATE": {"row": {"id": p.id("newc")}},
        "evidence_challenges.DECIDE": {**scope, "id": p.id("challenge", 3), "changes": {"outcome": "rejected"}},
        "evidence_challenges.FOLLOWED": {"id": p.id("x", 3)},
        "evidence_challenges.FOLLOWING": {"id": p.id("x", 3)},
        "evidence_challenges.FOLLOWS": {},
        "evidence_challenges.LACKING": {
            "space": p.space,
            "exhibit": p.id("x", 3),
            "excluded": ["IT"],
            "challenged": list[str](),
            "courts": ["IT"],
            "most": 10,
        },
        "evidence_challenges.LOCK": {**scope, "id": p.id("challenge", 3)},
        "evidence_challenges.SET_EXHIBITS": {"ids": [p.id("x", 3)], "exhibit": p.id("x", 3), "excluded": ["IT"], "challenged": list[str]()},
        "evidence_challenges.SET_RECORDS": {
            "ids": [p.id("r", 3)],
            "excluded": list[str](),
            "challenged": list[str](),
            "courts": ["IT"],
            "reason": "",
        },
        "evidence_challenges.STANDING_OF": {"exhibit": p.id("x", 3)},
        "evidence_challenges.VISIBLE_BELOW": ids,
        "evidence_consents.ABOVE": {"id": p.id("x", 3)},
        "evidence_consents.CONSENTS": {**scope, "exhibit": p.id("x", 3)},
        "evidence_consents.CREATE": {"row": {"id": p.id("newconsent")}},
        "evidence_consents.LOCK": {**scope, "id": p.id("consent", 3)},
        "evidence_consents.WITHDRAW": {**scope, "id": p.id("consent", 3), "changes": {"withdrawn_at": NOW}},
        "evidence_checks.CHECKING": {},
        "evidence_checks.FILE": {"exhibit": p.id("x", 3)},
        "evidence_checks.LOCK": {"exhibit": p.id("x", 3)},
        "evidence_checks.SET": {"rows": [{"id": p.id("x", 3), "checking": "sound"}]},
        "evidence_checks.TO_SCAN": {},
        "evidence_pages.DONE": {"exhibit": p.id("x", 3), "state": "read", "problem": "", "total": 1},
        "evidence_pages.KEEP": {"rows": [{"id": p.id("page"), "number": 1}]},
        "evidence_pages.PAGES": {**scope, "exhibit": p.id("x", 3), "ids": [p.id("x", 3) + " 1"]},
        "evidence_pages.SEARCH": {**scope, "index": dialect.pages, "query": "word3", "first": 20},
        "evidence_pages.STATE": {**scope, "exhibit": p.id("x", 3)},
        "evidence_pages.TO_READ": {"exhibit": p.id("x", 3)},
        "evidence_pages.WAITING": {},
        "evidence_uploads.ANNOUNCE": {**upload, **part},
        "evidence_uploads.COMING": {},
        "evidence_uploads.CREATE": {"row": {"id": p.id("newu")}},
        "evidence_uploads.DROP": {"id": p.id("upload", 3)},
        "evidence_uploads.DROP_PART": {"part": p.id("part", 3)},
        "evidence_uploads.DROP_PARTS": {"file": p.id("file", 3)},
        "evidence_uploads.END": upload,
        "evidence_uploads.EXPIRED": {"now": NOW},
        "evidence_uploads.FIND": upload,
        "evidence_uploads.LOCK": upload,
        "evidence_uploads.OBJECTS": {"file": p.id("file", 3)},
        "evidence_uploads.PARTS": upload,
        "evidence_uploads.STORED": {**upload, "part": p.id("part", 3), "received": 0, "bytes": 1, "expires_at": NOW},
    }


def _comments(p: Planted, scope: dict[str, Any]) -> dict[str, dict[str, Any]]:
    one, first = {**scope, "id": p.id("comment", 3)}, {"before": "", "first": 20}
    mention = {"id": p.id("new"), "person": p.reader, "space": p.space, "comment": p.id("comment", 3)}
    return {
        "comments.AUTHORS": {**scope, "task": p.id("t", 3)},
        "comments.COMMENTS": {**scope, "ids": [p.id("comment", 3)]},
        "comments.CREATE": {"row": {"id": p.id("new")}},
        "comments.LOCK": one,
        "comments.MENTION": {"rows": [mention]},
        "comments.MENTIONS": {**scope, **first, "me": p.reader, "closed": ["done", "cancelled"]},
        "comments.PAGE": {**scope, **first, "task": p.id("t", 3)},
        "comments.WITHDRAW": {**one, "changes": {"state": "withdrawn"}},
    }


def _raising(p: Planted) -> dict[str, dict[str, Any]]:
    case, job, order = p.id("case", 3), p.id("import", 3), {"id": p.id("order")}
    of_case, of_job = {"space": p.space, "source": case}, {"space": p.space, "source": job}
    return {
        "markings.ADVANCE": {**order, "progress": 0.5, "state": "running"},
        "markings.CLASSES_OF_CASE": of_case,
        "markings.CLASSES_OF_IMPORT": of_job,
        "markings.CLASS_OF_CASE": {"id": case},
        "markings.CLASS_OF_IMPORT": {"id": job},
        "markings.CREATE": {"row": order},
        "markings.IMPORTS_OF_CASE": {"space": p.space, "case": case},
        "markings.LOCK": order,
        "markings.MARK": {"rows": [{"id": p.id("r", 3), "markings": [], "vis": p.vis[0]}]},
        "markings.OF_CASE": {**of_case, "markings": [p.id("m")]},
        "markings.OF_IMPORT": {**of_job, "markings": [p.id("m")]},
        "markings.SET_MAPPINGS": {"id": job, "markings": [], "vis": p.vis[0]},
        "markings.SET_IMPORT": {"id": job, "markings": [], "vis": p.vis[0]},
        "markings.SET_REFUSED": {"id": job, "vis": p.vis[0]},
        "markings.EXHIBITS_BELOW": {"space": p.space, "ids": [p.id("x", 3)]},
        "markings.EXHIBITS_OF_CASE": {"space": p.space, "case": case},
        "markings.EXHIBITS_OF_IMPORT": {"space": p.space, "import": job},
        "markings.EXHIBIT_CLASSES": {"space": p.space},
        "markings.SET_EXHIBIT": {"id": p.id("x", 3), "markings": [], "vis": p.vis[0]},
        "markings.RAISE_TASK": {"id": p.id("t", 3), "markings": [], "vis": p.vis[0]},
        "markings.TASKS_OF_CASE": {"space": p.space, "case": case},
        "markings.TASK_CLASSES": of_case,
        "markings.RECORDS": {"ids": [p.id("r", 3)]},
        "markings.RUNNING": {},
        "markings.RUNNING_OF": {"sources": [case, job]},
    }


def _stream(p: Planted) -> dict[str, dict[str, Any]]:
    space, newest = {"space": p.space}, p.size
    event = {"id": p.id("new"), "place": 1, "kind": "entity", "verb": "added", "subject": p.id("e", 3), "before": [], "after": [p.vis[0]]}
    return {
        "activity.NEWEST": space,
        "activity.RECENT": {**space, "vis": p.vis, "from": newest - 100, "upto": newest, "limit": 20},
        "activity.RECORDS": {**space, "vis": p.vis, "ids": [p.id("r", 3)]},
        "outbox.APPEND": {**space, "count": 1, "events": [{**event, "source": None, "target": None}], "actor": p.reader, "at": NOW},
        "outbox.RECALL": {"id": p.reader + ":key"},
        "outbox.REMEMBER": {"id": p.id("new"), "result": "r", "at": NOW, "events": []},
        "oversight.BEHIND": {},
        "oversight.HAPPENED": {**space, "after": newest - 20, "upto": newest},
        "oversight.LOGGED": {**space, "seq": 1},
        "realtime.CASE_CLASSES": {**space, "ids": [p.id("case", 3)]},
        "realtime.EXHIBIT_CLASSES": {"space": p.space, "ids": [p.id("x", 3)]},
        "realtime.IMPORT_CLASSES": {"space": p.space, "ids": [p.id("import", 3)]},
        "realtime.CLOCK": space,
        "realtime.ENDS": {**space, "ids": [p.id("l", "3-1")]},
        "realtime.ENTITY_CLASSES": {**space, "ids": [p.id("e", 3)]},
        "realtime.EVENTS": {**space, "after": newest - 20, "upto": newest},
        "realtime.LINK_CLASSES": {**space, "links": [{"id": p.id("l", "3-1"), "source": p.id("e", 3), "target": p.id("e", 10)}]},
        "realtime.POSITIONS": {"spaces": [p.space]},
        "realtime.SESSIONS": {"ids": [p.prefix + "x3"]},
        "realtime.STANDINGS": space,
        "realtime.TASK_CLASSES": {**space, "ids": [p.id("t", 3)]},
        "realtime.VERSIONS": {**space, "control": p.prefix + "s1"},
    }


def _network(p: Planted) -> dict[str, dict[str, Any]]:
    scope: dict[str, Any] = {"space": p.space, "vis": p.vis}
    one, link = {**scope, "ids": [p.id("e", 3)]}, {**scope, "ids": [p.id("l", "3-1")]}
    among = {**one, "among": {p.id("e", i): True for i in range(40)}}
    return {
        "network.ALL_DEGREES": scope,
        "network.ALL_IDS": scope,
        "network.BRIEFS": one,
        "network.CASE_SUBJECTS": {**scope, "id": p.id("case", 3)},
        "network.COUNTS": one,
        "network.DEGREES": one,
        "network.GRADES": link,
        "network.IMPORT_SUBJECTS": {**scope, "id": p.id("import", 3)},
        "network.ITEMS": one,
        "network.LEVEL": {**one, "kinds": None},
        "network.LINKS_AMONG": among,
        "network.LINKS_TO": among,
        "network.LINK_BRIEFS": link,
        "network.NEIGHBOURS": {**one, "kinds": None, "direction": "both"},
        "network.VISIBLE_IDS": {"vis": p.vis, "ids": [p.id("e", 3)]},
    }
