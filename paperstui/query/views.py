"""The named queries that the list can show."""

from __future__ import annotations

from msgspec import Struct

from paperstui.query.parser import parse
from paperstui.query.tree import Everything, Flag, Node, Problem, Sort


class View(Struct, frozen=True, kw_only=True):
    """A named query.

    key: the key that opens it, "" for none. feed: the feed whose issues it shows, in the order of the feed; "" for a
    view of the whole library, which `sort` orders. period: it can be stepped through issue by issue.
    """

    name: str
    title: str
    key: str = ""
    tree: Node = Everything()
    sort: tuple[Sort, ...] = (Sort("listed"),)
    feed: str = ""
    period: bool = False


TODAY = View(name="today", title="Today", key="1", feed="daily", period=True)
WEEK = View(name="week", title="Week", key="2", feed="weekly", period=True)
MONTH = View(name="month", title="Month", key="3", feed="monthly", period=True)
TRENDING = View(name="trending", title="Trending", key="4", feed="trending", period=True)
QUEUE = View(name="queue", title="Reading list", key="5", tree=Flag("queued"), sort=(Sort("queued"),))
STARRED = View(name="starred", title="Starred", key="6", tree=Flag("starred"))
ALL = View(name="all", title="All", key="7")
UNREAD = View(name="unread", title="Unread", tree=Flag("unread"))

VIEWS: tuple[View, ...] = (TODAY, WEEK, MONTH, TRENDING, QUEUE, STARRED, ALL, UNREAD)
"""The built-in views, those with a key in the order of the header."""


def view_named(name: str) -> View | None:
    """The built-in view with this name."""
    return next((view for view in VIEWS if view.name == name), None)


def custom_view(name: str, title: str, query: str, *, key: str = "") -> tuple[View, tuple[Problem, ...]]:
    """A view of the user's own over the whole library, and what of its query makes no sense.

    The view stays right from day to day: `listed:7d` in it is counted from the day it is compiled for.
    """
    parsed = parse(query)
    view = View(name=name, title=title, key=key, tree=parsed.tree, sort=parsed.sort or (Sort("listed"),))
    return view, parsed.problems
