"""The commands of a formula that build something of their arguments: fractions, roots, accents, matrices.

Each takes the call, appends the atoms it makes, and returns where the next token of the formula is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from paperstui.text import latex_atoms as forms
from paperstui.text.latex_atoms import Atom, AtomKind
from paperstui.text.latex_tables import MATH_ACCENTS, SYMBOLS, words

if TYPE_CHECKING:
    from paperstui.text.latex_commands import Call

# Commands that only say how their argument is spaced.
CLASSES: Final[dict[str, AtomKind]] = {
    "mathop": "big",
    "mathbin": "operator",
    "mathrel": "relation",
    "mathord": "ordinary",
    "mathinner": "ordinary",
    "mathopen": "open",
    "mathclose": "close",
    "mathpunct": "comma",
}
# Environments with columns, and the brackets around them; and those with lines alone.
_GRIDS: Final = {
    **dict.fromkeys(words("matrix bmatrix smallmatrix array"), "[]"),
    **dict.fromkeys(words("cases Bmatrix"), "{}"),
    "pmatrix": "()",
    "vmatrix": "||",
    "Vmatrix": "‖‖",
}
_LINES: Final = frozenset(
    words("equation align gather multline eqnarray displaymath math flalign alignat aligned gathered split alignedat")
)
_WITH_COLUMNS: Final = frozenset(words("array alignat alignedat"))


def accent(call: Call) -> int:
    """An accent over its argument."""
    inside, index = call.argument(call.index)
    call.atoms.extend(forms.accented(call.name, MATH_ACCENTS[call.name], inside))
    return index


def fraction(call: Call) -> int:
    """A fraction or a binomial coefficient."""
    above, index = call.argument(call.index)
    below, index = call.argument(index)
    call.atoms.append(forms.choice(above, below) if "binom" in call.name else forms.fraction(above, below))
    return index


def root(call: Call) -> int:
    """A root, of any order."""
    option = call.formula.option(call.index, call.end)
    order = call.formula.row(*option, call.look) if option else []
    inside, index = call.argument(option[1] + 1 if option else call.index)
    call.atoms.append(forms.root(order, inside))
    return index


def operator(call: Call) -> int:
    """A function by any name."""
    index = call.index
    if index < call.end and call.formula.tokens[index].text == "*":
        index += 1
    inside, index = call.argument(index)
    call.atoms.append(Atom("function", forms.compact(inside), style=call.look.style))
    return index


def modulus(call: Call) -> int:
    """The modulus: "(mod n)" behind a congruence, "mod" between two numbers."""
    call.atoms.append(Atom("space", " "))
    if call.name != "pmod":
        call.atoms.extend((Atom("ordinary", "mod"), Atom("space", " ")))
        return call.index
    inside, index = call.argument(call.index)
    call.atoms.append(Atom("ordinary", f"(mod {forms.plain(inside)})"))
    return index


def negated(call: Call) -> int:
    """A relation that does not hold: ≠, ∉."""
    inside, index = call.argument(call.index)
    if inside:
        inside[0].text = forms.marked(inside[0].text, "\u0338")
    call.atoms.extend(inside)
    return index


def classed(call: Call) -> int:
    """An argument that is to be spaced like a relation, an operator and so on."""
    inside, index = call.argument(call.index)
    text = forms.compact(inside)
    if text:
        call.atoms.append(Atom(CLASSES[call.name], text, style=call.look.style))
    return index


def stacked(call: Call) -> int:
    """Something small over or under its base: written as a script of the base."""
    small, index = call.argument(call.index)
    inside, index = call.argument(index)
    mark: forms.Mark = "_" if call.name == "underset" else "^"
    text = forms.script(small, mark)
    if text:
        forms.attach(inside, mark, text, gap=False)
    call.atoms.extend(inside)
    return index


def arrow(call: Call) -> int:
    """An arrow with something written on it."""
    option = call.formula.option(call.index, call.end)
    below = call.formula.row(*option, call.look) if option else []
    above, index = call.argument(option[1] + 1 if option else call.index)
    char = SYMBOLS.get(call.name[1:], "→")
    call.atoms.append(Atom("relation", char, sub=forms.script(below, "_"), sup=forms.script(above, "^")))
    return index


def braced(call: Call) -> int:
    """A part with a brace over or under it: the part; what the brace says follows as a script."""
    inside, index = call.argument(call.index)
    call.atoms.extend(inside)
    return index


def second(call: Call) -> int:
    """The second of two arguments; the first is a colour or an address and shows nothing."""
    inside, index = call.argument(call.formula.skip_arguments(call.index, call.end))
    call.atoms.extend(inside)
    return index


def tag(call: Call) -> int:
    """The number of an equation."""
    inside, index = call.argument(call.index)
    call.atoms.extend((Atom("space", " "), Atom("ordinary", f"({forms.plain(inside)})")))
    return index


def environment(call: Call) -> int:
    """A matrix or cases as "(a, b; c, d)"; the lines of an aligned formula one behind the other."""
    formula, atoms = call.formula, call.atoms
    close = formula.partner.get(call.index - 1, call.end)
    source, inside = formula.group_source(call.index, call.end)
    name = source.strip().rstrip("*")
    if close >= call.end or (name not in _GRIDS and name not in _LINES):
        atoms.append(Atom("ordinary", f"\\begin{{{source}}}", loose=True))
        return inside
    if name in _WITH_COLUMNS:
        inside = formula.skip_arguments(inside, close)
    if name in _LINES:
        atoms.extend(formula.row(inside, close, call.look._replace(environment="lines")))
    else:
        first, last = _GRIDS[name][0], _GRIDS[name][1]
        cells = formula.row(inside, close, call.look._replace(environment="grid"))
        atoms.extend((Atom("open", first), *cells, Atom("close", last)))
    return formula.group_source(close + 1, call.end)[1]
