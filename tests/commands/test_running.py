from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Iterator

import pytest

from paperstui.commands.running import ENDING, Ended, ending_in_order, leave_if_stuck, leaving, run


@pytest.fixture(autouse=True)
def _handlers() -> Iterator[None]:
    """Whatever a test does, pytest has its handlers afterwards."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, *ENDING)}
    yield
    after = {number: signal.getsignal(number) for number in before}
    for number, handler in before.items():
        signal.signal(number, handler)
    assert after == before, "and before as well"


def send(number: int) -> None:
    os.kill(os.getpid(), number)


def test_work_is_run_to_its_end() -> None:
    done: list[str] = []

    async def work() -> None:
        await asyncio.to_thread(done.append, "thread")
        done.append("end")

    run(work)
    assert done == ["thread", "end"]


def test_what_fails_is_raised() -> None:
    async def work() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(work)


@pytest.mark.parametrize("number", [signal.SIGINT, *ENDING])
def test_a_signal_ends_it_in_order(number: int) -> None:
    tidied: list[str] = []

    async def work() -> None:
        try:
            send(number)
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0)
            tidied.append("up")

    with pytest.raises(Ended) as caught:
        run(work)
    assert caught.value.number == number
    assert isinstance(caught.value, KeyboardInterrupt)
    assert tidied == ["up"]


def test_a_signal_that_is_ignored_stays_so() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    finished: list[bool] = []

    async def work() -> None:
        send(signal.SIGHUP)
        await asyncio.sleep(0)
        finished.append(True)

    try:
        with ending_in_order():
            run(work)
            send(signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)
    assert finished == [True]


def test_work_that_cancels_itself_is_no_signal() -> None:
    async def work() -> None:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        run(work)


def test_generators_are_closed() -> None:
    closed: list[str] = []

    async def numbers() -> object:
        try:
            while True:
                yield 1
        finally:
            await asyncio.sleep(0)
            closed.append("generator")

    async def work() -> None:
        async for _ in numbers():  # type: ignore[attr-defined]
            return

    run(work)
    assert closed == ["generator"]


def test_in_another_thread_it_works_without_signals() -> None:
    done: list[str] = []

    async def work() -> None:
        done.append("work")

    def both() -> None:
        with ending_in_order():
            run(work)

    thread = threading.Thread(target=both)
    thread.start()
    thread.join()
    assert done == ["work"]


@pytest.mark.parametrize("number", ENDING)
def test_what_is_not_asynchronous_is_unwound_as_by_ctrl_c(number: int) -> None:
    with ending_in_order(), pytest.raises(Ended) as caught:
        signal.raise_signal(number)
    assert caught.value.number == number


def test_a_thread_that_hangs_does_not_keep_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[int] = []
    monkeypatch.setattr("os._exit", left.append)
    monkeypatch.setattr("paperstui.commands.running._GRACE", 0.01)
    leave_if_stuck(4)
    assert left == []
    released = threading.Event()
    stuck = threading.Thread(target=released.wait, name="asyncio_0", daemon=True)
    stuck.start()
    leave_if_stuck(4)
    released.set()
    stuck.join()
    assert left == [4]


@pytest.mark.parametrize("job", ["done", "ended"])
def test_a_job_that_ends_leaves_with_its_status(job: str, monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[int] = []
    monkeypatch.setattr("paperstui.commands.running.leave_if_stuck", left.append)

    def end() -> int:
        raise Ended(signal.SIGTERM)

    if job == "ended":
        with pytest.raises(Ended):
            leaving(end)
    else:
        assert leaving(lambda: 4) == 4
    assert left == [128 + signal.SIGTERM if job == "ended" else 4]


def test_a_signal_that_was_taken_for_an_error_still_ends_it() -> None:
    def ask_the_database() -> None:
        try:
            os.kill(os.getpid(), signal.SIGTERM)
        except KeyboardInterrupt:
            raise OSError("a function of ours raised something") from None

    with pytest.raises(Ended) as caught, ending_in_order():
        ask_the_database()
    assert caught.value.number == signal.SIGTERM


def test_an_error_without_a_signal_stays_one() -> None:
    with pytest.raises(OSError, match="the disk"), ending_in_order():
        raise OSError("the disk")
