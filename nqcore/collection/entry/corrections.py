"""What a reviewer asked to be corrected, and what became of each remark."""

from __future__ import annotations

from dataclasses import dataclass

from nqcore.collection.entry.entry_sheet import EntryRow, EntrySheet, entry_sheet
from nqcore.collection.submissions.checking import typed_answers
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.model.submissions import Revision, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredRemark:
    """A row that was remarked on, and what stood there then and stands there now."""

    row: EntryRow
    remark: str
    before: str
    now: str

    @property
    def changed(self) -> bool:
        """Whether the unit has dealt with it by another figure or other words."""
        return self.before != self.now


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What has to be corrected, or was: the step that asked for it (a return, a reopening, a leader's
    handing back), its words on the whole, and the rows remarked on."""

    asked: Revision
    words: str
    rows: tuple[AnsweredRemark, ...]

    @property
    def open(self) -> tuple[AnsweredRemark, ...]:
        """The remarks whose rows are as they were."""
        return tuple(one for one in self.rows if not one.changed)

    def of(self, key: str) -> AnsweredRemark | None:
        """The remark on that row."""
        return next((one for one in self.rows if one.row.key == key), None)


_ASKS = (Step.RETURN, Step.REOPEN, Step.HAND_BACK)


def correction(repository: SubmissionRepository, shown: EntrySheet) -> Correction | None:
    """The last request for a correction of the report, compared with `shown`. None where there is no
    request, or where the report was accepted since."""
    obligation = shown.obligation
    asked = dealt_with = None
    for revision in repository.revisions(obligation.submission):
        if revision.step in _ASKS:
            asked = revision
        elif revision.step is Step.ACCEPT:
            dealt_with, asked = asked, None
        elif revision.step is Step.UNDO:
            asked = dealt_with
    if asked is None:
        return None
    then = {
        row.key: row
        for row in entry_sheet(
            repository, obligation, typed_answers(repository, obligation, asked), checks=False
        ).rows
    }
    rows = tuple(
        AnsweredRemark(
            row=row,
            remark=asked.remarks[row.key],
            before=_said(then[row.key]),
            now=_said(row),
        )
        for row in shown.rows
        if row.key in asked.remarks
    )
    return Correction(asked=asked, words=asked.remarks.get("", "") or asked.reason, rows=rows)


def _said(row: EntryRow) -> str:
    """A row's answer in one line."""
    return row.value or ", ".join(text for text in row.typed.values() if text)
