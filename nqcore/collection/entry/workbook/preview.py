"""What a filled file would change in a report, row by row. Nothing is saved here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nqcore.collection.entry.entry_sheet import EXPLANATION, EntryRow, EntrySheet, entry_sheet
from nqcore.collection.entry.merge import merge_drafts, merge_explanations
from nqcore.collection.entry.workbook.notes import (
    LEFT_BLANK,
    LEFT_BLANK_EXPLANATION,
    LEFT_BLANK_TEXT,
    Note,
)
from nqcore.collection.entry.workbook.reading import Upload
from nqcore.collection.submissions.checking import typed_answers
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.model.fields import Typed
from nqcore.model.problems import Problem, Severity, letters_problem
from nqcore.text.folding import nfc


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedCell:
    """A row of the report as it is `now` and as it would be `then`. `number` is its row in the file (from
    1; 0: none)."""

    now: EntryRow
    then: EntryRow
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedExplanation:
    """The unit's explanation of the figure of `row`, as it is stored (`old`) and as it would be (`new`).
    `number` is its row in the file. `problem`: the letters of `new` are not those that were meant."""

    row: EntryRow
    old: str
    new: str
    number: int
    problem: Problem | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadPreview:
    """What a file would change.

    - `changes`: the rows that change, in the order of the form.
    - `explained`: the explanations that change, in the order of the form.
    - `same`: how many figures stay as they are.
    - `unread`: the changed rows whose new text cannot be read; it is kept as typed.
    - `notes`: those of the upload, and on the boxes that are blank in the file and keep their content.
    - `given`: what would be saved on top of revision `base`, by input name; ticked codes as a tuple.
    - `explanations`: the explanations that would be saved on top of it, by field key; `final`: as they
      then are, with those of other users.
    """

    changes: tuple[ChangedCell, ...]
    explained: tuple[ChangedExplanation, ...]
    same: int
    unread: tuple[EntryRow, ...]
    notes: tuple[Note, ...]
    given: Mapping[str, Typed]
    explanations: Mapping[str, str]
    final: Mapping[str, str]
    base: int


def preview_upload(
    repository: SubmissionRepository, now: EntrySheet, upload: Upload
) -> UploadPreview:
    """What `upload` would change in the report that the sheet `now` shows.

    The file was written from revision `upload.base`. A box that is equal in the file and in that
    revision was not changed in the file: it keeps what another user has entered since.
    """
    obligation = now.obligation
    base = upload.base if 0 <= upload.base <= now.base else now.base
    stored = _stored_input(repository, now, base)
    given = {**stored, **upload.texts, **upload.ticks}
    final = given if base == now.base else merge_drafts(repository, obligation, given, base).given
    then = entry_sheet(repository, obligation, final)
    changes = tuple(
        ChangedCell(now=a, then=b, number=upload.rows.get(next(iter(b.typed)), 0))
        for a, b in zip(now.rows, then.rows, strict=True)
        if (dict(a.typed), a.answer) != (dict(b.typed), b.answer)
    )
    kept = {row.key: row.explanation for row in now.rows if row.explanation}
    explanations = kept | {key: nfc(text) for key, text in upload.explanations.items() if text}
    explained = merge_explanations(_explanations_of(repository, now, base), explanations, kept)
    figures = sum(1 for row in now.rows if row.indicator)
    changed = [one.then for one in changes if one.then.indicator]
    return UploadPreview(
        changes=changes,
        explained=tuple(
            ChangedExplanation(
                row=row,
                old=row.explanation,
                new=explained[row.key],
                number=upload.rows.get(row.key, 0),
                problem=letters_problem(EXPLANATION + row.key, explained[row.key]),
            )
            for row in now.rows
            if explained.get(row.key, "") != row.explanation
        ),
        same=figures - len(changed),
        unread=tuple(
            one.then
            for one in changes
            if any(p.severity is Severity.ERROR for p in one.then.problems)
        ),
        notes=(*upload.notes, *_blank_notes(now, stored, upload)),
        given=given,
        explanations=explanations,
        final=explained,
        base=base,
    )


def _explanations_of(
    repository: SubmissionRepository, now: EntrySheet, base: int
) -> Mapping[str, str]:
    """The explanations of revision `base`."""
    revision = repository.revision(now.obligation.submission, base) if base else None
    return revision.explanations if revision else {}


def _blank_notes(now: EntrySheet, stored: Mapping[str, Typed], upload: Upload) -> Iterator[Note]:
    """The notes on boxes that had content when the file was written, and are blank in it: they keep what is
    entered."""
    for row in now.rows:
        label = row.indicator.label if row.indicator else row.title
        for name, content in row.given.items():
            if name in upload.blank and stored.get(name) and content:
                if row.indicator:
                    params, template = {"label": label, "value": str(content)}, LEFT_BLANK
                else:
                    params, template = {"label": label}, LEFT_BLANK_TEXT
                yield Note(row=0, code="left-blank", template=template, params=params, kept=False)
        if row.key in upload.blank_explanations and row.explanation:
            yield Note(row=0, code="left-blank", template=LEFT_BLANK_EXPLANATION,
                       params={"label": label}, kept=False)  # fmt: skip


def _stored_input(repository: SubmissionRepository, now: EntrySheet, base: int) -> dict[str, Typed]:
    """The input of revision `base` by input name, ticked codes as a tuple."""
    sheet = now
    if base != now.base:
        revision = repository.revision(now.obligation.submission, base) if base else None
        typed = typed_answers(repository, now.obligation, revision)
        sheet = entry_sheet(repository, now.obligation, typed, checks=False)
    given: dict[str, Typed] = {}
    for row in sheet.rows:
        given.update(row.given)
    return given
