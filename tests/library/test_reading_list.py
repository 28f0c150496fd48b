from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from paperstui.library.reading_list import Queued, moved, places_behind

PLACES = st.one_of(
    st.integers(-50, 50).map(float),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([0.0, 1.0, 1.0000000000000002, 1e308, -1e308, 2.0**53, 5e-324]),
)
LISTS = st.lists(PLACES, max_size=12).map(
    lambda places: sorted(
        (Queued(number, f"p{number}", place) for number, place in enumerate(places)),
        key=lambda one: (one.place, one.rowid),
    )
)


def after_moving(listed: list[Queued], places: dict[str, float]) -> list[int]:
    now = [one._replace(place=places.get(one.id, one.place)) for one in listed]
    return [one.rowid for one in sorted(now, key=lambda one: (one.place, one.rowid))]


@given(LISTS, st.integers(0, 12), st.integers(0, 12), st.booleans())
def test_a_paper_comes_to_stand_beside_the_other_and_no_other_changes_its_turn(
    listed: list[Queued], paper: int, beside: int, after: bool
) -> None:
    order = [one.rowid for one in listed]
    now = after_moving(listed, moved(listed, paper, beside, after=after))
    if paper == beside or paper not in order or beside not in order:
        assert now == order
        return
    assert now.index(paper) == now.index(beside) + (1 if after else -1)
    assert [one for one in now if one != paper] == [one for one in order if one != paper]


def test_moving_writes_down_one_place_where_there_is_room() -> None:
    listed = [Queued(number, f"p{number}", float(number)) for number in range(1, 6)]
    assert moved(listed, 5, 2, after=False) == {"p5": 1.5}
    assert moved(listed, 1, 5, after=True) == {"p1": 6.0}
    assert moved(listed, 5, 1, after=False) == {"p5": 0.0}
    assert moved(listed, 2, 1, after=True) == {}, "it stands there"


def test_places_that_are_the_same_are_told_apart_by_new_ones_for_all() -> None:
    listed = [Queued(1, "p1", 7.0), Queued(2, "p2", 7.0), Queued(3, "p3", 7.0)]
    assert after_moving(listed, moved(listed, 3, 2, after=False)) == [1, 3, 2]


@given(LISTS, st.integers(1, 5))
def test_new_papers_come_last_in_their_order(listed: list[Queued], count: int) -> None:
    places = places_behind(listed, count)
    assert len(places) == count
    assert places == sorted(places)
    assert all(place >= listed[-1].place for place in places if listed)
