from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from paperstui.errors import LibraryError, SaveError
from paperstui.paths import Paths, under
from paperstui.usecases import Desk, Place
from tests.usecases.reading import fill, open_desk, starred


def test_a_desk_makes_what_it_needs_and_keeps_it_private(tmp_path: Path) -> None:
    places = under(tmp_path / "fresh")
    os.umask(os.umask(0o022))
    open_desk(places).close()
    for directory in (places.data, places.state, places.journal):
        assert directory.stat().st_mode & 0o777 == 0o700
    assert places.library.stat().st_mode & 0o777 == 0o600


def test_opening_and_closing_twice(places: Paths) -> None:
    desk = open_desk(places)
    fill(desk)
    desk.close()
    desk.close()
    again = open_desk(places)
    assert (again.notices, again.readonly) == ([], False)
    assert again.select(Place("all"), "").total == 5
    again.close()


def test_a_file_of_another_program_is_refused(places: Paths) -> None:
    places.library.write_text("something else\n" * 100)
    with pytest.raises(LibraryError, match="is not a paperstui library"):
        open_desk(places)


def test_without_a_name_for_the_device_everything_can_be_read_and_nothing_decided(filled: Desk, places: Paths) -> None:
    filled.decide(["2606.00001"], "starred", True)
    filled.close()
    name = places.device.read_bytes()
    places.device.unlink()
    places.device.mkdir()
    desk = open_desk(places)
    assert starred(desk) == ["2606.00001"]
    with pytest.raises(SaveError, match="the name of this device"):
        desk.decide(["2606.00002"], "starred", True)
    assert starred(desk) == ["2606.00001"]
    assert desk.poll() == ()
    with pytest.raises(SaveError, match="the name of this device"):
        desk.undo()
    places.device.rmdir()
    places.device.write_bytes(name)
    assert desk.decide(["2606.00002"], "starred", True), "and when it has a name again, it goes on"
    assert [path.name for path in places.journal.glob("*.jsonl")] == [f"{name.decode().strip()}.jsonl"]
    desk.close()


def test_the_demonstration_is_offline_and_has_papers(tmp_path: Path) -> None:
    desk = Desk.demonstration(under(tmp_path / "demo"))
    assert desk.offline
    assert desk.select(desk.start_place(), "").total > 5
    assert desk.neighbour(desk.start_place(), -1) is not None
    desk.close()


def test_looking_after_makes_one_backup_a_day(filled: Desk, places: Paths) -> None:
    filled.look_after()
    [made] = places.backups.glob("*.db")
    filled.look_after()
    assert list(places.backups.glob("*.db")) == [made]


def test_looking_after_can_be_given_up(filled: Desk, places: Paths) -> None:
    filled.look_after(lambda: True)
    assert not list(places.backups.glob("*.db"))


def test_the_use_cases_import_neither_textual_nor_httpx() -> None:
    script = (
        "import sys, paperstui.usecases, paperstui.commands.listing;"
        " print(sorted({'textual', 'httpx', 'rich.console'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_the_first_decision_imports_nothing_after_a_look_at_what_others_decided(places: Paths) -> None:
    script = (
        "import sys; from paperstui import paths; from paperstui.config import Settings; from paperstui.usecases import Desk;"
        "desk = Desk.open(paths.standard(), Settings(), offline=True); desk.poll(); before = set(sys.modules);"
        "desk.decide(['2606.00001'], 'starred', True, follow=False); print(sorted(set(sys.modules) - before))"
    )
    places.make()
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "[]\n"
