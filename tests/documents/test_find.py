from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from paperstui.documents.blocks import Inline, Item, Paragraph, Quote
from paperstui.documents.find import find
from paperstui.documents.flow import flow

TEXT = "One two three four five six seven eight nine ten eleven twelve"


def test_words_are_found_also_across_lines() -> None:
    made = flow([Paragraph((Inline(TEXT),), inside=(Quote(), Item("•", first=True)))], 24)
    (hit,) = find(made, "four five")
    assert ["".join(made.text(piece.line)[piece.start : piece.end]) for piece in hit] == ["four", "five"]
    assert hit[0].line + 1 == hit[1].line


def test_capitals_matter_only_when_they_are_typed() -> None:
    made = flow([Paragraph((Inline("A model, a Model and a MODEL"),))], 40)
    assert (len(find(made, "model")), len(find(made, "Model")), find(made, "  "), find(made, "(")) == (3, 1, [], [])


@given(st.integers(20, 80), st.integers(0, 10), st.integers(1, 3))
def test_any_words_of_a_text_are_found_at_any_width(cells: int, at: int, count: int) -> None:
    made = flow([Paragraph((Inline(TEXT),))], cells)
    words = " ".join(TEXT.split()[at : at + count])
    found = find(made, words)
    assert found
    shown = " ".join(made.text(piece.line)[piece.start : piece.end].strip() for piece in found[0])
    assert shown.lower().startswith(words.lower())
