"""Values in bulk from a CSV file with the columns ``unit,period,indicator,value``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from nqcore.collection.entry.workbook.notes import Note
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.errors import N_, NqError, Phrase, UnknownName
from nqcore.files.checked_xlsx import without_apostrophe
from nqcore.files.spreadsheets.delimited import OTHER_CELLS, BrokenRow, csv_rows
from nqcore.model.fields import BoxKind, FigureField
from nqcore.progress import Progress
from nqcore.workspace.import_cells import (
    ImportedCell,
    NotAsked,
    by_submission,
    compare_cells,
    figure_cell,
)
from nqcore.workspace.import_plan import (
    CellChange,
    ImportPlan,
    ImportRefused,
    RowFault,
    check_open,
)

COLUMNS = ("unit", "period", "indicator", "value")
_OF_BOX = ":"


def box_address(form: str, box: str) -> str:
    """What stands in the column "indicator" for a box that is no figure: "res20.q:VB1.date"."""
    return f"{form}{_OF_BOX}{box}"


def plan_csv(repository: SubmissionRepository, path: Path, progress: Progress) -> ImportPlan:
    """The plan of one CSV file. Raises FileRefused, ImportRefused with all bad rows."""
    faults: list[RowFault] = []
    notes: list[Note] = []
    cells: dict[tuple[str, str], ImportedCell] = {}
    for number, row in progress(tuple(_read_rows(path, notes)), "Rows"):
        if isinstance(row, RowFault):
            faults.append(row)
            continue
        try:
            cell = _find_cell(repository, number, row)
        except NqError as wrong:
            faults.append(RowFault(row=number, template=wrong.template, params=wrong.params))
            continue
        first = cells.setdefault((cell.obligation.submission, cell.box), cell)
        if first is not cell:
            template = N_("The same cell stands in row {row} already. Keep one.")
            faults.append(RowFault(row=number, template=template, params={"row": first.row}))
    changes: list[CellChange] = []
    same = 0
    for group in by_submission(cells.values()):
        found = compare_cells(repository, group)
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
        template=OTHER_CELLS,
        params={"cells": len(row), "head": len(head)},
    )


def _refused(row: int, template: str, **params: object) -> ImportRefused:
    return ImportRefused((RowFault(row=row, template=template, params=params),))


def _find_cell(
    repository: SubmissionRepository, number: int, row: Mapping[str, str]
) -> ImportedCell:
    """The report and the box that a row names. Raises UnknownName, NotOwed, NotTyped, NotAsked,
    NotBegun, NotOpen, PeriodLocked."""
    name = row["indicator"].strip()
    if _OF_BOX in name:
        return _find_box(repository, number, row, *name.split(_OF_BOX, 1))
    return figure_cell(
        repository,
        number,
        unit=row["unit"].strip(),
        indicator=name,
        period=row["period"].strip(),
        given=row["value"],
    )


def _find_box(
    repository: SubmissionRepository, number: int, row: Mapping[str, str], form: str, box: str
) -> ImportedCell:
    """The box of a field that is no figure."""
    catalogue, obligations = repository.catalogue, repository.obligations
    unit, definition = repository.units[row["unit"].strip()], catalogue.form(form)
    period = obligations.period(definition, row["period"].strip())
    obligation = repository.obligation(unit.code, definition, period)
    check_open(repository, obligation)
    for field in definition.fields:
        for one in field.boxes:
            if one.name == box and not isinstance(field, FigureField):
                if not catalogue.is_asked(definition, field, unit, obligation.period.end):
                    raise NotAsked(
                        indicator=box_address(form, box),
                        unit=unit.code,
                        period=obligation.period.code,
                    )
                text = without_apostrophe(row["value"])
                given = tuple(text.split()) if one.kind is BoxKind.TICKS else text
                return ImportedCell(
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
