"""A letter on its way: what is handed over, and the two ways in which that can fail."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from paperstui.errors import PaperstuiError

Handing = Callable[[], None]
"""Called when the letter is all but delivered: the next byte makes it so. If it raises, nothing is delivered."""

ANSWER = 600.0
"""Seconds to wait for the last answer, after which a letter counts as delivered (RFC 5321, section 4.5.3.2.6).

Whoever gives up earlier cannot know whether it was.
"""


class Envelope(Struct, frozen=True):
    """Who sends and who receives, as bare ASCII addresses, and the message with its headers."""

    sender: str
    to: tuple[str, ...]
    message: bytes


class NotSentError(PaperstuiError):
    """The letter was not delivered to anybody. lasting: trying again will not help before something is changed."""

    def __init__(self, message: str, *, lasting: bool = False) -> None:
        super().__init__(message)
        self.lasting = lasting


class UnconfirmedError(PaperstuiError):
    """The letter was handed over, and nobody said whether it was taken."""
