"""The first sentences of a text: enough of an abstract to know whether to read on.

For English as papers are written in it, and for the full stops of Chinese and Japanese. A full stop ends a sentence if
what follows looks like the beginning of one and what stands before it is no abbreviation, initial or open parenthesis;
where both readings are possible, two sentences too many in one are better than half a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from paperstui.text.width import ELLIPSIS

LONGEST: Final = 700
"""Characters of all the sentences that are given; some authors write whole abstracts in one."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A mark that may end a sentence, what closes behind it, and the space to the next; Chinese and Japanese need no space.
_END: Final = re.compile(r"(?P<mark>[.!?…]+)(?P<close>[\"'”’»)\]}]*)(?=\s)|(?P<wide>(?:[。！？]|．(?!\d))+[”’」』）]*)")
_WORD_BEFORE: Final = re.compile(r"[^\s(\[{\"'“‘/—–-]+\Z")
_NEXT: Final = re.compile(r"\s*(?P<open>[\"'“‘«(\[{*¿¡]*)(?P<word>\S*)")

# Never at the end of a sentence: something always follows.
_NEVER: Final = _words(
    "e.g i.e cf vs viz resp approx ca c.f w.r.t s.t i.i.d a.k.a wrt fig figs eq eqs eqn eqns sec secs sect tab tabs "
    "ref refs no nos nr vol p ch chap app appx alg algo thm lem cor prop def ex dr prof mr mrs mx st incl excl avg "
    "max min dept univ jan feb mar apr jun jul aug sept sep oct nov dec"
)
# At the end of a sentence only if a word follows that hardly stands anywhere else with a capital letter.
_PERHAPS: Final = _words("al ms pp inc ltd co corp jr sr u.s u.k e.u u.n a.i ph.d m.sc b.sc d.c a.m p.m")
# These are words, too, and abbreviations only before a number: "no. 5", "sec. 2".
_BEFORE_NUMBERS: Final = _words("no nos p ch sec sect tab app ex ref max min cor def prop st mar apr v ver")
_STARTERS: Final = _words(
    "a ablation ablations across additionally after against all along although among an and another as at based "
    "because besides both building but by code compared consequently current despite due each empirically even "
    "existing experimental experiments extensive finally first for from further furthermore given hence here how "
    "however if importantly in inspired instead it its many moreover most motivated nevertheless next no not "
    "notably now on once one our overall previous prior recent recently results second several similarly since so "
    "some specifically such that the their then there therefore these they third this those through throughout thus "
    "to together towards under unfortunately unlike using via we what when where whereas whether which while why "
    "with without yet you"
)
_INITIAL: Final = re.compile(r"[A-Z](?:\.-?[A-Z])*")
_DOTTED: Final = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]")
# The number of an item: "as follows: 1. Reading …; 2. Writing …".
_NUMERAL: Final = re.compile(r"(?:^|[:;,.] )[0-9]{1,2}\Z")
_GREEK: Final = ("\u0370", "\u03ff")
_WORD: Final = 40  # characters of the longest word that is looked at
_PARENTHESIS: Final = 400  # characters in which an open one must close to count


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text one after the other, each on one line. A heading of one word belongs to what follows."""
    text = " ".join(text.split())
    start = 0
    for found in _END.finditer(text):
        sentence = text[start : found.end()]
        if not _ends(text, start, found) or (not found["wide"] and " " not in sentence):
            continue
        yield sentence
        start = found.end() + (text[found.end() : found.end() + 1] == " ")
    if text[start:]:
        yield text[start:]


def first_sentences(text: str, count: int = 2, limit: int = LONGEST) -> str:
    """The first sentences as one paragraph of at most `limit` characters; what is cut off is an ellipsis."""
    end = 0
    whole = " ".join(text.split())
    for number, sentence in enumerate(sentences(text)):
        if number == count:
            break
        end = whole.index(sentence, end) + len(sentence)
        if end > limit:
            break
    if end <= limit:
        return whole[:end]
    cut = whole.rfind(" ", 0, limit)
    return whole[: cut if cut > limit // 2 else limit - 1].rstrip(" ,;:") + ELLIPSIS


def _ends(text: str, start: int, found: re.Match[str]) -> bool:
    """Whether a sentence that began at `start` ends with this mark."""
    if found["wide"]:
        return True
    following = _NEXT.match(text, found.end())
    word = following["word"] if following else ""
    opened = bool(following and following["open"])
    if not word and not opened:
        return True
    if not (opened or _begins(word)) or _is_inside(text, start, found.end()):
        return False
    return found["mark"] != "." or not _is_abbreviation(text[start : found.start()], word)


def _begins(word: str) -> bool:
    """Whether a sentence may begin with this word: a capital, a number, a symbol, an address; or a name such as vLLM or o1."""
    first = word[0]
    if not first.islower() or _GREEK[0] <= first <= _GREEK[1] or not first.isalpha():
        return first not in ",;:.!?)]}"
    return word.startswith("http") or any(letter.isupper() or letter.isdigit() for letter in word[1:])


def _is_abbreviation(before: str, following: str) -> bool:
    """Whether the full stop behind a text belongs to its last word, given the word that follows."""
    word = _WORD_BEFORE.search(before, max(0, len(before) - _WORD))
    if word is None:
        return False
    name = word[0].lower()
    starter = following.rstrip(",;:.!?").lower() in _STARTERS
    if name in _PERHAPS or _INITIAL.fullmatch(word[0]) or (_DOTTED.fullmatch(word[0]) and name not in _NEVER):
        return not starter
    if name in _BEFORE_NUMBERS:
        return following[:1].isdigit() or following[:1] in "#("
    return name in _NEVER or _NUMERAL.search(before, max(0, len(before) - _WORD)) is not None


def _is_inside(text: str, start: int, end: int) -> bool:
    """Whether a parenthesis is open that closes soon."""
    depth = 0
    for opening, closing in ("()", "[]"):
        depth = text.count(opening, start, end) - text.count(closing, start, end)
        if depth > 0 and closing in text[end : end + _PARENTHESIS]:
            return True
    return False
