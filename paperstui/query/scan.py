"""Looking through texts in the order of the list, where that is quicker than asking the index.

The index has to gather everything that begins with the one or two letters typed so far before it can tell what comes
first, and a list of today's papers is short. Walking down the list and looking at each text finds the first screenful
of such words at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from paperstui.query.fulltext import COLUMNS, column_of
from paperstui.query.spellings import spellings
from paperstui.query.tokens import fold, goes_on, has_token, phrase, tokens
from paperstui.query.tree import And, Node, Not, Or, Text, leaves

_SHORT_FIRST = tuple(COLUMNS.index(name) for name in ("title", "organization", "keywords", "authors", "abstract"))


class Scan(Struct, frozen=True, kw_only=True):
    """The papers that a query would find if not for its words, in its order, with their texts; and the words apart.

    sql, params: rows of rowid and the texts of `COLUMNS`. Whoever runs it keeps the rows whose texts match and stops
    when it has enough, or asks the index instead when that takes too long.

        wanted = scan.matcher()
        rowids = (rowid for rowid, *texts in connection.execute(scan.sql, scan.params) if wanted(texts))

    some_sql, some_params: the same of some papers, in no order; one more value is a JSON array of their rowids.
    """

    sql: str
    params: tuple[object, ...]
    some_sql: str
    some_params: tuple[object, ...]
    words: Node

    @property
    def broad(self) -> bool:
        """Whether no more than two letters are known of a word: the index takes longest for these."""
        return any(
            wanted and isinstance(leaf, Text) and leaf.prefix and len((tokens(leaf.words) or ("",))[-1]) <= 2
            for leaf, wanted in leaves(self.words)
        )

    def matcher(self) -> Callable[[Sequence[str | None]], bool]:
        """Whether texts in the order of `COLUMNS` hold the words, as the index would say."""
        test = _test(self.words)
        return lambda texts: test(_Folded(texts))


class _Folded:
    """The texts of one paper, folded as they are asked for."""

    __slots__ = ("_single", "_texts")

    def __init__(self, texts: Sequence[str | None]) -> None:
        self._texts = texts
        self._single: dict[int, str] = {}

    def one(self, column: int) -> str:
        found = self._single.get(column)
        if found is None:
            found = self._single[column] = fold(self._texts[column] or "")
        return found


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
            either = [_words(spelled) for spelled in spellings(node) if has_token(spelled.words)]
            return either[0] if len(either) == 1 else lambda texts: any(test(texts) for test in either)
        case _:
            return lambda _: True


def _words(leaf: Text) -> Callable[[_Folded], bool]:
    found = phrase(leaf.words, open_end=leaf.prefix and goes_on(leaf.words)).search
    first = tokens(leaf.words)[0]
    name = column_of(leaf)
    columns = (COLUMNS.index(name),) if name else _SHORT_FIRST

    def test(texts: _Folded) -> bool:
        for column in columns:
            text = texts.one(column)
            # A plain look for the first word is many times quicker than the expression, and mostly enough.
            if first in text and found(text) is not None:
                return True
        return False

    return test
