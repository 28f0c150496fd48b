"""Every failure of the service during `paperstui refresh`: one line, the right status, nothing lost, and it heals."""

from __future__ import annotations

import json
import shutil
from typing import Any

import pytest

from paperstui.paths import Paths
from tests.commands.calling import Caller, be_hasty
from tests.server import Hub, Server
from tests.server.faults import FAULTS

OPTIONS: dict[str, list[dict[str, Any]]] = {
    "status": [{"code": code} for code in (401, 403, 451, 500, 503, 204, 206, 999)],
    "limited": [{"after": 30}, {"date_in": 90, "skew": 3600}, {}, {"after": "soon"}, {"after": -5}, {"reset": 231}],
    "html200": [{}, {"type": "application/json", "etag": '"x"'}],
    "redirect": [{}, {"to": ""}, {"to": "file:///etc/passwd"}, {"to": "http://[::1/"}],
    "drip": [{}, {"headers": True}],
}

HARMLESS = {
    "bom", "utf16", "json_dupkeys", "json_nan", "json_infinity", "json_hugeint", "json_int64", "json_float", "surrogate", "json_wrapped",
    "json_list_mixed", "no_title", "no_id", "no_id_no_title", "no_paper", "nulls", "types", "extra", "authors_odd", "dates_odd", "bad_ids",
    "bad_urls", "long", "hostile", "dups", "shuffle", "last_one", "bad_token",
}  # fmt: skip
"""What costs at most some items or fields: the rest comes in, and the status is 0."""

CASES = [(name, options) for name in FAULTS for options in OPTIONS.get(name, [{}])]


@pytest.fixture
def server(_own_world: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A service with three papers on one day, so that even its faults are quick."""
    from datetime import date

    from paperstui.demo import generator

    be_hasty(monkeypatch)
    with Server(Hub(generator.items(3, seed=5, last_day=date(2026, 6, 4), days=1))) as running:
        monkeypatch.setenv("HF_ENDPOINT", running.url)
        yield running


@pytest.mark.parametrize(
    ("name", "options"), CASES, ids=lambda value: value if isinstance(value, str) else json.dumps(value)
)
def test_a_fault(call: Caller, server: Server, places: Paths, name: str, options: dict[str, Any]) -> None:
    if name == "last_one":
        options = {"reset": 60}
    call.good("refresh", "--date", "2026-06-04")
    before = call.good("list", "--json").json
    assert len(before) == 3
    # Without it the service would only be asked whether anything changed.
    shutil.rmtree(places.cache)
    server.fault(name, **options)
    ended = call("refresh", "--date", "2026-06-04")
    if name in HARMLESS:
        assert ended.status == 0, ended
        assert "3 papers" in ended.out or "unreadable" in ended.out or "bad_ids" in name
    else:
        assert ended.status == 4, ended
        assert ended.out == ""
        assert ended.complaint.startswith("2026-06-04: ")
    ids = {paper["id"] for paper in call.good("list", "--json").json}
    assert ids >= {paper["id"] for paper in before}, "what was here stays"

    server.heal()
    server.hub.new_window()
    # What the service asked for in the meantime is over.
    (places.state / "limits.json").unlink(missing_ok=True)
    assert call("refresh", "--date", "2026-06-04").status == 0
    after = {paper["id"]: paper for paper in call.good("list", "--json").json}
    for paper in before:
        assert after[paper["id"]]["title"] == paper["title"]
        assert after[paper["id"]]["abstract"] == paper["abstract"]
