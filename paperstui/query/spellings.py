r"""Other spellings of a word that is asked for: mathematics is in the index as it is shown.

Who looks for "O(n^2)", "H2O" or "alpha" means "𝒪(n²)", "H₂O" and "α", too, and the other way round: what can be typed and
what is read differ. Every spelling counts as the word itself.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from msgspec.structs import replace

from paperstui.query.tokens import tokens
from paperstui.query.tree import Text

# Name by name, because whoever only reads needs none of the tables of LaTeX.
_NAMES: Final = (
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi",
    "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
)  # fmt: skip
_GREEK: Final = dict(zip(_NAMES, "αβγδεζηθικλμνξπρστυφχψω", strict=True))
_LETTERS: Final = {letter: name for name, letter in _GREEK.items()}
_NAME: Final = re.compile(rf"(?<![^\W\d_])(?:{'|'.join([*_NAMES, *map(str.title, _NAMES)])})(?![^\W\d_])")
_LETTER: Final = re.compile(f"[{''.join(_LETTERS)}{''.join(_LETTERS).upper()}]")
_LATEX: Final = re.compile(r"[\\^_]")
# "H2O", "R2", "MoS2", "x1": letters as of elements, or one small one, with numbers behind them.
_NUMBERED: Final = re.compile(r"(?=.{2,10}$)(?:(?:[A-Z][a-z]?\d{0,2})+|[a-z]\d)")
_ORDER: Final = re.compile(r"(?<!\w)O(?=\(|$)")
_SPACE: Final = re.compile(r"(?<!\w)[CFNQRZ](?=[²³¹ᵃ-ᵪ⁰-ₜ])")
_SPACES: Final = dict(zip("CFNQRZ", "ℂ𝔽ℕℚℝℤ", strict=True))
_LOWERED: Final = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def spellings(leaf: Text) -> tuple[Text, ...]:
    """The words as they were asked for, and as they are also written."""
    others = _others(leaf.words)
    if leaf.prefix and len(leaf.words) == 1:  # the beginning of any word
        others = tuple(words for words in others if not leaf.words.isascii())
    return (leaf, *(replace(leaf, words=words, prefix=False) for words in others))


@lru_cache(maxsize=256)
def _others(words: str) -> tuple[str, ...]:
    """The other spellings of some words, of which the index would look for something else."""
    found = [words]
    if _LATEX.search(words):
        from paperstui.text.latex import to_unicode

        found.append(to_unicode(words, bare=True))
    for spelled in tuple(found):
        found.append(_NAME.sub(lambda name: _GREEK[name[0].lower()], spelled))
        if not spelled.isascii():
            found.append(_LETTER.sub(lambda letter: _LETTERS[letter[0].lower()], spelled))
            found += [_plain(spelled), unicodedata.normalize("NFKC", spelled)]
    if _NUMBERED.fullmatch(words) and not words.isalpha():
        found += [words.translate(_LOWERED), words.translate(_RAISED)]
    for spelled in tuple(found):
        found += [_ORDER.sub("𝒪", spelled), _SPACE.sub(lambda letter: _SPACES[letter[0]], spelled)]
    distinct = {tuple(tokens(spelled)): spelled for spelled in reversed(found)}
    del distinct[tuple(tokens(words))]
    return tuple(reversed(distinct.values()))


def _plain(words: str) -> str:
    """The words without mathematical alphabets: O for 𝒪, R for ℝ."""
    return "".join(
        unicodedata.normalize("NFKC", char) if unicodedata.decomposition(char).startswith("<font>") else char
        for char in words
    )
