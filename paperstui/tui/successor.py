"""The terminal's driver that takes over from the first frame: no second alternate screen, which terminals clear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.drivers.linux_driver import LinuxDriver

from paperstui.tui.first_frame import ALTERNATE_SCREEN, Shown

if TYPE_CHECKING:
    from paperstui.tui.app import PaperstuiApp


class Successor(LinuxDriver):
    """Textual's driver. The frame that is there stays until something is painted over it."""

    _app: PaperstuiApp
    _over: Shown | None = None

    def start_application_mode(self) -> None:
        """Begin, the first time over the first frame; the modes to go back to are those that the terminal had before it."""
        shown, self._app.shown = self._app.shown, None
        self._over = shown
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if shown is not None and self._writer_thread is not None:
            self.attrs_before = shown.modes
            shown.take_over()

    def write(self, data: str) -> None:
        """Write to the terminal."""
        if self._over is not None and data == ALTERNATE_SCREEN:
            self._over = None
        else:
            super().write(data)
