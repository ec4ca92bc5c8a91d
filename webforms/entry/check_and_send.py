"""The last step of filling in: everything once more, then send it or pass it to the leader."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from flask import flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from nqcore.collection.accounts.access import Action
from nqcore.collection.entry.entry_sheet import EntrySheet
from nqcore.collection.submissions.workflow import RefusedSubmission
from nqcore.errors import N_
from nqcore.model.obligations import Obligation
from nqcore.model.submissions import SubmissionState
from webforms.entry.fields import BEHALF
from webforms.entry.fill import pages
from webforms.entry.posted_form import revision_number
from webforms.security.page_rules import REPORT, Answer, KeptWords, page, this_report
from webforms.shared.context import me, workspace
from webforms.shared.filters import receiver
from webforms.shared.language import _
from webforms.shared.posted import this_request

__all__ = ["pages"]
"""The pages of `entry`, with those of this step."""


@pages.get("/bao-cao/<submission>/kiem-tra")
@page(Action.ENTER, REPORT)
def check(submission: str) -> Answer:
    """Everything once more before it is sent."""
    return _checked()


def _checked(reason: str = "", wrong: str = "") -> Answer:
    """The page, or the one that the report's state asks for."""
    obligation = this_report()
    submission, sheet = obligation.submission, workspace().entry.sheet(obligation)
    if not sheet.editable and obligation.state is not SubmissionState.PRESENTED:
        return redirect(url_for("submissions.show", submission=submission), 303)
    if sheet.blocking and sheet.editable:
        return redirect(url_for("entry.fill", submission=submission, loi=1), 303)
    if (
        reason and obligation.state is not SubmissionState.PRESENTED
    ):  # nothing to hand back any more
        return redirect(url_for("entry.check", submission=submission), 303)
    return _page(sheet, reason=reason, wrong=wrong)


def _page(sheet: EntrySheet, *, reason: str = "", wrong: str = "") -> str:
    """The page; `reason` was typed to hand the report back, `wrong` is the reason why it cannot be kept."""
    ws, obligation = workspace(), sheet.obligation
    return render_template(
        "check.html",
        sheet=sheet,
        receiver=receiver(ws, obligation.unit),
        files=ws.submissions.attachments.of(obligation.submission),
        correction=ws.entry.correction(sheet, _),
        reason=reason,
        wrong=wrong,
        leader=ws.submissions.goes_through_leader(obligation.unit, sheet.form),
        signs=ws.submissions.signs(me(), obligation.unit),
    )


class SendButton(StrEnum):
    """What the buttons of the page do."""

    SEND = "gui"
    PRESENT = "trinh"
    """Pass it to the unit's leader."""
    HAND_BACK = "chuyen_lai"
    """The leader gives it back to be corrected."""
    LOOKED_AT = "da_soat"
    """All copied figures were looked at."""


def _again(notice: str, *, changed: bool) -> Answer:
    """The page with the words that were typed to hand the report back."""
    return _checked(this_request().form.get(BEHALF, ""), notice)


@pages.post("/bao-cao/<submission>/kiem-tra")
@page(Action.ENTER, REPORT, keeps=KeptWords({BEHALF: N_("What has to be corrected")}, _again))
def send(submission: str) -> Answer:
    """Send it, pass it to the leader, give it back, or note that the copied figures were looked at."""
    obligation, posted = this_report(), request.form
    sends = posted.get("viec", SendButton.SEND) == SendButton.SEND
    if sends and posted.get(BEHALF, "").strip() and obligation.state is SubmissionState.PRESENTED:
        words = _(
            "What has to be corrected was typed, and a report that is sent takes none of it along. Hand the "
            "report back with it, or delete it to send the report."
        )
        sheet = workspace().entry.sheet(obligation)
        return _page(sheet, reason=posted[BEHALF], wrong=words), 422
    try:
        return _step(obligation, posted)
    except RefusedSubmission:  # the form says at each box what is wrong
        return redirect(url_for("entry.fill", submission=submission, loi=1), 303)


def _step(obligation: Obligation, posted: Mapping[str, str]) -> Response:
    """Take the step that the button names. Raises as the steps of a submission do."""
    submissions, base = workspace().submissions, revision_number(posted, 0)
    button = posted.get("viec", SendButton.SEND)
    there = url_for("submissions.show", submission=obligation.submission)
    if button == SendButton.LOOKED_AT:
        _looked_at(workspace().entry.sheet(obligation), base)
        return redirect(url_for("entry.check", submission=obligation.submission), 303)
    if button == SendButton.PRESENT:
        submissions.present(obligation, by=me(), base=base)
        flash(_("Submitted to the leader. The leader looks at it and sends it."))
    elif button == SendButton.HAND_BACK:
        submissions.hand_back(obligation, by=me(), reason=posted.get(BEHALF, ""), base=base)
        flash(_("Handed back to be corrected."))
    else:
        submissions.send(obligation, by=me(), base=base)
        session["sent"] = obligation.submission
    return redirect(there, 303)


def _looked_at(sheet: EntrySheet, base: int) -> None:
    """Take the marks off all copied figures; the figures stay."""
    ws, obligation, revision = workspace(), sheet.obligation, sheet.obligation.revision
    if revision is None or not sheet.copied or not sheet.editable:
        return
    ws.save_draft(
        obligation.unit,
        obligation.form,
        obligation.period.code,
        ws.submissions.typed(obligation, revision),
        by=me(),
        base=base,
        explanations=revision.explanations,
        checked=[row.key for row in sheet.copied],
        reason=revision.reason,
    )
