"""From the command line to the running app and back: settings, desk, terminal, exit status."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from paperstui.config import Settings
    from paperstui.usecases import Desk

# Textual reads these when it is imported. Frame pacing is the largest part of a keystroke; nothing here is animated.
os.environ.setdefault("TEXTUAL_FPS", "240")
os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")


def run(*, query: str = "", demo: bool = False) -> int:
    """Open the reader. Returns the exit status.

    Raises:
        PaperstuiError: the library cannot be opened.
    """
    from paperstui import config, paths
    from paperstui.usecases import Desk

    with ExitStack() as stack:
        if demo:
            root = Path(
                stack.enter_context(tempfile.TemporaryDirectory(prefix="paperstui-demo-", ignore_cleanup_errors=True))
            )
            desk = Desk.demonstration(paths.under(root))
            settings, banner = config.Settings(), "demonstration: invented papers"
        else:
            places = paths.standard()
            settings, banner = config.load(places.settings), ""
            desk = Desk.open(places, settings)
            desk.notices.extend(settings.problems)
        stack.callback(desk.close)
        status = _show(desk, settings, banner, query)
    _leave(status)
    return status


def _show(desk: Desk, settings: Settings, banner: str, query: str) -> int:
    from paperstui.lean import import_asyncio

    import_asyncio()
    from paperstui.tui.app import PaperstuiApp

    app = PaperstuiApp(desk, settings, banner=banner, query=query)
    app.run()
    app.background.close()
    if app.fault is not None:
        from paperstui.crash import report

        sys.stderr.write("".join(f"paperstui: {line}\n" for line in report(app.fault).splitlines()))
        return 70
    return app.return_code or 0


def _leave(status: int) -> None:
    """Leave at once even if a thread hangs in a look-up of a host name: everything that counts is on disk by now."""
    if any(thread is not threading.main_thread() and thread.is_alive() for thread in threading.enumerate()):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
