from __future__ import annotations

from contextlib import closing
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperstui import paths
from paperstui.errors import SaveError
from paperstui.journal.store import Journal
from paperstui.library import index, papers
from paperstui.library.store import Library
from paperstui.models import Author, Item, Listing, Paper, Upserted, Vote
from paperstui.text.titles import title_id
from tests.library.making import AT, decide, dump, item, items, paper, search, starred

DAY = 86_400


def detail(library: Library, paper_id: str) -> Paper:
    rowid = library.find(paper_id)
    assert rowid is not None
    found = library.detail(rowid)
    assert found is not None
    return found.paper


def votes(library: Library, paper_id: str) -> tuple[Vote, ...]:
    found = library.detail(library.find(paper_id) or 0)
    assert found is not None
    return found.votes


def listings(library: Library, paper_id: str) -> tuple[Listing, ...]:
    found = library.detail(library.find(paper_id) or 0)
    assert found is not None
    return found.listings


def test_what_is_stored_comes_back(library: Library) -> None:
    assert library.upsert(items(3), AT) == Upserted(new=("2506.00001", "2506.00002", "2506.00003"))
    assert detail(library, "2506.00002") == paper(2, listed="2026-06-04")
    assert listings(library, "2506.00002") == (item(2).listing,)
    assert search(library, "matters") == ["2506.00001", "2506.00002", "2506.00003"]
    assert search(library, '"number 2"') == ["2506.00002"]
    assert search(library, "alvarez") == ["2506.00001", "2506.00002", "2506.00003"]


def test_storing_twice_changes_nothing(library: Library, places: paths.Paths) -> None:
    library.upsert(items(60), AT)
    again = library.upsert(items(60), AT)
    assert len(again.unchanged) == 60
    assert again == Upserted(unchanged=again.unchanged)
    library.close()
    before = dump(places.library)
    reopened = Library.open(places)
    later = reopened.upsert(items(60), AT + 600)
    reopened.close()
    assert len(later.unchanged) == 60
    after = dump(places.library)
    # Only when the listings were last seen.
    assert [row for row in before if row[0] != "listings"] == [row for row in after if row[0] != "listings"]
    assert {row[-1] for row in after if row[0] == "listings"} == {AT + 600}


def test_a_changed_paper_is_changed_and_found_by_its_new_words(library: Library) -> None:
    library.upsert(items(2), AT)
    done = library.upsert([item(1, abstract="Something about bananas.", upvotes=50), item(2)], AT + 60)
    assert (done.updated, done.unchanged) == (("2506.00001",), ("2506.00002",))
    assert search(library, "bananas") == ["2506.00001"]
    assert search(library, "matters") == ["2506.00002"]
    assert votes(library, "2506.00001") == (Vote(AT, 1, 1), Vote(AT + 60, 50, 1))
    assert votes(library, "2506.00002") == (Vote(AT, 2, 1),)


def test_the_index_is_not_touched_when_only_votes_change(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.upsert(items(2), AT)

    def refuse(*_: object) -> None:
        pytest.fail("the index was written")

    with monkeypatch.context() as patched:
        patched.setattr(index, "insert", refuse)
        patched.setattr(index, "delete", refuse)
        assert library.upsert([item(1, upvotes=99)], AT + 1).updated == ("2506.00001",)
    assert detail(library, "2506.00001").upvotes == 99


def test_what_a_source_does_not_say_stays(library: Library) -> None:
    library.upsert([item(1, summary="In short.", code_url="https://github.com/a/b", keywords=("one", "two"))], AT)
    library.upsert([Item(Paper(id="2506.00001", title="", text_source="arxiv"))], AT + 1)
    found = detail(library, "2506.00001")
    assert (found.summary, found.code_url, found.keywords) == ("In short.", "https://github.com/a/b", ("one", "two"))
    assert (found.title, found.upvotes) == (paper(1).title, 1)


def test_an_account_from_before_only_fills_gaps(library: Library) -> None:
    library.upsert([item(1, upvotes=50, summary="")], AT)
    done = library.upsert([item(1, upvotes=10, comments=0, title="Old title", summary="In short.")], AT - DAY)
    assert done.updated == ("2506.00001",)
    found = detail(library, "2506.00001")
    assert (found.upvotes, found.title, found.summary) == (50, paper(1).title, "In short.")
    assert votes(library, "2506.00001") == (Vote(AT - DAY, 10, 0), Vote(AT, 50, 1))
    again = library.upsert([item(1, upvotes=10, comments=0, title="Old title", summary="In short.")], AT - DAY)
    assert again.unchanged == ("2506.00001",)


def test_a_clock_that_was_wrong_does_not_hold_up_what_is_new(library: Library) -> None:
    library.upsert([item(1, upvotes=50)], AT + 400 * DAY)
    library.upsert([item(1, upvotes=60)], AT)
    assert detail(library, "2506.00001").upvotes == 60


def test_a_paper_keeps_all_of_its_listings(library: Library) -> None:
    library.upsert([item(1, day="2026-06-04")], AT)
    library.upsert([item(1, day="2026-06-10", upvotes=30)], AT + 6 * DAY)
    weekly = Listing(feed="weekly", period="2026-W23", rank=3)
    done = library.upsert([Item(paper(1, upvotes=30, listed="2026-06-10"), weekly)], AT + 6 * DAY)
    assert done.updated == ("2506.00001",)
    assert {(each.feed, each.period) for each in listings(library, "2506.00001")} == {
        ("daily", "2026-06-04"),
        ("daily", "2026-06-10"),
        ("weekly", "2026-W23"),
    }
    assert detail(library, "2506.00001").listed == "2026-06-10"


def test_a_day_that_only_the_paper_names_is_a_listing(library: Library) -> None:
    library.upsert([item(1, day=None, listed="2026-06-03")], AT)
    assert listings(library, "2506.00001") == (Listing(feed="daily", period="2026-06-03"),)
    library.upsert([item(1, day="2026-06-03", rank=7, listed="2026-06-03")], AT + 1)
    assert listings(library, "2506.00001")[0].rank == 7
    library.upsert([item(1, day=None, listed="2026-06-03")], AT + 2)
    assert listings(library, "2506.00001")[0].rank == 7


def test_a_paper_twice_in_one_answer_is_stored_once(library: Library) -> None:
    both = [item(1, rank=1), item(1, rank=5, upvotes=9)]
    done = library.upsert(both, AT)
    assert done == Upserted(new=("2506.00001",))
    assert listings(library, "2506.00001")[0].rank == 5
    assert library.upsert(both, AT).unchanged == ("2506.00001",)


def test_a_file_that_has_a_paper_on_two_days_reads_the_same_twice(library: Library) -> None:
    days = [item(1, day="2026-06-10", upvotes=40, title="Later"), item(1, day="2026-06-04", upvotes=4, title="Earlier")]
    assert library.upsert(days, AT).new == ("2506.00001",)
    assert detail(library, "2506.00001").title == "Later"
    assert library.upsert(days, AT + 60).unchanged == ("2506.00001",)


def titled(number: int = 1, **changes: object) -> Paper:
    return paper(number, id=title_id(paper(number).title), text_source="page", **changes)


def test_a_title_gets_its_arxiv_id_and_keeps_its_number(library: Library, journal: Journal) -> None:
    title = titled().id
    library.upsert([Item(titled(upvotes=3), Listing(feed="daily", period="2026-06-01", rank=2))], AT)
    rowid = library.find(title)
    decide(library, journal, title)
    done = library.upsert([item(1)], AT + 60)
    assert done == Upserted(updated=("2506.00001",), merged=((title, "2506.00001"),))
    assert library.find("2506.00001") == library.find(title) == rowid
    assert {each.period for each in listings(library, "2506.00001")} == {"2026-06-01", "2026-06-04"}
    assert [vote.upvotes for vote in votes(library, "2506.00001")] == [3, 1]
    assert starred(library) == {"2506.00001"}
    assert library.totals().papers == 1
    assert library.upsert([item(1)], AT + 60).unchanged == ("2506.00001",)


def test_a_title_that_is_known_by_its_arxiv_id_is_that_paper(library: Library) -> None:
    library.upsert([item(1)], AT)
    done = library.upsert([Item(titled(), Listing(feed="imported", period="2026-06-04", rank=1))], AT + 60)
    assert done.updated == ("2506.00001",)
    assert done.merged == ()
    assert library.totals().papers == 1
    assert library.find(titled().id) == library.find("2506.00001")


def test_papers_of_one_answer_that_have_one_title_are_one(library: Library) -> None:
    done = library.upsert([item(1), Item(titled(1)), item(2), Item(titled(2)), Item(titled(3))], AT)
    assert len(done.new) == 3
    assert library.totals().papers == 3
    assert library.find(titled(1).id) == library.find("2506.00001")
    # A title that changes in the middle of an answer, to one that is asked for later in it.
    done = library.upsert([item(2, title=paper(4).title), Item(titled(4))], AT + 60)
    assert (done.new, library.totals().papers) == ((), 3)


def test_titles_are_looked_for_together(library: Library) -> None:
    library.upsert(items(3), AT)
    asked: list[str] = []
    library._write(lambda connection: connection.set_trace_callback(asked.append))
    library.upsert([Item(titled(number)) for number in range(1, papers.BATCH + 1)], AT)
    library._write(lambda connection: connection.set_trace_callback(None))
    assert len([statement for statement in asked if "title_key IN" in statement]) == 1
    assert library.totals().papers == papers.BATCH


def test_two_papers_that_turn_out_to_be_one_become_one(library: Library, journal: Journal) -> None:
    library.upsert([item(1, title="A working title")], AT)
    kept = library.find("2506.00001")
    title = titled().id
    library.upsert([Item(titled(summary="In short."), Listing(feed="daily", period="2026-06-01", rank=2))], AT - DAY)
    decide(library, journal, title, "tag:thesis")
    decide(library, journal, "2506.00001")
    done = library.upsert([item(1)], AT + 60)
    assert done.merged == ((title, "2506.00001"),)
    assert library.totals().papers == 1
    assert library.find("2506.00001") == kept
    found = library.detail(kept or 0)
    assert found is not None
    assert found.first_seen == AT - DAY
    assert found.state.starred
    assert found.state.tags == ("thesis",)
    assert found.paper.summary == "In short."
    assert {each.period for each in found.listings} == {"2026-06-01", "2026-06-04"}
    assert search(library, "working") == []


def test_decisions_follow_a_title_that_is_changed(library: Library, journal: Journal) -> None:
    library.upsert([Item(titled())], AT)
    decide(library, journal, titled().id)
    library.upsert([item(1)], AT + 1)
    library.upsert([item(1, title="Another title altogether")], AT + 2)
    assert starred(library) == {"2506.00001"}
    assert library.find(titled().id) == library.find("2506.00001")
    decide(library, journal, titled().id, value=False)
    assert starred(library) == set()


def test_decisions_about_a_paper_that_is_not_here_wait_for_it(library: Library, journal: Journal) -> None:
    decide(library, journal, "2506.00001")
    decide(library, journal, titled(2).id, "read")
    assert library.state(["2506.00001"]) == {"2506.00001": {"starred": True}}
    library.upsert(items(2), AT)
    assert starred(library) == {"2506.00001"}
    assert [row.read for row in library.rows([library.find("2506.00002") or 0])] == [True]


def test_papers_without_a_title_are_not_one_paper(library: Library) -> None:
    library.upsert([item(1, title="???"), item(2, title="!!!"), Item(paper(3, id=title_id("..."), title="..."))], AT)
    assert library.totals().papers == 3


def test_what_fails_in_the_middle_leaves_whole_batches(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    insert = index.insert
    count = 0

    def fail_at_seventy(*args: Any) -> None:
        nonlocal count
        count += 1
        if count == 70:
            raise OverflowError("Python int too large to convert to SQLite INTEGER")
        insert(*args)

    with monkeypatch.context() as patched:
        patched.setattr(index, "insert", fail_at_seventy)
        with pytest.raises(SaveError, match="not saved"):
            library.upsert(items(100), AT)
    assert library.totals().papers == papers.BATCH
    assert len(library.upsert(items(100), AT).new) == 50


def test_a_number_too_large_for_the_database_is_an_error_of_ours(library: Library) -> None:
    with pytest.raises(SaveError):
        library.upsert([item(1, upvotes=2**70)], AT)
    assert library.upsert([item(1)], AT).new == ("2506.00001",)


accounts = st.builds(
    lambda number, day, title, source, upvotes: Item(
        Paper(
            id=f"2506.{number:05d}" if number else title_id(title),
            title=title,
            text_source=source,
            authors=(Author("Ada"),),
            upvotes=upvotes,
        ),
        Listing(feed="daily", period=f"2026-06-0{day}", rank=1) if day else None,
    ),
    st.integers(0, 2),
    st.integers(0, 2),
    st.sampled_from(["One title", "Another title", "A $third$ title"]),
    st.sampled_from(["hf", "arxiv", "page"]),
    st.none() | st.integers(0, 3),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(accounts, max_size=4), max_size=5))
def test_whatever_comes_the_library_stays_sound(
    tmp_path_factory: pytest.TempPathFactory, deliveries: list[list[Item]]
) -> None:
    places = paths.under(tmp_path_factory.mktemp("library"))
    places.make()
    with closing(Library.open(places)) as library:
        for number, delivery in enumerate(deliveries):
            done = library.upsert(delivery, AT + number)
            named = {library.find(each) for each in (*done.new, *done.updated, *done.unchanged)}
            assert None not in named
            # Two papers may have one title; which of them the title alone means can change within a delivery.
            assert {library.find(each.paper.id) for each in delivery if each.paper.id.startswith("2506")} <= named
            assert len(named) <= len({each.paper.id for each in delivery})
            assert library.upsert(delivery, AT + number).new == ()
        assert library.care.index_agrees()
        ids = {each.paper.id for delivery in deliveries for each in delivery}
        assert all(library.find(paper_id) is not None for paper_id in ids)
        total = library.totals().papers
        assert total <= len(ids)
        assert len({library.find(paper_id) for paper_id in ids}) == total
