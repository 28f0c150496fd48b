"""Foreign pictures: whatever they are, they end as something small and opaque, or as one clear word."""

from __future__ import annotations

import io
import struct
import sys
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from paperstui.documents import pictures
from paperstui.documents.pictures import KEPT, Picture, PictureError, can_decode, read_kept, shrunk
from tests.documents.drawn import drawing, encoded, header


def seen(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.png))


def at(picture: Picture, x: float, y: float) -> tuple[int, ...]:
    image = seen(picture)
    found = image.getpixel((int(x * image.width), int(y * image.height)))
    assert isinstance(found, tuple)
    return found


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_each_kind_is_made_small(kind: str) -> None:
    picture = shrunk(encoded(drawing(2400, 1200), kind))
    assert (picture.width, picture.height) == (1024, 512)
    assert seen(picture).size == (1024, 512)
    assert seen(picture).mode == "RGB"
    assert max(abs(a - b) for a, b in zip(at(picture, 0.25, 0.5), (200, 30, 30), strict=True)) < 12


def test_a_small_one_stays_as_large_as_it_is() -> None:
    assert shrunk(encoded(drawing(40, 20)))[1:] == (40, 20)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "YCbCr"])
def test_each_way_to_store_colours_is_read(mode: str) -> None:
    grey = Image.new("RGB", (300, 200), (128, 128, 128))
    image = Image.new("I;16", (300, 200), 0x8000) if mode == "I;16" else grey.convert(mode)
    picture = shrunk(encoded(image, "JPEG" if mode in ("CMYK", "YCbCr") else "PNG"))
    mean = seen(picture).resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    assert isinstance(mean, tuple)
    assert all(abs(value - 128) < 8 for value in mean)


def test_a_transparent_one_stands_on_white() -> None:
    image = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    image.paste((10, 20, 30, 255), (0, 0, 50, 100))
    for drawn in (image, image.convert("P"), image.convert("LA")):
        picture = shrunk(encoded(drawn))
        assert at(picture, 0.75, 0.5) == (255, 255, 255)
        assert sum(at(picture, 0.25, 0.5)) < 90


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_only_what_was_decoded_has_all_the_pixels(mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = Image.new("I;16", (4001, 3007), 0x8000) if mode == "I;16" else drawing(4001, 3007).convert(mode)
    body = encoded(drawn)
    converted: list[int] = []
    convert = Image.Image.convert

    def counted(image: Image.Image, *args: Any, **named: Any) -> Image.Image:
        converted.append(image.width * image.height)
        return convert(image, *args, **named)

    monkeypatch.setattr(Image.Image, "convert", counted)
    assert shrunk(body)[1:] == (1022, 768)
    assert 0 < max(converted) < 4001 * 3007 / 10


@pytest.mark.parametrize("size", [(24_000, 1000), (1000, 24_000), (2047, 1535), (2048, 1536), (4099, 211)])
@pytest.mark.parametrize("mode", ["LA", "P"])
def test_parts_of_it_stay_where_they_are(size: tuple[int, int], mode: str) -> None:
    image = Image.new("RGBA", size, (0, 0, 0, 255))
    image.paste((255, 255, 255, 0), (0, 0, size[0] // 2, size[1] // 2))
    picture = shrunk(encoded(image.convert(mode)))
    assert at(picture, 0.2, 0.2) == (255, 255, 255)
    for x, y in ((0.2, 0.8), (0.8, 0.2), (0.8, 0.8), (0.999, 0.999)):
        assert sum(at(picture, x, y)) < 30


def test_of_an_animated_one_the_first_frame_is_seen() -> None:
    first, second = Image.new("RGB", (50, 50), (255, 0, 0)), Image.new("RGB", (50, 50), (0, 0, 255))
    file = io.BytesIO()
    first.save(file, "GIF", save_all=True, append_images=[second] * 50, duration=10)
    assert at(shrunk(file.getvalue()), 0.5, 0.5)[0] > 250


GOOD = encoded(drawing(300, 200))
JPEG = encoded(drawing(300, 200), "JPEG")

HOSTILE = {
    "empty": (b"", "not a picture"),
    "text": (b"hello " * 50, "not a picture"),
    "page": (b"<!doctype html><html></html>", "not a picture"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "not a picture"),
    "bmp": (encoded(drawing(20, 20), "BMP"), "not a picture"),
    "eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n", "not a picture"),
    "cut-off": (GOOD[: len(GOOD) // 2], "damaged or cut off"),
    "header-alone": (GOOD[:33], "not a picture|damaged"),
    "jpeg-cut-off": (JPEG[: len(JPEG) // 2], "damaged or cut off"),
    "nothing-by-nothing": (header(0, 0), "not a picture|damaged|only a line"),
    "a-line": (encoded(Image.new("RGB", (3000, 1))), "only a line"),
    "large": (header(6000, 6000), "too large \\(6,000 by 6,000"),
    "bomb": (header(60_000, 60_000), "too large"),
    "larger-than-there-is": (header(2**31 - 1, 2**31 - 1), "too large|damaged|not a picture"),
    "bad-crc": (GOOD[:29] + b"\0\0\0\0" + GOOD[33:], "not a picture|damaged"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_shown_is_told(name: str) -> None:
    body, said = HOSTILE[name]
    with pytest.raises(PictureError, match=said):
        shrunk(body)


def test_a_text_that_grows_in_a_picture_costs_nothing() -> None:
    text = b"x\0\0" + zlib.compress(b"A" * 50_000_000)
    chunk = struct.pack(">I", len(text)) + b"zTXt" + text + struct.pack(">I", zlib.crc32(b"zTXt" + text))
    with pytest.raises(PictureError, match=r"damaged|too large|not a picture"):
        shrunk(GOOD[:33] + chunk + GOOD[33:])


@given(st.data(), st.sampled_from([GOOD, JPEG, encoded(drawing(90, 60), "GIF"), encoded(drawing(90, 60), "WEBP")]))
def test_a_damaged_picture_is_a_picture_or_a_word(data: st.DataObject, body: bytes) -> None:
    broken = bytearray(body)
    for _ in range(data.draw(st.integers(1, 8))):
        broken[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    try:
        picture = shrunk(bytes(broken[: data.draw(st.integers(0, len(body)))]))
    except PictureError:
        return
    assert 0 < picture.width <= KEPT[0]
    assert 0 < picture.height <= KEPT[1]
    assert read_kept(picture.png) == picture


SOUND = shrunk(GOOD).png
AT = SOUND.index(b"IDAT") - 4
NOT_DECODED = SOUND[:AT] + struct.pack(">I", 4) + b"IDATnone" + struct.pack(">I", zlib.crc32(b"IDATnone")) + SOUND[-12:]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x89PNG",
        b"x" * 100,
        header(5000, 10),
        header(0, 10),
        header(60, 30),
        SOUND[:-200],
        SOUND[:99],
        NOT_DECODED,
    ],
    ids=["empty", "sign", "text", "wide", "none", "header", "cut", "cut-early", "sums"],
)
def test_what_was_kept_by_others_is_not_believed(data: bytes) -> None:
    assert read_kept(data) is None


def test_pixels_and_indexes_are_as_many_as_asked_for() -> None:
    picture = shrunk(GOOD)
    assert len(pictures.pixels(picture, 31, 17)) == 3 * 31 * 17
    palette, numbers = pictures.indexed(picture, 30, 20, 16)
    assert len(numbers) == 600
    assert max(numbers) < len(palette) // 3 <= 16
    assert pictures.png(picture, 300, 200) is picture.png
    assert Image.open(io.BytesIO(pictures.png(picture, 60, 40))).size == (60, 40)


@pytest.mark.parametrize(
    "data", [SOUND[: len(SOUND) // 2], b"", b"text", NOT_DECODED], ids=["cut", "empty", "text", "sums"]
)
def test_a_damaged_one_is_told_however_it_is_drawn(data: bytes) -> None:
    picture = Picture(data, 300, 200)
    for draw in (
        lambda: pictures.pixels(picture, 31, 17),
        lambda: pictures.indexed(picture, 30, 20, 16),
        lambda: pictures.png(picture, 60, 40),
    ):
        with pytest.raises(PictureError, match=r"the picture is damaged|not a picture of a kind"):
            draw()


def test_without_pillow_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    blocked: dict[str, Any] = {name: None for name in list(sys.modules) if name.split(".")[0] == "PIL"}
    for name in (*blocked, "PIL", "PIL.Image"):
        monkeypatch.setitem(sys.modules, name, None)
    assert not can_decode()
    with pytest.raises(PictureError, match=r"^pictures need Pillow: pip install pillow, beside paperstui$"):
        shrunk(GOOD)
