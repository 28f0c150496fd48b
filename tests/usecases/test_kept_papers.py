"""Papers that the user keeps are shown also when the library is new and no source has brought them yet."""

from __future__ import annotations

import pytest

from paperstui.models import Item
from paperstui.paths import Paths
from paperstui.text.titles import title_id
from paperstui.usecases import Decision, Desk, Place
from tests.usecases.reading import (
    DAY,
    fill,
    forget_library,
    item,
    journal_of,
    open_desk,
    paper,
    starred,
    write_journal,
)

FIRST, SECOND, THIRD = "2606.00001", "2606.00002", "2606.00003"
CITE = {
    "title": "Elsewhere",
    "authors": ["Eve Else", "Bo Both"],
    "year": 2025,
    "url": "https://arxiv.org/abs/2501.00001",
}


def test_a_deleted_library_has_its_starred_papers_at_once(filled: Desk, places: Paths) -> None:
    filled.decide([FIRST, SECOND], "starred", True)
    filled.decide([SECOND, THIRD], "read", True)
    filled.decide([SECOND], "starred", False)
    filled.close()
    forget_library(places)
    desk = open_desk(places)
    selection = desk.select(Place("starred"), "")
    [row] = selection.rows
    assert (row.id, row.title, row.authors, row.starred, row.read) == (FIRST, "Paper 1", "Ada Author 1", True, False)
    assert (row.listed, row.upvotes, row.text_source) == (None, None, "hf")
    assert desk.select(Place("all"), "").total == 1, (
        "what was only read, or has no star any more, comes with its source"
    )
    assert desk.start_place() == Place("today", DAY.isoformat())
    assert desk.select(Place("starred"), "paper author:ada").total == 1, "it can be searched"
    detail = desk.detail(row.rowid)
    assert detail is not None
    assert (detail.listings, detail.votes, detail.paper.abstract) == ((), (), "")
    desk.close()


def test_a_source_completes_it(filled: Desk, places: Paths) -> None:
    filled.decide([FIRST], "starred", True)
    filled.decide([FIRST], "read", True)
    filled.close()
    forget_library(places)
    desk = open_desk(places)
    [rowid] = desk.select(Place("starred"), "").ids
    fill(desk)
    detail = desk.detail(rowid)
    assert detail is not None
    assert detail.paper == paper(1, listed=DAY.isoformat())
    assert (detail.state.starred, detail.state.read) == (True, True)
    assert [listing.period for listing in detail.listings] == [DAY.isoformat()]
    assert desk.select(Place("all"), "").total == 5
    assert desk.select(Place("starred"), "what about").total == 1, "with its abstract in the index"
    assert desk.undo() == Decision("Undone: Marked 1 paper read", (FIRST,))
    assert len(journal_of(places)) == 3
    desk.close()


def test_a_paper_that_another_device_starred_is_shown(filled: Desk, places: Paths) -> None:
    write_journal(
        places,
        "elsewhere",
        {"t": 1_780_000_000_000, "set": [["2501.00001", "starred", True, False]], "cite": {"2501.00001": CITE}},
    )
    assert filled.poll() == ("2501.00001",)
    assert starred(filled) == ["2501.00001"]
    [row] = filled.select(Place("starred"), "").rows
    assert (row.title, row.authors, row.author_count) == ("Elsewhere", "Eve Else, Bo Both", 2)
    assert row.first_seen == 1_780_000_000, "since it was starred"
    assert filled.decide(["2501.00001"], "starred", False)
    assert starred(filled) == []
    assert filled.find("2501.00001") is not None, "it does not vanish under the reader's eyes"


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("starred", True, True),
        ("queued", 1.5, True),
        ("tag:thesis", True, True),
        ("note", "read again", True),
        ("starred", False, False),
        ("queued", None, False),
        ("tag:thesis", False, False),
        ("note", "", False),
        ("read", True, False),
        ("hidden", True, False),
        ("unknown", 7, False),
    ],
)
def test_what_is_kept(desk: Desk, places: Paths, field: str, value: object, *, kept: bool) -> None:
    line = {"t": 1_780_000_000_000, "set": [["2501.00001", field, value, None]], "cite": {"2501.00001": CITE}}
    write_journal(places, "elsewhere", line)
    desk.poll()
    assert (desk.find("2501.00001") is not None) is kept


@pytest.mark.parametrize(
    "paper_id", ["nonsense", "../../etc/passwd", "title:short", "2501.00001v2", "2513.00001", "[/]"]
)
def test_what_has_no_id_of_a_paper_is_none(desk: Desk, places: Paths, paper_id: str) -> None:
    write_journal(
        places,
        "elsewhere",
        {"t": 1_780_000_000_000, "set": [[paper_id, "starred", True, None]], "cite": {paper_id: CITE}},
    )
    assert desk.poll() == (paper_id,)
    assert desk.select(Place("all"), "").total == 0


def test_without_a_title_there_is_nothing_to_show(desk: Desk, places: Paths) -> None:
    line = {"t": 1_780_000_000_000, "set": [["2501.00001", "starred", True, None]]}
    write_journal(places, "one", line | {"cite": {"2501.00001": {"title": "\x1b[2J "}}})
    write_journal(places, "two", line)
    desk.poll()
    assert desk.select(Place("all"), "").total == 0
    fill(desk, item(1, id="2501.00001"))
    assert starred(desk) == ["2501.00001"], "but the decision holds"


def test_what_another_device_wrote_is_cleaned(desk: Desk, places: Paths) -> None:
    cite = {"title": "Red \x1b[31m\u202etitle", "authors": ["E\x07ve", 7], "year": "x", "url": "javascript:x"}
    write_journal(
        places,
        "elsewhere",
        {"t": 1_780_000_000_000, "set": [["2501.00001", "starred", True, None]], "cite": {"2501.00001": cite}},
    )
    desk.poll()
    [row] = desk.select(Place("starred"), "").rows
    assert (row.title, row.authors) == ("Red title", "Eve")


def test_a_paper_known_by_its_title_and_later_by_its_arxiv_id_is_one(desk: Desk, places: Paths) -> None:
    known = title_id("Paper 1")
    fill(desk, Item(paper(1, id=known, text_source="page")))
    desk.decide([known], "starred", True)
    desk.close()
    forget_library(places)
    again = open_desk(places)
    assert starred(again) == [known]
    fill(again, item(1))
    assert starred(again) == [FIRST]
    again.close()
    forget_library(places)
    last = open_desk(places)
    assert starred(last) == [known], "nobody carried the decision, since the desk was not asked to"
    fill(last, item(1))
    assert starred(last) == [FIRST]
    last.close()


def test_what_was_carried_to_an_arxiv_id_comes_back_as_one_paper(desk: Desk, places: Paths) -> None:
    known = title_id("Paper 1")
    fill(desk, Item(paper(1, id=known, text_source="page")))
    desk.decide([known], "starred", True)
    merged = desk.library.upsert([item(1)], 1).merged
    desk._decisions.carry(merged)
    desk.close()
    forget_library(places)
    again = open_desk(places)
    assert starred(again) == [FIRST]
    assert again.select(Place("all"), "").total == 1
    found = again.find(known)
    assert found is not None
    assert found.paper.id == FIRST
    again.close()


def test_the_library_made_anew_reads_large_journals_in_parts(
    desk: Desk, places: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    from paperstui.library import projection

    fill(desk, *(item(number) for number in range(1, 31)))
    for number in range(1, 31):
        desk.decide([f"2606.{number:05}"], "starred", True)
    expected = starred(desk)
    desk.close()
    forget_library(places)
    monkeypatch.setattr(projection, "CHUNK", 1000)
    again = open_desk(places)
    assert starred(again) == expected
    again.close()
