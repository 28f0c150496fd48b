"""A pane that shows lines of text: the paper, the help, an outline, what can be chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.geometry import Region
from textual.strip import Strip

from paperstui.draw.lines import Line, Sheet
from paperstui.draw.panes import column, pane_line, rule_above
from paperstui.tui.widgets.text_view import TextView


class LinesPane(TextView):
    """Lines behind a thin rule on the left (or on top, when stacked) that brightens with the focus.

    low: there are few lines. pinned: the line that stays can be scrolled to the top, however few there are below it.
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self.stacked = False
        self.low = False
        self.pinned = False
        self._write: Callable[[int], Sequence[Line]] = lambda _cells: ()
        self._lines: Sequence[Line] | None = None
        self._column = 0
        self._stays = -1

    @property
    def lines(self) -> Sequence[Line]:
        """The lines for the width there is."""
        cells = column(self.size.width, stacked=self.stacked)
        if self._lines is None or cells != self._column:
            before, self._lines, self._column = self._lines, self._write(cells), cells
            if isinstance(before, Sheet) and isinstance(self._lines, Sheet) and self.top == before.stays > 0:
                # What stood on top is another line in this width.
                self.top = self._lines.stays
        return self._lines

    @property
    def before(self) -> int:
        """The rule on the left."""
        return 0 if self.stacked else 1

    @property
    def above(self) -> int:
        """The rule on top."""
        return 1 if self.stacked else 0

    @property
    def last_top(self) -> int:
        """The furthest the lines can be scrolled."""
        return max(super().last_top, self.stays if self.pinned else 0)

    @property
    def stays(self) -> int:
        """The number of the line that stays on top while what is above it is scrolled away; -1 for none."""
        lines = self.lines
        return lines.stays if isinstance(lines, Sheet) else -1

    def index_at(self, row: int) -> int:
        """The line that stands in a row of the text; the first row is that of the line that stays."""
        return self._stays if row == 0 and self.top > self._stays >= 0 else self.top + row

    def show(self, write: Callable[[int], Sequence[Line]], *, keep: bool = False, top: int = 0) -> None:
        """Show other lines, from a line on unless the place is to be kept.

        write: makes the lines for a number of cells. It is asked when they are painted, and again for another width.
        """
        self._write, self._lines = write, None
        self.top = self.top if keep else top
        self.redraw()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a region."""
        self._stays = self.stays
        return super().render_lines(crop)

    def framed(self, index: int, line: Line, *, bar: bool) -> Line:
        """The rule on top, or a line with the rule on its left and the scroll bar on its right."""
        rule, width = "accent" if self._focused else "rule", self.drawn_size.width
        if index < 0:
            return rule_above(width, rule)
        return pane_line(line, width, rule, stacked=self.stacked, bar=bar)

    def line_shown(self, y: int) -> Line:
        """The line in a row of the text as it was painted last; empty below the last one."""
        index = self.index_at(y)
        return self._known[index] if index < len(self._known) else []
