"""How often Python looks through everything for garbage.

A long text is a hundred thousand objects. Looking through them all takes up to a tenth of a second, in which no thread
goes on and no key is answered. So it is done seldom while one is open, and then when nobody presses a key for a while:
Textual's strips of text refer to themselves, and would gather. What is new is looked through as often as before.
"""

from __future__ import annotations

import gc

SELDOM = 1_000
"""Searches among what is new for each one of everything, while a text is open."""

_usual: list[int] = []


def seldom() -> None:
    """A text is open."""
    first, second, everything = gc.get_threshold()
    if not _usual:
        _usual.append(everything)
        gc.set_threshold(first, second, SELDOM)


def usual() -> None:
    """No text is open any more."""
    if _usual:
        gc.set_threshold(*gc.get_threshold()[:2], _usual.pop())


def at_rest() -> None:
    """Nobody has pressed a key for a while: what would have been done before now is done now."""
    if _usual and gc.get_count()[2] > _usual[0]:
        gc.collect()
