"""A digest as one JSON document."""

from __future__ import annotations

from typing import Any

from paperstui.export.digest.content import Digest, Story
from paperstui.export.json_form import paper_json
from paperstui.export.urls import HUGGING_FACE


def as_json(digest: Digest, endpoint: str = HUGGING_FACE) -> dict[str, Any]:
    """The digest as a dictionary that `json` writes. Times are ISO times; `found` papers are new, `papers` are the best."""
    return {
        "name": digest.name,
        "query": digest.query,
        "since": digest.since.isoformat(),
        "made": digest.made.isoformat(),
        "found": digest.found,
        "papers": [_paper(story, endpoint) for story in digest.stories],
    }


def _paper(story: Story, endpoint: str) -> dict[str, Any]:
    """The paper as every command prints it, and what a digest says of it."""
    listing = max(story.detail.listings, key=lambda listing: listing.period, default=None)
    links = [{"name": link.name, "url": link.url} for link in story.links]
    return paper_json(story.detail, listing, endpoint=endpoint) | {"sentences": story.text, "links": links}
