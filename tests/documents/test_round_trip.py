"""Every word of a text is on its lines, in whatever form it came and however wide the screen is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperstui.documents.blocks import Block
from paperstui.documents.flow import flow
from paperstui.documents.html import html_blocks
from paperstui.documents.markdown import markdown_blocks
from paperstui.text.inked import line_width
from tests.documents.made_texts import Made, Maker, missing

WIDTHS = (42, 60, 84, 132)
"""In less than the first of them, words in the first column of a wide table are broken."""


def read(made: Made, form: str) -> tuple[Block, ...]:
    return markdown_blocks(made.markdown) if form == "markdown" else html_blocks(made.page.encode())


def check(made: Made, blocks: tuple[Block, ...], cells: int) -> None:
    laid = flow(blocks, cells)
    assert missing(made, (laid.text(line) for line in range(len(laid.lines)))) == []
    assert max(map(line_width, laid.lines)) <= cells


@pytest.fixture(scope="module")
def long() -> Made:
    return Maker(7).make(500_000)


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_a_long_text_is_on_its_lines_at_every_width(form: str, long: Made) -> None:
    assert len(long.markdown) >= 500_000
    assert len(long.words) > 20_000
    blocks = read(long, form)
    for cells in WIDTHS:
        check(long, blocks, cells)


@pytest.mark.parametrize("form", ["markdown", "html"])
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32), cells=st.integers(42, 160), size=st.integers(1_000, 6_000))
def test_any_text_is_on_its_lines(form: str, seed: int, cells: int, size: int) -> None:
    made = Maker(seed).make(size)
    check(made, read(made, form), cells)


def test_a_word_that_is_lost_is_noticed(long: Made) -> None:
    lines = [*long.markdown.split("\n")]
    assert missing(long, iter(lines)) == []
    gone = long.words[len(long.words) // 2]
    assert missing(long, iter([line.replace(gone, "") for line in lines]))
    assert missing(long, iter([line.replace(long.in_tables[5], "") for line in lines]))
