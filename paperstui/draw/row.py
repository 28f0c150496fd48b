"""A paper as two lines of the list."""

from __future__ import annotations

from datetime import date

from paperstui.draw import dates
from paperstui.draw.lines import Line, fit, line_width, marked
from paperstui.text import mathematics
from paperstui.text.width import width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from paperstui.rows import Row

    Marks = Callable[[str, str], Iterable[tuple[int, int]]]
    """Finds the stretches of a text that match the filter; the second argument says which field the text is."""

HEIGHT = 2
"""Lines a paper takes in the list."""

GUTTER = 3
"""Cells left of the text: the cursor's bar, the mark, a space."""

VOTES, VOTES_NARROW, NARROW = 10, 7, 36
"""Cells of the column of votes and what they gained, so that what follows starts in one line down the list; the same of
a list that has less than so many cells."""


QUEUED = "≡"
"""The sign of a paper that is on the reading list."""

REVISED = "Δ"
"""The sign of a paper that the user keeps or has read, and of which there is a newer version since."""


NOTED = "✎"
"""The sign of a paper that the user wrote a note on."""


def title_shown(row: Row) -> str:
    """The title as it reads in a terminal: its LaTeX as Unicode, which is in the library, or in another form."""
    if row.title_plain is None:
        return row.title
    if mathematics.now() == "unicode":
        return row.title_plain
    return mathematics.shown(row.title, bare=row.text_source != "arxiv")


def row_lines(
    row: Row, cells: int, today: date, *, cursor: bool = False, marks: Marks | None = None
) -> tuple[Line, Line]:
    """The title line and the line about it, each exactly `cells` wide.

    marks: finds the stretches that match the filter.
    """
    bar = ("▌" if cursor else " ", "accent")
    title = title_shown(row)
    ink = "title-read" if row.read else "title"
    first: Line = [bar, (" ", "text") if row.read else ("●", "accent"), (" ", "text")]
    first += marked(title, ink, marks(title, "title"), "match") if marks else [(title, ink)]
    second: Line = [bar, ("★" if row.starred else " ", "accent"), (" ", "text")]
    votes = _votes(row, VOTES_NARROW if cells < NARROW else VOTES)
    second += votes
    signs = _signs(row)
    room = cells - 1 - line_width(signs)
    second += _about(row, room - GUTTER - sum(len(text) for text, _ in votes), today, marks)
    margin = (" ", "text")
    return [*fit(first, cells - 1), margin], [*fit(second, room), *signs, margin]


def is_revised(row: Row) -> bool:
    """Whether a newer version of a paper that the user knows was not looked at yet."""
    return row.revised and (row.starred or row.read or row.queued)


def _signs(row: Row) -> Line:
    """What stands at the right end of the second line."""
    signs = ((REVISED, is_revised(row)), (NOTED, row.noted), (QUEUED, row.queued))
    return [(f" {sign}", "accent") for sign, on in signs if on]


def _votes(row: Row, room: int) -> Line:
    """The votes and what they gained since the user last looked; those of a paper that is new since are all gained."""
    votes = f"▲ {row.upvotes} " if row.upvotes is not None else "▲ –"
    gained = f"{row.gained:+d} " if row.gained and not row.fresh else ""
    if not gained:
        return [(votes.ljust(room), "dim")]
    return [(votes, "dim"), (gained.ljust(room - len(votes)), "accent" if gained.startswith("+") else "dim")]


def _about(row: Row, room: int, today: date, marks: Marks | None) -> Line:
    """As many facts as fit: who, when, comments, code; the first ones are the last to go."""
    parts = [*_who(row), _when(row, today), _comments(row), "code" if row.has_code else ""]
    parts = [part for part in parts if part]
    chosen: list[str] = []
    for part in parts:
        if chosen and width(" · ".join([*chosen, part])) > room:
            break
        chosen.append(part)
    text = " · ".join(chosen)
    if marks is None or not chosen:
        return [(text, "dim")]
    # Who it is by comes first.
    who = chosen[0]
    return [
        *marked(who, "dim", marks(who, "org" if row.organization else "author"), "match"),
        (text[len(who) :], "dim"),
    ]


def _who(row: Row) -> list[str]:
    count = f"{row.author_count} author{'' if row.author_count == 1 else 's'}" if row.author_count else ""
    if row.organization:
        return [row.organization, count]
    first = row.authors.partition(", ")[0]
    if first and row.author_count > 1:
        return [f"{first} +{row.author_count - 1}"]
    return [first or count]


def _when(row: Row, today: date) -> str:
    if row.published is not None:
        return dates.short(dates.day_of(row.published), today)
    return dates.short(date.fromisoformat(row.listed), today) if row.listed else ""


def _comments(row: Row) -> str:
    if not row.comments:
        return ""
    return "1 comment" if row.comments == 1 else f"{row.comments} comments"
