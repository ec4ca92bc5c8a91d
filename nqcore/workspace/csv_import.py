"""Values in bulk from a CSV file with the columns ``unit,period,indicator,value``."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from nqcore.errors import N_, InputError, NqError
from nqcore.files.incoming import CSV, load_text
from nqcore.model.obligations import Obligation
from nqcore.model.problems import Severity
from nqcore.progress import Progress
from nqcore.text.numbers import canonical
from nqcore.workspace.facade import Workspace
from nqcore.workspace.import_plan import (
    CellChange,
    ImportPlan,
    ImportRefused,
    RowFault,
    check_open,
)

COLUMNS = ("unit", "period", "indicator", "value")


class NotTyped(InputError):
    """The indicator is computed from others."""

    code = "not-typed"
    template = N_("{indicator} is computed from others. Remove the row.")


class NotAsked(InputError):
    """The form does not ask that unit for the indicator."""

    code = "not-asked"
    template = N_("{unit} is not asked for {indicator}. Remove the row.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    """One row of the file: the report and the field that it sets, and its text."""

    row: int
    obligation: Obligation
    field: str
    indicator: str
    text: str


def plan_csv(ws: Workspace, path: Path, progress: Progress) -> ImportPlan:
    """The plan of one CSV file. Raises FileRefused, ImportRefused with all bad rows."""
    faults: list[RowFault] = []
    cells: dict[tuple[str, str], _Cell] = {}
    for number, row in progress(tuple(_read_rows(path)), "Rows"):
        if isinstance(row, RowFault):
            faults.append(row)
            continue
        try:
            cell = _find_cell(ws, number, row)
        except NqError as wrong:
            faults.append(RowFault(row=number, template=wrong.template, params=wrong.params))
            continue
        first = cells.setdefault((cell.obligation.submission, cell.field), cell)
        if first is not cell:
            template = N_("The same cell stands in row {row} already. Keep one.")
            faults.append(RowFault(row=number, template=template, params={"row": first.row}))
    changes: list[CellChange] = []
    same = 0
    for group in _by_submission(cells.values()):
        found, unchanged, wrong_values = _compare(ws, group)
        changes += found
        same += unchanged
        faults += wrong_values
    if faults:
        raise ImportRefused(tuple(sorted(faults, key=lambda fault: fault.row)))
    return ImportPlan(changes=tuple(changes), same=same, source=path.name)


def _read_rows(path: Path) -> Iterator[tuple[int, Mapping[str, str] | RowFault]]:
    """The rows of the file by column name, or what is wrong with a row; each with its number (the
    heading is row 1). The separator may be a comma or a semicolon. Raises FileRefused, and
    ImportRefused where the heading or the whole file cannot be read."""
    text = load_text(path, CSV)
    first = text.partition("\n")[0]
    rows = csv.reader(
        io.StringIO(text),
        delimiter=";" if first.count(";") > first.count(",") else ",",
        strict=True,
    )
    try:
        head = [cell.strip().lower() for cell in next(rows, [])]
        if missing := [column for column in COLUMNS if column not in head]:
            raise _refused(
                1,
                N_("The column {column} is missing. The first row must name {columns}."),
                column=", ".join(missing),
                columns=",".join(COLUMNS),
            )
        for row in rows:
            if any(cell.strip() for cell in row):
                yield rows.line_num, _named_cells(rows.line_num, head, row)
    except csv.Error as wrong:
        raise _refused(
            rows.line_num, N_("The row cannot be read as CSV: {detail}."), detail=str(wrong)
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
    """The report and the field that a row names. Raises UnknownName, NotOwed, NotTyped, NotAsked,
    NotBegun, NotOpen, PeriodLocked."""
    indicator = ws.catalogue.indicator(row["indicator"].strip())
    form = ws.totals.form_of(indicator.code)
    if form is None or indicator.computed:
        raise NotTyped(indicator=indicator.code)
    unit = ws.units[row["unit"].strip()]
    obligation = ws.submissions.obligation(unit.code, form, row["period"].strip())
    check_open(ws, obligation)
    if not indicator.asks.covers(unit, ws.units):
        raise NotAsked(indicator=indicator.code, unit=unit.code)
    return _Cell(
        row=number,
        obligation=obligation,
        field=next(f.key for f in form.figures if f.indicator == indicator.code),
        indicator=indicator.code,
        text=row["value"],
    )


def _by_submission(cells: Iterable[_Cell]) -> Iterable[Sequence[_Cell]]:
    found: dict[str, list[_Cell]] = {}
    for cell in cells:
        found.setdefault(cell.obligation.submission, []).append(cell)
    return found.values()


def _compare(ws: Workspace, cells: Sequence[_Cell]) -> tuple[list[CellChange], int, list[RowFault]]:
    """What the cells of one submission change, how many stay as they are, and which are wrong. The
    report is checked as a whole, with what is stored already."""
    obligation = cells[0].obligation
    stored = ws.submissions.typed(obligation, obligation.revision)
    sheet = ws.entry.sheet(obligation, {**stored, **{cell.field: cell.text for cell in cells}})
    rows = {cell.field: cell.row for cell in cells}
    faults = [
        RowFault(row=rows[problem.field], template=problem.template, params=problem.params)
        for problem in sheet.problems
        if problem.field in rows and problem.severity is Severity.ERROR
    ]
    old = obligation.revision.answers if obligation.revision else {}
    changes = []
    for cell in cells:
        new, before = sheet.reading.answers.get(cell.field), old.get(cell.field)
        if new != before:
            changes.append(
                CellChange(
                    row=cell.row,
                    obligation=obligation,
                    field=cell.field,
                    indicator=cell.indicator,
                    old=canonical(before) if isinstance(before, Decimal) else "",
                    new=canonical(new) if isinstance(new, Decimal) else "",
                    typed=new if isinstance(new, Decimal) else None,
                )
            )
    return changes, len(cells) - len(changes), faults
