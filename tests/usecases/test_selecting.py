from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperstui import clock, paths
from paperstui.config import Settings
from paperstui.library.connect import InterruptedReadError
from paperstui.library.store import Library
from paperstui.query import VIEWS, compile_query, parse, view_named
from paperstui.query.readings import readings
from paperstui.query.regex import QueryTimeout, Regexp
from paperstui.query.tree import Flag, Query, all_of
from paperstui.usecases import NOWHERE, Beginning, Desk, Place, Selection, Stay, selecting
from tests.query.papers import database, invented
from tests.query.queries import HOW_MANY, sensible
from tests.usecases.reading import DAY, fill, item, write_journal

ALL = Place("all")
COUNTED = {"today": Place("today", DAY.isoformat()), "starred": Place("starred"), "all": ALL, "queue": Place("queue")}
QUERIES = (
    "",
    "d",
    "diff",
    "di model",
    "is:unread",
    "-is:read survey",
    "is:hidden",
    "upvotes:>5 sort:title",
    "/quant/",
    "++",
)


@pytest.fixture(scope="module")
def invented_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk over 240 papers that differ in everything."""
    places = paths.under(tmp_path_factory.mktemp("invented"))
    places.make()
    with closing(database(invented(240))) as made, closing(sqlite3.connect(places.library)) as target:
        made.backup(target)
    desk = Desk.open(places, Settings(), offline=True)
    yield desk
    desk.close()


@pytest.fixture
def step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """No library is small, and the first papers are five."""
    monkeypatch.setattr(selecting, "SMALL", 0)
    monkeypatch.setattr(selecting, "AT_ONCE", 0)
    monkeypatch.setattr(selecting, "FIRST_WINDOW", 5)


def hide(desk: Desk, moment: int, *papers: str) -> None:
    """Another device hid papers, as this one takes it in."""
    at = 1_780_000_000_000 + moment
    write_journal(desk.paths, "elsewhere", {"t": at, "set": [[paper, "hidden", True, None] for paper in papers]})
    desk.poll()


def counted(desk: Desk, place: Place, query: Query) -> int:
    compiled = compile_query(query, today=clock.today(), base=view_named(place.view), period=place.period)
    return desk.library.count(compiled.count_sql, compiled.count_params)


def check(desk: Desk, place: Place, text: str, *, typing: bool, ranked: bool = False) -> None:
    """The answer in steps is the one that single statements give."""
    question = desk.question(place, text, typing=typing, ranked=ranked, counted=COUNTED)
    first, whole = question.first(), question.whole()
    assert whole is not None
    query = parse(text, typing=typing)
    if query.problems:
        assert whole.problem
        return
    others = iter([(query, "")]) if not typing else chain([(query, "")], readings(text, finished=ranked))
    ranked = ranked and place.period is None
    for reading, _ in others:
        compiled = compile_query(
            reading, today=clock.today(), base=view_named(place.view), period=place.period, ranked=ranked
        )
        found = list(desk.library.rowids(compiled.sql, compiled.params))
        if found or compiled.uses_regex:
            query = reading
            break
    assert list(whole.ids) == found
    assert first is not None
    assert list(first.ids) == list(whole.ids[: len(first.ids)])
    assert [row.rowid for row in first.rows] == list(first.ids[: len(first.rows)])
    assert isinstance(first, Selection) or len(first.ids) == min(5, len(whole.ids))
    assert whole.total == counted(desk, place, Query())
    assert whole.unread == counted(desk, place, Query(tree=all_of([query.tree, Flag("unread")])))
    counts = question.counts() if whole.counts is None else None
    numbers = whole.counts if counts is None else counts.papers
    assert numbers == {name: counted(desk, there, query) for name, there in COUNTED.items()}


PLACES = [Place(view.name) for view in VIEWS] + [Place("today", "2026-06-04"), Place("week", "2026-W23")]


@settings(max_examples=HOW_MANY or 400, deadline=None)
@given(text=sensible, place=st.sampled_from(PLACES), typing=st.booleans(), ranked=st.booleans())
def test_the_first_papers_begin_the_whole_and_the_numbers_are_true(
    invented_desk: Desk, text: str, place: Place, typing: bool, ranked: bool
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PAPERSTUI_NOW", "2026-06-04T12:00:00+00:00")
        for small in (0, 1_000):
            patched.setattr(selecting, "SMALL", small)
            patched.setattr(selecting, "FIRST_WINDOW", 5)
            check(invented_desk, place, text, typing=typing, ranked=ranked)


@pytest.mark.usefixtures("step_by_step")
def test_what_is_kept_in_memory_follows_what_changes(filled: Desk, other: Desk) -> None:
    fill(filled, *(item(number, title=f"Diffusion survey {number}") for number in range(20, 60)))
    changes: list[Callable[[], object]] = [
        lambda: None,
        lambda: fill(filled, *(item(number) for number in range(70, 80))),
        lambda: filled.decide(["2606.00021", "2606.00003"], "starred", True),
        lambda: filled.decide(["2606.00022", "2606.00071"], "read", True),
        lambda: hide(filled, 1, "2606.00023", "2606.00072"),
        filled.undo,
        lambda: fill(filled, item(25, title="No such words any more")),
        lambda: fill(other, *(item(number, title="Models of another") for number in range(90, 99))),
        lambda: other.decide(["2606.00031", "2606.00090"], "read", True),
        lambda: hide(other, 2, "2606.00031", "2606.00092"),
        filled.poll,
    ]
    for change in changes:
        change()
        for place in (ALL, COUNTED["today"], Place("starred"), Place("unread")):
            for text in QUERIES:
                check(filled, place, text, typing=True)


@pytest.fixture
def many(desk: Desk) -> Desk:
    """A desk with 30 papers, of which every third is about zebras."""
    fill(
        desk,
        *(item(number, title=f"{'A zebra' if not number % 3 else 'No animal'} {number}") for number in range(1, 31)),
    )
    return desk


def rowid(desk: Desk, number: int) -> int:
    found = desk.find(f"2606.{number:05}")
    assert found is not None
    return found.rowid


@pytest.mark.usefixtures("step_by_step")
def test_the_cursor_stays_on_its_paper(many: Desk) -> None:
    # By upvotes, so the largest number is on top.
    top, far, none = rowid(many, 27), rowid(many, 6), rowid(many, 28)

    def first(stay: Stay, text: str = "zebra") -> Beginning | Selection | None:
        return many.question(ALL, text, ranked=False).first(stay)

    near = first(Stay(top))
    assert isinstance(near, Beginning)
    assert (near.at, near.ids[1]) == (1, top)
    whole = first(Stay(far))
    assert isinstance(whole, Selection), "nothing is shown that would have to jump"
    assert whole.at is not None
    assert whole.ids[whole.at] == far
    assert far in {row.rowid for row in whole.rows}
    gone = first(Stay(none))
    assert isinstance(gone, Beginning)
    assert gone.at is None
    order = gone.order
    following = first(Stay(none, (none, far, top), order))
    assert isinstance(following, Selection)
    assert following.ids[following.at or 0] == far
    near = first(Stay(none, (none, top, far), order))
    assert isinstance(near, Beginning)
    assert near.ids[near.at or 0] == top
    elsewhere = first(Stay(none, (none, far), "by title"))
    assert isinstance(elsewhere, Beginning)
    assert elsewhere.at is None, "in another order nothing follows"
    for text in (
        "upvotes:<28",
        "zebra OR upvotes:6",
        "is:unread zebra",
        "/zebra/",
        "zebra sort:author",
        "zebra sort:title",
    ):
        found = first(Stay(far), text)
        assert isinstance(found, Selection), text
        assert found.ids[found.at or 0] == far


def test_the_rows_around_the_cursor_come_with_it(desk: Desk) -> None:
    fill(desk, *(item(number) for number in range(1, 300)))
    whole = desk.question(ALL, "").whole(Stay(rowid(desk, 100)))
    assert whole is not None
    assert whole.at == 199
    assert {row.rowid for row in whole.rows} >= set(whole.ids[150:250])


@pytest.mark.usefixtures("step_by_step")
def test_a_question_that_was_stopped_has_no_answer(many: Desk) -> None:
    question = many.question(ALL, "zebra", counted=COUNTED)
    assert question.first(NOWHERE) is not None
    question.stop()
    assert question.first() is None
    assert question.whole() is None
    assert question.counts() is None
    again = many.question(ALL, "zebra").whole()
    assert again is not None
    assert len(again.ids) == 10


@pytest.mark.usefixtures("step_by_step")
def test_what_is_being_read_is_interrupted(many: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    reached, go_on = threading.Event(), threading.Event()
    calls = []

    def slow(self: Regexp, pattern: object, text: object) -> bool:
        del self, pattern
        calls.append(text)
        reached.set()
        return not go_on.wait(20)

    monkeypatch.setattr(Regexp, "_search", slow)
    question = many.question(ALL, "/zebra/")
    answers: list[object] = []
    reading = threading.Thread(target=lambda: answers.append(question.whole()))
    reading.start()
    assert reached.wait(20)
    question.stop()
    go_on.set()
    reading.join(20)
    assert answers == [None]
    assert len(calls) < 30, "not every paper was looked at"


def test_what_somebody_else_interrupts_is_told(many: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(self: Regexp, pattern: object, text: object) -> bool:
        del self, pattern, text
        many.library.interrupt()
        return True

    monkeypatch.setattr(Regexp, "_search", interrupted)
    with pytest.raises(InterruptedReadError):
        many.question(ALL, "/zebra/").whole()


@pytest.mark.usefixtures("step_by_step")
def test_what_cannot_be_counted_in_time_is_left_out(many: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    many.decide(["2606.00003"], "starred", True)
    real = Library.finding

    def slow(library: Library, job: Callable[..., object], **more: object) -> object:
        found = real(library, job, **more)  # type: ignore[arg-type]
        if found == 10:
            raise QueryTimeout("it took too long")
        return found

    monkeypatch.setattr(Library, "finding", slow)
    counts = many.question(Place("starred"), "/zebra/", counted={"all": ALL, "starred": Place("starred")}).counts()
    assert counts is not None
    assert (counts.papers, counts.problem) == ({"starred": 1}, "it took too long")


def test_a_query_that_makes_no_sense_counts_nothing(many: Desk) -> None:
    question = many.question(ALL, "upvotes:many", counted=COUNTED)
    first = question.first()
    assert isinstance(first, Selection)
    assert first.problem
    counts = question.counts()
    assert counts is not None
    assert (counts.papers, counts.problem) == ({}, first.problem)


def test_unread_ones_among_some_papers(many: Desk) -> None:
    whole = many.select(ALL, "zebra")
    assert many.unread_of(whole.ids) == 10
    many.decide(["2606.00003", "2606.00004"], "read", True)
    hide(many, 1, "2606.00006")
    assert many.unread_of(whole.ids) == 9
    assert many.unread_of([]) == 0


@pytest.mark.usefixtures("step_by_step")
def test_what_is_counted_again_is_counted_anew(many: Desk) -> None:
    place = Place("starred")
    papers = [row.id for row in many.rows(many.select(Place("all"), "").ids[:5])]
    many.decide(papers, "starred", value=True)
    question = many.question(place, "", counted={"starred": place})
    first = question.first(NOWHERE)
    assert first is not None
    assert len(first.ids) == 5
    many.decide(papers[:2], "starred", value=False)
    counts = question.counts()
    assert counts is not None
    assert counts.papers == {"starred": 3}
