from __future__ import annotations

from datetime import date

from paperstui.query import VIEWS, compile_query, parse, view_named
from paperstui.query.tree import Flag, Sort, Text
from paperstui.query.views import custom_view


def test_the_views_have_names_titles_and_keys_of_their_own() -> None:
    assert [view.name for view in VIEWS] == ["today", "week", "month", "trending", "queue", "starred", "all", "unread"]
    assert len({view.title for view in VIEWS}) == len(VIEWS)
    assert [view.key for view in VIEWS] == [*"1234567", ""]


def test_a_view_is_found_by_its_name() -> None:
    assert all(view_named(view.name) is view for view in VIEWS)
    assert view_named("nothing") is None


def test_views_that_can_be_stepped_through_are_of_a_feed() -> None:
    assert [view.name for view in VIEWS if view.period] == ["today", "week", "month", "trending"]
    assert [view.feed for view in VIEWS if view.feed] == ["daily", "weekly", "monthly", "trending"]


def test_a_view_of_ones_own() -> None:
    view, problems = custom_view("robots", "Robots", "robot is:unread sort:upvotes", key="9")
    assert problems == ()
    assert view.tree == parse("robot is:unread").tree
    assert view.sort == (Sort("upvotes"),)
    assert view.key == "9"
    assert custom_view("x", "X", "robot")[0].sort == (Sort("listed"),)


def test_the_problems_of_a_view_are_reported_and_the_rest_holds() -> None:
    view, problems = custom_view("x", "X", "robot upvotes:many is:read")
    assert len(problems) == 1
    assert view.tree == parse("robot is:read").tree


def test_a_view_of_the_last_days_goes_with_the_days() -> None:
    view, _ = custom_view("fresh", "Fresh", "listed:7d")
    first = compile_query(parse(""), today=date(2026, 6, 4), base=view)
    later = compile_query(parse(""), today=date(2026, 6, 5), base=view)
    assert first.params == ("2026-05-28",)
    assert later.params == ("2026-05-29",)


def test_a_query_narrows_its_view() -> None:
    starred = view_named("starred")
    assert starred is not None
    assert starred.tree == Flag("starred")
    narrowed = compile_query(parse("robot"), today=date(2026, 6, 4), base=starred)
    assert narrowed.uses_text
    assert "p.starred = 1" in narrowed.sql
    assert parse("robot").tree == Text("robot")
