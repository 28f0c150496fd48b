"""How many papers a list has, as its heading tells."""

from __future__ import annotations

from typing import NamedTuple


class Numbers(NamedTuple):
    """How many papers there are: unread ones among those shown, those shown, and in the view before the filter.

    kept: of those shown, the ones that only stay until the view is left.
    """

    unread: int
    shown: int
    total: int
    kept: int = 0
