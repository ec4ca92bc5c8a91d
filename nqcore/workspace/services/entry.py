"""`ws.entry`: a report as it is filled in, beside what was entered before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from nqcore.collection.entry.corrections import Correction, correction
from nqcore.collection.entry.entry_sheet import EntrySheet, entry_sheet
from nqcore.collection.entry.history import EarlierFigures, HistoryStep, earlier_figures, history
from nqcore.collection.entry.merge import MergedDraft, merge_drafts
from nqcore.collection.entry.signing_copy import write_for_signing
from nqcore.collection.entry.workbook import (
    FilledTemplate,
    FilledWorkbook,
    Upload,
    UploadPreview,
    check_template,
    preview_upload,
    read_filled,
    read_upload,
    write_workbook,
)
from nqcore.collection.submissions.checking import read_form
from nqcore.collection.validation import FormReading
from nqcore.errors import Translate
from nqcore.model.fields import Typed
from nqcore.model.forms import Form
from nqcore.model.obligations import Obligation
from nqcore.workspace.arguments import checked
from nqcore.workspace.open_state import OpenState
from nqcore.workspace.services.submissions import Submission
from nqcore.workspace.table_import.name_matching import NamedUnit
from nqcore.workspace.table_import.pasted import PastedBlock, read_pasted


@checked
class EntryService:
    """Sheets of reports: what a page of entry shows. It writes nothing."""

    def __init__(self, state: OpenState) -> None:
        self._state = state

    def sheet(
        self,
        submission: Submission,
        given: Mapping[str, Typed] | None = None,
        *,
        reading: FormReading | None = None,
        checks: bool = True,
    ) -> EntrySheet:
        """The report as its pages show it; with `given`, as if that had been typed. `reading` is what
        `read` made of `given`. Without `checks` the sheet has the problems of reading only.

        >>> sheet = ws.entry.sheet("2018-Q1_s.q_dn-1")
        >>> sheet.boxes, sheet.filled
        (4, 4)
        """
        id = submission if isinstance(submission, str) else submission.submission
        repository = self._state.context.repository
        return entry_sheet(repository, repository.find(id), given, reading=reading, checks=checks)

    def read(self, obligation: Obligation, given: Mapping[str, Typed]) -> FormReading:
        """Read what was typed for a report, by input name. Raises UnknownFields.

        >>> owed = ws.submissions.obligation("dn-3", "s.q", "2018-Q1")
        >>> reading = ws.entry.read(owed, {"B1": "1.310", "B2": "nhiều"})
        >>> reading.answers, reading.unread
        ({'B1': Decimal('1310'), 'K1': (), 'N1': ''}, {'B2': 'nhiều'})
        """
        return read_form(self._state.context.repository, obligation, given, self._state.today)

    def pasted(self, sheet: EntrySheet, text: str, at: str, *, period: str) -> PastedBlock:
        """A block of cells that is pasted into the report at the box `at`: what belongs in which box.
        `period`: the report's period in words.

        >>> sheet = ws.entry.sheet("2018-Q1_s.q_dn-1")
        >>> block = ws.entry.pasted(sheet, "B1\\t1.310\\nB2\\t7", "B1", period="Quý I/2018")
        >>> [(one.key, one.text) for one in block.figures]
        [('B1', '1.310'), ('B2', '7')]
        """
        tree = self._state.context.repository.obligations.tree_with_rights(self._state.today)
        return read_pasted(sheet, text, at, period, NamedUnit(tree, sheet.unit.code))

    def merge(
        self,
        obligation: Obligation,
        given: Mapping[str, Typed],
        base: int,
        reading: FormReading | None = None,
    ) -> MergedDraft:
        """What was typed over revision `base`, beside what another user has saved since.

        >>> owed = ws.submissions.find("2018-Q1_s.q_dn-3")
        >>> merged = ws.entry.merge(owed, {"B1": "120"}, base=1)
        >>> merged.given, merged.clashes
        ({'B1': '120'}, ())
        """
        return merge_drafts(self._state.context.repository, obligation, given, base, reading)

    def correction(self, sheet: EntrySheet, translate: Translate = str) -> Correction | None:
        """What the approver asked to be corrected last; None where nothing is asked.

        >>> back = ws.return_("2018-Q1_s.q_dn-2", remarks={"B1": "Xem lại"}, by="duyet")
        >>> asked = ws.entry.correction(ws.entry.sheet(back))
        >>> asked.request.remarks, len(asked.open)
        ({'B1': 'Xem lại'}, 1)
        """
        return correction(self._state.context.repository, sheet, translate)

    def history(self, submission: str, translate: Translate = str) -> tuple[HistoryStep, ...]:
        """The steps of a report, newest first, with the figures that each changed.

        >>> steps = ws.entry.history("2018-Q1_s.q_dn-1")
        >>> [(each.revision.step.value, each.revision.by) for each in steps]
        [('accept', 'duyet'), ('send', 'mot'), ('save', 'mot')]
        """
        return history(self._state.context.repository, submission, translate)

    def earlier_figures(self, form: str | Form, unit: str) -> EarlierFigures:
        """The figures of a unit over its newest periods.

        >>> earlier = ws.entry.earlier_figures("s.q", "xa-a")
        >>> [owed.period.code for owed in earlier.obligations]
        ['2017-Q1', '2017-Q2', '2017-Q3', '2017-Q4', '2018-Q1']
        """
        return earlier_figures(self._state.context.repository, self._state.form(form), unit)

    # -- the report as a file --------------------------------------------------------------------

    def signing_copy(
        self,
        sheet: EntrySheet,
        translate: Translate,
        *,
        directive: str,
        above: str,
        attached: Sequence[str] = (),
    ) -> bytes:
        """The .docx to sign by hand. `directive` is the document's name, `above` the unit that gets the
        report, `attached` are the names of its files.

        >>> sheet = ws.entry.sheet("2018-Q1_s.q_dn-1")
        >>> data = ws.entry.signing_copy(sheet, str, directive="1-NQ/HU", above="Huyện")
        >>> data[:2]
        b'PK'
        """
        return write_for_signing(
            sheet,
            translate,
            directive=directive,
            above=above,
            attached=attached,
        )

    def workbook(
        self,
        sheet: EntrySheet,
        translate: Translate,
        *,
        directive: str,
        typed: Mapping[str, str] | None = None,
        explained: Mapping[str, str] | None = None,
    ) -> bytes:
        """The .xlsx to fill in, with what is entered so far; `typed` are texts that are put into the
        boxes instead, `explained` those beside them.

        >>> sheet = ws.entry.sheet("2018-Q1_s.q_dn-3")
        >>> data = ws.entry.workbook(sheet, str, directive="1-NQ/HU")
        >>> data[:2]
        b'PK'
        """
        return write_workbook(
            sheet,
            translate,
            directive=directive,
            typed=typed,
            explained=explained,
        )

    def read_workbook(self, name: str, data: bytes) -> FilledWorkbook:
        """Read a file that was filled in: the templates in it. Raises FileRefused, NotATemplate.

        >>> sheet = ws.entry.sheet("2018-Q1_s.q_dn-3")
        >>> data = ws.entry.workbook(sheet, str, directive="1-NQ/HU")
        >>> book = ws.entry.read_workbook("dn-3.xlsx", data)
        >>> [(filled.identity.unit, filled.identity.period) for filled in book.templates]
        [('dn-3', '2018-Q1')]
        """
        return read_filled(name, data)

    def check_workbook(
        self,
        book: FilledWorkbook,
        sheet: EntrySheet,
        *,
        period: Callable[[str], str] = str,
        unit: Callable[[str], str] = str,
        form: Callable[[str], str] = str,
    ) -> FilledTemplate:
        """The template in the file that was made for the report of `sheet`. The functions put codes into
        words. Raises WrongTemplate.

        >>> sheet = ws.entry.sheet("2018-Q1_s.q_dn-3")
        >>> data = ws.entry.workbook(sheet, str, directive="1-NQ/HU")
        >>> book = ws.entry.read_workbook("dn-3.xlsx", data)
        >>> ws.entry.check_workbook(book, sheet).identity.unit
        'dn-3'
        """
        return check_template(book, sheet, period=period, unit=unit, form=form)

    def upload(self, filled: FilledTemplate, sheet: EntrySheet, translate: Translate) -> Upload:
        """What the file holds for that report, box by box.

        >>> sheet = ws.entry.sheet("2018-Q1_s.q_dn-3")
        >>> data = ws.entry.workbook(sheet, str, directive="1-NQ/HU", typed={"B1": "120"})
        >>> filled = ws.entry.check_workbook(ws.entry.read_workbook("dn-3.xlsx", data), sheet)
        >>> upload = ws.entry.upload(filled, sheet, str)
        >>> upload.texts["B1"]
        '120'
        """
        return read_upload(filled, sheet, translate)

    def preview_upload(self, sheet: EntrySheet, upload: Upload) -> UploadPreview:
        """What an Excel file that was handed in would change, box by box.

        >>> sheet = ws.entry.sheet("2018-Q1_s.q_dn-3")
        >>> data = ws.entry.workbook(sheet, str, directive="1-NQ/HU", typed={"B1": "120"})
        >>> filled = ws.entry.check_workbook(ws.entry.read_workbook("dn-3.xlsx", data), sheet)
        >>> upload = ws.entry.upload(filled, sheet, str)
        >>> [cell.now.field.key for cell in ws.entry.preview_upload(sheet, upload).changes]
        ['B1']
        """
        return preview_upload(self._state.context.repository, sheet, upload)
