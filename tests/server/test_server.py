"""The loopback Hugging Face behaves like the real one, as far as recordings and documents tell."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.error
import urllib.request
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from paperstui.sources.page_html import HtmlPage
from tests.server import Hub, Server
from tests.server.faults import FAULTS
from tests.server.fixtures import sample_items

DAY = date(2026, 6, 4)


def ask(server: Server | str, path: str, **headers: str) -> tuple[int, Any, dict[str, str]]:
    """Status, JSON (or bytes) and headers of an answer."""
    url = server if isinstance(server, str) else server.url
    request = urllib.request.Request(url + path, headers=headers)  # noqa: S310 - loopback
    try:
        with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310 - loopback
            status, body, found = response.status, response.read(), response.headers
    except urllib.error.HTTPError as error:
        with error:
            status, body, found = error.code, error.read(), error.headers
    kind = found.get("Content-Type", "")
    return status, json.loads(body) if body and "json" in kind else body, {name.lower(): found[name] for name in found}


def test_a_day_is_sorted_by_upvotes_and_paged(hugging_face: Server) -> None:
    status, items, headers = ask(hugging_face, "/api/daily_papers?date=2026-06-04&limit=12")
    assert (status, len(items)) == (200, 12)
    votes = [item["paper"]["upvotes"] for item in items]
    assert votes == sorted(votes, reverse=True)
    link, _, relation = headers["link"].partition(";")
    assert relation.strip() == 'rel="next"'
    following = link.strip("<>").removeprefix(hugging_face.url)
    _, more, headers = ask(hugging_face, following)
    assert (len(more), "link" in headers) == (8, False)
    assert ask(hugging_face, "/api/daily_papers?date=2026-06-04&p=100")[1] == []


def test_without_a_day_the_newest_come_first(hugging_face: Server) -> None:
    _, items, _ = ask(hugging_face, "/api/daily_papers")
    days = [item["paper"]["submittedOnDailyAt"] for item in items]
    assert len(items) == 50
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize(
    "query",
    [
        "limit=101",
        "limit=0",
        "limit=x",
        "date=2025-13-40",
        "date=2026-06-05",
        "date=x",
        "week=2026-23",
        "month=2026",
        "sort=votes",
        "p=-1",
    ],
)
def test_what_the_real_one_refuses(query: str, hugging_face: Server) -> None:
    status, answer, _ = ask(hugging_face, f"/api/daily_papers?{query}")
    assert (status, list(answer)) == (400, ["error"])


def test_weekends_are_empty(hugging_face: Server) -> None:
    assert ask(hugging_face, "/api/daily_papers?date=2026-05-30")[:2] == (200, [])


def test_every_answer_tells_the_limits_and_beyond_them_is_429(hugging_face: Server) -> None:
    hugging_face.hub.quotas["api"] = 2
    answers = [ask(hugging_face, "/api/daily_papers") for _ in range(3)]
    assert [status for status, _, _ in answers] == [200, 200, 429]
    assert [headers["ratelimit"] for _, _, headers in answers] == [
        '"api";r=1;t=231',
        '"api";r=0;t=231',
        '"api";r=0;t=231',
    ]
    assert answers[0][2]["ratelimit-policy"] == '"fixed window";"api";q=2;w=300'
    assert ask(hugging_face, "/papers")[2]["ratelimit"] == '"pages";r=99;t=231'
    hugging_face.hub.new_window()
    assert ask(hugging_face, "/api/daily_papers")[0] == 200


def test_what_did_not_change_is_304(hugging_face: Server) -> None:
    tag = ask(hugging_face, "/api/daily_papers")[2]["etag"]
    assert ask(hugging_face, "/api/daily_papers", **{"If-None-Match": tag})[:2] == (304, b"")
    hugging_face.hub.days.clear()
    assert ask(hugging_face, "/api/daily_papers", **{"If-None-Match": tag})[:2] == (200, [])


def test_papers_and_search(hugging_face: Server) -> None:
    paper = hugging_face.hub.days["2026-06-04"][0]["paper"]
    _, found, _ = ask(hugging_face, f"/api/papers/{paper['id']}")
    assert found["title"] == paper["title"]
    assert {"linkedModels", "numTotalSpaces"} <= set(found)
    assert ask(hugging_face, "/api/papers/2606.99999")[:2] == (404, {"error": "Paper not found"})
    word = paper["title"].split()[-1]
    _, hits, _ = ask(hugging_face, f"/api/papers/search?q={word}&limit=3")
    assert 1 <= len(hits) <= 3
    assert hits[0]["upvoted"] is False
    assert "".join(piece["text"] for piece in hits[0]["highlightedTitle"]) == hits[0]["title"]
    assert ask(hugging_face, "/api/papers/search?q=" + "x" * 251)[0] == 400


def test_a_day_s_page_holds_its_data(hugging_face: Server) -> None:
    status, body, _ = ask(hugging_face, "/papers/date/2026-06-04")
    page = HtmlPage(body.decode())
    assert (status, len(page.daily), page.date) == (200, 20, "2026-06-04")
    # On a day without papers it shows the last one before, and says so.
    hugging_face.hub.today = date(2026, 6, 7)
    assert HtmlPage(ask(hugging_face, "/papers")[1].decode()).date == "2026-06-04"


def test_recorded_days_are_served_as_they_are(tmp_path: Path) -> None:
    raw = [{"paper": {"id": "2606.01234", "title": "T", "upvotes": 1, "summary": "S"}, "title": "T", "odd": None}]
    (tmp_path / "2026-06-04.json").write_text(json.dumps(raw))
    with Server(Hub.recorded(tmp_path, today=DAY)) as server:
        assert ask(server, "/api/daily_papers?date=2026-06-04")[1] == raw
        assert ask(server, "/api/papers/2606.01234")[1] == raw[0]["paper"]


def test_faults_are_for_a_path_and_for_some_of_its_requests(hugging_face: Server) -> None:
    hugging_face.fault("status", code=500, path="/api/papers/")
    assert ask(hugging_face, "/api/papers/2606.99999")[0] == 500
    assert ask(hugging_face, "/api/daily_papers")[0] == 200
    hugging_face.heal()
    hugging_face.fault("status", code=502, nth=(2, 3))
    assert [ask(hugging_face, "/api/daily_papers")[0] for _ in range(4)] == [200, 502, 502, 200]
    hugging_face.heal()
    hugging_face.fault("status", code=503, times=2)
    assert [ask(hugging_face, "/api/daily_papers")[0] for _ in range(3)] == [503, 503, 200]
    with pytest.raises(ValueError, match="there is no fault"):
        hugging_face.fault("rain")


def test_it_can_go_down_and_come_up_again(hugging_face: Server) -> None:
    hugging_face.down()
    with pytest.raises(urllib.error.URLError):
        ask(hugging_face, "/api/daily_papers")
    hugging_face.up()
    assert ask(hugging_face, "/api/daily_papers")[0] == 200
    requests = hugging_face.seen("/api/")
    assert [request.number for request in requests] == [1]
    assert requests[0].at > 0


def test_every_fault_has_a_name_that_says_it() -> None:
    assert len(FAULTS) > 60
    assert all(name.isidentifier() for name in FAULTS)


def test_it_runs_as_a_program_of_its_own() -> None:
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-m", "tests.server", "--papers", "30", "--today", "2026-06-04", "--fault", "no_title"]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            url = process.stdout.readline().strip()
            status, items, _ = ask(url, "/api/daily_papers?date=2026-06-04")
            assert (status, len(items)) == (
                200,
                len([item for item in sample_items(30, last_day=DAY) if item.paper.listed == "2026-06-04"]),
            )
            assert "title" not in items[0]
        finally:
            process.terminate()
    assert process.returncode == 0
