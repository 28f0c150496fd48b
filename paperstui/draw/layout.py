"""Where everything stands on the screen. Textual lays it out by these numbers, and so does what is painted before it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple
else:
    from paperstui.light import NamedTuple

WIDE = 110
"""Columns from which list and paper stand side by side."""

TINY = (60, 16)
"""Below this many columns or rows there is one pane at a time."""

LIST_SHARE, LIST_MOST = 46, 92
"""Of a wide screen: percent of the columns that the list takes, and columns it takes at most."""

PAPER_SHARE, PAPER_SHARE_READ = 45, 75
"""Of a narrow screen: percent of the rows of the panes that the paper takes, and when it is read."""

LOW, LOW_STACKED = 24, 36
"""Rows below which a paper's pane is low: beside the list, and below it."""

BARS = 3
"""Rows that are not the panes': the header above them, the filter bar and the hints below."""

SLASH = 3
"""Columns of the slash at the start of the filter bar."""


def is_tiny(columns: int, rows: int) -> bool:
    """Whether there is room for one pane alone."""
    return columns < TINY[0] or rows < TINY[1]


def is_wide(columns: int, rows: int) -> bool:
    """Whether list and paper stand side by side."""
    return columns >= WIDE and not is_tiny(columns, rows)


def is_low(columns: int, rows: int) -> bool:
    """Whether the paper's pane has few lines, so that what the paper is takes as few of them as it can."""
    return rows < (LOW if is_wide(columns, rows) else LOW_STACKED)


class Area(NamedTuple):
    """A pane: its first column and row, counted from 0, and its size."""

    x: int
    y: int
    width: int
    height: int


def panes(columns: int, rows: int) -> tuple[Area, Area | None]:
    """Where the list and the paper stand while the list has the focus; there may be no room for the paper."""
    height = max(0, rows - BARS)
    if is_tiny(columns, rows):
        return Area(0, 1, columns, height), None
    if is_wide(columns, rows):
        width = min(LIST_MOST, columns * LIST_SHARE // 100)
        return Area(0, 1, width, height), Area(width, 1, columns - width, height)
    below = height * PAPER_SHARE // 100
    return Area(0, 1, columns, height - below), Area(0, 1 + height - below, columns, below)
