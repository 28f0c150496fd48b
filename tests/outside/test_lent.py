"""The terminal is lent to a program, and nothing is waited for once it is gone."""

from __future__ import annotations

import os
import signal

import pytest

from paperstui.outside import lent


def test_how_it_ended_is_told() -> None:
    assert lent.run(["sh", "-c", "exit 3"], "sh") == 3
    assert lent.run(["sh", "-c", "kill -9 $$"], "sh") == -9


def test_one_that_goes_on_without_a_terminal_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lent, "GRACE", 0.05)
    caught: list[int] = []
    before = signal.signal(signal.SIGHUP, lambda number, _: caught.append(number))
    argv = ["sh", "-c", f'trap "" HUP; kill -HUP {os.getpid()}; exec sleep 10']
    try:
        with pytest.raises(lent.StillOpenError, match="the terminal was closed, and sh goes on"):
            lent.run(argv, "sh")
    finally:
        signal.signal(signal.SIGHUP, before)
    assert caught == [signal.SIGHUP]
