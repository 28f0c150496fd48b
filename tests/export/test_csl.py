"""Items hold what the schema of CSL 1.0.2 allows, and what the paper says."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from msgspec.structs import replace

from paperstui.export.bibtex import pieces as bibtex_pieces
from paperstui.export.csl import csl, pieces
from paperstui.models import Author, Paper, State
from tests.export.making import PAPER, UNKNOWN, found, papers, states
from tests.export.reading import entries

STRINGS = {
    "id", "type", "title", "abstract", "DOI", "URL", "number", "publisher", "archive", "keyword", "note",
}  # fmt: skip
NAMES = {"family", "given", "non-dropping-particle", "suffix", "literal"}


def test_an_item_says_what_the_paper_says() -> None:
    [one] = found(PAPER, state=State(tags=("thesis",), note="Ask Ada."))
    assert csl(one.detail) == {
        "id": "wintermolen2026tern",
        "type": "article",
        "title": "Tern: LLaMA with 𝒪(n log n) & 50% less",
        "author": [
            {"family": "Wintermolen", "given": "Ashild"},
            {"family": "Garcíanda", "given": "Zoë"},
            {"literal": "DeepWell-AI"},
            {"family": "Lind", "given": "Joost", "non-dropping-particle": "van der", "suffix": "Jr."},
        ],
        "issued": {"date-parts": [[2026, 6, 3]]},
        "abstract": "First it was slow.\nThen it was not.",
        "DOI": "10.48550/arXiv.2606.01234",
        "URL": "https://arxiv.org/abs/2606.01234",
        "number": "arXiv:2606.01234",
        "publisher": "arXiv",
        "archive": "arXiv",
        "keyword": "compression, language models, thesis",
        "note": "Ask Ada.",
    }


def test_what_is_not_known_is_left_out() -> None:
    [one] = found(UNKNOWN)
    assert set(csl(one.detail)) == {"id", "type", "title", "URL"}
    [one] = found(replace(UNKNOWN, listed="2025-01-02"))
    assert csl(one.detail)["issued"] == {"date-parts": [[2025]]}


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ludwig von Beethaven", {"family": "Beethaven", "given": "Ludwig", "non-dropping-particle": "von"}),
        ("Ana de la Cruzada", {"family": "Cruzada", "given": "Ana", "non-dropping-particle": "de la"}),
        ("bell hooksworth", {"family": "hooksworth", "given": "bell"}),
        ("Anwen", {"literal": "Anwen"}),
        ("南宫若兰", {"literal": "南宫若兰"}),
        ("Wintermolen, Ashild", {"family": "Wintermolen", "given": "Ashild"}),
        ("van der lind", {"family": "der lind", "given": "van"}),
    ],
)
def test_names(name: str, parts: dict[str, str]) -> None:
    [one] = found(replace(PAPER, authors=(Author(name),)))
    assert csl(one.detail)["author"] == [parts]


@given(papers(4), states())
def test_every_item_fits_the_schema_and_has_the_key_of_bibtex(some: list[Paper], state: State) -> None:
    items = json.loads("".join(pieces(found(*some, state=state))))
    assert [item["id"] for item in items] == [one.key for one in entries("".join(bibtex_pieces(found(*some))))]
    for item, paper in zip(items, some, strict=True):
        assert set(item) <= STRINGS | {"author", "issued"}
        assert all(isinstance(value, str) and value for name, value in item.items() if name in STRINGS)
        assert len(item.get("author", [])) == len([name for name in paper.shown_authors if name.strip()])
        for name in item.get("author", []):
            assert set(name) <= NAMES
            assert name
            assert all(isinstance(part, str) and part for part in name.values())
        for part in item.get("issued", {}).get("date-parts", []):
            assert 1 <= len(part) <= 3
            assert all(isinstance(number, int) for number in part)


def test_none_is_an_empty_array() -> None:
    assert json.loads("".join(pieces([]))) == []
