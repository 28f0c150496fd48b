"""Text and papers to draw: ordinary ones, and what Hypothesis thinks of."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from paperstui.draw.ink import INKS
from paperstui.draw.lines import Line, Span
from paperstui.library.records import plain
from paperstui.models import Account, Author, Detail, Listing, Organization, Paper, Row, State, Vote

TODAY = date(2026, 6, 4)

WIDE = "量子化された拡散模型，한국어"
ODD = "e\u0301o\u0308\u0323👩‍👧‍👦🇫🇷❤️½ﷺ﷽ａ\u00ad\u200dأ"

# All that `paperstui.text.clean` lets through on one line, with more of the wide, the joining and the marking than
# chance would bring.
LETTERS = st.one_of(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")),
    st.sampled_from("abc xyz ([{…—"),
    st.sampled_from(WIDE + ODD),
)
TEXT = st.text(LETTERS, max_size=60)
INK = st.sampled_from(sorted(INKS))
SPAN: st.SearchStrategy[Span] = st.tuples(TEXT, INK)
LINE: st.SearchStrategy[Line] = st.lists(SPAN, max_size=6)
CELLS = st.integers(1, 120)

HOSTILE = (
    "",
    " ",
    "a" * 600,
    "量" * 200,
    "e" + "\u0301" * 4,
    "[@click=app.quit]x[/] [/b] \\[",
    r"$\frac{\alpha}{\beta}$ and $x_{i_{j_{k}}}^{2}$ in \mathcal{O}(n \log n)",
    "$" * 200 + "{" * 200,
    "👩‍👧‍👦" * 40,
    "🇫🇷🇩🇪" * 20,
    "a\u00adb\u2060c" * 30,
    ODD + WIDE,
)
"""Titles nobody wants to meet."""


def row(**fields: Any) -> Row:
    """A paper for the list; fields that matter to a test are given."""
    ordinary: dict[str, Any] = {
        "rowid": 1, "id": "2506.01234", "title": "Quiet Models for Loud Data", "text_source": "hf",
        "authors": "Ada Li, Bo Chen, Cy Dor", "author_count": 3, "organization": "",
        "published": 1_780_531_200, "listed": "2026-06-04", "first_seen": 1_780_531_200,
        "upvotes": 42, "comments": 3, "submitter": "", "has_code": False, "has_summary": False,
        "read": False, "starred": False, "queued": False, "hidden": False,
    }  # fmt: skip
    given = ordinary | fields
    return Row(**({"title_plain": plain(given["title"], given["text_source"])} | given))


ROWS: st.SearchStrategy[Row] = st.builds(
    row,
    title=st.one_of(TEXT, st.sampled_from(HOSTILE)),
    text_source=st.sampled_from(["hf", "arxiv", "page"]),
    authors=TEXT,
    author_count=st.integers(0, 5000),
    organization=st.one_of(st.just(""), TEXT),
    published=st.one_of(st.none(), st.integers(0, 4_000_000_000)),
    listed=st.one_of(st.none(), st.dates(date(2023, 5, 4), date(2040, 1, 1)).map(date.isoformat)),
    upvotes=st.one_of(st.none(), st.integers(0, 10**9)),
    comments=st.one_of(st.none(), st.integers(0, 10**6)),
    has_code=st.booleans(),
    read=st.booleans(),
    starred=st.booleans(),
    queued=st.booleans(),
)


def paper(**fields: Any) -> Paper:
    """A paper with something in every field that is shown."""
    ordinary: dict[str, Any] = {
        "id": "2506.01234",
        "title": "Quiet Models for Loud Data",
        "abstract": "Loud data is everywhere.\n\nWe make it quiet, and it stays so.",
        "authors": (Author("Ada Li"), Author("Bo Chen"), Author("Cy Dor", hidden=True)),
        "organization": Organization("quiet-lab", "Quiet Lab"),
        "published": 1_780_531_200,
        "listed": "2026-06-04",
        "upvotes": 1042,
        "comments": 3,
        "submitter": Account("sub", "Sue Bmit"),
        "author_takes_part": True,
        "summary": "Data is made quiet.",
        "keywords": ("data", "quiet"),
        "summary_model": "house/summer-7b",
        "code_url": "https://github.com/quiet/loud",
        "code_stars": 1234,
        "code_added_by": "auto",
        "project_url": "https://quiet.example/loud",
        "media": ("https://quiet.example/film.mp4",),
        "categories": ("cs.CL", "cs.LG"),
    }
    return Paper(**(ordinary | fields))


def detail(given: Paper | None = None, **fields: Any) -> Detail:
    """All about a paper that was listed twice, was voted for, is starred and read."""
    ordinary: dict[str, Any] = {
        "rowid": 1,
        "paper": given or paper(),
        "state": State(starred=True, read=True),
        "listings": (Listing(feed="daily", period="2026-06-04"), Listing(feed="daily", period="2026-06-01")),
        "votes": (Vote(1, 10), Vote(2, 1042)),
        "first_seen": 1_780_531_200,
        "updated": 1_780_531_200,
    }
    return Detail(**(ordinary | fields))


PAPERS: st.SearchStrategy[Paper] = st.builds(
    paper,
    id=st.sampled_from(["2506.01234", "hep-th/9901001", "title:0123456789abcdef"]),
    title=st.one_of(TEXT, st.sampled_from(HOSTILE)),
    text_source=st.sampled_from(["hf", "arxiv", "page"]),
    abstract=st.one_of(TEXT, st.lists(TEXT, max_size=4).map("\n".join), st.sampled_from(HOSTILE)),
    authors=st.lists(st.builds(Author, TEXT, st.booleans()), max_size=20).map(tuple),
    author_count=st.one_of(st.none(), st.integers(0, 9999)),
    organization=st.one_of(st.none(), st.builds(Organization, TEXT, TEXT)),
    submitter=st.one_of(st.none(), st.builds(Account, TEXT, TEXT)),
    summary=TEXT,
    summary_model=TEXT,
    keywords=st.lists(TEXT, max_size=8).map(tuple),
    code_url=st.one_of(
        st.just(""), st.from_regex(r"https://[a-z]{1,30}\.example/[a-zA-Z0-9_%-]{0,120}", fullmatch=True)
    ),
    categories=st.lists(st.sampled_from(["cs.CL", "math.GT", "hep-th"]), max_size=6).map(tuple),
)
