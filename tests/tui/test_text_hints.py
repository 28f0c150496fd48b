from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from paperstui.paths import Paths
from paperstui.tui.screens.fulltext import FullTextScreen
from paperstui.usecases import Desk
from tests.tui.reading import Reading, reading
from tests.tui.texts import open_text, text_desk
from tests.waiting import wait_for


@pytest.fixture
async def desk(places: Paths) -> AsyncIterator[Desk]:
    opened = text_desk(places)
    yield opened
    opened.close()


async def click(running: Reading, hint: str) -> None:
    line = running.text.splitlines()[-1]
    assert hint in line, line
    await running.pilot.click(offset=(line.index(hint) + 1, len(running.text.splitlines()) - 1))
    await running.settle()


async def test_what_the_keys_do_is_done_by_a_click_as_well(desk: Desk) -> None:
    async with reading(desk) as running:
        screen = await open_text(running)
        await click(running, "t outline")
        assert screen.contents.shown
        await click(running, "Esc back to the text")
        assert not screen.contents.shown
        await click(running, "] next section")
        assert screen.view.top > 0
        await click(running, "f follow link")
        assert screen.leads.shown
        await click(running, "Esc back")
        assert not screen.leads.shown
        await click(running, "s star")
        await running.see("Starred")
        await click(running, "/ find")
        assert screen.finding.typed == ""
        await running.press(*"batch")
        await click(running, "Enter keep")
        assert screen.finding.words == "batch"
        await click(running, "n next hit")
        assert screen.view.hit == 1
        await click(running, "q close")
        await wait_for(lambda: not isinstance(running.app.screen, FullTextScreen), "the paper")


async def test_a_click_goes_on_with_a_chord(desk: Desk) -> None:
    async with reading(desk) as running:
        screen = await open_text(running)
        await running.press("space", "space", "g")
        assert screen.pending is not None
        await click(running, "g beginning")
        assert screen.view.top == 0
        assert screen.pending is None
        await running.press("g", "x")
        await running.see("g x means nothing; g and then:")


async def test_only_what_has_something_to_do_is_named(desk: Desk) -> None:
    async with reading(desk) as running:
        await open_text(running)
        assert "^o go back" not in running.text
        await running.press("G")
        assert "^o go back" in running.text
        await running.press("ctrl+o")
        assert "^o go back" not in running.text


@pytest.mark.parametrize("size", [(50, 14), (80, 24), (200, 60)])
async def test_closing_and_help_are_always_named(desk: Desk, size: tuple[int, int]) -> None:
    async with reading(desk, size=size) as running:
        await open_text(running)
        await running.press("/", *"batch", "enter", "n")
        line = running.text.splitlines()[-1]
        assert line.startswith(" q close  n next hit")
        assert line.rstrip().endswith("? help")


async def test_keys_of_the_list_say_that_the_text_is_closed_first(desk: Desk) -> None:
    async with reading(desk) as running:
        await open_text(running)
        for key, said in (("5", "Reading list"), ("r", "Mark read")):
            await running.press(key)
            assert f"{said}: q closes the text first." in running.text
        assert isinstance(running.app.screen, FullTextScreen)


async def test_the_sources_and_the_palette_open_over_it(desk: Desk) -> None:
    async with reading(desk) as running:
        screen = await open_text(running)
        await running.press("f9")
        assert type(running.app.screen).__name__ == "HealthScreen"
        await running.press("q", "colon", *"starred", "enter")
        await running.settle()
        assert running.app.screen is screen
        assert "q closes the text first." in running.text
