"""Fixtures with the loopback Hugging Face and arXiv; `pytest_plugins` of the root conftest names this module."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from paperstui import clock
from paperstui.demo import generator
from paperstui.models import Item
from tests.server.arxiv import Arxiv, ArxivServer
from tests.server.hub import Hub
from tests.server.wire import Server


def sample_items(count: int = 60, *, seed: int = 1, last_day: date | None = None, days: int = 21) -> list[Item]:
    """Invented papers on the weekdays up to a day, which is the newest of the feed unless it is given."""
    return generator.items(count, seed=seed, last_day=last_day or clock.newest_feed_day(), days=days)


@pytest.fixture
def hugging_face(_own_world: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A running service with 60 papers up to the test's day; `HF_ENDPOINT` leads to it."""
    with Server(Hub(sample_items())) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.url)
        yield server


@pytest.fixture
def arxiv(_own_world: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[ArxivServer]:
    """A running arXiv with 60 papers, which the newest list announces; `PAPERSTUI_ARXIV_ENDPOINT` leads to it."""
    service = Arxiv()
    service.announce(date(2026, 6, 4), *(item.paper for item in sample_items()))
    with ArxivServer(service) as server:
        monkeypatch.setenv("PAPERSTUI_ARXIV_ENDPOINT", server.url)
        yield server
