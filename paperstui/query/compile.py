"""From a tree to SQL: one statement for the papers in order, one for their number, and one to look through texts."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from paperstui.feeds import parts
from paperstui.query.conditions import ABSTRACT, KEYWORDS, TITLE, Sql, condition, joined
from paperstui.query.fulltext import WEIGHTS, any_of_words, any_wanted, both, expression, in_index, one_of
from paperstui.query.order import Order, listing_order, order_by
from paperstui.query.scan import Scan
from paperstui.query.sets import AMONG, Look, Sets, has_index, sets_of
from paperstui.query.tree import (
    And,
    Compare,
    DateRange,
    Everything,
    Flag,
    Has,
    Node,
    Not,
    Or,
    PaperId,
    Query,
    Regex,
    Sort,
    Text,
    all_of,
    leaves,
)
from paperstui.query.views import ALL, View

_SHOWN = "p.hidden = 0"
_MATCH = "SELECT rowid FROM search WHERE search MATCH ?"
_SCORE = f"bm25(search, {', '.join(map(str, WEIGHTS))})"
_SOME = "WITH some AS (SELECT value FROM json_each(?))"
_COUNT_WORDS = (
    "SELECT count(*) FROM search WHERE search MATCH ? AND rowid NOT IN (SELECT rowid FROM papers WHERE hidden = 1)"
)
_WITH_INDEX = ("unread", "starred", "queued", "hidden")
_TEXTS = f"{TITLE}, {ABSTRACT}, p.authors, p.organization, {KEYWORDS}"


class Compiled(Struct, frozen=True, kw_only=True):
    """A query as SQL.

    sql, params: the rowids of the papers in order; add `LIMIT ?` for the first of them.
    count_sql, count_params: how many there are. order: what is behind ORDER BY.
    hidden: hidden papers are asked for, so that they may be among those found. everything: all others are found.
    uses_text: words are looked for. uses_regex: the connection needs the function `regexp` (`paperstui.query.regex`).
    ranked: the best match comes first, and the first rows cost as much as all of them.
    scan: another way to the first papers, where there is one that can be quicker. foremost: the same as `sql` for those
    papers alone that come before all others, which has an index; if it finds enough, the others need not be sorted.
    sets: the same papers, part by part.
    some_sql, some_params: which of some papers it finds, in no order; one more value is a JSON array of their rowids.
    arranged: how to put papers in order that are known already; None where their rank has to be worked out.
    """

    sql: str
    params: tuple[object, ...]
    count_sql: str
    count_params: tuple[object, ...]
    order: str
    hidden: bool
    everything: bool
    uses_text: bool
    uses_regex: bool
    ranked: bool
    scan: Scan | None
    foremost: Look | None
    sets: Sets
    some_sql: str
    some_params: tuple[object, ...]
    arranged: Arranged | None


class Arranged(Struct, frozen=True):
    """The order of a query.

    all, all_params: all papers that are not hidden in this order; "" where there are others. walk: the same for who wants
    only the first ones; "" where these cost as much as all. some, some_params: papers in this order; the first value to
    be given is a JSON array of their rowids.
    """

    all: str
    walk: str
    all_params: tuple[object, ...]
    some: str
    some_params: tuple[object, ...]


def compile_query(
    query: Query, *, today: date, base: View | None = None, period: str | None = None, ranked: bool = False
) -> Compiled:
    """The SQL for a query within a view (by default the whole library).

    today: the day that relative dates count from, in UTC. period: the issue that a view of a feed shows, by default the
    newest that has papers. ranked: without a sort in the query, and with words in it, the best match comes first.

    Hidden papers are left out unless the view or the query says `is:hidden`.
    """
    return _Compiler(query, base or ALL, today, period, ranked=ranked).run()


class _Sorted(Struct, frozen=True):
    """The parts of a conjunction: what the index answers, as its expressions, and what the tables answer."""

    wanted: list[str]
    unwanted: list[str]
    others: list[Node]
    words: list[Node]


class _Compiler:
    def __init__(self, query: Query, view: View, today: date, period: str | None, *, ranked: bool) -> None:
        self.view = view
        self.today = today
        self.period = period
        self.tree = all_of([_leaning(part) for part in (view.tree, query.tree)])
        self.leaves = [leaf for leaf, _ in leaves(self.tree)]
        self.parts = _sorted_out(self.tree.parts if isinstance(self.tree, And) else (self.tree,))
        self.any_words = any_wanted(self.tree)
        self.sorts = self.sorts_of(query, ranked=ranked)
        self.ranked = any(sort.key == "relevance" for sort in self.sorts)

    def sorts_of(self, query: Query, *, ranked: bool) -> tuple[Sort, ...]:
        """The sort keys; none where the order of a feed holds."""
        sorts = self.possible(query.sort)
        if ranked and not query.sort and self.any_words:
            sorts = (Sort("relevance"),)
        if sorts or self.view.feed:
            return sorts
        return self.possible(self.view.sort) or ALL.sort

    def possible(self, sorts: tuple[Sort, ...]) -> tuple[Sort, ...]:
        """The sort keys without relevance, if there are no words for it."""
        return sorts if self.any_words else tuple(sort for sort in sorts if sort.key != "relevance")

    def run(self) -> Compiled:
        score = _SCORE if self.parts.wanted else "m.score"
        order = order_by(self.sorts, score) if self.sorts else listing_order()
        walked = order.indexed and not self.ranked
        source, where = self.ranked_papers() if self.ranked else self.papers(walked=walked)
        count = self.count()
        among, but = self.papers(walked=False)
        return Compiled(
            sql=f"SELECT p.rowid FROM {source.text} WHERE {where.text} ORDER BY {order.sql.text}",  # noqa: S608
            params=source.params + where.params + order.sql.params,
            count_sql=count.text,
            count_params=count.params,
            order=order.sql.text,
            hidden=self.hidden,
            everything=isinstance(self.tree, Everything) and not self.view.feed,
            uses_text=any(in_index(leaf) for leaf in self.leaves),
            uses_regex=any(isinstance(leaf, Regex) for leaf in self.leaves),
            ranked=self.ranked,
            scan=self.scan(order) if walked and self.parts.wanted and self.scannable() else None,
            foremost=self.foremost(order),
            sets=sets_of(self.tree, self.condition, hidden=self.hidden, issue=self.members()),
            some_sql=f"SELECT p.rowid FROM {among.text} WHERE {but.text} AND {AMONG}",  # noqa: S608
            some_params=among.params + but.params,
            arranged=None if self.ranked else self.arranged(order),
        )

    @property
    def hidden(self) -> bool:
        """Whether hidden papers are asked for."""
        return any(isinstance(leaf, Flag) and leaf.name == "hidden" for leaf in self.leaves)

    def members(self) -> Look | None:
        """The papers of the issue, if it is a view of a feed."""
        if not self.view.feed:
            return None
        where = self.listed()
        return Look(f"SELECT paper FROM listings WHERE {where.text}", where.params)  # noqa: S608

    def foremost(self, order: Order) -> Look | None:
        few = any(map(_is_rare, self.parts.others))
        if order.foremost is None or few or self.hidden or self.view.feed or any(map(in_index, self.leaves)):
            return None
        source, where = self.papers(walked=True)
        condition, first = order.foremost
        by = ", ".join(filter(None, (first, order.sql.text)))
        text = f"SELECT p.rowid FROM {source.text} WHERE {condition} AND {where.text} ORDER BY {by}"  # noqa: S608
        return Look(text, source.params + where.params + order.sql.params)

    def arranged(self, order: Order) -> Arranged:
        source, by = self.issue(Sql("papers p")), order.sql
        some = f"{_SOME} SELECT p.rowid FROM {source.text} WHERE p.rowid IN some ORDER BY {by.text}"  # noqa: S608
        if self.view.feed or self.hidden:
            return Arranged("", "", (), some, source.params + by.params)
        walk = f"SELECT p.rowid FROM papers p WHERE {_SHOWN} ORDER BY {by.text}"  # noqa: S608
        # Along an index that leaves something to sort by, all papers would be read in the order of the index.
        every = walk if order.covered else walk.replace("papers p", "papers p NOT INDEXED", 1)
        return Arranged(every, walk if order.indexed else "", by.params, some, source.params + by.params)

    def papers(self, *, walked: bool) -> tuple[Sql, Sql]:
        """What to select from, and the condition.

        walked: papers are gone through in order and looked up among what the index found, not the other way round. The
        unary plus is how SQLite is told.
        """
        rowid = "+p.rowid" if walked or any(map(_is_rare, self.parts.others)) else "p.rowid"
        conditions = [*self.conditions(walked=walked), *_matches(self.parts, rowid)]
        return self.issue(Sql("papers p")), joined("AND", conditions)

    def count(self) -> Sql:
        if self.parts.wanted and not self.parts.others and not self.view.feed:
            # The index alone answers, and papers need not be looked at.
            return Sql(_COUNT_WORDS, (both(self.parts.wanted, self.parts.unwanted),))
        # What no index helps with is looked for in the order of the table, not in that of some index.
        source, where = self.papers(walked=not self.parts.others or any(map(has_index, self.parts.others)))
        return Sql(f"SELECT count(*) FROM {source.text} WHERE {where.text}", source.params + where.params)  # noqa: S608

    def ranked_papers(self) -> tuple[Sql, Sql]:
        """The same with a score for how well the words match."""
        if self.parts.wanted:
            source = self.issue(Sql("search JOIN papers p ON p.rowid = search.rowid"))
            match = Sql("search MATCH ?", (both(self.parts.wanted, self.parts.unwanted),))
            return source, joined("AND", [match, *self.conditions()])
        source, where = self.papers(walked=False)
        scores = f"(SELECT rowid AS paper, {_SCORE} AS score FROM search WHERE search MATCH ?)"  # noqa: S608
        text = f"{source.text} LEFT JOIN {scores} m ON m.paper = p.rowid"
        return Sql(text, (*source.params, self.any_words)), where

    def scannable(self) -> bool:
        """Whether SQLite comes upon papers quickly when it goes through them in order without the words."""
        by_day = not self.sorts or self.sorts[0].key == "listed"
        return bool(self.view.feed) or all(
            (isinstance(part, Flag) and part.name in _WITH_INDEX)
            or (isinstance(part, DateRange) and part.field == "listed" and by_day)
            or _is_rare(part)
            for part in self.parts.others
        )

    def scan(self, order: Order) -> Scan:
        source = self.issue(Sql("papers p JOIN bodies b ON b.rowid = p.rowid"))
        where = joined("AND", self.conditions())
        sql = f"SELECT p.rowid, {_TEXTS} FROM {source.text} WHERE {where.text}"  # noqa: S608
        params = source.params + where.params
        return Scan(
            sql=f"{sql} ORDER BY {order.sql.text}",
            params=params + order.sql.params,
            some_sql=f"{sql} AND {AMONG}",
            some_params=params,
            words=all_of(self.parts.words),
        )

    def issue(self, source: Sql) -> Sql:
        """The source narrowed to one issue of the view's feed, if it is a view of a feed."""
        if not self.view.feed:
            return source
        if len(parts(self.view.feed)) == 1:
            where = self.listed("l.")
            listed = f"listings l ON l.paper = p.rowid AND {where.text}"
        else:
            # Each paper once, where it stands best.
            where = self.listed()
            best = f"SELECT paper, min(rank) AS rank FROM listings WHERE {where.text} GROUP BY paper"  # noqa: S608
            listed = f"({best}) l ON l.paper = p.rowid"
        return Sql(f"{source.text} JOIN {listed}", source.params + where.params)

    def listed(self, table: str = "") -> Sql:
        """The condition that a listing is one of the issue. table: what stands before the columns."""
        feeds = parts(self.view.feed or "")
        these = "feed = ?" if len(feeds) == 1 else f"feed IN ({', '.join('?' * len(feeds))})"
        if self.period is not None:
            return Sql(f"{table}{these} AND {table}period = ?", (*feeds, self.period))
        newest = f"(SELECT max(period) FROM listings WHERE {these})"  # noqa: S608 - question marks
        return Sql(f"{table}{these} AND {table}period = {newest}", feeds * 2)

    def conditions(self, *, walked: bool = True) -> list[Sql]:
        """All conditions but those that the index answers for every paper."""
        # Where all papers must be read and sorted, an index of those not hidden would only make it slower.
        shown = [] if self.hidden else [Sql(_SHOWN if walked else f"+{_SHOWN}")]
        return shown + [self.condition(part) for part in self.parts.others]

    def condition(self, node: Node) -> Sql:
        found = expression(node)
        if found:
            return _match(found)
        match node:
            case Not(part):
                inner = self.condition(part)
                text = inner.text if isinstance(part, And | Or) and inner.text.startswith("(") else f"({inner.text})"
                # Not NOT: where a value is unknown the condition is NULL, and then the paper does not have it.
                return Sql(f"{text} IS NOT TRUE", inner.params)
            case And(parts):
                split = _sorted_out(parts)
                return joined("AND", [self.condition(part) for part in split.others] + _matches(split))
            case Or(parts):
                found = any_of_words(parts)
                rest = [self.condition(part) for part in parts if not expression(part)]
                return joined("OR", rest + ([_match(found)] if found else []))
            case _:
                return condition(node, self.today)


def _leaning(node: Node) -> Node:
    """The same with the deepest parts first.

    SQLite's parser has a stack of a fixed size, and what nests on the left of an operator takes less of it.
    """
    match node:
        case And(parts):
            return And(tuple(sorted(map(_leaning, parts), key=_depth, reverse=True)))
        case Or(parts):
            return Or(tuple(sorted(map(_leaning, parts), key=_depth, reverse=True)))
        case Not(part):
            return Not(_leaning(part))
        case _:
            return node


def _depth(node: Node) -> int:
    match node:
        case And(parts) | Or(parts):
            return 1 + max(map(_depth, parts))
        case Not(part):
            return 1 + _depth(part)
        case _:
            return 0


def _sorted_out(parts: tuple[Node, ...]) -> _Sorted:
    wanted: list[str] = []
    unwanted: list[str] = []
    others: list[Node] = []
    words: list[Node] = []
    for part in parts:
        if found := expression(part):
            wanted.append(found)
        elif isinstance(part, Not) and (found := expression(part.part)):
            unwanted.append(found)
        elif not isinstance(part, Everything):
            others.append(part)
            continue
        words.append(part)
    return _Sorted(wanted, unwanted, others, words)


def _matches(parts: _Sorted, rowid: str = "p.rowid") -> list[Sql]:
    """The conditions that the index answers, in as few looks as possible."""
    if parts.wanted:
        return [_match(both(parts.wanted, parts.unwanted), rowid)]
    return [_match(one_of(parts.unwanted), "p.rowid NOT")] if parts.unwanted else []


def _match(words: str, rowid: str = "p.rowid") -> Sql:
    return Sql(f"{rowid} IN ({_MATCH})", (words,))


def _is_rare(node: Node) -> bool:
    """Whether few papers meet a condition and the database finds them without the index of words."""
    match node:
        case Text(field=field):
            return field in ("tag", "note")
        case Flag(name) | Has(name):
            return name in ("starred", "queued", "tags", "notes")
        case Compare(field=field):
            return field == "gained"
        case _:
            return isinstance(node, PaperId)
