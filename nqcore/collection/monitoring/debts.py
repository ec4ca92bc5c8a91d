"""The debts (*còn nợ*): reports of any period that were not sent although their deadline is over."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date

from nqcore.collection.monitoring.report_counts import count_reports
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.model.forms import Form
from nqcore.model.obligations import Obligation
from nqcore.model.units import Unit

_EVERY_PERIOD = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDebts:
    """What one unit has not sent, the newest period first."""

    unit: Unit
    reports: tuple[Obligation, ...]

    @property
    def oldest(self) -> date:
        """The earliest of the deadlines that are over."""
        return min(each.due for each in self.reports)


def past_due(
    repository: SubmissionRepository, forms: Iterable[Form], units: Set[str]
) -> tuple[Obligation, ...]:
    """The reports of `units` (their codes) in all periods of `forms` that `count_reports` calls past due
    today, the newest period first."""
    today, obligations = repository.clock().date(), repository.obligations
    owed = [
        (form, period, sorted(units & obligations.owing_codes(form, period)))
        for form in forms
        for period in obligations.current_periods(form, today, _EVERY_PERIOD)
        if obligations.is_awaited(period)
    ]
    found = [repository.find(str(id)) for id in count_reports(repository, owed, today).past_due]
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
