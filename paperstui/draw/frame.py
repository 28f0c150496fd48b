"""The whole screen as the reader first shows it: header, list, paper, filter bar, hints.

What is drawn here stands on the screen before there is anything to press keys in, and is drawn again by the widgets:
both must come to the same.
"""

from __future__ import annotations

from paperstui.clock import age
from paperstui.draw import bars
from paperstui.draw.layout import SLASH, is_low, is_wide, panes
from paperstui.draw.lines import fit
from paperstui.draw.panes import column, pane_line, rule_above, thumb
from paperstui.draw.paper import paper_sheet
from paperstui.draw.row import HEIGHT, row_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date
    from typing import NamedTuple

    from paperstui.draw.layout import Area
    from paperstui.draw.lines import Line
    from paperstui.rows import Facts, Row
else:
    from paperstui.light import NamedTuple

HEADING = 1
"""Lines of the list above its papers."""

Piece = tuple["Line", str]
"""A line of one widget and the ground it stands on."""


class Opening(NamedTuple):
    """What is known at the start.

    day: the newest one with papers. ids: all of them, by their rowids; rows: the first ones; unread: how many of them.
    order: of the list, in words. counts: papers by view. fetched_at: when the day was fetched last, Unix seconds.
    facts: the first paper. arxiv: categories of arXiv are followed.
    """

    day: date
    today: date
    ids: tuple[int, ...]
    rows: tuple[Row, ...]
    unread: int
    order: str
    counts: dict[str, int]
    fetched_at: int | None
    facts: Facts
    arxiv: bool = False

    @property
    def total(self) -> int:
        """How many papers the day has."""
        return len(self.ids)


def rows_shown(height: int) -> int:
    """How many papers have their title in a list of this height."""
    return max(1, (height - HEADING + HEIGHT - 1) // HEIGHT)


def first_frame(opening: Opening, columns: int, rows: int) -> list[list[Piece]]:
    """The lines of the screen from top to bottom, each in the pieces it has from left to right."""
    listed, pane = panes(columns, rows)
    tabs = bars.view_tabs(opening.counts, "today", today=opening.day == opening.today, arxiv=opening.arxiv)
    lines: list[list[Piece]] = [[(fit(bars.header(tabs, opening.day.isoformat(), columns), columns), "bar")]]
    left, low = _list(opening, listed), is_low(columns, rows)
    if pane is None:
        lines += [[piece] for piece in left]
    elif is_wide(columns, rows):
        lines += [
            [piece, beside] for piece, beside in zip(left, _paper(opening, pane, stacked=False, low=low), strict=True)
        ]
    else:
        lines += [[piece] for piece in (*left, *_paper(opening, pane, stacked=True, low=low))]
    freshness = f"updated {age(opening.fetched_at)}" if opening.fetched_at else ""
    status = bars.filter_line("", "", "dim", "", freshness, columns - SLASH)
    lines.append([(fit([(" / ", "accent")], SLASH), "bar"), (fit(status, columns - SLASH), "bar")])
    nothing = bars.idle(opening.rows[0] if opening.rows else None, periods=True)
    lines.append([(fit(bars.context_hints("list", columns, without=nothing), columns), "bar")])
    return lines


def _list(opening: Opening, area: Area) -> list[Piece]:
    heading = bars.list_heading(opening.unread, opening.total, opening.total, opening.order, 0, area.width)
    lines: list[Piece] = [(fit(heading, area.width), "list")]
    for index, row in enumerate(opening.rows[: rows_shown(area.height)]):
        ground = "list" if index else "cursor"
        lines += [(line, ground) for line in row_lines(row, area.width, opening.today, cursor=not index)]
    return _filled(lines, area)


def _filled(lines: list[Piece], area: Area) -> list[Piece]:
    blank: Piece = (fit([], area.width), "list")
    return (lines + [blank] * (area.height - len(lines)))[: area.height]


def _paper(opening: Opening, area: Area, *, stacked: bool, low: bool) -> list[Piece]:
    cells = column(area.width, stacked=stacked)
    lines = paper_sheet(opening.facts, cells, opening.today, below_rule=stacked, low=low)
    height = max(1, area.height - (1 if stacked else 0))
    bar = thumb(len(lines), height, 0)
    shown: list[Piece] = [(rule_above(area.width, "rule"), "detail")] if stacked else []
    for y in range(height):
        line = lines[y] if y < len(lines) else []
        shown.append((pane_line(line, area.width, "rule", stacked=stacked, bar=y in bar), "detail"))
    return shown[: area.height]
