"""Values in bulk from Excel templates that were filled in. Each sheet says whose report it is; all templates
of a file are taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from nqcore.collection.entry.entry_sheet import EXPLANATION, entry_sheet
from nqcore.collection.entry.workbook import (
    ChangedCell,
    ChangedExplanation,
    FilledTemplate,
    FilledWorkbook,
    Note,
    UploadPreview,
    check_template,
    preview_upload,
    read_filled,
)
from nqcore.collection.entry.workbook.accounts import OTHER_SHEET, OTHER_TEMPLATE
from nqcore.collection.entry.workbook.filled import WORKBOOK_KINDS
from nqcore.collection.submissions.repository import SubmissionRepository
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
    echo_notes,
    plain_text,
)

WORKBOOKS = tuple(ending for kind in WORKBOOK_KINDS for ending in kind.suffixes)
"""The endings of the names of such files, with their dot."""


def plan_workbook(ws: Workspace, path: Path, repository: SubmissionRepository) -> ImportPlan:
    """The plan of all filled templates of a file, for reports of `repository`. Raises FileRefused,
    NotATemplate, WrongTemplate; UnknownName, NotOwed, NotBegun, NotOpen, PeriodLocked for a report;
    ImportRefused where a box is not taken."""
    book = read_filled(path.name, load(path, WORKBOOK_KINDS))
    found = [_plan_template(ws, repository, book, template) for template in book.templates]
    if faults := [fault for _, template_faults, _ in found for fault in template_faults]:
        raise ImportRefused(tuple(faults))
    return ImportPlan(
        changes=tuple(change for changes, *_ in found for change in changes),
        same=sum(upload.same for *_, (_, upload) in found),
        source=path.name,
        explanations={
            submission: upload.final for *_, (submission, upload) in found if upload.final
        },
        notes=tuple(
            note
            for nth, (*_, (submission, upload)) in enumerate(found)
            for note in _notes(upload, book.templates[nth], first=nth == 0, several=len(found) > 1)
        ),
    )


def _plan_template(
    ws: Workspace,
    repository: SubmissionRepository,
    book: FilledWorkbook,
    template: FilledTemplate,
) -> tuple[list[CellChange], list[RowFault], tuple[str, UploadPreview]]:
    """What one template changes, what is wrong with it, and its preview by submission."""
    identity = template.identity
    form = repository.catalogue.form(identity.form)
    period = repository.obligations.period(form, identity.period)
    obligation = repository.obligation(ws.units[identity.unit].code, form, period)
    check_open(repository, obligation)
    now = entry_sheet(repository, obligation)
    right = check_template(book, now)
    upload = ws.entry.upload(right, now, translator(ws.settings.language))
    found = preview_upload(repository, now, upload)
    sheet = right.sheet.name if len(book.templates) > 1 else ""
    faults = [
        RowFault(row=note.row, template=note.template, params=note.params, sheet=sheet)
        for note in found.notes
        if note.kept
    ]
    changes = []
    for one in found.changes:
        wrong = [p for p in one.then.problems if p.severity is Severity.ERROR]
        faults += [
            RowFault(
                row=one.number, template="{field}: {problem}", sheet=sheet,
                params={"field": _name(one), "problem": problem},
            )
            for problem in wrong
        ]  # fmt: skip
        changes += list(_cell_changes(obligation, one))
    changes += [_explanation_change(obligation, one) for one in found.explained]
    faults.sort(key=lambda fault: fault.row)
    return changes, faults, (obligation.submission, found)


def _name(one: ChangedCell) -> str:
    return one.then.indicator.label if one.then.indicator else one.then.title


def _notes(
    upload: UploadPreview, template: FilledTemplate, *, first: bool, several: bool
) -> Iterator[Note]:
    """The notes of one template. Other sheets are named once, and other templates not at all: they are
    imported as well."""
    sheet = template.sheet.name if several else ""
    for note in upload.notes:
        if note.code == OTHER_TEMPLATE or (note.code == OTHER_SHEET and not first):
            continue
        yield replace(note, sheet=sheet)
    for one in upload.changes:
        yield from echo_notes(one.number, one.then.problems, sheet)
    for words in upload.explained:
        if words.problem is not None:
            yield from echo_notes(words.number, (words.problem,), sheet)


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


def _explanation_change(obligation: Obligation, one: ChangedExplanation) -> CellChange:
    return CellChange(
        row=one.number,
        obligation=obligation,
        field=EXPLANATION + one.row.key,
        indicator="",
        old=one.old,
        new=one.new,
        typed=one.new,
    )
