"""What the terminal can show of pictures, and the one door through which sequences for them reach it.

No question is asked of the terminal, so that no answer can be taken for keys: what it can do is told by its environment
and by the size of its cells in pixels, which the kernel knows.
"""

from __future__ import annotations

import fcntl
import os
import re
import struct
import sys
import termios
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Literal, TypeVar

if TYPE_CHECKING:
    from textual.driver import Driver

Way = Literal["", "kitty", "sixel", "blocks"]
"""How pictures are shown; "" is not at all."""

AT_ONCE = 16 * 1024
"""Characters that are written at once, unless one sequence has more: at 250 kB/s a frame waits 0.07 s for them."""

T = TypeVar("T")

_KITTY_TERMS = ("xterm-kitty", "xterm-ghostty")
_SIXEL_TERMS = ("foot", "mlterm", "contour", "yaft", "wezterm")
_SIXEL_PROGRAMS = ("wezterm", "iterm.app", "mintty", "contour")

# Numbers, letters that stand for something of the protocol, and base64: nothing that could end the sequence.
_KITTY = re.compile(r"\x1b_G[A-Za-z0-9=,]{1,200}(?:;[A-Za-z0-9+/=]{0,4096})?\x1b\\")
_SIXEL = re.compile(r"\x1bP[0-9;]{1,20}q[!-~]*\x1b\\")


def way(setting: str, environment: Mapping[str, str], colours: str | None, cell: tuple[int, int] | None) -> Way:
    """How pictures are shown on a terminal.

    setting: the user's: "off", "auto", or the way itself, which is not doubted. colours: Rich's name of how many there are.
    cell: pixels of a cell, where they are known. "auto" takes kitty's protocol and sixels only where the terminal is known
    to have them and nothing (tmux, screen) stands between; else half blocks, if there are colours for them.
    """
    env = environment
    if setting == "off" or env.get("NO_COLOR") or env.get("TERM", "") in ("", "dumb"):
        return ""
    blocks: Way = "blocks" if colours in ("truecolor", "256") else ""
    if setting == "sixel":
        return "sixel" if cell is not None else blocks
    if setting == "kitty":
        return "kitty" if colours in ("truecolor", "256") else ""
    if setting == "blocks" or env.get("TMUX") or env.get("STY") or env["TERM"].startswith(("tmux", "screen")):
        return blocks
    program = env.get("TERM_PROGRAM", "").lower()
    if blocks and (env.get("KITTY_WINDOW_ID") or env["TERM"] in _KITTY_TERMS or program == "ghostty"):
        return "kitty"
    if cell is not None and (env["TERM"].startswith(_SIXEL_TERMS) or program in _SIXEL_PROGRAMS):
        return "sixel"
    return blocks


def cell_size() -> tuple[int, int] | None:
    """Pixels of a cell of the terminal, across and down; None where it does not tell."""
    try:
        packed = fcntl.ioctl(sys.__stdout__.fileno() if sys.__stdout__ else 1, termios.TIOCGWINSZ, bytes(8))
    except (OSError, ValueError):
        return None
    rows, columns, width, height = struct.unpack("HHHH", packed)
    if not (rows and columns and width >= columns and height >= rows):
        return None
    found = width // columns, height // rows
    return found if 2 <= found[0] <= 100 and 4 <= found[1] <= 200 else None


def through(sequence: str, environment: Mapping[str, str] | None = None) -> str:
    """A sequence as it has to be written to get to the terminal through tmux, where that is in between."""
    env = os.environ if environment is None else environment
    if not env.get("TMUX"):
        return sequence
    return "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\"


def waiting(driver: Driver | None) -> int:
    """How many writes have not been taken by the terminal yet, apart from the one that it is taking."""
    queue = getattr(getattr(driver, "_writer_thread", None), "_queue", None)
    return queue.qsize() if queue is not None else 0


def is_full(driver: Driver | None) -> bool:
    """Whether another write would wait, and all else with it."""
    queue = getattr(getattr(driver, "_writer_thread", None), "_queue", None)
    return queue is not None and queue.full()


def is_gone(driver: Driver | None) -> bool:
    """Whether nobody takes what is written: the terminal was closed, or another program has it."""
    thread = getattr(driver, "_writer_thread", None)
    return driver is None or (thread is not None and not thread.is_alive())


def parcels(things: Iterable[T], size: Callable[[T], int] = len) -> Iterator[tuple[T, ...]]:  # type: ignore[assignment]
    """Things in their order, as many at once as are written at once. size: characters of one."""
    parcel: list[T] = []
    room = AT_ONCE
    for thing in things:
        if parcel and size(thing) > room:
            yield tuple(parcel)
            parcel, room = [], AT_ONCE
        parcel.append(thing)
        room -= size(thing)
    if parcel:
        yield tuple(parcel)


def send(driver: Driver | None, sequences: Iterable[str]) -> None:
    """Give the terminal sequences of kitty's, in one write.

    Raises:
        ValueError: one of them is none; nothing is written.
    """
    parts = []
    for sequence in sequences:
        if _KITTY.fullmatch(sequence) is None:
            raise ValueError("not a sequence for a picture")
        parts.append(through(sequence))
    if driver is not None and parts and not is_gone(driver):
        driver.write("".join(parts))
        driver.flush()


def paint(driver: Driver | None, rows: Iterable[tuple[int, int, str]]) -> None:
    """Paint rows of sixels, each at a column and a row of the screen (from 0); the cursor stays where it is.

    Raises:
        ValueError: one of them is none.
    """
    parts = []
    for column, row, sequence in rows:
        if _SIXEL.fullmatch(sequence) is None:
            raise ValueError("not a sequence for a picture")
        parts.append(f"\x1b[{row + 1};{column + 1}H{sequence}")
    if driver is not None and parts and not is_gone(driver):
        driver.write("\x1b7" + "".join(parts) + "\x1b8")
        driver.flush()
