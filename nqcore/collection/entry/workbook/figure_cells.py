"""A cell of the column of figures as it would be typed into its box, or a note that says why not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from nqcore.collection.entry.workbook import notes as said
from nqcore.collection.entry.workbook.notes import Note
from nqcore.errors import InputError
from nqcore.files.spreadsheets import CellKind, SheetCell
from nqcore.model.indicators import Indicator
from nqcore.text.measures import measure_scale
from nqcore.text.numbers import exact_text, read_figure

_NUMBERS = (CellKind.NUMBER, CellKind.PERCENT)


@dataclass(frozen=True, slots=True)
class TypedCell:
    """`text`: what would be typed ("" where the box is not taken); `notes`: what the user should know."""

    text: str
    notes: tuple[Note, ...] = field(default=())


def typed_figure(cell: SheetCell, label: str, indicator: Indicator, row: int) -> TypedCell:
    """The cell of a figure as it would be typed: a number with all its digits, a text as it stands.

    A number that is shown as another one (a percentage in a box of people, thousands, a format with
    nothing in it) is not taken; the note says what to enter.
    """
    refusal = next(_refusals(cell, label, indicator, row), None)
    if refusal is not None:
        return TypedCell("", (refusal,))
    is_number = cell.kind in _NUMBERS
    text = _exact(cell.text, indicator) if is_number else cell.text
    if cell.words and not cell.scaled and cell.words.casefold() != indicator.measure.casefold():
        # "5 triệu" written by the number format is read as if it had been typed.
        return TypedCell(f"{text.strip()} {cell.words}")
    if not is_number:
        return TypedCell(text, tuple(_remarks_on_text(cell, label, indicator, row)))
    return TypedCell(text, tuple(_remarks_on_number(cell, text, label, indicator, row)))


def _refusals(cell: SheetCell, label: str, indicator: Indicator, row: int) -> Iterator[Note]:
    """Why the box is not taken from the cell."""

    def note(code: str, template: str, **params: object) -> Note:
        return Note(
            row=row, code=code, template=template, params={"label": label, "row": row} | params
        )

    if cell.kind is CellKind.ERROR:
        yield note("error-cell", said.ERROR_CELL, error=cell.text)
    if cell.formula:
        yield note("formula", said.FORMULA)
    if cell.raised:
        yield note("raised", said.RAISED, text=cell.display.strip())
    # Digits and signs that the format writes would join the number.
    joined = any(char.isdigit() or char in "-–−+" for char in cell.words)
    if cell.kind not in _NUMBERS:
        if cell.unclear or joined:
            yield note("unclear-format", said.UNCLEAR_FORMAT, value=f"“{cell.text.strip()}”")
        return
    text = _exact(cell.text, indicator)
    value = Decimal(cell.text)
    if cell.unclear or joined or (value and cell.scaled and measure_scale(indicator.measure) != 1):
        yield note("unclear-format", said.UNCLEAR_FORMAT, value=text)
    if cell.kind is CellKind.PERCENT:
        if indicator.measure != "%" and value:
            yield note("not-percent", said.NOT_PERCENT, percent=text, measure=indicator.measure)
    elif indicator.measure == "%" and 0 < abs(value) < 1 and cell.words != "%":
        percent = exact_text(value * 100, indicator.decimals)
        yield note("percent", said.PERCENT, value=text, percent=percent)


def _remarks_on_number(
    cell: SheetCell, text: str, label: str, indicator: Indicator, row: int
) -> Iterator[Note]:
    if cell.shown and is_figure(text, indicator):
        shown = exact_text(Decimal(cell.shown), 0) + (f" {cell.words}" if cell.words else "")
        yield Note(
            row=row,
            code="shown-otherwise",
            template=said.SHOWN_OTHERWISE,
            params={"label": label, "row": row, "shown": shown, "value": text},
            kept=False,
        )


def _remarks_on_text(cell: SheetCell, label: str, indicator: Indicator, row: int) -> Iterator[Note]:
    if cell.kind is CellKind.TEXT and is_figure(cell.text, indicator):
        yield Note(
            row=row,
            code="text-number",
            template=said.TEXT_NUMBER,
            params={"label": label, "text": cell.text.strip()},
            kept=False,
        )


def _exact(text: str, indicator: Indicator) -> str:
    """The number in all its digits, in one way to read; far too large ones with their exponent."""
    return text if "E" in text else exact_text(Decimal(text), indicator.decimals)


def is_figure(text: str, indicator: Indicator) -> bool:
    """Whether the text of a cell can be read as a figure of the indicator."""
    try:
        reading = read_figure(text, decimals=indicator.decimals, measure=indicator.measure)
    except InputError:
        return False
    return reading.value is not None
