from __future__ import annotations

import pytest

from paperstui.models import Item, Listing, Paper
from paperstui.paths import Paths
from tests.commands.calling import Caller
from tests.patience import be_hasty
from tests.server import ArxivServer, Server


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch, hugging_face: Server) -> Server:
    """A site that knows three papers about looms, which no library has."""
    be_hasty(monkeypatch)
    hugging_face.hub.days.clear()
    for number, title in ((11, "Weaving looms"), (12, "A survey of looms"), (13, "Looms")):
        found = Paper(id=f"2606.{number:05}", title=title, abstract="Of looms.", listed="2026-06-03", upvotes=number)
        hugging_face.hub.add(Item(found, Listing(feed="daily", period="2026-06-03")))
    return hugging_face


def ids(lines: list[str]) -> list[str]:
    return [line.split()[0] for line in lines]


@pytest.mark.usefixtures("library")
def test_the_library_puts_the_best_match_first(call: Caller) -> None:
    assert ids(call.good("search", "paper", "4").lines) == ["2606.00004"]
    assert len(call.good("search", "paper", "--limit", "2").lines) == 2
    assert [paper["id"] for paper in call.good("search", "paper", "3", "--json").json] == ["2606.00003"]
    ended = call("search", "nobody writes so")
    assert (ended.status, ended.out, ended.complaint) == (0, "", "no papers found")


@pytest.mark.usefixtures("library", "site")
def test_hugging_face_is_asked_and_its_order_kept(call: Caller) -> None:
    ended = call("search", "looms", "--remote")
    assert ids(ended.lines) == ["2606.00011", "2606.00012", "2606.00013"]
    assert (ended.status, ended.complaint) == (0, "Hugging Face finds 3 papers")
    ended = call("search", "looms", "-survey", "--remote", "--limit", "1")
    assert ids(ended.lines) == ["2606.00011"]
    assert ended.complaint == "Hugging Face finds 3 papers, 2 of them through “-survey”"
    assert len(call.ids("looms")) == 3, "they are in the library"
    [first, *_] = call("search", "looms", "--remote", "--json").json
    assert (first["id"], first["feed"], first["period"]) == ("2606.00011", "search", "looms")


@pytest.mark.parametrize("site_of", ["--remote", "--arxiv"])
@pytest.mark.usefixtures("library", "site", "arxiv")
def test_what_says_nothing_in_a_query_is_told_whoever_is_asked(call: Caller, site_of: str) -> None:
    told = call("search", "looms OR", site_of).err.splitlines()
    assert "“OR” was left out: it needs a word on both sides" in told[-3]
    assert told[-2:] == ["  looms OR", "        ^^"]


@pytest.mark.usefixtures("library")
def test_without_a_network_the_library_answers(call: Caller, site: Server) -> None:
    site.down()
    ended = call("search", "paper", "4", "--remote")
    assert ended.status == 4
    assert ids(ended.lines) == ["2606.00004"]
    assert ended.complaint.endswith("; this is what your library finds")


@pytest.mark.usefixtures("library")
def test_arxiv_is_asked(call: Caller, arxiv: ArxivServer, monkeypatch: pytest.MonkeyPatch) -> None:
    be_hasty(monkeypatch)
    ended = call("search", "the", "--arxiv", "--limit", "3")
    assert (ended.status, len(ended.lines)) == (0, 3)
    assert "arXiv finds" in ended.err
    assert call.ids("feed:search", "--limit", "3")
    arxiv.down()
    ended = call("search", "paper", "4", "--arxiv")
    assert ended.status == 4
    assert "2606.00004" in ids(ended.lines)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([" "], "there is nothing to search for"),
        (["is:unread", "--remote"], "Hugging Face is asked for words"),
        (["upvotes:many", "--remote"], "upvotes"),
        (["x", "--remote", "--arxiv"], "not allowed with"),
        (["x", "--limit", "-1"], "negative"),
    ],
)
@pytest.mark.usefixtures("library", "site")
def test_what_makes_no_sense(call: Caller, arguments: list[str], words: str, places: Paths) -> None:
    del places
    ended = call("search", *arguments)
    assert (ended.status, ended.out) == (2, "")
    assert words in ended.complaint
