"""Scripts and ties in prose: which `^`, `_` and `~` are LaTeX's, and which are only characters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from paperstui.text import latex_macros as macros

if TYPE_CHECKING:
    from paperstui.text.latex_prose import Prose
    from paperstui.text.latex_scan import Token

MAX_SCRIPT: Final = 80  # characters of a script outside of formulas

# Scripts without braces outside of formulas: a number with its sign, a single letter, a star.
_RAISED: Final = re.compile(r"[+\-−]?\d+(?:\.\d+)?|[A-Za-zα-ω](?![A-Za-z])|\*(?!\w)|[+\-](?![\w.])")
_LOWERED: Final = re.compile(r"(?:\d+|[A-Za-zα-ωΑ-Ω])(?![\w{/]|\.\w)")
_LONE_LETTER: Final = re.compile(r"(?:^|[^\w.\\/-])[^\W\d_]$")
# What has no script: file names, regular expressions and faces.
_NO_BASE: Final = frozenset('([{<,.;:!?"“‘/\\-–—=+~^_&@#')
# "60%~70%", "5~10", "r~0": behind these and before a number, a tie means "to" or "about".
_NUMBER_BEHIND: Final = re.compile(r"(?<![\w.])(?:\d[\d.,]*\s?[%A-Za-z]{0,2}|[a-z])$")


def end(prose: Prose, index: int, stop: int, *, certain: bool = False) -> int | None:
    """Where in the source the scripts end that begin with the `^` or `_` at `index`; None if it is only a character.

    certain: they stand behind a command or another script. Else the character before them must be able to have one.
    """
    tokens = prose.tokens
    base = prose.last
    if index + 1 >= stop or not (certain or (base and not base.isspace() and base not in _NO_BASE)):
        return _isotope_end(prose, index, stop) if tokens[index].text == "^" else None
    offset = _one_end(prose, index, stop, certain=certain)
    if offset is None:
        return None
    other = prose.seek(index, offset)  # "x_1^2": one of each sort
    if other + 1 < stop and tokens[other].text in ("^", "_") and tokens[other].text != tokens[index].text:
        return _one_end(prose, other, stop, certain=True) or offset
    return offset


def _one_end(prose: Prose, index: int, stop: int, *, certain: bool) -> int | None:
    """Where in the source the script of the `^` or `_` at `index` ends, or None."""
    following = prose.tokens[index + 1]
    close = prose.group(index + 1, stop)
    if close is not None:
        size = prose.tokens[close].start - following.start
        return prose.ends(close) if 1 < size <= MAX_SCRIPT else None
    if following.kind == "command":
        return macros.extent(prose, index + 1, stop)
    return _bare_end(prose, prose.tokens[index].text, following, certain=certain) if following.kind == "text" else None


def _isotope_end(prose: Prose, index: int, stop: int) -> int | None:
    """Where a raised number without a base ends ("^{13}C"); None if there is none."""
    close = prose.group(index + 1, stop)
    if close is not None and prose.raw(index + 2, close).isdigit() and prose.after(close).isalpha():
        return prose.ends(close)
    return None


def _bare_end(prose: Prose, mark: str, following: Token, *, certain: bool) -> int | None:
    """Where a script without braces ends; None if it is none."""
    if mark == "^":
        match = _RAISED.match(prose.source, following.start)
    elif certain or (prose.loose and _LONE_LETTER.search(prose.tail)):
        match = _LOWERED.match(prose.source, following.start)
    else:
        match = None
    return match.end() if match else None


def tie(tail: str, after: str, following: str) -> str:
    """What a tie shows: a space, the tilde itself, or nothing.

    tail: what was written before it. after: the character behind it. following: the kind of the token behind it.
    """
    before = tail[-1:]
    if not before or before.isspace():
        return "" if following == "url" or after in ("\\", "{") else "~"
    if after.isdigit() and (before in "(<>=≈±[{/-–×" or _NUMBER_BEHIND.search(tail)):
        return "~"
    if before in "([{":
        return "~" if after.isspace() else ""
    if before == "/" or (after == "/" and not before.isalnum()):
        return "~"
    return " "
