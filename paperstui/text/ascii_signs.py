"""What the characters of mathematics are called in ASCII: "<=", "alpha", "sum".

The names are LaTeX's own (`latex_tables`), but for signs that everybody writes in another way.
"""

from __future__ import annotations

from typing import Final

from paperstui.text.latex_tables import BIG, CLOSING, OPENING, OPERATORS, ORDINARY, RELATIONS, SUBSCRIPT, SUPERSCRIPT

_SIGNS: Final = (
    "≤ <= ≥ >= ≠ != ≈ ~= ≡ == ≪ << ≫ >> ⋘ <<< ⋙ >>> → -> ← <- ↔ <-> ⇒ => ⇐ <== ⇔ <=> ⟹ ==> ⟸ <== ⟺ <==> ↦ |-> ⇝ ~> ↪ c-> ≔ := "
    "≕ =: ⊢ |- ⊣ -| ⊨ |= ÷ / ± +- ∓ -+ · * ∗ * ⋆ * • * ∣ | ∥ || ‖ || − - ⁄ / ∕ / … ... ⋯ ... ′ ' ″ '' ‴ ''' ‵ ` ⟨ < ⟩ > ⟦ [[ "
    "⟧ ]] ⟮ ( ⟯ ) ½ (1/2) ¼ (1/4) ¾ (3/4) © (c) ® (R) ™ (TM) “ \" ” \" „ \" ‘ ' ’ ' ‚ ' « << » >> ‹ < › > – - — -- ‐ - ‑ - ⁃ - "
    "¡ ! ¿ ? ∼ ~ ∶ : ∖ \\"
)
_WORDS: Final = (
    "∈ in ∉ not_in ∋ contains ∌ not_contains ¬ not ⊂ subset ⊃ supset △ triangle § section ¶ paragraph ı i ȷ j µ mu ∆ Delta ∅ "
    "emptyset ⊥ bot ℧ mho ☉ sun ⊕ oplus ∘ circ † dagger ‡ ddagger √ sqrt ∛ root_3 ∜ root_4 ¢ cent ℃ deg_C ẞ SS Ω Omega"
)


def _pairs(table: str) -> dict[str, str]:
    words = table.split()
    return dict(zip(words[::2], words[1::2], strict=True))


def _named() -> dict[str, str]:
    """The characters of the tables by the first of their names."""
    names: dict[str, str] = {}
    for table in (RELATIONS, OPERATORS, BIG, ORDINARY, OPENING, CLOSING):
        for name, char in table.items():
            if len(char) == 1 and not char.isascii():
                names.setdefault(char, name.removeprefix("text"))
    return names


_ALL_WORDS: Final = {
    char: word.replace("not_", "not ").replace("deg_", "deg ")
    for char, word in (_named() | _pairs(_WORDS)).items()
    if char not in _pairs(_SIGNS) and char not in "⌋⌉"
}

SIGNS: Final = (
    _pairs(_SIGNS) | {"⌋": ")", "⌉": ")"} | {char: word for char, word in _ALL_WORDS.items() if len(word) == 1}
)
"""Characters that signs or single letters stand for."""

WORDS: Final = {char: word for char, word in _ALL_WORDS.items() if len(word) > 1} | {"⌊": "floor(", "⌈": "ceil("}
"""Characters that words stand for, which are kept apart from what is around them."""

INFIX: Final = frozenset(
    char for char in (*RELATIONS.values(), *OPERATORS.values(), *"∈∉∋∌×") if char in WORDS and char not in "†‡"
)
"""Those of them that stand between two things."""

MARKS: Final = {
    "\u0300": "grave", "\u0301": "acute", "\u0302": "hat", "\u0303": "tilde", "\u0304": "bar", "\u0305": "bar", "\u0306": "breve",
    "\u0307": "dot", "\u0308": "ddot", "\u030a": "ring", "\u030b": "dacute", "\u030c": "check", "\u0323": "dotbelow",
    "\u0327": "cedilla", "\u0328": "ogonek", "\u0331": "underbar", "\u0332": "underbar", "\u0361": "tie", "\u20d7": "vec",
    "\u20db": "dddot", "\u20dc": "ddddot",
}  # fmt: skip
"""Combining marks, by the name of what they say of a letter: "hat(x)"."""

NOT: Final = "\u0338"
"""The stroke through a relation."""

_RAISED_LETTERS: Final = {raised: "-" if base == "−" else base for base, raised in SUPERSCRIPT.items()}
_LOWERED_LETTERS: Final = {lowered: "-" if base == "−" else base for base, lowered in SUBSCRIPT.items()}
RAISED: Final = {raised: base for raised, base in _RAISED_LETTERS.items() if raised not in (base, "°")} | {"ᵀ": "T"}
"""Superscripts and what they are the raised form of."""

LOWERED: Final = _LOWERED_LETTERS
"""The same of subscripts."""

TIMES: Final = "×"
DEGREE: Final = "°"
ROOTS: Final = "√∛∜"

OF_PROSE: Final = frozenset("“”‘’„‚–—‐‑«»‹›¡¿§¶©®™£€¥¢ªº½¼¾№•")
"""Signs of ordinary text, which stay what they are there."""

LATIN: Final = {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ȷ": "j", "ß": "ss", "ẞ": "SS"} | {
    "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "Th", "ð": "d", "Ð": "D", "ŋ": "ng", "Ŋ": "Ng",
}  # fmt: skip
"""Letters of names that are no letter with a mark, where only ASCII will do."""
