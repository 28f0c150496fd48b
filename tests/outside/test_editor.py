"""The user's editor is found and started without a shell, and what becomes of it is told."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from paperstui.errors import PaperstuiError
from paperstui.outside import editor


def program(directory: Path, name: str, text: str) -> Path:
    """A program of the shell's."""
    file = directory / name
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)
    return file


@pytest.fixture(autouse=True)
def _only_these(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No editor of the machine is found."""
    monkeypatch.setenv("PATH", str(tmp_path))


def test_the_variables_name_it_with_its_arguments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = (str(program(tmp_path, name, "")) for name in ("one", "other"))
    monkeypatch.setenv("EDITOR", "one -c 'set tw=72' --wait")
    assert editor.command() == [one, "-c", "set tw=72", "--wait"]
    monkeypatch.setenv("VISUAL", "other")
    assert editor.command() == [other], "VISUAL comes first"
    monkeypatch.setenv("VISUAL", "  ")
    assert editor.command()[0] == one


def test_a_home_directory_is_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    mine = program(tmp_path, "mine", "")
    monkeypatch.setenv("EDITOR", "~/mine")
    assert editor.command() == [str(mine)]


def test_without_them_a_usual_one_is_taken(tmp_path: Path) -> None:
    with pytest.raises(PaperstuiError, match="there is no editor: EDITOR names yours"):
        editor.command()
    usual = program(tmp_path, "vi", "")
    assert editor.command() == [str(usual)]


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("nowhere -f", "there is no editor 'nowhere', which EDITOR names"),
        ("'open", "EDITOR has a quotation mark that is not closed"),
        ("''", "there is no editor '', which EDITOR names"),
        ("ev\x1b[31mil", "there is no editor 'evil', which EDITOR names"),
    ],
)
def test_one_that_is_not_there_is_told(named: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", named)
    with pytest.raises(PaperstuiError) as caught:
        editor.command()
    assert str(caught.value) == said


def test_it_is_given_the_file_and_no_shell_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "a $(touch broken); b.md"
    file.write_text("")
    writes = program(tmp_path, "writes", 'printf "%s|" "$@" > "$2"')
    editor.edit([str(writes), "a b"], file)
    assert file.read_text() == f"a b|{file}|"
    assert not (tmp_path / "broken").exists()


@pytest.mark.parametrize(
    ("does", "said"),
    [("exit 3", "fails ended with status 3"), ("kill -9 $$", "fails was ended by signal 9")],
)
def test_how_it_failed_is_told(tmp_path: Path, does: str, said: str) -> None:
    fails = program(tmp_path, "fails", does)
    with pytest.raises(PaperstuiError) as caught:
        editor.edit([str(fails)], tmp_path / "note.md")
    assert str(caught.value) == said


def test_what_cannot_be_started_is_told(tmp_path: Path) -> None:
    file = tmp_path / "text"
    file.write_text("no program")
    with pytest.raises(PaperstuiError, match="text did not start: Permission denied"):
        editor.edit([str(file)], tmp_path / "note.md")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGQUIT])
def test_signals_of_the_keyboard_are_the_editors(tmp_path: Path, number: signal.Signals) -> None:
    done = tmp_path / "done"
    # The terminal sends it to both; the editor dies of it, unless it is one that takes it for a key.
    both = program(tmp_path, "both", f'kill -{int(number)} {os.getpid()}; echo yes > "{done}"; kill -{int(number)} $$')
    before = signal.getsignal(number)
    with pytest.raises(PaperstuiError, match=f"signal {int(number)}"):
        editor.edit([str(both)], tmp_path / "note.md")
    assert done.read_text() == "yes\n"
    assert signal.getsignal(number) == before


def test_what_ends_the_program_waits_for_the_editor(tmp_path: Path) -> None:
    caught: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _: caught.append(number))
    file = tmp_path / "note.md"
    ends = program(tmp_path, "ends", f'kill -15 {os.getpid()}; echo written > "$1"')
    try:
        editor.edit([str(ends)], file)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert file.read_text() == "written\n"
    assert caught == [signal.SIGTERM]
