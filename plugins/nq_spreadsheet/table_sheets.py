"""One sheet with one table: heads, sections, numbers, formulas, notes, and how it is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from nq_spreadsheet.cells import number_of, parts_of, write_text
from nq_spreadsheet.formulas import Place, change, rounded_share, sums
from nq_spreadsheet.looks import Looks
from nq_spreadsheet.sheet_names import SheetNames
from nqcore.plugin import (
    Figure,
    Names,
    Report,
    Table,
    TiedNumber,
    annex_line,
    cell_text,
    printable,
    table_notes,
)

HEAD = 3
"""The row with the heads of the columns, counted from 0."""
A4 = 9
_TITLE, _LINE = 0, 1
_WORDS, _FIGURE = 42.0, 9.5
_WIDEST, _SHORT, _LONG = 64.0, 26.0, 100
_PORTRAIT = 110.0
_LETTERS_OF_A_LINE = 110
_LINE_HEIGHT, _HIGHEST = 14.5, 400.0
"""Points; Excel has no row higher than 409."""


@dataclass(frozen=True, slots=True)
class TableSheet:
    """A table and the sheet that shows it, whose name is `name`."""

    sheet: Any
    name: str
    table: Table

    def place(self, cell: Place) -> Place:
        """The row and column on the sheet of a cell of the table."""
        return cell[0] + HEAD + 1, cell[1]


def add_table(
    book: Any, looks: Looks, titles: SheetNames, table: Table, report: Report, names: Names
) -> TableSheet:
    """A sheet with the table at the end of the workbook."""
    name = titles.of_table(table)
    made = TableSheet(book.add_worksheet(name), name, table)
    last = max(1, len(table.columns) - 1)
    _wide_line(made.sheet, _TITLE, last, table.caption, looks, "title")
    _wide_line(made.sheet, _LINE, last, annex_line(report), looks, "line")
    for column, head in enumerate(table.columns):
        write_text(made.sheet, HEAD, column, head, looks, "head")
    formulas = dict(sums(table, names))
    made.sheet.set_row(HEAD, _height(table, table.columns, bold=True))
    for nth, row in enumerate(table.rows):
        # Given, because not every program works out how many lines the words of a row need.
        made.sheet.set_row(made.place((nth, 0))[0], _height(table, [cell_text(c) for c in row]))
        for column in range(len(row)):
            _write_cell(made, (nth, column), formulas, looks)
    _notes(made, last, names, looks)
    _set_up(made, last)
    return made


def _wide_line(sheet: Any, row: int, last: int, text: str, looks: Looks, look: str) -> None:
    """A line over all columns of the table. The words are written by themselves: `merge_range` guesses."""
    sheet.merge_range(row, 0, row, last, "", looks.get(look))
    write_text(sheet, row, 0, text, looks, look)


def _write_cell(
    made: TableSheet, at: Place, formulas: dict[Place, list[Place]], looks: Looks
) -> None:
    sheet, (nth, column), row = made.sheet, at, made.table.rows[at[0]]
    cell, (y, x) = row[column], made.place(at)
    if isinstance(cell, str):
        write_text(sheet, y, x, cell, looks, _look(made.table, nth, column, cell))
        return
    number = number_of(cell)
    if number is None:
        write_text(sheet, y, x, cell_text(cell), looks, "number")
        return
    look = looks.get("number", number.look, bold=_is_total(made.table, nth))
    formula = None
    if isinstance(cell, TiedNumber):
        formula = _change_formula(made, nth, cell)
    elif at in formulas:
        formula = _sum_formula(made, formulas[at])
    if formula is None:
        sheet.write_number(y, x, float(number.value), look)
    else:
        sheet.write_formula(y, x, formula, look, float(number.value))


def _look(table: Table, nth: int, column: int, text: str) -> str:
    if nth in table.sections:
        return "section"
    if _is_total(table, nth):
        return "total"
    return "centred" if column == 0 or len(text) <= 2 else "cell"


def _is_total(table: Table, nth: int) -> bool:
    """Whether the row is the total at the end: it has figures and no number of its own."""
    row = table.rows[nth]
    return nth == len(table.rows) - 1 and row[0] == "" and any(isinstance(c, Figure) for c in row)


def _sum_formula(made: TableSheet, parts: list[Place]) -> str:
    cells = [made.place(part) for part in parts]
    rows, columns = {y for y, _ in cells}, {x for _, x in cells}
    whole = (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1) == len(cells)
    if whole:
        return f"=SUM({xl_range(min(rows), min(columns), max(rows), max(columns))})"
    return f"=SUM({','.join(xl_rowcol_to_cell(y, x) for y, x in cells)})"


def _change_formula(made: TableSheet, nth: int, cell: TiedNumber) -> str | None:
    """The formula of a change; None where it would not give what the report says."""
    row = made.table.rows[nth]
    found, number = change(cell, row), number_of(cell)
    if found is None or number is None:
        return None
    first, last, kind = found
    before, now = row[first], row[last]
    assert isinstance(before, Figure)
    assert isinstance(now, Figure)
    assert before.value is not None
    assert now.value is not None
    a, b = (xl_rowcol_to_cell(*made.place((nth, column))) for column in (first, last))
    if kind == "share":
        right = rounded_share(before.value, now.value) == number.value
        return f"=ROUND(({b}-{a})/ABS({a})*100,1)" if right else None
    decimals = max(before.decimals, now.decimals)
    right = now.value - before.value == number.value
    return f"=ROUND({b}-{a},{decimals})" if right else None


def _notes(made: TableSheet, last: int, names: Names, looks: Looks) -> None:
    row = HEAD + len(made.table.rows) + 2
    for note in table_notes(made.table, names):
        for part in parts_of(note):
            _wide_line(made.sheet, row, last, part, looks, "note")
            made.sheet.set_row(row, 15 * min(27, 1 + len(part) // _LETTERS_OF_A_LINE))
            row += 1


def _set_up(made: TableSheet, last: int) -> None:
    sheet, table = made.sheet, made.table
    for column in range(len(table.columns)):
        sheet.set_column(column, column, _width(table, column))
    sheet.set_row(_TITLE, 36)
    named = next((n for n in range(len(table.columns)) if _width(table, n) >= _WORDS), 0)
    sheet.freeze_panes(HEAD + 1, min(named + 1, 3))
    if table.wide or sum(_width(table, n) for n in range(len(table.columns))) > _PORTRAIT:
        sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=1.18, right=0.59, top=0.79, bottom=0.59)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD)
    sheet.set_footer("&C&P/&N")
    sheet.center_horizontally()
    sheet.hide_gridlines(1)
    sheet.print_area(0, 0, max(made.sheet.dim_rowmax or 0, HEAD), last)


def _height(table: Table, texts: Sequence[str], *, bold: bool = False) -> float:
    """The height of a row with these texts, in points."""
    room = [_width(table, column) * (1.0 if bold else 1.15) for column in range(len(texts))]
    lines = max(_lines(printable(t), r) for t, r in zip(texts, room, strict=True))
    return min(_HIGHEST, _LINE_HEIGHT * lines + 2)


def _lines(text: str, room: float) -> int:
    """How many lines the words need where a line has room for so many letters."""
    lines, used = 1, 0.0
    for word in text.split(" "):
        if used and used + 1 + len(word) > room:
            lines, used = lines + 1, 0.0
        lines += int(len(word) // max(room, 1.0)) if len(word) > room else 0
        used += len(word) + (1 if used else 0)
    return lines


def _width(table: Table, column: int) -> float:
    cells = [row[column] for nth, row in enumerate(table.rows) if nth not in table.sections]
    longest = max((len(cell_text(cell)) for cell in cells), default=0)
    if any(not isinstance(cell, str) for cell in cells):
        return max(_FIGURE, min(longest + 2.0, 22.0))
    head = max((len(word) for word in printable(table.columns[column]).split()), default=0)
    if longest > _LONG:
        return _WIDEST
    if longest > _WORDS:
        return _WORDS
    return min(_SHORT, max(longest, head, 4) + 2.0)
