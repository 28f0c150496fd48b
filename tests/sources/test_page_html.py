"""The data in the site's own HTML."""

from __future__ import annotations

import contextlib
import html
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.sources.answers import BadAnswerError
from paperstui.sources.page_html import HtmlPage


def page(props: Any, target: str = "DailyPapers", quote: str = '"') -> str:
    text = props if isinstance(props, str) else json.dumps(props)
    attribute = html.escape(text, quote=True)
    return (
        f"<!doctype html><html><body><p>x<p><br/><div class='SVELTE_HYDRATER' data-target={quote}{target}{quote} "
        f"data-props={quote}{attribute}{quote}><h1>x</h1></div><script>'<div data-props=\"\">'</script></body>"
    )


@pytest.mark.parametrize("quote", ['"', "'"])
def test_a_day(quote: str) -> None:
    found = HtmlPage(
        page({"dailyPapers": [{"title": 'a "quoted" & <b>'}], "dateString": "2026-06-04", "query": {}}, quote=quote)
    )
    assert (found.daily, found.found, found.date) == ([{"title": 'a "quoted" & <b>'}], [], "2026-06-04")


def test_a_search() -> None:
    found = HtmlPage(page({"dailyPapers": [], "searchResults": [{"title": "T"}]}))
    assert (found.daily, found.found) == ([], [{"title": "T"}])


def test_a_paper() -> None:
    props = {"paper": {"id": "2606.01234"}, "comments": [{}, {}], "organization": {"name": "lab"}, "upvoters": []}
    found = HtmlPage(page(props, "PaperContent"))
    assert found.found == [{"numComments": 2, "organization": {"name": "lab"}, "paper": {"id": "2606.01234"}}]


def test_other_parts_of_the_page_do_not_matter() -> None:
    text = page({"dailyPapers": [1]}, "SomethingElse") + page("{broken", "DailyPapers") + page({"dailyPapers": [2]})
    assert HtmlPage(text).daily == [2]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<html>",
        "<div data-props='{}'>",
        page({}),
        page("[]"),
        page("null"),
        page({"dailyPapers": "x"}),
        "<" * 5_000,
        page("[" * 100_000),
    ],
)
def test_a_page_without_papers_is_refused(text: str) -> None:
    with pytest.raises(BadAnswerError, match="no papers"):
        HtmlPage(text)


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", ["<", "<a ", "<!--", "<a x='", "&", " data-props='", "<a data-props='x'"])
def test_a_page_that_is_made_to_hurt_the_parser_does_not(piece: str) -> None:
    with pytest.raises(BadAnswerError):
        HtmlPage(piece * 200_000)


@given(st.text(), st.sampled_from(["DailyPapers", "PaperContent"]))
def test_any_html_is_papers_or_refused(text: str, target: str) -> None:
    for whole in (text, f"<{text}", page(text, target)):
        with contextlib.suppress(BadAnswerError):
            found = HtmlPage(whole)
            assert found.daily or found.found
