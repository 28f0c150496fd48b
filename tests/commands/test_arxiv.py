"""`paperstui add`, and `refresh` of arXiv's lists and texts."""

from __future__ import annotations

import io
import json
import re
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from paperstui.models import Author, Paper
from paperstui.paths import Paths
from tests.commands.calling import Caller, api_file, process, start
from tests.patience import be_hasty
from tests.server import ArxivServer, Server

DAY = date(2026, 6, 4)


@pytest.fixture(autouse=True)
def _hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    be_hasty(monkeypatch)


@pytest.fixture
def server(arxiv: ArxivServer) -> ArxivServer:
    arxiv.arxiv.lists.clear()
    arxiv.arxiv.papers.clear()
    return arxiv


def paper(number: int, *categories: str, **changes: Any) -> Paper:
    given: dict[str, Any] = {"title": rf"On $\nabla^2$ {number}", "abstract": "Words.", "authors": (Author("Ada Li"),)}
    return Paper(
        id=f"2606.{number:05}", categories=categories or ("cs.CL",), published=1_780_000_000, **given | changes
    )


def type_in(monkeypatch: pytest.MonkeyPatch, text: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text), "utf-8"))


def configure(places: Paths, text: str) -> None:
    places.settings.write_text(text, "utf-8")


def test_papers_are_added_and_named(call: Caller, server: ArxivServer) -> None:
    server.arxiv.add(paper(1), paper(2))
    ended = call.good("add", "2606.00001v2", "https://www.alphaxiv.org/abs/2606.00002")
    assert ended.lines == ["2606.00001  On ∇² 1", "2606.00002  On ∇² 2"]
    assert call.good("add", "2606.00001").lines == ["2606.00001  On ∇² 1  (was here)"]
    assert call.ids("--feed", "imported") == ["2606.00001", "2606.00002"]
    shown = call.good("show", "2606.00001", "--json").json
    assert (shown["title"], shown["categories"], shown["feed"]) == ("On ∇² 1", ["cs.CL"], "imported")


def test_what_is_here_is_told_although_arxiv_is_away_and_what_is_left_is_named(
    call: Caller, server: ArxivServer
) -> None:
    server.arxiv.add(paper(1), paper(2))
    call.good("add", "2606.00001")
    server.down()
    ended = call("add", "2606.00001")
    assert (ended.status, ended.lines) == (0, ["2606.00001  On ∇² 1  (was here)"])
    assert "refuses connections; the papers that are here stay as they are" in ended.complaint
    ended = call("add", "2606.00002", "2606.00001")
    assert (ended.status, ended.lines) == (4, ["2606.00001  On ∇² 1  (was here)"])
    assert ended.complaint.endswith("refuses connections; left: 2606.00002")
    result = call("add", "2606.00002", "2606.00001", "--json").json
    assert result["papers"] == [{"id": "2606.00001", "title": "On ∇² 1", "new": False}]
    assert result["left"] == ["2606.00002"]


def test_as_json(call: Caller, server: ArxivServer) -> None:
    server.arxiv.add(paper(1))
    ended = call("add", "2606.00001", "2606.00009", "example", "--json")
    assert ended.status == 1
    assert ended.json == {
        "papers": [{"id": "2606.00001", "title": "On ∇² 1", "new": True}],
        "missing": ["2606.00009"],
        "left": [],
        "unknown": ["example"],
        "error": None,
    }
    assert ended.err.splitlines() == [
        "paperstui: example: names no paper of arXiv",
        "paperstui: 2606.00009: arXiv has no such paper",
    ]


def test_a_pasted_list(call: Caller, server: ArxivServer, monkeypatch: pytest.MonkeyPatch) -> None:
    server.arxiv.add(paper(1), paper(2), paper(3))
    type_in(
        monkeypatch,
        b"# to read\n- [x](https://arxiv.org/abs/2606.00001), https://hf.co/papers/2606.00002\n\n"
        b"\xff\xfe \x1b]0;PWN\x07https://openreview.net/forum?id=x\n10.48550/arXiv.2606.00003\n",
    )
    ended = call("add", "-")
    assert ended.status == 1
    assert [line.split()[0] for line in ended.lines] == ["2606.00001", "2606.00002", "2606.00003"]
    assert "https://openreview.net/forum?id=x: names no paper of arXiv" in ended.complaint
    assert len(server.requests) == 1


def test_nothing_to_add(call: Caller, server: ArxivServer, monkeypatch: pytest.MonkeyPatch) -> None:
    type_in(monkeypatch, b"\n# nothing\n")
    ended = call("add", "-")
    assert (ended.status, ended.complaint) == (1, "there is nothing to add")
    assert call("add").status == 2
    many = call("add", *(f"word{number}" for number in range(30)))
    assert many.err.splitlines()[-1] == "paperstui: and 10 more: names no paper of arXiv"
    assert server.requests == []


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("denied", r"refuses us( \(status 403\))?, and is not asked again for 24 hours"),
        ("rate_exceeded", r"asks to wait \d+ seconds"),
        ("html200", "sent a web page instead of data"),
        ("xml_cut", "sent XML that is broken or cut off"),
        ("xml_error200", "says: incorrect id format for x"),
        ("hang", "did not answer within"),
    ],
)
def test_what_goes_wrong_is_one_line(
    call: Caller, server: ArxivServer, fault: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("paperstui.usecases.arxiv.PATIENCE", 0.0)
    be_hasty(monkeypatch, hangs=fault == "hang")
    server.arxiv.announce(DAY, paper(1))
    server.fault(fault)
    for command in (["add", "2606.00001"], ["refresh", "--feed", "arxiv:cs.CL"]):
        ended = call(*command)
        assert (ended.status, ended.out) == (4, "")
        assert re.search(words, ended.complaint)


def test_a_list_of_arxiv(call: Caller, server: ArxivServer, places: Paths) -> None:
    server.arxiv.announce(DAY, paper(1), paper(2, "cs.LG"), paper(3, "math.AG"))
    ended = call.good("refresh", "--feed", "arxiv:cs.cl+cs.LG")
    assert ended.out == "arxiv:cs.CL+cs.LG 2026-06-04: 2 papers, 2 new, 0 updated\n"
    assert call.ids("--feed", "arxiv:cs.LG") == ["2606.00002"]
    assert call.ids("--feed", "arxiv:cs.CL+cs.LG", "--period", "2026-06-04") == ["2606.00002", "2606.00001"]
    configure(places, 'arxiv = ["math.AG"]\n')
    [result] = call.good("refresh", "--feed", "arxiv", "--json").json
    assert result == {
        "feed": "arxiv:math.AG",
        "period": "2026-06-04",
        "papers": 1,
        "new": 1,
        "updated": 0,
        "revised": [],
        "unreadable": [],
        "complete": True,
        "notice": None,
        "error": None,
        "refreshed_seconds_ago": None,
    }
    assert call.ids("--feed", "arxiv", "--period", "2026-06-04") == ["2606.00003"]
    assert len(call.ids("--feed", "arxiv")) == 3


def test_several_feeds_one_after_the_other(call: Caller, server: ArxivServer, hugging_face: Server) -> None:
    server.arxiv.announce(DAY, paper(1))
    ended = call.good("refresh", "--feed", "arxiv:cs.CL", "--feed", "daily", "--feed", "arxiv:cs.CL")
    assert [line.partition(":")[0] for line in ended.lines] == ["arxiv", "2026-06-04"]
    assert len(server.requests) == 1
    assert hugging_face.seen("/api/daily_papers")
    server.down()
    ended = call("refresh", "--again", "--feed", "arxiv:cs.CL", "--feed", "daily")
    assert ended.status == 4
    assert ended.complaint.startswith("arxiv:cs.CL: ")
    assert ended.out.startswith("2026-06-04: "), "the other feed is fetched all the same"


def test_what_is_to_be_known_about_a_list_is_told(
    call: Caller, server: ArxivServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.arxiv.announce(date(2026, 6, 3), paper(1))
    server.arxiv.stale = 1
    ended = call("refresh", "--feed", "arxiv:cs.CL")
    assert (ended.status, ended.out) == (0, "arxiv:cs.CL 2026-06-03: 1 papers, 1 new, 0 updated\n")
    assert ended.complaint == "arXiv is late: its list is still that of Wed 3 Jun"
    server.arxiv.stale = 0
    monkeypatch.setenv("PAPERSTUI_NOW", "2026-06-06T12:00:00+00:00")
    ended = call("refresh", "--feed", "arxiv:cs.CL", "--json")
    assert (ended.status, ended.json[0]["papers"], ended.json[0]["error"]) == (0, 0, None)
    assert ended.json[0]["notice"] == ended.complaint == "arXiv announces nothing at weekends"


def test_arxiv_s_own_texts(
    call: Caller, server: ArxivServer, hugging_face: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert hugging_face.url
    call.good("import", api_file(tmp_path / "five.json", {}, {}, {}, {}, {}))
    server.arxiv.add(*(paper(number) for number in range(1, 6)))
    call.good("star", "2606.00005")
    refresh = ("refresh", "--date", "2026-06-01", "--texts")
    assert call.good(*refresh).lines[-1] == "arxiv texts: 5 papers, 0 new, 5 updated"
    assert call.good("show", "2606.00001", "--json").json["title"] == "On ∇² 1"
    server.arxiv.add(*(paper(number, version=2, title="New") for number in range(1, 6)))
    # What is starred is looked at once a day.
    monkeypatch.setenv("PAPERSTUI_NOW", "2026-06-05T12:00:00+00:00")
    assert call.good(*refresh).lines[-1] == "arxiv texts: 1 papers, 0 new, 1 updated, 1 in a new version"
    assert call.good(*refresh).lines[-1] == "arxiv texts: no papers"
    assert call.good("show", "2606.00005", "--json").json["title"] == "New"
    assert [len(request.query["id_list"].split(",")) for request in server.requests] == [5, 1]


def test_an_endpoint_that_is_none(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPERSTUI_ARXIV_ENDPOINT", "garbage")
    for command in (["add", "2606.00001"], ["refresh", "--feed", "arxiv:cs.CL"]):
        ended = call(*command)
        assert ended.status == 2
        assert "PAPERSTUI_ARXIV_ENDPOINT is not an address such as https://export.arxiv.org" in ended.complaint


@pytest.mark.timeout(120)
def test_two_commands_at_the_same_time_never_ask_within_three_seconds(server: ArxivServer) -> None:
    server.arxiv.announce(DAY, *(paper(number) for number in range(1, 4)))
    running = [start("refresh", "--feed", "arxiv:cs.CL"), start("add", "2606.00001"), start("add", "2606.00002")]
    for one in running:
        out, err = one.communicate(timeout=60)
        assert (one.returncode, err) == (0, ""), out
    assert len(server.requests) == 3
    assert all(after.at - before.at >= 3.0 for before, after in pairwise(server.requests))


def test_an_added_paper_can_be_piped_on(server: ArxivServer) -> None:
    server.arxiv.add(paper(1))
    ended = process("add", "-", "--json", input="see https://arxiv.org/abs/2606.00001 and more\n")
    assert (ended.status, ended.err) == (0, "")
    assert [each["id"] for each in json.loads(ended.out)["papers"]] == ["2606.00001"]
