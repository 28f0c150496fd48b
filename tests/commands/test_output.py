from __future__ import annotations

import io
import json
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.commands import output
from paperstui.commands.output import bar_line, columns, progress, say, say_json, say_text, tell, tell_skipped
from paperstui.errors import SaveError
from paperstui.models import Skipped
from tests.server.shape_faults import HOSTILE

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner)
    ),
    max_leaves=12,
)


class Stream(io.TextIOWrapper):
    """A stream in any encoding; `written` is what it got."""

    def __init__(self, encoding: str = "utf-8", *, terminal: bool = False) -> None:
        self.raw_bytes = io.BytesIO()
        super().__init__(self.raw_bytes, encoding=encoding, errors="replace")
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal

    @property
    def written(self) -> str:
        self.flush()
        return self.raw_bytes.getvalue().decode(self.encoding)


class Full(io.StringIO):
    """A stream that takes nothing."""

    def write(self, _text: str) -> int:
        raise OSError(28, "No space left on device")


def test_a_line_keeps_its_columns_and_nothing_a_terminal_obeys(capsys: pytest.CaptureFixture[str]) -> None:
    say(f"2606.00001    ●  {HOSTILE}\nand more")
    out = capsys.readouterr().out
    assert out.startswith("2606.00001    ●  ")
    assert out.endswith("and more\n")
    assert out[:-1].isprintable()


def test_text_keeps_its_lines(capsys: pytest.CaptureFixture[str]) -> None:
    say_text("one\n\n  two\x1b[31m three")
    assert capsys.readouterr().out == "one\n\n  two three\n"


def test_messages_go_to_standard_error_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    tell("first\nsecond \x1b[2J")
    assert capsys.readouterr() == ("", "paperstui: first second\n")


def test_only_so_many_unreadable_pieces_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    tell_skipped("day", [Skipped(f"item {number}", "it is empty") for number in range(23)])
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == output.SHOWN + 1
    assert lines[0] == "paperstui: day: item 0: it is empty"
    assert lines[-1] == "paperstui: day: and 3 more"


@given(ANYTHING)
def test_json_is_one_document_in_which_no_terminal_finds_an_order(value: Any) -> None:
    stream = Stream()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", stream)
        say_json(value)
    assert json.loads(stream.written) == value
    assert stream.written.endswith("\n")
    assert not [letter for letter in stream.written if letter in "\x1b\x7f\x9b\u202e\u200b\ufeff"]
    assert all(letter >= " " or letter == "\n" for letter in stream.written)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_json_loses_nothing_where_the_output_cannot_hold_it(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Stream(encoding)
    monkeypatch.setattr(sys, "stdout", stream)
    say_json({"title": "∇²DFT – 論文 😀"})
    assert json.loads(stream.written) == {"title": "∇²DFT – 論文 😀"}
    assert stream.written.isascii()


@pytest.mark.parametrize("write", [lambda: say("x"), lambda: say_text("x"), lambda: say_json("x")])
def test_output_that_is_not_taken_is_a_save_error(write: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Full())
    with pytest.raises(SaveError, match="the output could not be written: No space left on device"):
        write()


def test_a_reader_that_went_away_is_left_to_whoever_runs_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone(io.StringIO):
        def write(self, _text: str) -> int:
            raise BrokenPipeError(32, "Broken pipe")

    monkeypatch.setattr(sys, "stdout", Gone())
    with pytest.raises(BrokenPipeError):
        say("x")


def test_lines_are_cut_for_a_terminal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "33")
    monkeypatch.setattr(sys, "stdout", Stream())
    assert columns() is None
    monkeypatch.setattr(sys, "stdout", Stream(terminal=True))
    assert columns() == 33


def test_a_bar_says_how_far_and_how_long() -> None:
    assert bar_line(0, 4, "2026-06-04", 0) == "─" * 24 + "  0 of 4  2026-06-04"
    assert bar_line(1, 4, "2026-06-04", 10) == "━" * 6 + "─" * 18 + "  1 of 4  30 s left  2026-06-04"
    assert bar_line(100, 1100, "x", 60) == "━━" + "─" * 22 + "  100 of 1,100  10 min left  x"
    assert bar_line(4, 4, "x", 10) == "━" * 24 + "  4 of 4  x"
    assert bar_line(0, 0, "x", 0) == "─" * 24 + "  0 of 0  x"


def test_progress_is_shown_on_a_terminal_and_wiped_before_anything_else_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    screen = Stream(terminal=True)
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("COLUMNS", "60")
    with progress() as advance:
        advance(1, 3, "2026-06-04")
        assert screen.written.endswith("2026-06-04")
        say("2026-06-04: 20 papers")
        assert screen.written.endswith("\r\x1b[K")
        advance(3, 3, "2026-06-02")
        tell("that was all")
        assert screen.written.endswith("\r\x1b[Kpaperstui: that was all\n")
    assert capsys.readouterr().out == "2026-06-04: 20 papers\n"
    assert not output._bars
    say("after")
    assert screen.written.endswith("that was all\n"), "nothing is wiped that is not there"


def test_progress_does_not_flicker(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Stream(terminal=True)
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr("time.monotonic", lambda: 100.0)
    with progress() as advance:
        for step in range(1, 101):
            advance(step, 100, "x")
    assert screen.written.count("of 100") == 2, "the first and the last step"


@pytest.mark.parametrize(("terminal", "term"), [(False, "xterm"), (True, "dumb"), (True, "")])
def test_progress_is_silent_elsewhere(terminal: bool, term: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Stream(terminal=terminal)
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", term)
    with progress() as advance:
        advance(1, 3, "x")
    assert stream.written == ""


def test_a_terminal_that_knows_ascii_alone_gets_a_bar_in_ascii(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Stream("ascii", terminal=True)
    monkeypatch.setattr(sys, "stderr", screen)
    with progress() as advance:
        advance(1, 2, "x")
        assert screen.written.startswith("#" * 12 + "-" * 12 + "  1 of 2")


def test_a_narrow_terminal_gets_a_short_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Stream(terminal=True)
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("COLUMNS", "20")
    with progress() as advance:
        advance(1, 3, "2026-06-04")
        assert len(screen.written) == 19
