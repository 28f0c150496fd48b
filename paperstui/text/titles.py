r"""One paper, many spellings: what a title is when all that only looks different is taken away, and the arXiv id in any text.

arXiv writes "$\nabla^2$DFT" or "∇²DFT", Hugging Face "nabla^2DFT", and what is copied from its site has typographic
quotes and other dashes. The same work must get the same key from all of them, for the key is the id of a paper that has
no other.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from paperstui.text.clean import clean_line

PREFIX: Final = "title:"

# What stands between the parts of one word: scripts, braces, apostrophes. All else that is no letter or digit parts
# words.
_GLUE: Final = re.compile(r"[_^{}'’‘`´]")
_NOT_WORD: Final = re.compile(r"[\W_]+")
# Signs are spelled as TeX does, for that is what is left of them where the backslash was taken away: "β-VAE" and
# "beta-VAE" are one.
_SPELLED_FIRST: Final = {
    "×": "times",
    "→": "to",
    "≤": "le",
    "≥": "ge",
    "≠": "ne",
    "ϵ": "epsilon",
    "ϕ": "phi",
    "ℓ": "ell",
    "ς": "sigma",
}
# Where TeX has several names for a sign, the one that `_SPELLED_FIRST` has.
_ALIASES: Final = {
    "rightarrow": "to",
    "longrightarrow": "to",
    "leq": "le",
    "geq": "ge",
    "neq": "ne",
    "varepsilon": "epsilon",
    "varphi": "phi",
}
_ALIAS: Final = re.compile("|".join(sorted(_ALIASES, key=len, reverse=True)))

# The archives there were in April 2007 and before.
_OLD_ARCHIVES: Final = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga|"
    "funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math-ph|math|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|"
    "q-alg|q-bio|quant-ph|solv-int|supr-con"
)
# Ids since then, and theirs; a version may follow. Neither is a piece of a longer number or word.
_MONTH: Final = r"\d\d(?:0[1-9]|1[0-2])"
_NUMBER: Final = (
    rf"(?P<id>{_MONTH}\.\d{{4,5}}|(?:{_OLD_ARCHIVES})(?:\.[A-Z]{{2}})?/{_MONTH}\d{{3}})"
    r"(?:v(?P<version>[1-9]\d{0,2}))?(?!\w|[.-]\d)"
)
_AT_START: Final = re.compile(_NUMBER)
_ANYWHERE: Final = re.compile(rf"(?:(?<![\w.])(?<!\d-)|(?<=arXiv\.)|(?<=arxiv\.)|(?<=ARXIV\.)){_NUMBER}(?!/)")
# What stands in somebody else's DOI only looks like an id.
_DOI: Final = re.compile(r"10\.\d{4,9}/(?!arxiv)\S*$", re.IGNORECASE)
_ADDRESS: Final = re.compile(
    r"(?:https?://)?(?:[\w-]+\.)*(?:arxiv\.org|ar5iv\.org|alphaxiv\.org|huggingface\.co|hf\.co)/"
    r"(?:abs|pdf|html|format|papers|src|e-print|ps|overview|forum|api/papers|api/arxiv)/",
    re.IGNORECASE,
)
_MAX_SEARCHED: Final = 4_096


def normalised(title: str) -> str:
    """The title as words of small letters and digits with single spaces: the same for every spelling of one title.

    Mathematics is rendered first, Greek letters and other signs are spelled out, accents and other marks go. "" if
    nothing is left.
    """
    text = clean_line(title)
    if not text.isascii() or _may_hold_latex(text):
        from paperstui.text.latex import to_unicode

        text = to_unicode(text, bare=True)
    if not text.isascii():
        text = text.translate(_spelling())
        text = "".join(
            char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char)
        )
        text = unicodedata.normalize("NFC", text.translate(_spelling()))
    text = _NOT_WORD.sub(" ", _GLUE.sub("", text.casefold())).strip()
    return _ALIAS.sub(lambda name: _ALIASES[name[0]], text)


def title_key(title: str) -> str:
    """16 hexadecimal digits of the SHA-256 of the normalised title (of the title itself, if it has neither letters nor digits)."""
    # Here, since it brings all of OpenSSL, and whoever only shows papers needs no key.
    import hashlib

    return hashlib.sha256((normalised(title) or clean_line(title)).encode()).hexdigest()[:16]


def title_id(title: str) -> str:
    """The paper id of a work that is known by its title alone."""
    return PREFIX + title_key(title)


def arxiv_id(text: str) -> str | None:
    """The bare arXiv id in an id, a citation ("arXiv:2506.01234v2") or an address of arXiv or Hugging Face; else None.

    In other text, the first whole id is taken. A piece of a longer number is none, and neither is one of a month that
    does not exist.
    """
    match = _find(text)
    return match["id"] if match else None


def version(text: str) -> int | None:
    """The version that stands behind the arXiv id in the text; None for none."""
    match = _find(text)
    return int(match["version"]) if match and match["version"] else None


def _find(text: str) -> re.Match[str] | None:
    """The first arXiv id in the text."""
    if alone := _AT_START.fullmatch(text):
        return alone
    text = text[:_MAX_SEARCHED].strip()
    address = _ADDRESS.search(text)
    if address:
        return _AT_START.match(text.replace(".pdf", " "), address.end())
    return next((match for match in _ANYWHERE.finditer(text) if not _DOI.search(text[: match.start()])), None)


def _may_hold_latex(text: str) -> bool:
    """Whether the title has anything that rendering could change."""
    from paperstui.text.latex import needs_rendering

    return needs_rendering(text, bare=True)


_table: dict[int, str] = {}


def _spelling() -> dict[int, str]:
    """How signs and Greek letters are spelled, as a table for `str.translate`; made when the first title beyond ASCII comes."""
    if not _table:
        from paperstui.text.latex_tables import GREEK, SYMBOLS

        signs = {name: char for name, char in SYMBOLS.items() if char != "+" and unicodedata.category(char[0]) == "Sm"}
        for names in (signs, GREEK, {name: char for char, name in _SPELLED_FIRST.items()}):
            _table.update(
                {ord(char): name for name, char in reversed(names.items()) if len(char) == 1 and not char.isascii()}
            )
    return _table
