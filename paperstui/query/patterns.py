"""Whether a regular expression can be trusted not to freeze the reader.

Python's `re` backtracks, has no time limit and holds the interpreter while it works on one text, so a bad pattern must
be refused before it runs. A pattern is read into pieces, and at each choice it is asked whether the next character
decides it. Where it always does, there is a single way to match and the work grows with the length of the text.

- Patterns hold literals, classes, plain groups, alternatives and repeats: no back references, look-around, flags.
- What is repeated more than once has a single way to match and is never empty: `(a+)+`, `(a|ab)*`, `()*` are refused.
- One open repeat may be undecided by what follows it, as in `deep.*learning`; then none comes after it, except at the
  very end of the pattern, where nothing can fail any more.
- What else is undecided, such as `(a|ab)` or `a?a`, multiplies to at most 1000, or to at most 8 beside an open repeat.

So a search in n characters takes at most of the order of n² steps, some of them up to 8 times, and never 2ⁿ or n³.
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

LONGEST_PATTERN = 200
LONG_REPEAT = 16
"""A repeat that may take this many steps more than it must counts as open."""
MOST_WAYS = 1_000
MOST_WAYS_BESIDE_OPEN = 8
MOST_TIMES = 100
DEEPEST_GROUP = 20
_BRACES = re.compile(r"\{([0-9]*)(,?)([0-9]*)\}")
# Characters to try classes on. With the pattern's own characters these tell whether two classes overlap, because two
# ranges that do share an end of one of them.
_SAMPLE = frozenset(map(chr, range(0x250))) | frozenset("Ωωбд一あ가\u2013\u2028\u3000∑😀")


class BadPattern(ValueError):  # noqa: N818  it says what it is
    """The pattern is no regular expression, or one that could take for ever. Its text is one line for the user."""


class _Char(Struct, frozen=True):
    """One character out of a set."""

    chars: frozenset[str]


class _Mark(Struct, frozen=True):
    """A place that takes no character, such as `^` and `$`."""


class _Sequence(Struct, frozen=True):
    parts: tuple[_Piece, ...]


class _Choice(Struct, frozen=True):
    parts: tuple[_Piece, ...]


class _Repeat(Struct, frozen=True):
    part: _Piece
    low: int
    high: int | None

    @property
    def open(self) -> bool:
        return self.high is None or self.high - self.low >= LONG_REPEAT


_Piece = _Char | _Mark | _Sequence | _Choice | _Repeat


class _Measure(Struct, frozen=True):
    """ways: undecided short choices, multiplied. loose: undecided open repeats. opened: all open repeats."""

    ways: int = 1
    loose: int = 0
    opened: int = 0


def checked(pattern: str) -> str:
    """The pattern as it is given to `re.compile`, which then raises nothing but `re.error` and warns of nothing.

    Raises:
        BadPattern: it is too long, holds what is not possible here, or could take for ever.
    """
    if len(pattern) > LONGEST_PATTERN:
        raise BadPattern(f"it is longer than {LONGEST_PATTERN} characters")
    reader = _Reader(pattern)
    piece = reader.whole()
    found = _measure(piece, frozenset(), final=True)
    if found.loose > 1:
        raise BadPattern("it has two open repeats such as “.*” that can trade characters; use two expressions")
    if found.ways > (MOST_WAYS_BESIDE_OPEN if found.opened else MOST_WAYS):
        raise BadPattern("it has too many alternatives and optional parts that begin alike")
    return "".join(reader.out)


def _empty(piece: _Piece) -> bool:
    """Whether it can match nothing at all."""
    match piece:
        case _Char():
            return False
        case _Mark():
            return True
        case _Sequence(parts):
            return all(_empty(part) for part in parts)
        case _Choice(parts):
            return any(_empty(part) for part in parts)
        case _Repeat(part, low):
            return low == 0 or _empty(part)


def _first(piece: _Piece) -> frozenset[str]:
    """The characters it can begin with."""
    match piece:
        case _Char(chars):
            return chars
        case _Mark():
            return frozenset()
        case _Choice(parts):
            return frozenset().union(*(_first(part) for part in parts))
        case _Repeat(part):
            return _first(part)
        case _Sequence(parts):
            found: frozenset[str] = frozenset()
            for part in parts:
                found |= _first(part)
                if not _empty(part):
                    break
            return found


def _measure(piece: _Piece, follow: frozenset[str], *, final: bool) -> _Measure:
    """Count what the next character does not decide.

    follow: the characters that can come behind the piece. final: nothing at all comes behind it, so nothing can fail.
    """
    match piece:
        case _Choice(parts):
            return _measure_choice(parts, follow, final=final)
        case _Sequence(parts):
            return _measure_sequence(parts, follow, final=final)
        case _Repeat():
            return _measure_repeat(piece, follow, final=final)
        case _:
            return _Measure()


def _measure_choice(parts: tuple[_Piece, ...], follow: frozenset[str], *, final: bool) -> _Measure:
    found = [_measure(part, follow, final=final) for part in parts]
    seen: set[str] = set()
    decided = True
    for part in parts:
        begins = _first(part) | (follow if _empty(part) else frozenset())
        decided = decided and seen.isdisjoint(begins)
        seen |= begins
    ways = [measure.ways for measure in found]
    return _Measure(
        max(ways) if decided else sum(ways),
        max(measure.loose for measure in found),
        max(measure.opened for measure in found),
    )


def _measure_sequence(parts: tuple[_Piece, ...], follow: frozenset[str], *, final: bool) -> _Measure:
    ways, loose, opened = 1, 0, 0
    for part in reversed(parts):
        found = _measure(part, follow, final=final)
        # What is open behind a loose repeat is gone through again from each of its ends.
        loose += found.loose + (opened if found.loose else 0)
        ways = min(ways * found.ways, MOST_WAYS + 1)
        opened += found.opened
        follow = _first(part) | (follow if _empty(part) else frozenset())
        final = False
    return _Measure(ways, loose, opened)


def _measure_repeat(piece: _Repeat, follow: frozenset[str], *, final: bool) -> _Measure:
    many = piece.high is None or piece.high > 1
    begins = _first(piece.part)
    inner = _measure(piece.part, follow | begins if many else follow, final=final and not many)
    if many and (inner.ways > 1 or inner.loose):
        raise BadPattern("it repeats a part that can itself match in several ways")
    if many and _empty(piece.part):
        raise BadPattern("it repeats a part that can be empty")
    decided = begins.isdisjoint(follow)
    if piece.open:
        if inner.opened and not decided:
            raise BadPattern("it repeats a part that itself repeats")
        return _Measure() if final and not inner.opened else _Measure(1, 0 if decided else 1, inner.opened + 1)
    ways = 1 if decided else 1 + (piece.high or 0) - piece.low
    return _Measure(inner.ways * ways, inner.loose, inner.opened)


@lru_cache(maxsize=256)
def _members(atom: str, sample: frozenset[str]) -> frozenset[str]:
    try:
        found = re.compile(atom, re.IGNORECASE)
    except re.error as error:
        raise BadPattern(error.msg) from None
    return frozenset(character for character in sample if found.fullmatch(character))


class _Reader:
    """Reads a pattern once, and writes it anew with what Python would warn of escaped."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.out: list[str] = []
        self.sample = _SAMPLE | frozenset(pattern) | frozenset(pattern.swapcase())

    def whole(self) -> _Piece:
        piece = self.alternatives(0)
        if self.at < len(self.pattern):
            raise BadPattern("it has a “)” without its “(”")
        return piece

    def peek(self) -> str:
        return self.pattern[self.at] if self.at < len(self.pattern) else ""

    def take(self, count: int = 1) -> str:
        text = self.pattern[self.at : self.at + count]
        self.at += count
        self.out.append(text)
        return text

    def alternatives(self, depth: int) -> _Piece:
        if depth > DEEPEST_GROUP:
            raise BadPattern("its groups are nested too deeply")
        parts = [self.sequence(depth)]
        while self.peek() == "|":
            self.take()
            parts.append(self.sequence(depth))
        return parts[0] if len(parts) == 1 else _Choice(tuple(parts))

    def sequence(self, depth: int) -> _Piece:
        parts: list[_Piece] = []
        while self.peek() not in ("", "|", ")"):
            parts.append(self.repeated(depth))
        return _Sequence(tuple(parts))

    def repeated(self, depth: int) -> _Piece:
        piece = self.atom(depth)
        bounds = self.bounds()
        if bounds is None:
            return piece
        if self.peek() in ("?", "+"):
            self.take()
        return _Repeat(piece, *bounds)

    def bounds(self) -> tuple[int, int | None] | None:
        """The least and the greatest number of times of the quantifier at this place, if there is one."""
        for sign, bounds in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self.peek() == sign:
                self.take()
                return bounds
        found = _BRACES.match(self.pattern, self.at)
        if found is None or found.group() == "{}":
            return None
        self.take(len(found.group()))
        low = int(found[1] or 0)
        high = int(found[3]) if found[3] else (None if found[2] else low)
        if low > MOST_TIMES:
            raise BadPattern(f"it repeats something more than {MOST_TIMES} times")
        if high is not None and high < low:
            raise BadPattern("it repeats something at most fewer times than at least")
        return low, high

    def atom(self, depth: int) -> _Piece:
        start = len(self.out)
        match self.peek():
            case "(":
                return self.group(depth)
            case "^" | "$":
                self.take()
                return _Mark()
            case "*" | "+" | "?":
                raise BadPattern(f"there is nothing before the “{self.peek()}” to repeat")
            case "\\":
                if self.escape() in "bBAZ":
                    return _Mark()
            case "[":
                self.character_class()
            case "{" if _BRACES.match(self.pattern, self.at) and not self.pattern.startswith("{}", self.at):
                raise BadPattern("there is nothing before the “{” to repeat")
            case "{" | "}":
                # A brace that is no quantifier is a character like any other.
                self.out.append("\\")
                self.take()
            case _:
                self.take()
        return _Char(_members("".join(self.out[start:]), self.sample))

    def group(self, depth: int) -> _Piece:
        self.take()
        if self.pattern.startswith("?:", self.at):
            self.take(2)
        elif self.peek() == "?":
            raise BadPattern("only plain groups “(…)” are possible")
        piece = self.alternatives(depth + 1)
        if self.peek() != ")":
            raise BadPattern("it has a “(” without its “)”")
        self.take()
        return piece

    def escape(self) -> str:
        """Copy an escape of one character, and give the character."""
        kind = self.pattern[self.at + 1 : self.at + 2]
        if not kind:
            raise BadPattern("it ends in a “\\”")
        if kind.isdigit() or kind in "xuUN":
            raise BadPattern("it can neither refer back to a group nor name a character by number")
        self.take(2)
        return kind

    def character_class(self) -> None:
        """Copy a class; `[`, `&`, `~`, `|` and a second `-` would make Python warn that their meaning may change."""
        self.take()
        if self.peek() == "^":
            self.take()
        first = True
        while self.peek() and (first or self.peek() != "]"):
            if self.peek() == "\\":
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
