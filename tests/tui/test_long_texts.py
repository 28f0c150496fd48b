"""Texts that are so long that they are laid out piece by piece."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Callable, Iterator

import pytest

from paperstui.demo.fulltext import markdown
from paperstui.documents.blocks import Block, Inline, Paragraph, Table, size
from paperstui.documents.flow import Flow, Place
from paperstui.documents.markdown import markdown_blocks
from paperstui.paths import Paths
from paperstui.tui import garbage
from paperstui.tui.screens.fulltext import FullTextScreen
from paperstui.tui.widgets import document_view
from paperstui.usecases import Desk
from tests.tui.reading import reading
from tests.tui.texts import open_text, shown, text_desk, top
from tests.waiting import wait_for

BLOCKS = markdown_blocks(markdown(200_000))


@pytest.fixture
def desk(places: Paths) -> Iterator[Desk]:
    opened = text_desk(places, BLOCKS)
    yield opened
    opened.close()


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Nothing is laid out in the background until this is set."""
    go_on = threading.Event()
    extend = Flow.extend

    def waiting(self: Flow, blocks: object) -> None:
        if threading.current_thread() is not threading.main_thread():
            assert go_on.wait(30)
        extend(self, blocks)  # type: ignore[arg-type]

    monkeypatch.setattr(Flow, "extend", waiting)
    yield go_on
    go_on.set()


async def test_a_place_far_down_is_seen_before_all_is_laid_out(desk: Desk, held: threading.Event) -> None:
    place = Place(len(BLOCKS) * 2 // 3, 0)
    async with reading(desk) as running:
        paper = running.screen.papers.paper
        assert paper is not None
        desk.places.put(paper.id, "made up for the demonstration", place)
        await running.pilot.press("enter", "enter")
        await running.see("You were here before")
        screen = shown(running)
        await running.see(top(screen))
        assert screen.view.place == place
        assert not screen.view.whole
        assert 60 < screen.view.percent < 75
        before = top(screen)
        held.set()
        await wait_for(lambda: screen.view.whole, "all of the text")
        assert top(screen) == before
        assert screen.view.place == place
        assert len(screen.view.flow.lines) > 3_000


async def test_end_and_beginning_are_gone_to_before_all_is_laid_out(desk: Desk, held: threading.Event) -> None:
    async with reading(desk) as running:
        await running.pilot.press("enter", "enter")
        await wait_for(lambda: isinstance(running.app.screen, FullTextScreen), "the screen of the text")
        screen = shown(running)
        await wait_for(lambda: screen.document is not None and bool(screen.view.flow.lines), "the text")
        await running.pilot.press("G")
        await running.see("100 %")
        assert "[12]" in running.text
        await running.pilot.press("g", "g")
        await running.see("A Made-Up Paper")
        await running.pilot.press("ctrl+o")
        await running.see("[12]")
        held.set()
        await wait_for(lambda: screen.view.whole, "all of the text")
        await running.settle()
        assert "[12]" in running.text


@pytest.mark.parametrize("at", [0, 5, len(BLOCKS) // 2, len(BLOCKS) - 1])
async def test_little_is_laid_out_before_the_painting(desk: Desk, held: threading.Event, at: int) -> None:
    async with reading(desk) as running:
        await running.pilot.press("enter", "enter")
        await wait_for(lambda: isinstance(running.app.screen, FullTextScreen), "the screen of the text")
        view = shown(running).view
        await wait_for(lambda: bool(view.flow.lines), "the text")
        view.show(BLOCKS, Place(at, 0))
        near = view.flow
        assert near.first <= at < near.blocks
        assert sum(map(size, BLOCKS[near.first : near.blocks])) <= document_view.MOST_AT_ONCE
        assert len(near.lines) < 6 * view.height
        held.set()


async def test_a_block_that_takes_long_holds_nothing_up(desk: Desk, held: threading.Event) -> None:
    cell = Paragraph((Inline("word " * 20_000),))
    async with reading(desk) as running:
        screen_blocks: tuple[Block, ...] = (cell, Paragraph((Inline("behind it"),)))
        await running.pilot.press("enter", "enter")
        await wait_for(lambda: isinstance(running.app.screen, FullTextScreen), "the screen of the text")
        view = shown(running).view
        view.show(screen_blocks, Place(0, 0))
        assert view.flow.blocks == 0 or view.flow.lines[0] != [("word " * 17, "text")]
        held.set()
        await wait_for(lambda: view.whole, "all of the text")
        assert view.flow.text(len(view.flow.lines) - 1) == "behind it"


async def test_nothing_is_left_of_a_text_that_is_closed(desk: Desk) -> None:
    gc.collect()
    gc.disable()
    try:
        async with reading(desk) as running:
            screen = await open_text(running)
            for width in (60, 100, 90, 120):
                await running.pilot.resize_terminal(width, 30)
                await running.settle()
            await running.press("/", *"batch", "enter", "n")
            live: list[Callable[[], object]] = [weakref.ref(screen.view.flow)]
            flows = [one for one in gc.get_objects() if type(one) is Flow and len(one.lines) > 1_000]
            assert flows == [screen.view.flow]
            del flows
            await running.press("escape", "q")
            await wait_for(lambda: not isinstance(running.app.screen, FullTextScreen), "the paper")
            assert live[0]() is None
    finally:
        gc.enable()


async def test_everything_is_seldom_looked_through_while_a_text_is_open(desk: Desk) -> None:
    before = gc.get_threshold()
    async with reading(desk) as running:
        await open_text(running)
        assert gc.get_threshold() == (*before[:2], garbage.SELDOM)
        await running.press("q")
        await wait_for(lambda: gc.get_threshold() == before, "the usual")


def test_the_size_of_a_block_is_about_its_text() -> None:
    assert all(0 <= size(block) <= 20_000 for block in BLOCKS)
    assert sum(map(size, BLOCKS)) > 100_000
    assert size(Table(())) == 0
