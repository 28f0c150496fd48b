from __future__ import annotations

import hashlib
import sqlite3
import zlib
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.library import dictionary, packing
from paperstui.library.packing import NOTHING, Body, is_sound, pack, unpack
from paperstui.library.store import Library
from paperstui.paths import Paths
from tests.library.making import AT, item, search

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
bodies = st.builds(
    Body,
    abstract=texts.filter(bool),
    abstract_plain=st.none() | texts,
    summary=texts,
    keywords=texts,
    details=st.none() | texts.filter(bool),
)
SOME = Body("On $\\alpha$ decay. " * 20, "On α decay. " * 20, "It decays.", "decay\nalpha", '{"thumbnail":"x"}')


@given(bodies)
def test_every_text_comes_back(body: Body) -> None:
    assert unpack(pack(body)) == body


def test_texts_that_are_empty_come_back() -> None:
    assert unpack(pack(Body())) == Body() == NOTHING
    assert unpack(pack(Body(keywords="one\ntwo"))) == Body(keywords="one\ntwo")


def test_long_texts_come_back() -> None:
    long = Body("a b" * 50_000, "é" * 70_000, "s", "k", "d" * 30_000)
    assert unpack(pack(long)) == long


def test_a_nul_in_a_text_is_left_out() -> None:
    assert unpack(pack(Body("a\0b", None, "\0", "c\0", "{\0}"))) == Body("ab", None, "", "c", "{}")


def test_a_second_copy_of_the_abstract_costs_little() -> None:
    abstract = "We measure how far a model can be trusted with numbers it has never seen before. " * 15
    once = Body(abstract[:1300])
    twice = Body(abstract[:1300], abstract[:1300].replace("far", "ƒar"))
    assert len(pack(twice)) < len(pack(once)) * 1.5


def test_a_text_of_the_trade_is_shorter_than_without_the_dictionary() -> None:
    text = (
        "In this paper, we propose a novel framework for large language models. Extensive experiments on multiple"
        " benchmarks demonstrate that our method consistently improves accuracy, while maintaining inference time."
    )
    assert len(pack(Body(text))) * 2 < len(zlib.compress(text.encode(), 9))


def test_the_dictionary_is_what_it_was() -> None:
    # Whoever changes it makes every stored text unreadable.
    assert (
        hashlib.sha256(dictionary.FIRST).hexdigest()
        == "4af7b39e0e31f82aa7f703f6a01e09c31425dd651463e0f06127a49dd89ad553"
    )


def test_damage_anywhere_costs_the_texts_and_nothing_else() -> None:
    packed = pack(SOME)
    for at in range(len(packed)):
        damaged = packed[:at] + bytes([packed[at] ^ 0x41]) + packed[at + 1 :]
        assert not is_sound(damaged)
        assert unpack(damaged) == NOTHING
    assert is_sound(packed)


@pytest.mark.parametrize("packed", [b"", b"\1", b"\1" * 8, b"\2" + pack(SOME)[1:], pack(SOME)[:-1], None, 7, "text"])
def test_what_is_no_piece_says_nothing(packed: object) -> None:
    assert unpack(packed) == NOTHING
    assert is_sound(packed) is (packed == b"")


def test_statements_read_the_texts_as_they_are_searched() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        packing.register(connection)
        connection.execute("CREATE TABLE bodies(packed)")
        pieces = [pack(SOME), pack(Body("Plain.")), b"\1broken", None]
        connection.executemany("INSERT INTO bodies VALUES(?)", [(piece,) for piece in pieces])
        found = connection.execute("SELECT abstract_of(packed), keywords_of(packed) FROM bodies").fetchall()
        turned = connection.execute("SELECT keywords_of(packed), abstract_of(packed) FROM bodies").fetchall()
    assert found == [(SOME.abstract_plain, SOME.keywords), ("Plain.", ""), ("", ""), ("", "")]
    assert turned == [(keywords, abstract) for abstract, keywords in found]


def test_a_paper_whose_texts_are_damaged_is_there_and_is_made_whole_by_the_next_account(
    library: Library, places: Paths
) -> None:
    library.upsert([item(1, keywords=("fruit",)), item(2)], AT)
    library._write(lambda connection: connection.execute("UPDATE bodies SET packed = x'0102' WHERE rowid = 1"))
    assert any("texts of 1 paper" in problem for problem in library.care.verify())
    detail = library.detail(1)
    assert detail is not None
    assert (detail.paper.title, detail.paper.abstract) == (item(1).paper.title, "")
    assert search(library, "number1") == ["2506.00001"]
    assert library.upsert([item(1, keywords=("fruit",))], AT + 60).updated == ("2506.00001",)
    assert library.care.verify() == []
    detail = library.detail(1)
    assert detail is not None
    assert detail.paper.keywords == ("fruit",)
    library.close()
    # What the index held of the damaged texts went with them, so it is made anew.
    library = Library.open(places)
    assert library.notices == ["the search index was damaged and was made anew"]
    assert library.care.index_agrees()
    library.close()
    assert Library.open(places).notices == []
