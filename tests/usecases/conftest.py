from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from paperstui.paths import Paths
from paperstui.usecases import Desk
from tests.patience import be_hasty
from tests.usecases.reading import fill, open_desk


@pytest.fixture
def desk(places: Paths) -> Iterator[Desk]:
    """A desk over an empty library, without a network."""
    opened = open_desk(places)
    yield opened
    opened.close()


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """A desk with five papers of one day, 2606.00001 to 2606.00005."""
    fill(desk)
    return desk


@pytest.fixture
def other(filled: Desk, places: Paths) -> Iterator[Desk]:
    """A second desk over the same directories, as of another process."""
    del filled
    opened = open_desk(places)
    yield opened
    opened.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever wants to write does not wait long for somebody who is writing."""
    from paperstui.library import opening

    real = opening._writer

    def quick(path: object) -> object:
        connection = real(path)  # type: ignore[arg-type]
        connection.execute("PRAGMA busy_timeout = 30")
        return connection

    monkeypatch.setattr(opening, "_writer", quick)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who fetches gives up soon, tries again at once, and keeps no pace but that of the service."""
    be_hasty(monkeypatch, read=2.0, total=5.0)


@pytest.fixture
async def online(places: Paths) -> AsyncIterator[Desk]:
    """A desk over an empty library that fetches."""
    desk = open_desk(places, offline=False)
    yield desk
    await desk.disconnect()
    desk.close()
