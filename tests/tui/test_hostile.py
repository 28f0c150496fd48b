"""Hostile text on every screen: nothing of it is carried out, nothing of it reaches the terminal as a control."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len
from textual.content import Content

from paperstui.draw import states
from paperstui.errors import PaperstuiError
from paperstui.tui.refresher import Trouble
from paperstui.usecases import Desk
from tests.hostile import ESCAPES, HOSTILE, INVISIBLE, MARKUP, SHORT
from tests.hostile_papers import past_the_door, through_the_door
from tests.tui.reading import Reading, reading

FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
RISKY = [*ESCAPES.values(), *MARKUP.values(), *INVISIBLE.values()]
"""What could do something; the rest of the corpus is only long, wide or nested."""

SIZES = [(120, 40), (80, 24), (50, 14)]
NAMES = [f"{columns}x{rows}" for columns, rows in SIZES]


def expect_harmless(reader: Reading) -> None:
    """No control character on the screen, every line as wide as it, and the reader alive."""
    strips = reader.app.screen._compositor.render_strips()
    width = reader.app.size.width
    for strip in strips:
        assert not FORBIDDEN.search(strip.text), repr(strip.text)
        assert cell_len(strip.text) == width, repr(strip.text)
        for segment in strip:
            if segment.style is not None:
                assert not segment.style.meta.get("@click"), repr(segment)
                assert (segment.style.link or "https://").startswith(("http://", "https://"))
    assert reader.app.is_running
    assert reader.app.fault is None


@pytest.mark.parametrize("size", SIZES, ids=NAMES)
async def test_papers_as_they_are_sent(desk: Desk, size: tuple[int, int]) -> None:
    items = through_the_door()
    assert len(items) > len(HOSTILE) * 0.8
    desk.library.upsert(items, 1)
    async with reading(desk, size=size) as reader:
        assert len(reader.screen.papers.ids) == len({item.paper.id for item in items})
        # At one size through every paper, at the others through every page: the pane's own tests know all widths.
        steps = len(items) if size == SIZES[0] else len(items) // reader.screen.papers.whole
        for _ in range(steps):
            await reader.pilot.press("j" if size == SIZES[0] else "pagedown")
            await reader.pilot.pause()
            expect_harmless(reader)
        await reader.press("enter")
        expect_harmless(reader)


async def test_papers_that_nobody_cleaned(desk: Desk) -> None:
    for item in past_the_door():
        try:
            desk.library.upsert([item], 1)
        except PaperstuiError:
            continue
    async with reading(desk) as reader:
        for _ in range(len(reader.screen.papers.ids)):
            await reader.pilot.press("j")
            await reader.pilot.pause()
            strips = reader.app.screen._compositor.render_strips()
            assert not any(FORBIDDEN.search(strip.text) for strip in strips)
            assert reader.app.is_running


async def test_clicks_on_titles_do_nothing_but_choose(desk: Desk) -> None:
    desk.library.upsert(through_the_door(), 1)
    async with reading(desk) as reader:
        for y in range(1, 37):
            await reader.pilot.click("#list", offset=(8, y))
            await reader.pilot.hover("#list", offset=(8, y))
        for y in range(1, 37, 3):
            await reader.pilot.hover("#paper", offset=(8, y))
        await reader.settle()
        expect_harmless(reader)


async def test_messages_notices_and_toasts(desk: Desk) -> None:
    async with reading(desk) as reader:
        for text in RISKY:
            reader.screen.say(text, "error")
            reader.screen.papers.tell(states.empty_library(text))
            reader.screen.refresher._troubles["daily", reader.screen.shelf.place.period] = Trouble(text)
            reader.app.notify(text, title=text)
            reader.screen.papers.tooltip = Content(text)
            await reader.pilot.hover("#list", offset=(8, 8))
            await reader.pilot.pause()
            assert reader.app.is_running
            assert reader.app.fault is None
            strips = reader.app.screen._compositor.render_strips()
            assert not any(FORBIDDEN.search(strip.text) for strip in strips)


async def test_typed_and_pasted_queries(desk: Desk) -> None:
    desk.library.upsert(through_the_door(), 1)
    async with reading(desk) as reader:
        await reader.press("slash")
        field = reader.screen.filter_bar.input
        assert field is not None
        for _, text in SHORT:
            field.value = text
            await reader.settle()
            strips = reader.app.screen._compositor.render_strips()
            assert not any(FORBIDDEN.search(strip.text) for strip in strips)
        assert reader.app.fault is None


async def test_a_failing_deed_is_told_whatever_its_message_is(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.library.upsert(through_the_door()[:3], 1)
    async with reading(desk) as reader:
        for text in RISKY:

            def fail(*_: object, message: str = text) -> None:
                raise PaperstuiError(message)

            monkeypatch.setattr(desk, "undo", fail)
            await reader.press("u")
            expect_harmless(reader)
