"""Looking through texts in the order of the list, where that is quicker than asking the index.

The index has to gather everything that begins with the one or two letters typed so far before it can tell what comes
first, and a list of today's papers is short. Walking down the list and looking at each text finds the first screenful
of such words at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from msgspec import Struct

from paperstui.query.fulltext import COLUMNS, column_of
from paperstui.query.tokens import AFTER, BEFORE, BETWEEN, FENCE, fold, goes_on, tokens
from paperstui.query.tree import And, Node, Not, Or, Text


class Scan(Struct, frozen=True):
    """The papers that a query would find if not for its words, in its order, with their texts; and the words apart.

    sql, params: rows of rowid and the texts of `COLUMNS`. Whoever runs it keeps the rows whose texts match and stops
    when it has enough, or asks the index instead when that takes too long.

        wanted = scan.matcher()
        rowids = (rowid for rowid, *texts in connection.execute(scan.sql, scan.params) if wanted(texts))
    """

    sql: str
    params: tuple[object, ...]
    words: Node

    def matcher(self) -> Callable[[Sequence[str | None]], bool]:
        """Whether texts in the order of `COLUMNS` hold the words, as the index would say."""
        test = _test(self.words)
        return lambda texts: test(_Folded(texts))


class _Folded:
    """The texts of one paper, folded as they are asked for."""

    __slots__ = ("_all", "_single", "_texts")

    def __init__(self, texts: Sequence[str | None]) -> None:
        self._texts = texts
        self._single: dict[int, str] = {}
        self._all: str | None = None

    def one(self, column: int) -> str:
        found = self._single.get(column)
        if found is None:
            found = self._single[column] = fold(self._texts[column] or "")
        return found

    def all(self) -> str:
        if self._all is None:
            self._all = FENCE.join([fold(text or "") for text in self._texts])
        return self._all


def _test(node: Node) -> Callable[[_Folded], bool]:
    match node:
        case And(parts):
            tests = [_test(part) for part in parts]
            return lambda texts: all(test(texts) for test in tests)
        case Or(parts):
            tests = [_test(part) for part in parts]
            return lambda texts: any(test(texts) for test in tests)
        case Not(part):
            test = _test(part)
            return lambda texts: not test(texts)
        case Text():
            return _words(node)
        case _:
            return lambda _: True


def _words(leaf: Text) -> Callable[[_Folded], bool]:
    words = tokens(leaf.words)
    end = "" if leaf.prefix and goes_on(leaf.words) else AFTER
    found = re.compile(BEFORE + BETWEEN.join(re.escape(word) for word in words) + end).search
    first = words[0]
    name = column_of(leaf)
    column = COLUMNS.index(name) if name else None

    def test(texts: _Folded) -> bool:
        text = texts.all() if column is None else texts.one(column)
        # A plain look for the first word is many times quicker than the expression, and mostly enough.
        return first in text and found(text) is not None

    return test
