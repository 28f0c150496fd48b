"""One paper as the lines of the detail pane."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from paperstui.draw import dates
from paperstui.draw.ink import link_ink
from paperstui.draw.lines import Line, Span, paragraph, parted, wrap_spans
from paperstui.export.urls import abs_url, hf_url, pdf_url
from paperstui.models import Detail, Paper
from paperstui.text.latex import spans, to_unicode
from paperstui.text.width import truncate, width, wrap

COLUMN = 88
"""The widest reading column, in cells; lines much longer than this are hard to follow."""

NAMES_SHOWN = 14
"""Authors named before the rest is a number."""

Marks = Callable[[str], Iterable[tuple[int, int]]]

_STYLES = (("code", "code"), ("bold", "strong"), ("italic", "italic"))


def paper_lines(
    detail: Detail, cells: int, today: date, *, marks: Marks | None = None, below_rule: bool = False
) -> list[Line]:
    """All there is to know about a paper, wrapped to the pane and centred in it. Lines are not filled to the width.

    below_rule: a rule stands above already, so no empty line is needed there.
    """
    margin = 2 if cells >= 40 else 1
    column = max(10, min(COLUMN, cells - 2 * margin))
    left = " " * max(margin, (cells - column) // 2)
    return [
        [(left, "text"), *line] if line else []
        for line in _lines(detail, column, today, marks)[1 if below_rule else 0 :]
    ]


def _lines(detail: Detail, cells: int, today: date, marks: Marks | None) -> list[Line]:
    paper = detail.paper
    bare = paper.text_source != "arxiv"
    lines: list[Line] = [[]]
    lines += wrap_spans(_marked([(to_unicode(paper.title, bare=bare), "strong")], marks), cells)
    lines += _authors(paper, cells)
    lines += _facts(detail, cells, today)
    if paper.summary:
        model = f" by {paper.summary_model.rpartition('/')[2]}" if paper.summary_model else ""
        lines += [[], [("In short", "heading"), (truncate(f"  AI summary{model}", cells - len("In short")), "faint")]]
        lines += wrap_spans(_marked([(to_unicode(paper.summary, bare=True), "text")], marks), cells)
    if paper.keywords:
        lines += parted(paper.keywords, "dim", cells)
    lines += [[], [("Abstract", "heading")]]
    if not paper.abstract:
        lines += paragraph("This source gave no abstract.", "dim", cells)
    for index, part in enumerate(part for part in paper.abstract.split("\n") if part.strip()):
        if index:
            lines.append([])
        lines += wrap_spans(_marked(_inked(part, bare=bare), marks), cells)
    lines += [[], [("Links", "heading")], *_links(paper, cells)]
    lines += _history(detail, cells)
    return [*lines, []]


def _inked(source: str, *, bare: bool) -> list[Span]:
    result: list[Span] = []
    for span in spans(source, bare=bare):
        ink = next((ink for style, ink in _STYLES if style in span.style), "text")
        if span.link:
            ink = link_ink(span.link)
        result.append((span.text, ink))
    return result


def _marked(source: list[Span], marks: Marks | None) -> list[Span]:
    if marks is None:
        return source
    text = "".join(part for part, _ in source)
    hits = sorted(marks(text))
    if not hits:
        return source
    inside = [False] * len(text)
    for start, end in hits:
        inside[start:end] = [True] * (min(end, len(text)) - start)
    result: list[Span] = []
    at = 0
    for part, ink in source:
        for letter in part:
            chosen = "match" if inside[at] else ink
            if result and result[-1][1] == chosen:
                result[-1] = (result[-1][0] + letter, chosen)
            else:
                result.append((letter, chosen))
            at += 1
    return result


def _authors(paper: Paper, cells: int) -> list[Line]:
    names = [to_unicode(name) for name in paper.shown_authors]
    if not names:
        count = paper.author_count
        return [] if not count else [[(f"{count} author{'' if count == 1 else 's'}", "dim")]]
    shown = ", ".join(names[:NAMES_SHOWN])
    if len(names) > NAMES_SHOWN:
        shown += f" and {len(names) - NAMES_SHOWN:,} more"
    return paragraph(shown, "dim", cells)


def _facts(detail: Detail, cells: int, today: date) -> list[Line]:
    paper = detail.paper
    first = [paper.organization.shown if paper.organization else ""]
    first.append(dates.full(dates.day_of(paper.published)) if paper.published is not None else "")
    first.append(f"arXiv {paper.arxiv_id}" if paper.arxiv_id else "no arXiv id")
    first.append(" ".join(paper.categories[:4]))
    first.append(f"withdrawn {paper.withdrawn[:10]}" if paper.withdrawn else "")
    second = [f"▲ {paper.upvotes:,}" if paper.upvotes is not None else ""]
    if paper.comments is not None:
        second.append("1 comment" if paper.comments == 1 else f"{paper.comments:,} comments")
    if paper.listed:
        second.append(f"Daily Papers {dates.short(date.fromisoformat(paper.listed), today)}")
    if paper.submitter:
        second.append(f"from {paper.submitter.name or paper.submitter.login}")
    if paper.author_takes_part:
        second.append("an author takes part")
    state = detail.state
    marks = [("★ starred", state.starred), ("read", state.read), ("in the reading list", state.queued is not None)]
    third = [text for text, on in marks if on]
    lines: list[Line] = []
    for parts, ink in ((first, "dim"), (second, "dim"), (third, "accent")):
        lines += parted((part for part in parts if part), ink, cells)
    return lines


def _links(paper: Paper, cells: int) -> list[Line]:
    stars = f"★ {paper.code_stars:,}" if paper.code_stars else ""
    guess = "found automatically" if paper.code_added_by == "auto" else ""
    found = [
        ("arXiv", abs_url(paper), "", "o"),
        ("PDF", pdf_url(paper), "", "p"),
        ("Hugging Face", hf_url(paper), "", "O"),
        ("Code", paper.code_url, " ".join(part for part in (stars, guess) if part), "c"),
        ("Project", paper.project_url, "", ""),
        *(("Media", address, "", "") for address in paper.media[:4]),
    ]
    lines: list[Line] = []
    for name, address, note, key in found:
        if not address:
            continue
        line: Line = [(name.ljust(14), "dim")]
        for index, part in enumerate(wrap(address, max(10, cells - 14))):
            if index:
                lines.append(line)
                line = [(" " * 14, "dim")]
            line.append((part, link_ink(address)))
        taken = sum(width(text) for text, _ in line)
        for text, ink in ((note, "dim"), (key, "accent")):
            if text and taken + 2 + width(text) <= cells:
                line.append((f"  {text}", ink))
                taken += 2 + width(text)
        lines.append(line)
    return lines or [[("none known", "dim")]]


def _history(detail: Detail, cells: int) -> list[Line]:
    """Where else the paper was listed, and how its votes grew: only when there is more than the facts above say."""
    lines: list[Line] = []
    others = [listing for listing in detail.listings if listing.period != detail.paper.listed]
    if others:
        shown = ", ".join(f"{listing.feed} {listing.period}" for listing in others[:8])
        lines += [[], [("Also listed", "heading")], *paragraph(shown, "dim", cells)]
    if len(detail.votes) > 1:
        grown = " → ".join(f"{vote.upvotes:,}" for vote in detail.votes[-8:])
        lines += [[], [("Votes as seen", "heading")], *paragraph(grown, "dim", cells)]
    return lines
