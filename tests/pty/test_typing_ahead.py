"""Keys that arrive together, as over a slow line: each finds the screen that the one before it made."""

from __future__ import annotations

import signal

import pytest

from paperstui.config import Settings
from paperstui.paths import Paths
from paperstui.usecases import Desk
from tests.pty.terminal import Terminal
from tests.tui.reading import fill

pytestmark = pytest.mark.pty


@pytest.fixture
def library(places: Paths) -> Paths:
    """A library with some days of invented papers."""
    desk = Desk.open(places, Settings(), offline=True)
    fill(desk)
    desk.close()
    return places


def starred(library: Paths) -> int:
    desk = Desk.open(library, Settings(), offline=True)
    try:
        return desk.library.totals().starred
    finally:
        desk.close()


@pytest.mark.parametrize(
    ("keys", "seen"),
    [
        ("/star", "/ star"),
        ("/quest", "/ quest"),
        ("?/quit", "/ quit"),
        (":star", "star"),
        ("[[[", "Mon 1 Jun 2026"),
    ],
)
def test_nothing_typed_goes_to_the_wrong_place(library: Paths, keys: str, seen: str) -> None:
    with Terminal.paperstui(columns=100, rows=24) as terminal:
        terminal.wait_for("Thu 4 Jun 2026")
        terminal.wait_for("refuses connections")
        terminal.send(keys)
        terminal.wait_for(seen)
        assert terminal.process.poll() is None
        terminal.kill(signal.SIGTERM)
        assert terminal.wait() == 128 + signal.SIGTERM
    assert starred(library) == 0


def test_a_key_after_a_move_means_the_paper_moved_to(library: Paths) -> None:
    with Terminal.paperstui(columns=100, rows=24) as terminal:
        terminal.wait_for("refuses connections")
        terminal.send("3Gs")
        terminal.wait_for("2 Starred 1")
        terminal.send("ss")
        terminal.send("Q")
        assert terminal.wait() == 0
    assert starred(library) == 1
