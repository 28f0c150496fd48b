"""What is kept up to date in the background, over services that are real servers on loopback."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from paperstui import clock
from paperstui.config import Settings
from paperstui.errors import SourceError
from paperstui.models import Upserted
from paperstui.paths import Paths
from paperstui.usecases import Desk
from paperstui.usecases.keeping import ALL_TEXTS, LATE_LIST, NEXT_TEXTS, health, jobs
from paperstui.usecases.results import Outcome, Refreshed
from paperstui.usecases.scheduler import Job, Scheduler
from tests.documents.drawn import drawing, encoded
from tests.server import ArxivServer, Server
from tests.usecases.reading import DAY
from tests.waiting import wait_for

pytestmark = pytest.mark.usefixtures("hasty")


@pytest.fixture
async def desk(places: Paths, hugging_face: Server, arxiv: ArxivServer) -> AsyncIterator[Desk]:
    assert hugging_face.url
    assert arxiv.url
    opened = Desk.open(places, Settings(arxiv=("cs.CL",)))
    yield opened
    await opened.disconnect()
    opened.close()


def made(desk: Desk, brought: list[Upserted] | None = None) -> dict[str, Job]:
    async def came(upserted: Upserted) -> None:
        if brought is not None:
            brought.append(upserted)

    async def taken() -> None:
        pass

    found = jobs(desk, 30, refresh=desk.refresh, came=came, taken=taken)
    return {job.name: job for job in found}


async def test_the_jobs_of_one_who_follows_categories(desk: Desk) -> None:
    found = made(desk)
    assert [(job.source, job.title) for job in found.values()] == [
        ("Hugging Face", "the newest day"),
        ("arXiv", "the list of cs.CL"),
        ("arXiv", "titles and abstracts"),
        ("arXiv", "new versions of what you keep"),
    ]
    assert found["daily"].every(Outcome()) == 1800


async def test_the_newest_list_is_fetched_once_and_then_when_the_next_is_out(desk: Desk, arxiv: ArxivServer) -> None:
    job = made(desk)["arxiv:cs.CL"]
    result = await job.run()
    assert result.error == ""
    asked = len(arxiv.requests)
    assert asked == 1
    assert isinstance(await job.run(), Outcome)
    assert len(arxiv.requests) == asked, "it is here whole"
    every = job.every(result)
    assert every is not None
    assert 0 < every - (desk.arxiv.next_list() - clock.seconds()) <= 900
    assert job.every(Refreshed(feed="arxiv:cs.CL", period="2026-06-03", papers=9, stale=True)) == LATE_LIST


async def test_texts_come_a_hundred_at_a_time(desk: Desk, arxiv: ArxivServer) -> None:
    await desk.refresh()
    brought: list[Upserted] = []
    job = made(desk, brought)["texts"]
    result = await job.run()
    assert len(arxiv.requests) == 1
    assert brought[0].updated
    assert job.every(result) == NEXT_TEXTS
    while job.every(result) == NEXT_TEXTS:
        assert len(arxiv.requests) < 10
        result = await job.run()
    assert job.every(result) == ALL_TEXTS


async def test_two_readers_that_start_together_ask_once(desk: Desk, places: Paths, hugging_face: Server) -> None:
    other = Desk.open(places, Settings())
    told: list[str] = []
    try:
        results = await asyncio.gather(
            desk.refresh(others=lambda: told.append("one")), other.refresh(others=lambda: told.append("other"))
        )
    finally:
        await other.disconnect()
        other.close()
    assert len(told) == 1
    assert sorted(result.elsewhere for result in results) == [False, True]
    assert {result.papers for result in results} == {max(result.papers for result in results)}
    assert len(hugging_face.requests) == 1
    waited = next(result for result in results if result.elsewhere)
    assert len(waited.upserted.new) == waited.papers, "what the other one brought is there to be shown"


async def test_where_another_failed_the_next_one_asks_itself(desk: Desk, places: Paths, hugging_face: Server) -> None:
    hugging_face.fault("json_bad", nth=(1, 2))
    other = Desk.open(places, Settings())
    try:
        results = await asyncio.gather(desk.refresh(), other.refresh())
    finally:
        await other.disconnect()
        other.close()
    assert sorted(bool(result.error) for result in results) == [False, True]
    assert not any(result.elsewhere for result in results)


async def test_refresh_from_cron_waits_for_a_reader_that_is_fetching(desk: Desk, hugging_face: Server) -> None:
    async with desk.claims.turn(f"daily {DAY}"):
        command = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "paperstui", "refresh",
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ),
        )  # fmt: skip
        assert command.stderr is not None
        line = await asyncio.wait_for(command.stderr.readline(), 20)
        assert line == b"paperstui: another paperstui is fetching this: waiting for it\n"
        assert hugging_face.requests == []
        await desk._fetcher.refresh("daily", None)
    out, _ = await asyncio.wait_for(command.communicate(), 20)
    assert command.returncode == 0
    assert out.startswith(f"{DAY}: ".encode())
    assert out.endswith(b"papers, which another paperstui has just fetched\n")
    assert len(hugging_face.requests) == 1, "the day was asked for once"


async def test_health(desk: Desk, hugging_face: Server) -> None:
    scheduler = Scheduler(list(made(desk).values()), chance=lambda: 0.5)
    first, second = health(desk, scheduler)
    assert (first.name, first.host) == ("Hugging Face", hugging_face.url.removeprefix("http://"))
    assert (first.success, first.left, first.coming, first.error) == (None, None, (), "")
    assert [title for _, title in second.coming] == [
        "the list of cs.CL",
        "titles and abstracts",
        "new versions of what you keep",
    ]
    scheduler.done("versions", Outcome())
    assert health(desk, scheduler)[1].success is None, "there was nothing to ask for"
    await desk.refresh()
    scheduler.done("daily", Outcome())
    first, _ = health(desk, scheduler)
    assert first.success is not None
    assert first.left is not None
    assert ([title for _, title in first.coming], first.running) == (["the newest day"], "")
    hugging_face.down()
    result = await desk.refresh()
    scheduler.done("daily", result)
    first, _ = health(desk, scheduler)
    assert "refuses connections" in first.error
    assert first.error_at is not None
    assert health(desk, None)[0].error == first.error


async def test_health_of_pictures_is_told_when_some_were_asked_for(desk: Desk, arxiv: ArxivServer) -> None:
    def names() -> list[str]:
        return [source.name for source in health(desk, None)]

    assert names() == ["Hugging Face", "arXiv"]
    assert "figures" not in vars(desk), "nothing is made for it"
    arxiv.arxiv.texts["/x.png"] = ("text/html", b"<html>")
    with pytest.raises(SourceError):
        await desk.figures.picture(f"{arxiv.url}/x.png")
    *_, told = health(desk, None)
    assert told.name == "Pictures"
    assert told.success is None
    assert "web page" in told.error
    failed_at = told.error_at
    assert failed_at is not None
    arxiv.arxiv.texts["/y.png"] = ("image/png", encoded(drawing()))
    assert await desk.figures.picture(f"{arxiv.url}/y.png") is not None
    *_, told = health(desk, None)
    assert told.success is not None
    assert told.success >= failed_at


async def test_of_one_source_one_thing_is_asked_at_a_time_and_quitting_does_not_wait(
    desk: Desk, hugging_face: Server, arxiv: ArxivServer
) -> None:
    await desk.refresh()
    arxiv.fault("hang")
    scheduler = Scheduler(list(made(desk).values()), chance=lambda: 0.0)
    for state in scheduler.states:
        state.due = clock.wall()
    running = asyncio.create_task(scheduler.run())
    await wait_for(lambda: arxiv.requests, "arXiv to be asked")
    await wait_for(lambda: scheduler.states[0].success is not None, "the newest day")
    assert len(arxiv.requests) == 1
    assert [state.running is not None for state in scheduler.states[1:]].count(True) == 1
    running.cancel()
    async with asyncio.timeout(1):
        await asyncio.wait([running])
    assert len(hugging_face.requests) >= 1


async def test_a_pause_that_was_asked_for_holds_after_a_restart(
    desk: Desk, places: Paths, hugging_face: Server
) -> None:
    hugging_face.fault("limited", after=900)
    result = await desk.refresh()
    assert result.kind == "limited"
    assert result.retry_at is not None
    asked = len(hugging_face.requests)
    hugging_face.heal()
    again = Desk.open(places, Settings())
    try:
        scheduler = Scheduler(list(made(again).values()), chance=lambda: 1.0)
        scheduler.hurry("daily")
        running = asyncio.create_task(scheduler.run())
        state = scheduler.states[0]
        await wait_for(lambda: state.failures, "the first try")
        running.cancel()
        await asyncio.wait([running])
        assert state.due is not None
        assert state.due >= result.retry_at - 1
        assert len(hugging_face.requests) == asked, "it was not asked again"
        first, _ = health(again, scheduler)
        assert first.not_before is not None
        assert "wait" in first.error
    finally:
        await again.disconnect()
        again.close()


def test_there_is_one_client_whichever_threads_ask_for_it_first(places: Paths) -> None:
    opened = Desk.open(places, Settings())
    try:
        together = threading.Barrier(8)

        def ask() -> int:
            together.wait(20)
            return id(opened._fetcher)

        with ThreadPoolExecutor(8) as threads:
            found = {future.result() for future in [threads.submit(ask) for _ in range(8)]}
        assert len(found) == 1
    finally:
        opened.close()
