"""What handing a file in would change, cell by cell, before anything is saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nqcore.collection.entry.entry_sheet import EntryRow, EntrySheet, entry_sheet
from nqcore.collection.entry.merge import merge_drafts
from nqcore.collection.entry.workbook.reading import Note, Upload
from nqcore.collection.submissions.checking import typed_answers
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.collection.validation import Typed
from nqcore.model.forms import ChoicesField, FigureField
from nqcore.model.problems import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedCell:
    """A row as it stands and as it would stand; `number` is its row in the file (0: none)."""

    now: EntryRow
    then: EntryRow
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadPreview:
    """`changes` in the order of the form; `same`: figures that stay; `unread`: rows whose new text
    cannot be read (it is kept as typed); `given` what would be saved over revision `base`, by input
    name, ticked codes as a tuple; `explanations` by key."""

    changes: tuple[ChangedCell, ...]
    same: int
    unread: tuple[EntryRow, ...]
    notes: tuple[Note, ...]
    given: Mapping[str, Typed]
    explanations: Mapping[str, str]
    base: int


def preview_upload(
    repository: SubmissionRepository, now: EntrySheet, upload: Upload
) -> UploadPreview:
    """What `upload` would change in the report of `now`.

    The file shows revision `upload.base`: what is as it was there was not touched in the file, and
    what another user has entered since stays.
    """
    obligation = now.obligation
    base = upload.base if 0 <= upload.base <= now.base else now.base
    shown = now
    if base != now.base:
        old = repository.revision(obligation.submission, base) if base else None
        shown = entry_sheet(repository, obligation, typed_answers(repository, obligation, old))
    given: dict[str, Typed] = {}
    for row in shown.rows:
        if isinstance(row.field, ChoicesField):
            given[row.key] = row.answer if isinstance(row.answer, tuple) else ()
        else:
            given.update(row.typed)
    given |= upload.texts
    given |= upload.ticks
    final = given if base == now.base else merge_drafts(repository, obligation, given, base).given
    then = entry_sheet(repository, obligation, final)
    changes = tuple(
        ChangedCell(now=a, then=b, number=upload.rows.get(next(iter(b.typed)), 0))
        for a, b in zip(now.rows, then.rows, strict=True)
        if (dict(a.typed), a.answer) != (dict(b.typed), b.answer)
    )
    kept = {row.key: row.explanation for row in now.rows if row.explanation}
    figures = sum(1 for row in now.rows if isinstance(row.field, FigureField))
    changed = [one.then for one in changes if isinstance(one.then.field, FigureField)]
    return UploadPreview(
        changes=changes,
        same=figures - len(changed),
        unread=tuple(
            one.then
            for one in changes
            if any(p.severity is Severity.ERROR for p in one.then.problems)
        ),
        notes=upload.notes,
        given=given,
        explanations=kept | {key: text for key, text in upload.explanations.items() if text},
        base=base,
    )
