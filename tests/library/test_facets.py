from __future__ import annotations

import threading
from typing import Any

import pytest

from paperstui.library import facets
from paperstui.library.connect import InterruptedReadError
from paperstui.library.store import Library
from paperstui.models import Account, Author, Organization
from paperstui.query.fields import FIELDS
from tests.library.making import AT, item

ALL = "SELECT rowid FROM papers"


def stored(library: Library, *changes: dict[str, Any]) -> list[int]:
    """Papers with these fields; their numbers."""
    library.upsert([item(number, **change) for number, change in enumerate(changes, 1)], AT)
    return list(library.rowids(f"{ALL} ORDER BY id"))


def test_every_field_that_completion_asks_for_can_be_read() -> None:
    assert set(facets._VALUES) == {field.name for field in FIELDS if field.ask}


@pytest.mark.parametrize(
    ("field", "changes", "expected"),
    [
        (
            "author",
            [{"authors": (Author("Ada Li"), Author("Bo"))}, {"authors": (Author("Bo"),)}],
            {"Ada Li": 1, "Bo": 2},
        ),
        ("org", [{"organization": Organization("x", "X Lab")}, {}], {"X Lab": 1}),
        ("submitter", [{"submitter": Account("ak", "A K")}, {"submitter": Account("ak", "A K")}], {"ak": 2}),
        ("cat", [{"categories": ("cs.CL", "cs.LG")}, {"categories": ("cs.CL",)}], {"cs.CL": 2, "cs.LG": 1}),
        (
            "keyword",
            [{"keywords": ("flow matching", "memory")}, {"keywords": ("memory",)}],
            {"flow matching": 1, "memory": 2},
        ),
        (
            "year",
            [{"published": 1_735_689_599}, {"published": 1_735_689_600}, {"published": None}],
            {"2024": 1, "2025": 1},
        ),
        ("tag", [{}, {}], {}),
    ],
)
def test_values_are_counted_by_paper(
    library: Library, field: str, changes: list[dict[str, Any]], expected: dict[str, int]
) -> None:
    assert library.tally(field, stored(library, *changes)) == expected
    assert library.tally(field, []) == {}


def test_only_the_papers_asked_for_count(library: Library) -> None:
    numbers = stored(library, {"categories": ("cs.CL",)}, {"categories": ("cs.CV",)})
    assert library.tally("cat", numbers[:1]) == {"cs.CL": 1}


def test_more_papers_than_one_statement_takes(library: Library) -> None:
    numbers = stored(library, *({"categories": ("cs.CL",)} for _ in range(1_201)))
    assert library.tally("cat", numbers) == {"cs.CL": 1_201}


def test_it_stops_when_told(library: Library) -> None:
    numbers = stored(library, *({} for _ in range(600)))
    asked = []

    def stop() -> bool:
        asked.append(True)
        return len(asked) > 1

    assert library.tally("author", numbers, stop) is None
    assert len(asked) == 2


def test_the_version_changes_with_the_library(library: Library) -> None:
    before = library.version()
    assert library.version() == before
    stored(library, {})
    assert library.version() != before


def test_only_the_thread_that_said_so_is_stopped(library: Library) -> None:
    stored(library, *({} for _ in range(300)))
    slow = "SELECT count(*) FROM papers a, papers b, papers c WHERE a.rowid + b.rowid + c.rowid < 0"
    found: list[int] = []
    with library.stoppable(lambda: True):
        thread = threading.Thread(target=lambda: found.append(library.count("SELECT count(*) FROM papers a, papers b")))
        thread.start()
        thread.join()
        with pytest.raises(InterruptedReadError):
            library.count(slow)
    assert found == [90_000]
