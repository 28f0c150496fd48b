from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.sources.saved_page import read_saved
from paperstui.text.latex import to_unicode
from paperstui.text.sentences import first_sentences, sentences


def split(text: str) -> list[str]:
    return list(sentences(text))


@pytest.mark.parametrize(
    "text",
    [
        "We improve by 3.5% over GPT-4.1 and Llama-3.2 on average.",
        "Following Vaswani et al. (2017) and Li et al. [3], we attend.",
        "As shown by Farquhar et al. Semantic entropy helps.",
        "We compare models, e.g. GPT and i.e. Claude, vs. Qwen, cf. Fig. 3 and Eq. (2) in Sec. 4.",
        "It is i.i.d. Gaussian w.r.t. Lebesgue measure, a.k.a. Normal.",
        "We ask J. R. Smith and Inspired by James P. Carse we play.",
        "Data from the U.S. Treasury and the U.S.A. Census are used.",
        "We rank No. 1 on v. 3.0 of the list, approx. 30K rows.",
        "It does three things: 1. Reading, 2. Writing; 3. Arithmetic.",
        "This (see Appendix. Also the code) is one.",
        'It asks "Is attention all you need?" and answers.',
        "Dr. GRPO by Prof. Li is unbiased.",
        "A label such as Yahoo! answers nothing.",
        "See https://example.org/a.B/c.D for it.",
    ],
)
def test_one_sentence(text: str) -> None:
    assert split(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "We train with RL.|Code is available.",
        "It runs on one GPU.|More importantly, it is fast.",
        "We show it for all N.|We then prove it.",
        "It outperforms both, etc.|Hunyuan3D is public.",
        "It scores 42.|The other scores 7.",
        "Is it so?|Yes it is!|We show why.",
        "It was done in 2024.|In 2025 it was done again.",
        "Speed matters.|vLLM is fast.",
        "Reasoning is hard.|o1 generates long chains.",
        "It is open.|https://example.org has it.",
        "The rate is 𝒪(n³).|α-divergences bound it.",
        "We follow Li et al.|The result is new.",
        'He said "no."|Then he left.',
        "It takes 234 ms.|To go further we cache.",
        "It is here [1].|(It is also there.)|We stop.",
        "Wait for it...|What comes next is new.",
        "Many are in the U.S.|The rest are not.",
    ],
)
def test_several_sentences(text: str) -> None:
    assert split(text.replace("|", " ")) == text.split("|")


def test_a_heading_of_one_word_is_no_sentence() -> None:
    text = "Background. Models are large. They grow."
    assert split(text) == ["Background. Models are large.", "They grow."]


def test_chinese_and_japanese() -> None:
    assert split("扩散模型很强。我们改进它！真的吗？") == ["扩散模型很强。", "我们改进它！", "真的吗？"]
    assert split("精度は３．５である．次に示す．") == ["精度は３．５である．", "次に示す．"]


def test_hard_wraps_are_no_ends() -> None:
    assert split("We show\nthat it\n holds.\n\nIt does.") == ["We show that it holds.", "It does."]


def test_latex_is_unicode_before_it_is_split() -> None:
    text = to_unicode(r"We prove an $\Omega(\sqrt{n})$ bound for $\epsilon \ll 0.5$. It is tight. It is new.")
    assert first_sentences(text) == "We prove an Ω(√n) bound for ε ≪ 0.5. It is tight."


def test_two_sentences_and_no_more_than_so_many_characters() -> None:
    assert first_sentences("One is here. Two is here. Three is here.") == "One is here. Two is here."
    assert first_sentences("One is here. Two is here.", 1) == "One is here."
    assert first_sentences("") == ""
    assert first_sentences("no end") == "no end"
    long = first_sentences("word " * 300 + "end. Another one.", limit=100)
    assert len(long) <= 100
    assert long.endswith("word…")
    assert first_sentences("x" * 500, limit=100) == "x" * 99 + "…"
    assert first_sentences("Short is good. " + "word " * 300, limit=100).startswith("Short is good. word")


@given(st.text(alphabet=st.sampled_from("abcXYZ .!?…,;()[]\"'”。！． \n0123e.gα𝒪"), max_size=200))
def test_nothing_is_lost_or_added(text: str) -> None:
    whole = " ".join(text.split())
    found = split(text)
    assert "".join(found).replace(" ", "") == whole.replace(" ", "")
    assert all(found)
    assert first_sentences(text, 1_000) == whole
    assert len(first_sentences(text, limit=40)) <= 40


@pytest.mark.parametrize("text", ["(. " * 7_000, "A. " * 7_000, "a" * 20_000 + ". B", "...!?" * 4_000, "1. X " * 4_000])
def test_hostile_text_ends(text: str) -> None:
    assert "".join(split(text)).replace(" ", "") == text.replace(" ", "")


def test_recorded_abstracts_give_two_sentences(shared: Path) -> None:
    """Of hundreds of real abstracts hardly any is cut, and what is cut is one long sentence."""
    texts = [
        to_unicode(item.paper.abstract, bare=True)
        for file in sorted((shared / "hf" / "daily_papers").glob("*.json"))
        for item in read_saved(file).batch.items
        if item.paper.abstract
    ]
    assert len(texts) > 300
    found = [first_sentences(text) for text in texts]
    cut = [text for text in found if text.endswith("…")]
    assert len(cut) <= len(texts) // 50
    assert all(40 < len(text) <= 700 for text in found)
    assert sum(len(split(text)) == 2 for text in found) > len(texts) * 0.97
