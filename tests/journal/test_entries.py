from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.errors import PaperstuiError
from paperstui.journal import entries
from paperstui.journal.entries import Assignment, Citation, JournalLineError, NewerLineError, Stamp

STAMP = Stamp(1_780_000_000_000, 3, "0a1b2c3d")

papers = st.one_of(
    st.from_regex(r"\A[0-9]{4}[.][0-9]{5}\Z"), st.from_regex(r"\Atitle:[0-9a-f]{16}\Z"), st.just("hep-th/9901001")
)
flags = st.tuples(st.sampled_from(["read", "starred", "hidden", "tag:to read"]), st.booleans(), st.booleans())
places = st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False))
queued = st.tuples(st.just("queued"), places, places)
texts = st.text(st.characters(exclude_categories=["C", "Z", "M"]), max_size=40)
notes = st.tuples(st.just("note"), texts, texts)
decided = st.one_of(flags, queued, notes)
assignments = st.builds(lambda paper, field: Assignment(paper, *field), papers, decided)
stamps = st.builds(
    Stamp, st.integers(0, 4 * 10**12), st.integers(0, 1000), st.from_regex(r"\A[0-9a-f]{8}\Z", fullmatch=True)
)


def line(**changes: Any) -> bytes:
    """A good line with some keys changed; a key set to `...` is left out."""
    parts = {
        "v": 1,
        "t": list(STAMP),
        "label": "Star 1 paper",
        "set": [["2506.01234", "starred", True, False]],
        "undoes": None,
    } | changes
    return json.dumps({key: value for key, value in parts.items() if value is not ...}).encode()


def test_the_line_is_the_one_that_was_agreed() -> None:
    entry = entries.make(STAMP, "Star 1 paper", [("2506.01234", "starred", True, False)])
    assert entries.encode(entry) == (
        b'{"v":1,"t":[1780000000000,3,"0a1b2c3d"],"label":"Star 1 paper",'
        b'"set":[["2506.01234","starred",true,false]],"undoes":null}'
    )


def test_what_a_paper_is_stands_in_the_line() -> None:
    cite = {"2506.01234": Citation("A title", ("Ada Lovelace",), 2025, "https://arxiv.org/abs/2506.01234")}
    entry = entries.make(STAMP, "Star", [("2506.01234", "starred", True)], cite=cite, merge=True)
    written = json.loads(entries.encode(entry))
    assert written["cite"]["2506.01234"]["authors"] == ["Ada Lovelace"]
    assert written["merge"] is True
    assert entries.decode(entries.encode(entry)) == entry


@given(stamps, texts, st.lists(assignments, max_size=5), st.none() | stamps, st.booleans())
def test_every_entry_comes_back_whole(
    stamp: Stamp, label: str, parts: list[Assignment], undoes: Stamp | None, merge: bool
) -> None:
    entry = entries.make(stamp, label, parts, undoes=undoes, merge=merge)
    assert entries.decode(entries.encode(entry)) == entry


@given(st.binary(max_size=200))
def test_bytes_are_an_entry_or_an_error(data: bytes) -> None:
    with pytest.raises(JournalLineError):
        entries.decode(data)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=5), children, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(["v", "t", "label", "set", "undoes", "cite", "merge"]), json_values)
def test_any_json_is_an_entry_or_an_error(key: str, value: Any) -> None:
    try:
        entry = entries.decode(line(**{key: value}))
    except JournalLineError:
        return
    assert entries.decode(entries.encode(entry)) == entry


def test_keys_of_later_versions_are_passed_over() -> None:
    assert entries.decode(line(mood="good")).label == "Star 1 paper"


def test_unknown_fields_are_kept_as_they_are() -> None:
    value = {"stars": [4, 4.5, None, True], "why": "so"}
    entry = entries.decode(line(set=[["2506.01234", "rating", value, None]]))
    assert entry.assignments == (Assignment("2506.01234", "rating", value, None),)


def test_a_later_version_is_told_from_rubbish() -> None:
    with pytest.raises(NewerLineError):
        entries.decode(line(v=2))
    with pytest.raises(NewerLineError):
        entries.decode(line(v=2, set={"another": "shape"}))
    with pytest.raises(JournalLineError) as caught:
        entries.decode(line(set={"another": "shape"}))
    assert not isinstance(caught.value, NewerLineError)


@pytest.mark.parametrize(
    "changes",
    [
        {"v": "1"},
        {"v": ...},
        {"t": ...},
        {"t": [1, 2]},
        {"t": [-1, 0, "a"]},
        {"t": [10**15, 0, "a"]},
        {"t": [1, 2**40, "a"]},
        {"t": [1, 0, ""]},
        {"t": [1, 0, "a/b"]},
        {"t": [1, 0, "\x1b[2J"]},
        {"t": [1.5, 0, "a"]},
        {"label": 7},
        {"set": ...},
        {"set": [["2506.01234", "starred", True]]},
        {"set": [["2506.01234", "starred", 1, False]]},
        {"set": [["2506.01234", "starred", None, False]]},
        {"set": [["2506.01234", "tag:x", "yes", False]]},
        {"set": [["2506.01234", "tag:", True, False]]},
        {"set": [["2506.01234", "tag:\x1b", True, False]]},
        {"set": [["2506.01234", "queued", "first", None]]},
        {"set": [["2506.01234", "queued", True, None]]},
        {"set": [["2506.01234", "queued", 10**400, None]]},
        {"set": [["2506.01234", "note", None, ""]]},
        {"set": [["2506.01234", "note", "x" * (entries.MAX_NOTE + 1), ""]]},
        {"set": [["2506.01234", "note", "é" * (entries.MAX_NOTE // 2 + 1), ""]]},
        {"set": [["", "starred", True, False]]},
        {"set": [["x" * 101, "starred", True, False]]},
        {"set": [["two words", "starred", True, False]]},
        {"set": [["2506.01234", "\x1b", True, False]]},
        {"set": [["2506.01234", "", True, False]]},
        {"undoes": "yesterday"},
        {"cite": []},
    ],
    ids=str,
)
def test_what_is_not_an_entry_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(JournalLineError):
        entries.decode(line(**changes))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[1]",
        b'{"v":1',
        b"\xff\xfe",
        line()[:-1],
        line() + b"}",
        b'{"v":1,"t":[1,0,"a"],"label":"x","set":[["1","f",' + b"[" * 100_000 + b"]" * 100_000 + b",null]]}",
        b'{"v":1,"t":[1,0,"a"],"label":"x","set":[["1","f",' + b"[" * 50 + b"]" * 50 + b",null]]}",
        b'{"v":1,"t":[1,0,"a"],"label":"\\ud800","set":[]}',
        b'{"v":1,"t":[1,0,"a"],"label":"x","set":[["1","f",1e999,null]]}',
        b'{"v":1,"t":[1,0,"a"],"label":"x","set":[["1","queued",NaN,null]]}',
        b" " * (entries.MAX_LINE + 1),
    ],
    ids=range(13),
)
def test_lines_that_are_no_json_of_ours_are_refused(data: bytes) -> None:
    with pytest.raises(JournalLineError) as caught:
        entries.decode(data)
    assert "\x1b" not in str(caught.value)


def test_foreign_text_is_cleaned() -> None:
    hostile = "\x1b]52;c;cHduZWQ=\x07a\u202eb\x00\x9bc"
    entry = entries.decode(
        line(
            label=hostile,
            set=[
                ["1", "note", f"{hostile}\nsecond", ""],
                ["1", f"tag:{hostile}", True, False],
                ["1", "f", [hostile], 0],
            ],
            cite={"1": {"title": hostile, "authors": [hostile, 7], "year": "soon", "url": hostile}},
        )
    )
    assert entry.cite is not None
    shown = [entry.label, entry.cite["1"].title, entry.cite["1"].url, *entry.cite["1"].authors]
    shown += [str(part.value) + part.field for part in entry.assignments]
    assert not set("".join(shown)) & {"\x1b", "\x00", "\x07", "\x9b", "\u202e"}
    assert entry.assignments[0].value.endswith("\nsecond")
    assert entry.cite["1"].year is None
    assert len(entry.cite["1"].authors) == 1


def test_a_bad_citation_never_costs_the_decision() -> None:
    entry = entries.decode(line(cite={"no id": {"title": "x"}, "2506.01234": {"title": ["x"], "authors": {}}}))
    assert entry.cite == {"2506.01234": Citation()}


def test_a_field_set_twice_has_its_last_value_and_first_previous() -> None:
    entry = entries.make(STAMP, "Twice", [("1", "starred", True, False), ("1", "starred", False, True)])
    assert entry.assignments == (Assignment("1", "starred", False, False),)


def test_numbers_of_the_reading_list_are_one_kind() -> None:
    entry = entries.make(STAMP, "Queue", [("1", "queued", 3, None)])
    assert entries.encode(entry).count(b"3.0") == 1


def test_more_than_a_line_holds_is_an_error_for_the_user() -> None:
    many = [(f"2506.{number:05d}", "note", "x" * 50_000, "") for number in range(100)]
    with pytest.raises(PaperstuiError, match="fewer papers"):
        entries.encode(entries.make(STAMP, "Note", many))


def test_marking_a_hundred_thousand_papers_is_one_entry() -> None:
    many = [(f"25{number // 10000 % 12 + 1:02d}.{number:05d}", "read", True, False) for number in range(100_000)]
    assert len(entries.encode(entries.make(STAMP, "Mark 100,000 papers read", many))) < entries.MAX_LINE


@given(st.lists(st.none() | stamps, max_size=6), st.integers(0, 4 * 10**12))
def test_a_new_stamp_is_later_than_all_seen(seen: list[Stamp | None], now: int) -> None:
    stamp = entries.stamp_after(seen, "ffffffff", now)
    assert all(stamp > each for each in seen if each is not None)
    assert stamp.ms >= now
    assert stamp.device == "ffffffff"


def test_a_full_counter_moves_the_clock() -> None:
    assert entries.stamp_after([Stamp(5, 2**31 - 1, "b")], "a", 5) == Stamp(6, 0, "a")


def test_equal_values_have_one_canonical_form() -> None:
    assert entries.canonical({"a": 1, "b": 2}) == entries.canonical({"b": 2, "a": 1})


@pytest.mark.parametrize(
    ("field", "value"),
    [("read", False), ("starred", False), ("hidden", False), ("queued", None), ("note", ""), ("tag:x", False)],
)
def test_nobody_has_decided_anything_at_first(field: str, value: object) -> None:
    assert entries.default(field) == value
