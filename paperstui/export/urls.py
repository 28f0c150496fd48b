"""The addresses of a paper. Each is "" where there is none, and none holds anything but printable ASCII."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from paperstui.models import TextSource
else:
    Protocol = object

HUGGING_FACE = "https://huggingface.co"
_ARXIV = "https://arxiv.org"
_DOI = "10.48550/arXiv."  # the prefix under which arXiv registers every paper
_LONGEST_SEARCH = 250  # characters the site's search takes


class Named(Protocol):
    """What an address is made from: a paper, or a row of the list."""

    @property
    def id(self) -> str:
        """The paper id."""

    @property
    def title(self) -> str:
        """The title as the source wrote it."""

    @property
    def text_source(self) -> TextSource:
        """Who wrote it."""


def valid_arxiv_id(paper: Named) -> str:
    """The paper's arXiv id, or "" if it has none or one that is not well formed."""
    if _is_of_today(paper.id):
        return paper.id
    from paperstui.text.titles import arxiv_id

    return paper.id if arxiv_id(paper.id) == paper.id else ""


def _is_of_today(name: str) -> bool:
    """Whether it is an id as arXiv gives them out since 2007, which is seen at a glance: "2506.01234"."""
    month, dot, number = name[:4], name[4:5], name[5:]
    return (
        name.isascii() and dot == "." and month.isdigit() and "01" <= month[2:] <= "12"
        and len(number) in (4, 5) and number.isdigit()
    )  # fmt: skip


def abs_url(paper: Named) -> str:
    """The abstract page on arXiv."""
    known = valid_arxiv_id(paper)
    return f"{_ARXIV}/abs/{known}" if known else ""


def pdf_url(paper: Named) -> str:
    """The PDF on arXiv, newest version."""
    known = valid_arxiv_id(paper)
    return f"{_ARXIV}/pdf/{known}" if known else ""


def hf_url(paper: Named, endpoint: str = HUGGING_FACE) -> str:
    """The page on Hugging Face; for a paper without an arXiv id, the search for its title there."""
    base = endpoint.rstrip("/")
    known = valid_arxiv_id(paper)
    if known:
        return f"{base}/papers/{known}"
    from urllib.parse import quote

    title = plain_title(paper)[:_LONGEST_SEARCH]
    return f"{base}/papers?q={quote(title, safe='')}" if title else ""


def doi(paper: Named) -> str:
    """The DOI under which arXiv registered the paper, without a resolver."""
    known = valid_arxiv_id(paper)
    return _DOI + known if known else ""


def link(paper: Named, endpoint: str = HUGGING_FACE) -> str:
    """The address to give to somebody else: the abstract page on arXiv, else what Hugging Face has."""
    return abs_url(paper) or hf_url(paper, endpoint)


def plain_title(paper: Named) -> str:
    """The title as Unicode, on one line, whatever the settings say: what it is searched and told from others by."""
    from paperstui.text.latex import to_unicode

    return " ".join(to_unicode(paper.title, bare=paper.text_source != "arxiv").split())


def shown_title(paper: Named) -> str:
    """The title on one line, with its mathematics as the settings say."""
    return " ".join(in_writing(paper.title, bare=paper.text_source != "arxiv").split())


def in_writing(text: str, *, bare: bool) -> str:
    """A text as it leaves paperstui, with its mathematics as the settings say; what the reader shows for now is no matter."""
    from paperstui.text.mathematics import setting, shown

    return shown(text, bare=bare, mode=setting())
