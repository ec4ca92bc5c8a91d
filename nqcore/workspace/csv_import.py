"""Values in bulk from a CSV file with the columns ``unit,period,indicator,value``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from nqcore.collection.entry.entry_sheet import EntryRow
from nqcore.collection.entry.workbook.notes import LEFT_BLANK, LEFT_BLANK_TEXT, Note
from nqcore.errors import N_, InputError, NqError, Phrase, UnknownName
from nqcore.files.checked_xlsx import without_apostrophe
from nqcore.files.spreadsheets.delimited import BrokenRow, csv_rows
from nqcore.model.fields import AnyField, BoxKind, FigureField, Typed
from nqcore.model.obligations import Obligation
from nqcore.model.problems import Severity
from nqcore.progress import Progress
from nqcore.workspace.facade import Workspace
from nqcore.workspace.import_plan import (
    CellChange,
    ImportPlan,
    ImportRefused,
    RowFault,
    check_open,
    echo_notes,
    plain_text,
    with_stored,
)

COLUMNS = ("unit", "period", "indicator", "value")
_OF_BOX = ":"


def box_address(form: str, box: str) -> str:
    """What stands in the column "indicator" for a box that is no figure: "res20.q:VB1.date"."""
    return f"{form}{_OF_BOX}{box}"


class NotTyped(InputError):
    """The indicator is computed from others."""

    code = "not-typed"
    template = N_("{indicator} is computed from others. Remove the row.")


class NotAsked(InputError):
    """The form does not ask that unit for the indicator."""

    code = "not-asked"
    template = N_("{unit} is not asked for {indicator} in {period}. Remove the row.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    """One row of the file: the report and the box that it sets, and what it puts there."""

    row: int
    obligation: Obligation
    field: AnyField
    box: str
    indicator: str
    given: Typed

    @property
    def is_blank(self) -> bool:
        """Whether the cell has no content."""
        return not (self.given.strip() if isinstance(self.given, str) else self.given)


def plan_csv(ws: Workspace, path: Path, progress: Progress) -> ImportPlan:
    """The plan of one CSV file. Raises FileRefused, ImportRefused with all bad rows."""
    faults: list[RowFault] = []
    notes: list[Note] = []
    cells: dict[tuple[str, str], _Cell] = {}
    for number, row in progress(tuple(_read_rows(path, notes)), "Rows"):
        if isinstance(row, RowFault):
            faults.append(row)
            continue
        try:
            cell = _find_cell(ws, number, row)
        except NqError as wrong:
            faults.append(RowFault(row=number, template=wrong.template, params=wrong.params))
            continue
        first = cells.setdefault((cell.obligation.submission, cell.box), cell)
        if first is not cell:
            template = N_("The same cell stands in row {row} already. Keep one.")
            faults.append(RowFault(row=number, template=template, params={"row": first.row}))
    changes: list[CellChange] = []
    same = 0
    for group in _by_submission(cells.values()):
        found = _compare(ws, group)
        changes += found.changes
        same += found.same
        faults += found.faults
        notes += found.notes
    if faults:
        raise ImportRefused(tuple(sorted(faults, key=lambda fault: fault.row)))
    return ImportPlan(
        changes=tuple(changes),
        same=same,
        source=path.name,
        notes=tuple(sorted(notes, key=lambda note: note.row)),
    )


def _read_rows(path: Path, notes: list[Note]) -> Iterator[tuple[int, Mapping[str, str] | RowFault]]:
    """The rows of the file by column name, or what is wrong with a row; each with its number. Columns
    that are not read are added to `notes`. Raises FileRefused, and ImportRefused where the heading or the
    whole file cannot be read."""
    rows = csv_rows(path)
    try:
        number, first = next(rows, (1, []))
        head = [cell.strip().lower() for cell in first]
        if missing := [column for column in COLUMNS if column not in head]:
            raise _refused(
                number,
                N_("The column {column} is missing. The first row must name {columns}."),
                column=", ".join(missing),
                columns=",".join(COLUMNS),
            )
        if twice := [column for column in COLUMNS if head.count(column) > 1]:
            raise _refused(
                number,
                N_("The column {column} stands twice in the heading. Keep one of them."),
                column=", ".join(twice),
            )
        strange: set[str] = set()
        for number, row in rows:
            yield number, _named_cells(number, head, row)
            strange.update(
                name for name, cell in zip(head, row, strict=False)
                if cell.strip() and name not in COLUMNS
            )  # fmt: skip
        if strange:
            template = N_("The columns {columns} are not read. Check them.")
            columns = ", ".join(f"“{name}”" for name in sorted(strange))
            notes.append(
                Note(row=1, code="strange-columns", template=template, kept=False,
                     params={"columns": columns})
            )  # fmt: skip
    except BrokenRow as wrong:
        raise ImportRefused(
            (RowFault(row=wrong.row, template=wrong.template, params=wrong.params),)
        ) from wrong


def _named_cells(
    number: int, head: Sequence[str], row: Sequence[str]
) -> Mapping[str, str] | RowFault:
    if len(row) == len(head):
        return dict(zip(head, row, strict=True))
    return RowFault(
        row=number,
        template=N_(
            "The row has {cells} cells, the heading {head}. Put a figure with a "
            "comma in quotes, or separate the cells with semicolons."
        ),
        params={"cells": len(row), "head": len(head)},
    )


def _refused(row: int, template: str, **params: object) -> ImportRefused:
    return ImportRefused((RowFault(row=row, template=template, params=params),))


def _find_cell(ws: Workspace, number: int, row: Mapping[str, str]) -> _Cell:
    """The report and the box that a row names. Raises UnknownName, NotOwed, NotTyped, NotAsked,
    NotBegun, NotOpen, PeriodLocked."""
    name = row["indicator"].strip()
    if _OF_BOX in name:
        return _find_box(ws, number, row, *name.split(_OF_BOX, 1))
    indicator = ws.catalogue.indicator(name)
    form = ws.totals.form_of(indicator.code)
    if form is None or indicator.computed:
        raise NotTyped(indicator=indicator.code)
    unit = ws.units[row["unit"].strip()]
    obligation = ws.submissions.obligation(unit.code, form, row["period"].strip())
    check_open(ws, obligation)
    if not ws.catalogue.asks(indicator.code, unit, obligation.period.end):
        raise NotAsked(indicator=indicator.code, unit=unit.code, period=obligation.period.code)
    field = next(f for f in form.figures if f.indicator == indicator.code)
    return _Cell(
        row=number,
        obligation=obligation,
        field=field,
        box=field.key,
        indicator=indicator.code,
        given=row["value"],
    )


def _find_box(ws: Workspace, number: int, row: Mapping[str, str], form: str, box: str) -> _Cell:
    """The box of a field that is no figure."""
    unit = ws.units[row["unit"].strip()]
    obligation = ws.submissions.obligation(unit.code, form, row["period"].strip())
    check_open(ws, obligation)
    for field in ws.catalogue.form(form).fields:
        for one in field.boxes:
            if one.name == box and not isinstance(field, FigureField):
                if not field.is_asked(ws.catalogue, unit, obligation.period.end):
                    raise NotAsked(
                        indicator=box_address(form, box),
                        unit=unit.code,
                        period=obligation.period.code,
                    )
                text = without_apostrophe(row["value"])
                given = tuple(text.split()) if one.kind is BoxKind.TICKS else text
                return _Cell(
                    row=number, obligation=obligation, field=field, box=box, indicator="",
                    given=given,
                )  # fmt: skip
    hint = Phrase(
        N_(
            "Write the code of its indicator for a figure, form:box for another answer; `nq export` "
            "shows them."
        )
    )
    raise UnknownName(kind="field", name=box_address(form, box), hint=hint)


def _by_submission(cells: Iterable[_Cell]) -> Iterable[Sequence[_Cell]]:
    found: dict[str, list[_Cell]] = {}
    for cell in cells:
        found.setdefault(cell.obligation.submission, []).append(cell)
    return found.values()


@dataclass(frozen=True, slots=True)
class _Compared:
    """What the cells of one submission change, how many stay as they are, what is wrong, what is to know."""

    changes: list[CellChange]
    same: int
    faults: list[RowFault]
    notes: list[Note]


def _compare(ws: Workspace, cells: Sequence[_Cell]) -> _Compared:
    """Compare the cells of one submission with what is stored. The report is checked as a whole, with what
    is stored already. A blank cell empties nothing, as in an Excel file."""
    obligation = cells[0].obligation
    filled = [cell for cell in cells if not cell.is_blank]
    given = {cell.box: cell.given for cell in filled}
    sheet = ws.entry.sheet(obligation, with_stored(ws, obligation, given))
    rows = {cell.box: cell.row for cell in filled}
    then = {row.key: row for row in sheet.rows}
    now = {row.key: row for row in ws.entry.sheet(obligation).rows}
    faults = [
        RowFault(row=rows[problem.field], template=problem.template, params=problem.params)
        for problem in sheet.problems
        if problem.field in rows and problem.severity is Severity.ERROR
    ]
    changes: list[CellChange] = []
    notes: list[Note] = []
    for cell in cells:
        after, before = then[cell.field.key], now[cell.field.key]
        if cell.is_blank:
            notes += _blank_note(cell, before)
        elif after.given[cell.box] != before.given[cell.box]:
            notes += echo_notes(cell.row, after.problems)
            changes.append(
                CellChange(
                    row=cell.row,
                    obligation=obligation,
                    field=cell.box,
                    indicator=cell.indicator,
                    old=plain_text(before, cell.box),
                    new=plain_text(after, cell.box),
                    typed=after.answer if isinstance(after.answer, Decimal) else cell.given,
                )
            )
    return _Compared(changes, len(cells) - len(changes), faults, notes)


def _blank_note(cell: _Cell, before: EntryRow) -> Iterator[Note]:
    """The note on a blank cell whose box has content: that stays."""
    if content := before.given[cell.box]:
        template = LEFT_BLANK if cell.indicator else LEFT_BLANK_TEXT
        params = {"label": cell.box, "value": str(content)}
        yield Note(row=cell.row, code="left-blank", template=template, params=params, kept=False)
