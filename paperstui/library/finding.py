"""Finding papers part by part, with what was found before kept in memory until the library changes.

A set of papers is a whole number with one byte a paper: byte n is 1 if the paper with rowid n is in it. Sets of 100,000
papers are put together in microseconds that way, and counted as quickly.
"""

from __future__ import annotations

import sqlite3
import time
from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import compress, islice
from typing import TYPE_CHECKING, NamedTuple

from paperstui.library import reads
from paperstui.library.connect import InterruptedReadError
from paperstui.models import Row
from paperstui.query.sets import EVERYTHING, Both, Either, Look, Sets, Sift, looks

if TYPE_CHECKING:
    from paperstui.query.compile import Arranged
    from paperstui.query.scan import Scan

SETS_KEPT = 24
"""Sets kept in memory: the words of a long query, and those around it."""

ORDERS_KEPT = 4
"""Orders of the whole library kept in memory."""

FEW = 2_000
"""Papers that are sooner sorted than picked out of the order of a large library."""

PATIENCE, PATIENCE_BROAD = 0.012, 0.04
"""Seconds for which texts are looked through in the order of the list before the index is asked."""

_LOOK_AT_CLOCK = 16
_ENOUGH = 0.0015  # seconds of looking after which it can be told how long it would take

Papers = int
"""A set of papers."""


def of_numbers(rowids: Sequence[int], largest: int = 0) -> Papers:
    """The set of some papers. largest: about as large as they get."""
    flags = bytearray(largest + 1)
    try:
        for rowid in rowids:
            flags[rowid] = 1
    except IndexError:
        return of_numbers(rowids, max(rowids))
    return int.from_bytes(flags, "little")


def members(papers: Papers) -> list[int]:
    """The rowids of a set, smallest first."""
    flags = papers.to_bytes((papers.bit_length() + 7) // 8, "little")
    return list(compress(range(len(flags)), flags))


def holds(papers: Papers, rowid: int) -> bool:
    """Whether a paper is in a set."""
    return bool(papers >> (8 * rowid) & 1)


class Order(NamedTuple):
    """Papers in order, and the largest rowid there is."""

    rowids: array[int]
    largest: int

    def first_of(self, papers: Papers, count: int) -> list[int]:
        """The first ones of a set."""
        flags = self._flags(papers)
        return list(islice((rowid for rowid in self.rowids if flags[rowid]), count))

    def all_of(self, papers: Papers) -> array[int]:
        """All of a set."""
        flags = self._flags(papers)
        return array("q", [rowid for rowid in self.rowids if flags[rowid]])

    def _flags(self, papers: Papers) -> bytes:
        return papers.to_bytes(max(self.largest + 1, (papers.bit_length() + 7) // 8), "little")


class Finder:
    """Finds papers over one connection, for one thread.

    stopped: asked between two statements whether anybody still waits for the answer. few: papers that are sooner sorted
    than picked out of the order of all. now: makes of rows what has been decided about them since.
    looks: when the user looks, Unix seconds, if somebody does (`reads.rows`).
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.stopped: Callable[[], bool] = bool
        self.few = FEW
        self.now: Callable[[list[Row]], list[Row]] = list
        self.looks: int | None = None
        self._counts: dict[tuple[str, tuple[object, ...]], int] = {}
        self._version: int | None = None
        self._largest: int | None = None
        self._sets: OrderedDict[Sets, Papers] = OrderedDict()
        self._orders: OrderedDict[tuple[str, tuple[object, ...]], Order] = OrderedDict()

    def begin(self, stopped: Callable[[], bool]) -> None:
        """Begin a transaction that sees the library as it is now. What is known of how it was before is dropped."""
        self.stopped = stopped
        self.end_any()
        self.connection.execute("BEGIN")
        self.connection.execute("SELECT 1 FROM meta LIMIT 1").fetchone()
        version = self.connection.execute("PRAGMA data_version").fetchone()[0]
        if version != self._version:
            self._sets.clear()
            self._orders.clear()
            self._counts.clear()
            self._largest = None
            self._version = version

    def end(self) -> None:
        """End the transaction."""
        self.stopped = bool
        self.end_any()

    def end_any(self) -> None:
        """End a transaction if there is one. Rolling back what only reads cannot be interrupted, as COMMIT can."""
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")

    @property
    def version(self) -> int | None:
        """Another number when the library has changed, within one connection."""
        return self._version

    def _go_on(self) -> None:
        if self.stopped():
            raise InterruptedReadError("it was stopped")

    @property
    def largest(self) -> int:
        """The largest rowid: about how many papers there are."""
        if self._largest is None:
            self._largest = self.connection.execute("SELECT max(rowid) FROM papers").fetchone()[0] or 0
        return self._largest

    # Sets

    def knows(self, sets: Sets) -> bool:
        """Whether a set needs no question."""
        return not isinstance(sets, Sift) and all(look in self._sets for look in looks(sets))

    def papers(self, sets: Sets) -> Papers:
        """The papers of a query."""
        match sets:
            case Look():
                return self._kept(sets, lambda: self._asked(sets.sql, sets.params))
            case Both(wanted, unwanted):
                return self._both(wanted, unwanted)
            case Either(parts):
                found = 0
                for part in parts:
                    found |= self.papers(part)
                return found
            case Sift(base, sql, params):
                return self._kept(sets, lambda: self._asked(sql, (*params, as_json(members(self.papers(base))))))

    def _both(self, wanted: Sequence[Sets], unwanted: Sequence[Sets]) -> Papers:
        found = -1
        for part in wanted or (EVERYTHING,):
            found &= self.papers(part) if found else 0
        for part in unwanted:
            found &= ~self.papers(part) if found else 0
        return found

    def _asked(self, sql: str, params: Sequence[object]) -> Papers:
        self._go_on()
        return of_numbers(reads.rowids(self.connection, sql, params), self.largest)

    def _kept(self, sets: Sets, ask: Callable[[], Papers]) -> Papers:
        found = self._sets.get(sets)
        if found is None:
            found = ask()
            self._sets[sets] = found
            if len(self._sets) > SETS_KEPT:
                self._sets.popitem(last=False)
        else:
            self._sets.move_to_end(sets)
        return found

    def places_of(self, sets: Sets, rowids: Sequence[int], places: Iterable[int]) -> Iterator[int]:
        """Those of some places in a list of rowids where a paper of a set stands."""
        papers = self.papers(sets)
        flags = papers.to_bytes(max(max(rowids, default=0) + 1, (papers.bit_length() + 7) // 8), "little")
        return (place for place in places if flags[rowids[place]])

    # Orders

    def knows_order(self, arranged: Arranged) -> bool:
        """Whether the order of all papers needs no question."""
        return bool(arranged.all) and (arranged.all, arranged.all_params) in self._orders

    def order(self, arranged: Arranged) -> Order:
        """All papers that are not hidden, in order."""
        key = arranged.all, arranged.all_params
        found = self._orders.get(key)
        if found is None:
            self._go_on()
            found = self._orders[key] = Order(reads.rowids(self.connection, *key), self.largest)
            if len(self._orders) > ORDERS_KEPT:
                self._orders.popitem(last=False)
        else:
            self._orders.move_to_end(key)
        return found

    def in_order(self, papers: Papers, arranged: Arranged) -> array[int]:
        """A set in order. The array may be one that is kept: it is not to be changed."""
        count = papers.bit_count()
        if not arranged.all or count <= (self.few // 10 if self.knows_order(arranged) else self.few):
            return self._sorted(papers, arranged)
        order = self.order(arranged)
        return order.rowids if count == len(order.rowids) else order.all_of(papers)

    def first_in_order(self, papers: Papers, arranged: Arranged, count: int) -> list[int]:
        """The first ones of a set."""
        if self.knows_order(arranged):
            return self.order(arranged).first_of(papers, count)
        if not arranged.walk or papers.bit_count() <= self.few:
            return list(self._sorted(papers, arranged, count))
        self._go_on()
        flags = papers.to_bytes((papers.bit_length() + 7) // 8, "little")
        rows = self.connection.execute(arranged.walk, arranged.all_params)
        found = list(islice((rowid for (rowid,) in rows if rowid < len(flags) and flags[rowid]), count))
        rows.close()
        return found

    def _sorted(self, papers: Papers, arranged: Arranged, count: int = -1) -> array[int]:
        self._go_on()
        values = (as_json(members(papers)), *arranged.some_params)
        return reads.rowids(self.connection, f"{arranged.some} LIMIT {count:d}", values)

    # Without sets

    def count(self, sql: str, params: Sequence[object]) -> int:
        """What a statement that counts says."""
        key = sql, tuple(params)
        if key not in self._counts:
            self._go_on()
            self._counts[key] = reads.count(self.connection, sql, params)
        return self._counts[key]

    def all(self, sql: str, params: Sequence[object]) -> array[int]:
        """All papers that a statement finds, in its order."""
        self._go_on()
        return reads.rowids(self.connection, sql, params)

    def first(self, sql: str, params: Sequence[object], count: int) -> list[int]:
        """The first papers that a statement finds."""
        self._go_on()
        return [row[0] for row in self.connection.execute(f"{sql} LIMIT {count:d}", params)]

    def scanned(self, scan: Scan, count: int, patience: float | None = None) -> list[int] | None:
        """The first papers that looking through the texts finds; None if that takes too long.

        patience: seconds it may take; by default as long as the index might.
        """
        self._go_on()
        patience = (PATIENCE_BROAD if scan.broad else PATIENCE) if patience is None else patience
        wanted = scan.matcher()
        found: list[int] = []
        rows = self.connection.execute(scan.sql, scan.params)
        began, before = None, 0
        while part := list(islice(rows, _LOOK_AT_CLOCK)):
            found += [rowid for rowid, *texts in part if wanted(texts)]
            if len(found) >= count:
                break
            now = time.perf_counter()
            if began is None:
                # The first papers tell nothing of the others: they may have been put in order first.
                began, before = now, len(found)
            # How long it would take in the end, going by what was found so far.
            whole = (now - began) * (count - before) / max(0.5, len(found) - before)
            if now - began > patience or (now - began > _ENOUGH and whole > patience):
                rows.close()
                return None
        rows.close()
        return found[:count]

    def rows(self, rowids: Sequence[int]) -> list[Row]:
        """The rows of some papers, in the order given."""
        self._go_on()
        return self.now(reads.rows(self.connection, rowids, self.looks))

    def among(self, sql: str, params: Sequence[object], rowids: Iterable[int]) -> set[int]:
        """Which of some papers a statement finds that takes them as its last value."""
        self._go_on()
        return {row[0] for row in self.connection.execute(sql, (*params, as_json(rowids)))}

    def scanned_among(self, scan: Scan, rowids: Iterable[int]) -> set[int]:
        """Which of some papers looking through their texts finds."""
        self._go_on()
        wanted = scan.matcher()
        rows = self.connection.execute(scan.some_sql, (*scan.some_params, as_json(rowids)))
        return {rowid for rowid, *texts in rows if wanted(texts)}


def as_json(rowids: Iterable[int]) -> str:
    """Rowids as the JSON array that statements take them in."""
    return f"[{','.join(map(str, rowids))}]"
