"""Invented papers are the same everywhere, look like real ones in their numbers, and are fit for every door."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from itertools import groupby
from statistics import mean

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperstui.demo.generator import day, items, stream, weekdays
from paperstui.models import Item, Paper
from paperstui.text.clean import clean, clean_line, safe_url
from paperstui.text.latex import to_unicode
from paperstui.text.titles import arxiv_id

LAST = date(2026, 6, 4)


@pytest.fixture(scope="module")
def found() -> list[Item]:
    """Half a year of papers, enough for shares and means."""
    return items(3_000, last_day=LAST, days=180)


@pytest.fixture(scope="module")
def papers(found: list[Item]) -> list[Paper]:
    return [item.paper for item in found]


def digest(some: list[Item]) -> str:
    return hashlib.sha256(msgspec.json.encode(some)).hexdigest()


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from strings(inner)


def listed(item: Item) -> str:
    assert item.listing is not None
    return item.listing.period


# The same for everybody


def test_the_same_seed_makes_the_same_bytes_in_any_process() -> None:
    script = (
        "import hashlib, msgspec; from datetime import date; from paperstui.demo.generator import items;"
        "print(hashlib.sha256(msgspec.json.encode(items(300, seed=7, last_day=date(2026, 6, 4)))).hexdigest())"
    )
    here = digest(items(300, seed=7, last_day=LAST))
    for hash_seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        done = subprocess.run(
            [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == here


def test_what_is_drawn_is_known_in_advance() -> None:
    """These values were made once; another machine or Python that makes others has another `Random.random`."""
    first = items(4, last_day=LAST)
    assert [(item.paper.id, item.paper.upvotes, item.paper.comments, len(item.paper.authors)) for item in first] == [
        ("2605.22015", 60, 2, 2),
        ("2605.16786", 31, 3, 2),
        ("2605.20521", 26, 1, 4),
        ("2605.23509", 21, 2, 8),
    ]


def test_other_seeds_make_other_papers() -> None:
    one, two = (items(100, seed=seed, last_day=LAST) for seed in (1, 2))
    assert len({item.paper.title for item in one} & {item.paper.title for item in two}) < 5
    assert not {item.paper.abstract for item in one} & {item.paper.abstract for item in two}


def test_a_day_is_the_same_in_every_window() -> None:
    whole = items(400, last_day=LAST, days=28)
    third = weekdays(LAST, 28)[2]
    expected = [item for item in whole if listed(item) == third.isoformat()]
    assert day(third) == expected
    assert items(len(expected), last_day=third, days=1) == expected
    assert items(60, last_day=LAST, days=28) == whole[:60]


# Days and ids


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 300),
    st.integers(1, 9),
    st.dates(date(2023, 5, 4), date(2031, 12, 31)),
    st.integers(1, 60),
)
def test_any_number_of_papers_in_any_window(count: int, seed: int, last_day: date, days: int) -> None:
    some = items(count, seed=seed, last_day=last_day, days=days)
    assert len(some) == len({item.paper.id for item in some}) == count
    for item in some:
        on = date.fromisoformat(listed(item))
        assert on.weekday() < 5
        assert on <= last_day
        assert on == date.fromisoformat(item.paper.listed or "")
        assert (last_day - on).days < max(days, 3)
        assert item.paper.published is not None
        published = datetime.fromtimestamp(item.paper.published, timezone.utc)
        assert published.time().isoformat() == "00:00:00"
        assert timedelta(0) <= on - published.date() <= timedelta(days=14)
        assert re.fullmatch(r"\d{4}\.\d{5}", item.paper.id)
        assert arxiv_id(item.paper.id) == item.paper.id
        assert item.paper.id[:4] == f"{published:%y%m}"


@pytest.mark.parametrize("last_day", [date(2026, 6, 6), date(2026, 6, 7)])
def test_a_window_that_ends_at_a_weekend_begins_with_friday(last_day: date) -> None:
    assert {listed(item) for item in items(5, last_day=last_day, days=1)} == {"2026-06-05"}
    assert day(last_day) == []


def test_ranks_follow_the_votes_and_listings_say_what_papers_say(found: list[Item]) -> None:
    assert [listed(item) for item in found] == sorted((listed(item) for item in found), reverse=True)
    for _, group in groupby(found, listed):
        day_items = list(group)
        listings = [item.listing for item in day_items if item.listing]
        assert [listing.rank for listing in listings] == list(range(1, len(day_items) + 1))
        votes = [listing.upvotes or 0 for listing in listings]
        assert votes == sorted(votes, reverse=True)
        for item, listing in zip(day_items, listings, strict=True):
            assert item.paper.submitter is not None
            assert (listing.upvotes, listing.comments) == (item.paper.upvotes, item.paper.comments)
            assert (listing.feed, listing.submitter) == ("daily", item.paper.submitter.login)


def test_days_have_the_volume_of_the_site(found: list[Item]) -> None:
    volumes = Counter(map(listed, found))
    del volumes[min(volumes)]  # the oldest day is cut off where the count was reached
    assert set(volumes.values()) <= set(range(20, 31))
    assert len(set(volumes.values())) > 5


def test_more_papers_than_usual_are_spread_evenly_and_a_short_window_is_stretched() -> None:
    crowded = items(3_000, last_day=LAST, days=21)
    assert len({item.paper.id for item in crowded}) == 3_000
    assert set(Counter(map(listed, crowded)).values()) == {200}
    stretched = Counter(listed(item) for item in stream(2_500, last_day=LAST, days=1))
    assert sum(stretched.values()) == 2_500
    assert set(stretched) == {"2026-06-04", "2026-06-03", "2026-06-02"}
    assert len({item.paper.id for item in stream(60_000, last_day=LAST, days=90)}) == 60_000


# Sizes and shares, as measured on the real feed


def test_sizes_are_those_of_real_papers(papers: list[Paper]) -> None:
    titles, abstracts = [len(paper.title) for paper in papers], [len(paper.abstract) for paper in papers]
    assert 68 <= mean(titles) <= 90
    assert 20 <= min(titles) <= max(titles) <= 160
    assert 1_200 <= mean(abstracts) <= 1_400
    assert 400 <= min(abstracts) <= max(abstracts) <= 1_900
    authors = [len(paper.authors) for paper in papers]
    assert 5 <= mean(authors) <= 7
    assert set(authors) >= {1, 40, 120}
    assert max(paper.upvotes or 0 for paper in papers) <= 400
    assert min(paper.upvotes or 0 for paper in papers) == 0
    comments = Counter(paper.comments for paper in papers)
    assert {comment for comment, _ in comments.most_common(2)} == {1, 2}
    assert any(comment >= 10 for comment in comments.elements() if comment)


@pytest.mark.parametrize(
    ("field", "least", "most"),
    [
        ("organization", 0.6, 0.73),
        ("summary", 0.45, 0.55),
        ("keywords", 0.45, 0.55),
        ("code_url", 0.5, 0.6),
        ("project_url", 0.4, 0.5),
        ("media", 0.14, 0.24),
        ("categories", 0.35, 0.45),
    ],
)
def test_fields_are_as_common_as_on_the_site(field: str, least: float, most: float, papers: list[Paper]) -> None:
    assert least <= mean(bool(getattr(paper, field)) for paper in papers) <= most


def test_what_goes_together_goes_together(papers: list[Paper]) -> None:
    for paper in papers:
        assert bool(paper.summary) == bool(paper.keywords) == bool(paper.summary_model)
        assert bool(paper.code_url) == (paper.code_stars is not None) == bool(paper.code_added_by)
        assert not paper.categories or paper.text_source == "arxiv"
        assert len({author.name for author in paper.authors}) == len(paper.authors)
        assert paper.shown_authors


def test_authors_are_hidden_and_matched_now_and_then(papers: list[Paper]) -> None:
    everybody = [author for paper in papers for author in paper.authors]
    assert 5 < sum(author.hidden for author in everybody) < 100
    assert {author.status for author in everybody} > {"claimed_verified", "extracted_pending", ""}
    assert any(author.name.startswith("The ") for author in everybody)


# Text


def test_all_text_passes_the_door_unchanged(found: list[Item]) -> None:
    for text in strings(msgspec.to_builtins(found)):
        assert clean(text) == text
    for item in found:
        for line in (item.paper.title, item.paper.summary, *item.paper.keywords, *item.paper.shown_authors):
            assert clean_line(line) == line
        assert "  " not in item.paper.abstract


def test_links_lead_to_nobody(papers: list[Paper]) -> None:
    for text in strings(msgspec.to_builtins(papers)):
        if "://" in text:
            assert safe_url(text) == text
            assert re.match(r"https://[a-z0-9.-]+\.example\.org(/|$)", text)


def test_formulas_are_written_as_each_source_writes_them(papers: list[Paper]) -> None:
    arxiv = [paper for paper in papers if paper.text_source == "arxiv"]
    stripped = [paper for paper in papers if paper.text_source == "hf"]
    for paper in stripped:
        assert "$" not in paper.title + paper.abstract
        assert not re.search(r"\\[^%]", paper.title + paper.abstract)
    for paper in arxiv:
        for text in (paper.title, paper.abstract):
            assert text.count("$") % 2 == 0
            assert text.count("{") == text.count("}")
            assert not re.search(r"(?<!\\)%", text)
    together = " ".join(paper.abstract for paper in arxiv)
    for sign in (
        r"\emph{",
        r"\textsc{",
        r"\%",
        r"\times",
        r"Schr\"odinger",
        r"\mathcal{O}",
        r"\ell",
        r"\epsilon",
        "--",
    ):
        assert sign in together, sign
    assert 0.1 < mean("$" in paper.abstract for paper in papers) < 0.35
    assert 0.01 < mean("$" in paper.title for paper in papers) < 0.1
    left = " ".join(paper.abstract for paper in stripped)
    for sign in ("10^{-3}", "tau_0", "G_{mix}", r"\%", "times"):
        assert sign in left, sign


def test_every_formula_can_be_shown(papers: list[Paper]) -> None:
    for paper in papers:
        for text in (paper.title, paper.abstract):
            shown = to_unicode(text, bare=paper.text_source != "arxiv")
            assert not set(shown) & set("$\\{}") or re.search(r"\{-1, 0, 1\}", shown), shown


def test_scripts_of_many_people_appear(found: list[Item]) -> None:
    titles = " ".join(item.paper.title for item in found)
    people = " ".join(name for item in found for name in item.paper.shown_authors)
    organizations = " ".join(item.paper.organization.shown for item in found if item.paper.organization)
    for text, characters in ((titles, "语の말"), (people, "南宫星하Łøéğ'-("), (organizations, "实霧연🥭É")):
        assert set(characters) <= set(text)


def test_no_blank_is_left_and_hardly_a_title_comes_twice(found: list[Item], papers: list[Paper]) -> None:
    for paper in papers:
        assert not re.search(r"<[A-Za-z0-9]+>|%\(|\bNone\b(?! of)|  ", paper.title + paper.abstract + paper.summary)
    first = [item.paper.title for item in found[:420]]
    assert len(set(first)) == len(first)
    assert len({paper.title for paper in papers}) > 0.9 * len(papers)
    assert len({paper.abstract for paper in papers}) == len(papers)
