"""arXiv: what it announces each day, papers by their ids, and its search.

One client keeps its pace (one request in three seconds) and stops when it refuses us; here is what its answers mean.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

from msgspec import Struct

from paperstui.errors import SourceError, UsageError
from paperstui.models import Paper, Skipped
from paperstui.sources.addresses import host_of
from paperstui.sources.answers import FEED, Answer, BadAnswerError
from paperstui.sources.arxiv_entries import Announcement, feed_day, read_announcement, read_entry
from paperstui.sources.failures import RefusalError
from paperstui.sources.feed_xml import children, parse, said_error, text
from paperstui.sources.http import Http
from paperstui.sources.items import UnreadableError
from paperstui.sources.lenient import whole
from paperstui.text.clean import clean_line

TOGETHER = 100
"""Papers asked for in one request."""
MOST_LISTED = 2_000
"""arXiv cuts a daily list after so many."""
MOST_FOUND = 10_000
"""Its search goes no further than this."""
LONGEST_SEARCH = 1_000

Sort = Literal["relevance", "submittedDate", "lastUpdatedDate"]

_BAD_ID = re.compile(r"incorrect id format for (\S{1,60})")
_BAD_REQUEST = 400
_MOST_BAD = 5


class Announced(Struct, frozen=True, kw_only=True):
    """A daily list. day: "2026-06-04" as New York counts, "" if it does not say. cut: it was longer than arXiv sends."""

    day: str
    announcements: tuple[Announcement, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    cut: bool = False
    not_modified: bool = False


class Found(Struct, frozen=True, kw_only=True):
    """Papers that were found. total: how many there are in all. missing: ids that were asked for and not answered."""

    papers: tuple[Paper, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    total: int = 0
    missing: tuple[str, ...] = ()


class ArxivSource:
    """arXiv's query API and daily lists."""

    def __init__(self, http: Http) -> None:
        self._http = http
        self._hosts = http.arxiv

    async def announced(self, categories: Sequence[str]) -> Announced:
        """The newest list of some categories, each paper once: new ones, cross-listed ones, then new versions.

        Raises:
            SourceError: it could not be had; a `RefusalError` says that one of the categories is none.
        """
        url = f"{self._hosts.lists}/rss/{'+'.join(categories)}"
        return await self._http.get(url, FEED, _read_list)

    async def papers(self, ids: Sequence[str]) -> Found:
        """The newest versions of some papers, at most 100, in one request. Ids that arXiv does not know are missing.

        Raises:
            SourceError: nothing could be had; of kind "empty" when arXiv answered, twice, with nothing.
        """
        if len(ids) > TOGETHER:
            raise UsageError(f"{len(ids)} papers are too many for one request")
        asked = list(dict.fromkeys(ids))
        for _ in range(_MOST_BAD):
            try:
                found = await self._ask({"id_list": ",".join(asked), "max_results": str(len(asked))}, expects=True)
            except RefusalError as error:
                # One id that it does not take makes it refuse all of them.
                bad = _BAD_ID.search(str(error))
                if error.status != _BAD_REQUEST or bad is None or bad[1] not in asked or len(asked) == 1:
                    raise
                asked.remove(bad[1])
                continue
            break
        else:
            raise SourceError(f"{host_of(self._hosts.api)} does not take these ids", kind="refused")
        came = {paper.id for paper in found.papers}
        return Found(
            papers=found.papers,
            skipped=found.skipped,
            total=found.total,
            missing=tuple(paper_id for paper_id in dict.fromkeys(ids) if paper_id not in came),
        )

    async def search(self, query: str, *, start: int = 0, size: int = TOGETHER, sort: Sort = "relevance") -> Found:
        """What arXiv's search finds for a query in its own language (`ti:flow AND cat:cs.LG`), best or newest first.

        start: how many to pass over.

        Raises:
            SourceError: nothing could be had.
            UsageError: there is nothing to search for, or it goes on too far.
        """
        words = clean_line(query, LONGEST_SEARCH)
        if not words:
            raise UsageError("there is nothing to search for")
        if start + size > MOST_FOUND:
            raise UsageError(f"arXiv's search ends after {MOST_FOUND:,} papers: ask for less")
        asked = {"search_query": words, "start": str(start), "max_results": str(size), "sortBy": sort}
        found = await self._ask(asked | {"sortOrder": "descending"}, expects=False)
        if sort == "relevance":
            return found
        # Its own sorting has been out of order for days.
        newest = sorted(found.papers, key=lambda paper: -(_date(paper, sort) or 0))
        return Found(papers=tuple(newest), skipped=found.skipped, total=found.total)

    async def _ask(self, asked: dict[str, str], *, expects: bool) -> Found:
        url = f"{self._hosts.api}/api/query?{urlencode(asked, safe=',/:')}"
        start = int(asked.get("start", "0"))
        return await self._http.get(url, FEED, lambda answer: _read_papers(answer, start, expects=expects))


def _date(paper: Paper, sort: Sort) -> int | None:
    return paper.published if sort == "submittedDate" else paper.version_at


def _root(answer: Answer) -> Element:
    root = parse(answer.body)
    if said := said_error(root):
        # It comes with status 400, and came with 200 from older servers.
        raise RefusalError(f"{host_of(answer.url)} says: {said}", _BAD_REQUEST)
    return root


def _read_list(answer: Answer) -> Announced:
    root = _root(answer)
    head = next(children(root, "channel"), root)
    if root.tag not in ("rss", "feed") or not text(head, "title"):
        raise BadAnswerError("sent XML that is no list of papers", again=False)
    found, skipped = [], []
    items = [*children(head, "item"), *children(head, "entry")]
    for number, item in enumerate(items, 1):
        try:
            found.append(read_announcement(item))
        except UnreadableError as error:
            skipped.append(Skipped(f"item {number}", str(error)))
    if items and not found:
        raise BadAnswerError(f"sent {len(items)} papers, none of which can be read: {skipped[0].why}", again=False)
    day = feed_day(text(head, "pubDate") or text(head, "updated"))
    return Announced(
        day=max((each.day for each in found), default="") or day,
        announcements=tuple({each.paper.id: each for each in reversed(found)}.values())[::-1],
        skipped=tuple(skipped),
        cut=len(items) >= MOST_LISTED,
        not_modified=answer.not_modified,
    )


def _read_papers(answer: Answer, start: int, *, expects: bool) -> Found:
    """expects: there must be something, since papers were asked for by their ids."""
    root = _root(answer)
    if root.tag != "feed":
        raise BadAnswerError("sent XML that is no list of papers", again=False)
    papers: dict[str, Paper] = {}
    skipped = []
    entries = list(children(root, "entry"))
    for number, entry in enumerate(entries, 1):
        try:
            paper = read_entry(entry)
        except UnreadableError as error:
            skipped.append(Skipped(f"entry {number}", str(error)))
        else:
            papers.setdefault(paper.id, paper)
    total = whole(text(root, "totalResults").strip()) or 0
    if not entries and (expects or total > start):
        # A fault that comes and goes: a page that is valid and empty.
        raise BadAnswerError("answered with nothing", kind="empty")
    if entries and not papers:
        raise BadAnswerError(f"sent {len(entries)} papers, none of which can be read: {skipped[0].why}", again=False)
    return Found(papers=tuple(papers.values()), skipped=tuple(skipped), total=max(total, len(papers)))
