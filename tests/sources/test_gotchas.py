"""The traps of Hugging Face's API that are known from recordings, a test for each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from paperstui.models import Item, Paper
from paperstui.sources.daily_papers import DailyPapers
from paperstui.sources.items import read_paper
from paperstui.sources.saved_page import read_saved
from tests.server import Server
from tests.server.shapes import api_item
from tests.sources.clients import client


def item(**inner: Any) -> dict[str, Any]:
    return {
        "paper": {"id": "2606.01234", "title": "T", "summary": "S", "publishedAt": "2026-06-02T00:00:00.000Z"} | inner
    }


def test_1_the_outer_time_is_not_when_it_was_published_nor_listed() -> None:
    raw = item(submittedOnDailyAt="2026-06-04T00:00:00.000Z") | {
        "publishedAt": "2026-06-01T20:00:00.000Z",
        "summary": "S",
    }
    paper = read_paper(raw)
    assert (paper.published, paper.listed) == (1_780_358_400, "2026-06-04")
    # Nor for a paper that was never submitted, however old it is.
    trending = item(publishedAt="2024-05-02T17:00:00.000Z") | {
        "publishedAt": "2024-05-02T13:00:00.000Z",
        "summary": "S",
    }
    assert read_paper(trending).listed is None


def test_1_until_march_2025_the_outer_time_was_when_it_was_listed() -> None:
    raw = item(publishedAt="2024-05-24T17:34:15.000Z") | {"publishedAt": "2024-05-27T03:00:11.000Z"}
    assert read_paper(raw).listed == "2024-05-27"
    assert read_paper(raw, asked="2024-05-28").listed == "2024-05-28"
    later = item(publishedAt="2025-03-08T17:34:15.000Z") | {"publishedAt": "2025-03-11T03:00:11.000Z"}
    assert read_paper(later).listed is None


def test_2_the_inner_fields_are_read_where_they_are_and_zero_is_a_number() -> None:
    raw = item(
        upvotes=0,
        ai_summary="Short.",
        ai_keywords=["a"],
        githubRepo="https://github.com/a/b",
        githubStars=0,
        projectPage="https://example.org/",
    ) | {"submittedBy": {"name": "login", "fullname": "Full Name"}}
    paper = read_paper(raw)
    assert (paper.upvotes, paper.summary, paper.keywords, paper.code_stars) == (0, "Short.", ("a",), 0)
    assert (paper.code_url, paper.project_url) == ("https://github.com/a/b", "https://example.org/")
    assert paper.submitter is not None
    assert (paper.submitter.login, paper.submitter.name) == ("login", "Full Name")


def test_3_stripped_tex_stays_as_it_came_and_the_outer_title_has_the_better_one() -> None:
    raw = item(title="alpha^2Net: costs \\38", summary="about 15, \\% of G_{odd}") | {
        "title": "$\\alpha^2$Net: costs $38"
    }
    paper = read_paper(raw)
    assert paper.title == "$\\alpha^2$Net: costs $38"
    assert paper.abstract == "about 15, \\% of G_{odd}"
    assert paper.text_source == "hf"


def test_4_null_is_absent_and_unknown_keys_and_old_names_are_no_trouble() -> None:
    absent = read_paper(item())
    null = read_paper(
        item(upvotes=None, ai_summary=None, organization=None, authors=None) | {"numComments": None, "x": 1}
    )
    assert absent == null
    old = read_paper(item() | {"mediaUrl": "https://example.org/a.mp4"})
    assert old.media == ("https://example.org/a.mp4",)
    renamed = read_paper(item() | {"submitterOrganization": {"name": "lab", "fullname": "The Lab"}})
    assert renamed.organization is not None
    assert renamed.organization.login == "lab"
    for key in ("_id", "id"):
        user = read_paper(item(authors=[{"name": "A", "user": {key: "1", "user": "login"}}])).authors[0].account
        assert user is not None
        assert user.login == "login"


def test_5_a_paper_needs_no_summary_of_a_machine() -> None:
    paper = read_paper(item())
    assert (paper.summary, paper.keywords, paper.summary_model) == ("", (), "")


async def test_6_the_place_in_the_list_is_a_rank_and_the_id_is_the_key(hugging_face: Server) -> None:
    async with client(hugging_face) as http:
        first = await DailyPapers(http).fetch("daily", "2026-06-04")
        last = hugging_face.hub.days["2026-06-04"][-1]
        last["paper"]["upvotes"] = 10_000
        second = await DailyPapers(http).fetch("daily", "2026-06-04")
    assert {item.paper.id for item in first.batch.items} == {item.paper.id for item in second.batch.items}
    assert second.batch.items[0].paper.id == last["paper"]["id"]
    assert [item.listing and item.listing.rank for item in second.batch.items] == list(range(1, 21))


async def test_7_a_paper_that_is_featured_twice_is_one_paper_with_two_listings(hugging_face: Server) -> None:
    twice = Paper(id="2606.00777", title="Twice", listed="2026-06-03", upvotes=1)
    hugging_face.hub.add(Item(twice))
    hugging_face.hub.days["2026-06-04"].append(api_item(Item(twice)))
    async with client(hugging_face) as http:
        papers = DailyPapers(http)
        days = [await papers.fetch("daily", day) for day in ("2026-06-03", "2026-06-04")]
    found = [item for day in days for item in day.batch.items if item.paper.id == "2606.00777"]
    assert [item.listing and item.listing.period for item in found] == ["2026-06-03", "2026-06-04"]
    # Its own date is the newest day it was featured on, so it is believed rather than the day that was asked for.
    assert [item.paper.listed for item in found] == ["2026-06-03", "2026-06-03"]


def test_8_hidden_authors_are_not_shown_and_guesses_are_not_believed() -> None:
    authors = [
        {"name": "Shown"},
        {"name": "Hidden", "hidden": True},
        {"name": "Guessed", "status": "extracted_pending", "user": {"user": "somebody"}},
        {"name": "Sure", "status": "claimed_verified", "user": {"user": "sure"}},
    ]
    paper = read_paper(item(authors=authors))
    assert paper.shown_authors == ("Shown", "Guessed", "Sure")
    assert [author.confirmed for author in paper.authors] == [False, False, False, True]


@pytest.mark.parametrize(("text", "found"), [("2606.01234v2", "2606.01234"), ("1501.00001", "1501.00001")])
def test_9_ids_lose_their_version(text: str, found: str) -> None:
    assert read_paper(item(id=text)).id == found


def test_9_an_id_that_was_damaged_as_a_number_is_not_guessed() -> None:
    for damaged in ("2406.105", 2406.105, "2406.00105000"):
        assert read_paper(item(id=damaged)).id.startswith("title:")


async def test_10_trending_is_one_page_without_dates(hugging_face: Server) -> None:
    for raw in hugging_face.hub.days["2026-06-03"]:
        raw.pop("submittedBy", None)
        for key in ("submittedOnDailyAt", "submittedOnDailyBy"):
            raw["paper"].pop(key, None)
    async with client(hugging_face) as http:
        result = await DailyPapers(http).fetch("trending", "2026-06-04")
    assert len(result.batch.items) == 60
    assert hugging_face.requests[0].query == {"sort": "trending", "limit": "100"}
    assert any(item.paper.listed is None for item in result.batch.items)


@pytest.mark.parametrize(("feed", "period"), [("weekly", "2026-W23"), ("monthly", "2026-06")])
async def test_11_a_week_is_one_list_and_its_papers_tell_their_day(
    feed: str, period: str, hugging_face: Server
) -> None:
    async with client(hugging_face) as http:
        result = await DailyPapers(http).fetch(feed, period)
    assert {item.paper.listed for item in result.batch.items} == {"2026-06-02", "2026-06-03", "2026-06-04"}
    assert {item.listing and item.listing.period for item in result.batch.items} == {period}


def test_12_a_paper_may_be_listed_long_after_it_appeared() -> None:
    paper = read_paper(item(publishedAt="2026-02-20T00:00:00.000Z", submittedOnDailyAt="2026-06-04T00:00:00.000Z"))
    assert (paper.published, paper.listed) == (1_771_545_600, "2026-06-04")


async def test_13_a_day_of_more_than_fifty_papers_is_had_whole(hugging_face: Server) -> None:
    for number in range(130):
        hugging_face.hub.add(Item(Paper(id=f"2606.{number:05}", title=f"Paper {number}", listed="2026-06-01")))
    async with client(hugging_face) as http:
        result = await DailyPapers(http).fetch("daily", "2026-06-01")
    assert (len(result.batch.items), result.complete) == (130, True)
    assert [request.query.get("p") for request in hugging_face.requests] == [None, "1"]
    assert {request.query["limit"] for request in hugging_face.requests} == {"100"}


def test_14_pictures_of_people_may_be_relative() -> None:
    paper = read_paper(item() | {"submittedBy": {"name": "login", "avatarUrl": "/avatars/1.svg"}})
    assert paper.submitter is not None
    assert paper.submitter.avatar == "https://huggingface.co/avatars/1.svg"
    elsewhere = read_paper(
        item() | {"submittedBy": {"name": "login", "avatarUrl": "//evil.example.org/1.svg"}},
        endpoint="https://hf.example",
    )
    assert elsewhere.submitter is not None
    assert elsewhere.submitter.avatar == ""


async def test_15_all_text_is_cleaned(hugging_face: Server) -> None:
    hugging_face.fault("hostile")
    async with client(hugging_face) as http:
        result = await DailyPapers(http).fetch("daily", "2026-06-04")
    for found in result.batch.items:
        paper = found.paper
        people = [text for author in paper.authors for text in (author.name, author.status)]
        assert paper.submitter is not None
        people += [paper.submitter.login, paper.submitter.name, paper.submitter.kind]
        texts = [
            paper.title,
            paper.abstract,
            paper.summary,
            paper.discussion_id,
            paper.code_added_by,
            *paper.keywords,
            *people,
        ]
        for text in texts:
            assert text.replace("\n", "").isprintable(), text
            assert not set("\x1b\x9b\x90\u202e\u2066\ud800") & set(text)


async def test_16_and_17_a_list_asks_for_lists_only_and_says_what_the_api_says(hugging_face: Server) -> None:
    """Markdown is in a small bucket of its own, and one comment is the submitter's own: neither is made more of."""
    async with client(hugging_face) as http:
        result = await DailyPapers(http).fetch("daily", "2026-06-04")
    assert {request.path for request in hugging_face.requests} == {"/api/daily_papers"}
    raw = sorted(hugging_face.hub.days["2026-06-04"], key=lambda raw: -raw["paper"]["upvotes"])
    assert [item.paper.comments for item in result.batch.items] == [raw["numComments"] for raw in raw]


def test_the_recorded_paper_of_two_days_is_one_paper(shared: Path) -> None:
    days = [read_saved(shared / "hf" / "daily_papers" / f"{day}.json") for day in ("2026-08-13", "2026-08-19")]
    found = [[item for item in day.batch.items if item.paper.id == "2608.12313"] for day in days]
    assert [len(items) for items in found] == [1, 1]
