"""What the use cases answer with."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from paperstui.errors import QueryError, UsageError
from paperstui.models import Row, Skipped, Upserted
from paperstui.query import Query
from paperstui.usecases.asking import Place as Place  # noqa: PLC0414 - it is a part of most results


class Selection(Struct, frozen=True, kw_only=True):
    """The papers of a place that a query lets through, in order.

    ids: rowids. total: papers in the place without the query. unread: unread ones among `ids`.
    rows: the rows of the first window, or of those around `at`. order: the order in words. at: where the cursor is to
    be; None where no paper says. counts: how many papers of the places that were named the query lets through; None when
    that takes long. problem: what is wrong with the query, and then `ids` are to be ignored. remark: what is to be said
    about a query that is finished: what of it was left out, or how else it was read.
    """

    place: Place
    query: Query
    ids: array[int]
    total: int
    unread: int
    rows: tuple[Row, ...]
    order: str
    at: int | None = None
    counts: Mapping[str, int] | None = None
    problem: str = ""
    remark: str = ""

    def error(self) -> UsageError:
        """The problem as an error, which knows the place where there is one."""
        for problem in self.query.problems:
            if problem.message == self.problem:
                return QueryError(problem.message, self.query.text, problem.start, problem.end)
        return UsageError(self.problem)


class Beginning(Struct, frozen=True, kw_only=True):
    """The first papers of a selection, while the others and their number are not known yet; fields as there."""

    place: Place
    query: Query
    ids: array[int]
    rows: tuple[Row, ...]
    order: str
    at: int | None = None
    remark: str = ""


class Counts(Struct, frozen=True):
    """How many papers of each view a query lets through; what could not be counted is left out, and `problem` says why."""

    papers: Mapping[str, int]
    problem: str = ""


class Decision(Struct, frozen=True):
    """A decision that is on disk: what it was in words, and the papers (ids) whose state it changed.

    left: fields an undo left alone, because they were decided again later. order: papers changed places in the reading
    list. hides: papers were hidden, or are shown again.
    """

    label: str
    papers: tuple[str, ...]
    left: int = 0
    order: bool = False
    hides: bool = False


class Change(Struct, frozen=True):
    """What a decision set: a field of a paper (id), its value, and the one before."""

    paper: str
    field: str
    value: Any
    previous: Any


class Past(Struct, frozen=True):
    """A decision as the journals have it.

    at: when, Unix milliseconds. device: whose. own: this device's. undone: taken back since. undoes: it took one back.
    """

    at: int
    device: str
    own: bool
    label: str
    changes: tuple[Change, ...]
    undone: bool = False
    undoes: bool = False

    @property
    def papers(self) -> tuple[str, ...]:
        """The ids of the papers it was about, each once."""
        return tuple(dict.fromkeys(change.paper for change in self.changes))


class Outcome(Struct, frozen=True, kw_only=True):
    """How asking a source ended.

    error: why it failed, in words, with its exit status in `status` and, for a source, its `kind` and when it may be
    asked again (Unix seconds).
    """

    error: str = ""
    status: int = 0
    kind: str = ""
    retry_at: float | None = None


class Refreshed(Outcome, frozen=True, kw_only=True):
    """What a refresh of one period brought.

    complete: the list was read to its end. absent: the source does not know the period. notice: something the user
    should know although it went on. stale: it is a list that was known already, in place of a newer one. elsewhere:
    another process has fetched it. age: so many seconds ago, which is why it was not asked for again.
    """

    feed: str
    period: str
    upserted: Upserted = Upserted()
    papers: int = 0
    skipped: tuple[Skipped, ...] = ()
    complete: bool = True
    not_modified: bool = False
    absent: bool = False
    notice: str = ""
    stale: bool = False
    elsewhere: bool = False
    age: int | None = None


class Added(Outcome, frozen=True, kw_only=True):
    """What became of papers that were named.

    papers: their ids, in the order named. missing: ids that arXiv does not know. left: ids that were not asked for any
    more. unknown: what names no paper.
    """

    papers: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    upserted: Upserted = Upserted()
    skipped: tuple[Skipped, ...] = ()


class Enriched(Outcome, frozen=True, kw_only=True):
    """What asking arXiv about papers that are here brought. asked: how many, of `total`; missing: not known there."""

    asked: int = 0
    total: int = 0
    missing: tuple[str, ...] = ()
    upserted: Upserted = Upserted()


class Imported(Struct, frozen=True, kw_only=True):
    """What a file brought: what it was ("text of a saved page"), the day it names, and notes worth telling."""

    path: str
    kind: str = ""
    day: str = ""
    upserted: Upserted = Upserted()
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()
