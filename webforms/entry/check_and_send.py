"""The last step of filling in: everything once more, then send it or pass it to the leader."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, session, url_for

from nqcore.collection.accounts.access import Action
from nqcore.collection.entry.entry_sheet import EntrySheet
from nqcore.collection.submissions.leader_signoff import LeaderFirst
from nqcore.collection.submissions.workflow import ReasonMissing, RefusedSubmission
from nqcore.collection.validation.texts import TextRefused
from nqcore.errors import Conflict, InputError, NqError
from nqcore.model.submissions import SubmissionState
from webforms.entry.fields import BEHALF
from webforms.entry.fill import pages
from webforms.entry.posted_form import number
from webforms.security.permission import REPORT, Answer, page, this_report
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
    """The page; `reason` was typed to hand the report back, `wrong` says why it cannot be kept."""
    ws, obligation = workspace(), sheet.obligation
    return render_template(
        "check.html",
        sheet=sheet,
        receiver=receiver(ws, obligation.unit),
        files=ws.submissions.attachments.of(obligation.submission),
        correction=ws.entry.correction(sheet),
        reason=reason,
        wrong=wrong,
        leader=ws.submissions.goes_through_leader(obligation.unit, sheet.form),
        signs=ws.submissions.signs(me(), obligation.unit),
    )


@pages.post("/bao-cao/<submission>/kiem-tra")
@page(Action.ENTER, REPORT)
def send(submission: str) -> Answer:
    """Send it, or pass it to the leader, or say that the copied figures were looked at."""
    obligation = this_report()
    base = number(request.form.get("phien_ban"), 0)
    doing = request.form.get("viec", "gui")
    ws = workspace()
    here = url_for("entry.check", submission=submission)
    there = url_for("submissions.show", submission=submission)
    try:
        if doing == "da_soat":
            _looked_at(ws.entry.sheet(obligation), base)
            return redirect(here, 303)
        if doing == "trinh":
            ws.submissions.present(obligation, by=me(), base=base)
            flash(_("Submitted to the leader. The leader looks at it and sends it."))
            return redirect(there, 303)
        if doing == "chuyen_lai":
            ws.submissions.hand_back(obligation, by=me(), reason=request.form.get(BEHALF, ""))
            flash(_("Handed back to be corrected."))
            return redirect(there, 303)
        ws.send(obligation, by=me(), base=base)
    except RefusedSubmission:
        return redirect(url_for("entry.fill", submission=submission, loi=1), 303)
    except Conflict as wrong:
        flash(
            _("{who} changed this report meanwhile. Check it once more.").format(
                who=person(str(wrong.params["who"]))
            ),
            "canh-bao",
        )
        return redirect(here, 303)
    except TextRefused as wrong:
        reason = request.form.get(BEHALF, "")
        return _page(ws.entry.sheet(obligation), reason=reason, wrong=message(wrong)), 422
    except (LeaderFirst, ReasonMissing) as wrong:
        flash(message(wrong), "canh-bao")
        return redirect(here, 303)
    except (NqError, InputError) as wrong:
        flash(message(wrong), "canh-bao")
        return redirect(there, 303)
    session["sent"] = submission
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
