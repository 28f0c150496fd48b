"""Walking through the queries that were asked before, as in a shell: those that begin as what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperstui.errors import PaperstuiError

if TYPE_CHECKING:
    from paperstui.tui.screens.reader import ReaderScreen


class Recall:
    """The finished queries and a place among them. What was begun before walking is kept and comes back at the end."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self._queries: list[str] = []
        self._typed = False
        self._begun: str | None = None
        self._at = 0
        self._told = ""

    @property
    def any(self) -> bool:
        """Whether there are earlier queries."""
        return bool(self._queries)

    @property
    def walking(self) -> bool:
        """Whether an earlier query is shown in place of what was begun."""
        return self._begun is not None

    async def load(self) -> None:
        """The bar is opened: read what any copy of paperstui has finished so far."""
        self._begun, self._typed = None, False
        try:
            self._queries = await self.screen.background.read(self.screen.desk.asked)
        except PaperstuiError as error:
            self._tell(error)
        self.screen.hint_bar.again()

    def typed(self) -> None:
        """Something was typed: walking begins from there."""
        self._begun, self._typed = None, True

    def step(self, direction: int, text: str) -> str | None:
        """The query before (-1) or after (1) the shown one, or what was begun; None when there is none.

        Only those that begin as typed; a text that nobody has changed since the bar was opened is no such beginning.
        text: what is in the field now.
        """
        begun = text if self._begun is None else self._begun
        beginning = begun.casefold().strip() if self._typed else ""
        at = len(self._queries) if self._begun is None else self._at
        while 0 <= (at := at + direction) < len(self._queries):
            query = self._queries[at]
            if query.casefold().startswith(beginning) and query not in (text, begun):
                self._begun, self._at = begun, at
                return query
        if direction > 0 and self._begun is not None:
            self._begun = None
            return begun
        return None

    async def remember(self, text: str) -> None:
        """A query is finished."""
        query = " ".join(text.split())
        if not query or self._queries[-1:] == [query]:
            return
        self._queries = [*(one for one in self._queries if one != query), query]
        try:
            await self.screen.background.write(self.screen.desk.remember, query)
        except PaperstuiError as error:
            self._tell(error)

    def _tell(self, error: PaperstuiError) -> None:
        """Say what went wrong, once: it goes wrong again with every query, and they are only kept for convenience."""
        if str(error) != self._told:
            self._told = str(error)
            self.screen.say(self._told, "error")
