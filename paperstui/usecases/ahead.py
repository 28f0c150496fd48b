"""Full texts fetched ahead: those of the reading list, one now and then, so that they can be read without the network.

What is known of a paper's text (that it is here, or that nobody has one) is noted for a day where the texts are kept, so
that other processes know it too. A text that had to make room for others there is fetched again.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from paperstui import clock
from paperstui.errors import SaveError, SourceError
from paperstui.export.urls import plain_title
from paperstui.usecases.reading import AWAY
from paperstui.usecases.results import Outcome
from paperstui.usecases.text_heads import WHY_UNKEPT

if TYPE_CHECKING:
    from paperstui.documents.cache import DocumentCache
    from paperstui.library.reading_list import Queued
    from paperstui.models import Paper
    from paperstui.usecases.reaching import Reaching
    from paperstui.usecases.reading import Document
    from paperstui.usecases.text_heads import Unkept
    from paperstui.usecases.text_turns import Waits

MOST_AN_HOUR = 30
"""Texts that are fetched ahead in an hour at most, by all processes together. Who asks for them gets them all at once."""

BETWEEN = 60.0
"""Seconds between two of them."""

LOOK_AGAIN = 300.0
"""Seconds until it is looked again whether there is something to fetch."""

LONGEST_PAUSE = 600.0
"""Seconds that are waited for a source that asks for a pause, where a user asked for the texts."""

Pauses = Callable[[str, float], None]
"""Told why nobody is asked now, and for how many seconds."""

_HOUR, _DAY = 3600, 86_400
_NO_ID = "title:"  # what the id of a paper begins with that arXiv does not have
_TIMES = "fetched ahead 1"
_NO_ROOM: Unkept = "no room"


class Fetched(Outcome, frozen=True, kw_only=True):
    """What became of one text, if there was one to fetch.

    paper: its id. source: who had it, "" for nobody. here: it is here, also if that is an earlier version. left: how many
    are still to be fetched. wait: seconds until the next one may be.
    """

    paper: str = ""
    source: str = ""
    here: bool = False
    left: int = 0
    wait: float = LOOK_AGAIN


class Texts(Struct, frozen=True, kw_only=True):
    """How it stands.

    total: papers on the list. here: how many of their texts are here; nowhere: how many could not be had or kept.
    last: what was fetched last, in words.
    """

    total: int = 0
    here: int = 0
    nowhere: int = 0
    last: str = ""


class _Known(Struct):
    """What is known of a paper's text until a moment (Unix seconds), for that version of it; key: what it is kept under."""

    version: int
    until: int
    key: str = ""


class Ahead:
    """Fetches the texts of the reading list. What fetches belongs to one event loop; the rest may come from any thread."""

    def __init__(self, desk: Reaching, cache: DocumentCache) -> None:
        self._desk = desk
        self._cache = cache
        self._soon: list[str] = []
        self._failed: set[str] = set()  # papers that were asked for in vain, whose turn is last
        self._own: list[int] = []  # when this process fetched some in the last hour; it may be that no file can tell
        self.texts = Texts()
        self._looking = threading.Lock()  # who looks last has seen the most, so its numbers stand last

    def soon(self, paper_ids: Iterable[str]) -> None:
        """Papers were put on the list: theirs are fetched before all others."""
        self._soon += paper_ids

    def look(self) -> list[str]:
        """The papers of the list whose texts are to be fetched, by their ids, the first of the list first. Blocks.

        How it stands is known then: `texts`.
        """
        with self._looking:
            return self._look()

    def _look(self) -> list[str]:
        now = clock.seconds()
        listed = self._desk.library.reading_list()
        known = self._known(listed)
        kept = self._cache.holds([each.key for each in known.values() if each.key])
        todo: list[str] = []
        here = nowhere = hidden = 0
        for one in listed:
            detail = self._desk.library.detail(one.rowid)
            if detail is None or detail.state.hidden:
                hidden += 1
                continue
            found = known.get(one.id)
            if one.id.startswith(_NO_ID):
                nowhere += 1
                continue
            version = detail.paper.version or 0
            if found is None or found.version != version or found.until <= now or (found.key and found.key not in kept):
                found = self._noted(detail.paper)
            elif not found.key:
                found = self._noted(detail.paper) or found  # the user may have got it since
            if found is None:
                todo.append(one.id)
            else:
                here += bool(found.key)
                nowhere += not found.key
        self.texts = msgspec.structs.replace(self.texts, total=len(listed) - hidden, here=here, nowhere=nowhere)
        return todo

    def _known(self, listed: Sequence[Queued]) -> dict[str, _Known]:
        found: dict[str, _Known] = {}
        for one, value in zip(listed, self._cache.values([_known_of(one.id) for one in listed]), strict=True):
            try:
                found[one.id] = msgspec.json.decode(value or b"", type=_Known)
            except (msgspec.MsgspecError, ValueError, RecursionError):
                continue
        return found

    def _noted(self, paper: Paper) -> _Known | None:
        """What is to be known of a paper whose text is here, the newest and best there is; else None."""
        found = self._desk.reading.here(paper)
        return self._note(paper, found[0]) if found is not None and not found[1] else None

    def _note(self, paper: Paper, key: str, seconds: int = _DAY) -> _Known:
        known = _Known(paper.version or 0, clock.seconds() + seconds, key)
        self._cache.put(_known_of(paper.id), msgspec.json.encode(known), expire=2 * _DAY)
        return known

    async def fetch_next(self) -> Fetched:
        """Fetch one text of the list, unless enough were fetched in this hour."""
        async with self._desk.claims.turn("texts ahead"):
            pause = await asyncio.to_thread(self._pause)
            if pause:
                return Fetched(wait=pause)
            paper, left = await asyncio.to_thread(self._next)
            if paper is None:
                return Fetched()
            result = await self.fetch(paper, asked=False)
            return msgspec.structs.replace(result, left=left)

    def _next(self) -> tuple[Paper | None, int]:
        """The paper whose turn it is, and how many there are behind it."""
        todo = self.look()
        soon, self._soon = self._soon, []
        todo.sort(key=lambda each: (each not in soon, each in self._failed))
        if not todo:
            return None, 0
        self._soon = [each for each in soon if each in todo[1:]]
        found = self._papers(todo[:1])
        if found:
            self._count()
        return found[0] if found else None, len(todo) - 1

    def _papers(self, names: Iterable[str]) -> list[Paper]:
        wanted = [self._desk.library.find(name) for name in names]
        details = [self._desk.library.detail(rowid) for rowid in wanted if rowid is not None]
        return [detail.paper for detail in details if detail is not None]

    def _times(self) -> list[int]:
        """When texts were fetched ahead in the last hour."""
        now = clock.seconds()
        try:
            times = msgspec.json.decode(self._cache.get(_TIMES) or b"[]", type=list[int])
        except (msgspec.MsgspecError, ValueError):
            times = []
        self._own = [at for at in self._own if 0 <= now - at < _HOUR]
        # Those of this process are among those that all know of, unless these could not be written down.
        return max([at for at in times if 0 <= now - at < _HOUR], self._own, key=len)

    def _pause(self) -> float:
        """Seconds until one more may be fetched ahead; 0 for now."""
        times = self._times()
        if not times:
            return 0.0
        if len(times) >= MOST_AN_HOUR:
            return float(min(times) + _HOUR - clock.seconds()) + 1
        return max(0.0, max(times) + BETWEEN - clock.seconds())

    def _count(self) -> None:
        times = [*self._times(), clock.seconds()]
        self._own.append(times[-1])
        self._cache.put(_TIMES, msgspec.json.encode(times), expire=_HOUR)

    async def fetch_all(
        self, papers: Sequence[Paper], *, waits: Waits | None = None, pauses: Pauses | None = None
    ) -> AsyncIterator[Fetched]:
        """Fetch the texts of papers because the user asked for them, one after the other, and tell what became of each.

        It ends where nothing else is worth asking for: without a network, without room to keep it, or with a source that asks
        for a long pause. A short one is waited out, and pauses is told of it.
        """
        for index, paper in enumerate(papers):
            result = await self.fetch(paper, asked=True, waits=waits)
            seconds = (result.retry_at or 0.0) - clock.wall()
            if result.kind == "limited" and 0 < seconds <= LONGEST_PAUSE:
                if pauses is not None:
                    pauses(result.error, seconds)
                await asyncio.sleep(seconds)
                result = await self.fetch(paper, asked=True, waits=waits)
            yield msgspec.structs.replace(result, left=len(papers) - index - 1)
            if result.error and (result.kind in AWAY or result.kind == _NO_ROOM):
                break

    def papers(self, names: Sequence[str] = ()) -> list[Paper]:
        """Those of named papers whose texts are not here, or of the reading list. Blocks."""
        return [paper for paper in self._papers(names or self.look()) if self._noted(paper) is None]

    async def fetch(self, paper: Paper, *, asked: bool, waits: Waits | None = None) -> Fetched:
        """Fetch the text of a paper; a failure is in the result. asked, waits: as in `Reading.fetch`."""
        document = await self._desk.reading.fetch(paper, asked=asked, waits=waits)
        await asyncio.to_thread(self._took, paper, document)
        error = document.error if not document.whole or document.kind in AWAY else ""
        status, kind = SourceError.exit_status if error else 0, document.kind
        if document.unkept:
            error, status, kind = (
                f"its text came, but {WHY_UNKEPT[document.unkept]}",
                SaveError.exit_status,
                document.unkept,
            )
        return Fetched(
            paper=paper.id,
            source=document.source if document.whole else "",
            here=document.whole and not document.unkept,
            wait=BETWEEN,
            error=error,
            status=status,
            kind=kind,
            retry_at=document.retry_at,
        )

    def _took(self, paper: Paper, document: Document) -> None:
        """Note what came, or that nobody has it; what failed by no fault of the paper's is not held against it."""
        found = self._desk.reading.here(paper) if document.whole else None
        title = plain_title(paper)
        self._failed.discard(paper.id)
        if document.unkept:
            self.texts = msgspec.structs.replace(self.texts, last=f"{title} ({WHY_UNKEPT[document.unkept]})")
            self._failed.add(paper.id)
            if document.unkept != _NO_ROOM:
                self._note(paper, "")
        elif found is not None and not document.error:
            self._note(paper, found[0])
            self._tell_last(f"{title} ({document.source})")
        elif not document.error:
            self._note(paper, "")
            self._tell_last(f"{title} (nobody has its full text)")
        else:
            # Others have their turn before it is tried again.
            self._failed.add(paper.id)
            if document.kind not in AWAY:
                self._note(paper, "", _HOUR)

    def _tell_last(self, last: str) -> None:
        """What was fetched last, in words, with how it stands since."""
        with self._looking:
            self.texts = msgspec.structs.replace(self.texts, last=last)
            self._look()


def opened(desk: Reaching) -> Ahead:
    """The one of a desk."""
    from paperstui.documents.cache import DocumentCache

    return Ahead(desk, DocumentCache(desk.paths.documents))


def _known_of(paper_id: str) -> str:
    return f"text known 1 {paper_id}"
