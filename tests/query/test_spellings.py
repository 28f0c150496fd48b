from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.library.schema import SEARCH
from paperstui.query.fulltext import expression
from paperstui.query.highlight import highlights
from paperstui.query.parser import parse
from paperstui.query.spellings import spellings
from paperstui.query.tree import Text
from paperstui.text.latex import to_unicode


def found(query: str, shown: str) -> bool:
    """Whether the search index finds a title that is shown so."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(SEARCH.replace("content='searchable', content_rowid='rowid', ", ""))
    connection.execute("INSERT INTO search(title) VALUES (?)", (shown,))
    asked = expression(parse(query).tree)
    assert asked is not None
    return bool(connection.execute("SELECT 1 FROM search WHERE search MATCH ?", (asked,)).fetchone())


@pytest.mark.parametrize(
    ("query", "title"),
    [
        (query, title)
        for queries, titles in (
            (("O(n^2)", '"O(n^2)"', "O(n²)", "𝒪(n²)", "n^2"), ("In $O(n^2)$ steps", r"In $\mathcal{O}(n^2)$ steps")),
            (('"O(n log n)"', "O(n log n)"), (r"In $O(n\log n)$ steps", r"In $\mathcal{O}(n \log n)$")),
            (("alpha", "Alpha", "α", "title:alpha", "alpha-VAE", "α-VAE"), (r"An $\alpha$-VAE", "An alpha-VAE")),
            (("H2O", "H₂O", "H_2O"), (r"With H$_2$O", "With H_{2}O", "With H2O")),
            (("R2", "R^2", "R²"), ("An $R^2$ score", "An R2 score")),
            (("l_2", "L2", "L₂"), ("The $L_2$ norm", "The L2 norm")),
            (("pi_0", "π_0", "π₀"), (r"The $\pi_0$ model", "The π₀ model")),
            (("ℝᵈ", "R^d", "Rᵈ"), (r"Maps of $R^d$", r"Maps of $\mathbb{R}^d$")),
        )
        for query in queries
        for title in titles
    ],
)
def test_mathematics_is_found_however_it_is_written(query: str, title: str) -> None:
    shown = to_unicode(title)
    assert found(query, shown)
    assert highlights(parse(query), shown)


@pytest.mark.parametrize(
    ("query", "title"),
    [("alpha", "Alphabets"), ("H2O", "H 2 O"), ("n^2", "n³"), ("O(n^2)", "o of n"), ("α", "a"), ("mu", "much")],
)
def test_other_words_are_not_found(query: str, title: str) -> None:
    assert not found(query, title)


@pytest.mark.parametrize(
    "words", ["attention", "o", "a", "GPT", "in", "mamba2", "3D", "diffusion models", "state-of-the-art"]
)
def test_most_words_have_one_spelling(words: str) -> None:
    assert spellings(Text(words)) == (Text(words),)


@given(st.text("αβHO2n₂²^_𝒪(ab -é", max_size=12), st.booleans())
def test_the_words_themselves_come_first_and_none_comes_twice(words: str, prefix: bool) -> None:
    either = spellings(Text(words, "title", prefix))
    assert either[0] == Text(words, "title", prefix)
    assert len({leaf.words for leaf in either}) == len(either)
    assert all(leaf.field == "title" and not leaf.prefix for leaf in either[1:])
