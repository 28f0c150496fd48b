"""When the reader asks a service, and when it does not."""

from __future__ import annotations

from datetime import date

import pytest

from paperstui import clock
from paperstui.config import Settings
from paperstui.models import Item, Listing, Paper
from paperstui.usecases import Desk
from paperstui.usecases.asking import Place
from tests.server import Server
from tests.tui.reading import reading
from tests.tui.test_arrivals import ALONE, MADE, desk, put, service
from tests.waiting import wait_for

__all__ = ["desk", "service"]


async def test_a_list_that_fails_is_not_asked_for_at_every_opening(desk: Desk, service: Server) -> None:
    service.fault("json_bad")
    async with reading(desk, settings=ALONE) as reader:
        await reader.press("2", "1")
        asked = len(service.requests)
        assert asked
        await reader.press(*"21212121")
        assert len(service.requests) == asked
        await reader.press("2", "g", "r")
        assert len(service.requests) > asked, "a key asks"


async def test_after_a_failure_a_list_is_asked_for_again_later(
    desk: Desk, service: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.fault("json_bad")
    async with reading(desk, settings=ALONE) as reader:
        await reader.press("2", "1")
        asked = len(service.requests)
        service.heal()
        later = clock.seconds() + 61
        monkeypatch.setattr(clock, "seconds", lambda: later)
        await reader.press("2")
        assert len(service.requests) > asked


async def test_a_day_is_not_fetched_twice_at_once(desk: Desk, service: Server) -> None:
    async with reading(desk, settings=ALONE) as reader:
        reader.screen.refresher._keep_current()
        reader.screen.refresher.do_refresh()
        await reader.settle()
        assert len(service.requests) == 1


@pytest.mark.parametrize(("ago", "requests"), [(60, 0), (180, 1)])
async def test_what_another_process_has_just_fetched_is_not_fetched_again(
    desk: Desk, service: Server, ago: int, requests: int
) -> None:
    put(desk, MADE, ago)
    async with reading(desk, settings=Settings(refresh_minutes=30)) as reader:
        keeper = reader.screen.keeper
        await wait_for(lambda: keeper.scheduler is not None, "the scheduler")
        await reader.settle()
        assert len(service.requests) == requests
        assert keeper.scheduler is not None
        state = keeper.scheduler.state("daily")
        assert state is not None
        assert state.due is not None, "it is done again in half an hour"
        assert 1700 < state.due - clock.wall() < 2100


async def test_a_failure_has_its_time_and_is_newer_than_what_is_here(
    desk: Desk, service: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(desk, MADE[:25], 0)
    service.fault("json_bad")
    async with reading(desk, settings=ALONE) as reader:
        await reader.press("g", "r")
        freshness = reader.screen.refresher.freshness()
        assert freshness.endswith("cut off · updated a moment before")
        later = clock.seconds() + 121
        monkeypatch.setattr(clock, "seconds", lambda: later)
        assert reader.screen.refresher.freshness().endswith("(2 min ago) · updated 2 min ago")


async def test_a_failure_is_over_when_the_source_answers_whatever_else(desk: Desk, service: Server) -> None:
    async with reading(desk, settings=ALONE) as reader:
        service.fault("json_bad")
        await reader.press("g", "r")
        assert reader.screen.refresher.trouble
        service.heal()
        await desk.discussing.fetch(MADE[0].paper.id)
        assert not reader.screen.refresher.trouble
        reader.screen.refresher._look_at_others()
        await reader.settle()
        assert reader.screen.refresher._shown == "updated 2 h ago"


async def test_the_age_stays_beside_what_a_key_was_answered(desk: Desk, service: Server) -> None:
    async with reading(desk, settings=ALONE) as reader:
        await reader.see("updated 2 h ago")
        service.down()
        await reader.press("g", "r")
        assert "refuses connections · updated 2 h ago" in reader.screen.saying.message


async def test_a_day_of_which_another_list_brought_papers_is_here_in_part(desk: Desk, service: Server) -> None:
    day = date(2026, 6, 2).isoformat()
    desk.library.upsert([Item(Paper(id="2606.07777", title="Of a week"), Listing(feed="daily", period=day))], 1)
    async with reading(desk, settings=ALONE) as reader:
        service.down()
        reader.screen.shelf.go(Place("today", day))
        await reader.see("here in part, g r fetches the rest")
        await reader.press("g", "r")
        assert "refuses connections · here in part" in reader.screen.saying.message
        service.heal()
        await reader.press("2")
        assert "in part" not in reader.line
