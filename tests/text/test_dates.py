"""How dates are read and printed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nqcore.text.dates import (
    DateError,
    DateMissing,
    DateNotInCalendar,
    DateUnreadable,
    ForeignDateDigits,
    HiddenDateCharacter,
    read_date,
    write_date,
    write_date_long,
    write_day,
    write_moment,
    write_weekday,
)

TODAY = date(2018, 10, 5)
FIFTH_OF_SEPTEMBER = date(2018, 9, 5)


@pytest.mark.parametrize(
    "typed",
    [
        "5/9/2018",
        "05/09/2018",
        "05/9/2018",
        "05-09-18",
        "5.9.2018",
        "5–9–2018",
        "05092018",
        "5/9",
        "5.9",
        "14-1",
        " 5/9/2018 ",
        "5 / 9 / 2018",
        "ngày 5/9/2018",
        "ngày 05 tháng 9 năm 2018",
        "Ngày 5 tháng 9",
        "5 tháng chín năm 2018",
        "ngày 05 tháng\n9 năm 2018",
        "nga\u0300y 5 tha\u0301ng 9 na\u0306m 2018",
        "NGÀY 05 THÁNG 09 NĂM 2018",
    ],
)
def test_a_date_is_read_day_first(typed: str) -> None:
    expected = date(2018, 1, 14) if typed == "14-1" else FIFTH_OF_SEPTEMBER
    assert read_date(typed, today=TODAY) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ngày 28 tháng 01 năm 2008", date(2008, 1, 28)),
        ("ngày 19 tháng Tám năm 1945", date(1945, 8, 19)),
        ("1 tháng Mười Hai năm 2020", date(2020, 12, 1)),
        ("1 tháng mười một năm 2020", date(2020, 11, 1)),
        ("29/2/2016", date(2016, 2, 29)),
        ("26/3/98", date(1998, 3, 26)),
        ("3/2/30", date(2030, 2, 3)),
        ("1/1/68", date(2068, 1, 1)),
        ("1/1/69", date(1969, 1, 1)),
        ("29/2/00", date(2000, 2, 29)),
    ],
)
def test_other_dates_are_read(typed: str, expected: date) -> None:
    assert read_date(typed, today=TODAY) == expected


@pytest.mark.parametrize("year", range(1900, 2100))
def test_a_year_of_two_digits_is_the_nearest_to_today(year: int) -> None:
    today = date(year, 7, 1)
    for away in (-49, 0, 49):
        typed = f"1/7/{(year + away) % 100:02}"
        assert read_date(typed, today=today) == date(year + away, 7, 1)


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("", DateMissing),
        (" \t", DateMissing),
        ("31/9/2018", DateNotInCalendar),
        ("29/2", DateNotInCalendar),
        ("29/2/18", DateNotInCalendar),
        ("0/9/2018", DateNotInCalendar),
        ("9/20/2018", DateNotInCalendar),
        ("5/9/0000", DateNotInCalendar),
        ("2018-09-05", DateUnreadable),
        ("5/9/201", DateUnreadable),
        ("5/9-2018", DateUnreadable),
        ("050918", DateUnreadable),
        ("5", DateUnreadable),
        ("hôm nay", DateUnreadable),
        ("5/9/2018x", DateUnreadable),
        ("ngày 5 tháng chạp", DateUnreadable),
        ("5/9/2018" + " " * 60 + "1", DateUnreadable),
        ("５/9/2018", ForeignDateDigits),
        ("5/9/\u202e2018", HiddenDateCharacter),
        ("5/9/2018\x00", HiddenDateCharacter),
        ("\ud800", HiddenDateCharacter),
    ],
)
def test_a_doubtful_date_is_refused(typed: str, error: type[DateError]) -> None:
    with pytest.raises(DateError) as refused:
        read_date(typed, today=TODAY)
    assert type(refused.value) is error
    str(refused.value).encode()


def test_the_refusal_shows_the_date_and_an_example() -> None:
    with pytest.raises(DateNotInCalendar, match=r"“31/9/2018” is not in .* like 15/9/2018\."):
        read_date("31/9/2018", today=TODAY)


@given(st.text(st.characters(codec=None), max_size=80), st.dates())
@example("29/2/99", date.max)
@example("29/2/01", date.min)
def test_any_text_is_read_or_refused_with_a_date_error(text: str, today: date) -> None:
    try:
        read_date(text, today=today)
    except DateError as error:
        str(error).encode()


@given(st.dates(), st.dates())
def test_a_printed_date_is_read_as_the_same_date(day: date, today: date) -> None:
    assert read_date(write_date(day), today=today) == day
    assert read_date(write_date_long(day), today=today) == day
    assert read_date(f"{day:%d%m}{day.year:04}", today=today) == day


@given(st.dates(date(1930, 2, 3), date(2100, 1, 1)), st.integers(-17_000, 17_000))
def test_a_date_near_today_may_be_typed_with_two_digits_of_its_year(today: date, off: int) -> None:
    day = today + timedelta(days=off)
    assert read_date(f"{day:%d-%m-%y}", today=today) == day


def test_dates_are_printed_as_offices_print_them() -> None:
    assert write_date(FIFTH_OF_SEPTEMBER) == "05/9/2018"
    assert write_date(date(2008, 1, 28)) == "28/01/2008"
    assert write_date(date(2010, 7, 29)) == "29/7/2010"
    assert write_day(date(2018, 2, 3)) == "03/02"
    assert write_date_long(FIFTH_OF_SEPTEMBER) == "ngày 05 tháng 9 năm 2018"
    assert write_date_long(date(2008, 1, 28)) == "ngày 28 tháng 01 năm 2008"
    assert write_date_long(date(2008, 2, 1)) == "ngày 01 tháng 02 năm 2008"
    assert write_date_long(date(2008, 3, 10)) == "ngày 10 tháng 3 năm 2008"
    assert write_weekday(FIFTH_OF_SEPTEMBER) == "Thứ Tư, 05/9/2018"
    assert write_weekday(date(2018, 9, 9)) == "Chủ nhật, 09/9/2018"
    assert write_moment(datetime(2018, 9, 18, 16, 42)) == "16 giờ 42 ngày 18/9/2018"
    assert write_moment(datetime(2018, 9, 18, 8, 5)) == "8 giờ 05 ngày 18/9/2018"
