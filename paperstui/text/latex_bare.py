"""The careful pass for text that Hugging Face delivers: it took away the paired dollar signs and the backslashes of commands.

What was there is put back where nothing but mathematics is written so, and nowhere else: a lone "alpha", "times" or "in" stays a word. A
wrong guess damages prose, a missed one leaves what Hugging Face shows.
"""

from __future__ import annotations

import re
from typing import Final

from paperstui.text.latex_scan import URL
from paperstui.text.latex_tables import ALPHABET_COMMANDS, GREEK

_GREEK: Final = "|".join(sorted([*GREEK, "varepsilon", "varphi", "vartheta", "ell", "nabla"], key=len, reverse=True))
_STYLES: Final = "|".join(
    sorted(
        {*ALPHABET_COMMANDS, *"texttt textbf textit textsc textrm textsf mathbf mathrm mathsf mathtt boldsymbol operatorname".split()}
        | set("sqrt widehat widetilde overline tilde hat bar".split()) - {"cal", "frak"},
        key=len,
        reverse=True,
    )
)
_SIGNS: Final = "leq|geq|neq|infty|propto|cdot|cdots|ldots|subseteq|mapsto|varepsilon|leftrightarrow"
# Inside braces of a script there is only mathematics, so there words may be commands; but not those that are also labels (in, max, top).
_IN_SCRIPT: Final = re.compile(
    rf"(?<![A-Za-z\\])(?:(?:{_GREEK}|cdot|cdots|ldots|dots|infty|circ|ast|dagger|pm|leq|geq|neq|rightarrow|times|odot|oplus|perp)(?![A-Za-z])"
    r"|(?:text|mathrm|mathbf|mathcal|mathbb)(?=\{))"
    r"|(?<=(?<![A-Za-z])[A-Za-z])times\b"
)
_SCRIPT_GROUP: Final = re.compile(r"(?<=[_^])\{[^{}]{1,80}\}")

_RULES: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    # The dollar of a sum of money went, its backslash stayed: "\38" was "\$38".
    (re.compile(r"(?<![\\\w])\\(?=\d)"), r"\\$"),
    (re.compile(r"\^(?:\{circ\}|circ(?=times|(?![a-z])))"), "°"),
    # "2times", "64times 64", "1.4times"; not "sometimes", "2-times" or "3 times".
    (re.compile(r"(?<=[\d°])times(?![a-z])(?: (?=\d))?"), "×"),
    (re.compile(r"(?<=[A-Z])times(?=[A-Z])"), "×"),
    (re.compile(r"\bsim(?=\d[\d.,]*(?:×|\\?%))"), "~"),
    (re.compile(r"(?<=\d)sim ?(?=\d)"), "~"),
    (re.compile(r"\^(star|prime|top|dagger|ast|infty|perp|circ)(?![A-Za-z])"), r"^{\\\1}"),
    # What stood in braces to take its spaces away: "{sim}50", "5{times}"; and a style: "{bf Name}".
    (re.compile(r"\{(sim|approx|leq|geq|le|ge|pm)\}(?=[\d$])"), r"{\\\1}"),
    (re.compile(r"(?<=\d)\{times\}"), "×"),
    (re.compile(r"\{(?=(?:bf|em|tt|sc|rm|sf|sl) \S)"), r"{\\"),
    # Brackets, and signs whose names are no words.
    (re.compile(r"(?<![A-Za-z\\])(langle|lceil|lfloor)(?![A-Za-z]) ?"), r"\\\1{}"),
    (re.compile(r" ?(?<![A-Za-z\\])(rangle|rceil|rfloor)(?![A-Za-z])"), r"\\\1{}"),
    (re.compile(rf"(?<![a-z\\])(?:{_SIGNS})(?![A-Za-z])|(?<=[A-Z ])(?:left)?rightarrow(?=[A-Z ])"), r"\\\g<0>{}"),
    # A Greek word with a script is a symbol: "tau_0", "nabla^2", "pi_{0.5}", "pi_theta"; "beta_schedule" is a name.
    (
        re.compile(
            rf"(?<![A-Za-z\\_.])(?:{_GREEK})(?=\^[\w{{(*+\-−\\]|_(?:\{{|\d+(?![\w])|[A-Za-z](?![\w])|(?:{_GREEK})(?![A-Za-z_])))"
        ),
        r"\\\g<0>",
    ),
    (re.compile(r"(?<![A-Za-z\\_.])(?:(?:sum|prod|max|min|int|lim|sup|inf|log|exp)(?=[_^]\{|_\d+(?!\w)|\^\d+(?!\w))|(?:sum|prod)(?=_[a-z] ))"), r"\\\g<0>"),
    (re.compile(rf"(?<=[A-Za-zα-ωΑ-Ω]_)(?:{_GREEK})(?![A-Za-z_])"), r"\\\g<0>"),
    (re.compile(rf"(?<![A-Za-z\\])(?:{_STYLES})(?=\{{[^{{}}]{{1,200}}\}})"), r"\\\g<0>"),
    (re.compile(r"(?<![A-Za-z\\])frac(?=\{[^{}]{1,80}\}\{)"), r"\\frac"),
)

# Whether there is anything to do: one search through the text.
NEEDED: Final = re.compile(
    r"[_^]|\d(?:times|sim)|[A-Z]times[A-Z]|\bsim\d|\\\d|(?:text[a-z]{2}|math[a-z]+|sqrt|frac|operatorname|hat|tilde|line|bar)\{|\{[a-z]"
    rf"|langle|rceil|rfloor|rightarrow|{_SIGNS}"
)


def restored(text: str) -> str:
    """The text with those backslashes put back that nothing else explains; addresses and code are left alone."""
    if not NEEDED.search(text):
        return text
    parts: list[str] = []
    at = 0
    for address in URL.finditer(text):
        parts += [_restored(text[at : address.start()]), address[0]]
        at = address.end()
    return "".join(parts) + _restored(text[at:])


def _restored(text: str) -> str:
    """The same for a part without addresses."""
    text = _SCRIPT_GROUP.sub(lambda group: _IN_SCRIPT.sub(lambda word: _command(word[0], group[0]), group[0]), text)
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def _command(word: str, group: str) -> str:
    """A word as a command; a space ends its name where a letter follows."""
    return f"\\{word} " if word == "times" or group.endswith(word + "}") else f"\\{word}"
