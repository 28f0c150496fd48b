from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

import pytest

from paperstui.library.store import Library
from paperstui.models import Item, Listing, Paper
from paperstui.paths import Paths
from paperstui.query.arrivals import arrived_since

NOON = datetime(2026, 6, 4, 12, tzinfo=timezone.utc)  # a Thursday
MORNING = NOON - timedelta(hours=4)


@pytest.fixture
def library(places: Paths) -> Iterator[Library]:
    opened = Library.open(places)
    yield opened
    opened.close()


def put(
    library: Library,
    at: datetime,
    *,
    feed: str = "",
    period: str = "",
    listed: str | None = None,
    published: datetime | None = None,
    number: int = 1,
) -> None:
    """A paper that came at a time."""
    paper = Paper(
        id=f"2606.{number:05}",
        title=f"Paper {number}",
        listed=listed,
        published=int(published.timestamp()) if published else None,
    )
    listing = Listing(feed=feed, period=period, rank=1) if feed else None
    library.upsert([Item(paper, listing)], int(at.timestamp()))


def arrived(library: Library, since: datetime = MORNING) -> list[str]:
    return sorted(row.id for row in library.rows(library.rowids(*arrived_since(since))))


def test_what_came_since_is_news_and_what_came_before_is_not(library: Library) -> None:
    put(library, NOON, feed="daily", period="2026-06-04", listed="2026-06-04", number=1)
    put(library, MORNING - timedelta(seconds=1), feed="daily", period="2026-06-04", listed="2026-06-04", number=2)
    put(library, MORNING, feed="daily", period="2026-06-04", listed="2026-06-04", number=3)
    assert arrived(library) == ["2606.00001", "2606.00003"]
    assert arrived(library, NOON + timedelta(seconds=1)) == []


@pytest.mark.parametrize(("listed", "news"), [("2026-06-01", True), ("2026-05-29", False), ("2023-05-04", False)])
def test_days_that_were_fetched_to_fill_the_archive_are_no_news(library: Library, listed: str, news: bool) -> None:
    put(library, NOON, feed="daily", period=listed, listed=listed)
    assert bool(arrived(library)) is news


@pytest.mark.parametrize(("ago", "news"), [(0, True), (3, True), (5, False), (900, False)])
def test_papers_that_no_day_lists_are_news_when_they_appeared_lately(library: Library, ago: int, news: bool) -> None:
    put(library, NOON, published=NOON - timedelta(days=ago))
    assert bool(arrived(library)) is news


@pytest.mark.parametrize("feed", ["trending", "search", "imported", ""])
def test_a_paper_whose_days_nobody_knows_is_no_news_unless_the_list_of_a_day_has_it(
    library: Library, feed: str
) -> None:
    put(library, NOON, feed=feed, period="2026-06-04" if feed else "")
    assert arrived(library) == []
    put(library, NOON, feed="arxiv:cs.CL", period="2026-06-04")
    assert arrived(library) == ["2606.00001"]


OLD_LISTS = [
    ("trending", "2026-06-04"),
    ("weekly", "2026-W23"),
    ("monthly", "2026-06"),
    ("search", "x"),
    ("imported", "2026-06-04"),
]


@pytest.mark.parametrize(("feed", "period"), OLD_LISTS)
@pytest.mark.parametrize(
    ("listed", "ago", "news"), [("2026-04-03", 65, False), ("2026-06-03", 5, True), (None, 65, False), (None, 1, True)]
)
def test_what_lists_of_any_age_bring_is_news_by_its_own_day(
    library: Library, feed: str, period: str, listed: str | None, ago: int, news: bool
) -> None:
    put(library, NOON, feed=feed, period=period, listed=listed, published=NOON - timedelta(days=ago))
    assert bool(arrived(library)) is news


@pytest.mark.parametrize(
    ("feed", "period", "news"),
    [
        ("daily", "2026-06-04", True),
        ("trending", "2026-06-04", False),
        ("arxiv:cs.CL", "2026-06-04", True),
        ("arxiv:cs.CL", "2026-05-20", False),
        ("weekly", "2026-W23", False),
        ("monthly", "2026-06", False),
        ("search", "", False),
        ("imported", "2026-06-04", False),
    ],
)
def test_a_paper_known_for_long_is_news_on_the_list_of_a_day_alone(
    library: Library, feed: str, period: str, news: bool
) -> None:
    long_ago = NOON - timedelta(days=90)
    put(library, long_ago, published=long_ago, feed="daily", period="2026-03-06", listed="2026-03-06")
    assert arrived(library) == []
    put(library, NOON, published=long_ago, feed=feed, period=period)
    assert bool(arrived(library)) is news


def test_a_list_that_was_seen_before_is_no_news_again(library: Library) -> None:
    put(library, MORNING - timedelta(hours=1), feed="arxiv:cs.CL", period="2026-06-04", listed="2026-01-01")
    put(library, NOON, feed="arxiv:cs.CL", period="2026-06-04", listed="2026-01-01")
    assert arrived(library) == []


def test_any_zone_of_the_moment_is_right(library: Library) -> None:
    put(library, NOON, feed="daily", period="2026-06-01", listed="2026-06-01")
    east = MORNING.astimezone(timezone(timedelta(hours=14)))
    assert arrived_since(east) == arrived_since(MORNING)
