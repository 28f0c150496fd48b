"""`NamedTuple` without `typing`, for what the first frame is drawn from: `typing` takes longer to import than the frame to draw.

Use it as the other one; a type checker is told that it is:

    TYPE_CHECKING = False
    if TYPE_CHECKING:
        from typing import NamedTuple
    else:
        from paperstui.light import NamedTuple
"""

from __future__ import annotations

from collections import namedtuple


class _Maker(type):
    """Makes a named tuple of a class with annotations."""

    def __new__(cls, name: str, bases: tuple[type, ...], space: dict[str, object]) -> type:
        if not bases:
            return super().__new__(cls, name, bases, space)
        fields = list(space.get("__annotations__", ()))  # type: ignore[call-overload]
        defaults = [space.pop(field) for field in fields if field in space]
        made: type = namedtuple(name, fields, defaults=defaults, module=str(space["__module__"]))  # type: ignore[misc]  # noqa: PYI024
        for key, value in space.items():
            if key not in ("__module__", "__qualname__"):
                setattr(made, key, value)
        return made


class NamedTuple(metaclass=_Maker):
    """The base of a class whose annotations become the fields of a tuple; methods and properties stay."""
