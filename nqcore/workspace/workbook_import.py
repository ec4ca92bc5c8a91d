"""Values in bulk from the Excel template of a form that was filled in. The file says whose report it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from nqcore.collection.entry.workbook import (
    ChangedCell,
    check_template,
    read_filled,
)
from nqcore.collection.entry.workbook.filled import WORKBOOK_KINDS
from nqcore.files.incoming import load
from nqcore.model.obligations import Obligation
from nqcore.model.problems import Severity
from nqcore.text.messages import translator
from nqcore.workspace.facade import Workspace
from nqcore.workspace.import_plan import (
    CellChange,
    ImportPlan,
    ImportRefused,
    RowFault,
    check_open,
    plain_text,
)

WORKBOOKS = tuple(ending for kind in WORKBOOK_KINDS for ending in kind.suffixes)
"""The endings of the names of such files, with their dot."""


def plan_workbook(ws: Workspace, path: Path) -> ImportPlan:
    """The plan of one filled template. Raises FileRefused, NotATemplate, WrongTemplate; UnknownName, NotOwed,
    NotBegun, NotOpen, PeriodLocked for its report; ImportRefused where a box is not taken."""
    filled = read_filled(path.name, load(path, WORKBOOK_KINDS))
    identity = filled.identity
    obligation = ws.submissions.obligation(identity.unit, identity.form, identity.period)
    check_open(ws, obligation)
    now = ws.entry.sheet(obligation)
    check_template(filled, now)
    upload = ws.entry.upload(filled, now, translator(ws.settings.language))
    found = ws.entry.preview_upload(now, upload)
    faults = [
        RowFault(row=note.row, template=note.template, params=note.params)
        for note in found.notes
        if note.kept
    ]
    changes = []
    for one in found.changes:
        wrong = [p for p in one.then.problems if p.severity is Severity.ERROR]
        faults += [RowFault(row=one.number, template=p.template, params=p.params) for p in wrong]
        changes += list(_cell_changes(obligation, one))
    if faults:
        raise ImportRefused(tuple(sorted(faults, key=lambda fault: fault.row)))
    explanations = {obligation.submission: found.explanations} if found.explanations else {}
    return ImportPlan(
        changes=tuple(changes), same=found.same, source=path.name, explanations=explanations
    )


def _cell_changes(obligation: Obligation, one: ChangedCell) -> Iterator[CellChange]:
    """The cells that a changed row of the report sets, one for each of its boxes."""
    now, then = one.now, one.then
    code = then.indicator.code if then.indicator else ""
    for name, typed in then.given.items():
        yield CellChange(
            row=one.number,
            obligation=obligation,
            field=name,
            indicator=code,
            old=plain_text(now, name),
            new=plain_text(then, name),
            typed=typed,
        )
