from __future__ import annotations

import os
import pwd
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from paperstui import paths
from paperstui.errors import SaveError, UsageError


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def every_directory(places: paths.Paths) -> tuple[Path, ...]:
    return places.data, places.cache, places.config, places.state, places.journal, places.locks


def test_the_xdg_directories_are_respected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATA", "CACHE", "CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    places = paths.standard()
    assert places.library == tmp_path / "data" / "paperstui" / "library.db"
    assert places.journal == tmp_path / "data" / "paperstui" / "journal"
    assert places.backups == tmp_path / "data" / "paperstui" / "backups"
    assert places.documents == tmp_path / "cache" / "paperstui" / "documents"
    assert places.settings == tmp_path / "config" / "paperstui" / "config.toml"
    assert places.locks == tmp_path / "state" / "paperstui" / "locks"
    assert places.device == tmp_path / "state" / "paperstui" / "device"
    assert places.log == tmp_path / "state" / "paperstui" / "paperstui.log"


@pytest.mark.usefixtures("open_umask")
def test_all_directories_are_private_even_under_an_open_umask(tmp_path: Path) -> None:
    root = tmp_path / "not" / "there yet"
    places = paths.under(root)
    places.make()
    for directory in (*every_directory(places), root, root.parent):
        assert directory.is_dir()
        assert mode(directory) == 0o700, directory


def test_a_closed_umask_does_not_lock_the_user_out(tmp_path: Path) -> None:
    before = os.umask(0o777)
    try:
        paths.under(tmp_path / "root").make()
    finally:
        os.umask(before)
    assert mode(tmp_path / "root" / "data" / "journal") == 0o700


@pytest.mark.usefixtures("open_umask")
def test_a_directory_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    places = paths.under(tmp_path)
    places.data.mkdir(mode=0o755)
    kept = places.data / "kept"
    kept.write_text("kept", "utf-8")
    places.make()
    places.make()
    assert mode(places.data) == 0o755
    assert kept.read_text("utf-8") == "kept"


@pytest.mark.parametrize("name", ["data", "cache", "config", "state"])
def test_a_file_in_the_place_of_a_directory_is_a_save_error(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("a file", "utf-8")
    with pytest.raises(SaveError, match=f"the directory {name} was not saved"):
        paths.under(tmp_path).make()
    assert (tmp_path / name).read_text("utf-8") == "a file"


def test_a_file_further_up_is_a_save_error(tmp_path: Path) -> None:
    (tmp_path / "root").write_text("a file", "utf-8")
    with pytest.raises(SaveError):
        paths.under(tmp_path / "root").make()


def test_a_link_that_leads_nowhere_is_a_save_error(tmp_path: Path) -> None:
    (tmp_path / "state").symlink_to(tmp_path / "gone" / "too")
    with pytest.raises(SaveError):
        paths.under(tmp_path).make()


def test_a_link_to_a_directory_is_used(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "data").symlink_to(tmp_path / "elsewhere")
    paths.under(tmp_path).make()
    assert (tmp_path / "elsewhere" / "journal").is_dir()


def test_without_xdg_variables_the_files_are_in_the_home_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATA", "CACHE", "CONFIG", "STATE"):
        monkeypatch.delenv(f"XDG_{name}_HOME")
    home = Path(os.environ["HOME"])
    for directory in every_directory(paths.standard()):
        assert directory.is_relative_to(home)


def _nobody(*_: object) -> NoReturn:
    raise KeyError("no such user")


@pytest.mark.parametrize("home", [None, "relative/home", "~"])
def test_without_a_home_directory_it_is_wrong_usage(home: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATA", "CACHE", "CONFIG", "STATE"):
        monkeypatch.delenv(f"XDG_{name}_HOME")
    monkeypatch.delenv("HOME")
    if home is not None:
        monkeypatch.setenv("HOME", home)
    monkeypatch.setattr(pwd, "getpwuid", _nobody)
    with pytest.raises(UsageError, match="HOME"):
        paths.standard()


@pytest.mark.parametrize("variable", ["HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"])
def test_nothing_is_ever_put_below_the_working_directory(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The specification says to ignore a relative directory; refusing it is as good."""
    for name in ("DATA", "CACHE", "CONFIG", "STATE"):
        monkeypatch.delenv(f"XDG_{name}_HOME")
    monkeypatch.setenv(variable, "relative")
    try:
        found = paths.standard()
    except UsageError:
        return
    assert all(directory.is_absolute() for directory in every_directory(found))


def test_a_relative_directory_of_platformdirs_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Older ones of the versions we allow hand relative directories on."""
    import platformdirs

    monkeypatch.setattr("sys.platform", "darwin")
    monkeypatch.setattr(platformdirs.PlatformDirs, "user_state_path", Path("state"))
    with pytest.raises(UsageError, match="not an absolute path"):
        paths.standard()


@pytest.mark.skipif(sys.platform != "linux", reason="the short way is that of Linux")
@pytest.mark.parametrize("value", [None, "", "  ", "/absolute/place", " /absolute/place ", "relative", "~/tilde"])
@pytest.mark.parametrize("variable", ["XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME"])
def test_the_short_way_leads_to_the_same_places(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str | None
) -> None:
    for name in ("DATA", "CACHE", "CONFIG", "STATE") if variable == "HOME" else ():
        monkeypatch.delenv(f"XDG_{name}_HOME")
    if value is None:
        monkeypatch.delenv(variable)
    else:
        monkeypatch.setenv(variable, value)
    short, long = paths._of_linux(), paths._of_the_platform()
    assert short in (None, long)
    assert short is not None or (value or "")[:1] != "/"
