"""Open duties: duties given by name to a unit that has ended, on which no decision exists yet.

They are shown as *chưa xác định*. No duty passes to a successor without a decision (a handover).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from nqcore.catalogue import Catalogue
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.model.handovers import Duty, bearer, handover_id, named_units
from nqcore.model.periods import read_period
from nqcore.model.units import Unit

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDuty:
    """A duty that needs a decision: which unit takes it over, or does it end?

    `unit` has the duty and has ended; it is shown as on its last day, and `ended` is the first day without
    it. `of` is the id of the form, task or target and `title` its title; both are "" for REPORTS.
    `successor` is the code of the unit into which all of `unit` went, if there is exactly one."""

    unit: Unit
    duty: Duty
    of: str
    title: str
    ended: date
    successor: str | None
    count: int = 0
    """How many reports are outstanding, if `duty` is REPORTS."""

    @property
    def id(self) -> str:
        """The id that the decision on it will have (`handover_id`)."""
        return handover_id(self.unit.code, self.duty, self.of)


def open_duties(repository: SubmissionRepository, on: date) -> tuple[OpenDuty, ...]:
    """The duties that are open on the day `on`, in the order in which the units ended."""
    # A duty that several units handed over to the same unit is listed once.
    found = {duty.id: duty for duty in _open_duties(repository, on)}
    return tuple(sorted(found.values(), key=lambda d: (d.ended, d.unit.code, d.duty, d.of)))


class _NamedDuty(NamedTuple):
    """A duty that a definition gives to the unit `unit` by name. `until` is its last day, None: it has
    no end."""

    unit: str
    duty: Duty
    of: str = ""
    title: str = ""
    until: date | None = None


def _open_duties(repository: SubmissionRepository, on: date) -> Iterator[OpenDuty]:
    catalogue = repository.catalogue
    for named in _named_duties(catalogue):
        found = _undecided(catalogue, named, on)
        if found is not None:
            yield found
    last_days = {
        code: unit.closed - _DAY
        for code, unit in catalogue.units.items()
        if unit.closed is not None and unit.closed <= on
    }
    for code, count in repository.unsent(last_days).items():
        found = _undecided(catalogue, _NamedDuty(code, Duty.REPORTS), on)
        if found is not None:
            yield replace(found, count=count)


def _named_duties(catalogue: Catalogue) -> Iterator[_NamedDuty]:
    """Every form, task and target that is given to a unit by name."""
    for form in catalogue.forms.values():
        until = form.until - _DAY if form.until else None
        for code in named_units(form.owed_by):
            yield _NamedDuty(code, Duty.FORM, form.id, form.title, until)
    for task in catalogue.tasks.values():
        for code in filter(None, (task.responsible, *task.cooperating)):
            yield _NamedDuty(code, Duty.TASK, task.id, task.title, task.deadline)
    for target in catalogue.targets.values():
        indicator = catalogue.indicators.get(target.indicator)
        title = indicator.name if indicator else target.indicator
        until = read_period(target.period).end
        for code in named_units(target.scope):
            yield _NamedDuty(code, Duty.TARGET, target.id, title, until)


def _undecided(catalogue: Catalogue, named: _NamedDuty, on: date) -> OpenDuty | None:
    """The open duty, if a unit that has ended has it on the day `on`, and no decision exists. None where
    the duty itself was over before the unit ended."""
    tree = catalogue.units
    if named.unit not in tree:
        return None
    now = bearer(tree, catalogue.handovers, named.unit, named.duty, named.of, on)
    if now.decided or now.unit is None:
        return None
    closed = tree[now.unit].closed
    assert closed is not None
    if named.until is not None and named.until < closed:
        return None
    return OpenDuty(
        unit=tree.state(now.unit, closed - _DAY),
        duty=named.duty,
        of=named.of,
        title=named.title,
        ended=closed,
        successor=tree.successor(now.unit),
    )
