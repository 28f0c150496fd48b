"""Real answers and a real page, as others recorded them. They are not part of the project, so these tests may skip."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timezone
from pathlib import Path

import pytest

from paperstui.models import UNTITLED, Paper
from paperstui.sources.discussions import read_discussion
from paperstui.sources.saved_page import read_saved


def _papers(path: Path) -> list[Paper]:
    saved = read_saved(path)
    assert saved.batch.skipped == ()
    return [item.paper for item in saved.batch.items]


def _check(paper: Paper, *, abstracts: bool = True) -> None:
    assert paper.arxiv_id is not None
    assert paper.title not in ("", UNTITLED)
    assert paper.title == " ".join(paper.title.split())
    assert len(paper.abstract) > 100 or not abstracts
    assert paper.authors
    assert paper.published is not None
    assert paper.upvotes is not None
    lines = paper.abstract.split("\n")
    assert lines == [line.strip() for line in lines]
    # A paragraph ends like a sentence or with an address, so nothing was cut where it was only wrapped.
    assert all(re.search(r"([.?!:]|https?://\S+)$", line) for line in lines[:-1]), lines


def test_every_recorded_day_is_read_whole(shared: Path) -> None:
    paths = sorted((shared / "hf" / "daily_papers").glob("*.json"))
    assert len(paths) == 20
    for path in paths:
        saved = read_saved(path)
        assert saved.batch.skipped == (), path.name
        assert saved.day == date.fromisoformat(path.stem)
        assert [item.listing and item.listing.rank for item in saved.batch.items] == list(
            range(1, len(saved.batch.items) + 1)
        )
        for item in saved.batch.items:
            _check(item.paper)
            assert item.paper.listed == path.stem
            assert item.paper.comments is not None


@pytest.mark.timeout(120)
def test_a_year_and_more_of_days_is_read_whole(shared: Path) -> None:
    saved = read_saved(shared / "hf" / "bulk" / "daily_papers_by_day.jsonl.xz")
    assert (len(saved.batch.items), saved.batch.skipped) == (6_263, ())
    assert len({item.listing and item.listing.period for item in saved.batch.items}) == 367
    for item in saved.batch.items:
        _check(item.paper)
    abstracts = {item.paper.id: item.paper.abstract for item in saved.batch.items}
    # A break has an indent in 95 abstracts of the wrapped time and in 74 since; in two all of these are in mid-sentence.
    assert sum("\n" in item.paper.abstract for item in saved.batch.items) == 95 + 74 - 2
    assert "\n" not in abstracts["2603.05433"]
    assert abstracts["2603.23516"].count("\n") == 1


def test_the_fields_of_their_time_are_found(shared: Path) -> None:
    days = shared / "hf" / "daily_papers"
    oldest = _papers(days / "2024-05-27.json")
    assert any(paper.media for paper in oldest)
    assert all(paper.submitter for paper in _papers(days / "2024-06-13.json"))
    assert any(author.account for paper in _papers(days / "2024-07-25.json") for author in paper.authors)
    autumn = _papers(days / "2025-09-30.json")
    assert any(paper.organization for paper in autumn)
    assert any(author.hidden for paper in autumn for author in paper.authors)
    newest = _papers(days / "2026-08-13.json")
    assert all(paper.summary and paper.keywords and paper.summary_model for paper in newest)
    assert any(paper.code_url and paper.code_stars is not None for paper in newest)
    assert not any(paper.summary for paper in _papers(days / "2026-08-11.json"))


def test_lists_without_a_day_searches_and_a_paper(shared: Path) -> None:
    lists = shared / "hf" / "list"
    undated = read_saved(lists / "no-date_limit30_2026-06-12.json")
    assert len(undated.batch.items) == 30
    assert {item.listing and item.listing.feed for item in undated.batch.items} == {"daily"}
    assert {item.listing and item.listing.rank for item in undated.batch.items} == {None}
    trending = read_saved(lists / "trending_2026-09_first1.json").batch.items[0]
    assert (trending.paper.submitter, trending.paper.listed) == (None, None)
    assert trending.listing is not None
    assert trending.listing.feed == "imported"
    assert len(_papers(shared / "hf" / "search" / "q-kazakh_2025-05.json")) == 9
    assert len(_papers(shared / "hf" / "search" / "q-diffusion_limit3_2026-09.json")) == 3
    detail = _papers(shared / "hf" / "paper" / "2608.09888_2026-09.json")[0]
    assert (detail.id, detail.comments) == ("2608.09888", None)
    assert [repo.kind for repo in detail.repos] == ["dataset"]
    assert (detail.datasets, detail.models) == (1, 0)
    assert len(_papers(shared / "hf" / "daily_papers" / "partial" / "2026-10-06_last2.json")) == 2


def test_the_recorded_page(shared: Path) -> None:
    saved = read_saved(shared / "saved_pages" / "daily-papers-search_2026-06-04.txt")
    assert (saved.kind, saved.day, saved.notes) == ("text", date(2026, 6, 4), ())
    assert saved.batch.skipped == ()
    papers = [item.paper for item in saved.batch.items]
    assert len(papers) == 61
    assert all(len(paper.abstract) > 300 for paper in papers)
    days = [
        datetime.fromtimestamp(paper.published, timezone.utc).date() for paper in papers if paper.published is not None
    ]
    assert days[:3] == [date(2023, 2, 8), date(2026, 4, 22), date(2026, 3, 17)]
    assert len(days) == 59
    assert max(days) < date(2026, 6, 4)
    assert sum(paper.author_count is not None for paper in papers) == 55
    organizations = [paper.organization for paper in papers if paper.organization is not None]
    assert len(organizations) == 4
    assert all(found.login and " " not in found.login and found.name for found in organizations)
    assert sum(paper.author_count is None and paper.organization is None for paper in papers) == 2
    assert sum(paper.comments is not None for paper in papers) == 17
    assert {item.listing and (item.listing.feed, item.listing.period) for item in saved.batch.items} == {
        ("imported", "2026-06-04")
    }


def test_the_recorded_paper_is_read_with_what_cites_it(shared: Path) -> None:
    recorded = json.loads((shared / "hf" / "paper" / "2608.09888_2026-09.json").read_text("utf-8"))
    answered = read_discussion(recorded, "2608.09888")
    assert [repo.kind for repo in answered.discussion.repos] == ["dataset"]
    assert (answered.discussion.models, answered.discussion.datasets, answered.discussion.spaces) == (0, 1, 0)
    assert answered.discussion.whole
    assert answered.paper.code_stars
