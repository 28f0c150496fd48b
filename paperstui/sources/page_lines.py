"""The lines of a copied page, each told what it is. What they mean together is for `page_text`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from itertools import pairwise
from typing import NamedTuple

from paperstui.sources.page_dates import Written, read_date
from paperstui.text.clean import clean_line
from paperstui.text.titles import arxiv_id

LONG = 160
"""From this many characters on, a text is an abstract rather than a title; the API's shortest has 165."""

_WRAPPED_AT = 110
_WRAPPED_LINES = 3
_NARROWEST = 50
_LONGEST_NAME = 100
_DOTS = "·•∙⋅‧|"
_SPLIT = re.compile(rf"\s*[{re.escape(_DOTS)}]\s*")
_AUTHORS = re.compile(r"(?:[•·∙●○◦▪*+–—-]\s*)?(\d[\d,]{0,5})\s+authors?", re.IGNORECASE | re.ASCII)
_COUNT = r"(\d[\d,]{0,8}|\d{1,4}(?:\.\d{1,2})?\s?[kK])"
_NUMBER = re.compile(
    rf"(?:[▲△▴⬆↑]\s*)?{_COUNT}(?:\s*(upvotes?|votes?|likes?|comments?|stars?))?", re.IGNORECASE | re.ASCII
)
_LABELLED = re.compile(
    rf"(upvotes?|votes?|likes?|comments?|github|stars?|[⭐★])\s*:?\s*{_COUNT}", re.IGNORECASE | re.ASCII
)
_SUBMITTED = re.compile(r"submitted by:?\s*(.*)", re.IGNORECASE)
_PUBLISHED = re.compile(r"published(?: on)?:?\s+(.+)", re.IGNORECASE)
_ID = re.compile(r"(?:arxiv:\s*\S+|https?://\S+)", re.IGNORECASE)
_CHROME = re.compile(
    r"new|subscribe|daily papers|daily|weekly|monthly|trending(?: papers)?|papers|search|filter|previous|next|upvotes?"
    r"|by\s?ak and the research community|get trending papers in your email inbox.*|(?:view )?arxiv(?: page)?|github"
    r"|comments?|project page|hugging face(?:'s logo)?|models|datasets|spaces|buckets|docs|community|enterprise|pricing"
    r"|log in|sign up|solutions|website|system theme|company|tos|privacy|about|careers|jobs|inference providers"
    r"|view all|see more|show more|load more|authored|upvoted|all|today|yesterday|hide|pdf|[<>«»‹›←→…]+"
    r"|search any paper.*|search (?:by|for|papers).*",
    re.IGNORECASE,
)
_STARS = {"github", "star", "stars", "⭐", "★"}


class Sort(Enum):
    """What a line is."""

    TEXT = auto()
    AUTHORS = auto()
    DOT = auto()
    DATE = auto()
    UPVOTES = auto()
    COMMENTS = auto()
    STARS = auto()
    NUMBER = auto()
    SUBMITTER = auto()
    ID = auto()


class Token(NamedTuple):
    """A line, or a part of one. `at`: its number from 1. `apart`: an empty line stands before it.

    published: a date that says of itself that it is a paper's.
    """

    sort: Sort
    at: int
    text: str = ""
    number: int = 0
    date: Written | None = None
    apart: bool = False
    published: bool = False


class Line(NamedTuple):
    """A line of a page with its number from 1, cleaned, and whether an empty one stands before it."""

    at: int
    text: str
    apart: bool


def tokens(text: str) -> Iterator[Token]:
    """What each line of a page is. The site's own words around the papers are left out."""
    lines = _unwrapped([*_lines(text)])
    position = 0
    while position < len(lines):
        line = lines[position]
        following = lines[position + 1].text if position + 1 < len(lines) else ""
        position += 1
        submitted = _SUBMITTED.fullmatch(line.text)
        if submitted is not None and len(line.text) < LONG:
            name = submitted[1]
            if not name and following and len(following) <= _LONGEST_NAME:
                name, position = following, position + 1
            yield Token(Sort.SUBMITTER, line.at, name.lstrip("@"), apart=line.apart)
        elif len(following) >= LONG and not _meta(line):
            # Before an abstract stands a title, whatever it is: a paper may be called "Trending".
            yield Token(Sort.TEXT, line.at, line.text, apart=line.apart)
        elif not _CHROME.fullmatch(line.text):
            yield from _meta(line) or [Token(Sort.TEXT, line.at, line.text, apart=line.apart)]


def _lines(text: str) -> Iterator[Line]:
    apart = True
    for at, raw in enumerate(re.split(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", text), 1):
        cleaned = clean_line(raw, 20_000)
        if cleaned:
            yield Line(at, cleaned, apart)
        apart = not cleaned


def _meta(line: Line) -> list[Token]:
    """What a line says about a paper besides its title and abstract; nothing if it does not."""
    text = line.text
    if len(text) >= LONG:
        return []
    whole = _single(line, text)
    if whole is not None:
        return [whole]
    parts = [part for part in _SPLIT.split(text) if part]
    known = [_single(line, part) for part in parts]
    if len(parts) == 1 or not any(token is not None and token.sort in (Sort.AUTHORS, Sort.DATE) for token in known):
        return []
    found: list[Token] = []
    for part, token in zip(parts, known, strict=True):
        dot = [Token(Sort.DOT, line.at)] if found else []
        found += [*dot, token or Token(Sort.TEXT, line.at, part, apart=line.apart and not found)]
    return found


def _single(line: Line, text: str) -> Token | None:
    at, apart = line.at, line.apart
    if len(text) == 1 and text in _DOTS:
        return Token(Sort.DOT, at, apart=apart)
    authors = _AUTHORS.fullmatch(text)
    if authors is not None:
        return Token(Sort.AUTHORS, at, number=_count(authors[1]), apart=apart)
    published = _PUBLISHED.fullmatch(text)
    date = read_date(published[1] if published else text)
    if date is not None:
        return Token(Sort.DATE, at, date=date, apart=apart, published=published is not None)
    number = _NUMBER.fullmatch(text)
    if number is not None:
        return Token(_counted(number[2]), at, number=_count(number[1]), apart=apart)
    labelled = _LABELLED.fullmatch(text)
    if labelled is not None:
        return Token(_counted(labelled[1]), at, number=_count(labelled[2]), apart=apart)
    if _ID.fullmatch(text) and (found := arxiv_id(text)) is not None:
        return Token(Sort.ID, at, found, apart=apart)
    return None


def _counted(label: str | None) -> Sort:
    if label is None:
        return Sort.NUMBER
    if label.lower() in _STARS:
        return Sort.STARS
    return Sort.COMMENTS if label.lower().startswith("comment") else Sort.UPVOTES


def _count(text: str) -> int:
    """A count as the site writes it: "1,204", "5.2k"."""
    plain = text.replace(",", "").strip().lower()
    return round(float(plain[:-1]) * 1000) if plain.endswith("k") else int(plain)


def _unwrapped(lines: list[Line]) -> list[Line]:
    """The lines, joined where a text browser or an editor wrapped them; it does that to a whole page or not at all."""
    blocks: list[list[Line]] = []
    for line in lines:
        if blocks and not line.apart and not _meta(line) and not _meta(blocks[-1][-1]):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    longest = max((len(line.text) for line in lines), default=0)
    if longest > _WRAPPED_AT or not any(_filled(block) for block in blocks):
        return lines
    return [Line(block[0].at, " ".join(line.text for line in block), block[0].apart) for block in blocks]


def _filled(block: list[Line]) -> bool:
    """Whether no line of a block has room for the first word of the next one, as when it was wrapped."""
    texts = [line.text for line in block]
    width = max(map(len, texts))
    no_room = (len(one) + 1 + len(two.split()[0]) > width for one, two in pairwise(texts))
    return len(texts) >= _WRAPPED_LINES and width >= _NARROWEST and all(no_room)
