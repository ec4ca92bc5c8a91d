"""The debts (*còn nợ*): reports of any period that were not sent although their deadline is over, and what
else of a unit is not settled yet. All of it comes from the one count of reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import date

from nqcore.collection.monitoring.report_counts import GroupedReport, Ids, grouped_reports
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.model.forms import Form
from nqcore.model.obligations import Obligation
from nqcore.model.periods import Period
from nqcore.model.submissions import SETTLED, UNSENT, SubmissionId, SubmissionState
from nqcore.model.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDebts:
    """What one unit has not sent, the newest period first."""

    unit: Unit
    reports: tuple[Obligation, ...]

    @property
    def oldest(self) -> date:
        """The earliest of the deadlines that are over."""
        return min(each.due for each in self.reports)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsettledReports:
    """The reports of one unit that something is still to be done about: by the unit those `past_due` (not
    sent although the deadline is over) and those `returned` for correction, by the office those `waiting`
    for its approval. The oldest first; each tuple may be empty, but not all three."""

    unit: Unit
    past_due: tuple[Obligation, ...]
    returned: tuple[Obligation, ...]
    waiting: Ids

    @property
    def asked(self) -> tuple[Obligation, ...]:
        """What the unit is to do something about, and so is reminded of."""
        return (*self.past_due, *self.returned)

    @property
    def oldest(self) -> date:
        """The earliest deadline of what is past due; without that, a day after all others."""
        return min((each.due for each in self.past_due), default=date.max)


def past_due(
    repository: SubmissionRepository, forms: Iterable[Form], units: Set[str]
) -> tuple[Obligation, ...]:
    """The reports of `units` (their codes) in all periods of `forms` that `count_reports` calls past due
    today, the newest period first."""
    found = [
        one.obligation
        for one in _reports(repository, forms, units)
        if one.group == "past_due" and one.obligation is not None
    ]
    return tuple(sorted(found, key=lambda o: (o.period.end, o.form), reverse=True))


def closed_reports(
    repository: SubmissionRepository, forms: Iterable[Form], units: Set[str]
) -> tuple[Obligation, ...]:
    """The reports of `units` (their codes) that were never sent and can be sent no more, because their period
    is closed: no debts, and no unit is reminded of them. The newest period first."""
    found = [
        one.obligation
        for one in _reports(repository, forms, units)
        if one.group == "closed" and one.obligation is not None
    ]
    return tuple(sorted(found, key=lambda o: (o.period.end, o.form), reverse=True))


def debts(
    repository: SubmissionRepository, forms: Iterable[Form], root: str
) -> tuple[UnitDebts, ...]:
    """The debts of the units under `root` (a code) in all periods of `forms`: the unit with the oldest
    deadline first, then in the order of the tree."""
    units = repository.catalogue.units.subtree(root)
    by_unit: dict[str, list[Obligation]] = {}
    for one in past_due(repository, forms, {unit.code for unit in units}):
        by_unit.setdefault(one.unit, []).append(one)
    several = [
        UnitDebts(unit=unit, reports=tuple(by_unit[unit.code]))
        for unit in units
        if unit.code in by_unit
    ]
    return tuple(sorted(several, key=lambda each: each.oldest))


def unsettled_reports(
    repository: SubmissionRepository, forms: Iterable[Form], units: Iterable[Unit]
) -> tuple[UnsettledReports, ...]:
    """What is not settled of `units` in all periods of `forms`: the unit with the oldest debt first, then in
    the order of `units`. Units with nothing are left out."""
    by_code = {unit.code: unit for unit in units}
    asked: dict[str, dict[str, list[Obligation]]] = {}
    waiting: dict[str, list[SubmissionId]] = {}
    for one in _reports(repository, forms, by_code.keys()):
        if one.group == "waiting":
            waiting.setdefault(one.id.unit, []).append(one.id)
        elif one.group in ("past_due", "returned") and one.obligation is not None:
            asked.setdefault(one.id.unit, {}).setdefault(one.group, []).append(one.obligation)
    found = [
        UnsettledReports(
            unit=unit,
            past_due=_oldest_first(asked.get(code, {}).get("past_due", ())),
            returned=_oldest_first(asked.get(code, {}).get("returned", ())),
            waiting=tuple(waiting.get(code, ())),
        )
        for code, unit in by_code.items()
        if code in asked or code in waiting
    ]
    return tuple(sorted(found, key=lambda each: each.oldest))


def _oldest_first(reports: Iterable[Obligation]) -> tuple[Obligation, ...]:
    return tuple(sorted(reports, key=lambda o: (o.due, o.period.end, o.form)))


def _reports(
    repository: SubmissionRepository, forms: Iterable[Form], units: Set[str]
) -> Iterator[GroupedReport]:
    """The reports that `units` owe in all periods of `forms` that have begun, as they are today, without
    those that are settled, and without those that were not sent and need not be yet."""
    today, obligations = repository.clock().date(), repository.obligations
    owed = (
        (form, period, sorted(units & _unsettled(repository, form, period)))
        for form in forms
        for period in obligations.current_periods(form, today, None)
        if obligations.is_awaited(period)
    )
    return grouped_reports(repository, owed, today)


def _unsettled(repository: SubmissionRepository, form: Form, period: Period) -> frozenset[str]:
    """The codes of the units whose report may still be asked for, waits, or can be sent no more."""
    owing = repository.obligations.owing_codes(form, period)
    left = owing - repository.units_with(form, period, SETTLED)
    if left and not repository.any_is_late(form, period):
        return left & repository.units_with(form, period, frozenset(SubmissionState) - UNSENT)
    return left
