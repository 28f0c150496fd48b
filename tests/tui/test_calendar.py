"""The date picker."""

from __future__ import annotations

import pytest

from paperstui.tui.screens.calendar import CalendarScreen
from paperstui.usecases import Desk, Place
from tests.golden import expect_golden
from tests.tui.reading import Reading, reading

SIZES = [(80, 24), (120, 40), (50, 14)]


def is_open(reader: Reading) -> bool:
    return isinstance(reader.app.screen, CalendarScreen)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_calendar(filled: Desk, size: tuple[int, int]) -> None:
    async with reading(filled, size=size) as reader:
        await reader.press("r", "r", "g", "d")
        assert is_open(reader)
        await reader.settle()
        expect_golden(f"calendar-{size[0]}x{size[1]}", reader.text)
        await reader.press("escape")
        assert not is_open(reader)
        assert reader.screen.shelf.place == Place("today", "2026-06-04")


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("mon", Place("today", "2026-06-01")),
        ("last week", Place("week", "2026-W22")),
        ("june 2026", Place("month", "2026-06")),
        ("24.12.", Place("today", "2025-12-24")),
    ],
)
async def test_what_is_typed_is_gone_to(filled: Desk, typed: str, place: Place) -> None:
    async with reading(filled) as reader:
        await reader.press("g", "d", *["space" if letter == " " else letter for letter in typed])
        assert "→ " in reader.text
        await reader.press("enter")
        assert not is_open(reader)
        assert reader.screen.shelf.place == place


async def test_a_wrong_word_is_told_under_the_field(filled: Desk) -> None:
    async with reading(filled) as reader:
        await reader.press("g", "d", *"soon", "enter")
        assert is_open(reader)
        assert "Not a date. Try: mon, 24.12., last week, 3d" in reader.text
        await reader.press("ctrl+u", *"2031-01-01", "enter")
        assert "2031-01-01 is in the future" in reader.text
        await reader.press(*["backspace"] * 10, "enter")
        assert not is_open(reader)
        assert reader.screen.shelf.place == Place("today", "2026-06-04")


async def test_keys_move_in_the_calendar(filled: Desk) -> None:
    async with reading(filled) as reader:
        await reader.press("g", "d", "left", "up")
        assert "▌27" in reader.text
        await reader.press("pageup")
        assert "‹ April 2026" in reader.text
        await reader.press("pagedown", "pagedown", "pagedown")
        assert "▌ 4" in reader.text, "not beyond today"
        await reader.press("home", "enter")
        assert reader.screen.shelf.place == Place("today", "2026-06-01")


async def test_the_mouse_picks_a_day(filled: Desk) -> None:
    async with reading(filled) as reader:
        line = reader.text.splitlines()[0]
        await reader.pilot.click("#header", offset=(line.index("Thu 4 Jun"), 0))
        await reader.settle()
        assert is_open(reader)
        await reader.pilot.click("#calendar", offset=(9, 5))
        await reader.settle()
        assert not is_open(reader)
        assert reader.screen.shelf.place == Place("today", "2026-06-01")
        await reader.press("g", "d")
        await reader.pilot.click(offset=(2, 2))
        await reader.settle()
        assert not is_open(reader)
