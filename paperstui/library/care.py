"""What a check-up asks of a library, and what it mends."""

from __future__ import annotations

from paperstui.journal import merge
from paperstui.journal.store import Journal
from paperstui.library import index, mending, reads
from paperstui.library.connect import Connections


class Care:
    """Looking a library over and mending it. Everything may take seconds, and what mends keeps writers waiting.

    What looks raises `LibraryError` when the library cannot be read, what mends `SaveError` when it cannot be saved.
    """

    def __init__(self, connections: Connections) -> None:
        self._read = connections.read
        self._write = connections.write

    def verify(self) -> list[str]:
        """Read all of the library and say what is wrong with it."""
        return self._read(reads.problems)

    def index_agrees(self) -> bool:
        """Whether the search index holds exactly the texts of the papers; writers wait for it, too."""
        return self._write(index.agrees)

    def reindex(self) -> None:
        """Make the search index anew."""
        self._write(index.rebuild)

    def strays(self) -> dict[str, int]:
        """How many rows of which tables are about papers that are not there."""
        return self._read(mending.strays)

    def drop_strays(self) -> int:
        """Delete the rows about papers that are not there; returns how many."""
        return self._write(mending.drop_strays)

    def bodiless(self) -> int:
        """How many papers lack the place for their text."""
        return self._read(mending.bodiless)

    def embody(self) -> int:
        """Give papers an empty text that have none; the index has to be made anew. Returns how many."""
        return self._write(mending.embody)

    def settle(self, journal: Journal) -> int:
        """Bring all states to what the journals say; returns of how many papers that changed anything."""
        return self._write(mending.settle, merge.merged(entry for _, entry in journal.read_from({}).entries))
