"""Several processes over one directory: what one decides the others see."""

from __future__ import annotations

import pytest

from paperstui.paths import Paths
from paperstui.usecases import Decision, Desk
from tests.commands.calling import process
from tests.usecases.reading import fill, item, journal_of, locked, open_desk, starred, write_journal

FIRST, SECOND, THIRD = "2606.00001", "2606.00002", "2606.00003"


def test_what_the_one_decides_the_other_is_told(filled: Desk, other: Desk) -> None:
    assert (filled.poll(), other.poll()) == ((), ())
    filled.decide([FIRST, SECOND], "starred", True)
    assert starred(other) == [FIRST, SECOND], "the library is the same"
    assert set(other.poll()) == {FIRST, SECOND}, "and that it changed is told"
    assert other.poll() == (), "once"
    assert filled.poll() == (), "and not to whom it was"
    other.decide([FIRST], "starred", False)
    assert filled.poll() == (FIRST,)
    assert other.poll() == ()


def test_deciding_oneself_does_not_hide_what_others_decided(filled: Desk, other: Desk) -> None:
    filled.decide([FIRST], "starred", True)
    other.decide([SECOND], "starred", True)
    other.undo()
    assert other.poll() == (FIRST,)
    assert filled.poll() == (SECOND,)


def test_a_third_process_projects_what_a_second_decided(filled: Desk, other: Desk, places: Paths) -> None:
    later = 1_790_000_000_000
    write_journal(places, "elsewhere", {"t": later, "set": [[FIRST, "starred", True, False]]})
    open_desk(places).close()
    assert filled.poll() == (FIRST,)
    # An older line may come later; whoever projects it, the others see it.
    write_journal(places, "faraway", {"t": 1_600_000_000_000, "set": [[SECOND, "starred", True, False]]})
    assert other.poll() == (FIRST, SECOND)
    assert filled.poll() == (SECOND,)
    assert starred(filled) == [FIRST, SECOND]


def test_a_command_in_another_process_is_seen(filled: Desk) -> None:
    assert process("star", THIRD).out == "Starred 1 paper\n"
    assert filled.poll() == (THIRD,)
    assert starred(filled) == [THIRD]
    assert filled.undo() == Decision("Undone: Starred 1 paper", (THIRD,)), "of this device, whichever process it was"
    assert process("list", "is:starred").lines == []


def test_both_decide_about_the_same_paper(filled: Desk, other: Desk, places: Paths) -> None:
    filled.decide([FIRST], "starred", True)
    assert other.decide([FIRST], "starred", True) is None
    other.decide([FIRST], "starred", False)
    filled.decide([FIRST], "starred", True)
    assert starred(other) == [FIRST]
    stamps = [tuple(line["t"]) for line in journal_of(places)]
    assert stamps == sorted(stamps)
    assert len(set(stamps)) == len(stamps)


@pytest.mark.usefixtures("impatient")
def test_what_could_not_be_taken_in_is_told_when_it_is(places: Paths) -> None:
    one, two = open_desk(places), open_desk(places)
    fill(one)
    with locked(places):
        one.decide([FIRST], "starred", True)
        assert two.poll() == (), "nothing to be seen yet"
    assert two.poll() == (FIRST,)
    assert starred(two) == [FIRST]
    one.close()
    two.close()


def test_papers_that_the_other_brings_are_there(filled: Desk, other: Desk) -> None:
    fill(other, item(9))
    assert filled.find("2606.00009") is not None
