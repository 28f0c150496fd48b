"""What the reader keeps up to date by itself, how it goes, and with whom."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from paperstui import clock, feeds
from paperstui.models import SourceHealth
from paperstui.usecases.ahead import LOOK_AGAIN
from paperstui.usecases.asking import DAILY
from paperstui.usecases.results import Enriched, Outcome, Refreshed
from paperstui.usecases.scheduler import Job, Scheduler

if TYPE_CHECKING:
    from paperstui.library.store import Library
    from paperstui.models import Upserted
    from paperstui.sources.http import Http
    from paperstui.usecases.figures import Figures
    from paperstui.usecases.reaching import Reaching

HUGGING_FACE, ARXIV = "Hugging Face", "arXiv"
"""The sources, as people call them."""

AHEAD = "Full texts"
"""What is said of texts that are fetched ahead, by whomever has them, stands under this."""

PICTURES = "Pictures"
"""What is said of the pictures of papers, by whomever has them, stands under this."""

LATE_LIST = 45 * 60
"""Seconds until a list of arXiv is asked for again that should be out and is not."""
AFTER_LIST = 15 * 60
"""Seconds after a list should be out within which it is asked for."""
NEXT_TEXTS = 5 * 60
"""Seconds between two requests for the texts of a hundred papers."""
ALL_TEXTS = 6 * 3600
"""Seconds until it is looked again whether papers lack arXiv's own text, or have new versions."""
TEXTS_AT_ONCE = 100

Refresh = Callable[[], Awaitable[Outcome]]
Came = Callable[["Upserted"], Awaitable[None]]
Taken = Callable[[], Awaitable[None]]


def jobs(desk: Reaching, minutes: int, *, refresh: Refresh, came: Came, taken: Taken, ahead: bool = False) -> list[Job]:
    """What is to be done in the background.

    minutes: between two refreshes of the newest day, the first of which is the caller's business. refresh: fetches and
    shows it. came: shows what arXiv brought. taken: shows what another process has fetched of that day. ahead: the full
    texts of the reading list are fetched, too.
    """
    from paperstui.usecases import elsewhere

    found = [
        Job(
            name=DAILY,
            source=HUGGING_FACE,
            title="the newest day",
            run=refresh,
            every=lambda _: minutes * 60.0,
            elsewhere=True,
            done_at=lambda: elsewhere.fetched_at(desk.library, DAILY),
            taken=taken,
        )
    ]
    keeper = _Arxiv(desk, came)
    if desk.arxiv.categories:
        named = ", ".join(desk.arxiv.categories)
        found.append(
            Job(
                name=desk.arxiv.feed,
                source=ARXIV,
                title=f"the list of {named}",
                run=keeper.refresh_list,
                every=keeper.until_next_list,
            )
        )
    found.append(
        Job(
            name="texts",
            source=ARXIV,
            title="titles and abstracts",
            run=keeper.fetch_texts,
            every=lambda outcome: NEXT_TEXTS if getattr(outcome, "asked", 0) else ALL_TEXTS,
        )
    )
    found.append(
        Job(
            name="versions",
            source=ARXIV,
            title="new versions of what you keep",
            run=keeper.look_for_versions,
            every=lambda _: ALL_TEXTS,
        )
    )
    return [*found, _ahead_job(desk)] if ahead else found


def _ahead_job(desk: Reaching) -> Job:
    return Job(
        name=AHEAD,
        source=AHEAD,
        title="a text of your reading list",
        run=desk.ahead.fetch_next,
        every=lambda outcome: getattr(outcome, "wait", LOOK_AGAIN),
    )


class _Arxiv:
    """What is done at arXiv, a little at a time."""

    def __init__(self, desk: Reaching, came: Came) -> None:
        self._desk = desk
        self._came = came

    async def refresh_list(self) -> Outcome:
        import asyncio

        feed = self._desk.arxiv.feed
        if not await asyncio.to_thread(self._desk.arxiv.is_due, feed):
            return Outcome()
        result = await self._desk.refresh(feed)
        await self._came(result.upserted)
        return result

    def until_next_list(self, outcome: Outcome) -> float:
        """Soon where the list that should be out is not whole yet, or else when the next one should be out."""
        if isinstance(outcome, Refreshed) and (outcome.stale or not outcome.complete or not outcome.papers):
            return LATE_LIST
        late = random.uniform(60, AFTER_LIST)  # noqa: S311 - so that not everybody comes at once
        return max(60.0, self._desk.arxiv.next_list() - clock.seconds()) + late

    async def fetch_texts(self) -> Outcome:
        return await self._in_turn("texts", lambda: self._desk.arxiv.enrich(limit=TEXTS_AT_ONCE))

    async def look_for_versions(self) -> Outcome:
        return await self._in_turn("versions", self._desk.arxiv.look_for_versions)

    async def _in_turn(self, name: str, ask: Callable[[], Awaitable[Enriched]]) -> Enriched:
        # Who had to wait finds that there is less left to ask for.
        async with self._desk.claims.turn(f"{feeds.ARXIV}{name}"):
            result = await ask()
        await self._came(result.upserted)
        return result


def fetched(library: Library) -> dict[str, float]:
    """When something of each source was last fetched, by any process, in Unix seconds of the machine. Reads the library."""
    # What is stored is of the program's own clock.
    behind = clock.wall() - clock.seconds()
    found = {HUGGING_FACE: library.last_fetched(feeds.OF_HUGGING_FACE), ARXIV: library.last_fetched((feeds.ARXIV,))}
    return {name: at + behind for name, at in found.items() if at is not None}


def health(
    desk: Reaching, scheduler: Scheduler | None, known: Mapping[str, float] | None = None
) -> tuple[SourceHealth, ...]:
    """How it goes with all sources, from what the client has seen and what is done in the background.

    known: what `fetched` found.
    """
    from urllib.parse import urlsplit

    from paperstui.sources.arxiv_hosts import arxiv_hosts

    http, arxiv = desk.http, arxiv_hosts().api
    places = ((HUGGING_FACE, desk.endpoint), (ARXIV, arxiv))
    found = tuple(
        _health(name, urlsplit(address).netloc, address, http, scheduler, (known or {}).get(name))
        for name, address in places
    )
    if scheduler is not None and scheduler.state(AHEAD) is not None:
        found = (*found, _ahead(desk, scheduler))
    return (*found, *_pictures(desk))


def _pictures(desk: Reaching) -> tuple[SourceHealth, ...]:
    """How it goes with pictures; nothing of them where none was asked for."""
    figures: Figures | None = vars(desk).get("figures")
    if figures is None or (figures.went.success is None and not figures.went.error):
        return ()
    went = figures.went
    return (
        SourceHealth(
            name=PICTURES,
            host="of the papers you look at",
            success=went.success,
            error=went.error,
            error_at=went.error_at,
            answers="come as they are asked for",
        ),
    )


def _ahead(desk: Reaching, scheduler: Scheduler) -> SourceHealth:
    """How it goes with the texts that are fetched ahead."""
    texts = desk.ahead.texts
    state = scheduler.state(AHEAD)
    nowhere = f"; {texts.nowhere:,} could not be had or kept" if texts.nowhere else ""
    facts = [("Here", f"{texts.here:,} of {texts.total:,}{nowhere}")] if texts.total else []
    if texts.last:
        facts.append(("Last text", texts.last))
    made = _health(AHEAD, "of your reading list, fetched ahead", "", None, scheduler, state.success if state else None)
    return replace(
        made,
        answers="kept here as they can be had" if texts.total else "your reading list is empty",
        facts=tuple(facts),
    )


def _health(
    name: str, host: str, address: str, http: Http | None, scheduler: Scheduler | None, known: float | None
) -> SourceHealth:
    states = [state for state in (scheduler.states if scheduler else ()) if state.job.source == name]
    seen = http.health_of(address) if http is not None else None
    waiting = [(state.due, state.job.title) for state in states if state.due is not None and state.running is None]
    faults = [(state.error_at, state.error) for state in states if state.error and state.error_at is not None]
    error_at, error = max(faults, default=(None, ""))
    if seen is not None and seen.last_error:
        error, error_at = seen.last_error, seen.last_error_at
    # What is done at arXiv may find that there is nothing to ask for.
    successes = [state.success for state in states if state.job.name == DAILY]
    successes += [known, seen.last_success if seen is not None else None]
    return SourceHealth(
        name=name,
        host=host,
        running=next((state.job.title for state in states if state.running is not None), ""),
        success=max((at for at in successes if at is not None), default=None),
        left=seen.left if seen else None,
        left_until=seen.left_until if seen else None,
        not_before=seen.not_before if seen else None,
        coming=tuple(sorted(waiting, key=lambda each: each[0])),
        error=error,
        error_at=error_at,
    )
