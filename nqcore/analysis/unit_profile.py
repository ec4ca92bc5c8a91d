"""The profile of a unit (*hồ sơ đơn vị*): what it reported, how punctually, its chief figures beside those of
its like, its tasks and plans, the findings that name it, and what became of it.

Each value is one that another page shows too: the board, *Số liệu*, the tasks, the plans, the review.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from statistics import median

from nqcore.analysis.current_reviews import CurrentReviews
from nqcore.analysis.findings.evaluation import evaluate
from nqcore.analysis.report.decisions import printed_proposals
from nqcore.analysis.rollup import Totals
from nqcore.analysis.rollup.unit_selection import UnitSelection
from nqcore.analysis.series.figure_table import SeriesRow, figure_table
from nqcore.analysis.series.times import SeriesTime, TimeStep, times
from nqcore.collection.monitoring.plan_matrix import UnitPlan, plan_matrix
from nqcore.collection.monitoring.task_progress import TaskOverview, task_overview
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.model.changes import ChangeEvent
from nqcore.model.directives import Directive
from nqcore.model.figures import Figure
from nqcore.model.findings import Finding
from nqcore.model.forms import Form
from nqcore.model.obligations import Obligation
from nqcore.model.periods import Period
from nqcore.model.report_status import DatedStatus, ReportStatus, report_status
from nqcore.model.rules import RuleDefinition
from nqcore.model.units import Unit

REPORTS, YEARS, FIGURES = 8, 5, 8
"""So many newest reports of a form, years of a figure, and figures of a form stand in a profile."""
_DAY = timedelta(days=1)
_MISSING = (ReportStatus.OVERDUE, ReportStatus.CLOSED)
_IN = (ReportStatus.SENT, ReportStatus.ACCEPTED, ReportStatus.EXCLUDED, ReportStatus.RETURNED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Punctuality:
    """The reports of one form that the unit owed until today. `newest`: the last of them with their status,
    oldest first. All of them are counted: `in_time`, `late` (sent after the deadline), `missing` (not sent,
    the deadline is over); those of a time before the office began to collect count nowhere."""

    form: Form
    newest: tuple[tuple[Obligation, DatedStatus], ...]
    in_time: int
    late: int
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AmongLike:
    """Where a figure stands among the `count` units of the same kind under the same unit (the unit itself is
    one of them): how many of them have a `higher` one and how many an `equal` one, and the `median` of them
    all. Only units with as many reports in the figure are compared, and as new ones: a sum over fewer
    quarters is smaller for that alone."""

    median: Decimal
    higher: int
    equal: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileFigure:
    """A row of figures by year, and the newest of them among the unit's like (None: it has no like)."""

    row: SeriesRow
    newest: Figure | None
    among: AmongLike | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileFigures:
    """The chief figures of one form. `own`: those that the unit itself reports; else those of all units under
    it."""

    form: Form
    times: tuple[SeriesTime, ...]
    own: bool
    figures: tuple[ProfileFigure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedFinding:
    """A finding of the review of `directive` over `period` that is about the unit."""

    directive: Directive
    period: Period
    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitProfile:
    """What the office knows of `unit` on `day`. `above`: the units over it, the nearest first. `tasks`: those
    that it carries out; `inherited`: the reports that units which have ended left to it and that are not
    sent yet; `events`: what became of it, the oldest first."""

    unit: Unit
    day: date
    above: tuple[Unit, ...]
    reports: tuple[Punctuality, ...]
    inherited: tuple[Obligation, ...]
    figures: tuple[ProfileFigures, ...]
    tasks: tuple[TaskOverview, ...]
    plans: tuple[tuple[Directive, UnitPlan], ...]
    findings: tuple[NamedFinding, ...]
    events: tuple[ChangeEvent, ...]


def unit_profile(
    totals: Totals,
    repository: SubmissionRepository,
    unit: str,
    *,
    root: str,
    forms: Collection[Form],
) -> UnitProfile:
    """The profile of `unit` (a code). `root`: the unit up to which the reader may look; the findings are
    those of its reviews. `forms`: what the reader works with. Raises UnknownName."""
    return _Profile(totals, repository, unit, root, forms).profile()


class _Profile:
    """One profile, and what its parts need."""

    def __init__(
        self,
        totals: Totals,
        repository: SubmissionRepository,
        unit: str,
        root: str,
        forms: Collection[Form],
    ) -> None:
        self._totals, self._repository, self._root = totals, repository, root
        self._catalogue, self._today = totals.catalogue, totals.today
        self._unit = self._catalogue.units[unit]
        self._ids = frozenset(form.id for form in forms)
        self._forms = tuple(f for f in self._catalogue.forms.values() if f.id in self._ids)

    def profile(self) -> UnitProfile:
        return UnitProfile(
            unit=self._unit,
            day=self._today,
            above=self._above(),
            reports=tuple(self._reports()),
            inherited=tuple(self._inherited()),
            figures=tuple(self._figures()),
            tasks=tuple(self._tasks()),
            plans=tuple(self._plans()),
            findings=tuple(self._findings()),
            events=self._events(),
        )

    def _above(self) -> tuple[Unit, ...]:
        tree = self._repository.obligations.tree(self._last_day())
        return tuple(tree.ancestors(self._unit.code)) if self._unit.code in tree else ()

    def _last_day(self) -> date:
        """Today; of a unit that ended, its last day."""
        closed = self._unit.closed
        return min(self._today, closed - _DAY) if closed else self._today

    # -- reports ---------------------------------------------------------------------------------

    def _reports(self) -> Iterator[Punctuality]:
        for form in self._forms:
            owed = [
                (one, report_status(one, self._today))
                for one in self._obligations(form)
                if one.awaited or one.sent
            ]
            if owed:
                sent = [(one, found) for one, found in owed if one.awaited and found.status in _IN]
                late = sum((one.days_late() or 0) > 0 for one, _found in sent)
                yield Punctuality(
                    form=form,
                    newest=tuple(owed[-REPORTS:]),
                    in_time=len(sent) - late,
                    late=late,
                    missing=sum(found.status in _MISSING for _one, found in owed),
                )

    def _inherited(self) -> Iterator[Obligation]:
        left = {*self._catalogue.reports_borne_by(self._unit.code, self._today)}
        for form in self._forms:
            for period in self._repository.obligations.current_periods(form, self._today, None):
                owing = left & self._repository.obligations.owing_codes(form, period)
                for code in sorted(owing):
                    one = self._repository.obligation(code, form, period)
                    if one.owing:
                        yield one

    def _obligations(self, form: Form) -> Iterator[Obligation]:
        for period in self._owed_periods(form):
            yield self._repository.obligation(self._unit.code, form, period)

    def _owed_periods(self, form: Form) -> Iterator[Period]:
        obligations = self._repository.obligations
        for period in obligations.current_periods(form, self._today, None):
            if self._unit.code in obligations.owing_codes(form, period):
                yield period

    # -- figures ---------------------------------------------------------------------------------

    def _figures(self) -> Iterator[ProfileFigures]:
        for form in self._forms:
            over = times(self._totals, form, self._unit.code, TimeStep.YEAR)[-YEARS:]
            if not over:
                continue
            own = any(True for _ in self._owed_periods(form))
            of = UnitSelection(unit=self._unit.code, own=own)
            rows = [
                row
                for row in figure_table(self._totals, form, of, over).rows
                if any(figure.value is not None for figure in row.figures)
            ]
            if not rows:
                continue
            chief = [row for row in rows if row.indicator.code in self._judged] or rows
            yield ProfileFigures(
                form=form,
                times=over,
                own=own,
                figures=tuple(self._figure(row, of) for row in chief[:FIGURES]),
            )

    @cached_property
    def _judged(self) -> frozenset[str]:
        """The indicators that a target or a rule judges: the chief ones."""
        named = {target.indicator for target in self._catalogue.targets.values()}
        for rule in self._catalogue.rules.values():
            if isinstance(rule, RuleDefinition):
                named |= {*rule.indicators, *rule.judged_by}
        return frozenset(self._catalogue.indicator(one).code for one in named)

    def _figure(self, row: SeriesRow, of: UnitSelection) -> ProfileFigure:
        known = [figure for figure in row.figures if figure.value is not None]
        newest = known[-1] if known else None
        among = self._among(newest, of) if newest else None
        return ProfileFigure(row=row, newest=newest, among=among)

    def _among(self, figure: Figure, of: UnitSelection) -> AmongLike | None:
        tree = self._repository.obligations.tree(self._last_day())
        parent = tree[self._unit.code].parent if self._unit.code in tree else None
        if parent is None or not self._may_see(parent):
            return None
        values = [
            found.value
            for like in tree.children(parent)
            if like.kind == self._unit.kind
            for found in [
                self._totals.figure_in_table(
                    figure.indicator, like.code, figure.period, of.own, None, of.scope
                )
            ]
            if found.value is not None and _of_same_reports(found, figure)
        ]
        if len(values) < 2 or figure.value is None:
            return None
        return AmongLike(
            median=median(values),
            higher=sum(value > figure.value for value in values),
            equal=values.count(figure.value),
            count=len(values),
        )

    def _may_see(self, unit: str) -> bool:
        return self._catalogue.units.contains(self._root, unit)

    # -- tasks, plans, findings, events ----------------------------------------------------------

    def _tasks(self) -> Iterator[TaskOverview]:
        for id in self._catalogue.tasks:
            task = self._catalogue.task_at(id, self._today)
            if task.responsible == self._unit.code:
                yield task_overview(self._repository, task)

    def _plans(self) -> Iterator[tuple[Directive, UnitPlan]]:
        matrix = plan_matrix(self._repository, None, self._today, self._unit.code.__eq__)
        for directive in matrix.directives:
            for _unit, plan in matrix.column(directive):
                yield directive, plan

    def _findings(self) -> Iterator[NamedFinding]:
        reviews = CurrentReviews(self._totals, self._repository, self._root)
        for directive in reviews.directives():
            review = reviews.newest(directive)
            if review is None or not review.is_covered:
                continue
            if not {form.id for form in review.forms()} <= self._ids:
                continue
            for one in printed_proposals(review, evaluate(review)):
                if self._unit.code in one.finding.evidence.units:
                    yield NamedFinding(directive=directive, period=review.span, finding=one.finding)

    def _events(self) -> tuple[ChangeEvent, ...]:
        found = (e for e in self._catalogue.changes.values() if self._unit.code in e.touched)
        return tuple(sorted(found, key=lambda event: event.date))


def _of_same_reports(one: Figure, other: Figure) -> bool:
    """Whether as many reports are in both figures, and values of older periods in both or in neither."""
    mine, theirs = one.coverage, other.coverage
    return mine.reported == theirs.reported and bool(mine.carried) == bool(theirs.carried)
