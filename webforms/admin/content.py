"""*Quản trị › Nội dung*: everything that is asked, set and looked for, and what the office made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from nqcore.catalogue.item_kinds import Item, table_of
from nqcore.catalogue.owners import WORKSPACE
from nqcore.collection.accounts.access import Action
from nqcore.collection.content.changes import ContentStep
from nqcore.collection.content.usage import UsedBy
from nqcore.errors import InputError, UnknownName
from nqcore.model.forms import Form
from nqcore.model.units import Unit
from nqcore.text.folding import fold
from nqcore.workspace.services.content import OwnedItem
from webforms.admin.content_choices import item_name, question_row
from webforms.admin.content_preview import KIND_NAMES, form_title, made_words, owner_words
from webforms.admin.content_shapes import GROUPS, SHAPES, shape_of
from webforms.admin.content_uses import Uses
from webforms.security.page_rules import OFFICE, page
from webforms.shared.context import me, workspace
from webforms.shared.filters import message
from webforms.shared.language import _
from webforms.shared.paging import sought

pages = Blueprint("content", __name__, url_prefix="/quan-tri/noi-dung")

LISTED = tuple(kind for kind in KIND_NAMES if kind not in ("letterhead", "outline"))
"""The kinds that are listed; letterheads and outlines have pages of their own."""
ENDING = ("form", "section", "question", "overlay")
"""What can end on a day."""
STEPS = 20
"""So many changes are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentRow:
    """A definition in the list. `since` and `until`: from when, and the first day without it; `boxes`: how
    many of them are filled in this year (None: it is not asked); `uses` are said line by line."""

    item: Item
    name: str
    owner: str
    mine: bool
    since: date | None
    until: date | None
    basis: str
    boxes: int | None
    uses: tuple[str, ...]
    notes: tuple[str, ...]


@pages.get("")
@page(Action.MANAGE, OFFICE)
def listing() -> str:
    """All definitions by kind, or those that are searched for; what was changed; what can be added."""
    wanted = sought()
    uses = Uses()
    rows: dict[str, list[ContentRow]] = {}
    for row in _rows(wanted, uses):
        rows.setdefault(row.item.kind, []).append(row)
    steps = workspace().content.steps()
    return render_template(
        "content.html",
        rows={kind: rows[kind] for kind in LISTED if kind in rows},
        mine=[_recorded(row) for kind in LISTED for row in rows.get(kind, ()) if row.mine],
        in_vain=uses.in_vain,
        year=workspace().today.year,
        names=KIND_NAMES,
        sought=wanted,
        groups={words: [SHAPES[slug] for slug in slugs] for words, slugs in GROUPS.items()},
        steps=steps[:STEPS],
        made_words=made_words,
        more=max(0, len(steps) - STEPS),
        form_title=form_title,
    )


def _rows(name: str, uses: Uses) -> Iterator[ContentRow]:
    wanted = fold(name)
    for one in workspace().content.items():
        if one.item.kind in LISTED:
            row = _row(one, uses)
            if not wanted or wanted in fold(f"{row.name} {row.item.id} {row.basis} {row.owner}"):
                yield row


def _row(one: OwnedItem, uses: Uses) -> ContentRow:
    table = table_of(one.item)
    since = table.get("since", table.get("date"))
    return ContentRow(
        item=one.item,
        name=item_name(one.item),
        owner=owner_words(one.owner),
        mine=one.owner == WORKSPACE,
        since=since,
        until=table.get("until", table.get("deadline")),
        basis=str(table.get("basis", "")),
        boxes=uses.boxes(one.item),
        uses=tuple(uses.lines(one.item)),
        notes=tuple(uses.notes(one.item)),
    )


def _recorded(row: ContentRow) -> ContentRow:
    """The same with what was written down of it: reports, decisions, reviews. Only of few: it takes a look
    into every report."""
    found = workspace().content.uses(row.item.kind, row.item.id)
    told = (message(use.words) for use in found if use.by is not UsedBy.ITEM)
    return replace(row, uses=(*told, *row.uses))


def owned_item(kind: str, id: str) -> OwnedItem:
    """The definition of that kind and id; 404 where there is none."""
    if kind not in LISTED:
        abort(404)
    found = workspace().content.items(kind)
    return next((one for one in found if one.item.id == id), None) or abort(404)


@pages.get("/xem/<kind>")
@page(Action.MANAGE, OFFICE)
def show(kind: str) -> str:
    """One definition: what it says, whose it is, what uses it, what can be done with it."""
    one = owned_item(kind, request.args.get("ma", ""))
    table = table_of(one.item)
    shape = shape_of(one.item, table)
    row = _recorded(_row(one, Uses(one.item)))
    return render_template(
        "content_item.html",
        row=row,
        kind=KIND_NAMES[kind],
        table=table,
        shape=shape if row.mine else None,
        ends=kind in ENDING and (row.mine or kind == "question"),
        step=next((s for s in workspace().content.steps() if one.item in s.made), None),
        forms=workspace().catalogue.forms,
        **(_defined(one.item.value.code) if kind == "indicator" else {}),
    )


def _defined(code: str) -> dict[str, object]:
    """What is said of an indicator, and whether there is a page of its figures."""
    ws = workspace()
    return {
        "facts": ws.content.indicator(code),
        "has_figures": ws.totals.form_of(code) is not None,
    }


@pages.get("/bieu-mau/<id>")
@page(Action.MANAGE, OFFICE)
def form(id: str) -> str:
    """A form as a unit sees it in the period of today: the sections and questions that it is asked."""
    ws = workspace()
    found = ws.catalogue.forms.get(id) or abort(404)
    tree = ws.obligations.tree(ws.today)
    units = [unit for unit in tree.values() if found.owed_by.covers(unit, tree)]
    chosen = next((u for u in units if u.code == request.args.get("don-vi")), None)
    return render_template(
        "content_asked.html",
        form=found,
        units=units,
        unit=chosen,
        asked=_asked(found, chosen),
    )


def _asked(form: Form, unit: Unit | None) -> list[tuple[str, list[tuple[str, str, str, str, str]]]]:
    """The sections with their questions: key, words, measure, from when and until when. Without a unit all;
    with one what it is asked at the end of the period of today."""
    ws = workspace()
    day = ws.obligations.calendar(form)
    period = next(day.periods(form.every, ws.today, ws.today), None)
    end = period.end if period else ws.today
    found = []
    for section in form.sections:
        asked = [
            field
            for field in section.fields
            if unit is None or ws.catalogue.is_asked(form, field, unit, end)
        ]
        if asked or unit is None:
            rows = [question_row(field) for field in asked]
            found.append((f"{section.key}. {section.title}", rows))
    return found


@pages.post("/thay-doi/<id>/hoan-tac")
@page(Action.MANAGE, OFFICE)
def undo(id: str) -> Response:
    """Take a change back, as long as nothing uses what it made."""
    try:
        step: ContentStep = workspace().content.undo(id, by=me())
    except (InputError, UnknownName) as wrong:
        flash(message(wrong), "canh-bao")
    else:
        flash(_("Taken back: {what}").format(what=made_words(step.made)))
    return redirect(url_for("content.listing"), 303)
