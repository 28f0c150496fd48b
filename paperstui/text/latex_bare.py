"""The careful pass for text of Hugging Face, which took away paired dollar signs and the backslashes of commands.

What was there is put back where nothing but mathematics is written so, and nowhere else: a lone "alpha", "times" or
"in" stays a word. A wrong guess damages prose, a missed one leaves what Hugging Face shows.
"""

from __future__ import annotations

import re
from typing import Final

from paperstui.text.latex_scan import URL
from paperstui.text.latex_tables import GREEK, words

_GREEK: Final = "|".join(sorted([*GREEK, "varepsilon", "varphi", "vartheta", "ell", "nabla"], key=len, reverse=True))
_STYLED: Final = words("mathbb mathcal mathscr mathfrak mathbf mathrm mathsf mathtt boldsymbol operatorname") + words(
    "texttt textbf textit textsc textrm textsf sqrt widehat widetilde overline tilde hat bar"
)
_STYLES: Final = "|".join(sorted(_STYLED, key=len, reverse=True))
# Names that are no words in any language.
_SIGNS: Final = words("leq geq neq infty propto cdot ldots subseteq mapsto varepsilon rightarrow")
# Inside braces of a script there is only mathematics, so there words may be commands; but not those that are also
# labels (in, max, top).
_IN_SCRIPT: Final = re.compile(
    rf"(?<![A-Za-z\\])(?:(?:{_GREEK}|cdots?|l?dots|infty|circ|ast|dagger|pm|leq|geq|neq|rightarrow|times|odot|oplus|perp)"
    r"(?![A-Za-z])"
    r"|(?:text|mathrm|mathbf|mathcal|mathbb)(?=\{))"
    r"|(?<=(?<![A-Za-z])[A-Za-z])times\b"
)
_KEPT: Final = re.compile(rf"{URL.pattern}|(?<!`)`[^`'\n]{{1,80}}`(?!`)", re.IGNORECASE)
_SCRIPT_GROUP: Final = re.compile(r"(?<=[_^])\{[^{}]{1,80}\}")

# Each rule has the strings of which one must be in the text for it to apply: looking for those is a hundred times
# faster than a pattern.
_RULES: Final[tuple[tuple[tuple[str, ...], re.Pattern[str], str], ...]] = (
    # The dollar of a sum of money went, its backslash stayed: "\38" was "\$38".
    (("\\",), re.compile(r"(?<![\\\w])\\(?=\d)"), r"\\$"),
    (("circ",), re.compile(r"\^(?:\{circ\}|circ(?=times|(?![a-z])))"), "°"),
    # "2times", "64times 64", "1.4times", and between capitals; not "sometimes", "2-times" or "3 times".
    (
        ("times",),
        re.compile(
            r"(?<=[\d°])times(?![a-z])(?: (?=\d))?|(?<=[A-Z])times(?=[A-Z])|(?<=\d)\{times\}|(?<![A-Za-z\\])times(?=\d)"
        ),
        "×",
    ),
    # "sim20%", "sim14,000×", "sim100B", "20sim 100"; not "sim2real".
    (("sim",), re.compile(r"(?<![\w\\])sim(?=\d[\d.,]*(?:×|\\?%|[KMBTx]?(?![\w-])))"), "~"),
    (("sim",), re.compile(r"(?<![\w.,])(\d[\d.,]*)sim ?(?=\d)"), r"\1~"),
    (("approx",), re.compile(r"(?<![\w\\])approx(?=\d)"), "≈"),
    (("^",), re.compile(r"\^(star|prime|top|dagger|ast|infty|perp)(?![A-Za-z])"), r"^{\\\1}"),
    # What stood in braces to take its spaces away: "{sim}50"; and a style: "{bf Name}".
    (("{",), re.compile(r"\{(sim|approx|leq|geq|le|ge|pm)\}(?=[\d$])"), r"{\\\1}"),
    (("{",), re.compile(r"\{(?=(?:bf|em|tt|sc|rm|sf|sl) \S)"), r"{\\"),
    # Brackets, and signs whose names are no words.
    (("angle", "ceil", "floor"), re.compile(r"(?<![A-Za-z\\])(langle|lceil|lfloor)(?![A-Za-z]) ?"), r"\\\1{}"),
    (("angle", "ceil", "floor"), re.compile(r" ?(?<![A-Za-z\\])(rangle|rceil|rfloor)(?![A-Za-z])"), r"\\\1{}"),
    (
        _SIGNS,
        re.compile(rf"(?<![a-z\\])(?:{'|'.join(_SIGNS)})(?![A-Za-z])|(?<=[A-Z ])(?:left)?rightarrow(?=[A-Z ])"),
        r"\\\g<0>{}",
    ),
    # A Greek word with a script is a symbol: "tau_0", "nabla^2", "pi_{0.5}", "pi_theta"; "beta_schedule" is a name.
    (
        ("_", "^"),
        re.compile(
            rf"(?<![A-Za-z\\_.])(?:{_GREEK})(?=\^[\w{{(*+\-−\\]|_(?:\{{|\d+(?![\w])|[A-Za-z](?![\w])|(?:{_GREEK})(?![A-Za-z_])))"
        ),
        r"\\\g<0>",
    ),
    (
        ("_", "^"),
        re.compile(
            r"(?<![A-Za-z\\_.])"
            r"(?:(?:sum|prod|max|min|int|lim|sup|inf|log|exp)(?=[_^]\{|_\d+(?!\w)|\^\d+(?!\w))|(?:sum|prod)(?=_[a-z] ))"
        ),
        r"\\\g<0>",
    ),
    (("_",), re.compile(rf"(?<=[A-Za-zα-ωΑ-Ω]_)(?:{_GREEK})(?![A-Za-z_])"), r"\\\g<0>"),
    (("{",), re.compile(rf"(?<![A-Za-z\\])(?:{_STYLES})(?=\{{[^{{}}]{{1,200}}\}})"), r"\\\g<0>"),
    # "O(nlog n)" had a space; a blog, a clog and a vlog have none.
    (("log",), re.compile(r"(?<![A-Za-z\\])([ad-eg-oq-rtuw-zA-Z])log(?= \1(?![A-Za-z]))"), r"\1 log"),
    (("frac{",), re.compile(r"(?<![A-Za-z\\])frac(?=\{[^{}]{1,80}\}\{)"), r"\\frac"),
)
_NEEDLES: Final = ("_", "^", "{", "\\", "times", "angle", "ceil", "floor", *_SIGNS)
_ABOUT: Final = re.compile(r"(?<![A-Za-z])[A-Za-z]log [A-Za-z](?![A-Za-z])|\d(?:sim|approx)|\b(?:sim|approx)\d")


def needed(text: str) -> bool:
    """Whether there may be something to put back."""
    return any(needle in text for needle in _NEEDLES) or bool(
        ("sim" in text or "approx" in text or "log " in text) and _ABOUT.search(text)
    )


def restored(text: str) -> str:
    """The text with those backslashes put back that nothing else explains; addresses and code are left alone."""
    if not needed(text):
        return text
    parts: list[str] = []
    at = 0
    for kept in _KEPT.finditer(text) if "/" in text or "`" in text or "www." in text else ():
        parts += [_restored(text[at : kept.start()]), kept[0]]
        at = kept.end()
    return "".join(parts) + _restored(text[at:])


def _restored(text: str) -> str:
    """The same for a part without addresses and code."""
    if "{" in text:
        text = _SCRIPT_GROUP.sub(lambda group: _IN_SCRIPT.sub(lambda word: _command(word[0], group[0]), group[0]), text)
    for needles, pattern, replacement in _RULES:
        if any(needle in text for needle in needles):
            text = pattern.sub(replacement, text)
    return text


def _command(word: str, group: str) -> str:
    """A word as a command; a space ends its name where a letter follows."""
    return f"\\{word} " if word == "times" or group.endswith(word + "}") else f"\\{word}"
