"""Parts of a page of LaTeXML that are read in a way of their own: authors, and the words in drawings."""

from __future__ import annotations

from collections.abc import Callable

from paperstui.documents.blocks import Inline, Spans, plain
from paperstui.documents.formulas import formula
from paperstui.documents.html_node import Node
from paperstui.documents.html_text import tex_of
from paperstui.text.clean import clean

_PROSE = 60
"""Characters of a text in a drawing from which on it is prose in a box rather than the name of something drawn."""

_MOST_CONTACTS = 100  # of one author; where there are more, they are text like all else
_MOST_WORDS = 400
_MOST_LABELS = 2_000


def authored(node: Node, spans_of: Callable[[Node], Spans], *, first: bool) -> list[Inline]:
    """An author's name, and where to find them in parentheses. first: nobody stands in front."""
    found = node.css(".ltx_contact")
    if len(found) > _MOST_CONTACTS:
        return [*([] if first else [Inline(", ")]), *spans_of(node)]
    contacts = [spans for contact in found if (spans := spans_of(contact))]
    for notes in node.css(".ltx_author_notes"):
        if notes.css_first(".ltx_contact") is not None:
            notes.decompose()
    name = spans_of(node)
    made: list[Inline] = [*([] if first or not name else [Inline(", ")]), *name]
    for index, spans in enumerate(contacts):
        made += [Inline(", " if index else " ("), *spans]
    return [*made, Inline(")")] if contacts else made


def drawn_words(node: Node) -> tuple[list[Node], str]:
    """The boxes of a drawing, if any holds prose, and else its words in a row, or ""."""
    boxes = _boxes(node)
    if any(len(box.text().strip()) >= _PROSE and _says_more(box) for box in boxes):
        return boxes, ""
    words: list[str] = []
    for box in boxes:
        maths = [plain(formula(tex_of(math))) for math in box.css("math")]
        for math in box.css("math"):
            math.decompose()
        words += [" ".join(part.split()) for part in (clean(box.text(), _MOST_WORDS), *maths) if part.strip()]
    text = " · ".join(words)
    return [], f"{text[:_MOST_WORDS]} …" if len(text) > _MOST_WORDS else text


def _says_more(box: Node) -> bool:
    """Whether there is a paragraph in a box, or text rather than a formula, which says everything several times."""
    return box.css_first("math") is None or any(
        box.css_first(kind) is not None for kind in (".ltx_p", ".ltx_para", "p")
    )


def _boxes(node: Node) -> list[Node]:
    """The boxes of a drawing itself; those of drawings within them are not its own."""
    found: list[Node] = []
    waiting = [node.first_child]
    while waiting and len(found) < _MOST_LABELS:
        child = waiting.pop()
        if child is None:
            continue
        waiting.append(child.next)
        if child.tag.lower() == "foreignobject":
            found.append(child)
        elif not child.tag.startswith("-"):
            waiting.append(child.first_child)
    return found
