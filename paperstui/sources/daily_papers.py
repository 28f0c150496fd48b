"""Hugging Face Daily Papers through its API: days, weeks, months, trending, search and single papers.

How the API behaves, with its traps, is known from recordings; where a rule here comes from one, it is said.
"""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit

from msgspec import structs

from paperstui import clock
from paperstui.errors import SourceError, UsageError
from paperstui.models import Batch, Item, Paper
from paperstui.sources.addresses import host_of, origin_of, usable
from paperstui.sources.answers import LIST, Answer, BadAnswerError, decode_json
from paperstui.sources.failures import RefusalError
from paperstui.sources.http import Http
from paperstui.sources.items import UnreadableError, items_in, parse_items, read_paper
from paperstui.text.clean import clean_line
from paperstui.text.titles import arxiv_id

PAGE_SIZE = 100
"""The most the API gives in one answer; 101 is answered with 400."""
MAX_PAGES = 20
SEARCH_SIZE = 120
LONGEST_SEARCH = 250
STEPS_BACK = 7
_NO_SUCH_PERIOD = {400, 404}
_NEXT = re.compile(r'<([^<>]{1,2048})>[^,<]*;\s*rel="?next"?')
_PERIODS = {
    "daily": ("date", re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)),
    "weekly": ("week", re.compile(r"\d{4}-W\d\d", re.ASCII)),
    "monthly": ("month", re.compile(r"\d{4}-\d\d", re.ASCII)),
}
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Page:
    """One answer of a list.

    batch: without papers that an earlier page had. last: the list ends here, or is read no further for the reason that
    `problem` says. absent: the service has no such period.
    """

    batch: Batch
    last: bool
    absent: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class DayResult:
    """What a service said about one period.

    batch: its papers, also when nothing changed since they were fetched the last time. complete: the list was read to
    its end. absent: the service has no such period (yet). error: what ended the reading early; the batch holds what
    came before. problem: why it is not complete, in words.
    """

    feed: str
    period: str
    batch: Batch
    complete: bool
    absent: bool = False
    problem: str = ""
    error: SourceError | None = None

    @property
    def not_modified(self) -> bool:
        """Whether the service said that nothing changed since the last time."""
        return self.batch.not_modified


@dataclass(frozen=True, slots=True)
class _Read:
    batch: Batch
    following: str
    size: int


class DailyPapers:
    """Hugging Face's papers. `endpoint` is the client's own unless another is given."""

    def __init__(self, http: Http, endpoint: str | None = None) -> None:
        self._http = http
        self._endpoint = (endpoint or http.endpoint).rstrip("/")

    def pages(self, day: date) -> AsyncIterator[Page]:
        """The pages of a day as they come, best voted first.

        Raises:
            SourceError: a page could not be had; the pages before it were delivered.
        """
        return self.pages_of("daily", day.isoformat())

    async def pages_of(self, feed: str, period: str, *, begin: int = 0) -> AsyncIterator[Page]:
        """The pages of a period of the feeds `daily`, `weekly` ("2026-W23") and `monthly` ("2026-06") as they come.

        For `trending` there is one page, whatever the period is called; for `search` the period is what is looked for.
        begin: how many pages are here already and are not asked for again.

        Raises:
            SourceError: a page could not be had; the pages before it were delivered.
            UsageError: there is no such feed or the period is not written as it should be.
        """
        period = _period(feed, period)
        url = self._first(feed, period)
        if begin:
            url = _numbered(url, begin)
        seen: set[str] = set()
        rank = 1 + begin * PAGE_SIZE
        for number in range(begin, MAX_PAGES):
            try:
                read = await self._read(url, feed, period, rank)
            except RefusalError as error:
                if error.status not in _NO_SUCH_PERIOD or feed == "search":
                    raise
                yield Page(Batch(), last=True, absent=number == 0)
                return
            batch = _only_new(read.batch, seen)
            rank += read.size
            following = self._following(url, read, number + 1) if batch.items and feed in _PERIODS else ""
            if following and number + 1 == MAX_PAGES:
                yield Page(batch, last=True, problem=f"the list goes on after {MAX_PAGES} pages, which were read")
                return
            yield Page(batch, last=not following)
            if not following:
                return
            url = following

    async def fetch_day(self, day: date) -> DayResult:
        """A whole day. A later page that fails leaves what came before it.

        Raises:
            SourceError: nothing could be had.
        """
        return await self.fetch("daily", day.isoformat())

    async def fetch(self, feed: str, period: str) -> DayResult:
        """A whole period of a feed, as `pages_of` takes them. A later page that fails leaves what came before it.

        Raises:
            SourceError: nothing could be had.
            UsageError: there is no such feed or the period is not written as it should be.
        """
        period = _period(feed, period)
        pages: list[Page] = []
        failed: SourceError | None = None
        try:
            async for page in self.pages_of(feed, period):
                pages.append(page)  # noqa: PERF401 - what came before a failure is kept
        except SourceError as error:
            if not pages:
                raise
            failed = error
        return DayResult(
            feed,
            period,
            Batch(
                tuple(item for page in pages for item in page.batch.items),
                tuple(skipped for page in pages for skipped in page.batch.skipped),
                not_modified=failed is None and all(page.batch.not_modified for page in pages),
            ),
            complete=failed is None and not pages[-1].problem,
            absent=pages[0].absent,
            problem=str(failed) if failed else pages[-1].problem,
            error=failed,
        )

    async def fetch_latest(self) -> DayResult:
        """The newest day with papers, at most seven days of the feed back; that is the last one asked if all are empty.

        A day that has just begun is empty, or even refused as being in the future, and at weekends nothing is listed.

        Raises:
            SourceError: a day could not be had, or the service knows none of them.
        """
        day = clock.newest_feed_day()
        known = False
        for _ in range(STEPS_BACK):
            result = await self.fetch_day(day)
            known = known or not result.absent
            if result.batch.items or day <= clock.ARCHIVE_START:
                break
            day = clock.weekday_before(day)
        if not known:
            raise SourceError(f"{host_of(self._endpoint)} has no Daily Papers: is HF_ENDPOINT right?", kind="refused")
        return result

    async def search(self, words: str) -> DayResult:
        """What Hugging Face's own search finds, best first: at most 120 papers.

        Raises:
            SourceError: nothing could be had.
        """
        return await self.fetch("search", words)

    async def fetch_paper(self, paper_id: str) -> Paper | None:
        """One paper with all that its own address tells, or None when Hugging Face does not know it.

        The number of comments is not among it.

        Raises:
            SourceError: the answer could not be had.
            UsageError: that is not an arXiv id.
        """
        found = arxiv_id(paper_id)
        if found is None:
            raise UsageError(f"{clean_line(paper_id, 60)} is not an arXiv id")

        def read(answer: Answer) -> Paper:
            try:
                paper = read_paper(decode_json(answer.body), endpoint=self._endpoint)
            except UnreadableError as error:
                raise BadAnswerError(f"sent a paper that cannot be read: {error}", again=False) from None
            # The answer to a question about one paper is about that paper.
            return paper if paper.id == found else structs.replace(paper, id=found)

        try:
            return await self._http.get(f"{self._endpoint}/api/papers/{quote(found, safe='')}", LIST, read)
        except RefusalError as error:
            if error.status in _NO_SUCH_PERIOD:
                return None
            raise

    def _first(self, feed: str, period: str) -> str:
        """The address of a period's first page."""
        if feed == "search":
            return f"{self._endpoint}/api/papers/search?{urlencode({'q': period, 'limit': SEARCH_SIZE})}"
        if feed == "trending":
            # An endless list of its own order that takes no date: its first page is what "trending" is about.
            return f"{self._endpoint}/api/daily_papers?sort=trending&limit={PAGE_SIZE}"
        return f"{self._endpoint}/api/daily_papers?{_PERIODS[feed][0]}={period}&limit={PAGE_SIZE}"

    async def _read(self, url: str, feed: str, period: str, rank: int) -> _Read:
        def read(answer: Answer) -> _Read:
            raw = items_in(decode_json(answer.body))
            batch = parse_items(raw, feed, period, endpoint=self._endpoint, first_rank=rank)
            if raw and not batch.items:
                why = batch.skipped[0].why
                raise BadAnswerError(f"sent {len(raw)} papers, none of which can be read: {why}", again=False)
            batch = Batch(batch.items, batch.skipped, answer.not_modified)
            return _Read(batch, answer.headers.get("link", ""), len(raw))

        return await self._http.get(url, LIST, read)

    def _following(self, url: str, read: _Read, number: int) -> str:
        """The address of the next page, which has a number, or "".

        An answer that says only that nothing changed may come without its `Link` header, and so may one through a
        proxy. After a full page the next one is asked for anyway.
        """
        named = _NEXT.search(read.following)
        if named is not None:
            target: str = urljoin(url, str(named.group(1)))
            if usable(target) and origin_of(target) == origin_of(url) and urlsplit(target).path == urlsplit(url).path:
                return target
            _log.info("a next page at another place is not followed")
        return _numbered(url, number) if read.size >= PAGE_SIZE else ""


def _period(feed: str, period: str) -> str:
    """A period as it is stored and asked for."""
    if feed in ("search", "trending"):
        words = clean_line(period, LONGEST_SEARCH)
        if not words:
            raise UsageError("there is nothing to search for")
        return words
    if feed not in _PERIODS or not _PERIODS[feed][1].fullmatch(period):
        raise UsageError(f"{clean_line(feed, 40)} {clean_line(period, 40)} is not a period of Daily Papers")
    return period


def _numbered(url: str, number: int) -> str:
    """The address of a list's page, counted from 0."""
    parts = urlsplit(url)
    query = urlencode({**dict(parse_qsl(parts.query)), "p": number})
    return f"{parts.scheme}://{parts.netloc}{parts.path}?{query}"


def _only_new(batch: Batch, seen: set[str]) -> Batch:
    """The items whose papers were not seen yet; a list that changes between two pages shows some twice."""
    fresh: list[Item] = []
    for item in batch.items:
        if item.paper.id not in seen:
            seen.add(item.paper.id)
            fresh.append(item)
    return Batch(tuple(fresh), batch.skipped, batch.not_modified)
