from __future__ import annotations

import pytest

from paperstui.documents.blocks import Paragraph, Reference, plain, words
from paperstui.documents.citations import linked
from paperstui.documents.markdown import markdown_blocks

ENTRIES = "\n\n## References\n\n[1] A. Bach. *Stones*.\n\n[2] L. Wei. Rivers.\n\n## Appendix\n\n[3] is text."


def test_entries_become_references_and_citations_lead_to_them() -> None:
    blocks = linked(markdown_blocks("As [1, 2] and [7] show, `a[1]` is not." + ENTRIES))
    assert [(b.label, plain(b.spans), b.key) for b in blocks if isinstance(b, Reference)] == [
        ("[1]", "A. Bach. Stones.", "ref-1"),
        ("[2]", "L. Wei. Rivers.", "ref-2"),
    ]
    first = blocks[0]
    assert isinstance(first, Paragraph)
    assert [(span.text, span.target) for span in first.spans if span.target] == [("1", "ref-1"), ("2", "ref-2")]
    assert words(first) == "As [1, 2] and [7] show, a[1] is not."
    assert isinstance(blocks[-1], Paragraph)


@pytest.mark.parametrize("key", ["bib.bib2", "ref-2", "cite.002"])
def test_links_to_entries_by_other_names_lead_to_them(key: str) -> None:
    first = linked(markdown_blocks(f"As [Wei](#{key}) shows." + ENTRIES))[0]
    assert isinstance(first, Paragraph)
    assert [span.target for span in first.spans if span.target] == ["ref-2"]


def test_a_numbered_list_is_a_bibliography_too() -> None:
    blocks = linked(markdown_blocks("See [2].\n\n# 7. References\n\n1. One.\n2. Two.\n"))
    assert [b.label for b in blocks if isinstance(b, Reference)] == ["[1]", "[2]"]


def test_a_text_without_a_bibliography_stays() -> None:
    blocks = markdown_blocks("As [1] shows.\n\n## More\n\n[2] x")
    assert linked(blocks) == blocks
