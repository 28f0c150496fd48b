from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from paperstui.draw.changes import change_lines, compared
from paperstui.draw.lines import line_width, plain
from paperstui.models import Detail, Paper, Wording
from tests.draw.samples import CELLS, PAPERS, TEXT, TODAY, detail, paper

SINCE = 1_780_272_000  # 1 June 2026


def revised(*wordings: Wording, **fields: Any) -> Detail:
    given_fields: dict[str, Any] = {"text_source": "arxiv", "version": 2, "version_at": SINCE}
    return detail(paper(**given_fields | fields), wordings=wordings, revised=SINCE)


def before(title: str = "Quiet Models for Data", abstract: str = "Loud data is here.\nWe make it quiet.") -> Wording:
    return Wording(source="arxiv", version=1, title=title, abstract=abstract, at=SINCE)


def text_of(given_detail: Detail, cells: int = 80, **options: Any) -> str:
    lines = change_lines(given_detail, compared(given_detail), cells, TODAY, **options)
    return "\n".join(plain(line).strip() for line in lines).strip("\n")


def test_what_a_version_changed() -> None:
    assert (
        text_of(revised(before()))
        == """\
What changed
from v1 to v2, on arXiv since 1 Jun
−so− are words that went, +so+ those that came.

Title
Quiet Models for +Loud+ Data

Abstract
Loud data is −here.− +everywhere.+

We make it −quiet.− +quiet, and it stays so.+

d or Esc leads back to the paper."""
    )


def test_words_are_told_apart_by_sign_and_ink() -> None:
    given_detail = revised(before())
    spans = [span for line in change_lines(given_detail, compared(given_detail), 80, TODAY) for span in line]
    assert ("−here.−", "gone") in spans
    assert ("+Loud+", "match") in spans


def test_the_text_of_hugging_face_is_named() -> None:
    said = Wording(source="hf", title="Quiet Models for Loud Data", abstract="Other.", at=SINCE)
    shown = text_of(revised(said, version=1))
    assert "from Hugging Face's text to arXiv's text (v1)" in shown
    assert "Title\nunchanged" in shown


def test_an_earlier_version_comes_before_another_source() -> None:
    said = Wording(source="hf", title="X", abstract="Y", at=SINCE)
    assert "from v1 to v2" in text_of(revised(before(), said))


def test_formulas_are_compared_as_they_are_read() -> None:
    said = Wording(source="hf", title="On x^2", abstract="Of alpha and x.", at=SINCE)
    shown = text_of(revised(said, title="On $x^2$", abstract="Of $\\alpha$ and $x$."))
    assert "Title\nunchanged" in shown
    assert "Of −alpha− +α+ and x." in shown


def test_nothing_to_compare_with() -> None:
    shown = text_of(revised())
    assert "This is v2, on arXiv since 1 Jun. No other wording of it is here to compare\nit with." in shown
    assert "No other wording" in text_of(detail(Paper(id="2506.00001", title="T")))


def test_words_that_are_the_same() -> None:
    said = before("Quiet  Models for Loud Data", "Loud data is everywhere.\nWe make it quiet, and it stays so.")
    assert "The words are the same" in text_of(revised(said))


def test_the_command_names_no_keys() -> None:
    assert "Esc" not in text_of(revised(before()), keys=False)
    assert "Esc" not in text_of(revised(), keys=False)


def test_a_text_without_end_is_shown() -> None:
    shown = text_of(revised(before(abstract="a b " * 25_000), abstract="b a " * 25_000))
    assert "Too long to be compared word by word" in shown


@given(PAPERS, TEXT, TEXT, CELLS, st.booleans())
def test_nothing_is_wider_than_the_pane(given_paper: Paper, title: str, abstract: str, cells: int, below: bool) -> None:
    given_detail = detail(given_paper, wordings=(before(title, abstract),))
    for line in change_lines(given_detail, compared(given_detail), cells, TODAY, below_rule=below):
        assert line_width(line) <= max(cells, 14)
