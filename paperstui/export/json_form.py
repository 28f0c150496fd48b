"""A paper as JSON, with the keys that scripts may rely on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timezone
from typing import Any

from paperstui.export.forms import Found
from paperstui.export.json_text import array
from paperstui.export.plain import note_of
from paperstui.export.urls import HUGGING_FACE, in_writing, link, pdf_url, shown_title
from paperstui.models import Detail, Listing

KEYS = (
    "id",
    "title",
    "abstract",
    "authors",
    "organization",
    "published",
    "listed",
    "feed",
    "period",
    "upvotes",
    "comments",
    "url",
    "pdf_url",
    "code_url",
    "code_stars",
    "keywords",
    "summary",
    "categories",
    "read",
    "starred",
    "queued",
    "hidden",
    "tags",
    "note",
    "first_seen",
    "author_count",
)
"""The keys of a paper in JSON, in their order. They are only ever added to, at the end."""


def paper_json(detail: Detail, listing: Listing | None = None, *, endpoint: str = HUGGING_FACE) -> dict[str, Any]:
    """The paper as a dictionary that `json` writes; listing: where it was found, for `feed` and `period`.

    Title and abstract are Unicode, without LaTeX. Days are "YYYY-MM-DD", `first_seen` is an ISO time in UTC. What no
    source has said is null; texts and lists are empty instead. `author_count` may exceed the names in `authors`.
    """
    paper, state = detail.paper, detail.state
    authors = list(paper.shown_authors)
    values = (
        paper.id,
        shown_title(paper),
        in_writing(paper.abstract, bare=paper.text_source != "arxiv"),
        authors,
        paper.organization.shown if paper.organization else None,
        None if paper.published is None else _moment(paper.published).date().isoformat(),
        paper.listed,
        listing.feed if listing else None,
        listing.period if listing else None,
        paper.upvotes,
        paper.comments,
        link(paper, endpoint) or None,
        pdf_url(paper) or None,
        paper.code_url or None,
        paper.code_stars,
        list(paper.keywords),
        paper.summary,
        list(paper.categories),
        state.read,
        state.starred,
        state.queued is not None,
        state.hidden,
        list(state.tags),
        note_of(state),
        _moment(detail.first_seen).isoformat(),
        max(len(authors), paper.author_count or 0) or None,
    )
    return dict(zip(KEYS, values, strict=True))


def pieces(papers: Iterable[Found]) -> Iterator[str]:
    """Papers as one array in their order."""
    return array(paper_json(found.detail, found.listing) for found in papers)


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, timezone.utc)
