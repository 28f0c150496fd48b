"""The letters and digits that the words of a paper begin with.

Nearly every paper has a word for each of them, and the search index must go through thousands of words to say so: the
first letter that somebody types would be the slowest of all. So it is kept with each paper, one bit a letter.
"""

from __future__ import annotations

from collections.abc import Iterable
from string import ascii_lowercase, digits

from paperstui.query.tokens import OTHER, fold, goes_on, tokens
from paperstui.query.tree import Node, Text

_KNOWN = ascii_lowercase + digits
_BITS = [1 << _KNOWN.index(chr(code)) if chr(code) in _KNOWN else 0 for code in range(0x100)]
_APART = bytes(
    code if code >= 0x80 else ord(chr(code).lower() if chr(code).isalnum() else " ") for code in range(0x100)
)


class _Parted(dict[int, str]):
    """Characters beyond ASCII to their folded form, and what separates words to spaces, worked out as they are met."""

    def __missing__(self, code: int) -> str:
        folded = fold(chr(code))
        self[code] = parted = folded if folded.isalnum() or not folded else " "
        return parted


_PARTED = _Parted()


def letters_of(texts: Iterable[str]) -> int:
    """The letters and digits of ASCII that words in some texts begin with, as the search index cuts and folds them."""
    text = "\n".join(texts)
    if not text.isascii():
        text = OTHER.sub(lambda found: found.group().translate(_PARTED), text)
    # As bytes, since that is many times quicker; what is not ASCII is in no word's way.
    words = text.encode("utf-8", "surrogatepass").translate(_APART).split()
    return sum([_BITS[letter] for letter in {word[0] for word in words}])


def letter_of(leaf: Node) -> int | None:
    """The bit of the one letter that a word is known to begin with; None where more is known, or it is not such a word."""
    if not isinstance(leaf, Text) or leaf.field or not leaf.prefix:
        return None
    words = tokens(leaf.words)
    # Behind a sign at the end nothing goes on: then it is a word of one letter.
    if len(words) != 1 or len(words[0]) != 1 or words[0] not in _KNOWN or not goes_on(leaf.words):
        return None
    return 1 << _KNOWN.index(words[0])
