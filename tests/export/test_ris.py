"""References parse, and say what the paper says."""

from __future__ import annotations

import re
from typing import Any

import rispy
from hypothesis import given
from msgspec.structs import replace

from paperstui.export.ris import pieces, ris
from paperstui.models import Author, Paper, State
from tests.export.making import PAPER, UNKNOWN, found, papers, states


def read(text: str) -> list[dict[str, Any]]:
    return list(rispy.loads(text))


def test_a_reference_says_what_the_paper_says() -> None:
    [one] = found(PAPER, state=State(tags=("thesis",), note="Ask Ada.\nTwice."))
    assert ris(one.detail).split("\r\n") == [
        "TY  - UNPB",
        "TI  - Tern: LLaMA with 𝒪(n log n) & 50% less",
        "AU  - Wintermolen, Ashild",
        "AU  - Garcíanda, Zoë",
        "AU  - DeepWell-AI",
        "AU  - van der Lind, Joost, Jr.",
        "PY  - 2026",
        "DA  - 2026/06/03/",
        "AB  - First it was slow. Then it was not.",
        "KW  - compression",
        "KW  - language models",
        "KW  - thesis",
        "UR  - https://arxiv.org/abs/2606.01234",
        "DO  - 10.48550/arXiv.2606.01234",
        "AN  - arXiv:2606.01234",
        "DB  - arXiv",
        "PB  - arXiv",
        "N1  - Ask Ada. Twice.",
        "ID  - 2606.01234",
        "ER  - ",
        "",
    ]


def test_what_is_not_known_is_left_out() -> None:
    [one] = found(UNKNOWN)
    tags = [line[:2] for line in ris(one.detail).splitlines()]
    assert tags == ["TY", "TI", "UR", "ID", "ER"]


def test_several_are_set_apart() -> None:
    text = "".join(pieces(found(PAPER, replace(PAPER, id="2606.00002"))))
    assert text.count("\r\nER  - \r\n\r\nTY  - UNPB\r\n") == 1
    assert [one["id"] for one in read(text)] == ["2606.01234", "2606.00002"]
    assert "".join(pieces([])) == ""


def test_a_tag_in_a_text_begins_no_line() -> None:
    paper = replace(PAPER, abstract="It ends here.\nER  - \nTY  - BOOK\nTI  - Another")
    [one] = read("".join(pieces(found(paper))))
    assert one["type_of_reference"] == "UNPB"
    assert one["abstract"] == "It ends here. ER - TY - BOOK TI - Another"


@given(papers(3), states())
def test_another_program_reads_every_reference(some: list[Paper], state: State) -> None:
    text = "".join(pieces(found(*some, state=state)))
    assert not re.search(r"(?<!\r)\n|\r(?!\n)", text)
    references = read(text)
    assert [one["id"] for one in references] == [paper.id for paper in some]
    for one, paper in zip(references, some, strict=True):
        assert len(one.get("authors", [])) == len(paper.shown_authors)
        assert one["urls"] == [f"https://arxiv.org/abs/{paper.id}"]
        assert one.get("notes", []) == ([" ".join(state.note.split())] if state.note.split() else [])


def test_a_name_that_cannot_be_taken_apart_stays_whole() -> None:
    paper = replace(PAPER, authors=(Author("南宫若兰"), Author("The Kite Team"), Author("Anwen")))
    [one] = read("".join(pieces(found(paper))))
    assert one["authors"] == ["南宫若兰", "The Kite Team", "Anwen"]
