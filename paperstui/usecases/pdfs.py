"""The PDFs of papers: each downloaded once, into a file that other programs can open, and thinned when they grow too many.

A download is written under a name of its own and renamed when it is whole, so that whatever stops it leaves no half PDF.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import quote

from paperstui.errors import PaperstuiError, SourceError, save_error
from paperstui.export.urls import valid_arxiv_id
from paperstui.paths import private_directory

if TYPE_CHECKING:
    from paperstui.models import Paper
    from paperstui.sources.exchange import Progress
    from paperstui.sources.http import Http
    from paperstui.usecases.reaching import Reaching

MOST_BYTES = 1024 * 2**20
"""How much room the PDFs may take together; those that were not opened for longest go first."""

_PART = ".part-"
_FORGOTTEN = 3600.0  # seconds after which nobody writes a part any more
_LARGEST = 100 * 2**20
_NOT_THERE = 404


class Pdfs:
    """Keeps PDFs in a directory. What fetches belongs to one event loop; the rest may come from any thread.

    turn: as `Claims.turn`, so that two processes do not fetch the same. kept: the bytes of a PDF that was fetched for its
    text, if one was.
    """

    def __init__(
        self,
        directory: Path,
        client: Callable[[], Awaitable[Http]],
        turn: Callable[[str, Callable[[], None]], contextlib.AbstractAsyncContextManager[bool]],
        kept: Callable[[Paper], bytes | None],
        *,
        most: int = MOST_BYTES,
    ) -> None:
        self._directory = directory
        self._client = client
        self._turn = turn
        self._kept = kept
        self._most = most

    def here(self, paper: Paper) -> Path | None:
        """The file of a paper's PDF, if it is here; a file that is no PDF is deleted. Blocks."""
        return here(self._directory, paper)

    async def fetch(
        self, paper: Paper, *, progress: Progress | None = None, others: Callable[[], None] = lambda: None
    ) -> Path:
        """The file of a paper's PDF, downloaded if it is not here. Cancelling it leaves nothing behind.

        progress: told how many bytes came, and of how many. others: told that another process is fetching it.

        Raises:
            SourceError: there is no PDF of it, arXiv cannot be reached, or sent something else.
            SaveError: it could not be written.
        """
        found = await asyncio.to_thread(self.here, paper)
        if found is not None:
            return found
        known = valid_arxiv_id(paper)
        if not known:
            raise SourceError("it has no arXiv id, so there is no PDF of it", kind="refused")
        http = await self._client()
        http.wake()
        async with self._turn(f"pdf {file_name(paper)}", others):
            # Another process may have brought it meanwhile, or the full text of it was made from the PDF.
            found = await asyncio.to_thread(self._found, paper)
            return found or await self._download(http, paper, known, progress)

    async def _download(self, http: Http, paper: Paper, known: str, progress: Progress | None) -> Path:
        from paperstui.sources.answers import PDF
        from paperstui.sources.failures import RefusalError
        from paperstui.sources.landing import Landing

        url = f"{http.arxiv.site}/pdf/{quote(known, safe='/')}" + (f"v{paper.version}" if paper.version else "")
        part, file = await asyncio.to_thread(self._begin)
        try:
            await http.get(url, PDF, lambda _: None, progress=progress, into=Landing(file, "the PDF"))
            return await asyncio.to_thread(self._finish, part, file, paper)
        except RefusalError as error:
            if error.status == _NOT_THERE:
                raise SourceError("arXiv has no PDF of it", kind="refused") from None
            raise
        finally:
            # Not in a thread: whoever leaves paperstui does not wait for one.
            with contextlib.suppress(OSError):
                file.close()
            part.unlink(missing_ok=True)

    def _found(self, paper: Paper) -> Path | None:
        found = self.here(paper)
        body = self._kept(paper) if found is None else None
        if body is None:
            return found
        part, file = self._begin()
        try:
            file.write(body)
            return self._finish(part, file, paper)
        except OSError as error:
            raise save_error("the PDF", error) from error
        finally:
            with contextlib.suppress(OSError):
                file.close()
            part.unlink(missing_ok=True)

    def _begin(self) -> tuple[Path, BinaryIO]:
        try:
            private_directory(self._directory)
            descriptor, name = tempfile.mkstemp(prefix=_PART, dir=self._directory)  # with mode 0600
        except OSError as error:
            raise save_error("the PDF", error) from error
        return Path(name), os.fdopen(descriptor, "w+b")

    def _finish(self, part: Path, file: BinaryIO, paper: Paper) -> Path:
        target = self._directory / file_name(paper)
        try:
            file.flush()
            os.fsync(file.fileno())
            part.replace(target)
        except OSError as error:
            raise save_error("the PDF", error) from error
        self.thin(target)
        return target

    def thin(self, keep: Path | None = None) -> None:
        """Delete what was not opened for longest until the rest has room, and what downloads that were killed left. Blocks.

        keep: a file that stays, however large it is.
        """
        found: list[tuple[float, int, Path]] = []
        for path in _files(self._directory):
            with contextlib.suppress(OSError):
                about = path.stat()
                if path.name.startswith(_PART):
                    if time.time() - about.st_mtime > _FORGOTTEN:
                        path.unlink()
                elif path.suffix == ".pdf":
                    found.append((about.st_mtime, about.st_size, path))
        total = sum(size for _, size, _ in found)
        for _, size, path in sorted(found):
            if total > self._most and path != keep:
                with contextlib.suppress(OSError):
                    path.unlink()
                    total -= size


def here(directory: Path, paper: Paper) -> Path | None:
    """The file of a paper's PDF in a directory, now the one that was opened last; one that is no PDF is deleted."""
    path = directory / file_name(paper)
    try:
        with path.open("rb") as file:
            good = file.read(5) == b"%PDF-"
        if good:
            os.utime(path)
            return path
        path.unlink()
    except OSError:
        return None
    return None


def bytes_here(directory: Path, paper: Paper) -> bytes | None:
    """The PDF of a paper, if it was downloaded."""
    path = here(directory, paper)
    try:
        return path.read_bytes() if path is not None and path.stat().st_size <= _LARGEST else None
    except OSError:
        return None


def file_name(paper: Paper) -> str:
    """The name of the file of a paper's PDF: "2606.00001v2.pdf", "hep-th_9901001.pdf"."""
    version = f"v{paper.version}" if paper.version else ""
    return f"{(valid_arxiv_id(paper) or 'none').replace('/', '_')}{version}.pdf"


def opened(desk: Reaching, client: Callable[[], Awaitable[Http]]) -> Pdfs:
    """The ones of a desk."""

    async def reach() -> Http:
        if desk.offline:
            raise PaperstuiError("the papers of the demonstration are invented: there is no PDF to open")
        return await client()

    def turn(name: str, others: Callable[[], None]) -> contextlib.AbstractAsyncContextManager[bool]:
        return desk.claims.turn(name, others)

    return Pdfs(desk.paths.pdfs, reach, turn, desk.reading.pdf)


def _files(directory: Path) -> list[Path]:
    try:
        return list(directory.iterdir())
    except OSError:
        return []
