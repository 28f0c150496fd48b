"""arXiv's lists, papers by name and texts, stored in a library; the service is a real server on loopback."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Sequence
from datetime import date, datetime, timezone
from typing import Any

import pytest
from msgspec.structs import replace

from paperstui import clock
from paperstui.config import Settings
from paperstui.errors import SaveError, UsageError
from paperstui.models import Author, Detail, Item, Listing, Paper
from paperstui.paths import Paths
from paperstui.usecases import Desk, Place
from tests.server import ArxivServer
from tests.sources.clients import Clock
from tests.usecases.reading import DAY, fill, item
from tests.waiting import wait_for

WEDNESDAY = date(2026, 6, 3)


pytestmark = pytest.mark.usefixtures("hasty")


@pytest.fixture
def server(arxiv: ArxivServer) -> ArxivServer:
    arxiv.arxiv.lists.clear()
    arxiv.arxiv.papers.clear()
    return arxiv


@pytest.fixture
async def desk(places: Paths, server: ArxivServer) -> AsyncIterator[Desk]:
    assert server.url
    opened = Desk.open(places, Settings(arxiv=("cs.CL", "cs.LG")))
    yield opened
    await opened.disconnect()
    opened.close()


def paper(number: int, *categories: str, **changes: Any) -> Paper:
    given: dict[str, Any] = {
        "title": f"On $x_{{{number}}}$",
        "abstract": f"Words of {number}.",
        "authors": (Author("Ada Li"),),
        "published": 1_780_000_000 + number,
    }
    return Paper(id=f"2606.{number:05}", categories=categories or ("cs.CL",), **given | changes)


def ids(count: int) -> list[str]:
    return [f"2606.{number:05}" for number in range(1, count + 1)]


def listed(desk: Desk, feed: str, day: date = DAY) -> list[str]:
    """The papers of one day of a feed, in order."""
    return [row.id for row in desk.select(Place(f"feed:{feed}", day.isoformat()), "").rows]


def detail(desk: Desk, number: int) -> Detail:
    found = desk.find(f"2606.{number:05}")
    assert found is not None
    return found


async def test_a_list_is_stored_in_the_feeds_of_its_categories(desk: Desk, server: ArxivServer) -> None:
    server.arxiv.announce(DAY, paper(1), paper(2, "cs.LG", "cs.CL"), paper(3, "cs.LG"), paper(4, "math.AG"))
    result = await desk.arxiv.refresh("arxiv:cs.CL+cs.LG")
    assert (result.feed, result.period, result.papers, result.complete) == ("arxiv:cs.CL+cs.LG", "2026-06-04", 3, True)
    assert (result.error, result.notice, result.stale, len(result.upserted.new)) == ("", "", False, 3)
    assert listed(desk, "arxiv:cs.CL") == ["2606.00002", "2606.00001"]
    assert listed(desk, "arxiv:cs.LG") == ["2606.00003", "2606.00002"]
    assert listed(desk, "arxiv:cs.CL+cs.LG") == ["2606.00003", "2606.00002", "2606.00001"]
    assert len(server.requests) == 1
    first = detail(desk, 2)
    assert (first.paper.text_source, first.paper.version, first.paper.categories) == ("arxiv", 1, ("cs.LG", "cs.CL"))
    assert {listing.feed for listing in first.listings} == {"arxiv:cs.CL", "arxiv:cs.LG"}
    period = desk.library.period("arxiv:cs.CL", "2026-06-04")
    assert period is not None
    assert (period.complete, period.papers) == (True, 2)


async def test_a_list_that_did_not_change_changes_nothing(desk: Desk, server: ArxivServer) -> None:
    server.arxiv.announce(DAY, paper(1), paper(2))
    await desk.arxiv.refresh("arxiv:cs.CL")
    again = await desk.arxiv.refresh("arxiv:cs.CL")
    assert (again.not_modified, again.papers, len(again.upserted.unchanged), again.stale) == (True, 2, 2, False)


async def test_new_versions_of_papers_that_are_here_are_updates_and_no_others_come(
    desk: Desk, server: ArxivServer
) -> None:
    server.arxiv.announce(DAY, paper(1))
    await desk.arxiv.refresh("arxiv:cs.CL")
    newer = paper(1, version=2, abstract="Better words.", title="On $y$")
    server.arxiv.lists.clear()
    server.arxiv.announce(DAY, newer, paper(2, version=3), kind="replace")
    result = await desk.arxiv.refresh("arxiv:cs.CL")
    assert (result.papers, result.upserted.updated, result.upserted.revised) == (0, ("2606.00001",), ("2606.00001",))
    found = detail(desk, 1)
    assert (found.paper.version, found.paper.abstract, found.revised) == (2, "Better words.", clock.seconds())
    assert [(each.version, each.title) for each in found.wordings] == [(1, "On $x_{1}$")]
    assert desk.rows([found.rowid])[0].revised
    desk.looked_at(found.rowid)
    assert not desk.rows([found.rowid])[0].revised
    assert desk.find("2606.00002") is None


async def test_one_paper_is_one_row_whichever_source_it_came_from(desk: Desk, server: ArxivServer) -> None:
    fill(desk, item(1, title="On x1", abstract="Words of 1, half-stripped."))
    server.arxiv.announce(DAY, paper(1), paper(2))
    result = await desk.arxiv.refresh("arxiv:cs.CL")
    assert (result.upserted.new, result.upserted.updated) == (("2606.00002",), ("2606.00001",))
    found = detail(desk, 1)
    assert (found.paper.title, found.paper.upvotes) == ("On $x_{1}$", 1)
    assert {listing.feed for listing in found.listings} == {"daily", "arxiv:cs.CL"}
    assert [(each.source, each.title) for each in found.wordings] == [("hf", "On x1")]
    fill(desk, item(1, title="On x1", abstract="Words of 1, half-stripped."))
    assert detail(desk, 1).paper.title == "On $x_{1}$"


async def test_a_paper_that_is_cross_listed_later_is_new_only_there(desk: Desk, server: ArxivServer) -> None:
    server.arxiv.announce(WEDNESDAY, paper(1))
    server.arxiv.today = WEDNESDAY
    await desk.arxiv.refresh("arxiv:cs.CL+cs.LG")
    server.arxiv.announce(DAY, paper(2))
    server.arxiv.announce(DAY, paper(1, "cs.CL", "cs.LG"), kind="cross")
    server.arxiv.today = DAY
    await desk.arxiv.refresh("arxiv:cs.CL+cs.LG")
    assert listed(desk, "arxiv:cs.CL") == ["2606.00002"]
    assert listed(desk, "arxiv:cs.LG") == ["2606.00001"]


async def test_an_archive_is_all_of_its_categories(desk: Desk, server: ArxivServer) -> None:
    server.arxiv.announce(DAY, paper(1), paper(2, "cs.LG"), paper(3, "math.AG"))
    assert (await desk.arxiv.refresh("arxiv:cs")).papers == 2
    assert listed(desk, "arxiv:cs") == ["2606.00002", "2606.00001"]


async def test_a_list_that_is_late_is_stored_under_its_own_day(desk: Desk, server: ArxivServer) -> None:
    server.arxiv.announce(WEDNESDAY, paper(1))
    server.arxiv.stale = 1
    result = await desk.arxiv.refresh("arxiv:cs.CL")
    assert (result.period, result.papers, result.stale, result.error) == ("2026-06-03", 1, True, "")
    assert result.notice == "arXiv is late: its list is still that of Wed 3 Jun"
    assert listed(desk, "arxiv:cs.CL", WEDNESDAY) == ["2606.00001"]
    assert listed(desk, "arxiv:cs.CL") == []


async def test_an_old_list_under_a_new_date_is_told_from_a_new_one(desk: Desk, server: ArxivServer) -> None:
    server.arxiv.announce(WEDNESDAY, paper(1), paper(2))
    server.arxiv.today = WEDNESDAY
    await desk.arxiv.refresh("arxiv:cs.CL")
    server.arxiv.today, server.arxiv.repeats = DAY, WEDNESDAY
    result = await desk.arxiv.refresh("arxiv:cs.CL")
    assert (result.papers, result.stale) == (0, True)
    assert "arXiv sent a list again that is known" in result.notice
    assert "that of Thu 4 Jun is not out yet" in result.notice
    assert listed(desk, "arxiv:cs.CL") == []
    assert len(detail(desk, 1).listings) == 1


async def test_one_category_may_be_behind(desk: Desk, server: ArxivServer) -> None:
    server.arxiv.announce(WEDNESDAY, paper(1, "cs.LG"))
    server.arxiv.today = WEDNESDAY
    await desk.arxiv.refresh("arxiv:cs.LG")
    server.arxiv.today = DAY
    server.arxiv.announce(DAY, paper(1, "cs.LG"), paper(2))
    result = await desk.arxiv.refresh("arxiv:cs.CL+cs.LG")
    assert (result.papers, result.stale) == (1, True)
    assert "for cs.LG" in result.notice
    assert listed(desk, "arxiv:cs.CL") == ["2606.00002"]


@pytest.mark.parametrize(
    ("now", "notice"),
    [
        ("2026-06-06T12:00:00+00:00", "arXiv announces nothing at weekends"),
        ("2026-11-26T12:00:00+00:00", "arXiv lists nothing for Thu 26 Nov: a holiday there, or it is late"),
    ],
)
async def test_an_empty_list_is_told_in_words(
    desk: Desk, server: ArxivServer, monkeypatch: pytest.MonkeyPatch, now: str, notice: str
) -> None:
    monkeypatch.setenv("PAPERSTUI_NOW", now)
    assert server.arxiv.lists == {}
    result = await desk.arxiv.refresh("arxiv:cs.CL")
    assert (result.papers, result.error, result.notice, result.stale) == (0, "", notice, False)
    assert desk.library.periods("arxiv:cs.CL", "2000-01-01", "2100-01-01") == []


async def test_a_category_that_is_none_costs_no_other(desk: Desk, server: ArxivServer) -> None:
    server.arxiv.announce(DAY, paper(1))
    result = await desk.arxiv.refresh("arxiv:cs.CL+econ.XX")
    assert (result.papers, result.status, result.complete, result.kind) == (1, 4, False, "refused")
    assert "arxiv:econ.XX: 127.0.0.1" in result.error
    assert "Bad archive 'econ.XX'" in result.error
    assert listed(desk, "arxiv:cs.CL") == ["2606.00001"]


@pytest.mark.parametrize("feed", ["daily", "arxiv:", "arxiv:xx", "nonsense"])
async def test_what_is_no_feed_of_arxiv(desk: Desk, server: ArxivServer, feed: str) -> None:
    result = await desk.arxiv.refresh(feed)
    assert (result.status, result.complete) == (2, False)
    assert result.error
    assert server.requests == []


async def test_a_failure_is_told_and_what_is_here_stays(desk: Desk, server: ArxivServer) -> None:
    server.arxiv.announce(DAY, paper(1))
    await desk.arxiv.refresh("arxiv:cs.CL")
    server.down()
    result = await desk.arxiv.refresh("arxiv:cs.CL")
    assert (result.status, result.kind, result.papers) == (4, "offline", 0)
    assert listed(desk, "arxiv:cs.CL") == ["2606.00001"]


@pytest.mark.parametrize(("times", "waited"), [(1, 1), (3, 3), (9, 3)])
async def test_a_pause_is_waited_out_where_somebody_is_told(
    desk: Desk, server: ArxivServer, monkeypatch: pytest.MonkeyPatch, times: int, waited: int
) -> None:
    server.arxiv.announce(DAY, paper(1))
    hand = Clock(time.time())
    monkeypatch.setattr("paperstui.sources.http.Surroundings", hand.surroundings)
    monkeypatch.setattr(desk.arxiv, "_sleep", hand.sleep)
    server.fault("limited", after=7, times=times)
    told: list[str] = []
    result = await desk.arxiv.refresh("arxiv:cs.CL", waits=lambda why, _: told.append(why))
    assert len(told) == waited
    assert all("asks to wait 7 seconds" in why for why in told)
    assert (result.papers, result.kind) == ((1, "") if times == waited else (0, "limited"))
    assert all(slept >= 6 for slept in hand.slept)
    assert len(server.requests) == min(times, waited) + 1


async def test_a_pause_is_no_reason_to_wait_where_nobody_is_told(desk: Desk, server: ArxivServer) -> None:
    server.fault("limited", after=7)
    result = await desk.arxiv.refresh("arxiv:cs.CL")
    assert (result.status, result.kind, len(server.requests)) == (4, "limited", 1)


def test_the_categories_of_the_settings_are_one_feed(places: Paths) -> None:
    desk = Desk.open(places, Settings(arxiv=("cs.CL", "cs.LG")))
    assert desk.arxiv.feed == "arxiv:cs.CL+cs.LG"
    desk.close()
    desk = Desk.open(places, Settings())
    with pytest.raises(UsageError, match="no categories of arXiv are set"):
        _ = desk.arxiv.feed
    desk.close()


async def test_a_list_is_due_until_the_one_of_the_day_is_here(
    desk: Desk, server: ArxivServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = "arxiv:cs.CL+math.AG"
    assert desk.arxiv.is_due(both)
    await desk.arxiv.refresh(both)
    assert desk.arxiv.is_due(both), "an empty list may be a late one"
    server.arxiv.announce(DAY, paper(1))
    await desk.arxiv.refresh("arxiv:cs.CL")
    assert desk.arxiv.is_due(both)
    await desk.arxiv.refresh(both)
    assert not desk.arxiv.is_due(both), "nothing is new in one of the two"
    assert desk.arxiv.next_list() == int(datetime(2026, 6, 5, 4, 30, tzinfo=timezone.utc).timestamp())
    monkeypatch.setenv("PAPERSTUI_NOW", "2026-06-05T05:00:00+00:00")
    assert desk.arxiv.is_due(both)


async def test_the_demonstration_asks_nobody(places: Paths, server: ArxivServer) -> None:
    demo = Desk.demonstration(places)
    for result in (await demo.arxiv.refresh("arxiv:cs.CL"), await demo.arxiv.add(["2606.00001"]),
                   await demo.arxiv.enrich(["2606.00001"]), await demo.arxiv.search("x")):  # fmt: skip
        assert result.error == "the demonstration does not touch the network"
    demo.close()
    assert server.requests == []


async def test_papers_are_added_by_any_name(desk: Desk, server: ArxivServer) -> None:
    server.arxiv.add(paper(1), paper(2), Paper(id="hep-th/9901001", title="Old", abstract="W.", categories=("hep-th",)))
    names = ["2606.00001v1", "https://huggingface.co/papers/2606.00002", "https://example.org/x", "# nothing",
             "hep-th/9901001 and 2606.00001", "2606.00009"]  # fmt: skip
    result = await desk.arxiv.add(names)
    assert result.papers == ("2606.00001", "2606.00002", "hep-th/9901001")
    assert (result.missing, result.unknown, result.left) == (("2606.00009",), ("https://example.org/x",), ())
    assert len(server.requests) == 1
    assert listed(desk, "imported") == ["2606.00001", "2606.00002", "hep-th/9901001"]
    assert detail(desk, 1).paper.title == "On $x_{1}$"
    again = await desk.arxiv.add(["2606.00001"])
    assert (again.papers, again.upserted.new, again.upserted.unchanged) == (("2606.00001",), (), ("2606.00001",))
    assert len(detail(desk, 1).listings) == 1


async def test_what_is_here_is_known_before_anything_is_asked(desk: Desk, server: ArxivServer) -> None:
    server.arxiv.add(paper(1))
    await desk.arxiv.add(["2606.00001"])
    asked, told = len(server.requests), list[tuple[int, list[str]]]()
    await desk.arxiv.add(ids(2), known=lambda papers: told.append((len(server.requests), list(papers))))
    assert told == [(asked, ["2606.00001"])]


async def test_only_papers_that_do_not_exist(desk: Desk, server: ArxivServer) -> None:
    result = await desk.arxiv.add(["2606.00009"])
    assert (result.papers, result.missing, result.error) == ((), ("2606.00009",), "")
    assert len(server.requests) == 2, "arXiv sometimes answers with nothing for no reason"
    assert (await desk.arxiv.add(["nothing"])).unknown == ("nothing",)
    assert (await desk.arxiv.add([])).papers == ()
    assert len(server.requests) == 2


async def test_a_request_that_fails_costs_only_what_comes_after_it(desk: Desk, server: ArxivServer) -> None:
    server.arxiv.add(*(paper(number) for number in range(1, 251)))
    server.fault("xml_cut", nth=(2, 3))
    result = await desk.arxiv.add(ids(250))
    assert (len(result.papers), len(result.left), result.status) == (100, 150, 4)
    assert desk.select(Place("all"), "").total == 100
    server.heal()
    result = await desk.arxiv.add(list(result.left))
    assert (len(result.papers), result.status) == (150, 0)


async def test_arxiv_s_own_texts_come_a_hundred_at_a_time(desk: Desk, server: ArxivServer) -> None:
    fill(desk, *(item(number) for number in range(1, 151)))
    server.arxiv.add(*(paper(number, "cs.CL", "cs.LG", version=2) for number in range(1, 150)))
    steps: list[tuple[int, int]] = []

    async def came(done: Any) -> None:
        steps.append((done.asked, done.total))
        assert desk.select(Place("all"), "cat:cs.LG").total == 150
        assert len(desk.library.unenriched(1000)) <= 150 - done.asked + 1

    result = await desk.arxiv.enrich(came=came)
    assert steps == [(100, 150), (150, 150)]
    assert (len(result.upserted.updated), result.missing, result.error) == (149, ("2606.00150",), "")
    assert len(server.requests) == 2
    found = detail(desk, 1)
    assert (found.paper.title, found.paper.version, found.paper.upvotes) == ("On $x_{1}$", 2, 1)
    assert [each.source for each in found.wordings] == ["hf"]
    assert found.revised is None, "it was in its second version when it came"
    assert (await desk.arxiv.enrich()).total == 0, "what arXiv does not know is not asked for again"
    assert len(server.requests) == 2


async def test_texts_of_some_papers_alone(desk: Desk, server: ArxivServer) -> None:
    fill(desk, item(1), item(2), item(3))
    server.arxiv.add(paper(1), paper(2), paper(3))
    result = await desk.arxiv.enrich(["2606.00002", "title:0123456789abcdef", "2606.00002"])
    assert (result.total, result.upserted.updated) == (1, ("2606.00002",))
    assert (await desk.arxiv.enrich(limit=1)).total == 1
    assert [request.query["id_list"] for request in server.requests] == ["2606.00002", "2606.00003"]


async def test_when_arxiv_answers_with_nothing_no_paper_counts_as_unknown(desk: Desk, server: ArxivServer) -> None:
    fill(desk, item(1), item(2))
    server.arxiv.add(paper(1), paper(2))
    server.arxiv.empty = 2
    result = await desk.arxiv.enrich()
    assert (result.asked, result.kind, result.missing) == (0, "empty", ())
    assert "answered with nothing" in result.error
    assert (await desk.arxiv.enrich()).asked == 2


async def test_new_versions_of_what_the_user_keeps_are_looked_for_once_a_day(
    desk: Desk, server: ArxivServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(desk, item(1), item(2), item(3))
    server.arxiv.add(paper(1), paper(2), paper(3))
    await desk.arxiv.enrich()
    desk.decide(["2606.00001"], "starred", True)
    server.arxiv.add(*(paper(number, version=2, abstract="Newer.") for number in (1, 2, 3)))
    server.requests.clear()
    result = await desk.arxiv.look_for_versions()
    assert (result.asked, result.upserted.revised) == (1, ("2606.00001",))
    assert detail(desk, 1).revised
    assert (await desk.arxiv.look_for_versions()).total == 0
    assert (await desk.arxiv.look_for_versions(asked=True)).asked == 1
    monkeypatch.setenv("PAPERSTUI_NOW", "2026-06-05T12:00:00+00:00")
    assert (await desk.arxiv.look_for_versions()).asked == 1
    assert len(server.requests) == 3


async def test_a_paper_known_by_its_title_gets_its_id_and_its_star(desk: Desk, server: ArxivServer) -> None:
    title = "A Study of Something That Has a Long Title"
    made = Paper(id="title:0123456789abcdef", title=title, text_source="page")
    desk.library.upsert([Item(made, Listing(feed="imported", period="2026-06-01"))], 1_780_000_000)
    desk.decide(["title:0123456789abcdef"], "starred", True)
    server.arxiv.announce(DAY, replace(paper(1), title=title))
    await desk.arxiv.refresh("arxiv:cs.CL")
    assert detail(desk, 1).state.starred


async def test_search_is_kept_in_the_order_given(desk: Desk, server: ArxivServer) -> None:
    server.arxiv.add(*(paper(number) for number in range(1, 6)), paper(9, "math.AG"))
    result = await desk.arxiv.search("abstract:words cat:cs.CL", size=3)
    assert (result.feed, result.period, result.papers) == ("search", "arXiv: abstract:words cat:cs.CL", 3)
    assert (result.complete, result.notice) == (False, "the first 3 of 5 papers that arXiv finds")
    place = Place("feed:search", result.period)
    assert [row.id for row in desk.select(place, "").rows] == ids(3)
    assert server.requests[0].query["search_query"] == "abs:words AND cat:cs.CL"
    wrong = await desk.arxiv.search("is:unread")
    assert (wrong.status, len(server.requests)) == (2, 1)


async def test_a_later_search_takes_the_place_of_an_earlier_one(desk: Desk, server: ArxivServer) -> None:
    server.arxiv.add(*(paper(number) for number in range(1, 4)))
    place = Place("feed:search", (await desk.arxiv.search("abstract:words")).period)
    assert [row.id for row in desk.select(place, "").rows] == ids(3)
    del server.arxiv.papers[ids(3)[0]]
    await desk.arxiv.search("abstract:words")
    assert [row.id for row in desk.select(place, "").rows] == ids(3)[1:]


async def test_whoever_gives_up_loses_nothing_that_came(desk: Desk, server: ArxivServer) -> None:
    server.arxiv.add(*(paper(number) for number in range(1, 151)))
    server.fault("hang", nth=2)
    task = asyncio.ensure_future(desk.arxiv.add(ids(150)))
    await wait_for(lambda: len(server.requests) == 2, "the second request")
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert desk.select(Place("all"), "").total == 100


@pytest.mark.parametrize("way", ["refresh", "add"])
async def test_what_was_decided_is_carried_beside_the_event_loop(desk: Desk, server: ArxivServer, way: str) -> None:
    title = "A Study of Something That Has a Long Title"
    made = Paper(id="title:0123456789abcdef", title=title, text_source="page")
    desk.library.upsert([Item(made, Listing(feed="imported", period="2026-06-01"))], 1_780_000_000)
    server.arxiv.announce(DAY, replace(paper(1), title=title))
    server.arxiv.add(replace(paper(1), title=title))
    threads: list[threading.Thread] = []

    def carry(merged: Sequence[tuple[str, str]]) -> None:
        if merged:
            threads.append(threading.current_thread())
            raise SaveError("the journal was not saved: the disk is full")

    arxiv = desk.arxiv
    arxiv._carry = carry
    result = await (arxiv.refresh("arxiv:cs.CL") if way == "refresh" else arxiv.add(ids(1)))
    assert threads
    assert threading.current_thread() not in threads
    assert (result.status, result.error) == (5, "the journal was not saved: the disk is full")


async def test_what_a_search_is_called_is_clean(desk: Desk, server: ArxivServer) -> None:
    server.arxiv.add(paper(1))
    result = await desk.arxiv.search("abstract:words\x1b[31m \u202e \n cat:cs.CL")
    assert not {"\x1b", "\u202e", "\n"} & set(result.period)
    assert result.period.startswith("arXiv: abstract:words")
    assert len((await desk.arxiv.search("abstract:words " * 40)).period) <= 250
