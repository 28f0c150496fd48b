"""A query as a row of tokens. Whatever is typed becomes tokens: nothing is an error here.

A colon makes a field only where it looks like one: in `title:x`, and in `title: x` in small letters, because that is
how people type. `GPT: a survey`, `http://…`, `std::vector` and `12:30` are words.
"""

from __future__ import annotations

import re
from enum import Enum

from msgspec import Struct

from paperstui.query.fields import field_named


class Kind(Enum):
    """What a token is."""

    WORD = "word"
    PHRASE = "phrase"
    REGEX = "regex"
    FIELD = "field"
    UNKNOWN = "unknown"
    """A name before a colon that is no field."""
    OPEN = "("
    CLOSE = ")"
    OR = "or"
    AND = "and"
    NOT = "not"


class Token(Struct, frozen=True):
    """A piece of a query and where it stands.

    text: what it says, without quotes, slashes, `*` or the field's colon. prefix: a `*` stands behind it.
    closed: its closing quote or slash was typed. apart: a field with nothing directly behind its colon.
    """

    kind: Kind
    text: str
    start: int
    end: int
    prefix: bool = False
    closed: bool = True
    apart: bool = False


_SIGNS = {"(": Kind.OPEN, ")": Kind.CLOSE, "|": Kind.OR}
_OPERATORS = {"OR": Kind.OR, "AND": Kind.AND, "NOT": Kind.NOT}
_QUOTES = {'"': '"', "“": "”", "„": "”“"}
_CLOSING = "”"
_WORD = re.compile(r"[^\s()|\"“”„]+")
_VALUE = re.compile(r"[^\s()|\"“”„]*")
_NAME = re.compile(r"([A-Za-z][A-Za-z_-]{1,19}):(?![:/])")
_REGEX_END = re.compile(r"((?:[^/\\]|\\.?|/(?!i?(?:[\s)]|$)))*)(/i?(?=[\s)]|$))?", re.DOTALL)
_UNUSABLE = re.compile("[\x00-\x1f\x7f-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
# An identifier of somebody else's that holds a colon; the parser finds out whether it is a paper.
_IDENTIFIER = re.compile(r"(?:arxiv|doi):", re.IGNORECASE)


def tokenise(text: str) -> list[Token]:
    """The tokens of a query, from left to right, not overlapping."""
    return _Lexer(usable(text)).run()


def usable(text: str) -> str:
    """The text with control characters as spaces and lone surrogates as U+FFFD, every other character in its place."""
    return _SURROGATES.sub("\ufffd", _UNUSABLE.sub(" ", text))


class _Lexer:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: list[Token] = []

    def run(self) -> list[Token]:
        while self.at < len(self.text):
            character = self.text[self.at]
            if character.isspace() or character == _CLOSING:
                self.at += 1
            elif character in _SIGNS:
                self.add(_SIGNS[character], character, self.at + 1)
            elif character in _QUOTES:
                self.phrase()
            elif character == "-" and self.something_follows():
                self.add(Kind.NOT, "-", self.at + 1)
            elif character == "/" and self.something_follows():
                self.regex()
            else:
                self.word()
        return self.found

    def add(self, kind: Kind, text: str, end: int, *, prefix: bool = False, closed: bool = True) -> None:
        self.found.append(Token(kind, text, self.at, end, prefix, closed))
        self.at = end

    def something_follows(self) -> bool:
        return self.at + 1 < len(self.text) and not self.text[self.at + 1].isspace() and self.text[self.at + 1] != ")"

    def phrase(self) -> None:
        closing = _QUOTES[self.text[self.at]]
        end = min((place for sign in closing if (place := self.text.find(sign, self.at + 1)) >= 0), default=-1)
        if end < 0:
            self.add(Kind.PHRASE, self.text[self.at + 1 :], len(self.text), closed=False)
            return
        prefix = self.text.startswith("*", end + 1)
        self.add(Kind.PHRASE, self.text[self.at + 1 : end], end + 1 + prefix, prefix=prefix)

    def regex(self) -> None:
        found = _REGEX_END.match(self.text, self.at + 1)
        if found is None:
            self.word()
            return
        self.add(Kind.REGEX, found[1].replace("\\/", "/"), found.end(), closed=found[2] is not None)

    def word(self) -> None:
        found = _WORD.match(self.text, self.at)
        if found is None:
            self.at += 1
            return
        word = found.group()
        name = _NAME.match(word)
        if name is not None and self.field(name[1], self.at + name.end()):
            return
        if word in _OPERATORS:
            self.add(_OPERATORS[word], word, found.end())
            return
        self.plain(word, found.end())

    def plain(self, word: str, end: int) -> None:
        bare = word.rstrip("*")
        self.add(Kind.WORD, bare or word, end, prefix=bool(bare) and bare != word)

    def field(self, name: str, after: int) -> bool:
        """Take `name:` and its value if it is a field; returns whether it is."""
        known = field_named(name)
        apart = after >= len(self.text) or self.text[after].isspace() or self.text[after] in ")|"
        if apart and (known is None or not name.islower()):
            return False
        if _IDENTIFIER.match(self.text, self.at) and not (known and name.islower()):
            return False
        self.found.append(Token(Kind.FIELD if known else Kind.UNKNOWN, name, self.at, after, apart=apart))
        self.at = after
        if not apart:
            self.value(negatable=known is not None and known.kind in ("text", "name", "flag", "has"))
        return True

    def value(self, *, negatable: bool) -> None:
        """Take what stands directly behind a field's colon; a group or a quote is left to the next turn."""
        while negatable and self.text.startswith("-", self.at) and self.something_follows():
            self.add(Kind.NOT, "-", self.at + 1)
        found = _VALUE.match(self.text, self.at)
        if found is not None and found.group():
            self.plain(found.group(), found.end())
