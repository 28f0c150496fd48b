from __future__ import annotations

from collections.abc import Iterator

import pytest

from paperstui.paths import Paths
from paperstui.usecases import Desk
from tests.tui.reading import fill, open_desk


@pytest.fixture
def desk(places: Paths) -> Iterator[Desk]:
    """A desk over an empty library, without a network."""
    opened = open_desk(places)
    yield opened
    opened.close()


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """A desk with 60 invented papers over some days up to the test's own."""
    fill(desk)
    return desk
