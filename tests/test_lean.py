"""What the commands that are typed all day import: each of these modules costs more than it does for them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from paperstui.paths import Paths
from tests.commands.calling import api_file

NEVER = (
    "textual", "rich", "httpx", "diskcache", "markdown_it", "asyncio", "ssl", "concurrent", "subprocess",
    "typing_extensions", "inspect", "dataclasses", "shutil", "hashlib", "paperstui.sources", "paperstui.tui", "paperstui.demo",
    "paperstui.draw", "paperstui.documents", "paperstui.outside", "paperstui.usecases.fetching", "paperstui.usecases.importing",
    "paperstui.library.backup", "paperstui.library.salvage",
)  # fmt: skip
WRITING = ("logging", "filelock", "paperstui.library.stubs", "paperstui.text.titles")
NEXT_TO_NOTHING = (
    *NEVER, *WRITING, "typing", "re", "argparse", "sqlite3", "msgspec", "platformdirs", "pathlib",
    "paperstui.commands", "paperstui.usecases", "paperstui.library", "paperstui.text", "paperstui.errors",
)  # fmt: skip

RUN = """
import sys
before = set(sys.modules)
from paperstui.cli import main
status = main(sys.argv[2:])
found = [name for name in sys.argv[1].split(",") if name in set(sys.modules) - before]
if status or found:
    sys.exit(f"status {status}, imports {found}")
"""


def imports(banned: tuple[str, ...], *arguments: str) -> str:
    """Which of the banned modules a command imports; "" for none."""
    ended = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path[:] = {sys.path!r}\n{RUN}", ",".join(banned), *arguments],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return ended.stderr if ended.returncode else ""


@pytest.fixture
def library(places: Paths, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]) -> Paths:
    """A library with three papers, one of them with LaTeX in its title."""
    from paperstui.cli import main

    file = api_file(tmp_path_factory.mktemp("in") / "three.json", {}, {"title": r"On $\ell_2$ Norms"}, {})
    assert main(["import", file]) == 0
    capsys.readouterr()
    return places


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_explaining(option: str) -> None:
    assert imports(NEXT_TO_NOTHING, option) == ""


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("arguments", [["--limit", "20"], ["is:unread", "--limit", "20"]], ids=" ".join)
def test_listing(arguments: list[str]) -> None:
    assert imports((*NEVER, *WRITING), "list", *arguments) == ""


@pytest.mark.usefixtures("library")
def test_listing_as_json() -> None:
    assert imports((*NEVER, "filelock", "logging", "paperstui.library.stubs"), "list", "--json", "--limit", "20") == ""


@pytest.mark.usefixtures("library")
def test_deciding() -> None:
    # A decision takes a lock, whose library brings these with it, and a journal that is new makes its name by chance.
    banned = tuple(name for name in NEVER if name not in ("inspect", "dataclasses", "hashlib"))
    assert imports(banned, "star", "2606.00001") == ""
    assert imports(banned, "undo") == ""


@pytest.mark.usefixtures("library")
def test_this_check_sees_what_a_command_imports() -> None:
    assert imports(("argparse", "sqlite3"), "list") == "status 0, imports ['argparse', 'sqlite3']\n"


def test_msgspec_works_without_the_extensions_and_whoever_wants_them_gets_them() -> None:
    code = """
import sys
from paperstui.lean import import_msgspec
import_msgspec()
import_msgspec()
assert "typing_extensions" not in sys.modules
import paperstui.models, msgspec
paper = paperstui.models.Paper(id="2606.00001", title="A", keywords=("b",), organization=paperstui.models.Organization("c"))
assert msgspec.json.decode(msgspec.json.encode(paper), type=paperstui.models.Paper) == paper
import typing_extensions
assert typing_extensions.NotRequired
"""
    subprocess.run([sys.executable, "-c", code], check=True)


TLS = """
import socket, sys, threading
from paperstui.lean import import_asyncio
import_asyncio()
import_asyncio()
import asyncio, asyncio.base_events
assert asyncio.base_events.ssl is None, "so the reader does without"
assert "ssl" not in sys.modules and "_ssl" not in sys.modules

import ssl, httpx

def context(kind):
    made = ssl.SSLContext(kind)
    made.check_hostname, made.verify_mode = False, ssl.CERT_NONE
    made.maximum_version = ssl.TLSVersion.TLSv1_2
    try:
        made.set_ciphers("AECDH-AES256-SHA:@SECLEVEL=0")  # no certificate is needed
    except ssl.SSLError:
        sys.exit(77)
    return made

listening = socket.create_server(("127.0.0.1", 0))

def serve():
    with context(ssl.PROTOCOL_TLS_SERVER).wrap_socket(listening.accept()[0], server_side=True) as client:
        client.recv(65536)
        client.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\nConnection: close\\r\\n\\r\\nhi")

threading.Thread(target=serve, daemon=True).start()

async def fetch():
    async with httpx.AsyncClient(verify=context(ssl.PROTOCOL_TLS_CLIENT), trust_env=False) as client:
        return (await client.get(f"https://127.0.0.1:{listening.getsockname()[1]}/")).text

assert asyncio.run(fetch()) == "hi"
"""


def test_what_is_fetched_is_encrypted_as_ever_although_asyncio_came_without_ssl() -> None:
    ended = subprocess.run([sys.executable, "-c", TLS], capture_output=True, text=True, check=False)
    if ended.returncode == 77:
        pytest.skip("this OpenSSL knows no ciphers without a certificate")
    assert (ended.returncode, ended.stderr) == (0, "")


def test_the_reader_has_no_use_for_encryption_before_it_fetches() -> None:
    code = """
import sys
from paperstui.lean import import_asyncio
import_asyncio()
import paperstui.tui.app, paperstui.usecases, paperstui.draw.paper
sys.exit(", ".join({"ssl", "_ssl", "hashlib", "_hashlib"} & set(sys.modules)) or 0)
"""
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, ""), "OpenSSL is a tenth of the reader's memory"
