"""A pane that shows lines of text and scrolls them: the paper, the help."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.message import Message
from textual.strip import Strip

from paperstui.draw.lines import Line, Span
from paperstui.tui.widgets.canvas import Canvas


class LinesPane(Canvas, can_focus=True):
    """Lines behind a thin rule on the left (or on top, when stacked) that brightens with the focus."""

    GROUND: ClassVar[str] = "detail"

    class Clicked(Message):
        """A span was clicked."""

        def __init__(self, span: Span) -> None:
            self.span = span
            super().__init__()

    class WidthChanged(Message):
        """The pane is wider or narrower: its lines must be made anew."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self.lines: Sequence[Line] = ()
        self.top = 0
        self.stacked = False
        self._strips: dict[tuple[int, bool, str], Strip] = {}
        self._width = 0

    @property
    def column(self) -> int:
        """The cells there are for a line."""
        return max(1, self.size.width - 1 - (0 if self.stacked else 1))

    @property
    def height(self) -> int:
        """The lines that are visible at once."""
        return max(1, self.size.height - (1 if self.stacked else 0))

    @property
    def last_top(self) -> int:
        """The furthest the lines can be scrolled."""
        return max(0, len(self.lines) - self.height)

    def show_lines(self, lines: Sequence[Line], *, keep: bool = False) -> None:
        """Show other lines, from their beginning unless the place is to be kept."""
        self.lines = lines
        self.top = min(self.top, self.last_top) if keep else 0
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

    def line_at(self, y: int) -> Strip:
        """The rule on top, or a line with the rule on its left and the scroll bar on its right."""
        rule = "accent" if self.has_focus else "rule"
        if self.stacked:
            if y == 0:
                return self.strip([("─" * self.size.width, rule)])
            y -= 1
        index = self.top + y
        bar = self._bar(y)
        key = (index, self.has_focus, bar)
        found = self._strips.get(key)
        if found is None:
            line = self.lines[index] if index < len(self.lines) else []
            width = self.size.width - 1
            drawn = self.strip(line if self.stacked else [("│", rule), *line], cells=width)
            found = self._strips[key] = Strip([*drawn, *self.strip([(bar, rule)], cells=1)], width + 1)
        return found

    def _bar(self, y: int) -> str:
        if not self.last_top:
            return " "
        height = self.height
        size = max(1, height * height // max(1, len(self.lines)))
        start = round((height - size) * self.top / self.last_top)
        return "▐" if start <= y < start + size else " "

    def on_resize(self, event: events.Resize) -> None:
        """Another size: drawn anew."""
        self.forget()
        if event.size.width != self._width:
            self._width = event.size.width
            self.post_message(self.WidthChanged())
        self.top = min(self.top, self.last_top)

    def turn_wheel(self, direction: int) -> None:
        """The wheel scrolls the view."""
        self.scroll_lines(3 * direction)

    def on_click(self, event: events.Click) -> None:
        """Tell which span was clicked."""
        index = self.top + event.y - (1 if self.stacked else 0)
        if not 0 <= index < len(self.lines):
            return
        at = 0 if self.stacked else 1
        from paperstui.text.width import width

        for span in self.lines[index]:
            end = at + width(span[0])
            if at <= event.x < end:
                self.post_message(self.Clicked(span))
                return
            at = end
