"""Long texts of which every word is known: one and the same as Markdown and as a page of LaTeXML."""

from __future__ import annotations

import html
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.documents.pages import FRAME

_WIDE = ("論文", "数据集", "모델", "문장")
_STYLES = (
    ("", "", "", ""),
    ("**", "**", "<b>", "</b>"),
    ("*", "*", '<em class="ltx_emph">', "</em>"),
    ("`", "`", "<code>", "</code>"),
)


@dataclass
class Made:
    """A text in both forms, and its words: in their order, and those of tables, which may be shown in parts."""

    markdown: str = ""
    page: str = ""
    words: list[str] = field(default_factory=list)
    in_tables: list[str] = field(default_factory=list)


class Maker:
    """Makes such texts. The same seed gives the same text."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - nothing hangs on it but words
        self._count = 0
        self._made = Made()

    def make(self, size: int) -> Made:
        """A text of about so many characters."""
        markdown: list[str] = []
        page: list[str] = []
        length = 0
        while length < size:
            kind = self._chance.choice(
                (
                    self._heading,
                    *[self._paragraph] * 6,
                    self._list,
                    self._quote,
                    self._code,
                    self._table,
                    self._equation,
                )
            )
            source, element = kind()
            markdown.append(source)
            page.append(element)
            length += len(source) + 2
        self._made.markdown = "\n\n".join(markdown) + "\n"
        self._made.page = FRAME.format("\n".join(page))
        return self._made

    def _word(self) -> str:
        self._count += 1
        wide = self._chance.random() < 0.1
        return f"{self._chance.choice(_WIDE)}{self._count}" if wide else f"w{self._count:x}"

    def _new(self, into: list[str]) -> str:
        word = self._word()
        into.append(word)
        return word

    def _run(self, most: int) -> tuple[str, str]:
        """Running text in both forms: words in several styles, formulas with words in them, and links."""
        parts: list[tuple[str, str]] = []
        for _ in range(self._chance.randint(1, most)):
            words = [self._new(self._made.words) for _ in range(self._chance.randint(1, 6))]
            if self._chance.random() < 0.2:
                tex = r"x_{1}+\mathrm{" + words[0] + "}" if words[0].isascii() else "x^{2}"
                kept = words[:1] if not words[0].isascii() else []
                del self._made.words[len(self._made.words) - len(words) + 1 :]
                before = f"{kept[0]} " if kept else ""
                parts.append((f"{before}${tex}$", f'{before}<math alttext="{tex}"><mi>NO</mi></math>'))
                continue
            text = " ".join(words)
            if self._chance.random() < 0.1:
                parts.append((f"[{text}](https://x.org/a)", f'<a href="https://x.org/a">{text}</a>'))
                continue
            left, right, opens, closes = self._chance.choice(_STYLES)
            parts.append((f"{left}{text}{right}", f"{opens}{text}{closes}"))
        return " ".join(part for part, _ in parts), " ".join(part for _, part in parts)

    def _heading(self) -> tuple[str, str]:
        text = " ".join(self._new(self._made.words) for _ in range(3))
        return f"## {text}", f'<h2 class="ltx_title">{text}</h2>'

    def _paragraph(self) -> tuple[str, str]:
        source, element = self._run(20)
        return source, f'<div class="ltx_para"><p class="ltx_p">{element}</p></div>'

    def _list(self) -> tuple[str, str]:
        items = [self._run(4) for _ in range(self._chance.randint(1, 5))]
        inner = self._run(2)
        # A paragraph behind it ends it in Markdown, too.
        after = self._run(2)
        source = "\n".join(f"- {item}" for item, _ in items) + f"\n  - {inner[0]}\n\n{after[0]}"
        listed = "".join(f'<li class="ltx_item"><p class="ltx_p">{item}</p></li>' for _, item in items)
        return source, f"<ul>{listed}<li><ul><li>{inner[1]}</li></ul></li></ul><p>{after[1]}</p>"

    def _quote(self) -> tuple[str, str]:
        source, element = self._run(6)
        return f"> {source}", f"<blockquote><p>{element}</p></blockquote>"

    def _code(self) -> tuple[str, str]:
        lines: list[str] = []
        for _ in range(self._chance.randint(1, 6)):
            words = [self._new(self._made.words) for _ in range(self._chance.randint(1, 30))]
            lines.append("    " * self._chance.randint(0, 3) + " ".join(words))
        text = "\n".join(lines)
        return f"```\n{text}\n```", f'<pre class="ltx_verbatim">{html.escape(text)}</pre>'

    def _table(self) -> tuple[str, str]:
        columns = self._chance.randint(2, 9)
        rows = [[self._new(self._made.in_tables) for _ in range(columns)] for _ in range(self._chance.randint(2, 9))]
        lines = [f"| {' | '.join(row)} |" for row in rows]
        cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
        return "\n".join([lines[0], "|" + "-|" * columns, *lines[1:]]), f'<table class="ltx_tabular">{cells}</table>'

    def _equation(self) -> tuple[str, str]:
        word = f"w{self._count:x}e"
        self._made.words.append(word)
        tex = rf"\frac{{1}}{{2}}\sum_{{i}}\mathrm{{{word}}}"
        row = f'<tr class="ltx_equation ltx_eqn_row"><td><math alttext="{tex}"></math></td></tr>'
        return f"$$\n{tex}\n$$", f'<table class="ltx_eqn_table">{row}</table>'


def missing(made: Made, lines: Iterator[str]) -> list[str]:
    """The words of a text that its lines do not have, wherever they were broken; the first of those out of order."""
    shown = [line.replace("▏", " ").replace("↪", " ") for line in lines]
    tokens = {token for line in shown for token in line.split()}
    lost = [word for word in made.in_tables if word not in tokens]
    text = "".join("".join(line.split()) for line in shown)
    at = 0
    for word in made.words:
        found = text.find(word, at)
        if found < 0:
            return [*lost, word]
        at = found + len(word)
    return lost
