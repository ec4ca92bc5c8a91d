"""A review: the data that rules read.

It is about one directive with all documents that follow from it (its family), one unit with all units
under it, and one span of time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import dropwhile

from nqcore.analysis.findings.answering import tasks_answering
from nqcore.analysis.findings.reporting import Reporting
from nqcore.analysis.findings.review_address import ReviewAddress
from nqcore.analysis.findings.span import check_span, check_unit
from nqcore.analysis.findings.target_verdicts import TargetVerdict, target_verdict
from nqcore.analysis.rollup import Totals
from nqcore.catalogue.contracts import Rule
from nqcore.catalogue.outline_choice import AskedOutline, chosen_outline
from nqcore.catalogue.reviewed_directives import reviewed_forms
from nqcore.catalogue.targets_in_force import target_in_force, targets_in_force
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.errors import N_, Phrase, UnknownName
from nqcore.model.cells import NOT_APPLICABLE, NOT_REPORTED, Cell
from nqcore.model.directives import Directive
from nqcore.model.fields import Answer, AnyField
from nqcore.model.figures import REPORTED, Figure, read_boundaries
from nqcore.model.findings import Finding
from nqcore.model.forms import Form
from nqcore.model.indicators import Indicator
from nqcore.model.outlines import Outline
from nqcore.model.periods import Period, PeriodKind
from nqcore.model.rules import RuleDefinition
from nqcore.model.submissions import Revision, SubmissionState, submission_id
from nqcore.model.targets import Target, Task
from nqcore.model.units import EVERY_UNIT, Scope, Unit

LEAST = 80
"""The least share of the reports due, in per cent, with which a period speaks."""


class Review:
    """The `ReviewData` that rules read. Only accepted submissions are in it."""

    def __init__(
        self,
        totals: Totals,
        repository: SubmissionRepository,
        directive: Directive,
        unit: str,
        period: str,
        boundaries: date | None = None,
        as_of: date | None = None,
        outline: AskedOutline = None,
        version: int | None = None,
    ) -> None:
        """`totals` and `repository` have what had been accepted by the end of the day `as_of` (None: today).
        `period`: a code such as "2008..2018". `boundaries`: the day within whose units figures are
        given; None: as reported. What a unit itself reported (`cell`, `answers`) is the same within
        any boundaries. `outline`: in which its report is written. Raises UnknownName for a period that
        does not exist, SpanRefused for one before the directive or in the future, or in
        which the unit was not there. `version`: that of the store before it was read; None: not known."""
        self.totals, self.repository, self.directive = totals, repository, directive
        self.catalogue = totals.catalogue
        self.unit: Unit = self.catalogue.units[unit]
        self.period = period
        self.boundaries = boundaries
        self.as_of = as_of or totals.today
        self._asked, self.version = outline, version
        self.span: Period = totals.obligations.read(period)
        check_span(self.span, directive, self.as_of)
        check_unit(
            *(self.span, self.unit, self.catalogue.units),
            *(self.catalogue.changes.values(), boundaries, self.as_of),
        )
        self.family = tuple(d.id for d in self.catalogue.directives.family(directive.id))
        # Many rules need the same forms and periods: each is worked out once.
        self._periods: dict[str, tuple[Period, ...]] = {}
        self._owing: dict[tuple[str, str], frozenset[str]] = {}
        self._owed: dict[tuple[str, str], tuple[Unit, ...]] = {}
        self._reporting_on: dict[tuple[str, str], tuple[Unit, ...]] = {}
        self._cut_offs: dict[int, date] = {}
        self.reporting = Reporting(self)
        self._tasks: tuple[Task, ...] | None = None

    @classmethod
    def at(
        cls,
        address: ReviewAddress,
        totals: Totals,
        repository: SubmissionRepository,
        *,
        as_of: date,
        outline: AskedOutline,
        version: int | None = None,
    ) -> Review:
        """The review of that address. Raises UnknownName, SpanRefused."""
        return cls(
            totals,
            repository,
            totals.catalogue.directives[address.directive],
            address.unit,
            address.span,
            read_boundaries(address.boundaries),
            as_of=as_of,
            outline=outline,
            version=version,
        )

    @property
    def address(self) -> ReviewAddress:
        """Which review it is."""
        return ReviewAddress(
            directive=self.directive.id,
            unit=self.unit.code,
            span=self.period,
            boundaries=self.boundaries.isoformat() if self.boundaries else REPORTED,
        )

    @cached_property
    def outline(self) -> Outline:
        """The outline in which its report is written. Raises UnknownName."""
        return chosen_outline(self.catalogue, self.directive, self.span.kind, self._asked)

    # -- ReviewData ------------------------------------------------------------------------------

    def figure(
        self,
        indicator: str,
        unit: str | None = None,
        period: str | None = None,
        *,
        own: bool = False,
    ) -> Figure:
        """The total of `indicator` (default: for the review's unit over its span). Raises
        UnknownName, NotAddable."""
        return self.totals.figure(
            indicator,
            unit or self.unit.code,
            period or self.period,
            own=own,
            boundaries=self.boundaries,
        )

    def figure_over(self, indicator: str, scope: Scope, period: str | None = None) -> Figure:
        """The same total over the units of `scope` only."""
        return self.totals.figure(
            indicator,
            self.unit.code,
            period or self.period,
            scope=scope,
            boundaries=self.boundaries,
        )

    def cell(self, indicator: str, unit: str, period: str) -> Cell:
        """What `unit` itself reported."""
        definition = self.indicator(indicator)
        end = self.span_read(definition.code, period).end
        if not self.catalogue.asks(definition.code, self.catalogue.units[unit], end):
            return NOT_APPLICABLE
        value = self.totals.values.get(definition.code, period, unit)
        return NOT_REPORTED if value is None else Cell.of(value)

    def value(self, indicator: str, unit: str, period: str) -> Decimal | None:
        """What the accepted report of `unit` itself says of a typed indicator, or gives of a computed one;
        None where it says nothing."""
        definition = self.indicator(indicator)
        if definition.formula is None:
            return self.cell(definition.code, unit, period).value
        return self.totals.figure(definition.code, unit, period, own=True).value

    def span_read(self, indicator: str, code: str) -> Period:
        """The period or span with that code, in the calendar of the indicator's form."""
        return self.totals.lookup.span(code, self.indicator(indicator))

    def units(self, scope: Scope, on: date | None = None) -> tuple[Unit, ...]:
        """The units of the review that exist at its end (`on`: on that day; on the day of its boundaries)
        and that `scope` covers, in the order of the tree. What is said "đến hết năm 2017" is said of
        those of its last day, whatever became of them since."""
        tree = self.totals.obligations.tree(self.boundaries or on or self.end)
        if self.unit.code not in tree:
            return ()
        known = self.catalogue.units  # as totals read `within`
        return tuple(u for u in tree.subtree(self.unit.code) if scope.covers(u, known))

    def periods(self, indicator: str) -> tuple[Period, ...]:
        """The periods of the review that count, of the form that asks for `indicator`."""
        return self.periods_of(self.form_of(indicator))

    def asked(self, indicator: str, unit: str) -> tuple[Period, ...]:
        """Those of `periods` in which `unit` owed the form and is asked for `indicator`."""
        form = self.form_of(indicator)
        definition = self.indicator(indicator)
        member, asks = self.catalogue.units[unit], self.catalogue.asks
        return tuple(
            period
            for period in self.periods(indicator)
            if asks(definition.code, member, period.end) and unit in self._owing_units(form, period)
        )

    def indicator(self, code: str) -> Indicator:
        """The newest definition of the indicator. Raises UnknownName."""
        return self.catalogue.indicator(code)

    def targets(self, indicator: str) -> tuple[Target, ...]:
        """The targets for `indicator` and the review's unit whose period lies in the span, as they hold at
        the review's end."""
        code = self.indicator(indicator).code
        return tuple(
            target
            for target in targets_in_force(self.catalogue, code, self.unit.code, self.end)
            if self.in_family(target.directive)
            and self.span.contains(self.totals.obligations.read(target.period))
        )

    @property
    def end(self) -> date:
        """The last day of the span that has passed: definitions and duties are those of that day."""
        return min(self.span.end, self.as_of)

    def fields(self, field: str) -> tuple[AnyField, ...]:
        """The fields of that key in the forms of the family."""
        return tuple(one for form in self.forms() for one in form.fields if one.key == field)

    def answers(self, field: str) -> Iterator[tuple[Unit, Period, Answer]]:
        """Every accepted answer to the field of that key, in order of time and of the tree."""
        for unit, period, answer in self.reports(field):
            if answer is not None:
                yield unit, period, answer

    def reports(
        self, field: str, *, so_far: bool = False
    ) -> Iterator[tuple[Unit, Period, Answer | None]]:
        """Every accepted report with the field of that key, with its answer; several forms may have it.
        `so_far`: also of periods before the span."""
        found: list[tuple[Unit, Period, Answer | None]] = []
        for form in self.forms():
            if any(one.key == field for one in form.fields):
                found += self.reports_in(form, field, so_far)
        yield from sorted(found, key=lambda one: one[1].end)

    def units_asked(self, field: str, scope: Scope, on: date | None = None) -> tuple[Unit, ...]:
        """The units of the review in `scope` that are asked for the field of that key, by any form, at its
        end (`on`: on that day). Of a question that has ended within the span they are those that were
        asked last."""
        asked = [
            (form, one, day)
            for form in self.forms()
            for one in form.fields
            if one.key == field and (day := self._last_day_of(form, one, on)) is not None
        ]
        return tuple(
            u
            for u in self.units(scope, on)
            if any(
                form.owed_by.covers(u, self.catalogue.units)
                and self.catalogue.is_asked(form, one, u, day)
                for form, one, day in asked
            )
        )

    def _last_day_of(self, form: Form, field: AnyField, on: date | None) -> date | None:
        """The last day of the review up to `on` (None: to its end) on which the field is asked: that day, or
        the end of the last period before the question ended; None: it is not asked in the review."""
        last = on or self.end
        before = (period.end for period in reversed(self.periods_of(form)))
        days = (last, *(day for day in before if on is None or day <= on))
        return next((day for day in days if form.asking(field, day) is not None), None)

    def asked_for(self, form: Form, field: AnyField, period: Period, unit: Unit) -> bool:
        """Whether the form put that question to `unit` in that period."""
        asking = self.catalogue.asking_for(form, field, period.end)
        return asking is not None and asking.covers(unit, self.catalogue.units)

    def document_units(self, field: str, scope: Scope) -> tuple[Unit, ...]:
        """The same as `units_asked`."""
        return self.units_asked(field, scope)

    # -- beyond ReviewData -----------------------------------------------------------------------

    def owed(self, form: Form, period: Period) -> tuple[Unit, ...]:
        """The units of the review that owe `form` for `period`, in the order of the tree."""
        key = (form.id, period.code)
        if key not in self._owed:
            owing = self._owing_units(form, period)
            members = self.totals.members(self.unit.code, period, self.boundaries)
            self._owed[key] = tuple(unit for unit in members if unit.code in owing)
        return self._owed[key]

    def reporting_on(self, form: Form, period: Period) -> tuple[Unit, ...]:
        """Those of `owed` whose report asks something of the directive: all of a form of the family; of
        another form the units that are asked for what a target of the family counts, in the target's time."""
        key = (form.id, period.code)
        if key not in self._reporting_on:
            owed = self.owed(form, period)
            if form.id not in {one.id for one in self.forms()}:
                asked, asks = [*self._counted_by_targets(form, period)], self.catalogue.asks
                owed = tuple(u for u in owed if any(asks(code, u, period.end) for code in asked))
            self._reporting_on[key] = owed
        return self._reporting_on[key]

    def _counted_by_targets(self, form: Form, period: Period) -> Iterator[str]:
        """The codes of what the form asks for a target whose time has days of the period."""
        lookup = self.totals.lookup
        for target in self.targets_held():
            if lookup.form_of(target.indicator) is not form:
                continue
            indicator = self.indicator(target.indicator)
            try:
                time = lookup.span(target.period, indicator)
            except UnknownName:  # the calendar that it is of is gone
                continue
            if time.start <= period.end and period.start <= time.end:
                yield from (one.code for one in self.reporting.typed(indicator.code))

    def _owing_units(self, form: Form, period: Period) -> frozenset[str]:
        """The codes of all units, also outside the review, that owe `form` for `period`."""
        key = (form.id, period.code)
        if key not in self._owing:
            self._owing[key] = self.totals.obligations.owing_codes(form, period)
        return self._owing[key]

    def reports_in(
        self, form: Form, field: str, so_far: bool = False
    ) -> Iterator[tuple[Unit, Period, Answer | None]]:
        """Every accepted report of one form in which its unit was asked for the field, with its answer."""
        question = form.field(field)
        for period in self.periods_until_the_end(form) if so_far else self.periods_of(form):
            for unit in self.owed(form, period):
                revision = self.accepted(form, period, unit.code)
                if revision is not None and self.asked_for(form, question, period, unit):
                    yield unit, period, revision.answers.get(field)

    def state(self, form: Form, period: Period, unit: str) -> SubmissionState | None:
        """The state of the unit's report; None where there is none."""
        return self.repository.state(submission_id(period.code, form.id, unit))

    def accepted(self, form: Form, period: Period, unit: str) -> Revision | None:
        """The unit's report, if it is accepted."""
        revision = self.repository.revision(submission_id(period.code, form.id, unit))
        accepted = revision is not None and revision.state is SubmissionState.ACCEPTED
        return revision if accepted else None

    def periods_until_the_end(self, form: Form) -> tuple[Period, ...]:
        """The periods of the form that count, from the first on which it is owed to the end of the
        review."""
        first = form.since or self.directive.date or self.span.start
        start, end = min(first, self.span.start), self.span.end
        span = Period(code=f"..{end}", kind=PeriodKind.SPAN, start=start, end=end)
        return self.totals.typed.counting(form, span)

    def periods_of(self, form: Form) -> tuple[Period, ...]:
        """The periods of the form in the review that count by now, from the first one for which the unit or
        one under it owed a report: of a unit that began in 2013 nothing is said "from 2008 on". "2018" is
        the year 2018 in the calendar of the form."""
        if form.id not in self._periods:
            since = self.directive.date
            every = tuple(p for p in self._counting(form) if since is None or since <= p.end)
            begun = tuple(dropwhile(lambda period: not self.owed(form, period), every))
            self._periods[form.id] = begun or every
        return self._periods[form.id]

    def _counting(self, form: Form) -> tuple[Period, ...]:
        span = self.totals.obligations.read(self.period, form)
        return self.totals.typed.counting(form, span)

    def span_of(self, indicator: str, periods: Sequence[Period]) -> str:
        """The code of the span of those periods, which follow each other; that of the review where they are
        all periods in it that count."""
        if tuple(periods) == self._counting(self.form_of(indicator)):
            return self.period
        first, last = periods[0].code, periods[-1].code
        return first if first == last else f"{first}..{last}"

    @cached_property
    def speaks_of_today(self) -> bool:
        """Whether "đến nay" may be said of what is known up to the cut-off: the span and the unit have not
        ended before the day of the review, and no report for a later period was due before that day."""
        ended = self.unit.closed is not None and self.unit.closed <= self.as_of
        late = any(
            period.end > self.cut_off and period.due is not None and period.due < self.as_of
            for form in self.forms_read()
            for period in self.periods_of(form)
            if self.reporting_on(form, period)
        )
        return self.span.end >= self.as_of and not ended and not late

    @cached_property
    def cut_off(self) -> date:
        """The day up to which the review speaks: the end of the last period of which at least 80 per cent
        of the reports of a form are accepted; the last day of the span that has passed where there is
        none. The review of a document that has targets also reads the forms of these."""
        return self.cut_off_of(LEAST)

    def cut_off_of(self, least: int) -> date:
        """The day up to which a claim may speak that needs at least `least` per cent of the reports: the same
        with that share; that of the review itself where it needs as many or more."""
        share = min(least, LEAST)
        if share not in self._cut_offs:
            ends = (period.end for _, period in self._covered(share))
            self._cut_offs[share] = max(ends, default=self.end)
        return self._cut_offs[share]

    @property
    def is_covered(self) -> bool:
        """Whether there is a period with so many reports."""
        return any(True for _ in self._covered(LEAST))

    def _covered(self, least: int) -> Iterator[tuple[Form, Period]]:
        """The periods of which so many per cent of the reports of a form are accepted."""
        for form in self.forms_read():
            for period in self.periods_of(form):
                if self._is_covered(form, period, least):
                    yield form, period

    def forms_read(self) -> tuple[Form, ...]:
        """The forms of the family, and those that ask for the indicators of its targets."""
        lookup = self.totals.lookup
        found = [lookup.form_of(target.indicator) for target in self.targets_held()]
        every = (*self.forms(), *(form for form in found if form is not None))
        return tuple({form.id: form for form in every}.values())

    def _is_covered(self, form: Form, period: Period, least: int) -> bool:
        owed = self.reporting_on(form, period)
        accepted = self.repository.units_with(form, period, {SubmissionState.ACCEPTED})
        there = sum(unit.code in accepted for unit in owed)
        return bool(owed) and there * 100 >= least * len(owed)

    def form_of(self, indicator: str) -> Form:
        """The form that asks for the indicator. Raises UnknownName where none does."""
        form = self.totals.lookup.form_of(self.indicator(indicator).code)
        if form is None:
            raise UnknownName(
                kind="indicator", name=indicator, hint=Phrase(N_("No form asks for it."))
            )
        return form

    def in_family(self, directive: str) -> bool:
        """Whether the directive of that id or number is the review's, or follows from it."""
        return self._place_in_family(directive) is not None

    def rules(self) -> Mapping[str, RuleDefinition | Rule]:
        """The rules of the family's directives that hold for the time of the review, by id."""
        return {
            id: rule
            for id, rule in self.catalogue.rules.items()
            if self.in_family(rule.directive)
            and (not isinstance(rule, RuleDefinition) or rule.holds(self.span.end))
        }

    def forms(self) -> tuple[Form, ...]:
        """The forms of the family's directives."""
        return reviewed_forms(self.catalogue, self.family)

    def tasks(self) -> tuple[Task, ...]:
        """The tasks of the family's directives as they hold for the review's unit, in order. A unit below
        the top has those that it, or a unit under it, carries out or helps with; the top also those of
        bodies outside the tree."""
        if self._tasks is None:
            self._tasks = tuple(sorted(self._own_tasks(), key=lambda task: (task.order, task.id)))
        return self._tasks

    def _own_tasks(self) -> Iterator[Task]:
        below = {u.code for u in self.units(EVERY_UNIT)} if self.unit.parent else None
        for id in self.catalogue.tasks:
            task = self.catalogue.task_at(id, self.end)
            # Without a successor: the task has ended with its unit.
            ended = not task.who
            mine = below is None or below & {task.responsible, *task.cooperating}
            if mine and not ended and self.in_family(task.directive):
                found = self.catalogue.overlaid("task", id, task, self.unit.code, self.span.end)
                yield found[0]

    def tasks_of(self, finding: Finding) -> tuple[Task, ...]:
        """The tasks of the review that answer the finding."""
        return tasks_answering(self.tasks(), finding)

    def target_verdicts(self) -> tuple[TargetVerdict, ...]:
        """What the figures say of each target of the family that the review's unit has, at the review's
        end; in the order of the family, and in the order in which each document gives them. One whose
        indicator is not known has none."""
        found = []
        for target in self.targets_held():
            try:
                verdict = target_verdict(self, target)
            except UnknownName:
                continue
            if verdict is not None:
                found.append(verdict)
        return tuple(found)

    def targets_held(self, indicator: str | None = None) -> tuple[Target, ...]:
        """The targets of the family (for `indicator`) that the review's unit has at the review's end, in
        the order of the family and of each document."""
        code = None if indicator is None else self.indicator(indicator).code
        found: list[tuple[int, Target]] = []
        for target in self.catalogue.targets.values():
            place = self._place_in_family(target.directive)
            held = target_in_force(self.catalogue, target, self.unit.code, self.end)
            if place is None or held is None:
                continue
            if code is None or self._is_on(held, code):
                found.append((place, held))
        return tuple(target for _, target in sorted(found, key=lambda one: one[0]))

    def _is_on(self, target: Target, indicator: str) -> bool:
        try:
            return self.indicator(target.indicator).code == indicator
        except UnknownName:  # the plugin of the target names what no plugin defines
            return False

    def _place_in_family(self, directive: str) -> int | None:
        """The place of the directive that a definition names; None for one that is not of the family."""
        found = {d.id for d in self.catalogue.directives.matching(directive)}
        return next((nth for nth, id in enumerate(self.family) if id in found), None)
