"""Tables parse, and no cell is a formula."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from msgspec.structs import replace

from paperstui.export.csv_form import cell, pieces
from paperstui.export.json_form import KEYS, paper_json
from paperstui.models import Author, Listing, Paper, State
from tests.export.making import PAPER, found, papers, states


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_a_line_says_what_the_paper_says() -> None:
    listing = Listing(feed="daily", period="2026-06-04")
    [row] = read("".join(pieces(found(PAPER, state=State(starred=True, tags=("a", "b")), listing=listing))))
    assert tuple(row) == KEYS
    assert row["title"] == "Tern: LLaMA with 𝒪(n log n) & 50% less"
    assert row["abstract"] == "First it was slow.\nThen it was not."
    assert row["authors"] == "Ashild Wintermolen; Zoë Garcíanda; DeepWell-AI; Joost van der Lind Jr."
    assert (row["feed"], row["period"], row["published"]) == ("daily", "2026-06-04", "2026-06-03")
    assert (row["starred"], row["read"], row["upvotes"]) == ("true", "false", "")
    assert (row["tags"], row["author_count"]) == ("a; b", "4")


def test_lines_end_as_the_standard_says() -> None:
    text = "".join(pieces(found(PAPER, replace(PAPER, id="2606.00002", abstract=""))))
    assert text.endswith("\r\n")
    assert text.count("\r\n") == 3
    assert "".join(pieces([])) == ",".join(KEYS) + "\r\n"


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_no_cell_is_a_formula(begins: str) -> None:
    assert cell(f"{begins}HYPERLINK(1)") == f"'{begins}HYPERLINK(1)"
    assert cell([f"{begins}1", "2"]) == f"'{begins}1; 2"
    assert cell(f"a{begins}1") == f"a{begins}1"


def test_numbers_are_no_texts() -> None:
    assert (cell(-3), cell(0), cell(None), cell(True), cell([])) == (-3, 0, "", "true", "")


@given(papers(3), states())
def test_every_text_comes_back(some: list[Paper], state: State) -> None:
    text = "".join(pieces(found(*some, state=state)))
    rows = read(text)
    assert len(rows) == len(some)
    for row, one in zip(rows, found(*some, state=state), strict=True):
        wanted = paper_json(one.detail)
        for name in ("title", "abstract", "note"):
            assert row[name] in (wanted[name], f"'{wanted[name]}")
        assert row["authors"].removeprefix("'") == "; ".join(wanted["authors"]).removeprefix("'")
        assert not any(re.match(r"[-=+@\t\r]", value) for value in row.values())


def test_a_name_with_a_comma_or_a_quote_stays_in_its_cell() -> None:
    [row] = read("".join(pieces(found(replace(PAPER, authors=(Author('O"Hara, Ada'),))))))
    assert row["authors"] == 'O"Hara, Ada'
