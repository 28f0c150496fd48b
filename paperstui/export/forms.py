"""The forms in which papers are written, and what each of them is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import NamedTuple

from paperstui.models import Detail, Listing


class Found(NamedTuple):
    """A paper to be written, and the listing by which it was found."""

    detail: Detail
    listing: Listing | None = None


Pieces = Callable[[Iterable[Found]], Iterator[str]]
"""Writes papers one after the other and keeps none of them; forms with citation keys go through them twice."""


class Form(NamedTuple):
    """A form: what it is called in words, how its files end, and the module and function that write it."""

    words: str
    endings: tuple[str, ...]
    module: str
    function: str = "pieces"


FORMS: dict[str, Form] = {
    "bibtex": Form("BibTeX", (".bib",), "paperstui.export.bibtex"),
    "biblatex": Form("biblatex", (), "paperstui.export.bibtex", "biblatex_pieces"),
    "ris": Form("RIS", (".ris",), "paperstui.export.ris"),
    "csl-json": Form("CSL-JSON", (), "paperstui.export.csl"),
    "markdown": Form("Markdown", (".md", ".markdown"), "paperstui.export.markdown"),
    "csv": Form("CSV", (".csv",), "paperstui.export.csv_form"),
    "json": Form("JSON", (".json",), "paperstui.export.json_form"),
}
"""By the names under which they are asked for."""


def form_of(file_name: str) -> str:
    """The form that a file's name tells by its ending; "" for none."""
    return next((name for name, form in FORMS.items() if file_name.lower().endswith(form.endings or ("\0",))), "")


def pieces(name: str, papers: Iterable[Found]) -> Iterator[str]:
    """The papers in a form, piece by piece. papers: may be gone through more than once, with the same result."""
    form = FORMS[name]
    write: Pieces = getattr(import_module(form.module), form.function)
    return write(papers)
