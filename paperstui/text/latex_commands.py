"""What the commands of a formula mean. One that is not known stays as it was written, with its arguments read.

Those that build something of their arguments are in `latex_structures`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from paperstui.text import latex_atoms as forms
from paperstui.text import latex_structures as structures
from paperstui.text import latex_units as units
from paperstui.text.latex_atoms import Atom, AtomKind, Look, Style
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
    words,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from paperstui.text.latex_math import Formula

PLAIN: Final = forms.PLAIN
BOLD: Final[Style] = frozenset({"bold"})
ITALIC: Final[Style] = frozenset({"italic"})
CODE: Final[Style] = frozenset({"code"})


class Call(Struct, frozen=True):
    """One use of a command: where it stands, what was read before it, and how its place looks.

    index: the token behind the command. end: the token behind the row.
    """

    formula: Formula
    atoms: list[Atom]
    name: str
    index: int
    end: int
    look: Look

    def argument(self, index: int, look: Look | None = None) -> tuple[list[Atom], int]:
        """The atoms of one argument, and where the next token is."""
        return self.formula.argument(index, self.end, look or self.look)


# Commands that only say how their argument looks. Upright and slanted letters stay plain, to be searched and copied.
_LOOKS: Final[dict[str, Style]] = (
    dict.fromkeys(words("mathrm mathit mathnormal mathsf mathtt mathup boxed fbox ensuremath substack hl"), PLAIN)
    | dict.fromkeys(words("cancel bcancel xcancel smash mathstrut vphantom"), PLAIN)
    | dict.fromkeys(words("mathbf boldsymbol bm bold pmb mathbfit bfm vb symbf"), BOLD)
    | dict.fromkeys(words("underline underbar"), ITALIC)
)
_TEXTS: Final[dict[str, Style]] = (
    dict.fromkeys(words("text mbox hbox textrm textnormal textsc textsf textup textmd intertext shortintertext"), PLAIN)
    | dict.fromkeys(words("textit emph textsl"), ITALIC)
    | {"textbf": BOLD, "texttt": CODE}
)
_DECLARATIONS: Final[dict[str, Style]] = (
    dict.fromkeys(words("rm sf sc mit normalfont displaystyle textstyle scriptstyle scriptscriptstyle"), PLAIN)
    | dict.fromkeys(words("bf bfseries boldmath"), BOLD)
    | dict.fromkeys(words("it itshape em sl"), ITALIC)
    | dict.fromkeys(words("tt ttfamily"), CODE)
)
# Size of what follows, which here only says whether a bar opens or closes.
_FENCES_OPEN: Final = frozenset(words("left bigl Bigl biggl Biggl"))
_FENCES_CLOSE: Final = frozenset(words("right bigr Bigr biggr Biggr"))
_FENCES: Final = _FENCES_OPEN | _FENCES_CLOSE | frozenset(words("middle big Big bigg Bigg bigm Bigm biggm Biggm"))
_DELIMITERS: Final = {"<": "⟨", ">": "⟩", "\\|": "‖", "\\Vert": "‖", "\\vert": "|", "|": "|", "/": "/"}
_NOTHING: Final = frozenset(
    words("limits nolimits nonumber notag hline toprule midrule bottomrule noindent relax xspace allowbreak nobreak")
    + words("protect null strut small tiny normalsize large Large footnotesize scriptsize displaylimits")
)
_SKIPPED: Final = {"label": 1, "color": 1, "vspace": 1, "phantom": 1, "hphantom": 1, "rule": 2, "raisebox": 1}
_SPACES: Final = frozenset(words("quad qquad enspace thinspace medspace thickspace space hfill newline"))
_SPACES_WITH_LENGTH: Final = frozenset(words("hspace mspace hskip"))
_SIGNS: Final[dict[str, tuple[AtomKind, str]]] = {
    "{": ("open", "{"),
    "}": ("close", "}"),
    "|": ("ordinary", "‖"),
    **{char: ("ordinary", char) for char in "%$#&_"},
}
_NUMBER: Final = re.compile(r"\s*(?:[xX\"]([0-9A-Fa-f]{1,6})|(\d{1,7}))\s*")


def _kinds() -> dict[str, AtomKind]:
    """What each symbol does in a formula."""
    kinds: dict[str, AtomKind] = dict.fromkeys(SYMBOLS, "ordinary")
    kinds |= dict.fromkeys(RELATIONS, "relation")
    kinds |= dict.fromkeys(OPERATORS, "operator")
    kinds |= dict.fromkeys(BIG, "big")
    kinds |= dict.fromkeys(OPENING, "open")
    kinds |= dict.fromkeys(CLOSING, "close")
    return kinds


KIND: Final = _kinds()


def declared(text: str, look: Look) -> Look | None:
    r"""The look after a declaration such as `\bf` or `\cal`, which holds to the end of its group; else None."""
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
    call = Call(formula, atoms, name, index + 1, end, look)
    if not name[:1].isalpha():
        return _sign(call)
    handler = _HANDLERS.get(name)
    if handler:
        after = handler(call)
    elif name in SYMBOLS:
        atoms.append(forms.letter(KIND[name], SYMBOLS[name], look))
        after = index + 1
    elif name in FUNCTIONS:
        atoms.append(Atom("function", name, style=look.style))
        after = index + 1
    else:
        after = _unknown(call)
    if len(atoms) > start:
        atoms[start].gap = token.spaced if atoms[start].kind == "operator" else token.gap
    return after


def character(number: str) -> str:
    r"""The character of a number as `\unicode` and `\symbol` write it ("x2014", "8212"); "" if there is none to show."""
    match = _NUMBER.fullmatch(number)
    if not match:
        return ""
    code = int(match[1], 16) if match[1] else int(match[2])
    char = chr(code) if code <= 0x10FFFF else ""
    return char if char.isprintable() else ""


def _sign(call: Call) -> int:
    """A backslash and a character that is no letter."""
    formula, atoms, index = call.formula, call.atoms, call.index
    token = formula.tokens[index - 1]
    char = call.name
    if char in _SIGNS:
        kind, text = _SIGNS[char]
        atoms.append(Atom(kind, text, token.gap, call.look.style))
    elif char == "\\":
        return _new_row(call)
    elif char and (char in ",;:>" or char.isspace()):
        atoms.append(Atom("space", " "))
    elif char and char in "!-/":  # less space, or a place to break: what follows stands close
        if index < call.end:
            formula.tokens[index] = formula.tokens[index]._replace(gap=False)
    elif char in TEXT_ACCENTS and index < call.end and formula.tokens[index].text.isalpha():
        letter = forms.marked(formula.tokens[index].text, TEXT_ACCENTS[char])
        atoms.append(Atom("ordinary", letter, token.gap, call.look.style))
        return index + 1
    else:
        atoms.append(Atom("ordinary", token.text, token.gap))
    return index


def _new_row(call: Call) -> int:
    """The end of a row: a semicolon between rows, a space in a formula that has none."""
    option = call.formula.option(call.index, call.end)
    after = option[1] + 1 if option else call.index
    atoms = call.atoms
    if not call.look.environment:
        atoms.append(Atom("space", " "))
    elif after < call.end:
        if atoms and atoms[-1].text == ",":
            atoms.pop()
        atoms += [Atom("comma", ";"), Atom("space", " ")]
    return after


def _fence(call: Call) -> int:
    """The size of a bracket. A bar or an angle behind it opens or closes; a full stop stands for no bracket."""
    formula, index = call.formula, call.index
    if index >= call.end:
        return index
    token = formula.tokens[index]
    if token.text == ".":
        return index + 1
    if token.text not in _DELIMITERS:
        return index
    kind: AtomKind = "open" if call.name in _FENCES_OPEN else "close" if call.name in _FENCES_CLOSE else "ordinary"
    call.atoms.append(Atom(kind, _DELIMITERS[token.text], token.gap))
    return index + 1


def _nothing(call: Call) -> int:
    """A command that shows nothing on a line."""
    return call.index


def _skipped(call: Call) -> int:
    """A command whose arguments show nothing."""
    return call.formula.skip_arguments(call.index, call.end, _SKIPPED[call.name])


def _space(call: Call) -> int:
    """White space."""
    call.atoms.append(Atom("space", " "))
    return call.formula.skip_arguments(call.index, call.end) if call.name in _SPACES_WITH_LENGTH else call.index


def _kern(call: Call) -> int:
    """A length without braces ("-3mu"): its sign, number and unit show nothing."""
    tokens, index = call.formula.tokens, call.index
    while index < call.end and (tokens[index].text in "-." or tokens[index].text[0].isdigit()):
        index += 1
    unit = "".join(token.text for token in tokens[index : min(index + 2, call.end)])
    if unit not in ("mu", "pt", "em", "ex", "cm", "mm"):
        return index
    if index + 2 < call.end:
        tokens[index + 2] = tokens[index + 2]._replace(gap=False)
    return index + 2


def _looked(call: Call) -> int:
    """An argument in another style; one that is the name of a function is one."""
    inside, index = call.argument(call.index, call.look._replace(style=call.look.style | _LOOKS[call.name]))
    inside = forms.joined(inside)
    if len(inside) == 1 and inside[0].text in FUNCTIONS:
        inside[0].kind = "function"
    call.atoms.extend(inside)
    return index


def _text(call: Call) -> int:
    """Text inside the formula, with its own spaces."""
    source, index = call.formula.group_source(call.index, call.end)
    style = call.look.style | _TEXTS[call.name]
    pieces = call.formula.words(source, call.formula.depth)
    call.atoms.extend(Atom("text", text, style=own | style) for text, own in pieces)
    return index


def _quantity(call: Call) -> int:
    """A number with its unit is text. What stands before a bracket is from another package, and says how large it is."""
    formula = call.formula
    option = formula.option(call.index, call.end)
    index = option[1] + 1 if option else call.index
    for _ in range(units.ARGUMENTS[call.name]):
        if index >= call.end or formula.tokens[index].text != "{" or not formula.closes(index, call.end):
            bracket = call.name == "qty" and call.index < call.end and formula.tokens[call.index].text != "{"
            return call.index if bracket else _unknown(call)
        index = formula.partner[index] + 1
    source = formula.source[formula.tokens[call.index - 1].start : formula.tokens[index - 1].start + 1]
    pieces = formula.words(source, formula.depth)
    call.atoms.extend(Atom("text", text, style=own | call.look.style, loose=True) for text, own in pieces)
    return index


def _alphabet(call: Call) -> int:
    """Letters of a mathematical alphabet."""
    inside, index = call.argument(call.index, call.look._replace(alphabet=ALPHABET_COMMANDS[call.name]))
    call.atoms.extend(inside)
    return index


def _coded(call: Call) -> int:
    """A character by its number."""
    source, index = call.formula.group_source(call.index, call.end)
    call.atoms.append(Atom("text", character(source) or f"\\{call.name}{{{source}}}"))
    return index


def _degrees(call: Call) -> int:
    """The sign behind a number (arXiv writes it so), else the degree of a polynomial."""
    number = not call.atoms or call.atoms[-1].text[-1:].isdigit()
    call.atoms.append(Atom("ordinary", "°") if number else Atom("function", "deg"))
    return call.index


def _colon(call: Call) -> int:
    """The colon of a map ("f: X → Y"), which has its space behind it."""
    call.atoms.extend((Atom("comma", ":"), Atom("space", " ")))
    return call.index


def _unknown(call: Call) -> int:
    """A command of the author's own: as it was written, so that nothing is lost; its arguments are read."""
    formula, index = call.formula, call.index
    text = f"\\{call.name}"
    while (
        index < call.end
        and formula.tokens[index].text == "{"
        and not formula.tokens[index].gap
        and formula.closes(index, call.end)
    ):
        inside, index = call.argument(index)
        text += f"{{{forms.plain(inside)}}}" if inside else ""
    call.atoms.append(Atom("ordinary", text, style=call.look.style, loose=True))
    return index


_HANDLERS: Final[dict[str, Callable[[Call], int]]] = {
    **dict.fromkeys(_FENCES, _fence),
    **dict.fromkeys(_NOTHING, _nothing),
    **dict.fromkeys(_SKIPPED, _skipped),
    **dict.fromkeys(_SPACES | _SPACES_WITH_LENGTH, _space),
    **dict.fromkeys(words("kern mkern mskip"), _kern),
    **dict.fromkeys(_LOOKS, _looked),
    **dict.fromkeys(_TEXTS, _text),
    **dict.fromkeys(units.ARGUMENTS, _quantity),
    **dict.fromkeys(ALPHABET_COMMANDS, _alphabet),
    **dict.fromkeys(words("unicode char symbol"), _coded),
    **dict.fromkeys(MATH_ACCENTS, structures.accent),
    **dict.fromkeys(words("frac dfrac tfrac cfrac sfrac nicefrac flatfrac binom dbinom tbinom"), structures.fraction),
    **dict.fromkeys(words("operatorname operatornamewithlimits"), structures.operator),
    **dict.fromkeys(words("pmod bmod mod"), structures.modulus),
    **dict.fromkeys(structures.CLASSES, structures.classed),
    **dict.fromkeys(words("overset stackrel underset"), structures.stacked),
    **dict.fromkeys(words("xrightarrow xleftarrow xleftrightarrow xmapsto xRightarrow xLeftarrow"), structures.arrow),
    **dict.fromkeys(words("underbrace overbrace underbracket overbracket"), structures.braced),
    **dict.fromkeys(words("textcolor colorbox href hyperlink hypertarget"), structures.second),
    "sqrt": structures.root,
    "not": structures.negated,
    "tag": structures.tag,
    "begin": structures.environment,
    "deg": _degrees,
    "colon": _colon,
}
