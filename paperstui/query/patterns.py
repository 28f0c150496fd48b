"""Which regular expressions there are, and what one may cost before it runs.

Matching has a time limit (`regex`), but reading a pattern has none: the engine writes out what a pattern repeats at least,
so `((((a?){99}){99}){99}){99}` takes all of the memory there is. So a pattern is read here first, piece by piece.

- Patterns hold literals, classes, groups, alternatives, repeats, look-around and `(?i:…)`, `(?-i:…)`, `(?s:…)`.
- No back references, names, recursion or inexact matching: what is no part of the engine that Python itself has would
  be read as something that nobody meant, such as `{e}`.
- Written out, a pattern has at most `LARGEST` pieces.
"""

from __future__ import annotations

import re

LONGEST_PATTERN = 200
LARGEST = 5_000
"""How many pieces a pattern may have, each repeat counted as often as it must be there."""
DEEPEST_GROUP = 20
_BRACES = re.compile(r"\{([0-9]*)(,?)([0-9]*)\}")
_GROUP = re.compile(r"\(\?(?:[:=!]|<[=!]|-?[is]:)")
_ESCAPES = "AbBdDsSwWZ"


class BadPattern(ValueError):  # noqa: N818  it says what it is
    """The pattern is no regular expression, or one that is too large. Its text is one line for the user."""


def checked(pattern: str) -> str:
    """The pattern as it is given to the engine, which then raises nothing but its own error and warns of nothing.

    Raises:
        BadPattern: it is too long or too large, or holds what is not possible here.
    """
    if len(pattern) > LONGEST_PATTERN:
        raise BadPattern(f"it is longer than {LONGEST_PATTERN} characters")
    reader = _Reader(pattern)
    reader.whole()
    return "".join(reader.out)


class _Reader:
    """Reads a pattern once, and writes it anew with what could mean two things escaped. Each method gives a size."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.out: list[str] = []

    def whole(self) -> int:
        size = self.alternatives(0)
        if self.at < len(self.pattern):
            raise BadPattern("it has a “)” without its “(”")
        return size

    def peek(self) -> str:
        return self.pattern[self.at] if self.at < len(self.pattern) else ""

    def take(self, count: int = 1) -> None:
        self.out.append(self.pattern[self.at : self.at + count])
        self.at += count

    def alternatives(self, depth: int) -> int:
        if depth > DEEPEST_GROUP:
            raise BadPattern("its groups are nested too deeply")
        size = self.sequence(depth)
        while self.peek() == "|":
            self.take()
            size += self.sequence(depth)
        return size

    def sequence(self, depth: int) -> int:
        size = 1
        while self.peek() not in ("", "|", ")"):
            size += self.repeated(depth)
            if size > LARGEST:
                raise BadPattern("it is too large: it repeats too much too often")
        return size

    def repeated(self, depth: int) -> int:
        size = self.atom(depth)
        least = self.least()
        if least is None:
            return size
        if self.peek() in ("?", "+"):
            self.take()
        return size * max(1, least)

    def least(self) -> int | None:
        """How often at least the quantifier at this place repeats, if there is one."""
        for sign, least in (("*", 0), ("+", 1), ("?", 0)):
            if self.peek() == sign:
                self.take()
                return least
        found = _BRACES.match(self.pattern, self.at)
        if found is None or found.group() == "{}":
            return None
        self.take(len(found.group()))
        low = _number(found[1] or "0")
        if found[3] and _number(found[3]) < low:
            raise BadPattern("it repeats something at most fewer times than at least")
        return low

    def atom(self, depth: int) -> int:
        match self.peek():
            case "(":
                return self.group(depth)
            case "*" | "+" | "?":
                raise BadPattern(f"there is nothing before the “{self.peek()}” to repeat")
            case "\\":
                self.escape()
            case "[":
                self.character_class()
            case "{" if _BRACES.match(self.pattern, self.at) and not self.pattern.startswith("{}", self.at):
                raise BadPattern("there is nothing before the “{” to repeat")
            case "{" | "}" | "#":
                # A brace that is no quantifier is a character like any other.
                self.out.append("\\")
                self.take()
            case _:
                self.take()
        return 1

    def group(self, depth: int) -> int:
        found = _GROUP.match(self.pattern, self.at)
        if found is None and self.pattern.startswith(("(?", "(*"), self.at):
            raise BadPattern("groups are (…), (?:…), (?=…), (?!…), (?<=…), (?<!…), (?i:…), (?-i:…) and (?s:…)")
        self.take(len(found.group()) if found else 1)
        size = self.alternatives(depth + 1)
        if self.peek() != ")":
            raise BadPattern("it has a “(” without its “)”")
        self.take()
        return size

    def escape(self) -> None:
        """Copy an escape of one character."""
        kind = self.pattern[self.at + 1 : self.at + 2]
        if not kind:
            raise BadPattern("it ends in a “\\”")
        if kind.isdigit() or kind in "xuUN":
            raise BadPattern("it can neither refer back to a group nor name a character by number")
        if kind.isascii() and kind.isalpha() and kind not in _ESCAPES and kind not in "nrtfva":
            raise BadPattern(f"there is no escape “\\{kind}”")
        self.take(2)

    def character_class(self) -> None:
        """Copy a class; `[`, `&`, `~`, `|` and a second `-` would be operations on sets to the engine."""
        self.take()
        if self.peek() == "^":
            self.take()
        first = True
        while self.peek() and (first or self.peek() != "]"):
            if self.peek() == "\\":
                if self.pattern[self.at + 1 : self.at + 2] in ("A", "b", "B", "Z"):
                    raise BadPattern(f"there is no escape “{self.pattern[self.at : self.at + 2]}” within a class")
                self.escape()
                first = False
                continue
            if self.peek() in "[&~|" or self.pattern.startswith("--", self.at):
                self.out.append("\\")
            self.take()
            first = False
        if not self.peek():
            raise BadPattern("it has a “[” without its “]”")
        self.take()


def _number(digits: str) -> int:
    """A number of any length; one that no pattern can be so large for is as large as any other."""
    return int(digits) if len(digits) < 6 else LARGEST + 1
