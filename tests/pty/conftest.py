from __future__ import annotations

import pytest

from paperstui.config import Settings
from paperstui.paths import Paths
from paperstui.usecases import Desk
from tests.tui.reading import fill


@pytest.fixture
def library(places: Paths) -> Paths:
    """A library with some days of invented papers."""
    desk = Desk.open(places, Settings(), offline=True)
    fill(desk)
    desk.close()
    return places
