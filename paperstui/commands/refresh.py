"""`paperstui refresh`: fetch the newest day, one day, or a range of days that can be interrupted and goes on where it was."""

from __future__ import annotations

import argparse
import asyncio
from datetime import date

from paperstui import clock
from paperstui.commands.desk import open_desk
from paperstui.commands.output import progress, say, say_json, tell
from paperstui.errors import UsageError
from paperstui.usecases import Desk, Refreshed


def add(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    del name
    parser.description = "Fetch papers from Hugging Face into the library; without a date, the newest day."
    parser.add_argument("--feed", choices=("daily",), default="daily", help="which feed (daily)")
    parser.add_argument("--date", type=_day, help="this day, such as 2026-06-04")
    parser.add_argument(
        "--since", type=_day, help="every day from here on; days the library has whole are not asked for again"
    )
    parser.add_argument("--until", type=_day, help="the last day of the range (today)")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(run=refresh)


def _day(text: str) -> date:
    words = {"today": clock.today()}
    try:
        return words.get(text) or date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2026-06-04") from None


def refresh(arguments: argparse.Namespace) -> int:
    """Fetch, and say what came. The status is the first failure's."""
    _check(arguments)
    with open_desk() as desk:
        results = asyncio.run(_fetch(desk, arguments))
    if arguments.json:
        say_json([_as_json(result) for result in results])
    else:
        for result in results:
            _tell_result(result)
    return next((result.status for result in results if result.status), 0)


def _check(arguments: argparse.Namespace) -> None:
    if arguments.date and (arguments.since or arguments.until):
        raise UsageError("give either --date, or --since with --until")
    if arguments.until and not arguments.since:
        raise UsageError("--until needs --since")
    for day in (arguments.date, arguments.since, arguments.until):
        if day is not None and day < clock.ARCHIVE_START:
            raise UsageError(f"{day} is before the first Daily Papers, {clock.ARCHIVE_START}")
        if day is not None and day > clock.today():
            raise UsageError(f"{day} is in the future")
    if arguments.since and arguments.until and arguments.until < arguments.since:
        raise UsageError("--until is before --since")


async def _fetch(desk: Desk, arguments: argparse.Namespace) -> list[Refreshed]:
    try:
        return await _results(desk, arguments)
    finally:
        await desk.disconnect()


async def _results(desk: Desk, arguments: argparse.Namespace) -> list[Refreshed]:
    if not arguments.since:
        return [await desk.refresh_day(arguments.date, asked=True)]
    results: list[Refreshed] = []
    with progress() as advance:
        async for done, total, result in desk.backfill(arguments.since, arguments.until or clock.today()):
            results.append(result)
            advance(done, total, result.period)
            if not arguments.json and result.error:
                tell(f"{result.period}: {result.error}")
    if not results:
        tell("every day of the range is already here")
    return results


def _as_json(result: Refreshed) -> dict[str, object]:
    return {
        "feed": result.feed,
        "period": result.period,
        "papers": result.papers,
        "new": len(result.upserted.new),
        "updated": len(result.upserted.updated),
        "unreadable": [{"where": skipped.where, "why": skipped.why} for skipped in result.skipped],
        "complete": result.complete,
        "error": result.error or None,
    }


def _tell_result(result: Refreshed) -> None:
    if result.error and not result.papers:
        tell(f"{result.period}: {result.error}" if result.period else result.error)
        return
    parts = [f"{result.papers} papers", f"{len(result.upserted.new)} new", f"{len(result.upserted.updated)} updated"]
    if result.skipped:
        parts.append(f"{len(result.skipped)} unreadable")
    say(f"{result.period}: {', '.join(parts)}")
    for skipped in result.skipped:
        tell(f"{result.period}: {skipped.where}: {skipped.why}")
    if result.error:
        tell(f"{result.period} is not whole: {result.error}")
