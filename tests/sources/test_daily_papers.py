"""Days, weeks, search and single papers from a service that pages, moves, fails and lies."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from paperstui.documents.cache import DocumentCache
from paperstui.errors import SourceError, UsageError
from paperstui.models import Item, Paper
from paperstui.sources.daily_papers import DailyPapers
from tests.server import Server
from tests.server.shapes import api_item
from tests.sources.clients import HASTY, Clock, client

DAY = date(2026, 6, 1)
PERIOD = "2026-06-01"


def papers(count: int, start: int = 0) -> list[Item]:
    return [
        Item(Paper(id=f"2606.{number:05}", title=f"Paper {number}", listed=PERIOD, upvotes=1_000 - number))
        for number in range(start, start + count)
    ]


@pytest.fixture
def many(hugging_face: Server) -> Server:
    """A service with 250 papers on one day: three pages."""
    for item in papers(250):
        hugging_face.hub.add(item)
    return hugging_face


async def test_pages_come_one_by_one(many: Server) -> None:
    async with client(many) as http:
        seen = [(len(page.batch.items), page.last, len(many.requests)) async for page in DailyPapers(http).pages(DAY)]
    assert seen == [(100, False, 1), (100, False, 2), (50, True, 3)]


async def test_a_day_is_all_of_its_pages(many: Server) -> None:
    async with client(many) as http:
        result = await DailyPapers(http).fetch_day(DAY)
    assert (result.feed, result.period, result.complete, result.problem) == ("daily", PERIOD, True, "")
    assert [item.paper.id for item in result.batch.items] == [f"2606.{number:05}" for number in range(250)]
    assert [item.listing and item.listing.rank for item in result.batch.items] == list(range(1, 251))


@pytest.mark.parametrize("fault", ["reset", "json_cut", "html200"])
async def test_a_later_page_that_fails_leaves_the_earlier_ones(fault: str, many: Server) -> None:
    many.fault(fault, nth=tuple(range(3, 10)))
    async with client(many, clock=Clock()) as http:
        result = await DailyPapers(http).fetch_day(DAY)
        assert (len(result.batch.items), result.complete, result.not_modified) == (200, False, False)
        assert isinstance(result.error, SourceError)
        assert result.problem == str(result.error)
        many.heal()
        http.wake()
        assert len((await DailyPapers(http).fetch_day(DAY)).batch.items) == 250


async def test_a_first_page_that_fails_is_an_error(many: Server) -> None:
    many.fault("hang")
    async with client(many, patience=HASTY) as http:
        with pytest.raises(SourceError):
            await DailyPapers(http).fetch_day(DAY)


async def test_a_list_that_moves_between_two_pages_has_no_paper_twice(many: Server) -> None:
    async with client(many) as http:
        found: list[str] = []
        async for page in DailyPapers(http).pages(DAY):
            found += [item.paper.id for item in page.batch.items]
            # Somebody votes for the last paper, which pushes one of this page onto the next.
            many.hub.days[PERIOD][-1]["paper"]["upvotes"] = 5_000 + len(found)
    assert len(found) == len(set(found)) == 249


def _next(many: Server, link: str, **options: Any) -> None:
    """Every answer is the first page and says that `link` is the next."""
    body = many.hub.json([api_item(item) for item in papers(100)]).body
    headers = {"Link": f'<{link}>; rel="next"', "Content-Type": "application/json"}
    many.fault("status", code=200, headers=headers, body=body, **options)


async def test_the_same_page_again_ends_the_list(many: Server) -> None:
    _next(many, f"/api/daily_papers?date={PERIOD}&limit=100&p=1")
    async with client(many) as http:
        result = await DailyPapers(http).fetch_day(DAY)
    assert (len(result.batch.items), len(many.requests), result.complete) == (100, 2, True)


@pytest.mark.parametrize(
    "link",
    [
        "http://127.0.0.2:9/api/daily_papers?p=1",
        "//evil.example.org/api/daily_papers",
        "file:///etc/passwd",
        "/api/other?p=1",
    ],
)
async def test_a_next_page_at_another_place_is_never_asked(link: str, many: Server) -> None:
    _next(many, link, times=1)
    async with client(many) as http:
        result = await DailyPapers(http).fetch_day(DAY)
    # The page was full, so the next one is asked for at the address it must have.
    assert (len(result.batch.items), result.complete) == (250, True)
    assert {request.path for request in many.requests} == {"/api/daily_papers"}


async def test_there_is_an_end_to_pages(many: Server) -> None:
    for item in papers(2_000, start=250):
        many.hub.add(item)
    many.hub.quotas["api"] = 100_000
    async with client(many) as http:
        result = await DailyPapers(http).fetch_day(DAY)
    assert (len(result.batch.items), len(many.requests), result.complete) == (2_000, 20, False)
    assert result.problem == "the list goes on after 20 pages, which were read"


async def test_a_day_that_did_not_change_says_so_and_is_still_there(many: Server, cache: DocumentCache) -> None:
    async with client(many, cache=cache) as http:
        first = await DailyPapers(http).fetch_day(DAY)
        again = await DailyPapers(http).fetch_day(DAY)
        assert (first.not_modified, again.not_modified) == (False, True)
        assert again.batch.items == first.batch.items
        assert len(many.requests) == 6
        many.hub.days[PERIOD].pop()
        changed = await DailyPapers(http).fetch_day(DAY)
    assert (changed.not_modified, len(changed.batch.items)) == (False, 249)


@pytest.mark.parametrize("code", [400, 404])
async def test_a_day_the_service_does_not_have_is_absent(code: int, hugging_face: Server) -> None:
    hugging_face.fault("status", code=code, error="no such day")
    async with client(hugging_face) as http:
        result = await DailyPapers(http).fetch_day(DAY)
    assert (result.absent, result.complete, result.batch.items) == (True, True, ())


async def test_a_day_without_papers_is_empty_but_not_absent(hugging_face: Server) -> None:
    async with client(hugging_face) as http:
        result = await DailyPapers(http).fetch_day(date(2026, 5, 30))
    assert (result.absent, result.complete, result.batch.items) == (False, True, ())


# The newest day


@pytest.mark.parametrize(
    ("now", "today", "asked", "found"),
    [
        # In the evening of New York the feed is at the next day already, if UTC is.
        ("2026-06-04T12:00:00+00:00", "2026-06-04", ["2026-06-04"], "2026-06-04"),
        # The service's clock is behind ours: it calls our day the future.
        ("2026-06-05T12:00:00+00:00", "2026-06-04", ["2026-06-05", "2026-06-04"], "2026-06-04"),
        # A Sunday, and a Monday that has just begun.
        ("2026-06-07T12:00:00+00:00", "2026-06-07", ["2026-06-07", "2026-06-05", "2026-06-04"], "2026-06-04"),
        ("2026-06-08T05:00:00+00:00", "2026-06-08", ["2026-06-08", "2026-06-05", "2026-06-04"], "2026-06-04"),
    ],
)
async def test_the_newest_day_with_papers(
    now: str, today: str, asked: list[str], found: str, hugging_face: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAPERSTUI_NOW", now)
    hugging_face.hub.today = date.fromisoformat(today)
    async with client(hugging_face) as http:
        result = await DailyPapers(http).fetch_latest()
    assert (result.period, len(result.batch.items)) == (found, 20)
    assert [request.query["date"] for request in hugging_face.requests] == asked


async def test_the_walk_back_ends_after_seven_days(hugging_face: Server) -> None:
    hugging_face.hub.days.clear()
    async with client(hugging_face) as http:
        result = await DailyPapers(http).fetch_latest()
    assert len(hugging_face.requests) == 7
    assert (result.period, result.batch.items, result.absent) == ("2026-05-27", (), False)


async def test_a_server_that_is_no_hugging_face_is_said_to_be_none(hugging_face: Server) -> None:
    hugging_face.fault("status", code=404)
    async with client(hugging_face) as http:
        with pytest.raises(SourceError, match="has no Daily Papers: is HF_ENDPOINT right"):
            await DailyPapers(http).fetch_latest()


async def test_an_unreachable_service_is_not_asked_for_seven_days(hugging_face: Server) -> None:
    hugging_face.fault("close")
    async with client(hugging_face, clock=Clock()) as http:
        with pytest.raises(SourceError):
            await DailyPapers(http).fetch_latest()
    assert len(hugging_face.requests) == 3


# Single papers and search


async def test_a_paper_by_its_id(hugging_face: Server) -> None:
    known = hugging_face.hub.days["2026-06-04"][0]["paper"]
    async with client(hugging_face) as http:
        for text in (known["id"], f"{known['id']}v2", f"https://arxiv.org/abs/{known['id']}v1"):
            paper = await DailyPapers(http).fetch_paper(text)
            assert paper is not None
            assert (paper.id, paper.title, paper.comments) == (known["id"], known["title"], None)
    assert {request.path for request in hugging_face.requests} == {f"/api/papers/{known['id']}"}


async def test_an_old_id_has_its_slash_quoted(hugging_face: Server) -> None:
    async with client(hugging_face) as http:
        assert await DailyPapers(http).fetch_paper("hep-th/9901001") is None
    assert [request.path for request in hugging_face.requests] == ["/api/papers/hep-th/9901001"]


async def test_a_paper_that_is_not_indexed_is_none(hugging_face: Server) -> None:
    async with client(hugging_face) as http:
        assert await DailyPapers(http).fetch_paper("2606.99999") is None
        assert http.health.last_error == ""


async def test_what_is_no_id_is_never_asked_for(hugging_face: Server) -> None:
    async with client(hugging_face) as http:
        for text in ("", "../../api/settings", "nonsense \x1b[2J", "title:0123456789abcdef"):
            with pytest.raises(UsageError, match="not an arXiv id"):
                await DailyPapers(http).fetch_paper(text)
    assert hugging_face.requests == []


async def test_a_paper_that_cannot_be_read(hugging_face: Server) -> None:
    hugging_face.fault("status", code=200, body=b"[1]")
    async with client(hugging_face) as http:
        with pytest.raises(SourceError, match="a paper that cannot be read"):
            await DailyPapers(http).fetch_paper("2606.00001")


async def test_search(hugging_face: Server) -> None:
    words = hugging_face.hub.days["2026-06-04"][3]["paper"]["title"]
    async with client(hugging_face) as http:
        result = await DailyPapers(http).search(f"  {words}\n")
        nothing = await DailyPapers(http).search("no paper has these words")
    assert [item.paper.title for item in result.batch.items] == [words]
    listing = result.batch.items[0].listing
    assert listing is not None
    assert (listing.feed, listing.period, listing.rank) == ("search", words, 1)
    assert (nothing.batch.items, nothing.absent) == ((), False)
    assert hugging_face.requests[0].query == {"q": words, "limit": "120"}


async def test_a_search_is_cut_to_what_the_service_takes(hugging_face: Server) -> None:
    async with client(hugging_face) as http:
        await DailyPapers(http).search("word " * 100)
        with pytest.raises(UsageError, match="nothing to search for"):
            await DailyPapers(http).search(" \x00 ")
    assert len(hugging_face.requests[0].query["q"]) <= 250


@pytest.mark.parametrize(
    ("feed", "period"),
    [("daily", "2026-6-4"), ("daily", "2026-W23"), ("weekly", "2026-06"), ("monthly", "x&date=1"), ("yearly", "2026")],
)
async def test_a_period_is_written_as_it_should_be(feed: str, period: str, hugging_face: Server) -> None:
    async with client(hugging_face) as http:
        with pytest.raises(UsageError, match="is not a period"):
            await DailyPapers(http).fetch(feed, period)
    assert hugging_face.requests == []


async def test_another_endpoint_may_be_given(hugging_face: Server) -> None:
    async with client(Server(host="huggingface.invalid", port=1)) as http:
        result = await DailyPapers(http, hugging_face.url + "/").fetch("daily", "2026-06-04")
    assert len(result.batch.items) == 20
