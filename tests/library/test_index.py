from __future__ import annotations

import pytest

from paperstui.library import index, records
from paperstui.library.store import Library
from paperstui.models import Organization
from paperstui.query.initials import letters_of
from tests.library.making import AT, item, items, search


def test_all_searched_fields_are_found(library: Library) -> None:
    library.upsert(
        [
            item(1, title="Banana"),
            item(2, abstract="A banana."),
            item(3, organization=Organization("b", "Banana Lab")),
            item(4, keywords=("fruit", "yellow banana")),
            item(5),
        ],
        AT,
    )
    assert search(library, "banana") == ["2506.00001", "2506.00002", "2506.00003", "2506.00004"]
    assert search(library, "{title} : banana") == ["2506.00001"]
    assert search(library, "{authors} : number5") == ["2506.00005"]
    assert search(library, "{keywords} : banana") == ["2506.00004"]


def test_mathematics_is_found_as_it_is_shown(library: Library) -> None:
    library.upsert([item(1, abstract=r"We use \emph{Schr\"odinger} operators.", text_source="arxiv")], AT)
    assert search(library, "schrodinger") == ["2506.00001"]


def test_a_fresh_library_is_not_stale(library: Library) -> None:
    assert not library.text_is_stale()
    assert library.renew_text()


def test_text_of_an_earlier_version_is_made_anew(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paperstui.text.latex.to_unicode", lambda text, **_: f"old {text}")
    library.upsert(items(120), AT)
    monkeypatch.undo()
    assert len(search(library, "old")) == 120
    monkeypatch.setattr(index, "TEXT_VERSION", index.TEXT_VERSION + 1)
    assert library.text_is_stale()
    stops = iter([False, False, True])
    assert not library.renew_text(lambda: next(stops))
    assert len(search(library, "old")) == 20
    assert library.text_is_stale()
    assert library.renew_text()
    assert search(library, "old") == []
    assert len(search(library, "matters")) == 120
    assert not library.text_is_stale()
    assert library.care.index_agrees()


def test_decisions_outlive_another_way_to_tell_titles_apart(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("paperstui.text.titles.title_key", lambda _: "0123456789abcdef")
        records.key_of.cache_clear()
        library.upsert(items(1), AT)
    records.key_of.cache_clear()
    monkeypatch.setattr(index, "TEXT_VERSION", index.TEXT_VERSION + 1)
    library.renew_text()
    assert library.find("title:0123456789abcdef") == 1


def letters(library: Library) -> dict[int, int]:
    return dict(library._read(lambda connection: connection.execute("SELECT rowid, letters FROM initials").fetchall()))


def test_the_first_letters_of_words_are_kept_in_step(library: Library) -> None:
    library.upsert([item(1, title="Zebra quagga", authors=(), abstract=""), item(2)], AT)
    assert letters(library)[1] == letters_of(["Zebra quagga"])
    library.upsert([item(1, title="Zebra xylophone", authors=(), abstract="")], AT + 1)
    assert letters(library)[1] == letters_of(["Zebra xylophone"])
    kept = letters(library)
    library.care.reindex()
    assert letters(library) == kept
    assert library.care.index_agrees()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE initials SET letters = letters + 1 WHERE rowid = 3",
        "DELETE FROM initials WHERE rowid = 5",
        "INSERT INTO initials(rowid, letters) VALUES(9, 1)",
    ],
)
def test_first_letters_that_differ_are_noticed_and_made_anew(library: Library, damage: str) -> None:
    library.upsert(items(5), AT)
    library._write(lambda connection: connection.execute(damage))
    assert not library.care.index_agrees()
    library.care.reindex()
    assert library.care.index_agrees()


def test_an_index_that_differs_is_noticed_and_made_anew(library: Library) -> None:
    library.upsert(items(5), AT)
    library._write(lambda connection: connection.execute("UPDATE papers SET title = 'Changed' WHERE rowid = 2"))
    assert not library.care.index_agrees()
    library.care.reindex()
    assert library.care.index_agrees()
    assert search(library, "changed") == ["2506.00002"]
