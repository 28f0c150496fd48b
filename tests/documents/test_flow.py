from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.documents.blocks import (
    Block,
    Cell,
    Code,
    Equation,
    Figure,
    Footnote,
    Heading,
    Inline,
    Item,
    Notice,
    Paragraph,
    Quote,
    Reference,
    Rule,
    Table,
    words,
)
from paperstui.documents.flow import Flow, Place, flow
from paperstui.documents.markdown import markdown_blocks
from paperstui.draw.ink import ink_named
from paperstui.text.inked import line_width
from paperstui.text.width import width


def shown(*blocks: Block, cells: int = 30) -> list[str]:
    made = flow(blocks, cells)
    return [made.text(line).rstrip() for line in range(len(made.lines))]


def some(text: str, **kinds: str) -> tuple[Inline, ...]:
    return (Inline(text, **kinds),)  # type: ignore[arg-type]


def test_paragraphs_are_wrapped_and_set_apart() -> None:
    assert shown(Heading(some("A title")), Paragraph(some("one two three four five six seven")), Paragraph(some("b"))) == [
        "A title", "", "one two three four five six", "seven", "", "b",
    ]  # fmt: skip


def test_items_hang_and_tight_ones_stand_together() -> None:
    first, rest = Item("10.", first=True), Item("10.")
    assert shown(
        Paragraph(some("before")),
        Paragraph(some("one two three four five six seven"), inside=(first,)),
        Paragraph(some("deeper"), inside=(rest, Item("•", first=True))),
        Paragraph(some("next"), inside=(first,)),
        Paragraph(some("after")),
    ) == ["before", "", "10. one two three four five", "    six seven", "    • deeper", "10. next", "", "after"]


def test_the_bar_of_a_quotation_goes_on_between_its_paragraphs() -> None:
    quote = (Quote(),)
    assert shown(Paragraph(some("a"), inside=quote), Paragraph(some("b"), inside=quote), Paragraph(some("c"))) == [
        "▏ a", "▏", "▏ b", "", "c",
    ]  # fmt: skip


def test_code_is_not_wrapped_silently() -> None:
    assert shown(Code("short\n\n  y = " + "abcdefghij" * 4)) == [
        "  short", "", "    y = abcdefghijabcdefghij", "  ↪ abcdefghijabcdefghij",
    ]  # fmt: skip


def test_equations_are_indented_and_numbered_at_the_right() -> None:
    assert shown(Equation("x", some("x = 1"), "(3)")) == ["  x = 1                    (3)"]
    assert shown(Equation("x", some("x = 1")), cells=60) == ["    x = 1"]


def test_pictures_are_links_below_their_captions() -> None:
    made = flow([Figure(some("Figure 1: A cat"), "https://x.org/c.png")], 40)
    assert made.text(0) == "Figure 1: A cat  picture ↗"
    assert [(lead.address, made.text(lead.line)[lead.start : lead.end]) for lead in made.leads] == [
        ("https://x.org/c.png", "picture ↗")
    ]


@pytest.mark.parametrize(
    ("caption", "name"),
    [("Figure 1: A cat", "Figure 1:"), ("Table IV. Cats", "Table IV."), ("Fig. S3 | Cats", "Fig. S3 |"), ("A cat", "")],
)
def test_the_name_of_a_caption_stands_out(caption: str, name: str) -> None:
    for block in (Figure(some(caption)), Table(((Cell(some("x")),),), caption=some(caption))):
        line = flow([block], 40).lines[0]
        assert [text for text, ink in line if ink == "strong"] == ([name] if name else [])
        assert "".join(text for text, _ in line) == caption


def test_headings_of_a_section_of_a_section_are_quieter() -> None:
    inks = [flow([Heading(some("A"), level)], 40).lines[0][0][1] for level in range(1, 7)]
    assert inks == ["heading", "heading", "strong", "minor", "minor", "minor"]


def test_notes_and_references_stand_together_and_hang() -> None:
    assert shown(
        Footnote("1", some("a note")),
        Footnote("2", some("another")),
        Reference("[12]", some("Authors. The title of the work. 2020.")),
        Reference("Vaswani et al. (2017)", some("Attention.")),
        Reference("", some("No label")),
        Rule(),
        Notice("Left out."),
    ) == [
        "¹ a note", "² another", "", "[12] Authors. The title of the", "     work. 2020.", "Vaswani et al. (2017)",
        "Attention.", "  No label", "", "─" * 30, "", "Left out.",
    ]  # fmt: skip


def test_sections_and_keys_are_found() -> None:
    made = flow(
        [Paragraph(some("a")), Heading(some("1 One"), 1, "one", "1"), Paragraph(some("b")), Heading(some("Two"), 2)], 30
    )
    assert [(section.line, section.title, section.level) for section in made.sections] == [
        (2, "1 One", 1),
        (6, "Two", 2),
    ]
    assert [made.section_at(line) for line in range(7)] == [-1, -1, 0, 0, 0, 0, 1]
    assert (made.line_of_key("one"), made.line_of_key("none")) == (2, None)


def test_a_wrapped_link_has_a_piece_on_each_line() -> None:
    made = flow(
        [Paragraph((*some("see "), *some("a long link " * 4, link="https://x.org"), *some("[7]", target="bib7")))], 30
    )
    pieces = [
        (lead.line, made.text(lead.line)[lead.start : lead.end], lead.address, lead.target) for lead in made.leads
    ]
    assert pieces == [
        (0, "a long link a long link a", "https://x.org", ""),
        (1, "long link a long link ", "https://x.org", ""),
        (1, "[7]", "", "bib7"),
    ]


@pytest.mark.parametrize("ink", ["link", "cite", "strong", "italic", "code", "dim", "faint", "rule", "heading", "text"])
def test_its_inks_are_known(ink: str) -> None:
    assert ink_named(ink)


BLOCKS = markdown_blocks(
    "# Title\n\n" + "A paragraph of several words that is wrapped at each of the widths that are tried here. " * 4
    + "\n\n- one\n- two of them\n\n> quoted text that goes on for long enough\n>\n> ```\n> code\n> ```\n\n"
    "| a | b |\n|---|---|\n| some words | others |\n\n$$\nE = mc^2\n$$\n"
)  # fmt: skip


@given(st.integers(20, 200), st.integers(20, 200), st.integers(0, 200))
def test_a_place_is_found_again_at_another_width(cells: int, other: int, line: int) -> None:
    one, two = flow(BLOCKS, cells), flow(BLOCKS, other)
    line = min(line, len(one.lines) - 1)
    place = one.place(line)
    found = two.line_of(place)
    assert two.place(found).block == place.block
    assert two.place(found).offset <= place.offset
    # The line after it begins behind the place: what was on top is still seen there.
    if found + 1 < len(two.lines) and two.same_block(found, found + 1):
        assert two.place(found + 1).offset > place.offset
    assert one.place(one.line_of(place)) == place


def test_places_that_do_not_exist_are_taken_as_the_nearest() -> None:
    made = flow(BLOCKS, 40)
    assert made.line_of(Place(10_000, 0)) == len(made.lines) - 1
    assert made.line_of(Place(0, 10_000)) == 0
    assert made.place(10_000).block == len(BLOCKS) - 1
    assert Flow(40).line_of(Place(3, 3)) == 0
    assert Flow(40).place(3) == Place(0, 0)


@given(st.integers(1, 60))
def test_laying_out_by_pieces_is_the_same(size: int) -> None:
    pieced = Flow(50)
    for at in range(0, len(BLOCKS), size):
        pieced.extend(BLOCKS[at : at + size])
    whole = flow(BLOCKS, 50)
    assert (pieced.lines, pieced.sections, pieced.leads) == (whole.lines, whole.sections, whole.leads)


WORD = st.sampled_from(["a", "of", "words", "formula", "Überzeug", "12345678", "論文", "𝒪", "x₁"])
TEXT = st.lists(WORD, min_size=1, max_size=15).map(" ".join)
SPANS = st.lists(
    st.builds(Inline, TEXT.map(lambda text: f"{text} "), st.sampled_from(["", "strong", "italic", "code"])),
    min_size=1,
    max_size=4,
).map(tuple)
INSIDE = st.lists(
    st.one_of(st.builds(Quote), st.builds(Item, st.sampled_from(["•", "3.", "12."]), st.booleans(), st.booleans())),
    max_size=3,
).map(tuple)
CELLS = st.builds(Cell, st.builds(tuple, st.tuples(st.builds(Inline, WORD))), st.integers(1, 3))
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=5).map(tuple), min_size=1, max_size=4).map(tuple)
ANY_BLOCK = st.one_of(
    st.builds(Heading, SPANS, st.integers(1, 6), inside=INSIDE),
    st.builds(Paragraph, SPANS, inside=INSIDE),
    st.builds(Code, TEXT, inside=INSIDE),
    st.builds(Equation, st.just("x"), SPANS, st.sampled_from(["", "(1)"]), inside=INSIDE),
    st.builds(Figure, SPANS, inside=INSIDE),
    st.builds(Footnote, st.just("1"), SPANS, inside=INSIDE),
    st.builds(Reference, st.sampled_from(["", "[3]", "Vaswani et al."]), SPANS, inside=INSIDE),
    st.builds(Table, ROWS, inside=INSIDE),
    st.builds(Notice, TEXT),
)


def letters(text: str) -> str:
    for sign in "•▏↪[]":
        text = text.replace(sign, " ")
    return "".join(text.split())


@given(st.lists(ANY_BLOCK, max_size=3), st.integers(20, 120))
def test_lines_fit_and_hold_every_word(blocks: list[Block], cells: int) -> None:
    made = flow(blocks, cells)
    for index, block in enumerate(blocks):
        lines = [line for line in range(len(made.lines)) if made.place(line).block == index]
        lead = sum(2 if isinstance(one, Quote) else width(one.mark) + 1 for one in block.inside)
        assert all(line_width(made.lines[line]) <= max(cells, lead + 12) for line in lines)
        if isinstance(block, Table):  # cells stand beside each other, so their letters mix
            text = "".join(made.text(line) for line in lines)
            assert all(
                text.count(letter) >= words(block).count(letter) for letter in set("".join(words(block).split()))
            )
        else:
            text = "".join(made.text(line) for line in lines)
            assert letters(words(block)) in letters(text)
