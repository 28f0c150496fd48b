"""The Textual app: themes, the wall against control characters, signals, and leaving cleanly."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

from rich.console import RenderableType
from textual import events
from textual.app import App
from textual.binding import BindingType
from textual.css.query import NoMatches
from textual.driver import Driver
from textual.filter import LineFilter
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.widget import Widget

from paperstui.config import Settings
from paperstui.text import mathematics
from paperstui.tui.background import Background, ImpatientExecutor
from paperstui.tui.screens.reader import ReaderScreen
from paperstui.tui.theme import OWN, Inks, fallback_variables, has_few_colours
from paperstui.tui.wall import Wall
from paperstui.tui.widgets.text_view import TextView

if TYPE_CHECKING:
    from paperstui.tui.first_frame import Shown
    from paperstui.usecases import Desk

SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)


def _driver() -> type[Driver] | None:
    if os.name != "posix":
        return None
    from paperstui.tui.successor import Successor

    return Successor


@runtime_checkable
class TakesKeys(Protocol):
    """A screen that does something with keys before any widget of it does."""

    def take_key(self, event: events.Key) -> bool:
        """Whether the key was the screen's."""


class PaperstuiApp(App[None]):
    """The reader. Keys are not Textual bindings: they come from the table of actions (`paperstui.actions`)."""

    TITLE = "paperstui"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []
    CSS = """
    Screen { background: $background; color: $foreground; }
    Toast { background: $panel; }
    """

    def __init__(
        self, desk: Desk, settings: Settings, *, banner: str = "", query: str = "", shown: Shown | None = None
    ) -> None:
        """Build the app.

        Args:
            desk: the use cases.
            settings: the user's settings.
            banner: a word that stands in the header, such as "demonstration".
            query: what the filter bar begins with.
            shown: the frame that is on the terminal already.
        """
        super().__init__(driver_class=_driver(), ansi_color=True if os.environ.get("NO_COLOR") else None)
        mathematics.use(settings.math)
        self.shown = shown
        self.opening = shown.opening if shown is not None else None
        self.desk = desk
        self.settings = settings
        self.banner = banner
        self.query_text = query
        self.background = Background()
        self.fault: BaseException | None = None
        self.failure: Exception | None = None
        self.filled = asyncio.Event()
        self._typed: deque[events.Key] = deque()
        self._typist: asyncio.Task[None] | None = None
        self._wall = Wall()
        self.inks = Inks({})
        for theme in OWN:
            self.register_theme(theme)
        if settings.theme in self.available_themes:
            self.theme = settings.theme
        else:
            self.theme = OWN[0].name
            self.desk.notices.append(f"there is no theme {settings.theme!r}: the dark one is used")

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """What our widgets need of a theme that is not ours."""
        return fallback_variables(self.current_theme)

    def get_css_variables(self) -> dict[str, str]:
        """The theme's variables; the inks follow them."""
        variables = super().get_css_variables()
        self.inks = Inks(variables, reverse=has_few_colours(self))
        return variables

    def get_line_filters(self) -> list[LineFilter]:
        """Textual's filters, and behind them the wall."""
        return [*super().get_line_filters(), self._wall]

    def get_default_screen(self) -> Screen[None]:
        """The one screen there is at the start."""
        return ReaderScreen(
            self.desk, self.settings, self.background, banner=self.banner, query=self.query_text, opening=self.opening
        )

    def post_display_hook(self) -> None:
        """A frame is on the terminal: what the terminal paints by itself goes over it."""
        if self._screen_stack and isinstance(self.screen, ReaderScreen):
            self.screen.pictures.after_frame()

    def settle_down(self) -> None:
        """The first screen is painted: from now on garbage is looked for again, among what is made from now on."""
        if not gc.isenabled():
            gc.freeze()
            gc.enable()

    def on_mount(self) -> None:
        """Leave cleanly on a signal, whatever is under way."""
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ImpatientExecutor(4, "loop"))
        for number in SIGNALS:
            try:
                loop.add_signal_handler(number, self.leave_on, number)
            except (ValueError, NotImplementedError, RuntimeError):
                return  # not the main thread (a test, a server): signals are not ours there

    async def on_event(self, event: events.Event) -> None:
        """Keys come one after the other: each finds the screen that the one before it made."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            self._typed.append(event)
            if not self.typing:
                self._typist = asyncio.create_task(self._take_keys())
        else:
            await super().on_event(event)

    @property
    def typing(self) -> bool:
        """Whether keys are still being carried out."""
        return self._typist is not None and not self._typist.done()

    async def typed_out(self) -> None:
        """Wait until all keys so far are carried out."""
        while self._typist is not None and not self._typist.done():
            await asyncio.wait({self._typist})

    def give_up(self, failure: Exception) -> None:
        """Leave, since there is nothing to show papers of; whoever started the app tells why."""
        self.failure = failure
        self.exit(return_code=1)

    async def _take_keys(self) -> None:
        try:
            await self.filled.wait()
            while self._typed and not self._exit:
                event = self._typed.popleft()
                screen = self.screen
                if isinstance(screen, TakesKeys) and screen.take_key(event):
                    await self.reader.settled()
                else:
                    await super().on_event(event)
                    await self._taken_by(self.focused)
        except Exception as error:  # noqa: BLE001 - as for any other handler of Textual's
            self._handle_exception(error)

    async def _taken_by(self, widget: Widget | None) -> None:
        """Wait until a field has had the keys it was given."""
        if widget is not None:
            done = asyncio.Event()
            widget.call_later(done.set)
            with suppress(TimeoutError):
                await asyncio.wait_for(done.wait(), 1)

    def on_mouse_down(self) -> None:
        """The mouse went down somewhere else than in a text: nothing is selected any more."""
        for view in self.screen.query(TextView):
            view.unselect()

    def _on_text_view_selected(self, event: TextView.Selected) -> None:
        self.reader.outward.copy_selected(event.text)

    @property
    def reader(self) -> ReaderScreen:
        """The screen below all others."""
        return next(screen for screen in self.screen_stack if isinstance(screen, ReaderScreen))

    async def on_unmount(self) -> None:
        """Close the connections, without waiting for a peer that does not answer."""
        with suppress(TimeoutError):
            async with asyncio.timeout(0.5):
                await self.desk.disconnect()

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """Leave. What the terminal was given of pictures is taken back while the screen is still ours."""
        self._put_pictures_away()
        super().exit(result, return_code, message)

    def _put_pictures_away(self) -> None:
        for screen in self.screen_stack if self._screen_stack else ():
            if isinstance(screen, ReaderScreen):
                screen.pictures.end()

    def leave_on(self, number: signal.Signals) -> None:
        """Leave as after a signal."""
        self.exit(return_code=128 + number)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """A toast. Its text is text, whatever is asked: Textual would read a plain string as markup."""
        del markup
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=False)

    def _handle_exception(self, error: Exception) -> None:
        """A fault in paperstui: keep it for the report and leave. Textual's own report would show local variables."""
        if self._exit and isinstance(error, NoMatches):
            return  # a screen that was being put up when it was time to leave has lost its parts
        self._return_code = 70
        self.fault = self.fault or error
        self._put_pictures_away()
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()

    def switch_light(self) -> None:
        """Go to our light theme from a dark one, and back."""
        self.theme = "paperstui-light" if self.current_theme.dark else "paperstui-dark"
