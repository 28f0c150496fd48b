"""The things paperstui talks about. Plain frozen values: no behaviour that touches a file, a socket or a screen.

All text in them has been through `paperstui.text.clean`; titles and abstracts are the *source* text, with its LaTeX.
Days are ISO strings ("2026-06-04"), moments are whole Unix seconds in UTC. A field that is None was not said by any source.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from paperstui.rows import Row as Row  # noqa: PLC0414 - one of the models, in a module that costs nothing to import

TextSource = Literal["hf", "arxiv", "page"]


UNTITLED = "(untitled)"
"""What stands for a title that a source did not give."""


class Organization(Struct, frozen=True, gc=False, omit_defaults=True):
    """An organisation on Hugging Face: its login, the name it shows and its picture."""

    login: str
    name: str = ""
    avatar: str = ""

    @property
    def shown(self) -> str:
        """The name to show."""
        return self.name or self.login


class Account(Struct, frozen=True, gc=False, omit_defaults=True):
    """A Hugging Face user: somebody who submitted a paper or is matched to an author.

    staff: works for Hugging Face. followed: the user of the token follows them.
    """

    login: str
    name: str = ""
    avatar: str = ""
    kind: str = ""
    pro: bool = False
    staff: bool = False
    moderator: bool = False
    followed: bool = False
    followers: int | None = None


class Author(Struct, frozen=True, gc=False, omit_defaults=True):
    """One author. `hidden` authors are not shown; `status` tells how sure the match to `account` is.

    affiliation: as arXiv has it, which is rarely; several are parted by "; ".
    """

    name: str
    hidden: bool = False
    account: Account | None = None
    status: str = ""
    status_changed: str = ""
    affiliation: str = ""

    @property
    def confirmed(self) -> bool:
        """Whether the account is really this author's (a pending match is only a guess of Hugging Face's)."""
        return self.account is not None and self.status in ("claimed_verified", "admin_assigned", "extracted_confirmed")


class Repo(Struct, frozen=True, gc=False, omit_defaults=True):
    """A model, dataset or Space on Hugging Face that cites a paper. `about` is its task or its own short description.

    gated: one has to ask for it before one can have it.
    """

    kind: Literal["model", "dataset", "space"]
    id: str
    likes: int | None = None
    downloads: int | None = None
    about: str = ""
    gated: bool = False


class Paper(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """One work.

    id: bare arXiv id without version, or `title:` and 16 hex digits (see `paperstui.text.titles`).
    text_source: who delivered title and abstract; Hugging Face ("hf", "page") strips `$` and backslashes.
    author_count: how many authors there are when only their number is known; otherwise None.
    published: when version 1 appeared on arXiv, Unix seconds.
    listed: the newest day it was on Daily Papers, "YYYY-MM-DD".
    comments: None where no source said it (the paper detail of the API does not).
    categories: of arXiv, the primary one first.
    repos: some of what cites it on Hugging Face; models, datasets, spaces: how many there are in all.
    upvoted: the user of the token upvoted it.
    version: the newest version on arXiv that was heard of, and version_at when that appeared there (Unix seconds).
    remark: what the authors say on arXiv ("20 pages, 3 figures"); journal, doi: where it was published as they say;
    license: an address.
    """

    id: str
    title: str
    abstract: str = ""
    text_source: TextSource = "hf"
    authors: tuple[Author, ...] = ()
    author_count: int | None = None
    organization: Organization | None = None
    published: int | None = None
    listed: str | None = None
    upvotes: int | None = None
    comments: int | None = None
    submitter: Account | None = None
    author_takes_part: bool | None = None
    summary: str = ""
    keywords: tuple[str, ...] = ()
    summary_model: str = ""
    code_url: str = ""
    code_stars: int | None = None
    code_added_by: str = ""
    project_url: str = ""
    media: tuple[str, ...] = ()
    thumbnail: str = ""
    discussion_id: str = ""
    withdrawn: str = ""
    categories: tuple[str, ...] = ()
    repos: tuple[Repo, ...] = ()
    models: int | None = None
    datasets: int | None = None
    spaces: int | None = None
    upvoted: bool = False
    version: int | None = None
    version_at: int | None = None
    remark: str = ""
    journal: str = ""
    doi: str = ""
    license: str = ""

    @property
    def arxiv_id(self) -> str | None:
        """The bare arXiv id, or None for a paper known by its title alone."""
        return None if self.id.startswith("title:") else self.id

    @property
    def shown_authors(self) -> tuple[str, ...]:
        """The names of the authors who are not hidden."""
        return tuple(author.name for author in self.authors if not author.hidden)


class Listing(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """One paper's appearance in one period of one feed. `rank` counts from 1 in the order the source gave."""

    feed: str
    period: str
    rank: int | None = None
    upvotes: int | None = None
    comments: int | None = None
    submitter: str = ""


class Stretch(Struct, frozen=True, gc=False):
    """A piece of a text that a search marked, with letters and digits of what stands before and behind it."""

    before: str
    text: str
    after: str


class Highlights(Struct, frozen=True, gc=False):
    """What a search marked in a paper that it found."""

    title: tuple[Stretch, ...] = ()
    abstract: tuple[Stretch, ...] = ()


class Item(Struct, frozen=True, gc=False):
    """What a source delivers: a paper, the listing it was found in, if any, and what a search marked in it."""

    paper: Paper
    listing: Listing | None = None
    highlights: Highlights | None = None


class Skipped(Struct, frozen=True, gc=False):
    """One item of an answer that could not be read: where it was and why, both fit to show."""

    where: str
    why: str


class Batch(Struct, frozen=True):
    """What one answer or one file held. `not_modified` means the source said nothing changed since last time."""

    items: tuple[Item, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    not_modified: bool = False


class Comment(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """One comment on a paper.

    text: markdown; "" when it is hidden. written, changed: Unix seconds; changed is None unless it was edited.
    reactions: (emoji, how many). depth: 0 for what answers the paper, 1 for what answers that, and so on. by_author: the
    one who wrote it is an author of the paper.
    """

    id: str
    author: Account | None = None
    text: str = ""
    written: int | None = None
    changed: int | None = None
    edits: int = 0
    hidden: bool = False
    reactions: tuple[tuple[str, int], ...] = ()
    depth: int = 0
    by_author: bool = False


class Similar(Struct, frozen=True, gc=False):
    """A paper that is said to be similar to another one: its id, and its title as far as that was said."""

    id: str
    title: str = ""


class Discussion(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What Hugging Face has around a paper beyond what lists say of it, as it was at a time (Unix seconds).

    known: False when it does not know the paper at all. comments: an answer stands behind what it answers. left: how
    many more there are, which were not read. repos: some of what cites the paper, as many as `models`, `datasets` and
    `spaces` say in all; None where that was not said. whole: all repositories that the service tells of are among them.
    similar: as a bot of theirs says.
    """

    paper: str
    at: int
    known: bool = True
    comments: tuple[Comment, ...] = ()
    left: int = 0
    skipped: tuple[Skipped, ...] = ()
    repos: tuple[Repo, ...] = ()
    models: int | None = None
    datasets: int | None = None
    spaces: int | None = None
    whole: bool = False
    similar: tuple[Similar, ...] = ()


class State(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the user decided about a paper."""

    read: bool = False
    starred: bool = False
    queued: float | None = None
    hidden: bool = False
    tags: tuple[str, ...] = ()
    note: str = ""


class Wording(Struct, frozen=True, kw_only=True):
    """Title and abstract as another source has them, or as an earlier version had them.

    version: of arXiv; None for other sources, and where it was not said. at: when it was put aside, or heard last,
    Unix seconds.
    """

    source: TextSource
    version: int | None = None
    title: str
    abstract: str = ""
    at: int


class Vote(Struct, frozen=True):
    """The upvotes and comments a refresh saw, and when (Unix seconds)."""

    at: int
    upvotes: int
    comments: int | None = None


class Detail(Struct, frozen=True, kw_only=True):
    """Everything the library holds about one paper.

    wordings: other texts than the paper's own, which differ from it: of arXiv the newest version first, then those of
    other sources. revised: when a newer version was seen that the user has not looked at yet, Unix seconds.
    gained: upvotes since the user last looked; None where no others are known, and of a paper that is new since.
    """

    rowid: int
    paper: Paper
    state: State
    listings: tuple[Listing, ...]
    votes: tuple[Vote, ...]
    first_seen: int
    updated: int
    wordings: tuple[Wording, ...] = ()
    revised: int | None = None
    gained: int | None = None


class Period(Struct, frozen=True, kw_only=True):
    """One issue of a feed. `fetched_at` is None for a period that is known only from papers that name it.

    complete: the last fetch reached the end of the list. papers, unread: how many the library holds.
    """

    feed: str
    period: str
    fetched_at: int | None = None
    complete: bool = False
    papers: int = 0
    unread: int = 0


class Upserted(Struct, frozen=True):
    """What storing a batch did, as tuples of paper ids; `merged` are (title id, arXiv id) pairs.

    revised: those of `updated` of which a newer version appeared since they were first seen here.
    """

    new: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    merged: tuple[tuple[str, str], ...] = ()
    revised: tuple[str, ...] = ()

    def __add__(self, other: Upserted) -> Upserted:
        """The two results together."""
        return Upserted(
            self.new + other.new,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
            self.merged + other.merged,
            self.revised + other.revised,
        )


class SourceHealth(Struct, frozen=True, kw_only=True):
    """How it goes with a source. Times are Unix seconds of the machine.

    host: its address as it is shown. running: what is being fetched. success: when it last answered. left: requests that
    it still allows until `left_until`, where it says so. not_before: when it wants to be asked again. coming: when what is
    to be fetched next, the first of it first. error, error_at: what went wrong last, in words. answers: what is said of it
    where nothing is wrong. facts: what else there is to say, each under a name.
    """

    name: str
    host: str
    running: str = ""
    success: float | None = None
    left: int | None = None
    left_until: float | None = None
    not_before: float | None = None
    coming: tuple[tuple[float, str], ...] = ()
    error: str = ""
    error_at: float | None = None
    answers: str = "answers"
    facts: tuple[tuple[str, str], ...] = ()
