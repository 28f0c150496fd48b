from __future__ import annotations

from typing import TYPE_CHECKING

from paperstui.actions import BY_ID, Action
from paperstui.rows import Row

if TYPE_CHECKING:
    from typing import NamedTuple
else:
    from paperstui.light import NamedTuple


class Pair(NamedTuple):
    """Two things."""

    first: int
    second: str = "b"

    @property
    def both(self) -> str:
        """The two."""
        return f"{self.first}{self.second}"


def test_it_is_a_tuple_with_names() -> None:
    pair = Pair(1)
    assert pair == (1, "b")
    assert (pair.first, pair.second, pair.both) == (1, "b", "1b")
    assert pair._replace(second="c") == Pair(1, second="c")
    assert Pair._fields == ("first", "second")
    assert (Pair.__name__, Pair.__module__, Pair.__doc__) == ("Pair", __name__, "Two things.")
    assert repr(pair) == "Pair(first=1, second='b')"
    assert hash(pair) == hash((1, "b"))


def test_what_the_program_makes_with_it_has_its_fields() -> None:
    assert isinstance(BY_ID["star"], Action)
    assert BY_ID["star"].title == "Star"
    assert Row._fields[:4] == ("rowid", "id", "title", "title_plain")
