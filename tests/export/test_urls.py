from __future__ import annotations

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from paperstui.export.urls import valid_arxiv_id
from paperstui.text.titles import arxiv_id

NAMES = st.one_of(
    st.from_regex(r"[0-9]{3,5}\.?[0-9]{3,6}", fullmatch=True),
    st.from_regex(r"2[0-9](0[0-9]|1[0-4])\.[0-9]{4,5}", fullmatch=True),
    st.sampled_from(["hep-th/9901001", "2506.01234v2", "title:0123456789abcdef", "２506.01234", "2506.0123４", ""]),
    st.text(max_size=12),
)


@given(NAMES)
def test_an_id_that_is_seen_at_a_glance_is_one(name: str) -> None:
    paper = SimpleNamespace(id=name, title="", text_source="hf")
    assert valid_arxiv_id(paper) == (name if arxiv_id(name) == name else "")
