"""Reading LaTeX, second part: a formula becomes atoms, and those a line of text.

A recursive descent over the formula's own tokens. Each token is read once; what nests deeper than `MAX_DEPTH` stays as
it was written. What the commands mean is in `latex_commands`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from paperstui.text import latex_atoms as forms
from paperstui.text import latex_commands as commands
from paperstui.text.latex_atoms import Atom, AtomKind, Look, Pieces
from paperstui.text.latex_tables import BIG, CLOSING, OPENING, OPERATORS, RELATIONS

MAX_DEPTH: Final = 40

# A number is one token, so that it is one thing under a root; a command takes the spaces behind it.
_TOKEN: Final = re.compile(r"\\[A-Za-z]+|\\.?|:=|<=|>=|->|=>|==|!=|\d+(?:\.\d+)*|\s+|.", re.DOTALL)
_DIGITS: Final = "0123456789"


def _kinds() -> dict[str, AtomKind]:
    """What each character does in a formula, if it is more than a letter."""
    kinds: dict[str, AtomKind] = {}
    kinds |= dict.fromkeys(RELATIONS.values(), "relation")
    kinds |= dict.fromkeys(OPERATORS.values(), "operator")
    kinds |= dict.fromkeys(BIG.values(), "big")
    kinds |= dict.fromkeys(OPENING.values(), "open")
    kinds |= dict.fromkeys(CLOSING.values(), "close")
    kinds |= dict.fromkeys(("=", "<", ">", ":=", "<=", ">=", "->", "=>", "==", "!="), "relation")
    kinds |= dict.fromkeys("+-−–/*±×·", "operator")
    kinds |= dict.fromkeys("([{⟨⌊⌈", "open")
    kinds |= dict.fromkeys(")]}⟩⌋⌉", "close")
    kinds |= dict.fromkeys(",;", "comma")
    kinds |= dict.fromkeys("|‖", "ordinary")
    return kinds


_KINDS: Final = _kinds()


class Token(NamedTuple):
    """A token of a formula: its characters and where it begins.

    gap: white space stands before it that the author could mean. spaced: any white space does, also what only ends a
    command's name.
    """

    text: str
    start: int
    gap: bool = False
    spaced: bool = False


class Formula:
    r"""One formula, read once.

    words: renders text inside the formula (`\text{…}`) from its source, given how deep it stands; it is passed in
    because text may hold formulas again.
    """

    def __init__(self, source: str, words: Callable[[str, int], Pieces], depth: int = 0) -> None:
        self.source = source
        self.words = words
        self.depth = depth
        self.tokens: list[Token] = []
        after_command = spaced = False
        for match in _TOKEN.finditer(source):
            text = match[0]
            if text.isspace():
                spaced = True
                continue
            self.tokens.append(Token(text, match.start(), spaced and not after_command, spaced))
            after_command, spaced = text[0] == "\\" and text[1:2].isalpha(), False
        self.partner = self._partners()

    def pieces(self, before: str = " ", after: str = " ") -> Pieces:
        """The formula as text and style; `before` and `after` are the characters around it, "" where the text ends."""
        return forms.line(self.row(0, len(self.tokens), Look()), before=before, after=after)

    def _partners(self) -> dict[int, int]:
        """Where the braces, brackets and environments of the formula end."""
        partner: dict[int, int] = {}
        braces: list[int] = []
        brackets: list[list[int]] = [[]]
        begins: list[int] = []
        for index, token in enumerate(self.tokens):
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
            elif token.text == "\\begin":
                begins.append(index)
            elif token.text == "\\end" and begins:
                partner[begins.pop()] = index
        return partner

    def raw(self, start: int, end: int) -> str:
        """The source of the tokens from `start` to before `end`."""
        if start >= end:
            return ""
        stop = self.tokens[end].start if end < len(self.tokens) else len(self.source)
        return self.source[self.tokens[start].start : stop].strip()

    def row(self, start: int, end: int, look: Look) -> list[Atom]:
        """The atoms of the tokens from `start` to before `end`."""
        if self.depth >= MAX_DEPTH:
            raw = self.raw(start, end)
            return [Atom("ordinary", raw)] if raw else []
        self.depth += 1
        atoms: list[Atom] = []
        index = start
        while index < end:
            text = self.tokens[index].text
            declared = self.declared(index, end, look)
            if declared:
                look = declared
                index += 1
            elif text in ("\\over", "\\choose", "\\atop"):  # the old way to write a fraction: it splits the whole group
                rest = self.row(index + 1, end, look)
                atoms = [forms.fraction(atoms, rest) if text == "\\over" else forms.choice(atoms, rest)]
                index = end
            else:
                index = self.step(atoms, index, end, look)
        self.depth -= 1
        forms.pair_bars(atoms)
        return atoms

    def declared(self, index: int, end: int, look: Look) -> Look | None:
        r"""The look that a declaration at `index` gives to what follows it; the white space before it goes there, too."""
        token = self.tokens[index]
        found = commands.declared(token.text, look)
        if found is None or index + 1 >= end:
            return found
        following = self.tokens[index + 1]
        if found.alphabet != look.alphabet and following.text == "{":
            return None  # "\frak{g}" is one letter
        self.tokens[index + 1] = following._replace(gap=token.gap or following.gap)
        return found

    def step(self, atoms: list[Atom], index: int, end: int, look: Look) -> int:
        """Read what begins at `index`, append its atoms, and return where the next begins."""
        token = self.tokens[index]
        text = token.text
        if text in ("^", "_"):
            mark: forms.Mark = "^" if text == "^" else "_"
            inside, index = self.script_argument(index + 1, end, look)
            forms.attach(atoms, mark, forms.script(inside, mark), gap=token.gap)
            return index
        if text == "'":
            forms.attach(atoms, "^", "′", gap=token.gap)
            return index + 1
        if text == "{" and self.closes(index, end):
            return self._group(atoms, index, look)
        if text[0] == "\\":
            return commands.read(self, atoms, index, end, look)
        if text == "~":
            atoms.append(Atom("space", " "))
        elif text == "&" and look.environment:
            if look.environment == "grid" and atoms and atoms[-1].kind != "comma":
                atoms += [Atom("comma", ","), Atom("space", " ")]
        else:
            kind = _KINDS.get(text, "ordinary")
            gap = token.spaced if kind == "operator" else token.gap
            atoms.append(forms.letter(kind, "ε" if text == "ϵ" else text, look, gap=gap))
        return index + 1

    def closes(self, index: int, end: int) -> bool:
        """Whether the brace or bracket at `index` ends before `end`."""
        return self.partner.get(index, end) < end

    def _group(self, atoms: list[Atom], index: int, look: Look) -> int:
        """A group in braces: its atoms, without the braces."""
        close = self.partner[index]
        inside = self.row(index + 1, close, look)
        if len(inside) == 1 and inside[0].kind in ("relation", "operator", "comma"):
            inside[0].kind = "ordinary"  # braces take away its spaces, as in "n{=}2"
        if inside:
            inside[0].gap = self.tokens[index].gap
        atoms += inside
        return close + 1

    def argument(self, index: int, end: int, look: Look) -> tuple[list[Atom], int]:
        """The atoms of one argument (a group, a command with its own arguments, or one character) and where the next token is."""
        while index < end and (declared := self.declared(index, end, look)):
            look = declared
            index += 1
        if index >= end:
            return [], index
        token = self.tokens[index]
        if token.text == "{" and self.closes(index, end):
            return self.row(index + 1, self.partner[index], look), self.partner[index] + 1
        if self.depth >= MAX_DEPTH:
            return [Atom("ordinary", token.text)], index + 1
        if token.text in ("^", "_"):
            return [], index
        if token.text[0] in _DIGITS and len(token.text) > 1:  # one digit, as in "\frac12"
            self.tokens[index] = Token(token.text[1:], token.start + 1)
            return [forms.letter("ordinary", token.text[0], look)], index
        atoms: list[Atom] = []
        self.depth += 1
        index = self.step(atoms, index, end, look)
        self.depth -= 1
        return atoms, index

    def script_argument(self, index: int, end: int, look: Look) -> tuple[list[Atom], int]:
        """The argument of `^` or `_`: a number with its sign where TeX takes one character, for 10^-12 means that."""
        if index < end:
            token = self.tokens[index]
            if token.text in ("+", "-", "−") and index + 1 < end and self.tokens[index + 1].text[0] in _DIGITS:
                rest, index = self.script_argument(index + 1, end, look)
                return [Atom("operator", token.text), *rest], index
            if token.text[0] in _DIGITS:
                return [forms.letter("ordinary", token.text, look)], index + 1
        return self.argument(index, end, look)

    def option(self, index: int, end: int) -> tuple[int, int] | None:
        """The first and the end of the tokens inside an optional argument that begins here, or None."""
        if index < end and self.tokens[index].text == "[" and self.closes(index, end):
            return index + 1, self.partner[index]
        return None

    def group_source(self, index: int, end: int) -> tuple[str, int]:
        """The source inside the group (or of the one token) at `index`, and where the next token is."""
        if index >= end:
            return "", index
        token = self.tokens[index]
        if token.text == "{" and self.closes(index, end):
            close = self.partner[index]
            return self.source[token.start + 1 : self.tokens[close].start], close + 1
        return token.text, index + 1

    def skip_arguments(self, index: int, end: int, count: int = 1) -> int:
        """Past a star, an optional argument, and arguments that show nothing."""
        if index < end and self.tokens[index].text == "*":
            index += 1
        option = self.option(index, end)
        index = option[1] + 1 if option else index
        for _ in range(count):
            _, index = self.group_source(index, end)
        return index
