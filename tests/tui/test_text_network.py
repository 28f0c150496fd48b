"""Full texts over the loopback network: slow, failing, closed and asked for again while something is under way."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from paperstui.config import Settings
from paperstui.demo.fulltext import markdown
from paperstui.documents.flow import Flow
from paperstui.models import Paper
from paperstui.paths import Paths
from paperstui.tui.screens.fulltext import FullTextScreen
from paperstui.usecases import Desk
from paperstui.usecases.reading import Document
from tests.patience import be_hasty
from tests.server import ArxivServer
from tests.server.wire import Server
from tests.tui.reading import Reading, fill, reading
from tests.tui.texts import open_text, shown, top
from tests.waiting import wait_for


@pytest.fixture
def desk(places: Paths, hugging_face: Server, arxiv: ArxivServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desk whose papers have texts on the service; who waits for one does not wait long."""
    assert arxiv.url
    be_hasty(monkeypatch, read=2.0, total=4.0)
    opened = Desk.open(places, Settings())
    for number, item in enumerate(fill(opened)):
        hugging_face.hub.write(item.paper.id, markdown(30_000, title=f"Text {number} of $x^2$"))
    yield opened
    opened.close()


@pytest.fixture
def gate(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """What is fetched waits until this is set, and again after it is cleared."""
    opened, fetch = asyncio.Event(), desk.reading.fetch

    async def later(paper: Paper, **options: Any) -> Document:
        await opened.wait()
        return await fetch(paper, **options)

    monkeypatch.setattr(desk.reading, "fetch", later)
    return opened


def texts_asked(server: Server) -> list[str]:
    """The texts that the service was asked for."""
    return [request.path for request in server.requests if request.path.endswith(".md")]


def title_of(running: Reading, server: Server) -> str:
    """What the text of the paper under the cursor begins with."""
    paper = running.screen.papers.paper
    assert paper is not None
    return server.hub.texts[paper.id].body.decode().split("$")[0].strip("# \n")


async def closed(running: Reading) -> None:
    """Wait until no text is shown."""
    await wait_for(lambda: not isinstance(running.app.screen, FullTextScreen), "the paper")


async def test_another_text_is_opened_while_the_first_is_fetched(
    desk: Desk, hugging_face: Server, gate: asyncio.Event
) -> None:
    async with reading(desk) as running:
        titles = []
        for keys in (("enter", "enter"), ("enter",)):
            titles.append(title_of(running, hugging_face))
            await running.pilot.press(*keys)
            await wait_for(lambda: isinstance(running.app.screen, FullTextScreen), "the screen of the text")
            if len(titles) == 1:
                await running.pilot.press("q")
                await closed(running)
                await running.pilot.press("backspace", "j")
                await running.pilot.press("enter")
        gate.set()
        await running.see(titles[1])
        await running.settle()
        assert titles[0] != titles[1]
        assert titles[0] not in running.text
        assert len(set(texts_asked(hugging_face))) == 2, "the first is kept for later"
        await running.press("q", "backspace", "k", "enter", "enter")
        await running.see(titles[0])
        assert len(texts_asked(hugging_face)) == 2


async def test_a_text_that_comes_after_it_was_closed_changes_nothing(
    desk: Desk, hugging_face: Server, gate: asyncio.Event
) -> None:
    async with reading(desk) as running:
        await running.pilot.press("enter", "enter")
        await wait_for(lambda: isinstance(running.app.screen, FullTextScreen), "the screen of the text")
        await running.pilot.press("q")
        await closed(running)
        before = running.text
        gate.set()
        await running.settle()
        assert len(texts_asked(hugging_face)) == 1
        assert running.text == before


async def test_asked_for_again_twice_it_is_fetched_once_and_one_reads_on(
    desk: Desk, hugging_face: Server, gate: asyncio.Event
) -> None:
    gate.set()
    async with reading(desk) as running:
        screen = await open_text(running)
        gate.clear()
        await running.pilot.press("R")
        await running.see("ooking for the text …")
        await running.pilot.press("R")
        await running.see("It is being asked for already.")
        await running.pilot.press("space", "space", "j")
        place, words = screen.view.place, top(screen)
        assert place.block
        gate.set()
        await running.settle()
        assert len(texts_asked(hugging_face)) == 2
        assert (screen.view.place, top(screen)) == (place, words)
        await running.press("R")
        assert len(texts_asked(hugging_face)) == 3


async def test_a_text_that_is_fetched_again_is_turned_and_closed_meanwhile(desk: Desk, gate: asyncio.Event) -> None:
    gate.set()
    async with reading(desk) as running:
        screen = await open_text(running)
        assert "of x²" in running.text
        gate.clear()
        await running.pilot.press("R")
        await running.pilot.press("$")
        await running.see("of $x^2$")
        assert screen.document is not None
        assert len(screen.view._blocks) == len(screen.document.blocks)
        gate.set()
        await running.settle()
        assert "of $x^2$" in running.text
        gate.clear()
        await running.pilot.press("R", "space", "space")
        place = screen.view.place
        await running.pilot.press("q")
        await closed(running)
        gate.set()
        await running.settle()
        await running.press("$")
        screen = await open_text(running, "enter")
        assert screen.view.place.block == place.block


@pytest.mark.parametrize("keys", [("$",), ("$", "$"), ("R", "R"), ("space", "$", "R"), ("/", "b", "a", "t", "enter")])
async def test_keys_and_widths_while_it_is_laid_out(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...]
) -> None:
    go_on = threading.Event()
    extend = Flow.extend

    def waiting(self: Flow, blocks: object) -> None:
        if threading.current_thread() is not threading.main_thread():
            assert go_on.wait(30)
        extend(self, blocks)  # type: ignore[arg-type]

    monkeypatch.setattr(Flow, "extend", waiting)
    async with reading(desk) as running:
        await running.pilot.press("enter", "enter")
        await wait_for(lambda: isinstance(running.app.screen, FullTextScreen), "the screen of the text")
        screen = shown(running)
        await wait_for(lambda: screen.document is not None, "the text")
        await running.see("1 Introduction")
        await running.pilot.press(*keys)
        for width in (60, 100, 50, 90):
            await running.pilot.resize_terminal(width, 30)
        go_on.set()
        await running.settle()
        view = screen.view
        assert screen.document is not None
        assert view.whole
        assert view.flow.blocks == len(screen.document.blocks)
        assert (view.flow.cells, view.flow.wide) == view._widths()
        assert view.flow.place(view.top).block == view.place.block
        assert not view.looking
        assert ("$x^2$" in view.flow.text(0)) is (keys.count("$") == 1)


@pytest.mark.parametrize(
    ("fault", "options"),
    [
        ("reset", {}),
        ("reset_body", {}),
        ("close", {}),
        ("garbage", {}),
        ("truncated", {}),
        ("gzip_corrupt", {}),
        ("html200", {}),
        ("status", {"code": 500}),
        ("status", {"code": 403}),
        ("limited", {"after": 600}),
        ("redirect", {"to": "file:///etc/passwd"}),
    ],
)
async def test_a_failing_service_is_told_and_the_text_is_there_when_it_heals(
    desk: Desk, hugging_face: Server, fault: str, options: dict[str, Any]
) -> None:
    async with reading(desk) as running:
        title = title_of(running, hugging_face)
        hugging_face.fault(fault, **options)
        screen = await open_text(running)
        assert "No full text" in running.text
        assert "Hugging Face's markdown: " in " ".join(running.text.split())
        assert screen.document is not None
        assert not screen.document.whole
        hugging_face.heal()
        if fault == "limited":
            assert "asks to wait 10 minutes" in " ".join(running.text.split())
            return
        await running.press("R")
        await running.see(title)
        await running.press("space", "space")
        place = screen.view.place
        hugging_face.fault(fault, **options)
        await running.press("R")
        unchanged = fault in ("reset_body", "truncated")  # the answer is that it is the same: nothing of it can be cut
        assert ("if-none-match" in {name.lower() for name in hugging_face.requests[-1].headers}) or not unchanged
        assert ("This is the text that came before" in running.text) is not unchanged
        assert (screen.view.place, screen.document.whole) == (place, True)
        desk.reading.forget(screen.paper)
        await running.press("R")
        assert ("This is the text that came before" in running.text) is not unchanged
        assert (screen.view.place, screen.document.whole) == (place, True)
