"""`paperstui open`: a paper's page, code or project in the browser, its PDF in the viewer."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from paperstui import config, paths
from paperstui.commands.desk import open_desk
from paperstui.commands.output import progress, say, tell
from paperstui.errors import PaperstuiError, UsageError
from paperstui.export.urls import abs_url, hf_url

if TYPE_CHECKING:
    from paperstui.models import Paper
    from paperstui.outside.opener import Opened
    from paperstui.usecases import Desk

PAGES: dict[str, tuple[str, Callable[[Paper], str]]] = {
    "page": (
        "its page on arXiv, else on Hugging Face",
        lambda paper: abs_url(paper) or hf_url(paper),
    ),
    "site": ("its page on Hugging Face", hf_url),
    "code": ("its code repository", lambda paper: paper.code_url),
    "project": ("its project page", lambda paper: paper.project_url),
}
"""What can be opened in the browser: what it is, and its address."""


def add(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    del name
    parser.description = (
        "Open the page of a paper, or what belongs to it. A PDF is downloaded once; its file is printed."
    )
    parser.add_argument("id", metavar="ID", help="the id of a paper of the library, or its address")
    which = parser.add_mutually_exclusive_group()
    for page, (what, _) in list(PAGES.items())[1:]:
        which.add_argument(f"--{page}", dest="what", action="store_const", const=page, help=what)
    which.add_argument("--pdf", dest="what", action="store_const", const="pdf", help="its PDF, in the viewer")
    parser.add_argument("--anyway", action="store_true", help="also what does not lead where it seems to")
    parser.set_defaults(run=open_paper, what="page")


def open_paper(arguments: argparse.Namespace) -> int:
    """Open one thing of a paper."""
    from paperstui.outside import opener

    settings = config.load(paths.standard().settings)
    with open_desk() as desk:
        detail = desk.find(arguments.id)
        if detail is None:
            from paperstui.usecases.viewing import not_here

            raise not_here(arguments.id)
        paper = detail.paper
        if arguments.what == "pdf":
            file = _fetched(desk, paper)
            say(str(file))
            _wait(opener.open_pdf(file, viewer=settings.pdf_viewer))
            return 0
    address = PAGES[arguments.what][1](paper)
    if not address:
        raise PaperstuiError(f"{paper.id} has no such page")
    _warn(address, anyway=arguments.anyway)
    _wait(opener.open_url(address, browser=settings.browser))
    tell(f"opened {address}")
    return 0


def _warn(address: str, *, anyway: bool) -> None:
    from paperstui.outside.odd_links import oddness

    odd = oddness(address)
    if odd and not anyway:
        raise UsageError(f"this leads to {odd}: --anyway opens it")


def _wait(opened: Opened) -> None:
    from paperstui.outside import opener

    if opened.needs_terminal:
        opener.run_in_terminal(opened.argv)


def _fetched(desk: Desk, paper: Paper) -> Path:
    """The file of the PDF."""
    from paperstui.commands.running import run

    found = desk.pdfs.here(paper)
    if found is not None:
        return found
    files: list[Path] = []

    async def fetch() -> None:
        try:
            with progress() as advance:

                def came(done: int, whole: int | None) -> None:
                    if whole:
                        advance(done // 1024, -(-whole // 1024), "kB of the PDF")

                others = partial(tell, "another paperstui is fetching it …")
                files.append(await desk.pdfs.fetch(paper, progress=came, others=others))
        finally:
            await desk.disconnect()

    tell("asking arXiv for the PDF …")
    run(fetch)
    return files[0]
