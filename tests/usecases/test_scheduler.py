from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui import clock
from paperstui.errors import SourceError
from paperstui.usecases.results import Outcome
from paperstui.usecases.scheduler import BACKOFF, LONGEST_BACKOFF, LONGEST_SLEEP, RECENT, SPREAD, Job, Scheduler
from tests.waiting import wait_for

START = 1_780_000_000.0
PERIOD = 1800.0


@dataclass
class World:
    """Time that passes when the test says so, and a record of what was done."""

    time: float = START
    sleepers: list[tuple[float, asyncio.Event]] = field(default_factory=list)
    done: list[tuple[float, str]] = field(default_factory=list)
    chance: float = 1.0

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        woken = asyncio.Event()
        self.sleepers.append((self.time + seconds, woken))
        await woken.wait()

    async def pass_by(self, seconds: float) -> None:
        """Let time pass, waking who sleeps when it is time."""
        end = self.time + seconds
        while True:
            await idle()
            at = min((at for at, woken in self.sleepers if not woken.is_set()), default=end + 1)
            if at > end:
                break
            self.time = max(self.time, at)
            for each, woken in self.sleepers:
                if each <= self.time:
                    woken.set()
        self.time = end
        await idle()

    def job(self, name: str, outcome: Callable[[], Outcome] = Outcome, source: str = "A", **changes: object) -> Job:
        async def run() -> Outcome:
            self.done.append((self.time - START, name))
            return outcome()

        given: dict[str, object] = {"run": run, "every": lambda _: PERIOD}
        return Job(name=name, source=source, title=name, **{**given, **changes})  # type: ignore[arg-type]

    @asynccontextmanager
    async def scheduled(self, *jobs: Job) -> AsyncIterator[Scheduler]:
        scheduler = Scheduler(jobs, now=self.now, sleep=self.sleep, chance=lambda: self.chance)
        running = asyncio.create_task(scheduler.run())
        try:
            await idle()
            yield scheduler
        finally:
            running.cancel()
            await asyncio.wait([running])


async def idle() -> None:
    """Let everything go on that can."""
    for _ in range(20):
        await asyncio.wait([asyncio.ensure_future(asyncio.to_thread(int))])


@pytest.fixture
def world() -> World:
    return World()


async def test_what_is_urgent_begins_at_once_and_the_others_within_a_minute(world: World) -> None:
    chances = iter([0.0, 0.5, 1.0])
    scheduler = Scheduler(
        [world.job("first", urgent=True), *(world.job(name, source=name) for name in "abc")],
        now=world.now,
        chance=lambda: next(chances),
    )
    assert [state.due for state in scheduler.states] == [
        START,
        START + SPREAD * 0.1,
        START + SPREAD * 0.55,
        START + SPREAD,
    ]


async def test_a_job_is_done_again_after_its_period(world: World) -> None:
    async with world.scheduled(world.job("a", urgent=True)):
        await world.pass_by(2 * PERIOD * 1.1)
    assert [at for at, _ in world.done] == pytest.approx([0, PERIOD * 1.1, 2 * PERIOD * 1.1])


async def test_a_job_that_says_never_is_done_once(world: World) -> None:
    async with world.scheduled(world.job("a", urgent=True, every=lambda _: None)) as scheduler:
        await world.pass_by(10 * PERIOD)
        assert scheduler.states[0].due is None
    assert len(world.done) == 1


async def test_at_one_source_one_thing_is_done_at_a_time(world: World) -> None:
    lasting = {name: asyncio.Event() for name in "abc"}
    begun: list[str] = []

    def waiting(name: str) -> Callable[[], Awaitable[Outcome]]:
        async def run() -> Outcome:
            begun.append(name)
            await lasting[name].wait()
            return Outcome()

        return run

    jobs = [world.job(name, source=source, urgent=True, run=waiting(name)) for name, source in ("aX", "bX", "cY")]
    async with world.scheduled(*jobs) as scheduler:
        await wait_for(lambda: begun == ["a", "c"], "one of each source")
        await world.pass_by(600)
        assert begun == ["a", "c"]
        lasting["a"].set()
        await wait_for(lambda: begun == ["a", "c", "b"], "the one that waited")
        assert [state.running is not None for state in scheduler.states] == [False, True, True]


async def test_failures_put_it_off_for_longer_and_longer_up_to_an_hour(world: World) -> None:
    failure = Outcome(error="nobody is there", status=4, kind="offline")
    async with world.scheduled(world.job("a", lambda: failure, urgent=True)) as scheduler:
        for number in range(9):
            state = scheduler.states[0]
            assert (state.failures, state.error) == (number + 1, "nobody is there")
            assert state.due == world.time + min(LONGEST_BACKOFF, BACKOFF * 2**number)
            await world.pass_by(min(LONGEST_BACKOFF, BACKOFF * 2**number))
    assert len(world.done) == 10


@given(st.floats(0, 1), st.integers(1, 40))
def test_the_wait_after_a_failure_is_random_and_never_nothing(chance: float, failures: int) -> None:
    world = World(chance=chance)
    scheduler = Scheduler([world.job("a")], now=world.now, chance=lambda: chance)
    for _ in range(failures):
        scheduler.done("a", Outcome(error="no", status=4))
    due = scheduler.states[0].due
    assert due is not None
    assert 9.999 <= due - START <= max(10, chance * LONGEST_BACKOFF) + 0.001


async def test_what_works_again_is_done_at_its_pace_again(world: World) -> None:
    outcomes = iter([Outcome(error="no", status=4), Outcome(), Outcome()])
    async with world.scheduled(world.job("a", lambda: next(outcomes), urgent=True)) as scheduler:
        await world.pass_by(BACKOFF)
        state = scheduler.states[0]
        assert (state.failures, state.error, state.success) == (0, "", START + BACKOFF)
        assert state.due == world.time + PERIOD * 1.1


async def test_a_source_is_not_asked_before_it_allows_it(world: World) -> None:
    refusal = SourceError("wait", kind="limited", retry_at=START + 5000)

    async def run() -> Outcome:
        world.done.append((world.time - START, "a"))
        raise refusal

    async with world.scheduled(world.job("a", urgent=True, run=run)):
        await world.pass_by(4999)
        assert len(world.done) == 1
        await world.pass_by(7)
        assert world.done[1] == (5005, "a")


async def test_what_another_process_did_is_not_done_again_but_shown(world: World) -> None:
    done_at: list[int | None] = [None]
    taken: list[float] = []

    async def take() -> None:
        taken.append(world.time)

    async with world.scheduled(world.job("a", urgent=True, done_at=lambda: done_at[0], taken=take)) as scheduler:
        await world.pass_by(60)
        done_at[0] = clock.seconds() - 100
        await world.pass_by(PERIOD * 1.1)
        assert world.done == [(0, "a")]
        assert len(taken) == 1
        state = scheduler.states[0]
        assert state.success is not None
        assert state.due == state.success + PERIOD * 1.1
        done_at[0] = clock.seconds() - int(PERIOD)
        await world.pass_by(PERIOD * 1.1)
        assert len(world.done) == 2, "that was too long ago"


@pytest.mark.parametrize(("age", "done"), [(RECENT - 1, 0), (RECENT, 1), (-50, 1)])
async def test_at_the_start_what_was_just_done_is_fresh(world: World, age: float, done: int) -> None:
    async with world.scheduled(world.job("a", urgent=True, done_at=lambda: clock.seconds() - int(age))) as scheduler:
        await idle()
        assert len(world.done) == done
        assert scheduler.states[0].due == pytest.approx(START - (age if not done else 0) + PERIOD * 1.1)


async def test_a_fault_ends_no_other_job(world: World) -> None:
    async def broken() -> Outcome:
        raise KeyError("secret")

    async with world.scheduled(
        world.job("a", urgent=True, run=broken), world.job("b", source="B", urgent=True)
    ) as scheduler:
        await wait_for(lambda: world.done)
        assert scheduler.states[0].error == "a fault in paperstui: KeyError"
        assert scheduler.states[0].failures == 1


async def test_what_waited_for_something_that_was_given_up_has_failed(world: World) -> None:
    async def run() -> Outcome:
        world.done.append((world.time - START, "a"))
        shared = asyncio.ensure_future(asyncio.Event().wait())
        shared.cancel()
        await shared
        return Outcome()

    async with world.scheduled(world.job("a", urgent=True, run=run)) as scheduler:
        await wait_for(lambda: world.done)
        await idle()
        state = scheduler.states[0]
        assert (len(world.done), state.failures, state.running) == (1, 1, None)
        assert "given up" in state.error
        assert state.due == START + BACKOFF


async def test_quitting_waits_for_nothing(world: World) -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def hanging() -> Outcome:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
        return Outcome()

    async with world.scheduled(world.job("a", urgent=True, run=hanging)):
        await begun.wait()
    await asyncio.wait_for(ended.wait(), 5)


async def test_what_the_user_did_counts_and_what_is_hurried_is_done_now(world: World) -> None:
    changes: list[float] = []
    async with world.scheduled(world.job("a")) as scheduler:
        scheduler._changed = lambda: changes.append(world.time)
        scheduler.done("a", Outcome())
        assert scheduler.states[0].due == START + PERIOD * 1.1
        assert changes
        await world.pass_by(PERIOD)
        assert world.done == []
        scheduler.hurry("a")
        await wait_for(lambda: world.done)
        scheduler.hurry("of no such name")
        scheduler.done("of no such name", Outcome())


async def test_time_that_no_timer_counted_is_seen_within_a_minute(world: World) -> None:
    async with world.scheduled(world.job("a", urgent=True)):
        await wait_for(lambda: world.done)
        await idle()
        world.time += 10 * PERIOD
        assert all(at - world.time <= LONGEST_SLEEP for at, _ in world.sleepers)
        for _, woken in world.sleepers:
            woken.set()
        await wait_for(lambda: len(world.done) == 2)
