"""LaTeX to Unicode, for titles and abstracts on a terminal.

Mathematics becomes one line of text ("𝒪(n³)", "x ∈ ℝᵈ", "1/(2n)"), accents and dashes become characters, commands that
only set a style become that style. What is not LaTeX stays as it is, and so does all LaTeX that is not known: nothing
is ever lost.

The parts: `latex_scan` (tokens, and what is a formula); `latex_math`, `latex_commands`, `latex_structures` and
`latex_atoms` (formulas); `latex_prose`, `latex_macros` and those it names (text); `latex_bare` (text that lost its
dollars and backslashes); `latex_tables` (names). All of it is linear in the length of the text; a formula longer than
`latex_scan.MAX_MATHS` and a text longer than `MAX_LENGTH` stay as they were written.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from paperstui.text import latex_bare
from paperstui.text.clean import clean, nfc

MAX_LENGTH: Final = 20_000

_PLAIN: Final[frozenset[str]] = frozenset()
_LATEX: Final = re.compile(r"[\\$^~{]|``|--")
# The sequences of a terminal and what else `clean` takes out: text from a source has none, but this is also called with
# other text.
_UNCLEAN: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class Span(NamedTuple):
    """Some text in one style: any of "bold", "italic" and "code"; and the address it leads to, "" for none."""

    text: str
    style: frozenset[str] = _PLAIN
    link: str = ""


def needs_rendering(source: str, bare: bool = False) -> bool:
    """Whether rendering may change the text. One search, so that text without LaTeX, which is nearly all, costs nothing."""
    return bool(_LATEX.search(source) or (bare and latex_bare.needed(source)))


def to_unicode(source: str, *, bare: bool = False) -> str:
    """The text as a terminal can show it, in NFC and without control characters.

    bare: the text lost its dollar signs and backslashes, as Hugging Face delivers it; LaTeX that survived is rendered
    all the same.
    """
    return "".join(span.text for span in spans(source, bare=bare))


def spans(source: str, *, bare: bool = False) -> tuple[Span, ...]:
    """The text of `to_unicode` in its styles."""
    if _UNCLEAN.search(source):
        source = clean(source, len(source))
    source = nfc(source)
    if not source:
        return ()
    if len(source) > MAX_LENGTH or not needs_rendering(source, bare=bare):
        return (Span(source),)
    from paperstui.text.latex_prose import Prose

    found: list[Span] = []
    for piece in Prose(latex_bare.restored(source) if bare else source, loose=bare).pieces():
        if found and found[-1].style == piece.style and found[-1].link == piece.link:
            found[-1] = Span(found[-1].text + piece.text, piece.style, piece.link)
        else:
            found.append(Span(*piece))
    return _normal(found)


def _normal(found: list[Span]) -> tuple[Span, ...]:
    """The spans in NFC, each by itself and all together."""
    text = "".join(span.text for span in found)
    if text.isascii():
        return tuple(found)
    normal = nfc(text)
    if normal == text:
        return tuple(found)
    spans_ = tuple(Span(nfc(span.text), span.style, span.link) for span in found)
    if "".join(span.text for span in spans_) == normal:
        return spans_
    return (
        Span(normal),
    )  # a mark at the start of one span belongs to the end of another: the text is right, the style goes
