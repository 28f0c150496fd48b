"""Going in and out: into the paper and back, from pane to pane, and out of paperstui."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from paperstui.actions import Context
    from paperstui.tui.screens.reader import ReaderScreen


class Ways:
    """Does the actions that move the focus."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen

    def do_open(self) -> None:
        if self.screen.papers.rowid is None:
            return
        self.screen.add_class("-reading")
        self.screen.set_focus(self.screen.pane)
        if self.screen.settings.read_on_open:
            self.screen.deeds.mark_opened()

    def do_close(self) -> None:
        self.screen.remove_class("-reading")
        self.screen.set_focus(self.screen.papers)

    def do_back(self) -> None:
        """One level out: from the paper to the list, from a filtered list to the whole one, from there out."""
        if self.screen.last_key == "escape" and self.screen.pane.unselect():
            return
        if self.screen.changes.shown:
            self.screen.changes.leave()
        elif self.screen.context == "detail":
            self.do_close()
        elif self.screen.more.back():
            return
        elif self.screen.search.led_here:
            self.screen.search.leave()
        elif self.screen.last_key != "escape" and not self.screen.search.shown and self.screen.more.back_from_view():
            return
        elif self.screen.shelf.text:
            self.screen.filter_bar.do_filter_clear()
        elif self.screen.search.shown:
            self.screen.search.leave()
        elif self.screen.last_key != "escape":
            self.do_quit()

    def do_quit(self) -> None:
        self.screen.app.exit()

    def do_next_pane(self) -> None:
        self._turn(1)

    def do_previous_pane(self) -> None:
        self._turn(-1)

    def _turn(self, step: int) -> None:
        if self.screen.context == "filter":
            self.screen.filter_bar.finish()
        order: tuple[Context, ...] = ("list", "detail", "filter")
        after = order[(order.index(self.screen.context) + step) % len(order)]
        if after == "list":
            self.do_close()
        elif after == "detail":
            self.screen.add_class("-reading")
            self.screen.set_focus(self.screen.pane)
        else:
            self.screen.filter_bar.do_filter()
