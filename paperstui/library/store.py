"""The library as the rest of the program knows it."""

from __future__ import annotations

import sqlite3
import threading
import time
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from paperstui import clock
from paperstui.journal.entries import Citation
from paperstui.library import gains, identity, index, listings, meta, papers, projection, reads, wordings
from paperstui.library.decided import Decided
from paperstui.library.opening import Opened, open_library
from paperstui.library.reads import Params, Totals
from paperstui.models import Detail, Item, Period, Row, Upserted
from paperstui.paths import Paths

if TYPE_CHECKING:
    from paperstui.library.backup import BackedUp
    from paperstui.library.care import Care
    from paperstui.library.finding import Finder

T = TypeVar("T")

_PAUSE = 0.003


class Library(Decided):
    """An open library. Any thread may call anything; what writes waits for its turn, what reads waits for nobody.

    notices: what the user should be told about the opening, one line each. closed: it was closed.

    What reads raises `LibraryError` when the library cannot be read and `connect.InterruptedReadError` when
    `interrupt` stopped it. What writes raises `SaveError` when it cannot be saved, and then nothing of it is.
    """

    def __init__(self, opened: Opened, paths: Paths) -> None:
        super().__init__(opened.connections)
        self.notices: list[str] = opened.notices
        self._path = opened.path
        self._paths = paths
        self._presence = opened.presence
        self._own = threading.local()
        self.closed = False
        self._looks: int | None = None

    @classmethod
    def open(cls, paths: Paths) -> Library:
        """Open the library at its path; it is made, repaired or brought to this version where it must be.

        Raises:
            LibraryError: the file is of a later version or another program's (it was left as it is), or cannot be read.
            SaveError: there is none and none can be made, or a damaged one cannot be repaired.
        """
        return cls(open_library(paths), paths)

    @classmethod
    def look(cls, paths: Paths) -> Library:
        """Open the library to look at it: nothing is made, repaired or changed, neither in it nor beside it.

        Raises:
            FileNotFoundError: there is none.
            connect.DamagedError: it is damaged so that it cannot be opened.
            looking.OldError: it is of an earlier version.
            LibraryError: it is of a later version or another program's, or cannot be read.
        """
        from paperstui.library import looking

        return cls(looking.look(paths), paths)

    def rehearse(self, target: Paths) -> Library:
        """A copy of the library as it is now in directories of its own, to try on it what would change this one.

        Raises:
            SaveError: there is no room for it.
            LibraryError: this one cannot be read.
        """
        from paperstui.library import looking

        looking.copy(self._path, target)
        return type(self)(looking.use(target), target)

    @property
    def readonly(self) -> bool:
        """Whether nothing can be saved."""
        return not self._connections.writable

    def close(self) -> None:
        """Close it; harmless when it is closed."""
        if not self.closed:
            self.closed = True
            self._connections.close()
            self._presence.seal(self._path)
            self._presence.leave()

    def interrupt(self, thread: int | None = None) -> None:
        """Stop what a thread (`threading.get_ident()`), or every thread, is reading: it gets an error."""
        self._connections.interrupt(thread)

    # What sources deliver.

    def upsert(self, items: Sequence[Item], at: int) -> Upserted:
        """Store what a source delivered, seen at a time (Unix seconds), in short transactions of 50 papers.

        What is known is not wiped by what a source does not say, and what changes nothing writes nothing. When it fails
        the transactions before it stay.
        """
        done = Upserted()
        for number, part in enumerate(papers.batches(papers.gathered(items))):
            if number:
                # Other processes look every 2 ms whether it is their turn.
                time.sleep(_PAUSE)
            done += self._write(papers.store, part, at, self._read(papers.made, part))
        return done

    def mark_period(self, feed: str, period: str, *, at: int, complete: bool, papers: int) -> None:
        """Record that a period was fetched at a time, whether to its end, and how many papers it had."""
        self._write(listings.mark_period, feed, period, at=at, complete=complete, papers=papers)

    def unlist(self, feed: str, period: str, *, but: Sequence[str]) -> None:
        """Forget that papers were listed in a period, all but these (ids): it has become another one."""
        self._write(listings.unlist, feed, period, but=list(but))

    def looked_at(self, rowid: int) -> None:
        """The user has seen the newest version of a paper: it is not marked as revised any more."""
        self._write(wordings.mark, rowid, None)

    def looks(self, at: int) -> None:
        """The user looks at a time: from now on rows say what papers have gained for this sitting, written down or not."""
        self._looks = at

    def user_looks(self, at: int) -> bool:
        """The user looks at a time (`gains`); whether what papers have gained is counted from another moment now.

        It waits for nobody: while anybody else writes to the library, it is an error.
        """
        now = self._read(gains.looked)
        return now.at(at) != now and self._connections.write_at_once(gains.look, at)

    def set_meta(self, key: str, value: str | None) -> None:
        """Remember a value under a key of the caller's; None forgets it."""
        self._write(meta.put, meta.CALLERS + key, value)

    def meta(self, key: str) -> str | None:
        """The value remembered under a key."""
        return self._read(meta.get, meta.CALLERS + key)

    # What lists and panes show.

    def rowids(self, sql: str, params: Params = (), *, limit: int | None = None) -> array[int]:
        """The numbers of the papers that a compiled query (`SELECT p.rowid FROM papers p …`) finds, in its order."""
        return self._connections.query(reads.rowids, sql, params, limit)

    def count(self, sql: str, params: Params = ()) -> int:
        """What a compiled count, which is a whole statement, says."""
        return self._connections.query(reads.count, sql, params)

    def finding(self, job: Callable[[Finder], T], *, sql: str = "", stopped: Callable[[], bool] = lambda: False) -> T:
        """What a job finds out with this thread's finder, all of it as of one moment.

        sql: what it is going to ask; regular expressions in it are run under their time limit. stopped: asked now and
        then whether to give up.
        """
        return self._connections.query(self._found, sql, job, stopped)

    def _found(
        self, connection: sqlite3.Connection, sql: str, job: Callable[[Finder], T], stopped: Callable[[], bool]
    ) -> T:
        from paperstui.library.finding import Finder

        del sql
        finder: Finder | None = getattr(self._own, "finder", None)
        if finder is None or finder.connection is not connection:
            finder = self._own.finder = Finder(connection)
        finder.now, finder.looks = self._ahead.rows, self._looks
        try:
            finder.begin(stopped)
            return job(finder)
        finally:
            finder.end()

    def rows(self, rowids: Iterable[int]) -> list[Row]:
        """The rows of some papers in the order given, without those that are gone."""
        numbers = list(rowids)
        return self._shown(lambda: self._with_ahead(self._read(reads.rows, numbers, self._looks)))

    def _with_ahead(self, rows: list[Row]) -> list[Row]:
        return self._ahead.rows(rows) if self._ahead else rows

    def rows_by_id(self, paper_ids: Iterable[str]) -> dict[str, Row]:
        """The rows of some papers by the ids asked for, without those that are not here."""
        names = list(paper_ids)
        return self._shown(lambda: self._rows_by_id(names))

    def _rows_by_id(self, paper_ids: list[str]) -> dict[str, Row]:
        rows = self._read(reads.rows_by_id, paper_ids, self._looks)
        return dict(zip(rows, self._ahead.rows(rows.values()), strict=True)) if self._ahead else rows

    def detail(self, rowid: int) -> Detail | None:
        """Everything about a paper; None when there is none with this number."""
        return self._shown(lambda: self._detail(rowid))

    def _detail(self, rowid: int) -> Detail | None:
        detail = self._read(reads.detail, rowid, self._looks)
        return None if detail is None else self._decided(detail)

    def _decided(self, detail: Detail) -> Detail:
        """The detail with what was decided about the paper since."""
        ahead = self._ahead.fields(detail.rowid)
        if not ahead:
            return detail
        fields = self._read(projection.states, [detail.paper.id])[detail.paper.id]
        return replace(detail, state=reads.state_of(fields | ahead))

    def details(self, rowids: Iterable[int]) -> Iterator[Detail]:
        """Everything about many papers in the order given, without those that are gone; few of them are held at a time."""
        from paperstui.library import details

        for part in identity.chunks(rowids, details.AT_ONCE):
            yield from map(self._decided, self._read(details.details, part, self._looks))

    def find(self, paper_id: str) -> int | None:
        """The number of the paper that an id means: its own, one it had before, or the id of its title."""
        return self._read(identity.resolve, paper_id)

    rowid_of = find

    def totals(self) -> Totals:
        """How many papers there are and in which state."""
        return self._read(reads.totals)

    def period(self, feed: str, period: str) -> Period | None:
        """What is known of one period of a feed; None when it was never fetched and no paper names it."""
        return next(iter(self.periods(feed, period, period)), None)

    def periods(self, feed: str, first: str, last: str) -> list[Period]:
        """The known periods of a feed from one to another, both included, in order."""
        return self._read(listings.periods, feed, first, last)

    def last_fetched(self, begins: Iterable[str]) -> int | None:
        """When a period of the feeds whose names begin so was last fetched, Unix seconds; None for never."""
        return self._read(listings.last_fetched, tuple(begins))

    def neighbour(self, feed: str, period: str, direction: int) -> str | None:
        """The nearest period of a feed after (1) or before (-1) one that has papers here."""
        return self._read(listings.neighbour, feed, period, direction)

    def knows(self, feed: str, period: str) -> bool:
        """Whether a period of a feed was fetched, or a paper names it."""
        return self._read(listings.knows, feed, period)

    def fetched_beside(self, feed: str, period: str, direction: int) -> str | None:
        """The period of a feed that was fetched right after (1) or before (-1) another one."""
        return self._read(listings.fetched_beside, feed, period, direction)

    def version(self) -> int:
        """A number that is another one when anybody has changed the library; to be compared within one thread."""
        from paperstui.library import facets

        return self._read(facets.version)

    def tally(
        self, field: str, rowids: Iterable[int], stop: Callable[[], bool] = lambda: False
    ) -> dict[str, int] | None:
        """How many of some papers have each value of a field; None when `stop`, which is asked often, said so."""
        from paperstui.library import facets

        return self._read(facets.tally, field, rowids, stop)

    def stoppable(self, stop: Callable[[], bool]) -> AbstractContextManager[None]:
        """Whatever this thread reads within it ends with `connect.InterruptedReadError` once `stop` says so."""
        return self._connections.stoppable(stop)

    def listed_in(self, feed: str, paper_ids: Iterable[str]) -> dict[str, set[str]]:
        """The periods in which some papers are listed in a feed, by the ids asked for; without those that are not."""
        return self._read(listings.listed_in, feed, list(paper_ids))

    def unenriched(self, limit: int) -> list[str]:
        """The ids of papers that do not have arXiv's own text or date yet, the last listed first."""
        return self._read(reads.unenriched, limit)

    def kept(self) -> list[str]:
        """The ids of the papers of arXiv that are starred or in the reading list."""
        return self._read(reads.kept)

    def citations(self, paper_ids: Iterable[str]) -> dict[str, Citation]:
        """What some papers are, for journal entries about them, by the ids asked for."""
        return self._read(reads.citations, list(paper_ids))

    # Care.

    @property
    def care(self) -> Care:
        """What looks the library over and mends it."""
        from paperstui.library.care import Care

        return Care(self._connections)

    def text_is_stale(self) -> bool:
        """Whether an earlier version made the plain text that is searched."""
        return self._read(index.is_stale)

    def renew_text(self, stop: Callable[[], bool] = lambda: False) -> bool:
        """Make the plain text and its index anew, a little at a time, until done (True) or `stop` says so."""
        return index.renew(self._write, stop)

    def backup_if_due(self, now: datetime | None = None, stop: Callable[[], bool] = lambda: False) -> BackedUp:
        """Back the library up if this day has no backup yet. Takes as long as copying it: call it in a thread.

        Raises nothing: why there is none is in the result. stop: asked now and then whether to give up.
        """
        from paperstui.library import backup

        if not backup.is_due(self._paths.backups, now or clock.now()) or not self.totals().papers:
            return backup.BackedUp()
        return self.back_up(stop)

    def back_up(self, stop: Callable[[], bool] = lambda: False) -> BackedUp:
        """Back the library up now; see `backup_if_due`."""
        from paperstui.library import backup

        return backup.back_up(self._path, self._paths.backups, self._paths.locks, stop=stop)
