"""Pictures: foreign bytes made into something small and harmless, or a clear word on why not.

Pillow decodes and scales them; it comes with the extra `images`, and nothing here imports it before a picture is asked
for. Whatever is wrong with a picture ends as one `PictureError`.
"""

from __future__ import annotations

import importlib
import io
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from paperstui.errors import PaperstuiError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

Image = Any
"""One of Pillow's, which need not be installed."""

MOST_PIXELS = 24_000_000
"""Pixels of a picture that is decoded at most: a screen has a tenth of that, and a decompression bomb a thousandfold."""

KEPT = (1024, 768)
"""Pixels a picture is kept with at most, across and down."""

LARGE = 48 * 1024
"""Bytes of a PNG above which it is given to a terminal in fewer colours: a photograph takes a third of them then."""

_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
_STRIP = 500_000  # pixels of a picture that are made smaller at a time
_THINNEST = 4  # pixels, below which it is a line and no picture


class PictureError(PaperstuiError):
    """A picture cannot be shown; the message is for the user."""


class DamagedError(PictureError):
    """What should be a picture is none, or not all of it."""


class NoPillowError(PictureError):
    """What decodes pictures is not installed."""

    def __init__(self) -> None:
        super().__init__("pictures need Pillow: pip install pillow, beside paperstui")


class Picture(NamedTuple):
    """A picture as it is kept: a PNG of opaque colours, and its pixels across and down."""

    png: bytes
    width: int
    height: int


def can_decode() -> bool:
    """Whether the extra `images` is installed."""
    try:
        _pillow()
    except NoPillowError:
        return False
    return True


def shrunk(body: bytes) -> Picture:
    """A foreign picture made small: of an animated one its first frame, of a transparent one what it is on white paper.

    Raises:
        PictureError: it is no picture of a kind that is read, is cut off, or too large.
        NoPillowError: Pillow is not installed.
    """
    pil = _pillow()
    with _told(pil), pil.open(io.BytesIO(body), formats=_FORMATS) as image:
        _check_size(*image.size)
        image.draft("RGB", KEPT)
        return _kept(_fitted(_smaller(image)))


def read_kept(data: bytes) -> Picture | None:
    """A picture that was kept, by its bytes; None if they are none, or not whole.

    Raises:
        PictureError: there is no memory for it.
        NoPillowError: Pillow is not installed.
    """
    if data[:8] != b"\x89PNG\r\n\x1a\n" or len(data) < 24:
        return None
    width, height = int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
    if not (0 < width <= KEPT[0] and 0 < height <= KEPT[1]):
        return None
    pil = _pillow()
    try:
        # Decoding it is what shows that it is whole, and who comes for it will have to do so anyway.
        with _told(pil), pil.open(io.BytesIO(data), formats=("PNG",)) as image:
            image.load()
    except DamagedError:
        return None
    return Picture(data, width, height)


def pixels(picture: Picture, width: int, height: int) -> bytes:
    """The picture at so many pixels: three bytes each (red, green, blue), row by row from the top.

    Raises:
        PictureError: it is damaged.
    """
    with _told(_pillow()):
        return bytes(_scaled(picture, width, height).tobytes())


def indexed(picture: Picture, width: int, height: int, colours: int) -> tuple[bytes, bytes]:
    """The same with at most so many colours (256): the colours, three bytes each, and the number of each pixel's.

    Raises:
        PictureError: it is damaged.
    """
    with _told(_pillow()):
        few = _scaled(picture, width, height).quantize(colours)
        palette = bytes(few.getpalette() or b"")
        return palette[: 3 * colours], bytes(few.tobytes())


def png(picture: Picture, width: int, height: int) -> bytes:
    """The picture as a PNG at so many pixels, or at its own where it has no more; where it would be large, in 256 colours.

    Raises:
        PictureError: it is damaged.
    """
    fits = picture.width <= width and picture.height <= height
    if fits and len(picture.png) <= LARGE:
        return picture.png
    with _told(_pillow()):
        scaled = _scaled(picture, picture.width, picture.height) if fits else _scaled(picture, width, height)
        found = _encoded(scaled)
        return found if len(found) <= LARGE else min(found, _encoded(scaled.quantize(256)), key=len)


@contextmanager
def _told(pil: ModuleType) -> Iterator[None]:
    """Whatever Pillow stumbles over ends as a word for the user."""
    try:
        yield
    except PictureError:
        raise
    except (pil.DecompressionBombError, pil.DecompressionBombWarning):
        raise PictureError("the picture is too large") from None
    except pil.UnidentifiedImageError:
        raise DamagedError("it is not a picture of a kind that can be shown") from None
    except MemoryError:
        raise PictureError("there is not enough memory for the picture") from None
    except Exception as error:  # what decoders stumble over has no common type
        raise DamagedError("the picture is damaged or cut off") from error


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise PictureError(f"the picture is too large ({width:,} by {height:,} pixels)")
    if min(width, height) < _THINNEST:
        raise PictureError("the picture is only a line")


def _pillow() -> ModuleType:
    try:
        pil = importlib.import_module("PIL.Image")
    except ImportError:
        raise NoPillowError from None
    # It would be written across the screen. Our own limit is lower.
    warnings.simplefilter("ignore", pil.DecompressionBombWarning)
    return pil


def _smaller(image: Image) -> Image:
    """In red, green and blue, with at least as many pixels as are kept: a strip at a time.

    Each of the steps on the way takes four bytes a pixel, which only the picture as it was decoded may have.
    """
    step = max(1, image.width // (2 * KEPT[0]), image.height // (2 * KEPT[1]))
    rows = step * max(1, _STRIP // (image.width * step))
    small = _pillow().new("RGB", (-(-image.width // step), -(-image.height // step)))
    for top in range(0, image.height, rows):
        strip = image.crop((0, top, image.width, min(top + rows, image.height)))
        small.paste(_opaque(strip).reduce(step), (0, top // step))
    return small


def _opaque(image: Image) -> Image:
    """In red, green and blue, on white where it is transparent."""
    if image.mode.startswith("I"):
        # 16 bits of grey, which Pillow would clip to 8.
        image = image.convert("F").point(lambda value: value / 257 + 0).convert("L")
    if image.has_transparency_data:
        seen = image.convert("RGBA")
        paper = _pillow().new("RGBA", seen.size, (255, 255, 255, 255))
        paper.alpha_composite(seen)
        return paper.convert("RGB")
    return image.convert("RGB")


def _fitted(image: Image) -> Image:
    scale = min(1.0, KEPT[0] / image.width, KEPT[1] / image.height)
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    return image if size == image.size else image.resize(size, reducing_gap=2.0)


def _scaled(picture: Picture, width: int, height: int) -> Image:
    with _pillow().open(io.BytesIO(picture.png), formats=("PNG",)) as image:
        scaled: Image = image.convert("RGB").resize((width, height), reducing_gap=2.0)
    return scaled


def _kept(image: Image) -> Picture:
    return Picture(_encoded(image), image.width, image.height)


def _encoded(image: Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=6)
    return file.getvalue()
