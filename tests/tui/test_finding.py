from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from textual import events

from paperstui.documents.blocks import Heading, Inline, Paragraph
from paperstui.paths import Paths
from paperstui.usecases import Desk
from tests.tui.reading import reading
from tests.tui.texts import open_text, text_desk

PLACES = 7


@pytest.fixture
async def desk(places: Paths) -> AsyncIterator[Desk]:
    """Papers with a text in which "naïve Bayes" stands some times, with much between them."""
    filling = [Paragraph((Inline(f"Paragraph {number} says nothing about it. " * 9),)) for number in range(200)]
    for number in range(PLACES):
        filling[20 + 25 * number] = Paragraph((Inline("Here a naïve Bayes stands."),))
    opened = text_desk(places, (Heading((Inline("A Text"),)), *filling))
    yield opened
    opened.close()


async def test_accents_and_capitals_matter_only_when_they_are_typed(desk: Desk) -> None:
    async with reading(desk) as running:
        screen = await open_text(running)
        await running.press("/", *"naive bayes")
        assert f"1 of {PLACES}" in running.line
        await running.press("ctrl+u", *"naïve")
        assert f"1 of {PLACES}" in running.line
        await running.press("ctrl+u", *"Naive")
        assert "not found" in running.line
        assert screen.finding.typed == "Naive"
        await running.press("ctrl+w")
        assert screen.finding.typed == ""


async def test_going_round_is_told(desk: Desk) -> None:
    async with reading(desk) as running:
        await open_text(running)
        await running.press("/", *"naive", "enter", "N")
        assert f"naive: {PLACES} of {PLACES} · from the end again" in running.line
        await running.press("N")
        assert "again" not in running.line
        await running.press("n", "n")
        assert f"naive: 1 of {PLACES} · from the beginning again" in running.line
        assert "n next hit" in running.text
        await running.press("escape")
        assert "naive" not in running.line


async def test_what_is_typed_is_looked_for_from_where_the_search_began(desk: Desk) -> None:
    async with reading(desk) as running:
        screen = await open_text(running)
        await running.press("space", "j")
        began = screen.view.top
        await running.press("/", *"paragraph 9", "backspace", "backspace", *" 101")
        assert "Paragraph 101" in running.text
        assert screen.view.top > began
        await running.press("escape")
        assert screen.view.top == began
        place = screen.view.place
        await running.press("/", *"paragraph 150", "enter", "ctrl+o")
        assert screen.view.place == place
        await running.press("tab")
        assert "Paragraph 150" in running.text


async def test_other_places_are_gone_to_while_it_is_typed(desk: Desk) -> None:
    async with reading(desk) as running:
        await open_text(running)
        await running.press("/", *"naive", "down", "down", "up")
        assert f"2 of {PLACES}" in running.line


async def test_a_place_that_is_asked_for_before_they_are_found_is_gone_to(desk: Desk) -> None:
    async with reading(desk) as running:
        screen = await open_text(running)
        screen.view.look_for("naive")
        screen.view.step(1)
        screen.view.step(1)
        assert not screen.view.hits
        await running.settle()
        assert screen.view.hit == 2


async def test_places_are_found_again_in_another_width(desk: Desk) -> None:
    async with reading(desk) as running:
        screen = await open_text(running)
        await running.press("/", *"naive", "enter", "n", "n")
        await running.pilot.resize_terminal(60, 24)
        await running.settle()
        assert screen.view.flow.cells < 60
        assert f"naive: 3 of {PLACES}" in running.line
        assert all("naïve" in screen.view.flow.text(hit[0].line) for hit in screen.view.hits)


async def test_what_is_pasted_is_looked_for(desk: Desk) -> None:
    async with reading(desk) as running:
        screen = await open_text(running)
        running.app.post_message(events.Paste("naive\nbayes"))
        await running.press("/")
        screen.post_message(events.Paste("naive\nbayes"))
        await running.see(f"naive bayes▏  1 of {PLACES}")
