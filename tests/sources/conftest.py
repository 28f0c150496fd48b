"""What the tests of sources share."""

from __future__ import annotations

from pathlib import Path

import pytest

from paperstui.documents.cache import DocumentCache
from paperstui.sources import http


@pytest.fixture(scope="session", autouse=True)
def _warm() -> None:
    """The first client of a process imports httpx and reads certificates, which is no part of what is timed here."""
    http._trust()


@pytest.fixture
def cache(tmp_path: Path) -> DocumentCache:
    return DocumentCache(tmp_path / "documents")
