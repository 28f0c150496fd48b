"""Looking online from the filter bar; the services are real servers on loopback."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from paperstui.config import Settings
from paperstui.models import Item, Listing, Paper
from paperstui.paths import Paths
from paperstui.usecases import Desk, Place
from tests.golden import expect_golden
from tests.patience import be_hasty
from tests.server import ArxivServer, Server
from tests.tui.reading import Reading, fill, open_desk, reading
from tests.tui.test_network import without_port

SIZES = [(80, 24), (120, 40), (50, 14)]
NAMES = [f"{columns}x{rows}" for columns, rows in SIZES]
QUIET = Settings(refresh_minutes=0)


@pytest.fixture(autouse=True)
def _hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    be_hasty(monkeypatch, read=2.0, total=5.0)


@pytest.fixture
def site(hugging_face: Server) -> Server:
    """A site that knows three papers about looms, which the library does not have."""
    hugging_face.hub.days.clear()
    for number, title in ((11, "Looms that weave"), (12, "A survey of looms"), (13, "Wool")):
        found = Paper(
            id=f"2606.{number:05}", title=title, abstract="Of tidal looms.", listed="2026-06-03", upvotes=number
        )
        hugging_face.hub.add(Item(found, Listing(feed="daily", period="2026-06-03")))
    return hugging_face


@pytest.fixture
def online(places: Paths, site: Server) -> Iterator[Desk]:
    assert site.url
    desk = open_desk(places, offline=False)
    fill(desk)
    yield desk
    desk.close()


def titles(reader: Reading) -> list[str]:
    return [row.title for row in reader.desk.rows(reader.screen.papers.ids)]


async def search(reader: Reading, words: str) -> None:
    await reader.press("slash")
    await reader.pilot.press(*("space" if letter == " " else letter for letter in words))
    await reader.press("ctrl+o")


@pytest.mark.parametrize("size", SIZES, ids=NAMES)
async def test_what_hugging_face_finds_is_shown_in_its_order(online: Desk, size: tuple[int, int]) -> None:
    async with reading(online, size=size, settings=QUIET) as reader:
        await search(reader, "looms")
        assert titles(reader) == ["Looms that weave", "A survey of looms", "Wool"]
        expect_golden(f"search-{size[0]}x{size[1]}", without_port(reader.text))


async def test_what_it_marks_is_marked(online: Desk) -> None:
    async with reading(online, settings=QUIET) as reader:
        await search(reader, "looms")
        marks = reader.screen.search.marks(reader.screen.shelf.place, None)
        assert marks is not None
        papers = reader.screen.papers
        drawn = papers._drawn[papers.ids[1], False, False][0]
        assert [segment.text for segment in drawn if segment.style and segment.style.underline] == ["looms"]


async def test_q_leads_back_to_where_it_was_begun(online: Desk) -> None:
    async with reading(online, settings=QUIET) as reader:
        await reader.press("j", "j", "j")
        place, paper = reader.screen.shelf.place, reader.screen.papers.rowid
        await search(reader, "looms -survey")
        assert titles(reader) == ["Looms that weave", "Wool"]
        assert reader.screen.shelf.text == "-survey"
        await reader.press("escape")
        assert len(titles(reader)) == 3, "the rest of the query is a filter of its own"
        await reader.press("j", "q")
        assert (reader.screen.shelf.place, reader.screen.shelf.text) == (place, "")
        assert reader.screen.papers.rowid == paper
        assert reader.app.is_running


@pytest.mark.parametrize("size", SIZES, ids=NAMES)
async def test_without_a_network_the_library_answers_and_it_is_said(
    online: Desk, site: Server, size: tuple[int, int]
) -> None:
    online.library.upsert([Item(Paper(id="2606.00099", title="Looms at home", abstract="Wool."))], 1_780_000_000)
    site.down()
    async with reading(online, size=size, settings=QUIET) as reader:
        place = reader.screen.shelf.place
        await search(reader, "looms")
        assert titles(reader) == ["Looms at home"]
        assert "found in your library: " in reader.line
        expect_golden(f"search-offline-{size[0]}x{size[1]}", without_port(reader.text))
        await reader.press("q")
        assert reader.screen.shelf.place == place
        assert "found in your library" not in reader.line


async def test_an_earlier_answer_is_shown_with_its_age_when_there_is_no_network(online: Desk, site: Server) -> None:
    async with reading(online, settings=QUIET) as reader:
        await search(reader, "looms")
        await reader.press("q", "escape")
        site.down()
        await search(reader, "looms")
        assert reader.screen.shelf.place == Place("feed:search", "looms")
        assert len(titles(reader)) == 3
        assert "this was found just now" in reader.line


@pytest.mark.parametrize("size", SIZES, ids=NAMES)
async def test_while_it_asks_the_screen_says_so(online: Desk, site: Server, size: tuple[int, int]) -> None:
    site.fault("hang", path="/api/papers/search")
    async with reading(online, size=size, settings=QUIET) as reader:
        await reader.press("slash")
        await reader.pilot.press(*"looms", "ctrl+o")
        await reader.see("Asking Hugging Face")
        await reader.see("asking Hugging Face …")
        expect_golden(f"search-asking-{size[0]}x{size[1]}", without_port(reader.text))
        await reader.pilot.press("q")
        await reader.see("Thu 4 Jun 2026" if size[0] > 50 else "unread")


async def test_who_goes_back_is_told_what_came_and_not_called_away(online: Desk, site: Server) -> None:
    site.fault("hang_body", path="/api/papers/search", times=1)
    async with reading(online, settings=QUIET) as reader:
        place = reader.screen.shelf.place
        await reader.press("slash")
        await reader.pilot.press(*"looms", "ctrl+o")
        await reader.see("Asking Hugging Face")
        await reader.pilot.press("q")
        await reader.see("for “looms”")
        await reader.settle()
        assert reader.screen.shelf.place == place


@pytest.mark.parametrize("size", SIZES, ids=NAMES)
async def test_nothing_found_is_said(online: Desk, size: tuple[int, int]) -> None:
    async with reading(online, size=size, settings=QUIET) as reader:
        await search(reader, "zzz")
        expect_golden(f"search-nothing-{size[0]}x{size[1]}", without_port(reader.text))


async def test_a_search_can_be_asked_again(online: Desk, site: Server) -> None:
    async with reading(online, settings=QUIET) as reader:
        await search(reader, "looms")
        found = Paper(id="2606.00014", title="More looms", abstract="", listed="2026-06-03", upvotes=1)
        site.hub.add(Item(found, Listing(feed="daily", period="2026-06-03")))
        await reader.press("g", "r")
        assert "More looms" in titles(reader)
        asked = len(site.requests)
        await reader.press("ctrl+o")
        assert len(site.requests) == asked + 1


async def test_earlier_searches_are_a_key_away(online: Desk) -> None:
    async with reading(online, settings=QUIET) as reader:
        await search(reader, "looms")
        await reader.press("q")
        online.library.mark_period("search", "looms", at=1_700_000_000, complete=True, papers=3)
        await search(reader, "wool")
        assert titles(reader) == ["Wool"]
        await reader.press("[")
        assert len(titles(reader)) == 3
        assert "“looms”" in reader.text.splitlines()[0]
        assert reader.screen.search.marks(reader.screen.shelf.place, None) is not None
        await reader.press("[")
        assert "There is no search before this one." in reader.line
        await reader.press("]", "]")
        assert titles(reader) == ["Wool"]
        assert "This is your last search." in reader.line
        await reader.press("q")
        assert reader.screen.shelf.place.view == "today"


async def test_without_words_there_is_nothing_to_ask(online: Desk, site: Server) -> None:
    async with reading(online, settings=QUIET) as reader:
        await reader.press("ctrl+o")
        assert reader.screen.context == "filter"
        assert "Type what to look for" in reader.line
        await reader.pilot.press(*"is:unread")
        await reader.press("ctrl+o")
        assert "Hugging Face is asked for words" in reader.line
        assert not site.requests


async def test_an_id_that_is_not_here_is_fetched_from_arxiv(online: Desk, arxiv: ArxivServer) -> None:
    paper_id = "2601.00007"
    arxiv.arxiv.add(Paper(id=paper_id, title="Known to arXiv alone", abstract="Of nothing.", published=1_780_000_000))
    async with reading(online, settings=QUIET) as reader:
        place = reader.screen.shelf.place
        await search(reader, f"https://arxiv.org/abs/{paper_id}v1")
        assert "Added 1 paper from arXiv" in reader.line
        assert [row.id for row in online.rows(reader.screen.papers.ids)] == [paper_id]
        await reader.press("q")
        assert reader.screen.shelf.place == place
        asked = len(arxiv.requests)
        await search(reader, paper_id)
        assert "It is in your library already." in reader.line
        assert len(arxiv.requests) == asked


async def test_an_id_that_arxiv_does_not_know(online: Desk, arxiv: ArxivServer) -> None:
    assert arxiv.url
    async with reading(online, settings=QUIET) as reader:
        await reader.press("slash")
        await reader.pilot.press(*"2606.99999")
        await reader.settle()
        assert "fetch it from arXiv" in reader.text
        await reader.press("ctrl+o")
        assert "arXiv has no paper 2606.99999" in reader.line


async def test_the_demonstration_finds_in_its_library(filled: Desk) -> None:
    async with reading(filled) as reader:
        await search(reader, "the")
        assert "found in your library: the demonstration does not touch the network" in reader.line
