"""The reader of full texts: over the demonstration's invented ones, and over loopback services."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator

import pytest

from paperstui.config import Settings
from paperstui.demo.fulltext import full_text, markdown
from paperstui.documents.flow import Place
from paperstui.models import Paper
from paperstui.paths import Paths
from paperstui.tui.screens.fulltext import FullTextScreen
from paperstui.usecases import Desk
from paperstui.usecases.reading import Document
from paperstui.usecases.text_turns import Waits
from tests.golden import expect_golden
from tests.patience import be_hasty
from tests.server import ArxivServer
from tests.server.wire import Server
from tests.tui.reading import fill, reading
from tests.tui.texts import open_text, shown, text_desk, top
from tests.waiting import wait_for


@pytest.fixture
async def desk(places: Paths) -> AsyncIterator[Desk]:
    opened = text_desk(places)
    yield opened
    opened.close()


@pytest.mark.parametrize("size", [(60, 24), (84, 30), (120, 40)])
async def test_how_it_looks(desk: Desk, size: tuple[int, int]) -> None:
    async with reading(desk, size=size) as running:
        await open_text(running)
        await running.press("]", "]")
        expect_golden(f"fulltext_{size[0]}", running.text)
        await running.press("t")
        expect_golden(f"fulltext_outline_{size[0]}", running.text)


async def test_the_same_sentence_stays_on_top(desk: Desk) -> None:
    async with reading(desk) as running:
        screen = await open_text(running)
        await running.press("space", "space", "space", "j")
        place = screen.view.place
        words = top(screen).split()[:3]
        for width in (60, 100, 50, 120):
            await running.pilot.resize_terminal(width, 30)
            await running.settle()
            assert screen.view.place == place
            assert screen.view.flow.place(screen.view.top).block == place.block
        assert top(screen).split()[:3] == words


async def test_sections_and_the_outline(desk: Desk) -> None:
    async with reading(desk) as running:
        screen = await open_text(running)
        await running.press("]")
        first = top(screen)
        await running.press("]", "[")
        assert top(screen) == first
        await running.press("t")
        assert "● " in running.text
        await running.press("f", "x")  # mean nothing here
        assert screen.has_class("-outline")
        await running.press("G", "enter")
        assert "References" in running.text
        await running.press("ctrl+o")
        assert top(screen) == first


async def test_finding(desk: Desk) -> None:
    async with reading(desk) as running:
        screen = await open_text(running)
        await running.press("/", *"batch is small")
        count = len(screen.view.hits)
        assert count > 1
        assert f"1 of {count}" in running.text
        await running.press("enter", "n", "N", "N")
        assert f"{count} of {count}" in running.text
        await running.press("/", *"no such words")
        assert "not found" in running.text
        await running.press("escape", "q")
        await wait_for(lambda: not isinstance(running.app.screen, FullTextScreen), "the paper")


async def test_a_citation_leads_to_its_reference_and_back(desk: Desk) -> None:
    async with reading(desk) as running:
        screen = await open_text(running)
        before = screen.view.top
        await running.press("f")
        first = min(screen.leads._labels)
        await running.press(first)
        assert screen.view.top > before
        assert any(line.lstrip().startswith("[") and "Author" in line for line in running.text.splitlines())
        assert "Author" in screen.view.flow.text(screen.view.pointed[0])
        await running.press("ctrl+o")
        assert screen.view.top == before
        await running.press("f", "escape")
        assert not screen.leads._labels


async def test_letters_on_links_go_when_the_text_is_laid_out_anew(desk: Desk) -> None:
    async with reading(desk) as running:
        screen = await open_text(running)
        await running.press("f")
        assert screen.view.labels
        assert "go to the link" in running.text.splitlines()[-1]
        await running.pilot.resize_terminal(80, 24)
        await running.settle()
        assert not screen.view.labels
        assert not screen.leads.shown


async def test_the_outline_says_how_far_was_read(desk: Desk) -> None:
    async with reading(desk) as running:
        screen = await open_text(running)
        await running.press("]", "]", "]")
        share = f"{screen.view.percent} %"
        assert share != "0 %"
        await running.press("t")
        assert running.text.splitlines()[-2].endswith(share)


@pytest.fixture
async def held(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """A desk whose full texts come when this is set."""
    arrives = asyncio.Event()

    async def fetch(paper: Paper, *, waits: Waits | None = None, **_: object) -> Document:
        if waits is not None:
            waits("asking for arXiv HTML")
        await arrives.wait()
        return Document(paper=paper.id, source="arXiv HTML", blocks=full_text(paper))

    monkeypatch.setattr(desk.reading, "_invent", None)
    monkeypatch.setattr(desk.reading, "fetch", fetch)
    return arrives


async def test_what_is_done_before_the_text_is_here_is_told_so(desk: Desk, held: asyncio.Event) -> None:
    async with reading(desk) as running:
        await running.pilot.press("enter", "enter")
        await running.see("Asking for arXiv HTML …")
        await running.see("Abstract")
        await running.pilot.press("t")
        await running.see("The outline is there when the text is.")
        await running.pilot.press("/", *"batch is small", "enter", "n")
        await running.see("batch is small is not in the abstract; the text is not here yet.")
        held.set()
        screen = shown(running)
        await wait_for(lambda: screen.document is not None and screen.view.whole, "the text")
        await running.settle()
        assert "is not in" not in running.text
        await running.see(f"batch is small: {len(screen.view.hits)} places")


async def test_the_abstract_is_there_while_what_is_kept_is_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    read = threading.Event()

    def kept(paper: Paper) -> Document:
        assert read.wait(30)
        return Document(paper=paper.id, source="ar5iv", blocks=full_text(paper))

    monkeypatch.setattr(desk.reading, "kept", kept)
    async with reading(desk) as running:
        await running.pilot.press("enter", "enter")
        try:
            await running.see("Abstract")
            assert "Looking for the text …" in running.line
        finally:
            read.set()
        await running.see("1 Introduction")
        await running.see("ar5iv")


async def test_a_better_text_takes_the_place_of_a_worse_one_that_nobody_reads_yet(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrives = asyncio.Event()

    def kept(paper: Paper) -> Document:
        return Document(paper=paper.id, source="ar5iv", blocks=full_text(paper), wanting="better")

    async def fetch(paper: Paper, **_: object) -> Document:
        await arrives.wait()
        return Document(paper=paper.id, source="arXiv HTML", blocks=full_text(paper))

    monkeypatch.setattr(desk.reading, "kept", kept)
    monkeypatch.setattr(desk.reading, "fetch", fetch)
    async with reading(desk) as running:
        await running.pilot.press("enter", "enter")
        await running.see("ar5iv")
        arrives.set()
        await running.see("This is arXiv HTML, which is better.")
        await running.press("q")
        arrives.clear()
        await running.pilot.press("enter")
        await running.see("ar5iv")
        screen = shown(running)
        await running.pilot.press("space")
        place = screen.view.place
        arrives.set()
        await running.see("arXiv HTML came: it is there when you open this again.")
        assert screen.view.place == place


@pytest.mark.parametrize("size", [(60, 24), (120, 40)])
async def test_how_it_looks_when_there_is_only_the_abstract(desk: Desk, size: tuple[int, int]) -> None:
    desk.reading._invent = None
    async with reading(desk, size=size) as running:
        await running.press("enter", "enter")
        await running.see("abstract only")
        expect_golden(f"fulltext_abstract_{size[0]}", running.text)


async def test_the_place_is_remembered_and_other_widths_find_it(desk: Desk, places: Paths) -> None:
    async with reading(desk) as running:
        screen = await open_text(running)
        await running.press("space", "space")
        place = screen.view.place
        await running.press("q")
        await wait_for((places.state / "reading.json").exists, "the place on disk")
    assert place != Place(0, 0)
    async with reading(desk, size=(60, 24)) as running:
        screen = await open_text(running)
        assert screen.view.place == place
        assert screen.view.flow.place(screen.view.top).block == place.block


async def test_the_place_is_on_disk_after_a_rest(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paperstui.tui.screens.fulltext.REST", 0.01)
    async with reading(desk) as running:
        screen = await open_text(running)
        await running.press("space", "space", "j")
        paper, place = screen.paper.id, screen.view.place
        assert screen.document is not None
        source = screen.document.source
        await wait_for(lambda: desk.places.get(paper, source) == place, "the place on disk")


async def test_fetching_again_stays_where_one_reads(desk: Desk) -> None:
    async with reading(desk) as running:
        screen = await open_text(running)
        await running.press("space", "space", "j")
        place = screen.view.place
        await running.press("R")
        await wait_for(lambda: screen.document is not None and screen.view.whole, "the text")
        assert screen.view.place == place


async def test_back_and_forward(desk: Desk) -> None:
    async with reading(desk) as running:
        screen = await open_text(running)
        await running.press("G")
        end = screen.view.top
        await running.press("ctrl+o")
        assert screen.view.top == 0
        await running.press("tab")
        assert screen.view.top == end
        await running.press("tab")
        await running.see("There is no place to go forward to.")


async def test_a_section_that_cannot_be_on_top_is_pointed_at(desk: Desk) -> None:
    async with reading(desk) as running:
        screen = await open_text(running)
        await running.press("G", "]")
        assert screen.view.flow.text(screen.view.pointed[0]) == "References"
        await running.press("]")
        await running.see("This is the last section.")
        assert not screen.view.pointed
        await running.press("[")
        assert screen.view.top == screen.view.flow.sections[-2].line


async def test_decisions_work_and_are_said_here(desk: Desk) -> None:
    async with reading(desk) as running:
        screen = await open_text(running)
        await running.press("s")
        await running.see("Starred")
        assert desk.find(screen.paper.id).state.starred  # type: ignore[union-attr]


async def test_a_text_of_half_a_megabyte_is_there_at_once(desk: Desk) -> None:
    from paperstui.documents.markdown import markdown_blocks

    blocks = markdown_blocks(markdown(500_000))
    desk.reading._invent = lambda _paper: blocks
    async with reading(desk) as running:
        screen = await open_text(running)
        assert screen.view.flow.blocks == len(blocks)
        await running.press("G")
        assert "100 %" in running.text


async def test_it_is_fetched_from_the_first_source_that_has_it(
    places: Paths, hugging_face: Server, arxiv: ArxivServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert arxiv.url
    be_hasty(monkeypatch, read=2.0, total=5.0)
    desk = Desk.open(places, Settings())
    fill(desk)
    try:
        async with reading(desk) as running:
            papers = running.screen.papers
            assert papers.paper is not None
            hugging_face.hub.write(papers.paper.id, markdown(9_000, title="On $x^2$"))
            await running.press("enter", "enter")
            await running.see("On x²")
            await running.see("Hugging Face's markdown")
            await running.press("q", "backspace", "j", "enter", "enter")
            await running.see("abstract only")
            await running.see("No full text")
    finally:
        desk.close()
