"""What all use cases that fetch have in common: storing what came, whole, and telling what went wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import ParamSpec, TypeVar

from msgspec.structs import replace

from paperstui.errors import PaperstuiError, SourceError
from paperstui.usecases.results import Outcome

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R", bound=Outcome)


async def whole(store: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Store something in a thread; when the work is cancelled meanwhile, not before it is stored."""
    storing = asyncio.ensure_future(asyncio.to_thread(store, *args, **kwargs))
    try:
        return await asyncio.shield(storing)
    except asyncio.CancelledError:
        while not storing.done():
            with suppress(asyncio.CancelledError):
                await asyncio.wait([storing])
        # What went wrong with it is nobody's any more.
        storing.exception()
        raise


def failed(result: R, error: PaperstuiError) -> R:
    """The result with what ended it."""
    source = error if isinstance(error, SourceError) else None
    return replace(
        result,
        error=str(error),
        status=error.exit_status,
        kind=source.kind if source else "",
        retry_at=source.retry_at if source else None,
    )
