"""What the list says when it has no papers to show: what happened, and the next step."""

from __future__ import annotations

from typing import NamedTuple

from paperstui.draw.lines import Line, fit
from paperstui.text.titles import arxiv_id
from paperstui.text.width import width, wrap


class Notice(NamedTuple):
    """A title, what happened in a sentence, and what can be done: (key or command, what it does)."""

    title: str
    body: str = ""
    steps: tuple[tuple[str, str], ...] = ()
    ink: str = "strong"


CLEAR = ("Esc", "clear the filter")
ASK = ("^o", "ask Hugging Face")
FETCH = ("^o", "fetch it from arXiv")
RETRY = ("g r", "try again")
OTHERS = ("[  ]", "earlier and later")
ALL = ("7", "all papers")
HELP = ("?", "all keys")


def loading(what: str, host: str) -> Notice:
    """The first fetch of something that is not in the library."""
    return Notice(f"Fetching {what}", f"from {host} …", (("q", "leave; nothing is lost"),))


def empty_library(why: str) -> Notice:
    """Nothing at all is here, and the source could not be reached."""
    steps = (
        RETRY,
        ("paperstui import FILE", "read a saved page"),
        ("paperstui --demo", "look around offline"),
    )
    return Notice("No papers yet", _sentence(why), steps)


def empty_issue(name: str, why: str, *, here: bool = True, joint: str = "on") -> Notice:
    """A day, a week or another list without papers: a weekend, a holiday; or one that could not be fetched and so is not here.

    joint: what stands between "papers" and the name.
    """
    return Notice(
        f"No papers {joint} {name}" if here else f"{name} is not here yet", _sentence(why), (OTHERS, RETRY, ALL)
    )


def _sentence(text: str) -> str:
    """A message as it stands alone: errors begin with a small letter, since they follow the program's name elsewhere."""
    # A host name keeps its spelling.
    return text if "." in text.partition(" ")[0] else text[:1].upper() + text[1:]


def nothing_starred() -> Notice:
    """The starred view before the first star."""
    return Notice(
        "Nothing starred yet",
        "Papers you star stay here.",
        (("s", "stars the paper under the cursor"), ("1", "today's papers")),
    )


def nothing_queued() -> Notice:
    """The reading list before the first paper on it."""
    return Notice(
        "Nothing to read yet",
        "Papers you put on the reading list wait here, in your order.",
        (("a", "puts the paper under the cursor on it"), ("1", "today's papers")),
    )


def asking(words: str, host: str) -> Notice:
    """A search that has not been answered yet."""
    return Notice("Asking Hugging Face", f"for “{words}” at {host} …", (("q", "back; what comes is kept"),))


def nothing_found(words: str) -> Notice:
    """A search that Hugging Face answered with nothing."""
    steps = (("/", "look for something else"), ("q", "back"))
    return Notice("Hugging Face finds nothing", f"for “{words}”", steps)


def no_match(query: str, *, everywhere: bool = False) -> Notice:
    """A filter that finds nothing, here or in the whole library."""
    steps = (CLEAR,) if everywhere else (CLEAR, ("Enter 7", "look in all papers"))
    if arxiv_id(query.strip()):
        return Notice("Not in your library" if everywhere else "Not in this list", query, (*steps, FETCH))
    return Notice("No paper matches", query, (*steps, ASK))


def notice_lines(notice: Notice, cells: int, height: int) -> list[Line]:
    """The notice in the middle of an area, exactly `height` lines of `cells`."""
    room = max(1, min(cells - 4, 60))
    body: list[Line] = [[(part, notice.ink)] for part in wrap(notice.title, room)]
    body += [[(part, "dim")] for part in wrap(notice.body, room)] if notice.body else []
    if notice.steps:
        body.append([])
        keys = max(width(key) for key, _ in notice.steps)
        stacked = keys + 2 + max(width(text) for _, text in notice.steps) > room
        for key, text in notice.steps:
            if stacked:
                body += [[(key, "accent")], *([(part, "dim")] for part in wrap(text, room))]
            else:
                body.append([(key + " " * (keys - width(key)), "accent"), ("  " + text, "dim")])
    block = max((sum(width(text) for text, _ in line) for line in body), default=0)
    left = max(0, (cells - block) // 2)
    top = max(0, (height - len(body)) // 2 - (1 if height > 12 else 0))
    lines: list[Line] = [[] for _ in range(top)] + [[(" " * left, "text"), *line] if line else [] for line in body]
    lines += [[] for _ in range(height - len(lines))]
    return [fit(line, cells) for line in lines[:height]]
