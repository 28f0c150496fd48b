"""What is done with the screen as a whole: the screens over it, its colours, drawing it anew, going back to the shell."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from textual.app import SuspendNotSupported
from textual.screen import Screen

from paperstui.actions import Action
from paperstui.errors import PaperstuiError
from paperstui.tui.widgets.canvas import Canvas

if TYPE_CHECKING:
    from paperstui.tui.app import PaperstuiApp
    from paperstui.tui.screens.reader import ReaderScreen


class Around:
    """Does the actions that are about no paper and no list."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen

    def do_redraw(self) -> None:
        for canvas in self.screen.query(Canvas):
            canvas.forget()
        self.screen.pictures.again()
        self.screen.refresh(repaint=True, layout=True)

    def do_suspend(self) -> None:
        self.screen.app.action_suspend_process()

    def hand_over(self, use: Callable[[], None]) -> None:
        """Give the terminal to another program, which `use` runs, until it ends.

        Raises:
            PaperstuiError: that raised it, or the terminal cannot be given away.
        """
        failed: PaperstuiError | None = None
        try:
            with self.screen.app.suspend():
                # What is raised in here would leave the screen as the program left it.
                try:
                    use()
                except PaperstuiError as error:
                    failed = error
        except SuspendNotSupported:
            raise PaperstuiError("this terminal cannot be given to another program") from None
        if failed is not None:
            raise failed

    def do_theme(self) -> None:
        cast("PaperstuiApp", self.screen.app).switch_light()

    def do_help(self) -> None:
        from paperstui.tui.screens.help import HelpScreen

        self.show(HelpScreen(query=self.screen.context == "filter"))

    def do_palette(self) -> None:
        from paperstui.tui.screens.palette import PaletteScreen

        self.show(PaletteScreen(), self._palette_chose)

    def show(self, screen: Screen[Any], chosen: Callable[[Any], None] | None = None) -> None:
        """Put a screen over the reader's. chosen: told what it was left with."""

        async def push() -> None:
            await self.screen.app.push_screen(screen, chosen)

        self.screen.work(push, group="push", hold=True)

    def _palette_chose(self, action: Action | None) -> None:
        if action is not None:
            self.screen.perform(action)
