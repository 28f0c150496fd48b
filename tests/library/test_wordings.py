from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

from paperstui.journal.store import Journal
from paperstui.library.store import Library
from paperstui.models import Detail, Item, Paper, Wording
from paperstui.paths import Paths
from tests.library.making import AT, decide, item, paper


def of_arxiv(version: int | None = 1, **changes: Any) -> Item:
    """What arXiv says of paper 1."""
    given: dict[str, Any] = {
        "title": "Paper number $1$",
        "abstract": f"We show in version {version} that $1$ matters.",
        "text_source": "arxiv",
        "version": version,
        "upvotes": None,
        "comments": None,
    }
    return Item(paper(1, **given | changes))


def detail(library: Library) -> Detail:
    rowid = library.find("2506.00001")
    assert rowid is not None
    found = library.detail(rowid)
    assert found is not None
    return found


def revised(library: Library) -> bool:
    return library.rows_by_id(["2506.00001"])["2506.00001"].revised


def test_arxiv_s_words_replace_those_of_hugging_face_which_are_kept(library: Library) -> None:
    library.upsert([item(1)], AT)
    done = library.upsert([of_arxiv()], AT + 60)
    assert (done.updated, done.revised) == (("2506.00001",), ())
    found = detail(library)
    assert (found.paper.title, found.paper.text_source, found.paper.version) == ("Paper number $1$", "arxiv", 1)
    assert found.paper.upvotes == 1
    before = paper(1)
    assert found.wordings == (Wording(source="hf", title=before.title, abstract=before.abstract, at=AT + 60),)
    assert found.revised is None


def test_what_hugging_face_says_later_is_kept_too_and_changes_nothing_else(library: Library) -> None:
    library.upsert([of_arxiv()], AT)
    assert detail(library).wordings == ()
    library.upsert([item(1)], AT + 60)
    assert [each.source for each in detail(library).wordings] == ["hf"]
    done = library.upsert([item(1)], AT + 120)
    assert done.unchanged == ("2506.00001",)
    assert detail(library).wordings[0].at == AT + 60, "it was not written again"
    library.upsert([item(1, abstract="Other words.")], AT + 180)
    assert [(each.abstract, each.at) for each in detail(library).wordings] == [("Other words.", AT + 180)]
    assert detail(library).paper.title == "Paper number $1$"


def test_the_same_words_are_not_kept_twice(library: Library) -> None:
    said = paper(1)
    library.upsert([item(1)], AT)
    library.upsert([of_arxiv(title=said.title, abstract=said.abstract.replace(" ", "  "))], AT)
    assert detail(library).wordings == ()
    library.upsert([item(1, abstract="Other words.")], AT)
    assert len(detail(library).wordings) == 1
    library.upsert([item(1, abstract=said.abstract)], AT)
    assert detail(library).wordings == (), "they are the same again"


def test_a_new_version_is_recorded_with_what_the_old_one_said(library: Library) -> None:
    library.upsert([of_arxiv(1)], AT)
    done = library.upsert([of_arxiv(2)], AT + 60)
    assert done.revised == ("2506.00001",)
    assert revised(library)
    found = detail(library)
    assert (found.paper.version, found.revised) == (2, AT + 60)
    [before] = found.wordings
    assert (before.source, before.version, before.at) == ("arxiv", 1, AT + 60)
    assert before.abstract == "We show in version 1 that $1$ matters."
    library.upsert([of_arxiv(4)], AT + 120)
    assert [each.version for each in detail(library).wordings] == [2, 1]
    library.looked_at(found.rowid)
    assert not revised(library)
    assert detail(library).revised is None
    assert library.upsert([of_arxiv(4)], AT + 180).revised == ()
    assert not revised(library)


def test_an_old_version_that_is_heard_late_is_history(library: Library) -> None:
    library.upsert([of_arxiv(3)], AT)
    done = library.upsert([of_arxiv(2)], AT + 60)
    assert done.revised == ()
    assert not revised(library)
    assert detail(library).paper.version == 3
    assert [each.version for each in detail(library).wordings] == [2]


def test_another_spelling_of_one_version_is_not_kept(library: Library) -> None:
    library.upsert([of_arxiv(1, abstract=r"By Schr\"odinger.")], AT)
    library.upsert([of_arxiv(1, abstract="By Schrödinger.")], AT + 60)
    assert detail(library).wordings == ()
    assert detail(library).paper.abstract == "By Schrödinger."


def test_a_version_is_new_to_a_paper_of_hugging_face_if_it_appeared_since(library: Library) -> None:
    library.upsert([item(1)], AT)
    assert library.upsert([of_arxiv(2, version_at=AT - 60)], AT + 60).revised == ()
    assert not revised(library)
    library.upsert([item(2)], AT)
    later = Item(paper(2, text_source="arxiv", version=2, version_at=AT + 600))
    assert library.upsert([later], AT + 900).revised == ("2506.00002",)


def test_a_saved_page_adds_no_wording(library: Library) -> None:
    library.upsert([of_arxiv()], AT)
    library.upsert([Item(paper(1, title="“Paper”", text_source="page"))], AT)
    assert detail(library).wordings == ()


def test_a_paper_without_an_abstract_has_no_wording(library: Library) -> None:
    library.upsert([item(1, abstract="")], AT)
    library.upsert([of_arxiv()], AT)
    assert detail(library).wordings == ()


def test_wordings_go_along_when_a_paper_gets_its_id(library: Library) -> None:
    titled = Paper(id="title:0123456789abcdef", title="Paper number $1$", abstract="Of a page.", text_source="page")
    library.upsert([Item(titled)], AT)
    done = library.upsert([of_arxiv()], AT)
    assert done.merged == () or done.merged[0][1] == "2506.00001"
    assert library.find("2506.00001") is not None


def test_an_export_has_the_same_wordings(library: Library) -> None:
    library.upsert([item(1), item(2)], AT)
    library.upsert([of_arxiv(1)], AT)
    library.upsert([of_arxiv(3)], AT + 60)
    library.upsert([of_arxiv(2)], AT + 120)
    alone = detail(library)
    assert [(each.source, each.version) for each in alone.wordings] == [("arxiv", 2), ("arxiv", 1), ("hf", None)]
    [first, second] = library.details([alone.rowid, alone.rowid + 1])
    assert first == alone
    assert (second.wordings, second.revised) == ((), None)


def test_wordings_take_little_room_and_damage_costs_only_themselves(library: Library, places: Paths) -> None:
    said = "We present a large language model that outperforms the state of the art. " * 20
    library.upsert([item(1, abstract=said)], AT)
    library.upsert([of_arxiv()], AT)
    assert detail(library).wordings[0].abstract == said
    with closing(sqlite3.connect(places.library)) as connection:
        assert connection.execute("SELECT length(packed) FROM wordings").fetchone()[0] < len(said) / 5
        connection.execute("UPDATE wordings SET packed = zeroblob(50)")
        connection.commit()
    assert detail(library).wordings == ()
    assert library.care.verify() == ["texts beside those of 1 paper cannot be read"]
    # What Hugging Face says next is kept in its place.
    library.upsert([item(1)], AT + 60)
    assert [each.abstract for each in detail(library).wordings] == [paper(1).abstract]


def test_papers_that_still_need_the_text_of_arxiv(library: Library) -> None:
    library.upsert([item(1), item(2, day="2026-06-05"), item(3, day="2026-06-03")], AT)
    library.upsert([Item(Paper(id="title:0123456789abcdef", title="No id"))], AT)
    assert library.unenriched(10) == ["2506.00002", "2506.00001", "2506.00003"]
    assert library.unenriched(1) == ["2506.00002"]
    library.upsert([of_arxiv()], AT)
    assert library.unenriched(10) == ["2506.00002", "2506.00003"]


def test_papers_that_the_user_keeps(library: Library, journal: Journal) -> None:
    library.upsert([item(1), item(2), item(3), item(4)], AT)
    decide(library, journal, "2506.00001")
    decide(library, journal, "2506.00003", "queued", 1.0)
    decide(library, journal, "2506.00001", "queued", 2.0)
    assert sorted(library.kept()) == ["2506.00001", "2506.00003"]
