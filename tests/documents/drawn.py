"""Pictures that tests draw."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image


def drawing(width: int = 600, height: int = 300) -> Image.Image:
    """Red on the left, blue on the right, each with a white border."""
    image = Image.new("RGB", (width, height), (255, 255, 255))
    edge = max(1, height // 10)
    image.paste((200, 30, 30), (edge, edge, width // 2, height - edge))
    image.paste((30, 30, 200), (width // 2, edge, width - edge, height - edge))
    return image


def encoded(image: Image.Image, kind: str = "PNG") -> bytes:
    """A picture as a file."""
    file = io.BytesIO()
    image.save(file, kind)
    return file.getvalue()


def header(width: int, height: int) -> bytes:
    """A PNG of so many pixels that holds none of them."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    about = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", about) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
