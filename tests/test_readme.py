from __future__ import annotations

import argparse
import re
import shlex
import subprocess
import tomllib
from pathlib import Path

import pytest

from paperstui import cli, config, errors
from paperstui.cli import COMMANDS, HELP
from paperstui.query.fields import FIELDS, choices_of
from tests.readme import README, keys_table, query_tables, with_tables

ROOT = README.parent
TEXT = README.read_text("utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
SHELL = [line for language, block in BLOCKS if language == "sh" for line in block.splitlines() if line.strip()]
INLINE = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", TEXT, flags=re.MULTILINE | re.DOTALL))
PARSERS = {name: cli._parser(name) for name in COMMANDS}
OPTIONS = {
    name: {option for action in parser._actions for option in action.option_strings} for name, parser in PARSERS.items()
}


def command_lines() -> list[list[str]]:
    """The words after `paperstui` of every call of it in a block of shell commands or in the text."""
    found = []
    for line in [*SHELL, *INLINE]:
        for part in line.partition("  #")[0].split("&&"):
            words = shlex.split(part.strip()) if part.count("'") % 2 == 0 else []
            if words and Path(words[0]).name == "paperstui" and "paperstui/" not in words[0]:
                found.append(words[1:])
            elif words[1:3] == ["-m", "paperstui"]:
                found.append(words[3:])
    return found


def test_the_tables_of_keys_and_queries_are_those_of_the_program() -> None:
    assert TEXT.count(keys_table()) == 1
    assert TEXT.count(query_tables()) == 1
    assert with_tables(TEXT) == TEXT, "python -m tests.readme writes them"


@pytest.mark.parametrize("told", ["next paper you have not read", "words in the title"])
def test_the_tables_would_be_replaced(told: str) -> None:
    spoilt = TEXT.replace(told, "something else", 1)
    assert spoilt != TEXT
    assert with_tables(spoilt) == TEXT


def test_every_field_and_every_word_it_takes_is_in_the_readme() -> None:
    section = TEXT.partition("\n## Filter\n")[2].partition("\n## ")[0]
    for field in FIELDS:
        assert f"`{field.example}`" in section
        assert all(f"`{field.name}:{choice.name}`" in section for choice in choices_of(field))


def test_a_table_has_two_cells_a_row() -> None:
    for line in query_tables().splitlines():
        assert not line or len(re.split(r"(?<!\\)\|", line)) == 4, line


def test_there_are_commands_in_the_readme() -> None:
    named = {words[0] for words in command_lines() if words}
    assert set(COMMANDS) <= named, "every command has its example"


@pytest.mark.parametrize("words", command_lines(), ids=" ".join)
def test_every_command_in_the_readme_is_understood(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    if words and words[0] in COMMANDS:
        try:
            PARSERS[words[0]].parse_args(words[1:])
        except SystemExit:
            pytest.fail(capsys.readouterr().err)
    elif words == ["COMMAND", "--help"]:
        assert "paperstui COMMAND --help" in HELP
    else:
        assert not words or words[0].startswith("--"), "a word that is no command would be a query"
        # Everything else opens the reader, which says so without a terminal, and not that it does not know an option.
        assert cli.main(words) == 2
        assert "the reader needs a terminal" in capsys.readouterr().err


def queries() -> list[str]:
    """The examples of the query language."""
    section = TEXT.partition("\n## Filter\n")[2].partition("\n## ")[0]
    block = re.search(r"^```\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    assert block is not None
    return [re.split(r" {3,}", line)[0].strip() for line in block[1].splitlines()]


@pytest.mark.parametrize("text", queries())
def test_every_query_in_the_readme_is_understood(text: str) -> None:
    from paperstui.query import parse

    assert list(parse(text).problems) == []
    assert PARSERS["list"].parse_args([text]).query == [text]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_does(name: str) -> None:
    told = PARSERS[name].format_help()
    for action in PARSERS[name]._actions:
        for option in action.option_strings:
            assert option in told
            assert action.help, f"{name} {option}"
            assert action.help is not argparse.SUPPRESS, f"{name} {option}"


def promised(name: str) -> str:
    """The line of `paperstui --help` about a command."""
    found = re.search(rf"^  {name}  .*(?:\n {{10,}}.*)*", HELP, re.MULTILINE)
    assert found is not None, name
    return found[0]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_promises_no_option_that_is_not_there(name: str) -> None:
    assert set(re.findall(r"--[a-z-]+", promised(name))) <= OPTIONS[name]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_named_in_the_readme_or_in_the_help(name: str) -> None:
    """`COMMAND --help` explains it; that it exists is to be seen before that."""
    told = TEXT + HELP
    assert {option for option in OPTIONS[name] - {"-h"} if not re.search(rf"{option}\b", told)} == set()


def test_the_help_names_every_command_and_no_other() -> None:
    assert re.findall(r"^  ([a-z]+)  ", HELP.partition("commands:")[2].partition("options:")[0], re.MULTILINE) == list(
        COMMANDS
    )


def test_ci_finds_exactly_one_test_command() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    expression = re.search(r"sed -n '([^']+)' README\.md", script)
    assert expression is not None
    ended = subprocess.run(["sed", "-n", expression[1], str(README)], capture_output=True, text=True, check=True)
    lines = ended.stdout.splitlines()
    assert len(lines) == 1
    assert lines[0] in SHELL, "it is a line of its own in a block of commands"
    assert lines[0].endswith(".venv/bin/python -m pytest -q -n auto --dist worksteal")


def test_the_test_command_installs_what_the_tests_need() -> None:
    [line] = [line for line in SHELL if "pytest" in line]
    extra = re.search(r"'\.\[([a-z,]+)\]'", line)
    assert extra is not None
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = {name for part in extra[1].split(",") for name in project["optional-dependencies"][part]}
    assert any(name.startswith("pytest>") for name in wanted)
    assert line.startswith("python3 -m venv .venv && ")


def test_one_line_installs_and_starts_it() -> None:
    lines = [line for line in SHELL if "pip install" in line and "pytest" not in line]
    assert lines == ["python3 -m venv .venv && .venv/bin/pip install --quiet '.[fulltext]' && .venv/bin/paperstui"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["scripts"] == {"paperstui": "paperstui.cli:run"}
    assert ".venv/" in (ROOT / ".gitignore").read_text("utf-8").splitlines()


def test_it_asks_for_the_python_that_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert f"With Python {project['requires-python'].removeprefix('>=')} or newer" in TEXT


def settings_block(*, mail: bool = False) -> str:
    """The settings, or those of the e-mail."""
    [block] = [block for language, block in BLOCKS if language == "toml" and block.startswith("[mail]") is mail]
    return str(block)


def test_the_settings_in_the_readme_are_the_defaults(tmp_path: Path) -> None:
    written = tomllib.loads(settings_block())
    known = [name for name in config.Settings._fields if name not in ("mail", "problems")]
    assert list(written) == known
    defaults = {name: getattr(config.Settings(), name) for name in known}
    assert written == {name: list(value) if isinstance(value, tuple) else value for name, value in defaults.items()}
    file = tmp_path / "config.toml"
    file.write_text(settings_block(), "utf-8")
    settings = config.load(file)
    assert settings.problems == ()
    assert settings == config.Settings()


def test_the_settings_of_the_mail_in_the_readme_are_all_of_them(tmp_path: Path) -> None:
    written = tomllib.loads(settings_block(mail=True))
    assert list(written) == ["mail"]
    assert list(written["mail"]) == [name.rstrip("_") for name in config.MailSettings._fields]
    file = tmp_path / "config.toml"
    file.write_text(settings_block() + settings_block(mail=True), "utf-8")
    settings = config.load(file)
    assert settings.problems == ()
    assert settings.mail._asdict() == {
        name: (written["mail"]["to"],) if name == "to" else written["mail"][name.rstrip("_")]
        for name in config.MailSettings._fields
    }


def test_every_setting_is_explained() -> None:
    lines = [*settings_block().splitlines(), *settings_block(mail=True).splitlines()[1:]]
    assert len(lines) > 10
    assert all(re.search(r"# .{8}", line) for line in lines)


def test_every_picture_is_there() -> None:
    shown = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", TEXT)
    assert shown
    assert all(len(words) > 10 for words, _ in shown), "what it shows is said for those who cannot see it"
    if not list((ROOT / "screenshots").glob("*.svg")):
        pytest.skip("the pictures are not made yet")
    assert [path for _, path in shown if not (ROOT / path).is_file()] == []


def test_every_link_into_the_repository_leads_somewhere() -> None:
    targets = re.findall(r"\]\(([^)#]+)[^)]*\)", TEXT)
    assert [
        target
        for target in targets
        if "://" not in target and not target.endswith((".svg", ".png")) and not (ROOT / target).exists()
    ] == []


WORDS = {
    "PaperstuiError": "failed",
    "UsageError": "usage",
    "QueryError": "usage",
    "LibraryError": "library",
    "SourceError": "source",
    "SaveError": "saved",
}


def test_every_exit_status_is_explained() -> None:
    paragraph = re.search(r"^Exit status: (.*?)\.\n\n", TEXT, re.MULTILINE | re.DOTALL)
    assert paragraph is not None
    told = dict(entry.split(" ", 1) for entry in " ".join(paragraph[1].split()).split(" · "))
    kinds = [
        kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.PaperstuiError)
    ]
    assert set(told) == {"0", "70", "128+n"} | {str(kind.exit_status) for kind in kinds}
    for kind in kinds:
        assert WORDS[kind.__name__] in told[str(kind.exit_status)]
    assert "done" in told["0"]


def test_the_files_it_names_are_the_files_there_are(tmp_path: Path) -> None:
    from paperstui import paths

    places = paths.under(tmp_path)
    table = TEXT.partition("| file | what it is |")[2].partition("\n\n")[0]
    named = set(re.findall(r"^\| `([^`*]+?)/?(?:\*[^`]*)?` \|", table, re.MULTILINE))
    paths_named = (
        *(places.journal, places.library, places.backups),
        *(places.digests, places.settings, places.documents, places.pdfs, places.queries),
    )
    assert named == {path.name for path in paths_named}


def test_it_says_what_to_back_up() -> None:
    assert "**Back up the journal directory and `config.toml`**" in TEXT


def test_every_variable_it_names_is_read() -> None:
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "paperstui").rglob("*.py"))
    named = set(re.findall(r"\b((?:HF|PAPERSTUI|XDG)_[A-Z_]+|BROWSER|EDITOR)\b", TEXT))
    assert {"HF_ENDPOINT", "HF_TOKEN", "BROWSER"} <= named
    assert {name for name in named if f'"{name}"' not in sources} == set()
