"""Journals in the test's own directories."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from paperstui.journal.store import Journal
from paperstui.paths import Paths


@pytest.fixture
def make_journal(places: Paths) -> Callable[[str], Journal]:
    """The journal of a device of this name; all devices share the directory, as with a synchroniser."""
    return lambda device: Journal(places.journal, device, places.locks)


@pytest.fixture
def journal(make_journal: Callable[[str], Journal]) -> Journal:
    """The journal of this device."""
    return make_journal("0a1b2c3d")
