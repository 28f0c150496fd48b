"""Storing a daily list of arXiv: which papers it lists in which category, and whether it is the list that it says it is.

arXiv dates every list with the day on which it was asked, so an old one may come under a new date, and one that a cache
kept under an old one. What is listed keeps the day of its list, and nothing that was announced before is announced again.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from paperstui import clock, feeds
from paperstui.library.store import Library
from paperstui.models import Item, Listing, Upserted
from paperstui.usecases.results import Refreshed

if TYPE_CHECKING:
    from paperstui.sources.arxiv import Announced
    from paperstui.sources.arxiv_entries import Announcement


def store_list(library: Library, result: Refreshed, announced: Announced, categories: tuple[str, ...]) -> Refreshed:
    """Store what a list brought: papers that are new in a category, and new versions of papers that are here.

    Raises:
        SaveError: it could not be stored.
    """
    at = clock.seconds()
    listed = [_dated(each, announced.day) for each in announced.announcements if each.is_listing]
    # The order of all of the list, so that categories together are in it, too.
    ranks = {each.paper.id: rank for rank, each in enumerate(listed, 1)}
    items: list[Item] = []
    counts: dict[str, int] = {}
    repeated: list[str] = []
    for category in categories:
        mine = [each for each in listed if _is_announced(each, category, alone=len(categories) == 1)]
        feed = feeds.ARXIV + category
        known = library.listed_in(feed, [each.paper.id for each in mine])
        before = [each for each in mine if any(period < each.day for period in known.get(each.paper.id, ()))]
        if mine and len(before) == len(mine):
            repeated.append(category)
            continue
        found = [each for each in mine if each not in before]
        items += [Item(each.paper, Listing(feed=feed, period=each.day, rank=ranks[each.paper.id])) for each in found]
        counts[feed] = len(found)
    newer = [each for each in announced.announcements if not each.is_listing]
    here = library.rows_by_id([each.paper.id for each in newer]) if newer else {}
    items += [Item(each.paper) for each in newer if each.paper.id in here]
    upserted = library.upsert(items, at) if items else Upserted()
    # A list that is empty altogether may be one that is late, and is asked for again.
    for feed, papers in counts.items() if listed else ():
        library.mark_period(feed, announced.day, at=at, complete=not announced.cut, papers=papers)
    stale, notice = _freshness(announced, listed, repeated)
    if announced.cut and not notice:
        notice = "arXiv cut its list: ask for fewer categories to see all of it"
    return replace(
        result,
        period=announced.day,
        upserted=upserted,
        papers=len({item.paper.id for item in items if item.listing is not None}),
        skipped=announced.skipped,
        complete=not announced.cut,
        not_modified=announced.not_modified,
        notice=notice,
        stale=stale,
    )


def _dated(each: Announcement, day: str) -> Announcement:
    """The announcement with a day: its own, that of its list, or the one on which there should be a list."""
    from paperstui.sources.arxiv_days import expected_day

    return each if each.day else replace(each, day=day or expected_day().isoformat())


def _is_announced(each: Announcement, category: str, *, alone: bool) -> bool:
    """Whether a paper is new in a category. alone: the list is that of this category and no other.

    Of several categories together a list does not say in which a paper is new. One that is cross-listed although this
    is its primary category was announced here before, and is new to another.
    """
    categories = each.paper.categories
    if alone:
        return True
    late = each.kind == "cross" and feeds.belongs(categories[:1], category)
    return feeds.belongs(categories, category) and not late


def _freshness(announced: Announced, listed: list[Announcement], repeated: list[str]) -> tuple[bool, str]:
    """Whether it is an old list, and what the user should know about it."""
    from paperstui.sources.arxiv_days import announces_on, expected_day, new_york

    expected = expected_day()
    if repeated:
        which = "" if len(repeated) == 1 and not listed else f" for {', '.join(repeated)}"
        return True, f"arXiv sent a list again that is known{which}: that of {_day(expected)} is not out yet"
    if announced.day and announced.day < expected.isoformat():
        what = "its list is still that" if listed else "its list is empty and still that"
        return True, f"arXiv is late: {what} of {_day(date.fromisoformat(announced.day))}"
    if listed:
        return False, ""
    if not announces_on(new_york().date()):
        return False, "arXiv announces nothing at weekends"
    return False, f"arXiv lists nothing for {_day(expected)}: a holiday there, or it is late"


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"
