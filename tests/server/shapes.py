"""Our models in the shapes of Hugging Face's API, as they have been since August 2026."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from paperstui.models import Account, Author, Comment, Item, Organization, Paper, Repo


def api_item(item: Item) -> dict[str, Any]:
    """An element of `/api/daily_papers`. Keys that have nothing to say are absent; null is never used."""
    paper = item.paper
    inner = api_paper(paper)
    outer: dict[str, Any] = {"paper": inner}
    if paper.published is not None:
        # The real one has taken New York's offset off the arXiv time since 2025-03-11.
        outer["publishedAt"] = _moment(paper.published - 4 * 3600)
    outer |= {"title": inner["title"], "summary": inner["summary"], "numComments": paper.comments or 0}
    if paper.media:
        outer["mediaUrls"] = list(paper.media)
    if paper.thumbnail:
        outer["thumbnail"] = paper.thumbnail
    if paper.submitter is not None:
        outer["submittedBy"] = _submitter(paper.submitter)
    if paper.organization is not None:
        outer["organization"] = inner["organization"]
    outer["isAuthorParticipating"] = bool(paper.author_takes_part)
    return outer


def api_paper(paper: Paper) -> dict[str, Any]:
    """The object of `/api/papers/{id}`, which is also the inner object of a list's element."""
    found: dict[str, Any] = {"id": paper.id, "authors": [_author(paper.id, author) for author in paper.authors]}
    if paper.published is not None:
        found["publishedAt"] = _moment(paper.published)
    if paper.listed is not None:
        found["submittedOnDailyAt"] = f"{paper.listed}T00:00:00.000Z"
    if paper.listed is not None and paper.submitter is not None:
        found["submittedOnDailyBy"] = _user(paper.submitter)
    found |= {
        "title": paper.title,
        "summary": paper.abstract.replace("\n", "\n  "),
        "upvotes": paper.upvotes or 0,
        "discussionId": paper.discussion_id or _key("discussion", paper.id),
    }
    optional = {
        "projectPage": paper.project_url,
        "githubRepo": paper.code_url,
        "githubRepoAddedBy": paper.code_added_by,
        "githubStars": paper.code_stars,
        "ai_summary": paper.summary,
        "ai_keywords": list(paper.keywords),
        "ai_summary_model": paper.summary_model,
        "mediaUrls": list(paper.media),
        "organization": _organization(paper.organization) if paper.organization else None,
        "withdrawnAt": f"{paper.withdrawn}T00:00:00.000Z" if paper.withdrawn else None,
    }
    return found | {key: value for key, value in optional.items() if value not in (None, "", [])}


LINKED_SHOWN = 4
"""Repositories of a kind that the paper's own address tells; the totals are not cut."""


def api_detail(paper: Paper) -> dict[str, Any]:
    """The object of `/api/papers/{id}` with some of what cites the paper."""
    found = api_paper(paper)
    for kind, name, total in (
        ("model", "Models", paper.models),
        ("dataset", "Datasets", paper.datasets),
        ("space", "Spaces", paper.spaces),
    ):
        linked = [_repo(repo) for repo in paper.repos if repo.kind == kind]
        found[f"linked{name}"] = linked[:LINKED_SHOWN]
        found[f"numTotal{name}"] = max(total or 0, len(linked))
    return found


def api_comments(comments: Sequence[Comment]) -> list[dict[str, Any]]:
    """The `comments` of `/api/papers/{id}?field=comments`: flat, answers with the id of what they answer."""
    above: list[str] = []
    found = []
    for comment in comments:
        del above[comment.depth :]
        found.append(_comment(comment, above[-1] if above else ""))
        above.append(comment.id)
    return found


def api_repos(repos: Sequence[Repo]) -> dict[str, Any]:
    """The object of `/api/arxiv/{id}/repos`."""
    return {f"{kind}s": [_repo(repo) for repo in repos if repo.kind == kind] for kind in ("model", "dataset", "space")}


def _comment(comment: Comment, parent: str) -> dict[str, Any]:
    author = comment.author or Account("nobody")
    submitter = _submitter(author)
    latest = {
        "raw": "This comment has been hidden" if comment.hidden else comment.text,
        "html": "",
        "updatedAt": _moment(comment.changed or comment.written or 0),
        "author": submitter,
    }
    found: dict[str, Any] = {
        "id": comment.id,
        "author": submitter,
        "createdAt": _moment(comment.written or 0),
        "type": "comment",
        "data": {
            "edited": comment.edits > 0,
            "hidden": comment.hidden,
            "latest": latest,
            "numEdits": comment.edits,
            "identifiedLanguage": {"language": "en", "probability": 0.98},
            "editors": [author.login],
            "editorAvatarUrls": [submitter["avatarUrl"]],
            "reactions": [
                {"reaction": sign, "users": [f"user{number}" for number in range(min(count, 5))], "count": count}
                for sign, count in comment.reactions
            ],
            "isReport": False,
        },
    }
    return found | {"parentCommentId": parent} if parent else found


def search_item(item: dict[str, Any], words: str) -> dict[str, Any]:
    """An element of `/api/papers/search`: as in a list, with the matches marked."""
    return item | {
        "upvoted": False,
        "highlightedTitle": _marked(item["paper"]["title"], words),
        "highlightedSummary": _marked(item["paper"]["summary"], words),
    }


def _marked(text: str, words: str) -> list[dict[str, str]]:
    """The text in pieces, the first place of each word as one that is highlighted."""
    places = sorted({(at, at + len(word)) for word in words.lower().split() if (at := text.lower().find(word)) >= 0})
    pieces, at = [], 0
    for start, end in places:
        if start >= at:
            pieces += [("text", text[at:start]), ("highlight", text[start:end])]
            at = end
    return [{"type": kind, "text": piece} for kind, piece in (*pieces, ("text", text[at:])) if piece]


def _author(paper_id: str, author: Author) -> dict[str, Any]:
    found: dict[str, Any] = {"_id": _key(paper_id, author.name), "name": author.name, "hidden": author.hidden}
    if author.account is not None:
        found["user"] = _user(author.account)
    if author.status:
        found["status"] = author.status
    if author.status_changed:
        found["statusLastChangedAt"] = f"{author.status_changed}T12:00:00.000Z"
    return found


def _user(account: Account) -> dict[str, Any]:
    """A user as authors and `submittedOnDailyBy` have it."""
    return {
        "_id": _key("user", account.login),
        "avatarUrl": account.avatar or f"/avatars/{_key('avatar', account.login)}.svg",
        "isPro": account.pro,
        "fullname": account.name,
        "user": account.login,
        "type": account.kind or "user",
        "name": account.login,
    }


def _submitter(account: Account) -> dict[str, Any]:
    """A user as `submittedBy` has it, without the key `user`."""
    found = {key: value for key, value in _user(account).items() if key != "user"}
    found |= {
        "isHf": account.staff,
        "isHfAdmin": False,
        "isMod": account.moderator,
        "isUserFollowing": account.followed,
    }
    return found if account.followers is None else found | {"followerCount": account.followers}


def _organization(organization: Organization) -> dict[str, Any]:
    found = {
        "_id": _key("organization", organization.login),
        "name": organization.login,
        "fullname": organization.name or organization.login,
    }
    return found | {"avatar": organization.avatar} if organization.avatar else found


def _repo(repo: Repo) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": repo.id,
        "author": repo.id.partition("/")[0],
        "repoType": repo.kind,
        "private": False,
    }
    if repo.kind != "space":
        found["gated"] = "auto" if repo.gated else False
    if repo.likes is not None:
        found["likes"] = repo.likes
    if repo.downloads is not None:
        found["downloads"] = repo.downloads
    if repo.about:
        found["shortDescription" if repo.kind == "space" else "pipeline_tag"] = repo.about
    return found


def _moment(seconds: int) -> str:
    moment = datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=seconds)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _key(*parts: str) -> str:
    """Something like the 24 hex digits of the real one's keys, the same for the same thing."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:24]
