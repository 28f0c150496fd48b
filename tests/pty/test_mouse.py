"""The mouse in a real pseudo-terminal: what is dragged over is copied through the terminal."""

from __future__ import annotations

import base64
import re

import pytest

from paperstui.paths import Paths
from tests.pty.terminal import Terminal

pytestmark = pytest.mark.pty

PLAIN = dict.fromkeys(("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME", "TMUX", "STY"), "")


def copied(terminal: Terminal) -> list[str]:
    """What the terminal was asked to put on its clipboard."""
    found = re.findall(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", bytes(terminal.raw))
    return [base64.b64decode(data).decode() for data in found]


def mouse(code: int, x: int, y: int, *, up: bool = False) -> str:
    """A report of the mouse as terminals write it (SGR); cells are counted from 0 here."""
    return f"\x1b[<{code};{x + 1};{y + 1}{'m' if up else 'M'}"


def test_what_is_dragged_over_is_copied(library: Paths) -> None:
    assert library.library.exists()
    with Terminal.paperstui(env=PLAIN) as terminal:
        terminal.wait_for("Thu 4 Jun 2026")
        terminal.wait_for("refuses connections")
        terminal.wait_for(lambda: b"\x1b[?1006h" in terminal.raw)
        row = (
            next(index for index, line in enumerate(terminal.lines) if "Abstract  " in line and "Discussion" in line)
            + 2
        )
        lines = [line.partition("│")[2].strip() for line in terminal.lines[row : row + 2]]
        left = terminal.lines[row].index("│") + 3
        assert terminal.lines[row][left:].strip() == lines[0]
        words = lines[1].split()[0]
        terminal.send(mouse(0, left, row))
        for at in (left + 10, left + 20):
            terminal.send(mouse(32, at, row))
        terminal.send(mouse(32, left + len(words) - 1, row + 1))
        terminal.send(mouse(0, left + len(words) - 1, row + 1, up=True))
        terminal.wait_for(lambda: copied(terminal))
        assert copied(terminal) == [f"{lines[0]} {words}"]
        terminal.wait_for(f"Sent {len(lines[0].split()) + 1} words to the terminal")
        terminal.send("q")
        assert terminal.wait() == 0
        assert terminal.left_dirty == []
