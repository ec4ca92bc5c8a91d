"""*Tiến độ*: units × periods, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from flask import Blueprint, abort, render_template, request

from nqcore.accounts import Action
from nqcore.errors import N_, UnknownName
from nqcore.model.obligations import Obligation
from nqcore.model.periods import PeriodKind
from nqcore.model.units import Unit
from nqcore.sheets import Board, current_periods
from nqcore.standing import Standing, standing
from nqcore.text.dates import write_date
from webforms.context import may, unit_or_404, workspace
from webforms.language import _, cell_word
from webforms.unit_words import sentence
from webforms.wording import cell_words, days_left, directive_name, period_name
from webforms.words import CELLS

pages = Blueprint("board", __name__)

FILTERS: Mapping[str, tuple[str, str, tuple[Standing, ...]]] = MappingProxyType(
    {
        "chua-gui": ("k-chua", N_("Not sent"), (Standing.EMPTY, Standing.DRAFT, Standing.OVERDUE)),
        "cho-duyet": ("k-gui", N_("Waiting for review"), (Standing.SENT,)),
        "tra-lai": ("k-tra", N_("Returned, to be corrected"), (Standing.RETURNED,)),
        "da-duyet": ("k-duyet", N_("Accepted"), (Standing.ACCEPTED, Standing.EXCLUDED)),
    }
)
"""The counters above the board; each is a filter too."""

PERIODS = 44
"""How many periods back one may choose: eleven years of quarters."""


@pages.get("/tien-do")
def board() -> str:
    """The board of one form under one unit, up to one period."""
    ws = workspace()
    root = unit_or_404(request.args.get("don-vi"))
    # The form that comes round most often is what one mostly looks for.
    order = list(PeriodKind)
    forms = tuple(sorted(ws.catalogue.forms.values(), key=lambda form: order.index(form.every)))
    try:
        form = ws.catalogue.form(request.args["mau"]) if "mau" in request.args else None
        form = form or (forms[0] if forms else None)
        if form is None:
            return render_template("board.html", board=None, forms=())
        choices = tuple(reversed(current_periods(ws.desk, form, ws.today, PERIODS)))
        found = ws.board(form, root.code, request.args.get("ky") or None)
    except UnknownName:
        abort(404)
    now = (
        [cells[-1] for group in found.groups for _unit, cells in group.rows]
        if found.periods
        else []
    )
    standings = [standing(cell, ws.today).word for cell in now if cell is not None]
    wanted = request.args.get("loc", "")
    return render_template(
        "board.html",
        board=found,
        forms=forms,
        choices=choices,
        root_unit=root,
        counters=[
            (key, css, words, sum(word in words_of for word in standings))
            for key, (css, words, words_of) in FILTERS.items()
        ],
        wanted=wanted if wanted in FILTERS else "",
        rows=_rows(found, wanted),
        unsent=_unsent(found),
        reminder=_reminder(found) if may(Action.REVIEW, root.code) else "",
        legend=[cell_words_of(word) for word in CELLS if word in _always(found, ws.today)],
        cell_words=lambda unit, nth, cell: cell_words(found.stands(unit.code, nth, cell, ws.today)),
        names=_links(found),
        sentence=sentence,
    )


def cell_words_of(word: Standing) -> tuple[str, str, str]:
    """The legend's line for one word."""
    css, short, long = CELLS[word]
    return css, cell_word(short), _(long)


def _always(found: Board, today: date) -> frozenset[Standing]:
    """The words that the legend explains: the rare ones only where they stand on the board."""
    rare = {Standing.UNDECIDED, Standing.ENDED}
    there = {
        found.stands(unit.code, nth, cell, today).word
        for group in found.groups
        for unit, cells in group.rows
        for nth, cell in enumerate(cells)
    }
    return frozenset(word for word in Standing if word not in rare or word in there)


def _rows(
    found: Board, wanted: str
) -> Mapping[str, tuple[tuple[Unit, tuple[Obligation | None, ...]], ...]]:
    """Each group's rows; with a filter only those whose current report is meant."""
    today = workspace().today
    words = FILTERS[wanted][2] if wanted in FILTERS else tuple(Standing)
    return {
        group.kind.value: tuple(
            (unit, cells)
            for unit, cells in group.rows
            if found.stands(unit.code, -1, cells[-1], today).word in words
        )
        for group in found.groups
    }


def _links(found: Board) -> frozenset[str]:
    """The units that have others under them: one can look further down."""
    units = workspace().units
    return frozenset(
        unit.code
        for group in found.groups
        for unit, _cells in group.rows
        if units.children(unit.code) and unit.code != found.root.code
    )


def _unsent(found: Board) -> tuple[Obligation, ...]:
    """The current period's reports that were not sent."""
    today = workspace().today
    words = FILTERS["chua-gui"][2]
    return tuple(
        cells[-1]
        for group in found.groups
        for _unit, cells in group.rows
        if cells and cells[-1] is not None and standing(cells[-1], today).word in words
    )


def _reminder(found: Board) -> str:
    """The letter to paste into a chat group: who has not sent yet."""
    unsent = _unsent(found)
    if not unsent:
        return ""
    ws = workspace()
    first = min(unsent, key=lambda one: one.due)
    text = _(
        "To all units,\n"
        "{office} reminds: the report of {period} on carrying out {directive} is due on {day} "
        "({left}).\n"
        "Units that have not sent yet ({count}): {units}.\n"
        "The units are asked to open {address}, My work, and finish it. Many thanks!"
    )
    return text.format(
        office=found.root.name,
        period=period_name(found.periods[-1]),
        directive=directive_name(found.form.directive),
        day=write_date(first.due),
        left=days_left(first.days_left(ws.today)),
        count=len(unsent),
        units="; ".join(ws.units[one.unit].name for one in unsent),
        address=request.host,
    )
