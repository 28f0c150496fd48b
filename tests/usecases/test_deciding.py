from __future__ import annotations

import errno
import threading
from typing import Any

import pytest

from paperstui.errors import SaveError
from paperstui.journal import store
from paperstui.paths import Paths
from paperstui.usecases import Decision, Desk, Place
from paperstui.usecases.deciding import LATER
from tests.usecases.reading import fill, in_transaction, journal_of, locked, open_desk, starred, write_journal

FIRST, SECOND, THIRD = "2606.00001", "2606.00002", "2606.00003"


def test_a_decision_says_what_it_was_and_is_on_disk_and_shown(filled: Desk, places: Paths) -> None:
    assert filled.decide([FIRST], "starred", True) == Decision("Starred 1 paper", (FIRST,))
    assert filled.decide([FIRST, SECOND], "read", True) == Decision("Marked 2 papers read", (FIRST, SECOND))
    assert filled.decide([FIRST], "starred", False) == Decision("Took the star from 1 paper", (FIRST,))
    assert [line["label"] for line in journal_of(places)] == [
        "Starred 1 paper",
        "Marked 2 papers read",
        "Took the star from 1 paper",
    ]
    detail = filled.find(FIRST)
    assert detail is not None
    assert (detail.state.read, detail.state.starred) == (True, False)


def test_a_star_carries_a_citation_and_nothing_else_does(filled: Desk, places: Paths) -> None:
    filled.decide([FIRST, SECOND], "starred", True)
    filled.decide([FIRST], "read", True)
    filled.decide([FIRST], "starred", False)
    star, *others = journal_of(places)
    assert {paper: cited["title"] for paper, cited in star["cite"].items()} == {FIRST: "Paper 1", SECOND: "Paper 2"}
    assert all("cite" not in line for line in others)


def test_only_papers_that_change_are_in_a_decision(filled: Desk, places: Paths) -> None:
    filled.decide([FIRST], "starred", True)
    assert filled.decide([FIRST, SECOND, SECOND], "starred", True) == Decision("Starred 1 paper", (SECOND,))
    assert filled.decide([FIRST, SECOND], "starred", True) is None
    assert filled.decide([], "starred", True) is None
    assert filled.decide([THIRD], "read", False) is None
    assert len(journal_of(places)) == 2


def test_many_papers_have_a_comma(desk: Desk, places: Paths) -> None:
    papers = [f"2506.{number:05}" for number in range(1234)]
    decision = desk.decide(papers, "read", True)
    assert decision is not None
    assert decision.label == "Marked 1,234 papers read"
    assert len(journal_of(places)) == 1


def test_undo_and_redo_over_restarts(filled: Desk, places: Paths) -> None:
    filled.decide([FIRST], "starred", True)
    filled.decide([SECOND, THIRD], "read", True)
    filled.close()
    again = open_desk(places)
    assert again.undo() == Decision("Undone: Marked 2 papers read", (SECOND, THIRD))
    again.close()
    again = open_desk(places)
    assert again.undo() == Decision("Undone: Starred 1 paper", (FIRST,))
    assert again.undo() is None
    assert starred(again) == []
    again.close()
    again = open_desk(places)
    assert again.redo() == Decision("Redone: Starred 1 paper", (FIRST,))
    assert starred(again) == [FIRST]
    assert again.redo() == Decision("Redone: Marked 2 papers read", (SECOND, THIRD))
    assert again.redo() is None
    again.close()
    assert [line["undoes"] is None for line in journal_of(places)] == [True, True, False, False, False, False]


def test_undo_leaves_alone_what_was_decided_again(filled: Desk) -> None:
    filled.decide([FIRST, SECOND], "starred", True)
    filled.decide([FIRST], "starred", False)
    filled.decide([FIRST], "starred", True)
    filled.undo()
    filled.undo()
    assert starred(filled) == [FIRST, SECOND]
    assert filled.undo() == Decision("Undone: Starred 2 papers", (FIRST, SECOND))
    assert starred(filled) == []


def test_undo_leaves_alone_what_another_device_decided_later(filled: Desk, places: Paths) -> None:
    filled.decide([FIRST, SECOND], "starred", True)
    later = journal_of(places)[0]["t"][0] + 1000
    write_journal(
        places,
        "elsewhere",
        {"t": later, "set": [[FIRST, "starred", False, True]]},
        {"t": later + 1, "set": [[FIRST, "starred", True, False]]},
    )
    assert filled.undo() == Decision("Undone: Starred 2 papers", (SECOND,), 1)
    assert starred(filled) == [FIRST]


def test_undo_takes_back_only_what_this_device_decided(filled: Desk, places: Paths) -> None:
    filled.decide([FIRST], "starred", True)
    later = journal_of(places)[0]["t"][0] + 1000
    write_journal(places, "elsewhere", {"t": later, "set": [[SECOND, "starred", True, False]]})
    assert filled.undo() == Decision("Undone: Starred 1 paper", (FIRST,))
    assert filled.undo() is None
    assert starred(filled) == [SECOND]


def test_what_cannot_be_written_down_is_not_decided(
    filled: Desk, places: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.decide([FIRST], "starred", True)
    before = journal_of(places)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(store, "put", full)
    with pytest.raises(SaveError, match="the disk is full: the journal was not saved"):
        filled.decide([SECOND], "starred", True)
    with pytest.raises(SaveError, match="the disk is full: the journal was not saved"):
        filled.undo()
    assert journal_of(places) == before
    assert starred(filled) == [FIRST]
    monkeypatch.undo()
    assert filled.decide([SECOND], "starred", True)
    assert starred(filled) == [FIRST, SECOND]


@pytest.mark.usefixtures("impatient")
def test_a_decision_is_made_while_another_program_holds_the_library(places: Paths) -> None:
    desk = open_desk(places)
    fill(desk)
    with locked(places):
        decision = desk.decide([FIRST], "starred", True)
        assert decision is not None
        assert decision.papers == (FIRST,)
        assert "it is in the journal" in decision.label
        assert starred(desk) == [], "the library could not take it in"
        assert desk.decide([FIRST], "starred", True) is None, "but it is known"
        second = desk.decide([FIRST, SECOND], "starred", True)
        assert second is not None
        assert second.papers == (SECOND,)
        assert desk.poll() == ()
        undone = desk.undo()
        assert undone is not None
        assert undone.papers == (SECOND,)
        assert desk.decide([SECOND], "starred", False) is None
    assert desk.poll() == (), "these are this desk's own"
    assert starred(desk) == [FIRST]
    assert len(journal_of(places)) == 3
    desk.close()


@pytest.mark.usefixtures("impatient")
def test_a_process_that_starts_meanwhile_knows_what_the_library_does_not(places: Paths) -> None:
    desk = open_desk(places)
    fill(desk)
    with locked(places):
        desk.decide([FIRST], "starred", True)
        late = open_desk(places)
        assert late.decide([FIRST], "starred", True) is None
        assert late.undo() == Decision(f"Undone: Starred 1 paper; {LATER}", (FIRST,))
        assert late.redo() == Decision(f"Redone: Starred 1 paper; {LATER}", (FIRST,))
        assert any("another program" in notice for notice in late.notices)
    assert set(late.poll()) == {FIRST}, "which the other one starred"
    assert starred(late) == [FIRST]
    late.close()
    desk.close()


def test_a_damaged_library_does_not_take_a_decision_back(
    filled: Desk, places: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    from paperstui.library.connect import DamagedError

    def damaged(*_: object) -> None:
        raise DamagedError("the library is damaged")

    monkeypatch.setattr(filled.library, "catch_up", damaged)
    told = "Starred 1 paper; it is in the journal; the library is damaged"
    assert filled.decide([FIRST], "starred", True) == Decision(told, (FIRST,))
    assert len(journal_of(places)) == 1


def test_a_decision_is_shown_before_the_library_follows(filled: Desk, places: Paths) -> None:
    rowid = filled.rows_of([FIRST])[0].rowid
    with in_transaction(places):
        # No wait for the library, whoever is writing to it.
        assert filled.decide([FIRST], "starred", True, follow=False) == Decision("Starred 1 paper", (FIRST,))
        assert filled.decide([FIRST, SECOND], "read", True, follow=False) is not None
        assert len(journal_of(places)) == 2
        assert starred(filled) == []
        assert [row.starred for row in filled.rows_of([FIRST])] == [True]
        assert [(row.starred, row.read) for row in filled.rows([rowid, rowid + 1])] == [(True, True), (False, True)]
        detail = filled.find(FIRST)
        assert detail is not None
        assert (detail.state.starred, detail.state.read) == (True, True)
        assert filled.decide([FIRST], "starred", True, follow=False) is None
        assert filled.undo(follow=False) == Decision("Undone: Marked 2 papers read", (FIRST, SECOND))
        assert filled.undo(follow=False) == Decision("Undone: Starred 1 paper", (FIRST,))
        assert filled.redo(follow=False) == Decision("Redone: Starred 1 paper", (FIRST,))
        assert [row.starred for row in filled.rows_of([FIRST])] == [True]
    assert filled.follow() == ""
    assert starred(filled) == [FIRST]
    assert [(row.starred, row.read) for row in filled.rows([rowid])] == [(True, False)]


def test_what_was_decided_while_the_library_followed_is_still_shown(
    filled: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.decide([FIRST], "starred", True, follow=False)
    written = filled.library._write

    def slow(*args: Any, **kwargs: Any) -> Any:
        monkeypatch.undo()
        filled.decide([FIRST], "starred", False, follow=False)
        return written(*args, **kwargs)

    monkeypatch.setattr(filled.library, "_write", slow)
    assert filled.follow() == ""
    assert [row.starred for row in filled.rows_of([FIRST])] == [False], "decided last"
    assert starred(filled) == [FIRST], "as far as the library is"
    assert filled.follow() == ""
    assert starred(filled) == []


def test_what_could_not_be_read_back_is_still_shown(filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    filled.decide([FIRST], "starred", True, follow=False)

    def unreadable(*_: object) -> int:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(store, "open_regular", unreadable)
    filled.follow()
    assert [row.starred for row in filled.rows_of([FIRST])] == [True]
    monkeypatch.undo()
    assert filled.follow() == ""
    assert starred(filled) == [FIRST]


def test_a_desk_that_did_not_follow_lost_nothing(filled: Desk, places: Paths) -> None:
    filled.decide([FIRST], "starred", True, follow=False)
    filled.close()
    again = open_desk(places)
    assert starred(again) == [FIRST]
    again.close()


def test_two_threads_decide_at_once(filled: Desk, places: Paths) -> None:
    papers = [f"2606.{number:05}" for number in range(1, 6)]

    def star_all() -> None:
        for paper in papers:
            filled.decide([paper], "starred", True)

    threads = [threading.Thread(target=star_all) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert starred(filled) == papers
    assert len(journal_of(places)) == 5, "nothing is decided twice"


def test_a_lost_journal_is_written_anew_and_said(filled: Desk, places: Paths) -> None:
    filled.decide([FIRST], "starred", True)
    [file] = places.journal.glob("*.jsonl")
    file.unlink()
    again = open_desk(places)
    assert any("written anew from the library" in notice for notice in again.notices)
    assert starred(again) == [FIRST]
    assert journal_of(places)[0]["set"] == [[FIRST, "starred", True, None]]
    assert again.select(Place("starred"), "").total == 1
    again.close()


@pytest.mark.parametrize("what", ["rows", "rows_by_id", "detail", "state"])
def test_what_is_taken_in_while_it_is_read_is_shown(filled: Desk, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    [row] = filled.rows_of(["2606.00001"])
    filled.decide([row.id], "starred", True, follow=False)
    real = filled.library._read

    def read(function: Any, *args: Any, **kwargs: Any) -> Any:
        """The library follows when the old state has been read."""
        found = real(function, *args, **kwargs)
        monkeypatch.undo()
        filled.follow()
        return found

    monkeypatch.setattr(filled.library, "_read", read)
    if what == "rows":
        assert filled.rows([row.rowid])[0].starred
    elif what == "rows_by_id":
        assert filled.rows_of([row.id])[0].starred
    elif what == "detail":
        detail = filled.detail(row.rowid)
        assert detail is not None
        assert detail.state.starred
    else:
        assert filled.library.state([row.id])[row.id]["starred"] is True
    assert not filled.behind
