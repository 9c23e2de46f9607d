"""Every operation of the API with arguments that get past everything but the permission check."""

from __future__ import annotations

RECORD = '{case: "$case", values: [{property: "name", values: ["X"]}], sourceTitle: "E-1"}'
LINK_RECORD = '{case: "$case", values: [], sourceTitle: "E-1"}'
TERMS = '{purpose: "P", parties: ["IT"], validFrom: "2026-01-01T00:00:00Z", validTo: "2099-01-01T00:00:00Z"}'
MAPPING = "queries: [{entities: {A: {schema: Person, keys: [id]}}}]"
Q, M = "query", "mutation"
OPERATIONS: dict[str, tuple[str, str]] = {
    "session": (Q, "session { demo }"),
    "ontology": (Q, "ontology { linkKinds { name } }"),
    "agencies": (Q, "agencies { id }"),
    "accounts": (Q, "accounts { login }"),
    "mySessions": (Q, "mySessions { id }"),
    "myTokens": (Q, "myTokens { id }"),
    "mySecondFactor": (Q, "mySecondFactor { since }"),
    "changePassword": (M, 'changePassword(current: "wrong", password: "another horse battery")'),
    "beginSecondFactor": (M, 'beginSecondFactor(password: "wrong") { secret }'),
    "confirmSecondFactor": (M, 'confirmSecondFactor(code: "wrong")'),
    "renewRecoveryCodes": (M, "renewRecoveryCodes"),
    "stepUp": (M, 'stepUp(code: "wrong")'),
    "resetSecondFactor": (M, 'resetSecondFactor(person: "$person", key: "$key") { login }'),
    "invitations": (Q, "invitations { membership }"),
    "spaces": (Q, "spaces { id }"),
    "space": (Q, 'space(id: "$space") { id }'),
    "people": (Q, 'people(space: "$space", agency: "$agency") { id }'),
    "cases": (Q, 'cases(space: "$space") { id }'),
    "case": (Q, 'case(space: "$space", id: "$case") { id }'),
    "activity": (Q, 'activity(space: "$space") { items { id } }'),
    "entity": (Q, 'entity(space: "$space", id: "$entity") { id links { items { id } } }'),
    "entities": (Q, 'entities(space: "$space") { total }'),
    "kindCounts": (Q, 'kindCounts(space: "$space") { count }'),
    "search": (Q, 'search(space: "$space", text: "ilian", filter: {kinds: ["Person"]}) { score }'),
    "searchFacets": (Q, 'searchFacets(space: "$space", text: "ilian", filter: {country: "IT"}) { total }'),
    "whoSees": (Q, 'whoSees(space: "$space", of: ENTITY, id: "$entity") { records }'),
    "link": (Q, 'link(space: "$space", id: "$link") { id }'),
    "chart": (Q, 'chart(space: "$space") { truncated }'),
    "chartItems": (Q, 'chartItems(space: "$space", ids: ["$entity"]) { truncated }'),
    "linkCounts": (Q, 'linkCounts(space: "$space", entity: "$entity") { count }'),
    "expand": (Q, 'expand(space: "$space", entity: "$entity") { truncated }'),
    "path": (Q, 'path(space: "$space", from: "$entity", to: "$other") { outcome }'),
    "imports": (Q, 'imports(space: "$space") { id }'),
    "importJob": (Q, 'importJob(space: "$space", id: "$import") { id }'),
    "importPreview": (Q, 'importPreview(space: "$space", id: "$import") { encoding }'),
    "importCheck": (Q, 'importCheck(space: "$space", id: "$import", mapping: "") { read }'),
    "signIn": (M, 'signIn(login: "nobody", password: "wrong") { id }'),
    "signInAs": (M, 'signInAs(person: "nobody", demoToken: "wrong") { id }'),
    "signOut": (M, "signOut"),
    "createToken": (M, 'createToken(name: "N", scope: READ, endsAt: "2099-01-01T00:00:00Z") { token }'),
    "revokeToken": (M, 'revokeToken(id: "nothing") { id }'),
    "endSession": (M, 'endSession(id: "nothing") { id }'),
    "administeredSpaces": (Q, "administeredSpaces { id }"),
    "createSpace": (M, f'createSpace(name: "N", kind: NATIONAL, colour: 0, agreement: {TERMS}, lead: "$stranger", key: "$key") {{ id }}'),
    "appointLead": (M, 'appointLead(space: "$space", person: "$stranger", key: "$key") { id }'),
    "setAgreementState": (
        M,
        'setAgreementState(space: "$space", state: DRAFT, reason: "r", expectedVersion: "1", key: "$key") { id }',
    ),
    "amendAgreement": (M, f'amendAgreement(space: "$space", terms: {TERMS}, reason: "r", expectedVersion: "x", key: "$key") {{ id }}'),
    "setPassword": (M, 'setPassword(code: "wrong", password: "correct horse battery")'),
    "createAgency": (M, 'createAgency(name: "$key", country: "IT", type: POLICE, languages: [], key: "$key") { id }'),
    "updateAgency": (M, 'updateAgency(id: "$agency", name: "$key", country: "IT", type: POLICE, languages: [], key: "$key") { id }'),
    "createPerson": (
        M,
        'createPerson(login: "$key", name: "P", function: "f", languages: [], agency: "$agency", key: "$key") { code }',
    ),
    "updatePerson": (M, 'updatePerson(id: "$person", name: "P", function: "f", languages: [], key: "$key") { login }'),
    "issueSetUpCode": (M, 'issueSetUpCode(person: "$person", key: "$key") { code }'),
    "disablePerson": (M, 'disablePerson(person: "$stranger", key: "$key") { login }'),
    "enablePerson": (M, 'enablePerson(person: "$stranger", key: "$key") { login }'),
    "endSessionsOf": (M, 'endSessionsOf(person: "$stranger", key: "$key") { login }'),
    "appointAgencyAdministrator": (M, 'appointAgencyAdministrator(person: "$stranger", key: "$key") { login }'),
    "dismissAgencyAdministrator": (M, 'dismissAgencyAdministrator(person: "$stranger", key: "$key") { login }'),
    "acceptInvitation": (M, 'acceptInvitation(membership: "nothing", key: "$key") { id }'),
    "declineInvitation": (M, 'declineInvitation(membership: "nothing", key: "$key")'),
    "inviteMember": (M, 'inviteMember(space: "$space", person: "$person", role: OBSERVER, key: "$key") { id }'),
    "endMembership": (M, 'endMembership(space: "$space", membership: "$leaver", key: "$key")'),
    "handOverLead": (M, 'handOverLead(space: "$space", to: "$leaver", ownRole: LEAD, key: "$key") { id }'),
    "createMarking": (M, 'createMarking(space: "$space", name: "N", kind: OTHER, key: "$key") { id }'),
    "changeMarking": (M, 'changeMarking(space: "$space", marking: "$marking", strongSignIn: false, key: "$key") { ours }'),
    "clearMember": (M, 'clearMember(space: "$space", membership: "$membership", marking: "$marking", key: "$key") { id }'),
    "withdrawClearance": (M, 'withdrawClearance(space: "$space", membership: "$holder", marking: "$marking", key: "$key") { id }'),
    "createCase": (M, 'createCase(space: "$space", title: "T", key: "$key") { id }'),
    "updateCase": (M, 'updateCase(space: "$space", id: "$case", changes: {title: "T"}, expectedVersion: "x", key: "$key") { id }'),
    "markCase": (M, 'markCase(space: "$space", id: "$case", markings: [], expectedVersion: "x", key: "$key") { id }'),
    "releaseCase": (
        M,
        'releaseCase(space: "$space", id: "$case", markings: [], reason: "r", expectedVersion: "x", key: "$key") { id }',
    ),
    "releaseImport": (M, 'releaseImport(space: "$space", id: "$import", markings: [], reason: "r", key: "$key") { id }'),
    "markImport": (M, 'markImport(space: "$space", id: "$import", markings: [], key: "$key") { id }'),
    "exhibits": (Q, 'exhibits(space: "$space") { total }'),
    "exhibit": (Q, 'exhibit(space: "$space", id: "$exhibit") { id }'),
    "custody": (Q, 'custody(space: "$space", exhibit: "$exhibit") { whole }'),
    "exhibitPages": (Q, 'exhibitPages(space: "$space", exhibit: "$exhibit") { total }'),
    "exhibitViewings": (Q, 'exhibitViewings(space: "$space", exhibit: "$exhibit") { times }'),
    "citations": (Q, 'citations(space: "$space", exhibit: "$exhibit") { record }'),
    "challenges": (Q, 'challenges(space: "$space", exhibit: "$exhibit") { id }'),
    "whatFalls": (Q, 'whatFalls(space: "$space", exhibit: "$exhibit") { lost }'),
    "challengeExhibit": (
        M,
        (
            'challengeExhibit(space: "$space", exhibit: "$exhibit", challenge: {by: "D", ground: "G", court: "C", country: "IT"},'
            ' key: "$key") { id }'
        ),
    ),
    "decideChallenge": (M, 'decideChallenge(space: "$space", id: "$challenge", outcome: REJECTED, ruling: "R 1/26", key: "$key") { id }'),
    "registerExhibit": (M, 'registerExhibit(space: "$space", case: "$case", exhibit: {title: "T", kind: DEVICE}, key: "$key") { id }'),
    "changeExhibit": (
        M,
        'changeExhibit(space: "$space", id: "$exhibit", exhibit: {title: "T"}, expectedVersion: "x", key: "$key") { id }',
    ),
    "recordCustody": (M, 'recordCustody(space: "$space", exhibit: "$exhibit", verb: COPIED, custody: {}, key: "$key") { id }'),
    "handOverExhibit": (M, 'handOverExhibit(space: "$space", exhibit: "$exhibit", to: "$agency", custody: {}, key: "$key") { id }'),
    "confirmExhibitReceipt": (M, 'confirmExhibitReceipt(space: "$space", exhibit: "$exhibit", custody: {}, key: "$key") { id }'),
    "tasks": (Q, 'tasks(space: "$space") { total }'),
    "task": (Q, 'task(space: "$space", id: "$task") { id }'),
    "createTask": (M, 'createTask(space: "$space", task: {title: "T"}, case: "$case", about: ["$entity"], key: "$key") { id }'),
    "changeTask": (M, 'changeTask(space: "$space", id: "$task", task: {state: DOING}, expectedVersion: "x", key: "$key") { id }'),
    "changeTaskItems": (M, 'changeTaskItems(space: "$space", id: "$task", add: ["$link"], key: "$key") { id }'),
    "taskComments": (Q, 'taskComments(space: "$space", task: "$task") { total }'),
    "mentions": (Q, 'mentions(space: "$space") { total }'),
    "mentionable": (Q, 'mentionable(space: "$space", task: "$task") { id }'),
    "commentOnTask": (M, 'commentOnTask(space: "$space", task: "$task", text: "T", key: "$key") { id }'),
    "withdrawTaskComment": (M, 'withdrawTaskComment(space: "$space", id: "$comment", reason: "r", key: "$key") { id }'),
    "addEntity": (M, f'addEntity(space: "$space", kind: "Person", record: {RECORD}, key: "$key") {{ id }}'),
    "addLink": (
        M,
        (
            f'addLink(space: "$space", kind: "Associate", source: "$entity", target: "$other", record:'
            f' {LINK_RECORD}, key: "$key") {{ id }}'
        ),
    ),
    "addRecord": (
        M,
        (
            f'addRecord(space: "$space", about: "$entity", record: {RECORD}, expectedVersion: "x", key:'
            f' "$key") {{ record {{ id }} }}'
        ),
    ),
    "correctRecord": (
        M,
        (
            f'correctRecord(space: "$space", id: "$record", record: {RECORD}, reason: "r", expectedVersion: "x", key: "$key")'
            " { record { id } }"
        ),
    ),
    "retractRecord": (M, 'retractRecord(space: "$space", id: "$record", reason: "r", expectedVersion: "x", key: "$key") { record { id } }'),
    "markRecord": (M, 'markRecord(space: "$space", id: "$record", markings: [], expectedVersion: "x", key: "$key") { record { id } }'),
    "releaseRecord": (
        M,
        'releaseRecord(space: "$space", id: "$record", markings: [], reason: "r", expectedVersion: "x", key: "$key") { record { id } }',
    ),
    "merge": (M, f'merge(space: "$space", a: "$entity", b: "$other", record: {LINK_RECORD}, key: "$key") {{ id }}'),
    "unmerge": (M, 'unmerge(space: "$space", sameAs: "$sameAs", reason: "r", key: "$key") { id }'),
    "createImport": (M, 'createImport(space: "$space", case: "$case", name: "n", format: CSV, fileName: "f", key: "$key") { id }'),
    "importMappings": (Q, 'importMappings(space: "$space") { id }'),
    "checkImportFile": (M, 'checkImportFile(space: "$space", id: "$import", key: "$key") { id }'),
    "undoImport": (M, 'undoImport(space: "$space", id: "$import", reason: "r", key: "$key") { id }'),
    "saveImportMapping": (
        M,
        f'saveImportMapping(space: "$space", id: "$import", name: "n", mapping: "{MAPPING}", key: "$key") {{ id }}',
    ),
    "deleteImportMapping": (M, 'deleteImportMapping(space: "$space", id: "$mapping", key: "$key") { id }'),
    "startImport": (M, 'startImport(space: "$space", id: "$import", key: "$key") { id }'),
    "cancelImport": (M, 'cancelImport(space: "$space", id: "$import", key: "$key") { id }'),
    "continueImport": (M, 'continueImport(space: "$space", id: "$import", key: "$key") { id }'),
}  # fmt: skip
