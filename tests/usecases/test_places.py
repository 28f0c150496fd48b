from __future__ import annotations

import pytest

from paperstui.documents.flow import Place
from paperstui.paths import Paths
from paperstui.usecases.places import FILE, Places


def test_a_place_is_remembered_by_paper_and_source(places: Paths) -> None:
    kept = Places(places)
    assert kept.get("2606.00001", "arXiv HTML") is None
    kept.put("2606.00001", "arXiv HTML", Place(7, 40))
    kept.put("2606.00002", "ar5iv", Place(1, 2))
    again = Places(places)
    assert again.get("2606.00001", "arXiv HTML") == Place(7, 40)
    assert again.get("2606.00001", "ar5iv") is None
    assert (places.state / FILE).stat().st_mode & 0o777 == 0o600


def test_the_beginning_is_not_remembered(places: Paths) -> None:
    kept = Places(places)
    kept.put("2606.00001", "ar5iv", Place(3, 0))
    kept.put("2606.00001", "ar5iv", Place(0, 0))
    assert kept.get("2606.00001", "ar5iv") is None


def test_those_not_read_for_longest_are_forgotten(places: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paperstui.usecases.places.MOST", 2)
    kept = Places(places)
    for paper in ("a", "b", "a", "c"):
        kept.put(paper, "ar5iv", Place(3, 0))
    assert [bool(kept.get(paper, "ar5iv")) for paper in "abc"] == [True, False, True]


GARBAGE = [b"", b"[]", b'{"p": 1}', b'{"p": ["ar5iv", -1, 0]}', b'{"p": ["ar5iv", "x", 0]}', b"\xff", b"[" * 9_000]


@pytest.mark.parametrize("data", GARBAGE)
def test_a_file_that_is_garbage_holds_no_place(data: bytes, places: Paths) -> None:
    places.state.mkdir(parents=True, exist_ok=True)
    (places.state / FILE).write_bytes(data)
    kept = Places(places)
    assert kept.get("p", "ar5iv") is None
    kept.put("p", "ar5iv", Place(1, 1))
    assert kept.get("p", "ar5iv") == Place(1, 1)


def test_a_place_that_cannot_be_written_is_no_trouble(places: Paths) -> None:
    (places.state / FILE).mkdir(parents=True)
    Places(places).put("p", "ar5iv", Place(1, 1))
    assert Places(places).get("p", "ar5iv") is None
