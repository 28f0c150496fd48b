"""What is done while a full text is open is done with its paper, wherever the cursor of the list below it is by then."""

from __future__ import annotations

import pytest

from paperstui.actions import ALSO_IN_TEXT, BY_ID
from paperstui.models import Detail
from paperstui.paths import Paths
from paperstui.tui.screens.fulltext import FullTextScreen
from paperstui.usecases import Desk
from tests.tui.reading import Reading, open_desk, reading
from tests.tui.test_notes import Editor
from tests.tui.test_notes import editor as editor  # noqa: PLC0414 - a fixture, for this module
from tests.tui.texts import open_text, text_desk
from tests.waiting import wait_for

NO_PAPER = {"undo", "theme", "source", "help", "health", "palette", "suspend", "quit"}
DECIDES = {"star": "starred", "queue": "queued"}
LEAVES = {
    "open_page", "open_site", "open_code", "open_pdf", "open_pdf_page", "open_project", "open_model",
    "copy_link", "copy_id", "copy_bibtex", "copy_markdown",
}  # fmt: skip
OTHERS = {"note", "copy_title"}


def under_cursor(reader: Reading) -> str:
    row = reader.screen.papers.paper
    assert row is not None
    return row.id


async def text_below_which_the_cursor_moves(reader: Reading) -> FullTextScreen:
    """The text of the third paper; the cursor of the list goes elsewhere, as a refresh or another view may have it."""
    await reader.press("j", "j")
    text = await open_text(reader)
    assert under_cursor(reader) == text.paper.id
    reader.screen.papers.move_to(0)
    await reader.settle()
    assert under_cursor(reader) != text.paper.id
    return text


def test_every_action_of_a_text_is_tried_here() -> None:
    assert NO_PAPER | set(DECIDES) | LEAVES | OTHERS == ALSO_IN_TEXT


@pytest.mark.parametrize("name", sorted(DECIDES))
async def test_decisions(places: Paths, name: str) -> None:
    desk = text_desk(places)
    async with reading(desk) as reader:
        text = await text_below_which_the_cursor_moves(reader)
        elsewhere = under_cursor(reader)
        await reader.press(BY_ID[name].keys[0])
        [there, here] = desk.rows_of([elsewhere, text.paper.id])
        assert (getattr(here, DECIDES[name]), getattr(there, DECIDES[name])) == (True, False)
        await reader.press(BY_ID[name].keys[0])
        [here] = desk.rows_of([text.paper.id])
        assert not getattr(here, DECIDES[name])
    desk.close()


@pytest.mark.parametrize("name", sorted(LEAVES))
async def test_what_leaves_the_terminal(places: Paths, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    desk = text_desk(places)
    async with reading(desk) as reader:
        text = await text_below_which_the_cursor_moves(reader)
        used: list[str] = []
        at_hand = reader.screen.at_hand
        read = at_hand.detail

        async def noted(*given: object) -> Detail | None:
            detail = await read(*given)  # type: ignore[arg-type]
            assert detail is not None
            used.append(detail.paper.id)
            return None

        monkeypatch.setattr(at_hand, "detail", noted)
        await reader.press(*BY_ID[name].keys[0].split())
        await wait_for(lambda: bool(used), "the paper to be looked up")
        assert used == [text.paper.id]
    desk.close()


async def test_the_title_is_copied(places: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = text_desk(places)
    async with reading(desk) as reader:
        text = await text_below_which_the_cursor_moves(reader)
        copied: list[str] = []
        monkeypatch.setattr(reader.screen.outward, "copy", lambda _what, title: copied.append(title))
        await reader.press("y", "t")
        await wait_for(lambda: bool(copied), "the title")
        assert copied == [text.paper.title]
    desk.close()


async def test_the_note_is_on_the_paper_that_is_read(places: Paths, editor: Editor) -> None:
    editor.does('echo "about this" > "$2"')
    desk = text_desk(places)
    async with reading(desk) as reader:
        text = await text_below_which_the_cursor_moves(reader)
        await reader.press("e")
        assert desk.noting.note(text.paper.id) == "about this"
        assert desk.noting.note(under_cursor(reader)) == ""
    desk.close()


async def test_undo_in_a_text_leaves_the_list_where_it_is(places: Paths) -> None:
    desk = text_desk(places)
    async with reading(desk) as reader:
        first = under_cursor(reader)
        await reader.press("s", "j", "j")
        text = await open_text(reader)
        await reader.press("u")
        assert not desk.rows_of([first])[0].starred
        assert under_cursor(reader) == text.paper.id
        await reader.press("q")
        assert under_cursor(reader) == text.paper.id
        await reader.press("ctrl+r")
        assert under_cursor(reader) == first, "without a text over it, the list shows what was done"
    desk.close()


async def test_a_hidden_paper_that_undo_brings_back_does_not_take_the_cursor(places: Paths) -> None:
    desk = text_desk(places)
    async with reading(desk) as reader:
        first = reader.screen.papers.rowid
        await reader.press("x", "j", "j")
        assert first not in reader.screen.papers.ids
        text = await open_text(reader)
        await reader.press("u")
        await wait_for(lambda: first in reader.screen.papers.ids, "the paper to be in the list again")
        assert under_cursor(reader) == text.paper.id
    desk.close()


async def test_a_paper_that_another_process_hides_is_still_the_one_that_is_read(places: Paths) -> None:
    desk = text_desk(places)
    async with reading(desk) as reader:
        await reader.press("j", "j")
        text = await open_text(reader)
        other: Desk = open_desk(places)
        other.decide((text.paper.id,), "hidden", True)
        other.close()
        desk.poll()
        reader.screen.shelf.again()
        await wait_for(lambda: under_cursor(reader) != text.paper.id, "the paper to go from the list")
        await reader.press("s")
        assert desk.rows_of([text.paper.id])[0].starred
        assert not desk.rows_of([under_cursor(reader)])[0].starred
    desk.close()


async def test_when_the_text_is_closed_the_cursor_says_again_which_paper_is_meant(places: Paths) -> None:
    desk = text_desk(places)
    async with reading(desk) as reader:
        text = await text_below_which_the_cursor_moves(reader)
        await reader.press("q", "s")
        assert desk.rows_of([under_cursor(reader)])[0].starred
        assert not desk.rows_of([text.paper.id])[0].starred
    desk.close()
