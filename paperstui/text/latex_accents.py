r"""Accents in prose: `\'e`, `\"{o}`, `\c{c}`, and what looks like one and is none."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from paperstui.text.latex_tables import LETTERS, SYMBOLS, TEXT_ACCENTS

if TYPE_CHECKING:
    from paperstui.text.latex_atoms import Style
    from paperstui.text.latex_prose import Prose

MAX_ACCENTED: Final = 12  # characters of what an accent stands over ("{\\i}"): more is no letter

_POSSESSIVES: Final = frozenset("stdm")
_TRAILING_WORD: Final = re.compile(r"(?<![\w-])[^\W\d_]+$")
_WITH_DOT: Final = {"ı": "i", "ȷ": "j"}  # an accent takes the place of the dot


def read(prose: Prose, name: str, index: int, end: int, style: Style, link: str) -> int:
    """Write the letter with the accent of the command at `index`; without a letter, the accent's own character.

    Returns where the next token is.
    """
    base, following = _base(prose, index + 1, end)
    if name == "'" and _is_apostrophe(prose, base, index):
        prose.write("'", style, link)
        return index + 1
    letter = unicodedata.normalize("NFC", f"{base[:1]}{TEXT_ACCENTS[name]}{base[1:]}")
    if not base[:1].isalpha() or (len(letter) > len(base) and following is None):
        prose.write(name, style, link)
        close = prose.group(index + 1, end)  # "\~{}" is a tilde
        return close + 1 if close is not None and not prose.raw(index + 2, close).strip() else index + 1
    prose.write(letter, style, link)
    return prose.seek(index, prose.ends(index) + 1) if following is None else following


def by_letter(prose: Prose, name: str, index: int, end: int, style: Style, link: str) -> int | None:
    r"""An accent by a letter (`\c{c}`); None if the command is the author's own.

    arXiv takes the start of some commands for an accent: it makes `\k{appa}` of `\kappa`.
    """
    close = prose.group(index + 1, end)
    if close is not None:
        inside = prose.raw(index + 2, close)
        if name + inside in SYMBOLS:
            prose.write(SYMBOLS[name + inside], style, link)
            return close + 1
        return read(prose, name, index, end, style, link) if 0 < len(inside) <= 4 else None
    at = prose.ends(index)
    letter = prose.source[at + 1 : at + 2]
    if prose.source[at : at + 1] == " " and letter.isalpha() and (prose.last.isalpha() or letter.isupper()):
        prose.swallow(index + 1)
        return read(prose, name, index, end, style, link)
    return None


def _base(prose: Prose, index: int, end: int) -> tuple[str, int | None]:
    """What an accent stands over, and where the next token is (None: behind the first character of the token)."""
    if index >= end:
        return "", index
    token = prose.tokens[index]
    close = prose.group(index, end)
    if close is not None:
        if prose.tokens[close].start - token.start > MAX_ACCENTED:  # so that nothing that nests is read twice
            return "", index
        base = prose.rendered(index + 1, close)
        return _WITH_DOT.get(base, base), close + 1
    if token.kind == "command" and token.text in LETTERS:
        prose.swallow(index + 1)
        base = SYMBOLS[token.text]
        return _WITH_DOT.get(base, base), index + 1
    return (token.text[:1], None) if token.kind == "text" else ("", index)


def _is_apostrophe(prose: Prose, base: str, index: int) -> bool:
    r"""Whether an escaped apostrophe is one: in "the model\'s" it is, in "{\L}o\'s" it is an accent."""
    at = prose.ends(index)
    if base not in _POSSESSIVES or prose.source[at + 1 : at + 2].isalpha() or not prose.last.isalnum():
        return False
    word = _TRAILING_WORD.search(prose.tail)
    return word is None or len(word[0]) > 2 or not word[0][0].isupper() or word[0].isupper()
