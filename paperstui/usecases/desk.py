"""The desk: everything the screen and the commands may ask for.

Reading and deciding are ordinary calls that may come from any thread (the screen makes them from its own two);
fetching is asynchronous and does its parsing and storing in threads.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Self

from msgspec.structs import replace

from paperstui import clock
from paperstui.config import Settings
from paperstui.errors import SaveError
from paperstui.library.store import Library
from paperstui.models import Detail, Listing, Period, Row
from paperstui.paths import Paths
from paperstui.usecases import periods, selecting, viewing
from paperstui.usecases.reaching import Reaching
from paperstui.usecases.results import Decision, Past, Place, Selection
from paperstui.usecases.selecting import Question

if TYPE_CHECKING:
    from paperstui.query.completion import Candidate, ValueRequest
    from paperstui.usecases.digests import Digests
    from paperstui.usecases.suggesting import Suggesting, Values


class Desk(Reaching):
    """The one façade over library, journal, sources and documents.

    notices: what a user should be told once: a repaired library, an unreadable journal line.
    offline: the network is not to be touched (the demonstration). invented: papers are made up, and what is said of them.
    """

    def __init__(
        self, paths: Paths, library: Library, settings: Settings | None = None, *, offline: bool = False
    ) -> None:
        super().__init__(paths, library, settings, offline=offline)
        self._suggesting: Suggesting | None = None

    @classmethod
    def open(cls, paths: Paths, settings: Settings, *, offline: bool = False) -> Self:
        """Open the user's library and bring it up to what the journals say.

        Raises:
            LibraryError: the library cannot be used.
            SaveError: there is no library and none can be made.
        """
        with suppress(SaveError):
            # A place that cannot be written to can still be read; what is read-only says so where it matters.
            paths.make()
        return cls(paths, Library.open(paths), settings, offline=offline)

    @classmethod
    def demonstration(cls, paths: Paths) -> Self:
        """A desk over a fresh library of invented papers, which never touches the network."""
        from paperstui import demo

        paths.make()
        desk = cls(paths, Library.open(paths), offline=True)
        desk.invented = True
        demo.fill(desk.library, today=clock.today())
        return desk

    def close(self) -> None:
        """Close the library; what was decided is on disk already."""
        self.library.close()

    @property
    def readonly(self) -> bool:
        """Whether the library cannot be written to."""
        return self.library.readonly

    # What there is to see

    def start_place(self, view: str = "today") -> Place:
        """Where a view begins: the newest day with papers; on an empty library the newest day the feed can have."""
        return periods.start_place(self.library, view, here_only=self.offline)

    def question(
        self,
        place: Place,
        text: str,
        *,
        typing: bool = False,
        ranked: bool = True,
        counted: Mapping[str, Place] | None = None,
    ) -> Question:
        """Which papers of a place a query lets through, to be asked step by step; see there."""
        offline = self.offline
        return Question(self.library, place, text, typing=typing, ranked=ranked, counted=counted, here_only=offline)

    def select(self, place: Place, text: str, *, typing: bool = False, ranked: bool = True) -> Selection:
        """The papers of a place that a query lets through.

        typing: its last word also finds longer ones. ranked: the query is finished, and words put the best match first.
        """
        return selecting.select(self.library, place, text, typing=typing, ranked=ranked)

    def unread_of(self, rowids: Sequence[int]) -> int:
        """How many of some papers are unread."""
        return selecting.unread_of(self.library, rowids)

    def matching(self, place: Place, text: str, limit: int | None = None) -> array[int]:
        """The numbers of the papers of a place that a query lets through, in its order. limit: at most so many.

        Raises:
            UsageError: the query is wrong.
        """
        return viewing.matching(self.library, place, text, limit)

    def count_matching(self, place: Place, text: str) -> int:
        """How many papers of a place a query lets through.

        Raises:
            UsageError: the query is wrong.
        """
        return viewing.count_matching(self.library, place, text)

    def rows(self, rowids: Sequence[int]) -> list[Row]:
        """The rows of papers, in this order."""
        return self.library.rows(rowids)

    def rows_of(self, papers: Sequence[str]) -> list[Row]:
        """The rows of papers by their ids; those the library does not hold are left out."""
        return list(self.library.rows_by_id(papers).values())

    def detail(self, rowid: int) -> Detail | None:
        """All about a paper."""
        return self.library.detail(rowid)

    def details(self, rowids: Iterable[int]) -> Iterable[Detail]:
        """All about many papers, one after the other; few of them are held at a time."""
        return self.library.details(rowids)

    def find(self, name: str) -> Detail | None:
        """The paper of an id, a versioned id or an address."""
        return viewing.find(self.library, name)

    def listing_of(self, detail: Detail, place: Place) -> Listing | None:
        """The listing of a paper that belongs to a place: that period's, else its newest."""
        return viewing.listing_of(detail, place)

    def counts(self, place: Place) -> dict[str, int]:
        """How many papers the views hold; "today" is the place's own period."""
        return viewing.counts(self.library, place)

    def next_unread(self, ids: array[int], start: int, step: int) -> int | None:
        """The index of the next unread paper after (or before) a position, or None."""
        return viewing.next_unread(self.library, ids, start, step)

    def neighbour(self, place: Place, step: int) -> Place | None:
        """The day, week or month before or after; None at the ends of the archive."""
        return periods.neighbour(self.library, place, step, here_only=self.offline)

    def period(self, place: Place) -> Period | None:
        """What is known of the issue that a place shows, or of the newest day."""
        return periods.known(self.library, place)

    def days(self, first: date, last: date) -> dict[str, Period]:
        """What the library has of the days of the Daily Papers from one to another, by day; without those it knows nothing of."""
        found = self.library.periods("daily", first.isoformat(), last.isoformat())
        return {period.period: period for period in found}

    def fetched_at(self, place: Place) -> int | None:
        """When the place's papers were last fetched, Unix seconds."""
        return periods.fetched_at(self.library, place)

    def settled(self, place: Place) -> bool:
        """Whether a day, a week or another list is here whole and does not change any more."""
        return periods.settled(self.library, place)

    def is_wanted(self, place: Place, minutes: int) -> bool:
        """Whether a place is to be fetched when it is opened; see there."""
        return periods.is_wanted(self.library, place, minutes)

    def looks(self, at: int) -> None:
        """The user looks at a time (Unix seconds): rows say from now on what papers have gained until this sitting."""
        self.library.looks(at)

    def look(self, at: int) -> bool:
        """The user looks at a time (Unix seconds); whether what papers have gained is counted from another moment now.

        It waits for nobody who is writing to the library.

        Raises:
            SaveError: it could not be written down, or not at once; rows say all the same what was gained for who looks.
        """
        self.library.looks(at)
        return not self.readonly and self.library.user_looks(at)

    def looked_at(self, rowid: int) -> None:
        """The user has seen the newest version of a paper, which is not marked any more.

        Raises:
            SaveError: it could not be saved.
        """
        self.library.looked_at(rowid)

    def ids_of(self, names: Sequence[str]) -> tuple[str, ...]:
        """The ids of papers a user named.

        Raises:
            PaperstuiError: one of them is not in the library; the message names it.
        """
        return viewing.ids_of(self.library, names)

    def ids_matching(self, text: str) -> tuple[str, ...]:
        """The ids of all papers a query finds.

        Raises:
            UsageError: the query is wrong.
        """
        return selecting.ids_matching(self.library, text)

    @property
    def digests(self) -> Digests:
        """What is new, printed or mailed.

        Raises:
            UsageError: `HF_ENDPOINT`, where links lead, is not an address.
        """
        # Not before it is asked for: it sets in type what a list never shows.
        from paperstui.usecases.digests import Digests

        return Digests(self.paths, self.library, self.endpoint)

    # What could be asked

    @property
    def suggesting(self) -> Suggesting:
        """What the library knows that could stand in a query. Asked from one thread alone."""
        if self._suggesting is None:
            from paperstui.usecases.suggesting import Suggesting

            self._suggesting = Suggesting(self.library)
        return self._suggesting

    def suggested(
        self, place: Place, text: str, request: ValueRequest, stop: Callable[[], bool] = lambda: False
    ) -> Values | None:
        """The values of a field to offer for a query that is being typed; see `suggesting.offer`. None when stopped."""
        return self.suggesting.values(place, text, request, stop)

    def left_by(
        self, place: Place, text: str, candidate: Candidate, stop: Callable[[], bool] = lambda: False
    ) -> int | None:
        """How many papers of a place are left when a candidate is taken into a query; None when stopped."""
        return self.suggesting.count(place, text, candidate, stop)

    def asked(self) -> list[str]:
        """The queries that were finished before, the oldest first.

        Raises:
            PaperstuiError: there are some, but they cannot be read.
        """
        from paperstui.journal.queries import Queries

        return Queries(self.paths).read()

    def remember(self, query: str) -> None:
        """A query is finished: the next time it can be found again.

        Raises:
            SaveError: it could not be written down.
        """
        from paperstui.journal.queries import Queries

        Queries(self.paths).add(query)

    # What the user decides

    # follow: False for those who cannot wait: the decision is on disk, rows show it, and `follow` is to be called.

    def decide(self, papers: Sequence[str], field: str, value: bool, *, follow: bool = True) -> Decision | None:
        """Set a field of papers, as one decision. None when they all have that value already.

        Raises:
            SaveError: it is not on disk, and so not decided.
        """
        return self.followed(self._decisions.decide(papers, field, value), follow=follow)

    def move(self, paper: int, beside: int, *, after: bool, follow: bool = True) -> Decision | None:
        """Put a paper of the reading list right before or after another one (rowids); None when it stands there.

        Raises:
            SaveError: it is not on disk, and so not decided.
        """
        return self.followed(self._decisions.move(paper, beside, after=after), follow=follow)

    def undo(self, *, follow: bool = True) -> Decision | None:
        """Take back this device's last decision. None when there is nothing to take back."""
        return self.followed(self._decisions.undo(), follow=follow)

    def redo(self, *, follow: bool = True) -> Decision | None:
        """Bring back what was undone last."""
        return self.followed(self._decisions.redo(), follow=follow)

    def followed(self, decision: Decision | None, *, follow: bool = True) -> Decision | None:
        """A decision with the library brought up to it, if it is to `follow`; where it cannot be, its label says so."""
        trouble = self.follow() if decision is not None and follow else ""
        return replace(decision, label=f"{decision.label}; {trouble}") if decision is not None and trouble else decision

    def follow(self) -> str:
        """Bring the library up to what was decided; "", or why it cannot be now, to be said behind the decision."""
        return self._decisions.follow()

    @property
    def behind(self) -> bool:
        """Whether something was decided that the library has not taken in; rows show it, counts do not."""
        return self.library.behind

    def history(self) -> Iterator[Past]:
        """What was decided on all devices, newest first, read as far back as it is asked for."""
        return self._decisions.history()

    def poll(self) -> tuple[str, ...]:
        """Take in what other copies of paperstui decided meanwhile; the ids of the papers that changed."""
        return self._decisions.poll()

    def look_after(self, stop: Callable[[], bool] = lambda: False) -> None:
        """Back the library up if this day has no backup, and renew the searched text of an earlier version. Takes seconds.

        The full texts of what is starred or on the reading list are marked to be the last ones that make room for others.

        stop: asked now and then whether to give up. Raises nothing that matters: the next day tries again.
        """
        self.library.backup_if_due(stop=stop)
        if self.library.text_is_stale():
            self.library.renew_text(stop)
        self.reading.spare()
