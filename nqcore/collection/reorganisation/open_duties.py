"""Open questions: duties that were laid by name on a unit that has ended, and that nobody has
decided on yet. They wait as *chưa xác định*; nothing moves to a successor by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.model.handovers import Duty, bearer, handover_id, named_units
from nqcore.model.periods import read_period
from nqcore.model.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDuty:
    """Who answers now for `duty` (`of`: which form, task or target) of `unit`, as it was last?
    `first` is whom it was laid on first, when that one handed it over to `unit`; `heir` the unit in
    which it went on whole, if there is one."""

    unit: Unit
    duty: Duty
    of: str
    title: str
    ended: date
    heir: str | None
    count: int = 0
    """How many reports are outstanding, where `duty` is REPORTS."""

    @property
    def id(self) -> str:
        """The id of the decision that would answer it."""
        return handover_id(self.unit.code, self.duty, self.of)


def open_duties(repository: SubmissionRepository, on: date) -> tuple[OpenDuty, ...]:
    """The questions that are open on that day, in the order in which the units ended."""
    found = {q.id: q for q in _questions(repository, on)}
    return tuple(sorted(found.values(), key=lambda q: (q.ended, q.unit.code, q.duty, q.of)))


def _questions(repository: SubmissionRepository, on: date) -> Iterator[OpenDuty]:
    catalogue = repository.catalogue
    tree, handovers = catalogue.units, catalogue.handovers

    def ask(code: str, duty: Duty, of: str, title: str, until: date | None) -> Iterator[OpenDuty]:
        """The question about what was laid on `code`, unless it was over before the unit was."""
        if code not in tree:
            return
        now = bearer(tree, handovers, code, duty, of, on)
        if now.decided or now.unit is None:
            return
        closed = tree[now.unit].closed
        assert closed is not None
        if until is None or until >= closed:
            yield OpenDuty(
                unit=tree.state(now.unit, closed - timedelta(days=1)),
                duty=duty,
                of=of,
                title=title,
                ended=closed,
                heir=tree.successor(now.unit),
            )

    for form in catalogue.forms.values():
        last = form.until - timedelta(days=1) if form.until else None
        for code in named_units(form.owed_by):
            yield from ask(code, Duty.FORM, form.id, form.title, last)
    for task in catalogue.tasks.values():
        for code in filter(None, (task.responsible, *task.cooperating)):
            yield from ask(code, Duty.TASK, task.id, task.title, task.deadline)
    for target in catalogue.targets.values():
        until = read_period(target.period).end
        indicator = catalogue.indicators.get(target.indicator)
        title = indicator.name if indicator else target.indicator
        for code in named_units(target.scope):
            yield from ask(code, Duty.TARGET, target.id, title, until)
    ended = {
        code: unit.closed - timedelta(days=1)
        for code, unit in tree.items()
        if unit.closed is not None and unit.closed <= on
    }
    waiting = repository.unsent(ended)
    for code, count in waiting.items():
        for question in ask(code, Duty.REPORTS, "", "", None):
            yield OpenDuty(
                unit=question.unit,
                duty=Duty.REPORTS,
                of="",
                title="",
                ended=question.ended,
                heir=question.heir,
                count=count,
            )
