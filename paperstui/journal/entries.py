"""The lines of a journal: what an action is, how it is written down and how it is read back.

A line is `{"v":1,"t":[ms,counter,"device"],"label":"Star 1 paper","set":[["2506.01234","starred",true,false]],
"undoes":null}`, with `"cite"` (what the papers are, so that the journal is useful without the library) and
`"merge":true` where they apply.
Lines may come from another device through a file synchroniser: everything in them is checked and cleaned.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from paperstui.errors import PaperstuiError
from paperstui.text.clean import clean, clean_line

VERSION = 1
MAX_LINE = 4 * 1024 * 1024
"""The longest line that is written or read, in bytes, without its newline."""
MAX_NOTE = 64 * 1024
"""The longest note, in bytes of UTF-8."""
MAX_LABEL = 200
MAX_TAG = 100
MAX_CITATION_AUTHORS = 20

FIELDS = ("read", "starred", "queued", "hidden", "note")
"""The fields of a state besides tags, each of which is a field `tag:NAME` of its own, so that devices merge them."""
TAG = "tag:"
DEFAULTS: Mapping[str, object] = {"read": False, "starred": False, "queued": None, "hidden": False, "note": ""}

# The year 9999. Counters and years beyond these never come from a clock, and would leave no later time to give.
_MAX_MS = 253_402_300_799_999
_MAX_COUNTER = 2**31 - 1
_MAX_YEAR = 9999
_MAX_DEPTH = 16
_DEVICE = re.compile(r"[0-9A-Za-z_.-]{1,64}")
_PAPER = re.compile(r"[!-~]{1,100}")
_UNKNOWN_FIELD = re.compile(r"[!-~]{1,64}")
_FLAGS = frozenset({"read", "starred", "hidden"})


class JournalLineError(PaperstuiError):
    """A line of a journal says something that no journal says; the message says what."""


class NewerLineError(JournalLineError):
    """A line was written by a later version of paperstui: it is kept, and read when this one is updated."""


class Stamp(NamedTuple):
    """When an action was taken: a hybrid logical clock. Stamps are totally ordered.

    ms: Unix milliseconds, never below any that this device had seen. counter: the order within them. device: whose.
    """

    ms: int
    counter: int
    device: str


class Assignment(NamedTuple):
    """One field of one paper that an action set; `previous` is what it was, for undo.

    `read`, `starred`, `hidden` and `tag:NAME` are bool, `queued` is a place in the reading list (float) or None, `note`
    is str. A field of another name holds any JSON: it is kept and means nothing to this version.
    """

    paper: str
    field: str
    value: Any
    previous: Any = None


class Citation(Struct, frozen=True, omit_defaults=True):
    """Enough to find a paper without the library."""

    title: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    url: str = ""


class Entry(Struct, frozen=True, kw_only=True):
    """One action of the user, however many papers it touched.

    label: what to call it, "Star 1 paper". undoes: the entry that this one takes back. cite: citations by paper id.
    merge: state carried over from elsewhere (a lost journal, a paper that got its arXiv id): not an action to undo.
    """

    stamp: Stamp
    label: str
    assignments: tuple[Assignment, ...]
    undoes: Stamp | None = None
    cite: dict[str, Citation] | None = None
    merge: bool = False


class _Line(Struct):
    """A line as JSON holds it. Keys that are not here are ignored."""

    v: int
    t: tuple[int, int, str]
    label: str
    assignments: list[tuple[str, str, Any, Any]] = msgspec.field(name="set")
    undoes: tuple[int, int, str] | None = None
    cite: dict[str, dict[str, Any]] | None = None
    merge: bool = False


class _Version(Struct):
    v: int


_LINES = msgspec.json.Decoder(_Line)
_VERSIONS = msgspec.json.Decoder(_Version)
_ENCODER = msgspec.json.Encoder()


def stamp_after(seen: Iterable[Stamp | None], device: str, now: int) -> Stamp:
    """The stamp of an action taken now (Unix milliseconds), later than every stamp seen, whatever the clock says.

    Raises:
        JournalLineError: a stamp seen is the last there can be.
    """
    newest = max((stamp for stamp in seen if stamp is not None), default=None)
    if newest is None or now > newest.ms:
        return Stamp(max(0, now), 0, device)
    if newest.counter < _MAX_COUNTER:
        return Stamp(newest.ms, newest.counter + 1, device)
    if newest.ms < _MAX_MS:
        return Stamp(newest.ms + 1, 0, device)
    raise JournalLineError("a journal claims the last moment there is")


def make(
    stamp: Stamp,
    label: str,
    assignments: Iterable[Assignment | Sequence[Any]],
    *,
    undoes: Stamp | None = None,
    cite: Mapping[str, Citation] | None = None,
    merge: bool = False,
) -> Entry:
    """An entry from parts that nobody has checked yet; its text is cleaned.

    A field that is set twice keeps its last value and the first `previous`.

    Raises:
        JournalLineError: a part is not what it has to be, or is too long.
    """
    fields: dict[tuple[str, str], Assignment] = {}
    for part in assignments:
        assignment = _assignment(*part)
        key = assignment.paper, assignment.field
        earlier = fields.get(key)
        fields[key] = assignment if earlier is None else assignment._replace(previous=earlier.previous)
    return Entry(
        stamp=_stamp(stamp),
        label=clean_line(label, MAX_LABEL),
        assignments=tuple(fields.values()),
        undoes=None if undoes is None else _stamp(undoes),
        cite={_paper(paper): _citation(citation) for paper, citation in cite.items()} if cite else None,
        merge=merge,
    )


def encode(entry: Entry) -> bytes:
    """The line of an entry, without its newline.

    Raises:
        JournalLineError: the line would be longer than `MAX_LINE`.
    """
    line: dict[str, Any] = {
        "v": VERSION,
        "t": entry.stamp,
        "label": entry.label,
        "set": entry.assignments,
        "undoes": entry.undoes,
    }
    if entry.cite:
        line["cite"] = entry.cite
    if entry.merge:
        line["merge"] = True
    data = _ENCODER.encode(line)
    if len(data) > MAX_LINE:
        raise JournalLineError("this is more than one action can hold: take fewer papers at a time")
    return data


def decode(line: bytes) -> Entry:
    """The entry of a line.

    Raises:
        NewerLineError: a later version wrote it.
        JournalLineError: it cannot be read.
    """
    if len(line) > MAX_LINE:
        raise JournalLineError("the line is too long")
    try:
        found = _LINES.decode(line)
        newer = found.v != VERSION
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        newer = _is_newer(line)
        if not newer:
            raise JournalLineError(clean_line(error, MAX_LABEL)) from None
    if newer:
        raise NewerLineError("a later version of paperstui wrote it")
    return make(
        Stamp(*found.t),
        found.label,
        found.assignments,
        undoes=None if found.undoes is None else Stamp(*found.undoes),
        cite=_citations_of(found.cite or {}),
        merge=found.merge,
    )


def canonical(value: object) -> bytes:
    """A value as JSON that is the same for equal values: what is stored, and what breaks a tie between equal stamps."""
    return msgspec.json.encode(value, order="deterministic")


def default(field: str) -> object:
    """What a field is when nobody has decided anything."""
    return False if field.startswith(TAG) else DEFAULTS.get(field)


def tag_field(name: str) -> str:
    """The field of a tag.

    Raises:
        JournalLineError: nothing is left of the name when it is cleaned.
    """
    cleaned = clean_line(name, MAX_TAG)
    if not cleaned:
        raise JournalLineError("a tag has no name")
    return TAG + cleaned


def note_of(value: object) -> str:
    """A note as it is written down: cleaned.

    Raises:
        JournalLineError: it is not text, or is too long.
    """
    if not isinstance(value, str):
        raise JournalLineError("a note is not text")
    note = clean(value, MAX_NOTE) if len(value) <= MAX_NOTE else value
    if len(note.encode("utf-8", "replace")) > MAX_NOTE:
        raise JournalLineError(f"a note is longer than {MAX_NOTE // 1024} kB")
    return note


def _is_newer(line: bytes) -> bool:
    try:
        return _VERSIONS.decode(line).v > VERSION
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        return False


def _stamp(stamp: Stamp) -> Stamp:
    if not (0 <= stamp.ms <= _MAX_MS and 0 <= stamp.counter <= _MAX_COUNTER):
        raise JournalLineError("its time is out of range")
    if not _DEVICE.fullmatch(stamp.device):
        raise JournalLineError("its device has no name that a device has")
    return stamp


def _paper(paper: str) -> str:
    if not _PAPER.fullmatch(paper):
        raise JournalLineError("a paper's id is not one")
    return paper


def _assignment(paper: str, field: str, value: object, previous: object = None) -> Assignment:
    _paper(paper)
    if field in _FLAGS:
        _flag(field, value, previous)
    elif field.startswith(TAG):
        _flag(field, value, previous)
        field = tag_field(field[len(TAG) :])
    elif field == "queued":
        value, previous = _place(value), _place(previous)
    elif field == "note":
        value, previous = note_of(value), note_of(previous or "")
    else:
        if not _UNKNOWN_FIELD.fullmatch(field):
            raise JournalLineError("a field has no name that a field has")
        value, previous = _opaque(value), _opaque(previous)
    return Assignment(paper, field, value, previous)


def _flag(field: str, value: object, previous: object) -> None:
    if not isinstance(value, bool) or not (previous is None or isinstance(previous, bool)):
        raise JournalLineError(f"{clean_line(field, MAX_TAG)} is neither true nor false")


def _place(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise JournalLineError("a place in the reading list is not a number")
    try:
        place = float(value)
    except OverflowError:
        place = math.inf
    if not math.isfinite(place):
        raise JournalLineError("a place in the reading list is not a number")
    return place


def _opaque(value: object, depth: int = 0) -> object:
    """A value that this version does not understand, with its text cleaned."""
    if depth > _MAX_DEPTH:
        raise JournalLineError("a value is nested too deeply")
    if isinstance(value, str):
        return clean(value, MAX_NOTE)
    if isinstance(value, list | tuple):
        return [_opaque(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {clean_line(key, MAX_LABEL): _opaque(item, depth + 1) for key, item in value.items()}
    if value is None or isinstance(value, bool | int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    raise JournalLineError("a value is not JSON")


def _citations_of(found: dict[str, dict[str, Any]]) -> dict[str, Citation] | None:
    """Citations from JSON. They are a convenience: a bad part is left out, never the entry."""
    cite = {}
    for paper, parts in found.items():
        if not _PAPER.fullmatch(paper):
            continue
        title, url, authors, year = (parts.get(name) for name in ("title", "url", "authors", "year"))
        names = authors[:MAX_CITATION_AUTHORS] if isinstance(authors, list) else []
        cite[paper] = Citation(
            title=title if isinstance(title, str) else "",
            authors=tuple(name for name in names if isinstance(name, str)),
            year=year if isinstance(year, int) and not isinstance(year, bool) and 0 < year <= _MAX_YEAR else None,
            url=url if isinstance(url, str) else "",
        )
    return cite or None


def _citation(citation: Citation) -> Citation:
    return Citation(
        title=clean_line(citation.title),
        authors=tuple(clean_line(name, MAX_TAG) for name in citation.authors[:MAX_CITATION_AUTHORS]),
        year=citation.year,
        url=clean_line(citation.url),
    )
