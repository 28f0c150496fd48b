"""What there is around a paper: its discussion, what is built on it, papers similar to it.

It is kept in the documents cache, which may lose it at any time, and so is what of a discussion the user has seen.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from paperstui import clock
from paperstui.errors import PaperstuiError, SourceError
from paperstui.library.store import Library
from paperstui.models import Discussion, Item, Paper, Repo, Similar
from paperstui.usecases.results import Outcome
from paperstui.usecases.storing import failed, whole

if TYPE_CHECKING:
    from paperstui.documents.cache import DocumentCache
    from paperstui.sources.discussions import Answered, Discussions
    from paperstui.sources.http import Http
    from paperstui.usecases.reaching import Reaching

FRESH = 10 * 60
"""Seconds for which what was fetched is shown without asking again."""

NOT_NOW = "Hugging Face does not know this paper now; what it said before is kept"

_KEPT = "discussion 1 "  # with the version of the form in which it is kept
_SEEN = "discussion seen "
_MOST_SEEN = 2_000
_OTHERS = 60

Carry = Callable[[Sequence[tuple[str, str]]], None]
Invent = Callable[[Paper, Sequence[Paper], int], Discussion]


class Discussed(Outcome, frozen=True, kw_only=True):
    """What asking about a paper brought: what there is around it now, and whether its own row here changed."""

    discussion: Discussion | None = None
    changed: bool = False


class Brought(Outcome, frozen=True, kw_only=True):
    """What became of papers that were asked for one by one. missing: Hugging Face does not know them."""

    papers: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


class Discussing:
    """Reads and fetches what there is around papers. What fetches belongs to one event loop; the rest to any thread.

    invent: makes discussions up; for the demonstration, which asks nobody.
    """

    def __init__(
        self,
        library: Library,
        cache: DocumentCache,
        client: Callable[[], Awaitable[Http]],
        carry: Carry,
        *,
        invent: Invent | None = None,
        offline: bool = False,
    ) -> None:
        self._library = library
        self._cache = cache
        self._client = client
        self._carry = carry
        self._invent = invent
        self._offline = offline

    # What is here already

    def kept(self, paper_id: str) -> Discussion | None:
        """What was fetched for a paper, however old it is; None when there is nothing of it, or nothing that can be read."""
        if self._invent is not None:
            return self._invented(paper_id)
        data = self._cache.get(_KEPT + paper_id)
        if not isinstance(data, bytes):
            return None
        try:
            found = msgspec.json.decode(data, type=Discussion)
        except (msgspec.MsgspecError, RecursionError):
            return None
        return found if found.paper == paper_id else None

    def is_fresh(self, discussion: Discussion | None) -> bool:
        """Whether it need not be asked for again."""
        return discussion is not None and 0 <= clock.seconds() - discussion.at < FRESH

    def seen(self, paper_id: str) -> frozenset[str] | None:
        """The ids of the comments that were there when the user last looked at them; None when that never was."""
        data = self._cache.get(_SEEN + paper_id)
        return frozenset(data.split("\n")) if isinstance(data, str) else None

    def saw(self, discussion: Discussion) -> None:
        """The user looks at the comments."""
        ids = [comment.id for comment in discussion.comments[-_MOST_SEEN:]]
        self._cache.put(_SEEN + discussion.paper, "\n".join(ids))

    def here(self, papers: Sequence[Similar]) -> dict[str, int]:
        """Which of some papers are in the library: their numbers by their ids."""
        return {paper_id: row.rowid for paper_id, row in self._library.rows_by_id([one.id for one in papers]).items()}

    # Asking for it

    async def fetch(self, paper_id: str, *, asked: bool = False) -> Discussed:
        """Ask what there is around a paper, and take what is new about the paper itself into the library.

        asked: the user wants it now, so pauses of our own making do not count.
        """
        result = Discussed()
        try:
            answered = await (await self._source(asked=asked)).fetch(paper_id)
            if answered is None:
                return await asyncio.to_thread(self._unknown, paper_id)
            return await whole(self._taken, answered)
        except PaperstuiError as error:
            return failed(result, error)

    async def fetch_repos(self, discussion: Discussion) -> Discussed:
        """Ask for all repositories that cite a paper: its own answer tells only some of them."""
        result = Discussed()
        try:
            repos = await (await self._source()).repos(discussion.paper)
            return replace(result, discussion=await asyncio.to_thread(self._with_repos, discussion, repos))
        except PaperstuiError as error:
            return failed(result, error)

    async def bring(self, papers: Sequence[str]) -> Brought:
        """Fetch papers that are not in the library, one by one; they are ordinary papers then."""
        result = Brought()
        for paper_id in papers:
            try:
                answered = await (await self._source()).fetch(paper_id)
                if answered is None:
                    result = replace(result, missing=(*result.missing, paper_id))
                    continue
                await whole(self._taken, answered)
            except PaperstuiError as error:
                return failed(result, error)
            result = replace(result, papers=(*result.papers, paper_id))
        return result

    async def _source(self, *, asked: bool = False) -> Discussions:
        if self._offline:
            raise SourceError("the demonstration does not touch the network", kind="offline")
        http = await self._client()
        source = await asyncio.to_thread(_discussions)
        if asked:
            http.wake()
        return source(http)

    def _taken(self, answered: Answered) -> Discussed:
        before = self.kept(answered.paper.id)
        discussion = answered.discussion
        if before is not None and before.whole and not discussion.whole and _totals(before) == _totals(discussion):
            discussion = replace(discussion, repos=before.repos, whole=True)
        self._kept_now(discussion)
        result = Discussed(discussion=discussion)
        if self._library.readonly:
            return result
        try:
            came = self._library.upsert([Item(answered.paper)], clock.seconds())
            self._carry(came.merged)
        except PaperstuiError as error:
            # It can be read all the same.
            return failed(result, error)
        return replace(result, changed=bool(came.updated or came.new))

    def _unknown(self, paper_id: str) -> Discussed:
        """The service does not know the paper. What it once said of it stays: it may be back in a moment, or never."""
        before = self.kept(paper_id)
        if before is not None and before.known:
            return Discussed(discussion=before, error=NOT_NOW)
        return Discussed(discussion=self._kept_now(Discussion(paper=paper_id, at=clock.seconds(), known=False)))

    def _with_repos(self, discussion: Discussion, repos: tuple[Repo, ...]) -> Discussion:
        counted = {kind: sum(repo.kind == kind for repo in repos) for kind in ("model", "dataset", "space")}
        return self._kept_now(
            replace(
                discussion,
                # A list that was cut has fewer than there are.
                repos=repos if len(repos) >= len(discussion.repos) else discussion.repos,
                models=max(discussion.models or 0, counted["model"]),
                datasets=max(discussion.datasets or 0, counted["dataset"]),
                spaces=max(discussion.spaces or 0, counted["space"]),
                whole=True,
            )
        )

    def _kept_now(self, discussion: Discussion) -> Discussion:
        self._cache.put(_KEPT + discussion.paper, msgspec.json.encode(discussion))
        return discussion

    def _invented(self, paper_id: str) -> Discussion | None:
        rowid = self._library.find(paper_id)
        detail = None if rowid is None else self._library.detail(rowid)
        if detail is None or self._invent is None:
            return None
        ids = self._library.rowids("SELECT rowid FROM papers ORDER BY listed DESC, rowid", limit=_OTHERS)
        others = [other.paper for other in self._library.details(ids)]
        return self._invent(detail.paper, others, clock.seconds())


def opened(desk: Reaching, client: Callable[[], Awaitable[Http]], carry: Carry) -> Discussing:
    """The one of a desk."""
    from paperstui.documents.cache import DocumentCache

    invent: Invent | None = None
    if desk.invented:
        from paperstui.demo.discussion import discussion

        invent = discussion
    cache = DocumentCache(desk.paths.documents)
    return Discussing(desk.library, cache, client, carry, invent=invent, offline=desk.offline)


def _totals(discussion: Discussion) -> tuple[int | None, int | None, int | None]:
    return discussion.models, discussion.datasets, discussion.spaces


def _discussions() -> type[Discussions]:
    """In a thread, because what this imports takes longer than a key may wait."""
    from paperstui.sources.discussions import Discussions

    return Discussions
