"""arXiv through the client, with a clock that is moved by hand."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from paperstui.documents.cache import DocumentCache
from paperstui.errors import SourceError, UsageError
from paperstui.models import Author, Paper
from paperstui.sources.arxiv import ArxivSource
from paperstui.sources.arxiv_hosts import Arxiv as Hosts
from paperstui.sources.failures import RefusalError
from paperstui.sources.http import Http
from paperstui.sources.limits import Limits
from paperstui.sources.patience import Patience
from tests.server import ArxivServer
from tests.sources.clients import START, Clock, client

DAY = date(2026, 6, 4)
GAP = 3.0
HASTY_AT_ARXIV = Patience(read=0.3, total=0.35, backoff=0.0, gap=0.0, rest=0.0, arxiv_gap=0.6)


def paper(number: int, *categories: str, **changes: Any) -> Paper:
    given: dict[str, Any] = {
        "title": f"$x_{{{number}}}$",
        "abstract": "Words.",
        "authors": (Author("Ada Li"),),
        "published": 1_780_000_000,
    }
    return Paper(id=f"2606.{number:05}", categories=categories or ("cs.CL",), **given | changes)


def ids(count: int) -> list[str]:
    return [f"2606.{number:05}" for number in range(1, count + 1)]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(arxiv: ArxivServer) -> ArxivServer:
    arxiv.arxiv.lists.clear()
    arxiv.arxiv.papers.clear()
    return arxiv


def http_of(server: ArxivServer, clock: Clock | None = None, **options: Any) -> Http:
    # The home service is another one.
    given: dict[str, Any] = {"arxiv": Hosts(server.url, server.url, server.url)} | options
    found = client(server, clock=clock, **given)
    found.endpoint = "http://127.0.0.1:9"
    return found


async def test_papers_by_their_ids_are_one_request(server: ArxivServer, clock: Clock) -> None:
    server.arxiv.add(*(paper(number, "cs.CL", "cs.LG", version=2) for number in range(1, 101)))
    async with http_of(server, clock) as http:
        found = await ArxivSource(http).papers(ids(100))
    assert [each.id for each in found.papers] == ids(100)
    assert (found.missing, found.skipped, found.total) == ((), (), 100)
    first = found.papers[0]
    assert (first.title, first.version, first.categories, first.text_source) == (
        "$x_{1}$",
        2,
        ("cs.CL", "cs.LG"),
        "arxiv",
    )
    assert len(server.requests) == 1
    assert server.requests[0].headers["user-agent"].startswith("paperstui/")


async def test_more_than_it_takes_are_not_asked_for(server: ArxivServer) -> None:
    async with http_of(server) as http:
        with pytest.raises(UsageError, match="too many for one request"):
            await ArxivSource(http).papers(ids(101))
    assert server.requests == []


async def test_ids_that_it_does_not_know_are_missing(server: ArxivServer, clock: Clock) -> None:
    server.arxiv.add(paper(1), Paper(id="hep-th/9901001", title="Old", abstract="Words.", categories=("hep-th",)))
    async with http_of(server, clock) as http:
        found = await ArxivSource(http).papers(["2606.00001", "2606.00002", "hep-th/9901001", "2606.00001"])
    assert [each.id for each in found.papers] == ["2606.00001", "hep-th/9901001"]
    assert found.missing == ("2606.00002",)


async def test_an_empty_answer_is_asked_for_again_once(server: ArxivServer, clock: Clock) -> None:
    server.arxiv.add(paper(1))
    server.arxiv.empty = 1
    async with http_of(server, clock) as http:
        found = await ArxivSource(http).papers(["2606.00001"])
        assert len(found.papers) == 1
        assert len(server.requests) == 2
        assert sum(clock.slept) >= GAP
        server.arxiv.empty = 9
        with pytest.raises(SourceError, match="answered with nothing") as caught:
            await ArxivSource(http).papers(["2606.00001"])
    assert caught.value.kind == "empty"
    assert len(server.requests) == 4


async def test_an_id_that_it_does_not_take_costs_no_other(server: ArxivServer, clock: Clock) -> None:
    server.arxiv.add(paper(1), paper(2))
    async with http_of(server, clock) as http:
        found = await ArxivSource(http).papers(["2606.00001", "math.gt/0309136", "2606.00002"])
    assert [each.id for each in found.papers] == ["2606.00001", "2606.00002"]
    assert found.missing == ("math.gt/0309136",)
    assert len(server.requests) == 2


@pytest.mark.parametrize("status", [400, 200])
async def test_an_error_entry_is_no_paper_whatever_its_status(server: ArxivServer, clock: Clock, status: int) -> None:
    async with http_of(server, clock) as http:
        if status == 200:
            server.fault("xml_error200")
        with pytest.raises(RefusalError, match=r"127.0.0.1:\d+ says( 400)?: incorrect id format for x") as caught:
            await ArxivSource(http).papers(["x"])
    assert caught.value.status == 400
    assert len(server.requests) == 1, "it would say the same again"


async def test_search_finds_and_sorts(server: ArxivServer, clock: Clock) -> None:
    server.arxiv.add(*(paper(number, published=1_780_000_000 + number % 7) for number in range(1, 31)))
    async with http_of(server, clock) as http:
        source = ArxivSource(http)
        found = await source.search("abs:words AND cat:cs.CL", size=10, sort="submittedDate")
        assert (len(found.papers), found.total) == (10, 30)
        dates = [each.published or 0 for each in found.papers]
        assert dates == sorted(dates, reverse=True)
        assert len((await source.search("abs:words", start=25, size=10)).papers) == 5
        nothing = await source.search('ti:"no such thing"')
        assert (nothing.papers, nothing.total) == ((), 0)
        for words, start in (("", 0), (" \x1b ", 0), ("x", 9_999)):
            with pytest.raises(UsageError):
                await source.search(words, start=start, size=2)
    assert server.requests[0].query["search_query"] == "abs:words AND cat:cs.CL"


async def test_a_page_that_is_empty_though_there_is_more(server: ArxivServer, clock: Clock) -> None:
    server.arxiv.add(paper(1))
    server.fault("xml_no_entries", times=1)
    async with http_of(server, clock) as http:
        assert len((await ArxivSource(http).search("abs:words")).papers) == 1
    assert len(server.requests) == 2


async def test_a_list_of_categories_together(server: ArxivServer, clock: Clock) -> None:
    server.arxiv.announce(DAY, paper(1), paper(2, "cs.LG"), paper(3, "math.AG"))
    server.arxiv.announce(DAY, paper(4, "cs.LG", version=3), kind="replace")
    async with http_of(server, clock) as http:
        found = await ArxivSource(http).announced(["cs.CL", "cs.LG"])
    assert found.day == "2026-06-04"
    assert [(each.paper.id, each.kind) for each in found.announcements] == [
        ("2606.00002", "new"),
        ("2606.00001", "new"),
        ("2606.00004", "replace"),
    ]
    assert (found.cut, found.skipped, found.not_modified) == (False, (), False)
    assert server.requests[0].path == "/rss/cs.CL+cs.LG"


async def test_a_list_that_did_not_change_is_not_sent_again(
    server: ArxivServer, clock: Clock, cache: DocumentCache
) -> None:
    server.arxiv.announce(DAY, paper(1))
    async with http_of(server, clock, cache=cache) as http:
        first = await ArxivSource(http).announced(["cs.CL"])
        again = await ArxivSource(http).announced(["cs.CL"])
    assert (again.not_modified, again.announcements) == (True, first.announcements)
    assert "if-none-match" in server.requests[1].headers


async def test_an_empty_list_is_a_list(server: ArxivServer, clock: Clock) -> None:
    async with http_of(server, clock) as http:
        found = await ArxivSource(http).announced(["cs.CL"])
    assert (found.announcements, found.day) == ((), "2026-06-04")


async def test_a_category_that_is_none(server: ArxivServer, clock: Clock) -> None:
    async with http_of(server, clock) as http:
        with pytest.raises(RefusalError, match=r"says 400: Bad archive 'xx.YY'. Valid archive names are: cs, math"):
            await ArxivSource(http).announced(["xx.YY"])
        assert http.health_of(server.url).last_error == "", "it answered well"


BAD = {
    "xml_cut": ("answer", "broken or cut off", 2),
    "xml_bomb": ("answer", "a document type", 1),
    "xml_doctype": ("answer", "a document type", 1),
    "xml_deep": ("answer", "nested too deeply", 1),
    "xml_other": ("answer", "no list of papers", 1),
    "xml_html": ("answer", "a web page instead of data", 1),
    "html200": ("answer", "a web page instead of data", 1),
    "empty200": ("answer", "an empty answer", 2),
    "denied": ("refused", r"refuses us \(status 403\), and is not asked again for 24 hours", 1),
    "rate_exceeded": ("limited", "asks to wait", 1),
    "unavailable": ("server", r"in trouble \(status 503\)", 3),
    "reset": ("server", "broke off the connection", 3),
    "close": ("server", "broke off the connection", 3),
    "gzip_bomb": ("answer", "more than 8 MB for a feed", 1),
    "truncated": ("server", "broke off the connection", 3),
    "garbage": ("answer", "not HTTP", 3),
}


@pytest.mark.parametrize("what", ["list", "papers"])
@pytest.mark.parametrize("name", BAD)
async def test_what_goes_wrong_is_told_in_words(server: ArxivServer, clock: Clock, name: str, what: str) -> None:
    server.arxiv.announce(DAY, paper(1), paper(2))
    server.fault(name)
    kind, words, requests = BAD[name]
    async with http_of(server, clock) as http:
        source = ArxivSource(http)
        with pytest.raises(SourceError, match=words) as caught:
            await (source.announced(["cs.CL"]) if what == "list" else source.papers(ids(2)))
        assert caught.value.kind == kind
        assert str(caught.value).isprintable()
        assert len(server.requests) == requests
        assert sum(clock.slept) >= GAP * (requests - 1), "each try waits for its turn"


@pytest.mark.parametrize("name", ["xml_control", "xml_bad_utf8"])
async def test_characters_that_xml_forbids_cost_nothing_else(server: ArxivServer, clock: Clock, name: str) -> None:
    server.arxiv.announce(DAY, *(paper(number) for number in range(1, 6)))
    server.fault(name)
    async with http_of(server, clock) as http:
        found = await ArxivSource(http).announced(["cs.CL"])
        assert len(found.announcements) == 5
        assert all(each.paper.title.isprintable() for each in found.announcements)
        assert len((await ArxivSource(http).papers(ids(5))).papers) == 5


async def test_one_bad_item_costs_no_other(server: ArxivServer, clock: Clock) -> None:
    server.arxiv.announce(DAY, *(paper(number) for number in range(1, 6)))
    server.fault("xml_no_id")
    async with http_of(server, clock) as http:
        found = await ArxivSource(http).announced(["cs.CL"])
        assert (len(found.announcements), [each.where for each in found.skipped]) == (4, ["item 1"])
        assert len((await ArxivSource(http).papers(ids(5))).papers) == 4


async def test_a_service_that_hangs_ends_in_time_and_waiting_for_a_turn_does_not_count(
    server: ArxivServer, tmp_path: Path
) -> None:
    server.arxiv.announce(DAY, paper(1))
    server.fault("hang")
    limits = Limits(tmp_path / "limits.json")
    async with http_of(server, patience=HASTY_AT_ARXIV, limits=limits) as http:
        with pytest.raises(SourceError, match="did not answer within"):
            await ArxivSource(http).announced(["cs.CL"])
        server.heal()
        # The gap is longer than all the time that a question may take.
        assert len((await ArxivSource(http).announced(["cs.CL"])).announcements) == 1


async def test_after_a_403_nothing_is_asked_for_a_day_on_any_host_nor_by_another_process(
    server: ArxivServer, clock: Clock, tmp_path: Path
) -> None:
    server.arxiv.announce(DAY, paper(1))
    server.fault("denied", times=1)
    for pause in (0.0, 3600.0, 22.9 * 3600):
        clock.time += pause
        # A process that has just been started.
        async with http_of(server, clock, limits=Limits(tmp_path / "limits.json", now=clock.now)) as http:
            source = ArxivSource(http)
            for ask in (source.announced(["cs.CL"]), source.papers(ids(1))):
                with pytest.raises(
                    SourceError, match=r"refuses us.* is not asked again for \d+ (hours|minutes)"
                ) as caught:
                    await ask
                assert (caught.value.kind, caught.value.retry_at) == ("refused", START + 86_400)
                http.wake()
    assert len(server.requests) == 1
    clock.time = START + 86_401
    async with http_of(server, clock, limits=Limits(tmp_path / "limits.json", now=clock.now)) as http:
        assert (await ArxivSource(http).announced(["cs.CL"])).announcements


async def test_a_429_holds_for_all_hosts(server: ArxivServer, clock: Clock) -> None:
    server.fault("limited", times=1, after=90)
    async with http_of(server, clock) as http:
        for ask in (ArxivSource(http).announced(["cs.CL"]), ArxivSource(http).papers(ids(1))):
            with pytest.raises(SourceError, match="asks to wait") as caught:
                await ask
            assert (caught.value.kind, caught.value.retry_at) == ("limited", START + 90)
        assert http.health_of("https://rss.arxiv.org/x").not_before == START + 90, "they are one service"
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("url", "covered"),
    [
        ("https://arxiv.org/abs/2606.00001", True),
        ("https://export.arxiv.org/api/query", True),
        ("https://RSS.arXiv.org/rss/cs.CL", True),
        ("https://ar5iv.labs.arxiv.org/html/2606.00001", True),
        ("https://arxiv.org.example.com/", False),
        ("https://notarxiv.org/", False),
        ("https://huggingface.co/papers/2606.00001", False),
        ("http://127.0.0.1:77/x", False),
    ],
)
def test_which_addresses_are_arxiv_s(url: str, covered: bool) -> None:
    assert Hosts().covers(url) is covered
    assert Hosts("http://127.0.0.1:77", "http://127.0.0.1:77", "http://127.0.0.1:77").covers("http://127.0.0.1:77/x")


def test_where_arxiv_is(monkeypatch: pytest.MonkeyPatch) -> None:
    from paperstui.sources.arxiv_hosts import arxiv_hosts

    assert arxiv_hosts({}) == Hosts(
        "https://export.arxiv.org", "https://rss.arxiv.org", "https://arxiv.org", "https://ar5iv.labs.arxiv.org"
    )
    monkeypatch.setenv("PAPERSTUI_ARXIV_ENDPOINT", " http://127.0.0.1:77/x/ ")
    assert set(arxiv_hosts()) == {"http://127.0.0.1:77/x", "http://127.0.0.1:77/x/ar5iv"}
    for bad in ("garbage", "ftp://arxiv.org", "http://u:p@arxiv.org", "http://arxiv.org/?a=b", "http://[::1"):
        with pytest.raises(UsageError, match="PAPERSTUI_ARXIV_ENDPOINT is not an address"):
            arxiv_hosts({"PAPERSTUI_ARXIV_ENDPOINT": bad})


async def test_every_recorded_answer_is_taken_as_it_was_sent(server: ArxivServer, clock: Clock, shared: Path) -> None:
    for path in sorted((shared / "arxiv").rglob("*.xml")):
        body, bad = path.read_bytes(), "400" in path.name
        kind = "application/rss+xml" if path.name.startswith("rss") else "application/atom+xml; charset=utf-8"
        server.heal()
        server.fault("status", code=400 if bad else 200, body=body, headers={"Content-Type": kind})
        async with http_of(server, clock) as http:
            source = ArxivSource(http)
            if bad:
                with pytest.raises(RefusalError, match="says 400: incorrect id format for abc"):
                    await source.papers(["abc"])
            elif path.parent.name == "rss":
                entries = len(re.findall(rb"<(?:item|entry)>", body))
                assert len((await source.announced(["cs.AI"])).announcements) == entries
            else:
                found = await source.search("x")
                assert (len(found.papers), found.skipped) == (body.count(b"<entry>"), ())
                assert found.total >= len(found.papers)
