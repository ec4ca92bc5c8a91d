"""A review: the data that rules read, and the findings that they give.

It is about one directive with all documents that follow from it (its family), one unit with all units
under it, and one span of time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from nqcore.analysis.findings.rule_types import rule_type
from nqcore.analysis.findings.span import check_span
from nqcore.analysis.rollup import Totals
from nqcore.catalogue.contracts import ReviewData, Rule
from nqcore.catalogue.loading import Fault
from nqcore.catalogue.plugin_calls import call_contained
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.errors import UnknownName
from nqcore.model.cells import NOT_APPLICABLE, NOT_REPORTED, Cell
from nqcore.model.directives import Directive
from nqcore.model.fields import Answer, AnyField
from nqcore.model.figures import REPORTED, Figure
from nqcore.model.findings import Finding, FindingKind, Piece, UnitCount
from nqcore.model.forms import Form
from nqcore.model.indicators import Indicator, OverUnits
from nqcore.model.periods import Period, PeriodKind
from nqcore.model.rules import RuleDefinition
from nqcore.model.submissions import Revision, SubmissionState, submission_id
from nqcore.model.targets import Target, Task
from nqcore.model.units import EVERY_UNIT, Scope, Unit

COUNT = "count:"
"""The beginning of the address of a counted number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The findings of all rules. A rule in `not_evaluated` raised or could not be called; it must never be
    shown as passed."""

    findings: tuple[Finding, ...]
    not_evaluated: tuple[Fault, ...]

    def of(self, kind: FindingKind) -> tuple[Finding, ...]:
        """The findings of one kind, in the order of the report."""
        return tuple(finding for finding in self.findings if finding.kind is kind)


class Review:
    """The `ReviewData` that rules read, and the evaluation of all rules. Only accepted submissions are in
    it."""

    def __init__(
        self,
        totals: Totals,
        repository: SubmissionRepository,
        directive: Directive,
        unit: str,
        period: str,
        boundaries: date | None = None,
    ) -> None:
        """`period`: a code such as "2008..2018". `boundaries`: the day within whose units figures are
        given; None: as reported. What a unit itself reported (`cell`, `answers`) is the same within
        any boundaries. Raises UnknownName for a period that does not exist, SpanRefused for one before
        the directive or in the future."""
        self.totals, self.repository, self.directive = totals, repository, directive
        self.catalogue = totals.catalogue
        self.unit: Unit = self.catalogue.units[unit]
        self.period = period
        self.boundaries = boundaries
        self.span: Period = totals.obligations.read(period)
        check_span(self.span, directive, totals.today)
        self.family = tuple(d.id for d in self.catalogue.directives.family(directive.id))
        # Many rules need the same forms and periods: each is worked out once.
        self._periods: dict[str, tuple[Period, ...]] = {}
        self._owing: dict[tuple[str, str], frozenset[str]] = {}
        self._owed: dict[tuple[str, str], tuple[Unit, ...]] = {}

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
        if not definition.asks.covers(self.catalogue.units[unit], self.catalogue.units):
            return NOT_APPLICABLE
        value = self.totals.values.get(definition.code, period, unit)
        return NOT_REPORTED if value is None else Cell.of(value)

    def units(self, scope: Scope) -> tuple[Unit, ...]:
        """The units of the review that exist at its end (on the day of its boundaries) and that
        `scope` covers, in the order of the tree."""
        tree = self.totals.obligations.tree(self.boundaries or self.end)
        if self.unit.code not in tree:
            return ()
        return tuple(u for u in tree.subtree(self.unit.code) if scope.covers(u, tree))

    def periods(self, indicator: str) -> tuple[Period, ...]:
        """The periods of the review that count, of the form that asks for `indicator`."""
        return self.periods_of(self._form(indicator))

    def asked(self, indicator: str, unit: str) -> tuple[Period, ...]:
        """Those of `periods` in which `unit` owed the form and is asked for `indicator`."""
        form = self._form(indicator)
        definition = self.indicator(indicator)
        member = self.catalogue.units[unit]
        if not definition.asks.covers(member, self.catalogue.units):
            return ()
        return tuple(
            period for period in self.periods(indicator) if unit in self._owing_units(form, period)
        )

    def indicator(self, code: str) -> Indicator:
        """The newest definition of the indicator. Raises UnknownName."""
        return self.catalogue.indicator(code)

    def targets(self, indicator: str) -> tuple[Target, ...]:
        """The targets for `indicator` and the review's unit whose period lies in the span, as they hold at
        the review's end."""
        definition = self.indicator(indicator)
        in_force = (self.catalogue.target_at(t, self.end) for t in self.catalogue.targets.values())
        return tuple(
            self.catalogue.overlaid("target", t.id, t, self.unit.code, self.span.end)[0]
            for t in in_force
            if t is not None
            and t.indicator == definition.code
            and self._in_family(t.directive)
            and self._is_set_for_the_unit(t, definition)
            and self.span.contains(self.totals.obligations.read(t.period))
        )

    def _is_set_for_the_unit(self, target: Target, indicator: Indicator) -> bool:
        """Whether the target is one for the unit of the review. A number that units add up to is that of the
        unit at the top of its scope, and not of each unit below; a ratio is asked of each."""
        unit, scope = self.unit, target.scope
        adds_up = indicator.over_units is OverUnits.SUM and indicator.measure != "%"
        if not adds_up or scope.kinds or scope.sectors or scope.units:
            return scope.covers(unit, self.catalogue.units)
        return unit.code == scope.within if scope.within else unit.parent is None

    @property
    def end(self) -> date:
        """The last day of the span that has passed: definitions and duties are those of that day."""
        return min(self.span.end, self.totals.today)

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

    def units_asked(self, field: str, scope: Scope) -> tuple[Unit, ...]:
        """The units of the review in `scope` that are asked for the field of that key, by any form."""
        asked = [(form, one) for form in self.forms() for one in form.fields if one.key == field]
        return tuple(
            u
            for u in self.units(scope)
            if any(
                form.owed_by.covers(u, self.catalogue.units)
                and one.is_asked(self.catalogue, u, self.end)
                for form, one in asked
            )
        )

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

    def _owing_units(self, form: Form, period: Period) -> frozenset[str]:
        """The codes of all units, also outside the review, that owe `form` for `period`."""
        key = (form.id, period.code)
        if key not in self._owing:
            self._owing[key] = self.totals.obligations.owing_codes(form, period)
        return self._owing[key]

    def reports_in(
        self, form: Form, field: str, so_far: bool = False
    ) -> Iterator[tuple[Unit, Period, Answer | None]]:
        """Every accepted report of one form, with its answer to the field."""
        span = self._until_the_end(form) if so_far else None
        periods = self.totals.typed.counting(form, span) if span else self.periods_of(form)
        for period in periods:
            for unit in self.owed(form, period):
                revision = self._accepted(form, period, unit.code)
                if revision is not None:
                    yield unit, period, revision.answers.get(field)

    def _accepted(self, form: Form, period: Period, unit: str) -> Revision | None:
        """The unit's report, if it is accepted."""
        revision = self.repository.revision(submission_id(period.code, form.id, unit))
        accepted = revision is not None and revision.state is SubmissionState.ACCEPTED
        return revision if accepted else None

    def _until_the_end(self, form: Form) -> Period:
        """The days from the first on which the form is owed to the end of the review."""
        first = form.since or self.directive.date or self.span.start
        start, end = min(first, self.span.start), self.span.end
        return Period(code=f"..{end}", kind=PeriodKind.SPAN, start=start, end=end)

    def periods_of(self, form: Form) -> tuple[Period, ...]:
        """The periods of the form in the review that count by now; "2018" is the year 2018 in the calendar
        of the form."""
        if form.id not in self._periods:
            span = self.totals.obligations.read(self.period, form)
            self._periods[form.id] = self.totals.typed.counting(form, span)
        return self._periods[form.id]

    def _form(self, indicator: str) -> Form:
        form = self.totals.lookup.form_of(self.indicator(indicator).code)
        if form is None:
            raise UnknownName(kind="form", name=f"of {indicator}", hint="No form asks for it.")
        return form

    def _in_family(self, directive: str) -> bool:
        found = self.catalogue.directives.matching(directive)
        return any(d.id in self.family for d in found)

    def forms(self) -> tuple[Form, ...]:
        """The forms of the family's directives."""
        return tuple(f for f in self.catalogue.forms.values() if self._in_family(f.directive))

    def tasks(self) -> tuple[Task, ...]:
        """The tasks of the family's directives that have a responsible unit, as they hold for the
        review's unit, in order. A unit below the top has those that it, or a unit under it, carries out or
        helps with."""
        below = {u.code for u in self.units(EVERY_UNIT)} if self.unit.parent else None
        found = [
            self.catalogue.overlaid("task", t.id, t, self.unit.code, self.span.end)[0]
            for t in (self.catalogue.task_at(id, self.end) for id in self.catalogue.tasks)
            if t.responsible
            and self._in_family(t.directive)
            and (below is None or below & {t.responsible, *t.cooperating})
        ]
        return tuple(sorted(found, key=lambda task: (task.order, task.id)))

    def verdict(self) -> Verdict:
        """Evaluate every rule of the family. A rule that raises is listed in `not_evaluated`."""
        findings: list[Finding] = []
        faults: list[Fault] = []
        for id, rule in self.catalogue.rules.items():
            if not self._in_family(rule.directive):
                continue
            try:
                findings.extend(call_contained(self.findings_of, id))
            except Exception as wrong:
                faults.append(self.catalogue.plugin_fault("rule", id, wrong))
        findings.sort(key=lambda f: (f.kind is not FindingKind.RESULT, f.order, f.rule))
        return Verdict(findings=tuple(findings), not_evaluated=tuple(faults))

    def findings_of(self, rule: str) -> tuple[Finding, ...]:
        """All findings of one rule; each counted number in them gets its address. Raises what the rule
        raises: then none of its findings is used."""
        findings = _findings_of(
            self.catalogue.rules[rule], self.catalogue.owner("rule", rule), self
        )
        numbers = count()

        def addressed(piece: Piece) -> Piece:
            if not isinstance(piece, UnitCount):
                return piece
            return replace(piece, id=self._count_id(rule, next(numbers)))

        return tuple(replace(f, sentence=tuple(map(addressed, f.sentence))) for f in findings)

    def _count_id(self, rule: str, number: int) -> str:
        """The address of the n-th counted number (from 0) in the findings of the rule."""
        boundaries = self.boundaries.isoformat() if self.boundaries else REPORTED
        return f"{COUNT}{rule}|{self.period}|{self.unit.code}|{number}|{boundaries}"


def _findings_of(
    rule: RuleDefinition | Rule, owner: str, review: ReviewData
) -> tuple[Finding, ...]:
    if isinstance(rule, RuleDefinition):
        return tuple(rule_type(rule, owner)(rule, owner, review))
    findings = tuple(rule.findings(review))
    for finding in findings:
        if not isinstance(finding, Finding):
            raise TypeError(f"gave {type(finding).__name__}, not Finding")
    return findings
