"""Papers out of arXiv's Atom and RSS, entry by entry.

The query API (https://info.arxiv.org/help/api/user-manual.html) tells the most: the second of each version, the primary
category, comments. The daily lists (https://info.arxiv.org/help/rss_specifications.html) tell what is announced, with
the text as the authors typed it, and nothing of when it was submitted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Literal, cast
from xml.etree.ElementTree import Element

from msgspec import Struct

from paperstui.models import UNTITLED, Author, Paper
from paperstui.sources.abstracts import paragraphs
from paperstui.sources.feed_xml import children, text
from paperstui.sources.items import MAX_AUTHORS, UnreadableError
from paperstui.sources.lenient import block, line, link, moment
from paperstui.text.latex import to_unicode
from paperstui.text.titles import arxiv_id, version

AnnounceType = Literal["new", "cross", "replace", "replace-cross"]

_TYPES = ("new", "cross", "replace", "replace-cross")
_NAME = 200
_CATEGORIES = 32
_HEAD = re.compile(r"\s*arXiv:\S{1,60}(?:\s+Announce Type:\s*(\S{1,40}))?\s+Abstract:\s*", re.IGNORECASE)
_CATEGORY = re.compile(r"[A-Za-z-]{2,16}(?:\.[A-Za-z-]{2,16})?", re.ASCII)
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)T")
# There is no field for it: the comments say it, in the authors' own words, and in old papers the abstract does.
_WITHDRAWN = re.compile(
    r"\W*(?:withdrawn|retracted)\b|.*\b(?:(?:has|have|had) been|is|was|being) (?:withdrawn|retracted)\b"
    r"|.*\bwithdrawn by (?:the |its )?(?:authors?|submitter|arxiv)\b",
    re.IGNORECASE | re.DOTALL,
)
_WITHDRAWN_ABSTRACT = re.compile(
    r"\W*(?:this|the) (?:paper|article|work|manuscript|submission|preprint) (?:has been|is|was) withdrawn\b",
    re.IGNORECASE,
)
_SEPARATOR = "; "


class Announcement(Struct, frozen=True, kw_only=True):
    """One paper of a daily list. day: of the list, "2026-06-04" as New York counts, or "" where it does not say."""

    paper: Paper
    kind: AnnounceType
    day: str

    @property
    def is_listing(self) -> bool:
        """Whether the paper is one of the day's, rather than a new version of an older one."""
        return self.kind in ("new", "cross")


def read_entry(entry: Element) -> Paper:
    """The paper of one entry of the query API.

    Raises:
        UnreadableError: it has no arXiv id.
    """
    named = text(entry, "id")[:200]
    paper_id = arxiv_id(named)
    if paper_id is None:
        raise UnreadableError("it has no arXiv id")
    primary = (child.get("term", "") for child in children(entry, "primary_category"))
    terms = (child.get("term", "") for child in children(entry, "category"))
    remark, abstract = line(text(entry, "comment")), _abstract(text(entry, "summary"))
    updated = moment(text(entry, "updated").strip())
    return Paper(
        id=paper_id,
        title=line(text(entry, "title")) or UNTITLED,
        abstract=abstract,
        text_source="arxiv",
        authors=tuple(_authors(entry)),
        published=moment(text(entry, "published").strip()),
        categories=_categories(primary, terms),
        version=version(named),
        version_at=updated,
        remark=remark,
        journal=line(text(entry, "journal_ref")),
        doi=line(text(entry, "doi"), _NAME),
        withdrawn=_withdrawn(remark, abstract, text(entry, "updated")),
    )


def read_announcement(item: Element) -> Announcement:
    """One item of a daily list, in RSS or in Atom.

    Raises:
        UnreadableError: it has no arXiv id.
    """
    named = next((found for name in ("guid", "id", "link") if arxiv_id(found := text(item, name)[:200])), "")
    paper_id = arxiv_id(named)
    if paper_id is None:
        raise UnreadableError("it has no arXiv id")
    told = text(item, "description") or text(item, "summary")
    head = _HEAD.match(told)
    kind = line(text(item, "announce_type"), 40) or line(head[1] if head and head[1] else "", 40)
    day = feed_day(text(item, "pubDate") or text(item, "published"))
    number = version(named)
    # When it was submitted the list does not say: some days before that.
    at = moment(day)
    return Announcement(
        paper=Paper(
            id=paper_id,
            title=line(text(item, "title")) or UNTITLED,
            abstract=_abstract(told[head.end() :] if head else told),
            text_source="arxiv",
            authors=tuple(_creators(text(item, "creator"))),
            published=at if kind == "new" and number == 1 else None,
            categories=_categories(child.get("term") or child.text or "" for child in children(item, "category")),
            version=number,
            version_at=at if kind != "cross" else None,
            journal=line(text(item, "journal_reference")),
            doi=line(text(item, "DOI"), _NAME),
            license=link(text(item, "rights").strip()),
        ),
        # What is none of these ("absonly") is no new paper, either.
        kind=cast("AnnounceType", kind) if kind in _TYPES else "replace",
        day=day,
    )


def feed_day(said: str) -> str:
    """The day of a date as RSS ("Mon, 27 Apr 2026 00:00:00 -0400") or Atom has it, where it was written; "" for none."""
    said = line(said, 60)
    iso = _DAY.match(said)
    try:
        found = date(*map(int, iso.groups())) if iso else parsedate_to_datetime(said).date()
    except (TypeError, ValueError, OverflowError):
        return ""
    return found.isoformat()


def _abstract(told: str) -> str:
    return block(paragraphs(told)) if told.strip() else ""


def _categories(*sources: Iterator[str]) -> tuple[str, ...]:
    """Category names, each once. Some papers have classes of other societies ("68T50") among them, which are none."""
    names = (name.strip() for terms in sources for name in terms)
    return tuple(dict.fromkeys(name for name in names if _CATEGORY.fullmatch(name)))[:_CATEGORIES]


def _authors(entry: Element) -> Iterator[Author]:
    for author in list(children(entry, "author"))[:MAX_AUTHORS]:
        if name := _name(text(author, "name")):
            places = (line(child.text or "", _NAME) for child in children(author, "affiliation"))
            yield Author(name, affiliation=_SEPARATOR.join(filter(None, places))[:1_000])


def _creators(names: str) -> Iterator[Author]:
    """The authors of "Ada Li, Bob Ng (Here, There), …": a comma in parentheses parts their affiliations."""
    depth, start = 0, 0
    found = []
    for index, letter in enumerate(names):
        depth = max(0, depth + (letter == "(") - (letter == ")"))
        if letter == "," and not depth:
            found.append(names[start:index])
            start = index + 1
    found.append(names[start:])
    if depth:
        # A parenthesis that is never closed encloses nothing.
        found = names.split(",")
    for each in found[:MAX_AUTHORS]:
        name, _, place = each.partition(" (")
        if cleaned := _name(name):
            yield Author(cleaned, affiliation=line(place.strip().removesuffix(")")))


def _name(said: str) -> str:
    """A name as people write it: the daily lists have the accents of TeX, and names are what papers are found by."""
    return line(to_unicode(line(said, _NAME)), _NAME)


def _withdrawn(remark: str, abstract: str, when: str) -> str:
    """The day on which a paper was withdrawn, or "" when nothing says that it was."""
    if _WITHDRAWN.match(remark) or _WITHDRAWN_ABSTRACT.match(abstract):
        return feed_day(when)
    return ""
