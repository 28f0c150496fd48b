from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from paperstui.documents.blocks import Inline, Item, Paragraph, Quote
from paperstui.documents.find import MOST, Finder, bare, find
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
