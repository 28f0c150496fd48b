"""Typing on the way to something: the list is not emptied by it, and what means nothing is told at the end."""

from __future__ import annotations

import pytest

from paperstui.usecases import Desk
from tests.tui.reading import reading


@pytest.fixture
def word(filled: Desk) -> str:
    """A long word that a title begins with."""
    titles = [row.title for row in filled.rows(range(1, 61))]
    return next(word for title in titles if len(word := title.split()[0]) > 6 and word.isalpha()).lower()


async def test_the_way_to_a_field_does_not_empty_the_list(filled: Desk) -> None:
    async with reading(filled) as running:
        shown = list(running.screen.papers.ids)
        await running.press("slash")
        for letter in "submitter":
            await running.press(letter)
            assert len(running.screen.papers.ids) > 0
        assert list(running.screen.papers.ids) == shown
        await running.press("enter")
        assert len(running.screen.papers.ids) == 0


async def test_half_a_word_goes_on_finding_longer_ones_behind_a_space(filled: Desk, word: str) -> None:
    async with reading(filled, query="") as running:
        await running.press("7", "slash", *word[:-2])
        found = list(running.screen.papers.ids)
        assert found
        await running.press("space")
        assert list(running.screen.papers.ids) == found
        assert "longer ones" not in running.line
        await running.press("enter")
        assert set(running.screen.papers.ids) == set(found)
        assert "no paper has all of these words whole: longer ones count, too" in running.line


async def test_what_means_nothing_is_told_when_the_query_is_finished(filled: Desk) -> None:
    async with reading(filled) as running:
        await running.press("slash", "a", "space", "O", "R")
        assert "left out" not in running.line
        await running.press("enter")
        assert "“OR” was left out: it needs a word on both sides" in running.line
        await running.press("escape")
        assert "left out" not in running.line


async def test_what_was_said_before_gives_way_to_what_is_said_of_the_query(filled: Desk) -> None:
    async with reading(filled) as running:
        await running.press("g", "z")
        assert "g z means nothing" in running.line
        await running.press("slash", "a", "space", "O", "R")
        assert "g z means nothing" not in running.line
        running.screen.say("said meanwhile")
        await running.press("enter")
        assert "“OR” was left out" in running.line


async def test_a_query_that_is_given_at_the_start_is_finished(filled: Desk) -> None:
    async with reading(filled, query="id:") as running:
        await running.see("“id:” has no value and was left out")
