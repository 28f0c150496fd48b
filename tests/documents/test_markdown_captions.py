from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.documents import markdown_text
from paperstui.documents.blocks import Figure, Paragraph, Table, plain, words
from paperstui.documents.markdown import markdown_blocks, markdown_pieces
from paperstui.documents.markdown_text import RunningText
from paperstui.text.clean import clean

TABLE = "| a | b |\n|---|---|\n| 1 | 2 |"


@pytest.mark.parametrize(
    "caption", ["Table 1: Weights of $n$ stones.", "**Table 1:** Weights.", "Tab. A.2. Weights", "TABLE IV. W"]
)
def test_a_tables_caption_stands_before_or_behind_it(caption: str) -> None:
    for text in (f"{caption}\n\n{TABLE}", f"{TABLE}\n\n{caption}"):
        (table,) = markdown_blocks(text)
        assert isinstance(table, Table)
        assert plain(table.caption) == words(markdown_blocks(caption)[0])


def test_of_several_tables_each_has_its_own() -> None:
    one, two = "Table 1: One.", "Table 2: Two."
    for text in ((one, TABLE, two, TABLE), (TABLE, one, TABLE, two)):
        found = markdown_blocks("\n\n".join(text))
        assert [plain(block.caption) for block in found if isinstance(block, Table)] == [one, two]
        assert len(found) == 2


@pytest.mark.parametrize(
    "text", ["Table 1 shows the stones.", "Tables: all", "Figure 1: A stone.", "> Table 1: quoted", "The Table 1: no"]
)
def test_other_text_at_a_table_is_no_caption(text: str) -> None:
    found = markdown_blocks(f"{text}\n\n{TABLE}")
    assert isinstance(found[0], Paragraph)
    assert isinstance(found[1], Table)
    assert not found[1].caption


@pytest.mark.parametrize("between", ["\n\n", "\n", " "])
def test_a_pictures_caption_stands_behind_it(between: str) -> None:
    (figure,) = markdown_blocks(f"![Refer to caption](https://x.org/a.png){between}Figure 2: A *big* stone.")
    assert figure == Figure(figure.caption, "https://x.org/a.png")  # type: ignore[union-attr]
    assert words(figure) == "Figure 2: A big stone."


def test_the_name_of_a_picture_that_its_caption_does_not_say_is_kept() -> None:
    (figure,) = markdown_blocks("![Three rivers](https://x.org/a.png)\n\nFig. 2. A stone.")
    assert words(figure) == "Fig. 2. A stone. (Three rivers)"
    first, second = markdown_blocks("![One](https://x.org/a.png)\n\n![Two](https://x.org/b.png)\n\nFigure 1: Two.")
    assert (words(first), words(second)) == ("One", "Figure 1: Two.")


def test_a_caption_is_not_torn_off_where_a_long_text_is_read_in_pieces() -> None:
    filler = "\n\n".join(["Lorem ipsum dolor sit amet. " * 20] * 200)
    for cut in range(0, 600, 50):
        text = f"{filler[: 16_000 + cut]}\n\n![](https://x.org/a.png)\n\nFigure 1: A stone.\n\n{filler}"
        assert len(list(markdown_pieces(text))) > 2
        assert "Figure 1: A stone." in [words(block) for block in markdown_blocks(text) if isinstance(block, Figure)]


@given(st.text(st.one_of(st.sampled_from("ab 1.,*_$[]()!<>&#~`\\:/|\n-"), st.characters(exclude_categories=["Cs"]))))
def test_text_without_markup_is_read_as_if_it_might_have_some(text: str) -> None:
    content = clean(text)
    short = RunningText("", breaks=False).spans(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown_text, "_MARKED", re.compile(""))
        assert RunningText("", breaks=False).spans(content) == short
