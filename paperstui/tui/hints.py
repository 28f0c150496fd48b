"""The line of keys at the bottom, and the box that shows what can follow the first key of a chord."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperstui.actions import BY_ID, key_shown
from paperstui.draw import bars
from paperstui.draw.choices import key_lines
from paperstui.draw.lines import Line, fit, line_width
from paperstui.tui.keys import Pending

if TYPE_CHECKING:
    from paperstui.tui.screens.reader import ReaderScreen

CHOOSING = (
    ("complete", "take"),
    ("candidate_down", "choose"),
    ("filter_clear", "close"),
    ("look_online", "look online"),
    ("filter_done", "to the list"),
)
"""What the keys of the filter bar do while suggestions are shown."""

BOX_CELLS = 76
SPARED_LINES = 6
"""Lines of the screen that the box of keys never takes."""


class Hints:
    """Draws the hints for where the focus is, for a chord that was begun, and for suggestions."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self._pending: Pending | None = None
        self._idle: frozenset[str] = frozenset()

    def unknown(self, pending: Pending | None, key: str) -> None:
        """A key came that does not go on with the chord that was begun: say so, and what would."""
        if pending is not None:
            self.screen.say(bars.unknown_chord(pending.begun, key, pending.following))

    @property
    def pending(self) -> Pending | None:
        """The chord that was begun."""
        return self._pending

    def draw(self, cells: int) -> Line:
        """The line."""
        if self._pending is not None:
            if self.screen.overlay.shown:
                begun = (f" {key_shown(self._pending.begun)} … ", "accent-strong")
                return fit([begun, (" Esc", "accent"), (" cancel", "dim")], cells)
            return bars.chord_hints(self._pending.begun, self._pending.following, cells)
        suggester = self.screen.filter_bar.suggesting
        if suggester is not None:
            idle = {"complete": not suggester.takeable, "candidate_down": not suggester.walkable}
            live = [(key_shown(BY_ID[name].keys[0]), does) for name, does in CHOOSING if not idle.get(name)]
            return bars.hints(live, cells)
        return bars.hints([bars.hint(name) for name in self._hinted()], cells)

    def _hinted(self) -> list[str]:
        self._idle = self._now_idle()
        ordered = self.screen.shelf.place.view == "queue"
        return bars.hinted(self.screen.context, without=self._idle, ordered=ordered)

    def clicked(self, line: Line, x: int) -> None:
        """Do what the hint under a column of the line names; elsewhere, help."""
        shown, pending = bars.hint_at(line, x), self._pending
        if pending is not None:
            offered = {key_shown(key): action.id for key, action in pending.following} | {key_shown("escape"): ""}
        elif self.screen.filter_bar.suggesting is not None:
            offered = {key_shown(BY_ID[name].keys[0]): name for name, _ in CHOOSING}
        else:
            offered = {bars.hint(name)[0]: name for name in self._hinted()}
        name = offered.get(shown, "help")
        self.screen.keys.forget()
        self.screen.last_key = ""
        if name in bars.CHORDS:
            found = self.screen.keys.press(bars.CHORDS[name][0], self.screen.context)
            self.follow(found if isinstance(found, Pending) else None)
            return
        self.follow(None)
        if name:
            self.screen.perform(BY_ID[name])

    def _now_idle(self) -> frozenset[str]:
        """The actions that have nothing to do where the reader is."""
        screen = self.screen
        place = screen.shelf.place
        idle = bars.idle(screen.papers.paper, periods=bool(place.feed) or place.view == "queue")
        return idle if screen.filter_bar.recall.any else idle | {"candidate_up"}

    def look(self) -> None:
        """The place or the paper may be another one: the line is drawn again if other keys have something to do there."""
        if self._now_idle() != self._idle:
            self.screen.hint_bar.again()

    def lay_out(self) -> None:
        """The screen has another size."""
        self.follow(self._pending)

    def follow(self, pending: Pending | None) -> None:
        """A chord was begun, went on, or ended."""
        before, self._pending = self._pending, pending
        if before is None and pending is None:
            return
        if before is not None:
            self.screen.overlay.away()
        if pending is not None and not self._fits(pending):
            self._put(pending)
        self.screen.hint_bar.again()

    def _fits(self, pending: Pending) -> bool:
        whole = bars.chord_hints(pending.begun, pending.following, 10_000)
        return line_width(whole[:-1]) <= self.screen.size.width

    def _put(self, pending: Pending) -> None:
        screen = self.screen
        cells = min(BOX_CELLS, screen.size.width)
        now = screen.sorting.now
        titles = [bars.hint_of(action) for _, action in pending.following]
        common = _common(titles)
        keys = [
            (key_shown(key), title.removeprefix(common), action.id == now)
            for (key, action), title in zip(pending.following, titles, strict=True)
        ]
        heading = f"{key_shown(pending.begun)} …  {common.strip()}".rstrip()
        screen.overlay.put(key_lines(heading, keys, cells, screen.size.height - SPARED_LINES), x=0, cells=cells)


def _common(titles: list[str]) -> str:
    """The whole words that most names begin with, but for the last word of any; with a space behind them."""
    best = ""
    for title in titles:
        words = title.split(" ")
        for count in range(1, len(words)):
            start = " ".join(words[:count]) + " "
            if len(start) > len(best) and sum(other.startswith(start) for other in titles) * 3 >= len(titles) * 2:
                best = start
    return best
