"""The totals of a table beside the sums of its rows: compared, never taken over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from nqcore.collection.entry.workbook import Note
from nqcore.errors import InputError
from nqcore.files.spreadsheets import CellKind
from nqcore.files.spreadsheets.cell import Place, cell_name
from nqcore.model.indicators import OverUnits
from nqcore.text.numbers import exact_text, read_figure
from nqcore.workspace.table_import import notes as said
from nqcore.workspace.table_import.mapping import (
    TOTAL_ROW,
    ColumnUse,
    RowAxis,
    TableColumn,
    TableMapping,
)
from nqcore.workspace.table_import.office import TableOffice
from nqcore.workspace.table_import.reading import RowName, TableReading
from nqcore.workspace.table_import.table_file import SheetView

_READ_DECIMALS = 0


def total_notes(
    office: TableOffice, view: SheetView, mapping: TableMapping, reading: TableReading
) -> Iterator[Note]:
    """What differs between the totals of the table and its rows or columns."""
    if mapping.rows is RowAxis.UNIT:
        for column in mapping.figures:
            if _adds_up(office, column.indicator or mapping.indicator):
                yield from _row_totals(view, reading, column)
    for column in mapping.columns:
        if column.use is ColumnUse.TOTAL:
            yield from _column_totals(view, mapping, reading, column)


def _adds_up(office: TableOffice, code: str) -> bool:
    indicator = office.repository.catalogue.indicators.get(code)
    return indicator is not None and indicator.over_units is OverUnits.SUM


def _row_totals(view: SheetView, reading: TableReading, column: TableColumn) -> Iterator[Note]:
    values = {row: value for (row, at), value in reading.values.items() if at == column.at}
    marks = [one for one in reading.names if one.code == TOTAL_ROW or not one.figures]
    for one in reading.names:
        place = (one.row, column.at)
        if one.code == TOTAL_ROW and not view.is_blank(place):
            sums = _possible_sums(values, marks, one)
            yield from _compared(view, place, sums)


def _possible_sums(
    values: Mapping[int, Decimal], marks: Sequence[RowName], total: RowName
) -> list[Decimal]:
    """The sums that a total can mean, the likeliest first: of the rows above it since the group begins, of
    the rows below it until the group ends, of all rows."""
    above = max((one.row for one in marks if one.row < total.row), default=0)
    below = min((one.row for one in marks if one.row > total.row), default=10**9)
    parts = [
        [value for row, value in values.items() if above < row < total.row],
        [value for row, value in values.items() if total.row < row < below],
        list(values.values()),
    ]
    found = [sum(part, Decimal(0)) for part in parts if part]
    return found or [Decimal(0)]


def _column_totals(
    view: SheetView, mapping: TableMapping, reading: TableReading, column: TableColumn
) -> Iterator[Note]:
    columns = {one.at for one in mapping.figures}
    for one in reading.names:
        place = (one.row, column.at)
        row = [
            v for (at_row, at), v in reading.values.items() if at_row == one.row and at in columns
        ]
        if row and not view.is_blank(place):
            yield from _compared(view, place, [sum(row, Decimal(0))])


def _compared(view: SheetView, place: Place, sums: Sequence[Decimal]) -> Iterator[Note]:
    total = _value(view, place)
    cell = cell_name(place)
    if total is None:
        text = view.text(place) or "="
        yield _note(place, "total-unread", said.TOTAL_UNREAD, cell=cell, text=text)
    elif total not in sums:
        # The sum that is nearest: of a group or of the whole table.
        sum_ = min(sums, key=lambda one: abs(one - total))
        yield _note(
            place,
            "sum-differs",
            said.SUM_DIFFERS,
            cell=cell,
            total=exact_text(total, _READ_DECIMALS),
            sum=exact_text(sum_, _READ_DECIMALS),
            difference=exact_text(abs(total - sum_), _READ_DECIMALS),
        )


def _value(view: SheetView, place: Place) -> Decimal | None:
    """The number of a total; None where it cannot be read."""
    cell = view.sheet.cells[place]
    if cell.kind in (CellKind.NUMBER, CellKind.PERCENT):
        try:
            return Decimal(cell.text)
        except InvalidOperation:
            return None
    for decimals in (0, 9):
        try:
            return read_figure(view.text(place), decimals=decimals).value
        except InputError:
            continue
    return None


def _note(place: Place, code: str, template: str, **params: object) -> Note:
    return Note(row=place[0], code=code, template=template, params=params, kept=False)
