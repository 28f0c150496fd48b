"""The site's own HTML: all data of a page stands in it as JSON, in an attribute."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from paperstui.sources.answers import BadAnswerError, decode_json
from paperstui.sources.lenient import mapping

_TARGETS = {"DailyPapers", "PaperContent"}
_LISTS = ("dailyPapers", "searchResults", "papers")


class _Finder(HTMLParser):
    """Collects the `data-props` of the parts of the page that show papers."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - as it is called
        fields = dict(attrs)
        props = fields.get("data-props")
        if props and fields.get("data-target") in _TARGETS:
            self.found.append(props)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)


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
        finder = _Finder()
        finder.feed(text)
        finder.close()
        self.daily: list[Any] = []
        self.found: list[Any] = []
        self.date = ""
        for props in finder.found:
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
