from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui import clock
from paperstui.errors import UsageError

MOMENTS = st.datetimes(datetime(2023, 5, 4), datetime(2045, 1, 1), timezones=st.just(timezone.utc))  # noqa: DTZ001
DAYS = st.dates(date(2023, 5, 4), date(2045, 1, 1))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("given_time", "expected"),
    [
        ("2026-06-04", "2026-06-04T00:00:00+00:00"),
        ("2026-06-04T09:30", "2026-06-04T09:30:00+00:00"),
        ("2026-06-04 09:30:15", "2026-06-04T09:30:15+00:00"),
        ("2026-06-04T09:30:00Z", "2026-06-04T09:30:00+00:00"),
        ("2026-06-04T01:30:00+02:00", "2026-06-03T23:30:00+00:00"),
        ("2026-06-04T23:30:00-05:00", "2026-06-05T04:30:00+00:00"),
    ],
)
def test_paperstui_now_sets_every_clock(given_time: str, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPERSTUI_NOW", given_time)
    moment = at(expected)
    assert clock.now().isoformat() == expected
    assert clock.today() == moment.date()
    assert clock.seconds() == int(moment.timestamp())
    assert clock.milliseconds() == int(moment.timestamp() * 1000)


@pytest.mark.parametrize(
    "given_time",
    [
        "yesterday",
        "2026-13-01",
        "2026-06-04T25:00",
        " ",
        "1780000000.5",
        "9999-12-31T23:59:59-12:00",
        "0001-01-01T00:00+12:00",
    ],
)
def test_a_time_that_is_none_is_wrong_usage(given_time: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPERSTUI_NOW", given_time)
    with pytest.raises(UsageError, match="PAPERSTUI_NOW is not an ISO time"):
        clock.now()


@pytest.mark.parametrize("value", [None, ""])
def test_without_it_the_machines_clock_counts(value: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    class Machine(datetime):
        @classmethod
        def now(cls, tz: object = None) -> Machine:
            assert tz is timezone.utc
            return cls(2031, 2, 3, 4, 5, 6, tzinfo=timezone.utc)

    monkeypatch.setattr(clock, "datetime", Machine)
    monkeypatch.setattr("paperstui.clock.time.time_ns", lambda: 1_900_000_000_123_456_789)
    monkeypatch.delenv("PAPERSTUI_NOW")
    if value is not None:
        monkeypatch.setenv("PAPERSTUI_NOW", value)
    assert clock.now() == at("2031-02-03T04:05:06+00:00")
    assert clock.today() == date(2031, 2, 3)
    assert clock.milliseconds() == 1_900_000_000_123


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        # Summer in New York, four hours behind: the feed moves on at 01:30 UTC.
        ("2026-06-04T12:00:00+00:00", "2026-06-04"),
        ("2026-06-05T00:00:00+00:00", "2026-06-04"),
        ("2026-06-05T01:29:59+00:00", "2026-06-04"),
        ("2026-06-05T01:30:00+00:00", "2026-06-05"),
        ("2026-06-05T04:30:00+00:00", "2026-06-05"),
        # Winter, five hours behind: at 02:30.
        ("2026-01-15T02:29:59+00:00", "2026-01-14"),
        ("2026-01-15T02:30:00+00:00", "2026-01-15"),
        # The clocks go forward on 8 March at 07:00 UTC.
        ("2026-03-08T02:29:59+00:00", "2026-03-07"),
        ("2026-03-08T02:30:00+00:00", "2026-03-08"),
        ("2026-03-08T07:00:00+00:00", "2026-03-08"),
        ("2026-03-09T01:29:59+00:00", "2026-03-08"),
        ("2026-03-09T01:30:00+00:00", "2026-03-09"),
        # And back on 1 November at 06:00 UTC.
        ("2026-11-01T01:30:00+00:00", "2026-11-01"),
        ("2026-11-02T01:30:00+00:00", "2026-11-01"),
        ("2026-11-02T02:30:00+00:00", "2026-11-02"),
        # Wherever the clock that was asked stands.
        ("2026-06-05T10:29:59+09:00", "2026-06-04"),
        ("2026-06-05T10:30:00+09:00", "2026-06-05"),
        ("2026-06-04T21:30:00-04:00", "2026-06-05"),
        # New Year's Eve.
        ("2027-01-01T02:29:00+00:00", "2026-12-31"),
        ("2027-01-01T02:30:00+00:00", "2027-01-01"),
    ],
)
def test_the_newest_feed_day_follows_new_york(moment: str, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert clock.newest_feed_day(at(moment)).isoformat() == expected
    monkeypatch.setenv("PAPERSTUI_NOW", moment)
    assert clock.newest_feed_day().isoformat() == expected


@given(MOMENTS)
def test_the_newest_feed_day_is_the_utc_day_or_the_one_before(moment: datetime) -> None:
    behind = moment.date() - clock.newest_feed_day(moment)
    assert timedelta(0) <= behind <= timedelta(days=1)
    if behind:
        assert (moment.hour, moment.minute) < (2, 30)


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=3)))
def test_the_newest_feed_day_never_goes_back(moment: datetime, later: timedelta) -> None:
    assert clock.newest_feed_day(moment) <= clock.newest_feed_day(moment + later)


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        ("2026-06-04", "2026-06-03", "2026-06-05"),  # Thursday
        ("2026-06-05", "2026-06-04", "2026-06-08"),  # Friday
        ("2026-06-06", "2026-06-05", "2026-06-08"),  # Saturday
        ("2026-06-07", "2026-06-05", "2026-06-08"),  # Sunday
        ("2026-06-08", "2026-06-05", "2026-06-09"),  # Monday
    ],
)
def test_weekdays_step_over_the_weekend(day: str, before: str, after: str) -> None:
    assert clock.weekday_before(date.fromisoformat(day)).isoformat() == before
    assert clock.weekday_after(date.fromisoformat(day)).isoformat() == after


@given(DAYS)
def test_weekdays_there_and_back(day: date) -> None:
    before, after = clock.weekday_before(day), clock.weekday_after(day)
    assert before < day < after
    assert before.weekday() < 5
    assert after.weekday() < 5
    if day.weekday() < 5:
        assert clock.weekday_after(before) == day
        assert clock.weekday_before(after) == day


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-3600, "just now"),
        (0, "just now"),
        (59, "just now"),
        (60, "1 min ago"),
        (3599, "59 min ago"),
        (3600, "1 h ago"),
        (86_399, "23 h ago"),
        (86_400, "1 day ago"),
        (2 * 86_400 - 1, "1 day ago"),
        (2 * 86_400, "2 days ago"),
        (400 * 86_400, "400 days ago"),
    ],
)
def test_an_age_in_words(seconds: int, words: str) -> None:
    assert clock.age(clock.seconds() - seconds) == words
    assert clock.age(1_000_000 - seconds, 1_000_000) == words


def test_the_archive_begins_where_the_feed_does() -> None:
    assert date(2023, 5, 4) == clock.ARCHIVE_START


def test_work_gives_way_only_where_somebody_may_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    monkeypatch.setattr("threading.active_count", lambda: 1)
    clock.give_way()
    assert slept == []
    monkeypatch.setattr("threading.active_count", lambda: 2)
    clock.give_way()
    assert len(slept) == 1
