"""*Tổng quan*: how a unit, with the units under it, stands today, for those who look and change nothing.

Each value is one that another page shows too: the board, the debts, the verdicts on targets, the comparison
of a figure with the period before, the shortcomings that the review prints, the progress of tasks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from nqcore.analysis.current_reviews import CurrentReviews
from nqcore.analysis.findings.changes import improved, worsened
from nqcore.analysis.findings.evaluation import evaluate
from nqcore.analysis.findings.held_targets import HeldTarget, HeldTargets
from nqcore.analysis.findings.review import LEAST, Review
from nqcore.analysis.findings.shares import judged_by_their_rate, share_has_kept
from nqcore.analysis.report.decisions import printed_proposals
from nqcore.analysis.rollup import Totals
from nqcore.analysis.rollup.like_for_like import LikeForLike, like_for_like
from nqcore.collection.monitoring.board import board
from nqcore.collection.monitoring.debts import UnitDebts, debts
from nqcore.collection.monitoring.task_progress import TaskOverview, task_overview
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.model.directives import Directive
from nqcore.model.findings import Finding, FindingKind
from nqcore.model.forms import Form
from nqcore.model.indicators import Direction, Indicator
from nqcore.model.periods import Period
from nqcore.model.targets import TargetState, Task
from nqcore.model.units import EVERY_UNIT, Unit

_YEAR = timedelta(days=365)
_WORST_FIRST = (
    TargetState.MISSED,
    TargetState.BEHIND,
    TargetState.NO_DATA,
    TargetState.NO_PATH,
    TargetState.AHEAD,
    TargetState.REACHED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormProgress:
    """The reports of the newest `period` of `form` that can be filled in: how many are owed, how many of them
    are sent, and how many are not although their deadline is over."""

    form: Form
    period: Period
    sent: int
    owed: int
    overdue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnedFigure:
    """A figure that became better or worse from one period to the next, by as much as makes a shortcoming
    (law 11 of a review). `comparison`: both figures, over the units that have figures in both periods;
    `all_units`: these are all that owed it."""

    indicator: Indicator
    comparison: LikeForLike
    better: bool
    all_units: bool

    @property
    def size(self) -> Decimal:
        """How far it moved: in per cent of the earlier figure, a rate in percentage points."""
        before = self.comparison.before.value
        if self.indicator.measure == "%" or before is None:
            return abs(self.comparison.change)
        return abs(self.comparison.change) * 100 / abs(before) if before else Decimal("Infinity")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewGlance:
    """The shortcomings that the review of a directive over the year `period` prints, in its order. `covered`:
    there is a period of which enough reports are accepted, so that a review can speak."""

    directive: Directive
    period: Period
    shortcomings: tuple[Finding, ...]
    covered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """How `unit` and the units under it stand on `day`.

    `targets`: those that run, and those that ended within a year and have no successor; the worst first.
    `turned`: what became worse, then what became better, the greatest change first; `compared` counts the
    indicators of which two periods could be compared. `overdue`: the tasks whose deadline is over and that
    are not done, the longest first; `tasks` counts all tasks with a deadline. `least`: with
    so many per cent of its reports accepted a period is compared, and a review speaks.
    """

    unit: Unit
    day: date
    reports: tuple[FormProgress, ...]
    debts: tuple[UnitDebts, ...]
    targets: tuple[HeldTarget, ...]
    turned: tuple[TurnedFigure, ...]
    compared: int
    reviews: tuple[ReviewGlance, ...]
    overdue: tuple[TaskOverview, ...]
    tasks: int
    least: int = LEAST

    @property
    def debt_count(self) -> int:
        """How many reports are owed although their deadline is over, of all periods."""
        return sum(len(each.reports) for each in self.debts)


def overview(
    totals: Totals, repository: SubmissionRepository, unit: str, forms: Collection[Form]
) -> Overview:
    """The overview of `unit` (a code). `forms`: what an account works with; a figure of another form is
    nowhere in it, and a review in which another form speaks is left out. Raises UnknownName."""
    return _Standing(totals, repository, unit, forms).overview()


class _Standing:
    """One overview, and what its parts need."""

    def __init__(
        self, totals: Totals, repository: SubmissionRepository, unit: str, forms: Collection[Form]
    ) -> None:
        self._totals, self._repository = totals, repository
        self._reviews = CurrentReviews(totals, repository, unit)
        self._catalogue = totals.catalogue
        self._unit, self._today = self._catalogue.units[unit], totals.today
        self._ids = frozenset(form.id for form in forms)
        # In the order of the office, each once.
        self._forms = tuple(f for f in self._catalogue.forms.values() if f.id in self._ids)

    def overview(self) -> Overview:
        compared = tuple(self._compared())
        due = tuple(task for task in self._tasks() if task.deadline is not None)
        return Overview(
            unit=self._unit,
            day=self._today,
            reports=tuple(self._reports()),
            debts=debts(self._repository, self._forms, self._unit.code),
            targets=self._targets(),
            turned=_by_size(compared),
            compared=len(compared),
            reviews=tuple(self._glances()),
            overdue=self._overdue(due),
            tasks=len(due),
        )

    def _reports(self) -> Iterator[FormProgress]:
        for form in self._forms:
            newest = board(self._repository, form, self._unit.code, count=1)
            sent, owed = newest.rate(0) if newest.periods else (0, 0)
            if owed:
                late = newest.overdue_in(0, self._today)
                yield FormProgress(
                    form=form, period=newest.periods[0], sent=sent, owed=owed, overdue=late
                )

    # -- targets ---------------------------------------------------------------------------------

    def _targets(self) -> tuple[HeldTarget, ...]:
        held = HeldTargets(
            totals=self._totals,
            repository=self._repository,
            unit=self._unit.code,
            on=self._today,
        )
        known = [
            one
            for directive in self._catalogue.directives
            for one in held.of_directive(directive)
            if one.verdict is not None and self._is_asked(one)
        ]
        running = {one.target.indicator for one in known if not self._is_over(one)}
        shown = (
            one
            for one in known
            if not self._is_over(one)
            or (one.target.indicator not in running and self._ended_lately(one))
        )
        return tuple(sorted(shown, key=_place))

    def _is_asked(self, one: HeldTarget) -> bool:
        form = self._totals.lookup.form_of(self._catalogue.indicator(one.target.indicator).code)
        return form is not None and form.id in self._ids

    def _is_over(self, one: HeldTarget) -> bool:
        return one.verdict is not None and one.verdict.period.end < self._today

    def _ended_lately(self, one: HeldTarget) -> bool:
        return one.verdict is not None and self._today - one.verdict.period.end <= _YEAR

    # -- figures ---------------------------------------------------------------------------------

    def _compared(self) -> Iterator[TurnedFigure | None]:
        """What each indicator with a better direction did in the newest period with enough reports; None: it
        stayed much as it was."""
        year, seen = self._today.year, set[str]()
        for directive in self._reviews.directives():
            review = self._reviews.over(directive, f"{year - 1}..{year}")
            if review is None:
                continue
            in_rates = judged_by_their_rate(review)
            for form in review.forms():
                codes = self._totals.lookup.codes_of(form) if form.id in self._ids else ()
                for code in codes:
                    indicator = review.indicator(code)
                    judged = indicator.direction is not Direction.NEUTRAL and code not in in_rates
                    comparison = self._comparison(review, code) if judged else None
                    if comparison is not None and code not in seen:
                        seen.add(code)
                        yield _turned(review, indicator, comparison)

    def _comparison(self, review: Review, code: str) -> LikeForLike | None:
        newest = next(
            (
                period
                for period in reversed(review.periods(code))
                if review.reporting.due(code, EVERY_UNIT, period).covers(LEAST)
            ),
            None,
        )
        if newest is None:
            return None
        return like_for_like(self._totals, code, self._unit.code, newest.code)

    # -- reviews ---------------------------------------------------------------------------------

    def _glances(self) -> Iterator[ReviewGlance]:
        for directive in self._reviews.directives():
            review = self._reviews.newest(directive)
            if review is None or not {form.id for form in review.forms()} <= self._ids:
                continue
            covered = review.is_covered
            printed = printed_proposals(review, evaluate(review)) if covered else ()
            yield ReviewGlance(
                directive=directive,
                period=review.span,
                shortcomings=tuple(
                    one.finding for one in printed if one.finding.kind is FindingKind.SHORTCOMING
                ),
                covered=covered,
            )

    # -- tasks -----------------------------------------------------------------------------------

    def _tasks(self) -> Iterator[Task]:
        """Those that the unit or one under it carries out; at the top also those of other bodies."""
        below = {unit.code for unit in self._catalogue.units.subtree(self._unit.code)}
        for id in self._catalogue.tasks:
            task = self._catalogue.task_at(id, self._today)
            mine = task.responsible in below or (self._unit.parent is None and not task.responsible)
            if task.who and mine:
                yield task

    def _overdue(self, tasks: Collection[Task]) -> tuple[TaskOverview, ...]:
        late = [task for task in tasks if task.deadline and task.deadline < self._today]
        found = (task_overview(self._repository, task) for task in late)
        return tuple(sorted((one for one in found if one.overdue), key=lambda one: -one.overdue))


def _turned(review: Review, indicator: Indicator, found: LikeForLike) -> TurnedFigure | None:
    values = (found.before, found.now)
    better = improved(indicator, *values)
    if not better and not worsened(indicator, *values):
        return None
    if not better and share_has_kept(review, indicator, values):
        return None
    return TurnedFigure(
        indicator=indicator,
        comparison=found,
        better=better,
        all_units=_are_all(review, indicator, found),
    )


def _are_all(review: Review, indicator: Indicator, found: LikeForLike) -> bool:
    """Whether the comparison is over all units that owed a report of it in either period."""
    form = review.form_of(indicator.code)
    compared = frozenset(found.units)
    for figure in (found.before, found.now):
        period = review.span_read(indicator.code, figure.period)
        due = review.reporting.due(indicator.code, EVERY_UNIT, period)
        if form is None or not {unit.code for unit in due.units} <= compared:
            return False
    return True


def _by_size(compared: Collection[TurnedFigure | None]) -> tuple[TurnedFigure, ...]:
    found = [one for one in compared if one is not None]
    return tuple(sorted(found, key=lambda one: (one.better, -one.size)))


def _place(one: HeldTarget) -> int:
    assert one.verdict is not None
    return _WORST_FIRST.index(one.verdict.state)
