"""Moving in a full text: by lines, pages and sections, and back to where one was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperstui.documents.flow import Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from paperstui.tui.screens.fulltext import FullTextScreen
    from paperstui.tui.widgets.document_view import DocumentView

MOST_BACK = 100
"""Places that one can go back to."""


class TextMoves:
    """Scrolls, and keeps the places that were left."""

    def __init__(self, screen: FullTextScreen) -> None:
        self._screen = screen
        self._back: list[Place] = []
        self._forward: list[Place] = []
        self._pointed = (-1, -1)  # with which line on top a section was pointed at, and its line

    @property
    def _view(self) -> DocumentView:
        return self._screen.view

    @property
    def any_back(self) -> bool:
        """Whether there is a place to go back to."""
        return bool(self._back)

    def leave(self, line: int | None = None) -> None:
        """The place that is left, or that of a line, can be come back to."""
        place = self._view.place if line is None else self._view.flow.place(line)
        self._back = [*self._back[-MOST_BACK:], place]
        self._forward.clear()

    def turn(self, moved: Callable[[Place], Place]) -> None:
        """The text is shown in another form, where the places are others."""
        self._back, self._forward = [*map(moved, self._back)], [*map(moved, self._forward)]

    def do_text_return(self) -> None:
        self._along(self._back, self._forward, "There is no place to go back to.")

    def do_text_forward(self) -> None:
        self._along(self._forward, self._back, "There is no place to go forward to.")

    def _along(self, source: list[Place], other: list[Place], none: str) -> None:
        if not source:
            self._screen.say(none)
            return
        other.append(self._view.place)
        self._view.go(source.pop())

    def _by(self, lines: int) -> None:
        self._view.scroll_to(self._view.top + lines)

    @property
    def _page(self) -> int:
        return max(1, self._view.height - 2)

    def do_text_down(self) -> None:
        self._by(1)

    def do_text_up(self) -> None:
        self._by(-1)

    def do_text_page_down(self) -> None:
        self._by(self._page)

    def do_text_page_up(self) -> None:
        self._by(-self._page)

    def do_text_half_down(self) -> None:
        self._by(self._view.height // 2)

    def do_text_half_up(self) -> None:
        self._by(-(self._view.height // 2))

    def do_text_top(self) -> None:
        self.leave()
        self._view.go(Place(0, 0))

    def do_text_bottom(self) -> None:
        self.leave()
        self._view.go(self._view.end)

    def do_text_next_section(self) -> None:
        here = self._section_line
        line = next((section.line for section in self._view.flow.sections if section.line > here), None)
        self._to_section(line, "This is the last section.")

    def do_text_previous_section(self) -> None:
        here = self._section_line
        line = next((section.line for section in reversed(self._view.flow.sections) if section.line < here), None)
        self._to_section(line, "This is the first section.")

    @property
    def _section_line(self) -> int:
        """The line from which the next section is counted: the top one, or that of a section that was pointed at."""
        top, line = self._pointed
        return line if top == self._view.top else self._view.top

    def _to_section(self, line: int | None, none: str) -> None:
        view = self._view
        if line is None:
            self._screen.say(none if view.whole else "The text is still being laid out.")
            return
        view.scroll_to(line)
        if view.top < line:  # so near the end that it cannot be on top
            view.point(line)
            self._pointed = (view.top, line)
