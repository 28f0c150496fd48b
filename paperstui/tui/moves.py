"""Moving about in the list and in the paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from paperstui.tui.screens.reader import ReaderScreen


class Moves:
    """The actions that move the cursor or scroll the paper."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen

    def do_down(self) -> None:
        self._move(1)

    def do_up(self) -> None:
        self._move(-1)

    def do_top(self) -> None:
        self.screen.papers.move_to(0)

    def do_bottom(self) -> None:
        self.screen.shelf.selecting.when_whole(lambda: self.screen.papers.move_to(len(self.screen.papers.ids) - 1))

    def do_half_down(self) -> None:
        self._page(0.5)

    def do_half_up(self) -> None:
        self._page(-0.5)

    def do_page_down(self) -> None:
        self._page(1)

    def do_page_up(self) -> None:
        self._page(-1)

    def _move(self, papers: int) -> None:
        self._reach(papers, lambda: self.screen.papers.move(papers))

    def _page(self, pages: float) -> None:
        self._reach(int(pages * self.screen.papers.whole), lambda: self.screen.papers.page(pages))

    def _reach(self, papers: int, move: Callable[[], None]) -> None:
        """Move down so many papers: at once if those on the screen afterwards are there, else when all are."""
        paper_list = self.screen.papers
        if paper_list.cursor + papers + paper_list.shown_rows > len(paper_list.ids):
            self.screen.shelf.selecting.when_whole(move)
        else:
            move()

    def do_detail_down(self) -> None:
        self.screen.pane.scroll_lines(max(1, self.screen.pane.height // 2))

    def do_detail_up(self) -> None:
        self.screen.pane.scroll_lines(-max(1, self.screen.pane.height // 2))

    def do_scroll_down(self) -> None:
        self.screen.pane.scroll_lines(1)

    def do_scroll_up(self) -> None:
        self.screen.pane.scroll_lines(-1)

    def do_scroll_page_down(self) -> None:
        self.screen.pane.scroll_lines(max(1, self.screen.pane.height - 2))

    def do_scroll_page_up(self) -> None:
        self.screen.pane.scroll_lines(-max(1, self.screen.pane.height - 2))

    def do_scroll_half_down(self) -> None:
        self.do_detail_down()

    def do_scroll_half_up(self) -> None:
        self.do_detail_up()

    def do_scroll_top(self) -> None:
        self.screen.pane.scroll_to_line(0)

    def do_scroll_bottom(self) -> None:
        self.screen.pane.scroll_to_line(self.screen.pane.last_top)

    def do_next_paper(self) -> None:
        self._move(1)

    def do_previous_paper(self) -> None:
        self._move(-1)
