"""*Quản trị › Kỳ và hạn*: the year's periods and deadlines, extensions, days off."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from wtforms import BooleanField, Form, StringField

from nqcore.collection.accounts.access import Action
from nqcore.collection.monitoring.timetable import DeadlineGroup
from nqcore.errors import N_, InputError
from nqcore.text.dates import read_date, write_date
from webforms.security.page_rules import OFFICE, Answer, KeptWords, page
from webforms.shared.context import forms, may, may_for_all_forms, me, workspace
from webforms.shared.filters import message, period_name, unit_name
from webforms.shared.language import _
from webforms.shared.posted import this_request

pages = Blueprint("calendar", __name__, url_prefix="/quan-tri/ky")

MOST = 400
"""With more units than these the user types a code: a longer list cannot be searched by eye."""
YEARS = range(1990, 2100)
"""The years that can be shown."""


class ExtensionForm(Form):
    """The unit, the report ("form|period"), the new deadline, the reason."""

    don_vi = StringField()
    bao_cao = StringField()
    den = StringField()
    ly_do = StringField()


class DayOffForm(Form):
    """A day off, or a working day, of this office only."""

    ngay = StringField()
    ten = StringField()
    lam = BooleanField()


@pages.get("")
@page(Action.MANAGE)
def listing() -> str:
    """The year."""
    return _page(ExtensionForm(), DayOffForm(), "")


def _page(extending: ExtensionForm, new_day: DayOffForm, wrong: str) -> str:
    ws = workspace()
    year = this_request().query.get("nam", type=int) or ws.today.year
    if year not in YEARS:
        abort(404)
    found = ws.monitoring.timetable(year, me().unit, forms=forms())
    return render_template(
        "calendar.html",
        found=found,
        year=year,
        wrong=wrong,
        extending=extending,
        new_day=new_day,
        due_words=_due_words,
        owing={
            u.code: u for f in found.forms for e in f.rows for d in e.deadlines for u in d.units
        },
        reports=[
            (f"{f.form.id}|{e.period.code}", f.form.title, e.period)
            for f in found.forms
            for e in f.rows
            if e.period.start <= ws.today
        ],
        most=MOST,
        locks=may(Action.MANAGE, ws.settings.root),
        whole=may_for_all_forms(Action.MANAGE, ws.settings.root),
        lock_of=ws.submissions.lock,
    )


def _due_words(dues: tuple[DeadlineGroup, ...]) -> list[tuple[date, str]]:
    """Each deadline, and the units that it is for where not all have the same."""
    if len(dues) == 1:
        return [(dues[0].day, "")]
    return [
        (
            due.day,
            ", ".join(u.name for u in due.units)
            if len(due.units) <= 3
            else _("{count} units").format(count=len(due.units)),
        )
        for due in dues
    ]


@pages.post("/khoa")
@page(Action.MANAGE)
def lock() -> Answer:
    """Close a form's period for entry, or open it again."""
    report, _bar, period = request.form.get("bao_cao", "").partition("|")
    ws, on = workspace(), request.form.get("viec") == "khoa"
    if report not in {form.id for form in forms()}:
        abort(400)
    ws.submissions.lock_period(report, period, on, by=me())
    found = ws.obligations.period(ws.catalogue.form(report), period)
    words = (
        _("{period} is closed: nothing more is entered.") if on else _("{period} is open again.")
    )
    flash(words.format(period=period_name(found)))
    return redirect(url_for("calendar.listing", nam=found.end.year), 303)


def _extending_again(notice: str, *, changed: bool) -> str:
    return _page(ExtensionForm(this_request().form), DayOffForm(), notice)


EXTENSION = KeptWords(
    {"don_vi": N_("Unit"), "den": N_("New deadline"), "ly_do": N_("Reason")}, _extending_again
)


@pages.post("/gia-han")
@page(Action.MANAGE, keeps=EXTENSION)
def extend() -> Answer:
    """More time for one report, with a reason."""
    form = ExtensionForm(request.form)
    ws = workspace()
    unit = (form.don_vi.data or "").strip()
    report, _bar, period = (form.bao_cao.data or "").partition("|")
    if report not in {form.id for form in forms()}:
        abort(400)
    if unit not in ws.units or not may(Action.MANAGE, unit):
        wrong_code = _("There is no unit of that code here. Check it under Units.")
        return _extending_again(wrong_code, changed=False), 422
    until = read_date(form.den.data or "", today=ws.today)
    found = ws.submissions.extend_deadline(
        unit, report, period, until, form.ly_do.data or "", by=me()
    )
    words = _("{unit} now has until {day}.")
    flash(words.format(unit=unit_name(found.unit), day=write_date(found.due)))
    return redirect(url_for("calendar.listing", nam=found.period.end.year), 303)


def _day_again(notice: str, *, changed: bool) -> str:
    return _page(ExtensionForm(), DayOffForm(this_request().form), notice)


@pages.post("/ngay-nghi")
@page(Action.MANAGE, OFFICE, keeps=KeptWords({"ngay": N_("Day"), "ten": N_("Name")}, _day_again))
def set_day() -> Answer:
    """A day off of the office, or one that is worked."""
    form = DayOffForm(request.form)
    ws = workspace()
    day = read_date(form.ngay.data or "", today=ws.today)
    ws.monitoring.set_day_off(day, form.ten.data or "", working=bool(form.lam.data), by=me())
    flash(_("{day} is entered; deadlines follow it.").format(day=write_date(day)))
    return redirect(url_for("calendar.listing", nam=day.year), 303)


@pages.post("/ngay-nghi/<day>/bo")
@page(Action.MANAGE, OFFICE)
def drop_day(day: str) -> Answer:
    """Take such a day back."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        abort(404)
    try:
        workspace().monitoring.drop_day_off(found, by=me())
    except InputError as wrong:
        return _page(ExtensionForm(), DayOffForm(), message(wrong)), 422
    flash(_("{day} is a usual day again.").format(day=write_date(found)))
    return redirect(url_for("calendar.listing", nam=found.year), 303)
