"""*Quản trị › Đơn vị*: the tree, changes of units, and duties that wait for a decision."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from nqcore.collection.accounts.access import Action
from nqcore.collection.reorganisation.change_request import ChangeProposal
from nqcore.collection.reorganisation.impact import ImpactPreview
from nqcore.collection.reorganisation.open_duties import OpenDuty
from nqcore.collection.reorganisation.reorganisation import EnteredChange
from nqcore.errors import N_, InputError
from nqcore.model.changes import BrokenChange
from nqcore.model.handovers import Disposal, Duty, Handover
from nqcore.model.units import BrokenTree, Unit, UnitTree
from webforms.admin.unit_forms import (
    CHANGE_LABELS,
    OPERATIONS,
    PARTS,
    UnitChangeForm,
    kind_choices,
    proposed_change,
)
from webforms.admin.unit_sentences import (
    comparison_sentence,
    impact_sentences,
    open_duty_sentence,
)
from webforms.security.page_rules import (
    ALL_FORMS,
    QUERIED_UNIT_BELOW,
    UNIT_BELOW,
    UNIT_BELOW_ALL_FORMS,
    Answer,
    KeptWords,
    page,
    this_unit,
)
from webforms.shared.context import may, may_for_all_forms, me, workspace
from webforms.shared.filters import message
from webforms.shared.kinds import kind_words
from webforms.shared.language import _
from webforms.shared.paging import fits, paged, sought
from webforms.shared.posted import this_request
from webforms.shared.unit_events import event_sentence

pages = Blueprint("units", __name__, url_prefix="/quan-tri/don-vi")

MOST = 400
"""So many units are offered as the one above."""
ASKED = 50
"""So many open questions are shown on one page; the others follow when these are decided."""
FOUND = 50
"""So many units found are shown."""
LATER = ""
"""Nothing is decided yet."""


def _tree() -> UnitTree:
    """The units of today."""
    return workspace().obligations.tree(workspace().today)


def _unit_of_today() -> Unit:
    """The unit in the address as it is today; 404 where it does not exist today."""
    tree, code = _tree(), this_unit().code
    if code not in tree:
        abort(404)
    return tree[code]


@pages.get("")
@page(Action.MANAGE, QUERIED_UNIT_BELOW)
def listing() -> str:
    """The tree below the account's unit, the units that are searched for, what was changed, what is open."""
    tree = _tree()
    ws = workspace()
    root = this_unit()
    wanted = sought()
    below = tree.subtree(root.code) if root.code in tree else (root,)
    deep = fits(len(below))  # a larger tree shows two levels at a time
    depth = {u.code: len(tree.ancestors(u.code)) for u in below if u.code in tree}
    least = depth.get(root.code, 0)
    rows = [
        (unit, depth[unit.code] - least, len(tree.children(unit.code)))
        for unit in below
        if unit.code in depth and (deep or depth[unit.code] - least <= 1)
    ]
    found = ws.organisation.find(wanted) if wanted else ()
    return render_template(
        "units.html",
        root_unit=root,
        rows=paged(rows),
        deep=deep,
        count=len(below),
        sought=wanted,
        found=ws.organisation.lineage([u for u in found if may(Action.MANAGE, u.code)][:FOUND]),
        many=len(found) > FOUND,
        changes=_changes(),
        changes_units=may_for_all_forms(Action.MANAGE),
        sentence=event_sentence,
        questions=_open(),
        question_words=open_duty_sentence,
    )


def _open() -> tuple[OpenDuty, ...]:
    """The open questions on units that the account administers, for all forms."""
    return tuple(
        q
        for q in workspace().organisation.open_duties()
        if may_for_all_forms(Action.MANAGE, q.unit.code)
    )


def _changes() -> list[tuple[EnteredChange, bool]]:
    """The entered changes of units that the account administers, and whether it may take each back."""
    organisation = workspace().organisation
    return [
        (one, organisation.may_change(one.event, by=me()))
        for one in organisation.entered_changes()
        if any(may(Action.MANAGE, code) for code in one.event.touched)
    ]


@pages.get("/<code>")
@page(Action.MANAGE, UNIT_BELOW)
def show(code: str) -> str:
    """One unit: what it is, where it came from and went, what may happen to it."""
    unit = this_unit()
    ws = workspace()
    return render_template(
        "unit.html",
        unit=unit,
        here=unit.exists(ws.today),
        above=ws.obligations.tree(ws.today).ancestors(code) if unit.exists(ws.today) else (),
        traced=ws.organisation.lineage([unit])[0],
        operations={key: words for key, (words, _form) in OPERATIONS.items()}
        if may_for_all_forms(Action.MANAGE, code)
        else {},
        owner=ws.catalogue.owner("unit", code),
        events=[e for e in ws.catalogue.changes.values() if code in e.touched],
        sentence=event_sentence,
    )


@pages.get("/<code>/<operation>")
@page(Action.MANAGE, UNIT_BELOW_ALL_FORMS)
def ask(code: str, operation: str) -> str:
    """The fields of one operation."""
    unit = _unit_of_today()
    if operation not in OPERATIONS:
        abort(404)
    form = OPERATIONS[operation][1](request.args if request.args else None)
    return _form(unit, operation, form, "")


def _form(unit: Unit, operation: str, form: UnitChangeForm, wrong: str) -> str:
    tree = _tree()
    others = [u for u in tree.children(unit.parent) if u.code != unit.code] if unit.parent else []
    reach = [u for u in tree.values() if may(Action.MANAGE, u.code)]
    below = {u.code for u in tree.subtree(unit.code)}
    return render_template(
        "unit_change.html",
        unit=unit,
        operation=operation,
        words=OPERATIONS[operation][0],
        form=form,
        wrong=wrong,
        others=[u for u in others if may(Action.MANAGE, u.code)],
        parents=[u for u in reach if u.code not in below and tree.children(u.code)][:MOST],
        ends_office=operation == "ket-thuc" and unit.code == workspace().settings.root,
        choices={key: kind_words(*kind) for key, kind in kind_choices().items()},
        parts=range(1, PARTS + 1),
    )


def _proposal(
    unit: Unit, operation: str, posted: MultiDict[str, str]
) -> tuple[UnitChangeForm, ChangeProposal | None, str]:
    """The form, what it proposes, and else what is wrong with it."""
    form = OPERATIONS[operation][1](posted)
    try:
        return form, proposed_change(unit, operation, form, workspace().today), ""
    except InputError as wrong:
        return form, None, message(wrong)
    except KeyError:
        abort(400)


@pages.get("/<code>/<operation>/xem-truoc")
@page(Action.MANAGE, UNIT_BELOW_ALL_FORMS)
def preview(code: str, operation: str) -> Answer:
    """What the change would do. Nothing is written."""
    unit = _unit_of_today()
    if operation not in OPERATIONS:
        abort(404)
    form, proposal, wrong = _proposal(unit, operation, request.args)
    if proposal is None:
        return _form(unit, operation, form, wrong), 422
    ws = workspace()
    try:
        seen = ws.organisation.preview_change(*proposal.events, units=proposal.units, by=me())
    except (InputError, BrokenChange, BrokenTree) as refused:
        return _form(unit, operation, form, message(refused)), 422
    return _preview_page(unit, operation, proposal, seen)


def _preview_page(unit: Unit, operation: str, proposal: ChangeProposal, seen: ImpactPreview) -> str:
    return render_template(
        "unit_preview.html",
        unit=unit,
        operation=operation,
        words=OPERATIONS[operation][0],
        typed=list(request.args.items(multi=True)),
        back=url_for("units.ask", code=unit.code, operation=operation)
        + f"?{request.query_string.decode('ascii', 'replace')}",
        seen=seen,
        sentences=impact_sentences(proposal),
        basis=proposal.events[0].basis,
        day=proposal.events[0].date,
        comparison=comparison_sentence,
        question_words=open_duty_sentence,
        heirs={u.code: u for u in (*seen.begun, *(c.unit for c in seen.comparisons))}.values(),
    )


def _change_again(notice: str, *, changed: bool) -> str:
    """The fields of the operation with what was typed in them."""
    unit, operation = _unit_of_today(), this_request().arguments["operation"]
    if operation not in OPERATIONS:
        abort(404)
    return _form(unit, operation, OPERATIONS[operation][1](this_request().form), notice)


@pages.post("/<code>/<operation>")
@page(Action.MANAGE, UNIT_BELOW_ALL_FORMS, keeps=KeptWords(CHANGE_LABELS, _change_again))
def make(code: str, operation: str) -> Answer:
    """Enter the change, with what was decided at once."""
    unit = _unit_of_today()
    if operation not in OPERATIONS:
        abort(404)
    _filled, proposal, wrong = _proposal(unit, operation, request.form)
    if proposal is None:
        return _change_again(wrong, changed=False), 422
    ws = workspace()
    try:
        seen = ws.organisation.preview_change(*proposal.events, units=proposal.units, by=me())
        decided = _decided(seen.open_duties, request.form, proposal.events[0].basis)
        ws.organisation.change_units(
            *proposal.events, units=proposal.units, decided=decided, by=me()
        )
    except (BrokenChange, BrokenTree) as refused:
        return _change_again(message(refused), changed=False), 422
    words = _("Entered: {what} It can be taken back until the first report under the new units.")
    flash(words.format(what=" ".join(impact_sentences(proposal))))
    return redirect(url_for("units.listing"), 303)


def _decided(
    questions: tuple[OpenDuty, ...], posted: Mapping[str, str], basis: str
) -> tuple[Handover, ...]:
    """The decisions that were chosen: "inherit:<unit>", "replace", "end"; none for later."""
    found = []
    for question in questions:
        chosen = posted.get(f"quyet.{question.id}", LATER)
        if chosen == LATER:
            continue
        way, _colon, heir = chosen.partition(":")
        if way not in {w.value for w in Disposal}:
            abort(400)
        found.append(
            Handover(
                unit=question.unit.code,
                duty=question.duty,
                of="" if question.duty is Duty.REPORTS else question.of,
                disposal=Disposal(way),
                successor=heir or None,
                since=question.ended,
                basis=basis,
            )
        )
    return tuple(found)


@pages.post("/thay-doi/<id>/hoan-tac")
@page(Action.MANAGE, ALL_FORMS)
def undo(id: str) -> Answer:
    """Take a change back."""
    event = workspace().catalogue.changes.get(id)
    what = event_sentence(event) if event else ""
    try:
        workspace().organisation.undo_change(id, by=me())
    except InputError as wrong:
        flash(message(wrong), "canh-bao")
    else:
        flash(_("Taken back: {what}").format(what=what))
    return redirect(url_for("units.listing"), 303)


@pages.get("/ke-thua")
@page(Action.MANAGE, ALL_FORMS)
def open_questions() -> str:
    """*Chưa xác định*: which unit takes over the duties of a unit that has ended."""
    return _questions_page("")


def _questions_page(wrong: str) -> str:
    tree = _tree()
    units = workspace().units
    shown = []
    several = _open()
    for question in several[:ASKED]:
        near = (
            question.successor and tree[question.successor].parent
            if question.successor in tree
            else None
        )
        near = near or question.unit.parent
        heirs = list(tree.children(near)) if near and near in tree else list(tree.roots)
        heirs.sort(key=lambda u: u.code != question.successor)
        shown.append((question, [u for u in heirs if may(Action.MANAGE, u.code)]))
    return render_template(
        "unit_questions.html",
        asked=shown,
        more=max(0, len(several) - ASKED),
        wrong=wrong,
        question_words=open_duty_sentence,
        units=units,
        basis=this_request().form.get("can_cu", ""),
        posted=this_request().form,
    )


def _questions_again(notice: str, *, changed: bool) -> Answer:
    """The page with what was chosen and typed; no page where nothing is open any more."""
    if not _open():
        return redirect(url_for("units.open_questions"), 303)
    return _questions_page(notice)


class NothingDecided(InputError):
    """The form names the document, and decides nothing."""

    code = "nothing-decided"
    template = N_(
        "Nothing is decided yet. Choose what becomes of at least one duty, or leave this page."
    )


@pages.post("/ke-thua")
@page(Action.MANAGE, ALL_FORMS, keeps=KeptWords({"can_cu": N_("Ordered by")}, _questions_again))
def decide() -> Answer:
    """Write the decisions."""
    basis = request.form.get("can_cu", "").strip()
    decided = _decided(_open(), request.form, basis)
    if not decided:
        raise NothingDecided
    workspace().organisation.hand_over(*decided, by=me())
    flash(_("Decided: {count}.").format(count=len(decided)))
    return redirect(url_for("units.open_questions"), 303)
