"""What the screen and the commands may ask for. `Desk` is the one façade; nothing above it touches a store or a source."""

from paperstui.usecases.desk import Desk
from paperstui.usecases.results import Decision, Place, Refreshed, Selection

__all__ = ["Decision", "Desk", "Place", "Refreshed", "Selection"]
