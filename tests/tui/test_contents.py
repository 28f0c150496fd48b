from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from paperstui.paths import Paths
from paperstui.usecases import Desk
from tests.golden import expect_golden
from tests.tui.reading import reading
from tests.tui.texts import open_text, text_desk, top


@pytest.fixture
async def desk(places: Paths) -> AsyncIterator[Desk]:
    opened = text_desk(places)
    yield opened
    opened.close()


async def test_sections_are_filtered_by_what_is_typed(desk: Desk) -> None:
    async with reading(desk, size=(84, 30)) as running:
        screen = await open_text(running)
        await running.press("t", "/", *"tion")
        count = sum("tion" in section.title for section in screen.view.flow.sections)
        assert 1 < count < len(screen.view.flow.sections)
        assert f"{count} of {len(screen.view.flow.sections)} sections" in running.text
        expect_golden("fulltext_outline_filtered", running.text)
        await running.press("down", "up", "up", "enter")
        assert not screen.contents.shown
        assert top(screen) == next(one.title for one in screen.view.flow.sections if "tion" in one.title)
        await running.press("ctrl+o")
        assert screen.view.top == 0


async def test_a_filter_that_nothing_passes_is_said_and_taken_back_by_escape(desk: Desk) -> None:
    async with reading(desk) as running:
        screen = await open_text(running)
        await running.press("t", "/", *"zebra")
        assert "No section has zebra in its title." in running.text
        await running.press("enter")
        assert not screen.contents.shown
        assert screen.view.top == 0
        await running.press("t", "/", *"meth", "escape")
        assert "Abstract" in running.text
        assert screen.contents.shown
        await running.press("escape")
        assert not screen.contents.shown


async def test_a_click_goes_to_a_section(desk: Desk) -> None:
    async with reading(desk) as running:
        screen = await open_text(running)
        await running.press("t")
        row = next(at for at, line in enumerate(running.text.splitlines()) if "1 Introduction" in line)
        await running.pilot.click(offset=(10, row))
        await running.settle()
        assert not screen.contents.shown
        assert top(screen) == "1 Introduction"
