"""Fills a library with invented papers the way four weeks of refreshes would have: votes grow, days settle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta, timezone

from msgspec.structs import replace

from paperstui import clock
from paperstui.demo.generator import items, listed
from paperstui.library.store import Library
from paperstui.models import Item, Paper

PAPERS = 420
DAYS = 28
SEED = 3

# The hundredths of its votes that a paper has so many weekdays after it was listed. Days before the last `_GROWING`
# ones are refreshed once, when they have settled.
_GROWTH = {0: 35, 1: 80, 4: 100}
_BY_NOW = {0: 70, 1: 92}
_ALL = 100
_GROWING = 8
_STILL_CHANGING = 5
_REFRESH = time(7, 30)
_LOOKED_AGO = 20 * 3600
_TOP = 50  # papers at most in the lists of weeks and months and in the trending list
# The votes with which a paper comes into such a list, so that no two weeks are the same length.
_LEAST = {"weekly": 20, "monthly": 28, "trending": 0}
_TRENDS_FOR = timedelta(days=10)


def fill(library: Library, *, today: date) -> None:
    """Put 420 papers of the four weeks up to a day into a library, with their weeks, months and trending list.

    Nothing is later than the clock. The same day and the same clock make the same library.

    Raises:
        SaveError: they cannot be saved.
    """
    newest = min(today, clock.newest_feed_day())
    now = clock.seconds() if today == clock.today() else _moment(today, time(12))
    days = _by_day(items(PAPERS, seed=SEED, last_day=newest, days=DAYS))
    for batch, at in _refreshes(days, now - 2 * 3600):
        library.upsert(batch, at=at)
    recent = sorted(days, reverse=True)
    counted = {day: _grown(days[day], _BY_NOW.get(back, _ALL)) for back, day in enumerate(recent)}
    rankings = _rankings([item.paper for day in recent for item in counted[day]], newest)
    library.user_looks(now - _LOOKED_AGO)
    last = [item for day in recent[:_STILL_CHANGING] for item in counted[day]]
    library.upsert([*last, *(item for ranking in rankings.values() for item in ranking)], at=now)
    for (feed, period), ranking in rankings.items():
        library.mark_period(feed, period, at=now, complete=True, papers=len(ranking))
    for back, day in enumerate(recent):
        settled = _moment(date.fromisoformat(day) + timedelta(days=6), _REFRESH)
        fetched = now if back in _BY_NOW else min(settled, now)
        library.mark_period("daily", day, at=fetched, complete=True, papers=len(days[day]))


def _refreshes(days: dict[str, list[Item]], latest: int) -> Iterator[tuple[list[Item], int]]:
    """What every morning's refresh brought, and when, oldest first: the day's papers and those that had grown."""
    known = list(days)
    growing = len(known) - _GROWING
    for number, day in enumerate(known):
        batch = _grown(days[day], _GROWTH[0] if number >= growing else _ALL)
        for back, share in _GROWTH.items():
            if back and number - back >= growing:
                batch += _grown(days[known[number - back]], share)
        yield batch, min(_moment(date.fromisoformat(day), _REFRESH), latest)


def _rankings(papers: Sequence[Paper], newest: date) -> dict[tuple[str, str], list[Item]]:
    """The lists of each week and month by votes, and the trending list by stars, under feed and period."""
    groups: dict[tuple[str, str], list[Paper]] = {}
    for paper in papers:
        on = date.fromisoformat(paper.listed or newest.isoformat())
        year, week, _ = on.isocalendar()
        groups.setdefault(("weekly", f"{year}-W{week:02}"), []).append(paper)
        groups.setdefault(("monthly", f"{on:%Y-%m}"), []).append(paper)
        if newest - on < _TRENDS_FOR:
            groups.setdefault(("trending", newest.isoformat()), []).append(paper)
    rankings = {}
    for (feed, period), group in groups.items():
        counts = {paper.id: (paper.code_stars if feed == "trending" else paper.upvotes) or 0 for paper in group}
        voted = (paper for paper in group if (paper.upvotes or 0) >= _LEAST[feed])
        best = sorted(voted, key=lambda paper: (-counts[paper.id], paper.id))[:_TOP]
        rankings[feed, period] = [listed(paper, feed, period, rank) for rank, paper in enumerate(best, 1)]
    return rankings


def _by_day(found: Iterable[Item]) -> dict[str, list[Item]]:
    """The items by the day they were listed on, oldest day first."""
    days: dict[str, list[Item]] = {}
    for item in found:
        days.setdefault(item.paper.listed or "", []).append(item)
    return dict(sorted(days.items()))


def _grown(day: Iterable[Item], share: int) -> list[Item]:
    """A day's items with this share of their votes, in hundredths."""
    grown = []
    for rank, item in enumerate(day, 1):
        upvotes, comments = item.paper.upvotes or 0, item.paper.comments or 0
        paper = replace(item.paper, upvotes=upvotes * share // _ALL, comments=-(-comments * share // _ALL))
        grown.append(listed(paper, "daily", paper.listed or "", rank))
    return grown


def _moment(day: date, at: time) -> int:
    return int(datetime.combine(day, at, timezone.utc).timestamp())
