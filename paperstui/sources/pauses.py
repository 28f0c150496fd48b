"""What we impose on ourselves: a pace for requests, and leaving a service alone for a while after it failed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from paperstui.errors import SourceError


class Pacer:
    """Keeps requests to one service apart by a gap in seconds."""

    def __init__(
        self, gap: float, *, monotonic: Callable[[], float], sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        self._gap = gap
        self._monotonic = monotonic
        self._sleep = sleep
        self._next: dict[str, float] = {}

    async def turn(self, origin: str) -> None:
        """Wait until it is this request's turn."""
        now = self._monotonic()
        at = max(now, self._next.get(origin, now))
        self._next[origin] = at + self._gap
        if at > now:
            await self._sleep(at - now)


class Circuit:
    """Leaves a service that failed through all tries alone for a while, and then lets one request try it.

    So a refresh of many days against a dead service ends at once instead of waiting for each day.
    """

    def __init__(self, rest: float, *, monotonic: Callable[[], float], now: Callable[[], float]) -> None:
        self._rest = rest
        self._monotonic = monotonic
        self._now = now
        self._open: dict[str, tuple[float, SourceError]] = {}

    def admit(self, origin: str) -> bool:
        """Whether a request to an origin is a trial, which is made only once. Others wait for what becomes of it.

        Raises:
            SourceError: the service failed a moment ago; the same words, with the time when it is asked again.
        """
        if origin not in self._open:
            return False
        until, error = self._open[origin]
        left = until - self._monotonic()
        if left > 0:
            raise SourceError(str(error), kind=error.kind, retry_at=self._now() + left)
        self._open[origin] = (self._monotonic() + self._rest, error)
        return True

    def failed(self, origin: str, error: SourceError) -> None:
        """A request failed through all tries."""
        self._open[origin] = (self._monotonic() + self._rest, error)

    def worked(self, origin: str) -> None:
        """A request was answered."""
        self._open.pop(origin, None)

    def undecided(self, origin: str) -> None:
        """A request was given up before it showed anything."""
        if origin in self._open:
            self._open[origin] = (self._monotonic(), self._open[origin][1])

    def close(self) -> None:
        """Forget all failures: the user wants it tried now."""
        self._open.clear()
