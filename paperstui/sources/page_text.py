"""Text copied from the Daily Papers site, with or without all that stands around the papers there.

    [Submitted by NAME]  [UPVOTES]                    before the title, where the page shows cards
    TITLE
    [ABSTRACT]
    [LOGIN ORGANISATION NAME | • N authors]  ·  [DATE]  [COMMENTS]

A date that follows nothing of a paper is a day of the feed: the papers behind it were listed on that day.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timezone

from paperstui.models import Account, Batch, Item, Organization, Paper, Skipped
from paperstui.sources.abstracts import paragraphs
from paperstui.sources.items import listing
from paperstui.sources.page_dates import Written, page_day, paper_day
from paperstui.sources.page_lines import LONG, Sort, Token, tokens
from paperstui.text.clean import clean
from paperstui.text.titles import title_id

FEED = "imported"
_LONGEST_TITLE = 400
_LONGEST_ORGANIZATION = 120
_SHORTEST_SENTENCE = 40
_SENTENCE_END = re.compile(r"[.?!…][\"'”’)\]]*$")
_STATEMENT_END = re.compile(r"[.…][\"'”’)\]]*$")
_LOGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(slots=True)
class _Draft:
    """A paper while its lines are read."""

    at: int
    title: str
    section: int
    texts: list[str] = field(default_factory=list)
    authors: int | None = None
    organization: str = ""
    date: Written | None = None
    upvotes: int | None = None
    comments: int | None = None
    stars: int | None = None
    submitter: str = ""
    id: str = ""

    @property
    def described(self) -> bool:
        """Whether the lines behind its abstract have begun."""
        return self.authors is not None or self.date is not None or bool(self.organization)

    @property
    def real(self) -> bool:
        """Whether it is a paper and not just some words."""
        return self.described or bool(self.texts or self.submitter or self.id) or self.upvotes is not None


@dataclass(slots=True)
class _Before:
    """What is said before a title."""

    upvotes: int | None = None
    submitter: str = ""
    id: str = ""


def read_text(text: str, *, file_day: date, day: date | None) -> tuple[Batch, date, list[str]]:
    """The papers of a copied page, the page's day, and what the user should know about it.

    file_day: when the file was last changed. day: the page's day if the user says it.
    """
    reader = _Reader()
    for token in tokens(text):
        reader.take(token)
    reader.finish()
    return _batch(reader, file_day, day)


class _Reader:
    """Puts the lines of a page together to papers."""

    def __init__(self) -> None:
        self.drafts: list[_Draft] = []
        self.sections: list[Written | None] = [None]
        self.lost: list[tuple[int, str]] = []
        self._texts: deque[Token] = deque()
        self._open: _Draft | None = None
        self._before = _Before()
        self._last: Token | None = None

    def take(self, token: Token) -> None:
        """Take the next line."""
        if token.sort is Sort.TEXT:
            self._texts.append(token)
        else:
            self._close_texts(token)
            self._meta(token)
        self._last = token

    def finish(self) -> None:
        """All lines were taken."""
        self._close_texts(None)

    def _close_texts(self, following: Token | None) -> None:
        """Turn the texts since the last other line into titles and abstracts."""
        texts, self._texts = self._texts, deque()
        organization = None
        if following is not None and following.sort is Sort.DOT and self._names_organization(texts):
            organization = texts.pop()
        if texts and self._open is not None and not self._open.described and len(texts[0].text) >= LONG:
            self._open.texts.append(texts.popleft().text)
        while texts:
            self._begin(texts)
        if organization is not None and self._open is not None:
            self._open.organization = organization.text

    def _names_organization(self, texts: deque[Token]) -> bool:
        """Whether the last text stands where an organisation does: behind a title or an abstract, before the dot."""
        if not texts or (len(texts) == 1 and (self._open is None or self._open.described)):
            return False
        text = texts[-1].text
        return len(text) <= _LONGEST_ORGANIZATION and not _is_statement(text)

    def _begin(self, texts: deque[Token]) -> None:
        """Begin a paper with the first of the texts, and take its abstract from those behind it."""
        title = texts.popleft()
        if not _is_title(title.text, texts):
            self.lost.append((title.at, "an abstract without a title"))
            return
        before, self._before = self._before, _Before()
        draft = _Draft(
            title.at,
            title.text,
            len(self.sections) - 1,
            upvotes=before.upvotes,
            submitter=before.submitter,
            id=before.id,
        )
        while texts and _goes_on(draft, texts):
            draft.texts.append(texts.popleft().text)
        self._open = draft
        self.drafts.append(draft)

    def _meta(self, token: Token) -> None:
        match token.sort:
            case Sort.DATE if not self._dates_paper(token):
                self.sections.append(token.date)
                self._open, self._before = None, _Before()
            case Sort.SUBMITTER if self._open is None or self._open.described or not self._open.texts:
                self._before.submitter = token.text
            case Sort.ID if self._open is None or self._open.id or self._open.described:
                self._before.id = token.text
            case Sort.NUMBER if not self._counts_comments(token):
                self._before.upvotes = token.number
            case Sort.DOT:
                pass
            case _ if self._open is None:
                self.lost.append((token.at, "something about a paper without the paper"))
            case _:
                _describe(self._open, token)

    def _dates_paper(self, token: Token) -> bool:
        """Whether a date is a paper's: it stands behind the paper's other lines or says so itself."""
        behind = self._last is not None and self._last.sort in (Sort.DOT, Sort.AUTHORS, Sort.COMMENTS)
        return self._open is not None and self._open.date is None and (behind or token.published)

    def _counts_comments(self, token: Token) -> bool:
        """Whether a bare number is a paper's comments: behind its last line. Else it is the next one's votes."""
        last = self._last.sort if self._last is not None else None
        behind = last is Sort.DOT or (last in (Sort.DATE, Sort.AUTHORS) and not token.apart)
        return self._open is not None and self._open.described and self._open.comments is None and behind


def _describe(draft: _Draft, token: Token) -> None:
    match token.sort:
        case Sort.AUTHORS:
            draft.authors = token.number
        case Sort.DATE:
            draft.date = token.date
            if token.date is not None and token.date.number is not None:
                draft.comments = token.date.number
        case Sort.NUMBER | Sort.COMMENTS:
            draft.comments = token.number
        case Sort.UPVOTES:
            draft.upvotes = token.number
        case Sort.STARS:
            draft.stars = token.number
        case Sort.SUBMITTER:
            draft.submitter = token.text
        case Sort.ID:
            draft.id = token.text


def _is_title(text: str, behind: deque[Token]) -> bool:
    """Whether a text may be a title: not too long, and a long one is no sentence unless an abstract follows it."""
    if len(text) < LONG or (behind and len(behind[0].text) >= LONG):
        return len(text) <= _LONGEST_TITLE
    return len(text) <= _LONGEST_TITLE and not _SENTENCE_END.search(text)


def _goes_on(draft: _Draft, texts: deque[Token]) -> bool:
    """Whether the next text belongs to a paper's abstract: it is long, or is a statement where the abstract stands.

    It does not if a long text follows and it can be that one's title: behind an abstract if it does not end like a
    sentence, and behind a title if it is short.
    """
    text = texts[0].text
    title_of_next = len(texts) > 1 and len(texts[1].text) >= LONG and len(text) <= _LONGEST_TITLE
    if len(text) >= LONG:
        return not (draft.texts and title_of_next and not _SENTENCE_END.search(text))
    return not draft.texts and not title_of_next and _is_statement(text)


def _is_statement(text: str) -> bool:
    """Whether a text is rather a short abstract than a title or a name; titles do end in question marks."""
    return len(text) >= _SHORTEST_SENTENCE and bool(_STATEMENT_END.search(text))


def _batch(reader: _Reader, file_day: date, given: date | None) -> tuple[Batch, date, list[str]]:
    years = [written.year for written in _dates(reader) if written.year is not None]
    headings = [heading for heading in reader.sections if heading is not None]
    # What the user says is the day of the first heading; the year of the others follows from it.
    day, notes = page_day(headings[0] if headings else None, years, file_day, given)
    days: list[date] = []
    for heading in reader.sections:
        first = heading is None or heading is headings[0]
        days.append(day if first or heading is None else paper_day(heading, day) or day)
    items: list[Item] = []
    ranks: dict[date, int] = {}
    lost = list(reader.lost)
    for draft in reader.drafts:
        if not draft.real:
            lost.append((draft.at, "a line that is neither a paper nor about one"))
            continue
        listed = days[draft.section]
        ranks[listed] = ranks.get(listed, 0) + 1
        paper = _paper(draft, day)
        items.append(Item(paper, listing(paper, FEED, listed.isoformat(), ranks[listed])))
    return Batch(tuple(items), tuple(_reported(lost, reader))), day, notes


def _dates(reader: _Reader) -> Iterator[Written]:
    yield from filter(None, reader.sections)
    yield from filter(None, (draft.date for draft in reader.drafts))


def _reported(lost: list[tuple[int, str]], reader: _Reader) -> Iterator[Skipped]:
    """What was lost among the papers; what stands before the first and behind the last belongs to the page."""
    real = [draft.at for draft in reader.drafts if draft.real]
    for at, why in sorted(lost):
        if real and real[0] < at < real[-1]:
            yield Skipped(f"line {at}", why)


def _paper(draft: _Draft, day: date) -> Paper:
    published = paper_day(draft.date, day) if draft.date is not None else None
    at = None if published is None else int(datetime.combine(published, time(), timezone.utc).timestamp())
    return Paper(
        id=draft.id or title_id(draft.title),
        title=draft.title,
        abstract=clean(paragraphs("\n\n".join(draft.texts))),
        text_source="page",
        author_count=draft.authors,
        organization=_organization(draft.organization),
        published=at,
        upvotes=draft.upvotes,
        comments=draft.comments,
        code_stars=draft.stars,
        submitter=Account(draft.submitter) if draft.submitter else None,
    )


def _organization(text: str) -> Organization | None:
    """The site shows an organisation as its login (its picture's text) and its name: "baidu BAIDU"."""
    login, _, name = text.partition(" ")
    if not text:
        return None
    return Organization(login, name=name) if _LOGIN.fullmatch(login) else Organization("", name=text)
