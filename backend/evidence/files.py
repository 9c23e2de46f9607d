"""HTTP: files in by the tus protocol (1.0.0: creation, creation-with-upload, checksum, termination, expiration), files and pages out."""

from __future__ import annotations

import base64
import binascii
from contextlib import asynccontextmanager
from datetime import UTC
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.requests import ClientDisconnect
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from backend.core import refused
from backend.core.audit import Operation, doing
from backend.core.context import Context
from backend.core.errors import Invalid, JoinderError
from backend.evidence import content, custody_sheet, integrity, pages, ranges, uploads, watermarks
from backend.evidence.changes import New
from backend.evidence.rules import Said, derivation
from backend.evidence.uploads import NewUpload
from graph.records import moment

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable

    from starlette.requests import Request

    from backend.core.context import Parts

UPLOADS, UPLOAD, FILE, VIEW, PAGE = "/files/uploads", "/files/uploads/{id}", "/files/{id}", "/files/{id}/view", "/files/{id}/pages/{page}"
CUSTODY = "/files/{id}/custody.pdf"
TUS = {"Tus-Resumable": "1.0.0"}
OFFERED = TUS | {
    "Tus-Version": "1.0.0",
    "Tus-Extension": "creation,creation-with-upload,checksum,termination,expiration",
    "Tus-Checksum-Algorithm": "sha1,sha256",
}
BODY_TYPE = "application/offset+octet-stream"
MOST_DIGITS = 6
PLAYED = ("audio/", "video/")


class WrongVersion(JoinderError):
    """The client speaks another version of the protocol."""

    code = "INVALID"
    status = 412
    default = "Files are sent by version 1.0.0 of the tus protocol."


class WrongType(JoinderError):
    """The body is not declared as the protocol has it."""

    code = "INVALID"
    status = 415
    default = "The parts of a file are sent as application/offset+octet-stream."


class NotPlayed(Invalid):
    """The file is of no kind that a browser plays here."""

    default = "This file is not played in the browser. Take a copy of it, or view its pages."


def routes(parts: Parts) -> list[Route]:
    """Return the routes of files."""

    def door(path: str, method: str, operation: Operation, answer: Callable[[Context, Request], Awaitable[Response]]) -> Route:
        name = f"{method} {path}"

        async def serve(request: Request) -> Response:
            ctx = Context.of(parts, request.scope)
            async with _logged(ctx, request, f"files.{answer.__name__}", operation):
                return await answer(ctx, request)

        return Route(path, serve, methods=[method], name=name)

    return [
        Route(UPLOADS, _offers(parts), methods=["OPTIONS"]),
        door(UPLOADS, "POST", Operation.COLLECTION, create),
        door(UPLOAD, "HEAD", Operation.CONSULTATION, offset),
        door(UPLOAD, "PATCH", Operation.COLLECTION, append),
        door(UPLOAD, "DELETE", Operation.ERASURE, terminate),
        door(FILE, "GET", Operation.DISCLOSURE, download),
        door(VIEW, "GET", Operation.CONSULTATION, view),
        door(PAGE, "GET", Operation.CONSULTATION, page),
        door(CUSTODY, "GET", Operation.DISCLOSURE, custody),
    ]


@asynccontextmanager
async def _logged(ctx: Context, request: Request, name: str, operation: Operation) -> AsyncGenerator[None]:
    """Name what is done meanwhile, and write it before anything leaves; a refusal too."""
    await ctx.parts.audit.ready()
    try:
        with doing(name, operation), refused.noted(ctx, name, operation, request.path_params.values, request.query_params.get("space")):
            yield
    finally:
        await ctx.trail.flush()


def _space(request: Request) -> str:
    return request.query_params.get("space", "")


# ── in ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _offers(parts: Parts) -> Callable[[Request], Awaitable[Response]]:
    async def offers(_: Request) -> Response:
        return Response(status_code=204, headers=OFFERED | {"Tus-Max-Size": str(parts.settings.most_upload)})

    return offers


async def create(ctx: Context, request: Request) -> Response:
    """Begin an upload; what the first request already carries is taken too."""
    _require_version(request)
    said = _metadata(request.headers.get("upload-metadata", ""))
    wanted = NewUpload(_new(said), said.get("filename", ""), _number(request, "upload-length"), said.get("zone") or "UTC")
    row = await uploads.begin(ctx, _space(request), wanted)
    if row["bytes"] == 0 or _carries(request):
        row = await uploads.receive(ctx, _space(request), row["id"], 0, _body(request), _checksum(request))
    place = f"{UPLOADS}/{row['id']}?space={quote(row['space'])}"
    return Response(status_code=201, headers=_state(row) | {"Location": place, "Upload-Offset": str(row["received"])})


async def offset(ctx: Context, request: Request) -> Response:
    """Say how many bytes have arrived."""
    _require_version(request)
    row = await uploads.find(ctx, _space(request), request.path_params["id"])
    sizes = {"Upload-Offset": str(row["received"]), "Upload-Length": str(row["bytes"])}
    return Response(status_code=200, headers=_state(row) | sizes)


async def append(ctx: Context, request: Request) -> Response:
    """Take the bytes behind those that have arrived."""
    _require_version(request)
    if request.headers.get("content-type") != BODY_TYPE:
        raise WrongType
    at, checksum = _number(request, "upload-offset"), _checksum(request)
    row = await uploads.receive(ctx, _space(request), request.path_params["id"], at, _body(request), checksum)
    return Response(status_code=204, headers=_state(row) | {"Upload-Offset": str(row["received"])})


async def terminate(ctx: Context, request: Request) -> Response:
    """End an upload; what had arrived is removed."""
    _require_version(request)
    await uploads.stop(ctx, _space(request), request.path_params["id"])
    return Response(status_code=204, headers=TUS)


def _require_version(request: Request) -> None:
    if request.headers.get("tus-resumable") != TUS["Tus-Resumable"]:
        raise WrongVersion


def _state(row: dict[str, Any]) -> dict[str, str]:
    """Return what every answer about an upload says; when it is whole, which exhibit it has become."""
    if "exhibit" in row:
        return TUS | {"Joinder-Exhibit": row["exhibit"]}
    return TUS | {"Upload-Expires": format_datetime(moment(row["expires_at"]).astimezone(UTC), usegmt=True)}


def _carries(request: Request) -> bool:
    return request.headers.get("content-type") == BODY_TYPE


def _number(request: Request, header: str) -> int:
    text = request.headers.get(header, "")
    if not text.isascii() or not text.isdigit() or len(text) > 18:  # noqa: PLR2004 - what a 64-bit number holds
        raise Invalid(f"Send {header.title()}: a number of bytes.", header)
    return int(text)


def _metadata(text: str) -> dict[str, str]:
    """Read `Upload-Metadata`: names, each with its value in base64. Raises `Invalid`."""
    found = dict[str, str]()
    for pair in filter(None, (one.strip() for one in text.split(","))):
        name, _, value = pair.partition(" ")
        try:
            found[name] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError) as error:
            raise Invalid("Upload-Metadata holds a value that is not base64 of UTF-8 text.", "upload-metadata") from error
    return found


def _new(said: dict[str, str]) -> New:
    markings = frozenset(filter(None, said.get("markings", "").split(" ")))
    about = Said(
        said.get("title") or None,
        grade=said.get("grade") or None,
        handling=said.get("handling") or None,
        derivation=derivation(said.get("derivation", "")),
        details={"language": said["language"]} if said.get("language") else {},
    )
    return New(said.get("case", ""), about, said.get("parent") or None, markings)


def _checksum(request: Request) -> tuple[str, bytes] | None:
    text = request.headers.get("upload-checksum")
    if text is None:
        return None
    algorithm, _, value = text.partition(" ")
    try:
        if algorithm in {"sha1", "sha256"}:
            return algorithm, base64.b64decode(value, validate=True)
    except binascii.Error:
        pass
    raise Invalid("Send Upload-Checksum as sha1 or sha256 and the digest in base64.", "upload-checksum")


async def _body(request: Request) -> AsyncIterator[bytes]:
    """Yield what comes. What came of a request that breaks off is kept: the sender asks how much that was."""
    try:
        async for piece in request.stream():
            yield piece
    except ClientDisconnect:
        return


# ── out ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def download(ctx: Context, request: Request) -> Response:
    """Send a copy of the file, or the range asked for, as an attachment; where a marking asks for it, a watermarked one."""
    async with integrity.sound(ctx.parts, request.path_params["id"]):
        found = await content.opened(ctx, _space(request), request.path_params["id"], copies=True)
        if found.watermark:
            return await _watermarked(ctx, found)
    return _streamed(ctx, request, found, _attached(found.exhibit["file_name"]), copies=True)


async def view(ctx: Context, request: Request) -> Response:
    """Send audio or video, or the range asked for, for the browser to play."""
    async with integrity.sound(ctx.parts, request.path_params["id"]):
        found = await content.opened(ctx, _space(request), request.path_params["id"])
    if not found.kind.media_type.startswith(PLAYED):
        raise NotPlayed
    return _streamed(ctx, request, found, {"Content-Disposition": "inline"}, copies=False)


async def page(ctx: Context, request: Request) -> Response:
    """Send one page as a picture, `?width=` pixels wide at most."""
    number, width = request.path_params["page"], request.query_params.get("width", "1200")
    if not all(one.isascii() and one.isdigit() and 0 < len(one) <= MOST_DIGITS for one in (number, width)):
        raise Invalid("Name a page by its number, and its width in pixels.", "page")
    picture = await pages.picture(ctx, _space(request), request.path_params["id"], int(number), int(width))
    return Response(picture, media_type="image/png" if picture.startswith(b"\x89PNG") else "image/jpeg")


async def custody(ctx: Context, request: Request) -> Response:
    """Send the custody of an exhibit as a PDF to print, `?language=` en, fr, de or ar."""
    one, language = request.path_params["id"], request.query_params.get("language", "en")
    made, name = await custody_sheet.sheet(ctx, _space(request), one, language)
    return Response(made, headers=_attached(name), media_type="application/pdf")


def _attached(name: str) -> dict[str, str]:
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}


async def _watermarked(ctx: Context, found: content.Content) -> Response:
    """Send a watermarked copy: whole, since it is made anew at each request and no range of one continues another."""
    marked, name = await watermarks.copy(found)
    pieces = content.guarded(ctx, found, watermarks.pieces(marked), copies=True)
    headers = _attached(name) | {"Accept-Ranges": "none", "Content-Length": str(len(marked))}
    return StreamingResponse(pieces, headers=headers, media_type="application/octet-stream")


def _streamed(ctx: Context, request: Request, found: content.Content, headers: dict[str, str], *, copies: bool) -> Response:
    size = found.file.size
    span = ranges.span(request.headers.get("range", ""), size)
    headers |= {"Accept-Ranges": "bytes"}
    if span is None:
        return Response(status_code=416, headers=headers | {"Content-Range": f"bytes */{size}"})
    start, length = span
    status = 206 if ranges.RANGE.fullmatch(request.headers.get("range", "")) else 200
    if status == 206:  # noqa: PLR2004 - partial content
        headers |= {"Content-Range": f"bytes {start}-{start + length - 1}/{size}"}
    guarded = content.guarded(ctx, found, found.file.stream(start, length), copies=copies)
    pieces = integrity.whole(ctx.parts, found.exhibit["id"], guarded)
    media_type = "application/octet-stream" if copies else found.kind.media_type
    return StreamingResponse(pieces, status, headers | {"Content-Length": str(length)}, media_type)
