from __future__ import annotations

import pytest

from paperstui.usecases import Desk, Place
from tests.golden import expect_golden
from tests.tui.reading import Reading, reading

QUEUE = Place("queue")


def shown(reader: Reading) -> list[int]:
    return list(reader.screen.papers.ids)


async def with_three(reader: Reading) -> list[int]:
    """Put the first three papers on the reading list and show it; their numbers."""
    three = shown(reader)[:3]
    await reader.press("a", "j", "a", "j", "a")
    reader.screen.shelf.go(QUEUE)
    await reader.settle()
    assert shown(reader) == three
    return three


async def test_a_puts_a_paper_on_the_list_and_takes_it_off(filled: Desk) -> None:
    async with reading(filled) as reader:
        await reader.press("a")
        assert "Added 1 paper to the reading list" in reader.line
        assert reader.text.count("≡") == 2, "in the row and in the paper"
        await reader.press("u")
        assert "≡" not in reader.text
        await reader.press("enter", "a")
        assert "≡ in the reading list" in reader.text
        await reader.press("a")
        assert "Took 1 paper off the reading list" in reader.line
        assert "≡" not in reader.text


async def test_papers_are_moved_past_those_beside_them(filled: Desk) -> None:
    async with reading(filled) as reader:
        one, two, three = await with_three(reader)
        await reader.press("G", "ctrl+up")
        assert shown(reader) == [one, three, two]
        assert reader.screen.papers.rowid == three, "the cursor goes with it"
        await reader.press("{")
        assert shown(reader) == [three, one, two]
        await reader.press("ctrl+up")
        assert "It is the first one." in reader.line
        await reader.press("ctrl+down")
        assert shown(reader) == [one, three, two]
        await reader.press("u", "u")
        assert shown(reader) == [one, three, two]
        await reader.press("u")
        assert shown(reader) == [one, two, three]


async def test_several_keys_at_once_move_a_paper_several_places(filled: Desk) -> None:
    async with reading(filled) as reader:
        one, two, three = await with_three(reader)
        await reader.pilot.press("g", "g", "ctrl+down", "ctrl+down")
        await reader.settle()
        assert shown(reader) == [two, three, one]


async def test_elsewhere_there_is_nothing_to_move(filled: Desk) -> None:
    async with reading(filled) as reader:
        before = shown(reader)
        await reader.press("ctrl+down")
        assert "Only the reading list has an order of your own." in reader.line
        await with_three(reader)
        await reader.press("S", "t", "ctrl+down")
        assert "S d brings your own order back" in reader.line
        reader.screen.shelf.go(Place("today", "2026-06-04"))
        await reader.press("S", "d")
        assert shown(reader) == before


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (50, 14)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_reading_list(filled: Desk, size: tuple[int, int]) -> None:
    async with reading(filled, size=size) as reader:
        await reader.press("a", "s", "j", "a", "j", "a", "5", "ctrl+down")
        expect_golden(f"queue-{size[0]}x{size[1]}", reader.text)


async def test_an_empty_list_says_what_fills_it(filled: Desk) -> None:
    async with reading(filled) as reader:
        reader.screen.shelf.go(QUEUE)
        await reader.settle()
        assert "Nothing to read yet" in reader.text
        assert "puts the paper under the cursor on it" in reader.text
