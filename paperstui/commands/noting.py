"""`paperstui note`: what you write about a paper, at once, in your editor, or from another program."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from paperstui.commands.desk import open_desk
from paperstui.commands.output import say, say_json, say_text, tell
from paperstui.errors import PaperstuiError, UsageError

if TYPE_CHECKING:
    from paperstui.usecases import Desk
    from paperstui.usecases.results import Decision


def add(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    del name
    parser.description = (
        "Write a note on a paper. Without a text it opens in your editor (VISUAL, else EDITOR), or is read from standard"
        " input where that is no terminal. Notes are Markdown, with formulas; undo takes one back."
    )
    parser.add_argument("id", metavar="ID", help="the id of a paper of the library, or its address")
    parser.add_argument(
        "text",
        metavar="TEXT",
        nargs="*",
        help='the note, in place of the one there is; - reads standard input, "" removes it',
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--append", action="store_true", help="put the text below the note there is")
    how.add_argument("--remove", action="store_true", help="take the note away")
    how.add_argument("--show", action="store_true", help="print the note and change nothing")
    parser.add_argument("--json", action="store_true", help="with --show: print one JSON document")
    parser.set_defaults(run=note)


def note(arguments: argparse.Namespace) -> int:
    """Write, show or remove one note."""
    if arguments.text and (arguments.show or arguments.remove):
        raise UsageError("a text is there to be written: leave out the option or the text")
    if arguments.json and not arguments.show:
        raise UsageError("--json goes with --show")
    with open_desk(writes=not arguments.show) as desk:
        paper = desk.ids_of([arguments.id])[0]
        if arguments.show:
            _show(paper, desk.noting.note(paper), as_json=arguments.json)
        else:
            say(_told(_written(desk, paper, arguments)))
    return 0


def _show(paper: str, found: str, *, as_json: bool) -> None:
    if as_json:
        say_json({"id": paper, "note": found})
    elif found:
        say_text(found)
    else:
        tell("there is no note on it")


def _written(desk: Desk, paper: str, arguments: argparse.Namespace) -> Decision | None:
    if arguments.remove:
        return desk.followed(desk.noting.write(paper, ""))
    if arguments.text and arguments.text != ["-"]:
        text = " ".join(arguments.text)
    elif arguments.text or not sys.stdin.isatty():
        text = _input()
        if not text.strip():
            # A script without an input meant to change nothing.
            raise UsageError("nothing came from standard input, and the note is as it was: --remove takes it away")
    else:
        if arguments.append:
            raise UsageError("--append needs a text: without one the whole note opens in your editor")
        return _edited(desk, paper)
    if arguments.append:
        return desk.followed(desk.noting.append(paper, text))
    return desk.followed(desk.noting.write(paper, text))


def _input() -> str:
    """All of standard input.

    Raises:
        UsageError: it is not text, or too much of it.
    """
    from paperstui.usecases.noting import decoded

    stream = getattr(sys.stdin, "buffer", None)
    return decoded(stream.read) if stream is not None else sys.stdin.read()


def _edited(desk: Desk, paper: str) -> Decision | None:
    """Give the note to the editor, and take it back from there."""
    from paperstui.outside import editor
    from paperstui.paths import short

    argv = editor.command()
    draft = desk.noting.begin(paper)
    if draft.earlier is not None:
        tell(f"another text of this note, which was not saved, is in {short(draft.earlier)}")
    try:
        editor.edit(argv, draft.file)
    except PaperstuiError as error:
        raise desk.noting.given_up(draft, error) from error
    except KeyboardInterrupt:
        tell(desk.noting.given_up(draft, PaperstuiError("the note is as it was")))
        raise
    decision = desk.noting.finish(draft)
    left = desk.noting.left(draft)
    if left not in (None, draft.earlier):
        tell(f"what your editor left of another text of this note is in {short(left)}")
    return desk.followed(decision)


def _told(decision: Decision | None) -> str:
    return "the note is as it was" if decision is None else decision.label
