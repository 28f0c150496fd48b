"""Importing what is needed without what it drags along but can do without, in its own words: "except ImportError".

To be called before any other thread runs. Whoever imports what was left out later gets it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


def import_msgspec() -> None:
    """Import msgspec without `typing_extensions`, of which it takes three names that `typing` has as well.

    The rest of that module, with `inspect` and the compiler's tools behind it, takes as long to import as printing a list.
    """
    with _absent("typing_extensions", needed_by="msgspec"):
        import msgspec  # noqa: F401


def import_asyncio() -> None:
    """Import asyncio without `ssl`, which brings all of OpenSSL: a tenth of the reader's memory before anything is fetched.

    asyncio's own TLS is not used: httpx speaks it through anyio, which imports `ssl` itself.
    """
    with _absent("ssl", needed_by="asyncio"):
        import asyncio  # noqa: F401


@contextmanager
def _absent(name: str, *, needed_by: str) -> Iterator[None]:
    """While it lasts, importing a module fails as if there were none; nothing, if one of the two is imported already."""
    if name in sys.modules or needed_by in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment] # what `import` takes for "there is none"
    try:
        yield
    finally:
        del sys.modules[name]
