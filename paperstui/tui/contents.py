"""The outline of a full text, in its place: all sections, the one that is read marked, one of them to go to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperstui.draw.document import outline_lines

if TYPE_CHECKING:
    from paperstui.tui.screens.fulltext import FullTextScreen

_STEPS = {
    "j": 1, "down": 1, "k": -1, "up": -1, "space": 10, "pagedown": 10, "pageup": -10, "G": 10_000, "end": 10_000, "home": -10_000,
}  # fmt: skip
"""Sections that a key moves by."""

_CLOSING = {"enter": True, "l": True, "t": False, "q": False, "escape": False}
"""Keys that close the outline: whether they go to the chosen section."""

_CLASS = "-outline"


class Contents:
    """Shows the outline and takes its keys."""

    def __init__(self, screen: FullTextScreen) -> None:
        self._screen = screen
        self._chosen = 0

    @property
    def shown(self) -> bool:
        """Whether it is shown in place of the text."""
        return self._screen.has_class(_CLASS)

    def open(self) -> None:
        """Show it, with the section that is read as the chosen one."""
        view = self._screen.view
        self._chosen = max(0, view.flow.section_at(view.top + 1))
        self._screen.add_class(_CLASS)
        self._show()

    def take_key(self, name: str) -> None:
        """Choose, go there, or go back to the text; other keys mean nothing here."""
        if name in _STEPS:
            last = len(self._screen.view.flow.sections) - 1
            self._chosen = max(0, min(self._chosen + _STEPS[name], last))
            self._show()
        elif name in _CLOSING:
            self._close(go=_CLOSING[name])
        elif name in ("ctrl+c", "Q"):
            self._screen.app.exit()

    def _show(self) -> None:
        view, pane = self._screen.view, self._screen.outline
        current = view.flow.section_at(view.top + 1)
        pane.show(lambda cells: outline_lines(view.flow.sections, current, self._chosen, cells), keep=True)
        if not pane.top <= self._chosen < pane.top + pane.height:
            pane.scroll_to_line(self._chosen - pane.height // 2)

    def _close(self, *, go: bool) -> None:
        view = self._screen.view
        self._screen.remove_class(_CLASS)
        view.focus()
        if go and view.flow.sections:
            self._screen.leave()
            view.scroll_to(view.flow.sections[self._chosen].line)
