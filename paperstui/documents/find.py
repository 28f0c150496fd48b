"""Finding words in a laid out document: all places, also those that a line break goes through."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from paperstui.documents.flow import Flow

MOST = 10_000
"""Places that are found at most."""

_BETWEEN = "[\\s▏↪]+"


class Piece(NamedTuple):
    """A part of a place on one line: characters of its text."""

    line: int
    start: int
    end: int


Hit = tuple[Piece, ...]


def find(flow: Flow, words: str) -> list[Hit]:
    """Where some words stand in this order, whatever white space is between them. Capitals matter only when there are any."""
    wanted = words.split()
    if not wanted:
        return []
    flags = 0 if words != words.lower() else re.IGNORECASE
    pattern = re.compile(_BETWEEN.join(map(re.escape, wanted)), flags)
    texts = [flow.text(line) for line in range(len(flow.lines))]
    starts = [0]
    for text in texts:
        starts.append(starts[-1] + len(text) + 1)
    found: list[Hit] = []
    for match in pattern.finditer("\n".join(texts)):
        if len(found) >= MOST:
            break
        pieces: list[Piece] = []
        line = bisect_right(starts, match.start()) - 1
        while starts[line] < match.end():
            start = max(0, match.start() - starts[line])
            end = min(len(texts[line]), match.end() - starts[line])
            if start == 0:  # behind a line break: what stands before the text is not a part of it
                start = len(texts[line]) - len(texts[line].lstrip(" ▏↪"))
            if end > start:
                pieces.append(Piece(line, start, end))
            line += 1
        if pieces:
            found.append(tuple(pieces))
    return found
