"""Looking: which papers a place holds, what a query lets through, and which paper a name means."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from paperstui import clock
from paperstui.errors import PaperstuiError, QueryError, UsageError
from paperstui.library.store import Library
from paperstui.models import Detail, Listing
from paperstui.query import Compiled, View, compile_query, parse, view_named
from paperstui.query.regex import QueryTimeout
from paperstui.query.tree import Flag, Query, all_of
from paperstui.text.clean import clean_line
from paperstui.usecases.results import Place, Selection

FIRST_WINDOW = 64
"""Rows that come with a selection, so that its first screen needs no further question."""

SOUGHT_AT_ONCE = 512
"""Papers looked at in one question when the next unread one is sought."""

_FEED = "feed:"

ORDERS: dict[str, str] = {
    "listed": "newest day first",
    "published": "newest first",
    "upvotes": "most upvoted first",
    "relevance": "best match first",
    "momentum": "fastest rising first",
    "title": "by title",
    "comments": "most discussed first",
    "stars": "most starred code first",
    "seen": "last seen first",
    "author": "by first author",
    "queued": "in your order",
}
"""What the first sort key is called."""


def _view(place: Place) -> View:
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


def _compiled(place: Place, query: Query, *, ranked: bool = False) -> Compiled:
    return compile_query(query, today=clock.today(), base=_view(place), period=place.period, ranked=ranked)


def select(library: Library, place: Place, text: str, *, typing: bool, ranked: bool) -> Selection:
    """The papers of a place that a query lets through, with their first rows.

    typing: the last word also finds longer ones. ranked: words put the best match first, except among the papers of one
    period, which keep the order of their feed; and a part that is not finished is a problem then.

    Raises:
        LibraryError: the library cannot be read.
    """
    query = parse(text, typing=typing)
    problems = query.problems or (parse(text).problems if ranked else ())
    if problems:
        return _nothing(place, query, problems[0].message)
    compiled = _compiled(place, query, ranked=ranked and place.period is None)
    try:
        ids = library.rowids(compiled.sql, compiled.params)
    except QueryTimeout as error:
        return _nothing(place, query, str(error))
    total = len(ids) if query.empty else _count(library, place, Query())
    return Selection(
        place=place,
        query=query,
        ids=ids,
        total=total,
        unread=unread_among(library, place, query),
        rows=tuple(library.rows(ids[:FIRST_WINDOW])),
        order=_order(place, query, compiled),
    )


def matching(library: Library, place: Place, text: str, limit: int | None = None) -> array[int]:
    """The numbers of the papers of a place that a query lets through, in the order of `select`, and nothing else.

    limit: at most so many; then the rest is not looked at.

    Raises:
        UsageError: the query is wrong.
        LibraryError: the library cannot be read.
    """
    compiled = _compiled(place, _understood(text), ranked=place.period is None)
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


def _nothing(place: Place, query: Query, problem: str) -> Selection:
    return Selection(place=place, query=query, ids=array("q"), total=0, unread=0, rows=(), order="", problem=problem)


def _order(place: Place, query: Query, compiled: Compiled) -> str:
    if query.sort:
        words = ORDERS.get(query.sort[0].key, f"by {query.sort[0].key}")
        return f"{words}, reversed" if query.sort[0].reverse else words
    if compiled.ranked:
        return ORDERS["relevance"]
    view = _view(place)
    return ORDERS["upvotes"] if view.feed else ORDERS.get(view.sort[0].key, "")


def _count(library: Library, place: Place, query: Query) -> int:
    compiled = _compiled(place, query)
    return library.count(compiled.count_sql, compiled.count_params)


def unread_among(library: Library, place: Place, query: Query) -> int:
    """How many of the papers that a query lets through are unread."""
    return _count(library, place, Query(tree=all_of([query.tree, Flag("unread")])))


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
    for first in range(0, len(order), SOUGHT_AT_ONCE):
        part = order[first : first + SOUGHT_AT_ONCE]
        unread = {row.rowid for row in library.rows([ids[index] for index in part]) if not row.read}
        for index in part:
            if ids[index] in unread:
                return index
    return None


def find(library: Library, name: str) -> Detail | None:
    """The paper of an id, a versioned id, an address or a title: id."""
    rowid = library.find(_paper_id(name))
    return None if rowid is None else library.detail(rowid)


def _paper_id(name: str) -> str:
    from paperstui.text.titles import arxiv_id

    return arxiv_id(name) or clean_line(name, 100)


def ids_of(library: Library, names: Sequence[str]) -> tuple[str, ...]:
    """The ids of papers that were named.

    Raises:
        PaperstuiError: one of them is not in the library.
    """
    wanted = [_paper_id(name) for name in names]
    rows = library.rows_by_id(wanted)
    for name, paper in zip(names, wanted, strict=True):
        if paper not in rows:
            raise PaperstuiError(f"there is no paper {clean_line(name, 100)} in the library")
    return tuple(dict.fromkeys(rows[paper].id for paper in wanted))


def ids_matching(library: Library, text: str) -> tuple[str, ...]:
    """The ids of all papers a query finds.

    Raises:
        UsageError: the query is wrong.
    """
    selection = select(library, Place("all"), text, typing=False, ranked=False)
    if selection.problem:
        raise selection.error()
    return tuple(row.id for row in library.rows(selection.ids))


def listing_of(detail: Detail, place: Place) -> Listing | None:
    """The listing of a paper that belongs to a place: of its feed and period, else the newest of its feed, or of all."""
    feed = _view(place).feed or place.view.removeprefix(_FEED)
    mine = [listing for listing in detail.listings if listing.feed == feed] or list(detail.listings)
    here = [listing for listing in mine if listing.period == place.period]
    return here[0] if here else max(mine, key=lambda listing: listing.period, default=None)
