"""POST /graphql: one operation in, one answer out; what it showed is durable in the audit log before the first byte leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import orjson
from graphql import FieldNode, GraphQLError, get_operation_ast
from starlette.responses import Response

from backend import cost
from backend.core import log, refused
from backend.core.audit import Operation
from backend.core.context import Context
from backend.core.errors import Invalid, JoinderError
from backend.core.faults import fault
from backend.documents import Documents
from backend.schema import native, schema

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from backend.core.context import Parts
    from backend.documents import Prepared


WHOLE = "graphql"
"""How the log calls a request of which nothing ran: a document or variables that do not fit."""


def endpoint(parts: Parts) -> Callable[[Request], Awaitable[Response]]:
    """Return the route's endpoint."""
    documents = Documents.open(native, parts.settings.frontend, introspection=parts.settings.introspection)

    async def graphql(request: Request) -> Response:
        context = Context.of(parts, request.scope)
        try:
            await parts.audit.ready()
            body, status = await _answer(request, context, documents)
            await context.trail.flush()
        except JoinderError as error:
            body, status = _refusal(error, context)
        response = Response(orjson.dumps(body), status, media_type="application/json")
        for cookie in context.cookies:
            response.raw_headers.append((b"set-cookie", cookie.header().encode()))
        return response

    return graphql


async def _answer(request: Request, context: Context, documents: Documents) -> tuple[dict[str, Any], int]:
    try:
        asked = await _read(request)
        prepared = _document(asked, documents)
    except JoinderError as error:
        refused.note(context, WHOLE, Operation.CONSULTATION, error.code)
        return _refusal(error, context)
    result = await schema.execute(
        prepared.text, variable_values=asked.get("variables"), operation_name=asked.get("operationName"), context_value=context,
        operation_extensions={"prepared": prepared},
    )  # fmt: skip
    body: dict[str, Any] = {"data": result.data}
    if result.errors:
        body["errors"] = [_told(error, context) for error in result.errors]
    return body, 200


def _refusal(error: JoinderError, context: Context) -> tuple[dict[str, Any], int]:
    told = fault(error, context.correlation)
    return {"data": None, "errors": [{"message": told.message, "extensions": told.extensions()}]}, told.status


def _document(asked: dict[str, Any], documents: Documents) -> Prepared:
    prepared = _known(asked, documents)
    if get_operation_ast(prepared.document, asked.get("operationName")) is None:
        raise Invalid("Name one of the operations that the document holds.", "operationName")
    return prepared


def _known(asked: dict[str, Any], documents: Documents) -> Prepared:
    if isinstance(one := asked.get("documentId"), str):
        return documents.known(one)
    if not isinstance(text := asked.get("query"), str):
        raise Invalid("Send an object with a query.", "query")
    prepared = documents.prepare(text)
    cost.check(native, prepared.document, asked.get("variables") or {})
    return prepared


async def _read(request: Request) -> dict[str, Any]:
    try:
        asked: object = orjson.loads(await request.body())
    except orjson.JSONDecodeError as error:
        raise Invalid("The body is not JSON.") from error
    said = cast("dict[str, Any]", asked) if isinstance(asked, dict) else {}
    if not isinstance(said.get("variables", {}), dict | None):
        raise Invalid("Variables are an object.", "variables")
    return said


def _told(error: GraphQLError, context: Context) -> dict[str, Any]:
    original = error.original_error
    if _about_what_was_asked(error):
        refused.note(context, WHOLE, Operation.CONSULTATION, Invalid.code)
        return {"message": error.message, "extensions": {"code": Invalid.code, "field": "query"}}
    told = fault(original or error, context.correlation)
    if not told.known:
        log.failure("unexpected", original or error, correlation=context.correlation)
    return {"message": told.message, "path": error.path, "extensions": told.extensions()}


def _about_what_was_asked(error: GraphQLError) -> bool:
    """Say whether GraphQL itself refuses variables or arguments. An answer of ours that does not fit names its field instead."""
    by_graphql = error.original_error is None or isinstance(error.original_error, GraphQLError)
    return by_graphql and not any(isinstance(node, FieldNode) for node in error.nodes or ())
