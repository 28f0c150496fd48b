"""What a reader is shown for a query, against the simple evaluation of the same query over the same papers."""

from __future__ import annotations

import atexit
import shutil
import sqlite3
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from paperstui import paths
from paperstui.config import Settings
from paperstui.library import functions
from paperstui.library.store import Library
from paperstui.query import Query, parse, view_named
from paperstui.query.readings import readings
from paperstui.query.tree import Regex, leaves
from paperstui.query.views import View
from paperstui.text.clean import clean_line
from paperstui.usecases import Desk, Place
from tests.query.nasty import NASTY
from tests.query.papers import TODAY, Paper, fill, invented
from tests.query.queries import HOW_MANY, arbitrary, periods, sensible
from tests.query.reference import found

PAPERS = 300
VIEWS = ("all", "starred", "unread", "queue")
FEEDS = ("daily", "weekly", "trending", "imported", "arxiv:cs.CL")


@cache
def desk() -> tuple[Desk, list[Paper]]:
    """A desk over a library on disk, for all examples: what it remembers of one query must not spoil the next."""
    directory = tempfile.mkdtemp(prefix="paperstui-test-")
    atexit.register(shutil.rmtree, directory, ignore_errors=True)
    places = paths.under(Path(directory))
    places.make()
    Library.open(places).close()
    papers = invented(PAPERS, seed=11)
    with closing(sqlite3.connect(places.library, isolation_level=None)) as connection:
        functions.register(connection)
        fill(connection, papers)
    opened = Desk.open(places, Settings(), offline=True)
    atexit.register(opened.close)
    return opened, papers


places_shown = st.one_of(
    st.sampled_from(VIEWS).map(Place),
    st.builds(lambda feed, period: Place(f"feed:{feed}", period), st.sampled_from(FEEDS), periods),
    st.builds(lambda period: Place("today", period), st.sampled_from(["2026-06-04", "2026-06-03", "2026-05-28"])),
)


def view_of(place: Place) -> View:
    feed = place.view.removeprefix("feed:")
    if feed == place.view:
        found = view_named(place.view)
        assert found is not None
        return found
    if place.period is None:
        return View(name=place.view, title=feed, tree=parse(f"feed:{feed}").tree)
    return View(name=place.view, title=feed, feed=feed, period=True)


@settings(max_examples=HOW_MANY or 500, deadline=None)
@given(text=sensible, typing=st.booleans(), place=places_shown)
def test_what_is_shown_is_what_the_reference_finds(text: str, typing: bool, place: Place) -> None:
    opened, papers = desk()
    query = parse(text, typing=typing)
    selection = opened.select(place, text, typing=typing, ranked=False)
    if query.problems:
        assert selection.problem == query.problems[0].message
        return
    expected = found(query, papers, TODAY, view_of(place), place.period)
    if typing and not expected:
        query, expected = _otherwise(query, text, papers, place)
    assert selection.problem == ""
    assert sorted(selection.ids) == sorted(expected)
    if not any(sort.key == "relevance" for sort in query.sort):
        assert list(selection.ids) == expected
    assert selection.total == len(found(Query(), papers, TODAY, view_of(place), place.period))
    read = {paper["rowid"] for paper in papers if paper["read"]}
    assert selection.unread == len(set(expected) - read)
    assert [row.rowid for row in selection.rows] == list(selection.ids)[: len(selection.rows)]


def _otherwise(query: Query, text: str, papers: list[Paper], place: Place) -> tuple[Query, list[int]]:
    """The first other reading of a query that finds nothing, and what it finds; the query itself if there is none."""
    if any(isinstance(leaf, Regex) for leaf, _ in leaves(query.tree)):
        return query, []
    others = ((other, found(other, papers, TODAY, view_of(place), place.period)) for other, _ in readings(text))
    return next((each for each in others if each[1]), (query, []))


@settings(max_examples=HOW_MANY or 300, deadline=None)
@given(text=st.one_of(arbitrary, st.sampled_from(NASTY)), typing=st.booleans(), ranked=st.booleans())
def test_anything_typed_gives_papers_or_a_message(text: str, typing: bool, ranked: bool) -> None:
    opened, _ = desk()
    selection = opened.select(Place("all"), text, typing=typing, ranked=ranked)
    if selection.problem:
        assert selection.problem == clean_line(selection.problem)
        assert str(selection.error()) == selection.problem
    assert len(set(selection.ids)) == len(selection.ids)
