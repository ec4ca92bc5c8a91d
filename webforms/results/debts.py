"""*Còn nợ*: what is owed of every period, unit by unit, with what each was reminded of and by whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from nqcore.collection.accounts.access import Action
from nqcore.collection.monitoring.debts import UnsettledReports
from nqcore.collection.monitoring.reminders import Reminder
from nqcore.errors import N_
from nqcore.model.obligations import Obligation
from nqcore.model.units import Unit
from webforms.results.debt_groups import KIND, DebtGroup, group_keys, groups
from webforms.results.reminder_letters import letter_to_several, unit_letter, unit_line
from webforms.security.page_rules import (
    QUERIED_UNIT,
    declared_actions,
    page,
    this_unit,
    unit_or_404,
)
from webforms.shared.context import forms, may, me, workspace
from webforms.shared.debts import debt_words, report_name
from webforms.shared.filters import period_of, unit_name
from webforms.shared.language import _
from webforms.shared.paging import ListPage, is_named, one_of, paged, sought
from webforms.shared.staff_address import opens_here_only

pages = Blueprint("debts", __name__)

SHOWN = 2
"""So many debts of a unit are in sight; the others are folded up."""
LINES = 30
"""Units on a page: each has two lines, so that the page stays short."""
ASKED = ("don-vi", "loc", "tim", KIND)
"""What the address of the list keeps from page to page, and over a mark."""
CHOSEN = "cho"
"""In the address: the units to which alone the letter to several is written."""
PAST_DUE, NOT_REMINDED, RETURNED, WAITING = "qua-han", "chua-nhac", "tra-lai", "cho-duyet"
FILTERS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        PAST_DUE: ("k-chua", N_("Reports past due, not sent")),
        NOT_REMINDED: ("k-chua", N_("Units not reminded yet")),
        RETURNED: ("k-tra", N_("Returned, to be corrected")),
        WAITING: ("k-gui", N_("Waiting for review")),
    }
)
"""The counters above the list, each with its class and words; each is a filter too."""


class NamedReport(NamedTuple):
    """A report as the list names it: its id, and "Quý II/2018, quá hạn 87 ngày"."""

    submission: str
    words: str


class ReminderAct(NamedTuple):
    """What a unit was reminded of at one moment by one person (a login): names of reports."""

    at: datetime
    by: str
    reports: tuple[str, ...]


class DebtLine(NamedTuple):
    """One unit of the list. `reminded` counts those of its reports of which it was reminded at all, out of
    `asked`; `acts` are the reminders of them, newest first; `letter` is "" for who sends none."""

    unit: Unit
    past_due: tuple[NamedReport, ...]
    returned: tuple[NamedReport, ...]
    waiting: tuple[NamedReport, ...]
    asked: int
    reminded: int
    acts: tuple[ReminderAct, ...]
    letter: str

    def folded(self, shown: int) -> tuple[NamedReport, ...]:
        """What the unit is to send beyond the first `shown` that are past due, and the first returned."""
        return (*self.past_due[shown:], *self.returned[shown:])


class DebtQuery(NamedTuple):
    """What the list is asked for: all that was `found` under the unit, the units that are `meant` of them,
    and how these are shown: in `groups`, or as a `page` of units."""

    found: tuple[UnsettledReports, ...]
    meant: list[UnsettledReports]
    groups: tuple[DebtGroup, ...]
    page: ListPage[UnsettledReports]


def _asked(root: Unit) -> DebtQuery:
    """The counter (`loc`), the name and the kind that the address asks for; a name is looked for in all
    groups."""
    found = workspace().monitoring.unsettled_reports(root.code, forms=forms())
    wanted = one_of("loc", FILTERS)
    name, kind = sought(), request.args.get(KIND, "")
    meant = [one for one in found if _is_meant(one, wanted)]
    if kind:
        keys = group_keys(root, meant)
        meant = [one for one in meant if keys[one.unit.code] == (KIND, kind)]
    meant = [one for one in meant if is_named(one.unit.name, name)]
    folded = () if name else groups(root, meant)
    return DebtQuery(found, meant, folded, paged(() if folded else meant, LINES))


@pages.get("/con-no")
@page((Action.APPROVE, Action.REPORT), QUERIED_UNIT)
def listing() -> str:
    """The units with what is open, the oldest debt first; many of them in groups."""
    root = this_unit()
    query, wanted = _asked(root), one_of("loc", FILTERS)
    approves = may(Action.APPROVE, root.code)
    return render_template(
        "debts.html",
        root_unit=root,
        query=query,
        counters=_counters(query.found),
        closed=_closed(root),
        wanted=wanted,
        sought=sought(),
        kind=request.args.get(KIND, ""),
        asked={key: request.args[key] for key in ASKED if request.args.get(key)},
        lines=[_line(one, approves=approves) for one in query.page.lines],
        approves=approves,
        ticked=_ticked(query),
        letter=_letter(query) if approves else "",
        chosen=request.args.getlist(CHOSEN),
        opens_here_only=opens_here_only(),
        SHOWN=SHOWN,
    )


@pages.post("/con-no")
@page(Action.APPROVE, QUERIED_UNIT)
def remind() -> Response:
    """*Đã nhắc*: record that the ticked units, or the one whose button was pressed, were reminded."""
    one = request.form.get("mot")
    units = [one] if one else request.form.getlist("chon")
    if request.form.get("viec") == "thu" and not one and units:
        kept = _kept() | {CHOSEN: units}
        return redirect(url_for("debts.listing", _anchor="thu", **kept), 303)
    for code in units:
        unit_or_404(code, *declared_actions())
    done = workspace().monitoring.remind(units, by=me())
    if done:
        names = "; ".join(dict.fromkeys(unit_name(report.unit) for report in done))
        words = _("Recorded as reminded of {count} reports: {units}.")
        flash(words.format(count=len(done), units=names))
    elif units:
        flash(
            _("The ticked units have nothing to send any more; nothing was recorded."), "canh-bao"
        )
    else:
        flash(_("No unit was ticked. Choose at least one."), "canh-bao")
    return redirect(url_for("debts.listing", **_kept()), 303)


def _kept() -> dict[str, Any]:
    """What of the address of the list stays over a button."""
    return {key: request.form[key] for key in (*ASKED, "trang") if request.form.get(key)}


def _ticked(query: DebtQuery) -> frozenset[str]:
    """The codes of the units whose boxes are ticked."""
    if request.args.get("chon") == "het":
        return frozenset(one.unit.code for one in query.page.lines)
    return frozenset(request.args.getlist(CHOSEN))


def _closed(root: Unit) -> dict[str, list[NamedReport]]:
    """What was never sent and can be sent no more, by the names of the units."""
    found: dict[str, list[NamedReport]] = {}
    for o in workspace().monitoring.closed_reports(root.code, forms=forms()):
        named = NamedReport(o.submission, report_name(o.form, o.period))
        found.setdefault(unit_name(o.unit), []).append(named)
    return found


def _is_meant(one: UnsettledReports, wanted: str) -> bool:
    """Whether the unit is in the list: with no filter, all that have something to send."""
    if wanted == PAST_DUE:
        return bool(one.past_due)
    if wanted == NOT_REMINDED:
        return not all(map(_reminders, one.asked))
    if wanted == RETURNED:
        return bool(one.returned)
    return bool(one.waiting if wanted == WAITING else one.asked)


def _reminders(report: Obligation) -> tuple[Reminder, ...]:
    return workspace().monitoring.reminders(report.submission)


def _counters(found: Sequence[UnsettledReports]) -> list[tuple[str, str, str, int]]:
    """Each filter with its class, its words and what it counts."""
    counts = {
        PAST_DUE: sum(len(one.past_due) for one in found),
        NOT_REMINDED: sum(_is_meant(one, NOT_REMINDED) for one in found),
        RETURNED: sum(len(one.returned) for one in found),
        WAITING: sum(len(one.waiting) for one in found),
    }
    return [(key, css, words, counts[key]) for key, (css, words) in FILTERS.items()]


def _line(one: UnsettledReports, *, approves: bool) -> DebtLine:
    return DebtLine(
        unit=one.unit,
        past_due=tuple(
            NamedReport(o.submission, debt_words(report_name(o.form, o.period), o))
            for o in one.past_due
        ),
        returned=tuple(
            NamedReport(o.submission, report_name(o.form, o.period)) for o in one.returned
        ),
        waiting=tuple(
            NamedReport(str(id), report_name(id.form, period_of(id.period))) for id in one.waiting
        ),
        asked=len(one.asked),
        reminded=sum(bool(_reminders(o)) for o in one.asked),
        acts=_acts(one.asked),
        letter=unit_letter(one) if approves else "",
    )


def _acts(reports: Sequence[Obligation]) -> tuple[ReminderAct, ...]:
    """The reminders of these reports, those of one moment by one person together, newest first."""
    found: dict[tuple[datetime, str], list[str]] = {}
    for report in reports:
        for each in _reminders(report):
            found.setdefault((each.at, each.by), []).append(report_name(report.form, report.period))
    return tuple(
        ReminderAct(at, by, tuple(found[at, by])) for at, by in sorted(found, reverse=True)
    )


def _letter(query: DebtQuery) -> str:
    """The letter to the units that were ticked for it; without them, to all that this page lists."""
    if chosen := request.args.getlist(CHOSEN):
        units = [one for one in query.found if one.asked and one.unit.code in chosen]
        return letter_to_several(
            [unit_line(one) for one in units], sum(len(u.asked) for u in units)
        )
    if query.groups:
        asked = [one for one in query.groups if one.past_due or one.returned]
        reports = sum(one.past_due + one.returned for one in asked)
        return letter_to_several([one.line for one in asked], reports)
    units = [one for one in query.page.lines if one.asked]
    return letter_to_several([unit_line(one) for one in units], sum(len(u.asked) for u in units))
