"""What the commands in prose mean. One that is not known stays as it was written, with its arguments read.

Those that refer to something (links, footnotes, citations) are in `latex_references`, single characters in
`latex_characters`, environments in `latex_environments`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from paperstui.text import latex_accents as accents
from paperstui.text import latex_characters as characters
from paperstui.text import latex_environments as environments
from paperstui.text import latex_references as references
from paperstui.text import latex_scripts as scripts
from paperstui.text import latex_units as units
from paperstui.text.latex_atoms import PLAIN, Style
from paperstui.text.latex_commands import BOLD, CODE, ITALIC
from paperstui.text.latex_tables import (
    ABBREVIATIONS,
    ALPHABET_COMMANDS,
    FUNCTIONS,
    GREEK,
    LETTERS,
    MATH_ACCENTS,
    OPENING,
    OPERATORS,
    RELATIONS,
    SYMBOLS,
    TEXT_ACCENTS,
    words,
)

if TYPE_CHECKING:
    from paperstui.text.latex_prose import Prose
    from paperstui.text.latex_scan import Token


class Macro(Struct, frozen=True):
    """One use of a command: where it stands, and the style and link of its place.

    index: the token of the command itself. end: the token behind what is read.
    """

    prose: Prose
    name: str
    index: int
    end: int
    style: Style
    link: str

    def write(self, text: str) -> None:
        """Write text in the style of the place."""
        self.prose.write(text, self.style, self.link)

    def read(self, start: int, end: int) -> None:
        """Write some tokens in the style of the place."""
        self.prose.read(start, end, self.style, self.link)

    def space(self) -> None:
        """Write a space, unless there is one."""
        self.prose.space(self.style, self.link)

    def argument(self, index: int | None = None, *, endless: bool = False) -> tuple[int, int, int] | None:
        """First and end of an argument, and where the next token is; behind an optional one, which says nothing."""
        at = self.index + 1 if index is None else index
        option = self.prose.option(at, self.end)
        return self.prose.argument(option[2] if option else at, self.end, endless=endless)

    def arguments(self) -> tuple[tuple[int, int, int], tuple[int, int, int]] | None:
        """Two arguments; the second goes to the end if its brace never closes."""
        first = self.argument()
        second = self.prose.argument(first[2], self.end, endless=True) if first else None
        return (first, second) if first and second else None


# Reads one use of a command. Returns where the next token is, or None if it is written wrongly and so stays as it is.
Handler = Callable[[Macro], int | None]

_STYLES: Final[dict[str, Style]] = (
    dict.fromkeys(words("textsc textrm textnormal textsf textup textmd text mbox hbox makebox fbox framebox"), PLAIN)
    | dict.fromkeys(words("hl ul st sout keywords mathrm mathsf mathit"), PLAIN)
    | dict.fromkeys(words("ac acp acl acf acs acrshort acrlong acrfull gls glspl Gls Glspl"), PLAIN)
    | dict.fromkeys(words("textbf bold mathbf boldsymbol bm"), BOLD)
    | dict.fromkeys(words("emph textit textsl underline uline uwave uuline"), ITALIC)
    | dict.fromkeys(words("texttt mathtt code"), CODE)
)
_DECLARATIONS: Final[dict[str, Style]] = (
    dict.fromkeys(words("rm rmfamily sc scshape sf sffamily normalfont upshape mdseries"), PLAIN)
    | dict.fromkeys(words("bf bfseries boldmath"), BOLD)
    | dict.fromkeys(words("it itshape em sl slshape"), ITALIC)
    | dict.fromkeys(words("tt ttfamily"), CODE)
)
# Layout, which has no meaning on a line of text. TeX takes the space behind the last ones, and so do authors.
_JOINING: Final = frozenset(words("allowbreak nobreak nobreakdash protect relax"))
_NOTHING: Final = _JOINING | frozenset(
    words("noindent indent centering raggedright raggedleft tiny scriptsize footnotesize small normalsize large Large")
    + words("LARGE huge Huge xspace displaystyle textstyle limits nolimits smallskip medskip bigskip clearpage newpage")
    + words("maketitle footnotemark leavevmode ignorespaces unskip sloppy null strut hrule hline left right onedot")
    + words("big Big bigl bigr Bigl Bigr bigg Bigg")
)
_SKIPPED: Final = {
    **dict.fromkeys(words("vspace hspace label color phantom hphantom pagestyle"), 1),
    **dict.fromkeys(words("rule fontsize setlength"), 2),
}
_SPACES: Final = frozenset(words("quad qquad enspace thinspace space hfill newline linebreak par break"))
_SPACED: Final = frozenset(words("textperthousand textpertenthousand texttrademark textregistered"))
_TWO_ARGUMENTS: Final = frozenset(words("frac dfrac tfrac sfrac nicefrac binom overset underset stackrel"))
_FORMULAS: Final = (
    _TWO_ARGUMENTS | {"sqrt", "pmod", "bmod", "not", "operatorname"} | ALPHABET_COMMANDS.keys() | MATH_ACCENTS.keys()
)
# The name of a colour, its mixture, or its numbers. What is none ("ddtD") may be a colour and the letter it was for.
_COLOUR: Final = re.compile(r"[A-Za-z]?[a-z]*(?:[_-]?[A-Z][a-z]+|[_-][a-z]+)*\d*(?:![\w!]+)*|[\d., ]+|#?[0-9A-Fa-f]{6}")
_BLANK: Final = re.compile(r"[ \n]?")


def declared(token: Token) -> Style | None:
    r"""The style that a declaration such as `\it` gives to the rest of its group; None for anything else."""
    return _DECLARATIONS.get(token.text) if token.kind == "command" else None


def read(prose: Prose, index: int, end: int, style: Style, link: str) -> int:
    """Read the command at `index`, write it, and return where the next token is."""
    name = prose.tokens[index].text
    macro = Macro(prose, name, index, end, style, link)
    handler = _HANDLERS.get(name)
    after = handler(macro) if handler else None
    if after is None and (name in SYMBOLS or name in FUNCTIONS):
        after = _symbol(macro)
    return _unknown(macro) if after is None else after


def extent(prose: Prose, index: int, end: int) -> int | None:
    """Where in the source the command at `index` ends with its arguments, if it is one of a formula; else None."""
    name = prose.tokens[index].text
    if name in SYMBOLS or name in FUNCTIONS:
        return prose.ends(index)
    if name not in _FORMULAS and name not in _STYLES:
        return None
    option = prose.option(index + 1, end) if name == "sqrt" else None
    following = option[2] if option else index + 1
    offset = prose.ends(following - 1)
    for _ in range(2 if name in _TWO_ARGUMENTS else 1):
        found = _argument_end(prose, following, end)
        if found is None:
            return None
        offset = found
        following = prose.seek(following, offset)
    return offset


def _argument_end(prose: Prose, index: int, end: int) -> int | None:
    """Where in the source one argument ends: a group, a command with the groups behind it, or a character."""
    argument = prose.argument(index, end)
    if argument:
        return prose.ends(argument[1])
    if index >= end:
        return None
    token = prose.tokens[index]
    if token.kind == "command":
        index += 1
        while (close := prose.group(index, end)) is not None:
            index = close + 1
        return prose.ends(index - 1)
    blank = _BLANK.match(token.text)
    size = blank.end() if blank else 0
    return token.start + size + 1 if token.kind == "text" and token.text[size : size + 1].isalnum() else None


def _unknown(macro: Macro) -> int:
    """A command of the author's own: as it was written, so that nothing is lost; empty braces only end its name."""
    macro.write(f"\\{macro.name}")
    index = macro.index + 1
    while (close := macro.prose.group(index, macro.end)) is not None:
        if close > index + 1:
            macro.write("{")
            macro.read(index + 1, close)
            macro.write("}")
        index = close + 1
    return index


def _symbol(macro: Macro) -> int:
    """A symbol outside of a formula, with the scripts it may have."""
    prose, name = macro.prose, macro.name
    following = macro.index + 1
    if following < macro.end and prose.tokens[following].text in ("^", "_"):
        offset = scripts.end(prose, following, macro.end, certain=True)
        if offset is not None:
            return _write_formula(macro, offset)
    if name not in SYMBOLS:  # the name of a function
        if prose.last.isalnum():
            macro.space()
        macro.write(name)
        return following
    spaced = not prose.last or prose.last.isspace()
    close = prose.group(following, macro.end)
    rest = prose.raw(following + 1, close) if close is not None and name in LETTERS else ""
    mangled = GREEK.get(name + rest) if rest else None  # arXiv makes "\o{mega}" of "\omega"
    macro.write(mangled or SYMBOLS[name])
    if close is not None and (close == following + 1 or mangled):  # "\o{}": the braces only end the name
        return close + 1
    if _takes_space(macro, spaced=spaced):
        prose.swallow(following)
    return following


def _takes_space(macro: Macro, *, spaced: bool) -> bool:
    r"""Whether the space behind a symbol only ends its name. `spaced`: there was one before it.

    TeX takes it always; but who writes "3.6\times faster" outside of a formula means the space.
    """
    name = macro.name
    if name in LETTERS or name in OPENING or name == "slash" or (name.startswith("text") and name not in _SPACED):
        return True
    at = macro.prose.ends(macro.index)
    if name in ("times", "sim") and macro.prose.source[at : at + 2].strip()[:1].isdigit():
        return True
    return name != "times" and (name in OPERATORS or name in RELATIONS) and not spaced


def _write_formula(macro: Macro, offset: int) -> int:
    """Write the source from the command to the offset as a formula."""
    prose = macro.prose
    source = prose.source[prose.tokens[macro.index].start : offset]
    prose.formula(source, macro.style, macro.link, prose.source[offset : offset + 1])
    return prose.seek(macro.index, offset)


def _formula(macro: Macro) -> int | None:
    """A command that belongs into a formula, with its arguments and scripts."""
    prose = macro.prose
    offset = extent(prose, macro.index, macro.end)
    if offset is None:
        return None
    following = prose.seek(macro.index, offset)
    if following < macro.end and prose.tokens[following].text in ("^", "_"):
        offset = scripts.end(prose, following, macro.end, certain=True) or offset
    return _write_formula(macro, offset)


def _ensured(macro: Macro) -> int | None:
    r"""`\ensuremath{…}`."""
    argument = macro.argument()
    if argument is None:
        return None
    prose = macro.prose
    prose.formula(prose.raw(argument[0], argument[1]), macro.style, macro.link, prose.after(argument[1]))
    return argument[2]


def _styled(macro: Macro) -> int | None:
    """An argument in a style."""
    argument = macro.argument(endless=True)
    if argument is None:
        return None
    start, close, after = argument
    macro.prose.read(start, close, macro.style | _STYLES[macro.name], macro.link)
    return after


def _second(macro: Macro) -> int | None:
    """The second of two arguments; the first is a colour, a target or a size."""
    both = macro.arguments()
    if both is None:
        return None
    macro.read(both[1][0], both[1][1])
    return both[1][2]


def _first(macro: Macro) -> int | None:
    """The first of two arguments; the second says the same in other words."""
    both = macro.arguments()
    if both is None:
        return None
    macro.read(both[0][0], both[0][1])
    return both[1][2]


def _nothing(macro: Macro) -> int:
    """Layout."""
    if macro.name in _JOINING:
        macro.prose.swallow(macro.index + 1)
    elif macro.name != "xspace":  # which is there to keep the space behind it
        macro.prose.drop()
    return macro.index + 1


def _skipped(macro: Macro) -> int | None:
    """Layout with arguments."""
    prose = macro.prose
    index = references.behind_star(macro)
    for _ in range(_SKIPPED[macro.name]):
        argument = macro.argument(index)
        if argument is None:
            return None
        if macro.name == "color" and not _COLOUR.fullmatch(prose.raw(argument[0], argument[1])):
            return None
        index = argument[2]
    prose.drop()
    return index


def _space(macro: Macro) -> int:
    """White space."""
    macro.space()
    return macro.index + 1


def _letter_accent(macro: Macro) -> int | None:
    """An accent by a letter."""
    return accents.by_letter(macro.prose, macro.name, macro.index, macro.end, macro.style, macro.link)


_HANDLERS: Final[dict[str, Handler]] = {
    **dict.fromkeys(_STYLES, _styled),
    **dict.fromkeys(
        words("textcolor colorbox foreignlanguage hyperlink hypertarget hyperref raisebox scalebox"), _second
    ),
    **dict.fromkeys(_NOTHING, _nothing),
    **dict.fromkeys(_SKIPPED, _skipped),
    **dict.fromkeys(_SPACES, _space),
    **dict.fromkeys(_FORMULAS, _formula),
    **dict.fromkeys((name for name in TEXT_ACCENTS if name.isalpha()), _letter_accent),
    **dict.fromkeys(units.QUANTITIES, units.quantity),
    "ang": units.degrees,
    "texorpdfstring": _first,
    "ensuremath": _ensured,
    **dict.fromkeys(references.CITATIONS, references.citation),
    **dict.fromkeys(words("footnote footnotetext thanks"), references.aside),
    **dict.fromkeys(words("url path nolinkurl"), references.address),
    "href": references.link,
    **dict.fromkeys(ABBREVIATIONS, characters.abbreviation),
    **dict.fromkeys(words("textsuperscript textsubscript"), characters.script),
    **dict.fromkeys(words("enquote textquote"), characters.quoted),
    **dict.fromkeys(words("uppercase MakeUppercase lowercase MakeLowercase"), characters.cased),
    **dict.fromkeys(words("unicode symbol"), characters.coded),
    **dict.fromkeys(words("verb lstinline"), characters.verbatim),
    "char": characters.char,
    "romannumeral": characters.roman,
    "ding": characters.ding,
    "deg": characters.degree,
    "begin": environments.begin,
    "item": environments.item,
}
