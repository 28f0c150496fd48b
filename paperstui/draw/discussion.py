"""The comments on a paper as lines, and what stands there when there are none."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from paperstui import clock
from paperstui.documents.as_written import as_shown
from paperstui.documents.blocks import Block
from paperstui.documents.flow import flow
from paperstui.draw.lines import Line, Span, line_width, paragraph, wrap_spans
from paperstui.models import Comment, Discussion

DEEPEST = 5
"""Answers further down stand no further in."""

LEAST = 24
"""Cells that the text of a comment has at least: in a narrow pane answers stand less far in."""

_GIVE_WAY = 8
_BOT = "librarian-bot"
_BAR = "│ "


class Said(NamedTuple):
    """A comment with its text as blocks. new: the user has not seen it."""

    comment: Comment
    blocks: tuple[Block, ...]
    new: bool = False


def comment_lines(
    said: Sequence[Said], discussion: Discussion, cells: int, *, source: bool | None = None
) -> list[Line]:
    """Comments one below the other, answers further in, each under who wrote it and when.

    source: whether formulas are shown as they were written, where that is decided already.
    """
    lines: list[Line] = []
    for number, one in enumerate(said):
        if number % _GIVE_WAY == _GIVE_WAY - 1:
            clock.give_way()
        inset = _inset(one.comment.depth, cells)
        if number:
            above = min(said[number - 1].comment.depth, one.comment.depth)
            lines.append(_inset(above, cells)[:1] if above else [])
        room = cells - line_width(inset)
        body = _heading(one, room)
        if one.comment.hidden:
            body += [[("This comment was hidden.", "faint")]]
        elif _is_list(one.comment, discussion):
            body += paragraph(f"names {_similar(len(discussion.similar))}: on the next tab, and with M p", "dim", room)
        else:
            body += _text(one.blocks, room, source=source)
        lines += [[*inset, *line] for line in body]
    lines += _rest(discussion, cells)
    return lines


def empty_lines(discussion: Discussion, cells: int) -> list[Line]:
    """What stands there when there are no comments, with what to do about it."""
    if not discussion.known:
        text = "Hugging Face has no page of this paper yet. O opens it in the browser, which makes one."
    elif discussion.left or discussion.skipped:
        return _rest(discussion, cells)
    else:
        text = "No comments yet. O opens the page of the paper, where the first one can be written."
    return paragraph(text, "dim", cells)


def new_ones(discussion: Discussion, seen: Collection[str] | None) -> frozenset[str]:
    """The comments that were not there when the user last looked; none when that never was."""
    if seen is None:
        return frozenset()
    return frozenset(comment.id for comment in discussion.comments if comment.id not in seen)


def _inset(depth: int, cells: int) -> Line:
    """What stands before each line of an answer."""
    depth = min(depth, DEEPEST, max(0, (cells - LEAST) // len(_BAR)))
    return [(_BAR * depth, "rule")] if depth else []


def _heading(said: Said, cells: int) -> list[Line]:
    """Who wrote it, what they are, when, and what others think of it."""
    comment = said.comment
    spans: list[Span] = [("● new  ", "accent")] if said.new else []
    author = comment.author
    name = (author.name or author.login) if author is not None else "somebody"
    spans.append((name, "strong"))
    about = []
    if author is not None and author.login != name and author.login:
        about.append(f"@{author.login}")
    if author is not None:
        marks = (
            ("organisation", author.kind == "org"),
            ("author of the paper", comment.by_author),
            ("Hugging Face", author.staff),
            ("moderator", author.moderator),
        )
        about += [mark for mark, so in marks if so]
    if comment.written is not None:
        about.append(clock.age(comment.written))
    if comment.edits:
        later = comment.changed is not None and comment.changed != comment.written
        about.append(f"edited {clock.age(comment.changed)}" if later and comment.changed else "edited")
    spans += [(f" · {part}", "dim") for part in about]
    if comment.reactions:
        spans.append(("   " + "  ".join(f"{sign} {count:,}" for sign, count in comment.reactions), "dim"))
    return wrap_spans(spans, cells)


def _text(blocks: tuple[Block, ...], cells: int, *, source: bool | None) -> list[Line]:
    return [list(line) for line in flow(as_shown(blocks, source=source), cells).lines] or [[("(no text)", "faint")]]


def _is_list(comment: Comment, discussion: Discussion) -> bool:
    """Whether all that a comment has to say is the list of similar papers, which has a place of its own."""
    return bool(discussion.similar) and comment.author is not None and comment.author.login == _BOT


def _similar(count: int) -> str:
    return "a similar paper" if count == 1 else f"{count} similar papers"


def _rest(discussion: Discussion, cells: int) -> list[Line]:
    """What is not shown, which is said."""
    parts = []
    if discussion.left:
        parts.append(f"{discussion.left:,} more are on the site: O opens it")
    if discussion.skipped:
        count = len(discussion.skipped)
        parts.append(f"{count:,} {'comment' if count == 1 else 'comments'} could not be read")
    return [[], *paragraph("; ".join(parts), "faint", cells)] if parts else []
