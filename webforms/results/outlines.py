"""*Đề cương*: the outlines of reports: those of the office read out of a file, changed, removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from nqcore.collection.accounts.access import Action
from nqcore.collection.own_outlines import OwnOutline
from nqcore.errors import N_, InputError, Phrase, UnknownName
from nqcore.files.incoming import DOCX, FileRefused, check
from nqcore.model.outlines import CONTENT_WORDS, Outline
from nqcore.model.periods import EVERY
from nqcore.text.printable import printable
from webforms.results.outline_form import (
    CHOICES,
    KEPT,
    LEVELS,
    OUTLINE_PERIODS,
    OutlineForm,
    form_of,
    outline_of_form,
    posted_outline_form,
)
from webforms.results.papers import EXTENSION as HELD
from webforms.security.page_rules import OFFICE, Answer, KeptWords, page
from webforms.shared.context import me, workspace
from webforms.shared.filters import message
from webforms.shared.held_files import HeldFiles
from webforms.shared.language import _
from webforms.shared.posted import this_request
from webforms.shared.sent_files import sent_name

pages = Blueprint("outlines", __name__)

MAX_FILE = 20_000_000


@pages.get("/de-cuong")
@page(Action.DECIDE, OFFICE)
def listing() -> str:
    """All outlines that a report can have, with who brought each; a form to send a file."""
    return _list()


def _list(wrong: str = "") -> str:
    ws = workspace()
    own = _own()
    return render_template(
        "outlines.html",
        wrong=wrong,
        outlines=[(one, _owner(one, own), own.get(one.id)) for one in ws.reviews.outlines()],
        every=EVERY,
    )


def _own() -> dict[str, OwnOutline]:
    """Those that the office entered and that are in force, by id."""
    ws = workspace()
    in_file = {one.id for one in ws.settings.outlines}
    return {one.outline.id: one for one in ws.outlines.own() if one.outline.id not in in_file}


def _owner(outline: Outline, own: dict[str, OwnOutline]) -> str:
    if outline.id in own:
        return _("the office")
    owner = workspace().catalogue.owner("outline", outline.id)
    return "workspace.toml" if owner == "workspace" else owner


@pages.post("/de-cuong")
@page(Action.DECIDE, OFFICE, file_bytes=MAX_FILE)
def send() -> Answer:
    """Take the file of the higher level; its headings are a page of their own, which may have to wait."""
    sent = request.files.get("tep")
    if sent is None or not sent.filename:
        return _list(_("No file was chosen. Choose the Word file.")), 422
    name, data = sent_name(sent), sent.read(MAX_FILE + 1)
    try:
        check(name, data, (DOCX,))
    except FileRefused as wrong:
        return _list(message(wrong)), 422
    key = _held().keep(me().login, name, data)
    return redirect(url_for("outlines.preview", key=key), 303)


def _held() -> HeldFiles:
    found: HeldFiles = current_app.extensions[HELD]
    return found


@pages.get("/de-cuong/tep/<key>")
@page(Action.DECIDE, OFFICE, heavy=True)
def preview(key: str) -> Answer:
    """The headings of the file that was sent, to look over and save."""
    held = _held().find(me().login, key)
    if held is None:
        return _list(_("The file is no longer kept here. Choose it again.")), 404
    try:
        draft = workspace().outlines.read(held.data, name=held.name)
    except InputError as wrong:
        return _list(message(wrong)), 422
    left_out = [(printable(one.text), one.why) for one in draft.left_out]
    return _form(form_of(draft.outline, 0), file=held.name, left_out=left_out)


@pages.get("/de-cuong/<id>")
@page(Action.DECIDE, OFFICE)
def show(id: str) -> str:
    """An outline, to be changed: that of a plugin becomes the office's own with that."""
    return _form(_stored(id) or abort(404))


def _stored(id: str) -> OutlineForm | None:
    outline = workspace().catalogue.outlines.get(id)
    if outline is None:
        return None
    own = _own().get(id)
    return form_of(outline, own.number if own is not None else 0)


def _form(
    form: OutlineForm,
    wrong: str = "",
    file: str = "",
    left_out: Sequence[tuple[str, Phrase]] = (),
) -> str:
    ws = workspace()
    return render_template(
        "outline.html",
        form=form,
        wrong=wrong,
        file=file,
        left_out=left_out,
        new=form.id not in ws.catalogue.outlines,
        in_file=any(one.id == form.id for one in ws.settings.outlines),
        own=form.id in _own(),
        directives=workspace().reviews.directives(),
        contents=[(one.value, CONTENT_WORDS[one]) for one in CHOICES],
        KEPT=KEPT,
        levels=LEVELS,
        kinds=[(one.value, EVERY[one]) for one in OUTLINE_PERIODS],
    )


def _again(notice: str, *, changed: bool) -> str:
    """The form as it was typed; where another user changed the outline, with the number of theirs."""
    form = posted_outline_form(this_request().form, workspace().catalogue.outlines)
    stored = _stored(form.id) if changed else None
    return _form(form if stored is None else replace(form, base=stored.base), notice)


WORDS = KeptWords(
    {
        "ten": N_("Name of the outline"),
        "muc.": N_("Heading"),
        "goi_y.": N_("Hint"),
        "tt.": N_("Order"),
    },
    _again,
)


@pages.post("/de-cuong/luu")
@page(Action.DECIDE, OFFICE, keeps=WORDS)
def save() -> Answer:
    """Save the form as an outline of the office."""
    ws = workspace()
    form = posted_outline_form(request.form, ws.catalogue.outlines)
    try:
        outline = outline_of_form(form, ws.catalogue.outlines, ws.directives)
        ws.outlines.save(outline, by=me(), base=form.base)
    except UnknownName:
        abort(400)
    except InputError as wrong:
        return _form(form, message(wrong)), 422
    flash(_("Saved."))
    return redirect(url_for("outlines.show", id=outline.id), 303)


@pages.post("/de-cuong/<id>/bo")
@page(Action.DECIDE, OFFICE)
def remove(id: str) -> Response:
    """Take an outline of the office back."""
    try:
        workspace().outlines.remove(id, by=me())
    except UnknownName:
        abort(404)
    flash(_("Removed. The reports have the outline that they had without it."))
    return redirect(url_for("outlines.listing"), 303)
