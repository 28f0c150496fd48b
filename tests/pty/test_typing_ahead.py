"""Keys that arrive together, as over a slow line: each finds the screen that the one before it made."""

from __future__ import annotations

import signal
from functools import partial

import pytest

from paperstui.config import Settings
from paperstui.draw.row import title_shown
from paperstui.paths import Paths
from paperstui.usecases import Desk, Place
from tests.pty.terminal import Terminal

pytestmark = pytest.mark.pty


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
    with Terminal.paperstui(columns=130, rows=24) as terminal:
        terminal.wait_for("refuses connections")
        terminal.send("7Gs")
        terminal.wait_for("6 Starred 1")
        terminal.send("ss")
        terminal.send("Q")
        assert terminal.wait() == 0
    assert starred(library) == 1


def test_keys_typed_before_anything_is_there(library: Paths) -> None:
    with Terminal.paperstui(columns=100, rows=24) as terminal:
        terminal.send("jj")
        terminal.wait_for("refuses connections")
        desk = Desk.open(library, Settings(), offline=True)
        rows = desk.select(desk.start_place(), "").rows
        desk.close()
        terminal.wait_for(lambda: _under_cursor(terminal).startswith(title_shown(rows[2])[:30]))
        # The list did not scroll for it.
        assert title_shown(rows[0])[:30] in terminal.lines[2]


def test_paging_leaves_nothing_of_the_page_before(library: Paths) -> None:
    desk = Desk.open(library, Settings(), offline=True)
    titles = [title_shown(row)[:40] for row in desk.select(Place("all"), "").rows]
    desk.close()
    with Terminal.paperstui(columns=100, rows=24) as terminal:
        terminal.wait_for("refuses connections")
        terminal.send("7")
        terminal.wait_for("newest day first")
        for keys in ("\x06", "\x06", "\x02", "G", "gg", "\x04"):
            before = len(terminal.raw)
            terminal.send(keys)
            # What is painted is painted whole.
            terminal.wait_for(partial(_painted_since, terminal, before))
            shown = [line[3:43].strip() for line in terminal.lines[2:12:2]]
            at = next(index for index, title in enumerate(titles) if shown[0].startswith(title[:30]))
            assert all(line.startswith(title[:30]) for line, title in zip(shown, titles[at:], strict=False))
            assert sum(line.startswith("▌") for line in terminal.lines) in (1, 2)


def _painted_since(terminal: Terminal, before: int) -> bool:
    return terminal.raw[before:].endswith(b"\x1b[?2026l")


def _under_cursor(terminal: Terminal) -> str:
    return next((line[3:] for line in terminal.lines if line.startswith("▌")), "")
