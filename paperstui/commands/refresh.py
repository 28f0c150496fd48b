"""`paperstui refresh`: fetch the newest day, one day, or a range of days that can be interrupted and goes on where it was.

Other feeds are fetched one after the other as they are named.
"""

from __future__ import annotations

import argparse
import asyncio
from collections import Counter
from collections.abc import Callable

from msgspec.structs import replace

from paperstui import clock
from paperstui.commands import arguments as read
from paperstui.commands.desk import open_desk
from paperstui.commands.output import progress, say, say_json, tell, tell_skipped
from paperstui.commands.running import Ended, leaving, run
from paperstui.errors import UsageError
from paperstui.feeds import ARXIV, OF_HUGGING_FACE, PLAIN
from paperstui.periods import containing, kind_of
from paperstui.text.clean import clean_line
from paperstui.usecases import Desk, Refreshed
from paperstui.usecases.results import Enriched

TEXTS = "texts"
"""What stands in the place of a period when arXiv was asked about papers that are here."""

Came = Callable[[Refreshed], None]


def add(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    del name
    parser.description = (
        "Fetch papers into the library: the newest day of Hugging Face's Daily Papers, or other days and feeds."
    )
    parser.add_argument(
        "--feed",
        type=_feed,
        action="append",
        help="daily (which it is without this), weekly, monthly, trending, arxiv:cs.CL or several categories as"
        " arxiv:cs.CL+cs.LG, or arxiv for those of config.toml; may be repeated",
    )
    parser.add_argument(
        "--texts",
        action="store_true",
        help="then fetch arXiv's own titles, abstracts and versions of papers that have only those of Hugging Face, and"
        " new versions of what you starred or queued",
    )
    parser.add_argument("--date", type=read.day, help="this day, such as 2026-06-04, or the week or month that has it")
    parser.add_argument(
        "--since",
        type=read.day,
        help="every day, week or month from here on; those the library has whole are not asked for again",
    )
    parser.add_argument("--until", type=read.day, help="the last day of the range (today)")
    parser.add_argument(
        "--again",
        action="store_true",
        help="ask also for what was fetched whole within the last two minutes, by any paperstui",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(run=refresh)


def refresh(arguments: argparse.Namespace) -> int:
    """Fetch, and say what came. The status is the first failure's."""
    _check(arguments)
    results: list[Refreshed] = []
    whole: Counter[str] = Counter()

    def came(result: Refreshed) -> None:
        results.append(result)
        _tell_result(result, quiet=arguments.json)

    def job() -> int:
        _run(arguments, results, came, whole)
        return next((result.status for result in results if result.status), 0)

    return leaving(job)


def _run(arguments: argparse.Namespace, results: list[Refreshed], came: Came, whole: Counter[str]) -> None:
    """whole: gets how many issues of each feed were not asked for, because they are here whole."""
    with open_desk(writes=True) as desk:
        try:
            wanted = _feeds(desk, arguments)
            run(lambda: _fetch(desk, arguments, wanted, came, whole))
        except Ended:
            again = ", and the same command goes on from there" if arguments.since else ""
            tell(f"interrupted: what came is kept{again}")
            raise
        finally:
            _sum_up(results, arguments, whole)
        desk.look_after()


NOW_ALONE = {"trending": "the trending list is only told as it is now", "arxiv": "arXiv only tells its newest list"}
"""Feeds that have no past."""


def _feed(text: str) -> str:
    """The name of a feed that can be fetched; what was searched for or imported is none."""
    if text in (*OF_HUGGING_FACE, "arxiv") or text.lower().startswith(ARXIV):
        return read.feed(text)
    fetched = f"{', '.join(OF_HUGGING_FACE)} or {ARXIV}CATEGORY, as in arxiv:cs.CL"
    if text in PLAIN:
        raise argparse.ArgumentTypeError(f"{text} cannot be fetched: {fetched}")
    raise argparse.ArgumentTypeError(f"there is no feed {clean_line(text[:40])!r}: {fetched}")


def _feeds(desk: Desk, arguments: argparse.Namespace) -> list[str]:
    """The feeds to fetch, in the order they were named."""
    named = arguments.feed or ["daily"]
    return list(dict.fromkeys(desk.arxiv.feed if feed == "arxiv" else feed for feed in named))


def _check(arguments: argparse.Namespace) -> None:
    for feed in arguments.feed or ():
        why = NOW_ALONE.get(feed.partition(":")[0])
        if why and (arguments.date or arguments.since):
            raise UsageError(f"{why}: --date and --since go with --feed daily, weekly or monthly")
    if arguments.date and (arguments.since or arguments.until):
        raise UsageError("give either --date, or --since with --until")
    if arguments.again and arguments.since:
        raise UsageError("--again is for --date or the newest: a range always asks for what may still grow")
    if arguments.until and not arguments.since:
        raise UsageError("--until needs --since")
    for day in (arguments.date, arguments.since, arguments.until):
        if day is not None and day < clock.ARCHIVE_START:
            raise UsageError(f"{day} is before the first Daily Papers, {clock.ARCHIVE_START}")
        if day is not None and day > clock.today():
            raise UsageError(f"{day} is in the future")
    if arguments.since and arguments.until and arguments.until < arguments.since:
        raise UsageError("--until is before --since")


async def _fetch(desk: Desk, arguments: argparse.Namespace, wanted: list[str], came: Came, whole: Counter[str]) -> None:
    try:
        for feed in wanted:
            if arguments.since:
                await _fetch_range(desk, feed, arguments, came, whole)
                continue
            period = containing(feed, arguments.date) if arguments.date else None
            there = None if arguments.again else await asyncio.to_thread(desk.recent, feed, period)
            if there is None:
                there = await desk.refresh(feed, period, asked=True, others=_tell_others, waits=_tell_pause)
            came(there)
        if arguments.texts:
            await _fetch_texts(desk, came)
    finally:
        await desk.disconnect()


async def _fetch_texts(desk: Desk, came: Came) -> None:
    """Ask arXiv about the papers that are here, and say what came as if it were a feed."""
    with progress() as advance:

        async def step(done: Enriched) -> None:
            advance(done.asked, done.total, "titles and abstracts of arXiv")

        # Who had to wait finds that there is less left to ask for.
        async with desk.claims.turn(f"{ARXIV}texts", _tell_others):
            texts = await desk.arxiv.enrich(waits=_tell_pause, came=step)
        newer = Enriched()
        if not texts.error:
            known = {*texts.upserted.updated, *texts.upserted.unchanged}
            async with desk.claims.turn(f"{ARXIV}versions", _tell_others):
                newer = await desk.arxiv.look_for_versions(but=known, waits=_tell_pause)
    failure = texts if texts.error else newer
    came(
        Refreshed(
            feed="arxiv",
            period=TEXTS,
            papers=texts.asked + newer.asked - len(texts.missing) - len(newer.missing),
            upserted=texts.upserted + newer.upserted,
            complete=not failure.error,
            error=failure.error,
            status=failure.status,
            kind=failure.kind,
            retry_at=failure.retry_at,
        )
    )


async def _fetch_range(desk: Desk, feed: str, arguments: argparse.Namespace, came: Came, whole: Counter[str]) -> None:
    until = arguments.until or max(arguments.since, clock.newest_feed_day())
    whole[feed] = await asyncio.to_thread(desk.here_whole, arguments.since, until, feed=feed)
    done, total, kind = 0, 0, kind_of(feed)
    failed: Refreshed | None = None
    with progress() as advance:
        try:
            async for done, total, result in desk.backfill(
                arguments.since, until, feed=feed, others=_tell_others, waits=_tell_pause
            ):
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
                    f"; {total - done} of {total} {kind}s are left, the same command goes on"
                    if 0 < done < total
                    else ""
                )
                came(replace(failed, error=failed.error + left))
    if not total:
        weekends = ", and weekends have no papers" if kind == "day" else ""
        tell(f"there is nothing to fetch: all {kind}s of the range are here{weekends}")


def _tell_pause(why: str, seconds: float) -> None:
    del seconds
    tell(f"{why}: waiting")


def _tell_others() -> None:
    tell("another paperstui is fetching this: waiting for it")


def _sum_up(results: list[Refreshed], arguments: argparse.Namespace, whole: Counter[str]) -> None:
    for notice in dict.fromkeys(result.notice for result in results if result.notice):
        tell(notice)
    if arguments.json:
        say_json([_as_json(result) for result in results])
        return
    for feed in dict.fromkeys([*(result.feed for result in results), *whole]):
        _sum_up_feed(feed, [result for result in results if result.feed == feed], whole[feed])
    days = [result for result in results if result.feed == "daily"]
    asked = len(days) == 1 and days[0].age is None
    if asked and not (days[0].papers or days[0].error or arguments.date or arguments.since):
        say(f"there are no papers since {days[0].period}")


def _sum_up_feed(feed: str, results: list[Refreshed], whole: int) -> None:
    """Say what came of several issues, and how many were not asked for because they are here whole."""
    if not results or (len(results) == 1 and not whole) or (feed != "daily" and not whole):
        return
    counted = f"{len(results)} {kind_of(feed)}{'s' * (len(results) != 1)}"
    if whole:
        counted += f" fetched, {whole:,} {'was' if whole == 1 else 'were'} here whole"
    papers = sum(result.papers for result in results)
    new = sum(len(result.upserted.new) for result in results)
    say(f"{counted}: {papers:,} papers, {new:,} new")


def _as_json(result: Refreshed) -> dict[str, object]:
    return {
        "feed": result.feed,
        "period": result.period or None,
        "papers": result.papers,
        "new": len(result.upserted.new),
        "updated": len(result.upserted.updated),
        "revised": list(result.upserted.revised),
        "unreadable": [{"where": skipped.where, "why": skipped.why} for skipped in result.skipped],
        "complete": result.complete,
        "notice": result.notice or None,
        "error": result.error or None,
        "refreshed_seconds_ago": result.age,
    }


def _tell_result(result: Refreshed, *, quiet: bool) -> None:
    """Say what came of a period. quiet: failures alone, since the rest is said in another way."""
    name = _name(result)
    if result.error:
        whole = " is not whole" if result.papers else ""
        tell(f"{name}{whole}: {result.error}" if name else result.error)
    if quiet:
        return
    if result.age is not None:
        ago = "1 second" if result.age == 1 else f"{result.age} seconds"
        say(f"{name}: {result.papers or 'no'} papers, refreshed {ago} ago")
    elif result.elsewhere:
        say(f"{name}: {result.papers} papers, which another paperstui has just fetched")
    elif result.papers:
        parts = [f"{result.papers} papers", f"{len(result.upserted.new)} new"]
        parts.append(f"{len(result.upserted.updated)} updated")
        if result.upserted.revised:
            parts.append(f"{len(result.upserted.revised)} in a new version")
        if result.skipped:
            parts.append(f"{len(result.skipped)} unreadable")
        say(f"{name}: {', '.join(parts)}")
        tell_skipped(name, result.skipped)
    elif not result.error:
        say(f"{name}: no papers{' yet' if result.absent else ''}")


def _name(result: Refreshed) -> str:
    """What was fetched, as lines begin with it; the days of the Daily Papers need no more than their dates."""
    return result.period if result.feed == "daily" else f"{result.feed} {result.period}".strip()
