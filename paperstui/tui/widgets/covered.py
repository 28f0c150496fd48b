"""Containers that their children cover: they draw nothing, since nobody would see it."""

from __future__ import annotations

from textual.containers import Container, Horizontal
from textual.geometry import Region
from textual.strip import Strip


class Covered(Container):
    """Something whose children take all of its room. Should they not, the screen behind it shows."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Nothing of its own."""
        del crop
        return []


class CoveredLine(Horizontal):
    """The same, side by side."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Nothing of its own."""
        del crop
        return []
