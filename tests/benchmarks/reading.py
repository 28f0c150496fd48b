"""The reader in a pseudo-terminal over a generated library, and what is on its screen."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from paperstui.config import Settings
from paperstui.draw.row import title_shown
from paperstui.models import Row
from paperstui.usecases import Desk, Place
from tests.benchmarks.driving import Answer, Driven
from tests.benchmarks.libraries import World
from tests.benchmarks.processes import BenchmarkError, run

PAPERSTUI = (sys.executable, "-m", "paperstui")
BARE = (sys.executable, "-m", "tests.benchmarks.bare")

CURSOR = "▌"
STAR = "★"
DOWN, LAST, FIRST, PAGE_DOWN, LEAVE = "j", "G", "\x1b[H", "\x1b[6~", "\x11"

AT_REST = 0.2
"""Seconds without a byte and without work after which a program has started."""

_ALL = re.compile(r"(\d)\s+All\b|(?P<last>\d)\s{2,}‹")
_FOUND = re.compile(r"([\d,]+) of ([\d,]+)")
_LETTERS = 20


def known(row: Row) -> str:
    """The beginning of a title as it stands on the screen: enough to know it by."""
    return title_shown(row)[:_LETTERS].rstrip()


class Reader(Driven):
    """The reader over a world's library."""

    def __init__(
        self, world: World, *arguments: str, columns: int = 120, rows: int = 40, endpoint: str | None = None
    ) -> None:
        env = world.env() if endpoint is None else world.env(endpoint)
        super().__init__([*PAPERSTUI, *arguments], columns=columns, rows=rows, env=env)

    def ready(self, title: str) -> None:
        """Wait until the list is there, and nothing is under way any more."""
        self.when_shown(lambda: self.cursor_on(title), f"the cursor on {title!r}")
        self.settle(AT_REST)

    def leave(self) -> None:
        """Quit, from wherever it stands, and wait for its end."""
        self.end(LEAVE)

    def line(self, at: int) -> str:
        """One line of the screen."""
        # Reading the whole screen for it takes longer than the reader takes to paint it.
        cells = self.screen.buffer[at]
        return "".join(cells[x].data for x in range(self.screen.columns))

    @property
    def place(self) -> int | None:
        """The screen line of the title under the cursor."""
        buffer = self.screen.buffer
        return next((at for at in range(self.screen.lines) if buffer[at][0].data == CURSOR), None)

    def cursor_on(self, title: str) -> bool:
        """Whether the cursor stands on a title."""
        at = self.place
        return at is not None and title in self.line(at)

    @property
    def starred(self) -> bool:
        """Whether the paper under the cursor has its star."""
        at = self.place
        return at is not None and STAR in self.line(at + 1)[:4]

    def show_all(self) -> Answer:
        """Go to the view of all papers, and what came of the key for it."""
        found = _ALL.search(self.text)
        if found is None:
            raise BenchmarkError(f"there is no view of all papers in the header\n{self.text}")
        # Where there is no room for its name, it is the last of the views.
        answer = self.press(found[1] or found["last"])
        self.press(FIRST)
        return answer

    def type_filter(self) -> None:
        """Open the filter field."""
        self.press("/")

    def clear_filter(self) -> None:
        """Empty the filter field and go back to the list of all papers."""
        # Only after a while is an escape known to be the key, and not the beginning of another.
        self.send("\x1b")
        self.read(0.2)
        self.settle()

    @property
    def list_cells(self) -> tuple[object, ...]:
        """The papers of the list as they are painted, with their colours, without the heading."""
        width = self._list_width
        buffer = self.screen.buffer
        return tuple(buffer[y][x] for y in range(2, self.screen.lines - 2) for x in range(width))

    @property
    def _list_width(self) -> int:
        columns = self.screen.columns
        return min(92, int(columns * 0.46)) - 1 if columns >= 110 else columns

    @property
    def field(self) -> str:
        """What stands in the filter field."""
        return self.line(self.screen.lines - 2)[3 : self.screen.columns // 2].strip()

    @property
    def found(self) -> tuple[int, int] | None:
        """The "x of N" of the filter bar, or that of the list's heading where there is none."""
        for line in (self.line(self.screen.lines - 2)[self.screen.columns // 3 :], self.line(1)[: self._list_width]):
            match = _FOUND.search(line)
            if match:
                return int(match[1].replace(",", "")), int(match[2].replace(",", ""))
        return None


@contextmanager
def reading(
    world: World, title: str, *, columns: int = 120, rows: int = 40, endpoint: str | None = None
) -> Iterator[Reader]:
    """A reader that is ready, and is left in its own way afterwards."""
    with Reader(world, columns=columns, rows=rows, endpoint=endpoint) as reader:
        reader.ready(title)
        yield reader
        reader.leave()


def warm_up(world: World, title: str) -> None:
    """Start everything once, so that modules are compiled and files in memory when it is measured."""
    run([*PAPERSTUI, "list", "--limit", "1"], world.env())
    with Driven(BARE) as bare:
        bare.settle(AT_REST)
        bare.end(LEAVE)
    with reading(world, title):
        pass


@contextmanager
def open_desk(world: World) -> Iterator[Desk]:
    """The use cases over a world's library, in this process."""
    desk = Desk.open(world.paths, Settings(), offline=True)
    try:
        yield desk
    finally:
        desk.close()


def first_titles(world: World, count: int) -> list[str]:
    """The first titles of the list at the start."""
    with open_desk(world) as desk:
        rows = desk.select(desk.start_place(), "").rows[:count]
    if len(rows) < count:
        raise BenchmarkError(f"the list holds {len(rows)} papers, not {count}")
    return [known(row) for row in rows]


def last_title(world: World) -> str:
    """The last title of the view of all papers."""
    with open_desk(world) as desk:
        return known(desk.rows(desk.select(Place("all"), "").ids[-1:])[0])


def pause_until(moment: float, reader: Driven) -> None:
    """Go on reading until a time of `time.perf_counter`."""
    while (left := moment - time.perf_counter()) > 0:
        reader.read(min(left, 0.01))
