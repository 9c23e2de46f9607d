"""What the `joinder` command takes, as its own parser says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend import cli

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator


def commands(above: str = "", parser: argparse.ArgumentParser | None = None) -> Iterator[tuple[str, set[str]]]:
    """Every command, such as `admin create`, with its options."""
    actions: list[Any] = list((parser or cli.parser())._actions)  # noqa: SLF001 - argparse has no other way to ask
    below = [one for one in actions if isinstance(one.choices, dict)]
    if parser and not any(one.required for one in below):
        yield above, {option for one in actions for option in one.option_strings}
    for each in below:
        for name, one in each.choices.items():
            yield from commands(f"{above} {name}".strip(), one)
