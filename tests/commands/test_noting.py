"""`paperstui note`: from the command line, from a pipe, and in an editor on a terminal."""

from __future__ import annotations

import io
import os
import pty
import sys
from pathlib import Path

import pytest

from paperstui.paths import Paths, short
from tests.commands.calling import Caller, journal_of, start

ID = "2606.00001"

pytestmark = pytest.mark.usefixtures("library")


def type_in(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    """Standard input holds these bytes."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))


def test_a_text_is_the_note(call: Caller, places: Paths) -> None:
    assert call.good("note", ID, "Check **B**.").out == "Note on 1 paper\n"
    assert call.good("note", ID, "--show").out == "Check **B**.\n"
    assert call.good("note", f"https://arxiv.org/abs/{ID}v1", "--show", "--json").json == {
        "id": ID,
        "note": "Check **B**.",
    }
    assert call.good("note", ID, "two", "words").out == "Note on 1 paper\n"
    assert call.good("note", ID, "two words").out == "the note is as it was\n"
    assert call.good("undo").out == "Undone: Note on 1 paper\n"
    assert call.good("note", ID, "--show").out == "Check **B**.\n"
    assert journal_of(places)[0]["cite"][ID]["title"] == "Paper 1"
    assert call.ids("note:check") == call.ids("has:notes") == [ID]


def test_it_is_in_what_is_printed_and_exported(call: Caller) -> None:
    call.good("note", ID, "A *proof* of $n \\to \\infty$.")
    assert call.good("show", ID, "--json").json["note"] == "A *proof* of $n \\to \\infty$."
    assert "Note\n  A proof of n → ∞." in call.good("show", ID).out
    assert "\n  A *proof*" in call.good("export", "--format", "markdown", "has:notes").out
    assert "\n  Note\n" not in call.good("show", "2606.00002").out


def test_it_is_removed(call: Caller) -> None:
    for how in ("--remove", ""):
        call.good("note", ID, "x")
        assert call.good("note", ID, how).out == "Removed the note on 1 paper\n"
        assert call.good("note", ID, how).out == "the note is as it was\n"
    shown = call("note", ID, "--show")
    assert (shown.status, shown.out, shown.complaint) == (0, "", "there is no note on it")


def test_a_text_is_appended(call: Caller) -> None:
    call.good("note", ID, "--append", "one")
    call.good("note", ID, "--append", "two")
    assert call.good("note", ID, "--show").lines == ["one", "", "two"]
    assert call.good("note", ID, "--append", " ").out == "the note is as it was\n"


def test_what_several_commands_append_at_once_is_all_there(call: Caller) -> None:
    running = [start("note", ID, "--append", f"line {number}") for number in range(4)]
    said = [process.communicate(timeout=40) for process in running]
    assert said == [("Note on 1 paper\n", "")] * 4
    assert sorted(call.good("note", ID, "--show").out.split()) == sorted(
        ["line", "0", "line", "1", "line", "2", "line", "3"]
    )


def test_a_pipe_is_read(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    type_in(monkeypatch, "\ufeffcafé\r\n\r\n- b\n".encode())
    assert call.good("note", ID).out == "Note on 1 paper\n"
    assert call.good("note", ID, "--show").lines == ["café", "", "- b"]
    type_in(monkeypatch, b"more")
    call.good("note", ID, "-", "--append")
    assert call.good("note", ID, "--show").lines[-1] == "more"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "nothing came from standard input, and the note is as it was: --remove takes it away"),
        (b" \n", "nothing came from standard input, and the note is as it was: --remove takes it away"),
        (b"caf\xe9", "the note is not in UTF-8"),
        (b"a" * 70_000, "a note is longer than 64 kB"),
        (b"a" * 300_000, "a note is longer than 64 kB"),
    ],
    ids=["nothing", "blank", "Latin-1", "long", "very long"],
)
def test_what_a_pipe_cannot_say(call: Caller, monkeypatch: pytest.MonkeyPatch, data: bytes, said: str) -> None:
    call.good("note", ID, "before")
    type_in(monkeypatch, data)
    ended = call("note", ID)
    assert (ended.status, ended.complaint) == (2, said)
    assert call.good("note", ID, "--show").out == "before\n"


@pytest.mark.parametrize(
    "given",
    [
        ("--show", "text"),
        ("--remove", "text"),
        ("--json", "text"),
        ("--show", "--remove"),
        ("--append", "--remove", "x"),
    ],
)
def test_what_makes_no_sense(call: Caller, given: tuple[str, ...]) -> None:
    assert call("note", ID, *given).status == 2
    assert call("note", ID, "--show").out == ""


def test_a_paper_that_is_not_here(call: Caller) -> None:
    ended = call("note", "2606.99999", "x")
    assert ended.status == 1
    assert "2606.99999" in ended.complaint


# On a terminal


class OnTerminal:
    """The command with a terminal for its input."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def __call__(self, editor: str, *given: str) -> tuple[int, str, str]:
        """Its status and what it said. editor: what the editor does, in the shell."""
        script = self._directory / "edits"
        script.write_text(f"#!/bin/sh\n{editor}\n")
        script.chmod(0o755)
        ours, its = pty.openpty()
        try:
            running = start("note", ID, *given, env={"EDITOR": f"{script} --wait"}, stdin=its)
            out, err = running.communicate(timeout=40)
        finally:
            os.close(ours)
            os.close(its)
        assert "Traceback" not in err
        return running.returncode, out, err.replace("paperstui: ", "")


@pytest.fixture
def on_terminal(tmp_path: Path) -> OnTerminal:
    return OnTerminal(tmp_path)


def test_the_editor_opens_on_the_note(call: Caller, on_terminal: OnTerminal, places: Paths) -> None:
    call.good("note", ID, "before")
    assert on_terminal('test "$1" = --wait && echo after >> "$2"') == (0, "Note on 1 paper\n", "")
    assert call.good("note", ID, "--show").lines == ["before", "after"]
    assert on_terminal("") == (0, "the note is as it was\n", "")
    assert on_terminal(': > "$2"') == (0, "Removed the note on 1 paper\n", "")
    assert list(places.drafts.iterdir()) == []


def test_an_editor_that_fails_loses_nothing(call: Caller, on_terminal: OnTerminal, places: Paths) -> None:
    assert on_terminal("exit 1") == (1, "", "edits ended with status 1\n")
    kept = f"~/state/paperstui/notes/{ID}.md"
    assert on_terminal('echo mine > "$2"; kill -9 $$') == (
        1,
        "",
        f"what you wrote is in {kept}: edits was ended by signal 9\n",
    )
    assert (places.drafts / f"{ID}.md").read_text() == "mine\n"
    status, out, err = on_terminal('echo new > "$2"')
    assert (status, out) == (0, "Note on 1 paper\n")
    assert err == f"another text of this note, which was not saved, is in {kept}\n"
    assert call.good("note", ID, "--show").out == "new\n"
    assert (places.drafts / f"{ID}.md").read_text() == "mine\n"


def test_a_signal_ends_it_when_the_editor_has_ended(call: Caller, on_terminal: OnTerminal, places: Paths) -> None:
    status, out, err = on_terminal('echo mine > "$2"; kill -15 $PPID')
    assert (status, out) == (128 + 15, "")
    assert err == f"what you wrote is in ~/state/paperstui/notes/{ID}.md: the note is as it was\n"
    assert (places.drafts / f"{ID}.md").read_text() == "mine\n"
    assert call("note", ID, "--show").out == ""


def test_on_a_terminal_a_part_needs_a_text(on_terminal: OnTerminal) -> None:
    assert on_terminal("", "--append")[0] == 2


@pytest.mark.parametrize(
    ("end", "status", "said"),
    [
        ("kill -HUP $$", 1, "what your editor kept of it is in {}: edits was ended by signal 1\n"),
        (":", 0, "what your editor left of another text of this note is in {}\n"),
    ],
    ids=["killed", "ended well"],
)
def test_what_an_editor_put_aside_is_told(
    on_terminal: OnTerminal, places: Paths, end: str, status: int, said: str
) -> None:
    aside = places.drafts / f".{ID}.md.swp"
    ended = on_terminal(f'echo typed > "{aside}"; {end}')
    assert (ended[0], ended[2]) == (status, said.format(short(aside)))
    assert aside.read_text() == "typed\n"
