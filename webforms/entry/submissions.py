"""One report: receipt, figures, remarks, history; and the list of a unit's reports."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response
from wtforms import Form, HiddenField, TextAreaField

from nqcore.collection.accounts.access import Action
from nqcore.errors import N_, Conflict, StateError
from nqcore.model.obligations import Obligation
from nqcore.model.report_status import report_status
from nqcore.model.submissions import SubmissionState
from nqcore.model.units import Unit
from webforms.entry.attachments import attachment
from webforms.entry.posted_form import revision_number
from webforms.security.page_rules import (
    QUERIED_UNIT,
    REPORT,
    Answer,
    KeptWords,
    page,
    this_report,
    this_unit,
)
from webforms.shared.context import forms, may, me, person, workspace
from webforms.shared.filters import (
    changed_meanwhile,
    clock_time,
    directive_name,
    message,
    receiver,
    short_day,
)
from webforms.shared.language import _
from webforms.shared.posted import this_request

pages = Blueprint("submissions", __name__)

LEAVE_OUT = "loai"
"""The button that leaves an accepted report out of the totals."""

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class ReopeningForm(Form):
    """The words with which an accepted report is opened again."""

    reason = TextAreaField()
    phien_ban = HiddenField()


@pages.get("/bao-cao")
@page(Action.READ, QUERIED_UNIT)
def listing() -> str:
    """*Các kỳ đã báo cáo*: the unit's figures over its newest periods."""
    unit = this_unit()
    ws = workspace()
    tables = [(form, ws.entry.earlier_figures(form, unit.code)) for form in forms()]
    return render_template(
        "past.html",
        unit=unit,
        merged=_merged(unit),
        tables=[(form, table) for form, table in tables if table.obligations],
    )


def _merged(unit: Unit) -> list[Unit]:
    """The units that came to this one and whose earlier reports the account may see."""
    came = workspace().catalogue.came_to(unit.code)
    return [workspace().units[code] for code in came if may(Action.READ, code)]


@pages.get("/bao-cao/<submission>")
@page(Action.READ, REPORT)
def show(submission: str) -> str:
    """The report as it is now; the receipt right after sending."""
    return _show(this_report())


def _show(
    obligation: Obligation,
    opening: ReopeningForm | None = None,
    *,
    wrong: str = "",
    notice: str = "",
) -> str:
    """The page. `opening`: what was typed to reopen the report, and the revision that was seen then; `wrong`:
    why it cannot be reopened so; `notice`: why something else was not done."""
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
        history=ws.entry.history(submission, _),
        receiver=receiver(ws, obligation.unit),
        enters=may(Action.ENTER, obligation.unit, obligation.form),
        reviews=may(Action.APPROVE, obligation.unit, obligation.form),
        opening=opening or ReopeningForm(data={"phien_ban": str(sheet.base)}),
        wrong=wrong,
        notice=notice,
        LEAVE_OUT=LEAVE_OUT,
        files=ws.submissions.attachments.of(submission),
        correction=ws.entry.correction(sheet, _),
        signs=ws.submissions.signs(me(), obligation.unit),
    )


@pages.get("/bao-cao/<submission>/word")
@page(Action.READ, REPORT)
def word(submission: str) -> Response:
    """*Tải bản Word để ký*."""
    obligation = this_report()
    ws = workspace()
    sheet = ws.entry.sheet(obligation)
    data = ws.entry.signing_copy(
        sheet,
        _,
        directive=directive_name(sheet.form.directive),
        above=receiver(ws, obligation.unit),
        attached=[file.name for file in ws.submissions.attachments.of(submission)],
    )
    return attachment(data, f"bao-cao_{submission}.docx", DOCX)


@pages.post("/bao-cao/<submission>/thu-hoi")
@page(Action.ENTER, REPORT)
def withdraw(submission: str) -> Answer:
    """*Thu hồi để sửa*."""
    obligation = this_report()
    try:
        workspace().withdraw(obligation, by=me(), base=revision_number(request.form, 0))
    except Conflict as wrong:  # it was taken back and sent again meanwhile
        now = workspace().submissions.find(submission)
        return _show(now, notice=changed_meanwhile(wrong)), 409
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


def _again(notice: str, *, changed: bool) -> Response | str:
    """The page with the reason that was typed; no page where the report cannot be reopened any more."""
    obligation = this_report()
    if obligation.state not in (SubmissionState.ACCEPTED, SubmissionState.EXCLUDED):
        return redirect(url_for("submissions.show", submission=obligation.submission), 303)
    form = ReopeningForm(this_request().form)
    if changed:  # the figures on the page are the new ones
        form.phien_ban.data = str(workspace().entry.sheet(obligation).base)
    return _show(obligation, form, wrong=notice)


@pages.post("/bao-cao/<submission>/mo-lai")
@page(Action.APPROVE, REPORT, keeps=KeptWords({"reason": N_("Reason")}, _again))
def reopen(submission: str) -> Response:
    """*Mở lại* an accepted report, or leave it out of the totals; each with a reason."""
    reason = ReopeningForm(request.form).reason.data or ""
    base = revision_number(request.form, 0)
    if request.form.get("viec") == LEAVE_OUT:
        workspace().submissions.exclude(this_report(), reason=reason, by=me(), base=base)
        flash(_("Left out of the totals. It counts again when it is reopened, sent and accepted."))
    else:
        workspace().reopen(this_report(), reason=reason, by=me(), base=base)
        flash(_("Reopened. Its figures do not count until it is accepted again."))
    return redirect(url_for("submissions.show", submission=submission), 303)
