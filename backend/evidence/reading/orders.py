"""What the server asks the reading process for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Order:
    """The task: pages, picture, marked, or nothing ("probe"). `seconds` of processor time, `width` in pixels."""

    task: str
    media_type: str = ""
    family: str = ""
    seconds: int = 10
    page: int = 1
    width: int = 0
    watermark: str | None = None
