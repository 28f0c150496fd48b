"""The reader on the screen. Only this package knows Textual; `draw` in it does not."""
