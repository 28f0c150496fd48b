"""The reader while the network does what networks do. The service is a real server on loopback."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from paperstui.draw.states import Notice
from paperstui.paths import Paths
from paperstui.tui.widgets.paper_list import PaperList
from paperstui.usecases import Desk
from tests.golden import expect_golden
from tests.server import Server
from tests.tui.reading import fill, open_desk, reading
from tests.waiting import wait_for

SIZES = [(80, 24), (120, 40), (50, 14)]
NAMES = [f"{columns}x{rows}" for columns, rows in SIZES]


@pytest.fixture
def online(places: Paths, hugging_face: Server) -> Iterator[Desk]:
    """A desk over an empty library whose source is the loopback server."""
    assert hugging_face.url
    desk = open_desk(places, offline=False)
    yield desk
    desk.close()


def without_port(text: str) -> str:
    """The screen with the server's port, which differs from run to run, made the same."""
    return re.sub(r"127\.0\.0\.1:\d{4,5}", lambda found: "127.0.0.1:PORT".ljust(len(found[0]))[: len(found[0])], text)


async def test_the_first_start_shows_the_day_as_it_comes(online: Desk) -> None:
    async with reading(online) as reader:
        await reader.see("updated just now")
        assert "Thu 4 Jun 2026" in reader.text
        assert len(reader.screen.papers.ids) > 10
        assert reader.screen.papers.cursor == 0


async def test_the_first_start_never_says_that_there_is_nothing(online: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    titles: list[str] = []
    real = PaperList.tell

    def noted(papers: PaperList, notice: Notice | None) -> None:
        if notice is not None and not papers.ids:
            titles.append(notice.title)
        real(papers, notice)

    monkeypatch.setattr(PaperList, "tell", noted)
    async with reading(online) as reader:
        await reader.see("updated just now")
        await reader.settle()
    assert titles
    assert {title.split()[0] for title in titles} == {"Fetching"}


async def test_what_is_said_of_a_day_goes_with_it(online: Desk) -> None:
    async with reading(online) as reader:
        await reader.see("updated just now")
        await reader.press("g", "r")
        await reader.see("4 Jun: ")
        await reader.press("left_square_bracket")
        assert "4 Jun: " not in reader.line


async def test_a_mistake_of_a_day_goes_with_it_and_others_stay(online: Desk, hugging_face: Server) -> None:
    async with reading(online) as reader:
        await reader.see("updated just now")
        hugging_face.fault("html200")
        await reader.press("g", "r")
        await reader.see("Just tried")
        await reader.press("7")
        assert "Just tried" not in reader.text
        reader.screen.say("the disk is full", "error")
        await reader.press("1")
        assert "the disk is full" in reader.line


@pytest.mark.parametrize("size", SIZES, ids=NAMES)
async def test_while_it_loads_the_screen_says_so(online: Desk, hugging_face: Server, size: tuple[int, int]) -> None:
    hugging_face.fault("hang")
    async with reading(online, size=size, settle=False) as reader:
        await reader.see("Fetching")
        await reader.see("refreshing")
        expect_golden(f"loading-{size[0]}x{size[1]}", without_port(reader.text))
        await reader.pilot.press("q")
        assert reader.app.return_code == 0


@pytest.mark.parametrize("size", SIZES, ids=NAMES)
async def test_an_empty_library_without_a_network(online: Desk, hugging_face: Server, size: tuple[int, int]) -> None:
    hugging_face.down()
    async with reading(online, size=size, settle=False) as reader:
        await reader.see("No papers yet")
        await wait_for(lambda: "refuses connections" in reader.line, "the trouble to be told")
        await reader.settle()
        expect_golden(f"offline-empty-{size[0]}x{size[1]}", without_port(reader.text))


@pytest.mark.parametrize("size", SIZES, ids=NAMES)
async def test_without_a_network_the_library_is_there(
    online: Desk, hugging_face: Server, size: tuple[int, int]
) -> None:
    fill(online)
    hugging_face.down()
    async with reading(online, size=size, settle=False) as reader:
        await wait_for(lambda: "127.0.0.1" in reader.line, "the trouble to be told")
        await reader.settle()
        expect_golden(f"offline-{size[0]}x{size[1]}", without_port(reader.text))
        await reader.press("s")
        assert "★ ▲" in reader.text


@pytest.mark.parametrize("fault", ["html200", "json_cut", "json_object", "truncated", "empty200", "json_deep"])
async def test_a_bad_answer_leaves_everything_as_it_was_and_heals(
    online: Desk, hugging_face: Server, fault: str
) -> None:
    fill(online)
    hugging_face.fault(fault)
    async with reading(online, settle=False) as reader:
        await wait_for(lambda: "127.0.0.1" in reader.line, "the trouble to be told")
        before = list(reader.screen.papers.ids)
        assert before
        hugging_face.heal()
        await reader.press("g", "r")
        await wait_for(lambda: not reader.screen.refresher.trouble, "the trouble to be over")
        assert set(before) <= set(reader.screen.papers.ids)


async def test_a_refresh_on_a_key_says_what_came(online: Desk) -> None:
    async with reading(online) as reader:
        await reader.see("updated just now")
        await reader.press("g", "r")
        await reader.see("0 new of")


async def test_a_day_that_is_not_here_is_fetched(online: Desk, hugging_face: Server) -> None:
    async with reading(online) as reader:
        await reader.see("updated just now")
        asked = len(hugging_face.seen("/api/daily_papers"))
        await reader.press("[")
        await wait_for(lambda: reader.screen.papers.ids and "Wed 3 Jun 2026" in reader.text, "the day before")
        assert len(hugging_face.seen("/api/daily_papers")) > asked
        await reader.press("]", "[")
        assert "Wed 3 Jun 2026" in reader.text


async def test_a_refresh_never_moves_the_cursor(online: Desk, hugging_face: Server) -> None:
    async with reading(online) as reader:
        await reader.see("updated just now")
        await reader.press("j", "j", "j")
        papers = reader.screen.papers
        rowid, top, cursor = papers.rowid, papers.top, papers.cursor
        hugging_face.fault("shuffle")
        reader.screen.refresher._fetch(("daily", None))
        await reader.settle()
        assert (papers.rowid, papers.top, papers.cursor) == (rowid, top, cursor)
