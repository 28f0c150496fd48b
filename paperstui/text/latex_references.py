"""The commands in prose that refer to something: links, footnotes, citations.

Each takes the macro, writes what it shows, and returns where the next token is, or None if it is written wrongly.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from paperstui.text.clean import safe_url
from paperstui.text.latex_tables import words

if TYPE_CHECKING:
    from paperstui.text.latex_macros import Macro

CITATIONS: Final = frozenset(
    words("cite citep citet citealp citealt citeauthor citeyear citeyearpar parencite textcite autocite footcite")
    + words("ref eqref autoref cref Cref pageref")
)

# What LaTeX needs in an address and the address does not: escapes, places to break, white space.
_NO_PART: Final = re.compile(r"\\([_%&#~$^{}])|\\allowbreak\s*|\s+")


def behind_star(macro: Macro) -> int:
    """The token behind the command and its star, if it has one."""
    prose, index = macro.prose, macro.index + 1
    if index < macro.end and prose.tokens[index].text.startswith("*"):
        return prose.seek(index, prose.tokens[index].start + 1)
    return index


def link(macro: Macro) -> int | None:
    r"""`\href{address}{text}`: the text, leading to the address."""
    prose = macro.prose
    first = macro.argument()
    if first is None:
        return None
    target = _address(macro, first)
    second = prose.argument(first[2], macro.end, endless=True)
    if second is None:
        prose.write(target, macro.style, safe_url(target) or macro.link)
        return first[2]
    prose.read(second[0], second[1], macro.style, safe_url(target) or macro.link)
    return second[2]


def address(macro: Macro) -> int | None:
    r"""`\url{address}`."""
    argument = macro.argument()
    if argument is None:
        return None
    target = _address(macro, argument)
    macro.prose.write(target, macro.style, safe_url(target) or macro.link)
    return argument[2]


def _address(macro: Macro, argument: tuple[int, int, int]) -> str:
    """The address in an argument."""
    return _NO_PART.sub(r"\1", macro.prose.raw(argument[0], argument[1]))


def aside(macro: Macro) -> int | None:
    """A footnote, in parentheses where it is called."""
    argument = macro.argument(endless=True)
    if argument is None:
        return None
    start, close, after = argument
    if start < close:
        macro.space()
        macro.write("(")
        macro.prose.drop()
        macro.read(start, close)
        macro.write(")")
    return after


def citation(macro: Macro) -> int | None:
    """A citation or a reference: its keys in brackets, with what the optional arguments say about them."""
    prose = macro.prose
    index = behind_star(macro)
    options: list[tuple[int, int, int]] = []
    while option := prose.option(index, macro.end):
        options.append(option)
        index = option[2]
    argument = prose.argument(index, macro.end)
    if argument is None:
        return None
    notes = [prose.rendered(first, last) for first, last, _ in options]
    keys = [" ".join(key.split()) for key in prose.raw(argument[0], argument[1]).split(",")]
    if prose.last and prose.last not in "([{ \n":
        macro.space()
    macro.write(f"[{', '.join(part for part in (*keys, *notes) if part)}]")
    return argument[2]
