from __future__ import annotations

import sys
import textwrap

import pytest

from paperstui.documents.blocks import Heading, Notice, Paragraph, words
from paperstui.documents.html import NoTextError
from paperstui.documents.pdf import pdf_blocks
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
    with pytest.raises(NoTextError, match=r"pip install 'paperstui\[fulltext\]'"):
        pdf_blocks(pdf([PAGE]))
