"""Which characters and commands LaTeX writes how: accents, letters, symbols."""

from __future__ import annotations

SPECIALS = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "$": r"\$",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "@": "{@}",
}
"""What is not itself in text. A brace must be a command, as BibTeX counts braces and does not know the backslash."""

ACCENTS = {
    "\u0300": "`",
    "\u0301": "'",
    "\u0302": "^",
    "\u0303": "~",
    "\u0304": "=",
    "\u0306": "u",
    "\u0307": ".",
    "\u0308": '"',
    "\u030a": "r",
    "\u030b": "H",
    "\u030c": "v",
    "\u0323": "d",
    "\u0326": "textcommabelow",
    "\u0327": "c",
    "\u0328": "k",
    "\u0331": "b",
}
"""Combining marks and the commands that set them."""

LETTERS = {
    "ß": "ss",
    "æ": "ae",
    "Æ": "AE",
    "œ": "oe",
    "Œ": "OE",
    "ø": "o",
    "Ø": "O",
    "ł": "l",
    "Ł": "L",
    "å": "aa",
    "Å": "AA",
    "ı": "i",
    "ȷ": "j",
    "đ": "dj",
    "Đ": "DJ",
    "ð": "dh",
    "Ð": "DH",
    "þ": "th",
    "Þ": "TH",
    "ŋ": "ng",
    "Ŋ": "NG",
    "…": "ldots",
    "§": "S",
    "¶": "P",
    "©": "copyright",
    "£": "pounds",
    "°": "textdegree",
    "€": "texteuro",
    "™": "texttrademark",
    "®": "textregistered",
}
"""Characters with a command of their own."""

PUNCTUATION = {"–": "--", "—": "---", "‘": "`", "’": "'", "“": "``", "”": "''", "\u00a0": "~", "¿": "?`", "¡": "!`"}
"""Characters that LaTeX writes with ASCII ones."""

_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho varsigma sigma tau "
    "upsilon phi chi psi omega"
)
GREEK = frozenset(_GREEK.split()) - {"omicron"}
"""The names of the small Greek letters that are commands."""

BARE_COMMANDS = frozenset({
    "ell", "nabla", "varepsilon", "varphi", "vartheta", "sum", "prod", "max", "min", "int", "lim", "sup", "inf", "log",
    "exp", "mathcal", "mathbb", "mathbf", "mathrm", "mathit", "mathsf", "mathtt", "mathfrak", "mathscr", "boldsymbol",
    "operatorname", "sqrt", "frac", "hat", "tilde", "bar", "widehat", "widetilde", "overline",
})  # fmt: skip
"""Commands that make a formula of text which has lost its dollar signs."""

MATHS = {
    **{chr(0x3B1 + at): name for at, name in enumerate(_GREEK.split()) if name != "omicron"},
    "ε": "varepsilon",
    "ϵ": "epsilon",
    "ϕ": "phi",
    "φ": "varphi",
    "ϑ": "vartheta",
    "Γ": "Gamma",
    "Δ": "Delta",
    "Θ": "Theta",
    "Λ": "Lambda",
    "Ξ": "Xi",
    "Π": "Pi",
    "Σ": "Sigma",
    "Φ": "Phi",
    "Ψ": "Psi",
    "Ω": "Omega",
    "×": "times",
    "±": "pm",
    "·": "cdot",
    "÷": "div",
    "≤": "leq",
    "≥": "geq",
    "≠": "neq",
    "≈": "approx",
    "∼": "sim",
    "≡": "equiv",
    "∈": "in",
    "∞": "infty",
    "∂": "partial",
    "∇": "nabla",
    "∑": "sum",
    "∏": "prod",
    "∫": "int",
    "√": "surd",
    "→": "rightarrow",
    "←": "leftarrow",
    "↔": "leftrightarrow",
    "⇒": "Rightarrow",
    "↑": "uparrow",
    "↓": "downarrow",
    "∀": "forall",
    "∃": "exists",
    "∅": "emptyset",
    "∪": "cup",
    "∩": "cap",
    "⊂": "subset",
    "⊆": "subseteq",
    "⊕": "oplus",
    "⊗": "otimes",
    "∘": "circ",
    "ℓ": "ell",
    "†": "dagger",
    "★": "star",
}
"""Characters of mathematics and their commands, which hold in text between dollar signs."""

MATHS_COMMANDS = frozenset(MATHS.values())
"""Commands of mathematics that are sometimes written without dollar signs."""

SCRIPTS = {
    **{char: f"^{digit}" for digit, char in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
    **{char: f"_{digit}" for digit, char in enumerate("₀₁₂₃₄₅₆₇₈₉")},
    "⁺": "^+",
    "⁻": "^-",
    "ⁿ": "^n",
    "₊": "_+",
    "₋": "_-",
    "−": "-",
}
"""Superscripts, subscripts and the minus sign, between dollar signs."""

TEXT_COMMANDS = {
    "emph": "emph",
    "textit": "textit",
    "textsl": "textsl",
    "textbf": "textbf",
    "texttt": "texttt",
    "textsc": "textsc",
    "textrm": "textrm",
    "textsf": "textsf",
    "textsuperscript": "textsuperscript",
    "textsubscript": "textsubscript",
    "underline": "underline",
    "text": "textrm",
    "mbox": "mbox",
}
"""Commands whose argument is text, and what to write for them so that no package is needed."""

DECLARATIONS = frozenset({"em", "it", "bf", "tt", "sc", "rm", "sf", "sl"})
"""Commands that hold until the end of their group."""

STANDALONE = frozenset(LETTERS.values()) | {
    "LaTeX", "TeX", "dots", "textendash", "textemdash", "textquoteright", "textquoteleft", "textquotedblleft",
    "textquotedblright", "textasciitilde", "textasciicircum", "textbackslash", "textless", "textgreater", "textbar",
    "textunderscore", "slash",
}  # fmt: skip
"""Commands without an argument that hold in text."""

LETTER_ACCENTS = frozenset({"c", "v", "u", "H", "k", "r", "d", "b", "t"})
"""Commands of one letter that set an accent on their argument."""
