from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.config import Settings
from paperstui.library.connect import InterruptedReadError
from paperstui.models import Account, Author, Item, Organization
from paperstui.query.completion import Candidate, complete
from paperstui.query.fields import FIELDS
from paperstui.usecases import Desk, Place
from paperstui.usecases.suggesting import MOST, Suggesting, Values, offer
from tests.hostile import HOSTILE
from tests.query.queries import arbitrary, sensible
from tests.usecases.reading import DAY, fill, item

CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
ALL = Place("all")
TODAY = Place("today", DAY.isoformat())
EARLIER = DAY.replace(day=3)


def by(number: int, *names: str, **changes: Any) -> Item:
    return item(number, authors=tuple(Author(name) for name in names), **changes)


@pytest.fixture
def known(desk: Desk) -> Desk:
    """Papers with names, labs, categories and keywords; two of them of the day before."""
    fill(
        desk,
        by(1, "Tri Dao", "Ada Li", categories=("cs.CL", "cs.LG"), keywords=("flow matching", "memory")),
        by(2, "Tri Dao", "Íñigo Dávila", categories=("cs.CL",), organization=Organization("dm", "Google DeepMind")),
        by(3, "Wei Wang", categories=("cs.CV",), organization=Organization("g", "Google"), keywords=("memory cells",)),
        by(4, "Ada Li", "Wei Wang", day=EARLIER, categories=("cs.CL",), submitter=Account("AK", "A K")),
        by(5, "Tri Dao", day=EARLIER, submitter=Account("ak", "A K"), published=1_700_000_000),
    )
    return desk


def suggested(desk: Desk, text: str, place: Place = ALL) -> list[tuple[str, int | None]]:
    """What is suggested at the end of a text, with the counts."""
    found = offer(text, len(text))
    values = desk.suggested(place, text, found.request) if found.request else Values(found.candidates)
    assert values is not None
    return [(one.text, values.papers.get(one.text, desk.left_by(place, text, one))) for one in values.candidates]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "author:",
            [('author:"Tri Dao"', 3), ('author:"Ada Li"', 2), ('author:"Wei Wang"', 2), ('author:"Íñigo Dávila"', 1)],
        ),
        ("author:w", [('author:"Wei Wang"', 2)]),
        ("author:da", [('author:"Tri Dao"', 3), ('author:"Íñigo Dávila"', 1)]),
        ("author:inigo", [('author:"Íñigo Dávila"', 1)]),
        ('author:"tri d', [('author:"Tri Dao"', 3)]),
        ("author:zzz", []),
        ("org:goo", [("org:Google", 2), ('org:"Google DeepMind"', 1)]),
        ("cat:", [("cat:cs.CL", 3), ("cat:cs.CV", 1), ("cat:cs.LG", 1)]),
        ("cat:cs.c", [("cat:cs.CL", 3), ("cat:cs.CV", 1)]),
        ("cat:lg", [("cat:cs.LG", 1)]),
        ("keyword:mem", [("keyword:memory", 2), ('keyword:"memory cells"', 1)]),
        ("submitter:a", [("submitter:AK", 2)]),
        ("year:", [("year:2026", 4), ("year:2023", 1)]),
        ("year:202", [("year:2026", 4), ("year:2023", 1)]),
        ("tag:", []),
        ("is:st", [("is:starred", 0)]),
        (
            "upvotes:",
            [("upvotes:>50", 0), ("upvotes:>=10", 0), ("upvotes:<5", 4), ("upvotes:5..10", 1), ("upvotes:+5", 0)],
        ),
        ("sort:up", [("sort:upvotes", None)]),
        ("feed:da", [("feed:daily", 5)]),
    ],
)
def test_values_with_the_papers_that_have_them(known: Desk, text: str, expected: list[tuple[str, int | None]]) -> None:
    assert suggested(known, text) == expected


def test_counts_are_of_the_place_that_is_shown(known: Desk) -> None:
    assert suggested(known, "author:tri", TODAY) == [('author:"Tri Dao"', 2)]
    assert suggested(known, "is:unr", TODAY) == [("is:unread", 3)]


def test_counts_are_of_what_the_rest_of_the_query_lets_through(known: Desk) -> None:
    assert suggested(known, "cat:cs.LG author:") == [('author:"Ada Li"', 1), ('author:"Tri Dao"', 1)]
    assert suggested(known, "author:tri -cat:")[0] == ("cat:cs.CL", 2)
    known.decide(["2606.00001"], "read", value=True)
    assert suggested(known, "author:tri is:unr") == [("is:unread", 2)]
    assert suggested(known, 'author:"Tri Dao" sort:title cat:cs.L') == [("cat:cs.LG", 1)]


@pytest.mark.parametrize("text", ["is:starred OR cat:cs.L", "(is:starred cat:cs.L"])
def test_beside_or_and_in_a_group_the_place_alone_counts(known: Desk, text: str) -> None:
    assert suggested(known, text) == [("cat:cs.LG", 1)]


@pytest.mark.parametrize("place", [ALL, TODAY])
@pytest.mark.parametrize(
    "text", ["author:", "org:g", "cat:", "keyword:", "submitter:", "year:", "is:", "has:", "listed:", "stars:"]
)
def test_a_count_is_what_the_list_holds_when_it_is_taken(known: Desk, text: str, place: Place) -> None:
    counts = suggested(known, text, place)
    assert counts or (text, place) == ("submitter:", TODAY)
    for candidate, papers in counts:
        assert papers == len(known.select(place, candidate).ids), candidate


def test_decisions_and_new_papers_are_seen_at_once(known: Desk) -> None:
    assert suggested(known, "is:sta") == [("is:starred", 0)]
    assert suggested(known, "author:tri") == [('author:"Tri Dao"', 3)]
    known.decide(["2606.00001"], "starred", value=True)
    fill(known, by(6, "Tri Dao"))
    # What took no time to count is not kept.
    still = Suggesting(known.library, clock=lambda: 0.0)
    found = still.values(ALL, "author:tri", complete("author:tri", 10).request)  # type: ignore[arg-type]
    assert found is not None
    assert dict(found.papers) == {'author:"Tri Dao"': 4}


class Clock:
    """Seconds that go on only when told."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_what_took_long_to_count_is_kept_for_a_while(known: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    suggesting = Suggesting(known.library, clock)
    tally = known.library.tally

    def slow(*given: Any) -> dict[str, int] | None:
        clock.now += 1.0
        return tally(*given)

    monkeypatch.setattr(known.library, "tally", slow)
    request = complete("cat:", 4).request
    assert request is not None
    before = suggesting.values(ALL, "cat:", request)
    fill(known, item(7, categories=("cs.RO",)))
    clock.now += 19.0
    assert suggesting.values(ALL, "cat:", request) == before
    clock.now += 1.0
    after = suggesting.values(ALL, "cat:", request)
    assert after is not None
    assert "cat:cs.RO" in after.papers


def test_a_longer_beginning_asks_the_library_no_more(known: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    suggesting = Suggesting(known.library)
    for text in ('author:"tr', 'author:"tri', 'author:"tri d'):
        request = complete(text, len(text)).request
        assert request is not None
        found = suggesting.values(ALL, text, request)
        assert found is not None
        assert [one.text for one in found.candidates] == ['author:"Tri Dao"']
        monkeypatch.setattr(known.library, "tally", lambda *_: pytest.fail("it was asked again"))


def test_a_long_list_is_cut_and_says_so(desk: Desk) -> None:
    fill(desk, *(by(number, f"Name {number:03}") for number in range(1, MOST + 21)))
    request = complete("author:name", 11).request
    assert request is not None
    values = desk.suggested(ALL, "author:name", request)
    assert values is not None
    assert (len(values.candidates), values.more) == (MOST, 20)


def test_one_can_stop_it(known: Desk) -> None:
    request = complete("author:", 7).request
    assert request is not None
    assert known.suggested(ALL, "author:", request, lambda: True) is None
    assert known.left_by(ALL, "is:", Candidate("is:unread", "value", "", 0, 3), lambda: True) in (None, 5)
    assert known.suggested(ALL, "author:", request) is not None, "and the next one is not stopped"


def test_a_read_is_stopped_in_the_middle(desk: Desk) -> None:
    fill(desk, *(item(number) for number in range(1, 400)))
    endless = "SELECT count(*) FROM papers a, papers b, papers c"
    with desk.library.stoppable(lambda: True), pytest.raises(InterruptedReadError):
        desk.library.count(endless)
    assert desk.library.count("SELECT count(*) FROM papers") == 399


def test_an_expression_that_takes_too_long_is_no_fault(known: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from paperstui.query.regex import QueryTimeout
    from paperstui.usecases import suggesting

    def late(*_: object) -> int:
        raise QueryTimeout("too long")

    monkeypatch.setattr(suggesting, "number", late)
    assert known.left_by(ALL, "/x/ is:", Candidate("is:unread", "value", "", 4, 7)) is None


@pytest.mark.parametrize("name", ["author", "org", "keyword", "submitter", "cat", "tag"])
def test_hostile_names_are_offered_as_text_or_not_at_all(desk: Desk, name: str) -> None:
    texts = [text for _, text in HOSTILE]
    given = {
        "author": "authors",
        "org": "organization",
        "keyword": "keywords",
        "submitter": "submitter",
        "cat": "categories",
    }
    for number, text in enumerate(texts, 1):
        value: Any = {
            "author": (Author(text),),
            "org": Organization("o", text),
            "keyword": (text,),
            "submitter": Account(text, text),
            "cat": (text,),
        }.get(name)
        try:
            fill(desk, item(number, **({given[name]: value} if value else {})))
        except Exception:  # noqa: BLE001, S112 - what cannot even be stored cannot be offered
            continue
    for text in (f"{name}:", f"{name}:a", f"{name}:[", f'{name}:"'):
        for candidate, _ in suggested(desk, text):
            assert not CONTROLS.search(candidate), repr(candidate)


# When something is offered


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("", []),
        ("a", []),
        ("au", ["author:", "authors:"]),
        ("Au", []),
        ("au|thor:x", []),
        ("ti", ["title:"]),
        ("da", []),
        ("dat", ["published:"]),
        ("or", ["org:"]),
        ("ord", ["sort:"]),
        ("diffusion ", []),
        ("diffusion", []),
        ("(ti", ["title:"]),
        ("-ti", ["title:"]),
        ('"ti', []),
        ("is:unread", []),
        ("is:unre", ["is:unread"]),
        ("is:un|read", ["is:unread"]),
        ("titel:x", ["title:"]),
        ("titel:x |b", ["title:"]),
        ("is:starrd", ["starred"]),
    ],
)
def test_something_is_offered_where_it_helps(text: str, texts: list[str]) -> None:
    cursor = text.find("|") if "|" in text else len(text)
    assert [one.text for one in offer(text.replace("|", ""), cursor).candidates] == texts


def test_fields_wait_and_values_do_not() -> None:
    assert not offer("au", 2).pressing
    assert offer("is:", 3).pressing
    assert offer("author:", 7).pressing
    assert offer("titel:x", 7).pressing


def test_a_problem_is_told_and_what_is_still_typed_is_none() -> None:
    assert "there is no field" in offer("titel:x", 7).problem
    assert offer("listed:soon ", 12).problem
    assert offer("upvotes:>", 9).problem == ""
    assert offer("titel:x is:unr", 14).problem == "", "what is being typed comes first"


@given(st.one_of(arbitrary, sensible), st.integers(-2, 70))
def test_offering_never_raises(text: str, cursor: int) -> None:
    found = offer(text, cursor)
    assert found.empty == (found.request is None and not found.candidates and not found.problem)


@pytest.mark.parametrize("field", [field.name for field in FIELDS if field.ask])
def test_every_field_that_asks_is_answered(known: Desk, field: str) -> None:
    request = complete(f"{field}:", len(field) + 1).request
    assert request is not None
    assert known.suggested(ALL, f"{field}:", request) is not None


def test_keywords_of_many_papers_are_those_of_some_until_two_letters_are_typed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(desk, *(by(number, "A", keywords=("often", f"rare{number}")) for number in range(1, 61)))
    whole = suggested(desk, "keyword:")
    monkeypatch.setattr("paperstui.usecases.suggesting.SAMPLED", 10)
    desk = Desk.open(desk.paths, Settings(), offline=True)
    request = offer("keyword:", 8).request
    assert request is not None
    values = desk.suggested(ALL, "keyword:", request)
    assert values is not None
    assert values.sampled
    assert 10 < len(values.candidates) < len(whole)
    assert suggested(desk, "keyword:")[0] == ("keyword:often", 60), "counts are those of all papers"
    assert suggested(desk, "keyword:rare59") == [("keyword:rare59", 1)]
    assert [one for one, _ in suggested(desk, "keyword:rare59")] not in [
        [one] for one, _ in suggested(desk, "keyword:")
    ]
    desk.close()
