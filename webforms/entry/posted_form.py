"""A posted form of a report: read once, put together with what another user has saved since, and then
changed as its button asks. Nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from flask import session
from werkzeug.datastructures import MultiDict
from wtforms.form import BaseForm

from nqcore.collection.entry.autofill import (
    fill_empty_boxes,
    in_unicode,
    last_values,
    newly_filled,
    without_filled,
    zeros,
)
from nqcore.collection.entry.entry_sheet import EXPLANATION, EntrySheet
from nqcore.collection.entry.merge import MergedDraft, merge_explanations
from nqcore.collection.validation import FormReading
from nqcore.model.fields import Typed
from webforms.entry.fields import BEHALF, CHECKED, KEEP, entry_form, explanations, typed, whole
from webforms.shared.context import workspace
from webforms.shared.posted import whole_number


class Button(StrEnum):
    """What a button of the form does, beside saving what was typed."""

    SAVE = "luu"
    CHECK = "kiem_tra"
    """Go on to the page that checks and sends."""
    ZEROS = "ghi0"
    """Enter 0 in the empty boxes."""
    LAST_FIGURES = "chep"
    """Copy the last period's figures into the empty boxes."""
    UNDO = "hoan_tac"
    """Empty the boxes that the last of these two filled."""
    UNICODE = "unicode"
    """Convert the narrative or explanation whose input name follows a dot."""
    UPLOAD = "nap"
    """Take the figures of an Excel file."""
    AUTOSAVE = "tu_luu"
    """Pressed by the script between two keys; the answer is what the page shows beside the figures."""


FILLING = (Button.ZEROS, Button.LAST_FIGURES)
"""The buttons that fill empty boxes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedForm:
    """What was posted, over the report as it was stored then.

    `stored`: the report before, with the problems of reading only. `form`: the fields, to be shown
    again. `converted`: the input name of the text for `Button.UNICODE`. `shown`: the revision that the
    page showed, `base` the one that `given` builds on. `given` and `reading`: what was typed, and what
    it was read as. `taken`: keys of the boxes that another user has changed and this one has not.
    `filled`: keys of the boxes that the button has filled.
    """

    stored: EntrySheet
    form: BaseForm
    button: Button
    converted: str
    shown: int
    base: int
    given: Mapping[str, Typed]
    reading: FormReading
    explanations: Mapping[str, str]
    checked: tuple[str, ...]
    reason: str
    complain: bool
    taken: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()

    @property
    def submission(self) -> str:
        """The report's id."""
        return self.stored.obligation.submission

    @property
    def autosave(self) -> bool:
        """Whether the script has posted it, and not a user."""
        return self.button is Button.AUTOSAVE

    @property
    def copied(self) -> tuple[str, ...]:
        """The keys that were just filled from the last period."""
        return self.filled if self.button is Button.LAST_FIGURES else ()

    @property
    def changes(self) -> bool:
        """Whether there is anything to save: an answer, an explanation, or a copied figure that the
        user has looked at."""
        before = {row.key: row.explanation for row in self.stored.rows if row.explanation}
        same = self.stored.has_same_content(self.reading) and before == self.explanations
        return not same or bool({row.key for row in self.stored.copied} & {*self.checked})

    def with_given(self, given: Mapping[str, Typed]) -> PostedForm:
        """With other answers; they are read only where they are others."""
        if given == self.given:
            return self
        reading = workspace().entry.read(self.stored.obligation, given)
        return replace(self, given=given, reading=reading)


def pressed(posted: Mapping[str, str]) -> tuple[Button, str]:
    """The button of the form, and the input name of the text that it converts ("" for all others)."""
    value = posted.get("viec", "")
    name, dot, converted = value.partition(".")
    if name == Button.UNICODE:
        return (Button.UNICODE, converted) if dot else (Button.SAVE, "")
    return next((button for button in Button if button == value), Button.SAVE), ""


def revision_number(posted: Mapping[str, str], otherwise: int) -> int:
    """The revision that the page showed, as it came back with the form."""
    number = whole_number(posted.get("phien_ban"))
    return otherwise if number is None else number


def read_post(stored: EntrySheet, posted: MultiDict[str, str]) -> PostedForm:
    """Read the form once. Raises UnexpectedFields where it is not the form that the page has."""
    whole(posted, stored)
    form = entry_form(stored, posted)
    given = typed(form, stored)
    button, converted = pressed(posted)
    shown = revision_number(posted, stored.base)
    return PostedForm(
        stored=stored,
        form=form,
        button=button,
        converted=converted,
        shown=shown,
        base=shown,
        given=given,
        reading=workspace().entry.read(stored.obligation, given),
        explanations=explanations(form, stored, posted),
        checked=tuple(posted.get(CHECKED, "").split()),
        reason=posted.get(BEHALF, ""),
        complain="loi" in posted,
    )


# -- what another user has saved since -------------------------------------------------------------


def with_stored(post: PostedForm) -> PostedForm:
    """The same form over the report as it is stored by now."""
    obligation = workspace().submissions.find(post.submission)
    return replace(post, stored=workspace().entry.sheet(obligation, checks=False))


def other_draft(post: PostedForm) -> MergedDraft | None:
    """The form, put together with what another user has saved since its page was shown; None where
    no other user has."""
    if post.base == post.stored.base:
        return None
    obligation = post.stored.obligation
    return workspace().entry.merge(obligation, post.given, post.base, post.reading)


def decided(found: MergedDraft, posted: Mapping[str, str]) -> bool:
    """Whether the user has decided every clash on the page that showed them, and no other user has
    saved since that page."""
    return (whole_number(posted.get("ban_kia")) or 0) == found.newest_number and all(
        KEEP + clash.key in posted for clash in found.clashes
    )


def take_over(post: PostedForm, found: MergedDraft, posted: Mapping[str, str]) -> PostedForm:
    """The form on top of the other user's draft, each clash as the user has decided it."""
    given = dict(found.given)
    for clash in found.clashes:
        if posted.get(KEEP + clash.key) == "kia":
            given.pop(clash.key, None)
            given.update(clash.theirs.given)
    taken = () if found.clashes else tuple(dict.fromkeys((*post.taken, *found.from_other)))
    return replace(
        post.with_given(given),
        base=found.newest_number,
        taken=taken,
        explanations=_explained_by_both(post),
    )


def _explained_by_both(post: PostedForm) -> Mapping[str, str]:
    """The explanations of both users: each keeps what only he has changed, and where both have, both
    stand there."""
    theirs = {row.key: row.explanation for row in post.stored.rows if row.explanation}
    chain = workspace().submissions.revisions(post.submission)
    before = next((one.explanations for one in chain if one.number == post.base), {})
    return merge_explanations(before, post.explanations, theirs)


# -- buttons ---------------------------------------------------------------------------------------


def press_button(post: PostedForm) -> PostedForm:
    """The form as its button changes it."""
    if post.button in FILLING:
        return _fill(post)
    if post.button is Button.UNICODE:
        if post.converted.startswith(EXPLANATION):
            key = post.converted.removeprefix(EXPLANATION)
            return replace(post, explanations=in_unicode(post.explanations, key))
        return post.with_given(in_unicode(post.given, post.converted))
    return _undo(post) if post.button is Button.UNDO else post


def _fill(post: PostedForm) -> PostedForm:
    sheet = workspace().entry.sheet(
        post.stored.obligation, post.given, reading=post.reading, checks=False
    )
    given = fill_empty_boxes(sheet, post.given, _values(sheet, post.button))
    return replace(post.with_given(given), filled=newly_filled(sheet, given))


def _undo(post: PostedForm) -> PostedForm:
    """Empty what the last button has filled in this session; what was typed over it since stays."""
    kept = session.pop("undo", None)
    if not kept or kept[0] != post.submission:
        return post
    _submission, _base, button, filled = kept
    return post.with_given(without_filled(post.given, filled, _values(post.stored, Button(button))))


def _values(sheet: EntrySheet, button: Button) -> Mapping[str, str]:
    """What the button fills in, by key."""
    return zeros(sheet) if button is Button.ZEROS else last_values(sheet)


def remember_filled(post: PostedForm, revision: int) -> None:
    """Let the next page offer to undo what the button has filled, as saved in that revision."""
    if post.filled:
        session["undo"] = [post.submission, revision, post.button.value, list(post.filled)]


def last_filled(sheet: EntrySheet) -> tuple[Button, int] | None:
    """The button that has filled boxes of this revision in this session, and how many."""
    kept = session.get("undo")
    if not kept or kept[:2] != [sheet.obligation.submission, sheet.base]:
        return None
    return Button(kept[2]), len(kept[3])
