"""What every part is given: how large, how often, and the libraries."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks import libraries
from tests.benchmarks.libraries import World
from tests.benchmarks.reading import first_titles, last_title, warm_up


@dataclass
class Bench:
    """One run of the benchmarks.

    sizes: numbers of papers, the smallest first: it is what the others are compared with. runs: how often everything
    is done. scratch: a directory for copies of libraries. quick: a little of everything, to see that it can be measured.
    """

    sizes: tuple[int, ...]
    runs: int
    scratch: Path
    quick: bool = False
    _worlds: dict[int, World] = field(default_factory=dict)
    _titles: dict[int, list[str]] = field(default_factory=dict)
    _last: dict[int, str] = field(default_factory=dict)
    _copies: int = 0

    def make_ready(self) -> None:
        """Make all libraries and read what is looked for in them, so that no part is held up by it."""
        for papers in self.sizes:
            self.titles(papers)
            self.last_title(papers)
        warm_up(self.world(self.sizes[0]), self.titles(self.sizes[0])[0])

    def world(self, papers: int) -> World:
        """A library that parts share: they only look."""
        if papers not in self._worlds:
            self._worlds[papers] = self.copy(papers)
        return self._worlds[papers]

    def copy(self, papers: int) -> World:
        """A library to change."""
        self._copies += 1
        return libraries.copy(papers, self.scratch / f"{papers}-{self._copies}")

    def titles(self, papers: int) -> list[str]:
        """The first titles of the list a reader of `world(papers)` begins with."""
        if papers not in self._titles:
            self._titles[papers] = first_titles(self.world(papers), 10)
        return self._titles[papers]

    def last_title(self, papers: int) -> str:
        """The last title among all papers of `world(papers)`."""
        if papers not in self._last:
            self._last[papers] = last_title(self.world(papers))
        return self._last[papers]

    @property
    def rounds(self) -> int:
        """How often a reader is started anew where each start gives many measurements."""
        return max(1, self.runs // 3)
