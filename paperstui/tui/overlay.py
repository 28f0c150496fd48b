"""The one box over the panes: made when it is first needed, used by whoever has something to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from paperstui.draw.lines import Line
from paperstui.tui.widgets.popup import Popup

if TYPE_CHECKING:
    from paperstui.tui.screens.reader import ReaderScreen


class Overlay:
    """Puts lines above the bottom bar and takes them away."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self.box: Popup | None = None

    @property
    def shown(self) -> bool:
        """Whether it is there."""
        return self.box is not None and self.box.display

    def put(self, lines: Sequence[Line], *, x: int, cells: int, chosen: int | None = None) -> None:
        """Show lines from a column on, further left where they would not fit. chosen: the one that stands out."""
        if not lines or cells < 1:
            self.away()
            return
        if self.box is None:
            self.box = Popup(id="popup")
            self.screen.mount(self.box)
        self.box.show(lines, x=max(0, min(x, self.screen.size.width - cells)), cells=cells, chosen=chosen)

    def away(self) -> None:
        """Take it away."""
        if self.box is not None:
            self.box.hide()
