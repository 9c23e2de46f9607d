"""The live server of `tests/realtime`, for what is asked over a socket here."""

from tests.realtime.conftest import live

__all__ = ["live"]
