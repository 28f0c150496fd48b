"""Papers that came while somebody reads: how they wait, and how they are counted."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from paperstui import clock
from paperstui.config import Settings
from paperstui.demo.generator import items
from paperstui.models import Item
from paperstui.paths import Paths
from paperstui.usecases import Desk
from tests.server import Hub, Server
from tests.tui.reading import DAY, Reading, open_desk, reading

ALONE = Settings(refresh_minutes=0)
MADE = items(30, seed=2, last_day=DAY, days=1)
NEWEST = ("daily", None)


@pytest.fixture
def service(_own_world: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A service with 30 papers on one day."""
    with Server(Hub(MADE)) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.url)
        yield server


@pytest.fixture
async def desk(places: Paths, service: Server) -> AsyncIterator[Desk]:
    """A desk over a library that has 25 of them, since two hours ago."""
    assert service.url
    opened = open_desk(places, offline=False)
    put(opened, MADE[:25], 7200)
    yield opened
    await opened.disconnect()
    opened.close()


def put(desk: Desk, made: list[Item], ago: int) -> None:
    at = clock.seconds() - ago
    desk.library.upsert(made, at)
    desk.library.mark_period("daily", DAY.isoformat(), at=at, complete=True, papers=len(made))


async def fetch(reader: Reading) -> int:
    """How many papers wait after the newest day was fetched in the background."""
    reader.screen.refresher._fetch(NEWEST)
    await reader.settle()
    return reader.screen.papers.arrived


async def test_papers_that_wait_are_counted_once(desk: Desk, service: Server) -> None:
    async with reading(desk, settings=ALONE) as reader:
        assert await fetch(reader) == 5
        for raw in service.hub.days[DAY.isoformat()]:
            raw["paper"]["upvotes"] = raw["paper"].get("upvotes", 0) + 1
        assert await fetch(reader) == 5
        await reader.press("g", "n")
        assert (len(reader.screen.papers.ids), reader.screen.papers.arrived) == (30, 0)


async def test_papers_wait_only_where_the_filter_lets_them_through(desk: Desk) -> None:
    async with reading(desk, settings=ALONE) as reader:
        wanted = [MADE[0].paper.id, *(item.paper.id for item in MADE[25:28])]
        reader.screen.shelf.filter(" OR ".join(f"id:{paper}" for paper in wanted), finished=True)
        await reader.settle()
        assert len(reader.screen.papers.ids) == 1
        assert await fetch(reader) == 3
        await reader.press("g", "n")
        assert len(reader.screen.papers.ids) == 4
