"""Words in notes, which are in no index: they are looked for in the notes themselves, and in the same forms as elsewhere.

A note is Markdown. It is read as it was written and as its formulas are shown; case and diacritics are folded as in the
index, and white space is one space. Few papers have notes, so that looking through all of them is quick.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from paperstui.query.spellings import spellings
from paperstui.query.tokens import fold, has_token, phrase
from paperstui.query.tree import Text

_SPACE = re.compile(r"\s+")
_SHORT = 1000  # characters
_Test = Callable[[str], bool]


def noted(words: object, note: object) -> bool:
    """Whether words, or the beginning or end of some, stand in a note; another spelling of them counts as well.

    What is no text is never found.
    """
    if not isinstance(words, str) or not isinstance(note, str):
        return False
    tests = _tests(words)
    return any(test(form) for form in _forms(note) for test in tests)


@lru_cache(maxsize=64)
def _tests(words: str) -> tuple[_Test, ...]:
    first, *others = spellings(Text(words))
    tests = [_part(first.words)]
    for spelled in others:
        # A Greek letter by its name is a word: who looks for "π" does not mean "pixels".
        if spelled.words.isascii() and has_token(spelled.words):
            tests.append(_phrase(spelled.words))
        elif not spelled.words.isascii():
            tests.append(_part(spelled.words))
    return tuple(tests)


def _part(words: str) -> _Test:
    wanted = _folded(words)
    # Marks alone fold to nothing, which would be in every note.
    return lambda form: bool(wanted) and wanted in form


def _phrase(words: str) -> _Test:
    search = phrase(words).search
    return lambda form: search(form) is not None


def _forms(note: str) -> tuple[str, ...]:
    """The note as it was written and, if that differs, as its formulas are shown."""
    return _short(note) if len(note) <= _SHORT else _read(note)


def _read(note: str) -> tuple[str, ...]:
    written = _folded(note)
    if not any(sign in note for sign in "$\\^"):
        return (written,)
    from paperstui.text.latex import to_unicode

    shown = _folded(to_unicode(note))
    return (written,) if written == shown else (written, shown)


@lru_cache(maxsize=2048)
def _short(note: str) -> tuple[str, ...]:
    """The same, kept for the next letter that is typed; long notes would take too much room."""
    return _read(note)


def _folded(text: str) -> str:
    return fold(_SPACE.sub(" ", text))
