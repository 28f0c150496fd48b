"""Every failure of the service during `paperstui refresh`: one line, the right status, nothing lost, and it heals."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from paperstui.demo import generator
from paperstui.paths import Paths
from paperstui.sources.patience import Surroundings
from tests.commands.calling import Caller
from tests.patience import be_hasty
from tests.server import Hub, Server
from tests.server.faults import FAULTS

OPTIONS: dict[str, list[dict[str, Any]]] = {
    "status": [{"code": code} for code in (401, 403, 451, 500, 503, 204, 206, 999)],
    "limited": [{"after": 30}, {"date_in": 90, "skew": 3600}, {}, {"after": "soon"}, {"after": -5}, {"reset": 231}],
    "html200": [{}, {"type": "application/json", "etag": '"x"'}],
    "redirect": [{}, {"to": ""}, {"to": "file:///etc/passwd"}, {"to": "http://[::1/"}],
    "last_one": [{"reset": 60}],
    "drip": [{}, {"headers": True}],
}

HARMLESS = frozenset(
    [
        "authors_odd",
        "bad_ids",
        "bad_token",
        "bad_urls",
        "bom",
        "dates_odd",
        "dups",
        "extra",
        "hostile",
        "json_dupkeys",
        "json_float",
        "json_hugeint",
        "json_infinity",
        "json_int64",
        "json_list_mixed",
        "json_nan",
        "json_wrapped",
        "last_one",
        "long",
        "no_id",
        "no_id_no_title",
        "no_paper",
        "no_title",
        "nulls",
        "shuffle",
        "surrogate",
        "types",
        "utf16",
    ]
)
"""What costs at most some items or fields: the rest comes in, and the status is 0."""

SILENT = frozenset(["continue_flood", "drip", "hang", "hang_body", "hang_headers", "huge_length"])
"""What ends only when the client has had enough."""

CASES = [(name, options) for name in sorted(FAULTS) for options in OPTIONS.get(name, [{}])]
AT_ONCE = 8


@pytest.fixture
def server(_own_world: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A service with three papers on one day, so that even its faults are quick."""
    be_hasty(monkeypatch)
    with Server(Hub(generator.items(3, seed=5, last_day=date(2026, 6, 4), days=1))) as running:
        monkeypatch.setenv("HF_ENDPOINT", running.url)
        yield running


@pytest.mark.parametrize(
    "cases", [CASES[at : at + AT_ONCE] for at in range(0, len(CASES), AT_ONCE)], ids=lambda cases: cases[0][0]
)
def test_a_fault_costs_a_line_and_heals(
    call: Caller,
    server: Server,
    places: Paths,
    monkeypatch: pytest.MonkeyPatch,
    cases: list[tuple[str, dict[str, Any]]],
) -> None:
    call.good("refresh", "--date", "2026-06-04")
    good = call.good("list", "--json").json
    assert len(good) == 3
    for name, options in cases:
        _start_anew(server, places)
        server.fault(name, **options)
        be_hasty(monkeypatch, hangs=name in SILENT)
        ended = call("refresh", "--again", "--date", "2026-06-04")
        be_hasty(monkeypatch)
        if name in HARMLESS:
            assert ended.status == 0, (name, options, ended)
            assert ended.out.startswith("2026-06-04: "), (name, options, ended)
        else:
            assert (ended.status, ended.out) == (4, ""), (name, options, ended)
            assert ended.complaint.startswith("2026-06-04: 127.0.0.1:"), (name, options, ended)
        there = {paper["id"]: paper for paper in call.good("list", "--json").json}
        assert all(paper["id"] in there for paper in good), (name, options, "what was here stays")
        if name not in HARMLESS:
            assert [there[paper["id"]] for paper in good] == good, (name, options)

        _start_anew(server, places)
        assert call("refresh", "--again", "--date", "2026-06-04").status == 0, (name, options)
        after = {paper["id"]: paper for paper in call.good("list", "--json").json}
        for paper in good:
            assert after[paper["id"]]["title"] == paper["title"], (name, options)
            assert after[paper["id"]]["abstract"] == paper["abstract"], (name, options)
        good = [after[paper["id"]] for paper in good]


def _start_anew(server: Server, places: Paths) -> None:
    """A healthy service, and a client that remembers neither answers nor what it was asked to wait for."""
    server.heal()
    server.hub.new_window()
    shutil.rmtree(places.cache)
    (places.state / "limits.json").unlink(missing_ok=True)


@pytest.mark.usefixtures("places")
def test_the_network_is_gone_and_comes_back(call: Caller, server: Server) -> None:
    server.down()
    ended = call("refresh")
    assert (ended.status, ended.out) == (4, "")
    assert ended.complaint == f"2026-06-04: {server.url.removeprefix('http://')} refuses connections"
    server.up()
    assert call.good("refresh").out == "2026-06-04: 3 papers, 3 new, 0 updated\n"


def test_a_range_ends_at_once_without_a_network(call: Caller, server: Server) -> None:
    server.down()
    ended = call("refresh", "--since", "2026-05-01", "--json")
    assert ended.status == 4
    assert ended.complaint.startswith("2026-06-04: ")
    assert ended.complaint.endswith(" refuses connections; 24 of 25 days are left, the same command goes on")
    assert [day["period"] for day in ended.json] == ["2026-06-04"]


@pytest.mark.parametrize(("code", "tries", "days"), [(410, 1, 3), (503, 3, 2)])
def test_a_range_goes_on_after_a_bad_day_and_ends_after_some(
    call: Caller, server: Server, code: int, tries: int, days: int
) -> None:
    server.fault("status", code=code, times=tries)
    ended = call("refresh", "--since", "2026-06-01")
    assert (ended.status, ended.lines[-1]) == (4, "4 days: 0 papers, 0 new")
    assert ended.complaint.startswith("2026-06-04: "), "one day failed"
    server.requests.clear()
    server.fault("status", code=code)
    ended = call("refresh", "--since", "2026-05-01")
    failed = [line.split(": ")[1] for line in ended.err.splitlines()]
    assert (ended.status, failed) == (4, ["2026-06-04", "2026-06-03", "2026-06-02"][:days])
    assert ended.err.endswith(f"{24 - days} of 24 days are left, the same command goes on\n"), "one was here whole"
    assert len(server.requests) == tries * days
    server.heal()
    ended = call("refresh", "--since", "2026-05-01")
    assert (ended.status, ended.lines[0]) == (0, "2026-06-04: 3 papers, 3 new, 0 updated")


@pytest.mark.parametrize("arguments", [[], ["--since", "2026-06-01"]], ids=["newest", "range"])
def test_a_service_that_asks_for_an_hour_is_not_asked_before(
    call: Caller, server: Server, places: Paths, arguments: list[str]
) -> None:
    server.fault("limited", after=3_600)
    ended = call("refresh", *arguments)
    assert ended.status == 4
    assert "asks to wait 60 minutes" in ended.complaint
    assert len(server.requests) == 1
    server.heal()
    for _ in range(2):
        ended = call("refresh", *arguments)
        assert ended.status == 4
        assert "asks to wait" in ended.complaint
    assert len(server.requests) == 1, "not even by other processes"
    assert (places.state / "limits.json").exists()


@pytest.mark.parametrize(
    ("fault", "options", "asked"),
    [("limited", {"after": 200, "nth": 2}, [4, 3, 3, 2, 1]), ("last_one", {"reset": 200, "nth": 2}, [4, 3, 2, 1])],
)
def test_a_pause_of_minutes_is_waited_for(
    call: Caller, server: Server, monkeypatch: pytest.MonkeyPatch, fault: str, options: dict[str, Any], asked: list[int]
) -> None:
    slept: list[float] = []
    real = asyncio.sleep
    began = time.time()

    def now() -> float:
        return began + sum(slept)

    async def sleep(seconds: float, *_: Any) -> None:
        if seconds > 10:
            slept.append(seconds)
            seconds = 0
        await real(seconds)

    monkeypatch.setattr("asyncio.sleep", sleep)
    monkeypatch.setattr("paperstui.clock.wall", now)
    monkeypatch.setattr("paperstui.sources.http.Surroundings", lambda: Surroundings(now=now, sleep=sleep))
    server.fault(fault, **options)
    ended = call("refresh", "--since", "2026-06-01")
    assert ended.status == 0
    assert ended.complaint.endswith("asks to wait 3 minutes before the next request: waiting")
    assert slept == [pytest.approx(200.1, abs=0.5)]
    assert [request.query["date"] for request in server.requests] == [f"2026-06-0{day}" for day in asked]
