"""What the real arXiv would answer, over papers of our own making: the query API and the daily lists.

After https://info.arxiv.org/help/api/user-manual.html and the code of arXiv/arxiv-feed: order, headers, errors.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from email.utils import format_datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr
from zoneinfo import ZoneInfo

from paperstui import clock
from paperstui.models import Author, Paper
from tests.server.faults import FAULTS
from tests.server.hub import Reply
from tests.server.wire import Server
from tests.server.xml_faults import XML_FAULTS

NEW_YORK = ZoneInfo("America/New_York")
ARCHIVES = ("cs", "math", "stat", "hep-th", "eess", "q-bio", "physics")
_ID = re.compile(r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v(\d+))?")
_SORTS = ("relevance", "lastUpdatedDate", "submittedDate")
_ORDER = ("new", "cross", "replace", "replace-cross")


@dataclass
class Announced:
    """A paper on a daily list. kind: "new", "cross" or "replace", before it is looked at from a category."""

    paper: Paper
    kind: str = "new"


@dataclass
class Arxiv:
    """The service. papers: by id, each as its newest version. lists: by day.

    today: the day of the newest list, by default the program's own clock's in New York. stale: days by which the list
    is behind. repeats: the list says it is of this day and is that of an earlier one.
    """

    papers: dict[str, Paper] = field(default_factory=dict)
    lists: dict[str, list[Announced]] = field(default_factory=dict)
    today: date | None = None
    stale: int = 0
    repeats: date | None = None
    empty: int = 0
    texts: dict[str, tuple[str, bytes]] = field(
        default_factory=dict
    )  # by path: "/html/2606.00001v1", "/pdf/…", "/ar5iv/html/…"

    def add(self, *papers: Paper) -> None:
        """Let the query API know papers, or new versions of them."""
        self.papers |= {paper.id: replace_version(paper) for paper in papers}

    def announce(self, day: date, *papers: Paper, kind: str = "new") -> None:
        """Put papers on a day's list, and let the query API know them."""
        self.add(*papers)
        listed = [Announced(replace_version(paper), kind) for paper in papers]
        self.lists.setdefault(day.isoformat(), []).extend(listed)

    def reply(self, path: str, query: Mapping[str, str], headers: Mapping[str, str]) -> Reply:
        """The answer to GET."""
        if path == "/api/query":
            return self._query(query)
        if found := re.fullmatch(r"/(rss|atom)/([^/]+)", path):
            return self._conditional(self._list(found[2], atom=found[1] == "atom"), headers)
        if path in self.texts:
            kind, body = self.texts[path]
            return Reply(200, {"Content-Type": kind}, body)
        return Reply(404, {"Content-Type": "text/html; charset=utf-8"}, b"<html><h1>404</h1></html>")

    # The query API

    def _query(self, query: Mapping[str, str]) -> Reply:
        try:
            start, most = int(query.get("start", "0")), int(query.get("max_results", "10"))
        except ValueError:
            return _error("max_results must be an integer", "max_results_must_be_an_integer")
        sort = query.get("sortBy", "relevance")
        if sort not in _SORTS:
            return _error(f"sortBy must be in: {', '.join(_SORTS)}", "sortBy")
        found: list[Paper] = []
        for name in filter(None, query.get("id_list", "").split(",")):
            if not _ID.fullmatch(name):
                return _error(f"incorrect id format for {name}", f"incorrect_id_format_for_{name}")
            found += filter(None, [self._version(name)])
        if words := query.get("search_query", ""):
            found = [paper for paper in (found if "id_list" in query else self.papers.values()) if _meets(paper, words)]
        if sort != "relevance":
            found.sort(key=lambda paper: (paper.published if sort == "submittedDate" else paper.version_at) or 0)
            if query.get("sortOrder", "descending") == "descending":
                found.reverse()
        if self.empty:
            self.empty -= 1
            found = []
        entries = "".join(map(_entry, found[start : start + most]))
        asked = "&".join(
            f"{name}={query.get(name, '')}" for name in ("search_query", "id_list", "start", "max_results")
        )
        return _atom(_feed(f"arXiv Query: {asked}", entries, len(found), start, most))

    def _version(self, name: str) -> Paper | None:
        match = _ID.fullmatch(name)
        paper = self.papers.get(match[1]) if match else None
        if paper is None or match is None or not match[2]:
            return paper
        return replace_version(paper, int(match[2])) if int(match[2]) <= (paper.version or 1) else None

    # The daily lists

    def _list(self, names: str, *, atom: bool) -> Reply:
        categories = [_category(name) for name in names.split("+")]
        url = f"{{origin}}/{'atom' if atom else 'rss'}/{names}"
        day = self._day()
        bad = next((name for name, known in zip(names.split("+"), categories, strict=True) if known is None), None)
        if bad is not None:
            title, text = (
                f"Feed error for query: {url}",
                f"Bad archive '{bad}'. Valid archive names are: {', '.join(ARCHIVES)}.",
            )
            return _rss(title, text, "", day, status=400, atom=atom)
        asked = [known for known in categories if known]
        source = self.repeats or day
        listed = [(kind, each.paper) for each in self.lists.get(source.isoformat(), []) if (kind := _kind(each, asked))]
        listed.sort(key=lambda pair: (_ORDER.index(pair[0]), [-ord(letter) for letter in pair[1].id]))
        make = _atom_item if atom else _rss_item
        items = "".join(make(kind, paper, day) for kind, paper in listed[:2000])
        title = f"{', '.join(asked)} updates on arXiv.org"
        return _rss(title, f"{title} e-print archive.", items, day, atom=atom)

    def _day(self) -> date:
        return (self.today or clock.now().astimezone(NEW_YORK).date()) - timedelta(days=self.stale)

    def _conditional(self, reply: Reply, headers: Mapping[str, str]) -> Reply:
        tag = hashlib.sha256(reply.body).hexdigest()
        reply.headers |= {"ETag": tag, "Cache-Control": "max-age=43200"}
        return Reply(304, {"ETag": tag}) if reply.status == 200 and headers.get("if-none-match") == tag else reply


class ArxivServer(Server):
    """arXiv on loopback: `arxiv` is what it knows."""

    def __init__(self, arxiv: Arxiv | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.faults = FAULTS | XML_FAULTS
        self.arxiv = arxiv or Arxiv()

    def answer(self, path: str, query: Mapping[str, str], headers: Mapping[str, str]) -> Reply:
        """The right reply."""
        return self.arxiv.reply(path, query, headers)


def replace_version(paper: Paper, version: int | None = None) -> Paper:
    """A paper as arXiv has it: with a version, and nothing that Hugging Face knows."""
    number = version or paper.version or 1
    published = paper.published or 1_780_000_000
    return Paper(
        id=paper.id,
        title=paper.title,
        abstract=paper.abstract,
        text_source="arxiv",
        authors=tuple(Author(author.name, affiliation=author.affiliation) for author in paper.authors if author.name),
        published=published,
        categories=paper.categories or ("cs.LG",),
        version=number,
        version_at=paper.version_at or published + (number - 1) * 86_400,
        remark=paper.remark,
        journal=paper.journal,
        doi=paper.doi,
        license=paper.license,
    )


def papers_of(items: Iterable[Any]) -> list[Paper]:
    """The papers of generated items."""
    return [item.paper for item in items]


def _kind(each: Announced, asked: list[str]) -> str | None:
    """How a paper is announced to whoever asks for some categories, or not at all."""
    mine = [name for name in each.paper.categories if any(name == one or name.startswith(f"{one}.") for one in asked)]
    if not mine:
        return None
    primary = each.paper.categories[0] in mine
    if each.kind == "replace":
        return "replace" if primary else "replace-cross"
    return "new" if each.kind == "new" and primary else "cross"


def _category(name: str) -> str | None:
    archive, _, subject = name.partition(".")
    if archive.lower() not in ARCHIVES or name.count(".") > 1:
        return None
    return archive.lower() + (f".{subject.upper()}" if subject else "")


_FIELDS = {"ti": "title", "abs": "abstract", "cat": "categories", "au": "authors", "all": ""}


def _meets(paper: Paper, words: str) -> bool:
    """Whether a paper meets `ti:a AND cat:b`; no operator means OR, as with the real one."""
    return all(
        any(_has(paper, term) for term in re.findall(r'(?:\w+:)?"[^"]+"|\S+', part)) for part in words.split(" AND ")
    )


def _has(paper: Paper, term: str) -> bool:
    name, colon, wanted = term.strip("()").partition(":")
    if not colon or name not in _FIELDS:
        name, wanted = "all", term
    texts = {
        "title": paper.title,
        "abstract": paper.abstract,
        "categories": " ".join(paper.categories),
        "authors": " ".join(author.name for author in paper.authors),
    }
    text = texts.get(_FIELDS[name]) or " ".join(texts.values())
    return wanted.strip('"').lower() in text.lower()


def _feed(title: str, entries: str, total: int, start: int, most: int) -> str:
    return (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom"'
        ' xmlns="http://www.w3.org/2005/Atom">\n'
        f"<id>https://arxiv.org/api/query</id><title>{escape(title)}</title><updated>2026-06-04T00:00:00Z</updated>"
        f"<opensearch:itemsPerPage>{most}</opensearch:itemsPerPage><opensearch:totalResults>{total}"
        f"</opensearch:totalResults><opensearch:startIndex>{start}</opensearch:startIndex>\n{entries}</feed>\n"
    )


def _entry(paper: Paper) -> str:
    named = f"{paper.id}v{paper.version}"
    optional = {"comment": paper.remark, "journal_ref": paper.journal, "doi": paper.doi}
    more = "".join(f"<arxiv:{name}>{escape(value)}</arxiv:{name}>" for name, value in optional.items() if value)
    authors = "".join(
        f"<author><name>{escape(author.name)}</name>"
        + (f"<arxiv:affiliation>{escape(author.affiliation)}</arxiv:affiliation>" if author.affiliation else "")
        + "</author>"
        for author in paper.authors
    )
    categories = "".join(
        f'<category term={quoteattr(name)} scheme="http://arxiv.org/schemas/atom"/>'
        for name in sorted(paper.categories)
    )
    return (
        f"<entry><id>http://arxiv.org/abs/{named}</id><title>{escape(paper.title)}</title>"
        f"<updated>{_moment(paper.version_at)}</updated>"
        f'<link href="https://arxiv.org/abs/{named}" rel="alternate" type="text/html"/>'
        f'<link href="https://arxiv.org/pdf/{named}" rel="related" type="application/pdf" title="pdf"/>'
        f"<summary>{_paragraphs(paper)}</summary>{categories}<published>{_moment(paper.published)}</published>{more}"
        f"<arxiv:primary_category term={quoteattr(paper.categories[0])}/>{authors}</entry>\n"
    )


def _error(text: str, name: str) -> Reply:
    url = f"https://arxiv.org/api/errors#{name}"
    entry = f"<entry><id>{escape(url)}</id><title>Error</title><summary>{escape(text)}</summary></entry>"
    return replace(_atom(_feed("arXiv Search Results", entry, 1, 0, 1)), status=400)


def _atom(text: str) -> Reply:
    return Reply(200, {"Content-Type": "application/atom+xml; charset=utf-8"}, text.encode())


def _rss(title: str, about: str, items: str, day: date, *, status: int = 200, atom: bool = False) -> Reply:
    names = (
        'xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        f' xmlns{":atom" if not atom else ""}="http://www.w3.org/2005/Atom"'
    )
    if atom:
        text = (
            f"<feed {names}><id>http://rss.arxiv.org/atom</id><title>{escape(title)}</title>"
            f"<updated>{_midnight(day).isoformat()}</updated><subtitle>{escape(about)}</subtitle>{items}</feed>"
        )
        return Reply(status, {"Content-Type": "application/atom+xml"}, text.encode())
    text = (
        f'<rss {names} version="2.0"><channel><title>{escape(title)}</title><link>http://rss.arxiv.org/rss</link>'
        f'<description>{escape(about)}</description><atom:link href="http://rss.arxiv.org/rss" rel="self"/>'
        f"<lastBuildDate>{format_datetime(_midnight(day))}</lastBuildDate>"
        f"<pubDate>{format_datetime(_midnight(day))}</pubDate>"
        f"<skipDays><day>Sunday</day><day>Saturday</day></skipDays>{items}</channel></rss>"
    )
    return Reply(status, {"Content-Type": "application/rss+xml"}, text.encode())


def _rss_item(kind: str, paper: Paper, day: date) -> str:
    categories = "".join(f"<category>{escape(name)}</category>" for name in paper.categories)
    return (
        f"<item><title>{escape(paper.title)}</title><link>https://arxiv.org/abs/{paper.id}</link>"
        f"<description>{_told(kind, paper)}</description>"
        f'<guid isPermaLink="false">oai:arXiv.org:{paper.id}v{paper.version}</guid>{categories}'
        f"<pubDate>{format_datetime(_midnight(day))}</pubDate>{_extra(kind, paper)}</item>"
    )


def _atom_item(kind: str, paper: Paper, day: date) -> str:
    categories = "".join(f"<category term={quoteattr(name)}/>" for name in paper.categories)
    return (
        f"<entry><id>oai:arXiv.org:{paper.id}v{paper.version}</id><title>{escape(paper.title)}</title>"
        f'<link href="https://arxiv.org/abs/{paper.id}" rel="alternate" type="text/html"/>'
        f"<summary>{_told(kind, paper)}</summary>{categories}<published>{_midnight(day).isoformat()}</published>"
        f"{_extra(kind, paper)}</entry>"
    )


def _told(kind: str, paper: Paper) -> str:
    return f"arXiv:{paper.id}v{paper.version} Announce Type: {kind} \nAbstract: {_paragraphs(paper)}"


def _extra(kind: str, paper: Paper) -> str:
    # As the real one writes names: with an empty first part there are two spaces.
    names = ", ".join(
        author.name + (f" ({author.affiliation})" if author.affiliation else "") for author in paper.authors
    )
    more = f"<dc:rights>{escape(paper.license)}</dc:rights>" if paper.license else ""
    more += f"<arxiv:DOI>{escape(paper.doi)}</arxiv:DOI>" if paper.doi else ""
    more += f"<arxiv:journal_reference>{escape(paper.journal)}</arxiv:journal_reference>" if paper.journal else ""
    return f"<arxiv:announce_type>{kind}</arxiv:announce_type>{more}<dc:creator>{escape(names)}</dc:creator>"


def _paragraphs(paper: Paper) -> str:
    return escape(paper.abstract.replace("\n", "\n  "))


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=NEW_YORK)


def _moment(seconds: int | None) -> str:
    return datetime.fromtimestamp(seconds or 0, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
