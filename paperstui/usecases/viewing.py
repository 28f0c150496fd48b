"""Looking: which papers a place holds, what a query lets through, and which paper a name means."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from paperstui import clock
from paperstui.errors import PaperstuiError, QueryError, UsageError
from paperstui.feeds import ARXIV, parts
from paperstui.library.store import Library
from paperstui.models import Detail, Listing
from paperstui.query import Compiled, View, compile_query, parse, view_named
from paperstui.query.regex import QueryTimeout
from paperstui.query.sets import AMONG, UNREAD_WITH_HIDDEN
from paperstui.query.tree import Query
from paperstui.text.clean import clean_line
from paperstui.text.width import truncate
from paperstui.usecases.asking import ARXIV_SEARCH, FOUND, TRENDING
from paperstui.usecases.results import Place

FIRST_WINDOW = 64
"""Rows that come with a selection, so that its first screen needs no further question."""

SOUGHT_AT_ONCE = 512
"""Papers looked at by themselves when the next unread one is sought; further on, all that are unread are asked for."""

_UNREAD_AMONG = f"SELECT p.rowid FROM papers p WHERE p.read = 0 AND {AMONG}"  # noqa: S608

_FEED = "feed:"

WORDS_SHOWN = 28
"""Cells of what was searched for in the heading of a list."""

ORDERS: dict[str, str] = {
    "listed": "newest day first",
    "published": "newest first",
    "upvotes": "most upvoted first",
    "relevance": "best match first",
    "momentum": "most gained first",
    "title": "by title",
    "comments": "most discussed first",
    "stars": "most starred code first",
    "seen": "last seen first",
    "author": "by first author",
    "queued": "in your order",
}
"""What the first sort key is called."""

OWN_ORDER = "in its own order"
"""The order of a list that says nothing of why it is so."""

REVERSED: dict[str, str] = {
    "listed": "oldest day first",
    "published": "oldest first",
    "upvotes": "least upvoted first",
    "relevance": "worst match first",
    "momentum": "least gained first",
    "title": "by title, Z to A",
    "comments": "least discussed first",
    "stars": "least starred code first",
    "seen": "first seen first",
    "author": "by first author, Z to A",
    "queued": "your order, reversed",
}
"""What it is called the other way round."""


def view_of(place: Place) -> View:
    """The view of a place; "feed:NAME" is one issue of a feed, or without a period all papers of it."""
    if place.view.startswith(_FEED):
        feed = place.view.removeprefix(_FEED)
        if place.period is None:
            return View(name=place.view, title=feed, tree=parse(place.view).tree)
        return View(name=place.view, title=feed, feed=feed, period=True)
    view = view_named(place.view)
    if view is None:
        raise UsageError(f"there is no view {clean_line(place.view, 40)}")
    return view


def compiled_for(place: Place, query: Query, *, ranked: bool = False) -> Compiled:
    """A query within a place, as of today."""
    return compile_query(query, today=clock.today(), base=view_of(place), period=place.period, ranked=ranked)


def matching(library: Library, place: Place, text: str, limit: int | None = None) -> array[int]:
    """The numbers of the papers of a place that a query lets through, in the order of `select`, and nothing else.

    limit: at most so many; then the rest is not looked at.

    Raises:
        UsageError: the query is wrong.
        LibraryError: the library cannot be read.
    """
    compiled = compiled_for(place, _understood(text), ranked=place.period is None)
    try:
        return library.rowids(compiled.sql, compiled.params, limit=limit)
    except QueryTimeout as error:
        raise UsageError(str(error)) from None


def count_matching(library: Library, place: Place, text: str) -> int:
    """How many papers of a place a query lets through.

    Raises:
        UsageError: the query is wrong.
        LibraryError: the library cannot be read.
    """
    try:
        return _count(library, place, _understood(text))
    except QueryTimeout as error:
        raise UsageError(str(error)) from None


def _understood(text: str) -> Query:
    query = parse(text)
    for problem in query.problems:
        raise QueryError(problem.message, query.text, problem.start, problem.end)
    return query


def order_in_words(place: Place, query: Query, compiled: Compiled) -> str:
    """What the order of a query is called."""
    if query.sort:
        key, names = query.sort[0].key, REVERSED if query.sort[0].reverse else ORDERS
        return names.get(key, f"by {key}")
    if compiled.ranked:
        return ORDERS["relevance"]
    if place.view == FOUND:
        return _found_in_words(place.period or "")
    view = view_of(place)
    if view.feed == TRENDING or view.feed.startswith(ARXIV):
        return OWN_ORDER
    return ORDERS["upvotes"] if view.feed else ORDERS.get(view.sort[0].key, "")


def _found_in_words(search: str) -> str:
    """Who was asked for what."""
    words = search.removeprefix(ARXIV_SEARCH)
    who = "arXiv" if words != search else "Hugging Face"
    return f"{who} for “{truncate(words, WORDS_SHOWN)}”"


def _count(library: Library, place: Place, query: Query) -> int:
    compiled = compiled_for(place, query)
    return library.count(compiled.count_sql, compiled.count_params)


def counts(library: Library, place: Place) -> dict[str, int]:
    """How many papers the views hold: the place's own period, and the views of the whole library."""
    totals = library.totals()
    found = {"all": totals.papers - totals.hidden, "starred": totals.starred}
    if place.view == "today":
        found["today"] = _count(library, place, Query())
    return found


def next_unread(library: Library, ids: array[int], start: int, step: int) -> int | None:
    """The index of the next unread paper after (step 1) or before (-1) a position."""
    order = range(start + 1, len(ids)) if step > 0 else range(start - 1, -1, -1)
    near, far = order[:SOUGHT_AT_ONCE], order[SOUGHT_AT_ONCE:]
    unread = library.finding(lambda finder: finder.among(_UNREAD_AMONG, (), [ids[index] for index in near]))
    found = next((index for index in near if ids[index] in unread), None)
    if found is not None or not far:
        return found
    return library.finding(lambda finder: next(finder.places_of(UNREAD_WITH_HIDDEN, ids, far), None))


def find(library: Library, name: str) -> Detail | None:
    """The paper of an id, a versioned id, an address or a title: id."""
    rowid = library.find(_paper_id(name))
    return None if rowid is None else library.detail(rowid)


def _paper_id(name: str) -> str:
    from paperstui.text.titles import arxiv_id

    return arxiv_id(name) or clean_line(name, 100)


def not_here(name: str) -> PaperstuiError:
    """What is said of a paper that the library does not have; where arXiv may have it, with the way to get it."""
    from paperstui.text.titles import arxiv_id

    known = arxiv_id(name)
    way = f": `paperstui add {known}` fetches it" if known else ""
    return PaperstuiError(f"there is no paper {clean_line(name, 100)} in the library{way}")


def ids_of(library: Library, names: Sequence[str]) -> tuple[str, ...]:
    """The ids of papers that were named.

    Raises:
        PaperstuiError: one of them is not in the library.
    """
    wanted = [_paper_id(name) for name in names]
    rows = library.rows_by_id(wanted)
    for name, paper in zip(names, wanted, strict=True):
        if paper not in rows:
            raise not_here(name)
    return tuple(dict.fromkeys(rows[paper].id for paper in wanted))


def listing_of(detail: Detail, place: Place) -> Listing | None:
    """The listing of a paper that belongs to a place: of its feed and period, else the newest of its feed, or of all."""
    feed = view_of(place).feed or place.view.removeprefix(_FEED)
    mine = [listing for listing in detail.listings if listing.feed in parts(feed)] or list(detail.listings)
    here = [listing for listing in mine if listing.period == place.period]
    return here[0] if here else max(mine, key=lambda listing: listing.period, default=None)
