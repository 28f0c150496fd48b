"""Mathematics in ASCII: "alpha", "x^2", "sum_{i=1}^N", "sqrt(n)", "R^d".

The same reading of LaTeX as everywhere; what a formula is in Unicode is then written with names and signs. Of prose only what
LaTeX commands stand for is written so: accents of names, dashes and quotation marks are not mathematics and stay. Text inside
of a formula has its accents taken off, for there is no place for them there. Words are kept apart, and what has no name in
ASCII (a Chinese letter) stays as it is, so nothing is lost.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from paperstui.text import ascii_signs as signs
from paperstui.text.latex_atoms import Pieces, Style
from paperstui.text.latex_bare import restored
from paperstui.text.latex_math import Formula
from paperstui.text.latex_prose import Prose

_OPENING: Final = frozenset(" ([{")
_CLOSING: Final = frozenset(" )]},;:")
_BEHIND_BASE: Final = frozenset(")]}'")
_SMALL: Final = "".join((*signs.RAISED, *signs.LOWERED))
# What follows "^" or "_" where Unicode has no scripts for it (`latex_atoms.script`), or in text that is in ASCII already.
_SCRIPT: Final = re.compile(
    rf"(?:(?![{_SMALL}])[^\W_][\u0300-\u036f\u20d0-\u20f0]*)+(?:\.\d+)?|\\[A-Za-z]+|[+-]\d+|[^\w\s(){{}}\[\],;]"
)
_PLAIN_SCRIPT: Final = re.compile(r"[A-Za-z0-9.]+|[+-]\d+|\\[A-Za-z]+|[^\s\w]|\([^()]*\)", re.ASCII)
_PUT_BACK: Final = {"×": r"\times{}", "≈": r"\approx{}", "°": r"\degree{}"}


class Writer:
    """Writes characters of mathematics in ASCII, one stretch of text after the other.

    last: the character before. prose: it is text, of which only symbols are written anew. apart: what has to be kept apart
    from what comes next: "word" from letters and digits, "letter" from letters, "infix" from all but closing brackets.
    """

    def __init__(self, last: str = "", *, prose: bool = False) -> None:
        self.last = last
        self.prose = prose
        self.apart = ""
        self._out: list[str] = []
        self._following = ""

    def write(self, text: str, following: str = "") -> str:
        """What a text is in ASCII, with the space before it that it needs. following: the character behind it."""
        if text.isascii() and not self.apart:
            self.last = text[-1:] or self.last
            return text
        self._out, self._following = [], following
        ends: list[int] = []  # where what the roots stand over ends, innermost last
        partner = _partners(text)
        at = 0
        while at < len(text):
            while ends and ends[-1] == at:
                ends.pop()
                self._put(")")
            char = text[at]
            if char in signs.ROOTS:
                at = self._root(text, at, ends, partner, signs.WORDS[char])
            elif char in signs.RAISED or char in signs.LOWERED:
                at = self._scripts(text, at, ends, partner)
            elif char in "^_" and not self.prose:
                at = self._script(text, at)
            else:
                at = self._sign(text, at)
        self._out += ")" * len(ends)
        if ends:
            self.last = ")"
        return "".join(self._out)

    def _put(self, text: str) -> None:
        """Characters as they are, with a space before them if they would run into a word."""
        if _run_together(self.apart, text[:1]):
            self._out.append(" ")
        self.apart = ""
        self._out.append(text)
        self.last = text[-1:] or self.last

    def _word(self, word: str, *, apart: str = "word") -> None:
        """A word, kept apart from what is before it, and by `apart` from what comes next."""
        before = self.last
        needed = before not in _OPENING if apart == "infix" else self._behind_base()
        if before and needed and before not in "^_":
            self.apart = ""
            self._put(" ")
        self._put(word)
        self.apart = apart

    def _sign(self, text: str, at: int) -> int:
        """One character with the marks over it; where the next begins."""
        char, end = text[at], at + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        marks = text[at + 1 : end]
        if char.isascii() and not marks:
            self._put(char)
        elif char in signs.MARKS and not self.prose:  # over a sign that takes none
            self._word(signs.MARKS[char])
            return at + 1
        elif not (marks or self._known(char, text[end : end + 1] or self._following)):
            spelled = unicodedata.normalize("NFD", char)
            if spelled[0] != char and len(spelled) > 1 and not self.prose:
                self._marked(spelled[0], spelled[1:])
            else:
                self._other(char)
        elif marks and self.prose:
            self._put(text[at:end])
        elif marks:
            self._marked(char, marks)
        return end

    def _known(self, char: str, following: str) -> bool:
        """Write a character that has a name or a sign of its own; False for one that has none."""
        if self.prose and (char in signs.OF_PROSE or _is_latin(char)):
            return False
        if char in (signs.TIMES, signs.DEGREE):
            (self._times if char == signs.TIMES else self._degree)(following)
        elif char in signs.SIGNS:
            self._put(signs.SIGNS[char])
        elif char in signs.WORDS:
            word = signs.WORDS[char]
            if char in "†‡" and self._behind_base() and not self.prose:  # raised, which it is anyway
                self._put("^")
            infix = char in signs.INFIX or " " in word
            self._word(word, apart="infix" if infix else "" if word[-1] == "(" else "word")
        else:
            return False
        return True

    def _behind_base(self) -> bool:
        """Whether what comes next stands directly behind something that it could run into, or be a script of."""
        return self.last.isalnum() or self.last in _BEHIND_BASE

    def _times(self, following: str) -> None:
        """The sign between numbers and behind them is a part of them ("2x", "3x3"), between letters a word."""
        if self.last.isdigit() and not following.isalpha() and following not in ("\\", "("):
            self._put("x")
            self.apart = "letter"
        elif self.last in ("", *_OPENING) and (following.isdigit() or following in ("", " ")):
            self._put("x")
        else:
            self._word("x", apart="infix")

    def _degree(self, _: str) -> None:
        """Degrees of a number; on anything else it is a circle."""
        if self.last.isdigit() or self.last in ("", " "):
            self._word("deg")
        else:
            self._put("^")
            self._word("circ")

    def _other(self, char: str) -> None:
        """A character that is another in other clothes (a letter of a mathematical alphabet), or has no name in ASCII."""
        same = unicodedata.normalize("NFKD", char)
        if same == char or (self.prose and _is_latin(char)) or (self.prose and char in signs.OF_PROSE):
            self._put(char)
            return
        for part in same:
            if part.isascii() or not self._known(part, ""):
                self._put(part)

    def _marked(self, base: str, marks: str) -> None:
        """A character under marks: "hat(x)", "not subset"."""
        inner = Writer()
        text = inner.write(base)
        for mark in marks:
            if mark == signs.NOT:
                text = f"not {text}"
            elif mark in signs.MARKS:
                text = f"{signs.MARKS[mark]}({text})"
            else:
                text += mark
        self._word(text, apart="infix" if signs.NOT in marks else "word")

    def _root(self, text: str, at: int, ends: list[int], partner: dict[int, int], name: str) -> int:
        """The sign of a root: before a bracket its name, before anything else with parentheses around that."""
        self._word(name, apart="")
        following = text[at + 1 : at + 2]
        if not following or following.isspace() or following in "([{|‖⟨⌊⌈)]},;=+" or unicodedata.combining(following):
            self.apart = "word"
            return at + 1
        inside = at and text[at - 1] in signs.ROOTS and ends
        end = ends[-1] if inside else _operand_end(text, at + 1, partner)
        if end <= at + 1:
            self.apart = "word"
            return at + 1
        self._put("(")
        ends.append(end)
        return at + 1

    def _scripts(self, text: str, at: int, ends: list[int], partner: dict[int, int]) -> int:
        """Raised or lowered characters: `^2`, `_{i+j}`; before the sign of a root and behind nothing, which root it is."""
        table, mark = (signs.RAISED, "^") if text[at] in signs.RAISED else (signs.LOWERED, "_")
        end = at
        while end < len(text) and text[end] in table:
            end += 1
        inside = "".join(table[char] for char in text[at:end])
        if mark == "^" and text[end : end + 1] == "√" and (not self.last or self.last in _OPENING):
            return self._root(text, end, ends, partner, f"root_{_braced(inside)}")
        self._attach(mark, inside)
        return end

    def _script(self, text: str, at: int) -> int:
        """A script that Unicode has no characters for, as it stands behind its sign."""
        match = _SCRIPT.match(text, at + 1)
        if not match or text[at + 1] in signs.ROOTS:
            self._put(text[at])
            return at + 1
        self._attach(text[at], match[0])
        return match.end()

    def _attach(self, mark: str, inside: str) -> None:
        """A script behind its sign, in braces if it is more than a word, a number or one sign."""
        self.apart = ""
        self._put(mark + _braced(inside))
        self.apart = "word"


class AsciiProse(Prose):
    """Prose whose mathematics is written in ASCII."""

    ascii_only = True
    _made = False  # whether what is written now is what a command stands for
    _apart = ""
    _apart_next = ""

    def rendering(self, source: str, after: str) -> Pieces:
        """A formula in pieces, in ASCII."""
        pieces = _together(Formula(source, _words, self.depth).pieces(self.last, after))
        writer = Writer(self.last)
        writer.apart, self._apart = self._apart, ""
        found: Pieces = []
        for index, (text, style) in enumerate(pieces):
            following = pieces[index + 1][0][:1] if index + 1 < len(pieces) else after
            found.append((writer.write(text, following), style))
        # "H_2O" is one thing.
        self._apart_next = "" if writer.last.isdigit() else writer.apart
        return found

    def formula(self, source: str, style: Style, link: str, after: str, *, display: bool = False) -> None:
        """Write a formula; a word at its end is kept apart from what comes next."""
        self._made, self._apart_next = False, ""
        super().formula(source, style, link, after, display=display)
        self._apart = self._apart_next

    def write(self, text: str, style: Style, link: str) -> None:
        """Append text; that of a command as ASCII, if it is a symbol."""
        if self._made or self._apart:
            writer = Writer(self.last, prose=True)
            writer.apart, self._apart = self._apart, ""
            if self._made:
                text = writer.write(text)
                self._apart = writer.apart
            elif text and _run_together(writer.apart, text[0]):
                text = f" {text}"
        super().write(text, style, link)

    def _step(self, index: int, end: int, style: Style, link: str) -> int:
        before, self._made = self._made, self.tokens[index].kind in ("command", "sign")
        try:
            return super()._step(index, end, style, link)
        finally:
            self._made = before


def restored_names(source: str) -> str:
    """What `latex_bare.restored` puts back, with its signs as commands, so that they can be told from those of the text."""
    text = restored(source)
    for sign, command in _PUT_BACK.items():
        if sign in text and sign not in source:
            text = text.replace(sign, command)
    return text


def folded(text: str) -> str:
    """Text of a formula in ASCII: its accents taken off, dashes and quotation marks as a typewriter has them."""
    if text.isascii():
        return text
    parts = []
    for char in text:
        base = unicodedata.normalize("NFD", char)
        if char in signs.LATIN:
            parts.append(signs.LATIN[char])
        elif base[0].isascii() and base[0].isalpha():
            parts.append(base[0])
        elif not unicodedata.combining(char) or not (parts and parts[-1][-1:].isalpha()):
            parts.append(signs.SIGNS.get(char, char) if char in signs.OF_PROSE else char)
    return "".join(parts)


def _braced(inside: str) -> str:
    """What stands in a script, in ASCII, and in braces if it is more than one thing."""
    written = inside if inside.isascii() else Writer().write(inside)
    return written if _PLAIN_SCRIPT.fullmatch(written) else f"{{{written}}}"


def _words(source: str, depth: int) -> Pieces:
    """Text inside a formula."""
    return [(folded(piece.text), piece.style) for piece in AsciiProse(source, depth=depth + 1).pieces()]


def _together(pieces: Pieces) -> Pieces:
    """Neighbours in one style as one piece."""
    found: list[tuple[list[str], Style]] = []
    for text, style in pieces:
        if found and found[-1][1] == style:
            found[-1][0].append(text)
        else:
            found.append(([text], style))
    return [("".join(parts), style) for parts, style in found]


def _run_together(apart: str, following: str) -> bool:
    """Whether a character would be read as part of what stands before it. apart: as of `Writer`."""
    if apart == "infix":
        return following not in _CLOSING
    return (apart == "word" and following.isalnum()) or (apart == "letter" and following.isalpha())


def _is_latin(char: str) -> bool:
    return char.isalpha() and unicodedata.name(char, "").startswith("LATIN ")


def _partners(text: str) -> dict[int, int]:
    """Where parentheses end."""
    partner: dict[int, int] = {}
    begun: list[int] = []
    for at, char in enumerate(text):
        if char == "(":
            begun.append(at)
        elif char == ")" and begun:
            partner[begun.pop()] = at
    return partner


def _operand_end(text: str, at: int, partner: dict[int, int]) -> int:
    """Where the one thing ends that a root stands over, its scripts included."""
    begin = at
    while at < len(text):
        char = text[at]
        if char in "^_":
            at = partner.get(at + 1, at + 1) + 1 if text[at + 1 : at + 2] == "(" else at + 1
        elif (
            at == begin
            or char.isalnum()
            or char in signs.ROOTS
            or unicodedata.combining(char)
            or char in signs.RAISED
            or char in signs.LOWERED
            or char in "′″‴†‡°"
            or (char == "." and text[at + 1 : at + 2].isdigit())
        ):
            at += 1
        else:
            break
    return at
