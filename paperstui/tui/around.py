"""What is done with the screen as a whole: the screens over it, its colours, drawing it anew, going back to the shell."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from textual.screen import Screen

from paperstui.actions import Action
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
