"""LaTeX to Unicode, for titles and abstracts on a terminal.

Mathematics becomes one line of text ("𝒪(n³)", "x ∈ ℝᵈ", "1/(2n)"), accents and dashes become characters, commands that
only set a style become that style. What is not LaTeX stays as it is, and so does all LaTeX that is not known: nothing
is ever lost.

The parts: `latex_scan` (tokens, and what is a formula); `latex_math`, `latex_commands`, `latex_structures` and
`latex_atoms` (formulas); `latex_prose`, `latex_macros` and those it names (text); `latex_bare` (text that lost its
dollars and backslashes); `latex_ascii` (mathematics in ASCII); `latex_tables` (names). All of it is linear in the length of
the text; a formula longer than `latex_scan.MAX_MATHS` and a text longer than `MAX_LENGTH` stay as they were written.

How a text is shown is not decided here but in `paperstui.text.mathematics`.
"""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter

from paperstui.text.width import simple_width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final, NamedTuple

    from paperstui.text.latex_prose import Prose as AnyProse
else:
    from paperstui.light import NamedTuple

MAX_LENGTH: Final = 20_000

_PLAIN: Final[frozenset[str]] = frozenset()
_LATEX: Final = ("\\", "$", "^", "~", "{", "_", "``", "''", "--")
# What is left of LaTeX in bare text: signs, names that are no words in any language, and names that are in words, too,
# of which no more than has to be put back ("2times" and "langle", not "sometimes" and "triangle").
SIGNS: Final = (
    "leq", "geq", "neq", "infty", "propto", "cdot", "ldots", "subseteq", "mapsto", "varepsilon", "rightarrow",
)  # fmt: skip
_BARE: Final = ("_", "^", "{", "\\", *SIGNS)
_BARE_WORDS: Final = ("times", "angle", "ceil", "floor", "sim", "approx", "log ", "log(")
_AMONG_WORDS: Final = (
    r"[\d°A-Z]times|(?<![A-Za-z\\])times\d|(?<![A-Za-z])[lr](?:angle|ceil|floor)"
    r"|(?<![A-Za-z])[A-Za-z]log(?:\(| [A-Za-z](?![A-Za-z]))|\d(?:sim|approx)|\b(?:sim|approx)\d"
)
_UNCLEAN: Final = r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u2028-\u202e\u2066-\u2069\ud800-\udfff]"


class Span(NamedTuple):
    """Some text in one style: any of "bold", "italic" and "code"; and the address it leads to, "" for none."""

    text: str
    style: frozenset[str] = _PLAIN
    link: str = ""


def needs_rendering(source: str, bare: bool = False) -> bool:
    """Whether rendering may change the text. Text without LaTeX, which is nearly all, costs next to nothing."""
    return any(sign in source for sign in _LATEX) or (bare and is_bare(source))


def is_bare(text: str) -> bool:
    """Whether the text may have lost backslashes, which `latex_bare` puts back."""
    if any(sign in text for sign in _BARE):
        return True
    if not any(word in text and _stands_out(word, text) for word in _BARE_WORDS):
        return False
    import re

    return re.search(_AMONG_WORDS, text) is not None


def _stands_out(name: str, text: str) -> bool:
    """Whether a name may be more than the end or the middle of a word. Only then is a pattern worth its import."""
    at = text.find(name)
    while at >= 0:
        before, after = text[at - 1 : at] if at else "", text[at + len(name) : at + len(name) + 1]
        if before.isdigit() or after.isdigit() or before.isupper() or before == "°":
            return True
        further = text[at - 2 : at - 1] if at > 1 else ""
        if (
            name not in ("times", "sim", "approx")
            and before.isalpha()
            and not (further.isascii() and further.isalpha())
        ):
            return True
        at = text.find(name, at + 1)
    return False


def to_unicode(source: str, *, bare: bool = False) -> str:
    """The text as a terminal can show it, in NFC and without control characters.

    bare: the text lost its dollar signs and backslashes, as Hugging Face delivers it; LaTeX that survived is rendered
    all the same.
    """
    return "".join(span.text for span in spans(source, bare=bare))


def spans(source: str, *, bare: bool = False, ascii_only: bool = False) -> tuple[Span, ...]:
    """The text of `to_unicode` in its styles. ascii_only: mathematics is written with ASCII (`latex_ascii`)."""
    source = sound(source)
    if not source:
        return ()
    if len(source) > MAX_LENGTH or not needs_rendering(source, bare=bare):
        return (Span(source),)
    from paperstui.text.latex_bare import restored

    if ascii_only:
        from paperstui.text.latex_ascii import AsciiProse, restored_names

        reader: AnyProse = AsciiProse(restored_names(source) if bare else source, loose=bare)
    else:
        from paperstui.text.latex_prose import Prose

        reader = Prose(restored(source) if bare else source, loose=bare)
    alike = groupby(reader.pieces(), attrgetter("style", "link"))
    return _normal([Span("".join(piece.text for piece in pieces), style, link) for (style, link), pieces in alike])


def sound(source: str) -> str:
    """The text clean and in NFC, which is what a text from a source is already."""
    line = source.replace("\n", "")
    if (line.isascii() and line.isprintable()) or simple_width(line) >= 0:
        return source
    import re

    from paperstui.text.clean import clean, nfc

    # The sequences of a terminal and what else `clean` takes out: text from a source has none, but this is also called
    # with other text.
    if re.search(_UNCLEAN, source):
        source = clean(source, len(source))
    return nfc(source)


def _normal(found: list[Span]) -> tuple[Span, ...]:
    """The spans in NFC, each by itself and all together."""
    text = "".join(span.text for span in found)
    if text.isascii():
        return tuple(found)
    from paperstui.text.clean import nfc

    normal = nfc(text)
    if normal == text:
        return tuple(found)
    spans_ = tuple(Span(nfc(span.text), span.style, span.link) for span in found)
    if "".join(span.text for span in spans_) == normal:
        return spans_
    return (
        Span(normal),
    )  # a mark at the start of one span belongs to the end of another: the text is right, the style goes
