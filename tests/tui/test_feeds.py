"""Week, month, trending and arXiv as views: each issue is fetched when it is opened, and shown as it comes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest

from paperstui.config import Settings
from paperstui.demo import generator
from paperstui.models import Item, Listing, Paper
from paperstui.paths import Paths
from paperstui.usecases import Desk, Place
from tests.golden import expect_golden
from tests.server import Hub, Server
from tests.server.arxiv import ArxivServer
from tests.tui.reading import DAY, Reading, fill, open_desk, reading
from tests.tui.test_network import NAMES, SIZES, without_port
from tests.waiting import wait_for

ALONE = Settings(refresh_minutes=0)
"""Nothing is fetched but what is opened."""

CATEGORIES = Settings(refresh_minutes=0, arxiv=("cs.CL", "cs.LG"))
ARXIV = "feed:arxiv:cs.CL+cs.LG"


@pytest.fixture
def large(_own_world: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A service with 250 papers in the month, three pages, on the four days up to the test's own."""
    with Server(Hub(generator.items(250, seed=2, last_day=DAY, days=4))) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.url)
        yield server


@pytest.fixture
def online(places: Paths) -> Iterator[Desk]:
    desk = open_desk(places, offline=False)
    yield desk
    desk.close()


@asynccontextmanager
async def opened(desk: Desk, key: str, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Reading]:
    async with reading(desk, settings=CATEGORIES if key == "8" else ALONE, size=size) as reader:
        await reader.press(key)
        await reader.settle()
        yield reader


@pytest.mark.parametrize("size", SIZES, ids=NAMES)
@pytest.mark.parametrize(("key", "name", "view"), [("2", "week", "week"), ("4", "trending", "trending")])
async def test_an_issue_is_fetched_when_it_is_opened(
    online: Desk, large: Server, size: tuple[int, int], key: str, name: str, view: str
) -> None:
    async with opened(online, key, size) as reader:
        await reader.see("updated just now")
        assert reader.screen.shelf.place == online.start_place(view)
        assert len(reader.screen.papers.ids) >= 100
        asked = len(large.requests)
        await reader.press("7", key)
        assert len(large.requests) == asked, "what was fetched just now is not asked for again"
        expect_golden(f"{name}-{size[0]}x{size[1]}", reader.text)


@pytest.mark.parametrize("size", SIZES, ids=NAMES)
async def test_a_month_that_breaks_off(online: Desk, large: Server, size: tuple[int, int]) -> None:
    large.fault("close", nth=tuple(range(3, 20)))
    async with opened(online, "3", size) as reader:
        await wait_for(lambda: "200 papers came, then" in reader.line, "what is missing to be told")
        await reader.settle()
        assert len(reader.screen.papers.ids) == 200
        expect_golden(f"month-half-{size[0]}x{size[1]}", without_port(reader.text))
        large.heal()
        large.requests.clear()
        await reader.press("j", "j")
        chosen = reader.screen.papers.rowid
        await reader.press("g", "r")
        await reader.see("50 new of 250")
        await reader.settle()
        assert [request.query.get("p") for request in large.requests] == ["2"]
        assert len(reader.screen.papers.ids) == 250
        assert reader.screen.papers.rowid == chosen
        assert "papers came" not in reader.text


async def test_what_is_missing_is_told_again_later(online: Desk, large: Server) -> None:
    large.fault("close", nth=tuple(range(3, 20)))
    async with opened(online, "3") as reader:
        await wait_for(lambda: "200 papers came, then" in reader.line, "what is missing to be told")
        await reader.press("7")
        assert "papers came" not in reader.line
    large.down()
    async with opened(online, "3") as reader:
        assert len(reader.screen.papers.ids) == 200
        await wait_for(lambda: "refuses connections" in reader.line, "why it is not whole")
        assert "g r goes on" in reader.line


async def test_the_first_page_is_shown_before_the_next_comes(online: Desk, large: Server) -> None:
    large.fault("hang", nth=2)
    async with reading(online, settings=ALONE) as reader:
        await reader.pilot.press("3")
        await wait_for(lambda: len(reader.screen.papers.ids) == 100, "the first page")
        assert "refreshing" in reader.line


async def test_weeks_and_months_follow_each_other(online: Desk, large: Server) -> None:
    async with opened(online, "2") as reader:
        assert large.requests
        await reader.press("[")
        assert "Week 22 · 25–31 May 2026" in reader.text
        await reader.press("]", "]")
        assert "This is the newest week." in reader.line
        await reader.press("3", "[")
        assert "‹ May 2026 ›" in reader.text
        await reader.press("1")
        await reader.press("3")
        assert "‹ May 2026 ›" in reader.text, "a view comes back to where it was"
        await reader.press("3")
        assert "‹ June 2026 ›" in reader.text, "and a second time to the newest"
        await reader.press("[", "g", "t")
        assert "‹ June 2026 ›" in reader.text


async def test_an_issue_without_papers_says_so(online: Desk, large: Server) -> None:
    assert large.url
    async with opened(online, "2") as reader:
        await reader.press("[")
        await reader.see("No papers in Week 22 · 25–31 May 2026")
    large.down()
    async with opened(online, "3") as reader:
        await reader.press("[")
        await reader.see("May 2026 is not here yet")
        assert "refuses connections" in reader.text


async def test_the_mouse_goes_from_view_to_view(online: Desk, large: Server) -> None:
    assert large.url
    async with opened(online, "1") as reader:
        line = reader.text.splitlines()[0]
        await reader.pilot.click("#header", offset=(line.index("2 Week"), 0))
        await reader.settle()
        assert reader.screen.shelf.place == Place("week", "2026-W23")
        line = reader.text.splitlines()[0]
        await reader.pilot.click("#header", offset=(line.index("‹"), 0))
        await reader.settle()
        assert reader.screen.shelf.place == Place("week", "2026-W22")


async def test_each_days_trending_list_is_kept(online: Desk, large: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    assert large.url
    async with opened(online, "4") as reader:
        await reader.press("[")
        assert "No earlier list is here" in reader.line
    monkeypatch.setenv("PAPERSTUI_NOW", "2026-06-05T12:00:00+00:00")
    async with opened(online, "4") as reader:
        await reader.see("Fri 5 Jun 2026")
        await reader.press("[")
        assert "Thu 4 Jun 2026" in reader.text
        assert len(reader.screen.papers.ids) == 100


async def test_counts_are_true_while_a_filter_stands(online: Desk, large: Server) -> None:
    assert large.url
    async with opened(online, "2") as reader:
        await reader.press("slash", *"model", "enter")
        await reader.settle()
        for name, place in {"week": Place("week", "2026-W23"), "all": Place("all")}.items():
            found = online.select(place, "model", typing=True).ids
            assert reader.screen.shelf.selecting.counts[name] == len(found) > 0


@pytest.mark.parametrize("size", SIZES, ids=NAMES)
async def test_the_categories_of_arxiv(online: Desk, arxiv: ArxivServer, size: tuple[int, int]) -> None:
    async with opened(online, "8", size) as reader:
        await reader.see("updated just now")
        assert reader.screen.shelf.place == Place(ARXIV, "2026-06-04")
        assert reader.screen.papers.ids
        expect_golden(f"arxiv-{size[0]}x{size[1]}", reader.text)
        asked = len(arxiv.requests)
        await reader.press("7", "8")
        assert len(arxiv.requests) == asked


async def test_a_newer_list_of_arxiv_waits_behind_a_line(online: Desk, arxiv: ArxivServer) -> None:
    assert arxiv.url
    async with opened(online, "8") as reader:
        await reader.press("j")
        before = list(reader.screen.papers.ids)
        listing = Listing(feed="arxiv:cs.CL", period="2026-06-05", rank=1)
        new = Item(Paper(id="2606.09999", title="Of tomorrow", categories=("cs.CL",)), listing)
        await reader.screen.keeper._came(online.library.upsert([new], 1))
        await reader.see("1 new paper")
        assert list(reader.screen.papers.ids) == before
        await reader.press("g", "n")
        assert reader.screen.shelf.place == Place(ARXIV, "2026-06-05")
        await reader.press("[")
        assert list(reader.screen.papers.ids) == before


async def test_arxiv_says_why_there_is_nothing(online: Desk, arxiv: ArxivServer) -> None:
    fill(online)
    arxiv.fault("status", code=403)
    async with opened(online, "8") as reader:
        await reader.see("arXiv · Thu 4 Jun 2026 is not here yet")
        await reader.settle()
        assert "403" in reader.line or "refuse" in reader.line


async def test_without_categories_the_key_says_what_to_do(online: Desk) -> None:
    async with opened(online, "1") as reader:
        assert "arXiv" not in reader.text.splitlines()[0]
        await reader.press("8")
        assert 'Set arxiv = ["cs.CL"] in config.toml to follow' in reader.line
