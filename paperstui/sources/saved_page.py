"""Saved pages of Daily Papers: copied text, the site's HTML, and the API's JSON. What it is, the content tells."""

from __future__ import annotations

import codecs
import lzma
import re
import stat
import zlib
from dataclasses import dataclass
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any, Literal

from paperstui.errors import PaperstuiError, UsageError
from paperstui.models import Batch, Item, Listing, Paper, Skipped
from paperstui.sources import lenient
from paperstui.sources.answers import BadAnswerError, decode_json
from paperstui.sources.items import collect, items_in, listing
from paperstui.sources.page_dates import read_date
from paperstui.sources.page_html import HtmlPage
from paperstui.sources.page_text import FEED, read_text
from paperstui.text.clean import clean_line

MAX_SIZE = 64 * 2**20
"""The largest file that is read, in bytes, also after it is unpacked."""

_UNPACKING_MEMORY = 128 * 2**20
_MEGABYTES = MAX_SIZE // 2**20
_NAMED_DAY = re.compile(r"(?:daily[-_]?papers[-_])?(\d{4}-\d\d-\d\d)(?:\.[A-Za-z0-9]{1,5}){1,2}")
_ENCODINGS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Saved:
    """What a file held.

    day: the page's own day, where it has one. notes: what the user should know about how it was read.
    """

    batch: Batch
    kind: Literal["text", "html", "json", "json lines"]
    day: date | None
    notes: tuple[str, ...] = ()


def read_saved(path: Path, *, day: date | None = None) -> Saved:
    """The papers in a file. `day`: the day of the page if the user says it, which decides.

    Copied text is listed in the feed `imported` on the page's day. Items of the API and of the site's HTML are listed
    in `daily`: on the day the user, the file's name or the page says, with their rank, or else each on the day it names
    itself; those that name none are `imported`.

    Raises:
        UsageError: there is no such file, or it is a directory.
        PaperstuiError: it cannot be read, is too large, is not text, or has no papers in it.
    """
    name = clean_line(path.name, 100)
    data, file_day = _content(path, name)
    text = _text(_unpacked(data, name), name)
    reading = _Reading(name, file_day, day)
    saved = reading.read(text)
    if not saved.batch.items:
        why = f": {saved.batch.skipped[0].why}" if saved.batch.skipped else ""
        raise PaperstuiError(f"{name} has no papers in it{why}")
    return saved


class _Reading:
    def __init__(self, name: str, file_day: date, given: date | None) -> None:
        self._file_day = file_day
        self._given = given
        self._name = name
        found = _NAMED_DAY.fullmatch(name)
        self._named = lenient.iso_day(found[1]) if found else None

    def read(self, text: str) -> Saved:
        """Whatever it is."""
        start = text.lstrip()[:1]
        if start == "<":
            return self._html(text)
        if start in ("{", "["):
            try:
                return self._json(decode_json(text.encode("utf-8", "surrogatepass")))
            except BadAnswerError as error:
                lines = self._json_lines(text) if start == "{" else None
                if lines is not None:
                    return lines
                saved = self._text(text)
                if not saved.batch.items:
                    raise PaperstuiError(f"{self._name} cannot be read: it {_present(error)}") from None
                return saved
        return self._text(text)

    def _text(self, text: str) -> Saved:
        batch, day, notes = read_text(text, file_day=self._file_day, day=self._given)
        return Saved(batch, "text", day, tuple(notes))

    def _html(self, text: str) -> Saved:
        try:
            page = HtmlPage(text)
        except BadAnswerError as error:
            raise PaperstuiError(f"{self._name} {error}") from None
        written = read_date(page.date.strip())
        said = lenient.day(page.date) or (written.on(self._file_day.year) if written else None)
        day = self._given or (date.fromisoformat(said) if isinstance(said, str) else said)
        batch = _joined([self._items(page.daily, day), self._items(page.found, None)])
        return Saved(batch, "html", day)

    def _json(self, value: object) -> Saved:
        fields = lenient.mapping(value)
        if isinstance(fields.get("items"), list):
            return Saved(self._issue(fields), "json", _issue_day(fields))
        if "paper" in fields or "id" in fields:
            return Saved(self._items([value], None), "json", None)
        raw = items_in(value)
        day = self._given or self._named
        batch = self._items(raw, day)
        days = {item.paper.listed for item in batch.items}
        if self._given is None and day is not None and days and day.isoformat() not in days:
            note = f"the file is named after {day}, but its papers are of other days: each is taken as of its own"
            return Saved(self._items(raw, None), "json", None, (note,))
        return Saved(batch, "json", day)

    def _json_lines(self, text: str) -> Saved | None:
        """One value a line; None if not one line can be read."""
        batches: list[Batch] = []
        for number, line in enumerate(text.splitlines(), 1):
            if not line.strip():
                continue
            try:
                value = decode_json(line.encode("utf-8", "surrogatepass"))
                batches.append(self._line(value))
            except BadAnswerError as error:
                batches.append(Batch(skipped=(Skipped(f"line {number}", f"it {_present(error)}"),)))
        batch = _joined(batches)
        return Saved(batch, "json lines", None) if batch.items else None

    def _line(self, value: object) -> Batch:
        fields = lenient.mapping(value)
        if isinstance(fields.get("items"), list):
            return self._issue(fields)
        return self._items([value] if "paper" in fields or "id" in fields else items_in(value), None)

    def _issue(self, fields: dict[str, Any]) -> Batch:
        """`{"date": …, "items": […]}`: one day."""
        day = _issue_day(fields)
        batch = self._items(fields["items"], day)
        return _prefixed(batch, f"{day}, ") if day is not None else batch

    def _items(self, raw: list[Any], day: date | None) -> Batch:
        """Items of the API, listed on a day if it is known, else each where it says itself."""

        def place(paper: Paper, number: int) -> Listing:
            if day is not None:
                return listing(paper, "daily", day.isoformat(), number)
            if paper.listed is not None:
                return listing(paper, "daily", paper.listed, None)
            return listing(paper, FEED, (self._given or self._file_day).isoformat(), None)

        return collect(raw, place, asked=day.isoformat() if day is not None else None)


def _content(path: Path, name: str) -> tuple[bytes, date]:
    """The bytes of a file, and the UTC day it was last changed."""
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise UsageError(f"{name} is a directory")
        if not stat.S_ISREG(found.st_mode):
            raise UsageError(f"{name} is not a file")
        with path.open("rb") as file:
            data = file.read(MAX_SIZE + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise UsageError(f"there is no file {name}") from None
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "its name is no name of a file"
        raise PaperstuiError(f"{name} cannot be read: {why}") from None
    if len(data) > MAX_SIZE:
        raise _too_large(name)
    return data, datetime.fromtimestamp(found.st_mtime, timezone.utc).date()


def _unpacked(data: bytes, name: str) -> bytes:
    """The bytes, unpacked if they are packed with xz or gzip; never more than the cap."""
    unpacker: Any
    if data.startswith(b"\xfd7zXZ\x00"):
        unpacker = lzma.LZMADecompressor(memlimit=_UNPACKING_MEMORY)
    elif data.startswith(b"\x1f\x8b"):
        unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    else:
        return data
    try:
        unpacked: bytes = unpacker.decompress(data, MAX_SIZE + 1)
    except (lzma.LZMAError, zlib.error):
        raise PaperstuiError(f"{name} cannot be unpacked: it is damaged") from None
    if len(unpacked) > MAX_SIZE:
        raise _too_large(name)
    if not unpacker.eof:
        raise PaperstuiError(f"{name} cannot be unpacked: it is cut off")
    return unpacked


def _text(data: bytes, name: str) -> str:
    if not data.strip():
        raise PaperstuiError(f"{name} is empty")
    encoding = next((encoding for mark, encoding in _ENCODINGS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise PaperstuiError(f"{name} is not text in UTF-8") from None
    if "\0" in text:
        raise PaperstuiError(f"{name} is not a text file")
    return text


def _too_large(name: str) -> PaperstuiError:
    return PaperstuiError(f"{name} is larger than {_MEGABYTES} MB")


def _issue_day(fields: dict[str, Any]) -> date | None:
    return lenient.iso_day(fields["date"]) if isinstance(fields.get("date"), str) else None


def _joined(batches: list[Batch]) -> Batch:
    items: list[Item] = [item for batch in batches for item in batch.items]
    return Batch(tuple(items), tuple(skipped for batch in batches for skipped in batch.skipped))


def _prefixed(batch: Batch, prefix: str) -> Batch:
    return Batch(batch.items, tuple(Skipped(prefix + skipped.where, skipped.why) for skipped in batch.skipped))


def _present(error: BadAnswerError) -> str:
    """What a service "sent", a file "has in it"."""
    return str(error).replace("sent ", "has ", 1).replace("says: ", "says ", 1)
