"""Pictures: opened within bounds, turned upright, drawn anew. Runs in the reading process only."""

from __future__ import annotations

import io
import math
import warnings
from typing import TYPE_CHECKING

from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    ImageOps,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from backend.evidence.reading import pictures
from backend.evidence.reading.pages import MOST_PAPER_PAGES, Page
from backend.evidence.reading.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_PIXELS = 120_000_000
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP", "AVIF", "JPEG2000")
_LOADED = (
    BmpImagePlugin, GifImagePlugin, Jpeg2KImagePlugin, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, TiffImagePlugin,
    WebPImagePlugin,
)  # fmt: skip
"""What reads them, so that nothing has to be opened later."""
_PHOTOGRAPHS = frozenset({"JPEG", "MPO"})
_DEEP = frozenset({"I", "F", "I;16", "I;16B", "I;16L", "I;16N"})


def prepare(watermark: str) -> str:
    """Set the bounds, and load what draws."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    Image.preinit()
    return pictures.prepare(watermark)


def pages(data: bytes, _media_type: str) -> Iterator[Page]:
    """Yield a page without text for each picture of a scan, else one; its size is the picture's, in points of its own."""
    image = opened(data)
    for number in range(1, count(image) + 1):
        image.seek(number - 1)
        yield Page(number, "", image.width, image.height, ())


def picture(data: bytes, page: int, width: int, watermark: str | None) -> bytes:
    """Draw a picture, never wider than it is."""
    image = opened(data)
    if not 1 <= page <= count(image):
        raise Refused("no page")
    image.seek(page - 1)
    photograph = image.format in _PHOTOGRAPHS
    drawn = _fitted(upright(image, width), width)
    drawn = pictures.watermarked(drawn, watermark) if watermark else drawn
    return pictures.as_jpeg(drawn) if photograph else pictures.as_png(drawn)


def marked(data: bytes, watermark: str) -> bytes:
    """Return the picture with the watermark on it: a photograph as JPEG, several pages as PDF, any other as PNG."""
    image = opened(data)
    if count(image) > 1:
        return pictures.bound(pictures.watermarked(upright(one), watermark) for one in _frames(image))
    photograph = image.format in _PHOTOGRAPHS
    drawn = pictures.watermarked(upright(image), watermark)
    return pictures.as_jpeg(drawn) if photograph else pictures.as_png(drawn)


def opened(data: bytes) -> Image.Image:
    """Open a picture, its points not yet read; raises Refused where there are too many."""
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused("pixels") from None
    if count(image) > MOST_PAPER_PAGES:
        raise Refused("pages")
    return image


def count(image: Image.Image) -> int:
    """Return how many pages a picture has: those of a scan; of what moves, the first is shown."""
    return getattr(image, "n_frames", 1) if image.format == "TIFF" else 1


def upright(image: Image.Image, width: int = 0) -> Image.Image:
    """Return the picture in RGB, turned as its camera says, on white where it lets light through; read small where that is enough."""
    if image.width * image.height > MOST_PIXELS:
        raise Refused("pixels")
    if width:
        image.draft("RGB", (2 * width, 2 * width))
    try:
        image = ImageOps.exif_transpose(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused("pixels") from None
    if image.mode in _DEEP:
        return _shallow(image)
    if image.has_transparency_data:
        image = image.convert("RGBA")
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, (0, 0), image)
        return paper
    return image.convert("RGB")


def _frames(image: Image.Image) -> Iterator[Image.Image]:
    for place in range(count(image)):
        image.seek(place)
        yield image


def _shallow(image: Image.Image) -> Image.Image:
    """Return a picture of more than 256 levels of grey in 256, from its darkest to its lightest."""
    image = image.convert("F")
    low, high = (float(level) for level in (image.getextrema() or (0, 0)) if isinstance(level, (int, float)))
    scale = 255 / (high - low) if high > low and math.isfinite(high - low) else 0.0
    return image.point(lambda level: level * scale - low * scale).convert("L").convert("RGB")


def _fitted(image: Image.Image, width: int) -> Image.Image:
    scale = min(1.0, width / image.width, pictures.HIGHEST / image.height, math.sqrt(pictures.MOST_DRAWN / (image.width * image.height)))
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image if size == image.size else image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
