"""What is done in the background, and when: one thing at a time at each source, and not all at once.

The first refresh begins at once, everything else is spread over the next minute. What failed is tried again after a
random time that grows to an hour, and never before the source allows it. What another process has done meanwhile is
not done again. Nothing here waits for anything when it is cancelled.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from paperstui import clock
from paperstui.errors import PaperstuiError
from paperstui.usecases.results import Outcome
from paperstui.usecases.storing import failed

SPREAD = 60.0
"""Seconds over which the first times of what is not urgent are spread."""

BACKOFF, LONGEST_BACKOFF, SHORTEST_BACKOFF = 60.0, 3600.0, 10.0
"""Seconds: up to the first, doubled with each failure, up to the second; never less than the third."""

LATE = 0.1
"""The part of a period by which its next time is put off at most, so that many readers do not come at the same moment."""

RETRY_LATE = 5.0
"""Seconds by which a source is asked again later than it allows, at most."""

LONGEST_SLEEP = 60.0
"""Seconds after which the clock is looked at again: while a machine is suspended, time passes that no timer counts."""

RECENT = 120.0
"""Seconds for which what any process has fetched is fresh enough for one that starts."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """Something to be done again and again.

    name: what it is called among jobs. source: where from, as people call it. title: what it is, in words. run: does it.
    every: in how many seconds it is to be done again after it went well, given what came of it; None is never. urgent:
    it begins at once. elsewhere: its first time is somebody else's business, who tells of it by `begun` and `done`.
    done_at: when any process has done it last, Unix seconds of `clock.seconds`; it may block. taken: awaited when it turns
    out that another process has done it.
    """

    name: str
    source: str
    title: str
    run: Callable[[], Awaitable[Outcome]]
    every: Callable[[Outcome], float | None]
    urgent: bool = False
    elsewhere: bool = False
    done_at: Callable[[], int | None] = lambda: None
    taken: Callable[[], Awaitable[None]] | None = None


@dataclass(kw_only=True)
class State:
    """How it goes with a job. Times are Unix seconds of the machine.

    due: when it is to be done next; None is never. running: since when it is being done. failures: how many in a row.
    success: when it went well last. error: why it did not since, in words, and when. period: seconds from one time to
    the next; 0 before the first. hurried: it is wanted now, whoever has done it before.
    """

    job: Job
    due: float | None
    running: float | None = None
    failures: int = 0
    success: float | None = None
    error: str = ""
    error_at: float | None = None
    period: float = 0.0
    hurried: bool = False


class Scheduler:
    """Does jobs in the background. For use in one event loop.

    changed: called when anything that can be seen of it has changed. fault: tells of a fault of ours, in words. now,
    sleep, chance: where time and chance come from.
    """

    def __init__(
        self,
        jobs: Sequence[Job],
        *,
        changed: Callable[[], None] = lambda: None,
        fault: Callable[[Exception], str] = lambda error: f"a fault in paperstui: {type(error).__name__}",
        now: Callable[[], float] = clock.wall,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._changed = changed
        self._fault = fault
        self._now = now
        self._sleep = sleep
        self._chance = chance
        self._woken = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        began = now()
        self.states = [State(job=job, due=self._start(job, began)) for job in jobs]

    def _start(self, job: Job, began: float) -> float | None:
        if job.elsewhere:
            return None
        # Not in the first tenth, which is that of what is urgent.
        return began if job.urgent else began + SPREAD * (0.1 + 0.9 * self._chance())

    def state(self, name: str) -> State | None:
        """How it goes with the job of this name."""
        return next((state for state in self.states if state.job.name == name), None)

    async def run(self) -> None:
        """Do what is due, until it is cancelled; then everything that is under way is let go of."""
        try:
            while True:
                self._begin()
                self._woken.clear()
                await self._pause()
        finally:
            for task in self._tasks:
                task.cancel()

    def _begin(self) -> None:
        """Begin what is due at sources at which nothing is being done, what has been due for longest first."""
        now = self._now()
        busy = {state.job.source for state in self.states if state.running is not None}
        due = [(state.due, state) for state in self.states if state.due is not None and state.running is None]
        for at, state in sorted(due, key=lambda each: each[0]):
            if at <= now and state.job.source not in busy:
                busy.add(state.job.source)
                state.running = now
                task = asyncio.create_task(self._do(state))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
                self._changed()

    async def _pause(self) -> None:
        """Wait until something is due, or is done, or is asked for."""
        now = self._now()
        waiting = [state.due - now for state in self.states if state.due is not None and state.running is None]
        # What is due already waits for its source, and whatever is done there wakes us.
        seconds = min([LONGEST_SLEEP, *(each for each in waiting if each > 0)])
        sleeping = asyncio.ensure_future(self._sleep(seconds))
        waking = asyncio.ensure_future(self._woken.wait())
        try:
            await asyncio.wait({sleeping, waking}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleeping.cancel()
            waking.cancel()

    async def _do(self, state: State) -> None:
        try:
            if not await self._was_done(state):
                self._note(state, await self._outcome(state.job))
            elif state.period and state.job.taken is not None:
                await state.job.taken()
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is None or task.cancelling():
                raise
            # Not this, but something it waited for was given up by somebody else.
            self._note(state, Outcome(error="it was given up before it was done", status=1))
        except Exception as error:  # noqa: BLE001 - a fault in one job must not end the others; it is told
            self._note(state, Outcome(error=self._fault(error), status=70))
        finally:
            state.running = None
            self._woken.set()
            self._changed()

    async def _outcome(self, job: Job) -> Outcome:
        try:
            return await job.run()
        except PaperstuiError as error:
            return failed(Outcome(), error)

    async def _was_done(self, state: State) -> bool:
        """Whether any process has done it so lately that it need not be done again; then it is put off."""
        wanted, state.hurried = state.hurried or state.failures > 0, False
        done_at = None if wanted else await asyncio.to_thread(state.job.done_at)
        age = -1 if done_at is None else clock.seconds() - done_at
        if not 0 <= age < (state.period / 2 or RECENT):
            return False
        period = state.period or state.job.every(Outcome()) or LONGEST_BACKOFF
        state.success = self._now() - age
        state.due = state.success + self._later(period)
        return True

    def _note(self, state: State, outcome: Outcome) -> None:
        now = self._now()
        if not outcome.error:
            period = state.job.every(outcome)
            state.failures, state.error, state.error_at, state.success = 0, "", None, now
            state.period = period or 0.0
            state.due = None if period is None else now + self._later(period)
            return
        state.failures += 1
        state.error, state.error_at = outcome.error, now
        most = min(LONGEST_BACKOFF, BACKOFF * 2.0 ** min(state.failures - 1, 10))
        state.due = now + max(SHORTEST_BACKOFF, self._chance() * most)
        if outcome.retry_at is not None:
            state.due = max(state.due, outcome.retry_at + RETRY_LATE * self._chance())

    def _later(self, period: float) -> float:
        return period * (1 + LATE * self._chance())

    def begun(self, name: str) -> None:
        """What a job does is being done because the user asked for it."""
        state = self.state(name)
        if state is not None and state.running is None:
            state.running = self._now()
            self._changed()

    def done(self, name: str, outcome: Outcome) -> None:
        """What a job does was done because the user asked for it, and ended like this."""
        state = self.state(name)
        if state is not None:
            state.running = None
            self._note(state, outcome)
            self._woken.set()
            self._changed()

    def hurry(self, name: str) -> None:
        """Do something at the next moment at which nothing else is done at its source, unless it is being done."""
        state = self.state(name)
        if state is not None:
            state.due, state.hurried = self._now(), True
            self._woken.set()
