"""What the commands of a formula mean. One that is not known stays as it was written, with its arguments read."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from paperstui.text import latex_atoms as forms
from paperstui.text.latex_atoms import PLAIN, Atom, AtomKind, Look, Style
from paperstui.text.latex_tables import (
    ALPHABET_COMMANDS,
    BIG,
    CLOSING,
    FUNCTIONS,
    MATH_ACCENTS,
    OPENING,
    OPERATORS,
    RELATIONS,
    SYMBOLS,
    TEXT_ACCENTS,
)

if TYPE_CHECKING:
    from paperstui.text.latex_math import Formula

# Reads one command: the formula, the atoms so far, the command's name, the index behind it, the end of the row, and the look.
Handler = Callable[["Formula", list[Atom], str, int, int, Look], int]

BOLD: Final[Style] = frozenset({"bold"})
ITALIC: Final[Style] = frozenset({"italic"})
CODE: Final[Style] = frozenset({"code"})

# Commands that only say how their argument looks. Upright and slanted letters stay plain: that is what can be searched and copied.
_LOOKS: Final[dict[str, Style]] = (
    dict.fromkeys(
        """
    mathrm mathit mathnormal mathsf mathtt mathup boxed fbox cancel bcancel xcancel smash ensuremath mathstrut vphantom substack hl
    """.split(),
        PLAIN,
    )
    | dict.fromkeys("mathbf boldsymbol bm bold pmb mathbfit bfm vb symbf".split(), BOLD)
    | dict.fromkeys(("underline", "underbar"), ITALIC)
)
_TEXTS: Final[dict[str, Style]] = (
    dict.fromkeys(
        "text mbox hbox textrm textnormal textsc textsf textup textmd intertext shortintertext".split(), PLAIN
    )
    | {"textbf": BOLD, "texttt": CODE}
    | dict.fromkeys("textit emph textsl".split(), ITALIC)
)
_DECLARATIONS: Final[dict[str, Style]] = (
    dict.fromkeys("rm sf sc mit normalfont displaystyle textstyle scriptstyle scriptscriptstyle".split(), PLAIN)
    | dict.fromkeys("bf bfseries boldmath".split(), BOLD)
    | dict.fromkeys("it itshape em sl".split(), ITALIC)
    | dict.fromkeys("tt ttfamily".split(), CODE)
)
_CLASSES: Final[dict[str, AtomKind]] = {
    "mathop": "big",
    "mathbin": "operator",
    "mathrel": "relation",
    "mathord": "ordinary",
    "mathinner": "ordinary",
    "mathopen": "open",
    "mathclose": "close",
    "mathpunct": "comma",
}
_NOTHING: Final = frozenset(
    """
    limits nolimits nonumber notag hline toprule midrule bottomrule noindent relax xspace allowbreak nobreak protect null strut
    small tiny normalsize large Large footnotesize scriptsize left right middle
    big Big bigg Bigg bigl Bigl biggl Biggl bigr Bigr biggr Biggr bigm Bigm biggm Biggm
    """.split()
)
_SKIPPED: Final = {"label": 1, "color": 1, "vspace": 1, "phantom": 1, "hphantom": 1, "rule": 2, "raisebox": 1}
_SPACES: Final = frozenset("quad qquad enspace thinspace medspace thickspace space hfill newline".split())
_GRIDS: Final = {
    "matrix": "[]",
    "bmatrix": "[]",
    "smallmatrix": "[]",
    "array": "[]",
    "Bmatrix": "{}",
    "pmatrix": "()",
    "cases": "{}",
} | {
    "vmatrix": "||",
    "Vmatrix": "‖‖",
}
_LINES: Final = frozenset(
    "equation align gather multline eqnarray displaymath math flalign alignat aligned gathered split alignedat".split()
)

_KIND: Final[dict[str, AtomKind]] = (
    dict.fromkeys(RELATIONS, "relation")
    | dict.fromkeys(OPERATORS, "operator")
    | dict.fromkeys(BIG, "big")
    | dict.fromkeys(OPENING, "open")
    | dict.fromkeys(CLOSING, "close")
)
_SIGNS: Final[dict[str, tuple[AtomKind, str]]] = {"{": ("open", "{"), "}": ("close", "}"), "|": ("ordinary", "‖")} | {
    char: ("ordinary", char) for char in "%$#&_"
}
_FENCES: Final = {"<": "⟨", ">": "⟩", "\\|": "‖", "\\Vert": "‖", "\\vert": "|", "|": "|", "/": "/"}
_NUMBER: Final = re.compile(r"\s*(?:[xX\"]([0-9A-Fa-f]{1,6})|(\d{1,7}))\s*")


def declared(text: str, look: Look) -> Look | None:
    """The look after a declaration such as `\\bf` or `\\cal`, which holds to the end of its group; None for anything else."""
    name = text[1:]
    if text[0] != "\\":
        return None
    if name in _DECLARATIONS:
        return look._replace(style=_DECLARATIONS[name])
    return look._replace(alphabet=ALPHABET_COMMANDS[name]) if name in ("cal", "frak") else None


def read(formula: Formula, atoms: list[Atom], index: int, end: int, look: Look) -> int:
    """Read the command at `index`, append what it makes, and return where the next token is."""
    token = formula.tokens[index]
    name = token.text[1:]
    start = len(atoms)
    if not name[:1].isalpha():
        return _sign(formula, atoms, index, end, look)
    handler = _HANDLERS.get(name)
    if handler:
        after = handler(formula, atoms, name, index + 1, end, look)
    elif name in SYMBOLS:
        atoms.append(forms.letter(_KIND.get(name, "ordinary"), SYMBOLS[name], look))
        after = index + 1
    elif name in FUNCTIONS:
        atoms.append(Atom("function", name, style=look.style))
        after = index + 1
    else:
        after = _unknown(formula, atoms, name, index + 1, end, look)
    if len(atoms) > start:
        atoms[start].gap = token.spaced if atoms[start].kind == "operator" else token.gap
    return after


def character(number: str) -> str:
    """The character of a number as `\\unicode`, `\\char` and `\\symbol` write it ("x2014", "8212"); "" if it is none to show."""
    match = _NUMBER.fullmatch(number)
    if not match:
        return ""
    code = int(match[1], 16) if match[1] else int(match[2])
    char = chr(code) if code <= 0x10FFFF else ""  # noqa: PLR2004
    return char if char.isprintable() else ""


def _sign(formula: Formula, atoms: list[Atom], index: int, end: int, look: Look) -> int:
    """A backslash and a character that is no letter."""
    token = formula.tokens[index]
    char = token.text[1:]
    if char in _SIGNS:
        kind, text = _SIGNS[char]
        atoms.append(Atom(kind, text, token.gap, look.style))
    elif char == "\\":
        option = formula.option(index + 1, end)
        after = option[1] + 1 if option else index + 1
        if look.environment and after < end:
            if atoms and atoms[-1].text == ",":
                atoms.pop()
            atoms += [Atom("comma", ";"), Atom("space", " ")]
        elif not look.environment:
            atoms.append(Atom("space", " "))
        return after
    elif char and (char in ",;:>" or char.isspace()):
        atoms.append(Atom("space", " "))
    elif char and char in "!-/":
        if index + 1 < end:
            formula.tokens[index + 1] = formula.tokens[index + 1]._replace(gap=False)
    elif char in TEXT_ACCENTS and index + 1 < end and formula.tokens[index + 1].text.isalpha():
        atoms.append(
            Atom("ordinary", forms.marked(formula.tokens[index + 1].text, TEXT_ACCENTS[char]), token.gap, look.style)
        )
        return index + 2
    else:
        atoms.append(Atom("ordinary", token.text, token.gap))
    return index + 1


def _nothing(formula: Formula, atoms: list[Atom], name: str, index: int, end: int, _look: Look) -> int:
    """A command that shows nothing, but may say that the bar or angle behind it opens or closes."""
    if index >= end or not name.startswith(("left", "right", "middle", "big", "Big")):
        return index
    token = formula.tokens[index]
    if token.text == ".":
        return index + 1
    if token.text not in _FENCES:
        return index
    kind: AtomKind = "ordinary"
    if name in ("left", "bigl", "Bigl", "biggl", "Biggl"):
        kind = "open"
    elif name in ("right", "bigr", "Bigr", "biggr", "Biggr"):
        kind = "close"
    atoms.append(Atom(kind, _FENCES[token.text], token.gap))
    return index + 1


def _skipped(formula: Formula, _atoms: list[Atom], name: str, index: int, end: int, _look: Look) -> int:
    """A command whose arguments show nothing."""
    return formula.skip_arguments(index, end, _SKIPPED[name])


def _space(formula: Formula, atoms: list[Atom], name: str, index: int, end: int, _look: Look) -> int:
    """White space."""
    atoms.append(Atom("space", " "))
    return formula.skip_arguments(index, end) if name in ("hspace", "mspace", "hskip") else index


def _kern(formula: Formula, _atoms: list[Atom], _name: str, index: int, end: int, _look: Look) -> int:
    """A length without braces ("-3mu"): its sign, number and unit show nothing."""
    while index < end and (formula.tokens[index].text in "-." or formula.tokens[index].text[0].isdigit()):
        index += 1
    unit = "".join(token.text for token in formula.tokens[index : min(index + 2, end)])
    return index + 2 if unit in ("mu", "pt", "em", "ex", "cm", "mm") else index


def _looked(formula: Formula, atoms: list[Atom], name: str, index: int, end: int, look: Look) -> int:
    """An argument in another style; one that is the name of a function is one."""
    inside, index = formula.argument(index, end, look._replace(style=look.style | _LOOKS[name]))
    inside = forms.joined(inside)
    if len(inside) == 1 and inside[0].text in FUNCTIONS:
        inside[0].kind = "function"
    atoms += inside
    return index


def _text(formula: Formula, atoms: list[Atom], name: str, index: int, end: int, look: Look) -> int:
    """Text inside the formula, with its own spaces."""
    source, index = formula.group_source(index, end)
    style = look.style | _TEXTS[name]
    atoms += [Atom("text", text, style=own | style) for text, own in formula.words(source, formula.depth)]
    return index


def _alphabet(formula: Formula, atoms: list[Atom], name: str, index: int, end: int, look: Look) -> int:
    """Letters of a mathematical alphabet."""
    inside, index = formula.argument(index, end, look._replace(alphabet=ALPHABET_COMMANDS[name]))
    atoms += inside
    return index


def _accent(formula: Formula, atoms: list[Atom], name: str, index: int, end: int, look: Look) -> int:
    """An accent over its argument."""
    inside, index = formula.argument(index, end, look)
    atoms += forms.accented(name, MATH_ACCENTS[name], inside)
    return index


def _fraction(formula: Formula, atoms: list[Atom], name: str, index: int, end: int, look: Look) -> int:
    """A fraction or a binomial coefficient."""
    above, index = formula.argument(index, end, look)
    below, index = formula.argument(index, end, look)
    atoms.append(forms.choice(above, below) if "binom" in name else forms.fraction(above, below))
    return index


def _root(formula: Formula, atoms: list[Atom], _name: str, index: int, end: int, look: Look) -> int:
    """A root, of any order."""
    option = formula.option(index, end)
    order = formula.row(*option, look) if option else []
    inside, index = formula.argument(option[1] + 1 if option else index, end, look)
    atoms.append(forms.root(order, inside))
    return index


def _operator(formula: Formula, atoms: list[Atom], _name: str, index: int, end: int, look: Look) -> int:
    """A function by any name."""
    if index < end and formula.tokens[index].text == "*":
        index += 1
    inside, index = formula.argument(index, end, look)
    atoms.append(Atom("function", forms.compact(inside), style=look.style))
    return index


def _modulus(formula: Formula, atoms: list[Atom], name: str, index: int, end: int, look: Look) -> int:
    """The modulus: "(mod n)" behind a congruence, "mod" between two numbers."""
    atoms.append(Atom("space", " "))
    if name == "pmod":
        inside, index = formula.argument(index, end, look)
        atoms.append(Atom("ordinary", f"(mod {forms.plain(inside)})"))
    else:
        atoms += [Atom("ordinary", "mod"), Atom("space", " ")]
    return index


def _negated(formula: Formula, atoms: list[Atom], _name: str, index: int, end: int, look: Look) -> int:
    """A relation that does not hold: ≠, ∉."""
    inside, index = formula.argument(index, end, look)
    if inside:
        inside[0].text = forms.marked(inside[0].text, "\u0338")
    atoms += inside
    return index


def _classed(formula: Formula, atoms: list[Atom], name: str, index: int, end: int, look: Look) -> int:
    """An argument that is to be spaced like a relation, an operator, …"""
    inside, index = formula.argument(index, end, look)
    text = forms.compact(inside)
    if text:
        atoms.append(Atom(_CLASSES[name], text, style=look.style))
    return index


def _stacked(formula: Formula, atoms: list[Atom], name: str, index: int, end: int, look: Look) -> int:
    """Something small over or under its base: written as a script of the base."""
    small, index = formula.argument(index, end, look)
    inside, index = formula.argument(index, end, look)
    mark = "_" if name == "underset" else "^"
    text = forms.script(small, "_" if name == "underset" else "^")
    if text:
        forms.attach(inside, mark, text, gap=False)
    atoms += inside
    return index


def _arrow(formula: Formula, atoms: list[Atom], name: str, index: int, end: int, look: Look) -> int:
    """An arrow with something written on it."""
    option = formula.option(index, end)
    below = formula.row(*option, look) if option else []
    above, index = formula.argument(option[1] + 1 if option else index, end, look)
    atoms.append(
        Atom("relation", SYMBOLS.get(name[1:], "→"), sub=forms.script(below, "_"), sup=forms.script(above, "^"))
    )
    return index


def _brace(formula: Formula, atoms: list[Atom], _name: str, index: int, end: int, look: Look) -> int:
    """A brace over or under a part: the part; what the brace says follows as a script."""
    inside, index = formula.argument(index, end, look)
    atoms += inside
    return index


def _coloured(formula: Formula, atoms: list[Atom], _name: str, index: int, end: int, look: Look) -> int:
    """An argument in a colour, or behind an address: the first argument shows nothing."""
    index = formula.skip_arguments(index, end)
    inside, index = formula.argument(index, end, look)
    atoms += inside
    return index


def _coded(formula: Formula, atoms: list[Atom], name: str, index: int, end: int, _look: Look) -> int:
    """A character by its number."""
    source, after = formula.group_source(index, end)
    char = character(source)
    atoms.append(Atom("text", char or f"\\{name}{{{source}}}"))
    return after


def _tag(formula: Formula, atoms: list[Atom], _name: str, index: int, end: int, look: Look) -> int:
    """The number of an equation."""
    inside, index = formula.argument(index, end, look)
    atoms += [Atom("space", " "), Atom("ordinary", f"({forms.plain(inside)})")]
    return index


def _degrees(_formula: Formula, atoms: list[Atom], _name: str, index: int, _end: int, _look: Look) -> int:
    """The sign behind a number (arXiv writes it so), else the degree of a polynomial."""
    if not atoms or atoms[-1].text[-1:].isdigit():
        atoms.append(Atom("ordinary", "°"))
    else:
        atoms.append(Atom("function", "deg"))
    return index


def _environment(formula: Formula, atoms: list[Atom], _name: str, index: int, end: int, look: Look) -> int:
    """A matrix or cases as "(a, b; c, d)"; the lines of an aligned formula one behind the other."""
    begin = index - 1
    close = formula.partner.get(begin, end)
    source, inside = formula.group_source(index, end)
    name = source.strip().rstrip("*")
    if close >= end or (name not in _GRIDS and name not in _LINES):
        atoms.append(Atom("ordinary", f"\\begin{{{source}}}", loose=True))
        return inside
    if name in ("array", "alignat", "alignedat"):
        inside = formula.skip_arguments(inside, close)
    if name in _LINES:
        atoms += formula.row(inside, close, look._replace(environment="lines"))
    else:
        first, last = _GRIDS[name]
        cells = formula.row(inside, close, look._replace(environment="grid"))
        atoms += [Atom("open", first), *cells, Atom("close", last)]
    return formula.group_source(close + 1, end)[1]


def _unknown(formula: Formula, atoms: list[Atom], name: str, index: int, end: int, look: Look) -> int:
    """A command of the author's own: as it was written, so that nothing is lost; its arguments are read."""
    text = f"\\{name}"
    while (
        index < end
        and formula.tokens[index].text == "{"
        and not formula.tokens[index].gap
        and formula.closes(index, end)
    ):
        inside, index = formula.argument(index, end, look)
        text += f"{{{forms.plain(inside)}}}" if inside else ""
    atoms.append(Atom("ordinary", text, style=look.style, loose=True))
    return index


_HANDLERS: Final[dict[str, Handler]] = (
    dict.fromkeys(_NOTHING, _nothing)
    | dict.fromkeys(_SKIPPED, _skipped)
    | dict.fromkeys(_SPACES, _space)
    | dict.fromkeys(("hspace", "mspace", "hskip"), _space)
    | dict.fromkeys(("kern", "mkern", "mskip"), _kern)
    | dict.fromkeys(_LOOKS, _looked)
    | dict.fromkeys(_TEXTS, _text)
    | dict.fromkeys(ALPHABET_COMMANDS, _alphabet)
    | dict.fromkeys(MATH_ACCENTS, _accent)
    | dict.fromkeys("frac dfrac tfrac cfrac sfrac nicefrac flatfrac binom dbinom tbinom".split(), _fraction)
    | dict.fromkeys(("operatorname", "operatornamewithlimits"), _operator)
    | dict.fromkeys(("pmod", "bmod", "mod"), _modulus)
    | dict.fromkeys(_CLASSES, _classed)
    | dict.fromkeys(("overset", "stackrel", "underset"), _stacked)
    | dict.fromkeys(("xrightarrow", "xleftarrow", "xleftrightarrow", "xmapsto", "xRightarrow", "xLeftarrow"), _arrow)
    | dict.fromkeys(("underbrace", "overbrace", "underbracket", "overbracket"), _brace)
    | dict.fromkeys(("textcolor", "colorbox", "href", "hyperlink", "hypertarget"), _coloured)
    | dict.fromkeys(("unicode", "char", "symbol"), _coded)
    | {"sqrt": _root, "not": _negated, "tag": _tag, "deg": _degrees, "begin": _environment}
)
