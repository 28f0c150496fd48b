from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from paperstui.documents.blocks import (
    Block,
    Code,
    Equation,
    Figure,
    Footnote,
    Heading,
    Inline,
    Item,
    Notice,
    Paragraph,
    Quote,
    Rule,
    Table,
    plain,
    words,
)
from paperstui.documents.markdown import MAX_DEPTH, markdown_blocks, markdown_pieces
from tests.hostile import HOSTILE


def only(text: str, **options: bool) -> Block:
    (block,) = markdown_blocks(text, base="https://huggingface.co", **options)
    return block


def spans(text: str) -> tuple[Inline, ...]:
    block = only(text)
    assert isinstance(block, Paragraph)
    return block.spans


def test_headings_have_levels_numbers_and_keys() -> None:
    blocks = markdown_blocks("# A title\n\n## 3.2 The Method\n\nAppendix B: Proofs\n---\n\n## 3.2 The Method")
    assert [(b.level, b.number, b.key) for b in blocks if isinstance(b, Heading)] == [
        (1, "", "a-title"),
        (2, "3.2", "32-the-method"),
        (2, "B", "appendix-b-proofs"),
        (2, "3.2", "32-the-method-1"),
    ]


def test_running_text_has_styles_links_and_code() -> None:
    assert spans("a *b* **c** `d*e*` [f](https://x.org/y) <https://z.org>") == (
        Inline("a "),
        Inline("b", "italic"),
        Inline(" "),
        Inline("c", "strong"),
        Inline(" "),
        Inline("d*e*", "code"),
        Inline(" "),
        Inline("f", link="https://x.org/y"),
        Inline(" "),
        Inline("https://z.org", link="https://z.org"),
    )


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("[a](/papers/2606.00001)", "https://huggingface.co/papers/2606.00001"),
        ("[a](javascript:alert(1))", ""),
        ("[a](file:///etc/passwd)", ""),
        ("[a](ssh://host)", ""),
        ("[a](http://user:password@host)", ""),
    ],
)
def test_links_lead_to_pages_only(text: str, address: str) -> None:
    assert {span.link for span in spans(text)} == {address}


def test_addresses_that_stand_for_themselves_are_links_without_their_full_stop() -> None:
    assert spans("see https://x.org/a_b_c.") == (
        Inline("see "),
        Inline("https://x.org/a_b_c", link="https://x.org/a_b_c"),
        Inline("."),
    )


def test_a_link_within_the_text_leads_to_its_key() -> None:
    assert spans("as in [7](#bib.bib7)")[1] == Inline("7", target="bib.bib7")


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("$a_1 * b_2 * c$", "a₁ * b₂ * c"),
        (r"\(x_{i}\) and _this_", "xᵢ and this"),
        (r"$$\alpha^2$$ inline", "α² inline"),
        ("it costs $5 and then $10", "it costs $5 and then $10"),
        (r"a $\name$ b", r"a \name b"),
        ("**$x^2$**", "x²"),
        ("$unclosed_ and_ more", "$unclosed_ and_ more"),
    ],
)
def test_formulas_are_kept_from_emphasis(source: str, shown: str) -> None:
    block = only(source)
    assert words(block) == shown


def test_a_formula_keeps_its_source() -> None:
    assert spans(r"so $\frac{1}{2}$ it is")[1] == Inline("1/2", tex=r"\frac{1}{2}")


@pytest.mark.parametrize(
    ("source", "shown", "number"),
    [
        ("$$\nE = mc^2\n$$", "E = mc²", ""),
        ("$$ E = mc^2 $$ (3)", "E = mc²", "(3)"),
        ("\\[\nE = mc^2\n\\] \\tag{A.1}", "E = mc²", "(A.1)"),
        ("\\begin{equation}\nE = mc^2\n\\end{equation}", "E = mc²", ""),
        ("$$\nE = mc^2 \\tag{7}\n$$", "E = mc²", "(7)"),
        ("$$\nE = mc^2 \\tag*{[7]}\n$$", "E = mc²", "[7]"),
        ("\\begin{equation}\nE = mc^2 \\tag{7}\n\\end{equation}", "E = mc²", "(7)"),
    ],
)
def test_formulas_on_lines_of_their_own(source: str, shown: str, number: str) -> None:
    before, block, after = markdown_blocks(f"before\n{source}\nafter")
    assert isinstance(block, Equation)
    assert (plain(block.spans), block.number) == (shown, number)
    assert (words(before), words(after)) == ("before", "after")


def test_a_formula_that_is_never_closed_is_text() -> None:
    assert [words(block) for block in markdown_blocks("$$\na b\n\nc")] == ["$$ a b", "c"]


def test_lists_say_what_they_are_inside_of() -> None:
    assert [(words(b), b.inside) for b in markdown_blocks("- a\n- b\n\n3. c\n   > d")] == [
        ("a", (Item("•", first=True, tight=True),)),
        ("b", (Item("•", first=True, tight=True),)),
        ("c", (Item("3.", first=True, tight=True),)),
        ("d", (Item("3.", first=False, tight=True), Quote())),
    ]


def test_an_item_of_several_paragraphs_has_one_mark() -> None:
    marks = [b.inside for b in markdown_blocks("- a\n\n  b\n- c")]
    assert [inside[0].first for inside in marks if isinstance(inside[0], Item)] == [True, False, True]
    assert {inside[0].tight for inside in marks if isinstance(inside[0], Item)} == {False}


def test_tables() -> None:
    table = only("| a | b |\n|---|--:|\n| 1 | $x^2$ |")
    assert isinstance(table, Table)
    assert [[plain(cell.spans) for cell in row] for row in table.rows] == [["a", "b"], ["1", "x²"]]
    assert (table.aligns, table.head) == (("left", "right"), 1)


def test_code_keeps_its_blanks_but_for_empty_lines_at_its_end() -> None:
    assert only("```python\nif x:\n    y  = 1\n\n```") == Code("if x:\n    y  = 1", "python")


def test_a_picture_alone_is_a_figure_and_one_in_text_a_link() -> None:
    assert only("![A cat](https://x.org/c.png)") == Figure((Inline("A cat"),), "https://x.org/c.png")
    assert spans("so ![cat](https://x.org/c.png) it")[1] == Inline("cat", link="https://x.org/c.png")


def test_notes_come_last_and_are_led_to() -> None:
    first, second, note = markdown_blocks("word[^a]\n\n[^a]: The *note*\n  goes on\n\nmore")
    assert isinstance(first, Paragraph)
    assert first.spans[1] == Inline("[a]", target="fn:a")
    assert (words(second), words(note)) == ("more", "[a] The note goes on")
    assert isinstance(note, Footnote)
    assert note.key == "fn:a"


def test_rules_and_line_breaks() -> None:
    assert [type(b) for b in markdown_blocks("a\n\n---\n\nb")] == [Paragraph, Rule, Paragraph]
    assert words(only("a\nb")) == "a b"
    assert words(only("a\nb", breaks=True)) == "a\nb"
    assert words(only("a  \nb")) == "a\nb"


def test_tags_that_style_go_and_others_stay() -> None:
    assert words(only("a <b>b</b><br>c <sup>d</sup> <think> 1 < 2 <!-- no -->")) == "a b\nc d <think> 1 < 2"


def test_what_looks_like_the_definition_of_a_link_is_text() -> None:
    assert words(only("[7]: Vaswani")) == "[7]: Vaswani"


@pytest.mark.parametrize("text", [text for _, text in HOSTILE])
def test_nothing_a_terminal_obeys_comes_through(text: str) -> None:
    written = "".join(f"&#x{ord(letter):x};" for letter in text)
    for source in (
        text,
        written,
        f"`{text}`",
        f"```{written}\n{text}\n```",
        f"[{text}]({text})",
        f"| {text} |\n|-|\n| {written} |",
    ):
        for block in markdown_blocks(source):
            for letter in "\x1b\x9b\x07\x00\u202e\u2066\ud800\x7f":
                assert letter not in repr_of(block)


def repr_of(block: Block) -> str:
    return "".join(str(part) for part in (words(block), getattr(block, "language", ""), getattr(block, "mark", "")))


def test_parts_of_a_long_text_mean_what_the_whole_means() -> None:
    part = "## 1 Title\n\nSome *text*.\n\n- a\n\n  b\n\n```\n# no heading\n\ncode\n```\n\n$$\na\n\n# b\n$$\n\nText again.\n\n"
    text = part * 400
    pieces = list(markdown_pieces(text))
    assert len(pieces) > 2
    kinds = [type(block) for block in markdown_blocks(part)]
    assert [type(block) for piece in pieces for block in piece] == kinds * 400


ENDLESS = {
    "nested quotations": ">" * 10_000 + " end",
    "nested quotations with blanks": "> " * 10_000 + "end",
    "nested lists": "- " * 10_000 + "end",
    "nested lists by indentation": "\n".join(" " * (2 * depth) + "- x" for depth in range(700)) + "\n\nend",
    "a long line": "word " * 200_000 + "end",
    "a long word": "x" * 1_000_000 + " end",
    "many links": "[a](https://x.org/y) " * 100_000 + "end",
    "many lines of links": "[a](https://x.org/y) **b**\n\n" * 5_000 + "end",
    "brackets": "[" * 50_000 + "end",
    "pictures": "![" * 50_000 + "end",
    "stars": "*a **b " * 10_000 + "end",
    "dollars": "$" * 50_000 + "end",
    "formulas that never close": "\\(" * 10_000 + "end",
    "display formulas that never close": "$$\n" * 5_001 + "end",
    "a wide table": "|" + "a|" * 5_000 + "\n|" + "-|" * 5_000 + "\n|" + "b|" * 5_000 + "\n\nend",
    "marks": "e" + "\u0301" * 100_000 + " end",
    "tags": "<b " * 20_000 + "end",
    "notes": "[^1]: x\n" * 5_000 + "\nend",
}  # fmt: skip


@pytest.mark.timeout(40)
@pytest.mark.parametrize("name", ENDLESS)
def test_hostile_text_is_read_to_its_end(name: str) -> None:
    blocks = markdown_blocks(ENDLESS[name])
    assert any("end" in words(block) for block in blocks)
    assert all(len(block.inside) <= MAX_DEPTH for block in blocks)


@pytest.mark.parametrize("limit", ["MAX_TEXT", "MAX_BLOCKS"])
def test_a_text_without_end_is_cut_and_says_so(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"paperstui.documents.markdown.{limit}", 10_000)
    *_, last = markdown_blocks("a\n\n" * 20_000)
    assert isinstance(last, Notice)
    assert "are not shown" in last.text


@given(st.text(st.sampled_from("ab \n\t*_`$\\[]()#>-+|!<>~^1.:&;={}"), max_size=200))
@example("- a\n  - b\n\n\n> c\n1. ```\nd")
@example("| a |\n|-|\n> | b |")
def test_any_text_is_read(text: str) -> None:
    for block in markdown_blocks(text):
        assert "\0" not in repr(block)


WORD = st.from_regex(r"[a-zA-Zäöü0-9]{1,12}", fullmatch=True)
LINES = st.lists(WORD, min_size=1, max_size=12).map(" ".join)
FRAME = st.sampled_from(
    ["{}", "# {}", "- {}", "> {}", "1. {}", "**{}**", "*{}*", "~~{}~~", "`{}`", "    {}", "[{}](https://x.org)"]
)
TEXT = st.lists(st.tuples(FRAME, LINES), min_size=1, max_size=20)


@given(TEXT)
def test_every_word_is_kept(parts: list[tuple[str, str]]) -> None:
    text = "\n\n".join(frame.format(line) for frame, line in parts)
    shown = " ".join(words(block) for block in markdown_blocks(text)).replace("~~", " ").split()
    assert shown == " ".join(line for _, line in parts).split()
