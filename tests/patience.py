"""How long programs in tests wait for services: between requests and before another try not at all."""

from __future__ import annotations

import importlib

import pytest

from paperstui.sources.patience import Patience

USUAL = Patience()


def be_hasty(
    monkeypatch: pytest.MonkeyPatch, *, hangs: bool = False, read: float = USUAL.read, total: float = USUAL.total
) -> None:
    """Whoever fetches in this process keeps no pace but that of the service, and tries again at once.

    hangs: nor waits for more than a moment for a service that never answers. Nowhere else: on a busy machine a healthy
    service of this process is as slow as that. read, total: seconds for which an answer is waited for.
    """
    if hangs:
        read, total = 0.3, 1.0
    # Now, so that the patience of the first request is not spent on it.
    importlib.import_module("httpx")
    hasty = Patience(read=read, total=total, backoff=0.0, gap=0.0, rest=0.0, arxiv_gap=0.0)
    monkeypatch.setattr("paperstui.sources.http.Patience", lambda: hasty)
