"""Suggesting: what could be typed next in a query, and how many papers would be left.

Counts are of the papers of the place that the rest of the query lets through, so that a count is what the list holds
once the suggestion is taken. Within a group or beside OR the rest says nothing about that, and the place alone counts.
"""

from __future__ import annotations

import heapq
import re
import time
from collections.abc import Callable, Hashable, Mapping
from functools import partial
from typing import Generic, TypeVar

from msgspec import Struct

from paperstui.library.connect import InterruptedReadError
from paperstui.library.finding import members
from paperstui.library.store import Library
from paperstui.query import parse
from paperstui.query.categories import NAMES
from paperstui.query.completion import Candidate, ValueRequest, complete, meant, term, whole
from paperstui.query.fields import field_named
from paperstui.query.lexer import Kind, tokenise
from paperstui.query.regex import QueryTimeout
from paperstui.query.tokens import BEFORE, BETWEEN, fold, has_token, tokens
from paperstui.query.tree import Query, Text, all_of
from paperstui.text.clean import clean_line
from paperstui.usecases.results import Place
from paperstui.usecases.selecting import number
from paperstui.usecases.viewing import compiled_for

MOST = 50
"""Values that are offered at once; how many more there are is said."""

LOOKED_AT = 10
"""Values found by words for which the papers are counted before they are shown."""

LONGEST_VALUE = 200
"""Characters of a value; no name that anybody would choose is longer."""

NARROWED_FROM = 2
"""Letters from which the index is asked for the papers that can have a value, so that not all of them are read."""

SAMPLED = 5_000
"""Papers that are looked at, spread over all that can have them, for values that stand in their long texts. All of
100,000 would take more than a second."""

_SHORTEST_ALIAS = 3
_SHARE = 20.0
_MOST_KEPT = 50_000

Stop = Callable[[], bool]
Key = TypeVar("Key", bound=Hashable)


def _never() -> bool:
    return False


class Offer(Struct, frozen=True):
    """What there is to choose from for a text and a cursor, before the library is asked.

    candidates: what can be taken. request: values that the library knows, to be asked for. problem: what is wrong with
    the text, and then a candidate is what was probably meant. pressing: it is certain enough to be shown at once.
    """

    candidates: tuple[Candidate, ...] = ()
    request: ValueRequest | None = None
    problem: str = ""
    pressing: bool = False

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show or to ask for."""
        return not (self.candidates or self.request or self.problem)


class Values(Struct, frozen=True):
    """Values of a field, those that most papers have first. more: how many there are beside these.

    papers: how many papers have them, by the texts of candidates, where that is known without looking closer.
    lacking: what is to be said where no paper has any value, whatever was typed of one. sampled: there are others, but
    how many is not known.
    """

    candidates: tuple[Candidate, ...] = ()
    more: int = 0
    papers: Mapping[str, int] = {}
    lacking: str = ""
    sampled: bool = False


def offer(text: str, cursor: int) -> Offer:
    """What to offer for a text with the cursor at an offset: only where it helps, never for what is typed already."""
    found = complete(text, cursor)
    if found.request is not None:
        return Offer(request=found.request, pressing=True)
    fields = bool(found.candidates) and found.candidates[0].kind == "field"
    chosen = _likely(text, cursor, found.candidates) if fields else found.candidates
    if chosen and not (len(chosen) == 1 and whole(text, cursor, chosen[0])):
        return Offer(chosen, pressing=not fields)
    query = parse(text, typing=cursor == len(text))
    if query.ok:
        return Offer()
    fix = meant(query)
    return Offer((fix,) if fix else (), problem=query.problems[0].message, pressing=True)


def _likely(text: str, cursor: int, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """The fields that somebody is probably typing the name of: from two small letters on, by another name from three."""
    start, end = candidates[0].start, candidates[0].end
    typed = text[start:cursor]
    if len(typed) < NARROWED_FROM or not typed.islower() or text[start:end].endswith(":"):
        return ()
    if len(typed) >= _SHORTEST_ALIAS:
        return candidates
    return tuple(one for one in candidates if one.text.startswith(typed))


class _Sample(dict[str, int]):
    """The values of some papers that stand for all."""


class _Found(Struct, frozen=True):
    """An answer as it was at a version of the library, and what finding it cost in seconds."""

    papers: dict[str, int]
    version: int
    at: float
    cost: float


class _Kept(Generic[Key]):
    """Answers by what was asked, the newest ones.

    One holds until the library changes, and beyond that for twenty times as long as it took to find, so that a library
    that is being written to is not counted over and over.
    """

    def __init__(self, library: Library, clock: Callable[[], float], most: int) -> None:
        self._library = library
        self._clock = clock
        self._most = most
        self._found: dict[Key, _Found] = {}

    def get(self, key: Key) -> dict[str, int] | None:
        """The answer, if it still holds."""
        found = self._found.get(key)
        if found is None:
            return None
        if found.version == self._library.version() or self._clock() - found.at < _SHARE * found.cost:
            return found.papers
        del self._found[key]
        return None

    def look(self, key: Key, look: Callable[[], dict[str, int] | None]) -> dict[str, int] | None:
        """The answer that is kept, or what `look` finds."""
        kept = self.get(key)
        if kept is not None:
            return kept
        version, began = self._library.version(), self._clock()
        papers = look()
        if papers is not None and len(papers) <= _MOST_KEPT:
            while len(self._found) >= self._most:
                del self._found[next(iter(self._found))]
            ended = self._clock()
            self._found[key] = _Found(papers, version, ended, ended - began)
        return papers


class Suggesting:
    """Asks the library for values and counts. For one thread of its own, since some answers take a while.

    clock: seconds that only grow.
    """

    def __init__(self, library: Library, clock: Callable[[], float] = time.monotonic) -> None:
        self._library = library
        self._tallies: _Kept[tuple[Place, str, str, str]] = _Kept(library, clock, 8)
        self._counts: _Kept[tuple[Place, str, str]] = _Kept(library, clock, 256)

    def values(self, place: Place, text: str, request: ValueRequest, stop: Stop = _never) -> Values | None:
        """The values that a request asks for, among the papers of a place. None when `stop` said so.

        Raises:
            LibraryError: the library cannot be read.
        """
        rest = _rest(text, request.start, request.end)
        found = self._stoppable(partial(self._tally, place, rest, request, stop), stop)
        if found is None:
            return None
        if not found and not isinstance(found, _Sample) and not (_stem(request) and place.period is None):
            field = field_named(request.field)
            return Values(lacking=f"no paper here has {field.lacking}" if field else "")
        papers = _alike(_matching(found, request.prefix))
        best = [value for value in heapq.nsmallest(MOST, papers, key=_rank(request, papers)) if _clean(value)]
        if _in_words(request.field):
            # Words find a value within longer ones, too: what a query for it finds is what counts.
            closer: dict[str, int] = {}
            for value in best[:LOOKED_AT]:
                count = self.count(place, text, request.candidate(value), stop)
                if count is None:
                    return None
                closer[value] = count
            best[:LOOKED_AT] = sorted(closer, key=_rank(request, closer))
            known = closer
        else:
            known = {value: papers[value] for value in best}
        candidates = [request.candidate(value, NAMES.get(value, "")) for value in best]
        return Values(
            tuple(candidates),
            len(papers) - len(best),
            {term(request.field, one): known[one] for one in known},
            sampled=isinstance(found, _Sample),
        )

    def count(self, place: Place, text: str, candidate: Candidate, stop: Stop = _never) -> int | None:
        """How many papers of a place are left when a candidate is taken; None when `stop` said so, or for an order.

        Raises:
            LibraryError: the library cannot be read.
        """
        if candidate.kind != "value" or candidate.text.startswith("sort:"):
            return None
        rest = _rest(text, candidate.start, candidate.end)
        query = Query(tree=all_of([rest.tree, parse(candidate.text).tree]))

        def look() -> dict[str, int]:
            compiled = compiled_for(place, query)
            return {"": self._library.finding(lambda finder: number(finder, compiled), sql=compiled.sql, stopped=stop)}

        found = self._stoppable(partial(self._counts.look, (place, rest.text, candidate.text), look), stop)
        return None if found is None else found[""]

    def _stoppable(self, look: Callable[[], dict[str, int] | None], stop: Stop) -> dict[str, int] | None:
        try:
            with self._library.stoppable(stop):
                return look()
        except (InterruptedReadError, QueryTimeout):
            # Nobody waits any more, or the list, which asks the same, tells that an expression took too long.
            return None

    def _tally(self, place: Place, rest: Query, request: ValueRequest, stop: Stop) -> dict[str, int] | None:
        """The values that begin as asked for; also others, when those of a shorter beginning are known."""
        stem = _stem(request) if place.period is None else ""
        for length in (*range(len(stem) - 1, NARROWED_FROM - 1, -1), 0):
            kept = self._tallies.get((place, rest.text, request.field, stem[:length]))
            if kept is not None and not (stem and isinstance(kept, _Sample)):
                return kept

        def look() -> dict[str, int] | None:
            narrowed = [rest.tree, Text(stem, request.field, prefix=True)] if stem else [rest.tree]
            compiled = compiled_for(place, Query(tree=all_of(narrowed)))
            rowids = self._library.finding(
                lambda finder: members(finder.papers(compiled.sets)), sql=compiled.sql, stopped=stop
            )
            sampled = request.field == "keyword" and len(rowids) > 2 * SAMPLED
            some = rowids[:: len(rowids) // SAMPLED] if sampled else rowids
            found = self._library.tally(request.field, some, stop)
            if found is None:
                return None
            return _Sample(_matching(found, stem)) if sampled else _matching(found, stem)

        return self._tallies.look((place, rest.text, request.field, stem), look)


def _in_words(name: str) -> bool:
    """Whether a field is asked by words of the index, and not by whole names."""
    field = field_named(name)
    return field is not None and field.kind == "text"


def _clean(value: str) -> bool:
    """Whether a value can be shown and asked for as it is; what was not cleaned when it came is no name of anything."""
    return clean_line(value, LONGEST_VALUE) == value


def _stem(request: ValueRequest) -> str:
    """The beginning of a value by which the index can be asked for the papers that may have it; "" if there is none."""
    typed = fold(request.prefix).strip()
    return typed if _in_words(request.field) and len(typed) >= NARROWED_FROM and has_token(typed) else ""


def _rest(text: str, start: int, end: int) -> Query:
    """The query without a part of it; everything where that part is not one of several that all must hold."""
    if any(token.kind in (Kind.OR, Kind.OPEN) for token in tokenise(text)):
        return Query()
    return parse(" ".join(f"{text[:start]} {text[end:]}".split()))


def _matching(papers: Mapping[str, int], typed: str) -> dict[str, int]:
    """The values in which a word, or words one after the other, begin as typed."""
    if not typed:
        return dict(papers)
    words = tokens(typed)
    if not words:
        return {value: count for value, count in papers.items() if fold(typed) in fold(value)}
    found = re.compile(BEFORE + BETWEEN.join(map(re.escape, words))).search
    first = words[0]
    return {value: count for value, count in papers.items() if first in (folded := fold(value)) and found(folded)}


def _rank(request: ValueRequest, papers: Mapping[str, int]) -> Callable[[str], tuple[object, ...]]:
    """What puts values in order: the one that is typed whole, those that begin so, then those that most papers have.

    Of authors the last name is as good as the first one, and years go backwards.
    """
    typed = fold(request.prefix)

    def rank(value: str) -> tuple[object, ...]:
        folded = fold(value)
        within = request.field != "author" and not folded.startswith(typed)
        return folded != typed, within, -int(value) if request.field == "year" else -papers[value], folded

    return rank


def _alike(papers: Mapping[str, int]) -> dict[str, int]:
    """Names that differ in capitals alone as one, in the form that most papers have: a query takes them for the same."""
    forms: dict[str, list[str]] = {}
    for value in papers:
        forms.setdefault(value.lower(), []).append(value)
    return {max(same, key=papers.__getitem__): sum(papers[value] for value in same) for same in forms.values()}
