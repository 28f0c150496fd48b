"""Opening the desk for one command, and closing it whatever happens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from paperstui import config, paths
from paperstui.commands.output import tell
from paperstui.usecases import Desk


@contextmanager
def open_desk() -> Iterator[Desk]:
    """The desk over the user's own directories; what it has to say about them goes to standard error."""
    places = paths.standard()
    settings = config.load(places.settings)
    desk = Desk.open(places, settings)
    for problem in (*settings.problems, *desk.notices):
        tell(problem)
    try:
        yield desk
    finally:
        desk.close()
