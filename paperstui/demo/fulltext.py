"""Full texts that are made up: sections, formulas, tables, lists, code and references, as long as they are wanted.

For the demonstration, the tests and the benchmarks. The same seed gives the same text.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import TYPE_CHECKING

from paperstui.documents.blocks import Block

if TYPE_CHECKING:
    from paperstui.models import Paper

_SUBJECTS = ("The encoder", "Our sampler", "Each layer", "The retrieved passage", "A smaller model", "The baseline", "This loss",
             "Every token", "The residual stream", "A sparse router")  # fmt: skip
_VERBS = ("keeps", "balances", "predicts", "discards", "refines", "reweights", "reconstructs", "outperforms", "approximates",
          "anticipates")  # fmt: skip
_OBJECTS = ("the gradient of $\\mathcal{L}(\\theta)$", "what the *previous* step left over", "about 40 % of the memory",
            "the posterior $p_\\theta(x \\mid z)$", "long contexts of $2^{17}$ tokens", "**all** of the benchmarks", "`train.py`",
            "an error of $\\mathcal{O}(n \\log n)$", "the prior of [3]", "the labels of earlier work [5, 7]",
            "vectors $h_i \\in \\mathbb{R}^{d}$", "its own mistakes")  # fmt: skip
_ENDS = ("without any further training", "as Section 2 shows", "at a tenth of the cost", "in every setting that we tried",
         "when the batch is small", "which explains the gap in the table", "although nothing asks it to")  # fmt: skip
_TITLES = ("Introduction", "Related Work", "Preliminaries", "Method", "Training", "Experiments", "Ablations", "Scaling",
           "Limitations", "Discussion")  # fmt: skip
_FORMULAS = (
    "\\mathcal{L}(\\theta) = \\frac{1}{N} \\sum_{i=1}^{N} \\lVert y_i - f_\\theta(x_i) \\rVert_2^2 + \\lambda \\theta",
    "\\mathrm{softmax}\\left(\\frac{QK^{\\top}}{\\sqrt{d_k}}\\right) V",
    "p_\\theta(x_{1:T}) = \\prod_{t=1}^{T} p_\\theta(x_t \\mid x_{<t})",
    "\\nabla_\\theta J = \\mathbb{E}_{\\pi_\\theta}\\left[ A(s, a) \\, \\nabla_\\theta \\log \\pi_\\theta(a \\mid s) \\right]",
)


def markdown(size: int, seed: int = 1, title: str = "A Made-Up Paper") -> str:
    """A paper in Markdown of about so many characters."""
    chance = random.Random(seed)  # noqa: S311 - nothing hangs on it but words
    parts = [f"# {title}", "## Abstract", _paragraph(chance, 4)]
    length = sum(map(len, parts))
    section = 0
    while length < size:
        section += 1
        new = list(_section(chance, section))
        parts += new
        length += sum(len(part) + 2 for part in new)
    parts += ["## References", *(_reference(chance, number) for number in range(1, 13))]
    return "\n\n".join(parts) + "\n"


def full_text(paper: Paper) -> tuple[Block, ...]:
    """The blocks of a text for an invented paper."""
    from paperstui.documents.citations import linked
    from paperstui.documents.markdown import markdown_blocks

    return linked(markdown_blocks(markdown(24_000, seed=sum(map(ord, paper.id)), title=paper.title)))


def _section(chance: random.Random, number: int) -> Iterator[str]:
    yield f"## {number} {_TITLES[(number - 1) % len(_TITLES)]}"
    for _ in range(3):
        yield _paragraph(chance, 5)
    yield f"### {number}.1 Details"
    yield f"$$\n{chance.choice(_FORMULAS)}\n$$ ({number})"
    yield _paragraph(chance, 4)
    kind = number % 4
    if kind == 1:
        yield "\n".join(f"- {_sentence(chance)}" for _ in range(4))
    elif kind == 2:
        yield _table(chance)
    elif kind == 3:
        yield (
            "```python\ndef step(model, batch):\n    loss = model(batch).mean()\n    loss.backward()\n"
            "    return loss.item()  # one number for the log\n```"
        )
    else:
        yield "\n".join(f"> {_sentence(chance)}" for _ in range(2))
    for _ in range(2):
        yield _paragraph(chance, 5)


def _sentence(chance: random.Random) -> str:
    return f"{chance.choice(_SUBJECTS)} {chance.choice(_VERBS)} {chance.choice(_OBJECTS)} {chance.choice(_ENDS)}."


def _paragraph(chance: random.Random, sentences: int) -> str:
    return " ".join(_sentence(chance) for _ in range(sentences))


def _table(chance: random.Random) -> str:
    rows = ["| Method | Params | GSM8K | MMLU | Tokens/s |", "|:--|--:|--:|--:|--:|"]
    for name in ("Baseline", "Distilled", "Ours", "Ours + retrieval"):
        numbers = " | ".join(f"{chance.uniform(20, 99):.1f}" for _ in range(3))
        rows += [f"| {name} | {chance.randint(1, 70)}B | {numbers} |"]
    return "\n".join(rows)


def _reference(chance: random.Random, number: int) -> str:
    return f"[{number}] A. Author and B. Writer. On what {chance.choice(_VERBS)} what, part {number}. {2010 + number}."
