"""The plan matrix: which unit has issued the plan that a directive asks for, units × directives.

A form asks for a plan by a document field. A plan is issued when the unit has entered it there and an
approver has accepted the submission.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from nqcore.catalogue import Catalogue
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.model.directives import Directive
from nqcore.model.fields import DocumentField, OwnDocument
from nqcore.model.forms import Form
from nqcore.model.periods import Period
from nqcore.model.submissions import Step, SubmissionState, submission_id
from nqcore.model.units import Unit, UnitTree


class PlanStatus(StrEnum):
    """Whether a unit has issued its plan. The values are those of `nq directives --plans --json`."""

    ISSUED = "issued"
    LATE = "late"
    """Issued after the deadline."""
    WAITING = "waiting"
    """Entered and sent, but not accepted."""
    MISSING = "missing"


_SENT_NOT_ACCEPTED = (SubmissionState.SENT, SubmissionState.RETURNED, SubmissionState.REOPENED)
"""Sent at least once, and not accepted now. A draft is not in it: only its unit may see it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPlan:
    """The plan of one unit for one directive, both given by their ids.

    `days` counts from the deadline: how many days the plan was issued late, or for how many days it is
    overdue (missing, waiting). It is None without a deadline, and for an issued plan without a date.
    `document` is what the unit entered, `submission` the id of the submission that holds it. A unit that
    was made of others by a merger and has no plan of its own yet has the newest one of theirs: `predecessor`
    is the unit that issued it. `enter_in`: the id of the report in which a plan that is missing is entered
    now, though its period may still run; "" where there is none."""

    unit: str
    directive: str
    status: PlanStatus
    document: OwnDocument | None = None
    deadline: date | None = None
    days: int | None = None
    submission: str = ""
    predecessor: Unit | None = None
    enter_in: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMatrix:
    """Rows are `units`, columns `directives`. `cells` are by (unit, directive); a cell that is not there
    means that the unit is not asked for a plan."""

    directives: tuple[Directive, ...]
    units: tuple[Unit, ...]
    cells: Mapping[tuple[str, str], UnitPlan]

    def column(self, directive: Directive) -> tuple[tuple[Unit, UnitPlan], ...]:
        """The units that are asked for a plan on `directive`, each with its plan."""
        return tuple(
            (unit, self.cells[unit.code, directive.id])
            for unit in self.units
            if (unit.code, directive.id) in self.cells
        )

    def of(self, directive: Directive, *statuses: PlanStatus) -> tuple[Unit, ...]:
        """The units whose plan on `directive` has one of `statuses`."""
        return tuple(unit for unit, plan in self.column(directive) if plan.status in statuses)


class _PlanField(NamedTuple):
    """A document field of a form that asks for the plan, and the periods of the form."""

    form: Form
    field: DocumentField
    periods: tuple[Period, ...]


def plan_matrix(
    repository: SubmissionRepository,
    directive: Directive | None,
    today: date,
    shown: Callable[[str], bool] = lambda unit: True,
) -> PlanMatrix:
    """The plans for `directive` and the documents below it (None: for every directive), of the units
    that exist on `today`. `shown` says for the code of a unit whether it is in the matrix."""
    register = repository.catalogue.directives
    family = tuple(register) if directive is None else register.family(directive.id)
    tree = repository.obligations.tree(today)
    fields = {one.id: _plan_fields(repository, one, today) for one in family}
    cells: dict[tuple[str, str], UnitPlan] = {}
    for unit in tree.values():
        if not shown(unit.code):
            continue
        for one in family:
            asked = [
                f
                for f in fields[one.id]
                if f.form.owed_by.covers(unit, tree)
                and repository.catalogue.is_asked(f.form, f.field, unit, today)
            ]
            if asked:
                cells[unit.code, one.id] = _unit_plan(repository, unit, one, asked, today)
    rows, columns = {unit for unit, _ in cells}, {one for _, one in cells}
    return PlanMatrix(
        directives=tuple(one for one in family if one.id in columns),
        units=tuple(unit for unit in tree.values() if unit.code in rows),
        cells=cells,
    )


def _plan_fields(
    repository: SubmissionRepository, directive: Directive, today: date
) -> tuple[_PlanField, ...]:
    """The fields that ask for a plan on `directive` in the forms that are in force on `today`."""
    return tuple(
        _PlanField(form, field, repository.obligations.open_periods(form, today, None))
        for form, field in _document_fields(repository.catalogue, directive, today)
    )


def _document_fields(
    catalogue: Catalogue, directive: Directive, today: date
) -> Iterator[tuple[Form, DocumentField]]:
    for form in catalogue.forms.values():
        if (form.since and form.since > today) or (form.until and form.until <= today):
            continue
        for field in form.fields:
            if isinstance(field, DocumentField) and (
                catalogue.directives.matching(field.directive) == (directive,)
            ):
                yield form, field


def _unit_plan(
    repository: SubmissionRepository,
    unit: Unit,
    directive: Directive,
    asked: Sequence[_PlanField],
    today: date,
) -> UnitPlan:
    """The plan of the unit, which the fields `asked` ask for."""
    deadline = min((f.field.by for f in asked if f.field.by), default=None)
    if deadline and unit.opened and unit.opened > deadline:
        deadline = None  # the unit did not exist yet
    status, document, submission = _newest_plan(repository, unit.code, asked)
    predecessor = None
    if status is PlanStatus.MISSING:
        for before in _merged_into(repository.catalogue.units, unit):
            found = _newest_plan(repository, before.code, asked)
            if found[0] is PlanStatus.ISSUED:
                (status, document, submission), predecessor = found, before
                break
    days = None
    if deadline is not None:
        if status is not PlanStatus.ISSUED:
            days = max(0, (today - deadline).days)
        elif document is not None and document.date is not None:
            days = max(0, (document.date - deadline).days)
            status = PlanStatus.LATE if days else status
    return UnitPlan(
        unit=unit.code,
        directive=directive.id,
        status=status,
        document=document,
        deadline=deadline,
        days=days,
        submission=submission,
        predecessor=predecessor,
        enter_in=_enter_in(repository, unit, asked) if status is PlanStatus.MISSING else "",
    )


def _enter_in(repository: SubmissionRepository, unit: Unit, asked: Sequence[_PlanField]) -> str:
    """The newest report that has begun and asks the unit for the plan."""
    for one in asked:
        for period in reversed(one.periods):
            if unit.code in repository.obligations.owing_codes(one.form, period):
                return submission_id(period.code, one.form.id, unit.code)
    return ""


def _merged_into(units: UnitTree, unit: Unit) -> Iterator[Unit]:
    """The units of which `unit` was made on its first day, and those of which these were made. One that
    existed before, and took another one in, speaks for itself."""
    for before in units.subtree(unit.code):
        if units.successor(before.code) == unit.code and before.closed == unit.opened:
            yield before
            yield from _merged_into(units, before)


def _newest_plan(
    repository: SubmissionRepository, unit: str, asked: Sequence[_PlanField]
) -> tuple[PlanStatus, OwnDocument | None, str]:
    """The newest accepted plan of the unit, else the newest one that it sent, with the submission's id."""
    waiting: tuple[PlanStatus, OwnDocument | None, str] | None = None
    for state, document, submission in _sent_plans(repository, unit, asked):
        if state is SubmissionState.ACCEPTED:
            return PlanStatus.ISSUED, document, submission
        waiting = waiting or (PlanStatus.WAITING, document, submission)
    return waiting or (PlanStatus.MISSING, None, "")


def _sent_plans(
    repository: SubmissionRepository, unit: str, asked: Sequence[_PlanField]
) -> Iterator[tuple[SubmissionState, OwnDocument, str]]:
    """The plans that the unit sent, newest period first, each with the state and the id of its
    submission."""
    for form, field, periods in asked:
        for period in reversed(periods):
            id = submission_id(period.code, form.id, unit)
            state = repository.state(id)
            if state is SubmissionState.ACCEPTED:
                revision = repository.revision(id)
            elif state in _SENT_NOT_ACCEPTED:
                # Later revisions may be a draft: only what was sent is shown.
                sent = (r for r in reversed(repository.revisions(id)) if r.step is Step.SEND)
                revision = next(sent, None)
            else:
                continue
            answer = revision.answers.get(field.key) if revision is not None else None
            if state is not None and isinstance(answer, OwnDocument) and answer.number:
                yield state, answer, id
