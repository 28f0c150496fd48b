"""What changed in a paper's title and abstract: since an earlier version, or from Hugging Face's text to arXiv's."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from paperstui.draw import dates
from paperstui.draw.lines import Line, Span, paragraph, wrap_spans
from paperstui.draw.paper import column_in
from paperstui.models import Detail, Wording
from paperstui.text.changes import Changes, changes
from paperstui.text.mathematics import shown

GONE, NEW = "−", "+"
"""Stand on both sides of words that went and words that came, so that nothing hangs on colour."""


class Compared(NamedTuple):
    """Two wordings of a paper: what they are called, and what changed from one to the other."""

    before: str
    after: str
    title: Changes
    abstract: Changes
    said: int


def compared(detail: Detail) -> Compared | None:
    """The paper's own words beside the newest others that are here; None when there are none.

    An earlier version of arXiv's comes before the text of another source.
    """
    earlier = next(iter(detail.wordings), None)
    if earlier is None:
        return None
    paper = detail.paper
    of_versions = earlier.source == "arxiv"
    version = f"v{paper.version}" if paper.version else "arXiv's text"
    bare, other = paper.text_source != "arxiv", earlier.source != "arxiv"
    return Compared(
        _version(earlier) if of_versions else "Hugging Face's text",
        version if of_versions or not paper.version else f"arXiv's text ({version})",
        changes(shown(earlier.title, bare=other), shown(paper.title, bare=bare)),
        changes(shown(earlier.abstract, bare=other), shown(paper.abstract, bare=bare)),
        earlier.at,
    )


def _version(said: Wording) -> str:
    return f"v{said.version}" if said.version else "the version before"


def change_lines(
    detail: Detail, found: Compared | None, cells: int, today: date, *, below_rule: bool = False, keys: bool = True
) -> list[Line]:
    """What changed, wrapped to the pane and centred in it as the paper is. keys: say which one leads back."""
    left, column = column_in(cells)
    lines = [[], *_lines(detail, found, column, today, keys=keys)]
    return [[(" " * left, "text"), *line] if line else [] for line in lines[1 if below_rule else 0 :]]


def _lines(detail: Detail, found: Compared | None, cells: int, today: date, *, keys: bool) -> list[Line]:
    paper = detail.paper
    back = [[], *paragraph("d or Esc leads back to the paper.", "faint", cells)] if keys else []
    since = f", on arXiv since {dates.short(dates.day_of(paper.version_at), today)}" if paper.version_at else ""
    if found is None:
        version = f"This is v{paper.version}{since}. " if paper.version else ""
        text = f"{version}No other wording of it is here to compare it with."
        return [[("What changed", "heading")], [], *paragraph(text, "dim", cells), *back]
    lines: list[Line] = [[("What changed", "heading")]]
    lines += paragraph(f"from {found.before} to {found.after}{since}", "dim", cells)
    if found.title.none and found.abstract.none:
        text = "The words are the same; only white space or the spelling of formulas differs."
        return [*lines, [], *paragraph(text, "dim", cells), *back]
    legend = [*_sign("gone"), (" are words that went, ", "faint"), *_sign("new"), (" those that came.", "faint")]
    lines += wrap_spans(legend, cells)
    for name, part, ink in (("Title", found.title, "strong"), ("Abstract", found.abstract, "text")):
        lines += [[], [(name, "heading")]]
        if part.none:
            lines += paragraph("unchanged", "dim", cells)
            continue
        if part.coarse:
            lines += paragraph("Too long to be compared word by word: all of what differs.", "dim", cells)
        for index, spans in enumerate(_paragraphs(part, ink)):
            lines += [[]] * bool(index) + wrap_spans(spans, cells)
    return [*lines, *back, []]


def _sign(kind: str) -> list[Span]:
    sign, ink = (GONE, "gone") if kind == "gone" else (NEW, "match")
    return [(f"{sign}so{sign}", ink)]


def _paragraphs(part: Changes, ink: str) -> list[list[Span]]:
    """The words of both texts as spans, paragraph by paragraph; a stretch that goes over several is marked in each."""
    found: list[list[Span]] = [[]]
    for kind, words in part.parts:
        sign, shown = {"gone": (GONE, "gone"), "new": (NEW, "match")}.get(kind, ("", ink))
        for index, text in enumerate(" ".join(words).replace(" \n ", "\n").split("\n")):
            if index:
                found.append([])
            if text := text.strip():
                gap: list[Span] = [(" ", ink)] if found[-1] else []
                found[-1] += [*gap, (f"{sign}{text}{sign}", shown)]
    return [spans for spans in found if spans]
