"""Text that is selected with the mouse: the base of the panes and of the full text.

What is selected are places in the text, so it stays while it is scrolled. Textual's own selection is not used: it is of the
screen's cells, styles them anew with each painting, and would copy what was laid out rather than what was written.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer

from paperstui.draw.lines import Line, Span
from paperstui.tui.widgets.lines_view import LinesView
from paperstui.tui.widgets.selection import (
    Selection,
    Spot,
    between,
    cells_before,
    paragraph_at,
    spot_at,
    word_at,
)

PULL_EVERY = 0.05
"""Seconds between two lines that are scrolled by while the mouse is held beyond the edge."""


class TextView(LinesView):
    """Lines of which parts are selected: by dragging the mouse, a word by two clicks, a paragraph by three.

    selects: it can be selected. It takes the focus when it is clicked, not when the mouse goes down: the focus may give it
    another size under the mouse.
    """

    FOCUS_ON_CLICK = False

    class Clicked(Message):
        """A character was clicked: its line, its number in it, and the span it is in."""

        def __init__(self, span: Span, line: int, at: int) -> None:
            self.span = span
            self.line = line
            self.at = at
            super().__init__()

    class Selected(Message):
        """A text was selected, and is to be copied."""

        def __init__(self, text: str) -> None:
            self.text = text
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self.selects = True
        self.selection: Selection | None = None
        self._selected = ""
        self._pressed: Spot | None = None
        self._clicked: Spot | None = None
        self._dragged = False
        self._pull = self._column_pulled = 0
        self._puller: Timer | None = None

    # What is selected

    def met(self) -> Sequence[Line]:
        """The lines. What is selected stays so in others if they say the same there."""
        before, lines = self._known, super().met()
        if before is not lines:
            self.lines_changed(before, lines)
        return lines

    def lines_changed(self, before: Sequence[Line], lines: Sequence[Line]) -> None:
        """Drop what is selected if the lines that came say something else there than those before."""
        if self.selection is None:
            return
        # What is dragged over is not looked at until the mouse is let go.
        selected = self._selected if self._pressed is None else self.selection.text(before)
        if self.selection.text(lines) != selected:
            self._release()
            self.select(None)

    def line_at(self, y: int) -> Strip:
        """What stands in a row of the widget."""
        strip, selection = super().line_at(y), self.selection
        if selection is None or y < self.above:
            return strip
        index = self.index_at(y - self.above)
        if not selection.line <= index <= selection.last or index >= len(self._known):
            return strip
        line = self._known[index]
        start, end = selection.on(index, line)
        if start >= end:
            return strip
        first, last = self.before + cells_before(line, start), self.before + cells_before(line, end)
        bar = y - self.above in self._thumb
        other = self.strip(self.framed(index, self.marked(index), bar=bar), "selected", fitting=True)
        return Strip.join([strip.crop(0, first), other.crop(first, last), strip.crop(last, strip.cell_length)])

    def select(self, selection: Selection | None, *, tell: bool = False) -> None:
        """Select a part of the text; None selects nothing. tell: it is to be copied."""
        self._selected = selection.text(self.met()) if selection is not None else ""
        self._show_selected(selection if self._selected else None)
        if tell:
            self._tell_selected()

    def _show_selected(self, selection: Selection | None) -> None:
        if selection != self.selection:
            self.selection = selection
            self.refresh()

    def unselect(self) -> bool:
        """Drop what is selected; whether anything was."""
        had = self.selection is not None
        self.select(None)
        return had

    @property
    def selected(self) -> str:
        """What is selected, as it is copied; "" for nothing."""
        self.met()
        return self._selected

    @property
    def paragraph(self) -> str:
        """The paragraph on top, or the first below, as it is copied."""
        lines = self.lines
        found = (paragraph_at(lines, index) for index in range(self.index_at(0), len(lines)))
        first = next((selection for selection in found if selection is not None), None)
        return first.text(lines) if first is not None else ""

    def _spot(self, x: int, y: int) -> Spot:
        row = max(0, min(y - self.above, self.height - 1))
        return spot_at(self.lines, self.index_at(row), x - self.before)

    # The mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A selection may begin, and the one there was ends; where else the mouse goes down the app ends it."""
        event.stop()
        self._dragged = False
        if event.button == 1 and self.selects and event.y >= self.above:
            self.select(None)
            self._pressed = self._spot(event.x, event.y)
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select up to where the mouse is; beyond the edge the text is scrolled on."""
        if self._pressed is None:
            return
        if not event.button:
            self._release()  # the mouse was let go where nobody heard of it
            return
        spot = self._spot(event.x, event.y)
        if spot == self._pressed and not self._dragged:
            return
        self._dragged = True
        # What it says is looked at when the mouse is let go: that takes long in a long text.
        self._show_selected(between(self._pressed, spot))
        beyond = event.y - self.above
        self._pull_by(beyond if beyond < 0 else max(0, beyond - self.height + 1), event.x)

    def _pull_by(self, rows: int, x: int) -> None:
        """Scroll on for as long as the mouse is so many rows beyond the edge, in a column; 0 ends it."""
        self._pull, self._column_pulled = rows, x
        if rows and self._puller is None:
            self._puller = self.set_interval(PULL_EVERY, self._pull_on)
        elif not rows and self._puller is not None:
            self._puller.stop()
            self._puller = None

    def _pull_on(self) -> None:
        if self._pressed is None or not self._pull:
            return
        if self.app.screen is not self.screen:
            self._release()  # whatever was put over it has the mouse now
            return
        step = 1 + abs(self._pull) // 3
        self.scroll_lines(step if self._pull > 0 else -step)
        edge = self.height - 1 if self._pull > 0 else 0
        self._show_selected(between(self._pressed, self._spot(self._column_pulled, self.above + edge)))

    def _release(self, *, tell: bool = False) -> None:
        if self._pressed is not None:
            self._pressed = None
            self._pull_by(0, 0)
            self.release_mouse()
            self.select(self.selection, tell=tell)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """What was selected is copied: the terminal, which the mouse was taken from, has nothing to copy."""
        del event
        self._release(tell=True)

    def _tell_selected(self) -> None:
        if self._selected:
            self.post_message(self.Selected(self._selected))

    def on_click(self, event: events.Click) -> None:
        """Tell what was clicked; twice selects a word, three times the paragraph."""
        if self._dragged:
            return
        if not self.has_focus:
            self.screen.set_focus(self, scroll_visible=False)
        if event.y < self.above:
            return
        spot = self._spot(event.x, event.y)
        if event.chain == 1 or self._clicked is None:
            self._clicked = spot
            self._tell_clicked(spot)
        elif self.selects:
            # Where the first of the clicks was: since then the focus may have moved the text under the mouse.
            line = self._clicked.line
            found = word_at(self.lines, self._clicked) if event.chain == 2 else paragraph_at(self.lines, line)
            self.select(found, tell=True)

    def _tell_clicked(self, spot: Spot) -> None:
        if spot.start >= spot.end:
            return
        at = 0
        for span in self.lines[spot.line]:
            at += len(span[0])
            if spot.start < at:
                self.post_message(self.Clicked(span, spot.line, spot.start))
                return
