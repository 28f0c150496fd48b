"""The screen is laid out by the numbers of `paperstui.draw.layout`, whatever its size."""

from __future__ import annotations

from functools import partial

from paperstui.draw.layout import panes
from paperstui.tui.screens.reader import ReaderScreen
from paperstui.usecases import Desk
from tests.tui.reading import reading
from tests.waiting import wait_for

SIZES = [
    *((columns, 40) for columns in (59, 60, 61, 83, 109, 110, 111, 119, 120, 133, 199, 200, 201, 250)),
    *((80, rows) for rows in (15, 16, 17, 18, 19, 23, 24, 25, 37, 50, 61)),
    (200, 16), (20, 5),
]  # fmt: skip


def _are_at(screen: ReaderScreen, columns: int, rows: int) -> bool:
    """Whether list, pane and the begin of the last line but one stand where they belong in a terminal of this size."""
    listed, paper = panes(columns, rows)
    there = screen.pane.display is (paper is not None) and (paper is None or tuple(screen.pane.region) == paper)
    slash = tuple(screen.query_one("#slash").region)
    return there and tuple(screen.papers.region) == listed and slash == (0, rows - 2, 3, 1)


async def test_textual_puts_the_panes_where_the_numbers_say(desk: Desk) -> None:
    async with reading(desk, size=(120, 40)) as running:
        screen = running.screen
        for columns, rows in SIZES:
            await running.pilot.resize_terminal(columns, rows)
            await wait_for(partial(_are_at, screen, columns, rows), f"all of it at {columns}x{rows}")


async def test_a_list_without_papers_grows_with_the_terminal(desk: Desk) -> None:
    """It is painted in its new size before anybody tells it that there is one."""
    async with reading(desk, size=(80, 20)) as running:
        for columns, rows in ((80, 60), (160, 30), (160, 70)):
            await running.pilot.resize_terminal(columns, rows)
            await running.settle()
        assert "No papers" in running.text
