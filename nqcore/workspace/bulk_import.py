"""Values in bulk, in and out: a CSV file, or the Excel template of a form that was filled in.

    plan = plan_import(ws, "values.csv")   # reads the whole file; raises ImportRefused; writes nothing
    apply_import(ws, plan, by=account)     # saves drafts, all of them or none

Imported figures are read and checked as those of the form. They become drafts, which the unit (or the
office on its behalf) then sends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from nqcore.collection.accounts.access import Account
from nqcore.collection.entry.workbook.filled import WORKBOOK_KINDS
from nqcore.files.incoming import CSV, shown_name
from nqcore.files.incoming.refusals import WrongKind
from nqcore.model.fields import Answer, AnyField, BoxKind, FigureField, Typed
from nqcore.model.forms import Form
from nqcore.model.obligations import Obligation
from nqcore.model.submissions import SubmissionState
from nqcore.progress import Progress, quiet
from nqcore.text.numbers import canonical
from nqcore.workspace.csv_import import COLUMNS, box_address, plan_csv
from nqcore.workspace.facade import Workspace
from nqcore.workspace.import_plan import ImportPlan, ImportRefused, save_plan
from nqcore.workspace.workbook_import import WORKBOOKS, plan_workbook

__all__ = [
    "COLUMNS",
    "ImportPlan",
    "ImportRefused",
    "accept_import",
    "apply_import",
    "export_rows",
    "plan_import",
]


def plan_import(
    ws: Workspace, path: str | Path, progress: Progress = quiet, *, history: bool = False
) -> ImportPlan:
    """Read a whole file and say what importing it would do. Nothing is written. A name that ends in .xlsx
    or .xls is the template of a form that was filled in (or several, one in each sheet), .csv and .txt
    a list of values; other kinds are refused. `history`: for `accept_import`, which also takes periods that
    ended before the office began to collect.

    Raises FileRefused; ImportRefused with all bad rows; for a template NotATemplate, WrongTemplate,
    UnknownName, NotOwed, NotBegun, NotOpen, PeriodLocked.
    """
    path = Path(path)
    repository = ws.submissions.history if history else ws.submissions.repository
    ending = path.suffix.lower()
    if ending in WORKBOOKS:
        return plan_workbook(ws, path, repository)
    if ending not in CSV.suffixes:
        kinds = ", ".join(kind.name for kind in (*WORKBOOK_KINDS, CSV))
        raise WrongKind(file=shown_name(path.name), kinds=kinds)
    return plan_csv(repository, path, progress)


def apply_import(ws: Workspace, plan: ImportPlan, *, by: Account) -> int:
    """Save the plan as drafts, all of them or none, as one record of the journal. Returns the number of
    submissions. Raises NotAllowed, Conflict and what `SubmissionWorkflow.save_all`
    raises."""
    return save_plan(ws.submissions.workflow, ws.submissions.actor(by), plan)


def accept_import(ws: Workspace, plan: ImportPlan, *, basis: str, by: Account) -> int:
    """Accept the plan as figures that were approved on paper, all of it or none, as one record; returns its
    number. `basis`: the paper. Raises NotAllowed, PaperMissing, EnteredHere."""
    given: dict[str, tuple[Obligation, dict[str, Typed]]] = {}
    for change in plan.changes:
        found = given.setdefault(change.obligation.submission, (change.obligation, {}))
        found[1][change.field] = change.typed
    return ws.submissions.bring_in(list(given.values()), basis, by=by)


def export_rows(ws: Workspace, unit: str | None = None) -> Iterator[tuple[str, str, str, str]]:
    """Everything that was accepted as (unit, period, indicator, value), sorted by form, period and the
    order of units: the columns that `plan_import` reads. What is no figure has the form and the input
    name as its indicator ("res20.q:VB1.date"), one row for each box that is not empty. An answer of a period
    before the first day of its indicator or its question, or after the last, typed before that day was known,
    counts nowhere and is left out.
    With `unit` (a code), only its reports and those of the units under it. Raises UnknownName."""
    below = None if unit is None else {one.code for one in ws.units.subtree(unit)}
    forms: Mapping[str, Form] = ws.catalogue.forms
    accepted = [
        r
        for r in ws.submissions.repository.newest_revisions()
        if r.state is SubmissionState.ACCEPTED
        and r.form in forms
        and (below is None or r.unit in below)
    ]
    order = {code: nth for nth, code in enumerate(ws.units)}
    for revision in sorted(accepted, key=lambda r: (r.form, r.period, order.get(r.unit, -1))):
        end = ws.obligations.period(forms[revision.form], revision.period).end
        form = forms[revision.form]
        for field in form.fields:
            answer = revision.answers.get(field.key)
            if answer is not None and field.holds(answer) and _is_in_force(ws, form, field, end):
                for indicator, value in _cells(ws, revision.form, field, answer):
                    yield revision.unit, revision.period, indicator, value


def _is_in_force(ws: Workspace, form: Form, field: AnyField, end: date) -> bool:
    """Whether a report of the period that ends on `end` can have the field. The indicator of a plugin that is
    no longer loaded has no first day."""
    if form.asking(field, end) is None:
        return False
    if not isinstance(field, FigureField) or field.indicator not in ws.catalogue.indicators:
        return True
    return ws.catalogue.begun(field.indicator, end)


def _cells(ws: Workspace, form: str, field: AnyField, answer: Answer) -> Iterator[tuple[str, str]]:
    """What is written into each box of the field, with its name in the file."""
    if isinstance(field, FigureField) and isinstance(answer, Decimal):
        yield field.indicator, _value_text(answer)
        return
    written = zip(field.boxes, field.write(answer, ws.catalogue), strict=True)
    for box, text in written:
        value = " ".join(field.codes(answer)) if box.kind is BoxKind.TICKS else text
        if value:
            yield box_address(form, box.name), value


def _value_text(value: Decimal) -> str:
    """The value as text for programs, "1234.5". It never has exactly three decimals, because a reader
    could take them for thousands: 1.026 is written 1.0260."""
    text = canonical(value)
    return text + "0" if len(text.partition(".")[2]) == 3 else text
