"""One report for life: receipt, figures, remarks, history; and the list of a unit's reports."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from nqcore.collection.accounts.access import Action
from nqcore.collection.entry.corrections import correction
from nqcore.collection.entry.history import earlier_figures, history
from nqcore.collection.entry.signing_copy import write_for_signing
from nqcore.collection.validation.texts import TextRefused
from nqcore.errors import NqError, StateError
from nqcore.model.obligations import Obligation
from nqcore.model.report_status import report_status
from nqcore.model.submissions import SubmissionState
from webforms.entry.attachments import attachment
from webforms.entry.fields import LinkForm
from webforms.shared.context import forms, may, me, person, report_or_404, unit_or_404, workspace
from webforms.shared.filters import (
    clock_time,
    directive_name,
    message,
    receiver,
    short_day,
    task_title,
)
from webforms.shared.language import _

pages = Blueprint("submissions", __name__)

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pages.get("/bao-cao")
def listing() -> str:
    """*Các kỳ đã báo cáo*: the unit's figures over its newest periods."""
    unit = unit_or_404(request.args.get("don-vi"))
    ws = workspace()
    tables = [
        (form, earlier_figures(ws.submissions.repository, form, unit.code)) for form in forms()
    ]
    return render_template(
        "past.html",
        unit=unit,
        tables=[(form, table) for form, table in tables if table.obligations],
    )


@pages.get("/bao-cao/<submission>")
def show(submission: str) -> str:
    """The report as it stands; the receipt right after sending."""
    return _show(report_or_404(submission), LinkForm())


def _show(obligation: Obligation, opening: LinkForm, wrong: str = "") -> str:
    """The page; `opening` are the words typed to reopen the report, `wrong` why they cannot be kept."""
    ws, submission = workspace(), obligation.submission
    sheet = ws.entry.sheet(obligation)
    just_sent = session.get("sent") == submission and obligation.state is SubmissionState.SENT
    if just_sent:
        session.pop("sent")
    return render_template(
        "submission.html",
        sheet=sheet,
        just_sent=just_sent,
        proof=ws.submissions.proof(obligation) if just_sent else "",
        stands=report_status(obligation, ws.today),
        history=history(ws.submissions.repository, submission),
        receiver=receiver(ws, obligation.unit),
        enters=may(Action.ENTER, obligation.unit, obligation.form),
        reviews=may(Action.APPROVE, obligation.unit, obligation.form),
        opening=opening,
        wrong=wrong,
        files=ws.submissions.attachments.of(submission),
        correction=correction(ws.submissions.repository, sheet),
        signs=ws.submissions.repository.leaders.signs(me(), obligation.unit),
    )


@pages.get("/bao-cao/<submission>/word")
def word(submission: str) -> Response:
    """*Tải bản Word để ký*."""
    obligation = report_or_404(submission)
    ws = workspace()
    sheet = ws.entry.sheet(obligation)
    data = write_for_signing(
        sheet,
        _,
        directive=directive_name(sheet.form.directive),
        above=receiver(ws, obligation.unit),
        title=task_title,
        attached=[file.name for file in ws.submissions.attachments.of(submission)],
    )
    return attachment(data, f"bao-cao_{submission}.docx", DOCX)


@pages.post("/bao-cao/<submission>/thu-hoi")
def withdraw(submission: str) -> Response:
    """*Thu hồi để sửa*."""
    obligation = report_or_404(submission, Action.ENTER)
    try:
        workspace().withdraw(obligation, by=me())
    except StateError as wrong:
        revision = obligation.revision
        if revision is not None and revision.state is SubmissionState.ACCEPTED:
            words = _(
                "Cannot be taken back: accepted {time} on {day}. To correct it, ask {who} to reopen it."
            ).format(
                time=clock_time(revision.at), day=short_day(revision.at), who=person(revision.by)
            )
        else:
            words = message(wrong)
        flash(words, "canh-bao")
        return redirect(url_for("submissions.show", submission=submission), 303)
    flash(_("Taken back. The report is a draft again; the unit above does not see these figures."))
    return redirect(url_for("entry.fill", submission=submission), 303)


@pages.post("/bao-cao/<submission>/mo-lai")
def reopen(submission: str) -> Response | tuple[str, int]:
    """*Mở lại* an accepted report, with a reason."""
    obligation = report_or_404(submission, Action.APPROVE)
    form = LinkForm(request.form)
    try:
        workspace().reopen(obligation, reason=form.reason.data or "", by=me())
    except TextRefused as wrong:
        return _show(obligation, form, message(wrong)), 422
    except NqError as wrong:
        flash(message(wrong), "canh-bao")
    else:
        flash(_("Reopened. Its figures do not count until it is accepted again."))
    return redirect(url_for("submissions.show", submission=submission), 303)
