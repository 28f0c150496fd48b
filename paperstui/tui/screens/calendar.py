"""The date picker: a line to type into and a month calendar, drawn line by line. Enter goes there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, getters
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.strip import Strip

from paperstui import clock
from paperstui.draw import dates
from paperstui.draw.calendar import Calendar, box_lines, days_shown, size, target_at
from paperstui.draw.lines import Line
from paperstui.periods import MONTH, beside, containing, days_of
from paperstui.query.moment import moment
from paperstui.tui.keys import key_name
from paperstui.tui.widgets.canvas import Canvas

if TYPE_CHECKING:
    from paperstui.models import Period
    from paperstui.tui.screens.reader import ReaderScreen

STEPS = {"left": -1, "right": 1, "up": -7, "down": 7, "ctrl+p": -7, "ctrl+n": 7, "ctrl+b": -1, "ctrl+f": 1}
MONTHS = {"pageup": -1, "pagedown": 1, "[": -1, "]": 1}


class CalendarBox(Canvas):
    """Shows the lines of the box."""

    GROUND: ClassVar[str] = "bar"

    def __init__(self, write: Callable[[int, int], list[Line]]) -> None:
        super().__init__(id="calendar")
        self._write = write
        self._lines: list[Line] | None = None

    def again(self) -> None:
        """What the lines tell has changed."""
        self._lines = None
        self.refresh()

    def forget(self) -> None:
        """Drop what was drawn."""
        super().forget()
        self._lines = None

    def line_at(self, y: int) -> Strip:
        """One line."""
        if self._lines is None:
            self._lines = self._write(self.drawn_size.width, self.drawn_size.height)
        return self.strip(self._lines[y]) if y < len(self._lines) else self.blank()


class CalendarScreen(ModalScreen[str | None]):
    """Gives the period that was chosen: "2026-06-04", "2026-W23" or "2026-06"; None when there is none.

    begin: the day that is chosen at first.
    """

    DEFAULT_CSS: ClassVar[str] = """
    CalendarScreen { align: center middle; background: $background 60%; }
    CalendarScreen #calendar { width: 1; height: 1; }
    """

    box = getters.query_one(CalendarBox)

    def __init__(self, reader: ReaderScreen, begin: date) -> None:
        super().__init__()
        self._reader = reader
        self._known: dict[str, Mapping[str, Period]] = {}
        self._calendar = Calendar(begin, clock.today())
        self._before = begin

    def compose(self) -> ComposeResult:
        """One widget, whatever the month."""
        yield CalendarBox(self._lines)

    def on_mount(self) -> None:
        """Read the month."""
        self._lay_out(self.app.size.width, self.app.size.height)
        self._look()

    def on_resize(self, event: events.Resize) -> None:
        """Take the size there is."""
        self._lay_out(event.size.width, event.size.height)

    def _lay_out(self, columns: int, rows: int) -> None:
        self.box.styles.width, self.box.styles.height = size(columns, rows)

    def _lines(self, columns: int, rows: int) -> list[Line]:
        return box_lines(self._calendar, columns, rows)

    @property
    def _month(self) -> str:
        return containing(MONTH, self._calendar.chosen)

    def _change(self, **changes: object) -> None:
        self._calendar = self._calendar._replace(**changes)  # type: ignore[arg-type]
        self._look()

    def _look(self) -> None:
        """Show what is known of the month, and read what is not."""
        month = self._month
        self._calendar = self._calendar._replace(known=self._known.get(month))
        if month not in self._known:
            self._reader.work(partial(self._read, month), group="calendar", exclusive=True)
        self.box.again()

    async def _read(self, month: str) -> None:
        first, last = days_shown(self._calendar.chosen)
        self._known[month] = await self._reader.background.read(self._reader.desk.days, first, last)
        if self.is_attached and month == self._month:
            self._look()

    # Keys

    def take_key(self, event: events.Key) -> bool:
        """Move, type, go or leave."""
        name = key_name(event.key, event.character)
        if name in ("escape", "ctrl+c"):
            self.dismiss(None)
        elif name == "enter":
            self._go()
        elif name in STEPS:
            self._move_to(self._calendar.chosen, STEPS[name])
        elif name in MONTHS:
            self._turn(MONTHS[name])
        elif name in ("home", "end"):
            days = days_shown(self._calendar.chosen)
            self._choose(days[0] if name == "home" else days[1])
        else:
            self._type(name)
        return True

    def _go(self) -> None:
        if not self._calendar.text.strip():
            self.dismiss(self._calendar.chosen.isoformat())
            return
        meant = moment(self._calendar.text, self._calendar.today)
        if meant.problem:
            self._change(answer=(meant.problem, "error"))
        else:
            self.dismiss(meant.period)

    def _move_to(self, day: date, days: int) -> None:
        try:
            self._choose(day + timedelta(days=days))
        except OverflowError:
            return

    def _choose(self, day: date) -> None:
        """Choose a day of the calendar, which is what Enter goes to then."""
        day = max(clock.ARCHIVE_START, min(day, self._calendar.today))
        self._change(chosen=day, text="", answer=("", "faint"))

    def _turn(self, months: int) -> None:
        days = days_of(beside(self._month, months) or "")
        if days is not None:
            self._choose(min(days[1], days[0] + timedelta(days=self._calendar.chosen.day - 1)))

    def _type(self, name: str) -> None:
        text = self._calendar.text
        if name == "backspace":
            text = text[:-1]
        elif name in ("ctrl+u", "ctrl+w"):
            text = ""
        elif name == "space" or len(name) == 1:
            text = (text + (" " if name == "space" else name))[:40]
        else:
            return
        if not self._calendar.text:
            self._before = self._calendar.chosen
        if not text:
            self._change(text="", chosen=self._before, answer=("", "faint"))
            return
        meant = moment(text, self._calendar.today)
        days = days_of(meant.period)
        if days is None:
            self._change(text=text, answer=("", "faint"))
            return
        # The calendar follows what is typed.
        chosen = max(clock.ARCHIVE_START, min(days[0], self._calendar.today))
        self._change(text=text, chosen=chosen, answer=(f"→ {dates.period(meant.period)}", "accent"))

    # The mouse

    def on_click(self, event: events.Click) -> None:
        """A day, a week, the month or an arrow was clicked; a click beside the box leaves."""
        widget, region = self.get_widget_at(event.screen_x, event.screen_y)
        if widget is not self.box:
            self.dismiss(None)
            return
        x, y = event.screen_x - region.x, event.screen_y - region.y
        target = target_at(self._calendar, region.width, region.height, x, y)
        if target in ("<", ">"):
            self._turn(-1 if target == "<" else 1)
        elif target is not None:
            meant = moment(target, self._calendar.today)
            if meant.problem:
                self._change(answer=(meant.problem, "error"))
            else:
                self.dismiss(target)
