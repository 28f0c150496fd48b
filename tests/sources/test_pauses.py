"""The pace we keep, and leaving a failing service alone."""

from __future__ import annotations

import asyncio

import pytest

from paperstui.errors import SourceError
from paperstui.sources.pauses import Circuit, Pacer
from tests.sources.clients import Clock

ORIGIN = "https://huggingface.co"
FAILED = SourceError("huggingface.co is in trouble", kind="server")


async def test_turns_are_a_gap_apart_also_for_who_comes_together() -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    pacer = Pacer(0.25, monotonic=lambda: 1_000.0, sleep=sleep)
    await asyncio.gather(*(pacer.turn(ORIGIN) for _ in range(3)))
    assert waits == [0.25, 0.5]
    await pacer.turn("https://example.org")
    assert len(waits) == 2


def test_a_failed_service_rests_and_is_then_tried_once() -> None:
    clock = Clock()
    circuit = Circuit(60, monotonic=clock.now, now=clock.now)
    assert circuit.admit(ORIGIN) is False
    circuit.failed(ORIGIN, FAILED)
    with pytest.raises(SourceError, match="in trouble") as caught:
        circuit.admit(ORIGIN)
    assert (caught.value.kind, caught.value.retry_at) == ("server", clock.time + 60)
    assert circuit.admit("https://example.org") is False
    clock.time += 60
    assert circuit.admit(ORIGIN) is True
    with pytest.raises(SourceError):
        circuit.admit(ORIGIN)
    circuit.worked(ORIGIN)
    assert circuit.admit(ORIGIN) is False


def test_a_trial_that_was_given_up_is_made_again() -> None:
    clock = Clock()
    circuit = Circuit(60, monotonic=clock.now, now=clock.now)
    circuit.undecided(ORIGIN)
    circuit.failed(ORIGIN, FAILED)
    clock.time += 60
    assert circuit.admit(ORIGIN) is True
    circuit.undecided(ORIGIN)
    assert circuit.admit(ORIGIN) is True


def test_a_user_who_wants_it_now_is_not_kept_waiting() -> None:
    clock = Clock()
    circuit = Circuit(60, monotonic=clock.now, now=clock.now)
    circuit.failed(ORIGIN, FAILED)
    circuit.close()
    assert circuit.admit(ORIGIN) is False
