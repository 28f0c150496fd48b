from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.documents.blocks import (
    Block,
    Cell,
    Code,
    Equation,
    Footnote,
    Heading,
    Inline,
    Item,
    Paragraph,
    Quote,
    Reference,
    Rule,
    Table,
    words,
)
from paperstui.documents.flow import flow
from paperstui.text.clean import clean
from paperstui.text.copied import copied, cut, goes_on, leading, said_of, word_around
from paperstui.text.inked import Line, plain, wrap_spans
from paperstui.text.width import Broken, Onward, wrap

TEXT = "Quiet data is data that nobody looks at twice, and https://quiet.example/papers/2606.01234 tells why."
WORD = st.sampled_from(
    ["quiet", "data", "ℒ(θ)", "naïve", "a", "2606.01234", "模型", "e\u0301", "👩\u200d🔬", "x" * 30, "(so)"]
)
SPANS = st.lists(WORD, min_size=1, max_size=30).map(lambda found: (Inline(clean(" ".join(found))),))
CELL = st.lists(st.sampled_from(["one", "two", "naïve", "3.1"]), min_size=1, max_size=9).map(
    lambda found: Cell((Inline(" ".join(found)),))
)
INSIDE = st.sampled_from([(), (Quote(),), (Item("•", first=True),), (Quote(), Item("2.", first=True, tight=False))])
BLOCK: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, SPANS, inside=INSIDE),
    st.builds(Heading, SPANS),
    st.builds(Footnote, st.just("1"), SPANS),
    st.builds(Reference, st.sampled_from(["", "[7]", "Quiet et al. (2026)"]), SPANS),
    st.builds(Equation, st.just(""), SPANS, st.sampled_from(["", "(3)"])),
    st.builds(Code, st.lists(WORD, min_size=1, max_size=9).map(" ".join)),
    st.builds(Rule),
    st.lists(st.tuples(CELL, CELL), min_size=1, max_size=4).map(lambda rows: Table(tuple(rows), head=1)),
)


def said(block: Block) -> str:
    marks = [one.mark for one in getattr(block, "inside", ()) if isinstance(one, Item) and one.first]
    return " ".join([*marks, words(block)])


@given(st.lists(BLOCK, min_size=1, max_size=8), st.integers(44, 120))
def test_a_whole_text_is_copied_with_its_words_in_their_order(blocks: list[Block], cells: int) -> None:
    text = copied(flow(blocks, cells).lines)
    assert text.split() == " ".join(map(said, blocks)).split()


@given(st.text().map(clean), st.integers(1, 40))
def test_what_was_wrapped_is_joined_as_it_was(text: str, cells: int) -> None:
    found = copied(wrap_spans([(text, "text")], cells))
    if "…" not in found:  # a letter was wider than the line
        assert found.split() == text.split()


@given(
    st.lists(st.sampled_from(["a", "模型", "word ", "  ", "👩\u200d🔬", "e\u0301", "-"])).map("".join),
    st.integers(2, 12),
)
def test_lines_know_what_went_at_a_break(text: str, cells: int) -> None:
    lines = wrap(text, cells)
    joined = lines[0] + "".join(line.joint + line for line in lines[1:] if isinstance(line, Onward))
    assert joined.split() == text.split()


@pytest.mark.parametrize("cells", [30, 50, 90])
def test_paragraphs_are_parted_and_their_lines_are_not(cells: int) -> None:
    blocks = [Paragraph((Inline(TEXT),)), Paragraph((Inline(TEXT),), inside=(Quote(), Item("•", first=True)))]
    assert copied(flow(blocks, cells).lines) == f"{TEXT}\n\n• {TEXT}"


def test_a_piece_of_a_line_keeps_what_it_is_to_the_one_before() -> None:
    first, second = wrap_spans([("one two ", "text"), ("three", "strong")], 8)
    assert copied([cut(first, 4, 7), cut(second, 0, 3)]) == "two thr"
    assert copied([cut(second, 1, 3)]) == "hr"
    assert cut(first, 3, 3) == []


def test_code_keeps_its_blanks() -> None:
    source = "for line in lines:\n    print(line,   'x')  # " + "word" * 20
    assert copied(flow([Code(source)], 40).lines) == source


def test_a_row_of_a_table_is_a_line() -> None:
    rows = (("Name", "What"), ("alpha", "a long story that needs several lines here"), ("beta", "short"))
    table = Table(tuple(tuple(Cell((Inline(text),)) for text in row) for row in rows), head=1)
    lines = flow([table, Paragraph((Inline("After."),))], 30).lines
    assert copied(lines).split("\n") == ["  ".join(row) for row in rows] + ["", "After."]
    middle = next(index for index, line in enumerate(lines) if goes_on(line))
    assert copied(lines[middle : middle + 1]) == plain(lines[middle]).strip()


def test_what_stands_before_a_text_is_told_apart() -> None:
    lines: list[Line] = [
        [("│ ", "rule"), ("  ", "text"), ("word", "text")],
        [("   ", "text"), ("x", "dim"), (Onward("word"), "text")],
        [("  ", "text"), ("  code", "code")],
        [],
        [("   ", "text")],
        [("──", "rule")],
    ]
    assert [leading(line) for line in lines] == [4, 4, 2, 0, 3, 2]
    assert copied(lines) == "word word\n  code"


@pytest.mark.parametrize(
    ("text", "at", "word"),
    [
        ("see (Smith, 2020).", 5, "Smith"),
        ("see (Smith, 2020).", 14, "2020"),
        ("see (Smith, 2020).", 17, ")."[1]),
        ("at https://quiet.example/x?y=1, then", 12, "https://quiet.example/x?y=1"),
        ("don't", 1, "don't"),
        ("a  b", 1, ""),
        ("end", 9, ""),
        ("量子、模型", 4, "模型"),
        ("量子、模型", 2, "、"),
        ("…", 0, "…"),
    ],
)
def test_the_word_around_a_letter(text: str, at: int, word: str) -> None:
    start, end = word_around(text, at)
    assert text[start:end] == word


@given(st.text().map(clean), st.integers(0, 50))
def test_a_word_is_around_its_letter(text: str, at: int) -> None:
    start, end = word_around(text, at)
    assert start == end == at or start <= at < end <= len(text)


def test_how_much_it_is() -> None:
    assert [said_of(text) for text in ("one", "one two", "量子計算", "x " * 1200)] == [
        "a word",
        "2 words",
        "4 characters",
        "1,200 words",
    ]


def test_a_broken_word_is_told_from_a_broken_line() -> None:
    assert [type(line) for line in wrap("abcdef gh", 4)] == [str, Broken, Onward]
    assert [type(line) for line in wrap("模型模型 模型\nx", 8)] == [str, Onward, str]
