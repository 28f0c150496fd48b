"""What changed between two texts, word by word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

MOST_WORDS = 1_000
"""Words of the part that differs, of either text, up to which it is compared word by word; abstracts have 300."""

_WORD = re.compile(r"\S+|\n")

Kind = Literal["same", "gone", "new"]


class Change(NamedTuple):
    """Words one after the other that both texts have, or only the earlier ("gone") or the later one ("new").

    A newline is a word, which begins a paragraph.
    """

    kind: Kind
    words: tuple[str, ...]


class Changes(NamedTuple):
    """All words of both texts. coarse: the part that differs is too long to be compared word by word, and stands whole."""

    parts: tuple[Change, ...]
    coarse: bool = False

    @property
    def none(self) -> bool:
        """Whether the words are the same."""
        return all(part.kind == "same" for part in self.parts)


def words_of(text: str) -> list[str]:
    """The words of a text, and a newline where a paragraph begins."""
    return _WORD.findall(re.sub(r"\s*\n\s*", "\n", text.strip()))


def changes(earlier: str, later: str) -> Changes:
    """What changed. Takes a moment for what abstracts are, and never long: what is longer is not compared by words."""
    before, after = words_of(earlier), words_of(later)
    first = _common(before, after)
    last = _common(before[first:][::-1], after[first:][::-1])
    middle = before[first : len(before) - last], after[first : len(after) - last]
    coarse = max(map(len, middle)) > MOST_WORDS and bool(min(map(len, middle)))
    found = _whole(*middle) if coarse else _by_words(*middle)
    return Changes(_joined([("same", before[:first]), *found, ("same", before[len(before) - last :])]), coarse)


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words both begin with."""
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count


def _whole(before: list[str], after: list[str]) -> list[tuple[Kind, list[str]]]:
    return [("gone", before), ("new", after)]


def _by_words(before: list[str], after: list[str]) -> list[tuple[Kind, list[str]]]:
    found: list[tuple[Kind, list[str]]] = []
    # Words that come up all the time hold nothing together; leaving them out is also what keeps it quick.
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=True)
    for kind, begin, end, other, stop in matcher.get_opcodes():
        found += [("same", before[begin:end])] if kind == "equal" else _whole(before[begin:end], after[other:stop])
    return found


def _joined(found: Sequence[tuple[Kind, list[str]]]) -> tuple[Change, ...]:
    parts: list[Change] = []
    for kind, words in found:
        if words and parts and parts[-1].kind == kind:
            parts[-1] = Change(parts[-1].kind, (*parts[-1].words, *words))
        elif words:
            parts.append(Change(kind, tuple(words)))
    return tuple(parts)
