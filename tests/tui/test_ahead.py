"""Full texts that are fetched while the reader is open."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from paperstui.config import Settings
from paperstui.demo.fulltext import markdown
from paperstui.paths import Paths
from paperstui.usecases import Desk
from tests.server import ArxivServer, Server
from tests.tui.reading import fill, open_desk, reading
from tests.waiting import wait_for


@pytest.fixture
def online(places: Paths, hugging_face: Server, arxiv: ArxivServer) -> Iterator[Desk]:
    """A desk over papers of one day whose source is the loopback server."""
    assert hugging_face.url
    assert arxiv.url
    desk = open_desk(places, offline=False)
    fill(desk)
    yield desk
    desk.close()


@pytest.mark.parametrize("wanted", [True, False])
async def test_what_is_put_on_the_list_is_fetched_if_the_settings_say_so(
    wanted: bool, online: Desk, hugging_face: Server
) -> None:
    async with reading(online, settings=Settings(fetch_ahead=wanted)) as reader:
        await reader.see("updated just now")
        await wait_for(lambda: reader.screen.keeper.scheduler is not None, "the scheduler")
        paper = reader.screen.papers.paper
        assert paper is not None
        hugging_face.hub.write(paper.id, markdown(9_000))
        await reader.press("a")
        await reader.press("f9")
        if wanted:
            await wait_for(lambda: bool(hugging_face.seen(f"/papers/{paper.id}.md")))
            await reader.press("G")
            await reader.see("1 of 1")
            assert "of your reading list, fetched ahead" in reader.text
            assert "(Hugging Face's markdown)" in reader.text
        else:
            await reader.press("G")
            assert "Full texts" not in reader.text
            assert not hugging_face.seen("/papers/")


async def test_the_whole_reading_list_is_counted_when_it_is_asked_how_it_goes(
    online: Desk, hugging_face: Server
) -> None:
    arrives = threading.Event()
    async with reading(online, settings=Settings(fetch_ahead=True)) as reader:
        await reader.see("updated just now")
        await wait_for(lambda: reader.screen.keeper.scheduler is not None, "the scheduler")
        hugging_face.fault("held", path="/papers/", until=arrives)
        try:
            await reader.press("a")
            await wait_for(lambda: bool(hugging_face.seen("/papers/")), "the first to be fetched ahead")
            await reader.press("j", "a", "j", "a", "f9", "G")
            await reader.see("0 of 3")
        finally:
            arrives.set()


async def test_a_text_that_is_being_fetched_ahead_is_shown_when_it_is_here_and_asked_for_once(
    online: Desk, hugging_face: Server
) -> None:
    arrives = threading.Event()
    async with reading(online, settings=Settings(fetch_ahead=True)) as reader:
        await reader.see("updated just now")
        await wait_for(lambda: reader.screen.keeper.scheduler is not None, "the scheduler")
        paper = reader.screen.papers.paper
        assert paper is not None
        hugging_face.hub.write(paper.id, markdown(9_000))
        hugging_face.fault("held", path="/papers/", until=arrives)
        try:
            await reader.press("a")
            await wait_for(lambda: bool(hugging_face.seen(f"/papers/{paper.id}.md")), "it to be fetched ahead")
            await reader.pilot.press("g", "g", "enter", "enter")
            await reader.see("Asking for Hugging Face's markdown …")
        finally:
            arrives.set()
        await reader.see("1 Introduction")
        assert len(hugging_face.seen(f"/papers/{paper.id}.md")) == 1
