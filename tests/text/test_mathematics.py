"""The one place that decides how mathematics is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.config import MODES, Mode
from paperstui.text import mathematics
from paperstui.text.clean import clean
from paperstui.text.latex import spans, to_unicode
from paperstui.text.mathematics import shown, shown_spans

SOURCE = r"\textbf{Bold} $\alpha^2$ of 5\% ``each''"


def test_it_is_unicode_unless_the_settings_say_otherwise() -> None:
    assert mathematics.setting() == mathematics.now() == MODES[0] == "unicode"
    assert shown(SOURCE) == to_unicode(SOURCE) == "Bold α² of 5% “each”"
    assert shown_spans(SOURCE) == spans(SOURCE)


@pytest.mark.parametrize(
    ("mode", "text"),
    [("unicode", "Bold α² of 5% “each”"), ("ascii", "Bold alpha^2 of 5% “each”"), ("raw", SOURCE)],
)
def test_texts_are_shown_as_the_settings_say(mode: Mode, text: str) -> None:
    mathematics.use(mode)
    assert shown(SOURCE) == text
    assert "".join(span.text for span in shown_spans(SOURCE)) == text
    assert shown(SOURCE, mode=mode) == text


@pytest.mark.parametrize(
    ("setting", "turned", "rendering"),
    [("unicode", "raw", "unicode"), ("ascii", "raw", "ascii"), ("raw", "unicode", "unicode")],
)
def test_the_source_is_shown_and_hidden_again(setting: Mode, turned: Mode, rendering: str) -> None:
    mathematics.use(setting)
    before = mathematics.source_shown()
    mathematics.turn()
    assert (mathematics.now(), mathematics.setting(), mathematics.rendering()) == (turned, setting, rendering)
    assert mathematics.source_shown() is not before
    mathematics.turn()
    assert mathematics.now() == setting
    mathematics.turn()
    mathematics.use(setting)
    assert mathematics.now() == setting, "settings that are read anew begin anew"


@given(st.text(), st.booleans())
def test_raw_is_the_cleaned_source(text: str, bare: bool) -> None:
    source = clean(text, 10_000)
    assert shown(source, bare=bare, mode="raw") == source


@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\\$^~{}`-_"), max_size=80), st.sampled_from(MODES)
)
def test_text_without_latex_is_the_same_in_every_way(text: str, mode: Mode) -> None:
    assert shown(text, mode=mode) == shown(text, mode="unicode")


def test_nothing_is_nothing_in_every_way() -> None:
    for mode in MODES:
        mathematics.use(mode)
        assert shown("") == ""
        assert shown_spans("") == ()
