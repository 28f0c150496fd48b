"""The base of our widgets: one that draws its own lines, and keeps them drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Self, cast

from rich.segment import Segment
from textual import events
from textual.color import BLACK
from textual.filter import LineFilter
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from paperstui.draw.lines import Line, fit

if TYPE_CHECKING:
    from paperstui.tui.app import PaperstuiApp


class Canvas(Widget):
    """Draws `line_at(y)` for each visible line.

    It goes past Textual's styles cache on purpose: drawing the same `Strip` objects again is what makes a key cheap.
    So it does not know borders, padding or opacity; a subclass draws all of its cells. `paintings` counts how often it
    was asked for any of them.
    """

    ALLOW_SELECT = False

    GROUND: ClassVar[str] = "list"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._blank: dict[tuple[int, str], Strip] = {}
        self.drawn_size = Size(0, 0)
        self._filters: Sequence[LineFilter] | None = None
        self._background = BLACK
        self.paintings = 0

    def line_at(self, y: int) -> Strip:
        """The strip of one visible line, exactly as wide as the widget. `drawn_size` is its size."""
        raise NotImplementedError

    def forget(self) -> None:
        """Drop what was kept drawn: the size, the theme or the content is another."""
        self._blank.clear()
        self._filters = None

    def resized(self) -> None:
        """The size is not the one that was drawn for last."""
        self.forget()

    def strip(self, line: Line, ground: str | None = None, *, fitting: bool = False) -> Strip:
        """A line in the theme's colours, filled to the width, through the app's line filters.

        The filters (monochrome, and the wall against control characters) see it once, when it is drawn.
        fitting: it is exactly as wide as the widget already.
        """
        ground = ground or self.GROUND
        width = self.drawn_size.width
        style = cast("PaperstuiApp", self.app).inks.style
        if self._filters is None:
            # Both take Textual a while to find, and change no more often than what is drawn is forgotten.
            self._filters = self.get_line_filters()
            self._background = self.background_colors[1]
        segments = [Segment(text, style(ink, ground)) for text, ink in (line if fitting else fit(line, width)) if text]
        for line_filter in self._filters:
            segments = line_filter.apply(segments, self._background)
        return Strip(segments, width)

    def blank(self, ground: str | None = None) -> Strip:
        """An empty line."""
        key = (self.drawn_size.width, ground or self.GROUND)
        if key not in self._blank:
            self._blank[key] = self.strip([], key[1])
        return self._blank[key]

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a region."""
        self.paintings += 1
        size = self.size
        if size != self.drawn_size:
            # The event that tells of another size comes after the first painting in it.
            self.drawn_size = size
            self.resized()
        height, width = size.height, size.width
        strips = [self.line_at(y) if y < height else self.blank() for y in range(crop.y, crop.bottom)]
        if crop.x == 0 and crop.width == width:
            return strips
        return [strip.crop(crop.x, crop.right) for strip in strips]

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        """Take another size; since nothing here scrolls by Textual's doing, nothing has to be laid out anew for it."""
        del layout
        return super()._size_updated(size, virtual_size, container_size, layout=False)

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Paint again what is painted; before the first painting there is nothing to repeat."""
        if layout or recompose or self.drawn_size:
            super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        return self

    def turn_wheel(self, direction: int) -> None:
        """The mouse wheel was turned down (1) or up (-1) over the widget; one that scrolls says what that means."""
        del direction

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel scrolls what is under the mouse."""
        event.stop()
        self.turn_wheel(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel scrolls what is under the mouse."""
        event.stop()
        self.turn_wheel(-1)

    def on_focus(self) -> None:
        """What shows the focus brightens."""
        self.refresh()

    def on_blur(self) -> None:
        """What shows the focus dims."""
        self.refresh()

    def notify_style_update(self) -> None:
        """The theme changed: everything is drawn anew."""
        self.forget()
        super().notify_style_update()
        self.refresh()
