"""What the commands in prose mean. One that is not known stays as it was written, with its arguments read."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from paperstui.text import latex_atoms as forms
from paperstui.text.clean import safe_url
from paperstui.text.latex_atoms import PLAIN, Atom, Style
from paperstui.text.latex_commands import BOLD, CODE, ITALIC, character
from paperstui.text.latex_scan import MATHS_ENVIRONMENTS, Token, environment
from paperstui.text.latex_tables import (
    ABBREVIATIONS,
    ALPHABET_COMMANDS,
    FUNCTIONS,
    LETTERS,
    MATH_ACCENTS,
    OPENING,
    OPERATORS,
    RELATIONS,
    SYMBOLS,
    TEXT_ACCENTS,
)

if TYPE_CHECKING:
    from paperstui.text.latex_prose import Prose

# Reads one command: the prose, its name, its index, the end of what is read, and the style and link of its place. Returns where the
# next token is, or None if the command is written wrongly and so stays as it is.
Handler = Callable[["Prose", str, int, int, Style, str], int | None]

_STYLES: Final[dict[str, Style]] = (
    dict.fromkeys(
        "textsc textrm textnormal textsf textup textmd text mbox hbox makebox fbox framebox hl ul st sout keywords".split(),
        PLAIN,
    )
    | dict.fromkeys(
        "ac acp acl acf acs acrshort acrlong acrfull gls glspl Gls Glspl num si unit mathrm mathsf mathit".split(),
        PLAIN,
    )
    | dict.fromkeys("textbf bold mathbf boldsymbol bm".split(), BOLD)
    | dict.fromkeys("emph textit textsl underline uline uwave uuline".split(), ITALIC)
    | dict.fromkeys("texttt mathtt code".split(), CODE)
)
_DECLARATIONS: Final[dict[str, Style]] = (
    dict.fromkeys("rm rmfamily sc scshape sf sffamily normalfont upshape mdseries".split(), PLAIN)
    | dict.fromkeys("bf bfseries boldmath".split(), BOLD)
    | dict.fromkeys("it itshape em sl slshape".split(), ITALIC)
    | dict.fromkeys("tt ttfamily".split(), CODE)
)
# Layout, which has no meaning on a line of text.
_NOTHING: Final = frozenset(
    """
    noindent indent centering raggedright raggedleft tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge xspace
    displaystyle textstyle limits nolimits smallskip medskip bigskip clearpage newpage maketitle footnotemark leavevmode ignorespaces
    unskip sloppy null strut hrule hline left right big Big bigl bigr Bigl Bigr bigg Bigg onedot allowbreak nobreak nobreakdash protect relax
    """.split()
)
_JOINING: Final = frozenset(
    "allowbreak nobreak nobreakdash protect relax".split()
)  # TeX takes the space behind these, and so do authors
_SKIPPED: Final = {
    "vspace": 1,
    "hspace": 1,
    "label": 1,
    "color": 1,
    "phantom": 1,
    "hphantom": 1,
    "rule": 2,
    "pagestyle": 1,
    "fontsize": 2,
}
_SPACES: Final = frozenset("quad qquad enspace thinspace space hfill newline linebreak par break".split())
_CITATIONS: Final = frozenset(
    """
    cite citep citet citealp citealt citeauthor citeyear citeyearpar parencite textcite autocite footcite ref eqref autoref cref Cref pageref
    """.split()
)
_TWO_ARGUMENTS: Final = frozenset("frac dfrac tfrac sfrac nicefrac binom overset underset stackrel".split())
_FORMULAS: Final = (
    _TWO_ARGUMENTS
    | frozenset("sqrt pmod bmod not operatorname".split())
    | frozenset(ALPHABET_COMMANDS)
    | frozenset(MATH_ACCENTS)
)
_LAYOUT_ENVIRONMENTS: Final = frozenset(
    "center flushleft flushright quote quotation abstract document minipage small keywords".split()
)
_LISTS: Final = frozenset("itemize enumerate description compactitem compactenum".split())
_CHARACTER: Final = re.compile(r"\s*(?:\"([0-9A-F]{1,6})|'([0-7]{1,7})|`\\?(.)|(\d{1,7}))\s?", re.DOTALL)
_DINGBATS: Final = ((172, 0x2460), (182, 0x2776), (192, 0x2780), (202, 0x278A))  # circled numbers, ten of each sort
# The name of a colour, its mixture, or its numbers. What is none ("ddtD") may be a colour and the letter that it was for.
_COLOUR: Final = re.compile(r"[A-Za-z]?[a-z]*(?:[A-Z][a-z]+)*\d*(?:![\w!]+)*|[\d., ]+|#?[0-9A-Fa-f]{6}")
_EDGES: Final = re.compile(r"[ \n]?")


def declared(token: Token) -> Style | None:
    """The style that a declaration such as `\\it` gives to the rest of its group; None for anything else."""
    return _DECLARATIONS.get(token.text) if token.kind == "command" else None


def read(prose: Prose, index: int, end: int, style: Style, link: str) -> int:
    """Read the command at `index`, write it, and return where the next token is."""
    name = prose.tokens[index].text
    handler = _HANDLERS.get(name)
    after = handler(prose, name, index, end, style, link) if handler else None
    if after is None and (name in SYMBOLS or name in FUNCTIONS):
        after = _symbol(prose, name, index, end, style, link)
    return _unknown(prose, name, index, end, style, link) if after is None else after


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
    blank = _EDGES.match(token.text)
    size = blank.end() if blank else 0
    return token.start + size + 1 if token.kind == "text" and token.text[size : size + 1].isalnum() else None


def _unknown(prose: Prose, name: str, index: int, end: int, style: Style, link: str) -> int:
    """A command of the author's own: as it was written, so that nothing is lost; empty braces only end its name."""
    prose.write(f"\\{name}", style, link)
    index += 1
    while (close := prose.group(index, end)) is not None:
        if close > index + 1:
            prose.write("{", style, link)
            prose.read(index + 1, close, style, link)
            prose.write("}", style, link)
        index = close + 1
    return index


def _symbol(prose: Prose, name: str, index: int, end: int, style: Style, link: str) -> int:
    """A symbol outside of a formula, with the scripts it may have."""
    following = index + 1
    if following < end and prose.tokens[following].text in ("^", "_"):
        offset = prose.script_end(following, end, certain=True)
        if offset is not None:
            return _formula(prose, index, offset, style, link)
    close = prose.group(following, end)
    if name in FUNCTIONS and name not in SYMBOLS:
        if prose.last.isalnum():
            prose.space(style, link)
        prose.write(name, style, link)
        return following
    spaced = not prose.last or prose.last.isspace()
    prose.write(SYMBOLS[name], style, link)
    if close == following + 1:  # "\o{}": the braces only end the name
        return close + 1
    if _takes_space(prose, name, index, spaced=spaced):
        prose.swallow(following)
    return following


def _takes_space(prose: Prose, name: str, index: int, *, spaced: bool) -> bool:
    """Whether the space behind a symbol only ends its name. `spaced`: there was one before it.

    TeX takes it always; but who writes "3.6\\times faster" outside of a formula means the space.
    """
    if name in LETTERS or name in OPENING:
        return True
    at = prose.ends(index)
    before_number = prose.source[at : at + 2].strip()[:1].isdigit()
    if name in ("times", "sim") and before_number:
        return True
    return name != "times" and (name in OPERATORS or name in RELATIONS) and not spaced


def _formula(prose: Prose, index: int, offset: int, style: Style, link: str) -> int:
    """Write the source from the token to the offset as a formula."""
    source = prose.source[prose.tokens[index].start : offset]
    prose.formula(source, style, link, prose.source[offset : offset + 1])
    return prose.seek(index, offset)


def _formula_command(prose: Prose, _name: str, index: int, end: int, style: Style, link: str) -> int | None:
    """A command that belongs into a formula, with its arguments and scripts."""
    offset = extent(prose, index, end)
    if offset is None:
        return None
    following = prose.seek(index, offset)
    if following < end and prose.tokens[following].text in ("^", "_"):
        offset = prose.script_end(following, end, certain=True) or offset
    return _formula(prose, index, offset, style, link)


def _styled(prose: Prose, name: str, index: int, end: int, style: Style, link: str) -> int | None:
    """An argument in a style."""
    option = prose.option(index + 1, end)
    argument = prose.argument(option[2] if option else index + 1, end, endless=True)
    if argument is None:
        return None
    start, close, after = argument
    prose.read(start, close, style | _STYLES[name], link)
    return after


def _second(prose: Prose, _name: str, index: int, end: int, style: Style, link: str) -> int | None:
    """The second of two arguments; the first is a colour, a target or a size."""
    option = prose.option(index + 1, end)
    first = prose.argument(option[2] if option else index + 1, end)
    second = prose.argument(first[2], end) if first else None
    if second is None:
        return None
    prose.read(second[0], second[1], style, link)
    return second[2]


def _quantity(prose: Prose, _name: str, index: int, end: int, style: Style, link: str) -> int | None:
    """A number and its unit."""
    first = prose.argument(index + 1, end)
    second = prose.argument(first[2], end) if first else None
    if first is None or second is None:
        return None
    prose.read(first[0], first[1], style, link)
    prose.space(style, link)
    prose.read(second[0], second[1], style, link)
    return second[2]


def _first(prose: Prose, _name: str, index: int, end: int, style: Style, link: str) -> int | None:
    """The first of two arguments; the second says the same in other words."""
    first = prose.argument(index + 1, end)
    second = prose.argument(first[2], end) if first else None
    if first is None or second is None:
        return None
    prose.read(first[0], first[1], style, link)
    return second[2]


def _nothing(prose: Prose, name: str, index: int, _end: int, _style: Style, _link: str) -> int:
    """Layout."""
    if name in _JOINING:
        prose.swallow(index + 1)
    elif name != "xspace":  # which is there to keep the space behind it
        prose.drop()
    return index + 1


def _skipped(prose: Prose, name: str, index: int, end: int, _style: Style, _link: str) -> int | None:
    """Layout with arguments."""
    index += 1
    if index < end and prose.tokens[index].text.startswith("*"):
        index = prose.seek(index, prose.tokens[index].start + 1)
    option = prose.option(index, end)
    index = option[2] if option else index
    for _ in range(_SKIPPED[name]):
        argument = prose.argument(index, end)
        if argument is None or (name == "color" and not _COLOUR.fullmatch(prose.raw(argument[0], argument[1]))):
            return None
        index = argument[2]
    prose.drop()
    return index


def _degree(prose: Prose, _name: str, index: int, _end: int, style: Style, link: str) -> int:
    """The sign for degrees, as arXiv writes it: `{\\deg}`."""
    prose.write("°", style, link)
    return index + 1


def _space(prose: Prose, _name: str, index: int, _end: int, style: Style, link: str) -> int:
    """White space."""
    prose.space(style, link)
    return index + 1


def _link(prose: Prose, _name: str, index: int, end: int, style: Style, link: str) -> int | None:
    """`\\href{address}{text}`."""
    first = prose.argument(index + 1, end)
    if first is None:
        return None
    address = _address(prose, first)
    second = prose.argument(first[2], end)
    if second is None:
        prose.write(address, style, safe_url(address) or link)
        return first[2]
    prose.read(second[0], second[1], style, safe_url(address) or link)
    return second[2]


def _bare_link(prose: Prose, _name: str, index: int, end: int, style: Style, link: str) -> int | None:
    """`\\url{address}`."""
    argument = prose.argument(index + 1, end)
    if argument is None:
        return None
    address = _address(prose, argument)
    prose.write(address, style, safe_url(address) or link)
    return argument[2]


def _address(prose: Prose, argument: tuple[int, int, int]) -> str:
    """The address in an argument, without LaTeX's escapes and line breaks."""
    source = prose.raw(argument[0], argument[1])
    return re.sub(r"\\([_%&#~$^{}])|\\allowbreak\s*|\s+", r"\1", source)


def _aside(prose: Prose, _name: str, index: int, end: int, style: Style, link: str) -> int | None:
    """A footnote, in parentheses where it is called."""
    option = prose.option(index + 1, end)
    argument = prose.argument(option[2] if option else index + 1, end, endless=True)
    if argument is None:
        return None
    start, close, after = argument
    if start < close:
        prose.space(style, link)
        prose.write("(", style, link)
        prose.drop()
        prose.read(start, close, style, link)
        prose.write(")", style, link)
    return after


def _citation(prose: Prose, _name: str, index: int, end: int, style: Style, link: str) -> int | None:
    """A citation or a reference: its keys in brackets, with what the optional argument says about them."""
    index += 1
    if index < end and prose.tokens[index].text.startswith("*"):
        index = prose.seek(index, prose.tokens[index].start + 1)
    options: list[tuple[int, int, int]] = []
    while option := prose.option(index, end):
        options.append(option)
        index = option[2]
    argument = prose.argument(index, end)
    if argument is None:
        return None
    notes = [prose.rendered(first, last) for first, last, _ in options]
    keys = [" ".join(key.split()) for key in prose.raw(argument[0], argument[1]).split(",")]
    if prose.last and prose.last not in "([{ \n":
        prose.space(style, link)
    prose.write(f"[{', '.join(part for part in (*keys, *notes) if part)}]", style, link)
    return argument[2]


def _script(prose: Prose, name: str, index: int, end: int, style: Style, link: str) -> int | None:
    """Raised or lowered text."""
    argument = prose.argument(index + 1, end)
    if argument is None:
        return None
    text = prose.rendered(argument[0], argument[1])
    prose.write(forms.script([Atom("ordinary", text)], "^" if name == "textsuperscript" else "_"), style, link)
    return argument[2]


def _quoted(prose: Prose, _name: str, index: int, end: int, style: Style, link: str) -> int | None:
    """`\\enquote{…}`."""
    argument = prose.argument(index + 1, end)
    if argument is None:
        return None
    prose.write("“", style, link)
    prose.read(argument[0], argument[1], style, link)
    prose.write("”", style, link)
    return argument[2]


def _cased(prose: Prose, name: str, index: int, end: int, style: Style, link: str) -> int | None:
    """An argument in capitals or small letters."""
    argument = prose.argument(index + 1, end)
    if argument is None:
        return None
    text = prose.rendered(argument[0], argument[1])
    prose.write(text.upper() if "pper" in name else text.lower(), style, link)
    return argument[2]


def _ensured(prose: Prose, _name: str, index: int, end: int, style: Style, link: str) -> int | None:
    """`\\ensuremath{…}`."""
    argument = prose.argument(index + 1, end)
    if argument is None:
        return None
    prose.formula(prose.raw(argument[0], argument[1]), style, link, prose.after(argument[1]))
    return argument[2]


def _coded(prose: Prose, _name: str, index: int, end: int, style: Style, link: str) -> int | None:
    """A character by its number in braces."""
    argument = prose.argument(index + 1, end)
    char = character(prose.raw(argument[0], argument[1])) if argument else ""
    if argument is None or not char:
        return None
    prose.write(char, style, link)
    return argument[2]


def _char(prose: Prose, _name: str, index: int, _end: int, style: Style, link: str) -> int | None:
    """`\\char` and a number: decimal, octal, hexadecimal, or a character quoted."""
    match = _CHARACTER.match(prose.source, prose.ends(index))
    if not match:
        return None
    if match[3]:
        char = match[3]
    else:
        code = int(match[1], 16) if match[1] else int(match[2], 8) if match[2] else int(match[4])
        char = character(str(code))
    if not char.isprintable() or not char:
        return None
    prose.write(char, style, link)
    return prose.seek(index, match.end())


def _ding(prose: Prose, _name: str, index: int, end: int, style: Style, link: str) -> int | None:
    """A sign of the Zapf Dingbats font by its number."""
    argument = prose.argument(index + 1, end)
    number = prose.raw(argument[0], argument[1]).strip() if argument else ""
    if argument is None or not (number.isascii() and number.isdigit() and len(number) <= 3):  # noqa: PLR2004
        return None
    code = int(number)
    first = next(((low, base) for low, base in _DINGBATS if low <= code < low + 10), None)
    if first:
        char = chr(first[1] + code - first[0])
    elif 33 <= code <= 126:  # noqa: PLR2004 - the part of the font that Unicode took over in its order
        char = chr(0x2701 + code - 33)
    else:
        return None
    prose.write(char, style, link)
    return argument[2]


def _verbatim(prose: Prose, _name: str, index: int, end: int, style: Style, link: str) -> int | None:
    """`\\verb|…|`: what stands between two characters that are the same."""
    at = prose.ends(index)
    delimiter = prose.source[at : at + 1]
    close = (
        prose.source.find(delimiter, at + 1, at + 200)
        if delimiter and not delimiter.isspace() and delimiter != "{"
        else -1
    )
    if close < 0:
        return None
    prose.write(prose.source[at + 1 : close], style | CODE, link)
    return min(prose.seek(index, close + 1), end)


def _abbreviation(prose: Prose, name: str, index: int, _end: int, style: Style, link: str) -> int:
    """e.g., i.e.: one full stop, also where the author wrote another."""
    prose.write(ABBREVIATIONS[name], style, link)
    following = index + 1
    if following < len(prose.tokens) and prose.tokens[following].text == "onedot":
        following += 1
    if following < len(prose.tokens) and prose.tokens[following].text.startswith("."):
        return prose.seek(following, prose.tokens[following].start + 1)
    return following


def _letter_accent(prose: Prose, name: str, index: int, end: int, style: Style, link: str) -> int | None:
    """An accent by a letter (`\\c{c}`).

    arXiv takes the start of some commands for one: it makes `\\k{appa}` of `\\kappa`.
    """
    close = prose.group(index + 1, end)
    if close is not None:
        inside = prose.raw(index + 2, close)
        if name + inside in SYMBOLS:
            prose.write(SYMBOLS[name + inside], style, link)
            return close + 1
        if not inside or len(inside) > 4:  # noqa: PLR2004 - a command of the author's own
            return None
        return prose.accent(name, index, end, style, link)
    at = prose.ends(index)
    if (
        prose.source[at : at + 1] == " "
        and prose.source[at + 1 : at + 2].isalpha()
        and (prose.last.isalpha() or prose.source[at + 1].isupper())
    ):
        prose.swallow(index + 1)
        return prose.accent(name, index, end, style, link)
    return None


def _begin(prose: Prose, _name: str, index: int, end: int, style: Style, link: str) -> int | None:
    """An environment: a formula, a list, or layout."""
    name = environment(prose.tokens, index).rstrip("*")
    close = prose.partner.get(index, end)
    if close >= end or not name:
        return None
    inside, after = index + 4, min(close + 4, end)
    if name in MATHS_ENVIRONMENTS:
        prose.formula(prose.raw(index, after), style, link, prose.after(after - 1), display=True)
        return after
    if name not in _LISTS and name not in _LAYOUT_ENVIRONMENTS:
        return None
    option = prose.option(inside, close)
    inside = option[2] if option else inside
    if name in _LISTS:
        prose.lists.append(0 if "enum" in name else -1)
        prose.swallow(inside)
        prose.read(inside, close, style, link)
        prose.lists.pop()
        if not prose.source[prose.ends(after - 1) :][:80].isspace() and prose.after(after - 1):
            prose.new_line(style, link)
    else:
        prose.drop()
        prose.read(inside, close, style, link)
    prose.drop()
    return after


def _item(prose: Prose, _name: str, index: int, end: int, style: Style, link: str) -> int | None:
    """An item of a list, on a line of its own."""
    if not prose.lists:
        return None
    prose.new_line(style, link)
    prose.swallow(index + 1)
    option = prose.option(index + 1, end)
    if option:
        prose.read(option[0], option[1], style, link)
        prose.space(style, link)
        return option[2]
    if prose.lists[-1] >= 0:
        prose.lists[-1] += 1
        prose.write(f"{prose.lists[-1]}. ", style, link)
    else:
        prose.write("• ", style, link)
    return index + 1


_HANDLERS: Final[dict[str, Handler]] = (
    dict.fromkeys(_STYLES, _styled)
    | dict.fromkeys("textcolor colorbox hyperlink hypertarget hyperref raisebox scalebox".split(), _second)
    | dict.fromkeys(_NOTHING, _nothing)
    | dict.fromkeys(_SKIPPED, _skipped)
    | dict.fromkeys(_SPACES, _space)
    | dict.fromkeys(_CITATIONS, _citation)
    | dict.fromkeys(_FORMULAS, _formula_command)
    | dict.fromkeys(("footnote", "footnotetext", "thanks"), _aside)
    | dict.fromkeys(("textsuperscript", "textsubscript"), _script)
    | dict.fromkeys(("enquote", "textquote"), _quoted)
    | dict.fromkeys(("uppercase", "MakeUppercase", "lowercase", "MakeLowercase"), _cased)
    | dict.fromkeys(("unicode", "symbol"), _coded)
    | dict.fromkeys(("verb", "lstinline"), _verbatim)
    | dict.fromkeys(ABBREVIATIONS, _abbreviation)
    | dict.fromkeys((name for name in TEXT_ACCENTS if name.isalpha()), _letter_accent)
    | dict.fromkeys(("url", "path", "nolinkurl"), _bare_link)
    | {
        "SI": _quantity,
        "qty": _quantity,
        "href": _link,
        "texorpdfstring": _first,
        "ensuremath": _ensured,
        "char": _char,
        "ding": _ding,
        "begin": _begin,
        "item": _item,
        "deg": _degree,
    }
)
