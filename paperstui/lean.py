"""Importing what every command needs without what it drags along."""

from __future__ import annotations

import sys


def import_msgspec() -> None:
    """Import msgspec so that it does not import `typing_extensions`.

    It takes two functions from there if it can and has `typing` for them otherwise; the rest of that module, with
    `inspect` and the compiler's tools behind it, takes as long to import as printing a list. To be called before any
    other thread runs. Whoever imports `typing_extensions` later gets it.
    """
    if "msgspec" in sys.modules or "typing_extensions" in sys.modules:
        return
    sys.modules["typing_extensions"] = None  # type: ignore[assignment] # "there is none", in the words of `import`
    try:
        import msgspec  # noqa: F401
    finally:
        del sys.modules["typing_extensions"]
