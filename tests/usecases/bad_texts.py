"""What services may send instead of a full text, by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tests.documents.pages import FRAME, PROSE
from tests.documents.pdfs import pdf
from tests.server import ArxivServer
from tests.server.hub import Reply
from tests.server.wire import Server

PAGE = "text/html; charset=utf-8"
MB = 2**20


class BadText(NamedTuple):
    """An answer that is no text: where it comes from, its bytes, what they are said to be, what the user is told ("a|b")."""

    form: str
    made: Callable[[], bytes]
    kind: str
    said: str

    def serve(self, paper: str, hugging_face: Server, arxiv: ArxivServer) -> None:
        """Let the service send it for the text of a paper."""
        if self.form == "markdown":
            hugging_face.hub.texts[paper] = Reply(200, {"Content-Type": self.kind}, self.made())
        else:
            arxiv.arxiv.texts[f"/{self.form}/{paper}"] = (self.kind, self.made())

    def told_in(self, text: str) -> bool:
        """Whether a text says what is the matter; how it is broken into lines does not count."""
        return any(part in " ".join(text.split()) for part in self.said.split("|"))


def noise(size: int) -> bytes:
    """Bytes that are nothing at all, and the same each time."""
    return bytes(range(256)) * (size // 256)


_FAULTS: dict[str, tuple[str, Callable[[], bytes], str, str]] = {
    "a page in disguise": ("markdown", lambda: b"<!DOCTYPE html>" + PROSE.encode() * 50, "text/markdown", "a web page"),
    "a page that says it is one": ("markdown", lambda: b"<html>" + PROSE.encode() * 50, PAGE, "a web page"),
    "bytes as Markdown": ("markdown", lambda: noise(12 * MB), "text/markdown", "is no text"),
    "too much Markdown": ("markdown", lambda: noise(20 * MB), "text/markdown", "more than 16 MB"),
    "bytes as a page": ("html", lambda: noise(12 * MB), PAGE, "not a paper"),
    "too large a page": ("html", lambda: noise(20 * MB), PAGE, "more than 16 MB"),
    "a page of tags": ("html", lambda: FRAME.format("<b>x" * 500_000).encode(), PAGE, "nested too deeply"),
    "bytes as a PDF": ("pdf", lambda: noise(20 * MB), "application/pdf", "not a PDF"),
    "bytes in a PDF": ("pdf", lambda: b"%PDF-1.7\n" + noise(20 * MB) + b"%%EOF", "application/pdf", "damaged"),
    "a PDF that is cut off": ("pdf", lambda: pdf([["Words."] * 50] * 9)[:-400], "application/pdf", "cut off"),
    "half a PDF": ("pdf", lambda: pdf([["Words."] * 50] * 9)[:900] + b"%%EOF", "application/pdf", "damaged|without text"),
    "a PDF with a password": ("pdf", lambda: pdf([["Words."] * 50], encrypted=True), "application/pdf", "locked with a password"),
    "a PDF of pictures": ("pdf", lambda: pdf([[]]), "application/pdf", "without text"),
}  # fmt: skip

FAULTS = {name: BadText(*each) for name, each in _FAULTS.items()}
