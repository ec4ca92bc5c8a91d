"""*Tiến độ*: units × periods, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import quote

from flask import Blueprint, Response, abort, render_template, request

from nqcore.collection.accounts.access import Action
from nqcore.collection.monitoring.board import Board, BoardSubtree
from nqcore.errors import N_, UnknownName
from nqcore.files.table_xlsx import MEDIA_TYPE, table_workbook
from nqcore.model.forms import Form
from nqcore.model.obligations import Obligation
from nqcore.model.periods import Period, PeriodKind
from nqcore.model.report_status import ReportStatus
from nqcore.model.submissions import UNSENT, SubmissionState
from nqcore.model.units import Unit
from nqcore.text.dates import write_date
from webforms.security.page_rules import QUERIED_UNIT, page, this_unit
from webforms.shared.context import forms, may, workspace
from webforms.shared.debts import DebtList, debt_list
from webforms.shared.filters import (
    cell_words,
    days_left,
    directive_name,
    period_name,
    period_short,
    unit_name,
)
from webforms.shared.kinds import group_words
from webforms.shared.labels import CELLS
from webforms.shared.language import _, cell_word
from webforms.shared.paging import is_named, one_of, paged, sought
from webforms.shared.staff_address import opens_here_only, staff_host
from webforms.shared.unit_events import event_sentence

pages = Blueprint("board", __name__)


class BoardFilter(NamedTuple):
    """A counter above the board; it is a filter too. `standings` are the words that it counts, `states` the
    same for units further down."""

    css: str
    words: str
    standings: tuple[ReportStatus, ...]
    states: tuple[SubmissionState | None, ...]


FILTERS: Mapping[str, BoardFilter] = MappingProxyType(
    {
        "chua-gui": BoardFilter(
            "k-chua",
            N_("Not sent"),
            (ReportStatus.EMPTY, ReportStatus.DRAFT, ReportStatus.OVERDUE),
            tuple(UNSENT),
        ),
        "cho-duyet": BoardFilter(
            "k-gui", N_("Waiting for review"), (ReportStatus.SENT,), (SubmissionState.SENT,)
        ),
        "tra-lai": BoardFilter(
            "k-tra",
            N_("Returned, to be corrected"),
            (ReportStatus.RETURNED,),
            (SubmissionState.RETURNED, SubmissionState.REOPENED),
        ),
        "da-duyet": BoardFilter(
            "k-duyet",
            N_("Accepted"),
            (ReportStatus.ACCEPTED, ReportStatus.EXCLUDED),
            (SubmissionState.ACCEPTED, SubmissionState.EXCLUDED),
        ),
    }
)

PERIODS = 44
"""So far back periods can be chosen: eleven years of quarters. Of these the unit has those in which it, or a
unit under it, owes the form."""


class BoardQuery(NamedTuple):
    """What a board is asked for."""

    root: Unit
    form: Form
    choices: tuple[Period, ...]
    board: Board


def _asked() -> BoardQuery | None:
    """The board of one form under one unit, up to one period; None where there is no form."""
    ws = workspace()
    root = this_unit()
    offered = _forms()
    wanted = request.args.get("mau")
    if not offered:
        return None
    form = next((one for one in offered if wanted in (None, one.id)), None)
    if form is None:
        abort(404)
    try:
        found = ws.monitoring.board(form, root.code, request.args.get("ky") or None)
    except UnknownName:
        abort(404)
    begun = ws.obligations.current_periods(form, ws.today, PERIODS)
    known = ws.obligations
    choices = tuple(
        p for p in reversed(begun) if known.is_owed(form, p, root.code) or known.undecided(form, p)
    )
    return BoardQuery(root, form, choices, found)


def _forms() -> tuple[Form, ...]:
    """The form with the shortest periods first: it is opened most often."""
    order = list(PeriodKind)
    return tuple(sorted(forms(), key=lambda form: order.index(form.every)))


@pages.get("/tien-do")
@page(Action.READ, QUERIED_UNIT)
def board() -> str:
    """Units and periods, counters, the reminder."""
    asked = _asked()
    if asked is None:
        return render_template("board.html", board=None, forms=())
    ws, found = workspace(), asked.board
    wanted, name = one_of("loc", FILTERS), sought()
    shown = _cell_statuses(found, ws.today)
    unsent = _unsent(found, shown)
    lines = paged(_lines(found, shown, wanted, name))
    owed = debt_list(asked.root.code, _shown_period(found))
    return render_template(
        "board.html",
        board=found,
        forms=_forms(),
        choices=asked.choices,
        root_unit=asked.root,
        counters=[
            (key, one.css, one.words, _count(found, shown, one)) for key, one in FILTERS.items()
        ],
        wanted=wanted,
        sought=name,
        lines=lines,
        rows=_by_group(lines.lines),
        below=[one for one in lines.lines if isinstance(one, BoardSubtree)],
        next_due=min((one.due for one in unsent), default=None),
        closed=_closed(found, shown),
        debts=owed,
        reminder=_reminder(found, shown, owed) if may(Action.APPROVE, asked.root.code) else "",
        opens_here_only=opens_here_only(),
        legend=[cell_words_of(word) for word in CELLS if word in _explained(shown)],
        links=_links(found),
        sentence=event_sentence,
        undecided=ReportStatus.UNDECIDED in _explained(shown),
    )


@pages.get("/tien-do.xlsx")
@page(Action.READ, QUERIED_UNIT)
def spreadsheet() -> Response:
    """The same board in Excel: the same words in the same cells."""
    asked = _asked()
    if asked is None or not asked.board.periods:
        abort(404)
    found = asked.board
    title = f"{_('Progress of reports')} – {found.root.name}, {asked.form.title}"
    head = (_("Unit"), *map(period_short, found.periods))
    name = quote(f"tien-do-{found.periods[-1].code}-{found.root.code}.xlsx")
    return Response(
        table_workbook(title, head, _spreadsheet_rows(found)),
        mimetype=MEDIA_TYPE,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"},
    )


def _spreadsheet_rows(found: Board) -> list[tuple[str, ...]]:
    """The board's lines: each group with its units, then the units that have others below them."""
    today = workspace().today
    rows: list[tuple[str, ...]] = []
    for group in found.groups:
        rates = (group.rate(nth) for nth in range(len(found.periods)))
        rows.append((group_words(group.kind), *(f"{sent}/{owed}" for sent, owed in rates)))
        rows += [
            (
                unit.name,
                *(
                    cell_words(found.status(unit, nth, cell, today))[1]
                    for nth, cell in enumerate(cells)
                ),
            )
            for unit, cells in group.rows
        ]
    rows += [
        (one.unit.name, *(f"{sent}/{owed}" for sent, owed in one.rates)) for one in found.subtrees
    ]
    return rows


Shown = Mapping[str, tuple[tuple[ReportStatus, tuple[str, str, str]], ...]]
"""Of each unit the status of its cells, each with its CSS class and words."""


def _cell_statuses(found: Board, today: date) -> Shown:
    return {
        unit.code: tuple(
            (status.status, cell_words(status))
            for nth, cell in enumerate(cells)
            for status in [found.status(unit, nth, cell, today)]
        )
        for group in found.groups
        for unit, cells in group.rows
    }


def _shown_period(found: Board) -> tuple[Form, Period] | None:
    """The form and the current period, whose missing reports the board names in its own words."""
    return (found.form, found.periods[-1]) if found.periods else None


def _count(found: Board, shown: Shown, one: BoardFilter) -> int:
    """How many of the current period's reports the counter counts."""
    here = sum(cells[-1][0] in one.standings for cells in shown.values() if cells)
    return here + sum(
        subtree.current.get(state, 0) for subtree in found.subtrees for state in one.states
    )


def _closed(found: Board, shown: Shown) -> int:
    """How many of the current period's reports were not sent before it was closed."""
    here = sum(cells[-1][0] is ReportStatus.CLOSED for cells in shown.values() if cells)
    return here + sum(one.closed for one in found.subtrees)


def cell_words_of(word: ReportStatus) -> tuple[str, str, str]:
    """The legend's line for one word."""
    css, short, long = CELLS[word]
    return css, cell_word(short), _(long)


def _explained(shown: Shown) -> frozenset[ReportStatus]:
    """The words that the legend explains: the rare ones only where the board has them."""
    rare = {
        ReportStatus.UNDECIDED,
        ReportStatus.ENDED,
        ReportStatus.CLOSED,
        ReportStatus.NOT_BROUGHT_IN,
        ReportStatus.NOT_FOUNDED,
        ReportStatus.GONE,
    }
    there = {word for cells in shown.values() for word, _words in cells}
    return frozenset(word for word in ReportStatus if word not in rare or word in there)


class BoardRow(NamedTuple):
    """A unit in its group, and its cells with their words."""

    group: str
    unit: Unit
    cells: tuple[tuple[Obligation | None, tuple[str, str, str]], ...]


def _rows(found: Board, shown: Shown, wanted: str, name: str) -> Iterator[BoardRow]:
    """The rows of the groups, in order; with a filter only those whose current report is meant, and only
    units of that name."""
    words = FILTERS[wanted].standings if wanted in FILTERS else tuple(ReportStatus)
    for group in found.groups:
        for unit, cells in group.rows:
            if shown[unit.code][-1][0] in words and is_named(unit.name, name):
                told = (words_of_cell for _word, words_of_cell in shown[unit.code])
                yield BoardRow(group.kind, unit, tuple(zip(cells, told, strict=True)))


def _lines(found: Board, shown: Shown, wanted: str, name: str) -> list[BoardRow | BoardSubtree]:
    return [*_rows(found, shown, wanted, name), *_below(found, wanted, name)]


def _by_group(lines: Sequence[BoardRow | BoardSubtree]) -> Mapping[str, Sequence[BoardRow]]:
    found: dict[str, list[BoardRow]] = {}
    for line in lines:
        if isinstance(line, BoardRow):
            found.setdefault(line.group, []).append(line)
    return found


def _below(found: Board, wanted: str, name: str) -> Iterator[BoardSubtree]:
    """The units further down, of which only numbers are shown; with a filter those that it counts, and only
    units of that name."""
    states = FILTERS[wanted].states if wanted in FILTERS else None
    for one in found.subtrees:
        meant = states is None or any(one.current.get(state) for state in states)
        if meant and is_named(one.unit.name, name):
            yield one


def _links(found: Board) -> frozenset[str]:
    """The units that have others under them: their names are links to their own board."""
    units = workspace().units
    return frozenset(
        unit.code
        for group in found.groups
        for unit, _cells in group.rows
        if units.children(unit.code) and unit.code != found.root.code
    )


def _unsent(found: Board, shown: Shown) -> tuple[Obligation, ...]:
    """The current period's reports that were not sent."""
    words = FILTERS["chua-gui"].standings
    return tuple(
        cells[-1]
        for group in found.groups
        for unit, cells in group.rows
        if cells and cells[-1] is not None and shown[unit.code][-1][0] in words
    )


def _reminder(found: Board, shown: Shown, owed: DebtList) -> str:
    """The letter to paste into a chat group: which units have not sent the current report yet, and what is
    still owed of other periods."""
    unsent = _unsent(found, shown)
    names = [unit_name(one.unit) for one in unsent]
    count = len(unsent)
    for one in found.subtrees:
        late = sum(one.current.get(state, 0) for state in FILTERS["chua-gui"].states)
        if late:
            names.append(_("{unit} ({count} units)").format(unit=one.unit.name, count=late))
            count += late
    lines = [_("To all units,")]
    if count:
        lines += [_reminded(found, unsent), _unsent_line(count, names)]
        if owed.units:
            still = _("Reports of other periods that are still owed ({count}): {units}.")
            lines.append(still.format(count=owed.reports, units=owed.text))
    elif owed.units:
        still = _("{office} reminds of the reports that are still owed ({count}): {units}.")
        lines.append(still.format(office=found.root.name, count=owed.reports, units=owed.text))
    else:
        return ""
    ask = _("The units are asked to open {address}, My work, and finish it. Many thanks!")
    return "\n".join([*lines, ask.format(address=staff_host())])


def _reminded(found: Board, unsent: tuple[Obligation, ...]) -> str:
    """Which report is due, and when."""
    period = found.periods[-1]
    due = min((one.due for one in unsent), default=period.due or period.end)
    text = _(
        "{office} reminds: the report of {period} on carrying out {directive} is due on {day} "
        "({left})."
    )
    return text.format(
        office=found.root.name,
        period=period_name(period),
        directive=directive_name(found.form.directive),
        day=write_date(due),
        left=days_left((due - workspace().today).days),
    )


def _unsent_line(count: int, names: list[str]) -> str:
    text = _("Units that have not sent yet ({count}): {units}.")
    return text.format(count=count, units="; ".join(names))
