"""Scripts and ties in prose: which `^`, `_` and `~` are LaTeX's, and which are only characters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from paperstui.text import latex_macros as macros
from paperstui.text.latex_tables import SUBSCRIPT, SUPERSCRIPT, words

if TYPE_CHECKING:
    from paperstui.text.latex_prose import Prose
    from paperstui.text.latex_scan import Token

MAX_SCRIPT: Final = 80  # characters of a script outside of formulas

# Scripts without braces outside of formulas: a number with its sign, a single letter, a star.
_RAISED: Final = re.compile(r"[+\-−]?\d+(?:\.\d+)?|[A-Za-zα-ω](?![A-Za-z])|\*(?!\w)|[+\-](?![\w.])")
_LOWERED: Final = re.compile(r"(?:\d+|[A-Za-zα-ωΑ-Ω])(?![\w{/]|\.\w)")
_LONE_LETTER: Final = re.compile(r"(?:^|[^\w.\\/-])[^\W\d_]$")
# The beginning of the formula of a compound, and a number in it with the element that may follow.
_COMPOUND: Final = re.compile(r"(?:^|[^\w.\\/-])((?:[A-Z][a-z]?[₀-₉]*)+)$")
_ELEMENT: Final = re.compile("[A-Z][a-z]?")
_ATOMS: Final = re.compile(r"\d+(?=([A-Z][a-z]?))|\d+(?![\w{/]|\.\w)")
_ELEMENTS: Final = frozenset(
    words(
        """
    H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb Mo
    Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb
    Bi Th Pa U Pu
    """
    )
)
_COMPOUNDS: Final = frozenset(words("CO NO SO NH CH CF SF PO WS VO WO UO UF BF HNO HPO KNO"))  # no names in capitals
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


def single(source: str) -> str | None:
    """What is written of a script outside of formulas that is one character or a number ("^2", "_10"), as most of them are.

    None for anything else.
    """
    if source[:1] not in ("^", "_"):
        return None
    inside = source[1:]
    if len(inside) != 1 and not inside.isdecimal():
        return None
    table = SUPERSCRIPT if source[0] == "^" else SUBSCRIPT
    if all(char in table for char in inside):
        return "".join(table[char] for char in inside)
    return source if inside.isalnum() and inside != "ϵ" else None


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
    else:
        lone = certain or _LONE_LETTER.search(prose.tail)
        match = _LOWERED.match(prose.source, following.start) if lone else None
        match = match or _count(prose.tail, prose.source, following.start)
    return match.end() if match else None


def _count(tail: str, source: str, start: int) -> re.Match[str] | None:
    """The number of atoms at `start` in the formula of a compound, whose beginning is the end of `tail`: TiO_2, Y_2Ba_4O."""
    compound = _COMPOUND.search(tail)
    number = _ATOMS.match(source, start)
    if not compound or not number or (number[1] and number[1] not in _ELEMENTS):
        return None
    parts = _ELEMENT.findall(compound[1])
    certain = any(len(part) > 1 for part in parts) or number[1] or compound[1] in _COMPOUNDS
    return number if certain and (len(parts) > 1 or number[1]) and _ELEMENTS.issuperset(parts) else None


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
