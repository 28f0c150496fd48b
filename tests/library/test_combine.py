from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from paperstui.library.combine import combined
from paperstui.models import Account, Author, Organization, Paper
from tests.library.making import AT, paper
from tests.library.test_records import papers


def same_id(found: Paper) -> Paper:
    return replace(found, id="2506.00001")


@given(papers(), papers(), st.booleans())
@example(
    paper(abstract="", text_source="arxiv", published=AT + 1), paper(text_source="hf", published=AT), True
)  # the text goes to the lesser source, because the better one had none
def test_hearing_the_same_again_changes_nothing(old: Paper, new: Paper, newer: bool) -> None:
    old, new = same_id(old), same_id(new)
    assert combined(old, old) == old
    once = combined(old, new, newer=newer)
    assert combined(once, new, newer=newer) == once


@given(papers(), papers(), st.booleans())
def test_nothing_known_is_ever_wiped(old: Paper, new: Paper, newer: bool) -> None:
    together = combined(same_id(old), same_id(new), newer=newer)
    for name in Paper.__struct_fields__:
        if name in ("author_count", "summary_model", "code_added_by", "code_stars", "version_at"):
            continue  # these go with the field that they are about
        if getattr(old, name) not in (None, "", ()):
            assert getattr(together, name) not in (None, "", ()), name


@given(papers(), st.booleans())
def test_silence_says_nothing(old: Paper, newer: bool) -> None:
    silent = Paper(id=old.id, title="", text_source=old.text_source)
    assert combined(old, silent, newer=newer) == old


@pytest.mark.parametrize(
    ("known", "heard", "winner"),
    [
        ("hf", "arxiv", "arxiv"),
        ("arxiv", "hf", "arxiv"),
        ("hf", "page", "hf"),
        ("page", "hf", "hf"),
        ("arxiv", "page", "arxiv"),
        ("page", "arxiv", "arxiv"),
    ],
)
def test_the_better_text_stays(known: Any, heard: Any, winner: str) -> None:
    old = paper(title=f"{known} title", abstract=f"{known} abstract", text_source=known)
    new = paper(title=f"{heard} title", abstract=f"{heard} abstract", text_source=heard)
    together = combined(old, new)
    assert (together.title, together.abstract) == (f"{winner} title", f"{winner} abstract")
    assert together.text_source == winner


def test_the_newer_text_of_one_source_counts() -> None:
    together = combined(paper(title="Old"), paper(title="New"))
    assert together.title == "New"
    assert combined(paper(title="New"), paper(title="Old"), newer=False).title == "New"


def test_a_title_alone_never_costs_an_abstract() -> None:
    old = paper(title="$x$", abstract="All of it.", text_source="hf")
    assert combined(old, paper(title="x", abstract="", text_source="arxiv")).abstract == "All of it."
    assert combined(old, paper(title="x", abstract="", text_source="arxiv")).text_source == "hf"


def test_a_page_fills_in_what_the_api_did_not_say() -> None:
    together = combined(paper(title="Known", abstract=""), paper(title="Page", abstract="Of page", text_source="page"))
    assert (together.title, together.abstract, together.text_source) == ("Known", "Of page", "hf")
    together = combined(
        paper(title="$x$", abstract="", text_source="arxiv"), paper(title="x", abstract="Of page", text_source="page")
    )
    assert together.abstract == ""


def test_votes_are_the_newest() -> None:
    together = combined(paper(upvotes=10, comments=3), paper(upvotes=7, comments=0))
    assert (together.upvotes, together.comments) == (7, 0)
    together = combined(paper(upvotes=10, comments=3), paper(upvotes=None, comments=None))
    assert (together.upvotes, together.comments) == (10, 3)
    together = combined(paper(upvotes=10), paper(upvotes=7), newer=False)
    assert together.upvotes == 10


def test_the_newest_day_of_listing_stays() -> None:
    assert combined(paper(listed="2026-06-04"), paper(listed="2026-06-01")).listed == "2026-06-04"
    assert combined(paper(listed=None), paper(listed="2026-06-01")).listed == "2026-06-01"
    assert combined(paper(listed=None), paper(listed=None)).listed is None


ADA = Author("Ada", account=Account("ada", "Ada L."), status="claimed_verified")


def test_arxiv_names_do_not_wipe_matched_accounts() -> None:
    old = paper(authors=(ADA, Author("Bob", hidden=True)))
    together = combined(old, paper(authors=(Author("Ada"), Author("Bob")), text_source="arxiv"))
    assert together.authors == old.authors
    together = combined(old, paper(authors=(Author("Eve"), Author("Ada")), text_source="arxiv"))
    assert together.authors == (Author("Eve"), ADA)


def test_hugging_face_may_show_an_author_again_and_withdraw_a_match() -> None:
    old = paper(authors=(ADA, Author("Bob", hidden=True)))
    together = combined(old, paper(authors=(Author("Ada", status="extracted_infirmed"), Author("Bob"))))
    assert together.authors == (Author("Ada", status="extracted_infirmed"), Author("Bob"))


def test_two_authors_of_one_name_keep_apart() -> None:
    old = paper(authors=(ADA, Author("Ada")))
    assert combined(old, paper(authors=(Author("Ada"), Author("Ada")), text_source="arxiv")).authors == old.authors
    three = paper(authors=(Author("Ada"),) * 3, text_source="arxiv")
    assert combined(old, three).authors == three.authors


def test_names_of_a_page_do_not_replace_those_of_an_api() -> None:
    old = paper(authors=(ADA, Author("Bob")))
    page = paper(authors=(Author("Ada"),), author_count=2, text_source="page")
    assert combined(old, page).authors == old.authors
    assert combined(old, page).author_count is None
    counted = paper(authors=(), author_count=8, text_source="page")
    assert combined(counted, old).author_count is None
    assert combined(counted, paper(authors=(), text_source="page")).author_count == 8


def test_arxiv_knows_the_second_of_publication() -> None:
    exact = paper(published=1_748_000_123, text_source="arxiv")
    midnight = paper(published=1_747_958_400)
    assert combined(exact, midnight).published == 1_748_000_123
    assert combined(midnight, exact).published == 1_748_000_123


def test_parts_of_one_thing_stay_together() -> None:
    old = paper(summary="Old", summary_model="m1", code_url="https://a", code_stars=5, code_added_by="auto")
    new = paper(summary="New", code_url="https://b")
    together = combined(old, new)
    assert (together.summary, together.summary_model) == ("New", "")
    assert (together.code_url, together.code_stars, together.code_added_by) == ("https://b", None, "")
    together = combined(old, paper(summary="Old", code_url="https://a", code_stars=6))
    assert together.summary_model == "m1"
    assert (together.code_stars, together.code_added_by) == (6, "auto")


def test_an_organisation_keeps_its_picture() -> None:
    old = paper(organization=Organization("uc", "UC Berkeley", "https://a"))
    assert combined(old, paper(organization=Organization("uc", "Berkeley"))).organization == Organization(
        "uc", "Berkeley", "https://a"
    )
    assert combined(old, paper(organization=Organization("mit"))).organization == Organization("mit")


@pytest.mark.parametrize("newer", [True, False])
def test_the_later_version_counts_whenever_it_is_heard(newer: bool) -> None:
    first = paper(title="Old", text_source="arxiv", version=1, version_at=1_748_000_000)
    third = paper(title="New", text_source="arxiv", version=3, version_at=1_749_000_000)
    for together in (combined(first, third, newer=newer), combined(third, first, newer=newer)):
        assert (together.title, together.version, together.version_at) == ("New", 3, 1_749_000_000)


def test_a_version_without_a_date_has_none_of_another_one() -> None:
    together = combined(paper(version=1, version_at=1_748_000_000), paper(version=2))
    assert (together.version, together.version_at) == (2, None)
    together = combined(paper(version=2), paper(version=2, version_at=1_748_000_000))
    assert together.version_at == 1_748_000_000
    assert combined(together, paper(version=2, version_at=1_748_044_800)) == together, "a list only tells the day"


def test_the_words_of_hugging_face_do_not_replace_a_version_of_arxiv() -> None:
    old = paper(title="$x$", text_source="arxiv", version=2)
    assert combined(old, paper(title="x", text_source="hf")) == old
    together = combined(paper(title="x", text_source="hf"), old, newer=False)
    assert (together.title, together.version) == ("$x$", 2)


def test_a_day_never_replaces_a_second() -> None:
    exact, day = 1_748_000_123, 1_748_044_800
    announced = paper(published=day, text_source="arxiv")
    assert combined(paper(published=exact), announced).published == exact
    assert combined(announced, paper(published=exact)).published == exact
    # Announced on the day after the one that Hugging Face says.
    assert combined(paper(published=day - 86_400), announced).published == day - 86_400
    assert combined(announced, paper(published=day - 86_400)).published == day - 86_400


def test_an_affiliation_is_kept_beside_an_account() -> None:
    told = combined(paper(authors=(ADA,)), paper(authors=(Author("Ada", affiliation="Inst"),), text_source="arxiv"))
    assert told.authors == (replace(ADA, affiliation="Inst"),)
    again = combined(told, paper(authors=(ADA,)))
    assert again.authors == told.authors
