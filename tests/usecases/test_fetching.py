from __future__ import annotations

import asyncio
import errno
import subprocess
import sys
from collections.abc import Iterator
from datetime import date

import pytest

from paperstui import clock
from paperstui.demo import generator
from paperstui.errors import SaveError
from paperstui.library.store import Library
from paperstui.paths import Paths
from paperstui.sources.patience import Patience
from paperstui.usecases import Desk, Place, Refreshed
from tests.server import Hub, Server
from tests.usecases.reading import DAY, fill, item, journal_of, weekdays
from tests.waiting import wait_for

OF_DAY = ("daily", DAY.isoformat())


pytestmark = pytest.mark.usefixtures("hasty")


@pytest.fixture
def large(_own_world: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A service with 250 papers on one day, which are three pages."""
    with Server(Hub(generator.items(250, seed=2, last_day=DAY, days=1))) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.url)
        yield server


async def test_a_day_comes_page_by_page(large: Server, online: Desk) -> None:
    seen: list[tuple[int, int]] = []

    async def on_page(result: Refreshed) -> None:
        seen.append((result.papers, online.select(Place("all"), "").total))

    result = await online.refresh(*OF_DAY, on_page=on_page)
    assert seen == [(100, 100), (200, 200), (250, 250)], "each page is here before the next is asked for"
    assert (result.papers, len(result.upserted.new), result.complete, result.status) == (250, 250, True, 0)
    assert len(large.requests) == 3
    period = online.library.period("daily", DAY.isoformat())
    assert period is not None
    assert (period.complete, period.papers) == (True, 250)


async def test_a_page_that_fails_costs_only_what_comes_after_it(large: Server, online: Desk) -> None:
    large.fault("json_bad", nth=(2, 3))
    result = await online.refresh(*OF_DAY)
    assert (result.papers, result.complete, result.status, result.kind) == (100, False, 4, "answer")
    assert "broken or cut off" in result.error
    assert online.select(Place("all"), "").total == 100
    assert not online.settled(Place("today", DAY.isoformat()))
    large.heal()
    result = await online.refresh(*OF_DAY)
    assert (result.papers, len(result.upserted.new), result.complete) == (250, 150, True)


async def test_what_did_not_change_is_not_stored_again(large: Server, online: Desk) -> None:
    await online.refresh(*OF_DAY)
    result = await online.refresh(*OF_DAY)
    assert result.not_modified
    assert (result.papers, len(result.upserted.unchanged), len(result.upserted.new)) == (250, 250, 0)
    assert len(large.requests) == 6


async def test_a_day_that_was_whole_is_not_while_it_is_fetched_again(large: Server, online: Desk) -> None:
    await online.refresh(*OF_DAY)
    large.fault("reset", nth=(2, 3, 4))
    assert (await online.refresh(*OF_DAY)).status == 4
    period = online.library.period("daily", DAY.isoformat())
    assert period is not None
    assert not period.complete


async def test_a_failure_on_the_first_page_leaves_the_day_as_it_was(large: Server, online: Desk) -> None:
    await online.refresh(*OF_DAY)
    large.fault("reset")
    assert (await online.refresh(*OF_DAY)).status == 4
    period = online.library.period("daily", DAY.isoformat())
    assert period is not None
    assert period.complete


async def test_an_empty_list_does_not_replace_what_is_here(large: Server, online: Desk) -> None:
    fill(online, item(1), item(2))
    large.fault("json_empty_list")
    result = await online.refresh(*OF_DAY)
    assert (result.status, result.kind, result.complete) == (4, "answer", False)
    assert result.error.endswith("sent an empty list, though 2 papers of this day are known: they are kept")
    assert online.select(Place("today", DAY.isoformat()), "").total == 2


async def test_a_day_that_nobody_knows_is_absent_and_not_remembered(large: Server, online: Desk) -> None:
    large.fault("status", code=404)
    result = await online.refresh(*OF_DAY)
    assert (result.absent, result.papers, result.status, result.error) == (True, 0, 0, "")
    assert online.library.period("daily", DAY.isoformat()) is None


async def test_the_newest_day_is_looked_for_backwards(online: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with Server(Hub([item(1, date(2026, 5, 29))])) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.url)
        result = await online.refresh()
        await online.disconnect()
        assert [request.query["date"] for request in server.requests] == [
            "2026-06-04", "2026-06-03", "2026-06-02", "2026-06-01", "2026-05-29",
        ]  # fmt: skip
    assert (result.period, result.papers) == ("2026-05-29", 1)


async def test_a_failure_ends_the_way_back(large: Server, online: Desk) -> None:
    large.down()
    result = await online.refresh()
    assert (result.period, result.kind, result.status) == ("2026-06-04", "offline", 4)
    assert result.retry_at is None


async def test_our_own_pause_holds_unless_the_user_asks(
    large: Server, online: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    resting = Patience(read=0.5, total=2.0, backoff=0.0, gap=0.0)
    monkeypatch.setattr("paperstui.sources.http.Patience", lambda: resting)
    large.fault("reset")
    assert (await online.refresh(*OF_DAY)).status == 4
    asked = len(large.requests)
    large.heal()
    result = await online.refresh(*OF_DAY)
    assert result.status == 4
    assert result.retry_at is not None
    assert len(large.requests) == asked, "a service that just failed is left alone for a minute"
    assert (await online.refresh(*OF_DAY, asked=True)).status == 0


async def test_work_that_is_cancelled_is_not_before_the_page_is_stored(
    large: Server, online: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, go_on = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()
    real = Library.upsert

    def slow(*arguments: object) -> object:
        loop.call_soon_threadsafe(began.set)
        asyncio.run_coroutine_threadsafe(go_on.wait(), loop).result(10)
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Library, "upsert", slow)
    task = asyncio.ensure_future(online.refresh(*OF_DAY))
    await began.wait()
    task.cancel()
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.sleep(0)
    assert not task.done()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert online.select(Place("all"), "").total == 100
    assert len(large.requests) == 1


async def test_what_could_not_be_stored_is_stored_the_next_time(
    large: Server, online: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await online.refresh(*OF_DAY)
    for raw in large.hub.days[DAY.isoformat()]:
        raw["paper"]["upvotes"] = 5_000
    with monkeypatch.context() as full:
        full.setattr(Library, "upsert", _no_room)
        assert (await online.refresh(*OF_DAY)).status == SaveError.exit_status
    # The service says of it that nothing has changed since it was asked last.
    assert not (await online.refresh(*OF_DAY)).error
    rows = online.rows(online.matching(Place("today", DAY.isoformat()), ""))
    assert {row.upvotes for row in rows} == {5_000}


def _no_room(*_: object) -> None:
    raise SaveError("no space left")


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize(("feed", "issue"), [("weekly", "2026-W22"), ("monthly", "2026-05")])
async def test_a_weekend_is_part_of_a_week_and_of_a_month(online: Desk, feed: str, issue: str) -> None:
    ended = [result.period async for _, _, result in online.backfill(date(2026, 5, 30), date(2026, 5, 31), feed=feed)]
    assert ended == [issue]


async def test_a_disk_that_is_full_ends_a_range(large: Server, online: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from paperstui.errors import save_error

    def full(*_: object, **__: object) -> None:
        raise save_error("the library", OSError(errno.ENOSPC, "No space left on device"))

    monkeypatch.setattr(Library, "upsert", full)
    days = weekdays(5)
    results = [result async for _, _, result in online.backfill(days[-1], days[0])]
    assert [(result.status, result.error) for result in results] == [(5, "the disk is full: the library was not saved")]
    assert len(large.requests) == 1


async def test_a_range_tells_how_far_it_is(online: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    days = weekdays(4)
    with Server(Hub([item(number, day) for number, day in enumerate(days, 1)])) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.url)
        told = [(done, total, result.period) async for done, total, result in online.backfill(days[-1], days[0])]
        await online.disconnect()
    assert told == [(number, 4, day.isoformat()) for number, day in enumerate(days, 1)]


async def test_what_another_process_is_fetching_of_a_range_is_waited_for(
    online: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    with Server(Hub([item(1, DAY)])) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.url)

        async def backfill() -> list[Refreshed]:
            range_ = online.backfill(DAY, DAY, others=lambda: told.append("another"))
            return [result async for _, _, result in range_]

        async with online.claims.turn(f"daily {DAY}"):
            filling = asyncio.ensure_future(backfill())
            await wait_for(lambda: told, "waiting")
            online.library.upsert([item(1, DAY)], clock.seconds())
            online.library.mark_period("daily", DAY.isoformat(), at=clock.seconds(), complete=True, papers=1)
        [result] = await filling
        assert (result.elsewhere, result.papers, server.requests) == (True, 1, [])
        assert told == ["another"]


async def test_an_endpoint_that_is_none_is_in_the_result(online: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "garbage")
    result = await online.refresh()
    assert (result.status, result.period) == (2, "")
    results = [result async for _, _, result in online.backfill(DAY, DAY)]
    assert [result.status for result in results] == [2]


async def test_papers_get_their_arxiv_id_and_keep_what_was_decided(large: Server, online: Desk, places: Paths) -> None:
    from paperstui.models import Item
    from paperstui.text.titles import title_id
    from tests.usecases.reading import paper

    first = next(iter(large.hub.days[DAY.isoformat()]))["paper"]
    known = title_id(first["title"])
    fill(online, Item(paper(1, id=known, title=first["title"], text_source="page")))
    online.decide([known], "starred", True)
    result = await online.refresh(*OF_DAY)
    assert result.upserted.merged == ((known, first["id"]),)
    assert journal_of(places)[-1]["set"] == [[first["id"], "starred", True, None]]
    found = online.find(known)
    assert found is not None
    assert (found.paper.id, found.state.starred) == (first["id"], True)
    assert online.poll() == (), "carrying is nobody else's decision"


async def test_it_can_be_disconnected_at_any_time(large: Server, online: Desk) -> None:
    await online.disconnect()
    await online.refresh(*OF_DAY)
    await online.disconnect()
    await online.disconnect()
    assert (await online.refresh(*OF_DAY)).status == 0, "and goes on with new connections"
    assert online.endpoint == large.url


IN_THE_LOOP = """
import asyncio, sys, threading
from paperstui import paths
from paperstui.config import Settings
from paperstui.usecases import Desk

class Watching:
    def find_spec(self, name, path=None, target=None):
        if threading.current_thread() is threading.main_thread():
            seen.append(name.partition(".")[0])

async def refresh():
    desk = Desk.open(paths.standard(), Settings())
    import paperstui.usecases.fetching
    sys.meta_path.insert(0, Watching())
    result = await desk.refresh()
    await desk.disconnect()
    print("refuses connections" in result.error, *{"httpx", "anyio", "diskcache", "paperstui"} & set(seen))

seen = []
asyncio.run(refresh())
"""


def test_nothing_is_imported_in_the_event_loop(places: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    places.make()
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    ended = subprocess.run([sys.executable, "-c", IN_THE_LOOP], capture_output=True, text=True, check=False)
    assert (ended.stdout, ended.stderr) == ("True\n", "")


async def test_what_left_the_trending_list_is_not_trending(online: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    here = Place("trending", DAY.isoformat())
    three = [item(number, code_url="https://c.example", code_stars=90 - number) for number in (1, 2, 3)]
    with Server(Hub(three)) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.url)
        await online.refresh("trending")
        assert [row.id[-1] for row in online.select(here, "").rows] == ["1", "2", "3"]
        raws = server.hub.days[DAY.isoformat()]
        gone = raws.pop(0)
        monkeypatch.setenv("PAPERSTUI_NOW", "2026-06-04T18:00:00+00:00")
        await online.refresh("trending")
        await online.disconnect()
    assert gone["paper"]["id"].endswith("1")
    assert [row.id[-1] for row in online.select(here, "").rows] == ["2", "3"]
    assert online.select(Place("all"), "").total == 3
