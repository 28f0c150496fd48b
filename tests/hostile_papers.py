"""Papers with hostile text in every field: as a service might send them, and as they would be had nobody cleaned them."""

from __future__ import annotations

from typing import Any

import msgspec

from paperstui.models import Account, Author, Item, Listing, Organization, Paper
from paperstui.sources.items import parse_items
from tests.hostile import HOSTILE

DAY = "2026-06-04"


def sent() -> list[dict[str, Any]]:
    """The API's JSON, decoded, with a hostile text in every field of every item."""
    return [_item(f"2606.{number:05}", text) for number, (_, text) in enumerate(HOSTILE, 1)]


def _item(paper_id: str, text: str) -> dict[str, Any]:
    user = {"_id": text, "avatarUrl": text, "fullname": text, "name": text, "user": text, "type": text, "isPro": False}
    organization = {"_id": text, "name": text, "fullname": text, "avatar": text}
    paper = {
        "id": paper_id,
        "title": text,
        "summary": text,
        "authors": [{"_id": text, "name": text, "hidden": False, "user": user, "status": text}] * 3,
        "publishedAt": "2026-06-01T00:00:00.000Z",
        "submittedOnDailyAt": f"{DAY}T00:00:00.000Z",
        "submittedOnDailyBy": user,
        "upvotes": 1,
        "discussionId": text,
        "projectPage": text,
        "githubRepo": text,
        "githubStars": 3,
        "ai_summary": text,
        "ai_keywords": [text, text],
        "ai_summary_model": text,
        "organization": organization,
        "mediaUrls": [text],
    }
    return {
        "paper": paper, "title": text, "summary": text, "publishedAt": text, "numComments": 2, "submittedBy": user,
        "thumbnail": text, "organization": organization,
    }  # fmt: skip


def through_the_door() -> list[Item]:
    """What the source makes of them."""
    return list(parse_items(sent(), "daily", DAY).items)


def past_the_door() -> list[Item]:
    """Papers as if nothing had been cleaned; what stands behind the door must hold as well."""
    made = []
    for number, (_, text) in enumerate(HOSTILE, 1):
        # A lone surrogate cannot be stored at all; everything else is as it was sent.
        raw = text.encode("utf-8", "replace").decode("utf-8")[:5_000]
        paper = Paper(
            id=f"2606.{number:05}",
            title=raw or "?",
            abstract=raw,
            authors=(Author(raw), Author(raw)),
            organization=Organization(raw, raw),
            summary=raw,
            keywords=(raw,),
            summary_model=raw,
            code_url=raw,
            submitter=Account(raw, raw),
            listed=DAY,
        )
        made.append(Item(paper, Listing(feed="daily", period=DAY, rank=number, submitter=raw)))
    return made


def as_json() -> bytes:
    """The API's JSON as bytes."""
    return msgspec.json.encode([msgspec.to_builtins(item, str_keys=True) for item in _storable()])


def _storable() -> list[dict[str, Any]]:
    return [
        _item(f"2606.{number:05}", text.encode("utf-8", "replace").decode())
        for number, (_, text) in enumerate(HOSTILE, 1)
    ]
