"""From the command line to the running app and back: first frame, settings, desk, terminal, exit status."""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from paperstui.config import Settings
    from paperstui.paths import Paths
    from paperstui.tui.first_frame import Shown
    from paperstui.usecases import Desk

# Textual reads these when it is imported. Frame pacing is the largest part of a keystroke; nothing here is animated.
os.environ.setdefault("TEXTUAL_FPS", "240")
os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")


def run(*, query: str = "", demo: bool = False) -> int:
    """Open the reader. Returns the exit status.

    Raises:
        PaperstuiError: the library cannot be opened.
    """
    # What is imported stays: looking through it for garbage again and again takes longer than painting. The app
    # switches it on again.
    gc.disable()
    shown = None
    if not query and not demo:
        from paperstui.tui.first_frame import show

        shown = show()
    try:
        status = _run(query, shown, demo=demo)
    finally:
        if shown is not None:
            shown.give_back()
    _leave(status)
    return status


def _run(query: str, shown: Shown | None, *, demo: bool) -> int:
    from contextlib import ExitStack
    from typing import cast

    from paperstui import config, paths
    from paperstui.lean import import_asyncio

    import_asyncio()
    desk: Desk
    with ExitStack() as stack:
        if demo:
            import tempfile
            from pathlib import Path

            from paperstui.usecases import Desk

            directory = tempfile.TemporaryDirectory(prefix="paperstui-demo-", ignore_cleanup_errors=True)
            desk = Desk.demonstration(paths.under(Path(stack.enter_context(directory))))
            settings, banner = config.Settings(), "demonstration: invented papers"
        else:
            places = paths.standard()
            settings, banner = config.load(places.settings), ""
            if shown is None:
                desk = _open(places, settings)
            else:
                from paperstui.tui.late import LateDesk

                desk = cast("Desk", LateDesk(lambda: _open(places, settings)))
        stack.callback(desk.close)
        return _show(desk, settings, banner, query, shown)


def _open(places: Paths, settings: Settings) -> Desk:
    from paperstui.usecases import Desk

    desk = Desk.open(places, settings)
    desk.notices.extend(settings.problems)
    return desk


def _show(desk: Desk, settings: Settings, banner: str, query: str, shown: Shown | None) -> int:
    from paperstui.tui.app import PaperstuiApp

    app = PaperstuiApp(desk, settings, banner=banner, query=query, shown=shown)
    app.run()
    app.background.close()
    if app.failure is not None:
        raise app.failure
    if app.fault is not None:
        from paperstui.crash import report

        sys.stderr.write("".join(f"paperstui: {line}\n" for line in report(app.fault).splitlines()))
        return 70
    return app.return_code or 0


def _leave(status: int) -> None:
    """Leave at once even if a thread hangs in a look-up of a host name: everything that counts is on disk by now."""
    import threading

    if any(thread is not threading.main_thread() and thread.is_alive() for thread in threading.enumerate()):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
