from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from paperstui.tui import garbage


class Itself:
    """Refers to itself, so that only a search for garbage finds it."""

    def __init__(self) -> None:
        self.other = self


@pytest.fixture
def open_text() -> Iterator[None]:
    garbage.seldom()
    yield
    garbage.usual()


@pytest.mark.usefixtures("open_text")
@pytest.mark.parametrize(("pending", "found"), [(10, False), (11, True)])
def test_what_has_gathered_goes_at_rest(monkeypatch: pytest.MonkeyPatch, pending: int, found: bool) -> None:
    gc.collect()
    lost = weakref.ref(Itself())
    monkeypatch.setattr(gc, "get_count", lambda: (0, 0, pending))
    garbage.at_rest()
    assert (lost() is None) == found


def test_nothing_is_done_where_no_text_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gc, "get_count", lambda: (0, 0, 1_000))
    monkeypatch.setattr(gc, "collect", lambda: pytest.fail("it is done as often as Python does it"))
    garbage.at_rest()


def test_it_is_as_often_as_before_when_the_text_is_closed() -> None:
    before = gc.get_threshold()
    garbage.seldom()
    garbage.seldom()
    assert gc.get_threshold()[2] == garbage.SELDOM
    garbage.usual()
    assert gc.get_threshold() == before
