"""Structured logs without values: one JSON object a line, codes and numbers of ours only.

`say` is the way to log. What libraries log is reduced to the logger's name, the level, the class of the exception and the place it
came from: their texts quote queries, paths and headers, and those hold values.
"""

from __future__ import annotations

import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TextIO, cast

import orjson

if TYPE_CHECKING:
    from types import TracebackType

NAME = "joinder"
_log = logging.getLogger(NAME)


def say(code: str, *, level: int = logging.INFO, **fields: str | float | None) -> None:
    """Log one event: `code` is a fixed word of ours, `fields` are codes, ids of requests, counts and durations; never what people typed."""
    _log.log(level, code, extra={"joinder": fields})


def failure(code: str, error: BaseException, **fields: str | float | None) -> None:
    """Log an exception by its class and the line that raised it, without its text."""
    say(code, level=logging.ERROR, error=type(error).__name__, where=place(error.__traceback__), **fields)


def place(trace: TracebackType | None) -> str:
    """Return `module-file:line` of the innermost frame of this project, or of the innermost one."""
    frames = traceback.extract_tb(trace)
    ours = [frame for frame in frames if "site-packages" not in frame.filename and "/lib/python" not in frame.filename]
    if not frames:
        return ""
    frame = (ours or frames)[-1]
    return "/".join(frame.filename.rsplit("/", 2)[-2:]) + ":" + str(frame.lineno)


class Line(logging.Formatter):
    """Writes a record as one line of JSON. Only records made by `say` keep their text."""

    def format(self, record: logging.LogRecord) -> str:
        """Return `{at, level, code, …}`."""
        said: dict[str, object] = {"at": datetime.fromtimestamp(record.created, UTC).isoformat(), "level": record.levelname.lower()}
        fields = cast("dict[str, object] | None", getattr(record, "joinder", None))
        if fields is not None and record.name == NAME:
            said |= {"code": record.msg, **{name: value for name, value in fields.items() if value is not None}}
        else:
            said |= {"code": "library", "logger": record.name, "where": f"{record.module}:{record.lineno}"}
            if record.name.startswith(NAME + ".") and (correlation := getattr(record, "correlation", None)):
                said["correlation"] = correlation
            if record.exc_info and record.exc_info[0]:
                said |= {"error": record.exc_info[0].__name__, "raised": place(record.exc_info[2])}
        return orjson.dumps(said, default=lambda _: None).decode()


def configure(stream: TextIO | None = None, *, level: int = logging.INFO) -> None:
    """Send every log of the process through `Line`, once, at start; libraries speak up from WARNING."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(Line())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    _log.setLevel(level)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "neo4j", "strawberry.execution"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    logging.getLogger("uvicorn.access").disabled = True
