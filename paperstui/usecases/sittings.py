"""How far into a list a sitting came that broke off, so that the next try goes on there and asks nothing twice.

A list changes while it is read. So only what came lately counts; after that it is read from the beginning, which costs
little where nothing changed.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct

from paperstui import clock
from paperstui.library.store import Library

LASTS = 30 * 60
"""Seconds after its last page for which a sitting is gone on with."""

_KEY = "reached."


class Reached(Struct, frozen=True):
    """The pages that came, with how many papers, and when the last of them did (Unix seconds)."""

    pages: int
    papers: int
    at: int


NOTHING = Reached(0, 0, 0)


def reached(library: Library, feed: str, period: str) -> Reached:
    """How far the last sitting with an issue came, if it broke off and is not long ago.

    Raises:
        LibraryError: the library cannot be read.
    """
    text = library.meta(_key(feed, period))
    if text is None:
        return NOTHING
    try:
        found = msgspec.json.decode(text, type=Reached)
    except (msgspec.MsgspecError, RecursionError):
        return NOTHING
    good = found.pages > 0 and found.papers >= 0 and 0 <= clock.seconds() - found.at < LASTS
    return found if good else NOTHING


def remember(library: Library, feed: str, period: str, pages: int, papers: int) -> None:
    """So many pages of an issue are stored, and there are more.

    Raises:
        SaveError: it could not be saved.
    """
    found = Reached(pages, papers, clock.seconds())
    library.set_meta(_key(feed, period), msgspec.json.encode(found).decode())


def forget(library: Library, feed: str, period: str) -> None:
    """The issue is here whole.

    Raises:
        SaveError: it could not be saved.
    """
    library.set_meta(_key(feed, period), None)


def _key(feed: str, period: str) -> str:
    return f"{_KEY}{feed}.{period}"
