"""`joinder serve` in which whatever is handed the word FAULT fails with an exception that quotes all it was given."""

from __future__ import annotations

import sys
from inspect import iscoroutinefunction
from typing import Any

from backend import cli
from backend.auth import passwords
from backend.entities import changes
from backend.entities.imports import run
from backend.entities.search import service as search
from backend.realtime.hub import Hub

WORD = "FAULT"
PLACES = ((passwords, "verify"), (search, "search"), (changes, "add_entity"), (run, "plan"), (Hub, "hear"))


def quoting(real: Any) -> Any:
    """Fail before the real function where the word is in what it is given."""

    def check(given: tuple[Any, ...], named: dict[str, Any]) -> None:
        if WORD in repr((given, named)):
            raise ValueError(f"{given!r} {named!r}")

    async def later(*given: Any, **named: Any) -> Any:
        check(given, named)
        return await real(*given, **named)

    def now(*given: Any, **named: Any) -> Any:
        check(given, named)
        return real(*given, **named)

    return later if iscoroutinefunction(real) else now


if __name__ == "__main__":
    for owner, name in PLACES:
        setattr(owner, name, quoting(getattr(owner, name)))
    sys.exit(cli.main(["serve"]))
