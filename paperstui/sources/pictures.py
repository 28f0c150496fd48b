"""Pictures from addresses that a paper's text or page names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperstui.documents.pictures import Picture, PictureError, shrunk
from paperstui.errors import SourceError
from paperstui.sources.addresses import host_of, usable
from paperstui.sources.answers import PICTURE, Answer, BadAnswerError

if TYPE_CHECKING:
    from paperstui.sources.http import Http


async def fetch_picture(http: Http, url: str) -> Picture:
    """The picture at an address, made small.

    Raises:
        SourceError: there is none, it cannot be reached or shown, or the address leads into a private network.
    """
    if not usable(url):
        raise SourceError("that is not an address on the web", kind="refused")
    if await http.leads_inside(url):
        raise SourceError(f"{host_of(url)} is inside this network, and is not asked for pictures", kind="refused")
    return await http.get(url, PICTURE, _read)


def _read(answer: Answer) -> Picture:
    try:
        return shrunk(answer.body)
    except PictureError as error:
        raise BadAnswerError(f"sent what cannot be shown: {error}", again=False) from None
