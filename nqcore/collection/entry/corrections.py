"""What an approver (or the unit's leader) asked to be corrected, and what became of each remark."""

from __future__ import annotations

from dataclasses import dataclass

from nqcore.collection.entry.entry_sheet import EntryRow, EntrySheet, entry_sheet
from nqcore.collection.submissions.checking import typed_answers
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.errors import Translate
from nqcore.model.submissions import Revision, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredRemark:
    """A row with a remark: its answer when the remark was made, and its answer now, each on one line;
    `reply`: what the unit has written beside it since, "" for nothing."""

    row: EntryRow
    remark: str
    before: str
    now: str
    reply: str = ""

    @property
    def changed(self) -> bool:
        """Whether the unit has changed the answer since."""
        return self.before != self.now


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A request for correction: the revision that made it (a return, a reopening, or the leader's
    handing back), its comment on the whole report, the rows with remarks, and (`besides`) those that were
    changed since although nothing was remarked on them."""

    request: Revision
    comment: str
    rows: tuple[AnsweredRemark, ...]
    besides: tuple[AnsweredRemark, ...] = ()

    @property
    def open(self) -> tuple[AnsweredRemark, ...]:
        """The rows whose answer is unchanged since the remark, and that nothing was written to."""
        return tuple(one for one in self.rows if not one.changed and not one.reply)

    def remark_on(self, key: str) -> AnsweredRemark | None:
        """The remark on the row of that field key; None where there is none."""
        return next((one for one in self.rows if one.row.key == key), None)

    def change_besides(self, key: str) -> AnsweredRemark | None:
        """What was changed in the row of that field key without a remark; None where nothing was."""
        return next((one for one in self.besides if one.row.key == key), None)

    def concerns(self, key: str) -> bool:
        """Whether the row was remarked on or changed since."""
        return self.remark_on(key) is not None or self.change_besides(key) is not None


_REQUESTS = (Step.RETURN, Step.REOPEN, Step.HAND_BACK)
"""The steps that ask for a correction."""


def correction(
    repository: SubmissionRepository, sheet: EntrySheet, translate: Translate = str
) -> Correction | None:
    """The last request for a correction of the report, compared with the report as `sheet` has it.
    None where there is no request, or where the report was accepted since. Answers are in the language
    of `translate`."""
    obligation = sheet.obligation
    request = fulfilled = None
    for revision in repository.revisions(obligation.submission):
        if revision.step in _REQUESTS:
            request = revision
        elif revision.step is Step.ACCEPT:
            fulfilled, request = request, None
        elif revision.step is Step.UNDO:
            request = fulfilled
    if request is None:
        return None
    before = {
        row.key: row
        for row in entry_sheet(
            repository, obligation, typed_answers(repository, obligation, request), checks=False
        ).rows
    }
    every = tuple(
        AnsweredRemark(
            row=row,
            remark=request.remarks.get(row.key, ""),
            before=_answer_text(before[row.key], translate),
            now=_answer_text(row, translate),
            reply=_new_words(row, request),
        )
        for row in sheet.rows
    )
    return Correction(
        request=request,
        comment=request.remarks.get("", "") or request.reason,
        rows=tuple(one for one in every if one.row.key in request.remarks),
        besides=tuple(one for one in every if one.row.key not in request.remarks and one.changed),
    )


def _new_words(row: EntryRow, request: Revision) -> str:
    """What the unit has written beside the answer since the request; "" for nothing new."""
    return row.explanation if row.explanation != request.explanations.get(row.key, "") else ""


def _answer_text(row: EntryRow, translate: Translate) -> str:
    """The answer of a row on one line; "" for none."""
    empty = row.answer is None and not any(row.typed.values())
    return "" if empty else "; ".join(row.lines(translate))
