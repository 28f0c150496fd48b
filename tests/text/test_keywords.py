from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.text.keywords import readable


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("identity--layout plan", "identity–layout plan"),
        ("Fr\\'echet distance", "Fréchet distance"),
        ("$\\ell_2$ norm", "ℓ₂ norm"),
        ("encoder -- decoder", "encoder – decoder"),
        ("plain words", "plain words"),
        ("AIME'25", "AIME'25"),
    ],
)
def test_a_keyword_is_read_as_other_texts_are(written: str, read: str) -> None:
    assert readable(written) == read


@pytest.mark.parametrize(
    "code", ["--no-cache", "git push --force", "i--", "AnyTalk_RT", "top_k", "`a--b`", "src/a--b", "run.py--all", "C++"]
)
def test_what_looks_like_code_stays_as_it_is(code: str) -> None:
    assert readable(code) == code


@given(st.text())
def test_no_keyword_is_too_odd(text: str) -> None:
    assert isinstance(readable(text), str)
