"""A library and a journal in the test's own directories."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from paperstui.journal.store import Journal
from paperstui.library.store import Library
from paperstui.paths import Paths


@pytest.fixture
def library(places: Paths) -> Iterator[Library]:
    """An empty library, open. What was done to it must have left the index in step with the papers."""
    opened = Library.open(places)
    yield opened
    if not opened.closed:
        assert opened.care.index_agrees()
        assert opened.care.verify() == []
    opened.close()


@pytest.fixture
def journal(places: Paths) -> Journal:
    """The journal of this device."""
    return Journal(places.journal, "0a1b2c3d", places.locks)
