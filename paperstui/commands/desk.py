"""Opening the desk for one command, and closing it whatever happens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from paperstui import config, paths
from paperstui.commands.output import tell
from paperstui.text import mathematics
from paperstui.usecases import Desk


@contextmanager
def open_desk(*, writes: bool = False) -> Iterator[Desk]:
    """The desk over the user's own directories; what it has to say about them goes to standard error.

    writes: the command is there to change something. Where nothing can be, its own failure says so, and only that.
    """
    places = paths.standard()
    settings = config.load(places.settings)
    mathematics.use(settings.math)
    for problem in settings.problems:
        tell(problem)
    desk = Desk.open(places, settings)
    try:
        for notice in () if writes and desk.readonly else desk.notices:
            tell(notice)
        yield desk
    finally:
        desk.close()
