"""Desks over the test's own directories, with papers in them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date, timedelta
from typing import Any

from paperstui import clock
from paperstui.config import Settings
from paperstui.journal import files
from paperstui.library.opening import LOCK
from paperstui.models import Author, Item, Listing, Paper
from paperstui.paths import Paths
from paperstui.usecases import Desk

DAY = date(2026, 6, 4)


def paper(number: int, **changes: Any) -> Paper:
    """Paper 2606.00001 and so on; what is not given is made up."""
    given: dict[str, Any] = {
        "id": f"2606.{number:05}",
        "title": f"Paper {number}",
        "abstract": f"What paper {number} is about.",
        "authors": (Author(f"Ada Author {number}"),),
        "published": 1_780_000_000,
        "upvotes": number,
    }
    return Paper(**given | changes)


def item(number: int, day: date = DAY, **changes: Any) -> Item:
    """A paper that was listed on a day, ranked by its number."""
    return Item(paper(number, **changes), Listing(feed="daily", period=day.isoformat(), rank=number))


def fill(desk: Desk, *items: Item) -> None:
    """Put papers into a desk's library, by default five of one day."""
    desk.library.upsert(items or [item(number) for number in range(1, 6)], clock.seconds() - 3600)


def open_desk(places: Paths, *, offline: bool = True) -> Desk:
    """A desk, as every process opens it."""
    return Desk.open(places, Settings(), offline=offline)


def starred(desk: Desk) -> list[str]:
    """The ids of the papers that the library shows as starred."""
    return sorted(row.id for row in desk.rows(desk.select(_all(), "is:starred").ids))


def _all() -> Any:
    from paperstui.usecases import Place

    return Place("all")


def journal_of(places: Paths) -> list[dict[str, Any]]:
    """The lines of all journals."""
    files = sorted(places.journal.glob("*.jsonl"))
    return [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines()]


def write_journal(places: Paths, device: str, *lines: Mapping[str, Any]) -> None:
    """What a synchroniser brings of another device: lines with `set`, and `t` as milliseconds."""
    with (places.journal / f"{device}.jsonl").open("a", encoding="utf-8") as file:
        for line in lines:
            whole = {"v": 1, "label": "Elsewhere", "undoes": None} | dict(line) | {"t": [line["t"], 0, device]}
            file.write(json.dumps(whole) + "\n")


@contextmanager
def in_transaction(places: Paths) -> Iterator[None]:
    """Another paperstui is storing papers: it has its turn, and whoever wants one waits for it."""
    with files.locked(places.locks / LOCK, "the library"), locked(places):
        yield


@contextmanager
def locked(places: Paths) -> Iterator[None]:
    """Another program is in the middle of a long transaction."""
    with closing(sqlite3.connect(places.library, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")


def forget_library(places: Paths) -> None:
    """Delete the library; journals stay."""
    for file in places.data.glob("library.db*"):
        file.unlink()


def weekdays(count: int, last: date = DAY) -> list[date]:
    """So many weekdays up to a day, the newest first."""
    days = (last - timedelta(days=back) for back in range(count * 2 + 2))
    return [day for day in days if day.weekday() < 5][:count]
