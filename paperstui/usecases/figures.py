"""The pictures of a paper: the first figure of its text where that is kept, and those that were put on its page.

They are fetched when somebody looks at the paper, made small, and kept with the other documents.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from urllib.parse import urlsplit

from paperstui import clock
from paperstui.documents.blocks import Block, Figure, plain
from paperstui.documents.pictures import NoPillowError, Picture, can_decode, read_kept
from paperstui.errors import SourceError

if TYPE_CHECKING:
    from paperstui.documents.cache import DocumentCache
    from paperstui.models import Paper
    from paperstui.sources.http import Http
    from paperstui.usecases.reaching import Reaching
    from paperstui.usecases.reading import Reading

MOST = 3
"""Pictures of a paper that are shown: one, and two beside each other below it."""

_KEPT = "picture 1 "  # with the version of the form in which it is kept
_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp")
_LASTING = ("refused", "answer", "empty")
_REMEMBERED = 500
K = TypeVar("K")
V = TypeVar("V")


class Named(NamedTuple):
    """A picture by its address, and what stands below it."""

    address: str
    caption: str = ""


@dataclass(slots=True)
class Went:
    """How it went with pictures that were asked for: when one came last, and what was wrong last. Unix seconds of the machine."""

    success: float | None = None
    error: str = ""
    error_at: float | None = None


class Figures:
    """Finds and fetches pictures. What fetches belongs to one event loop; the rest may come from any thread."""

    def __init__(
        self, cache: DocumentCache, client: Callable[[], Awaitable[Http]], reading: Reading, *, offline: bool = False
    ) -> None:
        self._cache = cache
        self._client = client
        self._reading = reading
        self._offline = offline
        self._in_text: dict[tuple[str, int | None], tuple[Named, ...]] = {}
        self._failed: dict[str, SourceError] = {}
        self.went = Went()

    def of(self, paper: Paper) -> tuple[Named, ...]:
        """The pictures of a paper, that of its text first. Blocks, since the text is read for it."""
        key = (paper.id, paper.version)
        found = self._in_text.get(key)
        if found is None:
            text = self._reading.kept(paper)
            found = first_figure(text.blocks) if text is not None else ()
            if text is not None and not text.wanting:
                _remember(self._in_text, key, found)
        media = (Named(address) for address in paper.media if _is_picture(address))
        return tuple(dict.fromkeys((*found, *media)))[:MOST]

    async def picture(self, address: str) -> Picture | None:
        """The picture at an address, from here or from there; None if it is not here and nothing may be asked.

        Raises:
            SourceError: it cannot be had, which is not tried again where that would be in vain.
            PictureError: there is no memory for it.
            NoPillowError: Pillow is not installed.
        """
        if not await asyncio.to_thread(can_decode):
            raise NoPillowError
        found = await asyncio.to_thread(self._kept, address)
        if found is not None or self._offline:
            return found
        if failed := self._failed.get(address):
            raise failed
        from paperstui.sources.pictures import fetch_picture

        try:
            found = await fetch_picture(await self._client(), address)
        except SourceError as error:
            if error.kind in _LASTING:
                _remember(self._failed, address, error)
            self.went.error, self.went.error_at = str(error), clock.wall()
            raise
        self.went.success = clock.wall()
        await asyncio.to_thread(self._cache.put, _KEPT + address, found.png)
        return found

    def _kept(self, address: str) -> Picture | None:
        """The picture that is kept; a damaged one is thrown away, and so fetched again."""
        kept = self._cache.get(_KEPT + address)
        if kept is None:
            return None
        found = read_kept(kept) if isinstance(kept, bytes) else None
        if found is None:
            self._cache.forget(_KEPT + address)
        return found

    def forget_failures(self) -> None:
        """Ask again for what could not be had."""
        self._failed.clear()


def first_figure(blocks: Sequence[Block]) -> tuple[Named, ...]:
    """The first picture of a text that is one of dots; those drawn by lines (SVG, PDF) cannot be shown."""
    for block in blocks:
        if isinstance(block, Figure) and _is_picture(block.address):
            return (Named(block.address, " ".join(plain(block.caption).split())),)
    return ()


def opened(desk: Reaching, client: Callable[[], Awaitable[Http]]) -> Figures:
    """The ones of a desk."""
    from paperstui.documents.cache import DocumentCache

    return Figures(DocumentCache(desk.paths.documents), client, desk.reading, offline=desk.offline)


def _is_picture(address: str) -> bool:
    try:
        return urlsplit(address).path.lower().endswith(_ENDINGS)
    except ValueError:
        return False


def _remember(among: dict[K, V], key: K, value: V) -> None:
    if len(among) >= _REMEMBERED:
        among.pop(next(iter(among)))
    among[key] = value
