"""What a digest says, ready to be set in any form: all of it is plain Unicode without LaTeX, one line each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from paperstui.export.urls import HUGGING_FACE, abs_url, hf_url, in_writing, shown_title
from paperstui.models import Detail, Paper
from paperstui.text.clean import clean_line, safe_url
from paperstui.text.latex import to_unicode
from paperstui.text.sentences import first_sentences

NAMES_SHOWN = 3
"""Authors named before the rest is a number."""

SENTENCES = 2
_LONGEST = 20_000


class Link(Struct, frozen=True):
    """A link: what it leads to, and its address, which is plain ASCII."""

    name: str
    url: str


class Story(Struct, frozen=True):
    """One paper in a digest.

    url: where the title leads, "" if nowhere. people: its organisation and authors. counts: votes and comments in
    words. text: the first sentences of the abstract, or of the summary where there is no abstract.
    """

    title: str
    url: str
    people: str
    counts: str
    text: str
    links: tuple[Link, ...]
    detail: Detail


class Doubt(Struct, frozen=True):
    """An earlier digest of which nobody knows whether it arrived: when it was sent, and how many papers it showed."""

    at: datetime
    papers: int
    command: str


class Digest(Struct, frozen=True, kw_only=True):
    """A digest.

    name: whose it is. query: what it was asked for, "" for everything. order: the order in words.
    since: when the last one was made, or else after which moment what arrived is new. made: when this one was made.
    found: how many papers are new; `stories` are the best of them. command: how to make it again.
    rest: the command that prints those that are not shown. doubts: earlier ones that may not have arrived.
    """

    name: str
    query: str
    order: str
    since: datetime
    made: datetime
    stories: tuple[Story, ...]
    found: int
    command: str = ""
    rest: str = ""
    doubts: tuple[Doubt, ...] = ()

    @property
    def left(self) -> int:
        """How many new papers are not shown."""
        return self.found - len(self.stories)


def story(detail: Detail, endpoint: str = HUGGING_FACE) -> Story:
    """A paper as it stands in a digest."""
    paper = detail.paper
    page = hf_url(paper, endpoint)
    return Story(
        title=clean_line(shown_title(paper)) or paper.id,
        url=abs_url(paper) or page,
        people=people(paper),
        counts=_counts(paper),
        text=_text(paper),
        links=tuple(Link(name, url) for name, url in _links(paper, page) if safe_url(url)),
        detail=detail,
    )


def people(paper: Paper) -> str:
    """The organisation, if there is one, and the first authors."""
    names = [clean_line(to_unicode(name), 80) for name in paper.shown_authors]
    more = max(len(names), paper.author_count or 0) - min(len(names), NAMES_SHOWN)
    authors = ", ".join(names[:NAMES_SHOWN])
    if not authors:
        authors = "" if not more else number_of(more, "author")
    elif more:
        authors = f"{authors} and {more:,} more"
    organization = clean_line(paper.organization.shown, 80) if paper.organization else ""
    return " · ".join(part for part in (organization, authors) if part)


def number_of(count: int, what: str) -> str:
    """A number and what it counts: "1 paper", "2 papers"."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def headline(digest: Digest) -> str:
    """What the digest is, in a line: "12 new papers"."""
    return number_of(digest.found, "new paper")


def moment(at: datetime) -> str:
    """A time as digests write it: "Thu 4 Jun 2026, 07:30 UTC"."""
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    zone = clean_line(at.strftime("%Z"), 20)
    day = f"{days[at.weekday()]} {at.day} {months[at.month - 1]} {at.year}"
    return f"{day}, {at:%H:%M} {zone}".rstrip()


def intro(digest: Digest) -> str:
    """What is in the digest and in which order, in one line below the headline."""
    parts = [f"since {moment(digest.since)}"]
    if digest.query:
        parts.append(f"for {clean_line(digest.query, 200)}")
    if len(digest.stories) > 1:
        parts.append(digest.order)
    return " · ".join(parts)


def remarks(digest: Digest) -> Sequence[tuple[str, str]]:
    """What is to be said behind the papers: a line, and the command it speaks of."""
    said = []
    if digest.left:
        verb = "is" if digest.left == 1 else "are"
        said.append((f"{number_of(digest.left, 'more new paper')} {verb} not shown; this prints all:", digest.rest))
    for doubt in digest.doubts:
        what = f"The digest of {moment(doubt.at)} with {number_of(doubt.papers, 'paper')} may not have reached you"
        said.append((f"{what}: its arrival was never confirmed. It is not sent again; this prints it:", doubt.command))
    return said


def _counts(paper: Paper) -> str:
    said = [] if paper.upvotes is None else [f"▲ {paper.upvotes:,}"]
    if paper.comments:
        said.append(number_of(paper.comments, "comment"))
    return " · ".join(said)


def _text(paper: Paper) -> str:
    source = in_writing(paper.abstract, bare=paper.text_source != "arxiv") or in_writing(paper.summary, bare=True)
    return first_sentences(clean_line(source, _LONGEST), SENTENCES)


def _links(paper: Paper, page: str) -> tuple[tuple[str, str], ...]:
    return (
        ("arXiv", abs_url(paper)),
        ("Hugging Face", page),
        ("Code", paper.code_url),
        ("Project", paper.project_url),
    )
