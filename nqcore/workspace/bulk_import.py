"""Values in bulk: ``unit,period,indicator,value`` as CSV, in and out.

An import is read whole before anything is written; a bad row is named with its number and nothing
is half-written. Imported figures go through the same reader and the same checks as the form and
become drafts, which their unit (or the office for it) then sends.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from nqcore.collection.accounts.access import Account
from nqcore.collection.submissions.checking import check_form, read_form, typed_answers
from nqcore.collection.validation import Typed
from nqcore.errors import N_, InputError, NqError
from nqcore.files.incoming import CSV, load_text
from nqcore.model.forms import Form
from nqcore.model.obligations import Obligation
from nqcore.model.problems import Severity
from nqcore.model.submissions import OwnDocument, SubmissionState, TaskProgress
from nqcore.progress import Progress, quiet
from nqcore.text.numbers import canonical
from nqcore.workspace.facade import Workspace
from nqcore.workspace.import_plan import (
    CellChange,
    ImportPlan,
    ImportRefused,
    NotOpen,
    RowFault,
    check_open,
)
from nqcore.workspace.workbook_import import WORKBOOKS, plan_workbook

__all__ = [
    "COLUMNS",
    "CellChange",
    "ImportPlan",
    "ImportRefused",
    "NotAsked",
    "NotOpen",
    "NotTyped",
    "RowFault",
    "apply_import",
    "export_rows",
    "plan_import",
    "read_rows",
]

COLUMNS = ("unit", "period", "indicator", "value")


def read_rows(path: str | Path) -> Iterator[tuple[int, Mapping[str, str] | RowFault]]:
    """The rows of the file with their numbers, or what is wrong with one. Raises FileRefused, and
    ImportRefused for a file that is no CSV of ours. Excel's UTF-8 mark and semicolons are understood."""
    text = load_text(Path(path), CSV)
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
                if len(row) != len(head):
                    yield (
                        rows.line_num,
                        RowFault(
                            row=rows.line_num,
                            template=N_(
                                "The row has {cells} cells, the heading {head}. Put a figure with a "
                                "comma in quotes, or separate the cells with semicolons."
                            ),
                            params={"cells": len(row), "head": len(head)},
                        ),
                    )
                    continue
                yield rows.line_num, dict(zip(head, row, strict=True))
    except csv.Error as wrong:
        raise _refused(
            rows.line_num, N_("The row cannot be read as CSV: {detail}."), detail=str(wrong)
        ) from wrong


def _refused(row: int, template: str, **params: object) -> ImportRefused:
    return ImportRefused((RowFault(row=row, template=template, params=params),))


def plan_import(ws: Workspace, path: str | Path, progress: Progress = quiet) -> ImportPlan:
    """Read the whole file against the workspace: values in bulk (.csv), or a form's own template that
    was filled in (.xlsx, .xls). Raises ImportRefused naming every bad row."""
    if Path(path).suffix.lower() in WORKBOOKS:
        return plan_workbook(ws, Path(path))
    faults: list[RowFault] = []
    cells: dict[tuple[str, str], tuple[int, Obligation, str, str]] = {}
    for number, row in progress(tuple(read_rows(path)), "Rows"):
        if isinstance(row, RowFault):
            faults.append(row)
            continue
        try:
            obligation, field, indicator = _find_cell(ws, row)
        except NqError as wrong:
            faults.append(RowFault(row=number, template=wrong.template, params=wrong.params))
            continue
        key = (obligation.submission, field)
        if key in cells:
            faults.append(
                RowFault(
                    row=number,
                    template=N_("The same cell stands in row {row} already. Keep one."),
                    params={"row": cells[key][0]},
                )
            )
            continue
        cells[key] = (number, obligation, indicator, row["value"])
    changes, same, wrong_values = _compare_values(ws, cells)
    faults += wrong_values
    if faults:
        raise ImportRefused(tuple(sorted(faults, key=lambda fault: fault.row)))
    return ImportPlan(changes=tuple(changes), same=same, source=Path(path).name)


def _find_cell(ws: Workspace, row: Mapping[str, str]) -> tuple[Obligation, str, str]:
    """The report and the field of a row. Raises what the workspace raises for unknown names."""
    indicator = ws.catalogue.indicator(row["indicator"].strip())
    form = ws.totals.form_of(indicator.code)
    if form is None or indicator.computed:
        raise NotTyped(indicator=indicator.code)
    unit = ws.units[row["unit"].strip()]
    obligation = ws.submissions.obligation(unit.code, form, row["period"].strip())
    check_open(ws, obligation)
    if not indicator.asks.covers(unit, ws.units):
        raise NotAsked(indicator=indicator.code, unit=unit.code)
    field = next(f.key for f in form.figures if f.indicator == indicator.code)
    return obligation, field, indicator.code


class NotTyped(InputError):
    """The indicator is computed from others."""

    code = "not-typed"
    template = N_("{indicator} is computed from others. Remove the row.")


class NotAsked(InputError):
    """The form does not ask that unit for it."""

    code = "not-asked"
    template = N_("{unit} is not asked for {indicator}. Remove the row.")


def _compare_values(
    ws: Workspace, cells: Mapping[tuple[str, str], tuple[int, Obligation, str, str]]
) -> tuple[list[CellChange], int, list[RowFault]]:
    """What changes, what stays, and which values are wrong, each submission judged as a whole."""
    changes: list[CellChange] = []
    faults: list[RowFault] = []
    same = 0
    by_submission: dict[str, dict[str, tuple[int, Obligation, str, str]]] = {}
    for (submission, field), cell in cells.items():
        by_submission.setdefault(submission, {})[field] = cell
    for fields in by_submission.values():
        obligation = next(iter(fields.values()))[1]
        values = {field: cell[3] for field, cell in fields.items()}
        given = {
            **typed_answers(ws.submissions.repository, obligation, obligation.revision),
            **values,
        }
        reading = read_form(ws.submissions.repository, obligation, given, ws.today)
        problems, _ = check_form(ws.submissions.repository, obligation, reading)
        for problem in problems:
            if problem.field in fields and problem.severity is Severity.ERROR:
                faults.append(
                    RowFault(
                        row=fields[problem.field][0],
                        template=problem.template,
                        params=problem.params,
                    )
                )
        old = obligation.revision.answers if obligation.revision else {}
        for field, (row, _, indicator, _) in fields.items():
            new, before = reading.answers.get(field), old.get(field)
            if new == before:
                same += 1
                continue
            changes.append(
                CellChange(
                    row=row,
                    obligation=obligation,
                    field=field,
                    indicator=indicator,
                    old=canonical(before) if isinstance(before, Decimal) else "",
                    new=canonical(new) if isinstance(new, Decimal) else "",
                    typed=new if isinstance(new, Decimal) else None,
                )
            )
    return changes, same, faults


def apply_import(ws: Workspace, plan: ImportPlan, *, by: Account) -> int:
    """Write the plan as drafts, all of them or none; the number of submissions written."""
    by_submission: dict[str, tuple[Obligation, dict[str, Typed]]] = {}
    for change in plan.changes:
        _, values = by_submission.setdefault(change.obligation.submission, (change.obligation, {}))
        values[change.field] = change.typed
    drafts = []
    for obligation, values in by_submission.values():
        stored = typed_answers(ws.submissions.repository, obligation, obligation.revision)
        # A document or a task comes with both its boxes: they stand instead of what is stored whole.
        whole = {name.rpartition(".")[0] for name in values}
        stored = {
            key: value
            for key, value in stored.items()
            if key not in whole or not isinstance(value, OwnDocument | TaskProgress)
        }
        given = {**stored, **values}
        drafts.append((obligation, given, obligation.revision.number if obligation.revision else 0))
    ws.submissions.workflow.save_all(
        ws.submissions.actor(by), drafts, reason=plan.source, explanations=plan.explanations
    )
    return len(drafts)


def export_rows(ws: Workspace) -> Iterator[tuple[str, str, str, str]]:
    """Every accepted value as (unit, period, indicator, value), by form, period and unit."""
    forms: Mapping[str, Form] = ws.catalogue.forms
    found = [
        r
        for r in ws.submissions.repository.newest_revisions()
        if r.state is SubmissionState.ACCEPTED and r.form in forms
    ]
    order = {code: nth for nth, code in enumerate(ws.units)}
    for revision in sorted(found, key=lambda r: (r.form, r.period, order.get(r.unit, -1))):
        for field in forms[revision.form].figures:
            value = revision.answers.get(field.key)
            if isinstance(value, Decimal):
                yield revision.unit, revision.period, field.indicator, _value_text(value)


def _value_text(value: Decimal) -> str:
    """The value for programs, "1234.5"; never with exactly three decimals, which a reader could
    take for thousands: 1.026 is written 1.0260."""
    text = canonical(value)
    return text + "0" if len(text.partition(".")[2]) == 3 else text
