"""Totals: values + tree + definitions → figures with their coverage.

First each unit's values over time become one, then the units' (DHIS2's order: LAST is taken per
unit, then summed). A stock takes a unit's last value *within the asked period*; where that is older
than the last period, the part is marked as carried. A unit that no longer exists at the end of the
period has no stock left to add.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from nqcore.errors import N_, DefinitionError, NotAddable, UnknownName
from nqcore.extend import Catalogue
from nqcore.formulas import (
    NOT_APPLICABLE,
    NOT_REPORTED,
    Operand,
    Reason,
    Reference,
    Shift,
    evaluate,
    no_value,
    number,
    round_half_up,
)
from nqcore.model.figures import Coverage, Figure, Part
from nqcore.model.forms import Form
from nqcore.model.indicators import Indicator, OverTime, OverUnits
from nqcore.model.periods import Period, PeriodKind, previous, read_period
from nqcore.model.submissions import submission_id
from nqcore.model.units import EVERY_UNIT, Scope, Unit
from nqcore.obligations import Obligations
from nqcore.rollup.combine import OVER_TIME, OVER_UNITS, weighted_mean
from nqcore.rollup.values import Values

NOT_REPORTED_REASON = Reason(N_("Not reported yet."), code="not-reported")
NOT_APPLICABLE_REASON = Reason(N_("Does not apply here."), code="not-applicable")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """One cell that a figure is made of: what `unit` reported in `period`, in which submission."""

    unit: str
    period: str
    value: Decimal
    submission: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """A total before it becomes a Figure: exact, with all it was made of."""

    operand: Operand
    due: tuple[Part, ...]
    missing: tuple[Part, ...]
    carried: tuple[Part, ...]
    not_applicable: int
    contributions: tuple[Contribution, ...]


NOTHING = Worked(
    operand=NOT_APPLICABLE, due=(), missing=(), carried=(), not_applicable=0, contributions=()
)
"""Nothing was owed."""


class Totals:
    """Roll-up over the accepted values. `today` decides which periods already count."""

    def __init__(self, obligations: Obligations, values: Values, today: date) -> None:
        self.obligations = obligations
        self.catalogue: Catalogue = obligations.catalogue
        self.values = values
        self.today = today
        self._form_of: dict[str, Form] = {}
        for form in self.catalogue.forms.values():
            for field in form.figures:
                if (other := self._form_of.get(field.indicator)) is not None:
                    raise DefinitionError(
                        file=self.catalogue.owner("form", form.id),
                        key=f"form[{form.id}].figures",
                        detail=f"{field.indicator} is already asked in form {other.id}; "
                        "a figure asked twice would be counted twice",
                    )
                self._form_of[field.indicator] = form

    def form_of(self, indicator: str) -> Form | None:
        """The form that asks for the indicator (for a computed one: for its first typed part)."""
        seen: set[str] = set()
        waiting = [indicator]
        while waiting:
            code = waiting.pop(0)
            if code in self._form_of:
                return self._form_of[code]
            if code in seen or code not in self.catalogue.indicators:
                continue
            seen.add(code)
            formula = self.catalogue.indicators[code].formula
            if formula is not None:
                waiting.extend(sorted(ref.code for ref in formula.references))
        return None

    def span(self, code: str, indicator: Indicator) -> Period:
        """The period that `code` names, in the calendar of the indicator's form."""
        form = self.form_of(indicator.code)
        return read_period(code, self.obligations.calendar(form)) if form else read_period(code)

    def figure(
        self,
        indicator: str,
        unit: str,
        period: str,
        *,
        own: bool = False,
        scope: Scope = EVERY_UNIT,
    ) -> Figure:
        """The total of `indicator` for `unit` and all under it (`own`: for it alone) in `period`,
        over the units that `scope` covers. Raises UnknownName, NotAddable."""
        definition = self.catalogue.indicator(indicator)
        if unit not in self.catalogue.units:
            raise UnknownName(kind="unit", name=unit, hint="`nq units` lists the units.")
        span = self.span(period, definition)
        worked = self.work(definition, unit, span, own=own, scope=scope)
        value = worked.operand.fraction
        return Figure(
            indicator=definition.code,
            unit=unit,
            period=period,
            value=None if value is None else round_half_up(value, definition.decimals),
            decimals=definition.decimals,
            measure=definition.measure,
            coverage=Coverage(
                due=len(worked.due),
                reported=len(worked.due) - len(worked.missing),
                missing=worked.missing,
                not_applicable=worked.not_applicable,
                carried=worked.carried,
            ),
            reason=reason_of(worked.operand),
            own=own,
            scope=scope,
        )

    def of_form(
        self, form: Form, unit: str, period: str, *, own: bool = False
    ) -> tuple[Figure, ...]:
        """The totals of every indicator of `codes_of`; one that must not be added up has no value."""
        return tuple(self._in_table(code, unit, period, own) for code in self.codes_of(form))

    def _in_table(self, code: str, unit: str, period: str, own: bool) -> Figure:
        try:
            return self.figure(code, unit, period, own=own)
        except NotAddable as refused:
            indicator = self.catalogue.indicators[code]
            details = tuple((key, str(value)) for key, value in refused.params.items())
            return Figure(
                indicator=code,
                unit=unit,
                period=period,
                value=None,
                decimals=indicator.decimals,
                measure=indicator.measure,
                coverage=Coverage(due=0, reported=0),
                reason=Reason(refused.template, details, refused.code),
                own=own,
            )

    def codes_of(self, form: Form) -> tuple[str, ...]:
        """Every indicator that `form` asks for or that is computed from those, in their order."""
        codes = [
            field.indicator
            for field in form.figures
            if field.indicator in self.catalogue.indicators
        ]
        computed = [
            code
            for code, indicator in self.catalogue.indicators.items()
            if indicator.computed and self.form_of(code) is form
        ]
        order = {code: nth for nth, code in enumerate(self.catalogue.indicators)}
        return tuple(sorted(dict.fromkeys((*codes, *computed)), key=order.__getitem__))

    def work(
        self,
        indicator: Indicator,
        unit: str,
        span: Period,
        *,
        own: bool = False,
        scope: Scope = EVERY_UNIT,
    ) -> Worked:
        """The exact total with all it is made of."""
        if indicator.formula is not None:
            # A formula may be laid over for a subtree; the unit that is asked for decides.
            indicator, _ = self.catalogue.overlaid(
                "indicator", indicator.code, indicator, unit, span.end
            )
            return self._computed(indicator, unit, span, own, scope)
        return self._added(indicator, unit, span, own, scope)

    def _computed(
        self, indicator: Indicator, unit: str, span: Period, own: bool, scope: Scope
    ) -> Worked:
        """A ratio is computed from the totals of its parts, never averaged."""
        assert indicator.formula is not None
        form = self.form_of(indicator.code)
        if form is not None and form.since is not None and span.end < form.since:
            return NOTHING  # where a walk back through earlier periods ends
        parts: dict[Reference, Worked] = {}

        def operand(ref: Reference) -> Operand:
            if ref not in parts:
                definition = self.catalogue.indicators.get(ref.code)
                if definition is None:
                    return no_value(
                        Reason(N_("{code} is gone with its plugin."), (("code", ref.code),), "gone")
                    )
                shifted = self.shifted(definition, span, ref.shift)
                if shifted is None:
                    return NOT_REPORTED
                parts[ref] = self.work(definition, unit, shifted, own=own, scope=scope)
            return parts[ref].operand

        result = evaluate(indicator.formula, operand)
        due = tuple(dict.fromkeys(part for w in parts.values() for part in w.due))
        missing = frozenset(part for w in parts.values() for part in w.missing)
        return Worked(
            operand=result,
            due=due,
            missing=tuple(part for part in due if part in missing),
            carried=tuple(dict.fromkeys(part for w in parts.values() for part in w.carried)),
            not_applicable=max((w.not_applicable for w in parts.values()), default=0),
            contributions=(),
        )

    def shifted(self, indicator: Indicator, span: Period, shift: Shift) -> Period | None:
        """The period that a time reference means; None where a span has no such period."""
        if shift == "now":
            return span
        form = self.form_of(indicator.code)
        calendar = self.obligations.calendar(form) if form else None
        if shift == "cumulative":
            start = (form.since if form else None) or indicator.since or span.start
            # From the first day of the period that contains the start: that one was owed too.
            if form is not None and calendar is not None:
                first = next(calendar.periods(form.every, start, start), None)
                start = first.start if first else start
            start = min(start, span.start)
            return Period(
                code=f"{start.isoformat()}..{span.end.isoformat()}",
                kind=PeriodKind.SPAN,
                start=start,
                end=span.end,
            )
        if span.kind is PeriodKind.SPAN or calendar is None:
            return None
        if shift == "previous":
            return previous(span, calendar)
        year = f"{span.start.year:04}"
        return calendar.period(span.code.replace(year, f"{span.start.year - 1:04}", 1))

    def _added(
        self, indicator: Indicator, unit: str, span: Period, own: bool, scope: Scope
    ) -> Worked:
        form = self._form_of.get(indicator.code)
        periods = self.obligations.periods(form, span, self.today) if form else ()
        if len(periods) > 1 and indicator.over_time is OverTime.NONE:
            raise NotAddable(indicator=indicator.code, dimension="time")
        due: list[Part] = []
        missing: list[Part] = []
        not_applicable = 0
        series: dict[str, list[tuple[Period, Decimal]]] = {}
        for period in periods:
            assert form is not None
            row = self.values.row(indicator.code, period.code)
            for member in self._members(form, period, unit, own):
                if not scope.covers(member, self.catalogue.units):
                    continue
                if not indicator.asks.covers(member, self.catalogue.units):
                    not_applicable += 1
                    continue
                part = Part(unit=member.code, period=period.code)
                due.append(part)
                if (value := row.get(member.code)) is None:
                    missing.append(part)
                else:
                    series.setdefault(member.code, []).append((period, value))
        if indicator.over_units is OverUnits.NONE and len({part.unit for part in due}) > 1:
            raise NotAddable(indicator=indicator.code, dimension="units")
        if indicator.over_time in (OverTime.LAST, OverTime.FIRST):
            return self._stock(indicator, form, periods, series, due, missing, not_applicable)
        operand, used = self._combined(indicator, series, span)
        return Worked(
            operand=operand if due else NOT_APPLICABLE,
            due=tuple(due),
            missing=tuple(missing),
            carried=(),
            not_applicable=not_applicable,
            contributions=self._sources(form, used),
        )

    def _stock(
        self,
        indicator: Indicator,
        form: Form | None,
        periods: Sequence[Period],
        series: dict[str, list[tuple[Period, Decimal]]],
        due: Sequence[Part],
        missing: Sequence[Part],
        not_applicable: int,
    ) -> Worked:
        """A stock is owed once per unit: at the end (for FIRST: at the beginning) of the span."""
        if not periods or form is None:
            return NOTHING
        edge = periods[-1] if indicator.over_time is OverTime.LAST else periods[0]
        at_edge = {part.unit: part for part in due if part.period == edge.code}
        chosen: dict[str, list[tuple[Period, Decimal]]] = {}
        carried = []
        for code in at_edge:
            if code in series:
                one = series[code][-1 if indicator.over_time is OverTime.LAST else 0]
                chosen[code] = [one]
                if one[0].code != edge.code:
                    carried.append(Part(unit=code, period=one[0].code))
        operand, used = self._combined(indicator, chosen, edge)
        asked_na = not_applicable // len(periods) if periods else 0
        return Worked(
            operand=operand if at_edge else NOT_APPLICABLE,
            due=tuple(at_edge.values()),
            missing=tuple(part for code, part in at_edge.items() if code not in chosen),
            carried=tuple(carried),
            not_applicable=asked_na,
            contributions=self._sources(form, used),
        )

    def _members(self, form: Form, period: Period, unit: str, own: bool) -> Iterable[Unit]:
        owed = self.obligations.owed(form, period, unit)
        return (u for u in owed if u.code == unit) if own else owed

    def _combined(
        self, indicator: Indicator, series: dict[str, list[tuple[Period, Decimal]]], span: Period
    ) -> tuple[Operand, dict[str, list[tuple[Period, Decimal]]]]:
        if not series:
            return NOT_REPORTED, series
        over_time = OVER_TIME.get(indicator.over_time, OVER_TIME[OverTime.LAST])
        per_unit = {
            code: over_time([Fraction(value) for _, value in cells])
            for code, cells in series.items()
        }
        if indicator.over_units is OverUnits.WEIGHTED_MEAN:
            return self._weighted(indicator, per_unit, span), series
        over_units = OVER_UNITS.get(indicator.over_units, OVER_UNITS[OverUnits.SUM])
        return number(over_units(list(per_unit.values()))), series

    def _weighted(
        self, indicator: Indicator, per_unit: dict[str, Fraction], span: Period
    ) -> Operand:
        weight = self.catalogue.indicators.get(indicator.weight or "")
        if weight is None:
            return no_value(Reason(N_("It names no known weight."), code="no-weight"))
        pairs = []
        for code, value in per_unit.items():
            heavy = self.work(weight, code, span, own=True).operand.fraction
            if heavy is not None:
                pairs.append((value, heavy))
        mean = weighted_mean(pairs)
        return (
            no_value(Reason(N_("The weights add up to 0."), code="zero-weights"))
            if mean is None
            else number(mean)
        )

    def _sources(
        self, form: Form | None, series: dict[str, list[tuple[Period, Decimal]]]
    ) -> tuple[Contribution, ...]:
        if form is None:
            return ()
        return tuple(
            Contribution(
                unit=code,
                period=period.code,
                value=value,
                submission=submission_id(period.code, form.id, code),
            )
            for code, cells in series.items()
            for period, value in cells
        )


def reason_of(operand: Operand) -> Reason | None:
    """Why there is no number; None when there is one."""
    return {
        "not_reported": NOT_REPORTED_REASON,
        "not_applicable": NOT_APPLICABLE_REASON,
    }.get(operand.state, operand.reason)
