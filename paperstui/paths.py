"""Where paperstui keeps its files. Directories are made 0700 and files 0600, whatever the umask says."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from paperstui.errors import UsageError, save_error

APP = "paperstui"

_XDG = (
    ("XDG_DATA_HOME", ".local/share"),
    ("XDG_CACHE_HOME", ".cache"),
    ("XDG_CONFIG_HOME", ".config"),
    ("XDG_STATE_HOME", ".local/state"),
)
"""The variables of the XDG Base Directory Specification, and where it is below the home directory without them."""


class Paths(NamedTuple):
    """The four directories and the files in them.

    data: the library, the journal and backups: what to keep. cache: may be deleted at any time. config: the settings.
    state: locks, the device name and the log.
    """

    data: Path
    cache: Path
    config: Path
    state: Path

    @property
    def library(self) -> Path:
        """The SQLite database of papers."""
        return self.data / "library.db"

    @property
    def journal(self) -> Path:
        """The directory of journals, one file a device."""
        return self.data / "journal"

    @property
    def backups(self) -> Path:
        """The directory of dated copies of the library."""
        return self.data / "backups"

    @property
    def digests(self) -> Path:
        """The directory of what digests have told, one file a name: what was mailed cannot be known from anything else."""
        return self.data / "digests"

    @property
    def documents(self) -> Path:
        """The directory of the documents cache."""
        return self.cache / "documents"

    @property
    def pdfs(self) -> Path:
        """The directory of downloaded PDFs."""
        return self.cache / "pdfs"

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.config / "config.toml"

    @property
    def locks(self) -> Path:
        """The directory of lock files."""
        return self.state / "locks"

    @property
    def device(self) -> Path:
        """The file that holds this device's name; in the state directory, which is never synchronised."""
        return self.state / "device"

    @property
    def queries(self) -> Path:
        """The queries that were asked before, one a line."""
        return self.state / "queries"

    @property
    def drafts(self) -> Path:
        """The directory of notes that are being written, and of those that could not be saved."""
        return self.state / "notes"

    @property
    def log(self) -> Path:
        """The log of what went wrong."""
        return self.state / "paperstui.log"

    def make(self) -> None:
        """Make the directories that must exist, private to the user.

        Raises:
            SaveError: a directory cannot be made.
        """
        for directory in (self.data, self.cache, self.config, self.state, self.journal, self.locks):
            private_directory(directory)


def private_directory(directory: Path) -> Path:
    """Make a directory and what it lacks above it, each of them 0700; one that is there already is left as it is.

    Raises:
        SaveError: it cannot be made, or a file stands in its place.
    """
    try:
        if not directory.is_dir():
            if not directory.parent.is_dir():
                private_directory(directory.parent)
            directory.mkdir(exist_ok=True, mode=0o700)
            directory.chmod(0o700)
    except OSError as error:
        raise save_error(f"the directory {directory.name}", error) from error
    return directory


def short(path: Path) -> str:
    """A path as people write it, the home directory as "~"."""
    with suppress(RuntimeError):
        home = Path.home()
        return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)
    return str(path)


def under(root: Path) -> Paths:
    """All four directories below one root: for the demonstration and for tests."""
    return Paths(root / "data", root / "cache", root / "config", root / "state")


def standard() -> Paths:
    """The platform's directories; `XDG_DATA_HOME` and its siblings are respected.

    Raises:
        UsageError: there is no home directory to put them in.
    """
    try:
        found = (_of_linux() if sys.platform == "linux" else None) or _of_the_platform()
    except (RuntimeError, OSError) as error:
        raise UsageError("there is no home directory: set HOME or XDG_DATA_HOME") from error
    if not all(path.is_absolute() for path in (found.data, found.cache, found.config, found.state)):
        raise UsageError("HOME or an XDG directory is not an absolute path")
    return found


def _of_linux() -> Paths | None:
    """As `_of_the_platform` has them, whose module takes longer to import than a list to print; None in odd cases."""
    home = os.environ.get("HOME", "")
    named = [os.environ.get(variable) or f"{home}/{default}" for variable, default in _XDG]
    if not all(directory.startswith("/") for directory in (home, *named)):
        return None
    return Paths(*(Path(directory) / APP for directory in named))


def _of_the_platform() -> Paths:
    """Where this platform has such files.

    Raises:
        RuntimeError, OSError: there is no home directory.
    """
    from platformdirs import PlatformDirs

    dirs = PlatformDirs(APP, appauthor=False)
    return Paths(dirs.user_data_path, dirs.user_cache_path, dirs.user_config_path, dirs.user_state_path)
