from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from paperstui.paths import Paths
from tests.commands.calling import Caller, journal_of
from tests.patience import be_hasty
from tests.server import Hub, Server


@pytest.fixture
def recorded(_own_world: None, shared: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """The days that were recorded, up to Friday 21 August 2026."""
    monkeypatch.setenv("PAPERSTUI_NOW", "2026-08-21T18:00:00+00:00")
    with Server(Hub.recorded(shared / "hf" / "daily_papers")) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.url)
        yield server


def days_asked(server: Server) -> list[str]:
    """The days that were asked for, in order."""
    return [request.query["date"] for request in server.seen("/api/daily_papers")]


def test_a_recorded_day(call: Caller, recorded: Server) -> None:
    [day] = call.good("refresh", "--date", "2026-08-21", "--json").json
    assert day == {
        "feed": "daily",
        "period": "2026-08-21",
        "papers": 17,
        "new": 17,
        "updated": 0,
        "revised": [],
        "unreadable": [],
        "complete": True,
        "notice": None,
        "error": None,
        "refreshed_seconds_ago": None,
    }
    recorded.down()
    papers = call.good("list", "--period", "2026-08-21", "--json").json
    assert len(papers) == 17
    assert papers[0]["upvotes"] == 163
    assert all(paper["abstract"] and paper["authors"] and paper["published"] for paper in papers)
    ended = call("refresh", "--again", "--json")
    assert ended.status == 4
    assert ended.json[0]["error"] in ended.complaint
    assert len(call.ids()) == 17, "what was here stays"


def test_the_newest_day_is_found(call: Caller, recorded: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    assert call.good("refresh").out == "2026-08-21: 17 papers, 17 new, 0 updated\n"
    # Monday morning: the newest day is that before the weekend.
    monkeypatch.setenv("PAPERSTUI_NOW", "2026-08-24T09:00:00+00:00")
    assert call.good("refresh").out == "2026-08-21: 17 papers, 0 new, 0 updated\n"
    assert days_asked(recorded) == ["2026-08-21", "2026-08-24", "2026-08-21"]


def test_what_has_just_been_refreshed_is_not_asked_for(
    call: Caller, recorded: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    call.good("refresh", "--date", "2026-08-21")
    before = len(recorded.requests)
    for seconds, words in ((0, "0 seconds"), (1, "1 second"), (119, "119 seconds")):
        monkeypatch.setenv("PAPERSTUI_NOW", f"2026-08-21T18:{seconds // 60:02}:{seconds % 60:02}+00:00")
        ended = call.good("refresh")
        assert (ended.out, ended.err) == (f"2026-08-21: 17 papers, refreshed {words} ago\n", "")
    [day] = call.good("refresh", "--json").json
    assert (day["papers"], day["new"], day["complete"], day["refreshed_seconds_ago"]) == (17, 0, True, 119)
    assert len(recorded.requests) == before
    assert call.good("refresh", "--date", "2026-08-20").out == "2026-08-20: no papers\n"
    assert call.good("refresh", "--date", "2026-08-20").out == "2026-08-20: no papers, refreshed 0 seconds ago\n"
    assert call.good("refresh", "--again").out == "2026-08-21: 17 papers, 0 new, 0 updated\n"
    monkeypatch.setenv("PAPERSTUI_NOW", "2026-08-21T18:03:59+00:00")
    assert call.good("refresh").out == "2026-08-21: 17 papers, 0 new, 0 updated\n", "two minutes later"
    assert days_asked(recorded)[1:] == ["2026-08-20", "2026-08-21", "2026-08-21"]


def test_what_was_not_fetched_whole_is_asked_for_again(call: Caller, hugging_face: Server) -> None:
    hugging_face.fault("status", code=503)
    assert call("refresh", "--date", "2026-06-04").status == 4
    hugging_face.heal()
    assert "ago" not in call.good("refresh", "--date", "2026-06-04").out


@pytest.mark.usefixtures("recorded")
def test_a_day_may_have_no_papers(call: Caller) -> None:
    assert call.good("refresh", "--date", "2026-08-20").out == "2026-08-20: no papers\n"
    assert call.good("list", "--json").json == []


def test_no_papers_for_a_week(call: Caller, recorded: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPERSTUI_NOW", "2026-10-07T18:00:00+00:00")
    assert call.good("refresh").out == "2026-10-01: no papers\nthere are no papers since 2026-10-01\n"
    assert len(recorded.requests) == 5, "weekends are not asked for"


def test_a_range_of_days_is_fetched_once(call: Caller, recorded: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    be_hasty(monkeypatch)
    ended = call.good("refresh", "--since", "2026-08-10", "--until", "2026-08-21")
    assert ended.lines[0] == "2026-08-21: 17 papers, 17 new, 0 updated"
    assert ended.lines[-1] == "10 days: 112 papers, 111 new", "one paper was listed twice"
    assert days_asked(recorded) == [f"2026-08-{day}" for day in (21, 20, 19, 18, 17, 14, 13, 12, 11, 10)]
    recorded.requests.clear()
    call.good("refresh", "--since", "2026-08-10")
    assert days_asked(recorded) == ["2026-08-21", "2026-08-20", "2026-08-19"], "these may still grow"
    recorded.requests.clear()
    monkeypatch.setenv("PAPERSTUI_NOW", "2026-08-25T18:00:00+00:00")
    ended = call.good("refresh", "--since", "2026-08-10")
    assert ended.lines[-1] == "5 days fetched, 7 were here whole: 43 papers, 0 new"
    assert days_asked(recorded) == [f"2026-08-{day}" for day in (25, 24, 21, 20, 19)]
    ended = call.good("refresh", "--since", "2026-08-21")
    assert ended.lines[-1] == "2 days fetched, 1 was here whole: 0 papers, 0 new"
    ended = call("refresh", "--since", "2026-08-10", "--until", "2026-08-21", "--json")
    assert (ended.status, ended.json) == (0, [])
    assert "there is nothing to fetch" in ended.complaint


@pytest.mark.usefixtures("hugging_face")
def test_a_weekend_has_nothing_to_fetch(call: Caller) -> None:
    ended = call("refresh", "--since", "2026-05-30", "--until", "2026-05-31")
    assert (ended.status, ended.out) == (0, "")
    assert "weekends have no papers" in ended.complaint


def test_what_is_here_is_not_sent_again_and_still_counted(call: Caller, recorded: Server, places: Paths) -> None:
    call.good("refresh")
    before = len(recorded.requests)
    assert call.good("refresh", "--again").out == "2026-08-21: 17 papers, 0 new, 0 updated\n"
    assert recorded.requests[before].headers["if-none-match"]
    for file in places.data.glob("library.db*"):
        file.unlink()
    assert call.good("refresh").out == "2026-08-21: 17 papers, 17 new, 0 updated\n", "the cache outlives the library"
    assert len(call.ids()) == 17


def test_the_newest_day_after_the_library_was_deleted_has_its_stars(
    call: Caller, recorded: Server, places: Paths
) -> None:
    call.good("refresh")
    first, second, *_ = call.ids()
    call.good("star", first, second)
    for file in places.data.glob("library.db*"):
        file.unlink()
    recorded.down()
    assert sorted(call.ids("is:starred")) == sorted([first, second]), "from their citations alone"
    recorded.up()
    assert call.good("refresh").out == "2026-08-21: 17 papers, 15 new, 2 updated\n"
    assert call.ids()[:2] == [first, second]
    assert len(journal_of(places)) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--date", "2026-02-30"], "is not a day such as"),
        (["--date", "2023-05-03"], "2023-05-03 is before the first Daily Papers, 2023-05-04"),
        (["--date", "2026-06-05"], "2026-06-05 is in the future"),
        (["--date", "2026-06-01", "--since", "2026-06-01"], "either --date, or --since"),
        (["--again", "--since", "2026-06-01"], "--again is for --date or the newest"),
        (["--until", "2026-06-01"], "--until needs --since"),
        (["--since", "2026-06-02", "--until", "2026-06-01"], "--until is before --since"),
        (["--feed", "hourly"], "--feed: there is no feed 'hourly': daily, weekly, monthly, trending or arxiv:CATEGORY"),
        (["--feed", "imported"], "--feed: imported cannot be fetched: daily, weekly, monthly, trending or arxiv:"),
        (["--feed", "arxiv:xx.YY"], "argument --feed: arXiv has no category 'xx.YY'"),
        (["--feed", "arxiv"], 'no categories of arXiv are set: arxiv = ["cs.CL"] in config.toml'),
        (["--feed", "arxiv:cs.CL", "--date", "2026-06-01"], "arXiv only tells its newest list"),
        (["--feed", "daily", "--feed", "arxiv:cs.CL", "--since", "2026-06-01"], "arXiv only tells its newest list"),
        (["today"], "unrecognized arguments: today"),
    ],
)
def test_what_makes_no_sense(call: Caller, hugging_face: Server, arguments: list[str], words: str) -> None:
    ended = call("refresh", *arguments)
    assert (ended.status, ended.out) == (2, "")
    assert words in ended.complaint
    assert hugging_face.requests == []


@pytest.mark.parametrize(
    "endpoint", ["garbage", "ftp://example.org", "http://user:word@example.org", "http://[::1", "https://x\x1b[31m"]
)
def test_an_endpoint_that_is_none(call: Caller, monkeypatch: pytest.MonkeyPatch, endpoint: str) -> None:
    monkeypatch.setenv("HF_ENDPOINT", endpoint)
    for arguments in (["--json"], ["--since", "2026-06-01"]):
        ended = call("refresh", *arguments)
        assert ended.status == 2
        assert ended.complaint == "HF_ENDPOINT is not an address such as https://huggingface.co"


def test_another_service_is_not_taken_for_one_without_papers(call: Caller, hugging_face: Server) -> None:
    hugging_face.fault("status", code=404)
    for arguments in ([], ["--since", "2026-05-01"]):
        ended = call("refresh", *arguments)
        assert ended.status == 4
        assert "has no Daily Papers: is HF_ENDPOINT right?" in ended.complaint
    assert len(hugging_face.requests) <= 10
    hugging_face.heal()
    assert call.good("refresh").status == 0


def test_a_day_that_has_not_begun_is_no_failure(call: Caller, hugging_face: Server) -> None:
    hugging_face.fault("status", code=400, nth=1)
    assert call.good("refresh", "--date", "2026-06-04").out == "2026-06-04: no papers yet\n"
    hugging_face.heal()
    assert "new" in call.good("refresh", "--date", "2026-06-04").out


def test_a_token_that_is_refused_is_told_once(
    call: Caller, hugging_face: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    hugging_face.fault("bad_token")
    ended = call("refresh", "--since", "2026-06-03")
    assert ended.status == 0
    assert ended.complaint.endswith("does not accept the token any more; going on without it")
    assert "hf_secret" not in ended.err + ended.out


@pytest.mark.usefixtures("recorded")
def test_the_week_and_the_month_that_have_a_day(call: Caller) -> None:
    assert call.good("refresh", "--feed", "weekly").out == "weekly 2026-W34: 72 papers, 72 new, 0 updated\n"
    assert call.good("refresh", "--feed", "monthly", "--date", "2026-07-15").out.startswith("monthly 2026-07: 2 papers")
    [week, trending] = call.good("refresh", "--feed", "weekly", "--feed", "trending", "--json").json
    assert (week["feed"], week["period"], week["complete"]) == ("weekly", "2026-W34", True)
    assert (trending["feed"], trending["period"], trending["papers"]) == ("trending", "2026-08-21", 100)
    assert len(call.ids("--feed", "weekly", "--period", "2026-W34")) == 72
    assert len(call.ids("--feed", "weekly", "--period", "2026-08-20")) == 72, "the week that has the day"
    assert len(call.ids("--period", "2026-07")) == 2
    assert call.ids("--feed", "trending", "--period", "2026-08-21", "--limit", "1")
    never = call("list", "--feed", "weekly", "--period", "2026-W33")
    assert (never.out, never.err) == (
        "",
        "paperstui: weekly 2026-W33 was never fetched: paperstui refresh --feed weekly --date 2026-08-10\n",
    )


def test_weeks_from_a_day_on(call: Caller, recorded: Server) -> None:
    call.good("refresh", "--feed", "weekly", "--since", "2026-08-03")
    asked = [request.query["week"] for request in recorded.seen("/api/daily_papers")]
    assert asked == ["2026-W34", "2026-W33", "2026-W32"]
    ended = call.good("refresh", "--feed", "weekly", "--since", "2026-08-03")
    assert ended.lines[-1].startswith("1 week fetched, 2 were here whole: ")
    asked = [request.query["week"] for request in recorded.seen("/api/daily_papers")][3:]
    assert asked == ["2026-W34"], "what has settled is not asked for again"


@pytest.mark.parametrize(
    ("feed", "words"),
    [
        ("trending", "the trending list is only told as it is now"),
        ("arxiv:cs.CL", "arXiv only tells its newest list"),
        ("search", "search cannot be fetched: daily, weekly, monthly, trending or arxiv:CATEGORY"),
    ],
)
def test_feeds_without_a_past(call: Caller, feed: str, words: str) -> None:
    ended = call("refresh", "--feed", feed, "--date", "2026-06-03")
    assert ended.status == 2
    assert words in ended.complaint
