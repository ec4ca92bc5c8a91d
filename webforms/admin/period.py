"""*Quản trị › Kỳ và hạn*, one period of a form: who still owes, another deadline for all units, more time for
some, and closing it."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import Form, SelectMultipleField, StringField

from nqcore.collection.accounts.access import Action
from nqcore.errors import N_, InputError, UnknownName
from nqcore.model.obligations import Obligation
from nqcore.model.periods import Period
from nqcore.model.submissions import CORRECTING
from nqcore.text.dates import read_date, write_date
from webforms.admin.timetable import pages as pages
from webforms.security.page_rules import Answer, KeptWords, page
from webforms.shared.context import forms, may, me, workspace
from webforms.shared.filters import period_name
from webforms.shared.language import _
from webforms.shared.posted import this_request


class PeriodForm(Form):
    """The new deadline with its document; more time for the units that are ticked, with the reason."""

    den = StringField()
    can_cu = StringField()
    don_vi = SelectMultipleField(validate_choice=False, choices=[])
    gia_han = StringField()
    ly_do = StringField()


def _period() -> Period:
    """The period in the address; 404 for a form that the account does not work with, or none of its
    periods."""
    form, code = (this_request().arguments[name] for name in ("form", "period"))
    if form not in {one.id for one in forms()}:
        abort(404)
    ws = workspace()
    try:
        found = ws.obligations.own_period(ws.catalogue.form(form), code)
    except (InputError, UnknownName):
        abort(404)
    if found.code != code:
        abort(404)
    return found


@pages.get("/<form>/<period>")
@page(Action.MANAGE)
def period(form: str, period: str) -> str:
    """The period: its reports, its deadline, its lock."""
    found = _period()
    chosen = request.args.get("chon") == "no"
    owing = [one.unit for one in _reports(found) if not _sent_once(one)] if chosen else []
    return _page(found, PeriodForm(data={"don_vi": owing}), "")


def _reports(found: Period) -> tuple[Obligation, ...]:
    """Its reports by the units that the account administers."""
    form = this_request().arguments["form"]
    return workspace().monitoring.due_reports(form, found.code, me().unit)


def _sent_once(report: Obligation) -> bool:
    """Whether it was sent, and is at most with its unit for correction."""
    return report.sent or report.state in CORRECTING


def _page(found: Period, form: PeriodForm, wrong: str) -> str:
    ws, id = workspace(), this_request().arguments["form"]
    reports = _reports(found)
    return render_template(
        "period.html",
        asked=ws.catalogue.form(id),
        period=found,
        form=form,
        wrong=wrong,
        reports=reports,
        sent=sum(one.sent for one in reports),
        owing=[one for one in reports if one.owing and not _sent_once(one)],
        returned=[one for one in reports if one.state in CORRECTING],
        closed=[one for one in reports if one.closed],
        old=sum(not one.awaited and not one.sent for one in reports),
        moved=ws.submissions.moved_deadline(id, found.code),
        lock=ws.submissions.lock(id, found.code),
        whole=may(Action.MANAGE, ws.settings.root),
    )


def _again(notice: str, *, changed: bool) -> str:
    return _page(_period(), PeriodForm(this_request().form), notice)


WORDS = KeptWords(
    {
        "den": N_("New deadline"),
        "can_cu": N_("Ordered by"),
        "gia_han": N_("New deadline"),
        "ly_do": N_("Reason"),
    },
    _again,
)


def _done(found: Period) -> Response:
    form = this_request().arguments["form"]
    return redirect(url_for("calendar.period", form=form, period=found.code), 303)


@pages.post("/<form>/<period>/doi-han")
@page(Action.MANAGE, keeps=WORDS)
def move(form: str, period: str) -> Answer:
    """Another deadline for all units, or the one of the rule again."""
    found, ws, posted = _period(), workspace(), PeriodForm(request.form)
    if request.form.get("viec") == "bo":
        ws.submissions.reset_deadline(form, found.code, by=me())
        flash(_("{period}: the deadline of the form holds again.").format(period=_name(found)))
        return _done(found)
    until = read_date(posted.den.data or "", today=ws.today)
    ws.submissions.move_deadline(form, found.code, until, posted.can_cu.data or "", by=me())
    words = _("{period}: everybody has until {day} now.")
    flash(words.format(period=_name(found), day=write_date(until)))
    return _done(found)


def _name(found: Period) -> str:
    return period_name(found)


@pages.post("/<form>/<period>/gia-han")
@page(Action.MANAGE, keeps=WORDS)
def extend_several(form: str, period: str) -> Answer:
    """More time for the units that are ticked."""
    found, ws, posted = _period(), workspace(), PeriodForm(request.form)
    known = {one.unit for one in _reports(found)}
    chosen = [code for code in posted.don_vi.data or [] if code in known]
    until = read_date(posted.gia_han.data or "", today=ws.today)
    ws.submissions.extend_deadlines(
        chosen, form, found.code, until, posted.ly_do.data or "", by=me()
    )
    words = _("{count} units now have until {day}.")
    flash(words.format(count=len(chosen), day=write_date(until)))
    return _done(found)
