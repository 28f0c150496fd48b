"""A paper as columns of the database, and back, whole.

What lists and sorts need has a column. The long texts are packed together (`packing`), and with them, as JSON, everything
else of a paper and whatever its columns alone would not bring back exactly (names with commas, matched authors).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
from msgspec import UNSET, UnsetType, defstruct
from msgspec.structs import replace

from paperstui.library.packing import Body
from paperstui.models import Author, Paper

SEPARATOR = ", "
"""Between the names in the column `authors`."""

PAPER_COLUMNS = (
    "id",
    "title",
    "title_plain",
    "title_key",
    "text_source",
    "authors",
    "author_count",
    "organization",
    "organization_login",
    "submitter",
    "published",
    "listed",
    "upvotes",
    "comments",
    "code_url",
    "code_stars",
    "has_summary",
    "categories",
    "has_project",
)


class Columns(NamedTuple):
    """A paper's values in the order of `PAPER_COLUMNS`, and its long texts."""

    paper: tuple[Any, ...]
    body: Body

    @property
    def indexed(self) -> tuple[str, str, str, str, str]:
        """The texts that the search index holds of it: title, abstract, authors, organisation, keywords."""
        paper, body = self.paper, self.body
        title = paper[1] if paper[2] is None else paper[2]
        abstract = body.abstract if body.abstract_plain is None else body.abstract_plain
        return title, abstract, paper[5], paper[7], body.keywords


# What the columns bring back exactly, whatever it is. Of every other field the details hold what differs.
_WHOLE = frozenset(
    {
        "id",
        "title",
        "abstract",
        "text_source",
        "published",
        "listed",
        "upvotes",
        "comments",
        "summary",
        "code_url",
        "code_stars",
    }
)
_DETAIL_FIELDS = tuple(name for name in Paper.__struct_fields__ if name not in _WHOLE)
# Fields that columns bring back in most papers; all others are in the details unless nothing was said of them.
_ALSO_COLUMNS = ("authors", "author_count", "keywords", "categories")
_NOTHING_SAID = Paper(id="", title="")
_SILENT = tuple((name, getattr(_NOTHING_SAID, name)) for name in _DETAIL_FIELDS if name not in _ALSO_COLUMNS)
_Details = defstruct(
    "_Details",
    [
        (each.name, each.type | UnsetType, UNSET)
        for each in msgspec.structs.fields(Paper)
        if each.name in _DETAIL_FIELDS
    ],
)
_DECODER = msgspec.json.Decoder(_Details)


@lru_cache(maxsize=256)
def key_of(title: str) -> str:
    """`title_key`, remembered for a moment: storing a new paper asks twice."""
    from paperstui.text.titles import title_key

    return title_key(title)


def plain(text: str, source: str) -> str | None:
    """The text with its LaTeX as Unicode, for search; None where that is the text itself."""
    # Here, since whoever only reads needs none of it.
    from paperstui.text.latex import to_unicode

    rendered = to_unicode(text, bare=source != "arxiv")
    return None if rendered == text else rendered


def columns_of(paper: Paper, known: tuple[Paper, Columns] | None = None) -> Columns:
    """The columns of a paper. known: an earlier form of it with its columns, to not render the same text again."""
    title_plain = abstract_plain = key = None
    same_title = same_abstract = False
    if known is not None and known[0].text_source == paper.text_source:
        same_title, same_abstract = known[0].title == paper.title, known[0].abstract == paper.abstract
    if known is not None and same_title:
        title_plain, key = known[1].paper[2:4]
    else:
        title_plain = plain(paper.title, paper.text_source)
    if known is not None and same_abstract:
        abstract_plain = known[1].body.abstract_plain
    else:
        abstract_plain = plain(paper.abstract, paper.text_source)
    shown = paper.shown_authors
    organization = paper.organization
    values = (
        paper.id,
        paper.title,
        title_plain,
        key or key_of(paper.title),
        paper.text_source,
        SEPARATOR.join(shown),
        max(len(shown), paper.author_count or 0),
        organization.shown if organization else "",
        organization.login if organization else "",
        paper.submitter.login if paper.submitter else "",
        paper.published,
        paper.listed,
        paper.upvotes,
        paper.comments,
        paper.code_url,
        paper.code_stars,
        int(bool(paper.summary)),
        " ".join(paper.categories),
        int(paper.project_url.startswith("http")),
    )
    keywords = "\n".join(paper.keywords)
    details = _details(paper, values, keywords)
    return Columns(values, Body(paper.abstract, abstract_plain, paper.summary, keywords, details))


def paper_of(columns: Columns) -> Paper:
    """The paper of some columns. Details that damage made unreadable are left out."""
    paper = _bare(columns.paper, columns.body)
    details = columns.body.details
    if not details:
        return paper
    try:
        found = _DECODER.decode(details)
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        return paper
    return replace(paper, **{name: value for name in _DETAIL_FIELDS if (value := getattr(found, name)) is not UNSET})


def _bare(paper: tuple[Any, ...], body: Body) -> Paper:
    """The paper as far as the columns tell."""
    authors, count = paper[5], paper[6]
    return Paper(
        id=paper[0],
        title=paper[1],
        abstract=body.abstract,
        text_source=paper[4],
        authors=tuple(Author(name) for name in authors.split(SEPARATOR)) if authors else (),
        author_count=None if authors else count or None,
        published=paper[10],
        listed=paper[11],
        upvotes=paper[12],
        comments=paper[13],
        summary=body.summary,
        keywords=tuple(body.keywords.split("\n")) if body.keywords else (),
        code_url=paper[14],
        code_stars=paper[15],
        categories=tuple(paper[17].split(" ")) if paper[17] else (),
    )


def _details(paper: Paper, values: tuple[Any, ...], keywords: str) -> str | None:
    differing = {name: value for name, silent in _SILENT if (value := getattr(paper, name)) != silent}
    bare = _bare(values, Body(keywords=keywords))
    for name in _ALSO_COLUMNS:
        if (value := getattr(paper, name)) != getattr(bare, name):
            differing[name] = value
    return msgspec.json.encode(_Details(**differing)).decode() if differing else None
