"""The first frame: the screen as the reader will show it, painted straight from the library before Textual is imported.

Importing Textual takes ten times as long as this. What is painted here stays until Textual paints the same over it
(`paperstui.tui.successor`); keys that are typed meanwhile stay in the terminal until somebody reads them. Whatever makes
it doubtful that the two are the same leaves the ordinary way. Only what is needed for it is imported here, for every
module costs a part of the time it is there to save.
"""

from __future__ import annotations

import os
import sys
import termios
from datetime import date

from paperstui import clock
from paperstui.draw.frame import Opening, first_frame, rows_shown
from paperstui.draw.ink import OWN_THEMES, sequence
from paperstui.draw.layout import panes
from paperstui.library.glance import glance
from paperstui.text import mathematics

# What `signal` is made of: its names for the numbers cost as much as reading the library.
try:
    import _signal as signals  # type: ignore[import-not-found]
except ImportError:
    import signal as signals

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import Any

    from paperstui.config import Mode
    from paperstui.draw.frame import Piece
    from paperstui.library.glance import Glance

SMALLEST = (24, 8)
"""Columns and rows below which nothing is painted ahead."""

ALTERNATE_SCREEN = "\x1b[?1049h"

_BEGIN = "\x1b[?2026h" + ALTERNATE_SCREEN + "\x1b[?25l\x1b[?7l"
_END = "\x1b[0m\x1b[?2026l"
# All that we or Textual may have switched on by then.
_LEAVE = (
    b"\x1b[?2026l\x1b[?2004l\x1b[?2048l\x1b[?7h\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1004l\x1b[<u"
    b"\x1b[?1049l\x1b[?25h"
)
_ENDING = (signals.SIGTERM, signals.SIGHUP, signals.SIGINT, signals.SIGQUIT)

_ORDER = "most upvoted first"


class Shown:
    """A frame that is on the terminal, and how to give the terminal back.

    found: what it was painted from. day, today: of the list, and of the clock. modes: the terminal's before it.
    """

    def __init__(self, terminal: int, modes: list[Any], found: Glance, opening: Opening) -> None:
        self._terminal = terminal
        self._taken = False
        self.modes = modes
        self.found = found
        self.opening = opening

    def take_over(self) -> None:
        """Somebody else sees to the terminal from now on."""
        self._taken = True

    def give_back(self) -> None:
        """Leave the terminal as it was, unless that is not ours to do any more."""
        if not self._taken:
            self._taken = True
            self._restore()

    def _restore(self) -> None:
        try:
            # Keys typed at the frame are for the reader. Left where they are, the shell would run them.
            termios.tcsetattr(self._terminal, termios.TCSAFLUSH, self.modes)
            _write(self._terminal, _LEAVE)
        except (OSError, termios.error):
            return

    def end_on(self, number: int, _: FrameType | None) -> None:
        """A signal came before there is an app that could leave in order."""
        self._restore()
        os._exit(128 + number)


def show() -> Shown | None:
    """Paint the first frame, if there is one to paint and a terminal to paint it on."""
    try:
        terminal = _terminal()
        colours = _colours()
        if terminal is None or not colours:
            return None
        columns, rows = os.get_terminal_size(terminal)
        if columns < SMALLEST[0] or rows < SMALLEST[1]:
            return None
        data, settings = _places()
        name, arxiv, math = _settings(settings)
        mathematics.use(math)
        theme = OWN_THEMES.get(name)
        found = glance(data, rows_shown(panes(columns, rows)[0].height)) if theme else None
        if theme is None or found is None:
            return None
        opening = opening_of(found, arxiv=arxiv)
        frame = painted(first_frame(opening, columns, rows), theme, colours)
        return _on(terminal, frame.encode("utf-8"), found, opening)
    except Exception:  # noqa: BLE001 - whatever is wrong is told by the ordinary way, which meets it again
        return None


def opening_of(found: Glance, *, arxiv: bool = False) -> Opening:
    """What is drawn of a glance. arxiv: categories of arXiv are followed.

    Raises:
        ValueError: the newest period is no day.
    """
    today = clock.today()
    return Opening(
        day=date.fromisoformat(found.period),
        today=today,
        ids=found.ids,
        rows=found.rows,
        unread=found.unread,
        order=_ORDER,
        counts={
            "today": len(found.ids),
            **found.issues,
            "queue": found.queued,
            "starred": found.starred,
            "all": found.papers,
        },
        fetched_at=found.fetched_at,
        facts=found.facts,
        arxiv=arxiv,
    )


def painted(lines: list[list[Piece]], theme: dict[str, str], colours: int) -> str:
    """The frame as the terminal is told it, in one go."""
    known: dict[tuple[str, str], str] = {}
    parts = [_BEGIN]
    for y, pieces in enumerate(lines, 1):
        parts.append(f"\x1b[{y};1H")
        last = ""
        for line, ground in pieces:
            for text, ink in line:
                key = (ink, ground)
                found = known.get(key)
                if found is None:
                    found = known[key] = sequence(ink, ground, theme, colours)
                if found != last:
                    parts.append(found)
                    last = found
                parts.append(text if text.isprintable() else _walled(text))
    parts.append(_END)
    return "".join(parts)


def _walled(text: str) -> str:
    """The text as the wall behind the widgets lets it through: what could be a control is a replacement character."""
    from paperstui.text.clean import NEVER_SHOWN

    return NEVER_SHOWN.sub("�", text)


def _terminal() -> int | None:
    """The terminal that Textual will paint on, if it is one, the one that keys come from, and ours to use."""
    environ = os.environ
    if any(name in environ for name in ("NO_COLOR", "COLUMNS", "LINES")):
        return None
    if any(name.startswith("TEXTUAL") for name in environ if name not in ("TEXTUAL_FPS", "TEXTUAL_ANIMATIONS")):
        return None
    if sys.__stdin__ is None or sys.__stderr__ is None:
        return None
    keys, terminal = sys.__stdin__.fileno(), sys.__stderr__.fileno()
    if not (os.isatty(keys) and os.isatty(terminal)) or os.fstat(keys).st_rdev != os.fstat(terminal).st_rdev:
        return None
    return terminal if os.tcgetpgrp(terminal) == os.getpgrp() else None


def _colours() -> int:
    """How many colours Textual will use here; 0 for a terminal that cannot show it."""
    term = os.environ.get("TERM", "").strip().lower()
    if term in ("", "dumb", "unknown"):
        return 0
    if os.environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return 2**24
    return 256 if term.rpartition("-")[2] in ("256color", "kitty") else 16


def _places() -> tuple[str, str]:
    """The library and the settings file: `paperstui.paths`, without what it imports where that is not needed.

    Raises:
        PaperstuiError: there is no place for them.
    """
    home = os.environ.get("HOME", "")
    data, settings = (os.environ.get(name, "").strip() for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"))
    plain = sys.platform == "linux" and "ANDROID_ROOT" not in os.environ and home.startswith("/")
    if plain and all(not place or place.startswith("/") for place in (data, settings)):
        data, settings = data or f"{home}/.local/share", settings or f"{home}/.config"
        return f"{data}/paperstui/library.db", f"{settings}/paperstui/config.toml"
    from paperstui import paths

    places = paths.standard()
    return str(places.library), str(places.settings)


def _settings(file_name: str) -> tuple[str, bool, Mode]:
    """The name of the theme, whether categories of arXiv are followed, and how mathematics is shown, as the settings say.

    A file that is not of the plainest kind is read with all that it takes.
    """
    standard = next(iter(OWN_THEMES))
    try:
        with open(file_name, encoding="utf-8") as file:
            text = file.read(100_000)
    except FileNotFoundError:
        return standard, False, "unicode"
    if all(name not in text for name in ("theme", "arxiv", "math", "\\")):
        return standard, False, "unicode"
    found: dict[str, str] = {}
    arxiv = False
    for line in text.splitlines():
        name, _, value = (part.strip() for part in line.partition("="))
        if not name or name.startswith("#"):
            continue
        word = value[1:-1] if value[:1] == value[-1:] == '"' and len(value) > 1 else ""
        number = value.isascii() and value.isdigit() and str(int(value)) == value
        list_of = name == "arxiv" and _is_list_of_categories(value)
        plain = number or list_of or value in ("true", "false") or _is_plain(word)
        if name in found or not name.isidentifier() or not plain:
            break
        found[name] = word
        arxiv = arxiv or list_of
    else:
        modes: dict[str, Mode] = {"ascii": "ascii", "raw": "raw"}
        return found.get("theme") or standard, arxiv, modes.get(found.get("math", ""), "unicode")
    from pathlib import Path

    from paperstui import config

    settings = config.load(Path(file_name))
    return settings.theme, bool(settings.arxiv), settings.math


def _is_list_of_categories(value: str) -> bool:
    """Whether it is a plain list of categories that there are, at least one: `["cs.CL", "cs.LG"]`."""
    from paperstui.feeds import MOST_TOGETHER, category

    words = [word.strip() for word in value[1:-1].split(",")] if value[:1] + value[-1:] == "[]" else []
    quoted = all(len(word) > 2 and word[0] == word[-1] == '"' for word in words)
    return 0 < len(words) <= MOST_TOGETHER and quoted and all(category(word[1:-1]) for word in words)


def _is_plain(word: str) -> bool:
    return word.isascii() and word.replace("-", "").isalnum()


def _on(terminal: int, frame: bytes, found: Glance, opening: Opening) -> Shown | None:
    """Put the frame on the terminal, which shows no keys from now on and keeps them for whoever reads them."""
    modes = termios.tcgetattr(terminal)
    shown = Shown(terminal, termios.tcgetattr(terminal), found, opening)
    modes[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
    modes[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
    modes[6][termios.VMIN] = 1
    # ^C ends the program until Textual reads it as a key.
    before = {number: signals.getsignal(number) for number in (*_ENDING, signals.SIGTSTP)}
    for number in _ENDING:
        if signals.getsignal(number) in (signals.SIG_DFL, signals.default_int_handler):
            signals.signal(number, shown.end_on)
    # Nobody could bring the screen back from here; Textual, which can, has its own answer to it.
    signals.signal(signals.SIGTSTP, signals.SIG_IGN)
    try:
        # Nothing is flushed: what was typed already is read by Textual.
        termios.tcsetattr(terminal, termios.TCSANOW, modes)
        _write(terminal, frame)
    except (OSError, termios.error):
        shown.give_back()
        for number, handler in before.items():
            signals.signal(number, handler)
        return None
    return shown


def _write(terminal: int, data: bytes) -> None:
    while data:
        data = data[os.write(terminal, data) :]
