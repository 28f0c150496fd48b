"""Addresses in a document, which may be anything that somebody wrote there."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import urljoin


def joined(base: str, address: str) -> str:
    """An address as it is seen from a page; "" for one that cannot be one. base: that of the page, "" where it has none.

    A bibliography may hold `http://[2001:db8/x`, which `urljoin` refuses; the text around it is worth reading all the same.
    """
    if not base:
        return address
    with suppress(ValueError):
        return urljoin(base, address)
    return ""
