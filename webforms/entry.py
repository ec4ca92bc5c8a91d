"""Filling in a report: enter, save the draft, check, send."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response
from wtforms.form import BaseForm

from nqcore.accounts import Action
from nqcore.checking import Typed
from nqcore.comparing import Merged, merged
from nqcore.errors import Conflict, InputError, NqError
from nqcore.model.obligations import Obligation
from nqcore.sheets import Sheet, filled_with, in_unicode, last_values, zeros
from nqcore.submitting import RefusedSubmission
from webforms.context import me, person, report_or_404, takes_up_to, workspace
from webforms.fields import KEEP, entry_form, explanations, typed, whole
from webforms.language import _
from webforms.wording import box_id, clock_time, receiver, told

pages = Blueprint("entry", __name__)

LONG = 1_000_000
"""Bytes of a form with narratives. With everything filled in it has about 30,000."""
UNICODE = "unicode."
"""In front of a row's key: the button that converts its words."""

Answer = Response | str | tuple[str, int]


@pages.get("/bao-cao/<submission>/nhap")
def fill(submission: str) -> Answer:
    """The table to fill in."""
    obligation = report_or_404(submission, Action.ENTER)
    sheet = workspace().sheet(obligation)
    if not sheet.editable:
        return redirect(url_for("submissions.show", submission=submission), 303)
    return _page(sheet, entry_form(sheet), complain="loi" in request.args)


def _page(
    sheet: Sheet,
    form: BaseForm,
    *,
    complain: bool = False,
    notice: str = "",
    base: int | None = None,
) -> str:
    """The fill page; `complain` lists everything that stands in the way of sending."""
    return render_template(
        "fill.html",
        sheet=sheet,
        form=form,
        complain=complain and bool(sheet.blocking),
        notice=notice,
        base=sheet.base if base is None else base,
        files=len(workspace().evidence.of(sheet.obligation.submission)),
    )


@pages.post("/bao-cao/<submission>/nhap")
@takes_up_to(LONG)
def save(submission: str) -> Answer:
    """Save what was typed as a draft, then do what the button says."""
    return take_in(report_or_404(submission, Action.ENTER), request.form)


def take_in(obligation: Obligation, posted: MultiDict[str, str]) -> Answer:
    """Save the fields `posted` for that report and say where to go next."""
    ws = workspace()
    now = ws.sheet(obligation)
    here = url_for("entry.fill", submission=obligation.submission)
    if not now.editable:
        flash(_("Not saved: this report is no longer open for entry."), "canh-bao")
        return redirect(url_for("submissions.show", submission=obligation.submission), 303)
    whole(posted, now)
    form = entry_form(now, posted)
    given = typed(form, now)
    base = _number(posted.get("phien_ban"), now.base)
    if base != now.base:
        found = merged(ws.desk, obligation, given, base)
        if _chosen(found, posted):
            given = _keep(found, posted)
        elif found.clashes:
            return _conflict(now, form, found, base), 409
        else:
            given = dict(found.given)
        base = found.now
    doing = posted.get("viec", "luu")
    if doing in ("ghi0", "chep"):
        sheet = ws.sheet(obligation, given)
        values = zeros(sheet) if doing == "ghi0" else last_values(sheet)
        given = filled_with(sheet, given, values)
    elif doing.startswith(UNICODE):
        given = in_unicode(given, doing.removeprefix(UNICODE))
    reasons = explanations(form, now, posted)
    if not _same(now, ws.sheet(obligation, given), reasons):
        try:
            ws.save_draft(
                obligation.unit,
                obligation.form,
                obligation.period.code,
                given,
                by=me(),
                base=base,
                explanations=reasons,
            )
        except Conflict:
            # Somebody was faster by a moment: look at what they did.
            found = merged(ws.desk, ws.desk.find(obligation.submission), given, base)
            return _conflict(now, form, found, base), 409
    return _after(obligation, doing, here)


def _after(obligation: Obligation, doing: str, here: str) -> Response:
    if doing == "kiem_tra":
        if workspace().sheet(obligation.submission).blocking:
            return redirect(here + "?loi=1", 303)
        return redirect(url_for("entry.check", submission=obligation.submission), 303)
    if doing == "chep":
        flash(_("The last period's figures were copied into the empty boxes. Check each of them."))
    elif doing.startswith(UNICODE):
        flash(_("The passage was converted to Unicode. Read it once more."))
        return redirect(f"{here}#{box_id(doing.removeprefix(UNICODE))}", 303)
    elif doing == "ghi0":
        flash(_("0 was entered in the empty boxes."))
    else:
        flash(_("Draft saved {time}.").format(time=clock_time(workspace().clock())))
    return redirect(here, 303)


def _same(now: Sheet, then: Sheet, reasons: dict[str, str]) -> bool:
    """Whether nothing was changed, so that nothing needs to be saved."""
    if now.base == 0:
        return False
    old = {row.key: row.explanation for row in now.rows if row.explanation}
    return old == reasons and all(
        a.typed == b.typed and a.answer == b.answer
        for a, b in zip(now.rows, then.rows, strict=True)
    )


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else otherwise


# -- two people at once --------------------------------------------------------------------------


def _chosen(found: Merged, posted: MultiDict[str, str]) -> bool:
    """Whether every clash was decided on the page that showed them, and nothing moved since."""
    return (
        bool(found.clashes)
        and _number(posted.get("ban_kia"), 0) == found.now
        and all(KEEP + clash.row.key in posted for clash in found.clashes)
    )


def _keep(found: Merged, posted: MultiDict[str, str]) -> dict[str, Typed]:
    given = dict(found.given)
    for clash in found.clashes:
        if posted.get(KEEP + clash.row.key) == "kia":
            given.pop(clash.row.key, None)
            given.update(clash.theirs)
    return given


def _conflict(sheet: Sheet, form: BaseForm, found: Merged, base: int) -> str:
    return render_template(
        "conflict.html", sheet=sheet, form=form, found=found, who=person(found.who), base=base
    )


# -- a session that ended while typing -------------------------------------------------------------


def show_again(submission: str, notice: str) -> Answer:
    """The page with everything that was typed; nothing is saved yet."""
    obligation = report_or_404(submission, Action.ENTER)
    now = workspace().sheet(obligation)
    if not now.editable:
        return redirect(url_for("submissions.show", submission=submission), 303)
    form = entry_form(now, request.form)
    sheet = workspace().sheet(obligation, typed(form, now))
    base = _number(request.form.get("phien_ban"), now.base)
    return _page(sheet, form, notice=notice, base=base)


# -- check and send --------------------------------------------------------------------------------


@pages.get("/bao-cao/<submission>/kiem-tra")
def check(submission: str) -> Answer:
    """Everything once more before it is sent."""
    obligation = report_or_404(submission, Action.ENTER)
    sheet = workspace().sheet(obligation)
    if not sheet.editable:
        return redirect(url_for("submissions.show", submission=submission), 303)
    if sheet.blocking:
        return redirect(url_for("entry.fill", submission=submission, loi=1), 303)
    return render_template(
        "check.html",
        sheet=sheet,
        receiver=receiver(workspace(), obligation.unit),
        files=workspace().evidence.of(submission),
    )


@pages.post("/bao-cao/<submission>/kiem-tra")
def send(submission: str) -> Answer:
    """Send it."""
    obligation = report_or_404(submission, Action.ENTER)
    base = _number(request.form.get("phien_ban"), 0)
    try:
        workspace().send(obligation, by=me(), base=base)
    except RefusedSubmission:
        return redirect(url_for("entry.fill", submission=submission, loi=1), 303)
    except Conflict as wrong:
        flash(
            _("{who} changed this report meanwhile. Check it once more.").format(
                who=person(str(wrong.params["who"]))
            ),
            "canh-bao",
        )
        return redirect(url_for("entry.check", submission=submission), 303)
    except (NqError, InputError) as wrong:
        flash(told(wrong), "canh-bao")
        return redirect(url_for("submissions.show", submission=submission), 303)
    session["sent"] = submission
    return redirect(url_for("submissions.show", submission=submission), 303)
