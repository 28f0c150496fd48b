"""The commands in prose that stand for characters: by number, raised, quoted, verbatim, abbreviated.

Each takes the macro, writes what it shows, and returns where the next token is, or None if it is written wrongly.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from paperstui.text import latex_atoms as forms
from paperstui.text.latex_atoms import Atom
from paperstui.text.latex_commands import CODE, character
from paperstui.text.latex_tables import ABBREVIATIONS

if TYPE_CHECKING:
    from paperstui.text.latex_macros import Macro

MAX_VERBATIM: Final = 200

_NUMBER: Final = re.compile(r"\s*(?:\"([0-9A-F]{1,6})|'([0-7]{1,7})|`\\?(.)|(\d{1,7}))\s?", re.DOTALL)
_DECIMAL: Final = re.compile(r" ?(\d{1,3})(?!\d)")
_ROMAN: Final = {
    900: "cm", 500: "d", 400: "cd", 100: "c", 90: "xc", 50: "l", 40: "xl", 10: "x", 9: "ix", 5: "v", 4: "iv", 1: "i",
}  # fmt: skip
# Numbers in circles in the Zapf Dingbats font, ten of each sort, and where Unicode has them.
_CIRCLED: Final = ((172, 0x2460), (182, 0x2776), (192, 0x2780), (202, 0x278A))


def degree(macro: Macro) -> int:
    r"""The sign for degrees, as arXiv writes it: `{\deg}`."""
    macro.write("°")
    return macro.index + 1


def script(macro: Macro) -> int | None:
    """Raised or lowered text."""
    argument = macro.argument()
    if argument is None:
        return None
    text = macro.prose.rendered(argument[0], argument[1])
    macro.write(forms.script([Atom("ordinary", text)], "^" if macro.name == "textsuperscript" else "_"))
    return argument[2]


def quoted(macro: Macro) -> int | None:
    r"""`\enquote{…}`."""
    argument = macro.argument()
    if argument is None:
        return None
    macro.write("“")
    macro.read(argument[0], argument[1])
    macro.write("”")
    return argument[2]


def cased(macro: Macro) -> int | None:
    """An argument in capitals or small letters."""
    argument = macro.argument()
    if argument is None:
        return None
    text = macro.prose.rendered(argument[0], argument[1])
    macro.write(text.upper() if "pper" in macro.name else text.lower())
    return argument[2]


def coded(macro: Macro) -> int | None:
    """A character by its number in braces."""
    argument = macro.argument()
    shown = character(macro.prose.raw(argument[0], argument[1])) if argument else ""
    if argument is None or not shown:
        return None
    macro.write(shown)
    return argument[2]


def char(macro: Macro) -> int | None:
    r"""`\char` and a number: decimal, octal, hexadecimal, or a character quoted."""
    match = _NUMBER.match(macro.prose.source, macro.prose.ends(macro.index))
    if not match:
        return None
    if match[3]:
        shown = match[3]
    else:
        code = int(match[1], 16) if match[1] else int(match[2], 8) if match[2] else int(match[4])
        shown = character(str(code))
    if not shown or not shown.isprintable():
        return None
    macro.write(shown)
    return macro.prose.seek(macro.index, match.end())


def roman(macro: Macro) -> int | None:
    r"""`\romannumeral` and a number: in small Roman digits."""
    match = _DECIMAL.match(macro.prose.source, macro.prose.ends(macro.index))
    if not match:
        return None
    rest, shown = int(match[1]), ""
    for value, digits in _ROMAN.items():
        shown += digits * (rest // value)
        rest %= value
    macro.write(shown)
    return macro.prose.seek(macro.index, match.end())


def ding(macro: Macro) -> int | None:
    """A sign of the Zapf Dingbats font by its number."""
    argument = macro.argument()
    number = macro.prose.raw(argument[0], argument[1]).strip() if argument else ""
    if argument is None or not (number.isascii() and number.isdigit() and len(number) <= 3):
        return None
    code = int(number)
    circled = next((base + code - low for low, base in _CIRCLED if low <= code < low + 10), None)
    if circled is None and not 33 <= code <= 126:  # the part of the font that Unicode took over in its order
        return None
    macro.write(chr(circled or 0x2701 + code - 33))
    return argument[2]


def verbatim(macro: Macro) -> int | None:
    r"""`\verb|…|`: what stands between two characters that are the same."""
    prose = macro.prose
    at = prose.ends(macro.index)
    delimiter = prose.source[at : at + 1]
    if not delimiter or delimiter.isspace() or delimiter == "{":
        return None
    close = prose.source.find(delimiter, at + 1, at + MAX_VERBATIM)
    if close < 0:
        return None
    prose.write(prose.source[at + 1 : close], macro.style | CODE, macro.link)
    return min(prose.seek(macro.index, close + 1), macro.end)


def abbreviation(macro: Macro) -> int:
    """e.g., i.e.: one full stop, also where the author wrote another."""
    prose = macro.prose
    macro.write(ABBREVIATIONS[macro.name])
    following = macro.index + 1
    if following < macro.end and prose.tokens[following].text == "onedot":
        following += 1
    if following < macro.end and prose.tokens[following].text.startswith("."):
        return prose.seek(following, prose.tokens[following].start + 1)
    return following
