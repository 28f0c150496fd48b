"""Sorting the list: a key writes `sort:…` into the query, so that there is one way to say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from paperstui.query.tree import Sort
    from paperstui.tui.screens.reader import ReaderScreen


class Sorting:
    """The actions that put the list in order."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen

    @property
    def now(self) -> str:
        """The action that put the list into the order it is in; "sort_default" for the view's own."""
        sort = self._sort()
        return f"sort_{sort.key}" if sort else "sort_default"

    def do_sort_upvotes(self) -> None:
        self._by("upvotes")

    def do_sort_published(self) -> None:
        self._by("published")

    def do_sort_listed(self) -> None:
        self._by("listed")

    def do_sort_seen(self) -> None:
        self._by("seen")

    def do_sort_comments(self) -> None:
        self._by("comments")

    def do_sort_stars(self) -> None:
        self._by("stars")

    def do_sort_momentum(self) -> None:
        self._by("momentum")

    def do_sort_title(self) -> None:
        self._by("title")

    def do_sort_author(self) -> None:
        self._by("author")

    def do_sort_relevance(self) -> None:
        from paperstui.query import parse
        from paperstui.query.fulltext import any_wanted

        if any_wanted(parse(self.screen.shelf.text).tree) is None:
            self.screen.say("Relevance is how well words match: filter by some first.")
        else:
            self._by("relevance")

    def do_sort_default(self) -> None:
        self._write(None)

    def do_sort_reverse(self) -> None:
        from paperstui.query.tree import Sort

        sort = self._sort() or self._own()
        self._write(Sort(sort.key, not sort.reverse))

    def _by(self, key: str) -> None:
        """Sort by a key; the other way round when it is sorted by it already."""
        from paperstui.query.tree import Sort

        sort = self._sort()
        self._write(Sort(key, sort is not None and sort.key == key and not sort.reverse))

    def _sort(self) -> Sort | None:
        """The order that the query asks for."""
        from paperstui.query.sorting import sort_of

        return sort_of(self.screen.shelf.text)

    def _own(self) -> Sort:
        """The order of the view, by what its heading says."""
        from paperstui.query.tree import Sort
        from paperstui.usecases.viewing import ORDERS

        shown = self.screen.papers.order
        return Sort(next((key for key, words in ORDERS.items() if words == shown), "listed"))

    def _write(self, sort: Sort | None) -> None:
        from paperstui.query.parser import LONGEST_QUERY
        from paperstui.query.sorting import with_sort

        text = with_sort(self.screen.shelf.text, sort)
        if len(text) > LONGEST_QUERY:
            self.screen.say("There is no room left in the query for an order.")
            return
        self.screen.filter_bar.show_text(text)
        self.screen.shelf.filter(text, finished=True)
