"""Dates as Vietnamese offices type and print them: the day always comes first.

Printed forms follow Decree 30/2020/NĐ-CP, annex I: days below 10 and the months 1 and 2 have a leading
zero, in words and in figures. Documents, pages and commands print dates in this one way.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime

from nqcore.errors import N_, InputError
from nqcore.text import characters

__all__ = [
    "DateError",
    "DateMissing",
    "DateNotInCalendar",
    "DateUnreadable",
    "ForeignDateDigits",
    "HiddenDateCharacter",
    "read_date",
    "write_date",
    "write_date_full",
    "write_date_long",
    "write_day",
    "write_moment",
    "write_month",
    "write_weekday",
]

MAX_TYPED = 64  # characters


class DateError(InputError):
    """A date cannot be read. The program does not guess."""

    code = "date"


class DateMissing(DateError):
    """The box is empty."""

    code = "date-missing"
    template = N_("There is no date yet. Enter it like 15/9/2018.")


class DateUnreadable(DateError):
    """The text is not a date in any known form. Params: text (cut after 64 characters)."""

    code = "date-unreadable"
    template = N_("Cannot read the date “{text}”. Enter it again like 15/9/2018.")


class DateNotInCalendar(DateError):
    """A well-written date that does not exist. Params: text."""

    code = "date-not-in-calendar"
    template = N_("The date “{text}” is not in the calendar. Enter it again like 15/9/2018.")


class HiddenDateCharacter(DateError):
    """A character that cannot be seen. Params: codepoint."""

    code = "date-hidden-character"
    template = characters.HIDDEN


class ForeignDateDigits(DateError):
    """Digits of another script. Params: text, character, codepoint, rewritten."""

    code = "date-foreign-digits"
    template = characters.FOREIGN_DIGITS


_MONTH_NAMES = {
    "một": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
    "mười một": 11,
    "mười hai": 12,
}
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")

_FIGURES = re.compile(
    r"(?:ngày )?([0-9]{1,2}) ?([/.-]) ?([0-9]{1,2})(?: ?\2 ?([0-9]{4}|[0-9]{2}))?"
)
_EIGHT_DIGITS = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")
_WORDS = re.compile(
    r"(?:ngày )?([0-9]{1,2}) tháng ([0-9]{1,2}|"
    + "|".join(sorted(_MONTH_NAMES, key=len, reverse=True))
    + r")(?:,? năm ([0-9]{4}))?"
)


def read_date(text: str, *, today: date) -> date:
    """Read 5/9/2018, 05-09-18, 5.9.2018, 05092018, 5/9, or "ngày 28 tháng 01 năm 2008".

    A date without a year is in the year of `today`. For a year of two digits, the century is chosen
    that gives the date nearest to `today`. Both separators must be the same. Raises only DateError.
    """
    shown = text.strip(characters.SPACES + characters.LINE_ENDS)
    if not shown:
        raise DateMissing()
    # A date in running text may be broken by a line end.
    line = " ".join(re.split(r"[\t\r\n]+", shown[:MAX_TYPED]))
    if hidden := characters.find_hidden(line):
        raise HiddenDateCharacter(codepoint=characters.code_point(hidden))
    if digit := characters.find_foreign_digit(line):
        raise ForeignDateDigits(
            text=line,
            character=digit,
            codepoint=characters.code_point(digit),
            rewritten=characters.with_ascii_digits(line),
        )
    if len(shown) > MAX_TYPED:
        raise DateUnreadable(text=line + "…")
    day, month, year = _parts(line)
    found = _nearest(day, month, _years(year, today), today)
    if found is None:
        raise DateNotInCalendar(text=line)
    return found


def _parts(line: str) -> tuple[int, int, str]:
    """Day, month and the year's digits ("" when it was not typed)."""
    plain = unicodedata.normalize("NFC", line).lower()
    plain = " ".join("".join("-" if c in characters.DASHES else c for c in plain).split())
    if match := _FIGURES.fullmatch(plain):
        return int(match[1]), int(match[3]), match[4] or ""
    if match := _EIGHT_DIGITS.fullmatch(plain):
        return int(match[1]), int(match[2]), match[3]
    if match := _WORDS.fullmatch(plain):
        return int(match[1]), _MONTH_NAMES.get(match[2]) or int(match[2]), match[3] or ""
    raise DateUnreadable(text=line)


def _years(typed: str, today: date) -> tuple[int, ...]:
    """The years that the typed digits may mean."""
    if not typed:
        return (today.year,)
    if len(typed) == 4:
        return (int(typed),)
    century = today.year // 100
    return tuple(100 * c + int(typed) for c in (century - 1, century, century + 1))


def _nearest(day: int, month: int, years: tuple[int, ...], today: date) -> date | None:
    """The existing date nearest to `today`, the earlier of two; None when none exists."""
    dates = []
    for year in years:
        try:
            dates.append(date(year, month, day))
        except ValueError:
            continue
    return min(dates, key=lambda found: (abs(found - today), found), default=None)


def write_date(day: date) -> str:
    """ "05/9/2018", "28/01/2008"; the year always has four digits."""
    return f"{write_day(day)}/{day.year:04}"


write_date_full = write_date
"""The older name of `write_date`, for plugins: there is one way to print a date."""


def write_day(day: date) -> str:
    """ "05/9", "30/01": the date where the year is said beside it."""
    return f"{day.day:02}/{write_month(day.month)}"


def write_month(month: int) -> str:
    """ "01", "02", "3" … "12"."""
    return f"{month:02}" if month <= 2 else str(month)


def write_date_long(day: date) -> str:
    """ "ngày 05 tháng 9 năm 2018": the date of a document."""
    return f"ngày {day.day:02} tháng {write_month(day.month)} năm {day.year:04}"


def write_weekday(day: date) -> str:
    """ "Thứ Tư, 05/9/2018": shown next to a typed date so that the user can check it."""
    return f"{_WEEKDAYS[day.weekday()]}, {write_date(day)}"


def write_moment(moment: datetime) -> str:
    """ "16 giờ 42 ngày 18/9/2018", in the moment's own time zone."""
    return f"{moment.hour} giờ {moment.minute:02} ngày {write_date(moment)}"
