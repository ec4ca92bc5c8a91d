"""Which findings of a kind go into the review: said in words, and several chosen at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from flask import Blueprint, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from nqcore.analysis.report.choosing import KindSelection
from nqcore.analysis.report.decisions import Selection
from nqcore.collection.accounts.access import Action
from nqcore.errors import N_, Conflict, UnknownName
from nqcore.model.findings import FindingKind
from webforms.results.review_query import ReviewQuery, chosen
from webforms.security.page_rules import QUERIED_UNIT, page, this_unit
from webforms.shared.context import me, workspace
from webforms.shared.filters import box_id, message
from webforms.shared.language import _
from webforms.shared.posted import this_request, whole_number

pages = Blueprint("choosing", __name__)

FILTER = "loc"
"""In the address and in forms: only findings in this state of choice are listed."""
OPENED = "mo"
"""In the address: the key of the finding that is opened, with its evidence."""
TICK = "chon."
"""In front of a finding's key: it is ticked."""
SEEN = "so."
"""In front of a finding's key: the number of the decision that the user saw, what was decided, its kind."""
BACK, BUILDER = "ve", "soan"
"""The field that says to which page the choice leads back, and its value for *Soạn báo cáo*."""
TICKED, EVERY, NONE = "danh-dau", "ca", "bo"
"""The buttons, each before a colon and a kind: what is ticked, all of the kind, none of it."""

KINDS: Mapping[FindingKind, str] = {
    FindingKind.RESULT: N_("Results"),
    FindingKind.SHORTCOMING: N_("Shortcomings and limits"),
}
"""The parts of the review by their names in it."""


def selection_words(state: KindSelection) -> str:
    """What of the kind goes into the review: "Kết quả: chưa chọn, đưa cả 11 vào báo cáo"."""
    return _(_state(state)).format(
        kind=_(KINDS[state.kind]),
        chosen=state.chosen,
        total=state.total,
        waiting=state.waiting,
        dismissed=state.dismissed,
    )


def _state(state: KindSelection) -> str:
    if not state.total:
        return N_("{kind}: none")
    if not state.printed:
        return N_("{kind}: all {total} passed over, nothing goes into the review")
    if not state.chosen:
        if state.dismissed:
            return N_("{kind}: none chosen, {waiting} go into the review; {dismissed} passed over")
        return N_("{kind}: none chosen, all {waiting} go into the review")
    if state.waiting and state.dismissed:
        return N_(
            "{kind}: {chosen} of {total} chosen; {waiting} not chosen and {dismissed} passed over "
            "do not go into the review"
        )
    if state.waiting:
        return N_(
            "{kind}: {chosen} of {total} chosen; {waiting} not chosen do not go into the review"
        )
    if state.dismissed:
        return N_("{kind}: {chosen} of {total} chosen; {dismissed} passed over")
    return N_("{kind}: all {total} chosen")


def address_of(asked: ReviewQuery, anchor: str, opened: str | None = None) -> str:
    """The list of that review at that place, filtered as this one, with that finding opened."""
    only = this_request().values.get(FILTER) or None
    query: dict[str, Any] = {FILTER: only, OPENED: opened, **asked.query}
    return url_for("findings.listing", _anchor=anchor, **query)


def place_of(kind: str) -> str:
    """The id of the part of the page with the findings of that kind."""
    return f"muc-{kind}"


def card_of(key: str) -> str:
    """The id of the card of that finding."""
    return f"n-{box_id(key)}"


@pages.post("/ton-tai/chon")
@page(Action.DECIDE, QUERIED_UNIT, heavy=True)
def choose() -> Response:
    """Choose all or none of one kind, and what is ticked of the others. What is passed over and not ticked
    stays so."""
    asked = chosen(this_unit())
    doing, _colon, kind = request.form.get("viec", "").partition(":")
    if doing not in (TICKED, EVERY, NONE) or kind not in (*FindingKind,):
        abort(400)
    seen = _seen()
    try:
        workspace().reviews.choose(
            {
                key: _wanted(key, one.choice, doing if one.kind == kind else TICKED)
                for key, one in seen.items()
            },
            by=me(),
            bases={key: one.number for key, one in seen.items()},
            **asked.keywords,
        )
    except (Conflict, UnknownName) as wrong:
        flash(message(wrong), "canh-bao")
    else:
        flash(_("What is chosen is saved."))
    if request.form.get(BACK) == BUILDER:
        back: dict[str, Any] = {"_anchor": place_of(kind), **asked.days}
        return redirect(url_for("builder.show", name=asked.id, **back), 303)
    return redirect(address_of(asked, place_of(kind)), 303)


class SeenFinding(NamedTuple):
    """What the page showed of a finding: the number of the decision, what was decided, and its kind."""

    number: int
    choice: Selection
    kind: FindingKind


def _seen() -> dict[str, SeenFinding]:
    """What the page showed of each finding, by its key."""
    found = {}
    for name, text in request.form.items():
        if name.startswith(SEEN):
            number, choice, kind = (*text.split(" "), "", "")[:3]
            read = whole_number(number, 8)
            if read is None or choice not in (*Selection,) or kind not in (*FindingKind,):
                abort(400)
            found[name.removeprefix(SEEN)] = SeenFinding(read, Selection(choice), FindingKind(kind))
    return found


def _wanted(key: str, choice: Selection, doing: str) -> Selection:
    """What becomes of a finding."""
    ticked = TICK + key in request.form if doing == TICKED else choice is not Selection.DISMISSED
    if doing != NONE and ticked:
        return Selection.CHOSEN
    return Selection.WAITING if choice is Selection.CHOSEN else choice
