"""More from here: to papers of the same organisation, submitter or author, to similar ones, and back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from paperstui import clock
from paperstui.config import Settings
from paperstui.models import Account, Comment, Organization, Paper
from paperstui.paths import Paths
from paperstui.usecases import Desk
from paperstui.usecases.discussing import Discussing
from tests.server import Server
from tests.server.fixtures import sample_items
from tests.tui.reading import Reading, open_desk, reading
from tests.waiting import wait_for


@pytest.fixture
async def online(places: Paths, hugging_face: Server) -> AsyncIterator[Desk]:
    assert hugging_face.url
    desk = open_desk(places, offline=False)
    items = [item for item in sample_items() if item.paper.listed == "2026-06-04"]
    desk.library.upsert(items, clock.seconds() - 3600)
    desk.library.mark_period("daily", "2026-06-04", at=clock.seconds(), complete=True, papers=len(items))
    yield desk
    await desk.disconnect()
    desk.close()


def shown(reader: Reading) -> Paper:
    detail = reader.screen.shelf.detail
    assert detail is not None
    return detail.paper


def papers_in(reader: Reading) -> list[Paper]:
    return [detail.paper for detail in reader.desk.details(reader.screen.papers.ids)]


@pytest.mark.parametrize("key", ["o", "s", "a"])
async def test_more_of_the_same_and_back(filled: Desk, key: str) -> None:
    async with reading(filled) as reader:
        await reader.press("j", "j")
        while shown(reader).organization is None:
            await reader.press("j")
        before, paper, place = reader.screen.papers.rowid, shown(reader), reader.screen.shelf.place
        await reader.press("M", key)
        found = papers_in(reader)
        assert paper.id in {one.id for one in found}
        if key == "o":
            assert {one.organization.shown for one in found if one.organization} == {
                paper.organization.shown if paper.organization else ""
            }
        elif key == "s":
            assert {one.submitter.login for one in found if one.submitter} == {
                paper.submitter.login if paper.submitter else ""
            }
        else:
            assert all(paper.shown_authors[0] in one.shown_authors for one in found)
        assert reader.screen.shelf.place.view == "all"
        await reader.press("escape")
        assert (reader.screen.shelf.place, reader.screen.shelf.text) == (place, "")
        assert reader.screen.papers.rowid == before


async def test_one_can_be_led_on_and_back_step_by_step(filled: Desk) -> None:
    async with reading(filled, query="is:unread") as reader:
        await reader.press("M", "s")
        first = reader.screen.shelf.text
        await reader.press("M", "a")
        assert reader.screen.shelf.text != first
        await reader.press("q")
        assert reader.screen.shelf.text == first
        await reader.press("q")
        assert reader.screen.shelf.text == "is:unread"


async def test_another_filter_ends_the_way_back(filled: Desk) -> None:
    async with reading(filled) as reader:
        await reader.press("M", "s", "S", "t", "escape")
        assert (reader.screen.shelf.text, reader.screen.shelf.place.view) == ("", "all")


async def test_in_another_view_escape_goes_nowhere(filled: Desk) -> None:
    async with reading(filled) as reader:
        await reader.press("M", "s", "6", "escape")
        assert (reader.screen.shelf.text, reader.screen.shelf.place.view) == ("", "starred")


@pytest.mark.parametrize("key", ["o", "s", "a"])
async def test_any_view_leaves_them_with_the_filter_of_before(filled: Desk, key: str) -> None:
    async with reading(filled) as reader:
        shelf = reader.screen.shelf
        await reader.press("/", *"upvotes:>0", "enter")
        while shown(reader).organization is None:
            await reader.press("j")
        before, begun = reader.screen.papers.rowid, shelf.place
        await reader.press("M", key, "M", "s")
        assert shelf.text.startswith("submitter:")
        await reader.press("5")
        assert (shelf.place.view, shelf.text) == ("queue", "upvotes:>0")
        await reader.press("3", "q")
        assert (shelf.place, shelf.text, reader.screen.papers.rowid) == (begun, "upvotes:>0", before)
        await reader.press("q")
        assert (shelf.place, shelf.text) == (begun, ""), "the way back is gone once"


async def test_a_filter_of_ones_own_in_another_view_ends_the_way_back(filled: Desk) -> None:
    async with reading(filled) as reader:
        shelf = reader.screen.shelf
        await reader.press("M", "s", "7", "/", *"upvotes:>0", "enter", "q")
        assert (shelf.place.view, shelf.text) == ("all", "")


async def test_who_went_back_by_a_view_is_not_taken_back_again(filled: Desk) -> None:
    async with reading(filled) as reader:
        shelf = reader.screen.shelf
        await reader.press("/", *"upvotes:>0", "enter", "M", "s", "1", "7", "q")
        assert (shelf.place.view, shelf.text) == ("all", "")


async def test_what_is_not_known_is_said(desk: Desk) -> None:
    from paperstui.models import Item, Listing

    bare = Paper(id="2606.00001", title="Bare", listed="2026-06-04")
    desk.library.upsert([Item(bare, Listing(feed="daily", period="2026-06-04"))], 1)
    async with reading(desk) as reader:
        for key, words in (("o", "which organisation"), ("s", "who submitted it"), ("a", "who wrote it")):
            await reader.press("M", key)
            assert f"It is not known {words}" in reader.line
        await reader.press("M", "p")
        assert "No similar papers are known yet: Hugging Face's bot has not commented." in reader.line


async def test_names_can_be_clicked(filled: Desk) -> None:
    async with reading(filled) as reader:
        while shown(reader).organization is None:
            await reader.press("j")
        name = (shown(reader).organization or Organization("")).shown
        lines = reader.text.splitlines()
        pane = reader.screen.pane
        y = next(y for y, line in enumerate(lines) if name in line[pane.region.x :])
        await reader.pilot.click(offset=(lines[y].index(name, pane.region.x) + 1, y))
        await reader.settle()
        assert reader.screen.shelf.text.startswith("org:")


def bot(*papers: str) -> Comment:
    text = "\n".join(f"* [About {paper[-5:]}](https://huggingface.co/papers/{paper}) (2026)" for paper in papers)
    return Comment(id="b", author=Account("librarian-bot"), text=text, written=1)


async def test_similar_papers_are_listed_and_those_that_are_not_here_are_fetched(
    online: Desk, hugging_face: Server
) -> None:
    every = sample_items()
    here = next(item.paper for item in every[1:] if item.paper.listed == "2026-06-04")
    away = next(item.paper for item in every if item.paper.listed != "2026-06-04")
    async with reading(online) as reader:
        paper = shown(reader)
        assert paper.id != here.id
        hugging_face.hub.discuss(paper.id, [bot(here.id, away.id, "1706.03762")])
        await reader.press("M", "p")
        await reader.see("1 paper could not be had")
        assert {one.id for one in papers_in(reader)} == {here.id, away.id}
        await reader.press("q")
        assert shown(reader).id == paper.id


async def test_a_click_on_a_similar_paper_shows_it(online: Desk, hugging_face: Server) -> None:
    away = next(item.paper for item in sample_items() if item.paper.listed != "2026-06-04")
    async with reading(online) as reader:
        hugging_face.hub.discuss(shown(reader).id, [bot(away.id)])
        await reader.press("L", "L", "L")
        await reader.see(f"○ About {away.id[-5:]}")
        lines = reader.text.splitlines()
        y = next(y for y, line in enumerate(lines) if "○ About" in line)
        await reader.pilot.click(offset=(lines[y].index("○ About") + 4, y))
        await reader.settle()
        assert [one.id for one in papers_in(reader)] == [away.id]


class Gate:
    """Holds up what is asked of the service about single papers until it is opened."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, method: str) -> None:
        self.open = asyncio.Event()
        self.came = False
        real = getattr(Discussing, method)

        async def slow(desk: Discussing, *args: Any, **kwargs: Any) -> object:
            self.came = True
            await self.open.wait()
            return await real(desk, *args, **kwargs)

        monkeypatch.setattr(Discussing, method, slow)


@pytest.mark.parametrize("method", ["fetch", "bring"])
@pytest.mark.parametrize("keys", ["6", "j", "/"], ids=["view", "paper", "filter"])
async def test_who_has_moved_on_is_not_called_back(
    online: Desk, hugging_face: Server, monkeypatch: pytest.MonkeyPatch, method: str, keys: str
) -> None:
    away = next(item.paper for item in sample_items() if item.paper.listed != "2026-06-04")
    async with reading(online, settings=Settings(refresh_minutes=0)) as reader:
        screen = reader.screen
        hugging_face.hub.discuss(shown(reader).id, [bot(away.id)])
        gate = Gate(monkeypatch, method)
        await reader.pilot.press("M", "p")
        await wait_for(lambda: gate.came, "the service to be asked")
        assert all(worker.is_finished for worker in screen._held), "no key waits for the network"
        before = (screen.shelf.place, screen.shelf.text, screen.papers.rowid, screen.context)
        await reader.pilot.press(keys)
        await wait_for(
            lambda: (
                (screen.shelf.place, screen.shelf.text, screen.papers.rowid, screen.context) != before
                and not screen.shelf.selecting.pending
            ),
            "the key to be answered",
        )
        here = (screen.shelf.place, screen.shelf.text, screen.papers.rowid, screen.context)
        gate.open.set()
        await reader.settle()
        assert (screen.shelf.place, screen.shelf.text, screen.papers.rowid, screen.context) == here


async def test_what_is_said_of_a_paper_goes_with_it(desk: Desk) -> None:
    from paperstui.models import Item, Listing

    for number in (1, 2):
        bare = Paper(id=f"2606.0000{number}", title="Bare", listed="2026-06-04")
        desk.library.upsert([Item(bare, Listing(feed="daily", period="2026-06-04"))], 1)
    async with reading(desk) as reader:
        await reader.press("M", "p")
        assert "No similar papers" in reader.line
        await reader.press("j")
        assert "No similar papers" not in reader.line


async def test_without_the_service_the_way_does_not_lead_anywhere(online: Desk, hugging_face: Server) -> None:
    async with reading(online) as reader:
        before = reader.screen.shelf.place
        hugging_face.fault("status", code=403)
        await reader.press("M", "p")
        assert reader.screen.shelf.place == before
        assert "127.0.0.1" in reader.line


async def test_more_than_a_query_can_name_are_told(desk: Desk) -> None:
    from paperstui.models import Item

    papers = [Paper(id=f"2606.{number:05}", title=f"Paper {number}", upvotes=number) for number in range(1, 61)]
    desk.library.upsert([Item(paper) for paper in papers], 1)
    async with reading(desk, query="2606.00001") as reader:
        reader.screen.more.go_to([paper.id for paper in papers])
        await reader.settle()
        shown_now = len(reader.screen.papers.ids)
        assert 30 < shown_now < 60
        assert f"These are the first {shown_now} of 60" in reader.line


async def test_similar_papers_are_a_place_with_a_name_that_any_view_leaves(online: Desk, hugging_face: Server) -> None:
    async with reading(online) as reader:
        shelf = reader.screen.shelf
        await reader.press("/", *"upvotes:>0", "enter")
        paper, begun = shown(reader), shelf.place
        others = [one.id for one in papers_in(reader) if one.id != paper.id][:2]
        hugging_face.hub.discuss(paper.id, [bot(*others)])
        await reader.press("M", "p")
        await wait_for(lambda: shelf.text.startswith("id:"), "the similar papers")
        await reader.settle()
        assert f"/ Similar to {paper.title[:20]}" in reader.line
        assert "id:" not in reader.text
        await reader.press("1")
        assert (shelf.place, shelf.text) == (begun, "upvotes:>0"), "the filter of before, which stays"
        await reader.press("M", "p", "7")
        assert shelf.text == "upvotes:>0"
        await reader.press("1", "M", "p", "q")
        assert (shelf.place, shelf.text) == (begun, "upvotes:>0")
