"""Foreign JSON becomes papers, item by item and field by field."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperstui.models import UNTITLED, Account, Author, Batch, Item, Listing, Organization, Paper, Repo, Skipped
from paperstui.sources.answers import BadAnswerError
from paperstui.sources.items import UnreadableError, items_in, parse_items, read_paper
from paperstui.text.titles import title_id
from tests.server.fixtures import sample_items
from tests.server.shapes import api_detail, api_item

DAY = "2026-06-04"
FULL = Paper(
    id="2606.01234",
    title="A Title",
    abstract="One paragraph.\nAnother one.",
    authors=(
        Author("Ada Example"),
        Author("Hidden Person", hidden=True),
        Author(
            "Known Person",
            account=Account("known", name="Known P.", avatar="https://example.org/k.png", kind="user", pro=True),
            status="claimed_verified",
            status_changed="2026-06-03",
        ),
    ),
    organization=Organization("lab", name="The Lab", avatar="https://example.org/lab.png"),
    published=1_780_358_400,
    listed=DAY,
    upvotes=42,
    comments=3,
    submitter=Account(
        "sub",
        name="Sub Mitter",
        avatar="https://example.org/s.png",
        kind="user",
        staff=True,
        moderator=True,
        followed=True,
        followers=17,
    ),
    author_takes_part=True,
    summary="Short.",
    keywords=("one", "two"),
    summary_model="some/model",
    code_url="https://github.com/lab/code",
    code_stars=0,
    code_added_by="user",
    project_url="https://lab.example.org/",
    media=("https://example.org/a.mp4", "https://example.org/b.png"),
    thumbnail="https://example.org/t.png",
    discussion_id="6ac4ae819eb4ee6bd77a9707",
    withdrawn="2026-06-05",
)


def one(raw: dict[str, Any], **options: Any) -> Paper:
    return read_paper(raw, **options)


def test_every_field_of_a_list_is_taken_over() -> None:
    batch = parse_items(json.dumps([api_item(Item(FULL))]).encode(), "daily", DAY)
    listing = Listing(feed="daily", period=DAY, rank=1, upvotes=42, comments=3, submitter="sub")
    assert batch == Batch((Item(FULL, listing),))


def test_every_field_of_a_paper_s_own_address_is_taken_over() -> None:
    from msgspec import structs

    repos = (
        Repo("model", "lab/model", 5, 100, "text-generation"),
        Repo("dataset", "lab/data", 1, 7),
        Repo("space", "lab/demo", 3, None, "Try it"),
    )
    paper = structs.replace(FULL, repos=repos, models=12, datasets=1, spaces=1)
    found = one(api_detail(paper))
    # The paper's own address has no outer object, and so nothing that stands in it.
    assert FULL.submitter is not None
    submitter = structs.replace(FULL.submitter, staff=False, moderator=False, followed=False, followers=None)
    assert found == structs.replace(paper, comments=None, author_takes_part=None, thumbnail="", submitter=submitter)


def test_invented_papers_come_back_as_they_are() -> None:
    items = sample_items(200)
    batch = parse_items([api_item(item) for item in items], "daily", items[0].paper.listed or "")
    for item, found in zip(items, batch.items, strict=True):
        assert (found.paper.id, found.paper.title, found.paper.abstract) == (
            item.paper.id,
            item.paper.title,
            item.paper.abstract,
        )
        assert [author.name for author in found.paper.authors] == [author.name for author in item.paper.authors]
        assert found.paper.upvotes == item.paper.upvotes
    assert batch.skipped == ()


def test_ranks_go_on_over_pages() -> None:
    batch = parse_items([api_item(item) for item in sample_items(3)], "weekly", "2026-W23", first_rank=101)
    assert [item.listing and item.listing.rank for item in batch.items] == [101, 102, 103]


def test_a_bad_item_does_not_cost_the_others() -> None:
    good = api_item(Item(FULL))
    raw: list[Any] = [None, good, 7, "text", [good], {}, {"paper": {"authors": []}}, True, {"paper": None, "title": ""}]
    batch = parse_items(raw, "daily", DAY)
    assert len(batch.items) == 1
    assert batch.items[0].listing is not None
    assert batch.items[0].listing.rank == 2
    assert batch.skipped == (
        Skipped("item 1", "it is empty"),
        Skipped("item 3", "it is not an object but a number"),
        Skipped("item 4", "it is not an object but a text"),
        Skipped("item 5", "it is not an object but a list"),
        Skipped("item 6", "it is empty"),
        Skipped("item 7", "it has neither a valid id nor a title"),
        Skipped("item 8", "it is not an object but a truth value"),
        Skipped("item 9", "it has neither a valid id nor a title"),
    )


def test_a_paper_without_a_title_says_so() -> None:
    assert one({"paper": {"id": "2606.01234"}}) == Paper(id="2606.01234", title=UNTITLED)
    assert one({"paper": {"id": "2606.01234", "title": " \n "}}).title == UNTITLED


def test_a_paper_without_an_id_is_known_by_its_title() -> None:
    for wrong in (None, "", "nonsense", 2606.01234, ["2606.01234"]):
        assert one({"paper": {"id": wrong, "title": "A Title"}}).id == title_id("A Title")


def test_the_version_is_no_part_of_the_id() -> None:
    assert one({"paper": {"id": "2606.01234v3", "title": "T"}}).id == "2606.01234"


@pytest.mark.parametrize(
    ("value", "taken"),
    [
        (5, 5),
        (0, 0),
        (-3, 0),
        (2**53, 2**53),
        (2**63, 2**53),
        (10**300, 2**53),
        (4.0, 4),
        (4.7, 4),
        ("12", 12),
        (1e300, 2**53),
        ("-1", None),
        ("many", None),
        (True, None),
        (None, None),
        ([], None),
        ("٣", None),
        ("9" * 5000, None),
    ],
)
def test_counts_are_clamped(value: object, taken: int | None) -> None:
    assert one({"paper": {"id": "2606.01234", "upvotes": value}}).upvotes == taken


@pytest.mark.parametrize(
    "value",
    [
        "9999-99-99T00:00:00Z",
        "yesterday",
        "",
        12,
        None,
        "0001-01-01T00:00:00Z",
        "1970-01-01T00:00:00Z",
        "3" * 50,
        "2026-06-04T25:00:00Z",
    ],
)
def test_a_time_that_cannot_be_is_not_said(value: object) -> None:
    paper = one({"paper": {"id": "2606.01234", "publishedAt": value, "submittedOnDailyAt": value}})
    assert (paper.published, paper.listed) == (None, None)


@pytest.mark.parametrize(
    "value", ["2026-06-04T00:00:00.000Z", "2026-06-04T02:00:00+02:00", "2026-06-04T00:00:00", "2026-06-04"]
)
def test_times_are_utc(value: str) -> None:
    paper = one({"paper": {"id": "2606.01234", "publishedAt": value, "submittedOnDailyAt": value}})
    assert (paper.published, paper.listed) == (1_780_531_200, "2026-06-04")


def test_addresses_that_are_not_on_the_web_are_left_out() -> None:
    paper = one(
        {
            "thumbnail": "javascript:alert(1)",
            "mediaUrls": ["file:///etc/passwd", "https://example.org/a.png", 7, "https://u:p@example.org/"],
            "paper": {"id": "2606.01234", "githubRepo": "-P evil", "projectPage": "https://example.org/\x1b[2J"},
        }
    )
    assert (paper.thumbnail, paper.media, paper.code_url, paper.project_url) == (
        "",
        ("https://example.org/a.png",),
        "",
        "",
    )


def test_very_long_things_are_cut() -> None:
    paper = one(
        {
            "paper": {
                "id": "2606.01234",
                "title": "t" * 10**6,
                "summary": "s " * 10**6,
                "authors": [{"name": "n" * 10_000}] * 3_000,
                "ai_keywords": [f"{number}" + "k" * 1_000 for number in range(1_000)],
                "mediaUrls": [f"https://example.org/{number}" for number in range(1_000)],
            }
        }
    )
    assert (len(paper.title), len(paper.abstract), len(paper.authors)) == (1_000, 20_000, 2_000)
    assert max(len(author.name) for author in paper.authors) == 200
    assert (len(paper.keywords), max(map(len, paper.keywords)), len(paper.media)) == (64, 100, 64)


def test_an_author_may_be_a_name_alone() -> None:
    paper = one(
        {"paper": {"id": "2606.01234", "authors": ["A Name", {"name": "  B\nName "}, None, 5, {}, {"name": ""}]}}
    )
    assert paper.authors == (Author("A Name"), Author("B Name"))


def test_a_search_hit_without_a_title_has_it_in_pieces() -> None:
    pieces = [
        {"type": "text", "text": "A "},
        {"type": "highlight", "text": "found"},
        3,
        {"type": "text", "text": " title"},
    ]
    assert one({"highlightedTitle": pieces, "paper": {"id": "2606.01234"}}).title == "A found title"


def test_what_the_user_of_the_token_upvoted_is_known() -> None:
    assert one({"upvoted": True, "paper": {"id": "2606.01234"}}).upvoted


def test_the_list_may_be_wrapped() -> None:
    for name in ("dailyPapers", "searchResults", "papers", "items", "results", "data"):
        assert items_in({"other": 1, name: [1]}) == [1]
    with pytest.raises(BadAnswerError, match="says: no such day"):
        items_in({"error": "no such \x1b[2Jday"})
    with pytest.raises(BadAnswerError, match=r"not a list of papers \(a, b\)"):
        items_in({"b": 1, "a": 2})
    for value in (None, 5, "text", True):
        with pytest.raises(BadAnswerError, match="not a list of papers"):
            items_in(value)


_KEYS = st.sampled_from(
    [
        "paper",
        "id",
        "title",
        "summary",
        "authors",
        "name",
        "user",
        "fullname",
        "upvotes",
        "publishedAt",
        "submittedOnDailyAt",
        "submittedBy",
        "organization",
        "mediaUrls",
        "mediaUrl",
        "ai_keywords",
        "numComments",
        "hidden",
        "linkedModels",
        "upvoted",
    ]
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.just("2606.01234"),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=8),
    max_leaves=25,
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_JSON, max_size=5))
def test_no_json_whatsoever_fails_the_batch(raw: list[Any]) -> None:
    batch = parse_items(raw, "daily", DAY)
    assert len(batch.items) + len(batch.skipped) == len(raw)
    for item in batch.items:
        assert item.paper.title
        assert 0 <= (item.paper.upvotes or 0) <= 2**53


def test_why_an_item_is_unreadable_is_fit_to_show() -> None:
    with pytest.raises(UnreadableError, match="not an object but a text"):
        read_paper("\x1b]0;title\x07")
