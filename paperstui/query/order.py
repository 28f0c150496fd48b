"""The order of a list, as SQL. Papers without the value come last whichever way it goes, and ties go by rowid."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from paperstui.query.conditions import Sql
from paperstui.query.fields import SORTS, choice_named
from paperstui.query.tree import Sort

_COVERED = frozenset({"listed", "published", "upvotes", "seen"})
_INDEXED = _COVERED | {"title"}

_LISTING = "l.rank ASC NULLS LAST, p.upvotes DESC, p.rowid ASC"


class Order(Struct, frozen=True):
    """An ORDER BY. indexed: the database can walk along an index of it, so that the first rows cost little.

    covered: that index alone gives the whole order. foremost: the condition of those that come before all others, where
    only these have an index, and what they are ordered by before all else.
    """

    sql: Sql
    indexed: bool
    covered: bool
    foremost: tuple[str, str] | None = None


def listing_order() -> Order:
    """The order of the feed itself, then most upvotes."""
    return Order(Sql(_LISTING), indexed=True, covered=False)


def order_by(sorts: Sequence[Sort], score: str) -> Order:
    """The order for some sort keys, at least one. `score` is the expression of how well the words match, least first."""
    parts = [_key(sort, score) for sort in sorts]
    first = sorts[0]
    tie = Sql("p.rowid DESC" if first.reverse else "p.rowid ASC")
    text = ", ".join(part.text for part in (*parts, tie))
    params = tuple(value for part in parts for value in part.params)
    key = choice_named(SORTS, first.key)
    foremost = (key.foremost, key.beginnings) if key is not None and key.foremost and not first.reverse else None
    return Order(Sql(text, params), first.key in _INDEXED, first.key in _COVERED and len(sorts) == 1, foremost)


def _key(sort: Sort, score: str) -> Sql:
    if sort.key == "relevance":
        return Sql(_directed(score, ascending=not sort.reverse))
    key = choice_named(SORTS, sort.key)
    if key is None:
        raise LookupError(sort.key)
    ascending = key.ascending is not sort.reverse
    return Sql(", ".join(_directed(column, ascending=ascending) for column in key.order))


def _directed(expression: str, *, ascending: bool) -> str:
    # SQLite takes NULL for the smallest, so that falling orders have it last by themselves; for a rising one it goes along
    # the index twice, the second time for what has no value.
    return f"{expression} ASC NULLS LAST" if ascending else f"{expression} DESC"
