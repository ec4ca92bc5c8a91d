"""Filling in a report: the page, and saving what was posted as a draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms.form import BaseForm

from nqcore.collection.accounts.access import Action
from nqcore.collection.entry.entry_sheet import EXPLANATION, EntryRow, EntrySheet
from nqcore.collection.entry.merge import MergedDraft
from nqcore.collection.submissions.period_locks import PeriodLocked
from nqcore.collection.submissions.step_rules import BehalfReasonMissing
from nqcore.collection.validation.texts import TextRefused
from nqcore.errors import N_, Conflict, NqError, StateError
from nqcore.model.fields import Typed
from nqcore.model.obligations import Obligation
from nqcore.model.submissions import Step, action_words, state_words
from webforms.entry.fields import (
    BEHALF,
    FRAME,
    KEEP,
    entry_form,
    explanations,
    typed,
)
from webforms.entry.live_feedback import live_feedback, refused
from webforms.entry.posted_form import (
    FILLING,
    Button,
    PostedForm,
    decided,
    last_filled,
    other_draft,
    press_button,
    pressed,
    read_post,
    remember_filled,
    revision_number,
    take_over,
    with_stored,
)
from webforms.security.page_rules import LONG, REPORT, Answer, KeptWords, page, this_report
from webforms.shared.context import me, person, workspace
from webforms.shared.filters import box_id, clock_time, message, period_name, words
from webforms.shared.language import _
from webforms.shared.posted import this_request

pages = Blueprint("entry", __name__)

TRIES = 20
"""So often a form is put together with what other users save in the same moment."""


@pages.get("/bao-cao/<submission>/nhap")
@page(Action.ENTER, REPORT)
def fill(submission: str) -> Answer:
    """The table to fill in."""
    obligation = this_report()
    sheet = workspace().entry.sheet(obligation)
    if not sheet.editable:
        return redirect(url_for("submissions.show", submission=submission), 303)
    return _page(sheet, entry_form(sheet), complain="loi" in request.args)


def _page(
    sheet: EntrySheet,
    form: BaseForm,
    *,
    complain: bool = False,
    notice: str = "",
    base: int | None = None,
    reason: str = "",
    reason_wrong: str = "",
) -> str:
    """The fill page; `complain` lists everything that prevents sending."""
    ws, obligation = workspace(), sheet.obligation
    return render_template(
        "fill.html",
        sheet=sheet,
        form=form,
        complain=complain and bool(sheet.blocking),
        notice=notice,
        base=sheet.base if base is None else base,
        files=len(ws.submissions.attachments.of(obligation.submission)),
        correction=ws.entry.correction(sheet, _),
        behalf=not workspace().submissions.acts_for(me(), obligation.unit),
        reason=reason or behalf_reason(obligation),
        reason_wrong=reason_wrong,
        undo=_undo_words(sheet),
    )


def behalf_reason(obligation: Obligation) -> str:
    """The reason that is stored already for entering on the unit's behalf."""
    revision = obligation.revision
    return revision.reason if revision is not None and revision.on_behalf else ""


def _undo_words(sheet: EntrySheet) -> str:
    """What the last button has filled in, as long as nothing was saved since; "" if nothing."""
    found = last_filled(sheet)
    return _filled_words(*found) if found else ""


def _filled_words(button: Button, count: int) -> str:
    words = (
        _("0 was entered in {count} boxes.")
        if button is Button.ZEROS
        else _(
            "The last period's figures were copied into {count} boxes. Check those marked “copied”."
        )
    )
    return words.format(count=count)


def _again(notice: str, *, changed: bool) -> Answer:
    """The page with everything that was typed, still on top of the revision that it showed: what another
    user has saved since is put together with it when it is saved. No page for a report that is closed."""
    obligation = this_report()
    stored = workspace().entry.sheet(obligation, checks=False)
    if not stored.editable:
        return redirect(url_for("submissions.show", submission=obligation.submission), 303)
    form = entry_form(stored, this_request().form)
    sheet = workspace().entry.sheet(obligation, typed(form, stored))
    base, reason = (
        revision_number(this_request().form, stored.base),
        this_request().form.get(BEHALF, ""),
    )
    return _page(sheet, form, notice=notice, base=base, reason=reason)


def _typed() -> Iterator[tuple[str, str]]:
    """What was typed and is not stored, to be copied."""
    stored = workspace().entry.sheet(this_report(), checks=False)
    form, posted = entry_form(stored, this_request().form), this_request().form
    given, reasons = typed(form, stored), explanations(form, stored, posted)
    for row in stored.rows:
        texts = {name: given.get(name, "") for name in row.typed}
        if any(text and _same(text) != row.given[name] for name, text in texts.items()):
            shown = (line for name, text in texts.items() for line in _lines(row, name, text))
            yield f"{row.key}. {row.title}", "\n".join(shown)
        if (words := reasons.get(row.key, "")) and words != row.explanation:
            yield f"{_('Explanation')} {row.key}", words
    if words := posted.get(BEHALF, "").strip():
        yield _("Entered on behalf of the unit: why"), words


def _same(text: Typed) -> Typed:
    return tuple(text) if isinstance(text, list) else text


def _lines(row: EntryRow, name: str, text: Typed) -> Iterator[str]:
    """What was typed, as the page shows it: of ticks the options' words, one a line."""
    if not isinstance(text, list | tuple):
        yield str(text)
        return
    options = next((box.options for box in row.field.boxes if box.name == name), ())
    words = {option.code: option.text for option in options}
    yield from (words.get(code, code) for code in text)


LABELS: Mapping[str, str | None] = {
    **dict.fromkeys(FRAME),
    BEHALF: N_("Entered on behalf of the unit: why"),
    EXPLANATION: N_("Explanation"),
    KEEP: None,
    "*": N_("Box"),
}
WORDS = KeptWords(LABELS, _again, _typed)


@pages.post("/bao-cao/<submission>/nhap")
@page(Action.ENTER, REPORT, keeps=WORDS)
def save(submission: str) -> Answer:
    """Save what was typed as a draft, then do what the button is for."""
    obligation, posted = this_report(), request.form
    stored = workspace().entry.sheet(obligation, checks=False)
    if not stored.editable:
        return _closed(stored, autosave=pressed(posted)[0] is Button.AUTOSAVE)
    post = read_post(stored, posted)
    found = other_draft(post)
    if found is not None:
        if found.clashes and not decided(found, posted):
            return _conflict(post, found)
        post = take_over(post, found, posted)
    post = press_button(post)
    try:
        saved = _store(post)
    except (BehalfReasonMissing, TextRefused) as wrong:
        return _refused(post, message(wrong))
    if not isinstance(saved, PostedForm):
        return _conflict(post, saved)
    post = saved
    if post.autosave:
        sheet = workspace().entry.sheet(obligation)
        return live_feedback(sheet, post.base, post.taken, post.form, complain=post.complain)
    return _go_on(post)


@pages.post("/bao-cao/<submission>/dan")
@page(Action.ENTER, REPORT, form_bytes=LONG)
def paste(submission: str) -> Answer:
    """Which figures of a pasted block belong in which boxes. Nothing is saved: the script puts them there."""
    sheet = workspace().entry.sheet(this_report(), checks=False)
    if not sheet.editable:
        return _closed(sheet, autosave=True)
    text, at = (request.form.get(name, "") for name in ("khoi", "o"))
    block = workspace().entry.pasted(sheet, text, at, period=period_name(sheet.obligation.period))
    return jsonify(
        {
            "o": [[box_id(one.key), one.text] for one in block.figures],
            "loi": " ".join(map(words, block.said)),
        }
    )


def _store(post: PostedForm) -> PostedForm | MergedDraft:
    """Save the draft, put together with what other users save in the same moment. Answers with what was
    saved; with the two drafts where another user has changed the same boxes. Raises as `save_draft` does."""
    for _nth in range(TRIES):
        if not post.changes:
            return post
        try:
            return _save_draft(post)
        except Conflict:  # another user has saved a moment before
            post = with_stored(post)
            found = other_draft(post)
            if found is not None and found.clashes:
                return found
            post = post if found is None else take_over(post, found, {})
    return _save_draft(post)


def _save_draft(post: PostedForm) -> PostedForm:
    """Save it once. Answers with the form on top of what was saved."""
    obligation = post.stored.obligation
    saved = workspace().submissions.save_draft(
        obligation.unit,
        obligation.form,
        obligation.period.code,
        post.given,
        by=me(),
        base=post.base,
        explanations=post.explanations,
        copied=post.copied,
        checked=post.checked,
        reason=post.reason,
        reading=post.reading,
    )
    remember_filled(post, saved.number)
    return replace(post, base=saved.number)


def _closed(stored: EntrySheet, *, autosave: bool) -> Answer:
    """Nothing is saved: the report is not open for entry."""
    state = stored.obligation.state
    wrong: NqError = StateError(action=action_words(Step.SAVE), state=state_words(state))
    if stored.lock is not None and (state is None or state.editable):
        wrong = PeriodLocked(stored.lock)
    if autosave:
        return refused(message(wrong))
    raise wrong


def _refused(post: PostedForm, words: str) -> Answer:
    """Nothing is saved: a text is missing or cannot be kept. The page shows what was typed."""
    if post.autosave:
        return refused(words, 422)
    obligation = post.stored.obligation
    sheet = workspace().entry.sheet(obligation, post.given, reading=post.reading)
    answer = _page(
        sheet,
        post.form,
        notice=words,
        base=post.shown,
        reason=post.reason,
        reason_wrong=words,
    )
    return answer, 422


def _conflict(post: PostedForm, found: MergedDraft) -> Answer:
    """Nothing is saved: this user and another one have changed the same boxes."""
    who = person(found.newest_by)
    if post.autosave:
        words = _(
            "{who} has just changed {count} boxes while you were typing. "
            "Press “Save draft” to choose which to keep."
        )
        return refused(words.format(who=who, count=len(found.clashes)))
    answer = render_template(
        "conflict.html",
        sheet=post.stored,
        form=post.form,
        found=found,
        who=who,
        base=post.base,
        posted=request.form,
    )
    return answer, 409


def _go_on(post: PostedForm) -> Response:
    """To the page that the button leads to."""
    here = url_for("entry.fill", submission=post.submission)
    if post.button is Button.CHECK:
        if workspace().entry.sheet(post.submission).blocking:
            return redirect(here + "?loi=1", 303)
        return redirect(url_for("entry.check", submission=post.submission), 303)
    if post.button is Button.UNICODE:
        flash(_("The passage was converted to Unicode. Read it once more."))
        key = post.converted.removeprefix(EXPLANATION)
        anchor = box_id(key) if key == post.converted else f"gt-{box_id(key)}"
        return redirect(f"{here}#{anchor}", 303)
    if post.button is Button.UNDO:
        flash(_("The figures are as they were before."))
    elif post.button is Button.UPLOAD:
        flash(_("The figures of the file were taken. Check them once more."))
    elif post.button not in FILLING:
        flash(_("Draft saved {time}.").format(time=clock_time(workspace().clock())))
    return redirect(here, 303)
