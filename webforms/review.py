"""*Chờ duyệt*: the queue, and one report with its unusual figures first."""

from __future__ import annotations

from typing import NamedTuple

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from nqcore.accounts import Action
from nqcore.errors import Conflict, InputError, NqError
from nqcore.model.forms import FigureField
from nqcore.model.obligations import Obligation
from nqcore.model.submissions import State, Step
from nqcore.sheets import Row, Sheet
from nqcore.standing import standing, working_day_after
from nqcore.text.dates import read_date, write_date
from webforms.context import me, report_or_404, require, takes_up_to, workspace
from webforms.entry import LONG
from webforms.fields import REMARK, remarks
from webforms.language import _
from webforms.wording import told, unit_name

pages = Blueprint("review", __name__)

RESEND_DAYS = 2
"""Working days that a unit has by default to send a returned report again."""


class Waiting(NamedTuple):
    """One line of the queue."""

    obligation: Obligation
    unusual: int
    times: int


@pages.get("/duyet")
def queue() -> str:
    """What waits, oldest first."""
    require(Action.REVIEW)
    ws = workspace()
    waiting = [
        Waiting(
            obligation,
            len(ws.sheet(obligation).unusual),
            sum(1 for revision in ws.revisions(obligation) if revision.step is Step.SEND),
        )
        for obligation in ws.queue(me())
    ]
    return render_template("queue.html", waiting=waiting)


@pages.get("/duyet/<submission>")
def report(submission: str) -> Response | str:
    """One report to review."""
    obligation = report_or_404(submission, Action.REVIEW)
    if obligation.state is not State.SENT:
        return redirect(url_for("submissions.show", submission=submission), 303)
    sheet = workspace().sheet(obligation)
    resend = write_date(working_day_after(workspace().today, RESEND_DAYS))
    return _page(sheet, {"ngay": resend, "phien_ban": str(sheet.base)})


def _page(sheet: Sheet, given: dict[str, str], wrong: str = "", date_wrong: str = "") -> str:
    ws = workspace()
    unusual = sheet.unusual
    rest = tuple(
        row for row in sheet.rows if row not in unusual and isinstance(row.field, FigureField)
    )
    return render_template(
        "review.html",
        sheet=sheet,
        unusual=[row for row in unusual if isinstance(row.field, FigureField)],
        rest=rest,
        changed=_changed_since_return(sheet),
        stands=standing(sheet.obligation, ws.today),
        waiting=len(ws.queue(me())),
        given=given,
        REMARK=REMARK,
        wrong=wrong,
        date_wrong=date_wrong,
        files=ws.evidence.of(sheet.obligation.submission),
    )


def _changed_since_return(sheet: Sheet) -> dict[str, tuple[str, str]]:
    """What the unit changed in the rows that were remarked on, as (before, now)."""
    ws = workspace()
    chain = ws.revisions(sheet.obligation)
    returned = next((r for r in reversed(chain) if r.step is Step.RETURN), None)
    if returned is None:
        return {}
    obligation = sheet.obligation
    old = {row.key: row for row in ws.sheet(obligation, ws.desk.typed(obligation, returned)).rows}
    now: dict[str, Row] = {row.key: row for row in sheet.rows}
    return {
        key: (old[key].value, now[key].value)
        for key in returned.remarks
        if key in old and key in now
    }


@pages.post("/duyet/<submission>")
@takes_up_to(LONG)
def decide(submission: str) -> Response | str | tuple[str, int]:
    """Return it with words, or accept it and go on to the next."""
    obligation = report_or_404(submission, Action.REVIEW)
    if obligation.state is not State.SENT:
        flash(_("This report does not wait for review any more."), "canh-bao")
        return redirect(url_for("submissions.show", submission=submission), 303)
    ws = workspace()
    sheet = ws.sheet(obligation)
    posted = request.form
    base = posted.get("phien_ban", "")
    number = int(base) if base.isascii() and base.isdigit() and len(base) < 10 else 0
    try:
        if posted.get("viec") == "duyet":
            ws.accept(obligation, by=me(), base=number)
            words = _("Accepted the report of {unit}. Reports still waiting: {count}.")
        else:
            day = posted.get("ngay", "").strip()
            try:
                resend = read_date(day, today=ws.today) if day else None
            except InputError as wrong:
                return _page(sheet, posted.to_dict(), date_wrong=told(wrong)), 422
            ws.return_(
                obligation,
                by=me(),
                remarks=remarks(posted, [row.key for row in sheet.rows]),
                resend_by=resend,
                base=number,
            )
            words = _(
                "Returned the report of {unit} for correction. Reports still waiting: {count}."
            )
    except Conflict:
        flash(_("This report has changed meanwhile. Look at it once more."), "canh-bao")
        return redirect(url_for("review.report", submission=submission), 303)
    except InputError as wrong:
        return _page(sheet, posted.to_dict(), wrong=told(wrong)), 422
    except NqError as wrong:
        flash(told(wrong), "canh-bao")
        return redirect(url_for("submissions.show", submission=submission), 303)
    waiting = ws.queue(me())
    flash(words.format(unit=unit_name(obligation.unit), count=len(waiting)))
    if waiting and posted.get("viec") == "duyet":
        return redirect(url_for("review.report", submission=waiting[0].submission), 303)
    return redirect(url_for("review.queue"), 303)
