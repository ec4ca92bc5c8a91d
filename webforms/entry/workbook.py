"""The form as an Excel file: the template to download, and the way back in with a preview."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from nqcore.collection.accounts.access import Action
from nqcore.collection.entry.entry_sheet import EntrySheet
from nqcore.collection.entry.workbook import Upload, WrongTemplate, moved_texts
from nqcore.errors import InputError
from nqcore.model.obligations import Obligation
from webforms.entry.attachments import attachment
from webforms.entry.fields import BEHALF
from webforms.entry.fill import behalf_reason
from webforms.security.page_rules import REPORT, Answer, page, this_report
from webforms.shared.context import me, workspace
from webforms.shared.filters import (
    directive_name,
    message,
    period_name,
    period_of,
    unit_name,
)
from webforms.shared.language import _
from webforms.shared.sent_files import sent_name

pages = Blueprint("excel", __name__)

MAX_FILE = 10_000_000
MAX_MOVED = 500_000
"""Bytes of the texts that go from a wrong template into the right one."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CELL = "o."
"""In front of a code: a text to put into its cell."""
BESIDE = "g."
"""In front of a code: the words to put beside it."""


@pages.get("/bao-cao/<submission>/excel")
@page(Action.READ, REPORT)
def download(submission: str) -> Response:
    """The template, with what is entered so far."""
    return _file(workspace().entry.sheet(this_report()))


def _file(
    sheet: EntrySheet,
    typed: Mapping[str, str] | None = None,
    explained: Mapping[str, str] | None = None,
) -> Response:
    data = workspace().entry.workbook(
        sheet,
        _,
        directive=directive_name(sheet.form.directive),
        typed=typed,
        explained=explained,
    )
    return attachment(data, f"bao-cao_{sheet.obligation.submission}.xlsx", XLSX)


@pages.post("/bao-cao/<submission>/excel")
@page(Action.ENTER, REPORT, form_bytes=MAX_MOVED)
def move(submission: str) -> Response:
    """*Chuyển số sang mẫu mới*: the right template with the texts of another one."""
    sheet = workspace().entry.sheet(this_report())
    return _file(sheet, _posted(CELL), _posted(BESIDE))


def _posted(front: str) -> dict[str, str]:
    return {
        name.removeprefix(front): text
        for name, text in request.form.items()
        if name.startswith(front)
    }


@pages.get("/bao-cao/<submission>/nap-excel")
@page(Action.ENTER, REPORT)
def choose(submission: str) -> Answer:
    """Choose the file."""
    obligation = this_report()
    sheet = workspace().entry.sheet(obligation)
    return _closed(obligation) if not sheet.editable else _page(sheet)


def _closed(obligation: Obligation) -> Response:
    lock = workspace().entry.sheet(obligation).lock
    words = _("Not saved: this report is no longer open for entry.")
    if lock is None:  # the page of the report says itself that the period is closed
        flash(words, "canh-bao")
    return redirect(url_for("submissions.show", submission=obligation.submission), 303)


def _page(sheet: EntrySheet, wrong: str = "", moving: Upload | None = None) -> str:
    """The page to choose a file at; `moving`: what a file of another period or version holds."""
    moved = {}
    if moving is not None:
        moved = {CELL + code: text for code, text in moved_texts(moving)}
        moved |= {BESIDE + code: text for code, text in moving.explanations.items()}
    return render_template(
        "upload.html",
        sheet=sheet,
        wrong=wrong,
        moved=moved,
        notes=moving.notes if moving is not None else (),
    )


@pages.post("/bao-cao/<submission>/nap-excel")
@page(Action.ENTER, REPORT, file_bytes=MAX_FILE)
def look(submission: str) -> Answer:
    """What the file would change. Nothing is saved yet: the page that is shown does that, through the
    form's own address."""
    obligation = this_report()
    ws = workspace()
    sheet = ws.entry.sheet(obligation)
    if not sheet.editable:
        return _closed(obligation)
    sent = request.files.get("tep")
    if sent is None or not sent.filename:
        return _page(sheet, _("No file was chosen. Choose the filled-in template.")), 422
    try:
        book = ws.entry.read_workbook(sent_name(sent), sent.read(MAX_FILE + 1))
        filled = ws.entry.check_workbook(book, sheet, period=_period, unit=unit_name, form=_form)
    except WrongTemplate as wrong:
        moving = ws.entry.upload(book.templates[0], sheet, _) if wrong.movable else None
        return _page(sheet, message(wrong), moving), 422
    except InputError as wrong:
        return _page(sheet, message(wrong)), 422
    return render_template(
        "upload_preview.html",
        sheet=sheet,
        found=ws.entry.preview_upload(sheet, ws.entry.upload(filled, sheet, _)),
        behalf=not workspace().submissions.acts_for(me(), obligation.unit),
        reason=behalf_reason(obligation),
        BEHALF=BEHALF,
    )


def _period(code: str) -> str:
    try:
        return period_name(period_of(code))
    except InputError:
        return code


def _form(id: str) -> str:
    form = workspace().catalogue.forms.get(id)
    return form.title if form is not None else id
