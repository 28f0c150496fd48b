"""The window is closed: paperstui ends, whatever has the terminal, and what was decided and written is kept."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from paperstui.config import Settings
from paperstui.paths import Paths
from paperstui.usecases import Desk, Place
from tests.pty.terminal import LIMIT, Terminal

pytestmark = pytest.mark.pty


def editor(directory: Path, does: str) -> dict[str, str]:
    """What names an editor of the shell's."""
    file = directory / "editor"
    file.write_text(f"#!/bin/sh\n{does}\n")
    file.chmod(0o755)
    return {"EDITOR": str(file), "VISUAL": str(file)}


def open_at(terminal: Terminal, keys: str, wanted: str) -> None:
    """Press keys, one after the other, until something is on the screen."""
    terminal.wait_for("Thu 4 Jun 2026")
    terminal.wait_for("updated just now")
    for key in keys:
        terminal.send(key)
    terminal.wait_for(wanted)


def starred(places: Paths) -> int:
    """How many papers are starred in a library that nobody holds any more."""
    desk = Desk.open(places, Settings(), offline=True)
    try:
        return desk.counts(Place("all"))["starred"]
    finally:
        desk.close()


@pytest.mark.usefixtures("hugging_face")
@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        ("s", "Starred 1 paper"),
        ("s?", "keys, and what a query can say"),
        ("s:", "name of an action"),
        ("s/", "Esc clear filter"),
    ],
)
def test_it_ends_whatever_is_open(library: Paths, keys: str, wanted: str) -> None:
    with Terminal.paperstui() as terminal:
        open_at(terminal, keys, wanted)
        terminal.close()
        assert terminal.process.wait(LIMIT) == 128 + signal.SIGHUP
    assert starred(library) == 1


@pytest.mark.usefixtures("hugging_face")
@pytest.mark.parametrize("goes_on", ["read line", "exec sleep 1000"], ids=["that reads", "that does not"])
def test_it_ends_with_an_editor_open(library: Paths, tmp_path: Path, goes_on: str) -> None:
    does = f'echo "a thought" > "$1"; echo it is open; {goes_on}'
    with Terminal.paperstui(env=editor(tmp_path, does)) as terminal:
        open_at(terminal, "se", "it is open")
        terminal.close()
        assert terminal.process.wait(LIMIT) == 128 + signal.SIGHUP
    drafts = [file.read_text() for file in library.drafts.glob("*.md")]
    assert drafts == ["a thought\n"]
    assert starred(library) == 1


@pytest.mark.usefixtures("hugging_face")
def test_an_editor_that_lives_without_a_terminal_keeps_its_draft(library: Paths, tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    does = f'trap "" HUP; echo $$ > "{pid}"; echo it is open; exec sleep 1000 < /dev/null'
    with Terminal.paperstui(env=editor(tmp_path, does)) as terminal:
        open_at(terminal, "e", "it is open")
        terminal.close()
        assert terminal.process.wait(LIMIT) == 128 + signal.SIGHUP
        assert [file.read_text() for file in library.drafts.glob("*.md")] == [""]
        os.kill(int(pid.read_text()), signal.SIGKILL)


@pytest.mark.usefixtures("hugging_face", "library")
def test_it_ends_where_nobody_sends_the_signal() -> None:
    with Terminal.paperstui(takes=False) as terminal:
        open_at(terminal, "s", "Starred 1 paper")
        terminal.close()
        assert terminal.process.wait(LIMIT) == 128 + signal.SIGHUP


@pytest.mark.usefixtures("hugging_face", "library")
def test_it_ends_when_it_was_put_in_the_background() -> None:
    with Terminal.paperstui() as terminal:
        open_at(terminal, "s", "Starred 1 paper")
        terminal.send("\x1a")
        stat = Path(f"/proc/{terminal.process.pid}/stat")
        terminal.wait_for(lambda: stat.read_text().rpartition(")")[2].split()[0] == "T")
        terminal.close()
        assert terminal.process.wait(LIMIT) == 128 + signal.SIGHUP
