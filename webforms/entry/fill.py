"""Filling in a report: enter, save the draft, check, send."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response
from wtforms.form import BaseForm

from nqcore.collection.accounts.access import Action
from nqcore.collection.entry.autofill import (
    emptied,
    fill_boxes,
    in_unicode,
    last_values,
    newly_filled,
    zeros,
)
from nqcore.collection.entry.corrections import correction
from nqcore.collection.entry.entry_sheet import EntrySheet, unchanged
from nqcore.collection.entry.merge import MergedDraft, merge_drafts
from nqcore.collection.submissions.period_locks import PeriodLocked
from nqcore.collection.submissions.step_rules import BehalfReasonMissing
from nqcore.collection.validation import Typed
from nqcore.collection.validation.texts import TextRefused
from nqcore.errors import Conflict
from nqcore.model.obligations import Obligation
from webforms.entry.fields import BEHALF, CHECKED, KEEP, entry_form, explanations, typed, whole
from webforms.entry.live_feedback import live_feedback, refused
from webforms.security.permission import REPORT, Answer, page, this_report
from webforms.shared.context import me, person, workspace
from webforms.shared.filters import box_id, clock_time, message
from webforms.shared.language import _

pages = Blueprint("entry", __name__)

LONG = 1_000_000
"""Bytes of a form with narratives. With everything filled in it has about 30,000."""
UNICODE = "unicode."
"""In front of a row's key: the button that converts its words."""
UNDO = "hoan_tac"
"""The button that empties the boxes that the last button filled."""
BY_ITSELF = "tu_luu"
"""What the script does between two keys; answered with what the server thinks of the figures."""


@pages.get("/bao-cao/<submission>/nhap")
@page(Action.ENTER, REPORT)
def fill(submission: str) -> Answer:
    """The table to fill in."""
    obligation = this_report()
    sheet = workspace().entry.sheet(obligation)
    if not sheet.editable:
        _say_closed(sheet)
        return redirect(url_for("submissions.show", submission=submission), 303)
    return _page(sheet, entry_form(sheet), complain="loi" in request.args)


def _say_closed(sheet: EntrySheet) -> None:
    """Why the report cannot be entered, where its period is closed."""
    if sheet.lock is not None and sheet.open:
        flash(message(PeriodLocked(sheet.lock)), "canh-bao")


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
    """The fill page; `complain` lists everything that stands in the way of sending."""
    ws, obligation = workspace(), sheet.obligation
    return render_template(
        "fill.html",
        sheet=sheet,
        form=form,
        complain=complain and bool(sheet.blocking),
        notice=notice,
        base=sheet.base if base is None else base,
        files=len(ws.submissions.attachments.of(obligation.submission)),
        correction=correction(ws.submissions.repository, sheet),
        behalf=not workspace().submissions.acts_for(me(), obligation.unit),
        reason=reason or behalf_reason(obligation),
        reason_wrong=reason_wrong,
        undo=_undo(sheet),
    )


def behalf_reason(obligation: Obligation) -> str:
    """The words that stand there already for entering on the unit's behalf."""
    revision = obligation.revision
    return revision.reason if revision is not None and revision.on_behalf else ""


def _undo(sheet: EntrySheet) -> str:
    """What the last button filled in, as long as nothing was saved since; "" if nothing."""
    kept = session.get("undo")
    if not kept or kept[:2] != [sheet.obligation.submission, sheet.base]:
        return ""
    return _filled_words(kept[2], kept[3])


def show_again(notice: str) -> Answer:
    """The page with everything that was typed; nothing is saved yet."""
    obligation = this_report()
    now = workspace().entry.sheet(obligation)
    if not now.editable:
        return redirect(url_for("submissions.show", submission=obligation.submission), 303)
    form = entry_form(now, request.form)
    sheet = workspace().entry.sheet(obligation, typed(form, now))
    base = number(request.form.get("phien_ban"), now.base)
    return _page(sheet, form, notice=notice, base=base)


@pages.post("/bao-cao/<submission>/nhap")
@page(Action.ENTER, REPORT, form_bytes=LONG, show_again=show_again)
def save(submission: str) -> Answer:
    """Save what was typed as a draft, then do what the button says."""
    return take_in(this_report(), request.form)


def take_in(obligation: Obligation, posted: MultiDict[str, str]) -> Answer:
    """Save the fields `posted` for that report and say where to go next."""
    ws = workspace()
    now = ws.entry.sheet(obligation)
    here = url_for("entry.fill", submission=obligation.submission)
    doing = posted.get("viec", "luu")
    by_itself = doing == BY_ITSELF
    if not now.editable:
        words = _("Not saved: this report is no longer open for entry.")
        if now.lock is not None:
            words = message(PeriodLocked(now.lock))
        if by_itself:
            return refused(words)
        flash(words, "canh-bao")
        return redirect(url_for("submissions.show", submission=obligation.submission), 303)
    whole(posted, now)
    form = entry_form(now, posted)
    given = typed(form, now)
    mine = number(posted.get("phien_ban"), now.base)
    base = mine
    taken: tuple[str, ...] = ()
    if base != now.base:
        found = merge_drafts(ws.submissions.repository, obligation, given, base)
        if _chosen(found, posted):
            given = _keep(found, posted)
        elif found.clashes:
            return _conflict(now, form, found, base, by_itself)
        else:
            given, taken = dict(found.given), found.taken
        base = found.now
    copied: tuple[str, ...] = ()
    if doing in ("ghi0", "chep"):
        sheet = ws.entry.sheet(obligation, given)
        values = zeros(sheet) if doing == "ghi0" else last_values(sheet)
        given = fill_boxes(sheet, given, values)
        filled = newly_filled(sheet, given)
        copied = filled if doing == "chep" else ()
    elif doing.startswith(UNICODE):
        given = in_unicode(given, doing.removeprefix(UNICODE))
    elif doing == UNDO:
        given = _emptied(now, given)
    reasons = explanations(form, now, posted)
    checked = posted.get(CHECKED, "").split()
    if not _same(now, given, reasons) or {row.key for row in now.copied} & set(checked):
        try:
            saved = ws.save_draft(
                obligation.unit,
                obligation.form,
                obligation.period.code,
                given,
                by=me(),
                base=base,
                explanations=reasons,
                copied=copied,
                checked=checked,
                reason=posted.get(BEHALF, ""),
            )
        except Conflict:
            # Somebody was faster by a moment: look at what they did.
            found = merge_drafts(
                ws.submissions.repository,
                ws.submissions.repository.find(obligation.submission),
                given,
                base,
            )
            return _conflict(now, form, found, base, by_itself)
        except (BehalfReasonMissing, TextRefused) as wrong:
            words = message(wrong)
            if by_itself:
                return refused(words, 422)
            then = ws.entry.sheet(obligation, given)
            reason = posted.get(BEHALF, "")
            return _page(
                then, form, notice=words, base=mine, reason=reason, reason_wrong=words
            ), 422
        base = saved.number
        if doing in ("ghi0", "chep") and filled:
            session["undo"] = [obligation.submission, base, doing, list(filled)]
    if by_itself:
        return live_feedback(
            ws.entry.sheet(obligation.submission), taken, form, complain="loi" in posted
        )
    return _after(obligation, doing, here)


def _filled_words(doing: str, filled: Sequence[str]) -> str:
    words = (
        _("0 was entered in {count} boxes.")
        if doing == "ghi0"
        else _(
            "The last period's figures were copied into {count} boxes. Check those marked “copied”."
        )
    )
    return words.format(count=len(filled))


def _emptied(now: EntrySheet, given: dict[str, Typed]) -> dict[str, Typed]:
    """*Hoàn tác* of the button that filled empty boxes."""
    kept = session.pop("undo", None)
    if not kept or kept[0] != now.obligation.submission:
        return given
    return emptied(given, kept[3], zeros(now) if kept[2] == "ghi0" else last_values(now))


def _after(obligation: Obligation, doing: str, here: str) -> Response:
    if doing == "kiem_tra":
        if workspace().entry.sheet(obligation.submission).blocking:
            return redirect(here + "?loi=1", 303)
        return redirect(url_for("entry.check", submission=obligation.submission), 303)
    if doing.startswith(UNICODE):
        flash(_("The passage was converted to Unicode. Read it once more."))
        return redirect(f"{here}#{box_id(doing.removeprefix(UNICODE))}", 303)
    if doing == UNDO:
        flash(_("The figures are as they were before."))
    elif doing == "nap":
        flash(_("The figures of the file were taken. Check them once more."))
    elif doing not in ("ghi0", "chep"):
        flash(_("Draft saved {time}.").format(time=clock_time(workspace().clock())))
    return redirect(here, 303)


def _same(now: EntrySheet, given: Mapping[str, Typed], reasons: dict[str, str]) -> bool:
    """Whether nothing was changed, so that nothing needs to be saved."""
    old = {row.key: row.explanation for row in now.rows if row.explanation}
    return (now.base == 0 or old == reasons) and unchanged(
        workspace().submissions.repository, now.obligation, given
    )


def number(text: str | None, otherwise: int) -> int:
    """A revision's number as a page sent it."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else otherwise


# -- two people at once --------------------------------------------------------------------------


def _chosen(found: MergedDraft, posted: MultiDict[str, str]) -> bool:
    """Whether every clash was decided on the page that showed them, and nothing moved since."""
    return (
        bool(found.clashes)
        and number(posted.get("ban_kia"), 0) == found.now
        and all(KEEP + clash.row.key in posted for clash in found.clashes)
    )


def _keep(found: MergedDraft, posted: MultiDict[str, str]) -> dict[str, Typed]:
    given = dict(found.given)
    for clash in found.clashes:
        if posted.get(KEEP + clash.row.key) == "kia":
            given.pop(clash.row.key, None)
            given.update(clash.theirs)
    return given


def _conflict(
    sheet: EntrySheet, form: BaseForm, found: MergedDraft, base: int, by_itself: bool
) -> Answer:
    who = person(found.who)
    if by_itself:
        words = _(
            "{who} has just changed {count} boxes while you were typing. "
            "Press “Save draft” to choose which to keep."
        )
        return refused(words.format(who=who, count=len(found.clashes)))
    page = render_template(
        "conflict.html",
        sheet=sheet,
        form=form,
        found=found,
        who=who,
        base=base,
        posted=request.form,
    )
    return page, 409
