"""What a check-up says."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

State = Literal["ok", "note", "wrong"]
"""In order; worth knowing, but nothing is wrong; wrong."""

MEND = "paperstui doctor --repair"


class Finding(Struct, frozen=True, kw_only=True):
    """One thing that was looked at.

    id: which, in one word. text: how it is, in one line. advice: what to do about it, "" for nothing. unusable: it keeps
    the library from being used at all.
    """

    id: str
    state: State = "ok"
    text: str
    advice: str = ""
    unusable: bool = False


def counted(number: int, thing: str, things: str = "") -> str:
    """How many of what there is: 1 paper, 2 papers."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


def in_bytes(size: int) -> str:
    """A size as a person says it: "312 kB", "4.2 GB"."""
    for unit, power in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= power:
            return f"{size / power:.1f} {unit}" if size < 10 * power else f"{size // power:,} {unit}"
    return f"{size} bytes"
