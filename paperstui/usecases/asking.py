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


class Place(NamedTuple):
    """Where a reader stands: a view, and for views of one period which period ("2026-06-04")."""

    view: str
    period: str | None = None

    @property
    def day(self) -> date | None:
        """The day, when the period is one."""
        from datetime import date

        if not self.period or len(self.period) != 10 or self.view == FOUND:
            return None
        return date.fromisoformat(self.period)


class Stay(NamedTuple):
    """Where the cursor is to be: on `paper`; if that is not shown any more, on the first of `following` that is.

    order: the order in words that `following` is in; in another one they follow nothing.
    """

    paper: int | None = None
    following: Sequence[int] = ()
    order: str = ""


NOWHERE = Stay()
