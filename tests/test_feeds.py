from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.errors import UsageError
from paperstui.feeds import belongs, categories_of, category, feed, parts, together


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("cs.CL", "cs.CL"),
        ("CS.cl", "cs.CL"),
        (" math.ag ", "math.AG"),
        ("q-bio.nc", "q-bio.NC"),
        ("astro-ph.co", "astro-ph.CO"),
        ("Cond-Mat.Soft", "cond-mat.soft"),
        ("physics.BIO-PH", "physics.bio-ph"),
        ("cs", "cs"),
        ("hep-th", "hep-th"),
        ("QUANT-PH", "quant-ph"),
    ],
)
def test_a_category_is_spelled_as_arxiv_does(typed: str, known: str) -> None:
    assert category(typed) == known


@pytest.mark.parametrize(
    "typed",
    ["", ".", "cs.", ".CL", "xx.CL", "cs.C", "cs.C1", "cs.CL.x", "hep-th.TH", "cs CL", "cs.ÄÖ", "cs.CL\n.x", "*"],
)
def test_what_is_no_category(typed: str) -> None:
    assert category(typed) is None


@given(st.text(max_size=20))
def test_a_category_stays_what_it_is(typed: str) -> None:
    known = category(typed)
    assert known is None or category(known) == known


def test_papers_belong_to_categories_and_their_archives() -> None:
    assert belongs(("cs.LG", "stat.ML"), "stat.ML")
    assert belongs(("cs.LG", "stat.ML"), "cs")
    assert not belongs(("cs.LG", "stat.ML"), "cs.L")
    assert not belongs((), "cs")
    assert belongs(("hep-th",), "hep-th")


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("daily", "daily"),
        ("weekly", "weekly"),
        ("trending", "trending"),
        ("arxiv:cs.cl", "arxiv:cs.CL"),
        ("arXiv:CS.CL+cs.LG+cs.cl", "arxiv:cs.CL+cs.LG"),
        ("arxiv:hep-th", "arxiv:hep-th"),
    ],
)
def test_the_name_of_a_feed(typed: str, known: str) -> None:
    assert feed(typed) == known
    assert feed(known) == known


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "there is no feed ''"),
        ("Daily", "there is no feed 'Daily': daily, weekly"),
        ("arxiv", "arxiv:CATEGORY, as in arxiv:cs.CL"),
        ("arxiv:", "arXiv has no category ''"),
        ("arxiv:cs.CL+", "arXiv has no category ''"),
        ("arxiv:cs.CL,cs.LG", "arXiv has no category 'cs.CL,cs.LG'"),
        ("arxiv:\x1b[31m", "arXiv has no category '[31m'"),
        ("arxiv:" + "+".join(["cs.CL"] * 21), "21 categories are too many: at most 20 together"),
    ],
)
def test_what_is_no_feed(typed: str, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        feed(typed)
    assert words in str(caught.value)
    assert str(caught.value).isprintable()


def test_categories_together_are_listed_apart() -> None:
    assert parts("arxiv:cs.CL+cs.LG") == ("arxiv:cs.CL", "arxiv:cs.LG")
    assert parts("arxiv:cs.CL") == ("arxiv:cs.CL",)
    assert parts("daily") == ("daily",)
    assert categories_of("arxiv:cs.CL+cs.LG") == ("cs.CL", "cs.LG")
    assert categories_of("daily") == ()
    assert together(("cs.CL", "cs.LG", "cs.CL")) == "arxiv:cs.CL+cs.LG"
