"""What the library knows of decisions, and how it follows the journals."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from paperstui.errors import SaveError
from paperstui.journal import merge
from paperstui.journal.entries import Assignment, Entry, Stamp
from paperstui.journal.files import Place
from paperstui.journal.merge import Held
from paperstui.journal.store import Journal
from paperstui.library import identity, projection, reading_list, reads
from paperstui.library.ahead import Ahead
from paperstui.library.connect import Connections
from paperstui.library.projection import CaughtUp
from paperstui.library.reading_list import Queued

T = TypeVar("T")


class Decided:
    """The part of an open library that is about what the user decided; see `paperstui.library.store.Library`."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._read = connections.read
        self._write = connections.write
        self._ahead = Ahead()
        self._reported: set[str] = set()

    def state(self, paper_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
        """The decided fields of some papers by the ids asked for, whichever of its ids each was decided under."""
        names = list(paper_ids)
        return self._shown(lambda: self._state(names))

    def _state(self, paper_ids: list[str]) -> dict[str, dict[str, Any]]:
        states = self._read(projection.states, paper_ids)
        if self._ahead:
            states = {paper: fields | self._ahead.fields(self._number(paper)) for paper, fields in states.items()}
        return states

    def _shown(self, look: Callable[[], T]) -> T:
        """What was read, with what was decided since. Read again if the library took that in between the two."""
        while True:
            times = self._ahead.times
            found = look()
            if times == self._ahead.times:
                return found

    def reading_list(self) -> list[Queued]:
        """The papers on the reading list, hidden ones too, in their order."""
        return self._shown(self._reading_list)

    def _reading_list(self) -> list[Queued]:
        decided = {
            paper: held.value
            for (paper, field), held in self._ahead.all().items()
            if field == "queued" and isinstance(paper, int)
        }
        return self._read(reading_list.in_order, decided)

    def expect(self, entry: Entry) -> None:
        """Show what a journal entry says that is on disk, although the library has not read it yet."""
        self._ahead.note(
            {(self._number(each.paper), each.field): Held(each.value, entry.stamp) for each in entry.assignments}
        )

    def expect_newer(self, entries: Iterable[Entry]) -> None:
        """Show what journal entries say that are on disk, where the library holds nothing newer."""
        self._ahead.note(self._read(projection.newer, list(entries)))

    @property
    def behind(self) -> bool:
        """Whether decisions are shown that it has not read yet."""
        return bool(self._ahead)

    def _number(self, paper_id: str) -> int | str:
        rowid = self._read(identity.resolve, paper_id)
        return paper_id if rowid is None else rowid

    def max_stamp(self) -> Stamp | None:
        """The newest stamp of any journal entry read so far: what the next one has to be later than."""
        return self._read(projection.newest_stamp)

    def places(self) -> dict[str, Place]:
        """How far the journals were read into this library, by any process; by the names of their files."""
        return self._read(projection.places)

    def carried(self, merged: Iterable[tuple[str, str]]) -> list[Assignment]:
        """The decisions about papers that got their arXiv id (`Upserted.merged`), as assignments to that id."""
        return self._read(projection.carried, list(merged))

    def catch_up(self, journal: Journal) -> CaughtUp:
        """Read on in all journals and show what they say. Journals that are gone are written anew from the state here.

        Raises:
            SaveError: it could not be saved; the next time reads on from the same place.
        """
        expected = self._ahead.all()
        places = self._read(projection.places)
        problems, owed = self._rewrite_lost(journal, places)
        done = CaughtUp(0, [], [])
        unread: set[str] = set()
        more = True
        while more:
            tail = journal.read_from(places, limit=projection.CHUNK)
            reached, places, more = places, places | tail.offsets, tail.more
            if owed:
                # Its place stays where it was, so that the next time sees again that something is missing.
                tail.offsets.pop(journal.file.name, None)
            if tail.entries or any(reached.get(name) != place for name, place in tail.offsets.items()):
                from paperstui.library import stubs

                done.changed += self._write(stubs.apply, tail)
            done.applied += len(tail.entries)
            problems += tail.problems
            unread |= tail.unread
        if journal.file.name not in unread:
            # All of them were on disk before it was read.
            self._ahead.forget(expected)
        # A file that cannot be read is met every time: it is told once.
        done.problems = [problem for problem in problems if problem not in self._reported]
        self._reported.update(done.problems)
        return done

    def rewrite_journal(self, journal: Journal) -> int:
        """Write down in this device's journal what the journals do not say but the library knows; returns how much.

        Raises:
            SaveError: it could not be written.
        """
        said = merge.merged(entry for _, entry in journal.read_from({}).entries)
        lost = self._read(projection.unsaid, said)
        if lost:
            cite = self._read(reads.citations, list({part.paper for entry in lost for part in entry.assignments}))
            journal.restore(self._read(projection.unsaid, said, cite))
        return len(lost)

    def _rewrite_lost(self, journal: Journal, places: dict[str, Place]) -> tuple[list[str], bool]:
        """Write journals anew that were read before and are gone; what the user should know, and if it is still to do."""
        there = {path.name for path in journal.files()}
        gone = [name for name in places if name not in there]
        if not gone and not journal.lost(places.get(journal.file.name, Place())):
            return [], False
        try:
            written = self.rewrite_journal(journal)
            if gone:
                self._write(projection.forget, gone)
                for name in gone:
                    # Or what was written anew, when it is the same as before, would pass for read.
                    del places[name]
        except SaveError as error:
            return [f"a journal is gone and could not be written anew: {error}"], True
        return ["a journal was gone; what it said was written anew from the library"] if written else [], False
