"""*Quản trị › Đơn vị*, units added from a list that is pasted or sent as a file, after a preview."""

from __future__ import annotations

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from wtforms import Form, StringField, TextAreaField

from nqcore.collection.accounts.access import Action
from nqcore.errors import N_, DuplicateId, InputError
from nqcore.model.units import BrokenTree
from nqcore.text.dates import read_date
from nqcore.workspace.unit_list import NoUnitsListed, UnitList
from webforms.admin.units import pages as pages
from webforms.security.page_rules import ALL_FORMS, Answer, KeptWords, page
from webforms.shared.context import may_for_all_forms, me, workspace
from webforms.shared.filters import message
from webforms.shared.language import _
from webforms.shared.posted import this_request
from webforms.shared.sent_files import sent_name

MAX_FILE = 5_000_000
MOST = 400
"""With more units than these the user types the code of the unit above."""


class NoSuchUnit(InputError):
    """The unit above does not exist, or is another administrator's."""

    code = "no-such-unit"
    template = N_("There is no unit of that code here. Check it under Units.")


class ListForm(Form):
    """The list, the unit above those that name none, from when they exist and by which document."""

    danh_sach = TextAreaField()
    duoi = StringField()
    ngay = StringField()
    can_cu = StringField()


@pages.get("/danh-sach")
@page(Action.MANAGE, ALL_FORMS)
def choose_list() -> str:
    """Paste the list, or choose its file."""
    under = request.args.get("duoi", me().unit)
    return _page(ListForm(data={"duoi": under}), "")


def _page(form: ListForm, wrong: str, plan: UnitList | None = None) -> str:
    ws = workspace()
    tree = ws.obligations.tree(ws.today)
    return render_template(
        "unit_list.html",
        form=form,
        wrong=wrong,
        plan=plan,
        parents=[u for u in tree.values() if may_for_all_forms(Action.MANAGE, u.code)],
        most=MOST,
        kinds=ws.catalogue.unit_kinds.values(),
        known=ws.units,
    )


def _again(notice: str, *, changed: bool) -> str:
    return _page(ListForm(this_request().form), notice)


WORDS = KeptWords(
    {"danh_sach": N_("List"), "ngay": N_("In force from"), "can_cu": N_("Ordered by")}, _again
)


@pages.post("/danh-sach/tep")
@page(Action.MANAGE, ALL_FORMS, file_bytes=MAX_FILE)
def read_file() -> Answer:
    """The rows of a file become the list in the box, with the preview."""
    sent, form = request.files.get("tep"), ListForm(data={"duoi": request.form.get("duoi", "")})
    try:
        if sent is None or not sent.filename:
            raise NoUnitsListed
        text = workspace().organisation.list_text(sent_name(sent), sent.read())
        form = ListForm(data={**form.data, "danh_sach": text})
        return _page(form, "", _plan(form))
    except InputError as wrong:
        return _page(form, message(wrong)), 422


@pages.post("/danh-sach")
@page(Action.MANAGE, ALL_FORMS, keeps=WORDS)
def read_list() -> Answer:
    """What the list would add; with “them” the units are written."""
    form = ListForm(request.form)
    try:
        plan = _plan(form)
        if request.form.get("viec") != "them":
            return _page(form, "", plan)
        workspace().organisation.add_list(plan, by=me())
    except (BrokenTree, DuplicateId) as wrong:
        return _page(form, message(wrong)), 422
    flash(_("Units added: {count}.").format(count=len(plan.units)))
    return redirect(url_for("units.listing"), 303)


def _plan(form: ListForm) -> UnitList:
    return workspace().organisation.plan_units(
        form.danh_sach.data or "",
        under=_under(form),
        opened=_day(form),
        basis=form.can_cu.data or "",
    )


def _under(form: ListForm) -> str:
    code = (form.duoi.data or "").strip()
    if code not in workspace().units or not may_for_all_forms(Action.MANAGE, code):
        raise NoSuchUnit
    return code


def _day(form: ListForm) -> date | None:
    text = (form.ngay.data or "").strip()
    return read_date(text, today=workspace().today) if text else None
