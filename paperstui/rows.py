"""A paper as the list and the pane show it.

Apart from the other models, for both are drawn before anything heavy is imported. All text in them has been through
`paperstui.text.clean`.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, NamedTuple
else:
    from paperstui.light import NamedTuple


class Row(NamedTuple):
    """A paper as the list shows it. `rowid` is its number in this library; ids of a view are arrays of rowids.

    title_plain: the title with its LaTeX as Unicode; None where that is the title itself. revised: arXiv has a newer
    version than the user has looked at. gained: upvotes since the user last looked; None where no others are known.
    fresh: it is new since then, so that it has gained all that it has. noted: there is a note on it.
    """

    rowid: int
    id: str
    title: str
    title_plain: str | None
    text_source: Literal["hf", "arxiv", "page"]
    authors: str
    author_count: int
    organization: str
    published: int | None
    listed: str | None
    upvotes: int | None
    comments: int | None
    submitter: str
    has_code: bool
    has_summary: bool
    first_seen: int
    read: bool
    starred: bool
    queued: bool
    hidden: bool
    revised: bool = False
    gained: int | None = None
    fresh: bool = False
    noted: bool = False


class Facts(NamedTuple):
    """All that the pane says of a paper.

    title_plain, abstract_plain: the texts with their LaTeX as Unicode where that is known, None where it is still to be
    made. authors: those who are shown; author_count: how many there are when only that is known. organization,
    submitter: as they are shown. listings: (feed, period) of each. votes: (Unix seconds, upvotes) over time, the oldest
    first. revised: arXiv has a newer version than the user, who knows the paper, has looked at. version_at: when the
    newest one appeared, Unix seconds.
    repos: how many models, datasets and Spaces cite it, as far as that is known. noted: there is a note on it.
    gained: upvotes since the user last looked, as a `Row` shows them: None where no others are known, or all are new.
    """

    id: str
    title: str
    text_source: Literal["hf", "arxiv", "page"]
    title_plain: str | None
    abstract: str
    abstract_plain: str | None
    summary: str
    summary_model: str
    keywords: tuple[str, ...]
    authors: tuple[str, ...]
    author_count: int | None
    organization: str
    published: int | None
    listed: str | None
    withdrawn: str
    categories: tuple[str, ...]
    upvotes: int | None
    comments: int | None
    submitter: str
    author_takes_part: bool
    code_url: str
    code_stars: int | None
    code_added_by: str
    project_url: str
    media: tuple[str, ...]
    starred: bool
    read: bool
    queued: bool
    listings: tuple[tuple[str, str], ...]
    votes: tuple[tuple[int, int], ...]
    repos: int = 0
    revised: bool = False
    version: int | None = None
    version_at: int | None = None
    noted: bool = False
    gained: int | None = None
