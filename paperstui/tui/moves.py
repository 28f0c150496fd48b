"""Moving about in the list and in the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from paperstui.tui.screens.reader import ReaderScreen


class Moves:
    """The actions that move the cursor or scroll the paper."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen

    def do_down(self) -> None:
        self.screen.papers.move(1)

    def do_up(self) -> None:
        self.screen.papers.move(-1)

    def do_top(self) -> None:
        self.screen.papers.move_to(0)

    def do_bottom(self) -> None:
        self.screen.papers.move_to(len(self.screen.papers.ids) - 1)

    def do_half_down(self) -> None:
        self.screen.papers.page(0.5)

    def do_half_up(self) -> None:
        self.screen.papers.page(-0.5)

    def do_page_down(self) -> None:
        self.screen.papers.page(1)

    def do_page_up(self) -> None:
        self.screen.papers.page(-1)

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
        self.screen.papers.move(1)

    def do_previous_paper(self) -> None:
        self.screen.papers.move(-1)
