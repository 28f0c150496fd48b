"""`paperstui show ID --comments`: the discussion of a paper, asked for where what is here is old."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from msgspec import structs

from paperstui import clock
from paperstui.commands.output import tell, tell_skipped
from paperstui.commands.running import Ended, leave_if_stuck, run
from paperstui.draw.lines import Line
from paperstui.export.urls import HUGGING_FACE
from paperstui.models import Comment, Discussion, Paper
from paperstui.usecases import Desk


class Commented:
    """What came of asking. discussion: None when nothing is known. status: the exit status."""

    def __init__(self, desk: Desk, paper: Paper) -> None:
        self.discussion: Discussion | None = None
        self.status = 0
        if paper.arxiv_id is None:
            tell("this paper has no arXiv id, and so no page on Hugging Face where it could be discussed")
            return
        self.discussion = desk.discussing.kept(paper.id)
        if not desk.discussing.is_fresh(self.discussion):
            try:
                run(lambda: self._ask(desk, paper.id))
            except Ended as ended:
                leave_if_stuck(128 + ended.number)
                raise
        self._tell()

    async def _ask(self, desk: Desk, paper_id: str) -> None:
        try:
            result = await desk.discussing.fetch(paper_id, asked=True)
        finally:
            await desk.disconnect()
        self.status = result.status
        if result.discussion is not None:
            self.discussion = result.discussion
        if result.error:
            here = f"; what is shown is of {clock.age(self.discussion.at)}" if self.discussion is not None else ""
            tell(result.error + here)

    def _tell(self) -> None:
        found = self.discussion
        if found is None:
            return
        if not found.known:
            tell("Hugging Face has no page of this paper yet")
        tell_skipped("Hugging Face", found.skipped)
        if found.left:
            tell(f"{found.left:,} more comments are on the site")

    def lines(self, cells: int) -> list[Line]:
        """The comments as they are laid out in the reader, under a heading."""
        from paperstui.documents.markdown import markdown_blocks
        from paperstui.draw.discussion import Said, comment_lines

        found = self.discussion
        if found is None or not found.known:
            return []
        lines: list[Line] = [[("Discussion", "heading")], []]
        if not found.comments:
            return [*lines[:1], [("No comments yet.", "dim")]]
        # What was left out is told beside it, and the bot's list has no other place here.
        alone = structs.replace(found, similar=(), skipped=(), left=0)
        said = [
            Said(comment, markdown_blocks(comment.text, base=HUGGING_FACE, breaks=True)) for comment in found.comments
        ]
        return [*lines, *comment_lines(said, alone, cells)]

    def json(self) -> list[dict[str, Any]] | None:
        """The comments for scripts, an answer behind what it answers; None when nothing is known."""
        return [_json(comment) for comment in self.discussion.comments] if self.discussion is not None else None


def _json(comment: Comment) -> dict[str, Any]:
    author = comment.author
    return {
        "id": comment.id,
        "author": (author.login or author.name) if author is not None else None,
        "name": (author.name or author.login) if author is not None else None,
        "written": _moment(comment.written),
        "edited": _moment(comment.changed) if comment.edits else None,
        "hidden": comment.hidden,
        "depth": comment.depth,
        "reactions": dict(comment.reactions),
        "text": comment.text,
    }


def _moment(seconds: int | None) -> str | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, timezone.utc).isoformat()
