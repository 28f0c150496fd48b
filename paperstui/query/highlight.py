"""Where the words of a query stand in a text that is shown."""

from __future__ import annotations

from collections.abc import Iterable

from paperstui.query.fulltext import in_index
from paperstui.query.regex import spans
from paperstui.query.spellings import spellings
from paperstui.query.tokens import goes_on, has_token, token_spans, tokens
from paperstui.query.tree import Query, Regex, Text, leaves

Span = tuple[int, int]
_Phrase = tuple[tuple[str, ...], bool]

_TEXTS = ("", "title", "abstract", "author", "org", "keyword")


def highlights(query: Query, text: str, field: str | None = None) -> list[Span]:
    """Where the words that are asked for stand in a text: (start, end) in order, not overlapping.

    field: "title", "abstract", "author", "org" or "keyword" if the text is that field's, so that words asked for in
    another are not marked; None marks all words. The time is proportional to the length of the text, because a query
    has few words.
    """
    phrases: dict[_Phrase, None] = {}
    found: list[Span] = []
    for leaf, wanted in leaves(query.tree):
        if not wanted:
            continue
        if isinstance(leaf, Text) and (field is None or leaf.field in ("", field)):
            if in_index(leaf):
                for spelled in spellings(leaf):
                    if has_token(spelled.words):
                        phrases[tuple(tokens(spelled.words)), spelled.prefix and goes_on(spelled.words)] = None
            elif leaf.field in _TEXTS:
                found += _literal(leaf.words, text)
        elif isinstance(leaf, Regex) and field in (None, "title", "abstract", "author"):
            found += spans(leaf.pattern, text)
    if phrases:
        found += _phrases(phrases, text)
    return _merged(found)


def _literal(words: str, text: str) -> list[Span]:
    found = []
    at = text.find(words)
    while at >= 0:
        found.append((at, at + len(words)))
        at = text.find(words, at + len(words))
    return found


def _phrases(phrases: Iterable[_Phrase], text: str) -> list[Span]:
    """Where phrases stand; a word that is only begun by the last one is marked whole."""
    shown = list(token_spans(text))
    words = tuple(word for word, _, _ in shown)
    by_first: dict[str, list[_Phrase]] = {}
    beginnings = tuple(phrase[0] for phrase, prefix in phrases if prefix and len(phrase) == 1)
    for phrase, prefix in phrases:
        if len(phrase) > 1 or not prefix:
            by_first.setdefault(phrase[0], []).append((phrase, prefix))
    found = []
    for at, (word, start, end) in enumerate(shown):
        if beginnings and word.startswith(beginnings):
            found.append((start, end))
        for phrase, prefix in by_first.get(word, ()):
            if _stands(phrase, words[at : at + len(phrase)], prefix=prefix):
                found.append((start, shown[at + len(phrase) - 1][2]))
    return found


def _stands(phrase: tuple[str, ...], words: tuple[str, ...], *, prefix: bool) -> bool:
    if not prefix:
        return words == phrase
    return words[:-1] == phrase[:-1] and len(words) == len(phrase) and words[-1].startswith(phrase[-1])


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
