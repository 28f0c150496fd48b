"""A pane that shows lines of text and scrolls them: the paper, the help."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from paperstui.draw.lines import Line, Sheet, Span
from paperstui.draw.panes import column, pane_line, rule_above, thumb
from paperstui.text.width import width
from paperstui.tui.widgets.canvas import Canvas


class LinesPane(Canvas, can_focus=True):
    """Lines behind a thin rule on the left (or on top, when stacked) that brightens with the focus.

    low: there are few lines. pinned: the line that stays can be scrolled to the top, however few there are below it.
    """

    GROUND: ClassVar[str] = "detail"

    class Clicked(Message):
        """A span was clicked."""

        def __init__(self, span: Span) -> None:
            self.span = span
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self.top = 0
        self.stacked = False
        self.low = False
        self.pinned = False
        self._write: Callable[[int], Sequence[Line]] = lambda _cells: ()
        self._lines: Sequence[Line] | None = None
        self._column = 0
        self._strips: dict[tuple[int, bool, bool], Strip] = {}
        self._thumb = range(0)
        self._painted: Sequence[Line] = ()
        self._focused = False
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
    def height(self) -> int:
        """The lines that are visible at once."""
        return max(1, self.size.height - (1 if self.stacked else 0))

    @property
    def last_top(self) -> int:
        """The furthest the lines can be scrolled."""
        return max(0, len(self.lines) - self.height, self.stays if self.pinned else 0)

    @property
    def stays(self) -> int:
        """The number of the line that stays on top while what is above it is scrolled away; -1 for none."""
        lines = self.lines
        return lines.stays if isinstance(lines, Sheet) else -1

    def show(self, write: Callable[[int], Sequence[Line]], *, keep: bool = False, top: int = 0) -> None:
        """Show other lines, from a line on unless the place is to be kept.

        write: makes the lines for a number of cells. It is asked when they are painted, and again for another width.
        """
        self._write, self._lines = write, None
        self.top = self.top if keep else top
        self._strips.clear()
        self.refresh()

    def scroll_lines(self, lines: int) -> None:
        """Scroll by a number of lines."""
        self.scroll_to_line(self.top + lines)

    def scroll_to_line(self, line: int) -> None:
        """Scroll so that a line is the first one."""
        top = max(0, min(line, self.last_top))
        if top != self.top:
            self.top = top
            self.refresh()

    def forget(self) -> None:
        """Drop what was drawn."""
        super().forget()
        self._strips.clear()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a region; the last one never stands above the end of the pane."""
        self._painted = lines = self.lines
        self._stays = self.stays
        height = self.height
        self.top = max(0, min(self.top, self.last_top))
        self._thumb = thumb(max(len(lines), self.last_top + height), height, self.top)
        self._focused = self.has_focus
        return super().render_lines(crop)

    def line_at(self, y: int) -> Strip:
        """The rule on top, or a line with the rule on its left and the scroll bar on its right."""
        focus = self._focused
        if self.stacked:
            y -= 1
        index, bar = self._index(y), y in self._thumb
        key = (index if y >= 0 else -1, focus, bar)
        found = self._strips.get(key)
        if found is None:
            rule, width = "accent" if focus else "rule", self.drawn_size.width
            if y < 0:
                line = rule_above(width, rule)
            else:
                line = self._painted[index] if index < len(self._painted) else []
                line = pane_line(line, width, rule, stacked=self.stacked, bar=bar)
            found = self._strips[key] = self.strip(line, fitting=True)
        return found

    def _index(self, y: int) -> int:
        """The line that stands in a row of the text; the first row is that of the line that stays."""
        return self._stays if y == 0 and self.top > self._stays >= 0 else self.top + y

    def line_shown(self, y: int) -> Line:
        """The line in a row of the text as it was painted last; empty below the last one."""
        index = self._index(y)
        return self._painted[index] if index < len(self._painted) else []

    def turn_wheel(self, direction: int) -> None:
        """The wheel scrolls the view."""
        self.scroll_lines(3 * direction)

    def on_click(self, event: events.Click) -> None:
        """Tell which span was clicked."""
        index = self._index(event.y - (1 if self.stacked else 0))
        if not 0 <= index < len(self.lines):
            return
        at = 0 if self.stacked else 1
        for span in self.lines[index]:
            end = at + width(span[0])
            if at <= event.x < end:
                self.post_message(self.Clicked(span))
                return
            at = end
