"""`paperstui refresh`: fetch the newest day, one day, or a range of days that can be interrupted and goes on where it was."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from msgspec.structs import replace

from paperstui import clock
from paperstui.commands import arguments as read
from paperstui.commands.desk import open_desk
from paperstui.commands.output import progress, say, say_json, tell, tell_skipped
from paperstui.commands.running import Ended, leave_if_stuck, run
from paperstui.errors import UsageError
from paperstui.usecases import Desk, Refreshed

Came = Callable[[Refreshed], None]


def add(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    del name
    parser.description = "Fetch papers from Hugging Face into the library; without a date, the newest day."
    parser.add_argument("--feed", choices=("daily",), default="daily", help="which feed (daily)")
    parser.add_argument("--date", type=read.day, help="this day, such as 2026-06-04")
    parser.add_argument(
        "--since", type=read.day, help="every day from here on; days the library has whole are not asked for again"
    )
    parser.add_argument("--until", type=read.day, help="the last day of the range (today)")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(run=refresh)


def refresh(arguments: argparse.Namespace) -> int:
    """Fetch, and say what came. The status is the first failure's."""
    _check(arguments)
    results: list[Refreshed] = []

    def came(result: Refreshed) -> None:
        results.append(result)
        _tell_result(result, quiet=arguments.json)

    try:
        _run(arguments, results, came)
    except Ended as ended:
        leave_if_stuck(128 + ended.number)
        raise
    status = next((result.status for result in results if result.status), 0)
    leave_if_stuck(status)
    return status


def _run(arguments: argparse.Namespace, results: list[Refreshed], came: Came) -> None:
    with open_desk(writes=True) as desk:
        try:
            run(lambda: _fetch(desk, arguments, came))
        except Ended:
            again = ", and the same command goes on from there" if arguments.since else ""
            tell(f"interrupted: what came is kept{again}")
            raise
        finally:
            _sum_up(results, arguments)
        desk.look_after()


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


async def _fetch(desk: Desk, arguments: argparse.Namespace, came: Came) -> None:
    try:
        if arguments.since:
            await _fetch_range(desk, arguments, came)
        else:
            came(await desk.refresh_day(arguments.date, asked=True))
    finally:
        await desk.disconnect()


async def _fetch_range(desk: Desk, arguments: argparse.Namespace, came: Came) -> None:
    until = arguments.until or max(arguments.since, clock.newest_feed_day())
    done = total = 0
    failed: Refreshed | None = None
    with progress() as advance:
        try:
            async for done, total, result in desk.backfill(arguments.since, until, waits=_tell_pause):
                if failed is not None:
                    came(failed)
                failed = result if result.error else None
                if failed is None:
                    came(result)
                advance(done, total, result.period)
        finally:
            if failed is not None:
                # What the failure means for the range is part of its line.
                left = (
                    f"; {total - done} of {total} days are left, the same command goes on" if 0 < done < total else ""
                )
                came(replace(failed, error=failed.error + left))
    if not total:
        tell("there is nothing to fetch: all days of the range are here, and weekends have no papers")


def _tell_pause(why: str, seconds: float) -> None:
    del seconds
    tell(f"{why}: waiting")


def _sum_up(results: list[Refreshed], arguments: argparse.Namespace) -> None:
    for notice in dict.fromkeys(result.notice for result in results if result.notice):
        tell(notice)
    if arguments.json:
        say_json([_as_json(result) for result in results])
    elif len(results) > 1:
        papers = sum(result.papers for result in results)
        new = sum(len(result.upserted.new) for result in results)
        say(f"{len(results)} days: {papers:,} papers, {new:,} new")
    elif results and not (results[0].papers or results[0].error or arguments.date or arguments.since):
        say(f"there are no papers since {results[0].period}")


def _as_json(result: Refreshed) -> dict[str, object]:
    return {
        "feed": result.feed,
        "period": result.period or None,
        "papers": result.papers,
        "new": len(result.upserted.new),
        "updated": len(result.upserted.updated),
        "unreadable": [{"where": skipped.where, "why": skipped.why} for skipped in result.skipped],
        "complete": result.complete,
        "error": result.error or None,
    }


def _tell_result(result: Refreshed, *, quiet: bool) -> None:
    """Say what came of a day. quiet: failures alone, since the rest is said in another way."""
    if result.error:
        whole = " is not whole" if result.papers else ""
        tell(f"{result.period}{whole}: {result.error}" if result.period else result.error)
    if quiet:
        return
    if result.papers:
        parts = [f"{result.papers} papers", f"{len(result.upserted.new)} new"]
        parts.append(f"{len(result.upserted.updated)} updated")
        if result.skipped:
            parts.append(f"{len(result.skipped)} unreadable")
        say(f"{result.period}: {', '.join(parts)}")
        tell_skipped(result.period, result.skipped)
    elif not result.error:
        say(f"{result.period}: no papers{' yet' if result.absent else ''}")
