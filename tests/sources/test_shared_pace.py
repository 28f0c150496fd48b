"""The pace of arXiv: within a process with a clock moved by hand, and between real processes."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from paperstui.sources.patience import Patience, Surroundings
from paperstui.sources.shared_pace import LEASE, SharedPace
from tests.server import ArxivServer
from tests.sources.clients import START, Clock
from tests.waiting import wait_for

GAP = 3.0
ROOT = Path(__file__).resolve().parents[2]

ASKS = """
import asyncio, sys
from pathlib import Path
from paperstui.sources.answers import FEED
from paperstui.sources.arxiv_hosts import arxiv_hosts
from paperstui.sources.http import Http
from paperstui.sources.limits import Limits
from paperstui.sources.patience import Patience

async def ask(state, gap, count):
    hosts = arxiv_hosts()
    http = Http("http://127.0.0.1:9", limits=Limits(Path(state) / "limits.json"), patience=Patience(arxiv_gap=gap), arxiv=hosts)
    async with http:
        for turn in range(count):
            path = "/rss/cs.CL" if turn % 2 else "/api/query?search_query=all:a"
            await http.get(hosts.api + path, FEED, lambda answer: answer.url)

asyncio.run(ask(sys.argv[1], float(sys.argv[2]), int(sys.argv[3])))
"""
"""A process that asks two of arXiv's services in turns."""


def asking(state: Path, gap: float, count: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", ASKS, str(state), str(gap), str(count)], cwd=ROOT)


def processes(state: Path, gap: float, counts: tuple[int, ...]) -> None:
    """Let some processes ask at the same time, each so often, and wait for all of them."""
    running = [asking(state, gap, count) for count in counts]
    assert [process.wait(50) for process in running] == [0] * len(counts)


def gaps(server: ArxivServer) -> list[float]:
    times = sorted(request.at for request in server.requests)
    return [after - before for before, after in pairwise(times)]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "state" / "arxiv-pace.json"


def pace(clock: Clock, file: Path | None) -> SharedPace:
    return SharedPace(file, GAP, clock.surroundings())


async def take(one: SharedPace, clock: Clock, *, lasts: float = 0.0) -> float:
    """Have a turn that lasts so long; when it began."""
    async with one.turn():
        began = clock.time
        clock.time += lasts
    return began


def ended_process() -> int:
    """The number of a process that is not there any more."""
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        return gone.pid


def said(file: Path, began: float, ended: float, pid: int | None = None) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps({"pid": pid or os.getpid(), "began": began, "ended": ended}))


async def ended(file: Path) -> None:
    """The end of the turn is told by a thread that nobody waits for."""
    await wait_for(lambda: json.loads(file.read_bytes() or b'{"ended":0}')["ended"], "the end of the turn")


def test_two_processes_keep_the_pace_together(arxiv: ArxivServer, tmp_path: Path) -> None:
    processes(tmp_path, 0.3, (4, 4, 4))
    assert len(arxiv.requests) == 12
    assert min(gaps(arxiv)) >= 0.25, "but for the time that a request takes to arrive"


@pytest.mark.timeout(90)
def test_two_processes_never_ask_within_three_seconds(arxiv: ArxivServer, tmp_path: Path) -> None:
    processes(tmp_path, Patience().arxiv_gap, (2, 2))
    assert len(arxiv.requests) == 4
    assert min(gaps(arxiv)) >= 3.0


async def test_a_process_that_is_killed_while_it_asks_does_not_stop_others(arxiv: ArxivServer, tmp_path: Path) -> None:
    arxiv.fault("hang", times=1)
    hanging = asking(tmp_path, 0.3, 1)
    await wait_for(lambda: arxiv.requests, "the request that hangs")
    hanging.kill()
    hanging.wait()
    processes(tmp_path, 0.3, (1,))
    assert len(arxiv.requests) == 2
    assert min(gaps(arxiv)) >= 0.25, "but for the time that a request takes to arrive"


async def test_the_gap_counts_from_the_answer(clock: Clock, file: Path) -> None:
    first, second = pace(clock, file), pace(clock, file)
    assert await take(first, clock, lasts=5) == START
    await ended(file)
    assert START + 5 + GAP <= await take(second, clock) <= START + 5 + GAP + 0.5


@pytest.mark.parametrize("shared", [True, False])
async def test_one_client_makes_one_request_at_a_time(clock: Clock, file: Path, shared: bool) -> None:
    one = pace(clock, file if shared else None)
    began = await asyncio.gather(*(take(one, clock) for _ in range(4)))
    assert all(after - before >= GAP for before, after in pairwise(began))
    assert began == sorted(began), "the first who came is the first who asks"


async def test_whoever_gives_up_waiting_keeps_nobody(clock: Clock, file: Path) -> None:
    one, other = pace(clock, file), pace(clock, file)
    await take(one, clock)
    await ended(file)
    asleep, never = asyncio.Event(), asyncio.Event()

    async def sleep(_: float) -> None:
        asleep.set()
        await never.wait()

    waiting = SharedPace(file, GAP, clock.surroundings(sleep=sleep))
    task = asyncio.ensure_future(take(waiting, clock))
    await wait_for(asleep.is_set)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await take(other, clock) <= START + GAP + 0.5


async def test_whoever_is_cancelled_while_asking_ends_the_turn(clock: Clock, file: Path) -> None:
    one, other = pace(clock, file), pace(clock, file)
    inside = asyncio.Event()

    async def ask() -> None:
        async with one.turn():
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.ensure_future(ask())
    await wait_for(inside.is_set)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await ended(file)
    assert await take(other, clock) <= START + GAP + 0.5


async def test_while_somebody_asks_nobody_else_does_until_it_has_taken_too_long(clock: Clock, file: Path) -> None:
    said(file, START, 0.0, pid=os.getppid())
    assert START + LEASE <= await take(pace(clock, file), clock) <= START + LEASE + 1


async def test_whose_process_is_gone_does_not_ask_any_more(clock: Clock, file: Path) -> None:
    said(file, START, 0.0, pid=ended_process())
    assert START + GAP <= await take(pace(clock, file), clock) <= START + GAP + 0.5


@pytest.mark.parametrize(("began", "end"), [(3600, 3601), (3600, 0), (-10, 3600), (1e300, 1e300)])
async def test_a_clock_that_was_set_back_costs_one_gap(clock: Clock, file: Path, began: float, end: float) -> None:
    said(file, START + began, START + end if end else 0.0)
    assert START <= await take(pace(clock, file), clock) <= START + GAP + 0.5


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"pid":"x"}', b'{"pid":1,"began":"now"}', b"\xff" * 99, b"9" * 9999]
)
async def test_a_file_that_says_nothing_sensible_is_written_anew(clock: Clock, file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    assert await take(pace(clock, file), clock) == START
    await ended(file)
    assert await take(pace(clock, file), clock) >= START + GAP


async def test_a_place_that_cannot_be_written_costs_only_the_sharing(clock: Clock, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    one = pace(clock, tmp_path / "file" / "pace.json")
    began = [await take(one, clock), await take(one, clock)]
    assert began[1] - began[0] >= GAP


async def test_somebody_who_holds_the_file_does_not_hold_us_for_ever(clock: Clock, file: Path) -> None:
    from filelock import FileLock

    file.parent.mkdir()
    one = pace(clock, file)
    one._lock_seconds = 0.01
    with FileLock(file.with_name(file.name + ".lock"), thread_local=False):
        assert START + LEASE <= await take(one, clock) <= START + LEASE + 2


async def test_without_a_gap_nothing_is_written(file: Path) -> None:
    one = SharedPace(file, 0.0, Surroundings())
    async with one.turn():
        assert not file.exists()
    assert not file.exists()


async def test_the_files_are_the_user_s_alone(clock: Clock, file: Path) -> None:
    before = os.umask(0)
    try:
        await take(pace(clock, file), clock)
        await ended(file)
    finally:
        os.umask(before)
    assert {path.name: path.stat().st_mode & 0o777 for path in file.parent.iterdir()} == {
        "arxiv-pace.json": 0o600,
        "arxiv-pace.json.lock": 0o600,
    }
