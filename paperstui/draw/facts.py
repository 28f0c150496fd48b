"""What the pane says of a paper, from what the library has of it."""

from __future__ import annotations

from paperstui.rows import Facts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from paperstui.models import Detail


def facts_of(detail: Detail) -> Facts:
    """What the pane says of a paper."""
    paper, state = detail.paper, detail.state
    return Facts(
        id=paper.id,
        title=paper.title,
        text_source=paper.text_source,
        title_plain=None,
        abstract=paper.abstract,
        abstract_plain=None,
        summary=paper.summary,
        summary_model=paper.summary_model,
        keywords=paper.keywords,
        authors=paper.shown_authors,
        author_count=paper.author_count,
        organization=paper.organization.shown if paper.organization else "",
        published=paper.published,
        listed=paper.listed,
        withdrawn=paper.withdrawn,
        categories=paper.categories,
        upvotes=paper.upvotes,
        comments=paper.comments,
        submitter=(paper.submitter.name or paper.submitter.login) if paper.submitter else "",
        author_takes_part=bool(paper.author_takes_part),
        code_url=paper.code_url,
        code_stars=paper.code_stars,
        code_added_by=paper.code_added_by,
        project_url=paper.project_url,
        media=paper.media,
        starred=state.starred,
        read=state.read,
        queued=state.queued is not None,
        listings=tuple((listing.feed, listing.period) for listing in detail.listings),
        votes=tuple((vote.at, vote.upvotes) for vote in detail.votes),
        repos=(paper.models or 0) + (paper.datasets or 0) + (paper.spaces or 0),
        revised=detail.revised is not None and (state.starred or state.read or state.queued is not None),
        version=paper.version,
        version_at=paper.version_at,
        noted=bool(state.note),
        gained=detail.gained,
    )
