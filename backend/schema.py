"""The API: every feature's queries and mutations in one schema."""

from __future__ import annotations

from inspect import isawaitable
from typing import TYPE_CHECKING, Any

import strawberry
from strawberry.schema.config import StrawberryConfig
from strawberry.tools import merge_types

from backend.activity.api import ActivityQuery
from backend.agencies.api import AgencyMutation, AgencyQuery
from backend.auth.accounts.api import AccountsMutation, AccountsQuery
from backend.auth.api import AuthMutation, AuthQuery
from backend.cases.api import CasesMutation, CasesQuery
from backend.core import meters
from backend.core.audit import doing
from backend.core.audit_entry import Operation
from backend.documents import RunPrepared
from backend.entities.api import EntitiesQuery
from backend.entities.imports.api import ImportsMutation, ImportsQuery
from backend.entities.markings.api import MarkingsMutation
from backend.entities.mutations import EntitiesMutation
from backend.entities.search.api import SearchQuery
from backend.network.api import NetworkQuery
from backend.teams.agreements.api import AgreementsMutation, AgreementsQuery
from backend.teams.api import TeamsMutation, TeamsQuery

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphql import GraphQLSchema


READING = (
    AuthQuery, AgencyQuery, AccountsQuery, AgreementsQuery, TeamsQuery, CasesQuery, EntitiesQuery, SearchQuery, ImportsQuery, NetworkQuery,
    ActivityQuery,
)  # fmt: skip
CHANGING = (
    AuthMutation, AgencyMutation, AccountsMutation, AgreementsMutation, TeamsMutation, CasesMutation, EntitiesMutation, ImportsMutation,
    MarkingsMutation,
)  # fmt: skip
Query = merge_types("Query", READING)
Mutation = merge_types("Mutation", CHANGING)
schema = strawberry.Schema(query=Query, mutation=Mutation, extensions=[RunPrepared], config=StrawberryConfig(auto_camel_case=True))
native: GraphQLSchema = vars(schema)["_schema"]  # strawberry keeps graphql-core's schema to itself; its documents are validated here


def _named(name: str, operation: Operation, resolve: Callable[..., Any]) -> Callable[..., Any]:
    async def run(root: object, info: object, **arguments: object) -> Any:  # noqa: ANN401 - whatever the resolver returns
        with doing(name, operation), meters.operation(name):
            answer = resolve(root, info, **arguments)
            return await answer if isawaitable(answer) else answer

    return run


def _name_root_fields() -> None:
    """Name each root field for the audit trail: one entry for each operation."""
    # strawberry's own extension hook would run for every field of every object
    for root, operation in ((native.query_type, Operation.CONSULTATION), (native.mutation_type, Operation.ALTERATION)):
        for name, field in root.fields.items() if root else ():
            if field.resolve:
                field.resolve = _named(name, operation, field.resolve)


_name_root_fields()


def printed() -> str:
    """Return the schema as it is checked in (`backend/schema.graphql`)."""
    return schema.as_str() + "\n"


if __name__ == "__main__":
    import sys

    sys.stdout.write(printed())
