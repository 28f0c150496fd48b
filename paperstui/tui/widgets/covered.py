"""Containers that their children cover: they draw nothing, since nobody would see it."""

from __future__ import annotations

from textual.containers import Container
from textual.geometry import Region, Size
from textual.strip import Strip


class Covered(Container):
    """Something whose children take all of its room. Should they not, the screen behind it shows."""

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        """Take another size; since nothing here scrolls by Textual's doing, nothing has to be laid out anew for it."""
        del layout
        return super()._size_updated(size, virtual_size, container_size, layout=False)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Nothing of its own."""
        del crop
        return []


class CoveredLine(Covered):
    """The same, side by side."""

    DEFAULT_CSS = "CoveredLine { layout: horizontal; }"
