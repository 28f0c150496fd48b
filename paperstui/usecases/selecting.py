"""Choosing what is shown, in two steps: the first papers at once, then all of them and the true numbers."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from paperstui.errors import UsageError
from paperstui.library.connect import InterruptedReadError
from paperstui.library.finding import Finder, Papers, holds, of_numbers
from paperstui.library.store import Library
from paperstui.models import Row
from paperstui.query import Compiled, parse
from paperstui.query.readings import readings
from paperstui.query.regex import QueryTimeout
from paperstui.query.sets import UNREAD, UNREAD_WITH_HIDDEN, Sift
from paperstui.query.tree import Everything, Flag, Query
from paperstui.usecases import periods
from paperstui.usecases.asking import NOWHERE, Place, Stay
from paperstui.usecases.results import Beginning, Counts, Selection
from paperstui.usecases.viewing import FIRST_WINDOW, compiled_for, order_in_words, view_of

AROUND = 64
"""Rows before and after the cursor that come with a selection."""

SMALL = 2_000
"""Papers up to which a library is so small that there is nothing to win by showing the first ones first."""

AT_ONCE = 200_000
"""Papers up to which all of them are put in order, or counted, in no time, when the parts are known."""

T = TypeVar("T")
Found = TypeVar("Found", "Beginning | Selection", Selection)


class _Reading:
    """A way to understand a query in a place. remark: what is to be said about it."""

    def __init__(self, place: Place, query: Query, *, ranked: bool, remark: str = "") -> None:
        self.query = query
        self.remark = remark
        self._place = place
        self._ranked = ranked

    @cached_property
    def compiled(self) -> Compiled:
        return compiled_for(self._place, self.query, ranked=self._ranked and self._place.period is None)

    @cached_property
    def order(self) -> str:
        return order_in_words(self._place, self.query, self.compiled)

    @property
    def uses_regex(self) -> bool:
        return self.compiled.uses_regex


class Question:
    """Which papers of a place a query lets through.

    `first`, `whole`, `among` and `counts` read, and so block; they may be called from any thread, one after the other, and raise
    `LibraryError` when the library cannot be read. `stop` may be called from another thread meanwhile: what is being
    read is interrupted then, and the answer to it and to everything asked afterwards is None.
    """

    def __init__(
        self,
        library: Library,
        place: Place,
        text: str,
        *,
        typing: bool,
        ranked: bool,
        counted: Mapping[str, Place] | None = None,
        here_only: bool = False,
    ) -> None:
        """Ask.

        Args:
            library: where to look.
            place: the view and its period.
            text: the query.
            typing: its last word also finds longer ones, and where nothing is found it is read otherwise.
            ranked: words put the best match first, except among the papers of one period, which keep the order of
                their feed; and a part that is not finished is a problem.
            counted: places, by names of the caller's, in which it is counted what the query lets through; see
                `periods.counted`.
            here_only: a view begins with what is here, because nothing more can come.
        """
        self.place = place
        self.text = text
        self._library = library
        self._ranked = ranked
        self._wanted = counted or {}
        self._here_only = here_only
        self._counted: Mapping[str, Place] = {}
        self._stopped = False
        self._thread: int | None = None
        self._lock = threading.Lock()
        self._all_found: tuple[int | None, array[int] | None] = (None, None)
        self._reading = _Reading(place, parse(text, typing=typing), ranked=ranked)
        self._others = readings(text, finished=ranked) if typing else iter(())

    def stop(self) -> None:
        """Nobody waits for the answer any more."""
        with self._lock:
            self._stopped = True
            if self._thread is not None:
                self._library.interrupt(self._thread)

    def first(self, stay: Stay = NOWHERE) -> Beginning | Selection | None:
        """The first papers, or the whole selection where that is there as quickly, or where the cursor is further down."""
        return self._unless_stopped(lambda: self._answer(lambda finder: self._first(finder, stay)))

    def whole(self, stay: Stay = NOWHERE) -> Selection | None:
        """All papers, and how many there are."""
        return self._unless_stopped(lambda: self._answer(lambda finder: self._whole(finder, stay)))

    def among(self, rowids: Collection[int]) -> set[int] | None:
        """Which of some papers it finds; none of them where it takes too long or makes no sense."""
        try:
            return self._unless_stopped(lambda: self._read(lambda finder: self._among(finder, rowids)))
        except QueryTimeout:
            return set()

    def counts(self) -> Counts | None:
        """How many papers of the places that were named the query lets through."""
        return self._unless_stopped(self._count_each)

    def _count_each(self) -> Counts:
        found: dict[str, int] = {}
        problem = self._problem
        self._find_counted()
        # The whole library last: a regular expression may not get through it in its time.
        for name in () if problem else sorted(self._counted, key=lambda name: self._counted[name].view == "all"):
            try:
                found[name] = self._read(lambda finder: self._number(finder, self._counted[name]))  # noqa: B023
            except QueryTimeout as error:
                problem = str(error)
        return Counts(found, problem)

    def _find_counted(self) -> None:
        self._counted = periods.counted(self._library, self._wanted, here_only=self._here_only)

    def _unless_stopped(self, ask: Callable[[], T]) -> T | None:
        try:
            return ask()
        except InterruptedReadError:
            if self._stopped:
                return None
            raise

    # What it means

    @property
    def _query(self) -> Query:
        return self._reading.query

    @property
    def _compiled(self) -> Compiled:
        return self._reading.compiled

    @property
    def _order(self) -> str:
        return self._reading.order

    @cached_property
    def _finished(self) -> Query:
        """The query as it is when nothing more is typed; an empty one as long as something is."""
        return parse(self.text) if self._ranked else Query()

    @cached_property
    def _problem(self) -> str:
        problems = self._query.problems or self._finished.problems
        return problems[0].message if problems else ""

    @property
    def _remark(self) -> str:
        return (self._finished.remark or self._reading.remark) if self._ranked else ""

    # How it is answered

    def _as_meant(self, job: Callable[[Finder], Found]) -> Found:
        """What a job finds for the query as it stands or, if that is nothing, as it may be meant."""
        found, stated = self._read(job), self._reading
        while not len(found.ids) and not self._reading.uses_regex:
            other = next(self._others, None)
            if other is None:
                self._reading = stated
                return found
            query, remark = other
            self._reading, self._all_found = (
                _Reading(self.place, query, ranked=self._ranked, remark=remark),
                (None, None),
            )
            instead = self._read(job)
            if len(instead.ids):
                return instead
        return found

    def _answer(self, job: Callable[[Finder], Found]) -> Found | Selection:
        if self._problem:
            return self._nothing(self._problem)
        self._find_counted()
        try:
            return self._as_meant(job)
        except QueryTimeout as error:
            return self._nothing(str(error))

    def _read(self, job: Callable[[Finder], T]) -> T:
        with self._lock:
            if self._stopped:
                raise InterruptedReadError("it was stopped")
            self._thread = threading.get_ident()
        try:
            return self._library.finding(job, sql=self._compiled.sql, stopped=lambda: self._stopped)
        finally:
            with self._lock:
                self._thread = None

    def _nothing(self, problem: str) -> Selection:
        return Selection(
            place=self.place, query=self._query, ids=array("q"), total=0, unread=0, rows=(), order="", problem=problem
        )

    def _first(self, finder: Finder, stay: Stay) -> Beginning | Selection:
        ids = self._beginning(finder)
        all_there = ids is not None and len(ids) <= FIRST_WINDOW
        if ids is not None and all_there:
            self._all_found = finder.version, array("q", ids)
        if ids is None or (all_there and self._total_is_near(finder)):
            return self._whole(finder, stay, counts=finder.largest <= AT_ONCE)
        ids = ids[:FIRST_WINDOW]
        wanted, places = self._candidates(stay), {rowid: place for place, rowid in enumerate(ids)}
        near = next((number for number, rowid in enumerate(wanted) if rowid in places), len(wanted))
        if near and self._among(finder, wanted[:near]):
            # The cursor belongs on a paper further down. Nothing is shown that would have to jump there.
            return self._whole(finder, stay)
        return Beginning(
            place=self.place,
            query=self._query,
            ids=array("q", ids),
            rows=tuple(finder.rows(ids)),
            order=self._order,
            at=places[wanted[near]] if near < len(wanted) else None,
            remark=self._remark,
        )

    def _beginning(self, finder: Finder) -> list[int] | None:
        """The first papers and one more; None where all of them are there as quickly."""
        compiled, count = self._compiled, FIRST_WINDOW + 1
        arranged = compiled.arranged
        if arranged is None or (finder.largest <= SMALL and not isinstance(compiled.sets, Sift)):
            return None
        known = finder.knows(compiled.sets)
        if not known and compiled.scan is not None and (found := finder.scanned(compiled.scan, count)) is not None:
            return found
        near = finder.knows_order(arranged)
        if compiled.foremost is not None and not near:
            found = finder.first(compiled.foremost.sql, compiled.foremost.params, count)
            if len(found) == count:
                return found
        if isinstance(compiled.sets, Sift) or not (compiled.uses_text or (known and near)):
            return finder.first(compiled.sql, compiled.params, count)
        papers = finder.papers(compiled.sets)
        if near and finder.largest <= AT_ONCE:
            return None
        return finder.first_in_order(papers, arranged, count)

    def _candidates(self, stay: Stay) -> list[int]:
        """The papers the cursor may be on, the dearest first."""
        first = [] if stay.paper is None else [stay.paper]
        return first + (list(stay.following) if stay.order == self._order else [])

    def _among(self, finder: Finder, rowids: Collection[int]) -> set[int]:
        compiled = self._compiled
        if self._problem:
            return set()
        if finder.knows(compiled.sets):
            papers = finder.papers(compiled.sets)
            return {rowid for rowid in rowids if holds(papers, rowid)}
        if compiled.scan is not None:
            return finder.scanned_among(compiled.scan, rowids)
        return finder.among(compiled.some_sql, compiled.some_params, rowids)

    def _whole(self, finder: Finder, stay: Stay, *, counts: bool = True) -> Selection:
        papers: Papers | None = None
        version, ids = self._all_found
        arranged = self._compiled.arranged
        if version != finder.version:
            ids = None  # the library has changed since
        if ids is None and arranged is not None and self._compiled.everything:
            ids = finder.order(arranged).rowids
        elif ids is None and arranged is not None:
            papers = finder.papers(self._compiled.sets)
            ids = finder.in_order(papers, arranged)
        elif ids is None:
            ids = finder.all(self._compiled.sql, self._compiled.params)
        at = self._place_in(ids, papers, stay)
        rows = finder.rows(ids[max(0, (at or 0) - AROUND) : (at or 0) + AROUND])
        return Selection(
            place=self.place,
            query=self._query,
            ids=ids,
            total=len(ids) if self._query.empty else number(finder, self._all),
            unread=self._unread(finder, ids, papers, rows),
            rows=tuple(rows),
            order=self._order,
            at=at,
            counts=self._counts(finder, len(ids)) if counts else None,
            remark=self._remark,
        )

    def _place_in(self, ids: array[int], papers: Papers | None, stay: Stay) -> int | None:
        wanted = self._candidates(stay)
        if papers is not None:
            found = next((rowid for rowid in wanted if holds(papers, rowid)), None)
            return None if found is None else ids.index(found)
        dear = set(wanted)
        where = {rowid: place for place, rowid in enumerate(ids) if rowid in dear}
        return next((where[rowid] for rowid in wanted if rowid in where), None)

    def _unread(self, finder: Finder, ids: array[int], papers: Papers | None, rows: Sequence[Row]) -> int:
        if len(rows) == len(ids):
            return sum(not row.read for row in rows)
        unread = UNREAD_WITH_HIDDEN if self._compiled.hidden else UNREAD
        if self._query.empty and not finder.knows(unread):
            return number(finder, compiled_for(self.place, Query(tree=Flag("unread"))))
        if papers is None:
            papers = of_numbers(ids)
        return (papers & finder.papers(UNREAD_WITH_HIDDEN if self._compiled.hidden else UNREAD)).bit_count()

    def _counts(self, finder: Finder, here: int) -> Mapping[str, int] | None:
        if isinstance(self._compiled.sets, Sift):
            return None
        return {
            name: here if place == self.place else self._number(finder, place) for name, place in self._counted.items()
        }

    def _number(self, finder: Finder, place: Place) -> int:
        """How many papers of a place the query lets through."""
        return number(finder, compiled_for(place, self._query))

    @cached_property
    def _all(self) -> Compiled:
        return compiled_for(self.place, Query())

    def _total_is_near(self, finder: Finder) -> bool:
        """Whether the number of papers in the place costs next to nothing."""
        return bool(view_of(self.place).feed) or finder.knows(self._all.sets)


def ids_matching(library: Library, text: str) -> tuple[str, ...]:
    """The ids of all papers a query finds.

    Raises:
        UsageError: the query is wrong, or says nothing about papers, so that it would mean every one of them.
    """
    query = parse(text)
    if query.ok and isinstance(query.tree, Everything):
        raise UsageError("this query says nothing about papers and would mean every one: give one such as is:unread")
    selection = select(library, Place("all"), text, typing=False, ranked=False)
    if selection.problem:
        raise selection.error()
    return tuple(row.id for row in library.rows(selection.ids))


def number(finder: Finder, compiled: Compiled) -> int:
    """How many papers a query finds."""
    if not compiled.uses_text and not finder.knows(compiled.sets) and not isinstance(compiled.sets, Sift):
        return finder.count(compiled.count_sql, compiled.count_params)
    return finder.papers(compiled.sets).bit_count()


def select(library: Library, place: Place, text: str, *, typing: bool, ranked: bool) -> Selection:
    """The whole answer at once.

    Raises:
        LibraryError: the library cannot be read.
    """
    found = Question(library, place, text, typing=typing, ranked=ranked).whole()
    if found is None:
        raise InterruptedReadError("it was stopped")
    return found


def unread_of(library: Library, rowids: Sequence[int]) -> int:
    """How many of some papers are unread.

    Raises:
        LibraryError: the library cannot be read.
    """
    return library.finding(lambda finder: (of_numbers(rowids) & finder.papers(UNREAD_WITH_HIDDEN)).bit_count())
