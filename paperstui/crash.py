"""What happens when paperstui itself is wrong: a log for whoever mends it, one screen for the user, no local variables."""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
import traceback
from datetime import datetime, timezone

from paperstui import __version__, paths
from paperstui.text.clean import clean_line

LARGEST_LOG = 1_000_000
"""Bytes after which the log is begun anew; the one before is kept as `.1`."""


def report(error: BaseException) -> str:
    """Write the crash to the log (0600) and return what to tell the user: what happened and where the log is."""
    what = f"{type(error).__name__}: {clean_line(error, 200)}"
    head = f"--- {datetime.now(timezone.utc).isoformat(timespec='seconds')} paperstui {__version__}"
    about = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {sys.platform}"
    lines = [f"a fault in paperstui itself: {what}", f"paperstui {__version__}, {about}"]
    try:
        text = "".join(traceback.format_exception(error, limit=-30))
        place = paths.standard()
        paths.private_directory(place.state)
        if place.log.exists() and place.log.stat().st_size > LARGEST_LOG:
            place.log.replace(place.log.with_suffix(".log.1"))
        descriptor = os.open(place.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.fchmod(descriptor, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8", errors="replace") as log:
            log.write(f"{head} {about}\n{text}\n")
        lines.append(f"the details are in {clean_line(place.log)}")
    except Exception:  # noqa: BLE001 - a crash report that crashes helps nobody
        lines.append("the log could not be written")
    lines.append("nothing you decided is lost: decisions are on disk before they are shown")
    return "\n".join(lines)
