"""The line of keys names what the keys do now, and a key that does nothing says so."""

from __future__ import annotations

import pytest

from paperstui.usecases import Desk
from tests.tui.reading import Reading, reading


async def test_a_key_that_does_not_go_on_with_a_chord_says_so(filled: Desk) -> None:
    async with reading(filled) as reader:
        await reader.press("g", "z")
        assert "g z means nothing; g and then: " in reader.line
        assert "r refresh" in reader.line
        await reader.press("z")
        assert "z means nothing; z" not in reader.line


async def test_escape_cancels_a_chord_without_a_word(filled: Desk) -> None:
    async with reading(filled) as reader:
        await reader.press("g", "escape")
        assert "means nothing" not in reader.line


async def test_earlier_queries_are_offered_when_there_are_any(filled: Desk) -> None:
    async with reading(filled) as reader:
        await reader.press("slash")
        assert "earlier query" not in reader.text.splitlines()[-1]
        await reader.press("x", "enter", "escape", "slash")
        assert "earlier query" in reader.text.splitlines()[-1]


def where(reader: Reading) -> str:
    return reader.screen.context


async def click_hint(reader: Reading, text: str) -> None:
    line = reader.text.splitlines()[-1]
    await reader.pilot.click("#hints", offset=(line.index(text) + 1, 0))
    await reader.settle()


@pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=["120x40", "80x24"])
async def test_a_click_on_a_hint_does_it(filled: Desk, size: tuple[int, int]) -> None:
    async with reading(filled, size=size) as reader:
        await click_hint(reader, "s star")
        assert "Starred 1 paper" in reader.line
        await click_hint(reader, "Enter open")
        assert where(reader) == "detail"
        await click_hint(reader, "M more")
        assert "M …" in reader.text.splitlines()[-1]
        await reader.press("escape")
        await click_hint(reader, "q back")
        assert where(reader) == "list"
        await click_hint(reader, "/ filter")
        assert where(reader) == "filter"
        await click_hint(reader, "Enter to the list")
        assert where(reader) == "list"


async def test_a_click_on_what_goes_on_with_a_chord_does_it(filled: Desk) -> None:
    async with reading(filled, size=(160, 40)) as reader:
        await reader.press("g")
        await click_hint(reader, "d go to date")
        assert type(reader.app.screen).__name__ == "CalendarScreen"


async def test_a_click_beside_the_hints_is_help(filled: Desk) -> None:
    async with reading(filled, size=(140, 40)) as reader:
        await reader.pilot.click("#hints", offset=(139, 0))
        await reader.settle()
        assert type(reader.app.screen).__name__ == "HelpScreen"


async def test_the_reading_list_names_the_keys_of_its_order(filled: Desk) -> None:
    async with reading(filled) as reader:
        assert "{ move up" not in reader.text.splitlines()[-1]
        await reader.press("5")
        assert "{ move up  } move down" in reader.text.splitlines()[-1]
        await reader.press("1")
        assert "{ move up" not in reader.text.splitlines()[-1]


async def test_only_views_of_periods_offer_other_periods_and_only_the_reading_list_to_move(filled: Desk) -> None:
    async with reading(filled) as reader:
        for view, periods, moving in (("2", True, False), ("5", False, True), ("7", False, False), ("1", True, False)):
            await reader.press(view)
            last = reader.text.splitlines()[-1]
            assert ("[ earlier" in last, "{ move up" in last) == (periods, moving), view
