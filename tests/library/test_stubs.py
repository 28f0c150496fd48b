from __future__ import annotations

from paperstui.journal.entries import Citation
from paperstui.journal.store import Journal
from paperstui.library.store import Library
from paperstui.library.stubs import is_kept
from tests.library.making import AT, item, paper

CITE = Citation(
    title="Kept $x^2$ paper", authors=("Ada Li", "José Álvarez"), year=2025, url="https://arxiv.org/abs/2501.00001"
)


def star(journal: Journal, paper_id: str = "2501.00001", *, starred: bool = True, cite: Citation | None = CITE) -> None:
    journal.append(
        "Star", [(paper_id, "starred", starred, not starred)], cite={paper_id: cite} if cite and starred else None
    )


def test_a_starred_paper_that_nobody_brought_is_there_and_in_the_index(library: Library, journal: Journal) -> None:
    star(journal)
    assert library.catch_up(journal).changed == ["2501.00001"]
    row = library.rows_by_id(["2501.00001"])["2501.00001"]
    assert (row.title, row.authors, row.starred, row.listed) == (CITE.title, "Ada Li, José Álvarez", True, None)
    assert library.totals().starred == 1
    assert library.count("SELECT count(*) FROM search WHERE search MATCH ?", ("kept",)) == 1


def test_one_that_is_here_is_left_as_it_is(library: Library, journal: Journal) -> None:
    library.upsert([item(1, id="2501.00001")], AT)
    before = library.detail(library.find("2501.00001") or 0)
    star(journal)
    library.catch_up(journal)
    after = library.detail(library.find("2501.00001") or 0)
    assert before is not None
    assert after is not None
    assert (after.paper, after.updated) == (before.paper, before.updated)


def test_what_has_no_star_any_more_is_not_made(library: Library, journal: Journal) -> None:
    star(journal)
    star(journal, starred=False)
    library.catch_up(journal)
    assert library.totals().papers == 0


def test_it_is_made_once_and_completed_by_a_source(library: Library, journal: Journal) -> None:
    star(journal)
    library.catch_up(journal)
    rowid = library.find("2501.00001")
    star(journal, starred=False)
    star(journal)
    library.catch_up(journal)
    assert library.totals().papers == 1
    done = library.upsert([item(7, id="2501.00001")], AT)
    assert done.updated == ("2501.00001",)
    detail = library.detail(rowid or 0)
    assert detail is not None
    assert detail.paper == paper(7, id="2501.00001", listed="2026-06-04")
    assert detail.state.starred


def test_nothing_is_made_without_a_citation(library: Library, journal: Journal) -> None:
    star(journal, cite=None)
    library.catch_up(journal)
    assert library.totals().papers == 0


def test_what_is_kept() -> None:
    assert is_kept({"starred": True})
    assert is_kept({"queued": 0.0})
    assert is_kept({"tag:x": True})
    assert is_kept({"note": "n"})
    assert not is_kept({"read": True, "hidden": True, "starred": False, "queued": None, "tag:x": False, "note": ""})
    assert not is_kept({})
