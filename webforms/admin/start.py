"""*Quản trị › Bắt đầu*: the way of a new office from its list of units to the first report."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from wtforms import Form, StringField

from nqcore.collection.accounts.access import Action
from nqcore.errors import N_, InputError
from nqcore.model.reports import Letterhead
from nqcore.text.dates import read_date, write_date
from nqcore.text.names import check_name
from webforms.security.page_rules import OFFICE, Answer, KeptWords, page
from webforms.shared.context import forms, me, workspace
from webforms.shared.language import _
from webforms.shared.posted import this_request

pages = Blueprint("start", __name__, url_prefix="/quan-tri/bat-dau")


class HeadForm(Form):
    """What a new office says of its letterhead; the rest follows from its name and kind."""

    superior = StringField()
    body = StringField()
    place = StringField()
    post = StringField()
    signer = StringField()


class BeginForm(Form):
    """From when the office collects. `bo_no`: the day that was confirmed, although reports that are past due
    are asked no more with it."""

    tu_ngay = StringField()
    bo_no = StringField()


class HeadIncomplete(InputError):
    """The letterhead lacks its body, its place or the post of who signs."""

    code = "letterhead-incomplete"
    template = N_("Write the body, the place and the post of who signs.")


def is_new() -> bool:
    """Whether no report has been begun, and there is no other account."""
    ws = workspace()
    return len(ws.accounts.all()) <= 1 and not ws.monitoring.first_steps(forms=()).begun


@pages.get("")
@page(Action.MANAGE, OFFICE)
def show() -> str:
    """What is there, what comes next."""
    head = workspace().reviews.letterhead()
    return _page(HeadForm(obj=head), "")


def _page(
    form: HeadForm, wrong: str, begin: BeginForm | None = None, late: str = "", dropped: int = 0
) -> str:
    """`late`: what is wrong with the day from which the office collects. `dropped`: so many reports that are
    past due would be asked no more with the day that was typed."""
    ws = workspace()
    steps = ws.monitoring.first_steps(forms=forms())
    day = write_date(steps.since) if steps.since else ""
    return render_template(
        "start.html",
        steps=steps,
        begin=begin or BeginForm(data={"tu_ngay": day}),
        wrong_day=late,
        dropped=dropped,
        without=ws.administration.without_account(by=me(), on=ws.today),
        accounts=len(ws.accounts.all()),
        head=ws.reviews.letterhead(),
        form=form,
        wrong=wrong,
    )


def _again(notice: str, *, changed: bool) -> str:
    return _page(HeadForm(this_request().form), notice)


def _begin_again(notice: str, *, changed: bool) -> str:
    head = HeadForm(obj=workspace().reviews.letterhead())
    return _page(head, "", BeginForm(this_request().form), notice)


@pages.post("/tu-ngay")
@page(
    Action.MANAGE,
    OFFICE,
    keeps=KeptWords({"tu_ngay": N_("First day of the first period")}, _begin_again),
)
def set_begin() -> Answer:
    """The day from which reports are owed; asks before reports that are past due are asked no more."""
    ws, form = workspace(), BeginForm(request.form)
    day = read_date(form.tu_ngay.data or "", today=ws.today)
    debts = ws.monitoring.debts(forms=forms())
    dropped = sum(report.period.end < day for one in debts for report in one.reports)
    if dropped and form.bo_no.data != write_date(day):
        form.tu_ngay.data = write_date(day)
        return _page(HeadForm(obj=ws.reviews.letterhead()), "", form, dropped=dropped)
    ws.monitoring.begin_on(day, by=me())
    flash(_("Reports are owed from {day} on.").format(day=write_date(day)))
    return redirect(url_for("start.show", _anchor="tu-ngay"), 303)


WORDS = {
    "superior": N_("Body above"),
    "body": N_("Body"),
    "place": N_("Place of issue"),
    "post": N_("Post of who signs"),
    "signer": N_("Name of who signs"),
}


@pages.post("/the-thuc")
@page(Action.MANAGE, OFFICE, keeps=KeptWords(WORDS, _again))
def set_letterhead() -> Answer:
    """The letterhead of the office's own reviews."""
    content = workspace().content
    content.apply(content.plan_letterhead(_head(HeadForm(request.form))), by=me())
    flash(_("The letterhead holds from the next report that is written."))
    return redirect(url_for("start.show", _anchor="the-thuc"), 303)


def _head(form: HeadForm) -> Letterhead:
    """The letterhead in force with what was typed. Raises HeadIncomplete, HiddenInName, MisreadText."""
    typed = {name: (form[name].data or "").strip() for name in WORDS}
    if not (typed["body"] and typed["place"] and typed["post"]):
        raise HeadIncomplete
    for words in typed.values():
        check_name(words)
    ws = workspace()
    return replace(
        ws.reviews.letterhead(),
        unit=ws.root.code,
        superior=typed["superior"],
        body=typed["body"],
        place=typed["place"],
        post=typed["post"],
        signer=typed["signer"],
    )
