"""The reading list in its order: the papers with a place, as the library has them and as they were decided since."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from paperstui.library.identity import chunks, within


class Queued(NamedTuple):
    """A paper on the list: its number, its id, and its place, of which the smallest is the first."""

    rowid: int
    id: str
    place: float


def in_order(connection: sqlite3.Connection, decided: Mapping[int, Any]) -> list[Queued]:
    """All papers on the list, hidden ones too. decided: places (None: taken off) that the library does not have yet."""
    found = {
        rowid: Queued(rowid, paper_id, place)
        for rowid, paper_id, place in connection.execute(
            "SELECT rowid, id, queued FROM papers WHERE queued IS NOT NULL"
        )
        if rowid not in decided
    }
    wanted = [rowid for rowid, place in decided.items() if place is not None]
    for part in chunks(wanted):
        for rowid, paper_id in within(connection, "SELECT rowid, id FROM papers WHERE rowid IN", part):
            found[rowid] = Queued(rowid, paper_id, decided[rowid])
    # As `sort:queued` has it.
    return sorted(found.values(), key=lambda one: (one.place, one.rowid))


def places_behind(listed: Sequence[Queued], count: int) -> list[float]:
    """Places for so many papers at the end of the list."""
    last = listed[-1].place if listed else 0.0
    places = [last + number for number in range(1, count + 1)]
    # Beyond 2**53 whole numbers are the same; such places come from a journal that somebody else wrote.
    return places if len({last, *places}) == count + 1 else [last] * count


def moved(listed: Sequence[Queued], paper: int, beside: int, *, after: bool) -> dict[str, float]:
    """The new places, by id, that put a paper right before or after another one; none if it stands there.

    One paper gets another place, unless there is no number between its neighbours: then all of them do.
    """
    before = [one.rowid for one in listed]
    one = next((one for one in listed if one.rowid == paper), None)
    if one is None or beside not in before or paper == beside:
        return {}
    order = [other for other in listed if other.rowid != paper]
    at = next(index for index, other in enumerate(order) if other.rowid == beside) + after
    order.insert(at, one)
    if [each.rowid for each in order] == before:
        return {}
    place = _between(order[at - 1].place if at else None, order[at + 1].place if at + 1 < len(order) else None)
    if place is not None:
        return {one.id: place}
    return {each.id: float(number) for number, each in enumerate(order, 1) if each.place != number}


def _between(before: float | None, behind: float | None) -> float | None:
    """A number between two, of which one may be missing; None if there is none."""
    if before is None or behind is None:
        known = before if before is not None else behind or 0.0
        place = known + (1 if before is not None else -1)
        return place if place != known else None
    place = before + (behind - before) / 2
    return place if before < place < behind else None
