"""The long texts of a paper in one small piece of bytes, and back.

Abstract, summary, keywords and the details are compressed together, so that an abstract that is kept twice (as it was
written, and with its LaTeX as Unicode) costs little more than once, after a dictionary that even short texts find
themselves in. What is searched comes first, so that looking through abstracts unpacks no more than those.

A piece is: one byte for the dictionary and the shape; CRC-32 of what follows the header, with the number of bytes of
searched text as its start; that number in three bytes; and raw deflate (RFC 1951) of the abstract as it is searched,
the keywords, the abstract as it was written if that differs, the summary and the details, with NUL between them.
"""

from __future__ import annotations

import zlib
from functools import lru_cache

from paperstui.library import dictionary

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from typing import Any, NamedTuple
else:
    from paperstui.light import NamedTuple

_SHAPE = 1
_DICTIONARY = dictionary.FIRST
_HEADER = 8  # bytes
_RAW = -15  # deflate without zlib's own header and check, which would read all of the dictionary every time
_LEVEL = 3  # 6 saves four bytes in a hundred for half as much work again
_LARGEST = 16 * 1024 * 1024 - 1


class Body(NamedTuple):
    """What `bodies` holds of a paper. abstract_plain: the abstract as it is searched, None where that is the abstract.

    keywords: one a line. details: JSON, or None.
    """

    abstract: str = ""
    abstract_plain: str | None = None
    summary: str = ""
    keywords: str = ""
    details: str | None = None


NOTHING = Body()
"""Of a paper whose piece cannot be read."""


def pack(body: Body) -> bytes:
    """The texts as one piece of bytes.

    Raises:
        UnicodeError: there is a lone surrogate in them.
        OverflowError: they are longer than 16 MiB.
    """
    abstract, plain, summary, keywords, details = body
    searched, written = (abstract, "") if plain is None else (plain, abstract)
    first = f"{searched}\0{keywords}".encode()
    data = first + f"\0{written}\0{summary}\0{details or ''}".encode()
    if data.count(0) > 4:
        # No text from a source has one.
        return pack(Body(*(part and part.replace("\0", "") for part in body)))  # type: ignore[arg-type]
    if len(data) > _LARGEST:
        raise OverflowError("the texts of a paper are too long")
    stream = _primed().copy()
    packed: bytes = stream.compress(data) + stream.flush()
    length = len(first)
    check = zlib.crc32(packed, length)
    return bytes([_SHAPE]) + check.to_bytes(4, "little") + length.to_bytes(3, "little") + packed


def unpack(packed: object) -> Body:
    """The texts of a piece; `NOTHING` where damage made something else of it."""
    found = _opened(packed)
    if found is None:
        return NOTHING
    length, stream = found
    data = _inflated(stream, _LARGEST)
    parts = data[:length].split(b"\0") + data[length + 1 :].split(b"\0")
    if len(parts) != 5:
        return NOTHING
    searched, keywords, written, summary, details = (part.decode("utf-8", "replace") for part in parts)
    if written:
        return Body(written, searched, summary, keywords, details or None)
    return Body(searched, None, summary, keywords, details or None)


def is_sound(packed: object) -> bool:
    """Whether a piece is as it was packed. Nothing at all is sound, too: a paper of which only the columns are known."""
    return packed == b"" or _opened(packed) is not None


def register(connection: sqlite3.Connection) -> None:
    """Give a connection the SQL functions `abstract_of(packed)` and `keywords_of(packed)`: the texts as searched.

    They are not for use in a view of a schema that is not trusted (`index.agrees` says what that means).
    """
    last = _Last()
    connection.create_function("abstract_of", 1, last.abstract, deterministic=True)
    connection.create_function("keywords_of", 1, last.keywords, deterministic=True)


class _Last:
    """The searched texts of the piece that was asked for last: a statement asks for several of one row."""

    __slots__ = ("_packed", "_texts")

    def __init__(self) -> None:
        self._packed: object = None
        self._texts = ["", ""]

    def abstract(self, packed: object) -> str:
        if packed != self._packed:
            self._look(packed)
        return self._texts[0]

    def keywords(self, packed: object) -> str:
        if packed != self._packed:
            self._look(packed)
        return self._texts[1]

    def _look(self, packed: object) -> None:
        found = _opened(packed)
        texts = _inflated(found[1], found[0]).decode("utf-8", "replace").split("\0") if found else []
        self._texts = texts if len(texts) == 2 else ["", ""]
        self._packed = packed


def _opened(packed: object) -> tuple[int, bytes] | None:
    """The length of the searched text and the compressed bytes of a piece; None where it is none or is damaged."""
    if not isinstance(packed, bytes) or len(packed) < _HEADER:
        return None
    # `struct` would cost more to import than this.
    check, length = int.from_bytes(packed[1:5], "little"), int.from_bytes(packed[5:_HEADER], "little")
    stream = packed[_HEADER:]
    return (length, stream) if packed[0] == _SHAPE and zlib.crc32(stream, length) == check else None


def _inflated(stream: bytes, most: int) -> bytes:
    """So many bytes of what was compressed; less where it cannot be read."""
    try:
        return zlib.decompressobj(_RAW, _DICTIONARY).decompress(stream, most)
    except zlib.error:
        return b""


@lru_cache(maxsize=1)
def _primed() -> Any:  # noqa: ANN401 - zlib does not name the class
    """A compressor that has read the dictionary; copying it is quicker than reading it."""
    return zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW, zlib.DEF_MEM_LEVEL, zlib.Z_DEFAULT_STRATEGY, _DICTIONARY)
