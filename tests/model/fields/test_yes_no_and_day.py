"""Có/không and ngày: what is taken, what is refused and how it is told to be repaired."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from nqcore.model.fields import AnyField, DayField, FieldInput, YesNoField
from tests.support.small import DISTRICT, catalogue

KNOWN = catalogue(DISTRICT)
TODAY = date(2018, 4, 5)
ASKED = YesNoField(key="QC", label="Quy chế")
HELD = DayField(key="HN", label="Hội nghị")
OPEN = DayField(key="HN", label="Hội nghị", required=False)
PLANNED = DayField(key="HN", label="Đại hội", future=True)

TAKEN: list[tuple[AnyField, object, object]] = [
    (ASKED, "yes", True),
    (ASKED, " no ", False),
    (ASKED, True, True),
    (ASKED, False, False),
    (HELD, "1/3/2018", date(2018, 3, 1)),
    (HELD, "5/4/2018", TODAY),
    (HELD, "05042018", TODAY),
    (HELD, date(2018, 3, 1), date(2018, 3, 1)),
    (HELD, datetime(2018, 3, 1, 12), date(2018, 3, 1)),
    (PLANNED, "6/4/2018", date(2018, 4, 6)),
    (PLANNED, date(2020, 2, 29), date(2020, 2, 29)),
]


@pytest.mark.parametrize(("field", "given", "answer"), TAKEN)
def test_it_is_taken(field: AnyField, given: object, answer: object) -> None:
    entry = FieldInput({field.key: given}, TODAY)
    assert field.read(entry, KNOWN) == answer
    assert not entry.unread
    assert not entry.problems


REFUSED: list[tuple[AnyField, object, str, str]] = [
    (ASKED, "có lẽ", "unknown-choice", "not one of the choices"),
    (ASKED, "YES", "unknown-choice", "not one of the choices"),
    (ASKED, "1", "unknown-choice", "not one of the choices"),
    (HELD, "6/4/2018", "future-date", "still to come"),
    (HELD, date(2018, 4, 6), "future-date", "still to come"),
    (HELD, "30/2/2018", "date-not-in-calendar", ""),
    (HELD, "hôm qua", "date-unreadable", ""),
    (PLANNED, "31/4/2018", "date-not-in-calendar", ""),
]


@pytest.mark.parametrize(("field", "given", "code", "says"), REFUSED)
def test_it_is_kept_as_typed_and_told(field: AnyField, given: object, code: str, says: str) -> None:
    entry = FieldInput({field.key: given}, TODAY)
    assert field.read(entry, KNOWN) is None
    assert list(entry.unread) == [field.key]
    (problem,) = entry.problems
    assert problem.code == code
    assert says in problem.message()
    assert problem.blocks


def test_empty_is_no_answer_but_where_the_day_may_be_open() -> None:
    for field in (ASKED, HELD):
        entry = FieldInput({field.key: "  "}, TODAY)
        assert field.read(entry, KNOWN) is None
        assert [problem.severity for problem in entry.problems] == ["blank"]
    entry = FieldInput({}, TODAY)
    assert OPEN.read(entry, KNOWN) is None
    assert not entry.problems
    assert OPEN.lines(None, str) == ("Not yet",)


@pytest.mark.parametrize(
    ("day", "taken"),
    [
        (date(1899, 12, 31), False),
        (date(1900, 1, 1), True),
        (date(2100, 12, 31), True),
        (date(2101, 1, 1), False),
    ],
)
def test_the_first_and_the_last_year_that_a_day_can_have(day: date, taken: bool) -> None:
    entry = FieldInput({PLANNED.key: day}, TODAY)
    assert PLANNED.read(entry, KNOWN) == (day if taken else None)
    assert [problem.code for problem in entry.problems] == ([] if taken else ["odd-year"])
