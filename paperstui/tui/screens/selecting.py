"""A text to select with the mouse, for where nothing else brings it to the clipboard."""

from __future__ import annotations

from typing import ClassVar

from paperstui.draw.lines import Line
from paperstui.text.clean import clean, clean_line
from paperstui.text.width import wrap
from paperstui.tui.screens.pane_screen import PaneScreen

LONGEST = 1_000_000
"""Characters that are shown of a text."""


class SelectScreen(PaneScreen):
    """The lines of a text from the first column on, with nothing beside them that would be selected, too."""

    CLOSING: ClassVar[tuple[str, ...]] = ("q", "escape", "enter")

    def __init__(self, what: str, text: str, why: str = "") -> None:
        """what: "the link". why: what kept it from the clipboard."""
        super().__init__()
        self._what = f"{what[:1].upper()}{what[1:]}"
        self._text = clean(text, LONGEST)
        self._why = clean_line(why, 200)

    def title_line(self, cells: int) -> Line:
        """What it is, and why it is shown."""
        del cells
        return [(f" {self._what} to select", "accent-strong"), (f"  {self._why}" if self._why else "", "dim")]

    def hints(self, cells: int) -> tuple[tuple[str, str], ...]:
        """The terminal selects: paperstui cannot bring it to the clipboard."""
        mouse = "hold Shift (⌥ in iTerm) and drag" if cells >= 60 else "Shift and drag"
        return (("mouse", mouse), ("j/k", "scroll"), ("q", "close"))

    def fill(self) -> None:
        """The text."""
        self.pane.selects = False
        self.pane.show(lambda cells: [[(line, "text")] for line in wrap(self._text, cells)])
