from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.library.records import Columns, columns_of, paper_of
from paperstui.models import Account, Author, Organization, Paper, Repo
from tests.library.making import paper

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), max_size=8)
accounts = st.builds(Account, login=words, name=texts, followers=st.none() | st.integers(0, 9))
authors = st.builds(
    Author, name=texts, hidden=st.booleans(), account=st.none() | accounts, status=words, affiliation=texts
)
optional = st.none() | st.integers(0, 2**40)


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    """Any paper at all."""
    return Paper(
        id=draw(st.from_regex(r"\A[0-9]{4}[.][0-9]{5}\Z")),
        title=draw(texts),
        abstract=draw(texts),
        text_source=draw(st.sampled_from(["hf", "arxiv", "page"])),
        authors=tuple(draw(st.lists(authors, max_size=3))),
        author_count=draw(optional),
        organization=draw(st.none() | st.builds(Organization, login=words, name=texts, avatar=words)),
        published=draw(optional),
        listed=draw(st.none() | st.just("2026-06-04")),
        upvotes=draw(optional),
        comments=draw(optional),
        submitter=draw(st.none() | accounts),
        author_takes_part=draw(st.none() | st.booleans()),
        summary=draw(texts),
        keywords=tuple(draw(st.lists(texts, max_size=3))),
        summary_model=draw(words),
        code_url=draw(words),
        code_stars=draw(optional),
        code_added_by=draw(words),
        project_url=draw(words),
        media=tuple(draw(st.lists(words, max_size=2))),
        thumbnail=draw(words),
        discussion_id=draw(words),
        withdrawn=draw(words),
        categories=tuple(draw(st.lists(words, max_size=3))),
        repos=tuple(draw(st.lists(st.builds(Repo, kind=st.just("model"), id=words, likes=optional), max_size=2))),
        models=draw(optional),
        upvoted=draw(st.booleans()),
        version=draw(st.none() | st.integers(1, 5)),
        version_at=draw(optional),
        remark=draw(texts),
        journal=draw(texts),
        doi=draw(words),
        license=draw(words),
    )


@given(papers())
def test_every_paper_comes_back_whole(original: Paper) -> None:
    assert paper_of(columns_of(original)) == original


def test_a_plain_paper_needs_no_details() -> None:
    assert columns_of(paper()).body.details is None


@pytest.mark.parametrize(
    "names", [("Smith, Jr.", "Ada"), ("", ""), ("Ada", ""), (",",), ("Ada, Bob",), ("a" * 3000,)], ids=repr
)
def test_odd_names_come_back(names: tuple[str, ...]) -> None:
    original = paper(authors=tuple(map(Author, names)))
    assert paper_of(columns_of(original)) == original


def test_lists_see_the_authors_who_are_not_hidden() -> None:
    columns = columns_of(paper(authors=(Author("Ada"), Author("Bob", hidden=True), Author("Eve"))))
    assert columns.paper[5:7] == ("Ada, Eve", 2)


def test_a_number_of_authors_without_names_is_kept() -> None:
    original = paper(authors=(), author_count=12)
    assert columns_of(original).paper[6] == 12
    assert paper_of(columns_of(original)) == original


def test_plain_text_is_stored_only_where_it_differs() -> None:
    columns = columns_of(paper(title="On $\\alpha$ decay", abstract="Plain.", text_source="arxiv"))
    assert columns.paper[2] == "On α decay"
    assert columns.body.abstract_plain is None
    assert columns.indexed[:2] == ("On α decay", "Plain.")


def test_text_that_stays_is_not_rendered_again(monkeypatch: pytest.MonkeyPatch) -> None:
    before = paper(title="$x$", abstract="$y$", text_source="arxiv")
    columns = columns_of(before)
    rendered: list[str] = []

    def count(text: str, *, bare: bool) -> str:
        rendered.append(text)
        return f"{text} {bare}"

    monkeypatch.setattr("paperstui.text.latex.to_unicode", count)
    again = columns_of(paper(title="$x$", abstract="$y$", text_source="arxiv", upvotes=7), (before, columns))
    assert rendered == []
    assert again.paper[2] == columns.paper[2]
    columns_of(paper(title="$x$", abstract="$z$", text_source="arxiv"), (before, columns))
    assert rendered == ["$z$"]
    columns_of(paper(title="$x$", abstract="$y$", text_source="hf"), (before, columns))
    assert rendered == ["$z$", "$x$", "$y$"]


@pytest.mark.parametrize("details", ["{", "[]", '{"authors":7}', "\x00", "[" * 100_000])
def test_details_that_damage_made_unreadable_cost_only_themselves(details: str) -> None:
    columns = columns_of(paper(thumbnail="https://example.org/x.png"))
    damaged = Columns(columns.paper, columns.body._replace(details=details))
    assert paper_of(damaged) == paper()
