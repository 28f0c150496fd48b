from __future__ import annotations

import pytest

from paperstui.documents.marks import note_mark
from paperstui.text import mathematics


@pytest.mark.parametrize(
    ("mark", "shown"), [("1", "¹"), ("42", "⁴²"), ("†", "†"), ("a", "[a]"), ("٣", "[٣]"), ("", "[]")]
)
def test_numbers_are_raised_and_signs_stay(mark: str, shown: str) -> None:
    assert note_mark(mark) == shown


@pytest.mark.parametrize(("mark", "shown"), [("1", "^1"), ("42", "^42"), ("a", "[a]")])
def test_numbers_are_not_raised_where_that_is_too_much(mark: str, shown: str) -> None:
    mathematics.use("ascii")
    assert note_mark(mark) == shown
