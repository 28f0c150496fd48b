"""Pictures in a real pseudo-terminal: what the terminal is given, it is told to forget, and nothing of it stays."""

from __future__ import annotations

import re
import signal

import pytest
from msgspec.structs import replace

from paperstui import clock
from paperstui.config import Settings
from paperstui.demo.generator import items
from paperstui.documents.cache import DocumentCache
from paperstui.documents.pictures import shrunk
from paperstui.draw.pictures import PLACEHOLDER
from paperstui.models import Item
from paperstui.paths import Paths
from paperstui.usecases import Desk
from tests.documents.drawn import drawing, encoded
from tests.pty.terminal import Terminal
from tests.tui.reading import DAY

pytestmark = pytest.mark.pty

SHOWN = re.compile(rb"\x1b_Ga=T,U=1,q=2,f=100,t=d,i=(\d+),")
GONE = re.compile(rb"\x1b_Ga=d,d=I,i=(\d+),q=2\x1b\\")
ADDRESS = "https://cdn-uploads.huggingface.co/production/a.png"


@pytest.fixture
def pictured(places: Paths) -> Paths:
    """A library in which the first paper of the day has a picture, and a short abstract, and the others have neither."""
    desk = Desk.open(places, Settings(), offline=True)
    made = items(10, last_day=DAY, days=1)
    best = max(range(10), key=lambda index: made[index].paper.upvotes or 0)
    first = replace(made[best].paper, media=(ADDRESS,), abstract="In short.", summary="")
    made[best] = Item(first, made[best].listing)
    desk.library.upsert(made, clock.seconds() - 600)
    desk.library.mark_period("daily", DAY.isoformat(), at=clock.seconds(), complete=True, papers=10)
    desk.close()
    DocumentCache(places.documents).put(f"picture 1 {ADDRESS}", shrunk(encoded(drawing())).png)
    return places


def picture_cells(terminal: Terminal) -> int:
    """How many cells of the screen are kitty's."""
    terminal.read()
    return sum(data.data.startswith(PLACEHOLDER) for row in terminal.screen.buffer.values() for data in row.values())


@pytest.mark.parametrize("tmux", ["", "/x,1,0"], ids=["alone", "tmux"])
def test_kitty_is_told_to_forget_what_it_was_given(pictured: Paths, tmux: str) -> None:
    pictured.settings.write_text('images = "kitty"\nrefresh_minutes = 0\n')
    env = {"COLORTERM": "truecolor", "TMUX": tmux}
    with Terminal.paperstui(env=env) as terminal:

        def raw() -> bytes:
            return bytes(terminal.raw).replace(b"\x1b\x1b", b"\x1b")

        terminal.wait_for(lambda: picture_cells(terminal) > 100)
        assert len(SHOWN.findall(raw())) == 1
        assert (b"\x1bPtmux;\x1b\x1b_G" in terminal.raw) == bool(tmux)
        assert GONE.findall(raw()) == []
        terminal.send("KJJJ")
        terminal.send("j")
        terminal.wait_for(lambda: picture_cells(terminal) == 0)
        terminal.wait_for(lambda: GONE.findall(raw()) == SHOWN.findall(raw()))
        terminal.send("k")
        terminal.wait_for(lambda: picture_cells(terminal) > 100)
        assert len(SHOWN.findall(raw())) == 2
        terminal.send("q")
        assert terminal.wait() == 0
        assert GONE.findall(raw()) == SHOWN.findall(raw())
        assert raw().rindex(b"\x1b_Ga=d") < raw().rindex(b"\x1b[?1049l"), "while its screen is there"
        assert terminal.left_dirty == []


def test_the_shell_has_none_of_it_and_fg_brings_it_back(pictured: Paths) -> None:
    pictured.settings.write_text('images = "kitty"\nrefresh_minutes = 0\n')
    with Terminal.paperstui(env={"COLORTERM": "truecolor"}) as terminal:
        terminal.wait_for(lambda: picture_cells(terminal) > 100)
        first = SHOWN.findall(terminal.raw)
        terminal.send("\x1a")
        terminal.wait_for(lambda: b"\x1b[?1049l" in terminal.raw)
        assert GONE.findall(terminal.raw) == first
        assert terminal.raw.rindex(b"\x1b_Ga=d") < terminal.raw.rindex(b"\x1b[?1049l")
        terminal.wait_for(lambda: terminal.is_stopped)
        terminal.kill(signal.SIGCONT)
        terminal.wait_for(lambda: len(SHOWN.findall(terminal.raw)) == 2)
        terminal.send("q")
        assert terminal.wait() == 0
        assert GONE.findall(terminal.raw) == SHOWN.findall(terminal.raw)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_nothing_of_it(pictured: Paths, number: signal.Signals) -> None:
    pictured.settings.write_text('images = "kitty"\nrefresh_minutes = 0\n')
    with Terminal.paperstui(env={"COLORTERM": "truecolor"}) as terminal:
        terminal.wait_for(lambda: picture_cells(terminal) > 100)
        terminal.kill(number)
        assert terminal.wait() == 128 + number
        assert GONE.findall(terminal.raw) == SHOWN.findall(terminal.raw)
        assert terminal.left_dirty == []


def test_half_blocks_leave_nothing_behind(pictured: Paths) -> None:
    pictured.settings.write_text('images = "blocks"\nrefresh_minutes = 0\n')
    with Terminal.paperstui(env={"COLORTERM": "truecolor"}, rows=24) as terminal:

        def red() -> int:
            terminal.read()
            cells = (data for row in terminal.screen.buffer.values() for data in row.values())
            return sum("c81e1e" in (data.fg, data.bg) for data in cells)

        terminal.wait_for(lambda: red() > 20)
        terminal.send("l")
        before = red()
        for _ in range(40):
            terminal.send("k")
        terminal.send("ggG")
        terminal.wait_for(lambda: red() > 20)
        terminal.send("gg")
        terminal.wait_for(lambda: red() == before)
        terminal.send("hj")
        terminal.wait_for(lambda: red() == 0)
        assert "▀" not in terminal.text
        terminal.send("gi")
        terminal.wait_for("Pictures are not shown any more")
        terminal.send("k")
        terminal.wait_for("In short.")
        assert red() == 0
        terminal.send("Q")
        assert terminal.wait() == 0


def test_sixels_are_painted_within_the_pane_alone(pictured: Paths) -> None:
    pictured.settings.write_text('images = "sixel"\nrefresh_minutes = 0\n')
    with Terminal.paperstui(env={"COLORTERM": "truecolor"}, cell=(8, 17)) as terminal:
        terminal.wait_for(lambda: b"\x1bP0;1;0q" in terminal.raw)
        terminal.read()
        placed = re.findall(rb'\x1b\[(\d+);(\d+)H\x1bP0;1;0q"1;1;(\d+);(\d+)[#!-~]*\x1b\\', bytes(terminal.raw))
        assert placed
        assert {int(height) for *_, height in placed} == {17}, "each is as high as a cell"
        assert all(int(width) % 8 == 0 and int(column) * 8 + int(width) <= 120 * 8 for _, column, width, _ in placed)
        assert all(2 <= int(row) <= 38 for row, *_ in placed), "never in the last row, where a terminal would scroll"
        terminal.send("j")
        terminal.wait_for(lambda: "In short." not in terminal.text)
        count = bytes(terminal.raw).count(b"\x1bP0;1;0q")
        title = terminal.lines[3]
        terminal.send("jJK")
        terminal.wait_for(lambda: terminal.lines[3] != title)
        terminal.send("q")
        assert terminal.wait() == 0
        assert bytes(terminal.raw).count(b"\x1bP0;1;0q") == count
        assert terminal.left_dirty == []


def test_by_default_there_are_none_and_nothing_is_asked_of_the_terminal(pictured: Paths) -> None:
    assert pictured.library.exists()
    with Terminal.paperstui(env={"COLORTERM": "truecolor", "TERM": "xterm-kitty"}, cell=(8, 17)) as terminal:
        terminal.wait_for("In short.")
        terminal.send("q")
        assert terminal.wait() == 0
        assert b"\x1b_G" not in terminal.raw
        assert b"\x1bP" not in terminal.raw
        assert b"\x1b[c" not in terminal.raw
        assert b"\x1b[14t" not in terminal.raw
        assert b"\x1b[16t" not in terminal.raw
