"""The smallest Textual app there can be, to compare with: one `Static` that says how many keys it was given."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Static

TEXT = "a bare application"
KEYS = "keys: "


class Bare(App[None]):
    """One widget, nothing of ours."""

    def __init__(self) -> None:
        super().__init__()
        self._keys = 0

    def compose(self) -> ComposeResult:
        """The one widget."""
        yield Static(f"{TEXT}, {KEYS}0", markup=False)

    def on_key(self, event: Key) -> None:
        """Show that a key came."""
        if event.key == "j":
            self._keys += 1
            self.query_one(Static).update(f"{TEXT}, {KEYS}{self._keys}")


if __name__ == "__main__":
    Bare().run()
