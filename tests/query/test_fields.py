from __future__ import annotations

import pytest

from paperstui.query import parse
from paperstui.query.fields import (
    FIELDS,
    FLAGS,
    HAS,
    SORTS,
    closest_choice,
    closest_field,
    field_named,
    help_rows,
)


def test_no_name_means_two_fields() -> None:
    names = [name for field in FIELDS for name in (field.name, *field.aliases)]
    assert len(names) == len(set(names))
    assert all(name == name.lower() for name in names)


@pytest.mark.parametrize("choices", [FLAGS, HAS, SORTS])
def test_no_name_means_two_choices(choices: tuple[object, ...]) -> None:
    names = [name for choice in choices for name in (choice.name, *choice.aliases)]  # type: ignore[attr-defined]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("field", FIELDS)
def test_every_example_is_understood(field: object) -> None:
    example = field.example  # type: ignore[attr-defined]
    assert parse(example).ok
    assert not parse(example).empty


def test_every_row_of_the_help_is_understood() -> None:
    rows = help_rows()
    assert len(rows) > 40
    for syntax, meaning in rows:
        assert meaning
        assert parse(syntax.replace("…", "")).ok


def test_fields_are_found_in_any_case_and_by_alias() -> None:
    assert field_named("UPVOTES") is field_named("votes")
    assert field_named("nothing") is None


@pytest.mark.parametrize(
    ("typed", "meant"), [("autor", "author"), ("titel", "title"), ("vote", "upvotes"), ("zzz", None)]
)
def test_the_field_that_was_meant(typed: str, meant: str | None) -> None:
    assert closest_field(typed) == meant


def test_the_choice_that_was_meant() -> None:
    assert closest_choice(FLAGS, "unraed") == "unread"
    assert closest_choice(SORTS, "zzz") is None
