"""Where arXiv is. All of its hosts are one service, which wants one request in three seconds, whoever of us makes it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from paperstui.errors import UsageError
from paperstui.sources.addresses import origin_of, usable
from paperstui.text.clean import safe_url

SERVICE = "arxiv.org"
"""What the service is called where its hosts are meant together."""
VARIABLE = "PAPERSTUI_ARXIV_ENDPOINT"


class Arxiv(NamedTuple):
    """The addresses of arXiv without a slash at the end: the query API, the daily lists, the site, and ar5iv's pages."""

    api: str = "https://export.arxiv.org"
    lists: str = "https://rss.arxiv.org"
    site: str = "https://arxiv.org"
    ar5iv: str = "https://ar5iv.labs.arxiv.org"

    def covers(self, url: str) -> bool:
        """Whether a usable address is one of arXiv's, on whichever of its hosts."""
        host = (urlsplit(url).hostname or "").rstrip(".").lower()
        return host == SERVICE or host.endswith(f".{SERVICE}") or origin_of(url) in map(origin_of, self)


def arxiv_hosts(environment: Mapping[str, str] | None = None) -> Arxiv:
    """Where arXiv is; `PAPERSTUI_ARXIV_ENDPOINT` stands for all of its hosts.

    Raises:
        UsageError: that is not an http(s) address.
    """
    env = os.environ if environment is None else environment
    given = env.get(VARIABLE, "").strip().rstrip("/")
    if not given:
        return Arxiv()
    parts = urlsplit(given) if safe_url(given) else None
    if parts is None or parts.query or parts.fragment or not usable(given):
        raise UsageError("PAPERSTUI_ARXIV_ENDPOINT is not an address such as https://export.arxiv.org")
    return Arxiv(given, given, given, f"{given}/ar5iv")
