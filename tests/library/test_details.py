from __future__ import annotations

from itertools import islice

from msgspec.structs import replace

from paperstui.journal.store import Journal
from paperstui.library.details import AT_ONCE
from paperstui.library.store import Library
from tests.library.making import AT, item, items


def test_many_papers_are_what_each_of_them_is(library: Library, journal: Journal) -> None:
    count = 2 * AT_ONCE + 3
    library.upsert(items(count), AT)
    library.upsert([item(number, day="2026-06-05", upvotes=100 + number) for number in (3, 5)], AT + 90_000)
    journal.append(
        "Tag", [("2506.00003", "tag:thesis", True), ("2506.00003", "note", "read"), ("2506.00004", "queued", 1.5)]
    )
    library.catch_up(journal)
    rowids = library.rowids("SELECT rowid FROM papers ORDER BY upvotes DESC, rowid")
    found = list(library.details(rowids))
    assert [one.rowid for one in found] == list(rowids)
    assert found == [library.detail(rowid) for rowid in rowids]
    [tagged] = [one for one in found if one.paper.id == "2506.00003"]
    assert (tagged.state.tags, tagged.state.note, len(tagged.listings), len(tagged.votes)) == (
        ("thesis",),
        "read",
        2,
        2,
    )


def test_papers_that_are_gone_are_left_out(library: Library) -> None:
    library.upsert(items(3), AT)
    assert [one.rowid for one in library.details([3, 99, 1])] == [3, 1]
    assert list(library.details([])) == []


def test_the_decisions_about_a_title_are_those_about_its_paper(library: Library, journal: Journal) -> None:
    titled = replace(item(1).paper, id="title:0123456789abcdef")
    library.upsert([replace(item(1), paper=titled)], AT)
    journal.append("Star", [("title:0123456789abcdef", "starred", True)])
    library.catch_up(journal)
    library.upsert([item(1)], AT + 1)
    assert [(one.paper.id, one.state.starred) for one in library.details([1])] == [("2506.00001", True)]


def test_no_more_papers_are_read_than_somebody_asks_for(library: Library) -> None:
    library.upsert(items(AT_ONCE + 1), AT)
    found = library.details(range(1, AT_ONCE + 2))
    assert len(list(islice(found, 2))) == 2
    library.close()
    assert len(list(islice(found, AT_ONCE - 2))) == AT_ONCE - 2, "what was read is here, and no transaction is open"
