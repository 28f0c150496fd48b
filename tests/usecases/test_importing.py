from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from paperstui.errors import PaperstuiError, UsageError
from paperstui.usecases import Desk, Place
from tests.commands.calling import api_file


def test_an_answer_of_the_api(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    api_file(path, {}, {})
    path.write_text(path.read_text("utf-8").replace("[", "[null, ", 1), "utf-8")
    done = desk.import_file(path)
    assert (done.kind, done.day, done.path) == ("answer of the API", "", str(path))
    assert (len(done.upserted.new), [skipped.where for skipped in done.skipped]) == (2, ["item 1"])
    assert desk.select(Place("today", "2026-06-04"), "").total == 2
    assert len(desk.import_file(path).upserted.unchanged) == 2


def test_lines_of_answers(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "days.jsonl"
    api_file(path, {})
    items = json.loads(path.read_text("utf-8"))
    days = [{"date": "2026-06-02", "items": items}, {"date": "2026-06-03", "items": items}]
    path.write_text("\n".join(map(json.dumps, days)), "utf-8")
    done = desk.import_file(path)
    assert (done.kind, done.upserted.new) == ("answers of the API", ("2606.00001",))
    detail = desk.find("2606.00001")
    assert detail is not None
    assert {listing.period for listing in detail.listings} >= {"2026-06-02", "2026-06-03"}


def test_an_imported_day_is_not_taken_for_whole(desk: Desk, tmp_path: Path) -> None:
    desk.import_file(Path(api_file(tmp_path / "day.json", {})), date(2026, 5, 1))
    place = Place("today", "2026-05-01")
    assert desk.select(place, "").total == 1
    assert not desk.settled(place), "so that a backfill fetches it"
    assert desk.fetched_at(place) is None


def test_what_was_decided_about_a_title_is_carried(desk: Desk, tmp_path: Path) -> None:
    desk.import_file(Path(api_file(tmp_path / "title.json", {"id": None, "title": "One Title"})))
    [row] = desk.rows(desk.select(Place("all"), "").ids)
    assert row.id.startswith("title:")
    desk.decide([row.id], "starred", True)
    done = desk.import_file(Path(api_file(tmp_path / "id.json", {"title": "One title"})))
    assert done.upserted.merged == ((row.id, "2606.00001"),)
    assert [(row.id, row.starred) for row in desk.rows([row.rowid])] == [("2606.00001", True)]
    assert desk.poll() == ()
    assert desk.undo() is not None
    assert desk.redo() is not None


def test_what_is_no_file(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no file"):
        desk.import_file(tmp_path / "nothing")
    (tmp_path / "empty").touch()
    with pytest.raises(PaperstuiError, match="is empty"):
        desk.import_file(tmp_path / "empty")
