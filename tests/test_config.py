from __future__ import annotations

import os
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.theme import BUILTIN_THEMES

from paperstui.config import LARGEST, MODES, THEMES, Settings, load, theme_problem
from paperstui.tui.theme import OWN


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def loaded(file: Path, text: str) -> Settings:
    file.write_text(text, "utf-8")
    return load(file)


def only_problem(settings: Settings) -> str:
    assert len(settings.problems) == 1, settings.problems
    problem = settings.problems[0]
    assert problem.isprintable()
    assert len(problem) < 400
    return problem


def test_without_a_file_there_are_the_defaults(file: Path) -> None:
    settings = load(file)
    assert settings == Settings()
    assert settings.problems == ()


def test_an_empty_file_means_the_defaults(file: Path) -> None:
    assert loaded(file, "") == Settings()
    assert loaded(file, "# nothing\n\n").problems == ()


@pytest.mark.parametrize("value", ["'on'", "true", "''", "'Auto'"])
def test_pictures_have_five_ways(file: Path, value: str) -> None:
    settings = loaded(file, f"images = {value}\n")
    assert settings.images == "off"
    said = 'config.toml: images must be "off", "auto", "kitty", "sixel" or "blocks"'
    assert only_problem(settings) == said


def test_every_setting_is_read(file: Path) -> None:
    text = 'theme = "nord"\nread_on_open = true\nauto_advance = false\nrefresh_minutes = 0\nbrowser = "firefox %s"\n'
    text += 'math = "ascii"\nimages = "auto"\n'
    text += 'arxiv = ["cs.cl", "hep-th", "cs.CL"]\npdf_viewer = "zathura --fork %s"\n'
    settings = loaded(file, text)
    assert settings.problems == ()
    assert settings == Settings(
        theme="nord",
        math="ascii",
        read_on_open=True,
        auto_advance=False,
        refresh_minutes=0,
        browser="firefox %s",
        pdf_viewer="zathura --fork %s",
        images="auto",
        arxiv=("cs.CL", "hep-th"),
    )


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("theme = 3", "theme must be a line of text in quotes"),
        ("theme = true", "theme must be a line of text in quotes"),
        ('theme = ["nord"]', "theme must be a line of text in quotes"),
        ('theme = """two\nlines"""', "theme must be a line of text in quotes"),
        ('theme = "\\u001b[31m"', "theme must be a line of text in quotes"),
        ('theme = "\\u202egnp"', "theme must be a line of text in quotes"),
        (f'browser = "{"x" * 1001}"', "browser must be a line of text in quotes"),
        ("[browser]\ncommand = 'x'", "browser must be a line of text in quotes"),
        ("browser = 2026-06-04", "browser must be a line of text in quotes"),
        ('read_on_open = "yes"', "read_on_open must be true or false"),
        ("read_on_open = 1", "read_on_open must be true or false"),
        ("auto_advance = 0.0", "auto_advance must be true or false"),
        ("refresh_minutes = -1", "refresh_minutes must be a whole number from 0 to 100000"),
        ("refresh_minutes = 100001", "refresh_minutes must be a whole number from 0 to 100000"),
        ("refresh_minutes = 30.0", "refresh_minutes must be a whole number from 0 to 100000"),
        ("refresh_minutes = nan", "refresh_minutes must be a whole number from 0 to 100000"),
        ("refresh_minutes = true", "refresh_minutes must be a whole number from 0 to 100000"),
        ('refresh_minutes = "30"', "refresh_minutes must be a whole number from 0 to 100000"),
        ('math = "latex"', 'math must be "unicode", "ascii" or "raw"'),
        ('math = "ASCII"', 'math must be "unicode", "ascii" or "raw"'),
        ('math = ""', 'math must be "unicode", "ascii" or "raw"'),
        ("math = true", 'math must be "unicode", "ascii" or "raw"'),
        ("[[refresh_minutes]]\n", "refresh_minutes must be a whole number from 0 to 100000"),
    ],
)
def test_a_bad_value_costs_that_setting_and_no_other(line: str, what: str, file: Path) -> None:
    name = what.partition(" ")[0]
    kept = "auto_advance = false" if name != "auto_advance" else "read_on_open = true"
    settings = loaded(file, f"{kept}\n{line}\n")
    assert only_problem(settings) == f"config.toml: {what}"
    values = settings._replace(problems=())
    assert values == (Settings(auto_advance=False) if name != "auto_advance" else Settings(read_on_open=True))


@pytest.mark.parametrize("line", ['arxiv = "cs.CL"', "arxiv = 1", "[arxiv]\ncs = true", f"arxiv = {['cs.CL'] * 21}"])
def test_categories_are_a_list(line: str, file: Path) -> None:
    settings = loaded(file, f"read_on_open = true\n{line}\n")
    what = 'config.toml: arxiv must be a list of at most 20 categories, such as ["cs.CL", "cs.LG"]'
    assert only_problem(settings) == what
    assert settings._replace(problems=()) == Settings(read_on_open=True)


def test_a_category_that_is_none_costs_no_other(file: Path) -> None:
    settings = loaded(file, 'arxiv = ["cs.CL", "cs.C", "xx\\u001b[31m", 7, "math.AG"]\n')
    assert settings.arxiv == ("cs.CL", "math.AG")
    assert settings.problems == (
        "config.toml: arXiv has no category 'cs.C'; one is written as in \"cs.CL\"",
        "config.toml: arXiv has no category 'xx[31m'; one is written as in \"cs.CL\"",
        'config.toml: arxiv holds categories in quotes, such as "cs.CL"',
    )
    assert all(problem.isprintable() for problem in settings.problems)


@pytest.mark.parametrize(
    ("key", "value"), [("refresh_minutes", 0), ("refresh_minutes", 100_000), ("theme", "x" * 1000), ("browser", "")]
)
def test_the_largest_and_smallest_values_are_taken(key: str, value: Any, file: Path) -> None:
    written = f'"{value}"' if isinstance(value, str) else value
    settings = loaded(file, f"{key} = {written}\n")
    assert settings.problems == ()
    assert getattr(settings, key) == value


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("refresh_minute", "refresh_minutes"),
        ("Theme", "theme"),
        ("auto-advance", "auto_advance"),
        ("browzer", "browser"),
    ],
)
def test_an_unknown_key_is_named_with_the_one_that_was_meant(key: str, meant: str, file: Path) -> None:
    settings = loaded(file, f"{key} = 1\nread_on_open = true\n")
    assert only_problem(settings) == f"config.toml: there is no setting {key!r}; did you mean {meant!r}?"
    assert settings.read_on_open


def test_a_key_like_no_other_is_named_alone(file: Path) -> None:
    assert only_problem(loaded(file, "xyzzy = 1\n")) == "config.toml: there is no setting 'xyzzy'"


def test_problems_is_no_setting(file: Path) -> None:
    settings = loaded(file, 'problems = ["x"]\n')
    assert "there is no setting 'problems'" in only_problem(settings)


def test_a_hostile_key_is_shown_short_and_without_controls(file: Path) -> None:
    problem = only_problem(loaded(file, f'"\\u001b]0;{"x" * 500}\\u0007" = 1\n'))
    assert len(problem) < 100
    assert "x1b" not in problem


def test_every_problem_has_its_line(file: Path) -> None:
    settings = loaded(file, "theme = 1\nread_on_open = 1\nnonsense = 1\n")
    assert len(settings.problems) == 3


@pytest.mark.parametrize(
    "data",
    [
        b"theme = ",
        b"theme = 'a'\ntheme = 'b'\n",
        b"{",
        b"theme = 'x'\n\xff\xfe\n",
        b"\x00\x00",
        b"theme = '\x1b[31m'\n",
        "\ufefftheme = 'x'\n".encode("utf-16"),
        b"x = " + b"[" * 100_000,
        b"x = " + b"{y = " * 50_000,
        b"x = " + b"1" * 10_000,
        b"x = 2026-13-45\n",
    ],
)
def test_what_is_no_toml_means_the_defaults(data: bytes, file: Path) -> None:
    file.write_bytes(data)
    settings = load(file)
    assert settings._replace(problems=()) == Settings()
    assert only_problem(settings).startswith("config.toml is not valid TOML (")


def test_a_file_of_a_megabyte_is_read_and_a_larger_one_is_not(file: Path) -> None:
    line = b"read_on_open = true\n"
    file.write_bytes(line + b"#" * (LARGEST - len(line)))
    assert load(file).read_on_open
    file.write_bytes(line + b"#" * (LARGEST - len(line) + 1))
    settings = load(file)
    assert settings._replace(problems=()) == Settings()
    assert only_problem(settings) == "config.toml is larger than 1 MB: the defaults are used"


def test_a_directory_in_its_place_means_the_defaults(file: Path) -> None:
    file.mkdir()
    settings = load(file)
    assert settings._replace(problems=()) == Settings()
    assert only_problem(settings) == "config.toml cannot be read (Is a directory): the defaults are used"


def test_a_link_to_itself_means_the_defaults(file: Path) -> None:
    file.symlink_to(file)
    assert "cannot be read" in only_problem(load(file))


def test_a_file_that_may_not_be_read_means_the_defaults(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise PermissionError(13, "Permission denied", str(file))

    file.write_text("read_on_open = true\n", "utf-8")
    monkeypatch.setattr(Path, "open", refuse)
    settings = load(file)
    assert settings._replace(problems=()) == Settings()
    assert only_problem(settings) == "config.toml cannot be read (Permission denied): the defaults are used"


TOML = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.lists(
        st.tuples(
            st.sampled_from(
                [
                    "theme",
                    "math",
                    "read_on_open",
                    "auto_advance",
                    "refresh_minutes",
                    "browser",
                    "pdf_viewer",
                    "images",
                    "arxiv",
                    "other",
                ]
            ),
            st.sampled_from(
                ["true", "1", "-7", "1e300", "'x'", '"\\u0007"', "[]", "{a = 1}", "2026-06-04", "inf", "'''\n'''"]
            ),
        ),
        max_size=6,
    ).map(lambda pairs: "".join(f"{key} = {value}\n" for key, value in pairs).encode()),
)


@given(TOML)
def test_no_file_keeps_the_reader_from_starting(data: bytes) -> None:
    file = Path(os.environ["HOME"]) / "any.toml"
    file.write_bytes(data)
    settings = load(file)
    assert 0 <= settings.refresh_minutes <= 100_000
    assert isinstance(settings.read_on_open, bool)
    assert settings.theme.isprintable()
    assert settings.math in MODES
    assert settings.browser.isprintable()
    assert all(problem.isprintable() and len(problem) < 400 for problem in settings.problems)


def test_the_themes_are_ours_and_textuals() -> None:
    assert set(THEMES) == {theme.name for theme in OWN} | set(BUILTIN_THEMES)
    assert not any(map(theme_problem, THEMES))
