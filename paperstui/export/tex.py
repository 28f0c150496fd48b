r"""Text of papers as LaTeX that compiles and as a BibTeX value that parses.

Formulas stay formulas, accents stay accents, and everything else is escaped. A command that is not known to every LaTeX
would stop the reader's document, so it is shown by its name instead. Braces are balanced whatever comes in.

What is a formula and what is money is decided as for the screen (`paperstui.text.latex_scan`).
"""

from __future__ import annotations

import re
import unicodedata

from paperstui.export import tex_tables as tables
from paperstui.text.latex_bare import restored
from paperstui.text.latex_scan import scan

_LONGEST = 20_000
_DEEPEST = 40

_COMMANDS = "|".join(sorted(tables.GREEK | tables.BARE_COMMANDS, key=len, reverse=True))
_SCRIPT = r"[_^](?:\{[^{}]{1,80}\}|\\[A-Za-z]+(?:\{[^{}]{1,80}\})?|-?\d+(?!\w)|\d|[A-Za-z](?!\w))"
# A formula in text without dollar signs: a command of mathematics, or a letter or number with a script; or an address.
_BARE = re.compile(
    rf"\\(?:{_COMMANDS})(?![A-Za-z])(?:\{{[^{{}}]{{1,200}}\}}){{0,2}}(?:{_SCRIPT})*"
    rf"|(?<![\w\\^])(?:[A-Za-zα-ωΑ-Ω]|\d+)(?:{_SCRIPT})+"
    r"|(?P<address>https?://\S+)"
)
_UNICODE = re.compile(r"\$\s*\\unicode\{x([0-9A-Fa-f]{1,6})\}\s*\$")
_PLAIN = re.compile(r"[A-Za-z0-9 .,:;!?()\[\]/+=*'-]*")
_WORDS = re.compile(r"\s+|\S+")
_CORE = re.compile(r"([.,:;!?()\[\]\"'“”‘’]*)(.*?)([.,:;!?()\[\]\"'“”‘’]*)", re.DOTALL)
_PARTS = re.compile(r"[-–/+]")
_BRACE = re.compile(r"\\([{}])")
_STYLED_SCRIPT = re.compile(r"([_^])(\\[A-Za-z]+\{[^{}]*\})")
_MATHS_SPECIAL = re.compile(r"(?<!\\)((?:\\\\)*)([%#&])")
_MATHS_END = re.compile(r"(?<!\\)(?:\\\\)*(?:\\$|\$)")
_MARKS = {command: mark for mark, command in tables.ACCENTS.items()}
_NAMED = {command: char for char, command in tables.LETTERS.items() if char not in "ıȷ"}
_SIGN_ACCENTS = frozenset("`'^~=.\"")
_DOTLESS = {r"\i": "i", r"\j": "j"}


def latex(text: str, *, bare: bool = False, protect: bool = False, ascii_accents: bool = True) -> str:
    """The text as LaTeX.

    bare: it comes from Hugging Face, which removes dollar signs and backslashes; what is left of a formula becomes one.
    protect: put braces around what BibTeX styles must not set in lower case.
    ascii_accents: write accents as commands, for programs that read one byte a character; else as Unicode.
    """
    if not bare and not protect and _PLAIN.fullmatch(text[:_LONGEST]):
        return " ".join(text[:_LONGEST].split())  # most names
    source = " ".join(_UNICODE.sub(_named_character, text[:_LONGEST]).split())
    out: list[str] = []
    at = 0
    source = restored(source) if bare else source
    kept = _formulas(source) if bare else []
    for found in _BARE.finditer(source) if bare else ():
        if any(found.start() < end and start < found.end() for start, end in kept):
            continue  # its dollar signs survived, so the writer below knows it
        _Writer(source[at : found.start()], out, protect=protect, ascii_accents=ascii_accents).write()
        out.append(("" if found["address"] else formula(found[0])) or literal(found[0]))
        at = found.end()
    _Writer(source[at:], out, protect=protect, ascii_accents=ascii_accents).write()
    done = "".join(out)
    return done if balanced(done) else literal(source, ascii_accents=ascii_accents)


def _formulas(source: str) -> list[tuple[int, int]]:
    """Where formulas begin and end."""
    if "$" not in source and "\\" not in source:
        return []
    tokens, _, formulas = scan(source)
    lasts = ((first, last + size - 1) for first, (last, size) in formulas.items())
    return [(tokens[first].start, tokens[last].start + len(tokens[last].text)) for first, last in lasts]


def balanced(text: str) -> bool:
    """Whether BibTeX can find the end of a value: it counts every brace, escaped or not."""
    depth = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return depth == 0


def formula(body: str) -> str:
    """A formula, in braces so that BibTeX makes no small letter of a capital one; "" if it cannot be one."""
    body = _BRACE.sub(lambda brace: r"\lbrace " if brace[1] == "{" else r"\rbrace ", " ".join(body.split()))
    body = _STYLED_SCRIPT.sub(r"\1{\2}", body)
    body = _MATHS_SPECIAL.sub(r"\1\\\2", body).replace("@", "{@}")
    body = "".join(
        f"\\{tables.MATHS[char]} " if char in tables.MATHS else tables.SCRIPTS.get(char, char) for char in body
    )
    body = body.strip()
    return f"{{${body}$}}" if body and balanced(body) and not _MATHS_END.search(body) else ""


def literal(text: str, *, ascii_accents: bool = True) -> str:
    """LaTeX that shows exactly this text, whatever is in it."""
    if _PLAIN.fullmatch(text):
        return text
    return "".join(_character(char, ascii_accents=ascii_accents) for char in text)


def _character(char: str, *, ascii_accents: bool) -> str:
    if char in tables.SPECIALS:
        return tables.SPECIALS[char]
    if char.isascii():
        return char
    if char in tables.MATHS:
        return f"{{$\\{tables.MATHS[char]}$}}"
    if char in tables.SCRIPTS:
        return f"{{${tables.SCRIPTS[char]}$}}"
    if not ascii_accents:
        return char
    if char in tables.PUNCTUATION:
        return tables.PUNCTUATION[char]
    return f"{{\\{tables.LETTERS[char]}}}" if char in tables.LETTERS else accented(char)


def accented(char: str) -> str:
    r"""A letter with accents as commands, `{\"o}`; the letter itself if LaTeX has no command for one of them."""
    base, *marks = list(unicodedata.normalize("NFD", char))
    if not marks or not base.isascii() or any(mark not in tables.ACCENTS for mark in marks):
        return char
    for mark in marks:
        command = tables.ACCENTS[mark]
        base = f"\\{command}{base}" if not command[-1].isalpha() and len(base) == 1 else f"\\{command}{{{base}}}"
    return f"{{{base}}}"


def is_name(word: str, *, fragment: bool = False) -> bool:
    """Whether capitals belong to the spelling of a word (`LLaMA`, `3D`, `Q-Learning`), other than one to begin with.

    fragment: the word goes on in a formula or an accent, so a single letter is not all of it.
    """
    for part in _PARTS.split(word):
        capital = [char.isupper() for char in part]
        if any(capital[1:]) or (any(capital) and any(map(str.isdigit, part))):
            return True
        if any(capital) and not fragment and sum(map(str.isalpha, part)) == 1 and part not in ("A", "I"):
            return True
    return False


def _protected(word: str, *, fragment: bool, ascii_accents: bool) -> str:
    """A word of a title, in braces if it is a name. Punctuation stays outside: styles look for the colon."""
    parts = _CORE.fullmatch(word)
    before, core, after = parts.groups() if parts else ("", word, "")
    before, written, after = (literal(part, ascii_accents=ascii_accents) for part in [before, core, after])
    return f"{before}{{{written}}}{after}" if is_name(core, fragment=fragment) else before + written + after


def _named_character(found: re.Match[str]) -> str:
    r"""A character that arXiv writes as `$\unicode{x2014}$`, which only browsers understand."""
    char = chr(min(int(found[1], 16), 0x10FFFF))
    return char if char.isprintable() else ""


class _Writer:
    """Writes one source text, which may hold formulas and commands, token by token.

    Its methods take the index of a token, the end of the group it is in and how many groups there are around it; they
    append to `out` and return the index behind what they wrote.
    """

    def __init__(self, source: str, out: list[str], *, protect: bool, ascii_accents: bool) -> None:
        self.source = source
        self.out = out
        self.protect = protect
        self.ascii_accents = ascii_accents
        self.tokens, self.partner, self.formulas = scan(source)

    def write(self) -> None:
        """Write all of it."""
        self._range(0, len(self.tokens), 0)

    def _range(self, index: int, end: int, depth: int) -> None:
        while index < end:
            index = self._token(index, end, depth)

    def _token(self, index: int, end: int, depth: int) -> int:
        token = self.tokens[index]
        if index in self.formulas:
            last, size = self.formulas[index]
            begin = self.tokens[index + size - 1]
            body = self.source[begin.start + len(begin.text) : self.tokens[last].start]
            if last < end:
                self.out.append(formula(body) or literal(body, ascii_accents=self.ascii_accents))
                return last + size
        if token.kind == "command":
            return self._command(index, end, depth)
        if token.kind == "sign":
            return self._sign(index, end, depth)
        if token.kind == "brace":
            return self._brace(index, end, depth)
        if token.kind in ("dash", "quote"):
            self.out.append(token.text)
        else:
            self._text(token.text, index, end, protect=self.protect and not depth and token.kind == "text")
        return index + 1

    def _brace(self, index: int, end: int, depth: int) -> int:
        token = self.tokens[index]
        last = self.partner.get(index, end)
        if token.text == "{" and last < end and depth < _DEEPEST:
            self.out.append("{")
            self._range(index + 1, last, depth + 1)
            self.out.append("}")
            return last + 1
        before = self.source[token.start - 1 : token.start]
        if token.text == "~" and (before.isalpha() or before in (*".,:;)}]$",)) and before:
            self.out.append("~")  # a tie between words; elsewhere it means "about"
        else:
            self.out.append(tables.SPECIALS.get(token.text, token.text))
        return index + 1

    def _argument(self, index: int, end: int, depth: int) -> tuple[str, int]:
        """The argument at this index, if it is a group or a dotless letter, and the index behind it."""
        if index >= end:
            return "", index
        token = self.tokens[index]
        if token.kind == "command" and f"\\{token.text}" in _DOTLESS:
            return f"\\{token.text}", index + 1
        last = self.partner.get(index, end)
        if token.text != "{" or last >= end or depth >= _DEEPEST:
            return "", index
        kept, self.out = self.out, []
        self._range(index + 1, last, depth + 1)
        argument, self.out = "".join(self.out), kept
        return argument[1:-1] if argument[1:-1] in _DOTLESS else argument, last + 1

    def _command(self, index: int, end: int, depth: int) -> int:
        token = self.tokens[index]
        name = token.text
        following = self.tokens[index + 1].text if index + 1 < end else ""
        if name in tables.TEXT_COMMANDS and following == "{":
            argument, index = self._argument(index + 1, end, depth)
            self.out.append(f"\\{tables.TEXT_COMMANDS[name]}{{{argument}}}")
            return index
        if name == "href" and following == "{":
            return self._argument(index + 1, end, depth)[1]
        if name == "k" and self.source.startswith("{appa}", token.start + 2):
            self.out.append(formula(r"\kappa"))  # what arXiv's accent filter makes of \kappa
            return self._argument(index + 1, end, depth)[1]
        if name in tables.LETTER_ACCENTS:
            return self._accent(name, index + 1, end, depth)
        if name in tables.DECLARATIONS and depth:
            self.out.append(f"\\{name}{{}}")
        elif name in tables.STANDALONE:
            char = "" if self.ascii_accents else _NAMED.get(name, "")
            self.out.append(char or f"{{\\{name}}}")
            if following[:1] == " ":  # the space that ends a command is no space
                return self._rest(index + 1, end, 1, depth)
        elif name in tables.GREEK or name in tables.MATHS_COMMANDS:
            self.out.append(formula(f"\\{name}"))
        elif name != "url":
            self._literal(f"\\{name}")
        return index + 1

    def _sign(self, index: int, end: int, depth: int) -> int:
        mark = self.tokens[index].text[1:]
        if mark in _SIGN_ACCENTS:
            return self._accent(mark, index + 1, end, depth)
        if mark in ("%", "&", "#", "_", "$"):
            self.out.append(f"\\{mark}")
        elif mark in ("{", "}"):
            self.out.append(tables.SPECIALS[mark])
        elif mark in ("\\", " "):
            self.out.append(" ")
        elif mark in (",", ";", ":", "!"):
            self.out.append(r"\,")
        elif mark not in ("-", "/", "@"):
            self._literal(f"\\{mark}")
        return index + 1

    def _accent(self, accent: str, index: int, end: int, depth: int) -> int:
        """An accent on the group, the dotless letter or the character that follows."""
        argument, after = self._argument(index, end, depth)
        taken = 0
        if after == index < end and self.tokens[index].kind == "text":
            text = self.tokens[index].text
            taken = 1 + (len(text) - len(text.lstrip()) if accent in tables.LETTER_ACCENTS else 0)
            argument = text[taken - 1 : taken]
        if not argument.isalpha() and argument not in _DOTLESS:
            self._literal(f"\\{accent}" if accent in tables.LETTER_ACCENTS else accent)
            return index
        self.out.append(self._composed(accent, argument) or f"{{\\{accent}{{{argument}}}}}")
        return self._rest(index, end, taken, depth) if taken else after

    def _composed(self, accent: str, argument: str) -> str:
        """The accented letter as one character, where that is wanted and there is one."""
        letter = _DOTLESS.get(argument, argument)
        if self.ascii_accents or accent not in _MARKS or len(letter) != 1:
            return ""
        whole = unicodedata.normalize("NFC", letter + _MARKS[accent])
        return whole if len(whole) == 1 else ""

    def _rest(self, index: int, end: int, skip: int, depth: int) -> int:
        """Write what follows the first `skip` characters of a text."""
        self._text(self.tokens[index].text[skip:], index, end, protect=self.protect and not depth, fragment=True)
        return index + 1

    def _literal(self, text: str) -> None:
        self.out.append(literal(text, ascii_accents=self.ascii_accents))

    def _text(self, text: str, index: int, end: int, *, protect: bool, fragment: bool = False) -> None:
        """Write text; fragment: its first word has begun before it. The last one may go on in the next token."""
        if not protect:
            self._literal(text)
            return
        words = _WORDS.findall(text)
        for at, word in enumerate(words):
            cut = (at == 0 and (fragment or index > 0)) or (at == len(words) - 1 and index + 1 < end)
            self.out.append(_protected(word, fragment=cut, ascii_accents=self.ascii_accents))
