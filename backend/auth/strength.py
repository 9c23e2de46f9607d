"""How soon somebody would guess a password: common ones, names of the person and of their authority, rows of keys, dates, repetitions.

Judged by zxcvbn, which brings its lists of common passwords, words and names along: nothing is asked of the network.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from backend.core.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Iterable

GUESSABLE = "Others would guess this password early: it is a common one, or made of names, dates, repetitions or neighbouring keys. Take several words that have nothing to do with one another."  # noqa: E501 - a text for people
FEWEST_GUESSES = 1e8
"""What zxcvbn calls safe against guesses at the door, which pauses an account after five."""
JUDGED = 40
"""Signs looked at: the work grows with more than their square, and whoever types more is not guessed by their end."""
SHORTEST_WORD = 4
OURS = ("joinder",)


def require_unguessable(password: str, about: Iterable[str] = ()) -> None:
    """Pass, or raise `Invalid` for what would be guessed early. `about`: the person's login, name and authority. Takes up to 0.1 s."""
    from zxcvbn import zxcvbn  # noqa: PLC0415 - reading its lists takes half a second, which no start waits for

    words = {word for text in about for word in (text, *re.split(r"\W+", text)) if len(word) >= SHORTEST_WORD}
    judged = zxcvbn(password[:JUDGED], user_inputs=[*OURS, *sorted(words)])
    if judged["guesses"] < FEWEST_GUESSES:
        raise Invalid(GUESSABLE, "password")
