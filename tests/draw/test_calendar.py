from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from paperstui.draw.calendar import Calendar, box_lines, size, target_at
from paperstui.draw.lines import line_width, plain
from paperstui.models import Period

TODAY = date(2026, 6, 4)


def known(**days: tuple[int, int, bool]) -> dict[str, Period]:
    return {
        f"2026-06-{name[1:]}": Period(
            feed="daily", period=f"2026-06-{name[1:]}", papers=papers, unread=unread, fetched_at=1 if fetched else None
        )
        for name, (papers, unread, fetched) in days.items()
    }


JUNE = Calendar(TODAY, TODAY, known(d01=(25, 3, True), d02=(25, 0, True), d03=(0, 0, True), d04=(112, 110, True)))


def texts(calendar: Calendar, columns: int, rows: int) -> list[str]:
    return [plain(line) for line in box_lines(calendar, *size(columns, rows))]


@given(st.dates(date(2023, 1, 1), date(2027, 1, 1)), st.integers(8, 140), st.integers(3, 50), st.text(max_size=30))
def test_the_box_is_as_large_as_it_says(chosen: date, columns: int, rows: int, text: str) -> None:
    wide, high = size(columns, rows)
    lines = box_lines(Calendar(chosen, TODAY, None, text.replace("\n", " ")), wide, high)
    assert len(lines) == high
    assert all(line_width(line) == wide for line in lines)


def test_each_day_says_what_the_library_has() -> None:
    text = "\n".join(texts(JUNE, 120, 40))
    assert "June 2026" in text
    assert all(part in text for part in ("3/25", " 25 ", " – ", "110/112", "W23", "▌ 4"))
    small = "\n".join(texts(JUNE, 50, 14))
    assert all(part in small for part in (" 1●3", " 2 25", " 3–", "▌ 4110"))


def test_a_day_that_was_never_fetched_is_marked() -> None:
    nothing = Calendar(TODAY, TODAY, {})
    lines = texts(nothing, 50, 14)
    week = next(line for line in lines if " 1" in line and "2·" in line)
    assert week.count("·") == 4, "Monday to Thursday, which is today"
    assert "·" not in "".join(texts(Calendar(TODAY, TODAY, None), 50, 14)[4:10]), "not while it is being read"


def test_a_click_finds_the_day() -> None:
    for columns, rows in ((120, 40), (50, 14)):
        box = size(columns, rows)
        lines = texts(JUNE, columns, rows)
        for number in (1, 9, 30):
            y = next(at for at, line in enumerate(lines) if at > 4 and f" {number:>2}" in f" {line}".replace("▌", " "))
            x = lines[y].index(f"{number:>2}")
            assert target_at(JUNE, *box, x, y) == f"2026-06-{number:02}"
        assert target_at(JUNE, *box, lines[3].index("‹"), 3) == "<"
        assert target_at(JUNE, *box, lines[3].index("›"), 3) == ">"
        assert target_at(JUNE, *box, lines[3].index("June"), 3) == "2026-06"
        assert target_at(JUNE, *box, 4, 1) is None
        assert target_at(JUNE, *box, 0, 6) is None
    wide = texts(JUNE, 120, 40)
    assert target_at(JUNE, *size(120, 40), wide[5].index("W23"), 5) == "2026-W23"


def test_what_stands_at_a_day_is_explained_and_today_is_marked() -> None:
    in_part = Calendar(TODAY, TODAY, known(d01=(20, 20, False)))
    wide = "\n".join(texts(in_part, 120, 40))
    assert "20/20·" in wide
    assert "20· in part" in wide
    for columns, rows in ((120, 40), (80, 24), (50, 14)):
        marked = [text for line in box_lines(in_part, *size(columns, rows)) for text, ink in line if ink == "match"]
        assert marked == ["4 Jun", " 4"]
