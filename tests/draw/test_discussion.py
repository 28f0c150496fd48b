from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui import clock
from paperstui.documents.markdown import markdown_blocks
from paperstui.draw.discussion import Said, comment_lines, empty_lines, new_ones
from paperstui.draw.lines import Line, line_width, plain
from paperstui.models import Account, Comment, Discussion, Similar, Skipped
from tests.hostile import HOSTILE

NOW = 1_780_574_400
ADA = Account("ada", name="Ada Li")
BO = Account("bo")


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "seconds", lambda: NOW)


def comment(name: str, text: str = "Hello", **more: object) -> Comment:
    given_values: dict[str, object] = {"id": name, "author": ADA, "text": text, "written": NOW - 3 * 3600} | more
    return Comment(**given_values)  # type: ignore[arg-type]


def discussion(*comments: Comment, **more: object) -> Discussion:
    return Discussion(paper="2506.01234", at=NOW, comments=comments, **more)  # type: ignore[arg-type]


def lines_of(found: Discussion, cells: int = 60, new: tuple[str, ...] = ()) -> list[Line]:
    said = [Said(one, markdown_blocks(one.text, breaks=True), one.id in new) for one in found.comments]
    return comment_lines(said, found, cells)


def shown(found: Discussion, cells: int = 60, new: tuple[str, ...] = ()) -> list[str]:
    return [plain(line).rstrip() for line in lines_of(found, cells, new)]


def test_a_thread_by_hand() -> None:
    found = discussion(
        comment("a", "**First** of all.\n\n- one\n- two", reactions=(("👍", 3), ("🔥", 1_200))),
        comment("b", "An answer.", author=BO, depth=1, edits=2, changed=NOW - 60),
        comment("c", "And one to that.", depth=2, by_author=True),
        comment("d", "", hidden=True, author=Account("lab", kind="org", staff=True, moderator=True)),
    )
    assert shown(found, new=("c",)) == [
        "Ada Li · @ada · 3 h ago   👍 3  🔥 1,200",
        "First of all.",
        "",
        "• one",
        "• two",
        "",
        "│ bo · 3 h ago · edited 1 min ago",
        "│ An answer.",
        "│",
        "│ │ ● new  Ada Li · @ada · author of the paper · 3 h ago",
        "│ │ And one to that.",
        "",
        "lab · organisation · Hugging Face · moderator · 3 h ago",
        "This comment was hidden.",
    ]


def test_what_is_not_shown_is_said() -> None:
    found = discussion(comment("a"), left=7, skipped=(Skipped("comment 2", "it has no text"),))
    assert shown(found, 90)[-1] == "7 more are on the site: O opens it; 1 comment could not be read"
    only = discussion(skipped=(Skipped("comment 1", "x"), Skipped("comment 2", "x")))
    assert "2 comments could not be read" in "".join(plain(line) for line in empty_lines(only, 60))


def test_the_bots_list_is_a_line_that_leads_to_it() -> None:
    bot = comment("a", "* [A](/papers/2401.00001)\n* [B](/papers/2401.00002)", author=Account("librarian-bot"))
    with_list = discussion(bot, similar=(Similar("2401.00001", "A"), Similar("2401.00002", "B")))
    assert shown(with_list)[1] == "names 2 similar papers: on the next tab, and with M p"
    assert "A" in "\n".join(shown(discussion(bot))[1:]), "what could not be read as a list is shown as it is"


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (discussion(), "No comments yet. O opens the page"),
        (discussion(known=False), "Hugging Face has no page of this paper yet. O opens it"),
    ],
)
def test_without_comments_the_next_step_is_said(found: Discussion, words: str) -> None:
    assert words in " ".join(plain(line) for line in empty_lines(found, 80))


def test_what_is_new_is_what_was_not_there() -> None:
    found = discussion(comment("a"), comment("b"))
    assert new_ones(found, frozenset({"a"})) == {"b"}
    assert new_ones(found, None) == frozenset(), "at the first visit all of it would be"


@pytest.mark.parametrize("text", [text for _, text in HOSTILE], ids=[name for name, _ in HOSTILE])
@pytest.mark.parametrize("cells", [20, 60])
def test_hostile_comments_stay_in_the_pane(text: str, cells: int) -> None:
    from paperstui.text.clean import clean, clean_line

    author = Account(clean_line(text, 100) or "x", name=clean_line(text, 100))
    one = comment("a", clean(text), author=author, reactions=((clean_line(text, 16) or "x", 2),), depth=3)
    assert all(line_width(line) <= cells for line in lines_of(discussion(one), cells))


@given(st.lists(st.tuples(st.integers(0, 12), st.text(max_size=80)), max_size=8), st.integers(20, 100))
def test_no_line_is_wider_than_the_column(comments: list[tuple[int, str]], cells: int) -> None:
    from paperstui.text.clean import clean

    found = discussion(*(comment(str(at), clean(text), depth=depth) for at, (depth, text) in enumerate(comments)))
    assert all(line_width(line) <= cells for line in lines_of(found, cells))
