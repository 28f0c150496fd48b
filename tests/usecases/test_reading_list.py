from __future__ import annotations

from paperstui.paths import Paths
from paperstui.usecases import Desk, Place
from tests.usecases.reading import forget_library, in_transaction, journal_of, open_desk, write_journal

QUEUE = Place("queue")


def queued(desk: Desk) -> list[str]:
    """The numbers of the papers on the reading list, in its order."""
    return [row.id[-1] for row in desk.rows(desk.select(QUEUE, "").ids)]


def ids(*numbers: int) -> list[str]:
    return [f"2606.{number:05}" for number in numbers]


def move(desk: Desk, number: int, beside: int, *, after: bool) -> bool:
    papers = {row.id[-1]: row.rowid for row in desk.rows_of(ids(1, 2, 3, 4, 5))}
    return desk.move(papers[str(number)], papers[str(beside)], after=after) is not None


def test_papers_come_in_the_order_in_which_they_were_added(filled: Desk, places: Paths) -> None:
    decision = filled.decide(ids(4), "queued", True)
    assert decision is not None
    assert decision.label == "Added 1 paper to the reading list"
    filled.decide(ids(2, 5), "queued", True)
    assert queued(filled) == ["4", "2", "5"]
    [first, second] = journal_of(places)
    assert first["set"] == [["2606.00004", "queued", 1.0, None]]
    assert first["cite"]["2606.00004"]["title"] == "Paper 4"
    assert second["set"] == [["2606.00002", "queued", 2.0, None], ["2606.00005", "queued", 3.0, None]]


def test_a_paper_that_is_on_the_list_keeps_its_place(filled: Desk) -> None:
    filled.decide(ids(1, 2), "queued", True)
    assert filled.decide(ids(1), "queued", True) is None
    filled.decide(ids(1, 3), "queued", True)
    assert queued(filled) == ["1", "2", "3"]


def test_undo_gives_a_paper_its_place_back(filled: Desk) -> None:
    filled.decide(ids(1, 2, 3), "queued", True)
    taken = filled.decide(ids(2), "queued", False)
    assert taken is not None
    assert taken.label == "Took 1 paper off the reading list"
    assert queued(filled) == ["1", "3"]
    undone = filled.undo()
    assert undone is not None
    assert not undone.order
    assert queued(filled) == ["1", "2", "3"]
    assert filled.decide(ids(4), "queued", False) is None, "it was not on it"


def test_moving_can_be_undone(filled: Desk) -> None:
    filled.decide(ids(1, 2, 3), "queued", True)
    assert move(filled, 3, 2, after=False)
    assert queued(filled) == ["1", "3", "2"]
    assert move(filled, 1, 3, after=True)
    assert queued(filled) == ["3", "1", "2"]
    undone = filled.undo()
    assert undone is not None
    assert undone.order, "the list is to be shown again"
    assert undone.label == "Undone: Moved 1 paper in the reading list"
    assert queued(filled) == ["1", "3", "2"]
    assert not move(filled, 5, 1, after=True), "it is not on the list"
    assert not move(filled, 3, 1, after=True), "it stands there"


def test_moves_follow_each_other_while_the_library_is_busy(filled: Desk, places: Paths, impatient: None) -> None:
    del impatient
    filled.decide(ids(1, 2, 3), "queued", True)
    with in_transaction(places):
        papers = {row.id[-1]: row.rowid for row in filled.rows_of(ids(1, 2, 3, 4))}
        filled.decide(ids(4), "queued", True, follow=False)
        filled.move(papers["4"], papers["3"], after=False, follow=False)
        filled.move(papers["4"], papers["2"], after=False, follow=False)
    filled.follow()
    assert queued(filled) == ["1", "4", "2", "3"]


def test_two_devices_that_added_papers_at_one_place(filled: Desk, places: Paths) -> None:
    filled.decide(ids(1), "queued", True)
    write_journal(places, "other", {"t": 1, "set": [["2606.00002", "queued", 1.0, None]]})
    filled.poll()
    assert queued(filled) == ["1", "2"]
    assert move(filled, 2, 1, after=False)
    assert queued(filled) == ["2", "1"]


def test_the_list_comes_back_from_the_journal_alone(filled: Desk, places: Paths) -> None:
    filled.decide(ids(2, 1), "queued", True)
    filled.close()
    forget_library(places)
    again = open_desk(places)
    assert queued(again) == ["2", "1"]
    assert [row.title for row in again.rows(again.select(QUEUE, "").ids)] == ["Paper 2", "Paper 1"]
    again.close()


def test_a_hidden_paper_keeps_its_place(filled: Desk) -> None:
    filled.decide(ids(1, 2), "queued", True)
    filled.decide(ids(1), "hidden", True)
    filled.decide(ids(3), "queued", True)
    assert queued(filled) == ["2", "3"]
    filled.decide(ids(1), "hidden", False)
    assert queued(filled) == ["1", "2", "3"]
