"""Pictures as they leave the reading process: drawn anew, without what was written beside the points, with a watermark where asked for."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from anyascii import anyascii
from PIL import Image, ImageDraw, ImageFont, JpegImagePlugin, PdfImagePlugin, PngImagePlugin

from backend.evidence.reading import fonts
from backend.evidence.reading.cleaned import cleaned

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PIL.ImageFont import FreeTypeFont

HIGHEST, MOST_DRAWN = 20_000, 24_000_000
"""The height of a page and the points of one, drawn."""
INK, ANGLE, RESOLUTION = 0.13, 30, 150
"""The share of full ink, degrees, and points of a drawn page to an inch."""
_QUALITY, _BLACK, _WHITE, _GREY_LEVELS = 85, 0, 255, 255
_LATIN, _WIDE = ((0x20, 0x17F),), ((0x20, 0x6FF), (0x10A0, 0x10FF), (0x1E00, 0x22FF))
"""Letters that the font of last resort has, and those of the others; the rest is written in Latin letters."""
_LOADED = (JpegImagePlugin, PdfImagePlugin, PngImagePlugin)
"""What writes them, so that nothing has to be opened later."""
_font = dict[str, bytes]()


def prepare(watermark: str) -> str:
    """Load the font of watermarks and what writes PNG and JPEG; return the watermark in letters of that font."""
    wide = fonts.wide()
    _font["wide" if wide else "latin"] = (wide or fonts.LATIN).read_bytes()
    _sized(12).getmask("A")
    for write in (as_png, as_jpeg):
        write(Image.new("RGB", (1, 1)))
    bound([Image.new("RGB", (1, 1))])
    return _written(watermark)


def as_png(image: Image.Image) -> bytes:
    """Return a picture as PNG, its points alone."""
    return _saved(image, "PNG", compress_level=4)


def as_jpeg(image: Image.Image) -> bytes:
    """Return a picture as JPEG, its points alone."""
    return _saved(image, "JPEG", quality=_QUALITY)


def bound(images: Iterable[Image.Image]) -> bytes:
    """Return pictures as the pages of a PDF, each held only while it is written."""
    each, held = iter(images), io.BytesIO()
    next(each).save(held, "PDF", save_all=True, append_images=each, resolution=RESOLUTION, quality=_QUALITY)
    return held.getvalue()


def watermarked(image: Image.Image, watermark: str) -> Image.Image:
    """Return an RGB picture with a watermark all over, in black with a light edge, so that it shows on dark and on light."""
    tile = marking(watermark, max(12, min(image.width // 36, 96)))
    mask = Image.new("L", image.size, 0)
    for top in range(-(tile.height // 2), image.height, max(1, tile.height // 2)):
        for left in range(0, image.width, tile.width):
            mask.paste(tile, (left, top), tile.point(lambda level: 255 if level else 0))
    edge = max(1, image.width // 800)
    image.paste((_WHITE,) * 3, (edge, edge), mask.crop((0, 0, image.width - edge, image.height - edge)))
    image.paste((_BLACK,) * 3, (0, 0), mask)
    return image


def marking(watermark: str, size: int) -> Image.Image:
    """Return a watermark once, slanted, as a mask whose ink is 13 % of full; `size` in points of the picture."""
    font = _sized(size)
    left, top, right, bottom = font.getbbox(watermark)
    across, down = max(1, int(right - left)), max(1, int(bottom - top))
    flat = Image.new("L", (across + 2 * size, down + 2 * size), 0)
    ImageDraw.Draw(flat).text((size - left, size - top), watermark, fill=round(INK * _GREY_LEVELS), font=font)
    return flat.rotate(ANGLE, resample=Image.Resampling.BILINEAR, expand=True)


def _sized(size: int) -> FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(next(iter(_font.values()))), size)


def _written(watermark: str) -> str:
    """Return the text in letters that the font has; line feeds become spaces."""
    known = _WIDE if "wide" in _font else _LATIN
    return "".join(
        one if any(low <= ord(one) <= high for low, high in known) else anyascii(one) for one in " ".join(cleaned(watermark).split())
    )


def _saved(image: Image.Image, form: str, **options: int) -> bytes:
    held = io.BytesIO()
    image.info.clear()  # profiles, comments and places that the writer would copy
    image.save(held, form, **options)
    return held.getvalue()
