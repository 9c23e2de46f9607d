"""The API: every feature's queries and mutations in one schema."""

from __future__ import annotations

from inspect import isawaitable
from typing import TYPE_CHECKING, Any

import strawberry
from graphql import GraphQLObjectType
from strawberry.schema.config import StrawberryConfig
from strawberry.tools import merge_types
from strawberry.types import get_object_definition

from backend.activity.api import ActivityQuery
from backend.agencies.api import AgencyMutation, AgencyQuery
from backend.auth import rules
from backend.auth.accounts.api import AccountsMutation, AccountsQuery
from backend.auth.api import AuthMutation, AuthQuery
from backend.auth.proofs.api import ProofsMutation, ProofsQuery
from backend.auth.tokens.api import TokensMutation, TokensQuery
from backend.cases.api import CasesMutation, CasesQuery
from backend.core import meters, refused
from backend.core.audit import doing
from backend.core.audit_entry import Operation
from backend.core.graphql import ctx
from backend.core.named import named
from backend.documents import RunPrepared
from backend.entities.api import EntitiesQuery
from backend.entities.imports.api import ImportsMutation, ImportsQuery
from backend.entities.markings.api import MarkingsMutation
from backend.entities.mutations import EntitiesMutation
from backend.entities.search.api import SearchQuery
from backend.entities.sight.api import SightQuery
from backend.evidence.api import EvidenceMutation, EvidenceQuery
from backend.network.api import NetworkQuery
from backend.tasks.api import TasksMutation, TasksQuery
from backend.tasks.comments.api import CommentsMutation, CommentsQuery
from backend.teams.agreements.api import AgreementsMutation, AgreementsQuery
from backend.teams.api import TeamsMutation, TeamsQuery
from backend.teams.lead.api import LeadMutation
from backend.teams.markings.api import MarkingMutation

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphql import GraphQLField, GraphQLSchema


READING = (
    AuthQuery, ProofsQuery, TokensQuery, AgencyQuery, AccountsQuery, AgreementsQuery, TeamsQuery, CasesQuery, EntitiesQuery, SearchQuery,
    SightQuery, ImportsQuery, EvidenceQuery, NetworkQuery, TasksQuery, CommentsQuery, ActivityQuery,
)  # fmt: skip
CHANGING = (
    AuthMutation, ProofsMutation, TokensMutation, AgencyMutation, AccountsMutation, AgreementsMutation, TeamsMutation, LeadMutation,
    MarkingMutation, CasesMutation, EntitiesMutation, ImportsMutation, MarkingsMutation, EvidenceMutation, TasksMutation, CommentsMutation,
)  # fmt: skip
# What only a person at a browser does: an API token is refused.
PERSONAL = (
    AuthMutation, ProofsQuery, ProofsMutation, TokensMutation, AgencyMutation, AccountsQuery, AccountsMutation, AgreementsMutation,
    TeamsMutation, LeadMutation, MarkingMutation,
)  # fmt: skip
Query = merge_types("Query", READING)
Mutation = merge_types("Mutation", CHANGING)
schema = strawberry.Schema(query=Query, mutation=Mutation, extensions=[RunPrepared], config=StrawberryConfig(auto_camel_case=True))
native: GraphQLSchema = vars(schema)["_schema"]  # strawberry keeps graphql-core's schema to itself; its documents are validated here


def _named(name: str, operation: Operation, field: GraphQLField, resolve: Callable[..., Any]) -> Callable[..., Any]:
    by_person, changes = name in personal(), operation is Operation.ALTERATION

    async def run(root: object, info: Any, **arguments: object) -> Any:  # noqa: ANN401 - whatever the resolver returns
        asked = refused.noted(ctx(info), name, operation, lambda: named(field.args, arguments), arguments.get("space"))
        with doing(name, operation), meters.operation(name), asked:
            rules.require_reach(ctx(info).actor, changes=changes, personal=by_person)
            answer = resolve(root, info, **arguments)
            return await answer if isawaitable(answer) else answer

    return run


def personal() -> set[str]:
    """Return the names of the operations that only a person at a browser does."""
    return {schema.config.name_converter.from_field(field) for one in PERSONAL for field in get_object_definition(one, strict=True).fields}


def _name_fields() -> None:
    """Name each root field, and each list asked for within an object, for the audit trail: one entry for each of them."""
    # strawberry's own extension hook would run for every field of every object
    for root, operation in ((native.query_type, Operation.CONSULTATION), (native.mutation_type, Operation.ALTERATION)):
        for name, field in root.fields.items() if root else ():
            if field.resolve:
                field.resolve = _named(name, operation, field, field.resolve)
    for name, field in lists_within():
        if field.resolve:
            field.resolve = _named(name, Operation.CONSULTATION, field, field.resolve)


def lists_within() -> list[tuple[str, GraphQLField]]:
    """Return what objects are asked for with arguments, as `Type.field`: it is read when the field above has been answered."""
    objects = [kind for kind in native.type_map.values() if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__")]
    below = [kind for kind in objects if kind not in (native.query_type, native.mutation_type)]
    return [(f"{kind.name}.{name}", field) for kind in below for name, field in kind.fields.items() if field.args]


_name_fields()


def printed() -> str:
    """Return the schema as it is checked in (`backend/schema.graphql`)."""
    return schema.as_str() + "\n"


if __name__ == "__main__":
    import sys

    sys.stdout.write(printed())
