"""Citation keys and dates."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from paperstui.export.keys import base_key, day, keys, year
from paperstui.models import Author, Paper
from tests.export.making import PAPER, found


def by_id(*papers: Paper) -> dict[str, str]:
    given = found(*papers)
    known = keys(given)
    assert len(known) == len(papers)
    return {one.detail.paper.id: known[one.detail.rowid] for one in given}


def test_papers_with_one_key_get_letters_in_the_order_of_their_ids() -> None:
    papers = [replace(PAPER, id=f"2606.0{number:04}") for number in range(30)]
    found = by_id(*reversed(papers))
    assert found == by_id(*papers)
    assert found["2606.00000"] == "wintermolen2026tern"
    assert found["2606.00001"] == "wintermolen2026terna"
    assert found["2606.00027"] == "wintermolen2026ternaa"
    assert len(set(found.values())) == 30


def test_a_letter_never_makes_the_key_of_another_paper() -> None:
    first, second = PAPER, replace(PAPER, id="2606.09999")
    other = replace(PAPER, id="2606.05000", title="Terna is another paper")
    assert by_id(first, second, other) == {
        first.id: "wintermolen2026tern",
        other.id: "wintermolen2026terna",
        second.id: "wintermolen2026ternb",
    }


@given(st.lists(st.sampled_from(["Tern", "Terna", "Ternb", "Ternaa", "The", ""]), max_size=12))
def test_keys_always_differ(titles: list[str]) -> None:
    papers = [replace(PAPER, id=f"2606.{at:05}", title=title) for at, title in enumerate(titles)]
    found = by_id(*papers)
    assert len(set(found.values())) == len(papers)


@pytest.mark.parametrize(
    ("author", "title", "key"),
    [
        ("Łukasz Wrzosowicz-Ślaz", "The Shape of Things", "wrzosowiczslaz2026shape"),
        ("Zoë O'Dallaghan", "Q-Learning, Again", "odallaghan2026qlearning"),
        ("Joost van der Lind", r"$\ell_2$ Norms of Graphs", "vanderlind2026norms"),
        ("南宫若兰", "面向方言的翻译", "anon2026"),
        ("The Kite Team", "What Is It?", "kite2026what"),
        ("Anwen", "Schrödinger Bridges", "anwen2026schrodinger"),
    ],
)
def test_keys_are_plain_ascii(author: str, title: str, key: str) -> None:
    assert base_key(replace(PAPER, title=title, authors=(Author(author),))) == key


@pytest.mark.parametrize("published", [None, 10**18, -(10**18)])
def test_a_date_that_no_calendar_has_is_none(published: int | None) -> None:
    paper = replace(PAPER, published=published)
    assert day(paper) is None
    assert year(paper) == 2026, "as the id says"


def test_the_day_is_that_of_utc() -> None:
    assert day(replace(PAPER, published=1_780_531_199)) == date(2026, 6, 3)
    assert day(replace(PAPER, published=1_780_531_200)) == date(2026, 6, 4)
