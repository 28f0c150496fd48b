"""How commands speak: results on standard output, everything else on standard error, and all of it clean."""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TextIO

from paperstui.errors import SaveError
from paperstui.models import Skipped
from paperstui.text.clean import clean, clean_line

SHOWN = 20
"""Unreadable pieces that are named one by one; the rest is a number."""

_BAR = 24
_REPAINTS = 0.1


def say(line: object = "") -> None:
    """Print a line of a result; white space in it stays, since columns are made of it.

    Raises:
        SaveError: the output could not be written.
    """
    _print(clean(line, limit=100_000).replace("\n", " ") + "\n")


def say_text(text: str) -> None:
    """Print text of several lines.

    Raises:
        SaveError: the output could not be written.
    """
    _print(clean(text, limit=10_000_000) + "\n")


def say_json(value: Any) -> None:  # noqa: ANN401 - any JSON value
    """Print one JSON document; where the output is not in UTF-8, in ASCII.

    Raises:
        SaveError: the output could not be written.
    """
    from paperstui.export.json_text import document

    say_json_pieces([document(value)])


def say_json_pieces(pieces: Iterable[str]) -> None:
    """Print a JSON document that comes in pieces; where the output is not in UTF-8, in ASCII.

    Raises:
        SaveError: the output could not be written.
    """
    from paperstui.export.json_text import in_ascii

    wide = _holds_everything(sys.stdout)
    for piece in pieces:
        _print(piece if wide else in_ascii(piece))


def say_pieces(pieces: Iterable[str]) -> None:
    """Print a text that comes in pieces as it is, in UTF-8, which is what its readers expect; cleaned on a terminal.

    Raises:
        SaveError: the output could not be written.
    """
    if sys.stdout.isatty():
        pieces = (clean(piece, limit=10_000_000) for piece in pieces)
    elif isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    for piece in pieces:
        _print(piece)


def flush() -> None:
    """See to it that what was printed is out.

    Raises:
        SaveError: the output could not be written.
    """
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise SaveError(f"the output could not be written: {error.strerror}") from error


def tell(message: object) -> None:
    """Tell the user something that is not the result."""
    _hide()
    sys.stderr.write(f"paperstui: {clean_line(message)}\n")


def tell_skipped(source: str, skipped: Sequence[Skipped]) -> None:
    """Name what could not be read, one by one as far as anybody would read it."""
    for each in skipped[:SHOWN]:
        tell(f"{source}: {each.where}: {each.why}")
    if len(skipped) > SHOWN:
        tell(f"{source}: and {len(skipped) - SHOWN} more")


def columns() -> int | None:
    """The width of the terminal, or None when the output goes elsewhere and is not to be cut."""
    return terminal_columns() if sys.stdout.isatty() else None


def terminal_columns() -> int:
    """The width of the terminal; 80 where there is none."""
    # As `shutil.get_terminal_size`, which brings all the compressors of the standard library with it.
    with suppress(ValueError):
        if (asked := int(os.environ.get("COLUMNS", ""))) > 0:
            return asked
    with suppress(AttributeError, ValueError, OSError):
        if sys.__stdout__ is not None and (found := os.get_terminal_size(sys.__stdout__.fileno()).columns) > 0:
            return found
    return 80


def _holds_everything(stream: TextIO) -> bool:
    """Whether a stream can take any letter."""
    return (stream.encoding or "").lower().replace("-", "").startswith("utf")


def _print(text: str) -> None:
    _hide()
    try:
        sys.stdout.write(text)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise SaveError(f"the output could not be written: {error.strerror}") from error


Advance = Callable[[int, int, str], None]
"""Told how far work is: done, of how many, and at what (our own words)."""


class Bar:
    """One line on standard error that says how far work is and how long it will take.

    It is wiped away before anything else is printed, and comes back with the next step.
    """

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._painted = 0.0
        self._shown = False

    def advance(self, done: int, total: int, text: str) -> None:
        """Show a step; not more often than an eye can follow."""
        now = time.monotonic()
        if self._shown and now - self._painted < _REPAINTS and done < total:
            return
        self._painted = now
        line = bar_line(done, total, text, now - self._began)
        if not _holds_everything(sys.stderr):
            line = line.replace("━", "#").replace("─", "-")
        from paperstui.text.width import truncate

        self.hide()
        sys.stderr.write(truncate(line, terminal_columns() - 1))
        sys.stderr.flush()
        self._shown = True

    def hide(self) -> None:
        """Wipe it away."""
        if self._shown:
            self._shown = False
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def bar_line(done: int, total: int, text: str, seconds: float) -> str:
    """What a bar shows. done, total: steps; seconds: since the first of them began."""
    full = _BAR * done // max(total, 1)
    left = ""
    if 0 < done < total:
        wait = seconds / done * (total - done)
        left = f"  {wait / 60:.0f} min left" if wait >= 90 else f"  {wait:.0f} s left"
    return f"{'━' * full}{'─' * (_BAR - full)}  {done:,} of {total:,}{left}  {text}"


_bars: list[Bar] = []


def _hide() -> None:
    for bar in _bars:
        bar.hide()


@contextmanager
def progress(*, wanted: bool = True) -> Iterator[Advance]:
    """A progress bar on standard error while work lasts; nothing when that is not a terminal, or if it is not wanted."""
    if not wanted or not sys.stderr.isatty() or os.environ.get("TERM", "") in ("", "dumb"):
        yield lambda _done, _total, _text: None
        return
    bar = Bar()
    _bars.append(bar)
    try:
        yield bar.advance
    finally:
        bar.hide()
        _bars.remove(bar)
