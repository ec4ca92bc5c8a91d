"""`ws.entry`: a report as it is filled in, beside what was entered before."""

from __future__ import annotations

from collections.abc import Mapping

from nqcore.collection.entry.corrections import Correction, correction
from nqcore.collection.entry.entry_sheet import EntrySheet, entry_sheet
from nqcore.collection.entry.history import EarlierFigures, HistoryStep, earlier_figures, history
from nqcore.collection.entry.merge import MergedDraft, merge_drafts
from nqcore.collection.entry.workbook import Upload, UploadPreview, preview_upload
from nqcore.collection.submissions.checking import read_form
from nqcore.collection.validation import FormReading, Typed
from nqcore.model.forms import Form
from nqcore.model.obligations import Obligation
from nqcore.workspace.live import Live
from nqcore.workspace.services.submissions import Submission


class EntryService:
    """Sheets of reports: what a page of entry shows. It writes nothing."""

    def __init__(self, live: Live) -> None:
        self._live = live

    def sheet(
        self,
        submission: Submission,
        given: Mapping[str, Typed] | None = None,
        *,
        reading: FormReading | None = None,
        checks: bool = True,
    ) -> EntrySheet:
        """The report as its pages show it; with `given`, as if that had been typed. `reading` is what
        `read` made of `given`. Without `checks` the sheet has the problems of reading only."""
        id = submission if isinstance(submission, str) else submission.submission
        repository = self._live.context.repository
        return entry_sheet(repository, repository.find(id), given, reading=reading, checks=checks)

    def read(self, obligation: Obligation, given: Mapping[str, Typed]) -> FormReading:
        """Read what was typed for a report, by input name. Raises UnknownFields."""
        return read_form(self._live.context.repository, obligation, given, self._live.today)

    def merge(
        self,
        obligation: Obligation,
        given: Mapping[str, Typed],
        base: int,
        reading: FormReading | None = None,
    ) -> MergedDraft:
        """What was typed over revision `base`, beside what another user has saved since."""
        return merge_drafts(self._live.context.repository, obligation, given, base, reading)

    def correction(self, sheet: EntrySheet) -> Correction | None:
        """What the approver asked to be corrected last; None where nothing is asked."""
        return correction(self._live.context.repository, sheet)

    def history(self, submission: str) -> tuple[HistoryStep, ...]:
        """The steps of a report, newest first, with the figures that each changed."""
        return history(self._live.context.repository, submission)

    def earlier_figures(self, form: str | Form, unit: str) -> EarlierFigures:
        """The figures of a unit over its newest periods."""
        return earlier_figures(self._live.context.repository, self._live.form(form), unit)

    def preview_upload(self, sheet: EntrySheet, upload: Upload) -> UploadPreview:
        """What an Excel file that was handed in would change, box by box."""
        return preview_upload(self._live.context.repository, sheet, upload)
