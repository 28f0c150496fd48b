"""Pieces of a text that somebody marked, found again in the same text as it is shown: cleaned, wrapped, set in Unicode."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from paperstui.models import Stretch
from paperstui.text.clean import clean_line

CONTEXT = 16
"""Letters and digits on either side of a piece by which it is told from others that read the same."""

MOST = 50
_LONGEST = 200
_MOST_PLACES = 200


def stretches(pieces: Sequence[tuple[str, bool]]) -> tuple[Stretch, ...]:
    """The marked ones among the pieces (text, marked) that a text is cut into."""
    cleaned = [clean_line(text, 20_000) for text, _ in pieces]
    found: list[Stretch] = []
    for index, (_, marked) in enumerate(pieces):
        text = cleaned[index]
        if marked and text.strip() and len(text) <= _LONGEST and len(found) < MOST:
            before, after = "".join(cleaned[:index][-4:]), "".join(cleaned[index + 1 :][:4])
            found.append(Stretch(_letters(before[-200:])[-CONTEXT:], text, _letters(after[:200])[:CONTEXT]))
    return tuple(found)


def places(text: str, marked: Iterable[Stretch]) -> list[tuple[int, int]]:
    """Where marked pieces stand in a text, or in a paragraph of it: (start, end) in order, not overlapping.

    A piece that is there only once is that one; of several, those are it that have the same around them.
    """
    found: list[tuple[int, int]] = []
    for stretch in marked:
        all_of = _all(text, stretch.text)
        here = [place for place in all_of if _fits(text, place, stretch)]
        found += here or (all_of if len(all_of) == 1 else [])
    apart: list[tuple[int, int]] = []
    for start, end in sorted(set(found)):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart


def _all(text: str, piece: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = text.find(piece)
    while at >= 0 and len(found) < _MOST_PLACES:
        found.append((at, at + len(piece)))
        at = text.find(piece, at + len(piece))
    return found


def _fits(text: str, place: tuple[int, int], stretch: Stretch) -> bool:
    start, end = place
    before = _letters(text[max(0, start - 4 * CONTEXT) : start])
    after = _letters(text[end : end + 4 * CONTEXT])
    near = min(len(before), len(stretch.before))
    behind = min(len(after), len(stretch.after))
    return (
        before[len(before) - near :] == stretch.before[len(stretch.before) - near :]
        and after[:behind] == stretch.after[:behind]
    )


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
