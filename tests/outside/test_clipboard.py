"""Text reaches the clipboard whole: as a sequence for the terminal, or through a command."""

from __future__ import annotations

import base64
import os
import re
import shlex
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.errors import PaperstuiError
from paperstui.outside import clipboard
from paperstui.text.clean import clean

Program = Callable[..., Path]


@pytest.fixture
def bin_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    directory = tmp_path / "bin"
    directory.mkdir()
    monkeypatch.setenv("PATH", str(directory))
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME", "STY", "TMUX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    return directory


@pytest.fixture
def program(bin_dir: Path) -> Program:
    """Make a clipboard command that keeps its arguments and its input."""

    def make(name: str, then: str = "") -> Path:
        taken = bin_dir / f"{name}.taken"
        args = shlex.quote(str(taken.with_suffix(".args")))
        script = f"#!/bin/sh\nprintf '%s ' \"$@\" > {args}\n{then or f'/bin/cat > {taken}'}\n"
        (bin_dir / name).write_text(script, encoding="utf-8")
        (bin_dir / name).chmod(0o755)
        return taken

    return make


def decoded(sequence: str) -> str:
    found = re.fullmatch(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", sequence)
    assert found is not None
    return base64.b64decode(found[1], validate=True).decode("utf-8")


@given(st.text(max_size=2_000))
def test_the_terminal_gets_the_cleaned_text(text: str) -> None:
    assert decoded(clipboard.osc52(text)) == clean(text, 10_000)


@given(st.text(max_size=2_000))
def test_tmux_unwraps_to_the_same_sequence(text: str) -> None:
    wrapped = clipboard.osc52(text, tmux=True)
    inner = re.fullmatch(r"\x1bPtmux;(.*)\x1b\\", wrapped, re.DOTALL)
    assert inner is not None
    assert "\x1b\\" not in inner[1].replace("\x1b\x1b", "")
    assert inner[1].replace("\x1b\x1b", "\x1b") == clipboard.osc52(text)


@given(st.text(max_size=2_000))
def test_screen_gets_short_strings_that_join_to_the_sequence(text: str) -> None:
    wrapped = clipboard.osc52(text, screen=True)
    chunks = re.findall(r"\x1bP(.*?)\x1b\\", wrapped, re.DOTALL)
    assert "".join(f"\x1bP{chunk}\x1b\\" for chunk in chunks) == wrapped
    assert "".join(chunks) == clipboard.osc52(text)
    assert max(map(len, chunks)) <= 252


def test_the_longest_text_makes_a_hundred_thousand_bytes_and_one_more_is_refused() -> None:
    assert len(clipboard.osc52("x" * clipboard.MOST_BYTES)) == 100_000
    with pytest.raises(PaperstuiError, match="too long for the terminal's clipboard: 74,995 bytes"):
        clipboard.osc52("x" * (clipboard.MOST_BYTES + 1))
    with pytest.raises(PaperstuiError):
        clipboard.osc52("é" * (clipboard.MOST_BYTES // 2 + 1))


def test_the_sequence_fits_the_terminal_around_it(bin_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert bin_dir.is_dir()
    plain = clipboard.osc52("a")
    assert clipboard.terminal_sequence("a") == plain
    monkeypatch.setenv("STY", "123.pts-0")
    assert clipboard.terminal_sequence("a") == clipboard.osc52("a", screen=True)
    monkeypatch.setenv("TMUX", "/run/tmux")
    assert clipboard.terminal_sequence("a") == plain + clipboard.osc52("a", tmux=True)


@pytest.mark.parametrize(
    ("variable", "platform", "name", "args"),
    [
        ("WAYLAND_DISPLAY", "linux", "wl-copy", "--type text/plain "),
        ("DISPLAY", "linux", "xclip", "-selection clipboard "),
        ("DISPLAY", "linux", "xsel", "--clipboard --input "),
        ("HOME", "darwin", "pbcopy", " "),
    ],
)
def test_each_command_gets_the_text_on_its_input(
    variable: str, platform: str, name: str, args: str, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "yes")
    monkeypatch.setattr(sys, "platform", platform)
    taken = program(name)
    text = "$(touch x) O'Brien & Łukasz 南宫若兰\nsecond line"
    assert clipboard.copy_now(text) == clipboard.Copied(name)
    assert taken.read_text(encoding="utf-8") == text
    assert taken.with_suffix(".args").read_text(encoding="utf-8") == args


def test_windows_gets_utf_16(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WSL_DISTRO_NAME", "Debian")
    taken = program("clip.exe")
    assert clipboard.copy_now("Łukasz 🥭").how == "clip.exe"
    assert taken.read_bytes().decode("utf-16") == "Łukasz 🥭"


def test_a_command_without_its_display_is_not_used(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("wl-copy", "xclip", "xsel", "pbcopy", "clip.exe"):
        program(name)
    assert clipboard.copy_commands() == []
    assert clipboard.copy_now("text") == clipboard.Copied("")
    monkeypatch.setenv("DISPLAY", ":0")
    assert clipboard.copy_commands()[0] == ["xclip", "-selection", "clipboard"]
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert clipboard.copy_commands()[0] == ["wl-copy", "--type", "text/plain"]


def test_controls_do_not_reach_the_clipboard(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    taken = program("xclip")
    clipboard.copy_now("one\x1b[201~\x03two\u202e")
    assert taken.read_text(encoding="utf-8") == "onetwo"


@pytest.mark.parametrize(
    ("then", "message"),
    [("exit 4", "xclip failed with status 4"), ("exec /bin/sleep 60", "xclip did not take the text within")],
)
def test_a_command_that_fails_or_hangs_is_reported(
    then: str, message: str, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    program("xclip", then)
    with pytest.raises(PaperstuiError, match=message):
        clipboard.copy_now("text", timeout=0.3)


def test_a_child_that_stays_behind_does_not_hold_the_copy(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    taken = program("wl-copy")
    script = f"#!/bin/sh\n/bin/cat > {taken}\n/bin/sleep 60 &\necho $! > {taken}.pid\n"
    (taken.parent / "wl-copy").write_text(script, encoding="utf-8")
    assert clipboard.copy_now("text", timeout=20).how == "wl-copy"
    os.kill(int(Path(f"{taken}.pid").read_text(encoding="ascii")), signal.SIGTERM)  # it was still there
    assert taken.read_text(encoding="utf-8") == "text"


def test_when_one_command_fails_the_next_one_has_its_turn(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.setenv("DISPLAY", ":0")
    program("wl-copy", "exit 1")
    program("xclip")
    assert clipboard.copy_now("text").how == "xclip"
    program("xclip", "exit 2")
    with pytest.raises(PaperstuiError, match="wl-copy failed with status 1"):
        clipboard.copy_now("text")


@pytest.mark.parametrize(
    ("term", "program_name", "takes"),
    [
        ("xterm-256color", "", True),
        ("tmux-256color", "Apple_Terminal", False),
        ("linux", "", False),
        ("dumb", "", False),
    ],
)
def test_which_terminals_have_no_clipboard(
    term: str, program_name: str, takes: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("TERM_PROGRAM", program_name)
    assert clipboard.terminal_takes() is takes
