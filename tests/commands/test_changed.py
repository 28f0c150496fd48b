from __future__ import annotations

import pytest

from paperstui.library.store import Library
from paperstui.models import Item, Paper
from paperstui.paths import Paths
from tests.commands.calling import Caller

AT = 1_780_272_000  # 1 June 2026


def version(library: Paths, number: int, title: str, abstract: str) -> None:
    """arXiv tells a version of the first paper."""
    paper = Paper(
        id="2606.00001", title=title, abstract=abstract, text_source="arxiv", version=number, version_at=AT + number
    )
    opened = Library.open(library)
    opened.upsert([Item(paper)], AT + number)
    opened.close()


def test_what_a_version_changed_as_json(call: Caller, library: Paths) -> None:
    version(library, 1, "Quiet models", "Loud data.\nIt costs $x^2$.")
    version(library, 2, "Quiet models", "Loud data.\nIt saves $x^2$.")
    found = call.good("show", "2606.00001", "--changes", "--json").json
    assert found["title"] == "Quiet models"
    assert found["changes"] == {
        "before": {"source": "arxiv", "version": 1, "title": "Quiet models", "abstract": "Loud data.\nIt costs x²."},
        "after": {"source": "arxiv", "version": 2, "title": "Quiet models", "abstract": "Loud data.\nIt saves x²."},
        "title": [{"kind": "same", "words": ["Quiet", "models"]}],
        "abstract": [
            {"kind": "same", "words": ["Loud", "data.", "\n", "It"]},
            {"kind": "gone", "words": ["costs"]},
            {"kind": "new", "words": ["saves"]},
            {"kind": "same", "words": ["x²."]},
        ],
    }
    assert "It −costs− +saves+ x²." in call.good("show", "2606.00001", "--changes").out


def test_the_text_of_hugging_face_has_no_version(call: Caller, library: Paths) -> None:
    version(library, 1, "Quiet models", "Loud data.")
    found = call.good("show", "2606.00001", "--changes", "--json").json["changes"]
    assert (found["before"]["source"], found["before"]["version"]) == ("hf", None)
    assert (found["after"]["source"], found["after"]["version"]) == ("arxiv", 1)


@pytest.mark.usefixtures("library")
def test_nothing_to_compare_with_is_said_and_only_where_it_was_asked_for(call: Caller) -> None:
    assert call.good("show", "2606.00001", "--changes", "--json").json["changes"] is None
    assert "changes" not in call.good("show", "2606.00001", "--json").json
