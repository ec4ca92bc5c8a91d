"""A number or a text of a cell with its format, as a `SheetCell`: the same for every kind of file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from nqcore.files.spreadsheets.cell import CellKind, SheetCell
from nqcore.files.spreadsheets.number_format import shown_number, shown_text

_FAR = 20
"""Numbers with more places than this are no figures; they are kept with their exponent."""


def number_cell(text: str, code: str, *, epoch_1904: bool, hides_zeros: bool = False) -> SheetCell:
    """The cell of a number, from the text of the number in the file."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return SheetCell(CellKind.TEXT, text)
    if not value.is_finite():
        return SheetCell(CellKind.TEXT, text)
    shown = shown_number(value, code)
    if shown.kind is CellKind.DATE:
        day = _day_text(shown.value, epoch_1904)
        if day is None:  # the sheet shows ####
            return SheetCell(CellKind.NUMBER, plain_number(shown.value), unclear=True)
        return SheetCell(CellKind.DATE, day)
    found = SheetCell(
        shown.kind, plain_number(shown.value), words=shown.words, scaled=shown.scaled,
        padding=shown.padding,
    )  # fmt: skip
    if shown.unclear or (hides_zeros and not value):
        return replace(found, unclear=True)
    return found if shown.shown is None else replace(found, shown=plain_number(shown.shown))


def text_cell(text: str, code: str, *, raised: bool = False) -> SheetCell | None:
    """The cell of a text; None for a blank one."""
    if not text:
        return None
    shown = shown_text(text, code)
    return SheetCell(CellKind.TEXT, text, words=shown.words, unclear=shown.unclear, raised=raised)


def plain_number(value: Decimal) -> str:
    """The digits of a number without an exponent, unless it is far too large or small for a figure."""
    if value and abs(value.adjusted()) > _FAR:
        return str(value.normalize())
    if value == value.to_integral_value():
        return str(int(value))
    return f"{value.normalize():f}"


def day_text(day: date) -> str:
    """A day as it is typed: "15/9/2018"."""
    return f"{day.day}/{day.month}/{day.year}"


def iso_day(text: str) -> str:
    """A day that a file writes as text ("2018-09-15T00:00:00"), as it is typed; other text as it is."""
    try:
        return day_text(datetime.fromisoformat(text.strip()))
    except ValueError:
        return text


def _day_text(serial: Decimal, epoch_1904: bool) -> str | None:
    """The day or time of a serial number; None where there is no such day. Day 60 of the 1900 calendar,
    29/2/1900, has never been."""
    days = int(serial)
    if serial < 0 or days >= 2_958_466:
        return None
    if epoch_1904:
        first = date(1904, 1, 1)
    elif days == 0:
        seconds = int(serial * 86_400)
        return f"{seconds // 3600}:{seconds // 60 % 60:02}"
    else:
        first = date(1899, 12, 30) if days > 59 else date(1899, 12, 31)
    try:
        return day_text(first + timedelta(days=days))
    except OverflowError:
        return None
