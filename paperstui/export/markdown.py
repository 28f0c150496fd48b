"""Papers as a Markdown list (CommonMark, and safe in GitHub's dialect): for notes, mails and issues."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from paperstui.export.forms import Found
from paperstui.export.keys import day, year
from paperstui.export.markdown_text import inside, literal
from paperstui.export.plain import escaped, markdown_link, note_of
from paperstui.export.urls import pdf_url
from paperstui.models import Detail
from paperstui.text.clean import safe_url

MOST_AUTHORS = 8
"""Authors who are named; of more the first are, and the number of the others."""


def item(detail: Detail) -> str:
    """One paper as an item of a list: its title as a link, who and when, more links, and the user's own Markdown note."""
    paper = detail.paper
    facts = [escaped(_names(detail)), _date(detail), *map(escaped, paper.categories[:1])]
    facts += [
        f"[{name}](<{url}>)" for name, url in (("PDF", pdf_url(paper)), ("code", safe_url(paper.code_url))) if url
    ]
    facts += [escaped(f"#{tag}") for tag in detail.state.tags]
    lines = [f"- {markdown_link(paper)}"]
    if any(facts):
        lines[0] += "\\"
        lines.append("  " + literal(" · ".join(filter(None, facts))))
    if note := note_of(detail.state):
        lines += ["", inside(note, 2)]
    return "\n".join(lines) + "\n"


def pieces(papers: Iterable[Found]) -> Iterator[str]:
    """Papers as items of one list in their order."""
    for found in papers:
        yield item(found.detail)


def _names(detail: Detail) -> str:
    paper = detail.paper
    names = [" ".join(name.split()) for name in paper.shown_authors]
    total = max(len(names), paper.author_count or 0)
    if not names:
        return f"{total} author{'' if total == 1 else 's'}" if total else ""
    named = names[:MOST_AUTHORS]
    return ", ".join(named) + (f" and {total - len(named)} more" if total > len(named) else "")


def _date(detail: Detail) -> str:
    on, appeared = day(detail.paper), year(detail.paper)
    return on.isoformat() if on else str(appeared or "")
