"""Deciding: the one door between a key press and the journal.

A decision is made when it is appended to the journal and on disk: from then on it is shown. The library follows, which
may take its time: whoever decides waits for a journal of one file and not for a library that is being written to. If
it cannot follow (it is locked or read-only), the decision holds and it does so later.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Concatenate, ParamSpec, TypeVar

from msgspec.structs import replace

from paperstui.errors import PaperstuiError, SaveError, UsageError
from paperstui.journal import files, merge
from paperstui.journal.device import device_name
from paperstui.journal.entries import Assignment, Entry, JournalLineError, Stamp, default, note_of
from paperstui.journal.files import Place
from paperstui.journal.store import Journal
from paperstui.library.reading_list import moved, places_behind
from paperstui.library.store import Library
from paperstui.paths import Paths
from paperstui.usecases.results import Change, Decision, Past

P = ParamSpec("P")
R = TypeVar("R")

NOBODY = "-"
"""Stands for the device where nothing can be written that would give it a name."""

AT_ONCE = 8 * 1024 * 1024
"""Bytes of journals that are read at once."""

LATER = "it is in the journal, and the library follows when it can be written"
"""What is said of a decision that the library could not take in."""

WORDS: dict[tuple[str, bool], tuple[str, str]] = {
    ("starred", True): ("Starred", ""),
    ("starred", False): ("Took the star from", ""),
    ("read", True): ("Marked", " read"),
    ("read", False): ("Marked", " unread"),
    ("queued", True): ("Added", " to the reading list"),
    ("queued", False): ("Took", " off the reading list"),
    ("hidden", True): ("Hid", ""),
    ("hidden", False): ("Showed", " again"),
}
"""What a decision is called, around "1 paper"."""

MOVED = "Moved 1 paper in the reading list"

NOTED = "Note on 1 paper"
UNNOTED = "Removed the note on 1 paper"

TAB = 4
"""Cells between the tabulators of a note."""


def _one_at_a_time(method: Callable[Concatenate[Decisions, P], R]) -> Callable[Concatenate[Decisions, P], R]:
    """Decisions of several threads (the screen's, a refresh's) come one after the other."""

    @functools.wraps(method)
    def locked(self: Decisions, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with self.lock:
            return method(self, *args, **kwargs)

    return locked


class _ItIsSoError(Exception):
    """There is nothing to decide."""


def _as_note(text: str) -> str:
    """A text as it stands in a note.

    Raises:
        UsageError: it is too long.
    """
    try:
        # One space in place of a tab would be another list, or no code any more.
        return note_of(text.expandtabs(TAB)).strip("\n").rstrip()
    except JournalLineError as error:
        raise UsageError(str(error)) from None


def _papers(count: int) -> str:
    return f"{count:,} paper{'' if count == 1 else 's'}"


def _decision(label: str, assignments: Sequence[Assignment]) -> Decision:
    order = any(each.field == "queued" and None not in (each.value, each.previous) for each in assignments)
    hides = any(each.field == "hidden" for each in assignments)
    return Decision(label, tuple(dict.fromkeys(each.paper for each in assignments)), order=order, hides=hides)


class Decisions:
    """Appends decisions to this device's journal, undoes them, and takes in what others decided.

    Two things are apart: deciding, which is quick, and following, which waits its turn to write to the library.
    """

    def __init__(self, paths: Paths, library: Library, notices: list[str]) -> None:
        self._notices = notices
        self._paths = paths
        self._library = library
        self._own: set[Stamp] = set()
        self._others: dict[str, None] = {}
        self._newest: Stamp | None = None  # of what was looked at and is not in the library
        self.lock = threading.RLock()
        self._following = threading.Lock()
        self._journal = Journal(paths.journal, NOBODY, paths.locks)
        # A place that cannot be written to can still be read: whoever decides something is told.
        with suppress(SaveError):
            self._make_own()
        try:
            notices.extend(self._library.catch_up(self._journal).problems)
        except SaveError as error:
            # A library that is read-only has said so.
            if not library.readonly:
                notices.append(str(error))
            self._look_ahead()
        self._seen = self._library.places()

    def _make_own(self) -> None:
        """See to it that the journal is this device's.

        Raises:
            SaveError: the device has no name and cannot be given one.
        """
        if self._journal.device == NOBODY:
            self._journal = Journal(self._paths.journal, device_name(self._paths.device), self._paths.locks)

    def _catch_up(self) -> None:
        """Bring the library up to the journals, and note what others decided since the last time.

        Another process may have brought it there before: what is new is told from how far this process has read.

        Raises:
            SaveError: the library cannot be written.
        """
        seen, others = self._news()
        self._notices.extend(self._library.catch_up(self._journal).problems)
        self._seen = seen
        self._others.update(others)

    def _news(self) -> tuple[dict[str, Place], dict[str, None]]:
        """What the journals hold that this process has not seen: how far they go now, and the papers that others decided."""
        seen = self._seen
        others: dict[str, None] = {}
        more = True
        while more:
            tail = self._journal.read_from(seen, limit=AT_ONCE)
            seen, more = seen | tail.offsets, tail.more
            for _, entry in tail.entries:
                if entry.stamp not in self._own:
                    others.update(dict.fromkeys(each.paper for each in entry.assignments))
        return seen, others

    def _look_ahead(self) -> None:
        """Show what the journals say that the library has not taken in."""
        places = self._library.places()
        more = True
        while more:
            # By place and not by time: what a synchroniser brings may be older than what is known.
            tail = self._journal.read_from(places, limit=AT_ONCE)
            places, more = places | tail.offsets, tail.more
            entries = [entry for _, entry in tail.entries]
            if entries:
                self._newest = max(filter(None, [self._newest, *(entry.stamp for entry in entries)]))
                self._library.expect_newer(entries)

    def _floor(self) -> Stamp | None:
        """What a decision has to be later than, to hold against all that was seen before it."""
        return max((stamp for stamp in (self._library.max_stamp(), self._newest) if stamp is not None), default=None)

    @_one_at_a_time
    def decide(self, papers: Sequence[str], field: str, value: bool) -> Decision | None:
        """Set a field of papers as one decision; None when all of them have that value. The library is to `follow`.

        Raises:
            SaveError: it could not be written down; nothing is changed.
        """
        states = self._library.state(papers)
        changing: dict[str, object] = {}
        for paper in dict.fromkeys(papers):
            now = states.get(paper, {}).get(field, default(field))
            if (now is not None if field == "queued" else now) != value:
                changing[paper] = now
        if not changing:
            return None
        values = dict.fromkeys(changing, value) if field != "queued" else self._places(changing, wanted=value)
        assignments = [Assignment(paper, field, values[paper], now) for paper, now in changing.items()]
        before, after = WORDS[field, value]
        named = list(changing) if value and field in ("starred", "queued") else []
        return self._record(f"{before} {_papers(len(changing))}{after}", assignments, cite=named)

    def _places(self, papers: Iterable[str], *, wanted: bool) -> dict[str, float | None]:
        """The places that papers get in the reading list: behind all others, in this order; or none."""
        if not wanted:
            return dict.fromkeys(papers)
        names = list(papers)
        return dict(zip(names, places_behind(self._library.reading_list(), len(names)), strict=True))

    @_one_at_a_time
    def noted(self, paper: str) -> str:
        """The note on a paper as the journals say it by now; "" if there is none.

        Raises:
            SaveError: the journals cannot be read.
        """
        self._look_ahead()
        return self._note(paper)

    def _note(self, paper: str) -> str:
        return self._library.state([paper]).get(paper, {}).get("note") or ""

    @_one_at_a_time
    def note(self, paper: str, text: str, before: str | None = None, *, below: bool = False) -> Decision | None:
        """Write the note on a paper; an empty text removes it. None when it says so already. The library is to `follow`.

        before: the note that this was made from, where that took a while. below: put the text below the note there is.

        Raises:
            UsageError: the text is too long.
            PaperstuiError: the note is another one than `before`, and not what is to be written.
            SaveError: it could not be written down; nothing is changed.
        """
        added = _as_note(text)

        def look() -> tuple[str, list[Assignment]]:
            # Nobody else writes meanwhile, so what is compared here is what is replaced.
            now = self.noted(paper)
            text = added if not below else _as_note(f"{now}\n\n{added}") if now and added else now or added
            if text == now:
                raise _ItIsSoError
            if before is not None and before != now:
                raise PaperstuiError("another paperstui has changed the note meanwhile")
            return NOTED if text else UNNOTED, [Assignment(paper, "note", text, now)]

        self._make_own()
        cite = self._library.citations([paper]) if added else None
        try:
            return self._decided(self._journal.append_after(look, cite=cite, floor=self._floor))
        except _ItIsSoError:
            return None

    @_one_at_a_time
    def move(self, paper: int, beside: int, *, after: bool) -> Decision | None:
        """Put a paper of the reading list right before or after another one; both by their numbers.

        None when it stands there, or one of the two is not on the list. The library is to `follow`.

        Raises:
            SaveError: it could not be written down; nothing is changed.
        """
        listed = self._library.reading_list()
        places = moved(listed, paper, beside, after=after)
        known = {one.id: one.place for one in listed}
        assignments = [Assignment(name, "queued", place, known[name]) for name, place in places.items()]
        return self._record(MOVED, assignments) if assignments else None

    def _record(
        self,
        label: str,
        assignments: Sequence[Assignment],
        *,
        undoes: Entry | None = None,
        cite: Sequence[str] = (),
        carried: bool = False,
    ) -> Decision:
        self._make_own()
        entry = self._journal.append(
            label,
            assignments,
            undoes=undoes.stamp if undoes else None,
            cite=self._library.citations(cite) if cite else None,
            floor=self._floor(),
            merge=carried,
        )
        return self._decided(entry)

    def _decided(self, entry: Entry) -> Decision:
        """Show what is on disk now."""
        self._own.add(entry.stamp)
        with suppress(PaperstuiError):
            self._library.expect(entry)
        return _decision(entry.label, entry.assignments)

    def history(self) -> Iterator[Past]:
        """The decisions of all devices, newest first, read as far back as they are asked for.

        Raises:
            SaveError: the journals cannot be read.
        """
        undone: set[Stamp] = set()
        for entry in self._journal.newest():
            taken_back = entry.stamp in undone
            if entry.undoes is not None and not taken_back:
                undone.add(entry.undoes)
            yield Past(
                at=entry.stamp.ms,
                device=entry.stamp.device,
                own=self._journal.device in (NOBODY, entry.stamp.device),
                label=entry.label,
                changes=tuple(Change(*each) for each in entry.assignments),
                undone=taken_back,
                undoes=entry.undoes is not None,
            )

    @_one_at_a_time
    def undo(self) -> Decision | None:
        """Take back this device's newest decision that holds.

        Raises:
            SaveError: it could not be written down; nothing is changed.
        """
        self._make_own()
        self._look_ahead()
        entry = merge.next_undo(self._journal.newest(), self._journal.device)
        return None if entry is None else self._take_back(entry, f"Undone: {entry.label}")

    @_one_at_a_time
    def redo(self) -> Decision | None:
        """Bring back what was undone last, unless something was decided since.

        Raises:
            SaveError: it could not be written down; nothing is changed.
        """
        self._make_own()
        self._look_ahead()
        entry = merge.next_redo(self._journal.newest(), self._journal.device)
        return None if entry is None else self._take_back(entry, entry.label.replace("Undone: ", "Redone: ", 1))

    def _take_back(self, entry: Entry, label: str) -> Decision:
        states = self._library.state([each.paper for each in entry.assignments])

        def current(paper: str, field: str) -> object:
            return states.get(paper, {}).get(field, default(field))

        inverse = merge.inverse(entry, self._journal.newest(), current, self._same_paper)
        done = self._record(label, inverse.assignments, undoes=entry)
        return replace(done, papers=done.papers or tuple(each.paper for each in entry.assignments), left=inverse.left)

    def _same_paper(self, paper: str) -> str:
        """One name for all ids of a paper."""
        found = self._library.find(paper)
        return paper if found is None else str(found)

    def follow(self) -> str:
        """Bring the library up to the journals, which may have to wait; "", or what is to be said of it that it is not."""
        try:
            with self._following:
                self._catch_up()
        except PaperstuiError as error:
            with suppress(PaperstuiError):
                self._look_ahead()
            return LATER if isinstance(error, SaveError) else f"it is in the journal; {error}"
        return ""

    def poll(self) -> tuple[str, ...]:
        """Take in what other processes and devices decided; the ids of papers that changed. Failing waits for the next time."""
        files.ready()
        self.follow()
        with self._following:
            others, self._others = self._others, {}
        return tuple(others)

    def carry(self, merged: Sequence[tuple[str, str]]) -> None:
        """Papers got their arXiv id: what was decided about their titles is written down for the id, too.

        Raises:
            SaveError: it could not be written down; the library still knows it.
        """
        if merged and self._carry(merged):
            self.follow()

    @_one_at_a_time
    def _carry(self, merged: Sequence[tuple[str, str]]) -> bool:
        assignments = self._library.carried(merged)
        if assignments:
            kept = [each.paper for each in assignments]
            self._record("Carried to the arXiv id", assignments, cite=list(dict.fromkeys(kept)), carried=True)
        return bool(assignments)
