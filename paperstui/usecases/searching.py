"""Searching beyond the library: Hugging Face's own search, whose answers are kept; without it, what the library finds.

An answer is a period of the feed `search` that is called after the words, in the order given. What it marks in titles
and abstracts is kept in the documents cache, which may lose it at any time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from paperstui import clock
from paperstui.errors import PaperstuiError, QueryError, SourceError, UsageError
from paperstui.library.store import Library
from paperstui.models import Highlights, Item, Skipped, Upserted
from paperstui.query import parse
from paperstui.query.remote import Remote, remote
from paperstui.text.clean import clean_line
from paperstui.usecases.asking import FOUND, Place
from paperstui.usecases.results import Outcome
from paperstui.usecases.storing import failed, whole

if TYPE_CHECKING:
    from paperstui.documents.cache import DocumentCache
    from paperstui.sources.daily_papers import DailyPapers, DayResult
    from paperstui.sources.http import Http
    from paperstui.usecases.reaching import Reaching

SEARCH = "search"
MOST = 120
"""Hugging Face gives so many papers at most, and no further pages."""
LONGEST = 250
"""Characters that Hugging Face takes."""

_MARKS = "search marks 1 "
_SHOWN = 80  # characters of what was not asked for

Carry = Callable[[Sequence[tuple[str, str]]], None]


class Searched(Outcome, frozen=True, kw_only=True):
    """What became of a search, and where its papers are to be seen.

    words: what was asked for. place, text: where the answer is, and the query to look through it with. here: it is the
    library's own, because Hugging Face could not be asked, for the reason in `error`. papers: how many Hugging Face
    found. notice: something to know although it went well.
    """

    words: str
    place: Place
    text: str
    here: bool = False
    papers: int = 0
    upserted: Upserted = Upserted()
    skipped: tuple[Skipped, ...] = ()
    notice: str = ""


class Searching:
    """Asks Hugging Face's search. What fetches belongs to one event loop; the rest to any thread."""

    def __init__(
        self,
        library: Library,
        cache: DocumentCache,
        client: Callable[[], Awaitable[Http]],
        carry: Carry,
        *,
        offline: bool = False,
    ) -> None:
        self._library = library
        self._cache = cache
        self._client = client
        self._carry = carry
        self._offline = offline

    def parted(self, text: str) -> Remote:
        """The words of a query that are asked for, and what their answer is looked through with.

        Raises:
            UsageError: the query is wrong, or there is no word in it.
        """
        for problem in parse(text).problems:
            raise QueryError(problem.message, text, problem.start, problem.end)
        asked = remote(text)
        words, unsent = _fitting(clean_line(asked.words, len(text)))
        if not words:
            raise UsageError("Hugging Face is asked for words, and there are none")
        return Remote(words, asked.rest, unsent)

    def highlights(self, words: str) -> Mapping[str, Highlights]:
        """What a search marked in the papers that it found, by their ids; nothing where that is not kept any more."""
        data = self._cache.get(_MARKS + words)
        try:
            return msgspec.json.decode(data or "{}", type=dict[str, Highlights])
        except (msgspec.MsgspecError, RecursionError):
            return {}

    async def search(self, text: str) -> Searched:
        """Ask Hugging Face for the words of a query. A failure is told in the result, with the library's answer.

        Raises:
            UsageError: the query is wrong, or there is no word in it.
        """
        words, rest, unsent = await asyncio.to_thread(self.parted, text)
        result = await self.ask(words, unsent)
        return replace(result, text=rest) if not result.here else replace(result, place=Place("all"), text=text)

    async def ask(self, words: str, unsent: str = "") -> Searched:
        """Ask Hugging Face for words and nothing else. A failure is told in the result. unsent: as of `Remote`."""
        result = Searched(words=words, place=Place(FOUND, words), text="")
        try:
            found = await (await self._source()).search(words)
            if found.error is not None:
                raise found.error
            stored = await whole(self._store, result, found)
        except PaperstuiError as error:
            return failed(replace(result, here=True), error)
        if not unsent:
            return stored
        cut = f"Hugging Face takes {LONGEST} characters, and was not asked for “{clean_line(unsent, _SHOWN)}”"
        return replace(stored, notice="; ".join(filter(None, (cut, stored.notice))))

    def _store(self, result: Searched, found: DayResult) -> Searched:
        items = found.batch.items
        upserted = self._library.upsert(items, clock.seconds())
        self._carry(upserted.merged)
        # Papers that the words found at an earlier time and do not find now are no part of the answer.
        self._library.unlist(SEARCH, result.words, but=[item.paper.id for item in items])
        # What there is beyond the most that it gives cannot be had.
        whole_answer = len(items) < MOST
        at = clock.seconds()
        self._library.mark_period(SEARCH, result.words, at=at, complete=whole_answer, papers=len(items))
        self._keep_marks(result.words, items)
        notice = "" if whole_answer else f"Hugging Face gives {MOST} papers at most; there may be more"
        return replace(result, papers=len(items), upserted=upserted, skipped=found.batch.skipped, notice=notice)

    def _keep_marks(self, words: str, items: Sequence[Item]) -> None:
        marks = {item.paper.id: item.highlights for item in items if item.highlights is not None}
        self._cache.put(_MARKS + words, msgspec.json.encode(marks))

    async def _source(self) -> DailyPapers:
        if self._offline:
            raise SourceError("the demonstration does not touch the network", kind="offline")
        http = await self._client()
        http.wake()
        from paperstui.sources.daily_papers import DailyPapers

        return DailyPapers(http)


def _fitting(words: str) -> tuple[str, str]:
    """As many words as are taken, and the others. One that is longer by itself is cut."""
    if len(words) <= LONGEST:
        return words, ""
    end = words.rfind(" ", 0, LONGEST + 1)
    end = LONGEST if end <= 0 else end
    return words[:end], words[end:].strip()


def opened(desk: Reaching, client: Callable[[], Awaitable[Http]], carry: Carry) -> Searching:
    """The one of a desk."""
    from paperstui.documents.cache import DocumentCache

    return Searching(desk.library, DocumentCache(desk.paths.documents), client, carry, offline=desk.offline)
