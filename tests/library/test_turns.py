from __future__ import annotations

import threading

from paperstui.library.turns import Turns


def test_turns_are_taken_in_the_order_they_were_asked_for() -> None:
    turns = Turns()
    order: list[int] = []

    def take(number: int) -> None:
        with turns:
            order.append(number)

    threads = [threading.Thread(target=take, args=(number,)) for number in range(20)]
    with turns:
        for number, thread in enumerate(threads):
            thread.start()
            while turns._next < number + 2:
                threading.Event().wait(0.001)
        order.append(-1)
    take(99)
    for thread in threads:
        thread.join()
    assert order == [-1, *range(20), 99]


def test_a_turn_is_taken_at_once_only_while_nobody_has_one() -> None:
    turns = Turns()
    with turns.at_once() as free:
        assert free
        with turns.at_once() as second:
            assert not second
    with turns, turns.at_once() as third:
        assert not third
    with turns.at_once() as again:
        assert again
