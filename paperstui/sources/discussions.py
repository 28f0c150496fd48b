"""What Hugging Face has around a paper: its comments, what is built on it there, and papers that are similar to it.

The shape of comments is known from the pages of the site and from clients that read them, not from recordings of the
API itself, so it is taken with patience: a comment that cannot be read is skipped and counted, a field that is odd is
left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import quote

from msgspec import structs

from paperstui import clock
from paperstui.errors import UsageError
from paperstui.models import Comment, Discussion, Paper, Repo, Similar, Skipped
from paperstui.sources.addresses import HUGGING_FACE
from paperstui.sources.answers import LIST, Answer, BadAnswerError, decode_json
from paperstui.sources.failures import RefusalError
from paperstui.sources.http import Http
from paperstui.sources.items import UnreadableError, account, read_paper, repo
from paperstui.sources.lenient import block, flag, line, mapping, moment, sequence, whole
from paperstui.text.clean import clean_line
from paperstui.text.titles import arxiv_id

MOST_COMMENTS = 1_000
"""Comments that are read of one paper; how many more there are is told."""
MOST_REACTIONS = 24
MOST_REPOS = 300
MOST_SIMILAR = 50
DEEPEST = 12
"""An answer to an answer and so on stands no deeper than this."""

BOT = "librarian-bot"
"""Who comments on papers with a list of similar ones."""

_NOT_KNOWN = {400, 404}
_PARENTS = ("parent", "parentId", "parentCommentId", "parent_id", "replyTo", "inReplyTo")
_ANSWERS = ("replies", "children", "comments")
_GIVE_WAY = 16
# [a title, which may hold [brackets]](an address of a paper)
_LINKED = re.compile(r"\[((?:[^\[\]\n]|\[[^\[\]\n]*\]){0,400})\]\(([^()\s]{1,300})\)")
_PAPER = re.compile(r"(?:^|/)(?:papers|abs|pdf)/")
_KINDS: tuple[tuple[Literal["model", "dataset", "space"], str], ...] = (
    ("model", "models"),
    ("dataset", "datasets"),
    ("space", "spaces"),
)


@dataclass(frozen=True, slots=True)
class Answered:
    """What the service says of a paper: the paper itself as it is now, and what there is around it."""

    paper: Paper
    discussion: Discussion


@dataclass(slots=True)
class _Thread:
    """A comment as it came, with the answers to it."""

    comment: Comment
    parent: str
    answers: list[_Thread] = field(default_factory=list)


class Discussions:
    """Asks Hugging Face about single papers."""

    def __init__(self, http: Http) -> None:
        self._http = http
        self._endpoint = http.endpoint.rstrip("/")

    async def fetch(self, paper_id: str) -> Answered | None:
        """A paper with its comments and some of what cites it, in one request; None when the service does not know it.

        Raises:
            SourceError: the answer could not be had.
            UsageError: that is not an arXiv id.
        """
        found = _checked(paper_id)

        def read(answer: Answer) -> Answered:
            return read_discussion(decode_json(answer.body), found, endpoint=self._endpoint)

        try:
            return await self._http.get(f"{self._endpoint}/api/papers/{_quoted(found)}?field=comments", LIST, read)
        except RefusalError as error:
            if error.status in _NOT_KNOWN:
                return None
            raise

    async def repos(self, paper_id: str) -> tuple[Repo, ...]:
        """All repositories that cite a paper, those that are liked most first: at most 300 of each kind.

        Raises:
            SourceError: the answer could not be had.
            UsageError: that is not an arXiv id.
        """
        found = _checked(paper_id)
        return await self._http.get(f"{self._endpoint}/api/arxiv/{_quoted(found)}/repos", LIST, _read_repos)


def read_discussion(value: object, paper_id: str, *, endpoint: str = HUGGING_FACE) -> Answered:
    """The decoded answer of a paper's own address with its comments.

    Raises:
        BadAnswerError: it is not about a paper.
    """
    try:
        paper = read_paper(value, endpoint=endpoint)
    except UnreadableError as error:
        raise BadAnswerError(f"sent a paper that cannot be read: {error}", again=False) from None
    # The answer to a question about one paper is about that paper.
    paper = paper if paper.id == paper_id else structs.replace(paper, id=paper_id)
    fields = mapping(value)
    comments, left, skipped = read_comments(fields.get("comments"), paper, endpoint=endpoint)
    discussion = Discussion(
        paper=paper_id,
        at=clock.seconds(),
        comments=comments,
        left=left,
        skipped=skipped,
        repos=paper.repos,
        models=paper.models,
        datasets=paper.datasets,
        spaces=paper.spaces,
        whole=len(paper.repos) >= sum(total or 0 for total in (paper.models, paper.datasets, paper.spaces)),
        similar=similar_in(comments, paper_id),
    )
    return Answered(paper, discussion)


def read_comments(
    value: object, paper: Paper, *, endpoint: str = HUGGING_FACE
) -> tuple[tuple[Comment, ...], int, tuple[Skipped, ...]]:
    """Comments, each answer behind what it answers; how many were not read for their number; and those unreadable."""
    raw = list(_flat(value))
    authors = {author.account.login for author in paper.authors if author.account is not None and author.confirmed}
    threads: dict[str, _Thread] = {}
    skipped: list[Skipped] = []
    for number, (fields, parent) in enumerate(raw[:MOST_COMMENTS], 1):
        kind = line(mapping(fields).get("type"), 40)
        if kind not in ("", "comment"):
            continue  # that a title was changed, or something was pinned
        try:
            comment = _comment(fields, number, authors, endpoint)
        except UnreadableError as error:
            skipped.append(Skipped(f"comment {number}", str(error)))
            continue
        if comment.id not in threads:
            threads[comment.id] = _Thread(comment, parent or _parent(mapping(fields)))
        if number % _GIVE_WAY == 0:
            clock.give_way()
    return tuple(_ordered(threads)), max(0, len(raw) - MOST_COMMENTS), tuple(skipped)


def _flat(value: object) -> Iterable[tuple[Any, str]]:
    """Comments with what they answer ("": it is not said here), also where answers stand within what they answer."""
    waiting = [(raw, "") for raw in reversed(sequence(value, 10 * MOST_COMMENTS))]
    while waiting:
        raw, parent = waiting.pop()
        yield raw, parent
        fields = mapping(raw)
        own = line(fields.get("id"), 100) or line(fields.get("_id"), 100)
        for name in reversed(_ANSWERS):
            if isinstance(fields.get(name), list):
                waiting += [(answer, own) for answer in reversed(sequence(fields[name], 10 * MOST_COMMENTS))]


def _parent(fields: dict[str, Any]) -> str:
    """The id of the comment that one answers, under whatever name it comes."""
    for holder in (fields, mapping(fields.get("data"))):
        for name in _PARENTS:
            value = holder.get(name)
            found = line(value, 100) or line(mapping(value).get("id"), 100) or line(mapping(value).get("_id"), 100)
            if found:
                return found
    return ""


def _ordered(threads: dict[str, _Thread]) -> Iterable[Comment]:
    """Threads one after the other. What answers a comment that is not there, or itself in a ring, answers the paper."""
    roots: list[_Thread] = []
    for name, thread in threads.items():
        above, steps = threads.get(thread.parent), 0
        while above is not None and above.comment.id != name and steps <= len(threads):
            above, steps = threads.get(above.parent), steps + 1
        if above is None and thread.parent in threads:
            threads[thread.parent].answers.append(thread)
        else:
            roots.append(thread)
    waiting = [(thread, 0) for thread in reversed(roots)]
    while waiting:
        thread, depth = waiting.pop()
        yield structs.replace(thread.comment, depth=min(depth, DEEPEST))
        waiting += [(answer, depth + 1) for answer in reversed(thread.answers)]


def _comment(value: object, number: int, authors: set[str], endpoint: str) -> Comment:
    fields = mapping(value)
    if not fields:
        raise UnreadableError("it is not an object")
    data = mapping(fields.get("data"))
    latest = mapping(data.get("latest"))
    hidden = flag(data.get("hidden")) or flag(fields.get("hidden")) or False
    text = next((given for given in (latest.get("raw"), data.get("raw"), fields.get("raw")) if given is not None), None)
    if not isinstance(text, str) and not hidden:
        raise UnreadableError("it has no text")
    edits = whole(data.get("numEdits")) or (1 if flag(data.get("edited")) else 0)
    written = moment(fields.get("createdAt"))
    author = account(fields.get("author"), endpoint) or account(latest.get("author"), endpoint)
    return Comment(
        id=line(fields.get("id"), 100) or line(fields.get("_id"), 100) or f"{number}",
        author=author,
        text="" if hidden else block(text),
        written=written,
        changed=moment(latest.get("updatedAt")) or written if edits else None,
        edits=edits,
        hidden=hidden,
        reactions=tuple(_reactions(data.get("reactions"))),
        by_author=author is not None and author.login in authors,
    )


def _reactions(value: object) -> Iterable[tuple[str, int]]:
    for raw in sequence(value, MOST_REACTIONS):
        fields = mapping(raw)
        sign, count = line(fields.get("reaction"), 16), whole(fields.get("count"))
        count = len(sequence(fields.get("users"), 10_000)) if count is None else count
        if sign and count:
            yield sign, count


def similar_in(comments: Sequence[Comment], paper_id: str) -> tuple[Similar, ...]:
    """The papers that the bot calls similar, in its order, each once; not the paper itself."""
    found: dict[str, Similar] = {}
    for comment in comments:
        if comment.author is None or comment.author.login != BOT:
            continue
        for match in _LINKED.finditer(comment.text):
            title, address = clean_line(match[1]), match[2]
            similar = arxiv_id(address) if _PAPER.search(address) else None
            if similar is not None and similar != paper_id:
                found.setdefault(similar, Similar(similar, "" if arxiv_id(title) == similar else title))
    return tuple(found.values())[:MOST_SIMILAR]


def _read_repos(answer: Answer) -> tuple[Repo, ...]:
    fields = mapping(decode_json(answer.body))
    if not any(isinstance(fields.get(name), list) for _, name in _KINDS):
        raise BadAnswerError("sent something that is not a list of repositories", again=False)
    found: list[Repo] = []
    for kind, name in _KINDS:
        some = [made for raw in sequence(fields.get(name), MOST_REPOS) if (made := repo(kind, raw)) is not None]
        found += sorted(some, key=lambda one: -(one.likes or 0))
    return tuple(found)


def _checked(paper_id: str) -> str:
    found = arxiv_id(paper_id)
    if found is None:
        raise UsageError(f"{clean_line(paper_id, 60)} is not an arXiv id")
    return found


def _quoted(paper_id: str) -> str:
    return quote(paper_id, safe="")
