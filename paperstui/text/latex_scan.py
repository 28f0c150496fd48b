"""Reading LaTeX, first part: the text is cut into tokens, braces find their partners, and dollar signs are told from money.

Everything here is one pass over the text, so that what follows can jump from an opening to its end without looking for
it: nothing that nests can make the reading quadratic.
"""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from paperstui.text.latex_tables import words

MAX_MATHS: Final = 2_000  # characters of one formula; a longer one is no formula, or not for a line of text

Kind = Literal["text", "command", "sign", "brace", "dash", "quote", "code", "url"]

# An address, also without its scheme where the host says that it is one. Each part is bounded, so that a long word is
# read once.
_HOSTS: Final = "com|org|net|io|ai|edu|co|dev|gov|me|app|cn|de|uk|fr|jp|kr|ch|eu"
URL: Final = re.compile(
    rf"(?:https?://|www\.|(?<![\\\w.-])[A-Za-z0-9][\w-]{{0,60}}(?:\.[\w-]{{1,60}}){{0,3}}\.(?:{_HOSTS})/)(?:[^\s\\{{}}$\"<>`|]|\\[_%&#~])*",
    re.IGNORECASE,
)
# What every address has but one that begins with "www.": looking for this is much quicker than looking for addresses.
_SLASH: Final = re.compile(r"/(?:(?<=:/)/|(?<=\.\w\w/)|(?<=\.\w\w\w/))")
_TOKEN: Final = re.compile(
    r"(?P<command>\\[A-Za-z]+)"
    r"|(?P<sign>\\.?)"  # a backslash and one character, or the last backslash of the text
    r"|(?P<brace>[{}\[\]$^_~\"])"
    r"|(?P<dash>-{2,})"
    r"|(?P<quote>`{2,}|'')"
    r"|(?P<code>`[^`'\n]{1,80}`(?!`))"
    r"|(?P<text>(?:[^\\{}\[\]$^_~\"\-`']++|-(?!-)|'(?!'))++|`)",
    re.DOTALL,
)

MATHS_ENVIRONMENTS: Final = frozenset(
    words("equation align gather multline eqnarray displaymath math flalign alignat")
    + words("cases matrix pmatrix bmatrix vmatrix array")
)

_MATHS_SIGN: Final = re.compile(r"\\[^%&#_$]|(?<!\\)[\^_{}=]")
# Commands that prose has as well: a style around a word, a reference.
_STYLE: Final = re.compile(r"\\(?:text(?:bf|it|tt|sc|rm)|emph|underline)\s*\{[^{}]*\}|\\[%&#_$]")
_REFERENCE: Final = re.compile(r"\\(?:cite[a-z]*|ref|url|footnote)\s*\{[^{}]*\}")
_OPERATION: Final = re.compile(r"[<>+*/|≤≥≈×·∈→-]")
_WORD: Final = re.compile(r"[A-Za-z]{2,}")
_PROSE: Final = re.compile(r"[a-z]{3,}")


class Token(NamedTuple):
    """A piece of the source: its kind, its characters (of a command, the name alone), and where it begins."""

    kind: Kind
    text: str
    start: int


class Scan(NamedTuple):
    r"""The tokens of a text and what belongs together in it.

    partner: for the index of an opening brace or bracket, that of its end; for `\begin`, that of its `\end`. What has
    none is text; but an argument that never ends (an abstract was cut, or a brace forgotten) has the number of tokens
    as its end. formulas: for the index of an opening delimiter of mathematics, the index of the closing one and how
    many tokens each of them has.
    """

    tokens: list[Token]
    partner: dict[int, int]
    formulas: dict[int, tuple[int, int]]


def scan(source: str) -> Scan:
    """Cut a text into tokens and find what belongs together."""
    tokens = list(_tokens(source))
    partner = _partners(tokens)
    return Scan(tokens, partner, _formulas(source, tokens, partner))


def may_hold_address(source: str) -> bool:
    """Whether it is worth looking for addresses in a text."""
    return "www." in source or ("/" in source and bool(_SLASH.search(source) or "www." in source.lower()))


def _tokens(source: str) -> list[Token]:
    """The tokens of a text; an address is one, whatever stands in it."""
    found: list[Token] = []
    at = 0
    for address in URL.finditer(source) if may_hold_address(source) else ():
        _cut(source, at, address.start(), found)
        found.append(Token("url", address[0], address.start()))
        at = address.end()
    _cut(source, at, len(source), found)
    return found


def _cut(source: str, start: int, end: int, found: list[Token]) -> None:
    """Append the tokens of a part of the source."""
    for match in _TOKEN.finditer(source, start, end):
        kind: Kind = match.lastgroup  # type: ignore[assignment]  # the groups are the kinds
        found.append(Token(kind, match[0][1:] if kind == "command" else match[0], match.start()))


def environment(tokens: list[Token], index: int) -> str:
    r"""The name in `\begin{name}` or `\end{name}` at this index; "" if there is none."""
    if index + 3 < len(tokens) and tokens[index + 1].text == "{" and tokens[index + 3].text == "}":
        return tokens[index + 2].text.strip()
    return ""


def _partners(tokens: list[Token]) -> dict[int, int]:
    """Which brace, bracket and environment ends where. A bracket ends inside its group; what does not end is left alone."""
    partner: dict[int, int] = {}
    braces: list[int] = []
    brackets: list[list[int]] = [[]]
    environments: list[tuple[str, int]] = []
    for index, token in enumerate(tokens):
        if token.kind == "brace":
            if token.text == "{":
                braces.append(index)
                brackets.append([])
            elif token.text == "}" and braces:
                partner[braces.pop()] = index
                brackets.pop()
            elif token.text == "[":
                brackets[-1].append(index)
            elif token.text == "]" and brackets[-1]:
                partner[brackets[-1].pop()] = index
        elif token.kind == "command" and token.text == "begin":
            environments.append((environment(tokens, index), index))
        elif (
            token.kind == "command"
            and token.text == "end"
            and environments
            and environments[-1][0] == environment(tokens, index)
        ):
            partner[environments.pop()[1]] = index
    partner |= {
        index: len(tokens)
        for index in braces
        if index and (tokens[index - 1].kind == "command" or tokens[index - 1].text == "}")
    }
    return partner


def _formulas(source: str, tokens: list[Token], partner: dict[int, int]) -> dict[int, tuple[int, int]]:
    r"""Where mathematics begins and ends: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`, each within its own group."""
    following = _following(tokens, partner)
    formulas: dict[int, tuple[int, int]] = {}
    index = 0
    while index < len(tokens):
        found = _formula(source, tokens, following, index)
        if found:
            formulas[index] = found
            index = found[0] + found[1]
        else:
            index += 1
    return formulas


def _formula(source: str, tokens: list[Token], following: dict[int, int], index: int) -> tuple[int, int] | None:
    """The end of the formula that begins at this token, if one does, and how many tokens its delimiters have."""
    token = tokens[index]
    if token.kind == "sign" and token.text in ("\\(", "\\["):
        end = following.get(index)
        return (end, 1) if end is not None and tokens[end].start - token.start <= MAX_MATHS else None
    if token.kind != "brace" or token.text != "$":
        return None
    if index + 1 < len(tokens) and tokens[index + 1].text == "$":  # display mathematics, if it ends as it begins
        end = following.get(index + 1)
        if (
            end is None
            or following.get(end) != end + 1
            or not is_maths(source[token.start + 2 : tokens[end].start], "")
        ):
            return None
        return end, 2
    end = following.get(index)
    if end is None:
        return None
    at = tokens[end].start
    return (end, 1) if is_maths(source[token.start + 1 : at], source[at + 1 : at + 2]) else None


def _following(tokens: list[Token], partner: dict[int, int]) -> dict[int, int]:
    """For every delimiter of mathematics, the next one that could end it, in the same group."""
    following: dict[int, int] = {}
    closing = set(partner.values())
    next_of: list[dict[str, int]] = [
        {}
    ]  # of the groups around this place, innermost last: the next delimiter of each sort
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        if token.kind == "sign" and token.text in ("\\(", "\\["):
            end = next_of[-1].get("\\)" if token.text == "\\(" else "\\]")
            if end is not None:
                following[index] = end
        elif token.text in ("\\)", "\\]"):
            next_of[-1][token.text] = index
        elif token.kind != "brace":
            continue
        elif token.text == "$":
            if "$" in next_of[-1]:
                following[index] = next_of[-1]["$"]
            next_of[-1]["$"] = index
        elif token.text == "}" and index in closing:
            next_of.append({})
        elif token.text == "{" and partner.get(index, len(tokens)) < len(tokens):
            next_of.pop()
    return following


def is_maths(body: str, after: str) -> bool:
    """Whether what stands between two dollar signs is a formula, or prose between two sums of money.

    It is money when it begins with a number and goes on with words ("18/hour versus "), or ends at the next sum ("5-"
    before "10"); a number and its unit ("30 FPS") are a formula. It is prose when it has words, no sign of mathematics,
    and white space where a formula has none. `after` is the character behind it.
    """
    inner = body.strip()
    if not inner or len(body) > MAX_MATHS or "\n\n" in body:
        return False
    number = inner[0].isdigit() or (inner[0] in ".,~" and inner[1:2].isdigit())
    if number and body[-1:].isspace() and after.isdigit():
        return False
    rest = _REFERENCE.sub("", _STYLE.sub("", inner))
    if _MATHS_SIGN.search(rest):
        return True
    if _MATHS_SIGN.search(inner):  # only commands that prose has as well
        return not number and (body == inner or not (_WORD.search(rest) or _REFERENCE.search(inner)))
    worded = _WORD.search(inner)
    operation = _OPERATION.search(inner)
    if number:
        if after.isdigit() or body[-1:].isspace():
            return False
        return bool(operation and not worded) or not (_PROSE.search(inner) or inner.count(" ") > 1)
    if worded and not operation:
        return body == inner and inner.count(" ") < 4  # "n log n" is a formula, half a sentence is not
    return True
