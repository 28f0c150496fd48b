"""Invented discussions of invented papers, and what is built on them: the same for the same paper on every machine."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from random import Random

from msgspec.structs import replace

from paperstui.demo import people
from paperstui.demo.writer import Draw
from paperstui.models import Account, Comment, Discussion, Paper, Repo, Similar
from paperstui.text.latex import to_unicode

BOT = Account("librarian-bot", name="Librarian Bot", kind="user", staff=False)
SITE = "https://huggingface.co"

_HOUR = 3600
_OPENINGS = (
    (
        "We are happy to share **{name}** with you.\n\nWhat is in it:\n\n- the training code and all configurations\n"
        "- checkpoints of three sizes\n- the evaluation, which runs on one card\n\nQuestions are welcome!"
    ),
    (
        "Some numbers first: {name} needs about a third of the memory, and the loss stays within 0.2 % of the large one.\n\n"
        "> Why does it work? We honestly do not know all of it yet.\n\nThe project page has more."
    ),
    (
        "A short introduction: the whole idea fits in four lines.\n\n```python\nfor step in range(steps):\n"
        "    x = x + velocity(x, step / steps) / steps\nreturn decode(x)\n```\n\nEverything else in the paper is about why"
        " this is enough."
    ),
    "Paper, code and weights are out. Feedback is very welcome.",
)
_REMARKS = (
    "Nice work! Did you compare with a linear schedule? In our runs it was the *schedule* that mattered, not the loss.",
    "The gap in table 3 looks large. Is the baseline trained on the same tokens?",
    "I ran it on a consumer card. It takes `--batch 4 --accumulate 8`, and then it works out of the box.",
    (
        "Could somebody explain why $\\alpha \\le 0.5$ is needed in the second theorem? For $\\alpha = 1$ the bound"
        " $O(n \\log n)$ seems to hold just as well."
    ),
    (
        "Interesting that it fails on long inputs:\n\n| length | score |\n| --- | --- |\n| 1k | 71.2 |\n| 8k | 64.0 |\n"
        "| 32k | 41.5 |\n\nDoes anybody see the same?"
    ),
    "Are there plans for a smaller checkpoint?",
    "Great figures. What did you draw figure 2 with?",
    "One more question: is the data set going to be released? The link in the appendix leads nowhere.",
    "这个方法在中文数据上效果如何？",
)
_REPLIES = (
    "Yes, the same tokens, and the same number of steps. We will say so in the next version.",
    "Thank you! A smaller one is being trained.",
    "It is in the appendix, section C. In short: without it the variance is not bounded.",
    "Same here, so it is not only you.",
    "Good catch. The link is fixed now: [the data](https://data.example.org/set).",
)
_SIGNS = ("👍", "🔥", "❤️", "🚀", "👀", "🤗", "🧠")
_HIDDEN, _EDITED, _REPLY, _REACTIONS = 0.04, 0.15, 0.4, 0.5
_SIMILAR = 5
_TASKS = ("text-generation", "image-to-text", "feature-extraction", "text-to-image", "automatic-speech-recognition")
_MODELS = ("base", "large", "small", "7b", "7b-instruct", "tiny", "gguf", "lora")
_DATASETS = ("corpus", "eval", "preferences")
_SPACES = ("demo", "playground")


def discussion(paper: Paper, others: Sequence[Paper], at: int) -> Discussion:
    """What there is around a paper at a time (Unix seconds). others: those that may be called similar to it."""
    repos = repositories(paper)
    said = comments(paper, others, at)
    return Discussion(
        paper=paper.id,
        at=at,
        comments=said,
        repos=repos,
        models=sum(repo.kind == "model" for repo in repos),
        datasets=sum(repo.kind == "dataset" for repo in repos),
        spaces=sum(repo.kind == "space" for repo in repos),
        whole=True,
        similar=tuple(similar(paper, others)) if any(comment.author == BOT for comment in said) else (),
    )


def comments(paper: Paper, others: Sequence[Paper], at: int) -> tuple[Comment, ...]:
    """As many comments as the paper says it has, none later than a time; the second one is a bot's list."""
    count, draw = paper.comments or 0, _draw(paper)
    first = min((paper.published or at) + 3 * 24 * _HOUR, at - 2 * _HOUR)
    step = max(60, (at - first) // (count + 1))
    name = to_unicode(paper.title).partition(":")[0]
    found: list[Comment] = []
    for number in range(count):
        written = min(at, first + number * step + int(draw() * step / 2))
        made = Comment(id=f"{zlib.crc32(paper.id.encode()):08x}{number:016x}", text="", written=written)
        if number == 0:
            text = _pick(_OPENINGS, draw).format(name=name)
            found.append(replace(made, author=paper.submitter, text=text, by_author=bool(paper.author_takes_part)))
        elif number == 1 and others:
            found.append(replace(made, author=BOT, text=_list(similar(paper, others))))
        else:
            found.append(_remark(made, found, draw))
    return tuple(found)


def _remark(made: Comment, before: Sequence[Comment], draw: Draw) -> Comment:
    known = people.accounts()
    last = before[-1] if before else None
    answers = last is not None and last.author != BOT and draw() < _REPLY
    hidden = draw() < _HIDDEN
    edited = draw() < _EDITED
    return replace(
        made,
        author=known[int(draw() * len(known))],
        text="" if hidden else _pick(_REPLIES if answers else _REMARKS, draw),
        hidden=hidden,
        edits=int(edited),
        changed=made.written if edited else None,
        reactions=_reactions(draw),
        depth=min(3, last.depth + 1) if answers and last is not None else 0,
    )


def _reactions(draw: Draw) -> tuple[tuple[str, int], ...]:
    if draw() > _REACTIONS:
        return ()
    start = int(draw() * len(_SIGNS))
    return tuple((_SIGNS[(start + turn) % len(_SIGNS)], 1 + int(draw() * 9)) for turn in range(1 + int(draw() * 2)))


def similar(paper: Paper, others: Sequence[Paper]) -> list[Similar]:
    """Some of the other papers, always the same ones."""
    some = [other for other in others if other.id != paper.id]
    if not some:
        return []
    start, stride = zlib.crc32(paper.id.encode()) % len(some), 1 + len(some) // _SIMILAR
    chosen = {(start + turn * stride) % len(some): None for turn in range(_SIMILAR)}
    return [Similar(some[at].id, " ".join(to_unicode(some[at].title).split())) for at in chosen]


def _list(papers: Sequence[Similar]) -> str:
    """What the bot writes, in its own form."""
    lines = "\n".join(f"* [{paper.title}]({SITE}/papers/{paper.id}) ({2000 + int(paper.id[:2])})" for paper in papers)
    return (
        f"This is an automated message. The following papers were found to be similar to this one:\n\n{lines}\n\n"
        "To be told of papers like these, write a comment that names the bot."
    )


def repositories(paper: Paper) -> tuple[Repo, ...]:
    """What is built on a paper: on most of them nothing, on some a lot."""
    draw = _draw(paper)
    if draw() < 0.4:
        return ()
    slug = paper.code_url.rpartition("/")[2] or f"paper-{paper.id.replace('.', '-')}"
    home = paper.organization.login if paper.organization else "open-papers"
    models = [
        Repo(
            "model", f"{home}/{slug}-{name}", int(draw() * 300), int(draw() * draw() * 90_000), _pick(_TASKS, draw),
            gated=draw() < 0.15,
        )
        for name in _MODELS[: int(draw() * (len(_MODELS) + 1))]
    ]  # fmt: skip
    datasets = [
        Repo("dataset", f"{home}/{slug}-{name}", int(draw() * 80), int(draw() * 20_000))
        for name in _DATASETS[: int(draw() * 3)]
    ]
    spaces = [
        Repo("space", f"{home}/{slug}-{name}", int(draw() * 120), about="Try it in the browser")
        for name in _SPACES[: int(draw() * 2.5)]
    ]
    return tuple(sorted(models, key=lambda repo: -(repo.likes or 0))) + tuple(datasets) + tuple(spaces)


def _draw(paper: Paper) -> Draw:
    return Random(zlib.crc32(paper.id.encode())).random  # noqa: S311 - comments, not secrets


def _pick(texts: Sequence[str], draw: Draw) -> str:
    return texts[int(draw() * len(texts))]
