"""What is used of the elements that selectolax makes; the package is an extra, so its own types are not imported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol


def kinds_of(node: Node) -> frozenset[str]:
    """The classes of an element."""
    return frozenset((node.attributes.get("class") or "").split())


class Node(Protocol):
    """An element of a page, or text ("-text") or a comment ("-comment") between elements."""

    @property
    def tag(self) -> str:
        """Its name in lower case."""

    @property
    def attributes(self) -> Mapping[str, str | None]:
        """Its attributes."""

    @property
    def text_content(self) -> str | None:
        """What a text says."""

    @property
    def first_child(self) -> Node | None:
        """The first node in it."""

    @property
    def next(self) -> Node | None:
        """The node behind it."""

    @property
    def parent(self) -> Node | None:
        """What it is in."""

    def text(self) -> str:
        """All text in it."""

    def css(self, query: str) -> Sequence[Node]:
        """The elements in it that a selector names."""

    def css_first(self, query: str) -> Node | None:
        """The first of them."""

    def decompose(self) -> None:
        """Take it out of the page."""
