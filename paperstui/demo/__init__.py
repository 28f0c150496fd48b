"""Invented papers to try the reader with, and to test and measure it.

`generator` makes them, `library` puts them into a library.
"""

from paperstui.demo.library import fill

__all__ = ["fill"]
