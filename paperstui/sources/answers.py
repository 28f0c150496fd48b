"""What a service may answer: how large, in which form, and how its bytes become text and JSON."""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from paperstui.text.clean import clean_line

MEGABYTE = 2**20
MAX_INTEGER = 2**53
"""The largest whole number that is believed; JSON has no larger exact ones."""

ABSENT = "absent"
"""The kind of failure that is none of the service: it answered well, and has no such thing, or none that can be read."""

_MOST_DIGITS = 20


class BadAnswerError(Exception):
    """An answer is not what it should be. The message goes on after the host: "sent JSON that is cut off".

    again: asking once more may bring a good one. kind: as that of the `SourceError` which becomes of it.
    """

    def __init__(self, message: str, *, again: bool = True, kind: str = "answer") -> None:
        super().__init__(message)
        self.again = again
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Kind:
    """What is asked for.

    name: for messages. accept: the Accept header. types: media types that are read. cap: the most decoded bytes.
    patience: how many times the deadline of a list it may take. page: the kind of failure that a web page in its place is.
    kept: whether answers are kept as they came, where the service says how to ask for changes.
    """

    name: str
    accept: str
    types: frozenset[str]
    cap: int
    patience: float = 1.0
    page: str = "answer"
    kept: bool = True


LIST = Kind("a list", "application/json", frozenset({"application/json", "text/json", "text/plain", ""}), 8 * MEGABYTE)
FEED = Kind(
    "a feed",
    "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.8",
    frozenset({"application/atom+xml", "application/rss+xml", "application/xml", "text/xml"}),
    8 * MEGABYTE,
)
MARKDOWN = Kind(
    "a text",
    "text/markdown, text/plain;q=0.9",
    frozenset({"text/markdown", "text/plain", "text/x-markdown"}),
    16 * MEGABYTE,
    3.0,
    # Hugging Face shows a page where it has no text.
    ABSENT,
)
PAGE = Kind(
    "a page",
    "text/html, application/xhtml+xml;q=0.9",
    frozenset({"text/html", "application/xhtml+xml"}),
    16 * MEGABYTE,
    3.0,
)
PDF = Kind("a PDF", "application/pdf", frozenset({"application/pdf", "application/octet-stream"}), 100 * MEGABYTE, 15.0)
PICTURE = Kind(
    "a picture",
    "image/png, image/jpeg, image/webp, image/gif;q=0.9",
    frozenset({"image/png", "image/jpeg", "image/webp", "image/gif"}),
    8 * MEGABYTE,
    2.0,
    kept=False,  # as it came it is a hundred times as large as what is made of it
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer that may be read.

    url: where it came from in the end. headers: names in lower case. not_modified: the service said that nothing
    changed, and `body` is what it sent then.
    """

    url: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    not_modified: bool = False


def check_type(kind: Kind, content_type: str) -> None:
    """Refuse an answer of another media type before anything of it is read.

    Raises:
        BadAnswerError: it is of another type.
    """
    media = content_type.partition(";")[0].strip().lower()
    if media in kind.types or (kind is LIST and media.endswith("+json")):
        return
    if media in PAGE.types:
        raise BadAnswerError(PORTAL, again=False, kind=kind.page)
    said = clean_line(media, 60) or "something without a type"
    raise BadAnswerError(f"sent {said} instead of {kind.name}", again=False)


PORTAL = "sent a web page instead of data: is there a login page (captive portal) on this network?"


def check_body(kind: Kind, body: bytes) -> None:
    """Refuse a body that is plainly not what it says it is.

    Raises:
        BadAnswerError: it is empty, a web page in disguise, or a PDF that is none or was cut off.
    """
    if not body:
        raise BadAnswerError("sent an empty answer")
    if kind is LIST and body.lstrip()[:1] == b"<":
        raise BadAnswerError(PORTAL, again=False)
    if kind is PDF and not body.startswith(b"%PDF-"):
        raise BadAnswerError("sent a file that is not a PDF")
    if kind is PDF and b"%%EOF" not in body[-2048:]:
        raise BadAnswerError("sent a PDF that is cut off")


def too_large(kind: Kind) -> BadAnswerError:
    """The error for a body beyond its cap."""
    return BadAnswerError(f"sent more than {kind.cap // MEGABYTE} MB for {kind.name}", again=False)


class Decoder:
    """Undoes the transfer coding of a body piece by piece, and never holds more than the cap in decoded bytes.

    Raises:
        BadAnswerError: the body grows past the cap, is damaged or ends too early, or its coding was not asked for.
    """

    def __init__(self, kind: Kind, coding: str) -> None:
        self._kind = kind
        self._pieces: list[bytes] = []
        self._begun = False
        self._left = kind.cap
        coding = coding.strip().lower()
        if coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise BadAnswerError("sent a compressed answer of a kind that was not asked for")
        self._inflater = None if coding in ("", "identity") else zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)

    def feed(self, data: bytes) -> None:
        """Take the next piece as it came."""
        if self._inflater is None:
            self._keep(data)
            return
        try:
            while data and not self._inflater.eof:
                # One byte more than what is left tells a body that is exactly at the cap from one that is beyond it.
                self._keep(self._inflater.decompress(data, self._left + 1))
                data = self._inflater.unconsumed_tail
        except zlib.error:
            raise BadAnswerError("sent a compressed answer that is damaged") from None

    def take(self) -> bytes:
        """What has come since the last time; it is not kept here any longer."""
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken

    def finish(self) -> bytes:
        """The whole body, or what of it was not taken."""
        if self._inflater is not None and not self._inflater.eof and self._begun:
            raise BadAnswerError("sent an answer that is cut off")
        return self.take()

    def _keep(self, data: bytes) -> None:
        self._left -= len(data)
        if self._left < 0:
            self._pieces.clear()
            raise too_large(self._kind)
        self._begun = True
        self._pieces.append(data)


def decode_json(body: bytes) -> object:
    """JSON from foreign bytes, as dicts, lists, str, int, float, bool and None.

    What strict JSON forbids but is met, such as NaN (None here) and half a surrogate pair, does not lose the rest.

    Raises:
        BadAnswerError: it is not JSON, is cut off, is not UTF-8, or is nested too deeply.
    """
    try:
        try:
            strict: object = msgspec.json.decode(body)
        except ValueError:
            return _decode_leniently(body)
        else:
            return strict
    except RecursionError:
        raise BadAnswerError("sent JSON that is nested too deeply") from None


def _decode_leniently(body: bytes) -> object:
    try:
        text = body.decode(json.detect_encoding(body))
        found: object = json.loads(
            text, parse_constant=lambda _name: None, parse_int=_integer, parse_float=_number, strict=False
        )
    except UnicodeDecodeError:
        raise BadAnswerError("sent text that is not UTF-8") from None
    except ValueError:
        raise BadAnswerError("sent JSON that is broken or cut off") from None
    return found


def _integer(digits: str) -> int:
    # Python refuses to convert more than 4,300 digits, and no number of this size is believed anyway.
    if len(digits) > _MOST_DIGITS:
        return -MAX_INTEGER if digits.startswith("-") else MAX_INTEGER
    return int(digits)


def _number(digits: str) -> float | None:
    value = float(digits)
    return value if math.isfinite(value) else None
