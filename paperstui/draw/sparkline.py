"""How the votes of a paper grew, as a line of blocks."""

from __future__ import annotations

from paperstui.draw import dates
from paperstui.draw.lines import paragraph

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from paperstui.draw.lines import Line

POINTS = 24
"""Counts that are drawn at most: the newest ones."""

_BLOCKS = "▁▂▃▄▅▆▇█"


def sparkline(numbers: Sequence[int]) -> str:
    """A block a number, the smallest the lowest and the largest the highest; all of them low where they are the same."""
    least = min(numbers, default=0)
    span = max(numbers, default=0) - least
    return "".join(_BLOCKS[(number - least) * (len(_BLOCKS) - 1) // span if span else 0] for number in numbers)


def votes_lines(votes: Sequence[tuple[int, int]], cells: int, today: date) -> list[Line]:
    """A heading and a line like “▁▂▂▅█  12 → 42 since 3 Jun”; nothing of votes that were never seen to change.

    votes: (Unix seconds, upvotes), the oldest first.
    """
    seen = [vote for number, vote in enumerate(votes) if not number or vote[1] != votes[number - 1][1]]
    shown = seen[-POINTS:]
    if len(shown) < 2:
        return []
    (since, first), (_, last) = shown[0], shown[-1]
    said = f"{first:,} → {last:,} since {dates.short(dates.day_of(since), today)}"
    drawn: Line = [(sparkline([number for _, number in shown]), "accent"), (f"  {said}", "dim")]
    if len(shown) + 2 + len(said) > cells:
        return [[], [("Votes as seen", "heading")], drawn[:1], *paragraph(said, "dim", cells)]
    return [[], [("Votes as seen", "heading")], drawn]
