"""What a formula is made of, and how it is written on one line: spaces, scripts, fractions, roots and accents.

The rules in short: letters stay plain; a relation has a space on both sides if it has both sides; an operator has the
spaces the source gives it; a script is raised or lowered if Unicode has every character of it, else it follows `^` or
`_`; parentheses stand only where the line would say something else without them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple

from msgspec import Struct

from paperstui.text.clean import MAX_MARKS
from paperstui.text.latex_tables import ALPHABETS, SUBSCRIPT, SUPERSCRIPT

Style = frozenset[str]
Pieces = list[tuple[str, Style]]
PLAIN: Final[Style] = frozenset()

Mark = Literal["^", "_"]
AtomKind = Literal[
    "ordinary", "big", "function", "operator", "relation", "open", "close", "comma", "space", "text", "fraction"
]


class Atom(Struct, gc=False):
    """One thing on the line of a formula.

    gap: white space stood before it in the source. sub, sup: its scripts as they are written; raised: `sup` came first.
    loose: a letter behind it would be read as part of it, so it needs a space there.
    """

    kind: AtomKind
    text: str
    gap: bool = False
    style: Style = PLAIN
    sub: str = ""
    sup: str = ""
    raised: bool = False
    loose: bool = False

    @property
    def whole(self) -> str:
        """The text with its scripts."""
        return self.text + self.sup + self.sub if self.raised else self.text + self.sub + self.sup


class Look(NamedTuple):
    r"""How letters look at a place in a formula, and what `&` and `\\` stand for there ("grid", "lines", or "" for nothing)."""

    style: Style = PLAIN
    alphabet: str = ""
    environment: str = ""


_OPERANDS: Final = frozenset({"ordinary", "big", "function", "close", "text", "fraction"})
# Relations that also stand before a single number: "~5", "≤ 3".
_PREFIXES: Final = frozenset("~≈<>≤≥≪≫≃≲≳≅")
_BRACKETS: Final = frozenset("|‖/!'([{⟨⌊⌈⟦")
_BARS: Final = frozenset("|‖")
# Behind these a bar opens; behind anything else only if white space stands before it alone.
_BEFORE_BAR: Final = frozenset({"open", "comma", "operator", "relation", "function", "big", "space"})
_WORD: Final = re.compile(r"[A-Za-z]{3,}")
_LONG_WORD: Final = re.compile(r"[a-z]{3,}")
# What may follow `^` or `_` without parentheses: a word, a number, one sign; not with a script of its own, which would
# fall to the base.
_SIMPLE: Final = re.compile(r"[^\W_]+(?:\.\d+)?|\\[A-Za-z]+|[^\w\s(){}\[\],;]")
_SCRIPTS: Final = frozenset(SUPERSCRIPT.values()) | frozenset(SUBSCRIPT.values())


def letter(kind: AtomKind, text: str, look: Look, *, gap: bool = False) -> Atom:
    """An atom in the alphabet and style of its place."""
    if look.alphabet:
        text = text.translate(ALPHABETS[look.alphabet])
    return Atom(kind, text, gap, look.style)


def attach(atoms: list[Atom], mark: Mark, text: str, *, gap: bool) -> None:
    """Put a script (as `script` writes it) on the last atom, or on nothing where there is no base: "₂" behind the text "MoS"."""
    if not atoms or atoms[-1].kind in ("open", "comma", "space"):
        atoms.append(Atom("ordinary", "", gap))
    base = atoms[-1]
    if base.kind == "fraction":
        base.kind, base.text = "ordinary", f"({base.text})"
    if mark == "_" and base.sup and not base.sub:  # "R²_adj" as the source has it, but "lᵢ^best", "∑ᵢ₌₁ⁿ"
        base.raised = base.sup[0] != "^" and base.kind not in ("big", "function")
    if mark == "^":
        base.sup = (base.sup + text).replace("′′", "″").replace("″′", "‴")
    else:
        base.sub += text
    base.loose = _runs_on(base.sub if base.raised else base.sup or base.sub)


def _runs_on(text: str) -> bool:
    """Whether a letter behind a script would be read as part of it."""
    return text[:1] in ("^", "_") and text[-1] != ")"


def choice(above: Sequence[Atom], below: Sequence[Atom]) -> Atom:
    """A binomial coefficient in words: the two-line form has no line of its own."""
    return Atom("ordinary", f"({plain(above)} choose {plain(below)})")


def joined(atoms: list[Atom]) -> list[Atom]:
    r"""Letters that are one word (the argument of `\mathrm`) as one atom."""
    if len(atoms) > 1 and all(
        atom.kind == "ordinary" and not atom.gap and not atom.sub and not atom.sup for atom in atoms[1:]
    ):
        first = atoms[0]
        if first.kind == "ordinary" and not first.sub and not first.sup:
            return [Atom("ordinary", "".join(atom.text for atom in atoms), first.gap, first.style)]
    return atoms


def pair_bars(atoms: Sequence[Atom]) -> None:
    """Find which bars are the two sides of |x|, each within its own brackets; the others ("p(x|y)") stay as they are."""
    opened: list[list[Atom]] = [[]]
    previous: Atom | None = None
    for index, atom in enumerate(atoms):
        if atom.kind == "open":
            opened.append([])
        elif atom.kind == "close" and len(opened) > 1:
            opened.pop()
        elif atom.text in _BARS and atom.kind == "ordinary":
            begins = previous is None or previous.kind in _BEFORE_BAR
            if opened[-1] and opened[-1][-1].text == atom.text and not begins:
                opened[-1].pop().kind = "open"
                atom.kind = "close"
            elif not atom.whole[1:]:
                alone = atom.gap and index + 1 < len(atoms) and not atoms[index + 1].gap
                closed = previous is not None and previous.kind == "close" and previous.text in _BARS
                if begins or alone or closed:
                    opened[-1].append(atom)
                    previous = Atom("open", "")
                    continue
        previous = atom


def line(atoms: Sequence[Atom], *, before: str = " ", after: str = " ") -> Pieces:
    """The atoms as pieces of text and their style. `before` and `after` are the characters around the formula, "" for none."""
    pieces: Pieces = []
    for index, atom in enumerate(atoms):
        if atom.kind == "space":
            continue
        text = atom.whole
        if (
            pieces
            and _space_before(atoms, index, before, after)
            and not pieces[-1][0].endswith(" ")
            and not text.startswith(" ")
        ):
            pieces.append((" ", pieces[-1][1] & atom.style))
        pieces.append((text, atom.style))
    return pieces


def plain(atoms: Sequence[Atom]) -> str:
    """The atoms as text, with their spaces."""
    return "".join(text for text, _ in line(atoms))


def compact(atoms: Sequence[Atom], *, gaps: bool = True) -> str:
    """The atoms as text for a script: without the spaces of relations and operators; without `gaps`, also the source's."""
    text = ""
    previous: Atom | None = None
    for atom in atoms:
        if atom.kind == "space":
            text += " " if gaps and text else ""
        elif previous is not None:
            names = "function" in (previous.kind, atom.kind) and _touch(previous, atom)
            worded = gaps and atom.gap and previous.kind in _OPERANDS and atom.kind in _OPERANDS
            text += (" " if names or worded else "") + atom.whole
        else:
            text = atom.whole
        previous = None if atom.kind == "space" else atom
    return " ".join(text.split()) if gaps else text


def _space_before(atoms: Sequence[Atom], index: int, before: str, after: str) -> bool:
    """Whether a space stands between this atom and the one before it."""
    left, right = atoms[index - 1], atoms[index]
    if left.kind == "space":
        return right.kind not in ("comma", "close")
    if "relation" in (left.kind, right.kind):
        return _space_at_relation(atoms, index, before, after)
    if left.kind in ("open", "comma") or right.kind in ("comma", "close"):
        return left.kind == "comma" and right.gap and right.kind not in ("comma", "close")
    if right.kind == "operator":
        return right.gap and _infix(atoms, index)
    if left.kind == "operator":
        return left.gap and _infix(atoms, index - 1)
    return _space_between_operands(left, right)


def _space_between_operands(left: Atom, right: Atom) -> bool:
    """Whether a space stands between two operands that follow each other."""
    if "function" in (left.kind, right.kind):
        return _touch(left, right)
    # "f: (x, y) ↦ z" and "f |x|", but "f(x)"
    gap = right.gap and (right.kind != "open" or left.text == ":" or right.text in _BARS)
    if left.kind == "fraction" or left.loose:  # "1/2 x", "x_max y"
        return gap or right.text[:1].isalnum() or (left.kind == "fraction" and right.text[:1] in "(√")
    if right.kind == "fraction":  # "2 1/2"
        return left.whole[-1:].isalnum()
    return gap


def _space_at_relation(atoms: Sequence[Atom], index: int, before: str, after: str) -> bool:
    """Whether a space stands between two atoms of which one is a relation."""
    left, right = atoms[index - 1], atoms[index]
    if left.kind == right.kind:
        return right.gap
    if right.kind == "relation":
        if left.kind in ("open", "operator"):
            return False
        last = all(atom.kind in ("space", "relation") for atom in atoms[index + 1 :])
        return not last or after.isspace() or not after
    if right.kind in ("close", "comma"):
        return False
    first = index - 1
    while first and atoms[first - 1].kind == "relation":
        first -= 1
    if first and atoms[first - 1].kind not in ("open", "comma"):
        return True
    # Nothing stands on its left in the formula: "~5" is about five, "= 5" goes on what the text says.
    return atoms[first].text not in _PREFIXES and (bool(first) or before.isspace() or not before)


def _infix(atoms: Sequence[Atom], index: int) -> bool:
    """Whether the operator has an operand on both sides (else it is a sign)."""
    return index > 0 and index + 1 < len(atoms) and atoms[index - 1].kind in _OPERANDS


def _touch(left: Atom, right: Atom) -> bool:
    """Whether the name of a function would run into what stands beside it."""
    if left.kind in ("open", "comma", "operator", "relation") or right.kind in (
        "open",
        "close",
        "comma",
        "operator",
        "relation",
    ):
        return False
    if right.kind == "function":
        last = left.whole[-1:]
        bar = last in _BARS and left.kind == "close"
        return bar or last.isalnum() or last in ")]}⟩⌋⌉′″*⋆⁾₎⁺⁻₊₋°!" or unicodedata.combining(last) > 0
    return right.text[:1] not in _BRACKETS


def script(atoms: Sequence[Atom], mark: Mark) -> str:
    """A script as it is written behind its base: "²", "ᵢⱼ", "_max", "^(n+θ)"; "" for an empty one."""
    if len(atoms) == 1 and not atoms[0].text and (atoms[0].sub if mark == "_" else atoms[0].sup):
        return atoms[0].sub if mark == "_" else atoms[0].sup  # "s_{_{NN}}": made smaller twice
    tight = compact(atoms, gaps=False)
    table = SUPERSCRIPT if mark == "^" else SUBSCRIPT
    if all(char in table for char in tight) and not _WORD.fullmatch(tight) and not _LONG_WORD.search(tight):
        return "".join(table[char] for char in tight)
    text = compact(atoms)
    if _enclosed(atoms) or (_SIMPLE.fullmatch(text) and (len(text) == 1 or _SCRIPTS.isdisjoint(text))):
        return mark + text
    return f"{mark}({text})"


def fraction(numerator: Sequence[Atom], denominator: Sequence[Atom]) -> Atom:
    """a/b, with parentheses around a part that would fall apart."""
    over = plain(numerator)
    if _falls_apart(numerator):
        over = f"({over})"
    under = plain(denominator)
    differential = len(denominator) == 2 and denominator[0].text in ("d", "∂")  # "dx" is one thing
    if _falls_apart(denominator) or (len(denominator) > 1 and not differential and not _enclosed(denominator)):
        under = f"({under})"
    return Atom("fraction", f"{over}/{under}")


def root(index: Sequence[Atom], inside: Sequence[Atom]) -> Atom:
    """√x, ∛x, ⁿ√(a+b)."""
    order = compact(index, gaps=False)
    sign = {"": "√", "2": "√", "3": "∛", "4": "∜"}.get(order) or f"{script(index, '^')}√"
    text = plain(inside)
    if _enclosed(inside):
        return Atom("ordinary", sign + text)
    if len(inside) > 1 or _falls_apart(inside):
        return Atom("ordinary", f"{sign}({text})")
    return Atom("ordinary", sign + text, loose=True)


def accented(name: str, mark: str, inside: Sequence[Atom]) -> list[Atom]:
    """What an accent stands over: the mark on a single letter, a bar over up to three; for more, its name and parentheses."""
    if len(inside) == 1 and len(_bare(inside[0].text)) == 1:
        atom = inside[0]
        atom.text = marked(atom.text, mark)
        return [atom]
    text = plain(inside)
    if name in ("overline", "bar") and len(text) <= 3 and text.isalpha():
        return [Atom("ordinary", "".join(marked(char, mark) for char in text))]
    if not text:
        return []
    name = name.removeprefix("wide")
    return [Atom("ordinary", f"{name}{text}" if _enclosed(inside) else f"{name}({text})")]


def marked(text: str, mark: str) -> str:
    """The text with a combining mark on its first character, unless that has as many as it can bear."""
    end = 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    if end > MAX_MARKS or not text:
        return text
    return unicodedata.normalize("NFC", text[:end] + mark + text[end:])


def _bare(text: str) -> str:
    """The text without its combining marks."""
    return "".join(char for char in unicodedata.normalize("NFC", text) if not unicodedata.combining(char))


def _falls_apart(atoms: Iterable[Atom]) -> bool:
    """Whether a part of a fraction or a root would be read as two."""
    atoms = list(atoms)
    if _enclosed(atoms):
        return False
    depth = 0
    for index, atom in enumerate(atoms):
        depth += (atom.kind == "open") - (atom.kind == "close")
        if depth <= 0 and index and atom.kind in ("relation", "operator", "comma", "space"):
            return True
        if depth <= 0 and (
            atom.kind == "fraction"
            or (len(atoms) > 1 and (atom.kind in ("function", "big") or (atom.gap and index > 0)))
        ):
            return True
    return len(atoms) == 1 and (" " in atoms[0].text or "/" in atoms[0].text) and not atoms[0].text.endswith(")")


def _enclosed(atoms: Sequence[Atom]) -> bool:
    """Whether the first atom opens a bracket or a bar that the last one closes."""
    if len(atoms) < 2 or atoms[-1].sub or atoms[-1].sup:
        return False
    first, last = atoms[0], atoms[-1]
    if first.text in ("|", "‖") and first.text == last.text and not first.whole[1:]:
        return all(atom.text != first.text for atom in atoms[1:-1])
    if first.kind != "open" or last.kind != "close":
        return False
    depth = 0
    for index, atom in enumerate(atoms):
        depth += (atom.kind == "open") - (atom.kind == "close")
        if depth == 0:
            return index == len(atoms) - 1
    return False
