"""The inks: what each kind of text looks like, in terms of theme variables.

A widget turns an ink and a ground (what lies behind it) into colours of the theme. Unread, starred
and selected differ by glyph and weight as well, so that nothing hangs on hue alone.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple
else:
    from paperstui.light import NamedTuple


class Ink(NamedTuple):
    """A theme variable for the colour, and the attributes it is written with."""

    variable: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    dim: bool = False
    strike: bool = False


INKS: dict[str, Ink] = {
    "text": Ink("foreground"),
    "strong": Ink("foreground", bold=True),
    "dim": Ink("paper-dim"),
    "faint": Ink("paper-faint"),
    "italic": Ink("foreground", italic=True),
    "code": Ink("paper-code"),
    "title": Ink("foreground", bold=True),
    "title-read": Ink("foreground"),
    "heading": Ink("paper-accent", bold=True),
    "minor": Ink("foreground", bold=True, italic=True),
    "accent": Ink("paper-accent"),
    "accent-strong": Ink("paper-accent", bold=True),
    "match": Ink("paper-accent", bold=True, underline=True),
    "gone": Ink("paper-dim", strike=True),
    "link": Ink("paper-dim", underline=True),
    "cite": Ink("paper-dim"),
    "more": Ink("paper-dim"),
    "paper": Ink("foreground"),
    "tab": Ink("paper-dim"),
    "tab-shown": Ink("paper-accent", bold=True),
    "rule": Ink("paper-rule"),
    "error": Ink("paper-error"),
    "pixels": Ink("foreground"),
}


def link_ink(address: str) -> str:
    """The ink of a link. It carries the address, so that a click on any piece of a wrapped link knows where it leads."""
    return f"link:{address}"


def address_of(ink: str) -> str:
    """The address that the ink of a link carries; "" for other inks."""
    return carried(ink, "link")


def carried(ink: str, kind: str) -> str:
    """What an ink of a kind carries, as `link` carries an address: a paper its id, a tab its name; "" for other inks."""
    found, _, rest = ink.partition(":")
    return rest if found == kind else ""


def ink_named(ink: str) -> Ink:
    """What an ink looks like."""
    return INKS[ink.partition(":")[0]]


GROUNDS: dict[str, str] = {
    "list": "background",
    "detail": "surface",
    "bar": "panel",
    "cursor": "paper-cursor",
    "cursor-blurred": "paper-cursor-blurred",
    "selected": "paper-selected",
}
"""What lies behind the text: the name and the theme variable of its colour."""

DARK: dict[str, str] = {
    "background": "#12151b",
    "surface": "#171b22",
    "panel": "#1e232c",
    "foreground": "#dde1ea",
    "paper-accent": "#f0ab5e",
    "paper-dim": "#a2abbc",
    "paper-faint": "#7d879b",
    "paper-code": "#b9c7a5",
    "paper-rule": "#2e3541",
    "paper-error": "#f2888a",
    "paper-cursor": "#2a3140",
    "paper-cursor-blurred": "#1f242e",
    "paper-selected": "#2b3a57",
}

LIGHT: dict[str, str] = {
    "background": "#fbfaf7",
    "surface": "#f4f2ed",
    "panel": "#eae7e0",
    "foreground": "#1f2329",
    "paper-accent": "#9a4708",
    "paper-dim": "#505866",
    "paper-faint": "#687080",
    "paper-code": "#3f5a1f",
    "paper-rule": "#d3cec3",
    "paper-error": "#a8262b",
    "paper-cursor": "#e0dbd0",
    "paper-cursor-blurred": "#ece9e2",
    "paper-selected": "#cddcf0",
}

OWN_THEMES: dict[str, dict[str, str]] = {"paperstui-dark": DARK, "paperstui-light": LIGHT}
"""Our themes by name: the variables that are ours alone, and the colours Textual mixes the others from."""

FEWER_COLOURS: dict[str, tuple[int, int]] = {
    "#12151b": (16, 0), "#171b22": (16, 0), "#1e232c": (16, 0), "#dde1ea": (188, 15), "#f0ab5e": (215, 7),
    "#a2abbc": (145, 7), "#7d879b": (245, 7), "#b9c7a5": (151, 7), "#2e3541": (23, 8), "#f2888a": (210, 9),
    "#2a3140": (23, 8), "#1f242e": (16, 0), "#fbfaf7": (231, 15), "#f4f2ed": (231, 15), "#eae7e0": (188, 15),
    "#1f2329": (235, 0), "#9a4708": (94, 3), "#505866": (240, 8), "#687080": (242, 8), "#3f5a1f": (58, 8),
    "#2b3a57": (23, 8), "#cddcf0": (189, 15),
    "#d3cec3": (188, 7), "#a8262b": (124, 1), "#e0dbd0": (188, 15), "#ece9e2": (224, 15),
}  # fmt: skip
"""Our colours on a terminal that has 256 of them, and on one that has 16; as Rich, which Textual paints with, has it."""


def sequence(ink: str, ground: str, theme: dict[str, str], colours: int) -> str:
    """The terminal's sequence for text in an ink on a ground of one of our themes.

    colours: how many the terminal has: 2**24, 256 or 16.
    """
    spec = ink_named(ink)
    codes = ["0"]
    styles = (spec.bold, "1"), (spec.dim, "2"), (spec.italic, "3"), (spec.underline, "4"), (spec.strike, "9")
    codes += [code for on, code in styles if on]
    codes.append(_colour(theme[spec.variable], colours, "38", 30))
    codes.append(_colour(theme[GROUNDS[ground]], colours, "48", 40))
    return f"\x1b[{';'.join(codes)}m"


def _colour(name: str, colours: int, kind: str, first: int) -> str:
    if colours > 256:
        return f"{kind};2;{int(name[1:3], 16)};{int(name[3:5], 16)};{int(name[5:7], 16)}"
    of_256, of_16 = FEWER_COLOURS[name]
    if colours > 16:
        return f"{kind};5;{of_256}"
    return str(first + of_16 if of_16 < 8 else first + 52 + of_16)
