"""The installed command in a real pseudo-terminal, from start to star to restart."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from paperstui.config import Settings
from paperstui.paths import Paths
from paperstui.usecases import Desk
from tests.pty.terminal import Terminal, stray_controls
from tests.server import Server

pytestmark = pytest.mark.pty


def test_start_star_kill_delete_restart(library: Paths, hugging_face: Server) -> None:
    assert hugging_face.url
    with Terminal.paperstui() as terminal:
        terminal.wait_for("Thu 4 Jun 2026")
        terminal.wait_for("updated just now")
        terminal.send("s")
        terminal.wait_for("Starred 1 paper")
        terminal.send("j")
        terminal.send("j")
        terminal.send("s")
        terminal.wait_for("6 Starred 2")
        terminal.kill(signal.SIGKILL)
        terminal.wait()
    for file in library.data.glob("library.db*"):
        file.unlink()
    with Terminal.paperstui() as terminal:
        terminal.wait_for("6 Starred 2")
        terminal.send("6")
        terminal.wait_for(lambda: terminal.text.count("★ ▲") == 2)
        terminal.send("u")
        terminal.wait_for("Undone: Starred 1 paper")
        terminal.send("q")
        assert terminal.wait() == 0
        assert terminal.left_dirty == []


def test_the_terminal_is_left_as_it_was(library: Paths) -> None:
    assert library.library.exists()
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT):
        with Terminal.paperstui(columns=80, rows=24) as terminal:
            terminal.wait_for("Thu 4 Jun 2026")
            terminal.send("j")
            terminal.kill(number)
            assert terminal.wait() == 128 + number
            assert terminal.left_dirty == []


@pytest.mark.parametrize("fault", ["hang", "down"])
def test_the_list_is_there_whatever_the_network_does_and_q_leaves_at_once(
    library: Paths, hugging_face: Server, fault: str
) -> None:
    assert library.library.exists()
    if fault == "down":
        hugging_face.down()
    else:
        hugging_face.fault(fault)
    with Terminal.paperstui() as terminal:
        terminal.wait_for("Thu 4 Jun 2026")
        if fault == "hang":
            terminal.wait_for("refreshing")
        began = time.monotonic()
        terminal.send("q")
        assert terminal.wait() == 0
        assert time.monotonic() - began < 5
        assert terminal.left_dirty == []


def test_the_day_comes_and_stays_when_the_network_is_gone(hugging_face: Server) -> None:
    with Terminal.paperstui() as terminal:
        terminal.wait_for("updated just now")
        terminal.wait_for("▲")
        terminal.send("q")
        terminal.wait()
    hugging_face.down()
    with Terminal.paperstui(columns=80, rows=24) as terminal:
        terminal.wait_for("▲")
        terminal.send("q")
        assert terminal.wait() == 0


def test_nothing_of_a_hostile_title_reaches_the_terminal(places: Paths) -> None:
    from tests.hostile_papers import past_the_door, through_the_door

    desk = Desk.open(places, Settings(), offline=True)
    desk.library.upsert([*through_the_door(), *past_the_door()], 1)
    desk.close()
    with Terminal.paperstui(columns=100, rows=40) as terminal:
        terminal.wait_for("Thu 4 Jun 2026")
        for key in ("j", "j", "\r", " ", "q", "G", "s", "/PWN\r", "?", "q", "q"):
            terminal.send(key)
            terminal.read(0.2)
        terminal.send("Q")
        terminal.wait()
    assert stray_controls(bytes(terminal.raw)) == []
    assert b"\x1b]52;" not in terminal.raw


def test_the_demonstration_says_what_it_is_and_touches_nothing(places: Paths, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    before = sorted(path.name for path in places.data.rglob("*"))
    with Terminal.paperstui("--demo", env={"TMPDIR": str(scratch)}) as terminal:
        terminal.wait_for("demonstration")
        terminal.wait_for("▲")
        terminal.send("s")
        terminal.wait_for("Starred 1 paper")
        terminal.send("q")
        assert terminal.wait() == 0
    assert sorted(path.name for path in places.data.rglob("*")) == before
    assert list(scratch.iterdir()) == []


def test_without_a_terminal_it_says_what_to_use() -> None:
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "paperstui"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "paperstui list" in done.stderr


def test_the_editor_gets_the_terminal_and_gives_it_back(
    library: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "edits"
    editor.write_text('#!/bin/sh\nprintf "Write: "\nread line\necho "$line" > "$1"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    with Terminal.paperstui() as terminal:
        terminal.wait_for("Thu 4 Jun 2026")
        terminal.wait_for("? help")
        terminal.send("e")
        terminal.wait_for("Write:")
        # In the terminal as it was before: what is typed is shown, a line at a time, and no key is the reader's.
        terminal.send("see Lemma 3 jjq")
        terminal.wait_for("Write: see Lemma 3 jjq")
        terminal.send("\r")
        terminal.wait_for("Note on 1 paper")
        terminal.wait_for("✎ a note")
        terminal.send("LLLL")
        terminal.wait_for("see Lemma 3 jjq")
        terminal.send("q")
        assert terminal.wait() == 0
        assert terminal.left_dirty == []
    assert list(library.drafts.iterdir()) == []
