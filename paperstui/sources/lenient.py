"""Fields out of foreign JSON: what has another type than it should have counts as not said, and never fails."""

from __future__ import annotations

import math
from datetime import date, datetime, timezone
from typing import Any

from paperstui.sources.answers import MAX_INTEGER
from paperstui.text.clean import clean, clean_line, safe_url

_YEARS = range(1990, 2101)
_LONGEST_TIME = 40
_MOST_DIGITS = 16


def mapping(value: object) -> dict[str, Any]:
    """An object, or an empty one."""
    return value if isinstance(value, dict) else {}


def sequence(value: object, limit: int) -> list[Any]:
    """The first so many elements of an array, or none."""
    return value[:limit] if isinstance(value, list) else []


def line(value: object, limit: int = 1_000) -> str:
    """Clean text on one line, or nothing."""
    return clean_line(value, limit) if isinstance(value, str) and value else ""


def block(value: object, limit: int = 20_000) -> str:
    """Clean text with its line breaks, or nothing."""
    return clean(value, limit) if isinstance(value, str) and value else ""


def whole(value: object) -> int | None:
    """A count from 0 to 2**53; what is beyond becomes the nearer of the two, and what is no number None."""
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= _MOST_DIGITS:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(min(value, MAX_INTEGER)):
        return None
    return int(max(0, min(value, MAX_INTEGER)))


def flag(value: object) -> bool | None:
    """A truth value, or None."""
    return value if isinstance(value, bool) else None


def link(value: object, base: str = "") -> str:
    """An http(s) address that is safe to show and to open, or nothing. A path is one below `base`."""
    if not isinstance(value, str):
        return ""
    if base and value.startswith("/") and not value.startswith("//"):
        value = base + value
    return safe_url(value)


def moment(value: object) -> int | None:
    """An ISO time as Unix seconds, or None when it is none or far from the life of arXiv."""
    found = _time(value)
    return None if found is None else int(found.timestamp())


def day(value: object) -> str | None:
    """The UTC day of an ISO time, "2026-06-04", or None."""
    found = _time(value)
    return None if found is None else found.date().isoformat()


def iso_day(text: str) -> date | None:
    """A day that is written exactly as "2026-06-04", or None."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.isoformat() == text and found.year in _YEARS else None


def _time(value: object) -> datetime | None:
    if not isinstance(value, str) or len(value) > _LONGEST_TIME:
        return None
    try:
        found = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    if found.year not in _YEARS:
        return None
    return found.replace(tzinfo=timezone.utc) if found.tzinfo is None else found.astimezone(timezone.utc)
