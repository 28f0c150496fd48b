"""One fetch of a paper's text at a time: who wants a text while it is fetched waits for that one, here and in other processes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from paperstui.models import Paper
    from paperstui.usecases.claims import Claims
    from paperstui.usecases.reading import Document

Waits = Callable[[str], None]
"""Told what is waited for, in words: "asking for ar5iv"."""

PATIENCE = 20.0
"""Seconds after which another process is not waited for any more: what one source may take at most."""

OTHERS = "another paperstui is fetching it"
"""What is waited for while another process has the turn."""


class _Run:
    """A fetch that is under way in this process. asked, again: as in `Reading.fetch`."""

    def __init__(self, paper: Paper, *, asked: bool, again: bool) -> None:
        self.done: asyncio.Future[Document | None] = asyncio.get_running_loop().create_future()
        self._paper = paper
        self._asked = asked
        self._again = again
        self._said = ""
        self._listeners: list[Waits] = []

    def tell(self, said: str) -> None:
        """Tell all who wait what is waited for."""
        self._said = said
        for listener in self._listeners:
            listener(said)

    def listen(self, waits: Waits) -> None:
        """Be told from now on, and at once what was told last."""
        self._listeners.append(waits)
        if self._said:
            waits(self._said)

    def leave(self, waits: Waits) -> None:
        """Be told no more."""
        self._listeners.remove(waits)

    def serves(self, paper: Paper, found: Document, *, asked: bool, again: bool) -> bool:
        """Whether what it found is what another fetch would find.

        One that nobody asked for respects pauses, so when it fails, somebody who asks may have more luck.
        """
        if paper.version != self._paper.version or (again and not self._again):
            return False
        return self._asked or not asked or not found.error


class TextTurns:
    """Whose turn it is to fetch the text of which paper. It belongs to one event loop."""

    def __init__(self, claims: Callable[[], Claims]) -> None:
        self._claims = claims
        self._runs: dict[str, _Run] = {}

    async def once(
        self,
        paper: Paper,
        fetch: Callable[[Waits, bool], Awaitable[Document]],
        *,
        asked: bool,
        again: bool,
        waits: Waits | None,
    ) -> Document:
        """What a running fetch of the same text finds, or else this one.

        fetch: is given whom to tell what is waited for, and whether another process has fetched it meanwhile. waits:
        told what is waited for, whosever fetch it is.
        """
        waits = waits or (lambda _: None)
        while (run := self._runs.get(paper.id)) is not None:
            run.listen(waits)
            try:
                # Who stops waiting does not stop the one that fetches.
                found = await asyncio.shield(run.done)
            finally:
                run.leave(waits)
            if found is not None and run.serves(paper, found, asked=asked, again=again):
                return found
        run = self._runs[paper.id] = _Run(paper, asked=asked, again=again)
        run.listen(waits)
        found = None
        try:
            async with self._turn(paper, run) as others:
                found = await fetch(run.tell, others)
            return found
        finally:
            del self._runs[paper.id]
            run.done.set_result(found)

    @asynccontextmanager
    async def _turn(self, paper: Paper, run: _Run) -> AsyncIterator[bool]:
        # In a thread, because of what is imported.
        claims = await asyncio.to_thread(self._claims)
        async with claims.turn(f"text {paper.id}", lambda: run.tell(OTHERS), patience=PATIENCE) as others:
            yield others
