"""Where a reader stands, and where the cursor is to stay: what a list is asked for, before there is anything to ask."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from typing import NamedTuple
else:
    from paperstui.light import NamedTuple


FOUND = "feed:search"
"""The view of what a search found; its period is what was looked for."""

ARXIV_SEARCH = "arXiv: "
"""Stands before what arXiv was asked for."""

DAILY = "daily"
TRENDING = "trending"

FEEDS = {"today": DAILY, "week": "weekly", "month": "monthly", "trending": TRENDING}
"""The feeds of the views that show one issue of a feed."""

_FEED = "feed:"


class Place(NamedTuple):
    """Where a reader stands: a view, and for views of one period which period ("2026-06-04")."""

    view: str
    period: str | None = None

    @property
    def feed(self) -> str:
        """The feed whose issues the view shows, one by one; "" for a view of the whole library."""
        return FEEDS.get(self.view) or (self.view[len(_FEED) :] if self.view.startswith(_FEED) else "")

    @property
    def is_issue(self) -> bool:
        """Whether it shows one of the issues that follow each other in time, which can be fetched."""
        return self.view in FEEDS or self.view.startswith(_FEED + "arxiv:")

    @property
    def day(self) -> date | None:
        """The day, when the period is one."""
        from datetime import date

        if not self.period or len(self.period) != 10 or self.view == FOUND:
            return None
        return date.fromisoformat(self.period)


def place_of(feed: str, period: str | None) -> Place:
    """Where a period of a feed is shown."""
    return Place(next((view for view, name in FEEDS.items() if name == feed), _FEED + feed), period)


class Stay(NamedTuple):
    """Where the cursor is to be: on `paper`; if that is not shown any more, on the first of `following` that is.

    order: the order in words that `following` is in; in another one they follow nothing.
    """

    paper: int | None = None
    following: Sequence[int] = ()
    order: str = ""


NOWHERE = Stay()
