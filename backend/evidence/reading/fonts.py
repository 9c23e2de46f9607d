"""The font that the server draws with: a wide one where the machine has it, else the one that comes with reportlab, of Latin letters."""

from __future__ import annotations

from pathlib import Path

import reportlab

_WIDE = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf",
    "/usr/share/fonts/TTF/DejaVuSans.ttf",
)
LATIN = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"


def wide() -> Path | None:
    """Return where the wide font lies, which has Arabic, Greek, Cyrillic and Hebrew letters too; None where there is none."""
    return next((Path(name) for name in _WIDE if Path(name).is_file()), None)
