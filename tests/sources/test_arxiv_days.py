from __future__ import annotations

from datetime import date, datetime, timezone

import pytest

from paperstui.sources.arxiv_days import announces_on, expected_day, next_list


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(timezone.utc)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-06-04T12:00:00+00:00", "2026-06-04"),  # Thursday
        ("2026-06-04T04:29:00+00:00", "2026-06-03"),  # 0:29 in New York
        ("2026-06-04T04:31:00+00:00", "2026-06-04"),
        ("2026-06-06T12:00:00+00:00", "2026-06-05"),  # Saturday
        ("2026-06-07T23:00:00+00:00", "2026-06-05"),  # Sunday
        ("2026-06-08T04:29:00+00:00", "2026-06-05"),
        ("2026-06-08T04:31:00+00:00", "2026-06-08"),  # Monday
        ("2026-01-06T05:31:00+00:00", "2026-01-06"),  # in winter an hour later
        ("2026-01-06T05:29:00+00:00", "2026-01-05"),
    ],
)
def test_the_list_that_should_be_out(moment: str, day: str) -> None:
    assert expected_day(at(moment)) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("moment", "following"),
    [
        ("2026-06-04T12:00:00+00:00", "2026-06-05T04:30:00+00:00"),
        ("2026-06-05T04:29:00+00:00", "2026-06-05T04:30:00+00:00"),
        ("2026-06-05T12:00:00+00:00", "2026-06-08T04:30:00+00:00"),
        ("2026-03-06T12:00:00+00:00", "2026-03-09T04:30:00+00:00"),  # the clocks are changed on Sunday
        ("2026-01-05T12:00:00+00:00", "2026-01-06T05:30:00+00:00"),
    ],
)
def test_when_there_can_be_a_new_one(moment: str, following: str) -> None:
    assert next_list(at(moment)) == at(following)


def test_the_clock_is_the_program_s_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPERSTUI_NOW", "2026-06-07T12:00:00+00:00")
    assert expected_day() == date(2026, 6, 5)
    assert next_list() == at("2026-06-08T04:30:00+00:00")


def test_there_are_no_lists_at_weekends() -> None:
    assert [announces_on(date(2026, 6, day)) for day in (5, 6, 7, 8)] == [True, False, False, True]
