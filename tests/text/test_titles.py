from __future__ import annotations

import hashlib
import json
import lzma
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.text.titles import arxiv_id, normalised, title_id, title_key, version


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Attention Is All You Need", "attention is all you need"),
        ("  Sharp --- really: sharp?!  ", "sharp really sharp"),
        ("Don't", "dont"),
        ("État de l’art", "etat de lart"),
        ("Straße", "strasse"),
        ("模型：综述", "模型 综述"),
        ("GPT-4o at 2.5 bits", "gpt 4o at 2 5 bits"),
        ("???", ""),
        ("", ""),
        ("\x1b[31mRed\x1b[0m Teams", "red teams"),
    ],
)
def test_a_title_is_its_words(title: str, expected: str) -> None:
    assert normalised(title) == expected


@pytest.mark.parametrize(
    "spellings",
    [
        [r"$\nabla^3$QFT: A Set", "nabla^3QFT: A Set", "∇³QFT: A Set", r"\nabla^{3}QFT – a  set"],
        [r"$\beta$-VAE", r"\beta-VAE", "beta-VAE", "β-VAE", "$β$-VAE", r"{$\beta$}-VAE"],
        [r"LLM$\times$Map", "LLMtimesMap", "LLM×Map"],
        [r"75$\times$ Faster", "75times Faster", "75× Faster"],
        ["CO$_2$ Data", "CO_2 Data", "CO₂ Data", "CO2 Data"],
        ["$W_{max}$ Norms", "W_{max} Norms", "Wmax Norms"],
        [r"From A $\rightarrow$ B", "From A rightarrow B", "From A → B", r"From A $\to$ B"],
        [r"\textsc{MyModel}: x", r"$\textit{MyModel}$: x", "MyModel: x", r"{\bf MyModel}: x"],
        [r"Poincar\'e Maps", "Poincaré Maps", "Poincare\u0301 Maps", "Poincare Maps"],
        [r"$\pi_{0.5}$ Policy", "pi_{0.5} Policy", "π_{0.5} Policy"],
        [r"$O(n\log n)$ Sorting", "O(n log n) Sorting", "O(nlog n) Sorting"],
        [r"A 360$^\circ$ View", "A 360^circ View", "A 360^{circ} View", "A 360° View"],
        [r"Don't ``stop''", "Don’t “stop”", 'Don`t "stop"'],
        [r"Top-$n\sigma$", "Top-nσ", "Top-nsigma"],
        [r"$\varepsilon$-Nets", "ε-Nets", "varepsilon-Nets", "ϵ-Nets"],
        [r"$\ell_2$ Norms", "ell_2 Norms", "ℓ₂ Norms"],
        [r"10$^{-3}$ Errors", "10^{-3} Errors", "10⁻³ Errors"],
        ["A Title\n  in two lines", "A Title in two lines"],
    ],
    ids=lambda spellings: spellings[0],
)
def test_all_spellings_of_one_title_have_one_key(spellings: list[str]) -> None:
    assert len({normalised(spelling) for spelling in spellings}) == 1
    assert len({title_id(spelling) for spelling in spellings}) == 1


def test_different_titles_have_different_keys() -> None:
    titles = ["Deep Nets", "Deep Net", "Deep Nets 2", "DeepNets", "α Nets", "β Nets", "???", "!!!", ""]
    assert len({title_key(title) for title in titles}) == len(titles)


def test_the_key_is_of_the_normalised_title() -> None:
    expected = hashlib.sha256(b"deep nets").hexdigest()[:16]
    assert title_key("Deep  NETS!") == expected
    assert title_id("Deep  NETS!") == f"title:{expected}"


@given(st.text())
def test_any_title_has_a_key_that_does_not_move(title: str) -> None:
    plain = normalised(title)
    assert plain == " ".join(plain.split())
    assert all(part.isalnum() for part in plain.split()), plain
    assert len(title_key(title)) == 16


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2506.01234", "2506.01234"),
        ("2506.01234v2", "2506.01234"),
        ("0704.0001", "0704.0001"),
        ("hep-th/9901001", "hep-th/9901001"),
        ("math.GT/0309136v3", "math.GT/0309136"),
        ("arXiv:2506.01234v2 [cs.CL]", "2506.01234"),
        ("oai:arXiv.org:2203.01250v3", "2203.01250"),
        ("https://arxiv.org/abs/2506.01234", "2506.01234"),
        ("https://arxiv.org/pdf/2506.01234v3.pdf#page=2", "2506.01234"),
        ("arxiv.org/html/2506.01234v1/", "2506.01234"),
        ("http://export.arxiv.org/abs/quant-ph/0201082v1", "quant-ph/0201082"),
        ("https://ar5iv.labs.arxiv.org/html/2506.01234", "2506.01234"),
        ("https://huggingface.co/papers/2506.01234?x=1", "2506.01234"),
        ("https://huggingface.co/api/papers/2506.01234", "2506.01234"),
        ("https://doi.org/10.48550/arXiv.2506.01234", "2506.01234"),
        ("(see 2506.01234, 2506.99999)", "2506.01234"),
        ("paper-2506.01234.pdf", "2506.01234"),
        ("  2506.01234\n", "2506.01234"),
        ("", None),
        ("2513.01234", None),
        ("2500.01234", None),
        ("2506.123", None),
        ("2506.012345", None),
        ("12506.01234", None),
        ("1.2506.01234", None),
        ("2506.01234.5", None),
        ("2506.01234v0", None),
        ("2506.01234x", None),
        ("x2506.01234", None),
        ("foo/9901001", None),
        ("hep-th/9913001", None),
        ("hep-th/99010011", None),
        ("10.1234/2506.01234", None),
        ("https://arxiv.org/list/cs.CL/new", None),
        ("https://arxiv.org/abs/", None),
        ("https://huggingface.co/papers/../../2506.01234", None),
        ("call 2506-01234", None),
    ],
)
def test_arxiv_ids(text: str, expected: str | None) -> None:
    assert arxiv_id(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2506.01234v2", 2), ("https://arxiv.org/pdf/hep-th/9901001v12.pdf", 12), ("2506.01234", None), ("v2", None)],
)
def test_versions(text: str, expected: int | None) -> None:
    assert version(text) == expected


@given(
    st.integers(0, 99),
    st.integers(1, 12),
    st.integers(0, 99_999),
    st.integers(1, 40),
    st.sampled_from(["abs", "pdf", "html"]),
)
def test_every_id_is_found_in_its_addresses(year: int, month: int, number: int, revision: int, page: str) -> None:
    paper = f"{year:02}{month:02}.{number:05}"
    for text in (
        paper,
        f"arXiv:{paper}",
        f"https://arxiv.org/{page}/{paper}v{revision}",
        f"see https://hf.co/papers/{paper}.",
    ):
        assert arxiv_id(text) == paper
    assert version(f"https://arxiv.org/{page}/{paper}v{revision}") == revision


@given(st.text(alphabet="0123456789./v-abcdehprtx:"))
def test_what_is_found_is_a_whole_id(text: str) -> None:
    found = arxiv_id(text)
    assert found is None or (found in text and arxiv_id(found) == found)


def test_both_titles_of_recorded_papers_have_one_key(shared: Path) -> None:
    """Until March 2025 the outer title kept the TeX that the inner one had lost."""
    differ = 0
    with lzma.open(shared / "hf/bulk/daily_papers_by_day.jsonl.xz", "rt") as lines:
        for line in lines:
            for item in json.loads(line)["items"]:
                outer, inner = item.get("title"), item["paper"].get("title")
                if outer and inner and outer != inner:
                    differ += 1
                    assert title_key(outer) == title_key(inner), (outer, inner)
    assert differ > 100
