"""A document with its formulas as they were written, and places in the one that are found in the other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.documents.as_written import as_shown, as_written, moved
from paperstui.documents.blocks import Block, Code, Inline, Paragraph, plain, words
from paperstui.documents.flow import Place
from paperstui.documents.formulas import formula
from paperstui.documents.markdown import markdown_blocks
from paperstui.text import mathematics

SOURCE = r"""# A $\beta$ title

Some *text* with $x_1 \le \alpha$ in [a $\gamma$ link](https://example.org) and `code $x$`, $\mathbf{v} w$ too.

- an item of $\delta$

> quoted $\eta$

| $a_1$ | b |
| --- | --- |
| $\theta$ | 2 |

$$
a = b \\
c
$$ (3)

```
$\alpha$ in code
```

Note[^1] of it.

[^1]: A note on $\zeta$.
"""


def test_every_kind_of_block_shows_its_source() -> None:
    written = "\n".join(words(as_written(block)) for block in markdown_blocks(SOURCE))
    for tex in (
        r"\beta",
        r"x_1 \le \alpha",
        r"\gamma",
        r"\mathbf{v} w",
        r"\delta",
        r"\eta",
        "a_1",
        r"\theta",
        r"\zeta",
    ):
        assert f"${tex}$" in written
    assert "a = b \\\\\nc (3)" in written
    assert not any(letter in written for letter in "αβγδηθζ≤₁")
    assert "$\\alpha$ in code" in written


def test_styles_links_and_sources_stay() -> None:
    [link] = [span for span in as_written(markdown_blocks(SOURCE)[1]).spans if "gamma" in span.text]  # type: ignore[union-attr]
    assert link == Inline(r"$\gamma$", "code", "https://example.org", "", r"\gamma")


@pytest.mark.parametrize("block", markdown_blocks(SOURCE), ids=lambda block: type(block).__name__)
def test_what_is_written_already_stays(block: Block) -> None:
    once = as_written(block)
    assert words(as_written(once)) == words(once).replace("$$", "$$")
    assert type(once) is type(block)


def test_it_is_shown_when_it_is_asked_for() -> None:
    blocks = markdown_blocks(SOURCE)
    assert as_shown(blocks) == tuple(blocks)
    mathematics.turn()
    assert as_shown(blocks) == tuple(map(as_written, blocks))
    assert as_shown(blocks, source=False) == tuple(blocks)
    mathematics.use("raw")
    assert as_shown(blocks) == tuple(map(as_written, blocks))


def test_formulas_in_two_styles_and_two_of_one_source_are_told_apart() -> None:
    bold = formula(r"\mathbf{a}b")
    assert len(bold) == 2
    assert plain(as_written(Paragraph((*bold, *bold))).spans) == r"$\mathbf{a}b$$\mathbf{a}b$"  # type: ignore[union-attr]
    assert plain(as_written(Paragraph(bold)).spans) == r"$\mathbf{a}b$"  # type: ignore[union-attr]


PARTS = st.lists(
    st.one_of(
        st.text("abc ", min_size=1, max_size=12).map(lambda text: (Inline(text),)),
        st.sampled_from([r"\alpha", r"x^2", r"\mathbf{a}b", r"\frac{1}{2}"]).map(formula),
    ),
    max_size=8,
)


@given(PARTS, st.integers(0, 80))
def test_a_place_leads_to_the_same_words_and_back(parts: list[tuple[Inline, ...]], offset: int) -> None:
    before = Paragraph(tuple(span for part in parts for span in part))
    after = as_written(before)
    there = moved(Place(4, offset), before, after)
    text, other = words(before), words(after)
    assert there.block == 4
    assert 0 <= there.offset <= len(other)
    back = moved(there, after, before)
    assert back.offset <= min(offset, len(text))
    if offset < len(text):
        inside = next((span.tex for span in before.spans if _covers(before, span, offset)), "")
        if not inside:
            assert other[there.offset] == text[offset]
            assert back.offset == offset


def _covers(block: Paragraph, span: Inline, offset: int) -> bool:
    at = 0
    for one in block.spans:
        if one is span and at <= offset < at + len(one.text):
            return True
        at += len(one.text)
    return False


def test_places_in_tables_and_code_are_those_of_their_lines() -> None:
    blocks = markdown_blocks(SOURCE)
    table = next(block for block in blocks if type(block).__name__ == "Table")
    assert moved(Place(1, 3), table, as_written(table)) == Place(1, 3)
    assert moved(Place(1, 3), Code("a"), Code("a")) == Place(1, 3)
