"""*Who has issued its plan?* – the units × the directives that ask them for a plan of their own.

A form asks by a document field; what counts is what the unit entered there and a reviewer accepted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from nqcore.catalogue import Catalogue
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.model.directives import Directive
from nqcore.model.forms import DocumentField, Form
from nqcore.model.periods import Period
from nqcore.model.submissions import OwnDocument, Step, SubmissionState, submission_id
from nqcore.model.units import Unit


class PlanState(StrEnum):
    """How a unit stands with its plan."""

    ISSUED = "issued"
    LATE = "late"
    """Issued after the deadline."""
    WAITING = "waiting"
    """Entered, and not accepted yet."""
    MISSING = "missing"


_SEEN = (SubmissionState.SENT, SubmissionState.RETURNED, SubmissionState.REOPENED)
"""Sent once and not accepted (any more). A draft is nobody's business but the unit's."""
_ALL = 10_000
"""More periods than any form has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedPlan:
    """One unit's plan for one directive. `days` counts from the deadline `by`: by how much the plan
    was late, or (missing, waiting) how long the deadline is over; None where nothing is measured:
    no deadline, or no date. `submission` is the report in which it stands."""

    unit: str
    directive: str
    state: PlanState
    document: OwnDocument | None = None
    by: date | None = None
    days: int | None = None
    submission: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMatrix:
    """Rows are `units`, columns `directives`; a cell that is not there is not asked for."""

    directives: tuple[Directive, ...]
    units: tuple[Unit, ...]
    cells: Mapping[tuple[str, str], IssuedPlan]

    def column(self, directive: Directive) -> tuple[tuple[Unit, IssuedPlan], ...]:
        """The units that are asked for a plan on `directive`, each with how it stands."""
        return tuple(
            (unit, self.cells[unit.code, directive.id])
            for unit in self.units
            if (unit.code, directive.id) in self.cells
        )

    def of(self, directive: Directive, *states: PlanState) -> tuple[Unit, ...]:
        """The units whose plan on `directive` is in one of `states`."""
        return tuple(unit for unit, plan in self.column(directive) if plan.state in states)


def plan_matrix(
    repository: SubmissionRepository,
    directive: Directive | None,
    today: date,
    seen: Callable[[str], bool] = lambda unit: True,
) -> PlanMatrix:
    """The plans for `directive` and what hangs on it (None: for every directive that asks for one),
    of the units that there are on `today`; only those that `seen` lets through."""
    catalogue = repository.catalogue
    register = catalogue.directives
    family = tuple(register) if directive is None else register.family(directive.id)
    tree = repository.obligations.tree(today)
    asking = [
        (
            one,
            [
                _Question(form, field, repository.obligations.open_periods(form, today, _ALL))
                for form, field in _fields(catalogue, one, today)
            ],
        )
        for one in family
    ]
    cells: dict[tuple[str, str], IssuedPlan] = {}
    for unit in tree.values():
        if not seen(unit.code):
            continue
        for one, questions in asking:
            asked = [
                q
                for q in questions
                if q.form.owed_by.covers(unit, tree) and q.field.asks.covers(unit, tree)
            ]
            if asked:
                cells[unit.code, one.id] = _plan(repository, unit, one, asked, today)
    rows, columns = {unit for unit, _ in cells}, {one for _, one in cells}
    return PlanMatrix(
        directives=tuple(one for one in family if one.id in columns),
        units=tuple(unit for unit in tree.values() if unit.code in rows),
        cells=cells,
    )


class _Question(NamedTuple):
    """One document field that asks for the plan, in a form's periods."""

    form: Form
    field: DocumentField
    periods: tuple[Period, ...]


def _fields(
    catalogue: Catalogue, directive: Directive, today: date
) -> Iterator[tuple[Form, DocumentField]]:
    """Where the forms of `today` ask for a plan on `directive`."""
    for form in catalogue.forms.values():
        if (form.since and form.since > today) or (form.until and form.until <= today):
            continue
        for field in form.fields:
            if isinstance(field, DocumentField) and (
                catalogue.directives.matching(field.directive) == (directive,)
            ):
                yield form, field


def _plan(
    repository: SubmissionRepository,
    unit: Unit,
    directive: Directive,
    asked: list[_Question],
    today: date,
) -> IssuedPlan:
    by = min((q.field.by for q in asked if q.field.by), default=None)
    if by and unit.opened and unit.opened > by:
        by = None  # the unit did not exist yet
    state, document, where = PlanState.MISSING, None, ""
    for newest, found, submission in _entered(repository, unit, asked):
        if newest is SubmissionState.ACCEPTED:
            state, document, where = PlanState.ISSUED, found, submission
            break
        if state is PlanState.MISSING:
            state, document, where = PlanState.WAITING, found, submission
    days = None
    if by is not None:
        if state is not PlanState.ISSUED:
            days = max(0, (today - by).days)
        elif document is not None and document.date is not None:
            days = max(0, (document.date - by).days)
            state = PlanState.LATE if days else state
    return IssuedPlan(
        unit=unit.code,
        directive=directive.id,
        state=state,
        document=document,
        by=by,
        days=days,
        submission=where,
    )


def _entered(
    repository: SubmissionRepository, unit: Unit, asked: list[_Question]
) -> Iterator[tuple[SubmissionState, OwnDocument, str]]:
    """The plans that the unit sent, newest period first, each with the state of its report."""
    for form, field, periods in asked:
        for period in reversed(periods):
            id = submission_id(period.code, form.id, unit.code)
            state = repository.state(id)
            if state is SubmissionState.ACCEPTED:
                newest = repository.revision(id)
            elif state in _SEEN:
                # What was changed since it came back is a draft.
                sent = (r for r in reversed(repository.revisions(id)) if r.step is Step.SEND)
                newest = next(sent, None)
            else:
                continue
            answer = newest.answers.get(field.key) if newest is not None else None
            if state is not None and isinstance(answer, OwnDocument) and answer.number:
                yield state, answer, id
