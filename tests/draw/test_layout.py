from __future__ import annotations

import pytest

from paperstui.draw.layout import BARS, is_tiny, is_wide, panes


@pytest.mark.parametrize("columns", range(1, 260, 3))
@pytest.mark.parametrize("rows", [1, 3, 8, 15, 16, 24, 40, 71])
def test_the_panes_fill_what_the_bars_leave(columns: int, rows: int) -> None:
    listed, paper = panes(columns, rows)
    height = max(0, rows - BARS)
    if paper is None:
        assert is_tiny(columns, rows)
        assert listed == (0, 1, columns, height)
    elif is_wide(columns, rows):
        assert listed.width + paper.width == columns
        assert listed.height == paper.height == height
        assert paper.x == listed.width <= 92
        assert paper.width >= listed.width
    else:
        assert listed.width == paper.width == columns
        assert listed.height + paper.height == height
        assert paper.y == 1 + listed.height
        assert listed.height > paper.height
