"""What the screen and the commands may ask for. `Desk` is the one façade; nothing above it touches a store or a source.

Everything is imported when it is first named: the reader paints its first screen before it needs a desk.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from paperstui.usecases.asking import NOWHERE, Place, Stay
    from paperstui.usecases.desk import Desk
    from paperstui.usecases.results import Beginning, Decision, Refreshed, Selection
    from paperstui.usecases.selecting import Question

_WHERE = {
    "NOWHERE": "asking", "Place": "asking", "Stay": "asking", "Desk": "desk", "Beginning": "results",
    "Decision": "results", "Refreshed": "results", "Selection": "results", "Question": "selecting",
}  # fmt: skip

__all__ = ["NOWHERE", "Beginning", "Decision", "Desk", "Place", "Question", "Refreshed", "Selection", "Stay"]


def __getattr__(name: str) -> object:
    """One of the names above."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found: object = getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
    globals()[name] = found
    return found
