"""Hugging Face's search, stored in a library; the service is a real server on loopback."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from paperstui.errors import QueryError, UsageError
from paperstui.models import Item, Paper
from paperstui.paths import Paths
from paperstui.sources.items import parse_items
from paperstui.text.stretches import places as found_in
from paperstui.usecases import Desk, Place
from tests.server import Server
from tests.usecases.reading import open_desk

WORDS = "tidal looms"


pytestmark = pytest.mark.usefixtures("hasty")


def paper(number: int, title: str, abstract: str) -> Item:
    return Item(Paper(id=f"2606.{number:05}", title=title, abstract=abstract, listed="2026-06-04", upvotes=number))


@pytest.fixture
def server(hugging_face: Server) -> Server:
    hugging_face.hub.days.clear()
    for number, title, abstract in (
        (1, "Of looms", "Tidal looms weave by themselves. Other looms do not."),
        (2, "Tidal looms for all", "We weave."),
        (3, "A survey of tidal looms", "All there are."),
        (4, "Something else", "Not about weaving."),
    ):
        hugging_face.hub.add(paper(number, title, abstract))
    return hugging_face


@pytest.fixture
async def desk(places: Paths, server: Server) -> AsyncIterator[Desk]:
    assert server.url
    opened = open_desk(places, offline=False)
    yield opened
    await opened.disconnect()
    opened.close()


def shown(desk: Desk, place: Place, text: str = "") -> list[str]:
    return [row.id[-1] for row in desk.rows(desk.select(place, text).ids)]


async def test_the_answer_is_kept_in_the_order_given(desk: Desk) -> None:
    result = await desk.searching.search(WORDS)
    assert (result.words, result.papers, result.here, result.error) == (WORDS, 3, False, "")
    assert result.place == Place("feed:search", WORDS)
    assert shown(desk, result.place) == ["2", "3", "1"]
    selection = desk.select(result.place, "")
    assert selection.order == "Hugging Face for “tidal looms”"
    assert desk.fetched_at(result.place) is not None
    assert shown(desk, Place("all"), "feed:search")
    assert desk.decide([row.id for row in selection.rows], "starred", True) is not None, "they are ordinary papers"


async def test_words_are_asked_for_and_the_rest_is_looked_for_in_the_answer(desk: Desk, server: Server) -> None:
    result = await desk.searching.search("tidal looms -survey sort:upvotes")
    assert server.requests[-1].query["q"] == WORDS
    assert (result.words, result.text) == (WORDS, "-survey sort:upvotes")
    assert shown(desk, result.place, result.text) == ["2", "1"]


async def test_what_is_marked_is_kept_and_found_again(desk: Desk) -> None:
    result = await desk.searching.search(WORDS)
    marks = desk.searching.highlights(result.words)
    text = "Tidal looms weave by themselves. Other looms do not."
    assert [text[start:end] for start, end in found_in(text, marks["2606.00001"].abstract)] == ["Tidal", "looms"]
    assert [one.text for one in marks["2606.00002"].title] == ["Tidal", "looms"]
    assert desk.searching.highlights("never asked for") == {}


async def test_marks_that_cannot_be_read_are_none(desk: Desk) -> None:
    from paperstui.documents.cache import DocumentCache

    DocumentCache(desk.paths.documents).put("search marks 1 x", "[" * 100_000)
    assert desk.searching.highlights("x") == {}


async def test_a_later_answer_takes_the_place_of_the_earlier_one(desk: Desk, server: Server) -> None:
    result = await desk.searching.search(WORDS)
    raw = server.hub.days["2026-06-04"]
    raw[1]["paper"]["title"] = raw[1]["title"] = "No longer about that"
    await desk.searching.search(WORDS)
    assert shown(desk, result.place) == ["3", "1"]
    assert shown(desk, Place("all"), "id:2606.00002") == ["2"], "the paper stays"


async def test_nothing_found_is_an_answer(desk: Desk) -> None:
    result = await desk.searching.search("nobody writes so")
    assert (result.papers, result.error, result.here) == (0, "", False)
    assert desk.fetched_at(result.place) is not None


async def test_without_a_network_the_library_answers_and_says_why(desk: Desk, server: Server) -> None:
    await desk.searching.search(WORDS)
    server.down()
    result = await desk.searching.search("survey is:unread")
    assert result.here
    assert (result.status, result.kind) == (4, "offline")
    assert result.error
    assert shown(desk, result.place, result.text) == ["3"]


@pytest.mark.parametrize("fault", ["html200", "json_cut", "reset", "limited"])
async def test_an_answer_that_is_none_changes_nothing(desk: Desk, server: Server, fault: str) -> None:
    before = await desk.searching.search(WORDS)
    server.hub.days["2026-06-04"][1]["paper"]["upvotes"] = 99
    server.fault(fault, path="/api/papers/search")
    result = await desk.searching.search(WORDS)
    assert result.here
    assert result.status == 4
    assert shown(desk, before.place) == ["2", "3", "1"]


async def test_it_is_said_that_there_may_be_more(desk: Desk, server: Server) -> None:
    for number in range(10, 140):
        server.hub.add(paper(number, f"Loom {number}", "A loom."))
    result = await desk.searching.search("loom")
    assert result.papers == 120
    assert result.notice == "Hugging Face gives 120 papers at most; there may be more"


@pytest.mark.parametrize("query", ["", "is:unread", "-survey", "sort:upvotes"])
async def test_there_must_be_words(desk: Desk, query: str) -> None:
    with pytest.raises(UsageError, match="asked for words"):
        await desk.searching.search(query)


async def test_a_wrong_query_is_not_asked(desk: Desk, server: Server) -> None:
    with pytest.raises(QueryError):
        await desk.searching.search("loom upvotes:many")
    assert not server.requests


async def test_what_is_too_long_to_be_asked_is_cut_between_words_and_that_is_said(desk: Desk, server: Server) -> None:
    words = [f"word{number:03}" for number in range(60)]
    result = await desk.searching.search(" ".join(words))
    sent = server.requests[-1].query["q"]
    assert sent == result.words == " ".join(words[:31])
    assert "250 characters" in result.notice
    assert "“word031 word032" in result.notice
    await desk.searching.search(" ".join(words[:31]))
    assert server.requests[-1].query["q"] == " ".join(words[:31])
    long = "x" * 300
    assert desk.searching.parted(f"{long} looms") == ("x" * 250, "", "x" * 50 + " looms")


async def test_the_demonstration_asks_nobody(places: Paths, server: Server) -> None:
    offline = open_desk(places)
    result = await offline.searching.search("looms")
    assert (result.here, result.kind, server.requests) == (True, "offline", [])
    offline.close()


@pytest.mark.parametrize("name", ["q-kazakh_2025-05", "q-diffusion_limit3_2026-09"])
def test_recorded_answers_load_without_loss(shared: Path, name: str, places: Paths) -> None:
    data = (shared / "hf" / "search" / f"{name}.json").read_bytes()
    raw = json.loads(data)
    batch = parse_items(data, "search", "words")
    assert (len(batch.items), batch.skipped) == (len(raw), ())
    desk = open_desk(places)
    desk.library.upsert(batch.items, 1_780_000_000)
    for item, said in zip(batch.items, raw, strict=True):
        rowid = desk.library.find(item.paper.id)
        assert rowid is not None
        detail = desk.detail(rowid)
        assert detail is not None
        for key, text, stretches in (
            ("highlightedTitle", detail.paper.title, item.highlights.title if item.highlights else ()),
            ("highlightedSummary", detail.paper.abstract, item.highlights.abstract if item.highlights else ()),
        ):
            wanted = [piece["text"] for piece in said[key] if piece["type"] == "highlight"]
            assert [text[start:end] for start, end in found_in(text, stretches)] == wanted
    desk.close()
