from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys

import pytest

from paperstui.paths import Paths
from paperstui.usecases.claims import Claims
from tests.waiting import wait_for

HOLDER = """
import asyncio, sys
from pathlib import Path
from paperstui.usecases.claims import Claims

async def hold():
    async with Claims(Path(sys.argv[1])).turn("daily"):
        print("mine", flush=True)
        await asyncio.Event().wait()

asyncio.run(hold())
"""


async def test_what_another_has_is_waited_for(places: Paths) -> None:
    one, other = Claims(places.locks), Claims(places.locks)
    told: list[str] = []
    waited: list[bool] = []

    async def second() -> None:
        async with other.turn("daily", lambda: told.append("waits")) as had_to_wait:
            waited.append(had_to_wait)

    async with one.turn("daily") as had_to_wait:
        assert not had_to_wait
        task = asyncio.create_task(second())
        await wait_for(lambda: told, "the second one to wait")
        assert waited == []
        async with other.turn("weekly") as had_to_wait_too:
            assert not had_to_wait_too, "that is something else"
    await asyncio.wait_for(task, 20)
    assert (told, waited) == (["waits"], [True])


async def test_a_claim_of_a_process_that_was_killed_is_gone_with_it(places: Paths) -> None:
    with subprocess.Popen(  # noqa: ASYNC220 - there is nothing else to be done meanwhile
        [sys.executable, "-c", HOLDER, str(places.locks)], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "mine\n"
        told: list[str] = []

        async def second() -> bool:
            async with Claims(places.locks).turn("daily", lambda: told.append("waits")) as waited:
                return waited

        task = asyncio.create_task(second())
        await wait_for(lambda: told)
        os.kill(holder.pid, signal.SIGKILL)
        assert await asyncio.wait_for(task, 20)


async def test_nobody_waits_for_ever(places: Paths) -> None:
    times = iter(range(100))
    impatient = Claims(places.locks, patience=3, sleep=lambda _: asyncio.sleep(0), monotonic=lambda: float(next(times)))
    async with Claims(places.locks).turn("daily"), impatient.turn("daily") as waited:
        assert not waited, "nothing is known of what the other has done"


async def test_who_gives_up_waiting_leaves_no_claim_behind(places: Paths) -> None:
    claims = Claims(places.locks)
    for _ in range(20):

        async def taken() -> None:
            async with claims.turn("daily"):
                pass

        task = asyncio.create_task(taken())
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
    async with asyncio.timeout(20), claims.turn("daily"):
        pass


async def test_without_a_place_for_locks_everything_is_free(places: Paths) -> None:
    places.locks.parent.mkdir(parents=True, exist_ok=True)
    if places.locks.exists():
        places.locks.rmdir()
    places.locks.write_text("a file")
    async with Claims(places.locks).turn("daily") as first, Claims(places.locks).turn("daily") as second:
        assert not first
        assert not second


@pytest.mark.parametrize("name", ["daily 2026-06-04", "search\n/../x", "é" * 5000])
async def test_anything_can_be_claimed(places: Paths, name: str) -> None:
    async with Claims(places.locks).turn(name):
        assert len(list(places.locks.glob("fetch-*.lock"))) == 1
