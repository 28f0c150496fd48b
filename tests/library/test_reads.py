from __future__ import annotations

from array import array

import pytest

from paperstui.errors import LibraryError
from paperstui.journal.entries import Citation
from paperstui.journal.store import Journal
from paperstui.library.store import Library
from paperstui.models import Item, Organization, Paper, Row
from paperstui.text.titles import title_id
from tests.library.making import AT, decide, item, items, paper

BY_NUMBER = "SELECT p.rowid FROM papers p ORDER BY p.rowid"


def test_an_empty_library_has_nothing(library: Library) -> None:
    assert library.rowids(BY_NUMBER) == array("q")
    assert library.count("SELECT count(*) FROM papers p") == 0
    assert library.rows([1, 2]) == []
    assert library.detail(1) is None
    assert library.find("2506.00001") is None
    assert library.state(["2506.00001"]) == {"2506.00001": {}}
    assert library.totals() == (0, 0, 0, 0, 0)
    assert library.max_stamp() is None
    assert library.notices == []
    assert not library.readonly


def test_rows_come_in_the_order_asked_for(library: Library) -> None:
    library.upsert(items(200), AT)
    numbers = library.rowids(BY_NUMBER)
    assert (numbers.typecode, len(numbers)) == ("q", 200)
    wanted = [*reversed(numbers[20:150]), numbers[3], 9999, numbers[3]]
    assert [row.rowid for row in library.rows(wanted)] == [number for number in wanted if number != 9999]


def test_a_row_has_what_a_list_shows(library: Library) -> None:
    library.upsert(
        [
            item(
                1,
                title="On $x$",
                organization=Organization("uc", "UC Berkeley"),
                code_url="https://github.com/a/b",
                summary="In short.",
                text_source="arxiv",
            )
        ],
        AT,
    )
    assert library.rows([1]) == [
        Row(
            rowid=1,
            id="2506.00001",
            title="On $x$",
            title_plain="On x",
            text_source="arxiv",
            authors="Ada Number1, José Álvarez",
            author_count=2,
            organization="UC Berkeley",
            published=1_748_000_001,
            listed="2026-06-04",
            upvotes=1,
            comments=1,
            submitter="",
            has_code=True,
            has_summary=True,
            first_seen=AT,
            read=False,
            starred=False,
            queued=False,
            hidden=False,
        )
    ]


def test_queries_take_values_and_a_limit(library: Library) -> None:
    library.upsert(items(10), AT)
    sql = "SELECT p.rowid FROM papers p WHERE p.upvotes > ? ORDER BY p.upvotes DESC"
    assert list(library.rowids(sql, (3,), limit=2)) == [10, 9]
    assert library.count("SELECT count(*) FROM papers p WHERE p.upvotes > ?", (3,)) == 7
    assert list(library.rowids("SELECT p.rowid FROM papers p WHERE p.upvotes = :n", {"n": 4})) == [4]


def test_regular_expressions_have_their_function(library: Library) -> None:
    library.upsert(items(12), AT)
    sql = "SELECT p.rowid FROM papers p WHERE regexp(?, p.title) ORDER BY p.rowid"
    assert list(library.rowids(sql, ("number 1[0-2]",))) == [10, 11, 12]
    assert library.count("SELECT count(*) FROM papers p WHERE regexp(?, p.title)", ("NUMBER",)) == 12


@pytest.mark.parametrize(
    ("sql", "params"),
    [
        ("SELECT nonsense", ()),
        ("SELECT p.rowid FROM papers p WHERE p.upvotes = ?", (2**70,)),
        ("SELECT p.rowid FROM papers p WHERE p.title = ?", ("\ud800",)),
        ("SELECT rowid FROM search WHERE search MATCH ?", ('"',)),
        ("SELECT p.rowid FROM papers p WHERE p.title = ?", ()),
        ("DELETE FROM papers", ()),
    ],
)
def test_what_cannot_be_asked_is_an_error_of_ours(library: Library, sql: str, params: tuple[object, ...]) -> None:
    with pytest.raises(LibraryError):
        library.rowids(sql, params)


def test_papers_are_found_by_any_of_their_ids(library: Library) -> None:
    library.upsert(items(2), AT)
    title = title_id(paper(2).title)
    assert library.find("2506.00002") == library.find(title) == library.rowid_of(title) == 2
    assert library.find("2506.99999") is None
    found = library.rows_by_id(["2506.00002", title, "2506.99999"])
    assert {paper_id: row.rowid for paper_id, row in found.items()} == {"2506.00002": 2, title: 2}


def test_totals_leave_hidden_papers_out(library: Library, journal: Journal) -> None:
    library.upsert(items(5), AT)
    for number, field, value in (
        (1, "read", True),
        (2, "starred", True),
        (3, "queued", 1.0),
        (4, "hidden", True),
        (4, "starred", True),
    ):
        decide(library, journal, f"2506.0000{number}", field, value)
    assert library.totals() == (5, 3, 1, 1, 1)
    assert library.totals().unread == 3


def test_citations_say_what_a_paper_is(library: Library) -> None:
    title = Item(Paper(id=title_id("No id"), title="No id"))
    library.upsert([*items(1), title, item(3, published=10**17)], AT)
    assert library.citations(["2506.00001", title.paper.id, "2506.00003", "2506.99999"]) == {
        "2506.00001": Citation(
            paper(1).title, ("Ada Number1", "José Álvarez"), 2025, "https://arxiv.org/abs/2506.00001"
        ),
        title.paper.id: Citation("No id"),
        "2506.00003": Citation(
            paper(3).title, ("Ada Number3", "José Álvarez"), None, "https://arxiv.org/abs/2506.00003"
        ),
    }


def test_bytes_that_are_no_text_do_not_stop_a_list(library: Library) -> None:
    library.upsert(items(3), AT)
    library._write(
        lambda connection: connection.execute("UPDATE papers SET authors = CAST(x'416461ff' AS TEXT) WHERE rowid = 2")
    )
    assert [row.authors for row in library.rows([1, 2])] == ["Ada Number1, José Álvarez", "Ada\ufffd"]
    assert library.upsert([item(2, upvotes=77)], AT + 1).updated == ("2506.00002",)
    assert library.rows([2])[0].upvotes == 77
    library.care.reindex()


def test_values_of_the_callers_are_kept(library: Library) -> None:
    assert library.meta("backfill") is None
    library.set_meta("backfill", "2025-03-11")
    library.set_meta("text_version", "mine")
    assert (library.meta("backfill"), library.meta("text_version")) == ("2025-03-11", "mine")
    assert not library.text_is_stale()
    library.set_meta("backfill", None)
    assert library.meta("backfill") is None
