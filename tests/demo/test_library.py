"""The demonstration's library: four weeks of papers whose votes have grown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from paperstui import clock, demo, paths
from paperstui.library.store import Library
from paperstui.models import Detail
from paperstui.paths import Paths

TODAY = date(2026, 6, 4)
NOON = "2026-06-04T12:00:00+00:00"


@pytest.fixture
def library(places: Paths) -> Iterator[Library]:
    opened = Library.open(places)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A filled library at noon of the day, for tests that only look at it."""
    places = paths.under(tmp_path_factory.mktemp("demo"))
    places.make()
    opened = Library.open(places)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PAPERSTUI_NOW", NOON)
        demo.fill(opened, today=TODAY)
    yield opened
    opened.close()


def details(library: Library) -> list[Detail]:
    rowids = library.rowids("SELECT p.rowid FROM papers p ORDER BY p.rowid")
    return [detail for rowid in rowids if (detail := library.detail(rowid))]


def test_four_weeks_of_papers_in_every_feed(filled: Library) -> None:
    assert filled.totals().papers == 420
    days = filled.periods("daily", "2026-01-01", "2026-12-31")
    assert days[-1].period == TODAY.isoformat()
    assert 16 <= len(days) <= 20
    assert all(day.complete and day.fetched_at and day.papers == day.unread > 0 for day in days)
    assert all(date.fromisoformat(day.period).weekday() < 5 for day in days)
    for feed, newest in (("weekly", "2026-W23"), ("monthly", "2026-06"), ("trending", "2026-06-04")):
        periods = filled.periods(feed, "", "9999")
        assert periods[-1].period == newest
        assert all(0 < period.papers <= 50 for period in periods)


def test_weeks_and_months_hold_the_best_of_their_own_days_and_differ_in_length(filled: Library) -> None:
    weeks: dict[str, int] = {}
    for detail in details(filled):
        day = date.fromisoformat(detail.paper.listed or "")
        year, week, _ = day.isocalendar()
        own = {"weekly": f"{year}-W{week:02}", "monthly": f"{day:%Y-%m}"}
        for listing in detail.listings:
            assert listing.period == own.get(listing.feed, listing.period)
            if listing.feed == "weekly":
                weeks[listing.period] = weeks.get(listing.period, 0) + 1
    assert len(weeks) == 4
    assert len(set(weeks.values())) > 2


def test_votes_have_grown_and_nothing_is_later_than_the_clock(filled: Library) -> None:
    now = clock.seconds()
    found = details(filled)
    growing = 0
    for detail in found:
        votes = [vote.upvotes for vote in detail.votes]
        assert votes == sorted(votes)
        assert votes[-1] == detail.paper.upvotes
        assert detail.first_seen <= detail.updated <= now
        assert all(vote.at <= now for vote in detail.votes)
        growing += len(votes) > 1
    assert growing > 100
    newest = [detail for detail in found if detail.paper.listed == TODAY.isoformat()]
    assert all(now - 86_400 < detail.first_seen < now for detail in newest)


def test_every_list_is_in_the_order_of_its_ranks(filled: Library) -> None:
    places = [
        (listing.feed, listing.period, listing.rank or 0, listing.upvotes or 0)
        for detail in details(filled)
        for listing in detail.listings
    ]
    for feed, period in {place[:2] for place in places}:
        ranked = sorted(place[2:] for place in places if place[:2] == (feed, period))
        assert [rank for rank, _ in ranked] == list(range(1, len(ranked) + 1))
        if feed != "trending":
            votes = [upvotes for _, upvotes in ranked]
            assert votes == sorted(votes, reverse=True)


@pytest.mark.parametrize(
    ("now", "newest"),
    [
        ("2026-06-06T10:00:00+00:00", "2026-06-05"),  # a Saturday
        ("2026-06-04T00:20:00+00:00", "2026-06-03"),  # Wednesday evening in New York, where the feed's day begins
        ("2026-06-04T04:00:00+00:00", "2026-06-04"),
    ],
)
def test_the_newest_day_is_the_one_the_feed_would_have(
    now: str, newest: str, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAPERSTUI_NOW", now)
    demo.fill(library, today=clock.today())
    assert library.neighbour("daily", "9999", -1) == newest
    assert max(detail.updated for detail in details(library)) <= clock.seconds()


def test_filling_again_adds_nothing(library: Library) -> None:
    demo.fill(library, today=TODAY)
    before = [(detail.paper, detail.listings) for detail in details(library)]
    demo.fill(library, today=TODAY)
    assert [(detail.paper, detail.listings) for detail in details(library)] == before
