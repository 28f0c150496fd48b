"""When a service may be asked again: what it asked for, kept over a restart, and what we impose on ourselves.

Hugging Face counts requests in windows of five minutes, for each kind of address ("bucket") on its own, and tells in
every answer how many are left (https://huggingface.co/docs/hub/rate-limits).
"""

from __future__ import annotations

import contextlib
import json
import logging
import math
import os
import re
from collections.abc import Callable, Mapping
from datetime import timezone
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from paperstui import clock
from paperstui.errors import SaveError
from paperstui.paths import private_directory

DEFAULT_WAIT = 60.0
"""Seconds to wait when a service asks to wait but does not say sensibly for how long."""
LONGEST_WAIT = 3600.0
"""No service is obeyed for longer than this, in seconds."""

BLOCKED = "blocked"
"""Stands for all buckets of a service that refuses us altogether."""
BLOCKED_FOR = 86_400.0
"""Seconds for which it is left alone then: arXiv takes going on for an attack."""

_RATE_LIMIT = re.compile(r'"(\w{1,40})"\s*;\s*r\s*=\s*(\d{1,9})\s*;\s*t\s*=\s*(\d{1,9})')
_LOCK_SECONDS = 2.0
_log = logging.getLogger(__name__)


class RateLimit(NamedTuple):
    """How many requests a bucket has left, and in how many seconds it is full again."""

    bucket: str
    left: int
    reset: float


def rate_limit(headers: Mapping[str, str]) -> RateLimit | None:
    """What the header `RateLimit: "api";r=0;t=231` says, of several buckets the emptiest; None without it."""
    found = [
        RateLimit(name, int(left), float(reset))
        for name, left, reset in _RATE_LIMIT.findall(headers.get("ratelimit", ""))
    ]
    return min(found, key=lambda limit: limit.left, default=None)


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """The seconds that `Retry-After` asks to wait, from 1 to 3600; None without that header.

    A date is compared with the service's own `Date`, so that a wrong clock here does not matter. What cannot be meant
    (nothing, the past, words) is a minute.
    """
    text = headers.get("retry-after")
    if text is None:
        return None
    text = text.strip()
    try:
        seconds = float(text)
    except ValueError:
        until = _http_date(text)
        sent = _http_date(headers.get("date", ""))
        seconds = math.nan if until is None else until - (now if sent is None else sent)
    if not math.isfinite(seconds) or seconds <= 0:
        return DEFAULT_WAIT
    return min(max(seconds, 1.0), LONGEST_WAIT)


def wait_asked_for(headers: Mapping[str, str], now: float) -> float:
    """How many seconds an answer of 429 asks to wait."""
    asked = retry_after(headers, now)
    limit = rate_limit(headers)
    if limit is not None and limit.left == 0 and limit.reset > 0:
        return min(max(limit.reset, asked or 0.0), LONGEST_WAIT)
    return asked or DEFAULT_WAIT


def bucket_of(url: str) -> str:
    """The bucket Hugging Face counts an address in: "api", "resolvers" or "pages"."""
    path = urlsplit(url).path
    if path.startswith("/api/"):
        return "api"
    return "resolvers" if "/resolve/" in path else "pages"


class Limits:
    """The times before which services must not be asked, by origin and bucket, shared by all processes through a file.

    A file that cannot be read or written costs only the sharing: what this process saw it still keeps.
    path: where that file is.
    """

    def __init__(self, path: Path | None = None, *, now: Callable[[], float] = clock.wall) -> None:
        self.path = path
        self._now = now
        self._known: dict[str, float] = {}
        self._seen: tuple[int, int, int] | None = None

    def not_before(self, origin: str, bucket: str) -> float:
        """The Unix time before which this bucket must not be asked; 0 when it may be asked now."""
        self._catch_up()
        key = f"{origin} {bucket}"
        until = self._known.get(key, 0.0)
        return until if self._believable(key, until) else 0.0

    def pause(self, origin: str, bucket: str, until: float) -> None:
        """Do not ask a bucket before a Unix time; an earlier one than is known changes nothing. Blocks on the file."""
        key = f"{origin} {bucket}"
        self._known[key] = max(until, self.not_before(origin, bucket))
        if self.path is not None:
            self._save(key)

    def _believable(self, key: str, until: float) -> bool:
        # Nothing is written for further ahead than the longest wait, so the clock was set back since.
        longest = BLOCKED_FOR if key.endswith(f" {BLOCKED}") else LONGEST_WAIT
        return self._now() < until <= self._now() + longest + 60

    def _catch_up(self) -> None:
        if self.path is None:
            return
        try:
            found = self.path.stat()
            seen = (found.st_ino, found.st_mtime_ns, found.st_size)
            if seen != self._seen:
                self._merge(json.loads(self.path.read_bytes()[:1_000_000]))
                self._seen = seen
        except (OSError, ValueError, RecursionError):
            return

    def _merge(self, stored: object) -> None:
        times = stored.get("not_before") if isinstance(stored, dict) else None
        for key, until in (times if isinstance(times, dict) else {}).items():
            if isinstance(until, (int, float)) and self._believable(key, until):
                self._known[key] = max(float(until), self._known.get(key, 0.0))

    def _save(self, key: str) -> None:
        from filelock import FileLock, Timeout

        path = self.path
        if path is None:
            return
        new = path.with_name(f"{path.name}.{os.getpid()}.new")
        try:
            private_directory(path.parent)
            with FileLock(path.with_name(path.name + ".lock"), timeout=_LOCK_SECONDS, mode=0o600):
                self._catch_up()
                # A copy, because another thread may learn of a pause meanwhile.
                kept = {name: until for name, until in dict(self._known).items() if self._believable(name, until)}
                with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600), "w") as file:
                    json.dump({"v": 1, "not_before": kept}, file)
                    file.flush()
                    os.fsync(file.fileno())
                new.replace(path)
        except (OSError, Timeout, SaveError) as error:
            _log.info("the pause for %s was not saved: %s", key, type(error).__name__)
            with contextlib.suppress(OSError):
                new.unlink(missing_ok=True)


def _http_date(text: str) -> float | None:
    try:
        found = parsedate_to_datetime(text)
    except (TypeError, ValueError, OverflowError):
        return None
    if found.tzinfo is None:
        found = found.replace(tzinfo=timezone.utc)
    try:
        return found.timestamp()
    except (OverflowError, ValueError, OSError):
        return None
