"""How wide text is on a terminal, and fitting it: in cells, never in characters.

The cells are `rich.cells`'s, which is what Textual draws with; the two must agree, or a line is cut in the wrong place.
Its tables are loaded when the first text is measured that is not made of narrow letters alone, so that a first frame
without any does not wait for them.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

ELLIPSIS: Final = "…"

# Letters of one cell that stand for themselves in NFC: Latin, Greek, punctuation, scripts, arrows, operators, our own.
_NARROW: Final = frozenset(
    map(
        chr,
        (
            *range(0x20, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x180), *range(0x391, 0x3A2), *range(0x3A3, 0x3CA),
            *range(0x2010, 0x2028), *range(0x2030, 0x2040), *range(0x2074, 0x208F), *range(0x2190, 0x2196),
            *range(0x2200, 0x22FF), *map(ord, "─│▌▐●▲★☆×ℓℂℕℙℚℝℤ⟨⟩"),
        ),
    )
)  # fmt: skip
# And more of them, too many to hold them all: mathematical ones ("𝒪"); and those of two cells, which are ideographs,
# kana, Hangul, the punctuation and Latin that go with them, and pictures. What would join or colour a picture is not
# among them.
_MATHEMATICAL: Final = ("\U0001d400", "\U0001d7ff")
_TWO_CELLS: Final = (
    ("\u4e00", "\u9fff"), ("\uac00", "\ud7a3"), ("\u3041", "\u3096"), ("\u30a1", "\u30fa"), ("\u30fc", "\u30fc"),
    ("\u3001", "\u3002"), ("\u3005", "\u3011"), ("\uff01", "\uff5e"),
    ("\U0001f300", "\U0001f320"), ("\U0001f337", "\U0001f37c"), ("\U0001f37e", "\U0001f393"),
    ("\U0001f3a0", "\U0001f3ca"), ("\U0001f3cf", "\U0001f3d3"), ("\U0001f3e0", "\U0001f3f0"),
    ("\U0001f400", "\U0001f43e"), ("\U0001f442", "\U0001f4fc"), ("\U0001f4ff", "\U0001f53d"),
    ("\U0001f5fb", "\U0001f64f"), ("\U0001f680", "\U0001f6c5"), ("\U0001f910", "\U0001f93a"),
    ("\U0001f947", "\U0001f970"), ("\U0001f980", "\U0001f9a2"),
)  # fmt: skip


class Onward(str):
    """A line, or the beginning of one, that goes on from the line before. White space of the text went at the break.

    It is text like any other, and carries through all that is put before it what its line is to the one above: who
    copies several lines joins them again as they were.
    """

    __slots__ = ()
    joint = " "


class Broken(Onward):
    """The same where nothing went: the break is within a word, or between characters that need no space."""

    __slots__ = ()
    joint = ""


def is_narrow(text: str) -> bool:
    """Whether the text is made of letters alone that take one cell each, whatever stands beside them.

    Such a text is in NFC and clean as well: it has no marks, no controls, and no white space but the space.
    """
    return (text.isascii() and text.isprintable()) or _NARROW.issuperset(text) or simple_width(text) == len(text)


def simple_width(text: str) -> int:
    """The cells of a text in which every letter stands for itself; such a text is in NFC and clean. -1 for all others."""
    cells = 0
    for letter in text:
        if letter in _NARROW:
            cells += 1
        elif is_double(letter):
            cells += 2
        elif _MATHEMATICAL[0] <= letter <= _MATHEMATICAL[1] and letter.isprintable():
            cells += 1
        else:
            return -1
    return cells


def is_double(letter: str) -> bool:
    """Whether a letter is known to take two cells."""
    return letter > "\u3000" and any(first <= letter <= last for first, last in _TWO_CELLS)


def width(text: str) -> int:
    """How many cells the text takes. Control characters count nothing: clean text has none but the newline."""
    if (text.isascii() and text.isprintable()) or _NARROW.issuperset(text):
        return len(text)
    cells = simple_width(text)
    if cells >= 0:
        return cells
    from rich.cells import cell_len

    return cell_len(text)


def truncate(text: str, cells: int) -> str:
    """The text in at most `cells` cells, with an ellipsis inside them if anything was cut; never half a character."""
    if cells <= 0:
        return ""
    if width(text) <= cells:
        return text
    return _head(text, cells - 1).rstrip() + ELLIPSIS


def pad(text: str, cells: int) -> str:
    """The text in exactly `cells` cells: cut like `truncate`, or filled up with spaces."""
    shown = truncate(text, cells)
    return shown + " " * (cells - width(shown))


def wrap(text: str, cells: int) -> list[str]:
    """The text as lines of at most `cells` cells.

    Breaks at white space, which goes at the break and stays everywhere else; between characters in Chinese and
    Japanese; and anywhere in what is wider than a line. Every newline of the text begins a line, an empty line stays
    one. Nothing fits into no cells: then there are no lines. A line that goes on from the one before is `Onward`.
    """
    if cells <= 0:
        return []
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if is_narrow(paragraph):
            lines += _wrapped(paragraph, cells)
        elif len(paragraph) <= cells and width(paragraph) <= cells:
            lines.append(paragraph)
        else:
            from paperstui.text.wide import wrapped

            lines += wrapped(paragraph, cells)
    return lines


def _wrapped(text: str, cells: int) -> list[str]:
    """A paragraph of narrow letters: looks for breaks instead of measuring words."""
    end = len(text)
    if end <= cells:
        return [text]
    end = len(text.rstrip(" "))
    lines: list[str] = []
    kind: type[str] = str
    start = 0
    while end - start > cells:
        space = text.rfind(" ", start, start + cells + 1)
        if space < 0:
            lines.append(kind(text[start : start + cells]))
            kind = Broken
            start += cells
            continue
        line = text[start:space].rstrip(" ")
        if line:
            lines.append(kind(line))
            kind = Onward
        start = space + 1
        while start < end and text[start] == " ":
            start += 1
    lines.append(kind(text[start:end]))
    return lines


def _head(text: str, cells: int) -> str:
    """As many whole characters from the start as fit."""
    if is_narrow(text[: cells + 1]):  # with the next character, which may be a mark on the last one
        return text[:cells]
    from paperstui.text.wide import head

    return head(text, cells)
