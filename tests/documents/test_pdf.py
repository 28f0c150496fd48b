from __future__ import annotations

import sys
import textwrap

import pytest

from paperstui.documents.blocks import Heading, Notice, Paragraph, words
from paperstui.documents.html import NoTextError
from paperstui.documents.pdf import _blocks, pdf_blocks
from tests.documents.pages import PROSE
from tests.documents.pdfs import pdf

LINES = textwrap.wrap(PROSE, 60)
PAGE = [
    "A Journal of Stones", "1 Introduction", *LINES, "and it ends.", "2.1 On the (formation) of stones", *LINES * 3, "at last.",
    "7",
]  # fmt: skip


def test_paragraphs_are_joined_and_headings_found() -> None:
    blocks = pdf_blocks(pdf([PAGE]))
    assert [(words(b), b.number, b.level) for b in blocks if isinstance(b, Heading)] == [
        ("1 Introduction", "1", 2),
        ("2.1 On the (formation) of stones", "2.1", 3),
    ]
    assert PROSE.strip() in [words(b) for b in blocks if isinstance(b, Paragraph)]


def test_what_is_on_every_page_and_page_numbers_go() -> None:
    blocks = pdf_blocks(pdf([[*PAGE[:-1], f"It is {name}.", str(at)] for at, name in enumerate("abcde", 1)]))
    text = "\n".join(words(block) for block in blocks)
    assert "A Journal of Stones" not in text
    assert text.count("at last.") == 5
    assert not any(word.isdigit() and word in "345" for word in text.split())


def test_a_word_that_was_broken_is_joined() -> None:
    lines = ["the forma-", "tion of it"]
    text = " ".join(words(block) for block in pdf_blocks(pdf([[*LINES * 4, *lines, *LINES]])))
    assert "formation" in text


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "damaged"),
        (b"%PDF-1.7\n" + b"garbage" * 1_000 + b"%%EOF", "damaged"),
        (pdf([PAGE] * 3)[:300], "damaged"),
        (pdf([PAGE] * 3, encrypted=True), "locked with a password"),
        (pdf([["Short."]]), "without text"),
    ],
    ids=["empty", "garbage", "cut off", "locked", "no text"],
)
def test_what_cannot_be_read_is_told(body: bytes, said: str) -> None:
    with pytest.raises(NoTextError, match=said):
        pdf_blocks(body)


def test_a_pdf_without_end_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paperstui.documents.pdf.MOST_PAGES", 3)
    *_, last = pdf_blocks(pdf([PAGE] * 5))
    assert last == Notice("The PDF goes on for 2 more pages, which are not shown.")


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(NoTextError, match=r"pip install pypdfium2"):
        pdf_blocks(pdf([PAGE]))


@pytest.mark.parametrize(
    "line",
    [
        "我们提出了一种方法，用于模型。" * 3,
        "我们提出了一种方法，用于模型" * 3,
        "this is a line of prose without an end that any reader would call long",
    ],
    ids=["sentences", "no sentences", "Latin"],
)
def test_a_text_whose_paragraphs_do_not_show_is_cut_into_some_and_whole(line: str) -> None:
    blocks = _blocks(["\r\n".join([line] * 3_200)])
    assert "".join(words(block) for block in blocks).replace(" ", "") == line.replace(" ", "") * 3_200
    assert len(blocks) >= 16
    assert all(len(words(block)) < 20_000 for block in blocks)


def test_chinese_goes_on_without_a_blank_and_ends_where_a_line_is_short() -> None:
    pages = ["\r\n".join(["我们提出了一种方法用于模型"] * 3 + ["用于模型。"] + ["第二段的文字在这里开始了吗"] * 3)]
    assert [words(block) for block in _blocks(pages)] == [
        "我们提出了一种方法用于模型" * 3 + "用于模型。",
        "第二段的文字在这里开始了吗" * 3,
    ]


def test_a_line_longer_than_any_is_whole() -> None:
    (block,) = _blocks(["word " * 5_000])
    assert len(words(block).replace(" ", "")) == 20_000


def test_what_is_cut_of_a_page_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paperstui.documents.pdf._PAGE_TEXT", 600)
    *_, last = pdf_blocks(pdf([PAGE] * 2))
    assert last == Notice("Of 2 overfull pages only the first 600 characters are shown.")
