"""The site's own HTML: all data of a page stands in it as JSON, in an attribute."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from paperstui.sources.answers import BadAnswerError, decode_json
from paperstui.sources.lenient import mapping

_TARGETS = {"DailyPapers", "PaperContent"}
_PROPS = re.compile(r"\sdata-props=([\"'])")
_LISTS = ("dailyPapers", "searchResults", "papers")
_LONGEST_TAG_START = 10_000


class _Tag(HTMLParser):
    """Reads the attributes of a tag."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.attributes: dict[str, str | None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - as it is called
        self.attributes = dict(attrs)


def _tags(text: str) -> Iterator[dict[str, str | None]]:
    """The attributes of the tags that have `data-props`.

    Only those tags are given to the parser: it takes time that grows with the square of a page that is made to hurt it.
    """
    position = 0
    while (found := _PROPS.search(text, position)) is not None:
        value_end = text.find(found[1], found.end())
        tag_end = text.find(">", value_end)
        if value_end < 0 or tag_end < 0:
            return
        start = text.rfind("<", max(position, found.start() - _LONGEST_TAG_START), found.start())
        position = tag_end
        if start >= 0:
            tag = _Tag()
            tag.feed(text[start : tag_end + 1])
            yield tag.attributes


class HtmlPage:
    """What a saved page of the site holds.

    daily: the items of a list of Daily Papers. found: the items of a search, or the one paper of a paper's page.
    date: what the page calls its day, as written there.
    """

    def __init__(self, text: str) -> None:
        """Read a page.

        Raises:
            BadAnswerError: it is not a page of the site that holds papers.
        """
        self.daily: list[Any] = []
        self.found: list[Any] = []
        self.date = ""
        for attributes in _tags(text):
            props = attributes.get("data-props")
            if props and attributes.get("data-target") in _TARGETS:
                self._take(mapping(_decoded(props)))
        if not self.daily and not self.found:
            raise BadAnswerError("has no papers in it as the Daily Papers site writes them")

    def _take(self, props: dict[str, Any]) -> None:
        for name in _LISTS:
            if isinstance(props.get(name), list):
                (self.daily if name == "dailyPapers" else self.found).extend(props[name])
        if isinstance(props.get("dateString"), str):
            self.date = props["dateString"]
        if isinstance(props.get("paper"), dict):
            comments = props.get("comments")
            count = len(comments) if isinstance(comments, list) else None
            self.found.append(
                {"numComments": count, "organization": props.get("organization"), "paper": props["paper"]}
            )


def _decoded(props: str) -> object:
    try:
        return decode_json(props.encode("utf-8", "surrogatepass"))
    except BadAnswerError:
        return None
