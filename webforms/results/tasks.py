"""*Nhiệm vụ*: the responsible unit, the deadline, the progress with its evidence, and the form to note it."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from wtforms import Form, StringField, TextAreaField

from nqcore.collection.accounts.access import Action
from nqcore.errors import N_, UnknownName
from nqcore.model.handovers import Duty
from nqcore.model.targets import Task, TaskStatus
from webforms.security.page_rules import SIGNED_IN, Answer, KeptWords, PageScope, page
from webforms.shared.context import may, me, workspace
from webforms.shared.language import _
from webforms.shared.posted import this_request, whole_number

pages = Blueprint("tasks", __name__)

NEWEST = 20
"""So many notes are shown at first; a link shows all."""


class NoteForm(Form):
    """How far a task is; `so` is how many notes the page showed."""

    status = StringField()
    note = TextAreaField()
    so = StringField()


@pages.get("/nhiem-vu/<id>")
@page(SIGNED_IN)
def show(id: str) -> str:
    """One task. Its progress is shown to its unit and to the units above."""
    return _show(_task(id), NoteForm(), "")


def _task(id: str) -> Task:
    try:
        return workspace().monitoring.task(id)
    except UnknownName:
        abort(404)


def _show(task: Task, form: NoteForm, wrong: str) -> str:
    ws = workspace()
    sees = not task.responsible or may(Action.READ, task.responsible)
    standing = ws.monitoring.task_overview(task.id) if sees else None
    progress = standing.progress if standing else ()
    shown = progress if this_request().query.get("het") else progress[:NEWEST]
    return render_template(
        "task.html",
        task=task,
        standing=standing,
        shown=shown,
        directive=task.directive,
        owner=ws.catalogue.owner("task", task.id),
        answers=[ws.catalogue.rules[id] for id in task.answers if id in ws.catalogue.rules],
        files={
            one.submission: ws.submissions.attachments.of(one.submission)
            for one in shown
            if one.submission
        },
        notes=ws.monitoring.may_note(task, me()),
        form=form,
        wrong=wrong,
        statuses=tuple(TaskStatus),
        undecided=task.responsible in ws.units
        and not ws.catalogue.bearer(task.responsible, Duty.TASK, task.id, ws.today).decided,
    )


def _responsible(actions: tuple[Action, ...]) -> None:
    """403 unless the account may note how far the task in the address is."""
    task = _task(this_request().arguments["id"])
    if not workspace().monitoring.may_note(task, me()):
        abort(403)


TASK = PageScope("unit responsible for the task", _responsible)


def _again(notice: str, *, changed: bool) -> str:
    """The page with the note that was typed."""
    return _show(_task(this_request().arguments["id"]), NoteForm(this_request().form), notice)


@pages.post("/nhiem-vu/<id>")
@page((Action.ENTER, Action.DECIDE), TASK, keeps=KeptWords({"note": N_("In words")}, _again))
def note(id: str) -> Answer:
    """Say how far it is."""
    form = NoteForm(request.form)
    status, number = form.status.data or "", whole_number(form.so.data, 8)
    if number is None:
        abort(400)
    if status not in (*TaskStatus,):
        return _again(_("Choose how far the task is."), changed=False), 422
    workspace().monitoring.note_task(
        id, TaskStatus(status), form.note.data or "", by=me(), base=number
    )
    flash(_("Noted how far the task is."))
    return redirect(url_for("tasks.show", id=id), 303)
