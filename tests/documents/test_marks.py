from __future__ import annotations

import pytest

from paperstui.documents.marks import note_mark


@pytest.mark.parametrize(
    ("mark", "shown"), [("1", "¹"), ("42", "⁴²"), ("†", "†"), ("a", "[a]"), ("٣", "[٣]"), ("", "[]")]
)
def test_numbers_are_raised_and_signs_stay(mark: str, shown: str) -> None:
    assert note_mark(mark) == shown
