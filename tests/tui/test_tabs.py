"""The tabs of a paper: turned by keys and clicks, filled when they are opened, and true about what could not be had."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from functools import partial
from typing import Any

import pytest
from msgspec.structs import replace

from paperstui import clock
from paperstui.draw.discussion import comment_lines
from paperstui.draw.lines import Line
from paperstui.errors import LibraryError
from paperstui.models import Account, Comment, Item, Paper, Repo
from paperstui.paths import Paths
from paperstui.usecases import Desk
from paperstui.usecases.discussing import Discussed, Discussing
from tests.golden import expect_golden
from tests.hostile import HOSTILE
from tests.server import Server
from tests.server.fixtures import sample_items
from tests.tui.reading import Reading, fill, open_desk, reading
from tests.tui.test_hostile import expect_harmless
from tests.waiting import wait_for

SIZES = [(120, 40), (80, 24), (50, 14)]
NAMES = [f"{columns}x{rows}" for columns, rows in SIZES]
ADA = Account("ada", name="Ada Li")


@pytest.fixture
def invented(desk: Desk) -> Desk:
    """A desk over papers whose discussions are made up, as in the demonstration."""
    fill(desk)
    desk.invented = True
    return desk


@pytest.fixture
async def online(places: Paths, hugging_face: Server) -> AsyncIterator[Desk]:
    """A desk over papers that the service knows, too; nothing is fetched that is not asked for."""
    desk = open_desk(places, offline=False)
    items = [Item(item.paper, item.listing) for item in sample_items()]
    desk.library.upsert(items, clock.seconds() - 3600)
    for period in {item.listing.period for item in items if item.listing}:
        desk.library.mark_period("daily", period, at=clock.seconds(), complete=True, papers=20)
    hugging_face.requests.clear()
    yield desk
    await desk.disconnect()
    desk.close()


def shown(reader: Reading) -> Paper:
    detail = reader.screen.shelf.detail
    assert detail is not None
    return detail.paper


def asked_about(server: Server) -> list[str]:
    return [request.path.rpartition("/")[2] for request in server.seen("/api/papers/")]


@pytest.mark.parametrize("keys", ["L", "H", "LL"])
async def test_in_an_empty_list_no_tab_of_the_paper_before_is_shown(invented: Desk, keys: str) -> None:
    async with reading(invented) as reader:
        await reader.press("L", "L", "L")
        title = shown(reader).title
        assert title[:30] in reader.text
        await reader.press("5", *keys)
        assert reader.screen.papers.rowid is None
        assert title[:30] not in reader.text
        assert "Discussion" not in reader.text, "nothing is in the pane"
        await reader.press("1")
        assert title[:30] in reader.text


async def test_an_empty_list_is_refreshed_whichever_tab_was_open(
    invented: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(invented) as reader:
        refreshed: list[str] = []
        monkeypatch.setattr(reader.screen.refresher, "do_refresh", lambda: refreshed.append("again"))
        await reader.press("L", "L", "5", "tab", "R")
        assert refreshed == ["again"]


@pytest.mark.parametrize("size", SIZES, ids=NAMES)
@pytest.mark.parametrize("tab", ["summary", "discussion", "links"])
async def test_each_tab_reads_as_it_should(invented: Desk, tab: str, size: tuple[int, int]) -> None:
    async with reading(invented, size=size, query="sort:comments") as reader:
        await reader.press("enter", *(["l"] * ["abstract", "summary", "discussion", "links"].index(tab)))
        expect_golden(f"paper-{tab}-{size[0]}x{size[1]}", reader.text)


async def test_keys_turn_the_tabs_and_the_first_leads_back(invented: Desk) -> None:
    async with reading(invented) as reader:
        tabs = reader.screen.tabs
        await reader.press("L", "L")
        assert (tabs.shown, reader.screen.context) == ("discussion", "list")
        await reader.press("H")
        assert tabs.shown == "summary"
        await reader.press("enter", "l", "right", "l", "l", "l")
        assert (tabs.shown, reader.screen.context) == ("notes", "detail")
        await reader.press("h", "h", "left", "h")
        assert (tabs.shown, reader.screen.context) == ("abstract", "detail")
        await reader.press("h")
        assert reader.screen.context == "list"
        await reader.press("enter", "l", "backspace")
        assert (tabs.shown, reader.screen.context) == ("summary", "list")


async def test_a_click_on_a_tab_opens_it(invented: Desk) -> None:
    async with reading(invented) as reader:
        pane = reader.screen.pane
        row = pane.stays
        for name, title in (("links", "Links"), ("summary", "Summary"), ("abstract", "Abstract")):
            at = next(line for line in reader.text.splitlines() if "Discussion" in line).index(title)
            await reader.pilot.click(offset=(at + 1, pane.region.y + row))
            await reader.settle()
            assert reader.screen.tabs.shown == name


async def test_the_tab_stays_when_going_through_papers(invented: Desk) -> None:
    async with reading(invented, query="sort:comments") as reader:
        await reader.press("L", "L")
        for _ in range(3):
            await reader.press("j")
            said = invented.discussing.kept(shown(reader).id)
            assert said is not None
            assert f"Discussion {len(said.comments)}" in reader.text
            assert reader.screen.tabs.shown == "discussion"
            assert (said.comments[0].author or ADA).name in reader.text


async def test_each_tab_keeps_its_place(invented: Desk) -> None:
    async with reading(invented, size=(120, 24), query="sort:comments") as reader:
        await reader.press("enter", "j", "j", "j")
        abstract = reader.screen.pane.top
        await reader.press("l", "l", "space")
        discussion = reader.screen.pane.top
        assert discussion > abstract
        await reader.press("h", "h")
        assert reader.screen.pane.top == abstract
        await reader.press("l", "l")
        assert reader.screen.pane.top == discussion
        await reader.press("ctrl+n")
        assert reader.screen.pane.top < discussion


async def test_the_tabs_stay_in_sight_when_it_is_scrolled(invented: Desk) -> None:
    async with reading(invented, size=(120, 24), query="sort:comments") as reader:
        await reader.press("enter", "l", "l", "space", "space")
        assert reader.screen.pane.top > reader.screen.pane.stays
        first = reader.text.splitlines()[1]
        assert "Abstract  Summary  Discussion" in first


async def test_a_discussion_is_fetched_when_it_is_opened(online: Desk, hugging_face: Server) -> None:
    async with reading(online) as reader:
        paper = shown(reader)
        hugging_face.hub.discuss(paper.id, [Comment(id="a", author=ADA, text="A **bold** word.", written=1)])
        assert asked_about(hugging_face) == []
        await reader.press("L", "L")
        await reader.see("A bold word.")
        assert asked_about(hugging_face) == [paper.id]
        await reader.press("H", "L")
        assert asked_about(hugging_face) == [paper.id], "it is fresh"
        await reader.press("enter", "R")
        assert asked_about(hugging_face) == [paper.id] * 2


def looked_up(reader: Reading, before: str) -> bool:
    """Whether another paper than before is in the pane, and what is kept of it is known."""
    detail = reader.screen.shelf.detail
    return detail is not None and detail.paper.id != before and reader.screen.tabs.held is not None


async def test_going_through_papers_asks_only_for_the_one_one_stays_on(
    online: Desk, hugging_face: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("paperstui.tui.tabs.REST", 3600.0)
    async with reading(online) as reader:
        await reader.press("L", "L")
        hugging_face.requests.clear()
        for _ in range(5):
            before = shown(reader).id
            await reader.pilot.press("j")
            await wait_for(partial(looked_up, reader, before), "the next paper")
            held = reader.screen.tabs.held
            assert held is not None
            assert not held.loading, "one may not stay on it"
        monkeypatch.setattr("paperstui.tui.tabs.REST", 0.0)
        await reader.press("j")
        assert asked_about(hugging_face) == [shown(reader).id]


async def test_what_was_said_since_is_marked(
    online: Desk, hugging_face: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Comment(id="a", author=ADA, text="The first.", written=1)
    async with reading(online) as reader:
        paper = shown(reader)
        hugging_face.hub.discuss(paper.id, [first])
        await reader.press("L", "L")
        await reader.see("The first.")
        assert "● new" not in reader.text
        hugging_face.hub.discuss(paper.id, [first, Comment(id="b", author=ADA, text="The second.", written=2)])
        await reader.press("enter", "R")
        await reader.see("● new  Ada Li")
        assert reader.text.count("● new") == 1
    later = clock.seconds() + 3600
    monkeypatch.setattr(clock, "seconds", lambda: later)
    async with reading(online) as reader:
        await reader.press("L", "L")
        await reader.see("The second.")
        assert "● new" not in reader.text, "it was seen before the restart"


async def test_turning_through_the_tabs_asks_once(online: Desk, hugging_face: Server) -> None:
    async with reading(online) as reader:
        for key in "LLLHHL":
            await reader.pilot.press(key)
        await reader.settle()
        assert asked_about(hugging_face) == [shown(reader).id]
        seen = online.discussing.seen(shown(reader).id)
        assert reader.screen.tabs.shown == "discussion"
        assert seen is not None


async def test_all_repositories_are_listed_though_the_paper_names_some(online: Desk, hugging_face: Server) -> None:
    async with reading(online) as reader:
        paper = shown(reader)
        repos = tuple(Repo("model", f"lab/model-{number}", number, 10) for number in range(9))
        hugging_face.hub.add(Item(replace(paper, repos=repos, models=9)))
        await reader.press("L", "L", "L")
        await reader.see("Models  9")
        assert all(f"lab/model-{number}" in reader.text for number in range(9))
        assert len(hugging_face.seen("/api/arxiv/")) == 1
        await reader.press("H", "L")
        assert len(hugging_face.seen("/api/arxiv/")) == 1


async def test_without_the_rest_of_the_repositories_it_says_how_many_there_are(
    online: Desk, hugging_face: Server
) -> None:
    async with reading(online) as reader:
        repos = tuple(Repo("model", f"lab/model-{number}", number, 10) for number in range(9))
        hugging_face.hub.add(Item(replace(shown(reader), repos=repos, models=9)))
        hugging_face.fault("status", path="/api/arxiv/", code=403)
        await reader.press("L", "L", "L")
        await reader.see("Models  4 of 9")
        await reader.see("tries again")


async def test_a_summary_that_came_late_comes_in(online: Desk, hugging_face: Server) -> None:
    async with reading(online, query="-has:summary") as reader:
        paper = shown(reader)
        hugging_face.hub.details[paper.id] |= {"ai_summary": "It came late.", "ai_summary_model": "quiet/summer-7b"}
        await reader.press("L")
        await reader.see("It came late.")
        await reader.see("Written by quiet/summer-7b")
        found = online.find(paper.id)
        assert found is not None
        assert found.paper.summary == "It came late."


@pytest.fixture
def away(hugging_face: Server) -> Iterator[Server]:
    """The service, which says no."""
    hugging_face.fault("status", code=403)
    yield hugging_face
    hugging_face.heal()


async def test_what_is_asked_for_is_given_up_with_the_paper(
    online: Desk, hugging_face: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, gate = Discussing.fetch, asyncio.Event()
    asked: list[str] = []

    async def slow(desk: Discussing, paper_id: str, **more: bool) -> Discussed:
        asked.append(paper_id)
        await gate.wait()
        return await real(desk, paper_id, **more)

    monkeypatch.setattr(Discussing, "fetch", slow)
    async with reading(online) as reader:
        paper = shown(reader)
        hugging_face.hub.discuss(paper.id, [Comment(id="a", author=ADA, text="The first.", written=1)])
        await reader.pilot.press("L", "L")
        await wait_for(lambda: asked, "the service to be asked")
        # Back on the abstract nothing is loaded that would take the place of it.
        await reader.pilot.press("H", "H", "j")
        await wait_for(lambda: shown(reader).id != paper.id, "another paper")
        gate.set()
        await reader.settle()
        assert paper.id not in reader.screen.tabs._held
        assert reader.screen.tabs.shown == "abstract"


async def test_a_long_discussion_is_laid_out_aside(online: Desk, hugging_face: Server, mark: Marker) -> None:
    async with reading(online) as reader:
        text = "Words and more words that fill some lines of the pane, however wide it is. " * 8
        said = [Comment(id=str(number), author=ADA, text=f"{text} No {number}.", written=1) for number in range(40)]
        hugging_face.hub.discuss(shown(reader).id, said)
        await reader.press("L", "L")
        wide = len(reader.screen.pane.lines)
        await reader.pilot.resize_terminal(112, 40)
        await reader.settle()
        assert len(reader.screen.pane.lines) > wide, "it is laid out for the pane as it is"
        await reader.press("H", "L")
        assert len(mark.threads) == 2, "when it came, and for the other width"
        assert threading.main_thread() not in mark.threads


class Marker:
    """Notes the threads in which comments are laid out."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.threads: list[threading.Thread] = []

        def noted(*args: Any, **more: Any) -> list[Line]:
            self.threads.append(threading.current_thread())
            return comment_lines(*args, **more)

        monkeypatch.setattr("paperstui.draw.discussion.comment_lines", noted)


@pytest.fixture
def mark(monkeypatch: pytest.MonkeyPatch) -> Marker:
    return Marker(monkeypatch)


async def test_without_the_service_it_says_so_and_how_to_go_on(online: Desk, away: Server) -> None:
    async with reading(online) as reader:
        await reader.press("L", "L")
        await reader.see("tries again")
        assert "Nothing of the discussion is here." in reader.text
        away.heal()
        away.hub.discuss(shown(reader).id, [Comment(id="a", author=ADA, text="Here again.", written=1)])
        await reader.press("enter", "R")
        await reader.see("Here again.")
        assert "tries again" not in reader.text


async def test_what_is_kept_is_shown_though_it_cannot_be_asked_for(
    online: Desk, hugging_face: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(online) as reader:
        hugging_face.hub.discuss(shown(reader).id, [Comment(id="a", author=ADA, text="Kept.", written=1)])
        await reader.press("L", "L")
        await reader.see("Kept.")
    later = clock.seconds() + 3 * 3600
    monkeypatch.setattr(clock, "seconds", lambda: later)
    hugging_face.fault("status", code=403)
    async with reading(online) as reader:
        await reader.press("L", "L")
        await reader.see("tries again")
        assert "Kept." in reader.text
        assert any("Links" in line and "3 h ago" in line for line in reader.text.splitlines())


async def test_a_paper_that_is_not_there_says_what_to_do(online: Desk, hugging_face: Server) -> None:
    async with reading(online) as reader:
        del hugging_face.hub.details[shown(reader).id]
        hugging_face.hub.days.clear()
        await reader.press("L", "L")
        await reader.see("Hugging Face has no page of this paper yet. O opens it")


async def test_a_paper_without_an_arxiv_id_is_not_asked_for(desk: Desk) -> None:
    desk.library.upsert([Item(Paper(id="title:0123456789abcdef", title="Bare", upvotes=1))], 1)
    desk.offline = False
    async with reading(desk, query="Bare") as reader:
        await reader.press("L", "L")
        await reader.see("This paper has no arXiv id")


async def test_hostile_comments_do_nothing(online: Desk, hugging_face: Server) -> None:
    raw = [
        {
            "id": f"c{number}",
            "author": {"name": text, "fullname": text, "type": text},
            "createdAt": "2026-06-01T10:00:00.000Z",
            "data": {"latest": {"raw": text}, "reactions": [{"reaction": text, "count": 2}]},
        }
        for number, text in enumerate(text.encode("utf-8", "replace").decode() for _, text in HOSTILE)
    ]
    async with reading(online) as reader:
        hugging_face.hub.comments[shown(reader).id] = raw
        await reader.press("L", "L")
        pane = reader.screen.pane
        heads = [index for index, line in enumerate(pane.lines) if any("days ago" in text for text, _ in line)]
        assert len(heads) > len(HOSTILE) * 0.9, reader.text
        # Each begins within a screenful of where it is looked at; some are thousands of lines long.
        for head in heads[::4]:
            pane.scroll_to_line(head)
            await reader.pilot.pause()
            expect_harmless(reader)


async def test_a_tab_can_be_chosen_before_there_is_a_paper(desk: Desk) -> None:
    async with reading(desk) as reader:
        await reader.press("L", "L")
        fill(desk)
        desk.invented = True
        await reader.press("7")
        assert reader.screen.tabs.shown == "discussion"
        await reader.see("Discussion")
        assert reader.screen.tabs.held is not None


async def test_a_library_that_cannot_be_read_is_told_where_one_looks(
    online: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise LibraryError("the library cannot be read")

    async with reading(online) as reader:
        monkeypatch.setattr(online.discussing, "here", fail)
        await reader.press("L", "L")
        await reader.see("the library cannot be read. R in the paper")
        assert "Loading" not in reader.text
