"""A text that is being fetched is waited for, not fetched twice: within a process and between two of them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress

import pytest

from paperstui.config import Settings
from paperstui.demo.fulltext import markdown
from paperstui.models import Paper
from paperstui.paths import Paths
from paperstui.sources.patience import Patience
from paperstui.usecases import Desk, text_turns
from paperstui.usecases.claims import Claims
from paperstui.usecases.reading import Document
from paperstui.usecases.text_turns import OTHERS, TextTurns, Waits
from tests.server import ArxivServer, Server
from tests.usecases.reading import fill
from tests.waiting import wait_for

NAME = "2606.00001"


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    patient = Patience(read=30.0, total=60.0, backoff=0.0, gap=0.0, rest=60.0, arxiv_gap=0.0)
    monkeypatch.setattr("paperstui.sources.http.Patience", lambda: patient)


@pytest.fixture
async def desk(places: Paths, hugging_face: Server, arxiv: ArxivServer) -> AsyncIterator[Desk]:
    assert arxiv.url
    hugging_face.hub.write(NAME, markdown(9_000))
    opened = Desk.open(places, Settings())
    fill(opened)
    yield opened
    await opened.disconnect()
    opened.close()


@pytest.fixture
async def other(desk: Desk, places: Paths) -> AsyncIterator[Desk]:
    """The desk of another process."""
    del desk
    opened = Desk.open(places, Settings())
    yield opened
    await opened.disconnect()
    opened.close()


@pytest.fixture
def arrives(hugging_face: Server) -> Iterator[threading.Event]:
    """Hugging Face answers when this is set."""
    until = threading.Event()
    hugging_face.fault("held", path="/papers/", until=until)
    yield until
    until.set()


def paper_of(desk: Desk) -> Paper:
    detail = desk.find(NAME)
    assert detail is not None
    return detail.paper


def asked(server: Server) -> int:
    return len(server.seen("/papers/"))


async def test_who_opens_a_text_that_is_fetched_ahead_waits_for_it_and_is_told_where_it_stands(
    desk: Desk, hugging_face: Server, arrives: threading.Event
) -> None:
    ahead = asyncio.create_task(desk.ahead.fetch(paper_of(desk), asked=False))
    await wait_for(lambda: asked(hugging_face), "the one ahead")
    told: list[str] = []
    opened = asyncio.create_task(desk.reading.fetch(paper_of(desk), waits=told.append))
    await wait_for(lambda: told, "what is waited for")
    arrives.set()
    document = await opened
    assert (document.source, (await ahead).here) == ("Hugging Face's markdown", True)
    assert told == ["asking for Hugging Face's markdown"]
    assert asked(hugging_face) == 1


async def test_who_fetches_ahead_waits_for_who_reads(
    desk: Desk, hugging_face: Server, arrives: threading.Event
) -> None:
    opened = asyncio.create_task(desk.reading.fetch(paper_of(desk)))
    await wait_for(lambda: asked(hugging_face))
    ahead = asyncio.create_task(desk.ahead.fetch(paper_of(desk), asked=False))
    arrives.set()
    assert (await ahead).here
    assert (await opened).whole
    assert asked(hugging_face) == 1


async def test_who_is_not_waited_for_any_more_does_not_take_the_other_along(
    desk: Desk, hugging_face: Server, arrives: threading.Event
) -> None:
    opened, left = (asyncio.create_task(desk.reading.fetch(paper_of(desk))) for _ in range(2))
    told: list[str] = []
    await wait_for(lambda: asked(hugging_face))
    stays = asyncio.create_task(desk.reading.fetch(paper_of(desk), waits=told.append))
    await wait_for(lambda: told)
    for task in (left, opened):
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    # The one that fetched is gone, so the one that waited fetches.
    await wait_for(lambda: asked(hugging_face) == 2)
    arrives.set()
    assert (await stays).whole


@pytest.mark.parametrize("asks", [True, False])
async def test_one_ahead_that_failed_is_tried_again_for_who_asks(asks: bool, desk: Desk, places: Paths) -> None:
    turns = TextTurns(lambda: Claims(places.locks))
    paper = paper_of(desk)
    goes_on = asyncio.Event()
    begun: list[str] = []

    async def fails(_tell: Waits, _others: bool) -> Document:
        begun.append("ahead")
        await goes_on.wait()
        return Document(paper=NAME, source="abstract only", error="Hugging Face is left alone for a while")

    async def works(_tell: Waits, _others: bool) -> Document:
        begun.append("asked")
        return Document(paper=NAME, source="ar5iv")

    ahead = asyncio.create_task(turns.once(paper, fails, asked=False, again=False, waits=None))
    await wait_for(lambda: begun)
    opened = asyncio.create_task(turns.once(paper, works, asked=asks, again=False, waits=None))
    goes_on.set()
    assert (await ahead).error
    assert (await opened).source == ("ar5iv" if asks else "abstract only")
    assert begun == (["ahead", "asked"] if asks else ["ahead"])


async def test_another_process_is_waited_for_and_what_it_brought_is_shown(
    desk: Desk, other: Desk, hugging_face: Server, arrives: threading.Event
) -> None:
    ahead = asyncio.create_task(other.ahead.fetch(paper_of(other), asked=False))
    await wait_for(lambda: asked(hugging_face))
    told: list[str] = []
    opened = asyncio.create_task(desk.reading.fetch(paper_of(desk), waits=told.append))
    await wait_for(lambda: told)
    arrives.set()
    assert (await opened).source == "Hugging Face's markdown"
    assert (await ahead).here
    assert told == [OTHERS]
    assert asked(hugging_face) == 1


async def test_another_process_that_stands_still_is_not_waited_for_longer_than_a_source(
    desk: Desk, other: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Patience().total >= text_turns.PATIENCE
    monkeypatch.setattr(text_turns, "PATIENCE", 0.0)
    async with other.claims.turn(f"text {NAME}"):
        assert (await desk.reading.fetch(paper_of(desk))).whole


async def test_asking_again_while_it_is_fetched_asks_once_more(
    desk: Desk, hugging_face: Server, arrives: threading.Event
) -> None:
    first = asyncio.create_task(desk.reading.fetch(paper_of(desk)))
    await wait_for(lambda: asked(hugging_face))
    again = asyncio.create_task(desk.reading.fetch(paper_of(desk), again=True))
    arrives.set()
    assert (await first).whole
    assert (await again).whole
    assert asked(hugging_face) == 2
