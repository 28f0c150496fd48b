"""The loopback arXiv behaves like the real one, as far as recordings, documents and its own code tell."""

from __future__ import annotations

import re
from datetime import date

import pytest

from paperstui.models import Author, Paper
from tests.server import ArxivServer
from tests.server.test_server import ask

DAY = date(2026, 6, 4)


def bodies(server: ArxivServer, path: str) -> tuple[int, str]:
    status, body, _ = ask(server, path)
    return status, body.decode()


def ids(body: str) -> list[str]:
    return re.findall(r"<id>http://arxiv.org/abs/([^<]+)</id>", body)


def announced(body: str) -> list[tuple[str, str]]:
    return re.findall(r"arXiv:(\S+) Announce Type: (\S+)", body)


def paper(number: int, *categories: str, version: int = 1) -> Paper:
    return Paper(id=f"2606.{number:05}", title=f"<T> {number}", abstract="A & b.", categories=categories, version=version,
                 authors=(Author("Ada Li"), Author("Bob Ng", affiliation="Here, There")), published=1_780_000_000)  # fmt: skip


@pytest.fixture
def server(arxiv: ArxivServer) -> ArxivServer:
    arxiv.arxiv.lists.clear()
    arxiv.arxiv.papers.clear()
    return arxiv


def test_papers_by_their_ids(server: ArxivServer) -> None:
    server.arxiv.add(*(paper(number, "cs.CL", version=3) for number in range(1, 31)))
    names = ",".join(f"2606.{number:05}" for number in range(1, 31))
    assert len(ids(bodies(server, f"/api/query?id_list={names}")[1])) == 10, "unless told otherwise"
    assert len(ids(bodies(server, f"/api/query?id_list={names}&max_results=30")[1])) == 30
    assert ids(bodies(server, "/api/query?id_list=2606.00001,2606.99999,2606.00002v2")[1]) == [
        "2606.00001v3",
        "2606.00002v2",
    ]
    status, body = bodies(server, "/api/query?id_list=2606.99999")
    assert (status, ids(body)) == (200, [])
    assert "<opensearch:totalResults>0<" in body


def test_what_it_refuses(server: ArxivServer) -> None:
    for query in ("id_list=abc", "search_query=x&sortBy=votes", "search_query=x&start=x"):
        status, body = bodies(server, f"/api/query?{query}")
        assert status == 400
        assert "/api/errors#" in body
        assert "<title>Error</title>" in body


def test_search_sorts_and_pages(server: ArxivServer) -> None:
    server.arxiv.add(
        *(Paper(id=f"2606.{n:05}", title="Flow", published=n, categories=("cs.CL",)) for n in range(1, 26))
    )
    status, body = bodies(server, "/api/query?search_query=ti:flow+AND+cat:cs.CL&sortBy=submittedDate&start=20")
    assert (status, ids(body)) == (200, [f"2606.{n:05}v1" for n in (5, 4, 3, 2, 1)])
    assert "<opensearch:totalResults>25<" in body
    assert ids(bodies(server, "/api/query?search_query=ti:flow+AND+cat:math.AG")[1]) == []


def test_a_list_has_new_ones_first_then_cross_listed_ones_then_new_versions(server: ArxivServer) -> None:
    server.arxiv.announce(
        DAY, paper(1, "cs.CL"), paper(2, "cs.LG", "cs.CL"), paper(3, "cs.CL", "cs.LG"), paper(4, "math.AG")
    )
    server.arxiv.announce(DAY, paper(5, "cs.CL", version=2), paper(6, "cs.LG", "cs.CL", version=3), kind="replace")
    server.arxiv.announce(DAY, paper(7, "cs.CL", "cs.LG"), kind="cross")
    told = [("2606.00003v1", "new"), ("2606.00001v1", "new"), ("2606.00007v1", "cross"), ("2606.00002v1", "cross"),
            ("2606.00005v2", "replace"), ("2606.00006v3", "replace-cross")]  # fmt: skip
    for path in ("/rss/cs.CL", "/rss/CS.cl", "/atom/cs.CL"):
        assert announced(bodies(server, path)[1]) == told
    together = dict(announced(bodies(server, "/rss/cs.CL+cs.LG")[1]))
    assert together["2606.00002v1"] == "new", "its primary category is one of the two"
    assert len(announced(bodies(server, "/rss/cs")[1])) == 6


def test_the_date_of_a_list_is_midnight_in_new_york(server: ArxivServer) -> None:
    assert "<pubDate>Thu, 04 Jun 2026 00:00:00 -0400</pubDate>" in bodies(server, "/rss/cs.CL")[1]
    server.arxiv.stale = 1
    assert "<pubDate>Wed, 03 Jun 2026 00:00:00 -0400</pubDate>" in bodies(server, "/rss/cs.CL")[1]


def test_a_wrong_category_is_an_error_in_a_feed(server: ArxivServer) -> None:
    status, body = bodies(server, "/rss/xx.CL")
    assert status == 400
    assert "<title>Feed error for query:" in body
    assert "Bad archive 'xx.CL'" in body


def test_what_did_not_change_is_304(server: ArxivServer) -> None:
    status, _, headers = ask(server, "/atom/cs.CL")
    assert status == 200
    assert ask(server, "/atom/cs.CL", **{"If-None-Match": headers["etag"]})[0] == 304


def test_its_refusals(server: ArxivServer) -> None:
    for name, status in (("denied", 403), ("rate_exceeded", 429), ("unavailable", 503), ("xml_error200", 200)):
        server.fault(name)
        assert bodies(server, "/rss/cs.CL")[0] == status
    server.heal()
    server.arxiv.add(paper(1, "cs.CL"))
    server.arxiv.empty = 1
    assert ids(bodies(server, "/api/query?id_list=2606.00001")[1]) == []
    assert ids(bodies(server, "/api/query?id_list=2606.00001")[1]) == ["2606.00001v1"]
