"""What a single word, phrase, expression or field value means; what makes no sense becomes a problem."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from paperstui.query import values
from paperstui.query.fields import (
    FEEDS,
    FLAGS,
    HAS,
    SORTS,
    AnyChoice,
    Choice,
    Field,
    choice_named,
    closest_choice,
    closest_field,
)
from paperstui.query.lexer import Kind, Token
from paperstui.query.patterns import BadPattern
from paperstui.query.regex import compiled
from paperstui.query.tokens import has_token, only_punctuation
from paperstui.query.tree import Compare, Fix, Flag, Has, Node, Note, PaperId, Problem, Regex, Sort, Text
from paperstui.text.clean import clean_line

MOST_TERMS = 64

_LIKE_AN_ID = re.compile(r"[0-9]{4}\.[0-9]{4,5}|/[0-9]{7}")
_UNFINISHED_ID = re.compile(r"[0-9]{2}(?:0[1-9]|1[0-2])\.[0-9]{1,5}")
_TITLE_ID = re.compile(r"[0-9a-f]{16}")
_ANY_ARXIV = "arxiv:"


class Terms:
    """Reads terms one after the other and gathers what they say beside the tree.

    end: where the user is typing, as an offset; None when nobody is. problems, notes, sorts: what was gathered so far.
    """

    def __init__(self, end: int | None = None) -> None:
        self._end = end
        self._count = 0
        self.problems: list[Problem] = []
        self.notes: list[Note] = []
        self.sorts: list[Sort] = []

    def problem(self, message: str, start: int, end: int, fix: Fix | None = None) -> None:
        """Report something that makes no sense, where it stands, and what was probably meant."""
        self.problems.append(Problem(message, start, end, fix))

    def note(self, message: str, start: int, end: int) -> None:
        """Remember what says nothing, and where it stands."""
        self.notes.append(Note(message, start, end))

    @property
    def said(self) -> int:
        """How much there is beside the tree so far."""
        return len(self.problems) + len(self.notes) + len(self.sorts)

    def read(self, field: Field | None, token: Token) -> Node | None:
        """What a word, phrase or regular expression means, in a field or without; None when it says nothing."""
        self._count += 1
        if self._count > MOST_TERMS:
            if self._count == MOST_TERMS + 1:
                self.problem(f"a query has at most {MOST_TERMS} terms; this one is too many", token.start, token.end)
            return None
        if not token.closed and token.text:
            sign, what = ("/", "expression") if token.kind is Kind.REGEX else ('"', "quote")
            self.note(f"no {sign} ends the {what}: it goes on to the end of the query", token.start, token.end)
        if token.kind is Kind.REGEX:
            return self._regex(token)
        if field is None:
            return self._bare(token)
        if field.kind == "text":
            return self._words(field, token)
        return self._name(field, token) if field.kind == "name" else self._value(field, token)

    def unknown(self, token: Token, end: int) -> None:
        """Report a field that there is not; its value ends at `end`."""
        closest = closest_field(token.text)
        hint = f"did you mean “{closest}:”?" if closest else "put quotes around it to search for the words"
        fix = Fix(f"{closest}:", token.start, token.end) if closest else None
        self.problem(f"there is no field “{token.text}:”; {hint}", token.start, end, fix)

    def _typed(self, token: Token) -> bool:
        """Whether the user may still be typing this token."""
        return token.end == self._end and (token.kind is Kind.WORD or not token.closed)

    def _bare(self, token: Token) -> Node | None:
        if token.kind is Kind.WORD:
            if self._typed(token) and _UNFINISHED_ID.fullmatch(token.text):
                return PaperId(token.text, prefix=True)
            if found := _arxiv_id(token.text.rstrip(".,;:]")):
                return PaperId(found)
        return self._words(None, token)

    def _words(self, field: Field | None, token: Token) -> Node | None:
        words = _normal(token)
        quoted = token.kind is Kind.PHRASE
        if not has_token(words) and (not words or (only_punctuation(words) and not (quoted and token.closed))):
            self._silent(field, token, words)
            return None
        if field is not None and field.name == "title" and _TITLE_ID.fullmatch(words):
            return PaperId(f"title:{words}")
        return Text(words, field.name if field else "", token.prefix or self._typed(token), quoted)

    def _name(self, field: Field, token: Token) -> Node | None:
        text = _normal(token)
        prefix = token.prefix or self._typed(token)
        if not text:
            self._silent(field, token, text)
            return None
        if field.name == "id":
            return PaperId(text, prefix=True) if prefix else PaperId(_arxiv_id(text) or text)
        if field.name == "feed":
            return self._feed(field, token, text)
        if text == "*":
            return Has(f"{field.name}s") if field.name in ("tag", "note") else None
        return Text(text, field.name, prefix, token.kind is Kind.PHRASE)

    def _silent(self, field: Field | None, token: Token, words: str) -> None:
        """Words that say nothing. Of the punctuation of a title nothing is said, unless it looks like a sign of ours."""
        if not words and field is not None:
            self.no_value(field.name, token.start, token.end)
        elif not words:
            self.note("the quotes hold nothing", token.start, token.end)
        elif words == "-" and token.kind is Kind.WORD:
            self.note("a “-” by itself leaves nothing out: write it right before a word", token.start, token.end)

    def no_value(self, name: str, start: int, end: int) -> None:
        """Remember that a field has no value."""
        self.note(f"“{name}:” has no value and was left out", start, end)

    def _feed(self, field: Field, token: Token, text: str) -> Node | None:
        if text.lower().startswith(_ANY_ARXIV):
            return Text(_ANY_ARXIV + text[len(_ANY_ARXIV) :], field.name)
        choice = self._choice(field, token, FEEDS, text)
        return Text(_ANY_ARXIV if choice.name == "arxiv" else choice.name, field.name) if choice else None

    def _value(self, field: Field, token: Token) -> Node | None:
        match field.kind:
            case "number":
                return self._number(field, token)
            case "date":
                return self._days(field, token)
            case "flag":
                flag = self._choice(field, token, FLAGS, token.text)
                return Flag(flag.name) if flag else None
            case "has":
                has = self._choice(field, token, HAS, token.text)
                return Has(has.name) if has else None
            case _:
                key = token.text.removeprefix("-")
                sort = self._choice(field, token, SORTS, key)
                if sort:
                    self.sorts.append(Sort(sort.name, reverse=key != token.text))
                return None

    def _number(self, field: Field, token: Token) -> Node | None:
        found = values.number(field.name, token.text)
        if found is None and not (self._typed(token) and values.unfinished_number(token.text)):
            hint = f"write {field.name}:5, {field.name}:>5 or {field.name}:5..10"
            fix = None
            if field.name == "authors":
                hint = "it counts them; a name goes with author:"
                fix = Fix("author:", token.start - len("authors:"), token.start)
            elif token.text.startswith("+"):
                hint = "what was gained is asked for with upvotes:+5"
            self._wrong(token, f"{field.name}: takes a number, not “{_shown(token)}”; {hint}", fix)
        if found is not None and _below_zero(found):
            self.note(f"{field.name}: is never below 0, as “{_shown(token)}” has it", token.start, token.end)
        return found

    def _days(self, field: Field, token: Token) -> Node | None:
        found = values.days(field.name, token.text)
        if found is None and not (self._typed(token) and values.unfinished_days(token.text)):
            hint = "write a day as 2026-06-04, a month as 2026-06, the last week as 7d, a range as 2026-05..2026-06"
            self._wrong(token, f"{field.name}: takes a date, not “{_shown(token)}”; {hint}")
        return found

    def _choice(self, field: Field, token: Token, choices: tuple[AnyChoice, ...], text: str) -> AnyChoice | None:
        """The choice that a value names; reports one that there is not, unless it may still become one."""
        found = choice_named(choices, text)
        if found is None and not (self._typed(token) and _begins(choices, text)):
            closest = closest_choice(choices, text)
            hint = f"did you mean {field.name}:{closest}?" if closest else f"it takes {_listed(choices)}"
            sign = "-" if field.kind == "sort" and token.text.startswith("-") else ""
            fix = Fix(sign + closest, token.start, token.end) if closest else None
            self._wrong(token, f"there is no {field.name}:{_shown(token)}; {hint}", fix)
        return found

    def _regex(self, token: Token) -> Node | None:
        if not token.text:
            self.note("the expression holds nothing", token.start, token.end)
            return None
        try:
            compiled(token.text)
        except BadPattern as error:
            self._wrong(token, f"/{_shown(token)}/ cannot be used: {error}")
            return None
        return Regex(token.text)

    def _wrong(self, token: Token, message: str, fix: Fix | None = None) -> None:
        self.problem(message, token.start, token.end, fix)


def _below_zero(asked: Compare) -> bool:
    return (asked.low is not None and asked.low < 0) or (asked.high is not None and asked.high < 0)


def _arxiv_id(text: str) -> str | None:
    if not _LIKE_AN_ID.search(text):
        return None
    # Only here, because it takes a while to import and few queries need it.
    from paperstui.text.titles import arxiv_id

    return arxiv_id(text)


def _normal(token: Token) -> str:
    return unicodedata.normalize("NFC", token.text).strip()


def _shown(token: Token) -> str:
    return clean_line(token.text, 30)


def _begins(choices: Sequence[Choice], text: str) -> bool:
    text = text.lower()
    return any(name.startswith(text) for choice in choices for name in (choice.name, *choice.aliases))


def _listed(choices: Sequence[Choice]) -> str:
    names = [choice.name for choice in choices]
    return f"{', '.join(names[:-1])} or {names[-1]}"
