from __future__ import annotations

import sys

import pytest

from paperstui.documents.blocks import (
    Block,
    Code,
    Equation,
    Figure,
    Footnote,
    Heading,
    Inline,
    Item,
    Paragraph,
    Quote,
    Reference,
    Table,
    plain,
    words,
)
from paperstui.documents.flow import flow
from paperstui.documents.html import NoTextError, html_blocks
from tests.documents import pages
from tests.golden import expect_golden

BASE = "https://arxiv.org/html/2606.00001v1"


@pytest.fixture(scope="module")
def blocks() -> tuple[Block, ...]:
    return html_blocks(pages.LATEXML.encode(), BASE)


def test_sections_have_numbers_and_keys(blocks: tuple[Block, ...]) -> None:
    assert [(words(b), b.level, b.number, b.key) for b in blocks if isinstance(b, Heading)] == [
        ("Stones in ℝⁿ", 1, "", ""),
        ("Abstract", 2, "", ""),
        ("1 Introduction", 2, "1", "S1"),
        ("2 Method", 2, "2", "S2"),
        ("2.1 Flow", 3, "2.1", "S2.SS1"),
        ("References", 2, "", "bib"),
    ]


def test_formulas_are_read_from_their_source_alone(blocks: tuple[Block, ...]) -> None:
    text = " ".join(words(block) for block in blocks)
    assert "WRONG" not in text
    assert "xᵢ ≤ 1" in text
    assert "report an issue" not in text.lower()


def test_citations_and_sections_lead_within_the_text_and_links_out_of_it(blocks: tuple[Block, ...]) -> None:
    paragraph = next(b for b in blocks if isinstance(b, Paragraph) and "As [" in words(b))
    leads = [(span.text, span.target, span.link) for span in paragraph.spans if span.target or span.link]
    assert leads == [("1", "bib.bib1", ""), ("2", "bib.bib2", ""), ("¹", "note:1", ""), ("2", "S2", "")]
    assert [(span.text, span.style) for span in paragraph.spans if span.style] == [("so", "italic"), ("thus", "strong")]


def test_notes_come_last_without_their_marks(blocks: tuple[Block, ...]) -> None:
    note = blocks[-1]
    assert isinstance(note, Footnote)
    assert (note.mark, plain(note.spans), note.key) == ("1", "A note with code.", "note:1")
    assert note.spans[1].link == "https://x.org/code"


def test_equations_are_one_a_row_with_their_numbers(blocks: tuple[Block, ...]) -> None:
    found = [(plain(b.spans), b.number, b.key) for b in blocks if isinstance(b, Equation)]
    assert found == [
        ("ℒ(θ) = 1/N∑ᵢ₌₁ᴺ‖yᵢ‖", "(1)", "S2.E1"),
        ("a = b+c", "(2)", "S2.E2"),
        ("d = e", "(3)", "S2.E3"),
    ]
    assert [words(b) for b in blocks if isinstance(b, Paragraph) and "stands that" in words(b)] == [
        "where it stands that"
    ]


def test_tables_keep_their_spans_and_captions(blocks: tuple[Block, ...]) -> None:
    table = next(b for b in blocks if isinstance(b, Table))
    assert [[(plain(cell.spans), cell.columns) for cell in row] for row in table.rows] == [
        [("Method", 1), ("Score", 2)],
        [("", 1), ("A", 1), ("B", 1)],
        [("Ours", 1), ("2³", 1), ("12.5", 1)],
        [("Theirs", 1), ("none", 2)],
    ]
    assert (table.head, table.aligns, plain(table.caption), table.key) == (
        2, ("left", "right", "right"), "Table 1: Results.", "S2.T1",
    )  # fmt: skip


def test_figures_listings_quotations_and_lists(blocks: tuple[Block, ...]) -> None:
    figure = next(b for b in blocks if isinstance(b, Figure))
    assert (plain(figure.caption), figure.address) == (
        "Figure 1: A stone.",
        "https://arxiv.org/html/2606.00001v1/x1.png",
    )
    assert next(b for b in blocks if isinstance(b, Code)).text == "if x:\n    y = 1"
    assert next(b.inside for b in blocks if words(b) == "Quoted words.") == (Quote(),)
    assert [b.inside for b in blocks if words(b).endswith(" item")] == [(Item("•", first=True),)] * 2


def test_references(blocks: tuple[Block, ...]) -> None:
    assert [(b.label, plain(b.spans), b.key) for b in blocks if isinstance(b, Reference)] == [
        ("[1]", "A. Bach. On stones.", "bib.bib1"),
        ("[2]", "L. Wei.", "bib.bib2"),
    ]


def test_the_other_dialect() -> None:
    blocks = html_blocks(pages.PORT.encode(), BASE)
    text = "\n".join(words(block) for block in blocks)
    assert "So x² is Bach et al. (2020)." in text
    assert "WRONG" not in text
    assert r"\unknown stays." in text
    assert [(plain(b.spans), b.number) for b in blocks if isinstance(b, Equation)] == [("a = b", "(1)")]
    table = next(b for b in blocks if isinstance(b, Table))
    assert [[plain(cell.spans) for cell in row] for row in table.rows] == [["one", "two"], ["three", "four"]]
    assert plain(table.caption) == "TABLE I: Words."
    assert [(b.label, b.key) for b in blocks if isinstance(b, Reference)] == [("Bach et al. (2020)", "bib.bib7")]


@pytest.mark.parametrize("cells", [60, 84, 120])
@pytest.mark.parametrize("dialect", ["latexml", "port"])
def test_it_is_laid_out(dialect: str, cells: int) -> None:
    made = flow(html_blocks({"latexml": pages.LATEXML, "port": pages.PORT}[dialect].encode(), BASE), cells)
    expect_golden(
        f"document_{dialect}_{cells}", "\n".join(made.text(line).rstrip() for line in range(len(made.lines))) + "\n"
    )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><h1>404</h1></html>",
        b"\xff\xfe" * 1_000,
        pages.FRAME.format("<p>No text.</p>").encode(),
        b"%PDF-1.5",
    ],
)
def test_a_page_that_is_no_paper_is_refused(body: bytes) -> None:
    with pytest.raises(NoTextError):
        html_blocks(body)


def test_without_the_parser_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "selectolax.lexbor", None)
    with pytest.raises(NoTextError, match=r"pip install selectolax"):
        html_blocks(pages.LATEXML.encode())


HOSTILE = {
    "elements in elements": "<div>" * 4_000 + "end",
    "lists in lists": "<ul><li>" * 4_000 + "end",
    "quotations": "<blockquote>" * 4_000 + "end",
    "tables in tables": "<table class='ltx_tabular'><tr><td>" * 2_000 + "end",
    "wide cells": "<table class='ltx_tabular'>" + "<tr><td colspan=99999 rowspan=99999>x" * 500 + "</table>end",
    "escapes": "<p>\x1b]0;x\x07 &#27;[31m &#x9b; &#x202e; end</p>",
    "formulas": "<math alttext='\\sqrt[" + "\\sqrt[" * 5_000 + "'></math>" * 50 + "end",
    "figures": "<figure>" * 3_000 + "<figcaption>end",
    "drawings in drawings": "<svg><foreignObject>words " * 2_000 + "end",
    "lines in lines": "<div class=ltx_listing>" + "<div class=ltx_listingline>x " * 4_000 + "end",
    "addresses in addresses": "<span class=ltx_creator>" + "<span class=ltx_contact>x " * 4_000 + "end",
    "terms in terms": "<dl><dt>a<dd>" * 1_000 + "end",
    "marks of notes": "x<span class='ltx_note ltx_role_footnotemark'><sup>1</sup></span>" * 5_000 + "end",
}  # fmt: skip


@pytest.mark.timeout(40)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_end(name: str) -> None:
    blocks = html_blocks(pages.FRAME.format(f"<p>{pages.PROSE * 9}</p>{HOSTILE[name]}").encode())
    text = " ".join(words(block) for block in blocks)
    assert "end" in text
    assert not any(letter in text for letter in "\x1b\x9b\x07\u202e")
    assert len(flow(blocks, 60).lines) > 5


@pytest.mark.parametrize("address", ["http://[2001:db8/x", "http://a\u2100b/", "//[", "http://[x#k"])
def test_an_address_that_is_none_costs_its_link_alone(address: str) -> None:
    page = pages.LATEXML.replace(
        "</article>", f'<p>see <a href="{address}">this one</a> <img src="{address}"></p></article>'
    )
    blocks = html_blocks(page.encode(), "https://arxiv.org/html/2606.00001")
    found = next(block for block in blocks if isinstance(block, Paragraph) and "this one" in words(block))
    assert not any(span.link or span.target for span in found.spans)


def test_more_nesting_than_the_parser_bears_is_refused() -> None:
    with pytest.raises(NoTextError, match="nested too deeply"):
        html_blocks(pages.FRAME.format(f"<p>{pages.PROSE * 9}</p>{'<div><b>' * 3_000}").encode())


def test_tables_in_equations_are_told_once() -> None:
    nested = "<table class=ltx_eqn_table><tr><td>outermost" + "<table><tr><td>inner words" * 40
    blocks = html_blocks(pages.FRAME.format(f"<p>{pages.PROSE * 9}</p>{nested}").encode())
    text = " ".join(words(block) for block in blocks)
    assert (text.count("outermost"), text.count("inner words")) == (1, 40)


def test_many_stretches_of_one_look_are_one() -> None:
    blocks = html_blocks(pages.FRAME.format(f"<p>{'<span>a word </span>' * 2_000}</p>").encode())
    assert [block.spans for block in blocks if isinstance(block, Paragraph)] == [(Inline(("a word " * 2_000).strip()),)]


def test_rows_that_are_left_away_are_counted() -> None:
    rows = "".join(f"<tr><td>row {number}</td></tr>" for number in range(5_100))
    blocks = html_blocks(
        pages.FRAME.format(f"<p>{pages.PROSE * 9}</p><table class=ltx_tabular>{rows}</table>").encode()
    )
    made = flow(blocks, 60)
    assert "3,100 more rows are not shown." in [made.text(line).strip() for line in range(len(made.lines))]
