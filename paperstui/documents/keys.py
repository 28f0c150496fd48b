"""Keys of sections: what a link to `#3-2-method` leads to; and the numbers in front of headings."""

from __future__ import annotations

import re

_NUMBER = re.compile(
    r"(?:(?:Appendix|Chapter|Section|Part)\s+([A-Z]|[IVX]{1,7}|\d{1,3}(?:\.\d{1,3}){0,5})\b|([A-Z]|[IVX]{1,7})\.(?=\s)"
    r"|([A-Z](?:\.\d{1,3}){1,5}|\d{1,3}(?:\.\d{1,3}){0,5})\.?(?=\s))[.:]?\s+\S"
)
_OTHER = re.compile(r"[^\w\- ]")


class Keys:
    """Gives each heading the key that GitHub and Hugging Face would give it; none is given twice."""

    def __init__(self) -> None:
        self._given: dict[str, int] = {}

    def of(self, text: str) -> str:
        """The key for the next heading with this text; "" where there is nothing to make one of."""
        key = _OTHER.sub("", text[:200].lower()).strip().replace(" ", "-")
        if not key:
            return ""
        before = self._given.get(key, 0)
        self._given[key] = before + 1
        return f"{key}-{before}" if before else key


def number_of(heading: str) -> str:
    """The number that a heading begins with ("3.2", "A", "IV"), or ""."""
    found = _NUMBER.match(heading)
    return next(filter(None, found.groups())) if found else ""
