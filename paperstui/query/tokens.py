"""The words of a text as the search index sees them: SQLite's `unicode61` tokenizer with `remove_diacritics 2`.

A token is a run of letters and digits. Case is folded and the diacritics of Latin letters are dropped, whether they are
part of the character or follow it. Everything else separates. (https://sqlite.org/fts5.html#unicode61_tokenizer)

SQLite's tables are of an older Unicode and take what was assigned since then (newer emoji) and private use for letters;
here those separate. Queries are not touched by that, because SQLite cuts up the words of a query itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# The combining marks that SQLite takes as part of a token and drops; every other mark separates.
_MARKS = (
    "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u0309\u030a\u030b\u030c\u030f"
    "\u0311\u031b\u0323\u0324\u0325\u0326\u0327\u0328\u032d\u032e\u0330\u0331"
)
OTHER = re.compile(r"[^\x00-\x7f]+")
"""Characters beyond ASCII."""
_TOKEN = re.compile(f"[^\\W_](?:[^\\W_]|[{_MARKS}])*")

BEFORE = r"(?<![^\W_])"
"""A regular expression for the place where a token begins in folded text."""
AFTER = r"(?![^\W_])"
"""A regular expression for the place where a token ends in folded text."""
BETWEEN = r"[\W_]+"
"""A regular expression for what separates two tokens in folded text."""


class _Folding(dict[int, str | None]):
    """Characters to their folded form, worked out as they are met."""

    def __missing__(self, code: int) -> str | None:
        folded = None if chr(code) in _MARKS else _folded_letter(chr(code))
        self[code] = folded
        return folded


def _folded_letter(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0]
    if base.isascii():
        return base.lower()
    # Not `lower` alone: both sigmas are one letter to the index, as are the two mus.
    for folded in (letter.casefold(), letter.lower()):
        if len(folded) == 1:
            return folded
    return letter


_FOLDING = _Folding()


def fold(text: str) -> str:
    """The text with case and diacritics folded as in the index. Only marks are dropped, so words stay in place."""
    if text.isascii():
        return text.lower()
    # Only the few other characters one by one. As bytes, lower() leaves them alone.
    plain = OTHER.sub(lambda found: found.group().translate(_FOLDING), text)
    return plain.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")


def tokens(text: str) -> list[str]:
    """The folded tokens of a text, in order."""
    return [fold(found.group()) for found in _TOKEN.finditer(text)]


def token_spans(text: str) -> Iterator[tuple[str, int, int]]:
    """The folded tokens of a text with where each stands in it, from left to right."""
    for found in _TOKEN.finditer(text):
        yield fold(found.group()), found.start(), found.end()


def phrase(words: str, *, open_end: bool = False) -> re.Pattern[str]:
    """Finds the tokens of some words in folded text, where they follow each other; at least one.

    open_end: the last one may go on.
    """
    return re.compile(BEFORE + BETWEEN.join(map(re.escape, tokens(words))) + ("" if open_end else AFTER))


def has_token(text: str) -> bool:
    """Whether the index can hold anything of this text."""
    return _TOKEN.search(text) is not None


def goes_on(text: str) -> bool:
    """Whether the text ends within a token, so that it may be the beginning of a longer word."""
    end = 0
    for found in _TOKEN.finditer(text):
        end = found.end()
    return 0 < end == len(text)


def only_punctuation(text: str) -> bool:
    """Whether nothing in the text says anything: punctuation, dashes, quotes, marks and unprintable characters."""
    return all(unicodedata.category(character)[0] in "PZCM" for character in text)
