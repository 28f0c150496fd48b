"""`paperstui digest`: what is new, printed, written to a file, or mailed."""

from __future__ import annotations

import argparse
import re
from datetime import date
from pathlib import Path

from paperstui import clock, config
from paperstui.commands import arguments as read
from paperstui.commands.desk import open_desk
from paperstui.commands.output import flush, say, say_json, say_text, tell
from paperstui.commands.writing import write as write_file
from paperstui.errors import UsageError
from paperstui.export.digest.content import Digest, moment, number_of
from paperstui.query.values import days, resolve
from paperstui.text.clean import clean_line
from paperstui.usecases import Desk
from paperstui.usecases.digests import TOP, Ask, Told

FORMATS = ("text", "markdown", "html", "json")

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")


def add(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `digest`."""
    del name
    parser.description = (
        "Print or mail what is new since the last digest of that name, best first: the most upvoted, or as the query sorts."
        " Printed and mailed digests are counted apart, and no paper is mailed twice under one name."
    )
    parser.add_argument("query", nargs="*", help='words and fields, such as: cat:cs.CL -survey author:"Ada Li"')
    parser.add_argument("--name", type=digest_name, default="default", help="keeps several digests apart")
    parser.add_argument(
        "--since",
        type=since,
        metavar="D",
        help="what arrived since this day (2026-06-04, mon, 7d); printed, not counted",
    )
    parser.add_argument(
        "--top", type=top, default=TOP, metavar="N", help=f"how many papers, or all ({TOP} if not given)"
    )
    parser.add_argument("--format", choices=FORMATS, help="how it is printed (text if not given)")
    parser.add_argument("-o", dest="output", metavar="FILE", help="write it to a file instead")
    parser.add_argument("--mail", action="store_true", help="mail it, as [mail] in config.toml says")
    parser.add_argument(
        "--print-timer", action="store_true", help="print a systemd timer and a cron line that mail this every weekday"
    )
    parser.set_defaults(run=digest)


def digest(arguments: argparse.Namespace) -> int:
    """Make a digest."""
    if arguments.mail and (arguments.format or arguments.output):
        raise UsageError("--mail sends text and HTML; --format and -o are for what is printed")
    if arguments.print_timer:
        if arguments.since:
            raise UsageError("--since and --print-timer do not go together: a timer goes on from digest to digest")
        from paperstui.commands.digest_timer import timer

        say_text(timer(_words(arguments)))
        return 0
    ask = Ask(name=arguments.name, query=" ".join(arguments.query), since=arguments.since, top=arguments.top)
    with open_desk() as desk:
        if arguments.mail:
            _mail(desk, ask)
        else:
            _print(desk, ask, arguments.format or "text", arguments.output)
    return 0


def _mail(desk: Desk, ask: Ask) -> None:
    """Mail it. What happened is the result; only what went wrong is on standard error, where cron looks."""
    told = desk.digests.mail(ask, config.load(desk.paths.settings).mail)
    _tell(told)
    if told.to:
        say(f"mailed {number_of(len(told.digest.stories), 'paper')} to {', '.join(told.to)}")
    else:
        say(f"{_nothing(told.digest)}: no mail was sent")


def _print(desk: Desk, ask: Ask, form: str, output: str | None) -> None:
    def write(made: Digest) -> None:
        if output is not None and output != "-":
            write_file(Path(output), [_text(made, form, desk.endpoint)])
        elif form == "json":
            _say_json(made, desk.endpoint)
        else:
            say_text(_text(made, form, desk.endpoint).rstrip("\n"))
        flush()

    if ask.since is None:
        told = desk.digests.printed(ask, write)
    else:
        told = desk.digests.look(ask)
        if told.digest.found:
            write(told.digest)
    _tell(told)
    if not told.digest.found:
        if form == "json" and output is None:
            _say_json(told.digest, desk.endpoint)
        tell(_nothing(told.digest))


def _tell(told: Told) -> None:
    for notice in told.notices:
        tell(notice)


def _nothing(made: Digest) -> str:
    wanted = f" for {clean_line(made.query, 200)}" if made.query else ""
    return f"nothing new since {moment(made.since)}{wanted}"


def _text(made: Digest, form: str, endpoint: str) -> str:
    if form == "json":
        from paperstui.export.digest.json_form import as_json
        from paperstui.export.json_text import document

        return document(as_json(made, endpoint))
    if form == "html":
        from paperstui.export.digest.html_form import as_html

        return as_html(made)
    if form == "markdown":
        from paperstui.export.digest.markdown_form import as_markdown

        return as_markdown(made)
    from paperstui.export.digest.text_form import as_text

    return as_text(made)


def _say_json(made: Digest, endpoint: str) -> None:
    from paperstui.export.digest.json_form import as_json

    say_json(as_json(made, endpoint))


def _words(arguments: argparse.Namespace) -> list[str]:
    """The arguments of a digest that is mailed by itself."""
    words = ["digest", *([" ".join(arguments.query)] if arguments.query else [])]
    if arguments.name != "default":
        words += ["--name", arguments.name]
    if arguments.top != TOP:
        words += ["--top", "all" if arguments.top is None else str(arguments.top)]
    if arguments.output and arguments.output != "-":
        form = ["--format", arguments.format] if arguments.format else []
        return [*words, *form, "-o", str(Path(arguments.output).absolute())]
    return [*words, "--mail"]


def digest_name(text: str) -> str:
    """The name of a digest, which is also that of a file."""
    if not _NAME.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text[:40]!r} is not a name of small letters, digits, dots and dashes")
    return text


def since(text: str) -> date:
    """The first day of what a query would call so: "2026-06-04", "mon", "7d", "yesterday", "last-week"."""
    wanted = days("seen", text)
    first = resolve(wanted, clock.today())[0] if wanted else None
    if first is None:
        raise argparse.ArgumentTypeError(f"{text[:40]!r} is not a day such as 2026-06-04, mon or 7d")
    if first > clock.today():
        raise argparse.ArgumentTypeError(f"{text[:40]!r} is a day to come")
    return first


def top(text: str) -> int | None:
    """A number of papers from 1 on, or all of them."""
    if text == "all":
        return None
    number = read.count(text)
    if number == 0:
        raise argparse.ArgumentTypeError("0 papers are no digest")
    return number
