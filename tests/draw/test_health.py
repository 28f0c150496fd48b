from __future__ import annotations

import pytest

from paperstui.draw.health import health_lines
from paperstui.draw.lines import line_width, plain
from paperstui.models import SourceHealth

NOW = 1_780_000_000.0
FINE = SourceHealth(
    name="Hugging Face",
    host="huggingface.co",
    success=NOW - 200,
    left=499,
    left_until=NOW + 200,
    coming=((NOW + 1650, "the newest day"),),
)


def told(*sources: SourceHealth, cells: int = 60, why_not: str = "") -> list[str]:
    return [plain(line).rstrip() for line in health_lines(sources, NOW, cells, why_not=why_not)]


def test_a_source_that_answers() -> None:
    assert told(FINE) == [
        "",
        "  Hugging Face  huggingface.co",
        "  State         answers",
        "  Last success  3 min ago",
        "  Next try      in 28 min: the newest day",
        "  Requests left 499 for 3 min, then all of them again",
    ]


def test_a_source_that_failed_says_so_and_when() -> None:
    failed = SourceHealth(name="arXiv", host="arxiv.org", error="arxiv.org refuses connections", error_at=NOW - 30)
    assert told(failed) == [
        "",
        "  arXiv  arxiv.org",
        "  State         it did not work the last time",
        "  Last success  never yet",
        "  Last error    arxiv.org refuses connections, just now",
    ]


def test_a_pause_puts_off_the_next_try() -> None:
    waits = SourceHealth(
        name="arXiv", host="arxiv.org", not_before=NOW + 86_400, coming=((NOW + 5, "titles and abstracts"),)
    )
    assert "  State         wants a pause, and is not asked for 1 day" in told(waits)
    assert "  Next try      in 1 day: titles and abstracts" in told(waits)


def test_what_is_over_is_dim_and_what_is_not_stands_out() -> None:
    over = SourceHealth(name="A", host="a", success=NOW - 10, error="no", error_at=NOW - 60)
    now = SourceHealth(name="A", host="a", success=NOW - 60, error="no", error_at=NOW - 10)
    inks = {plain([span]): span[1] for line in health_lines([over], NOW, 60) for span in line}
    assert inks["no, 1 min ago"] == "dim"
    inks = {plain([span]): span[1] for line in health_lines([now], NOW, 60) for span in line}
    assert inks["no, just now"] == "error"


def test_what_is_being_fetched() -> None:
    busy = SourceHealth(
        name="A", host="a", running="the newest day", coming=((NOW - 1, "texts"), (NOW + 90, "versions"))
    )
    assert "  State         fetching the newest day …" in told(busy)
    at = told(busy).index("  Next try      now: texts")
    assert told(busy)[at + 1] == "                in 2 min: versions"


@pytest.mark.parametrize("cells", [20, 34, 48, 80, 120])
def test_nothing_is_wider_than_there_is_room(cells: int) -> None:
    long = SourceHealth(
        name="Hugging Face", host="a-mirror." * 12, success=NOW, error="something went wrong here " * 6, error_at=NOW
    )
    for line in health_lines([FINE, long], NOW, cells, why_not="Nothing is fetched by itself. " * 3):
        assert line_width(line) <= max(cells, 28)


def test_a_window_that_has_ended_says_nothing_of_requests() -> None:
    ended = SourceHealth(name="A", host="a", success=NOW - 900, left=3, left_until=NOW - 600)
    assert "Requests" not in "\n".join(plain(line) for line in health_lines([ended], NOW, 60))
