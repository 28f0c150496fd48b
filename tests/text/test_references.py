from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.text.references import references
from tests.text.test_clean import assert_clean

PAPER = "2506.01234"


@pytest.mark.parametrize(
    "line",
    [
        "2506.01234",
        "2506.01234v3",
        "arXiv:2506.01234v2 [cs.CL]",
        "https://arxiv.org/abs/2506.01234",
        "http://www.arxiv.org/abs/2506.01234v1?context=cs",
        "https://arxiv.org/pdf/2506.01234v2.pdf#page=3",
        "https://arxiv.org/pdf/2506.01234.",
        "https://export.arxiv.org/html/2506.01234v1",
        "arxiv.org/abs/2506.01234",
        "https://ar5iv.labs.arxiv.org/html/2506.01234",
        "https://ar5iv.org/abs/2506.01234",
        "https://huggingface.co/papers/2506.01234#community",
        "https://hf.co/papers/2506.01234",
        "https://huggingface.co/papers/2506.01234.md",
        "https://www.alphaxiv.org/abs/2506.01234v2",
        "https://alphaxiv.org/overview/2506.01234",
        "https://doi.org/10.48550/arXiv.2506.01234",
        "10.48550/ARXIV.2506.01234",
        "doi:10.48550/arXiv.2506.01234",
        "https://scholar.google.com/scholar?q=arXiv:2506.01234",
        "https://www.semanticscholar.org/arXiv:2506.01234",
        "https://www.emergentmind.com/papers/2506.01234",
        "- [x] [A paper](https://arxiv.org/abs/2506.01234), read it",
        "<a href='https://arxiv.org/abs/2506.01234'>A paper</a>",
        "  eprint = {2506.01234},",
        "A paper, 42 pages, 3.5 stars (https://arxiv.org/abs/2506.01234; https://github.com/a/b)",
    ],
)
def test_a_line_names_a_paper(line: str) -> None:
    assert references([line]) == ((PAPER,), ())


@pytest.mark.parametrize(
    ("line", "paper"),
    [
        ("hep-th/9901001v2", "hep-th/9901001"),
        ("https://arxiv.org/abs/math.GT/0309136", "math.GT/0309136"),
        ("https://arxiv.org/pdf/quant-ph/0201082v1", "quant-ph/0201082"),
        ("10.48550/arXiv.hep-th/9901001", "hep-th/9901001"),
        ("0704.0001", "0704.0001"),
    ],
)
def test_old_ids(line: str, paper: str) -> None:
    assert references([line]).ids == (paper,)


def test_a_line_may_name_several_and_each_counts_once() -> None:
    found = references(
        ["2506.00001, 2506.00002v1 https://arxiv.org/abs/2506.00001v9", "", "# 2506.00009", "2506.00003"]
    )
    assert found == (("2506.00001", "2506.00002", "2506.00003"), ())


@pytest.mark.parametrize(
    "line",
    ["https://openreview.net/forum?id=abc", "10.1145/3395363.3397376", "2513.01234", "1234", "Attention is all you need",
     "https://arxiv.org/list/cs.CL/new", "title:0123456789abcdef", "../../etc/passwd"],
)  # fmt: skip
def test_what_names_none_is_told(line: str) -> None:
    assert references([line, PAPER, line]) == ((PAPER,), (line,))


def test_what_is_told_is_clean_and_short() -> None:
    [told] = references(["\x1b]0;PWN\x07https://example.org/" + "x" * 5000]).unknown
    assert_clean(told)
    assert len(told) <= 100


@given(st.lists(st.text(max_size=60)))
def test_any_lines(lines: list[str]) -> None:
    found = references(lines)
    assert len(set(found.ids)) == len(found.ids)
    for told in found.unknown:
        assert_clean(told)
