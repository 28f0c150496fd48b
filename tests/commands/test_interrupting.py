"""`paperstui refresh` is ended from outside at some point, and goes on from there the next time."""

from __future__ import annotations

import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from functools import partial

import pytest

from paperstui.demo import generator
from paperstui.paths import Paths
from tests.commands.calling import process, start
from tests.pty.terminal import Terminal, stray_controls
from tests.server import Hub, Server
from tests.waiting import until

SINCE = "2026-05-20"
DAYS = 8
LIMIT = 30.0


@pytest.fixture
def server(_own_world: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A service with two weeks of papers, which are all old enough not to grow any more."""
    monkeypatch.setenv("PAPERSTUI_NOW", "2026-06-04T12:00:00+00:00")
    with Server(Hub(generator.items(60, seed=3, last_day=date(2026, 5, 29), days=12))) as running:
        monkeypatch.setenv("HF_ENDPOINT", running.url)
        yield running


def days_asked(server: Server) -> list[str]:
    return [request.query["date"] for request in server.seen("/api/daily_papers")]


def whole_days(places: Paths) -> set[str]:
    """The days that are whole by now."""
    if not places.library.exists():
        return set()
    with closing(sqlite3.connect(f"{places.library.as_uri()}?mode=ro", uri=True)) as connection:
        return {row[0] for row in connection.execute("SELECT period FROM periods WHERE complete = 1")}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL], ids=lambda number: number.name)
def test_an_interrupted_range_goes_on_where_it_was(server: Server, places: Paths, number: signal.Signals) -> None:
    server.fault("hang", nth=5)
    running = start("refresh", "--since", SINCE, "--until", "2026-05-29", preexec_fn=_heed_interrupts)
    until(lambda: len(server.requests) == 5)
    here = whole_days(places)
    assert len(here) == 4
    began = time.monotonic()
    running.send_signal(number)
    out, err = running.communicate(timeout=LIMIT)
    assert time.monotonic() - began < 5
    if number is signal.SIGKILL:
        assert running.returncode == -signal.SIGKILL
    else:
        assert running.returncode == 128 + number
        assert err == "paperstui: interrupted: what came is kept, and the same command goes on from there\n"
        assert out.splitlines()[-1].startswith("4 days: ")
    asked = days_asked(server)
    server.heal()
    server.requests.clear()
    ended = process("refresh", "--since", SINCE, "--until", "2026-05-29")
    assert (ended.status, ended.err) == (0, "")
    assert days_asked(server)[0] == asked[-1], "it goes on with the day that was under way"
    assert set(days_asked(server)).isdisjoint(here)
    assert len(whole_days(places)) == DAYS
    assert len(process("list", "--json").json) == 60
    server.requests.clear()
    assert process("refresh", "--since", SINCE, "--until", "2026-05-29").status == 0
    assert server.requests == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def test_one_day_that_is_interrupted(server: Server, number: signal.Signals) -> None:
    server.fault("hang_body")
    running = start("refresh", "--date", "2026-05-29", "--json", preexec_fn=_heed_interrupts)
    until(lambda: server.requests)
    running.send_signal(number)
    out, err = running.communicate(timeout=LIMIT)
    assert (running.returncode, out) == (128 + number, "[]\n")
    assert err == "paperstui: interrupted: what came is kept\n"


def test_killed_at_any_time_nothing_is_lost_and_nothing_is_asked_for_twice(server: Server, places: Paths) -> None:
    for step in range(3):
        here = whole_days(places)
        server.requests.clear()
        running = start("refresh", "--since", SINCE, "--until", "2026-05-29")
        until(partial(_were_asked, server, step + 1))
        running.kill()
        running.communicate()
        assert here.isdisjoint(days_asked(server))
        assert here <= whole_days(places)
    ended = process("refresh", "--since", SINCE, "--until", "2026-05-29")
    assert (ended.status, ended.err) == (0, "")
    assert len(process("list", "--json").json) == 60
    with closing(sqlite3.connect(places.library)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def _were_asked(server: Server, count: int) -> bool:
    return len(server.requests) >= count


@pytest.mark.pty
def test_a_terminal_gets_a_progress_bar_that_leaves_nothing_behind(server: Server) -> None:
    with Terminal.paperstui("refresh", "--since", SINCE, "--until", "2026-05-29", columns=100, rows=30) as terminal:
        terminal.wait_for("of 8")
        assert terminal.wait() == 0
        assert "8 days: 60 papers, 60 new" in terminal.text
        assert "of 8 " not in terminal.text, "it is wiped away"
        assert "━" not in terminal.text
        assert terminal.text.count("papers") == 9
        assert stray_controls(bytes(terminal.raw)) == []
        assert terminal.left_dirty == []
    server.fault("hang")
    server.requests.clear()
    with Terminal.paperstui("refresh", "--since", "2026-05-11", columns=100, rows=30) as terminal:
        terminal.wait_for(lambda: server.requests)
        terminal.send("\x03")
        assert terminal.wait() == 130
        assert "interrupted: what came is kept" in terminal.text
        assert terminal.left_dirty == []


@pytest.mark.pty
def test_results_go_to_a_file_while_the_terminal_shows_the_progress(server: Server, places: Paths) -> None:
    file = places.data / "out.txt"
    assert server.url
    command = f'"$0" -m paperstui refresh --since {SINCE} --until 2026-05-29 > "$1"'
    import sys

    with Terminal(["sh", "-c", command, sys.executable, str(file)], columns=100, rows=30) as terminal:
        terminal.wait_for("of 8")
        assert terminal.wait() == 0
        assert "papers, " not in terminal.text
    assert file.read_text("utf-8").splitlines()[-1] == "8 days: 60 papers, 60 new"


def _heed_interrupts() -> None:
    """A shell that starts a program in the background lets it ignore ^C; whatever starts these tests may have done so."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
