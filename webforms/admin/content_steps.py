"""*Quản trị › Nội dung*: a definition is filled in, looked at, made, ended on a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from flask import abort, flash, redirect, render_template, request, url_for

from nqcore.catalogue.item_kinds import Item, table_of
from nqcore.catalogue.owners import WORKSPACE
from nqcore.collection.accounts.access import Action
from nqcore.collection.content.changes import ContentPlan
from nqcore.errors import N_, InputError
from nqcore.text.dates import read_date
from webforms.admin.content import ENDING, owned_item
from webforms.admin.content import pages as pages
from webforms.admin.content_boxes import BoxType
from webforms.admin.content_choices import item_name
from webforms.admin.content_form import (
    ContentForm,
    form_of,
    new_form,
    planned,
    posted_form,
)
from webforms.admin.content_pasted import PASTE, with_pasted
from webforms.admin.content_preview import (
    form_title,
    made_words,
    mark,
    unit_names,
    users_of,
)
from webforms.admin.content_shapes import SHAPES, ContentShape
from webforms.security.page_rules import OFFICE, Answer, KeptWords, page
from webforms.shared.context import me, workspace
from webforms.shared.filters import message
from webforms.shared.language import _
from webforms.shared.posted import this_request

OF_THE_PAGE = ("csrf_token", "viec", "dau")
"""What the page itself sends along, beside what was typed."""
CHANGED = N_(
    "Something else changed meanwhile, so it would do other things than were shown. Look at it again."
)


def _shape() -> ContentShape:
    return SHAPES.get(this_request().arguments["shape"]) or abort(404)


def _own(shape: ContentShape, id: str) -> Item | None:
    """The office's own definition of that id, which the form changes; None for a new one."""
    if not id:
        return None
    one = owned_item(shape.kind, id)
    if one.owner != WORKSPACE or not shape.is_of(table_of(one.item)):
        abort(404)
    return one.item


@pages.get("/soan/<shape>")
@page(Action.MANAGE, OFFICE)
def ask(shape: str) -> str:
    """The boxes of a new definition, or of one of the office's own."""
    sort = _shape()
    item = _own(sort, request.args.get("ma", ""))
    if item is not None:
        return _form(form_of(sort, item))
    keys = {box.key for box in sort.boxes}
    return _form(new_form(sort, {k: v for k, v in request.args.items() if k in keys}))


def _form(form: ContentForm, notice: str = "") -> str:
    return render_template(
        "content_form.html",
        form=form,
        shape=form.shape,
        wrong=notice,
        errors=form.errors,
        item=form.before,
        name=item_name(form.before) if form.before else "",
        pasted=this_request().form.get(PASTE, ""),
        types=BoxType,
        many=any(form.errors.values()),
    )


def _posted() -> ContentForm:
    shape, posted = _shape(), this_request().form
    return posted_form(shape, posted, _own(shape, posted.get("ma", "")))


def _again(notice: str, *, changed: bool) -> str:
    """The boxes with what was typed in them."""
    return _form(_posted(), notice)


LABELS: dict[str, str | None] = {box.key: box.label for one in SHAPES.values() for box in one.boxes}
WORDS = KeptWords({**LABELS, PASTE: N_("The title as it stands on the paper")}, _again)


@pages.post("/soan/<shape>")
@page(Action.MANAGE, OFFICE, keeps=WORDS)
def make(shape: str) -> Answer:
    """What the definition would do; with “ghi” it is made, if that is still what was shown."""
    form, doing = _posted(), request.form.get("viec")
    if doing == "doc":
        form = with_pasted(form, request.form.get(PASTE, ""))
        return (_form(form), 422) if form.errors else _form(form)
    if doing == "sua":
        return _form(form)
    plan = planned(form)
    if plan is None:
        return _form(form), 422
    if not plan.items:
        return _form(form, _("It is there already as it stands here. Change something first.")), 422
    if doing != "ghi":
        return _preview(form, plan)
    if request.form.get("dau") != mark(plan):
        return _preview(form, plan, _(CHANGED)), 422
    return _apply(plan, lambda wrong: _form(form, wrong))


def _apply(plan: ContentPlan, otherwise: Callable[[str], str]) -> Answer:
    try:
        workspace().content.apply(plan, by=me())
    except InputError as wrong:
        return otherwise(message(wrong)), 422
    words = _("Made: {what} It can be taken back as long as nothing uses it.")
    flash(words.format(what=f"{made_words(tuple(one.item for one in plan.items))}."))
    return redirect(url_for("content.listing"), 303)


def _preview(form: ContentForm, plan: ContentPlan, notice: str = "") -> str:
    return _plan_page(
        plan,
        notice,
        heading=_(form.shape.words),
        action=url_for("content.make", shape=form.shape.slug),
        says=[(box.label, form.words(box)) for box in form.shown],
        identity=item_name(form.before) if form.before else "",
    )


def _plan_page(plan: ContentPlan, notice: str, **page: object) -> str:
    typed = [
        (name, value)
        for name, value in this_request().form.items(multi=True)
        if name not in OF_THE_PAGE
    ]
    return render_template(
        "content_preview.html",
        plan=plan,
        notice=notice,
        typed=typed,
        mark=mark(plan),
        users=users_of(plan),
        unit_names=unit_names,
        form_title=form_title,
        **page,
    )


# -- ending ----------------------------------------------------------------------------------------


class Ending(NamedTuple):
    """What is to end."""

    kind: str
    id: str
    name: str


def _ending() -> Ending:
    """One of the office's own, or a question of any form: that is left out for the whole office."""
    kind, id = this_request().arguments["kind"], this_request().values.get("ma", "")
    if kind not in ENDING:
        abort(404)
    form = workspace().catalogue.forms.get(id.partition("/")[0])
    if kind == "question" and form is not None:
        for field in form.fields:
            if id == f"{form.id}/{field.key}":
                name = field.title(workspace().catalogue)
                return Ending(kind, id, f"{field.key}. {name}")
    one = owned_item(kind, id)
    if one.owner != WORKSPACE:
        abort(404)
    return Ending(kind, id, item_name(one.item))


@pages.get("/ket-thuc/<kind>")
@page(Action.MANAGE, OFFICE)
def ask_end(kind: str) -> str:
    """From which day on, and by which document, it is no longer asked."""
    return _end_form(_ending())


def _end_form(item: Ending, notice: str = "", errors: dict[str, str] | None = None) -> str:
    typed = this_request().form
    return render_template(
        "content_end.html",
        item=item,
        name=item.name,
        wrong=notice,
        errors=errors or {},
        day=typed.get("until", ""),
        basis=typed.get("basis", ""),
    )


def _end_again(notice: str, *, changed: bool) -> str:
    return _end_form(_ending(), notice)


END_WORDS = KeptWords(
    {"until": N_("The first day without it"), "basis": N_("Ordered by")}, _end_again
)


@pages.post("/ket-thuc/<kind>")
@page(Action.MANAGE, OFFICE, keeps=END_WORDS)
def end(kind: str) -> Answer:
    """What ending it would do; with “ghi” it ends."""
    item, doing = _ending(), request.form.get("viec")
    if doing == "sua":
        return _end_form(item)
    day, errors = _day(), dict[str, str]()
    if isinstance(day, str):
        errors["until"] = day
    if not request.form.get("basis", "").strip():
        errors["basis"] = _("Write the document that orders it: its number, date and body.")
    if isinstance(day, str) or errors:
        return _end_form(item, errors=errors), 422
    plan = workspace().content.plan_end(kind, item.id, day, request.form["basis"].strip())
    if plan.mistakes:
        return _end_form(item, " ".join(message(one) for one in plan.mistakes)), 422
    if doing != "ghi":
        return _end_preview(item, plan)
    if request.form.get("dau") != mark(plan):
        return _end_preview(item, plan, _(CHANGED)), 422
    return _apply(plan, lambda wrong: _end_form(item, wrong))


def _day() -> date | str:
    """The day that was typed, or what is wrong with it."""
    try:
        return read_date(request.form.get("until", ""), today=workspace().today)
    except InputError as wrong:
        return message(wrong)


def _end_preview(item: Ending, plan: ContentPlan, notice: str = "") -> str:
    typed = this_request().form
    return _plan_page(
        plan,
        notice,
        heading=_("Ends"),
        action=url_for("content.end", kind=item.kind),
        says=[
            (N_("The first day without it"), typed.get("until", "")),
            (N_("Ordered by"), typed.get("basis", "")),
        ],
        identity=item.name,
    )
