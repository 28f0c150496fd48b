from __future__ import annotations

from datetime import date, timedelta

import pytest

from paperstui import clock
from paperstui.library.glance import glance
from paperstui.models import Item, Listing
from paperstui.usecases import Desk, Place, periods
from paperstui.usecases.periods import settled
from tests.usecases.reading import DAY, fill, item


def today(day: str) -> Place:
    return Place("today", day)


def at(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    monkeypatch.setenv("PAPERSTUI_NOW", f"{moment}+00:00")


def fetched(desk: Desk, day: str, moment: int, *, complete: bool = True) -> None:
    desk.library.mark_period("daily", day, at=moment, complete=complete, papers=5)


def midnight(day: str) -> int:
    return int((date.fromisoformat(day) - date(1970, 1, 1)).total_seconds())


def test_an_empty_library_begins_at_the_newest_day_the_feed_can_have(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert desk.start_place() == today("2026-06-04")
    at(monkeypatch, "2026-06-05T00:30:00")
    assert desk.start_place() == today("2026-06-04"), "in New York it is still Thursday"
    at(monkeypatch, "2026-06-05T01:30:00")
    assert desk.start_place() == today("2026-06-05")


def test_a_library_with_papers_begins_at_its_newest_day(desk: Desk) -> None:
    fill(desk, item(1, date(2026, 5, 29)), item(2, date(2026, 6, 2)))
    assert desk.start_place() == today("2026-06-02")


def test_papers_without_a_day_are_no_day(desk: Desk) -> None:
    from tests.usecases.reading import paper

    fill(desk, Item(paper(1)))
    assert desk.start_place() == today("2026-06-04")


def test_days_follow_each_other_without_weekends(desk: Desk) -> None:
    assert desk.neighbour(today("2026-06-02"), -1) is None, "offline there is nothing to go to"
    desk.offline = False
    assert desk.neighbour(today("2026-06-02"), -1) == today("2026-06-01")
    assert desk.neighbour(today("2026-06-01"), -1) == today("2026-05-29")
    assert desk.neighbour(today("2026-05-29"), 1) == today("2026-06-01")


def test_the_way_ends_at_the_newest_day_and_at_the_first(desk: Desk) -> None:
    desk.offline = False
    assert desk.neighbour(today("2026-06-03"), 1) == today("2026-06-04")
    assert desk.neighbour(today("2026-06-04"), 1) is None
    first = clock.ARCHIVE_START.isoformat()
    assert desk.neighbour(today(first), -1) is None
    assert desk.neighbour(today((clock.ARCHIVE_START + timedelta(days=1)).isoformat()), -1) == today(first)


def test_days_that_the_library_has_are_never_passed_over(desk: Desk) -> None:
    fill(desk, item(1, date(2026, 5, 30)), item(2, date(2026, 6, 6)))
    desk.offline = False
    assert desk.neighbour(today("2026-06-01"), -1) == today("2026-05-30"), "a Saturday"
    assert desk.neighbour(today("2026-05-29"), 1) == today("2026-05-30")
    assert desk.neighbour(today("2026-06-04"), 1) == today("2026-06-06"), "from another day's clock"


def test_offline_only_days_that_are_here(desk: Desk) -> None:
    fill(desk, item(1, date(2026, 5, 20)), item(2, date(2026, 6, 2)))
    assert desk.neighbour(today("2026-06-04"), -1) == today("2026-06-02")
    assert desk.neighbour(today("2026-06-02"), -1) == today("2026-05-20")
    assert desk.neighbour(today("2026-05-20"), -1) is None
    assert desk.neighbour(today("2026-05-20"), 1) == today("2026-06-02")
    assert desk.neighbour(today("2026-06-02"), 1) is None


@pytest.mark.parametrize("step", [-1, 1])
def test_from_a_view_without_days_the_way_leads_to_the_newest(desk: Desk, step: int) -> None:
    fill(desk, item(1, date(2026, 6, 2)))
    assert desk.neighbour(Place("starred"), step) == today("2026-06-02")


def test_when_a_day_was_fetched(filled: Desk) -> None:
    assert filled.fetched_at(today("2026-06-04")) is None, "papers alone do not say"
    fetched(filled, "2026-06-04", 1_780_000_000)
    fetched(filled, "2026-06-03", 1_770_000_000)
    assert filled.fetched_at(today("2026-06-04")) == 1_780_000_000
    assert filled.fetched_at(today("2026-06-03")) == 1_770_000_000
    assert filled.fetched_at(Place("all")) == 1_780_000_000, "of the newest day"
    assert filled.fetched_at(today("2026-06-02")) is None


def test_a_day_settles_three_days_later(filled: Desk) -> None:
    day = today(DAY.isoformat())
    assert not filled.settled(day)
    fetched(filled, day.period or "", midnight("2026-06-07") - 1)
    assert not filled.settled(day), "fetched while it could still grow"
    fetched(filled, day.period or "", midnight("2026-06-07"), complete=False)
    assert not filled.settled(day), "not whole"
    fetched(filled, day.period or "", midnight("2026-06-07"))
    assert filled.settled(day)
    assert settled(filled.library, day)
    assert not filled.settled(Place("all"))
    assert not filled.settled(Place("today", "2026-W23"))


def test_a_view_is_counted_where_it_begins(desk: Desk) -> None:
    listing = {"weekly": "2026-W23", "monthly": "2026-05", "trending": "2026-06-03"}
    made = [Item(item(9).paper, Listing(feed=feed, period=period, rank=1)) for feed, period in listing.items()]
    desk.library.upsert([item(9), *made], clock.seconds())
    views = {name: Place(name) for name in ("week", "month", "trending", "all")}
    found = periods.counted(desk.library, views)
    # The month of now is not here.
    assert found == {
        "week": Place("week", "2026-W23"),
        "trending": Place("trending", "2026-06-03"),
        "all": Place("all"),
    }
    seen = glance(str(desk.paths.library), 5)
    assert seen is not None
    assert seen.issues == {"week": 1, "trending": 1}
    desk.library.mark_period("monthly", "2026-06", at=clock.seconds(), complete=False, papers=0)
    assert periods.counted(desk.library, views)["month"] == Place("month", "2026-06")
    seen = glance(str(desk.paths.library), 5)
    assert seen is not None
    assert seen.issues == {"week": 1, "month": 0, "trending": 1}
    desk.offline = False  # offline a view begins with what is here
    counts = desk.question(Place("all"), "", counted=views).counts()
    assert counts is not None
    assert {name: counts.papers[name] for name in seen.issues} == seen.issues
