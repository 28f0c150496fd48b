from __future__ import annotations

import ast
import importlib.util
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

from paperstui.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "paperstui"

TOP_LEVEL = {
    "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", ".gitignore", "paperstui", "tests", "screenshots", ".ci",
}  # fmt: skip

HEAVY = ("textual", "httpx", "diskcache", "markdown_it", "rich.console")
"""What takes long to import. Starting, the help and looking into the library do without."""


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = sorted(module_name(path) for path in PACKAGE.rglob("*.py"))
CORE = [name for name in MODULES if name.split(".")[1:2] != ["tui"] and name != "paperstui.__main__"]

FIRST_WITH = """
import importlib, sys
banned, modules = sys.argv[1].split(","), sys.argv[2].split(",")
for name in modules:
    importlib.import_module(name)
    found = [heavy for heavy in banned if heavy in sys.modules]
    if found:
        sys.exit(f"{name} imports {found}")
"""
"""Imports modules one after the other and stops at the first that brings a banned one with it."""

AFTER = """
import sys
from paperstui.cli import main
banned, *lines = sys.argv[1:]
for line in lines:
    status = main(line.split())
    found = [heavy for heavy in banned.split(",") if heavy in sys.modules]
    if status or found:
        sys.exit(f"paperstui {line}: status {status}, imports {found}")
"""
"""Runs command lines one after the other and stops at the first that fails or brings a banned module with it."""


def python(code: str, *arguments: str) -> str:
    """Run code in a fresh interpreter; what it complained about, empty when all went well."""
    ended = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return ended.stderr if ended.returncode else ""


@cache
def sources(root: str) -> tuple[tuple[str, str, ast.Module], ...]:
    """(path, text, tree) of the Python files below a directory of the repository."""
    texts = [(str(path.relative_to(ROOT)), path.read_text("utf-8")) for path in sorted((ROOT / root).rglob("*.py"))]
    return tuple((path, text, ast.parse(text)) for path, text in texts)


def all_sources() -> Iterator[tuple[str, str, ast.Module]]:
    return chain(sources("paperstui"), sources("tests"), sources("screenshots"))


def imports(tree: ast.Module) -> Iterator[str]:
    """The modules a module imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def tracked() -> list[str]:
    """The files of the repository, or a skip where this is not one."""
    try:
        ended = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("git is not installed")
    if ended.returncode or not (ROOT / ".git").exists():
        pytest.skip("these files are not in a git repository of their own")
    return [name for name in ended.stdout.split("\0") if name]


def test_the_core_imports_no_textual() -> None:
    assert python(FIRST_WITH, "textual", ",".join(CORE)) == ""


def test_this_check_sees_what_a_module_imports() -> None:
    assert "paperstui.tui.theme imports ['textual']" in python(
        FIRST_WITH, "textual", "paperstui.errors,paperstui.tui.theme"
    )


@pytest.mark.parametrize(
    "module", ["paperstui.cli", "paperstui.usecases", "paperstui.draw.paper", *sorted(set(COMMANDS.values()))]
)
def test_nothing_heavy_comes_with_it(module: str) -> None:
    assert python(FIRST_WITH, ",".join(HEAVY), module) == ""


def test_nothing_heavy_is_needed_to_explain() -> None:
    assert python(AFTER, ",".join(HEAVY), "--version", "--help", *(f"{name} --help" for name in COMMANDS)) == ""


def test_version_and_help_import_next_to_nothing() -> None:
    banned = "argparse,sqlite3,msgspec,asyncio,platformdirs,rich,paperstui.usecases,paperstui.text"
    assert python(AFTER, banned, "--version", "--help") == ""
    assert "paths --help: status 0, imports ['argparse'" in python(AFTER, banned, "paths --help")


def test_the_reader_is_started_without_textual_until_it_is_shown() -> None:
    assert python(FIRST_WITH, ",".join(HEAVY), "paperstui.tui.start") == ""


def test_no_source_of_the_core_names_textual_or_the_screen() -> None:
    found = [
        (path, name)
        for path, _, tree in sources("paperstui")
        if not path.startswith("paperstui/tui/")
        for name in imports(tree)
        if name.split(".")[0] == "textual" or name.startswith("paperstui.tui")
    ]
    assert [entry for entry in found if not entry[1].startswith("paperstui.tui.start")] == []
    assert {path for path, _ in found} == {"paperstui/cli.py"}, "only the command line opens the reader"


@pytest.mark.skipif(importlib.util.find_spec("importlinter") is None, reason="import-linter comes with the lint extra")
def test_the_layers_hold() -> None:
    code = "from importlinter.cli import lint_imports_command as lint; lint()"
    ended = subprocess.run(
        [sys.executable, "-c", code, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert ", 0 broken." in ended.stdout


def test_every_part_has_its_layer() -> None:
    """A part that no contract names could import whatever it likes."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    layers, no_textual = settings["contracts"]
    named = {name for layer in layers["layers"] for name in layer.split(" | ")}
    parts = {".".join(name.split(".")[:2]) for name in MODULES if "." in name} - {"paperstui.__main__"}
    assert named == parts
    assert set(no_textual["source_modules"]) >= parts - {"paperstui.tui", "paperstui.cli"}


PACKAGE_OF = {"markdown_it": "markdown-it-py"}
"""Names under which a dependency is installed, where they are others."""

DATA = {"tzdata"}
"""Dependencies that hold no code."""


def test_the_dependencies_are_what_is_imported() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {re.split(r"[><=~!;\[ ]", wanted)[0] for wanted in project["dependencies"]}
    used = {name.split(".")[0] for _, _, tree in sources("paperstui") for name in imports(tree)}
    foreign = used - set(sys.stdlib_module_names) - {"paperstui", ""}
    assert {PACKAGE_OF.get(name, name) for name in foreign} == declared - DATA


def test_every_directory_of_modules_is_a_package() -> None:
    for path in PACKAGE.rglob("*.py"):
        assert (path.parent / "__init__.py").is_file(), path
    assert (PACKAGE / "py.typed").is_file()


@pytest.mark.parametrize(("root", "most"), [("paperstui", 400), ("tests", 600), ("screenshots", 400)])
def test_no_module_is_too_long(root: str, most: int) -> None:
    found = {path: len(text.splitlines()) for path, text, _ in sources(root)}
    assert found
    assert {path: lines for path, lines in found.items() if lines > most} == {}


def test_the_app_is_short() -> None:
    assert len((PACKAGE / "tui" / "app.py").read_text("utf-8").splitlines()) < 250


def long_functions(tree: ast.Module, most: int = 60) -> list[tuple[str, int]]:
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    lengths = [(node.name, (node.end_lineno or node.lineno) - node.lineno + 1) for node in functions]
    return [(name, lines) for name, lines in lengths if lines > most]


def test_no_function_is_too_long() -> None:
    found = [(path, *function) for path, _, tree in all_sources() for function in long_functions(tree)]
    assert found == []


def test_a_long_function_is_found() -> None:
    body = "    pass\n"
    assert long_functions(ast.parse("def f():\n" + body * 59)) == []
    assert long_functions(ast.parse("class C:\n  async def f(self):\n" + body * 60)) == [("f", 61)]


def test_the_top_level_holds_only_what_it_may() -> None:
    assert {name.partition("/")[0] for name in tracked()} <= TOP_LEVEL


def test_nothing_made_by_a_tool_is_in_the_repository() -> None:
    made = re.compile(
        r"(^|/)(__pycache__|\.[a-z_]+_cache|\.hypothesis|\.venv|dist|build|[^/]*\.egg-info)(/|$)|\.(pyc|db|orig|rej|log)$"
    )
    assert [name for name in tracked() if made.search(name)] == []


def test_everything_in_the_repository_is_of_a_decent_size() -> None:
    large = {name: (ROOT / name).stat().st_size for name in tracked() if (ROOT / name).is_file()}
    assert {name: size for name, size in large.items() if size > 500_000} == {}


def test_no_source_tells_where_it_was_made() -> None:
    """Comments explain the code to whoever has only the code."""
    told = re.compile(r"/work/|/tmp/|\bissue #\d|\bDESIGN(\.md)?\b|\bTODO\b|\bFIXME\b|\bXXX\b")
    found = [
        (path, line.strip())
        for path, text, _ in all_sources()
        if path != "tests/test_layers.py"
        for line in text.splitlines()
        if told.search(line)
    ]
    assert found == []
