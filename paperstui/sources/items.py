"""Papers out of Hugging Face's JSON, item by item: a bad item is skipped and counted, a bad field is left out.

Absent and null are the same, and unknown keys are ignored. Not taken over on purpose: Hugging Face's own keys (`_id`)
and the outer `publishedAt`, which since 2025-03-11 is the arXiv time less four or five hours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Literal

from paperstui.clock import ARCHIVE_START, give_way
from paperstui.models import UNTITLED, Account, Author, Batch, Item, Listing, Organization, Paper, Repo, Skipped
from paperstui.sources.abstracts import paragraphs
from paperstui.sources.addresses import HUGGING_FACE
from paperstui.sources.answers import BadAnswerError, decode_json
from paperstui.sources.highlights import highlights
from paperstui.sources.lenient import block, day, flag, line, link, mapping, moment, sequence, whole
from paperstui.text.titles import arxiv_id, title_id

MAX_AUTHORS = 2_000
MAX_KEYWORDS = 64
MAX_MEDIA = 64
MAX_REPOS = 100
_AT_A_STRETCH = 8  # papers that are read before other threads have a chance to go on: less than a millisecond
_NAME = 100
_AUTHOR_NAME = 200
_OLD_SUBMISSION_UNTIL = "2025-03-10"
_REPO = re.compile(r"[\w.-]+(?:/[\w.-]+)?", re.ASCII)
_WRAPPERS = ("dailyPapers", "searchResults", "papers", "items", "results", "data")

Place = Callable[[Paper, int], Listing | None]
"""Where a paper was listed, given the paper and its number in the answer from 1."""


class UnreadableError(Exception):
    """An item is no paper; the message says why."""


def parse_items(
    data: bytes | list[Any], feed: str, period: str, *, endpoint: str = HUGGING_FACE, first_rank: int = 1
) -> Batch:
    """The papers of one answer, all listed in one period of one feed, ranked in the order they came.

    Raises:
        BadAnswerError: the data as a whole is not a list of items.
    """
    raw = items_in(decode_json(data)) if isinstance(data, bytes) else data
    asked = period if feed == "daily" else None

    def place(paper: Paper, number: int) -> Listing:
        return listing(paper, feed, period, first_rank + number - 1)

    return collect(raw, place, asked=asked, endpoint=endpoint)


def items_in(value: object) -> list[Any]:
    """The array of items in a decoded answer, also where it is wrapped into an object.

    Raises:
        BadAnswerError: there is none.
    """
    if isinstance(value, list):
        return value
    fields = mapping(value)
    for name in _WRAPPERS:
        if isinstance(fields.get(name), list):
            found: list[Any] = fields[name]
            return found
    if isinstance(fields.get("error"), str):
        raise BadAnswerError(f"says: {line(fields['error'], 200)}", again=False)
    shape = ", ".join(sorted(line(key, 40) for key in fields)[:8]) if fields else type(value).__name__
    raise BadAnswerError(f"sent something that is not a list of papers ({shape})", again=False)


def collect(
    raw: Iterable[Any], place: Place, *, asked: str | None = None, endpoint: str = HUGGING_FACE, where: str = "item"
) -> Batch:
    """All items that can be read, and what was wrong with the others.

    asked: the day of Daily Papers that was asked for. where: what messages call an item, before its number.
    """
    items, skipped = [], []
    for number, value in enumerate(raw, 1):
        try:
            paper = read_paper(value, asked=asked, endpoint=endpoint)
        except UnreadableError as error:
            skipped.append(Skipped(f"{where} {number}", str(error)))
        else:
            items.append(Item(paper, place(paper, number), highlights(value)))
        if number % _AT_A_STRETCH == 0:
            give_way()
    return Batch(tuple(items), tuple(skipped))


def listing(paper: Paper, feed: str, period: str, rank: int | None) -> Listing:
    """A paper's appearance in a period, with the votes it has now."""
    submitter = paper.submitter.login if paper.submitter else ""
    return Listing(
        feed=feed, period=period, rank=rank, upvotes=paper.upvotes, comments=paper.comments, submitter=submitter
    )


def read_paper(value: object, *, asked: str | None = None, endpoint: str = HUGGING_FACE) -> Paper:
    """The paper in an item of a list (`{"paper": {…}, …}`), or in the flat object of the paper's own address.

    Raises:
        UnreadableError: it has neither an id nor a title, or is not an object at all.
    """
    outer = mapping(value)
    if not outer:
        raise UnreadableError("it is empty" if value in ({}, None) else f"it is not an object but {_json_type(value)}")
    inner = mapping(outer.get("paper")) or outer
    title = _title(outer, inner)
    found = arxiv_id(inner["id"][:200]) if isinstance(inner.get("id"), str) else None
    if found is None and not title:
        raise UnreadableError("it has neither a valid id nor a title")
    abstract = inner.get("summary") if isinstance(inner.get("summary"), str) else outer.get("summary")
    submitter = account(outer.get("submittedBy"), endpoint) or account(inner.get("submittedOnDailyBy"), endpoint)
    return Paper(
        id=found or title_id(title),
        title=title or UNTITLED,
        abstract=block(paragraphs(abstract)) if isinstance(abstract, str) else "",
        authors=tuple(_authors(inner.get("authors"), endpoint)),
        organization=_organization(outer, inner, endpoint),
        published=moment(inner.get("publishedAt")),
        listed=_listed(outer, inner, asked),
        upvotes=whole(inner.get("upvotes")),
        comments=whole(outer.get("numComments")),
        submitter=submitter,
        author_takes_part=flag(outer.get("isAuthorParticipating")),
        summary=block(inner.get("ai_summary"), 5_000),
        keywords=_lines(inner.get("ai_keywords"), MAX_KEYWORDS),
        summary_model=line(inner.get("ai_summary_model"), _NAME),
        code_url=link(inner.get("githubRepo")),
        code_stars=whole(inner.get("githubStars")),
        code_added_by=line(inner.get("githubRepoAddedBy"), 40),
        project_url=link(inner.get("projectPage")),
        media=_media(outer, inner, endpoint),
        thumbnail=link(outer.get("thumbnail"), endpoint) or link(outer.get("thumbnailUrl"), endpoint),
        discussion_id=line(inner.get("discussionId"), 40),
        withdrawn=day(inner.get("withdrawnAt")) or "",
        repos=tuple(_repos(inner)),
        models=whole(inner.get("numTotalModels")),
        datasets=whole(inner.get("numTotalDatasets")),
        spaces=whole(inner.get("numTotalSpaces")),
        upvoted=flag(outer.get("upvoted")) or False,
    )


def _title(outer: dict[str, Any], inner: dict[str, Any]) -> str:
    # Until 2025-03-10 the outer title has the mathematics that the inner one lost.
    return line(outer.get("title")) or line(inner.get("title")) or line(_highlighted(outer.get("highlightedTitle")))


def _highlighted(value: object) -> str:
    """The plain text of a search hit that is cut into pieces where it matches."""
    texts = (mapping(piece).get("text") for piece in sequence(value, 200))
    return "".join(text for text in texts if isinstance(text, str))


def _listed(outer: dict[str, Any], inner: dict[str, Any], asked: str | None) -> str | None:
    """The day of Daily Papers: as the item says, else as asked for, else as old items tell it."""
    said = day(inner.get("submittedOnDailyAt")) or asked
    if said is not None or "summary" in outer or outer is inner:
        return said
    # Until 2025-03-10 the outer publishedAt was when it was submitted; items of that time have no outer summary.
    old, published = day(outer.get("publishedAt")), day(inner.get("publishedAt"))
    if old is None or not ARCHIVE_START.isoformat() <= old <= _OLD_SUBMISSION_UNTIL or (published or old) > old:
        return None
    return old


def _authors(value: object, endpoint: str) -> Iterable[Author]:
    for raw in sequence(value, MAX_AUTHORS):
        fields = mapping(raw)
        name = line(raw if isinstance(raw, str) else fields.get("name"), _AUTHOR_NAME)
        if name:
            yield Author(
                name,
                hidden=flag(fields.get("hidden")) or False,
                account=account(fields.get("user"), endpoint),
                status=line(fields.get("status"), 40),
                status_changed=day(fields.get("statusLastChangedAt")) or "",
            )


def account(value: object, endpoint: str = HUGGING_FACE) -> Account | None:
    """A user. The login is `user` where that is there and `name` elsewhere; since 2026-03-12 some have both."""
    fields = mapping(value)
    login = line(fields.get("user"), _NAME) or line(fields.get("name"), _NAME)
    name = line(fields.get("fullname"), _NAME)
    if not login and not name:
        return None
    return Account(
        login,
        name=name,
        avatar=link(fields.get("avatarUrl"), endpoint),
        kind=line(fields.get("type"), 40),
        pro=flag(fields.get("isPro")) or False,
        staff=flag(fields.get("isHf")) or flag(fields.get("isHfAdmin")) or False,
        moderator=flag(fields.get("isMod")) or False,
        followed=flag(fields.get("isUserFollowing")) or False,
        followers=whole(fields.get("followerCount")),
    )


def _organization(outer: dict[str, Any], inner: dict[str, Any], endpoint: str) -> Organization | None:
    """The organisation; `submitterOrganization` is what it was called from 2025-09-29 to 2025-10-02."""
    for value in (inner.get("organization"), outer.get("organization"), outer.get("submitterOrganization")):
        fields = mapping(value)
        login, name = line(fields.get("name"), _NAME), line(fields.get("fullname"), _NAME)
        if login or name:
            return Organization(login, name=name, avatar=link(fields.get("avatar"), endpoint))
    return None


def _media(outer: dict[str, Any], inner: dict[str, Any], endpoint: str) -> tuple[str, ...]:
    """Pictures and films; until 2024-06-12 there was one at most, as `mediaUrl`."""
    listed = (
        *sequence(inner.get("mediaUrls"), MAX_MEDIA),
        *sequence(outer.get("mediaUrls"), MAX_MEDIA),
        outer.get("mediaUrl"),
    )
    return tuple(dict.fromkeys(filter(None, (link(url, endpoint) for url in listed))))[:MAX_MEDIA]


def _lines(value: object, limit: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (line(text, _NAME) for text in sequence(value, limit)))))


_REPO_LISTS: tuple[tuple[Literal["model", "dataset", "space"], str], ...] = (
    ("model", "linkedModels"),
    ("dataset", "linkedDatasets"),
    ("space", "linkedSpaces"),
)


def _repos(inner: dict[str, Any]) -> Iterable[Repo]:
    for kind, name in _REPO_LISTS:
        for raw in sequence(inner.get(name), MAX_REPOS):
            found = repo(kind, raw)
            if found is not None:
                yield found


def repo(kind: Literal["model", "dataset", "space"], value: object) -> Repo | None:
    """A repository that cites a paper; None where it has no name that can stand in an address."""
    fields = mapping(value)
    name = line(fields.get("id"), 200)
    if not _REPO.fullmatch(name):
        return None
    about = line(fields.get("pipeline_tag"), _NAME) or line(fields.get("shortDescription"), 200)
    gated = fields.get("gated") in (True, "auto", "manual")
    return Repo(kind, name, whole(fields.get("likes")), whole(fields.get("downloads")), about, gated)


def _json_type(value: object) -> str:
    if isinstance(value, str):
        return "a text"
    if isinstance(value, list):
        return "a list"
    return "a number" if isinstance(value, (int, float)) and not isinstance(value, bool) else "a truth value"
