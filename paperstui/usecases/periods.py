"""The way from period to period: where a view begins, what lies before and after, and how fresh an issue is.

Days, weeks and months follow each other over the whole archive. Of the trending list and of arXiv there is only what was
fetched while it was the newest.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone

from paperstui import clock, periods
from paperstui.feeds import ARXIV
from paperstui.library.store import Library
from paperstui.models import Period
from paperstui.usecases.asking import DAILY, FOUND, TRENDING, Place

SETTLES_AFTER = timedelta(days=3)
"""A list still grows for a day or two; after that it is not asked for again unless the user says so."""

STEPS_BACK = 7
"""Days looked at for the newest one with papers; enough for a weekend with a holiday on both sides."""

_AFTER_ALL = "9999-99-99"


def newest_period(feed: str) -> str:
    """The newest issue that a feed can have by now."""
    if feed.startswith(ARXIV):
        from paperstui.sources.arxiv_days import expected_day

        return expected_day().isoformat()
    if feed == TRENDING:
        return clock.today().isoformat()
    return periods.containing(feed, clock.newest_feed_day())


def newest_periods(feed: str) -> list[str]:
    """The issues that can be the newest of a feed, the newest first: a day may turn out to have no papers."""
    if feed != DAILY:
        return [newest_period(feed)]
    found, day = [], clock.newest_feed_day()
    for _ in range(STEPS_BACK):
        if day.weekday() < 5:
            found.append(day.isoformat())
        if day <= clock.ARCHIVE_START:
            break
        day -= timedelta(days=1)
    return found


def start_place(library: Library, view: str = "today", *, here_only: bool = False) -> Place:
    """Where a view begins: its newest issue with papers, or without any the newest that there can be.

    The week and the month are those of now, also before anything of them is here, unless `here_only` asks for what is.
    """
    place = Place(view)
    feed = place.feed
    if not feed:
        return place
    here, now = library.neighbour(feed, _AFTER_ALL, -1), newest_period(feed)
    if here is None or (feed in (periods.WEEK, periods.MONTH) and not here_only and here < now):
        return Place(view, now)
    return Place(view, here)


def counted(library: Library, places: Mapping[str, Place], *, here_only: bool = False) -> dict[str, Place]:
    """Places, by names of the caller's, whose papers can be counted: those of which the library knows nothing are left out.

    A view of issues without a period is where it begins.
    """
    found: dict[str, Place] = {}
    for name, place in places.items():
        there = place
        if place.feed and place.period is None:
            there = start_place(library, place.view, here_only=here_only)
        if there.period is None or library.knows(there.feed, there.period):
            found[name] = there
    return found


def neighbour(library: Library, place: Place, step: int, *, here_only: bool) -> Place | None:
    """The issue before (-1) or after (1); weekends are passed over unless the library has papers of theirs.

    here_only: only issues that the library has. Returns None at the ends of the archive.
    """
    feed = place.feed
    if place.view == FOUND and place.period is not None:
        return _search_beside(library, place, step)
    if not place.is_issue or place.period is None:
        return start_place(library, place.view if place.is_issue else "today", here_only=here_only)
    here = library.neighbour(feed, place.period, step)
    beside = None if here_only else _beside(feed, place.period, step)
    found = [period for period in (here, beside) if period]
    if not found:
        return None
    return Place(place.view, max(found) if step < 0 else min(found))


def _search_beside(library: Library, place: Place, step: int) -> Place | None:
    """The search that was asked for before or after one."""
    found = library.fetched_beside(place.feed, place.period or "", step)
    return None if found is None else Place(place.view, found)


def _beside(feed: str, period: str, step: int) -> str | None:
    """The issue beside one that can be asked for."""
    newest = newest_period(feed)
    if feed == TRENDING or feed.startswith(ARXIV):
        # Only the newest can be had; what was before it is here or is gone.
        return newest if step > 0 and period < newest else None
    days = periods.days_of(period)
    if days is None:
        return None
    if feed == DAILY:
        day = clock.weekday_before(days[0]) if step < 0 else clock.weekday_after(days[0])
        found = day.isoformat()
    else:
        found = periods.beside(period, step) or ""
    first = periods.containing(feed, clock.ARCHIVE_START)
    # Beyond the newest only what is here: another device's clock may be ahead.
    return found if first <= found <= newest else None


def known(library: Library, place: Place) -> Period | None:
    """What is known of the issue a place shows; for a view of the whole library, of the newest day."""
    feed = place.feed
    if not feed:
        feed, place = DAILY, start_place(library)
    return library.period(feed, place.period) if place.period else None


def fetched_at(library: Library, place: Place) -> int | None:
    """When an issue was last fetched, Unix seconds."""
    found = known(library, place)
    return found.fetched_at if found else None


def settled(library: Library, place: Place) -> bool:
    """Whether an issue is here whole, and was fetched late enough that it does not change any more.

    Of the trending list and of arXiv an older issue can never be asked for again.
    """
    feed = place.feed
    if not feed or place.period is None:
        return False
    if feed == TRENDING:
        return place.period < clock.today().isoformat()
    if feed.startswith(ARXIV) and place.period < newest_period(feed):
        return True
    found, days = library.period(feed, place.period), periods.days_of(place.period)
    if days is None or found is None or not found.complete or found.fetched_at is None:
        return False
    return feed.startswith(ARXIV) or _day(found.fetched_at) >= days[1] + SETTLES_AFTER


def is_wanted(library: Library, place: Place, minutes: int) -> bool:
    """Whether a place is to be fetched when it is opened: it is not here whole, or may have changed for so many minutes.

    Where only the newest issue can be had, the newest one that is here asks for it.
    """
    feed = place.feed
    if feed == TRENDING or feed.startswith(ARXIV):
        here = library.neighbour(feed, _AFTER_ALL, -1)
        if here is not None and (place.period or "") < here:
            return False
        place = Place(place.view, newest_period(feed))
    if not place.is_issue or settled(library, place):
        return False
    found = known(library, place)
    if found is None or not found.complete or found.fetched_at is None:
        return True
    # A list of arXiv that is here whole stays as it is.
    return not feed.startswith(ARXIV) and clock.seconds() - found.fetched_at >= minutes * 60


def _day(seconds: int) -> date:
    return datetime.fromtimestamp(seconds, timezone.utc).date()
