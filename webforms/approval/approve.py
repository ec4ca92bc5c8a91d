"""*Chờ duyệt*: the queue, and one report with its unusual figures first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from nqcore.collection.accounts.access import Action
from nqcore.collection.entry.entry_sheet import EntrySheet
from nqcore.errors import N_, InputError, StateError
from nqcore.model.obligations import Obligation
from nqcore.model.report_status import report_status, working_day_after
from nqcore.model.submissions import SubmissionState
from nqcore.text.dates import read_date, write_date
from webforms.security.page_rules import (
    REPORT,
    Answer,
    KeptWords,
    declared_actions,
    page,
    report_or_404,
    this_report,
)
from webforms.shared.context import me, workspace
from webforms.shared.filters import message, unit_name
from webforms.shared.language import _
from webforms.shared.paging import paged
from webforms.shared.posted import this_request, whole_number

pages = Blueprint("review", __name__)

BY_RISK = "nen-xem"
ACCEPT = "duyet"
"""The value of the button that accepts; the other one returns the report."""
CHOSEN = "chon."
"""In front of a report's id: it is ticked; the value is the revision that was seen."""
RESEND_DAYS = 2
"""Working days that a unit has by default to send a returned report again."""
REMARK = "y_kien."
"""In front of a row's key: the reviewer's words on it; alone for the whole report."""


@pages.get("/duyet")
@page(Action.APPROVE)
def queue() -> str:
    """What waits, oldest first; ``?xep=nen-xem``: the most to look at first."""
    by_risk = request.args.get("xep") == BY_RISK
    found = workspace().monitoring.awaiting_approval(me(), by_risk=by_risk)
    shown = paged(found)
    return render_template(
        "queue.html",
        count=len(found),
        waiting=shown,
        routine=[one for one in shown.lines if one.routine],
        by_risk=by_risk,
        BY_RISK=BY_RISK,
        CHOSEN=CHOSEN,
    )


@pages.post("/duyet")
@page(Action.APPROVE)
def accept_several() -> Response:
    """Accept the ticked reports without unusual figures."""
    chosen = {
        name.removeprefix(CHOSEN): base
        for name, text in request.form.items()
        if name.startswith(CHOSEN) and (base := whole_number(text)) is not None
    }
    for id in chosen:
        report_or_404(id, *declared_actions())
    done = workspace().monitoring.accept_routine(chosen, by=me())
    if done.accepted:
        words = _("{count} reports accepted. Reports still waiting: {left}.").format(
            count=len(done.accepted), left=workspace().monitoring.count_waiting(me())
        )
        _with_undo(words, [obligation.submission for obligation in done.accepted])
    if done.skipped:
        units = ", ".join(unit_name(obligation.unit) for obligation in done.skipped)
        flash(
            _("Not accepted, to be looked at one by one: {units}.").format(units=units), "canh-bao"
        )
    elif not done.accepted:
        flash(_("No report was ticked. Choose at least one."), "canh-bao")
    return redirect(url_for("review.queue"), 303)


def _with_undo(words: str, ids: list[str]) -> None:
    """Show the message with a button that takes the acceptance back."""
    flash({"words": words, "undo": ids}, "hoan-tac")  # type: ignore[arg-type]


@pages.post("/duyet/hoan-tac")
@page(Action.APPROVE)
def undo() -> Response:
    """*Hoàn tác*: take the account's own acceptance of the last minutes back."""
    back = []
    for id in request.form.getlist("id")[:200]:
        obligation = report_or_404(id, *declared_actions())
        try:
            workspace().submissions.undo(obligation, by=me())
        except (InputError, StateError) as wrong:
            flash(f"{unit_name(obligation.unit)}: {message(wrong)}", "canh-bao")
        else:
            back.append(obligation)
    if back:
        units = ", ".join(unit_name(obligation.unit) for obligation in back)
        flash(_("Taken back, waiting for review again: {units}.").format(units=units))
    if len(back) == 1:
        return redirect(url_for("review.report", submission=back[0].submission), 303)
    return redirect(url_for("review.queue"), 303)


@pages.get("/duyet/<submission>")
@page(Action.APPROVE, REPORT)
def report(submission: str) -> Response | str:
    """One report to review."""
    obligation = this_report()
    if obligation.state is not SubmissionState.SENT:
        return redirect(url_for("submissions.show", submission=submission), 303)
    sheet = workspace().entry.sheet(obligation)
    resend = write_date(working_day_after(workspace().today, RESEND_DAYS))
    return _page(sheet, {"ngay": resend, "phien_ban": str(sheet.base)})


def _page(sheet: EntrySheet, given: dict[str, str], wrong: str = "", date_wrong: str = "") -> str:
    ws = workspace()
    correction, unusual = ws.entry.correction(sheet, _), sheet.unusual
    figures = [row for row in sheet.rows if row.indicator]
    corrected = [row for row in figures if correction and correction.concerns(row.key)]
    others = [row for row in figures if row not in corrected]
    return render_template(
        "review.html",
        sheet=sheet,
        corrected=corrected,
        answers=[
            row
            for row in sheet.rows
            if correction and not row.indicator and correction.concerns(row.key)
        ],
        unusual=[row for row in others if row in unusual or row.copied],
        rest=[row for row in others if row not in unusual and not row.copied],
        correction=correction,
        stands=report_status(sheet.obligation, ws.today),
        waiting=ws.monitoring.count_waiting(me()),
        given=given,
        REMARK=REMARK,
        wrong=wrong,
        date_wrong=date_wrong,
        files=ws.submissions.attachments.of(sheet.obligation.submission),
    )


def _again(notice: str, *, changed: bool) -> Response | str:
    """The page with the remarks that were typed; no page where the report does not wait any more."""
    obligation, given = this_report(), this_request().form.to_dict()
    if obligation.state is not SubmissionState.SENT:
        return redirect(url_for("submissions.show", submission=obligation.submission), 303)
    sheet = workspace().entry.sheet(obligation)
    if changed:  # the figures on the page are the new ones
        given["phien_ban"] = str(sheet.base)
    return _page(sheet, given, wrong=notice)


WORDS = KeptWords({REMARK: N_("Remark"), "ngay": N_("If returned: send again by")}, _again)


@pages.post("/duyet/<submission>")
@page(Action.APPROVE, REPORT, keeps=WORDS)
def decide(submission: str) -> Answer:
    """Return it with words, or accept it and go on to the next."""
    obligation, posted = this_report(), request.form
    sheet = workspace().entry.sheet(obligation)
    day, date_wrong = _resend_day(posted)
    accepts = posted.get("viec") == ACCEPT
    if date_wrong and not accepts and obligation.state is SubmissionState.SENT:
        return _page(sheet, posted.to_dict(), date_wrong=date_wrong), 422
    if accepts and _typed(sheet, posted) and obligation.state is SubmissionState.SENT:
        notice = _(
            "Remarks were typed, and an accepted report takes none along. Return it with them, or delete "
            "them to accept it."
        )
        return _page(sheet, posted.to_dict(), wrong=notice), 422
    _decide(sheet, posted, None if accepts else day)
    return _next(obligation, accepted=accepts)


def _resend_day(posted: Mapping[str, str]) -> tuple[date | None, str]:
    """The day by which a returned report is to be sent again, and what is wrong with it."""
    text = posted.get("ngay", "").strip()
    try:
        return (read_date(text, today=workspace().today) if text else None), ""
    except InputError as wrong:
        return None, message(wrong)


def _decide(sheet: EntrySheet, posted: Mapping[str, str], resend_by: date | None) -> None:
    """Accept or return the report. Raises as these steps do."""
    submissions, base = workspace().submissions, whole_number(posted.get("phien_ban")) or 0
    if posted.get("viec") == ACCEPT:
        submissions.accept(sheet.obligation, by=me(), base=base)
        return
    submissions.return_(
        sheet.obligation,
        by=me(),
        remarks=_typed(sheet, posted),
        resend_by=resend_by,
        base=base,
    )


def _next(obligation: Obligation, *, accepted: bool) -> Response:
    """Say what was done; after an acceptance on to the next report that waits."""
    waiting = workspace().monitoring.queue(me())
    words = (
        _("Accepted the report of {unit}. Reports still waiting: {count}.")
        if accepted
        else _("Returned the report of {unit} for correction. Reports still waiting: {count}.")
    ).format(unit=unit_name(obligation.unit), count=len(waiting))
    if not accepted:
        flash(words)
        return redirect(url_for("review.queue"), 303)
    _with_undo(words, [obligation.submission])
    if waiting:
        return redirect(url_for("review.report", submission=waiting[0].submission), 303)
    return redirect(url_for("review.queue"), 303)


def _typed(sheet: EntrySheet, posted: Mapping[str, str]) -> dict[str, str]:
    """The reviewer's words by field key, "" for the whole."""
    keys = ("", *(row.key for row in sheet.rows))
    return {key: posted[REMARK + key] for key in keys if posted.get(REMARK + key, "").strip()}
