"""The query language once more: slow, simple and independent of SQL, to compare with."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from operator import itemgetter
from typing import Any

from paperstui.query.spellings import spellings
from paperstui.query.tree import (
    And,
    Compare,
    DateRange,
    Edge,
    Everything,
    Flag,
    Has,
    Node,
    Not,
    Or,
    PaperId,
    Query,
    Regex,
    Sort,
    Text,
    leaves,
)
from paperstui.query.values import resolve
from paperstui.query.views import ALL, View
from paperstui.text.latex import to_unicode
from tests.query.papers import Paper

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_INDEXED = {"title": "title", "abstract": "abstract", "author": "authors", "org": "organization", "keyword": "keywords"}


def found(query: Query, papers: list[Paper], today: date, view: View = ALL, period: str | None = None) -> list[int]:
    """The rowids of the papers that a query finds within a view, in order (relevance is no order here)."""
    listed = _of_view(papers, view, period)
    trees = [view.tree, query.tree]
    if not any(isinstance(leaf, Flag) and leaf.name == "hidden" for tree in trees for leaf, _ in leaves(tree)):
        listed = [paper for paper in listed if not paper["hidden"]]
    kept = [paper for paper in listed if all(matches(tree, paper, today) for tree in trees)]
    sorts = tuple(sort for sort in query.sort if sort.key != "relevance")
    if sorts or not view.feed:
        return [paper["rowid"] for paper in ordered(kept, sorts or view.sort)]
    newest = period or _newest(papers, view.feed)

    def in_feed(paper: Paper) -> tuple[Any, ...]:
        rank = paper["listings"][view.feed, newest]
        return rank is None, rank or 0, -(-1 if paper["upvotes"] is None else paper["upvotes"]), paper["rowid"]

    return [paper["rowid"] for paper in sorted(kept, key=in_feed)]


def _of_view(papers: list[Paper], view: View, period: str | None) -> list[Paper]:
    if not view.feed:
        return papers
    wanted = view.feed, period or _newest(papers, view.feed)
    return [paper for paper in papers if wanted in paper["listings"]]


def _newest(papers: list[Paper], feed: str) -> str:
    return max((period for paper in papers for name, period in paper["listings"] if name == feed), default="")


def ordered(papers: list[Paper], sorts: tuple[Sort, ...]) -> list[Paper]:
    """The papers by some sort keys, without a value last, ties by rowid."""
    papers = sorted(papers, key=lambda paper: paper["rowid"], reverse=sorts[0].reverse)
    for sort in reversed(sorts):
        for key, falling in reversed(_keys(sort)):
            with_value = [paper for paper in papers if key(paper) is not None]
            without = [paper for paper in papers if key(paper) is None]
            papers = sorted(with_value, key=key, reverse=falling)
            # A falling sort must not turn ties round; sorting with `reverse` keeps them.
            papers += without
    return papers


def _keys(sort: Sort) -> list[tuple[Callable[[Paper], Any], bool]]:
    columns: dict[str, list[str]] = {
        "listed": ["listed", "upvotes", "published"],
        "seen": ["first_seen"],
        "stars": ["code_stars"],
    }
    if sort.key == "title":
        return [(lambda paper: _nocase(_title(paper)), sort.reverse)]
    if sort.key == "author":
        return [(lambda paper: _nocase(", ".join(paper["authors"])) or None, sort.reverse)]
    if sort.key == "queued":
        return [(lambda paper: paper["queued"], sort.reverse)]
    if sort.key == "momentum":
        return [(lambda paper: paper["gained"] or 0, not sort.reverse), (itemgetter("upvotes"), not sort.reverse)]
    names = columns.get(sort.key, [sort.key])
    return [(itemgetter(name), not sort.reverse) for name in names]


def matches(node: Node, paper: Paper, today: date) -> bool:
    """Whether a paper is what a tree asks for."""
    match node:
        case Everything():
            return True
        case And(parts):
            return all(matches(part, paper, today) for part in parts)
        case Or(parts):
            return any(matches(part, paper, today) for part in parts)
        case Not(part):
            return not matches(part, paper, today)
        case _:
            return _leaf(node, paper, today)


def _leaf(node: Node, paper: Paper, today: date) -> bool:
    match node:
        case Text():
            return _text(node, paper)
        case PaperId(wanted, prefix):
            return bool(paper["id"].startswith(wanted) if prefix else paper["id"] == wanted)
        case Compare():
            return _compare(node, paper)
        case DateRange():
            return _days(node, paper, today)
        case Flag(name):
            return _flag(name, paper, today)
        case Has(name):
            return _has(name, paper)
        case Regex(pattern):
            texts = (_title(paper), _abstract(paper), ", ".join(paper["authors"]))
            return any(re.search(pattern, text, re.IGNORECASE) for text in texts)
        case _:
            raise AssertionError(node)


def _text(leaf: Text, paper: Paper) -> bool:
    name = leaf.words.casefold()
    match leaf.field:
        case "cat":
            ends = ("",) if leaf.prefix else ("", ".") if "." not in name else ("",)
            return any(_category(category.casefold(), name, ends, leaf.prefix) for category in paper["categories"])
        case "tag":
            return any(_ascii(tag, leaf.words, leaf.prefix) for tag in paper["tags"])
        case "note":
            return _noted(leaf.words, paper["note"])
        case "submitter":
            return _ascii(paper["submitter"], leaf.words, leaf.prefix)
        case "feed":
            return any(_feed(feed, leaf.words) for feed, _ in paper["listings"])
    texts = {
        "title": _title(paper),
        "abstract": _abstract(paper),
        "authors": ", ".join(paper["authors"]),
        "organization": paper["organization"],
        "keywords": "\n".join(paper["keywords"]),
    }
    wanted = [texts[_INDEXED[leaf.field]]] if leaf.field else list(texts.values())
    if not words(leaf.words):
        return any(leaf.words in text for text in wanted)
    either = [spelled for spelled in spellings(leaf) if words(spelled.words)]
    return any(_phrase(spelled, words(text)) for text in wanted for spelled in either)


def _noted(asked: str, note: str) -> bool:
    forms = [_folded(note), _folded(to_unicode(note))]
    for spelled in {asked, *(leaf.words for leaf in spellings(Text(asked)))}:
        wanted = _folded(spelled)
        part = wanted != "" and any(wanted in form for form in forms)
        whole = any(_phrase(Text(spelled), words(form)) for form in forms) if words(spelled) else False
        # What is asked for is looked for as it is; a spelling of it in ASCII counts as whole words alone.
        if (whole and spelled != asked and spelled.isascii()) or (part and (spelled == asked or not spelled.isascii())):
            return True
    return False


def _folded(text: str) -> str:
    """Letter by letter, with a space for white space."""
    bases = [unicodedata.normalize("NFD", char)[0] for char in text if not "\u0300" <= char <= "\u0331"]
    chars = [char for char in text if not "\u0300" <= char <= "\u0331"]
    lowered = "".join(base.lower() if base.isascii() else char.lower() for base, char in zip(bases, chars, strict=True))
    return re.sub(r"\s+", " ", lowered)


def _category(category: str, name: str, ends: tuple[str, ...], prefix: bool) -> bool:
    if prefix:
        return category.startswith(name)
    return category == name or (len(ends) > 1 and category.startswith(f"{name}."))


def _feed(feed: str, wanted: str) -> bool:
    if wanted == "arxiv:":
        return feed.startswith("arxiv:")
    # Several categories together: any of them.
    names = [wanted]
    if wanted.startswith("arxiv:"):
        names = [f"arxiv:{name}" for name in wanted.removeprefix("arxiv:").split("+") if name]
        if not names:
            return feed.startswith("arxiv:")
    return feed.lower() in [name.lower() for name in names]


def _ascii(text: str, wanted: str, prefix: bool) -> bool:
    text, wanted = _lower(text), _lower(wanted)
    return text.startswith(wanted) if prefix else text == wanted


def _lower(text: str) -> str:
    return "".join(character.lower() if character.isascii() else character for character in text)


def _nocase(text: str) -> bytes:
    return _lower(text).encode()


def _title(paper: Paper) -> str:
    return str(paper["title"] if paper["title_plain"] is None else paper["title_plain"])


def _abstract(paper: Paper) -> str:
    return str(paper["abstract"] if paper["abstract_plain"] is None else paper["abstract_plain"])


def _phrase(leaf: Text, text: tuple[str, ...]) -> bool:
    wanted = words(leaf.words)
    # A word with its marks, and not marks on something else, may go on.
    last = leaf.words.rstrip("".join(map(chr, range(0x300, 0x332))))[-1:]
    open_end = leaf.prefix and last != "" and unicodedata.category(last)[0] in "LN"
    for start in range(len(text) - len(wanted) + 1):
        part = text[start : start + len(wanted)]
        if part == wanted or (open_end and part[:-1] == wanted[:-1] and part[-1].startswith(wanted[-1])):
            return True
    return False


@lru_cache(maxsize=100_000)
def words(text: str) -> tuple[str, ...]:
    """The tokens of a text, letter by letter."""
    result = []
    word = ""
    for character in text + " ":
        if unicodedata.category(character)[0] in "LN":
            base = unicodedata.normalize("NFD", character)[0]
            word += base.lower() if base.isascii() else character.lower()
        elif word and "\u0300" <= character <= "\u0331":
            continue
        elif word:
            result.append(word)
            word = ""
    return tuple(result)


def _compare(leaf: Compare, paper: Paper) -> bool:
    name = {"stars": "code_stars"}.get(leaf.field, leaf.field)
    value: int | None = paper.get(name)
    if name == "authors":
        value = len(paper["authors"])
    elif name == "year":
        at = paper["published"]
        value = None if at is None else datetime.fromtimestamp(at, timezone.utc).year
    return value is not None and (leaf.low is None or value >= leaf.low) and (leaf.high is None or value <= leaf.high)


def _days(leaf: DateRange, paper: Paper, today: date) -> bool:
    first, last = _range(leaf, today)
    if leaf.field == "listed":
        day = date.fromisoformat(paper["listed"]) if paper["listed"] else None
    else:
        seconds = paper["published" if leaf.field == "published" else "first_seen"]
        day = None if seconds is None else datetime.fromtimestamp(seconds, timezone.utc).date()
    return day is not None and (first is None or day >= first) and (last is None or day <= last)


def _range(leaf: DateRange, today: date) -> tuple[date | None, date | None]:
    first, last = leaf.first, leaf.last
    end = None if last is None else _edge(last, today)
    weekday = first is not None and first.period[:3] in _WEEKDAYS
    start = None if first is None else _edge(first, end if weekday and end else today)
    if first and last and start and end and start > end:
        return _edge(Edge(last.period), today), _edge(Edge(first.period, end=True), today)
    return start, end


def _edge(edge: Edge, today: date) -> date:
    days = _days_of(edge.period, today)
    day = days[-1] if edge.end else days[0]
    return date.fromordinal(min(max(day.toordinal() + edge.shift, 1), date.max.toordinal()))


def _days_of(period: str, today: date) -> list[date]:
    """Every day that goes by a name, found by asking each day what it can be called, or the only one of long ago."""
    if found := _calendar(today).get(period):
        return found
    if period[:-1].isdigit() and period[-1] in "my" and int(period[:-1]) < 100:
        return [_months_ago(int(period[:-1]) * (12 if period[-1] == "y" else 1), today)]
    first, last = resolve(DateRange("listed", Edge(period), Edge(period, end=True)), today)
    return [day for day in (first, last) if day]


@lru_cache(maxsize=4)
def _calendar(today: date) -> dict[str, list[date]]:
    found: dict[str, list[date]] = {}
    for number in range(6 * 366):
        day = date(2022, 1, 1) + timedelta(days=number)
        for name in _names(day, today):
            found.setdefault(name, []).append(day)
    return found


def _months_ago(count: int, today: date) -> date:
    day = today
    for _ in range(count):
        day = day.replace(day=1) - timedelta(days=1)
    return day.replace(day=min(today.day, monthrange(day.year, day.month)[1]))


def _names(day: date, today: date) -> set[str]:
    quarter, this = (f"{each.year}-q{(each.month - 1) // 3 + 1}" for each in (day, today))
    ago = (today - day).days
    found = {f"{day}", f"{day:%Y-%m}", f"{day:%Y}", f"{day:%G-w%V}", quarter, f"{ago}d"}
    if ago % 7 == 0:
        found.add(f"{ago // 7}w")
    if ago in (0, 1):
        found.add(("today", "yesterday")[ago])
    if 0 <= ago < 7:
        found |= {f"{day:%a}".lower(), f"{day:%A}".lower()}
    for unit, code in (("week", "%G-%V"), ("month", "%Y-%m"), ("year", "%Y")):
        mine = day.strftime(code)
        if mine == today.strftime(code):
            found.add(f"this-{unit}")
        elif mine == _last(code, today):
            found.add(f"last-{unit}")
    if quarter == this:
        found.add("this-quarter")
    elif (day.year * 4 + (day.month - 1) // 3) + 1 == today.year * 4 + (today.month - 1) // 3:
        found.add("last-quarter")
    return found


@lru_cache(maxsize=16)
def _last(code: str, today: date) -> str:
    """What the week, month or year before today's is called."""
    day = today
    while day.strftime(code) == today.strftime(code):
        day -= timedelta(days=1)
    return day.strftime(code)


def _flag(name: str, paper: Paper, today: date) -> bool:
    match name:
        case "unread":
            return not paper["read"]
        case "queued":
            return paper["queued"] is not None
        case "revised":
            known = paper["starred"] or paper["read"] or paper["queued"] is not None
            return paper["revised"] is not None and bool(known)
        case "new":
            return not paper["read"] and paper["first_seen"] >= _moment(today - timedelta(days=1))
        case _:
            return bool(paper[name])


def _has(name: str, paper: Paper) -> bool:
    column = {"code": "code_url", "notes": "note", "summary": "has_summary"}.get(name, name)
    return bool(paper[column])


def _moment(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=timezone.utc).timestamp())
