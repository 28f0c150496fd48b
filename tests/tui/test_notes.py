"""Notes in the reader: written in the editor, shown on a tab of the paper, marked in its row, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from paperstui.paths import Paths, short
from paperstui.tui.app import PaperstuiApp
from paperstui.usecases import Desk
from tests.golden import expect_golden
from tests.hostile import HOSTILE
from tests.tui.reading import Reading, reading
from tests.tui.test_hostile import expect_harmless

SIZES = [(120, 40), (80, 24), (50, 14)]
LONG = "\n\n".join(f"Paragraph {number} of what was noted." for number in range(60))


class Editor:
    """The user's editor, in a test: a program of the shell's."""

    def __init__(self, directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._file = directory / "edits"
        monkeypatch.setenv("EDITOR", f"'{self._file}' -w")

    def does(self, text: str) -> None:
        """What it does with the file "$2"."""
        self._file.write_text(f"#!/bin/sh\n{text}\n")
        self._file.chmod(0o755)


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    @contextmanager
    def given_away(_app: PaperstuiApp) -> Iterator[None]:
        # A test has no terminal to give away.
        yield

    monkeypatch.setattr(PaperstuiApp, "suspend", given_away)
    return Editor(tmp_path, monkeypatch)


def paper(reader: Reading) -> str:
    row = reader.screen.papers.paper
    assert row is not None
    return row.id


async def test_a_note_is_written_shown_and_taken_back(filled: Desk, editor: Editor) -> None:
    editor.does('test "$1" = -w && printf "The **bound** is $%s$.\\nand so on\\n" "\\\\Omega(\\\\sqrt{n})" > "$2"')
    async with reading(filled) as reader:
        await reader.press("L", "L", "L", "L")
        assert reader.screen.tabs.shown == "notes"
        assert "No note yet: press e to write one." in reader.text
        assert "✎" not in reader.text
        await reader.press("e")
        assert "Note on 1 paper: " in reader.line
        assert "The bound is Ω(√n)." in reader.text
        assert "and so on" in reader.text
        assert "Notes 1" in reader.text
        assert "✎ a note" in reader.text
        assert reader.text.count("✎") == 2, "in the row and beside it"
        assert filled.noting.note(paper(reader)).startswith("The **bound**")
        await reader.press("u")
        assert "Undone: Note on 1 paper" in reader.line
        assert "press e to write one" in reader.text
        assert "✎" not in reader.text
        await reader.press("ctrl+r")
        assert "The bound is Ω(√n)." in reader.text
        await reader.press("j")
        assert "press e to write one" in reader.text
        await reader.press("k")
        assert "The bound is Ω(√n)." in reader.text


@pytest.mark.parametrize("size", SIZES, ids=[f"{columns}x{rows}" for columns, rows in SIZES])
async def test_the_tab_reads_as_it_should(filled: Desk, size: tuple[int, int]) -> None:
    text = "# Read again\n\nThe **bound** $\\mathcal{O}(n\\log n)$ is *not* tight:\n\n- see Lemma 3\n  - and its proof\n- ask Ada"
    async with reading(filled, size=size) as reader:
        filled.followed(filled.noting.write(paper(reader), text))
    async with reading(filled, size=size) as reader:
        await reader.press("enter", "l", "l", "l", "l")
        expect_golden(f"paper-notes-{size[0]}x{size[1]}", reader.text)


async def test_it_is_written_from_everywhere_a_paper_is_shown(filled: Desk, editor: Editor) -> None:
    editor.does('echo line >> "$2"')
    async with reading(filled) as reader:
        await reader.press("e")
        await reader.press("enter", "e")
        assert filled.noting.note(paper(reader)) == "line\nline"
        await reader.press("enter", "e")
        await reader.see("Note on 1 paper")
        assert filled.noting.note(paper(reader)) == "line\nline\nline"


@pytest.mark.parametrize(
    ("does", "said"),
    [
        ("exit 1", "Edits ended with status 1"),
        ("", "The note is as it was."),
        ('echo mine > "$2"; exit 1', "What you wrote is in ~/state/paperstui/notes/"),
        ('echo mine > "$2"; kill -9 $$', "What you wrote is in ~/state/paperstui/notes/"),
        ('printf "caf\\351" > "$2"', "What you wrote is in ~/state/paperstui/notes/"),
        ('rm "$2"', "The note cannot be read: No such file or directory"),
    ],
)
async def test_what_goes_wrong_is_told_and_nothing_is_lost(
    filled: Desk, places: Paths, editor: Editor, does: str, said: str
) -> None:
    editor.does(does)
    async with reading(filled) as reader:
        await reader.press("e")
        assert said in reader.line
        assert filled.noting.note(paper(reader)) == ""
        kept = sorted(file.name for file in places.drafts.iterdir())
        assert kept == ([f"{paper(reader)}.md"] if "What you wrote" in said else [])
        if kept:
            assert f"{paper(reader)}.md" in reader.line, "its name is not cut off"


async def test_a_text_that_was_kept_is_told_of(filled: Desk, editor: Editor) -> None:
    async with reading(filled) as reader:
        editor.does('echo mine > "$2"; exit 1')
        await reader.press("e")
        editor.does('echo new > "$2"')
        await reader.press("e")
        assert "Another text of this note, which was not saved, is in ~/state/" in reader.line
        assert filled.noting.note(paper(reader)) == "new"


async def test_without_an_editor_or_a_terminal_to_give_it(filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading(filled) as reader:
        monkeypatch.setenv("EDITOR", "nowhere")
        await reader.press("e")
        assert "there is no editor 'nowhere', which EDITOR names" in reader.line
        monkeypatch.setenv("EDITOR", "true")
        await reader.press("e")
        assert "This terminal cannot be given to another program" in reader.line


async def test_without_papers_there_is_nothing_to_note(desk: Desk, editor: Editor) -> None:
    editor.does("exit 1")
    async with reading(desk) as reader:
        await reader.press("e")
        assert "ended" not in reader.line


async def test_its_formulas_are_shown_as_they_were_written_on_the_key(filled: Desk) -> None:
    async with reading(filled, query="") as reader:
        filled.followed(filled.noting.write(paper(reader), "It is $\\alpha^2$."))
        await reader.screen.shelf.reload((paper(reader),))
        await reader.press("enter", "l", "l", "l", "l")
        assert "It is α²." in reader.text
        await reader.press("$")
        assert "It is $\\alpha^2$." in reader.text
        await reader.press("$")
        assert "It is α²." in reader.text


async def test_a_long_note_is_scrolled_and_goes_to_another_width(filled: Desk) -> None:
    async with reading(filled) as reader:
        filled.followed(filled.noting.write(paper(reader), LONG))
    async with reading(filled) as reader:
        await reader.press("enter", "l", "l", "l", "l", "G")
        assert "Paragraph 59 of what was noted." in reader.text
        await reader.pilot.resize_terminal(80, 24)
        await reader.settle()
        await reader.press("g", "g", "space")
        assert "of what was noted." in reader.text


async def test_a_hostile_note_of_another_device_harms_nobody(filled: Desk) -> None:
    async with reading(filled, size=(80, 24)) as reader:
        await reader.press("enter", "l", "l", "l", "l")
        for _, text in HOSTILE:
            filled.followed(filled.noting.write(paper(reader), text[:2000]))
            await reader.screen.shelf.reload((paper(reader),))
            await reader.settle()
            expect_harmless(reader)


async def test_what_an_editor_put_aside_is_told(filled: Desk, places: Paths, editor: Editor) -> None:
    editor.does('echo typed > "$2.save"; kill -HUP $$')
    async with reading(filled) as reader:
        await reader.press("e")
        aside = places.drafts / f"{paper(reader)}.md.save"
        assert f"What your editor kept of it is in {short(aside)}" in reader.line
        assert aside.read_text() == "typed\n"
        editor.does('echo more > "$2"')
        await reader.press("e")
        assert filled.noting.note(paper(reader)) == "more"
        assert f"Another text of this note, which was not saved, is in {short(aside)}" in reader.line
