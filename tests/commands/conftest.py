from __future__ import annotations

from pathlib import Path

import pytest

from paperstui.paths import Paths
from tests.commands.calling import Caller, api_file
from tests.commands.disks import mounts

__all__ = ["mounts"]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Caller:
    """Calls a command in this process."""
    # A command does not wait for long for its threads, but ends the process: here that is the one of all tests.
    monkeypatch.setattr("paperstui.commands.running._GRACE", 30.0)
    return Caller(capsys)


@pytest.fixture
def library(call: Caller, places: Paths, tmp_path: Path) -> Paths:
    """A library with five papers, 2606.00001 to 2606.00005, of one day; the last has the most upvotes."""
    call.good("import", api_file(tmp_path / "five.json", {}, {}, {}, {}, {}))
    return places


@pytest.fixture
def saved_page(shared: Path) -> str:
    """A page of the site that somebody copied: 61 papers."""
    return str(shared / "saved_pages" / "daily-papers-search_2026-06-04.txt")
