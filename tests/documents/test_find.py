from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.documents.blocks import Block, Code, Inline, Inside, Item, Paragraph, Quote
from paperstui.documents.find import MOST, Finder, Piece, bare, find
from paperstui.documents.flow import Flow, flow

TEXT = "One two three four five six seven eight nine ten eleven twelve"


def test_words_are_found_also_across_lines() -> None:
    made = flow([Paragraph((Inline(TEXT),), inside=(Quote(), Item("•", first=True)))], 24)
    (hit,) = find(made.lines, "four five")
    assert ["".join(made.text(piece.line)[piece.start : piece.end]) for piece in hit] == ["four", "five"]
    assert hit[0].line + 1 == hit[1].line


def test_capitals_matter_only_when_they_are_typed() -> None:
    made = flow([Paragraph((Inline("A model, a Model and a MODEL"),))], 40)
    assert (
        len(find(made.lines, "model")),
        len(find(made.lines, "Model")),
        find(made.lines, "  "),
        find(made.lines, "("),
    ) == (3, 1, [], [])


@given(st.integers(20, 80), st.integers(0, 10), st.integers(1, 3))
def test_any_words_of_a_text_are_found_at_any_width(cells: int, at: int, count: int) -> None:
    made = flow([Paragraph((Inline(TEXT),))], cells)
    words = " ".join(TEXT.split()[at : at + count])
    found = find(made.lines, words)
    assert found
    shown = " ".join(made.text(piece.line)[piece.start : piece.end].strip() for piece in found[0])
    assert shown.lower().startswith(words.lower())


def test_accents_and_shapes_matter_only_when_they_are_typed() -> None:
    made = flow([Paragraph((Inline("naïve, naive, x\u0302y and ℒ(θ) with H₂O"),))], 60)
    assert [len(find(made.lines, words)) for words in ("naive", "naïve", "NAIVE", "xy", "L(θ)", "h2o", "ℒ")] == [
        2,
        1,
        0,
        1,
        1,
        1,
        1,
    ]


@given(st.text())
def test_a_text_without_accents_is_as_long_as_before(text: str) -> None:
    assert len(bare(text)) == len(text)


def test_what_comes_later_is_found_too() -> None:
    made = Flow(40)
    finder = Finder(made.lines)
    for count in (1, 2, 3):
        made.extend([Paragraph((Inline(TEXT),))])
        assert len(finder.find("seven")) == count


def test_no_more_places_are_found_than_are_said() -> None:
    made = flow([Paragraph((Inline("a " * (MOST + 10)),))], 80)
    assert len(find(made.lines, "a")) == MOST


ADDRESS = "https://example.org/a/long/address/that/no/narrow/window/has/a/line/for.html"
CODE = "call(" + ", ".join(f"name_{number}=value_{number}" for number in range(12)) + ")"
UNSPACED = "長い文章は空白なしで書かれるので、どこでも改行されることがある。"


def shown(made: Flow, hit: tuple[Piece, ...]) -> list[str]:
    return [made.text(piece.line)[piece.start : piece.end] for piece in hit]


@pytest.mark.parametrize("inside", [(), (Quote(), Item("•", first=True))], ids=["plain", "inside"])
@pytest.mark.parametrize(
    ("block", "text"),
    [
        (Paragraph((Inline(f"See {ADDRESS} for it."),)), ADDRESS),
        (Paragraph((Inline("See "), Inline(ADDRESS, link=ADDRESS), Inline(" for it."))), ADDRESS),
        (Paragraph((Inline(UNSPACED),)), UNSPACED),
        (Code(f"first()\n{CODE}\nlast()"), CODE),
    ],
    ids=["address", "link", "unspaced", "code"],
)
def test_what_is_broken_within_a_word_is_found_whole(block: Block, text: str, inside: Inside) -> None:
    made = flow([block._replace(inside=inside)], 30)
    (hit,) = find(made.lines, text)
    assert len(hit) > 2
    assert [piece.line for piece in hit] == [*range(hit[0].line, hit[-1].line + 1)]
    assert "".join(shown(made, hit)).replace(" ", "") == text.replace(" ", "")
    for at in range(0, len(text) - 8, 3):
        part = text[at : at + 8].strip()
        if " " not in part:
            found = ["".join(shown(made, one)) for one in find(made.lines, part)]
            assert found == [part] * text.count(part)


def test_what_only_stands_one_below_the_other_is_not_one_word() -> None:
    made = flow([Code("one\ntwo"), Paragraph((Inline("three"),))], 30)
    assert find(made.lines, "onetwo") == find(made.lines, "twothree") == []
    assert len(find(made.lines, "one two three")) == 1


def test_accents_and_what_comes_later_change_nothing_about_it() -> None:
    made = Flow(20)
    finder = Finder(made.lines)
    made.extend([Paragraph((Inline("é" * 50),))])
    assert len(finder.find("e" * 50)) == 1
    made.extend([Paragraph((Inline("naïve" * 10),))])
    (hit,) = finder.find("naive" * 10)
    assert "".join(shown(made, hit)) == "naïve" * 10
    assert len(finder.find("é" * 50)) == 1
