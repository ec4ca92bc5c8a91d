"""The last step of filling in: everything once more, then send it or pass it to the leader."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from flask import flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from nqcore.collection.accounts.access import Action
from nqcore.collection.entry.entry_sheet import EntrySheet
from nqcore.collection.submissions.leader_signoff import LeaderFirst
from nqcore.collection.submissions.workflow import ReasonMissing, RefusedSubmission
from nqcore.collection.validation.texts import TextRefused
from nqcore.errors import Conflict, NqError
from nqcore.model.obligations import Obligation
from nqcore.model.submissions import SubmissionState
from webforms.entry.fields import BEHALF
from webforms.entry.fill import pages
from webforms.entry.posted_form import revision_number
from webforms.security.page_rules import REPORT, Answer, page, this_report
from webforms.shared.context import me, person, workspace
from webforms.shared.filters import message, receiver
from webforms.shared.language import _

__all__ = ["pages"]
"""The pages of `entry`, with those of this step."""


@pages.get("/bao-cao/<submission>/kiem-tra")
@page(Action.ENTER, REPORT)
def check(submission: str) -> Answer:
    """Everything once more before it is sent."""
    obligation = this_report()
    ws = workspace()
    sheet = ws.entry.sheet(obligation)
    if not sheet.editable and obligation.state is not SubmissionState.PRESENTED:
        return redirect(url_for("submissions.show", submission=submission), 303)
    if sheet.blocking and sheet.editable:
        return redirect(url_for("entry.fill", submission=submission, loi=1), 303)
    return _page(sheet)


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


@pages.post("/bao-cao/<submission>/kiem-tra")
@page(Action.ENTER, REPORT)
def send(submission: str) -> Answer:
    """Send it, pass it to the leader, give it back, or note that the copied figures were looked at."""
    obligation = this_report()
    try:
        return _step(obligation, request.form)
    except NqError as wrong:
        return _refused(obligation, wrong)


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
        submissions.hand_back(obligation, by=me(), reason=posted.get(BEHALF, ""))
        flash(_("Handed back to be corrected."))
    else:
        submissions.send(obligation, by=me(), base=base)
        session["sent"] = obligation.submission
    return redirect(there, 303)


def _refused(obligation: Obligation, wrong: NqError) -> Answer:
    """To the page where the user can put right what was refused."""
    submission = obligation.submission
    if isinstance(wrong, RefusedSubmission):
        return redirect(url_for("entry.fill", submission=submission, loi=1), 303)
    if isinstance(wrong, TextRefused):
        reason = request.form.get(BEHALF, "")
        sheet = workspace().entry.sheet(obligation)
        return _page(sheet, reason=reason, wrong=message(wrong)), 422
    words = message(wrong)
    if isinstance(wrong, Conflict):
        words = _("{who} changed this report meanwhile. Check it once more.").format(
            who=person(str(wrong.params["who"]))
        )
    flash(words, "canh-bao")
    here = isinstance(wrong, Conflict | LeaderFirst | ReasonMissing)
    endpoint = "entry.check" if here else "submissions.show"
    return redirect(url_for(endpoint, submission=submission), 303)


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
