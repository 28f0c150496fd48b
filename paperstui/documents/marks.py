"""Marks of footnotes, raised where there are such letters, so that they are told apart from citations."""

from __future__ import annotations

from paperstui.text.mathematics import rendering

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def note_mark(mark: str) -> str:
    """A mark as it is shown: "¹²" for a number ("^12" where that is too much), "†" for a sign, "[a]" for anything else."""
    if mark.isascii() and mark.isdecimal():
        return f"^{mark}" if rendering() == "ascii" else mark.translate(_RAISED)
    return mark if len(mark) == 1 and not mark.isalnum() else f"[{mark}]"
