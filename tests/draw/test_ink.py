from __future__ import annotations

import itertools
import re

import pytest
from rich.color import ColorSystem
from textual.strip import Strip

from paperstui.actions import ACTIONS
from paperstui.documents.flow import flow
from paperstui.documents.markdown import markdown_blocks
from paperstui.draw import bars, choices, states
from paperstui.draw.changes import change_lines, compared
from paperstui.draw.ink import DARK, GROUNDS, INKS, LIGHT, OWN_THEMES, sequence
from paperstui.draw.lines import Line
from paperstui.draw.paper import paper_lines
from paperstui.draw.row import row_lines
from paperstui.models import Wording
from paperstui.query.completion import Candidate
from paperstui.tui.theme import Inks
from tests.draw.samples import TODAY, detail, paper, row

READABLE = 4.5
"""The contrast WCAG 2 asks for in text (level AA)."""

VISIBLE = 3.0
"""What it asks for in large text and in what is not needed to understand the rest."""

FAINT = frozenset({"faint"})
"""Inks of asides: a number of a view, the order of the list."""

DECORATION = frozenset({"rule"})
"""Inks of what is not text: nothing is lost with them."""

PLAIN = {"text", "strong", "dim"}
ON: dict[str, set[str]] = {
    "list": PLAIN | {"title", "title-read", "accent", "accent-strong", "faint", "match", "error"},
    "cursor": PLAIN
    | {"title", "title-read", "faint", "accent", "match", "rule"}
    | {"italic", "code", "heading", "minor", "link", "cite"},
    "cursor-blurred": {"text", "title", "title-read", "dim", "accent", "match"},
    "detail": PLAIN
    | {
        "italic",
        "code",
        "gone",
        "pixels",
        "heading",
        "minor",
        "link",
        "cite",
        "accent",
        "faint",
        "match",
        "rule",
        "more",
        "paper",
        "tab",
        "tab-shown",
        "error",
    },
    "bar": PLAIN | {"accent", "accent-strong", "faint", "error", "rule"},
}
ON["selected"] = ON["detail"]
"""Which inks are written on which ground."""


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    linear = []
    for at in (1, 3, 5):
        value = int(colour[at : at + 2], 16) / 255
        linear.append(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def on(theme: dict[str, str], ink: str, ground: str) -> float:
    return contrast(theme[INKS[ink].variable], theme[GROUNDS[ground]])


def inks_of(*lines: Line) -> set[str]:
    return {ink.partition(":")[0] for line in lines for _, ink in line}


def test_the_contrast_is_computed_right() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert contrast("#123456", "#123456") == 1


def test_both_themes_name_the_same_colours() -> None:
    assert DARK.keys() == LIGHT.keys()
    assert set(OWN_THEMES) == {"paperstui-dark", "paperstui-light"}
    assert OWN_THEMES["paperstui-dark"] is DARK
    assert OWN_THEMES["paperstui-light"] is LIGHT


@pytest.mark.parametrize("theme", OWN_THEMES.values(), ids=OWN_THEMES.keys())
def test_every_ink_and_every_ground_has_its_colour(theme: dict[str, str]) -> None:
    assert {ink.variable for ink in INKS.values()} | set(GROUNDS.values()) == set(theme)
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in theme.values())


def least(ink: str, ground: str) -> float:
    """The contrast that an ink must have on a ground."""
    if ink in DECORATION:
        return 1.0
    # Under the cursor the accent marks what is told by a glyph or a weight as well.
    if ink in FAINT or (ink in ("accent", "match") and ground.startswith("cursor")):
        return VISIBLE
    return READABLE


@pytest.mark.parametrize("theme", OWN_THEMES.values(), ids=OWN_THEMES.keys())
def test_text_can_be_read_where_it_stands(theme: dict[str, str]) -> None:
    found = {(ink, ground): on(theme, ink, ground) for ground, inks in ON.items() for ink in inks}
    assert {pair: value for pair, value in found.items() if value < least(*pair)} == {}


@pytest.mark.parametrize("theme", OWN_THEMES.values(), ids=OWN_THEMES.keys())
def test_dim_is_quieter_than_text_and_faint_quieter_than_dim(theme: dict[str, str]) -> None:
    for ground in ("list", "detail", "bar"):
        assert (
            on(theme, "text", ground)
            > on(theme, "dim", ground)
            > on(theme, "faint", ground)
            > on(theme, "rule", ground)
        )


@pytest.mark.parametrize("theme", OWN_THEMES.values(), ids=OWN_THEMES.keys())
def test_the_grounds_can_be_told_apart(theme: dict[str, str]) -> None:
    colours = [theme[variable] for variable in GROUNDS.values()]
    assert len(set(colours)) == len(colours)
    strongest = contrast(theme["paper-cursor"], theme["background"])
    assert strongest > contrast(theme["paper-cursor-blurred"], theme["background"]) > 1.05


def test_the_dark_theme_is_dark_and_the_light_one_light() -> None:
    for variable in GROUNDS.values():
        assert luminance(DARK[variable]) < 0.05
        assert luminance(LIGHT[variable]) > 0.6


def test_unread_read_and_found_differ_by_more_than_hue() -> None:
    def looks(ink: str) -> tuple[bool, ...]:
        return INKS[ink].bold, INKS[ink].italic, INKS[ink].underline

    assert looks("title") != looks("title-read")
    assert looks("match") != looks("title")
    assert looks("match") != looks("text")
    assert looks("link") != looks("dim")


@pytest.mark.parametrize(("ground", "cursor"), [("list", False), ("cursor", True), ("cursor-blurred", True)])
def test_a_row_is_written_in_inks_of_its_ground(ground: str, cursor: bool) -> None:
    for read, starred, marked in itertools.product((False, True), repeat=3):
        marks = (lambda _text, _field: [(0, 3)]) if marked else None
        lines = row_lines(row(read=read, starred=starred, has_code=True), 80, TODAY, cursor=cursor, marks=marks)
        assert inks_of(*lines) <= ON[ground]


def test_the_list_is_written_in_inks_of_its_ground() -> None:
    headings = [bars.list_heading(1, shown, 9, "rank", arrived, 80) for shown in (3, 9) for arrived in (0, 2)]
    notices = [
        states.loading("x", "y"),
        states.empty_library("x"),
        states.empty_issue("x", "y"),
        states.nothing_starred(),
        states.nothing_queued(),
        states.no_match("x"),
        states.no_match("2506.01234"),
        states.asking("x", "y"),
        states.nothing_found("x"),
    ]
    lines = [line for notice in notices for cells in (20, 60) for line in states.notice_lines(notice, cells, 20)]
    assert inks_of(*headings, *lines) <= ON["list"]


def test_a_paper_is_written_in_inks_of_its_ground() -> None:
    source = r"We \emph{see} \textbf{more} in \texttt{code} and at \url{https://quiet.example/x} than $x^2$."
    shown = detail(paper(abstract=source, text_source="arxiv"))
    lines = paper_lines(shown, 100, TODAY, marks=lambda _text, _field: [(0, 2)])
    assert inks_of(*lines) <= ON["detail"]
    assert {"strong", "heading", "link", "dim", "accent", "match"} <= inks_of(*lines)


def test_a_text_is_written_in_inks_of_the_pane_and_of_a_line_that_is_pointed_at() -> None:
    running = "See *this*, **that**, `code`, [a link](https://quiet.example/x) and [^1]."
    source = f"# A\n\n#### B\n\n{running}\n\n[^1]: A note.\n\n> Quoted."
    inks = inks_of(*flow(markdown_blocks(source), 60).lines)
    assert {"heading", "minor", "italic", "code", "link", "cite", "rule"} <= inks
    assert inks <= ON["detail"] & ON["cursor"]


def test_what_changed_is_written_in_inks_of_the_pane() -> None:
    said = Wording(source="arxiv", version=1, title="Other", abstract="Other words.", at=1)
    shown = detail(wordings=(said,))
    inks = inks_of(*change_lines(shown, compared(shown), 80, TODAY))
    assert "gone" in inks
    assert inks <= ON["detail"]


def test_the_bars_are_written_in_inks_of_their_ground() -> None:
    tabs = [bars.Tab("1", "Today", 3, active=True), bars.Tab("2", "Starred", None, active=False)]
    lines = [
        bars.header(tabs, TODAY.isoformat(), cells, banner=banner)
        for cells in (20, 60, 120)
        for banner in ("", "demonstration")
    ]
    lines += [bars.status("x", ink, "1 of 2", "updated", 60) for ink in ("dim", "error")]
    lines += [bars.hints([("j", "down"), ("?", "help")], 60), bars.chord_hints("g", [("r", ACTIONS[0])], 60)]
    assert inks_of(*lines) <= ON["bar"]


def test_what_can_be_chosen_is_written_in_inks_of_its_ground() -> None:
    several = [Candidate("is:unread", "value", "not read yet", 0, 3), Candidate("is:read", "value", "", 0, 3)]
    lines = choices.suggestion_lines(several, {"is:unread": 0}, 60, 2, chosen=0, top=0, more=9, counted=True)
    assert inks_of(lines[0]) <= ON["cursor"]
    keys = choices.key_lines("S …", [("u", "upvotes", True), ("p", "published", False)], 60, 9)
    problem = choices.problem_lines("there is no field “titel:”", 60)
    assert inks_of(*lines, *keys, *problem, *choices.waiting_lines(30)) <= ON["bar"]


def test_no_ink_is_without_use() -> None:
    assert set(INKS) == set().union(*ON.values())


@pytest.mark.parametrize("system", [ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT, ColorSystem.STANDARD])
@pytest.mark.parametrize("theme", OWN_THEMES.values(), ids=list(OWN_THEMES))
def test_our_sequences_are_those_that_textual_writes(theme: dict[str, str], system: ColorSystem) -> None:
    colours = {ColorSystem.TRUECOLOR: 2**24, ColorSystem.EIGHT_BIT: 256, ColorSystem.STANDARD: 16}[system]
    inks = Inks(theme)
    for ink in INKS:
        for ground in GROUNDS:
            written = Strip.render_ansi(inks.style(ink, ground), system)
            assert sequence(ink, ground, theme, colours) == f"\x1b[0;{written}m"
