"""Pages that hold whatever a paper may hold, in both dialects."""

from __future__ import annotations

import re

import pytest

from paperstui.documents.blocks import (
    Block,
    Cell,
    Code,
    Equation,
    Figure,
    Heading,
    Item,
    Notice,
    Paragraph,
    Quote,
    Table,
    plain,
    words,
)
from paperstui.documents.flow import flow
from paperstui.documents.html import html_blocks
from paperstui.text import mathematics
from tests.documents import rich_pages
from tests.documents.pages import FRAME, PROSE
from tests.golden import expect_golden

BASE = "https://arxiv.org/html/2606.00001v1"
PAGES = {"latexml": rich_pages.LATEXML, "port": rich_pages.PORT}


@pytest.fixture(scope="module", params=list(PAGES))
def blocks(request: pytest.FixtureRequest) -> tuple[Block, ...]:
    return html_blocks(PAGES[request.param].encode(), BASE)


def read(body: str) -> tuple[Block, ...]:
    """A page with this in it, without the prose that makes it a paper."""
    return html_blocks(FRAME.format(f'{body}<p class="ltx_p">{PROSE * 4}</p>').encode(), BASE)[:-1]


@pytest.mark.parametrize("cells", [60, 84, 120])
@pytest.mark.parametrize("dialect", list(PAGES))
def test_it_is_laid_out(dialect: str, cells: int) -> None:
    made = flow(html_blocks(PAGES[dialect].encode(), BASE), cells)
    lines = [made.text(line).rstrip() for line in range(len(made.lines))]
    expect_golden(f"document_rich_{dialect}_{cells}", "\n".join(lines) + "\n")
    assert max(map(len, lines)) <= cells


def test_nothing_of_mathml_is_seen(blocks: tuple[Block, ...]) -> None:
    text = "\n".join(map(words, blocks))
    assert "WRONG" not in text
    assert "footnotemark" not in text
    assert not re.search(r"[a-z]\d\.[a-z]", text), "what the page has in rows of its own does not run together"


def test_all_that_leads_within_the_text_leads_somewhere(blocks: tuple[Block, ...]) -> None:
    keys = {getattr(block, "key", "") for block in blocks}
    spans = [span for block in blocks if isinstance(block, Paragraph) for span in block.spans]
    targets = [span.target for span in spans if span.target]
    assert len(targets) >= 6
    assert set(targets) <= keys


def test_authors_stand_in_one_line_with_where_to_find_them(blocks: tuple[Block, ...]) -> None:
    assert words(blocks[1]) == "Ada Bach (River School, Basel, ada@x.org), Li Wei¹,²"


def test_theorems_proofs_and_keywords_begin_their_paragraphs(blocks: tuple[Block, ...]) -> None:
    begun = [block for block in blocks if isinstance(block, Paragraph) and block.spans[0].style]
    assert [words(block)[:24] for block in begun][:2] == ["Keywords: stones, water", "Stone is hard."]
    theorem = next(block for block in begun if words(block).startswith("Theorem 1 (Order). For all n stones"))
    assert theorem.key == "Thmtheorem1"
    assert any(words(block).startswith("Proof. From Theorem 1") for block in begun)
    assert not any("Theorem" in words(block) for block in blocks if isinstance(block, Heading) and block.level > 2)


def test_prose_between_equations_is_prose_and_text_in_them_stays(blocks: tuple[Block, ...]) -> None:
    assert "where g is the weight of all stones, and" in [words(b) for b in blocks if isinstance(b, Paragraph)]
    found = [(plain(b.spans), b.number) for b in blocks if isinstance(b, Equation)]
    assert found[1:3] == [("f(x) = ∫₀¹‖∇g(x,t)‖² dt", "(2)"), ("h(x) ≤ f(x)", "")]
    assert found[3][0].endswith("< 1 for all stones x")
    assert found[3][1] == "(3a)"


def test_algorithms_have_formulas_and_numbered_lines_below_their_name(blocks: tuple[Block, ...]) -> None:
    at = next(at for at, block in enumerate(blocks) if words(block) == "Algorithm 1 Sorting of n stones")
    algorithm = blocks[at + 1]
    assert isinstance(algorithm, Code)
    assert algorithm.text.split("\n") == [
        "    Input: stones x₁,…,xₙ", "1:  for i ← 1 to n do", "2:    lay down xᵢ ⊳ gently", "3:  end for",
    ]  # fmt: skip


def test_listings_keep_their_indents_beside_the_numbers(blocks: tuple[Block, ...]) -> None:
    listing = next(block for block in blocks if isinstance(block, Code) and block.language)
    assert (listing.text, listing.language) == ("1  def sort(stones):\n2      return sorted(stones)", "python")


def test_tables_have_their_spans_in_both_directions(blocks: tuple[Block, ...]) -> None:
    table = next(block for block in blocks if isinstance(block, Table))
    shape = [[cell.columns for cell in row] for row in table.rows]
    assert shape == [[1, 3, 2], [1] * 6, [6], [1] * 6, [1] * 6, [1, 3, 1, 1]]
    assert table.head == 2
    assert table.rows[4][0] == Cell(), "the cell above goes down into it"
    assert plain(table.rows[5][0].spans) == "Short River (upper part)"
    assert plain(table.caption).startswith("Table 1: Stones of two rivers.")


def test_a_figure_of_parts_is_told_part_by_part(blocks: tuple[Block, ...]) -> None:
    figures = [(plain(b.caption), b.address.rpartition("/")[2]) for b in blocks if isinstance(b, Figure)]
    assert figures[1:4] == [
        ("(a) In spring", "a.png"),
        ("(b) In winter", "b.png"),
        ("Figure 1: The mouth, where x = 0.", ""),
    ]


def test_boxes_of_prose_are_quoted_and_drawings_told_by_their_words(blocks: tuple[Block, ...]) -> None:
    boxed = [words(block) for block in blocks if Quote() in getattr(block, "inside", ()) and "tone" not in words(block)]
    assert boxed == ["Water does.", "The grey one.", "The red one."]
    assert next(block.text for block in blocks if isinstance(block, Notice)) == "A drawing with the words x₁ · in"


def test_a_mark_without_a_note_leads_to_the_note_of_that_mark(blocks: tuple[Block, ...]) -> None:
    paragraph = next(b for b in blocks if isinstance(b, Paragraph) and "like this" in words(b))
    assert [(span.text, span.target) for span in paragraph.spans if span.target] == [("¹", "note:2")]


def test_terms_without_a_description_are_items_too() -> None:
    made = read("<dl><dt>One</dt><dt>Two</dt><dd>with words</dd><dt>Three</dt></dl><p>on</p>")
    assert [(words(block), block.inside) for block in made if isinstance(block, Paragraph)] == [
        ("One", (Item("•", first=True),)), ("Two with words", (Item("•", first=True),)), ("Three", (Item("•", first=True),)),
        ("on", ()),
    ]  # fmt: skip


def test_a_heading_that_nothing_follows_is_not_lost() -> None:
    made = read('<div id="t" class="ltx_theorem"><h6 class="ltx_title ltx_runin">Lemma 2.</h6></div><h2>Next</h2>')
    assert [(type(block), words(block)) for block in made] == [(Paragraph, "Lemma 2."), (Heading, "Next")]
    assert [words(block) for block in read('<h6 class="ltx_title ltx_runin">Lemma 3.</h6><pre>a\n b</pre>')] == [
        "Lemma 3.",
        "a\n b",
    ]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("1<sup>st</sup> and 2<sup>nd</sup>", "1st and 2nd"),
        ("Bach<sup>1,2*</sup>", "Bach¹,²*"),
        ("10<sup>-3</sup>", "10⁻³"),
        ("a<sup>Q</sup>", "a^Q"),
        ("a<sup>NEW</sup>", "a NEW"),
    ],
)
def test_raised_text(body: str, said: str) -> None:
    assert words(read(f'<p class="ltx_p">{body}</p>')[0]) == said


@pytest.mark.parametrize(
    ("body", "said"),
    [("10<sup>-3</sup>", "10^{-3}"), ("x<sub>12</sub>", "x_12"), ("2<sup>nd</sup>", "2nd"), ("a<sup>Q</sup>", "a^Q")],
)
def test_raised_text_where_there_are_to_be_no_such_letters(body: str, said: str) -> None:
    mathematics.use("ascii")
    assert words(read(f'<p class="ltx_p">{body}</p>')[0]) == said


def test_one_number_of_a_group_of_spans() -> None:
    rows = (
        '<span class="ltx_equation ltx_eqn_row"><span class="ltx_td ltx_eqn_cell"><math alttext="a=b"></math></span><span'
        ' class="ltx_td ltx_eqn_cell ltx_eqn_eqno">(7)</span></span>'
    )
    made = read(f'<span class="ltx_inline-block"><span class="ltx_equationgroup">{rows}</span></span>')
    assert [(words(block)) for block in made if isinstance(block, Equation)] == ["a = b (7)"]
