"""Doors to the rest of the machine: the web browser and the clipboard."""
