"""What is written into one cell: words as words, a number as a number with the look it has on paper."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, NamedTuple

from nq_spreadsheet.looks import Looks
from nqcore.plugin import CellTooLong, Figure, TiedNumber, cell_text, figure_text, printable

MOST = 32_000
"""Excel takes 32 767 letters in a cell."""
_NUMBER = re.compile(r"([+−-]?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?")
_FORMULA = tuple("=+-@\t\r")


class SheetNumber(NamedTuple):
    """A number, and the number format with which it looks as it is printed."""

    value: Decimal
    look: str


def write_text(sheet: Any, row: int, column: int, text: str, looks: Looks, look: str) -> None:
    """Write words, which never become a formula. Raises CellTooLong."""
    words = printable(text)
    if len(words) > MOST:
        raise CellTooLong(length=len(words), limit=MOST, beginning=words[:40])
    sheet.write_string(row, column, words, looks.get(look, text=words.startswith(_FORMULA)))


def parts_of(text: str) -> list[str]:
    """A long text in parts that cells take, for places where it may have several lines."""
    words = printable(text)
    return [words[at : at + MOST] for at in range(0, len(words), MOST)] or [""]


def number_of(cell: Figure | TiedNumber) -> SheetNumber | None:
    """The cell as a number; None where it has none."""
    if isinstance(cell, TiedNumber):
        return _of_text(cell.text)
    if cell.value is None:
        return None
    marks = cell_text(cell).removeprefix(figure_text(cell))
    return SheetNumber(cell.value, _digits(cell.decimals) + _quoted(marks))


def _of_text(text: str) -> SheetNumber | None:
    """A number with words around it: "tối đa 5", "20 (2008 - 2018)", "+157,7%", "−3,2 điểm"."""
    found = _NUMBER.search(text)
    if found is None:
        return None
    sign, whole, fraction = found[1], found[2].replace(".", ""), found[3] or ""
    value = Decimal(f"{whole}.{fraction}" if fraction else whole)
    plain = _digits(len(fraction))
    before, after = _quoted(text[: found.start()]), _quoted(text[found.end() :])
    if not sign:
        return SheetNumber(value, f"{before}{plain}{after}")
    signed = f'{before}"+"{plain}{after};{before}"−"{plain}{after};{before}{plain}{after}'
    return SheetNumber(value if sign == "+" else -value, signed)


def _digits(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _quoted(words: str) -> str:
    """The words in a number format; a quotation mark cannot stand in one."""
    plain = printable(words).replace('"', "”")
    return f'"{plain}"' if plain else ""
