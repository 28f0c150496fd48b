from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

import msgspec
import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from paperstui.export.digest.html_form import as_html
from paperstui.export.digest.json_form import as_json
from paperstui.export.digest.markdown_form import as_markdown
from paperstui.export.digest.text_form import SIGNATURE, WIDTH, as_text
from paperstui.export.json_form import KEYS
from paperstui.text.width import width
from tests.export.digest.samples import DOUBT, detail, digest
from tests.hostile import SHORT
from tests.hostile_papers import past_the_door

HOSTILE = [(name, text.encode("utf-8", "replace").decode()) for name, text in SHORT]
VOID = {"meta", "br"}


class Page(HTMLParser):
    """HTML as a strict reader takes it: its elements and its text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def named(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


def shown(tokens: list[Token]) -> str:
    """The text that Markdown shows."""
    return "".join(
        token.content if token.type in ("text", "code_inline") else " " if token.type == "softbreak" else ""
        for block in tokens
        for token in block.children or ()
    )


def test_text() -> None:
    wanted = """\
3 new papers
since Wed 3 Jun 2026, 07:30 UTC · most upvoted first

1. Paper 1: a bound of O(n²)
   ▲ 1,234 · 1 comment
   UC Berkeley · Ada Li, Bo Chen, José Álvarez and 2 more
   We show that paper 1 is right. It holds, e.g. for n > 3.5.
   arXiv         https://arxiv.org/abs/2606.00001
   Hugging Face  https://huggingface.co/papers/2606.00001
   Code          https://github.com/ada/paper
   Project       https://ada.example.org/(paper)

2. Paper 2: a bound of O(n²)
   ▲ 7 · Ada Li
   We show that paper 2 is right. It holds, e.g. for n > 3.5.
   arXiv         https://arxiv.org/abs/2606.00002
   Hugging Face  https://huggingface.co/papers/2606.00002

1 more new paper is not shown; this prints all:
    paperstui digest --since 2026-06-03 --top all

The digest of Wed 3 Jun 2026, 07:30 UTC with 12 papers may not have
reached you: its arrival was never confirmed. It is not sent again; this
prints it:
    paperstui digest --since 2026-06-02 --top all

--\N{SPACE}
paperstui digest --mail
"""
    ada = detail().paper.authors[:1]
    second = detail(2, authors=ada, organization=None, code_url="", project_url="", upvotes=7, comments=0)
    assert as_text(digest(detail(), second, found=3, doubts=(DOUBT,))) == wanted


def test_lines_of_text_are_short_except_for_addresses_and_commands() -> None:
    papers = [detail(number, title=text, abstract=text) for number, (_, text) in enumerate(HOSTILE, 1)]
    for line in as_text(digest(*papers, doubts=(DOUBT,))).splitlines():
        assert width(line) <= WIDTH or "https://" in line or "paperstui digest" in line, line
    assert SIGNATURE in as_text(digest(*papers)).splitlines()


def test_markdown() -> None:
    tokens = MarkdownIt("commonmark").parse(as_markdown(digest(found=2)))
    kinds = [token.tag for token in tokens if token.nesting == 1]
    assert kinds == ["h1", "p", "h2", "p", "p", "p", "p", "p"]
    links = [child.attrGet("href") for token in tokens for child in token.children or () if child.type == "link_open"]
    assert links == [
        "https://arxiv.org/abs/2606.00001",
        "https://arxiv.org/abs/2606.00001",
        "https://huggingface.co/papers/2606.00001",
        "https://github.com/ada/paper",
        "https://ada.example.org/%28paper%29",
    ]
    text = shown(tokens)
    for part in (
        "2 new papers",
        "1. Paper 1: a bound of O(n²)",
        "We show that paper 1 is right.",
        "paperstui digest --since 2026-06-03 --top all",
    ):
        assert part in text


@pytest.mark.parametrize(("name", "text"), HOSTILE, ids=[name for name, _ in HOSTILE])
@pytest.mark.parametrize("kind", ["commonmark", "gfm-like"])
def test_markdown_shows_what_the_paper_says(name: str, text: str, kind: str) -> None:
    del name
    made = digest(detail(title=text, abstract=text, organization=None))
    tokens = MarkdownIt(kind, {"html": True, "linkify": False}).parse(as_markdown(made))
    [story] = made.stories
    seen = " ".join(shown(tokens).split())
    assert " ".join(story.title.split()) in seen
    assert " ".join(story.text.split()) in seen
    assert {token.type for token in tokens} <= {
        "heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "hr",
    }  # fmt: skip
    inner = {child.type for token in tokens for child in token.children or ()}
    assert inner <= {"text", "link_open", "link_close", "code_inline", "text_special"}


def test_html() -> None:
    page = Page(as_html(digest(detail(), detail(2), found=3, query="a < b", doubts=(DOUBT,))))
    text = " ".join("".join(page.text).split())
    for part in (
        "3 new papers",
        "for a < b",
        "1. Paper 1: a bound of O(n²)",
        "▲ 1,234 · 1 comment",
        "UC Berkeley · Ada Li, Bo Chen, José Álvarez and 2 more",
        "It holds, e.g. for n > 3.5.",
        "1 more new paper is not shown",
        "paperstui digest --since 2026-06-02 --top all",
        "Made by paperstui digest --mail",
    ):
        assert part in text
    assert len(page.named("h2")) == 2
    hrefs = [attributes["href"] for attributes in page.named("a")]
    assert hrefs.count("https://arxiv.org/abs/2606.00002") == 2
    assert "https://github.com/ada/paper" in hrefs


ALLOWED = {"html", "head", "meta", "title", "body", "div", "h1", "h2", "p", "a", "b", "br", "span"}


def test_html_asks_nobody_for_anything_and_runs_nothing() -> None:
    papers = [
        detail(number, title=text, abstract=text, code_url=text, project_url=text)
        for number, (_, text) in enumerate(HOSTILE, 1)
    ]
    made = digest(*papers, found=1_000, query='"><script>alert(1)</script>', command="x <y> & 'z'")
    text = as_html(made)
    page = Page(text)
    assert {tag for tag, _ in page.elements} == ALLOWED
    for _, attributes in page.elements:
        assert set(attributes) <= {"style", "href", "dir", "lang", "charset", "name", "content"}
        assert re.match("https://", attributes.get("href", "https://"))
        assert not re.search(r"url\(|expression|@import|javascript", attributes.get("style", ""))
    for story in made.stories:
        assert story.title in "".join(page.text)


def test_html_sets_no_colour_that_light_or_dark_could_swallow() -> None:
    page = Page(as_html(digest(doubts=(DOUBT,), found=2)))
    for _, attributes in page.elements:
        for rule in attributes.get("style", "").split(";"):
            name, _, value = rule.partition(":")
            assert not name.startswith("background"), rule
            if name == "color":
                assert value == "inherit"
            if name == "opacity":
                assert float(value) > 0.7
    assert page.named("html")[0]["style"] == "color-scheme:light dark"
    assert {"name": "color-scheme", "content": "light dark"} in page.named("meta")


def test_html_is_one_column_that_a_phone_can_hold() -> None:
    page = Page(as_html(digest()))
    assert not page.named("table")
    [column] = [each["style"] for each in page.named("div") if "max-width" in each["style"]]
    assert "overflow-wrap:break-word" in column
    assert not re.search(r"(?<!max-)width:\d", as_html(digest()).replace("width=device-width", ""))


def test_json() -> None:
    made = as_json(digest(detail(), query="a b", found=9))
    assert list(made) == ["name", "query", "since", "made", "found", "papers"]
    assert (made["name"], made["query"], made["found"]) == ("default", "a b", 9)
    assert (made["since"], made["made"]) == ("2026-06-03T07:30:00+00:00", "2026-06-04T07:30:00+00:00")
    [paper] = made["papers"]
    assert tuple(paper) == (*KEYS, "sentences", "links")
    assert paper["sentences"] == "We show that paper 1 is right. It holds, e.g. for n > 3.5."
    assert paper["links"][2] == {"name": "Code", "url": "https://github.com/ada/paper"}
    assert json.loads(msgspec.json.encode(made)) == made


def test_no_form_fails_on_what_strangers_wrote() -> None:
    papers = []
    for item in past_the_door():
        fields: dict[str, Any] = {name: getattr(item.paper, name) for name in item.paper.__struct_fields__}
        papers.append(detail(**fields))
    made = digest(*papers)
    assert len(as_json(made)["papers"]) == len(papers)
    for text in (as_text(made), as_markdown(made), as_html(made)):
        assert "\x1b" not in text
        assert "\u202e" not in text
