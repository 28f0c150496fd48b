"""The inks: what each kind of text looks like, in terms of theme variables.

A widget turns an ink and a ground (what lies behind it) into colours of the theme. Unread, starred
and selected differ by glyph and weight as well, so that nothing hangs on hue alone.
"""

from __future__ import annotations

from typing import NamedTuple


class Ink(NamedTuple):
    """A theme variable for the colour, and the attributes it is written with."""

    variable: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    dim: bool = False


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
    "accent": Ink("paper-accent"),
    "accent-strong": Ink("paper-accent", bold=True),
    "match": Ink("paper-accent", bold=True, underline=True),
    "link": Ink("paper-dim", underline=True),
    "rule": Ink("paper-rule"),
    "error": Ink("paper-error"),
}


def link_ink(address: str) -> str:
    """The ink of a link. It carries the address, so that a click on any piece of a wrapped link knows where it leads."""
    return f"link:{address}"


def address_of(ink: str) -> str:
    """The address that the ink of a link carries; "" for other inks."""
    kind, _, address = ink.partition(":")
    return address if kind == "link" else ""


def ink_named(ink: str) -> Ink:
    """What an ink looks like."""
    return INKS[ink.partition(":")[0]]


GROUNDS: dict[str, str] = {
    "list": "background",
    "detail": "surface",
    "bar": "panel",
    "cursor": "paper-cursor",
    "cursor-blurred": "paper-cursor-blurred",
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
}

OWN_THEMES: dict[str, dict[str, str]] = {"paperstui-dark": DARK, "paperstui-light": LIGHT}
"""Our themes by name: the variables that are ours alone, and the colours Textual mixes the others from."""
