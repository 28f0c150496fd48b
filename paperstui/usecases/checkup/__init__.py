"""The check-up: is everything in order, what is wrong if not, and what is to be done about it."""

from paperstui.usecases.checkup.examining import check_up
from paperstui.usecases.checkup.findings import Finding, State
from paperstui.usecases.checkup.repairing import Repair, repair

__all__ = ["Finding", "Repair", "State", "check_up", "repair"]
