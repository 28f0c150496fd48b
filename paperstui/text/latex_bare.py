"""The careful pass for text of Hugging Face, which took away paired dollar signs and the backslashes of commands.

What was there is put back where nothing but mathematics is written so, and nowhere else: a lone "alpha", "times" or
"in" stays a word. A wrong guess damages prose, a missed one leaves what Hugging Face shows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from string import ascii_letters
from typing import Final

from paperstui.text.latex import SIGNS, is_bare
from paperstui.text.latex_scan import URL, may_hold_address
from paperstui.text.latex_tables import GREEK, words

_SYMBOLS: Final = (*GREEK, "varepsilon", "varphi", "vartheta", "ell", "nabla")
_GREEK: Final = "|".join(sorted(_SYMBOLS, key=len, reverse=True))
_STYLED: Final = words("mathbb mathcal mathscr mathfrak mathbf mathrm mathsf mathtt boldsymbol operatorname") + words(
    "texttt textbf textit textsc textrm textsf sqrt widehat widetilde overline tilde hat bar"
)
_STYLES: Final = "|".join(sorted(_STYLED, key=len, reverse=True))
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


def _any(*needles: str) -> Callable[[str], bool]:
    """Whether one of some strings is in the text."""

    def found(text: str) -> bool:
        for needle in needles:  # noqa: SIM110 - `any` takes three times as long
            if needle in text:
                return True
        return False

    return found


def _matching(pattern: str) -> Callable[[str], bool]:
    """Whether a pattern is found, which begins with letters and so is quick."""
    search = re.compile(pattern).search
    return lambda text: search(text) is not None


def _named_before(signs: str, names: Iterable[str], but: str) -> Callable[[str], bool]:
    """Whether one of some names stands right before one of the signs, as a whole word and not behind one of `but`."""
    wanted, unwanted = frozenset(names), frozenset(but)

    def found(text: str) -> bool:
        for sign in signs:
            for part in text.split(sign)[:-1]:
                before = part.rstrip(ascii_letters)
                if part[len(before) :] in wanted and before[-1:] not in unwanted:
                    return True
        return False

    return found


def _symbol_below(text: str) -> bool:
    """Whether what stands below something begins with a Greek word."""
    return any(part.startswith(_SYMBOLS) for part in text.split("_")[1:])


# Each rule has a test without which it cannot apply, and which is up to a hundred times faster than its pattern. For the
# same reason patterns begin with a letter, where they can, rather than with a look behind.
_RULES: Final[tuple[tuple[Callable[[str], bool], re.Pattern[str], str], ...]] = (
    # The dollar of a sum of money went, its backslash stayed: "\38" was "\$38".
    (_any("\\"), re.compile(r"\\(?<![\\\w]\\)(?=\d)"), r"\\$"),
    (_any("circ"), re.compile(r"\^(?:\{circ\}|circ(?=times|(?![a-z])))"), "°"),
    # "2times", "64times 64", "1.4times", and between capitals; not "sometimes", "2-times" or "3 times".
    (
        _any("times"),
        re.compile(
            r"times(?:(?<=[\d°]times)(?![a-z])(?: (?=\d))?|(?<=[A-Z]times)(?=[A-Z])|(?<![A-Za-z\\]times)(?=\d))"
        ),
        "×",
    ),
    (_any("{times}"), re.compile(r"\{times\}(?<=\d\{times\})"), "×"),
    # "sim20%", "sim14,000×", "sim100B", "20sim 100"; not "sim2real".
    (_any("sim"), re.compile(r"sim(?<![\w\\]sim)(?=\d[\d.,]*(?:×|\\?%|[KMBTx]?(?![\w-])))"), "~"),
    (_matching(r"sim(?<=[\d.,]sim)"), re.compile(r"(\d(?<![\w.,]\d)[\d.,]*)sim ?(?=\d)"), r"\1~"),
    (_any("approx"), re.compile(r"approx(?<![\w\\]approx)(?=\d)"), "≈"),
    (_any("^"), re.compile(r"\^(star|prime|top|dagger|ast|infty|perp)(?![A-Za-z])"), r"^{\\\1}"),
    # What stood in braces to take its spaces away: "{sim}50"; and a style: "{bf Name}".
    (_any("{"), re.compile(r"\{(sim|approx|leq|geq|le|ge|pm)\}(?=[\d$])"), r"{\\\1}"),
    (_any("{"), re.compile(r"\{(?=(?:bf|em|tt|sc|rm|sf|sl) \S)"), r"{\\"),
    # Brackets, and signs whose names are no words.
    (_any("langle", "lceil", "lfloor"), re.compile(r"(?<![A-Za-z\\])(langle|lceil|lfloor)(?![A-Za-z]) ?"), r"\\\1{}"),
    (_any("rangle", "rceil", "rfloor"), re.compile(r" ?(?<![A-Za-z\\])(rangle|rceil|rfloor)(?![A-Za-z])"), r"\\\1{}"),
    (
        _any(*SIGNS),
        re.compile(rf"(?<![a-z\\])(?:{'|'.join(SIGNS)})(?![A-Za-z])|(?<=[A-Z ])(?:left)?rightarrow(?=[A-Z ])"),
        r"\\\g<0>{}",
    ),
    # A Greek word with a script is a symbol: "tau_0", "nabla^2", "pi_{0.5}", "pi_theta"; "beta_schedule" is a name.
    (
        _named_before("_^", _SYMBOLS, "\\_."),
        re.compile(
            rf"(?<![A-Za-z\\_.])(?:{_GREEK})(?=\^[\w{{(*+\-−\\]|_(?:\{{|\d+(?![\w])|[A-Za-z](?![\w])|(?:{_GREEK})(?![A-Za-z_])))"
        ),
        r"\\\g<0>",
    ),
    (
        _named_before("_^", ("sum", "prod", "max", "min", "int", "lim", "sup", "inf", "log", "exp"), "\\_."),
        re.compile(
            r"(?<![A-Za-z\\_.])"
            r"(?:(?:sum|prod|max|min|int|lim|sup|inf|log|exp)(?=[_^]\{|_\d+(?!\w)|\^\d+(?!\w))|(?:sum|prod)(?=_[a-z] ))"
        ),
        r"\\\g<0>",
    ),
    (_symbol_below, re.compile(rf"(?<=[A-Za-zα-ωΑ-Ω]_)(?:{_GREEK})(?![A-Za-z_])"), r"\\\g<0>"),
    (
        _named_before("{", _STYLED, "\\"),
        re.compile(rf"(?<![A-Za-z\\])(?:{_STYLES})(?=\{{[^{{}}]{{1,200}}\}})"),
        r"\\\g<0>",
    ),
    # "O(nlog n)" had a space; a blog, a clog and a vlog have none.
    (
        _matching(r"log (?<=[A-Za-z]log )(?<![A-Za-z\\]{2}log )"),
        re.compile(r"(?<![A-Za-z\\])([ad-eg-oq-rtuw-zA-Z])log(?= \1(?![A-Za-z]))"),
        r"\1 log",
    ),
    (_any("log("), re.compile(r"(?<![A-Za-z\\])([ad-eg-oq-rtuw-zA-Z])log(?=\()"), r"\1 log"),
    (_any("frac"), re.compile(r"(?<![A-Za-z\\])frac(?=\{[^{}]{1,80}\}\{|\d\d(?!\d))"), r"\\frac"),
)


def restored(text: str) -> str:
    """The text with those backslashes put back that nothing else explains; addresses and code are left alone."""
    if not is_bare(text):
        return text
    parts: list[str] = []
    at = 0
    for kept in _KEPT.finditer(text) if "`" in text or may_hold_address(text) else ():
        parts += [_restored(text[at : kept.start()]), kept[0]]
        at = kept.end()
    return "".join(parts) + _restored(text[at:])


def _restored(text: str) -> str:
    """The same for a part without addresses and code."""
    if "{" in text:
        text = _SCRIPT_GROUP.sub(lambda group: _IN_SCRIPT.sub(lambda word: _command(word[0], group[0]), group[0]), text)
    for test, pattern, replacement in _RULES:
        if test(text):
            text = pattern.sub(replacement, text)
    return text


def _command(word: str, group: str) -> str:
    """A word as a command; a space ends its name where a letter follows."""
    return f"\\{word} " if word == "times" or group.endswith(word + "}") else f"\\{word}"
