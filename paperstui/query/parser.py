"""From what the user typed to a tree. It never raises and never gives up: what makes no sense is named and left out."""

from __future__ import annotations

from itertools import pairwise

from paperstui.query.fields import Field, field_named
from paperstui.query.lexer import Kind, Token, tokenise
from paperstui.query.terms import Terms
from paperstui.query.tree import Everything, Node, Query, Sort, all_of, any_of, opposite

LONGEST_QUERY = 500
"""Characters of a query typed into the filter bar."""
LONGEST_EVER = 20_000
"""What `limit` cannot go beyond; SQLite takes no longer patterns."""
DEEPEST_GROUP = 40

_VALUES = (Kind.WORD, Kind.PHRASE)


def parse(text: str, *, typing: bool = False, limit: int = LONGEST_QUERY) -> Query:
    """What a query means.

    typing: the user is at the end of the text and may go on: its last word also finds longer words, and a value that is
    not finished (`upvotes:>`, `is:unr`) is left out instead of being a problem. limit: characters that are read.

    Never raises. Where something makes no sense the query has `problems`, and its tree is what is left without it. What
    says nothing is left out, too, and unless somebody is still typing the query has a note of it.
    """
    limit = min(limit, LONGEST_EVER)
    read = text[:limit]
    terms = Terms(end=len(text) if typing else None)
    tokens = _balanced(tokenise(read), terms)
    tree = _Parser(tokens, terms).alternatives(None)
    if len(text) > limit:
        terms.problem(f"a query has at most {limit} characters", limit, len(text))
    if tree is None and read.strip() and not (terms.sorts or terms.said):
        terms.note("there is nothing in it to look for", 0, len(read))
    notes = () if typing else tuple(sorted(terms.notes, key=lambda note: note.start))
    return Query(
        text=text, tree=tree or Everything(), sort=tuple(terms.sorts), problems=tuple(terms.problems), notes=notes
    )


def _balanced(tokens: list[Token], terms: Terms) -> list[Token]:
    """The tokens without the parentheses that close nothing or nest too deeply."""
    kept: list[Token] = []
    depth = 0
    for token in tokens:
        if token.kind is Kind.OPEN:
            depth += 1
            if depth == DEEPEST_GROUP + 1:
                terms.problem(f"groups nest more than {DEEPEST_GROUP} deep", token.start, token.end)
        if token.kind not in (Kind.OPEN, Kind.CLOSE) or 0 < depth <= DEEPEST_GROUP:
            kept.append(token)
        if token.kind is Kind.CLOSE:
            if not depth:
                terms.note("this “)” closes nothing and was left out", token.start, token.end)
            depth = max(0, depth - 1)
    return kept


class _Parser:
    """Recursive descent over balanced tokens; None is what says nothing."""

    def __init__(self, tokens: list[Token], terms: Terms) -> None:
        self.tokens = tokens
        self.terms = terms
        self.at = 0

    def peek(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self, *kinds: Kind) -> Token | None:
        """The next token if it is one of these, which is then gone."""
        token = self.peek()
        if token is None or token.kind not in kinds:
            return None
        self.at += 1
        return token

    def alternatives(self, field: Field | None) -> Node | None:
        parts, silent = [], []
        between: list[Token] = []
        while True:
            before = self.terms.said
            parts.append(self.conjunction(field))
            silent.append(parts[-1] is None and self.terms.said == before)
            token = self.take(Kind.OR)
            if token is None:
                break
            between.append(token)
        for token, sides in zip(between, pairwise(silent), strict=True):
            if any(sides):
                self.joins_nothing(token)
        said = [part for part in parts if part is not None]
        return any_of(said) if said else None

    def conjunction(self, field: Field | None) -> Node | None:
        parts: list[Node] = []
        before = True  # whether nothing stands before an AND
        while (token := self.peek()) is not None and token.kind not in (Kind.OR, Kind.CLOSE):
            if self.take(Kind.AND):
                following = self.peek()
                if before or following is None or following.kind in (Kind.AND, Kind.OR, Kind.CLOSE):
                    self.joins_nothing(token)
                before = True
                continue
            before = False
            part = self.term(field)
            if part is not None:
                parts.append(part)
        return all_of(parts) if parts else None

    def joins_nothing(self, token: Token) -> None:
        self.terms.note(f"“{token.text}” was left out: it needs a word on both sides", token.start, token.end)

    def term(self, field: Field | None) -> Node | None:
        """One operand with the negations before it."""
        sign, at = self.peek(), self.at
        negated = self.negations()
        sorts, left = len(self.terms.sorts), self.at
        part = self.operand(field)
        if sign is not None and at < self.at == left:
            self.terms.note(f"“{sign.text}” has nothing behind it to leave out", sign.start, sign.end)
        if not negated:
            return part
        self.terms.sorts[sorts:] = [Sort(sort.key, not sort.reverse) for sort in self.terms.sorts[sorts:]]
        return None if part is None else opposite(part)

    def negations(self) -> bool:
        negated = False
        while self.take(Kind.NOT):
            negated = not negated
        return negated

    def operand(self, field: Field | None) -> Node | None:
        if self.take(Kind.OPEN):
            return self.group(field)
        if token := self.take(Kind.FIELD):
            return self.field(token)
        if token := self.take(Kind.UNKNOWN):
            self.unknown(token)
            return None
        token = self.take(*_VALUES, Kind.REGEX)
        return self.terms.read(field, token) if token else None

    def group(self, field: Field | None) -> Node | None:
        opened, before = self.tokens[self.at - 1], self.terms.said
        inner = self.alternatives(field)
        closed = self.take(Kind.CLOSE)
        if inner is None and self.terms.said == before:
            self.terms.note("the parentheses hold nothing", opened.start, (closed or self.tokens[self.at - 1]).end)
        return inner

    def field(self, token: Token) -> Node | None:
        field = field_named(token.text)
        following = self.peek()
        if field is None or following is None or _has_lost_its_value(token, field, following):
            self.terms.no_value(token.text, token.start, token.end)
            return None
        before = self.at
        negated = self.negations()
        part: Node | None = None
        if self.take(Kind.OPEN):
            part = self.group(field)
        elif value := self.take(*_VALUES):
            part = self.terms.read(field, value)
        else:
            self.terms.no_value(token.text, token.start, token.end)
            self.at = before
        return opposite(part) if negated and part is not None else part

    def unknown(self, token: Token) -> None:
        """Leave out a field that there is not, with the value directly behind it."""
        end = token.end
        following = self.peek()
        if following is not None and following.start == end:
            if self.take(*_VALUES):
                end = following.end
            elif self.take(Kind.OPEN):
                end = self.skip_group(following.end)
        self.terms.unknown(token, end)

    def skip_group(self, end: int) -> int:
        """Leave out the rest of a group; returns where it ends."""
        depth = 1
        while depth and (token := self.peek()) is not None:
            depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
            end = token.end
            self.at += 1
        return end


def _has_lost_its_value(token: Token, field: Field, following: Token) -> bool:
    """Whether a value was deleted and what follows is another term."""
    return token.apart and field.kind not in ("text", "name") and not _is_value(field, following)


def _is_value(field: Field, token: Token) -> bool:
    """Whether a token that stands apart from its field is a value of it."""
    trial = Terms()
    return token.kind is Kind.WORD and (trial.read(field, token) is not None or bool(trial.sorts))
