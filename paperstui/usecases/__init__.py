"""What the screen and the commands may ask for. `Desk` is the one façade; nothing above it touches a store or a source."""

from paperstui.usecases.desk import Desk
from paperstui.usecases.results import Beginning, Decision, Place, Refreshed, Selection
from paperstui.usecases.selecting import NOWHERE, Question, Stay

__all__ = ["NOWHERE", "Beginning", "Decision", "Desk", "Place", "Question", "Refreshed", "Selection", "Stay"]
