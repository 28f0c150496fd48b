"""arXiv: its daily lists, papers that somebody names, its own words for papers of Hugging Face, and its search.

All of it goes through the one client, which keeps arXiv's pace. What came is stored request by request, so a failure
costs only what had not come yet, and is told in the result.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec.structs import replace

from paperstui import clock, feeds
from paperstui.errors import PaperstuiError, SourceError, UsageError
from paperstui.library.store import Library
from paperstui.models import Item, Listing, Upserted
from paperstui.text.clean import clean_line
from paperstui.usecases.arxiv_lists import store_list
from paperstui.usecases.asking import ARXIV_SEARCH
from paperstui.usecases.results import Added, Enriched, Refreshed
from paperstui.usecases.storing import failed, whole

if TYPE_CHECKING:
    from paperstui.sources.arxiv import Announced, ArxivSource, Found
    from paperstui.sources.http import Http
    from paperstui.text.references import References

AT_ONCE = 1_000
"""Papers whose text is fetched in one go unless told otherwise: ten requests."""

PATIENCE = 600.0
"""Seconds to wait when arXiv asks for a pause; a longer one ends what is being done."""

PAUSES = 3
"""How many pauses in a row are waited out. arXiv asks for some even at the pace it allows."""

IMPORTED = "imported"
SEARCH = "search"
VERSIONS_EVERY = 20 * 3600
"""Seconds between two looks for new versions of what the user keeps: once a day, whenever in it."""
LONGEST_NAME = 250
"""Characters of what a search is called."""
MISSING_FOR = 30 * 86_400
"""Seconds for which a paper that arXiv does not know is not asked for again."""

_MISSING, _VERSIONS = "arxiv.missing", "arxiv.versions"
_MOST_MISSING = 2_000

Waits = Callable[[str, float], None]
"""Told why fetching waits, in words, and for how many seconds."""
Carry = Callable[[Sequence[tuple[str, str]]], None]
T = TypeVar("T")


class ArxivDesk:
    """What there is to do with arXiv. Belongs to one event loop.

    categories: those that the user follows. carry: is told, in a thread, of papers that got their arXiv id. offline: nothing is
    asked.
    """

    def __init__(
        self,
        library: Library,
        client: Callable[[], Awaitable[Http]],
        carry: Carry,
        categories: tuple[str, ...] = (),
        *,
        offline: bool = False,
    ) -> None:
        self.categories = categories
        self._offline = offline
        self._library = library
        self._client = client
        self._carry = carry
        self._sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    @property
    def feed(self) -> str:
        """The feed of all categories that the user follows.

        Raises:
            UsageError: there are none.
        """
        if not self.categories:
            raise UsageError('no categories of arXiv are set: arxiv = ["cs.CL"] in config.toml, or --feed arxiv:cs.CL')
        return feeds.together(self.categories)

    async def _source(self, *, asked: bool = False) -> ArxivSource:
        if self._offline:
            raise SourceError("the demonstration does not touch the network", kind="offline")
        http = await self._client()
        source = await asyncio.to_thread(_arxiv_source)
        if asked:
            http.wake()
        return source(http)

    # Daily lists

    def is_due(self, feed: str) -> bool:
        """Whether the newest list that should be out by now is not here whole. On a holiday there is none to come."""
        from paperstui.sources.arxiv_days import expected_day

        known = self._library.period(feed, expected_day().isoformat())
        return known is None or known.fetched_at is None or not known.complete

    def next_list(self) -> int:
        """When the next list should be out, Unix seconds; there is nothing new before."""
        from paperstui.sources.arxiv_days import next_list

        return int(next_list().timestamp())

    async def refresh(self, feed: str, *, asked: bool = False, waits: Waits | None = None) -> Refreshed:
        """Fetch the newest list of a feed such as `arxiv:cs.CL+cs.LG`.

        It brings papers that are new there or cross-listed, and new versions of papers that are here.

        asked: the user wants it now, so pauses of our own making do not count. waits: told of pauses that arXiv asks
        for; they are waited out where it is given.
        """
        result = Refreshed(feed=feed, period="")
        try:
            categories = feeds.categories_of(feeds.feed(feed))
            if not categories:
                raise UsageError(f"{feed} is no feed of arXiv")
            source = await self._source(asked=asked)
            announced = await self._patiently(lambda: source.announced(categories), waits)
        except PaperstuiError as error:
            if len(feeds.categories_of(feed)) > 1 and getattr(error, "status", 0) == 400:
                return await self._one_by_one(feed, asked=asked, waits=waits)
            return failed(replace(result, complete=False), error)
        return await self._stored(result, announced, categories)

    async def _one_by_one(self, feed: str, *, asked: bool, waits: Waits | None) -> Refreshed:
        """One category that arXiv does not know makes it refuse all of them: each is asked for by itself."""
        result, problems = Refreshed(feed=feed, period=""), []
        for each in feeds.parts(feed):
            came = await self.refresh(each, asked=asked, waits=waits)
            if came.error:
                problems.append(f"{each}: {came.error}")
                result = replace(result, status=came.status, kind=came.kind, retry_at=came.retry_at, complete=False)
            result = replace(
                result,
                period=max(result.period, came.period),
                upserted=result.upserted + came.upserted,
                papers=result.papers + came.papers,
                skipped=result.skipped + came.skipped,
                notice=came.notice or result.notice,
                stale=result.stale or came.stale,
            )
        return replace(result, error="; ".join(problems))

    async def _stored(self, result: Refreshed, announced: Announced, categories: tuple[str, ...]) -> Refreshed:
        try:
            return await whole(self._store, result, announced, categories)
        except PaperstuiError as error:
            return failed(replace(result, complete=False), error)

    def _store(self, result: Refreshed, announced: Announced, categories: tuple[str, ...]) -> Refreshed:
        stored = store_list(self._library, result, announced, categories)
        self._carry(stored.upserted.merged)
        return stored

    # Papers by their ids

    async def add(
        self, names: Sequence[str], *, waits: Waits | None = None, known: Callable[[Sequence[str]], None] | None = None
    ) -> Added:
        """Take in the papers that ids, addresses and lines of text name; see `references`.

        known: told of those that are here already, before anything is asked. That arXiv cannot be asked about them is no
        failure: they are not among what is left.
        """
        named = await asyncio.to_thread(_named, names)
        here = await asyncio.to_thread(lambda: [each for each in named.ids if self._library.find(each) is not None])
        if known is not None and here:
            known(here)
        result = Added(unknown=named.unknown, left=named.ids)
        day = clock.today().isoformat()
        for part in await asyncio.to_thread(_parts, named.ids):
            try:
                found = await self._fetched(part, waits)
                listed = await asyncio.to_thread(self._library.listed_in, IMPORTED, part)
                items = [
                    Item(paper, None if paper.id in listed else Listing(feed=IMPORTED, period=day))
                    for paper in found.papers
                ]
                came = await self._upsert(items)
            except PaperstuiError as error:
                if getattr(error, "kind", "") != "empty":
                    return _without_answer(result, error, here)
                # Twice nothing, for papers that are asked for by name: they do not exist.
                result = replace(result, missing=result.missing + part, left=result.left[len(part) :])
                continue
            result = replace(
                result,
                papers=result.papers + tuple(paper_id for paper_id in part if paper_id not in found.missing),
                missing=result.missing + found.missing,
                left=result.left[len(part) :],
                upserted=result.upserted + came,
                skipped=result.skipped + found.skipped,
            )
        return result

    async def enrich(
        self,
        papers: Sequence[str] | None = None,
        *,
        limit: int = AT_ONCE,
        waits: Waits | None = None,
        came: Callable[[Enriched], Awaitable[None]] | None = None,
    ) -> Enriched:
        """Fetch arXiv's own titles and abstracts, categories and versions of papers, a hundred in one request.

        papers: ids; by default those that do not have them yet, the last listed first, at most `limit`. came: awaited
        after each request, when what it brought is stored.
        """
        wanted = await asyncio.to_thread(self._wanted, limit) if papers is None else _of_arxiv(papers)
        result = Enriched(total=len(wanted))
        for part in await asyncio.to_thread(_parts, wanted):
            try:
                found = await self._fetched(part, waits)
                upserted = await self._upsert([Item(paper) for paper in found.papers])
                if found.missing:
                    await asyncio.to_thread(self._remember_missing, found.missing)
            except PaperstuiError as error:
                return failed(result, error)
            result = replace(
                result,
                asked=result.asked + len(part),
                missing=result.missing + found.missing,
                upserted=result.upserted + upserted,
            )
            if came is not None:
                await came(result)
        return result

    async def look_for_versions(
        self, *, but: Collection[str] = (), asked: bool = False, waits: Waits | None = None
    ) -> Enriched:
        """Ask for the newest versions of the papers that are starred or in the reading list, at most once a day.

        but: papers of which they are known, having just been asked for. asked: the user wants it now.
        """
        before = await asyncio.to_thread(self._library.meta, _VERSIONS)
        now = clock.seconds()
        if not asked and before is not None and before.isdecimal() and 0 <= now - int(before) < VERSIONS_EVERY:
            return Enriched()
        kept = await asyncio.to_thread(self._library.kept)
        result = await self.enrich([paper_id for paper_id in kept if paper_id not in but], waits=waits)
        if not result.error:
            try:
                await asyncio.to_thread(self._library.set_meta, _VERSIONS, str(now))
            except PaperstuiError as error:
                return failed(result, error)
        return result

    # Search

    async def search(self, text: str, *, size: int = 100, waits: Waits | None = None) -> Refreshed:
        """What arXiv's own search finds, best first, stored as a period of the feed `search` that is called after it."""
        result = Refreshed(feed=SEARCH, period="")
        try:
            query = await asyncio.to_thread(_arxiv_query, text)
            source = await self._source(asked=True)
            found = await self._patiently(lambda: source.search(query, size=size), waits)
            period = clean_line(f"{ARXIV_SEARCH}{text}", LONGEST_NAME)
            items = [
                Item(paper, Listing(feed=SEARCH, period=period, rank=rank))
                for rank, paper in enumerate(found.papers, 1)
            ]
            upserted = await self._upsert(items)
            # What it found at an earlier time and does not find now is no part of the answer.
            ids = [item.paper.id for item in items]
            await whole(self._library.unlist, SEARCH, period, but=ids)
            complete = found.total <= len(found.papers)
            await asyncio.to_thread(
                self._library.mark_period, SEARCH, period, at=clock.seconds(), complete=complete, papers=len(items)
            )
        except PaperstuiError as error:
            return failed(replace(result, complete=False), error)
        notice = "" if complete else f"the first {len(items)} of {found.total:,} papers that arXiv finds"
        return replace(
            result,
            period=period,
            papers=len(items),
            upserted=upserted,
            skipped=found.skipped,
            complete=complete,
            notice=notice,
        )

    async def _fetched(self, ids: tuple[str, ...], waits: Waits | None) -> Found:
        source = await self._source()
        return await self._patiently(lambda: source.papers(ids), waits)

    async def _upsert(self, items: Sequence[Item]) -> Upserted:
        return await whole(self._store_papers, items)

    def _store_papers(self, items: Sequence[Item]) -> Upserted:
        upserted = self._library.upsert(items, clock.seconds())
        self._carry(upserted.merged)
        return upserted

    async def _patiently(self, ask: Callable[[], Awaitable[T]], waits: Waits | None) -> T:
        """What arXiv answers; where somebody is told of it, a pause that it asks for is waited out, longer each time."""
        import random

        turn = 0
        while True:
            try:
                return await ask()
            except SourceError as error:
                pause = error.retry_at - clock.wall() if error.retry_at is not None else 0.0
                turn += 1
                if waits is None or error.kind != "limited" or turn > PAUSES or not 0 < pause <= PATIENCE:
                    raise
                pause += random.uniform(0.1, 1.0) * 2**turn  # noqa: S311 - so that not all processes come at once
                waits(str(error), pause)
            await self._sleep(pause)

    def _wanted(self, limit: int) -> tuple[str, ...]:
        missing = self._missing()
        found = self._library.unenriched(limit + len(missing))
        return tuple(paper_id for paper_id in found if paper_id not in missing)[:limit]

    def _missing(self) -> dict[str, int]:
        """The papers that arXiv did not know lately, and when it was asked."""
        try:
            known = msgspec.json.decode(self._library.meta(_MISSING) or "{}", type=dict[str, int])
        except (msgspec.MsgspecError, RecursionError):
            return {}
        now = clock.seconds()
        return {paper_id: at for paper_id, at in known.items() if 0 <= now - at < MISSING_FOR}

    def _remember_missing(self, ids: Sequence[str]) -> None:
        known = self._missing() | dict.fromkeys(ids, clock.seconds())
        newest = dict(list(known.items())[-_MOST_MISSING:])
        self._library.set_meta(_MISSING, msgspec.json.encode(newest).decode())


def _without_answer(result: Added, error: PaperstuiError, here: Collection[str]) -> Added:
    """What was added when arXiv answered no more: of what is left, some may have been here before."""
    ended, before = failed(result, error), frozenset(here)
    if not isinstance(error, SourceError):
        return ended
    absent = tuple(paper_id for paper_id in result.left if paper_id not in before)
    kept = tuple(paper_id for paper_id in result.left if paper_id in before)
    return replace(ended, papers=result.papers + kept, left=absent, status=ended.status if absent else 0)


# These import what they need: in a thread, because that takes longer than a key may wait.


def _arxiv_source() -> type[ArxivSource]:
    from paperstui.sources.arxiv import ArxivSource

    return ArxivSource


def _arxiv_query(text: str) -> str:
    from paperstui.usecases.arxiv_query import arxiv_query

    return arxiv_query(text, clock.today())


def _named(names: Sequence[str]) -> References:
    from paperstui.text.references import references

    return references(names)


def _of_arxiv(papers: Sequence[str]) -> tuple[str, ...]:
    """The ids that are arXiv's, each once."""
    return tuple(dict.fromkeys(paper_id for paper_id in papers if not paper_id.startswith("title:")))


def _parts(ids: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Ids as they are asked for together."""
    from paperstui.sources.arxiv import TOGETHER

    return [ids[start : start + TOGETHER] for start in range(0, len(ids), TOGETHER)]
