"""What could be typed next: fields and the values that are always the same; for the rest the library is asked."""

from __future__ import annotations

from msgspec import Struct

from paperstui.query.fields import FIELDS, Choice, Field, choices_of, field_named
from paperstui.query.lexer import Kind, Token, tokenise, usable
from paperstui.query.tree import Query
from paperstui.query.values import DAY_WORDS, WEEKDAYS

_NUMBERS = {
    "comments": ((">=3", "3 or more"), (">10", "more than 10"), ("0", "none"), ("1..5", "from 1 to 5")),
    "stars": (
        (">1k", "more than 1,000"),
        (">100", "more than 100"),
        ("<10", "less than 10"),
        ("10..100", "from 10 to 100"),
    ),
    "upvotes": (
        (">50", "more than 50"),
        (">=10", "10 or more"),
        ("<5", "less than 5"),
        ("5..10", "from 5 to 10"),
        ("+5", "5 or more gained since you last looked"),
    ),
    "authors": (("1", "one alone"), ("<4", "less than 4"), (">=10", "10 or more"), ("2..5", "from 2 to 5")),
}
_ANY_NUMBERS = ((">50", "more than 50"), (">=10", "10 or more"), ("<5", "less than 5"), ("5..10", "from 5 to 10"))
_DAYS = (
    ("today", DAY_WORDS["today"]),
    ("7d", "the last seven days"),
    ("2w", "the last two weeks"),
    ("1m", "the last month"),
    ("1y", "the last year"),
    *((word, meaning) for word, meaning in DAY_WORDS.items() if word != "today"),
    *((day, "the last one") for day in WEEKDAYS),
)
_BEFORE_A_TERM = (Kind.OPEN, Kind.NOT, Kind.OR, Kind.AND)
_NEEDS_QUOTES = frozenset('"“”„()|*')


class Candidate(Struct, frozen=True):
    """Something that can stand for text[start:end].

    text: what to put there. kind: "field", "value" or, for what was probably meant by something wrong, "meant".
    help: a few words about it.
    """

    text: str
    kind: str
    help: str
    start: int
    end: int


class ValueRequest(Struct, frozen=True):
    """Values of a field are wanted that only the library knows.

    field: one of `FIELDS` with `ask`. prefix: how they, or a word in them, begin; "" for any. start, end: what they
    stand for in the text.
    """

    field: str
    prefix: str
    start: int
    end: int

    def candidate(self, value: str, help_line: str = "") -> Candidate:
        """The candidate for a value that the library knows."""
        return Candidate(term(self.field, value), "value", help_line, self.start, self.end)


class Completion(Struct, frozen=True):
    """What there is to choose from at once, and what to ask the library for, if anything."""

    candidates: tuple[Candidate, ...] = ()
    request: ValueRequest | None = None


def complete(text: str, cursor: int) -> Completion:
    """What could stand where the cursor is, an offset between characters; nothing within quotes or expressions.

    What begins is told by the text before the cursor. In the middle of a word all of it is replaced.
    """
    cursor = min(max(cursor, 0), len(text))
    text = usable(text)
    before = tokenise(text[:cursor])
    last = before[-1] if before else None
    if last is None or (last.end < cursor and last.kind is not Kind.FIELD):
        return _fields("", cursor, cursor)
    field, start = _field_of(before)
    if field is not None:
        return _values(field, _typed(last), start, _reach(text, cursor, value=True))
    if last.kind is Kind.WORD:
        name = last.text.lstrip("-")
        return _fields(name, last.end - len(name), _reach(text, cursor, value=False))
    return _fields("", cursor, cursor) if last.kind in _BEFORE_A_TERM else Completion()


def whole(text: str, cursor: int, candidate: Candidate) -> bool:
    """Whether a candidate is what stands there already, with the cursor at its end."""
    return cursor == candidate.end and text[candidate.start : candidate.end] == candidate.text


def taken(text: str, candidate: Candidate) -> tuple[str, int]:
    """The text with a candidate in its place, and where the cursor goes: behind it, and behind a space after a value."""
    before, after = text[: candidate.start] + candidate.text, text[candidate.end :]
    if candidate.text.endswith(":"):
        return before + after, len(before)
    if not after or not (after[0].isspace() or after[0] in ")|"):
        after = " " + after
    return before + after, len(before) + after[0].isspace()


def meant(query: Query) -> Candidate | None:
    """What was probably meant by the first part of a query that makes no sense, if that can be told."""
    for problem in query.problems:
        if problem.fix is not None:
            return Candidate(problem.fix.text, "meant", "did you mean this?", problem.fix.start, problem.fix.end)
    return None


def _reach(text: str, cursor: int, *, value: bool) -> int:
    """Where what the cursor is in ends: a word, a value directly behind its colon, a quote that was closed."""
    for token in tokenise(text):
        inside = token.start < cursor < token.end or (value and token.start == cursor)
        if inside and (
            token.kind in (Kind.WORD, Kind.FIELD, Kind.UNKNOWN) or (token.kind is Kind.PHRASE and token.closed)
        ):
            return token.end
    return cursor


def term(field: str, value: str) -> str:
    """The query that finds a value in a field, for example when an author is chosen from a list."""
    return f"{field}:{quoted(value)}"


def quoted(value: str) -> str:
    """A value in quotes where it needs them. Quotes within are left out: no search can tell them from nothing."""
    if value and not any(character.isspace() or character in _NEEDS_QUOTES for character in value):
        return value if not value.startswith(("-", "/", ":")) else f'"{value}"'
    return '"{}"'.format(" ".join("".join(c for c in value if c not in '"“”„').split()))


def _field_of(tokens: list[Token]) -> tuple[Field | None, int]:
    """The field whose value the last token is, or begins, and where the field's name stands."""
    *rest, last = tokens
    if last.kind is Kind.FIELD:
        return field_named(last.text), last.start
    while rest and rest[-1].kind is Kind.NOT:
        last = rest.pop()
    if rest and rest[-1].kind is Kind.FIELD and last.kind in (Kind.WORD, Kind.PHRASE, Kind.NOT):
        return field_named(rest[-1].text), rest[-1].start
    return None, 0


def _typed(token: Token) -> str:
    return "" if token.kind in (Kind.FIELD, Kind.NOT) else token.text


def _fields(prefix: str, start: int, end: int) -> Completion:
    prefix = prefix.lower()
    found = [
        Candidate(f"{field.name}:", "field", field.help, start, end)
        for field in FIELDS
        if any(name.startswith(prefix) for name in (field.name, *field.aliases))
    ]
    return Completion(tuple(found))


def _values(field: Field, typed: str, start: int, end: int) -> Completion:
    if field.ask:
        return Completion(request=ValueRequest(field.name, typed, start, end))
    sign = "-" if field.kind == "sort" and typed.startswith("-") else ""
    prefix = typed.removeprefix(sign).lower()
    found = [
        Candidate(f"{field.name}:{sign}{value}", "value", meaning, start, end)
        for value, meaning in _known(field)
        if value.startswith(prefix)
    ]
    return Completion(tuple(found))


def _known(field: Field) -> tuple[tuple[str, str], ...]:
    choices: tuple[Choice, ...] = tuple(choices_of(field))
    if choices:
        return tuple((choice.name, choice.help) for choice in choices)
    if field.kind == "number":
        return _NUMBERS.get(field.name, _ANY_NUMBERS)
    return _DAYS if field.kind == "date" else ()
