"""Hiding papers: each is gone at once, the cursor is on the next, and it can be taken back."""

from __future__ import annotations

import pytest

from paperstui.usecases import Desk
from tests.tui.reading import Reading, reading


def ids(reader: Reading) -> list[int]:
    return list(reader.screen.papers.ids)


async def test_a_hidden_paper_is_gone_and_the_next_one_is_under_the_cursor(filled: Desk) -> None:
    async with reading(filled) as reader:
        papers = reader.screen.papers
        before = ids(reader)
        await reader.press("j", "j", "x")
        assert "Hid 1 paper: " in reader.line
        assert ids(reader) == before[:2] + before[3:]
        assert (papers.cursor, papers.rowid) == (2, before[3])
        assert f"{len(before) - 1} unread of {len(before) - 1}" in reader.text
        assert f"1 Today {len(before) - 1}" in reader.text
        detail = reader.screen.shelf.detail
        assert detail is not None
        assert detail.rowid == before[3]
        await reader.press("x", "u")
        assert "Undone: Hid 1 paper" in reader.line
        assert ids(reader) == before[:2] + before[3:]
        assert papers.rowid == before[3]
        await reader.press("u")
        assert ids(reader) == before
        assert papers.rowid == before[2]
        await reader.press("ctrl+r")
        assert ids(reader) == before[:2] + before[3:]


async def test_the_last_paper_gives_way_to_the_one_above_and_then_to_none(filled: Desk) -> None:
    async with reading(filled, query="upvotes:>30") as reader:
        count = len(ids(reader))
        await reader.press("G")
        for left in range(count - 1, -1, -1):
            await reader.press("x")
            assert len(ids(reader)) == left
            assert reader.screen.papers.cursor == max(0, left - 1)
        assert "No paper matches" in reader.text
        await reader.press("x")
        assert "Hid 1 paper" in reader.line, "there is nothing more to hide"


async def test_what_was_read_stays_in_an_unread_list(filled: Desk) -> None:
    async with reading(filled, query="is:unread") as reader:
        before = ids(reader)
        await reader.press("r", "x")
        assert ids(reader) == [before[0], *before[2:]]


async def test_is_hidden_shows_them_and_the_same_key_brings_them_back(filled: Desk) -> None:
    async with reading(filled) as reader:
        first = ids(reader)[0]
        await reader.press("x", "7", "/", *"is:hidden", "enter")
        assert ids(reader) == [first]
        await reader.press("x")
        assert "Showed 1 paper again" in reader.line
        assert ids(reader) == [first], "it stays until the list is left"
        await reader.press("x")
        assert "Hid 1 paper" in reader.line
        assert ids(reader) == [first]
        await reader.press("x", "escape", "1")
        assert first in ids(reader)


@pytest.mark.parametrize("view", ["5", "6"])
async def test_from_a_list_of_ones_own(filled: Desk, view: str) -> None:
    async with reading(filled) as reader:
        await reader.press("a", "s", view)
        assert len(ids(reader)) == 1
        await reader.press("x")
        assert ids(reader) == []
        await reader.press("u")
        assert len(ids(reader)) == 1


async def test_in_the_paper_the_next_one_is_shown(filled: Desk) -> None:
    async with reading(filled) as reader:
        before = ids(reader)
        await reader.press("enter", "x")
        assert reader.screen.context == "detail"
        detail = reader.screen.shelf.detail
        assert detail is not None
        assert detail.rowid == before[1]
