"""One paper as the lines of the detail pane."""

from __future__ import annotations

from datetime import date

from paperstui.actions import BY_ID, key_shown
from paperstui.draw import dates
from paperstui.draw.ink import link_ink
from paperstui.draw.lines import Sheet, paragraph, parted, plain, wrap_spans
from paperstui.draw.links import counts_of, link_lines
from paperstui.draw.row import NOTED, QUEUED, REVISED
from paperstui.draw.sparkline import votes_lines
from paperstui.draw.tabs import ABSTRACT, OpenTab, tab_strip
from paperstui.rows import Facts
from paperstui.text import mathematics
from paperstui.text.keywords import readable
from paperstui.text.latex import to_unicode
from paperstui.text.width import truncate, width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from paperstui.draw.lines import Line, Span
    from paperstui.draw.row import Marks
    from paperstui.models import Detail

COLUMN = 88
"""The widest reading column, in cells; lines much longer than this are hard to follow."""

NAMES_SHOWN = 14
"""Authors named before the rest is a number."""

_STYLES = (("code", "code"), ("bold", "strong"), ("italic", "italic"))


def paper_lines(
    detail: Detail, cells: int, today: date, *, marks: Marks | None = None, below_rule: bool = False
) -> list[Line]:
    """All that lists say of a paper one after the other, wrapped to the pane and centred in it, not filled to its width.

    below_rule: a rule stands above already, so no empty line is needed there.
    """
    from paperstui.draw.facts import facts_of

    facts = facts_of(detail)
    left, column = column_in(cells)
    lines = [*_head(facts, column, today, marks), *_in_short(facts, column, marks)]
    lines += [_marked(line, marks, "keyword") for line in parted(map(readable, facts.keywords), "dim", column)]
    lines += [[], [("Abstract", "heading")], *_abstract(facts, column, marks)]
    if detail.state.note:
        from paperstui.draw.notes import HEADING, note_lines

        lines += [[], [(HEADING, "heading")], *note_lines(detail.state.note, column)]
    lines += [[], [("Links", "heading")], *link_lines(facts, column), *history_lines(facts, column, today), []]
    return moved(lines[1 if below_rule else 0 :], left)


def column_in(cells: int) -> tuple[int, int]:
    """Where the reading column of a pane begins, and how wide it is."""
    margin = 2 if cells >= 40 else 1
    column = max(10, min(COLUMN, cells - 2 * margin))
    return max(margin, (cells - column) // 2), column


def paper_sheet(
    facts: Facts,
    cells: int,
    today: date,
    *,
    marks: Marks | None = None,
    below_rule: bool = False,
    low: bool = False,
    tab: OpenTab = ABSTRACT,
    figure: Callable[[int], Sequence[Line]] | None = None,
) -> Sheet:
    """A paper as the pane shows it: what it is, its tabs, and below them what the open one holds.

    low: the pane has few lines, so that nothing is left empty, and of many authors only a line is named.
    figure: a picture for so many cells, below the abstract.
    """
    left, column = column_in(cells)
    between: list[Line] = [] if low else [[]]
    head = _head(facts, column, today, marks, low=low)[1 if below_rule or low else 0 :] + between
    strip = tab_strip({**counts_of(facts), **tab.counts}, tab.name, column, tab.note)
    beside = not tab.note or strip[-1] == (tab.note, "faint")
    lines = [*head, strip, *([] if beside else [[(tab.note, "faint")]]), *between]
    if tab.body is not None:
        lines += tab.body(column)
    else:
        short = _in_short(facts, column, marks)[1:] + _matched_keywords(facts, column, marks)
        lines += [*short, *([[], [("Abstract", "heading")]] if short else []), *_abstract(facts, column, marks)]
        lines += [*(figure(column) if figure is not None else ()), *history_lines(facts, column, today)]
    sheet = Sheet([*moved(lines, left), *tab.placed, []])
    sheet.stays = len(head)
    return sheet


def moved(lines: list[Line], left: int) -> list[Line]:
    """Lines that begin so many cells further to the right."""
    space = " " * left
    return [[(space, "text"), *line] if line else [] for line in lines]


def _head(paper: Facts, cells: int, today: date, marks: Marks | None, *, low: bool = False) -> list[Line]:
    """An empty line, and then what a paper is."""
    bare = paper.text_source != "arxiv"
    known = paper.title_plain if mathematics.now() == "unicode" else None
    title = mathematics.shown(paper.title, bare=bare) if known is None else known
    lines: list[Line] = [[], *wrap_spans(_marked([(title, "strong")], marks, "title"), cells)]
    return [*lines, *_authors(paper, cells, marks, low=low), *_about(paper, cells, today, marks)]


def _in_short(paper: Facts, cells: int, marks: Marks | None) -> list[Line]:
    if not paper.summary:
        return [[]] if paper.keywords else []
    model = f" by {paper.summary_model.rpartition('/')[2]}" if paper.summary_model else ""
    heading = [("In short", "heading"), (truncate(f"  AI summary{model}", cells - len("In short")), "faint")]
    return [
        [],
        heading,
        *wrap_spans(_marked([(mathematics.shown(paper.summary, bare=True), "text")], marks, "summary"), cells),
    ]


def _matched_keywords(paper: Facts, cells: int, marks: Marks | None) -> list[Line]:
    """The keywords, which have another tab, where they are what a query found."""
    lines = (
        [_marked(line, marks, "keyword") for line in parted(map(readable, paper.keywords), "dim", cells)]
        if marks
        else []
    )
    return lines if any(ink == "match" for line in lines for _, ink in line) else []


def _abstract(paper: Facts, cells: int, marks: Marks | None) -> list[Line]:
    lines: list[Line] = []
    if not paper.abstract:
        lines += paragraph("This source gave no abstract.", "dim", cells)
    for index, part in enumerate(_paragraphs(paper, bare=paper.text_source != "arxiv")):
        if index:
            lines.append([])
        lines += wrap_spans(_marked(part, marks, "abstract"), cells)
    return lines


def summary_lines(paper: Facts, cells: int, otherwise: str, marks: Marks | None = None) -> list[Line]:
    """What an AI made of a paper, and which one; otherwise: what to say where nothing is known of that."""
    lines: list[Line] = []
    if paper.summary:
        lines += wrap_spans(_marked([(mathematics.shown(paper.summary, bare=True), "text")], marks, "summary"), cells)
        by = paper.summary_model or "a model that is not named"
        lines += [[], *paragraph(f"Written by {by}", "dim", cells)]
    else:
        lines += paragraph(otherwise, "dim", cells)
    if paper.keywords:
        lines += [[], [("Keywords", "heading")]]
        lines += [_marked(line, marks, "keyword") for line in parted(map(readable, paper.keywords), "text", cells)]
    return lines


def _paragraphs(paper: Facts, *, bare: bool) -> list[list[Span]]:
    """The abstract, paragraph by paragraph. What is stored of it serves where there is no command that sets a style."""
    unstyled = mathematics.now() == "unicode" and not any(sign in paper.abstract for sign in "\\{$")
    if paper.abstract_plain is not None and unstyled:
        return [[(part, "text")] for part in paper.abstract_plain.split("\n") if part.strip()]
    found: list[list[Span]] = [[]]
    for span in mathematics.shown_spans(paper.abstract, bare=bare):
        ink = link_ink(span.link) if span.link else "text"
        for style, name in () if span.link else _STYLES:
            if style in span.style:
                ink = name
                break
        for index, part in enumerate(span.text.split("\n")):
            if index:
                found.append([])
            found[-1].append((part, ink))
    return [part for part in found if any(text.strip() for text, _ in part)]


def _marked(source: list[Span], marks: Marks | None, field: str) -> list[Span]:
    if marks is None:
        return source
    text = "".join(part for part, _ in source)
    hits = sorted(marks(text, field))
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


def _authors(paper: Facts, cells: int, marks: Marks | None, *, low: bool = False) -> list[Line]:
    if not paper.authors:
        count = paper.author_count
        return [] if not count else [[(f"{count} author{'' if count == 1 else 's'}", "dim")]]
    shown = _named(paper.authors, NAMES_SHOWN)
    if low:
        most = min(NAMES_SHOWN, len(paper.authors))
        fitting = (
            named for named in (_named(paper.authors, count) for count in range(most, 0, -1)) if width(named) <= cells
        )
        shown = next(fitting, _named(paper.authors, 1))
    if marks is None or not shown.strip():
        return _led(paragraph(shown, "dim", cells), to_unicode(paper.authors[0]), "author")
    return wrap_spans(_marked([(shown, "dim")], marks, "author"), cells)


def _named(authors: Sequence[str], most: int) -> str:
    shown = ", ".join(to_unicode(name) for name in authors[:most])
    return f"{shown} and {len(authors) - most:,} more" if len(authors) > most else shown


def _led(lines: list[Line], name: str, kind: str, before: str = "") -> list[Line]:
    """Lines in which a name, in dim ink behind some words, leads to more of that kind; one that is wrapped does not."""
    words = before + name
    for index, line in enumerate(lines):
        text = plain(line)
        at = text.rfind(words) if before else 0
        if name and at >= 0 and text.startswith(words, at) and all(ink == "dim" for _, ink in line):
            start = at + len(before)
            parts = [(text[:start], "dim"), (name, f"more:{kind}"), (text[start + len(name) :], "dim")]
            lines[index] = [part for part in parts if part[0]]
            break
    return lines


def _about(paper: Facts, cells: int, today: date, marks: Marks | None) -> list[Line]:
    first = [paper.organization]
    first.append(dates.full(dates.day_of(paper.published)) if paper.published is not None else "")
    first.append("no arXiv id" if paper.id.startswith("title:") else f"arXiv {paper.id}")
    first.append(" ".join(paper.categories[:4]))
    first.append(f"withdrawn {paper.withdrawn[:10]}" if paper.withdrawn else "")
    second = [_votes(paper)]
    if paper.comments is not None:
        second.append("1 comment" if paper.comments == 1 else f"{paper.comments:,} comments")
    if paper.listed:
        second.append(f"Daily Papers {dates.short(date.fromisoformat(paper.listed), today)}")
    if paper.submitter:
        second.append(f"from {paper.submitter}")
    if paper.author_takes_part:
        second.append("an author takes part")
    states = [("★ starred", paper.starred), ("read", paper.read), (f"{QUEUED} in the reading list", paper.queued)]
    states.append((f"{NOTED} a note", paper.noted))
    third = [text for text, on in states if on]
    if paper.revised:
        version = f"v{paper.version}" if paper.version else "a new version"
        since = f" since {dates.short(dates.day_of(paper.version_at), today)}" if paper.version_at else ""
        third.append(f"{REVISED} {version}{since}: {key_shown(BY_ID['changes'].keys[0])} shows what changed")
    lines: list[Line] = []
    for parts, ink in ((first, "dim"), (second, "dim"), (third, "accent")):
        lines += parted((part for part in parts if part), ink, cells)
    if paper.submitter:
        _led(lines, paper.submitter, "submitter", before="from ")
    if (paper.gained or 0) > 0:
        _bring_out(lines, _votes(paper), f"+{paper.gained}")
    if marks is not None and paper.organization and plain(lines[0]).startswith(paper.organization):
        rest = plain(lines[0])[len(paper.organization) :]
        lines[0] = [*_marked([(paper.organization, "more:org")], marks, "org"), (rest, "dim")]
        return lines
    return [*_led(lines[:1], paper.organization, "org"), *lines[1:]]


def _votes(paper: Facts) -> str:
    """The votes, and what they gained, as in the row."""
    if paper.upvotes is None:
        return ""
    return f"▲ {paper.upvotes:,} {paper.gained:+d}" if paper.gained else f"▲ {paper.upvotes:,}"


def _bring_out(lines: list[Line], words: str, end: str) -> None:
    """Draw the end of the words with which a line begins in the accent's ink."""
    for line in lines:
        if line and line[0][0].startswith(words):
            text, ink = line[0]
            at = len(words) - len(end)
            parts = [(text[:at], ink), (end, "accent"), (text[len(words) :], ink)]
            line[:1] = [part for part in parts if part[0]]
            return


def history_lines(paper: Facts, cells: int, today: date) -> list[Line]:
    """Where else the paper was listed, and how its votes grew: only when there is more than the facts above say."""
    lines: list[Line] = []
    others = [(feed, period) for feed, period in paper.listings if period != paper.listed]
    if others:
        shown = ", ".join(f"{feed} {period}" for feed, period in others[:8])
        lines += [[], [("Also listed", "heading")], *paragraph(shown, "dim", cells)]
    return lines + votes_lines(paper.votes, cells, today)
