"""The roll-up once more, cell by cell in fractions: slow, plain, and without a line of the engine.

It says what the engine must say. Only the model (trees, periods, scopes, obligations, formulas) is
shared with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from nqcore.catalogue import Catalogue
from nqcore.collection.obligations import Obligations
from nqcore.errors import NotAddable
from nqcore.formulas import (
    NOT_APPLICABLE,
    NOT_REPORTED,
    Operand,
    Reason,
    Reference,
    evaluate,
    no_value,
    number,
)
from nqcore.model.forms import Form
from nqcore.model.indicators import Indicator, OverTime, OverUnits
from nqcore.model.periods import Period, PeriodKind, previous_period, read_period
from nqcore.model.units import EVERY_UNIT, Scope, Unit

Pair = tuple[str, str]
"""(unit, period)."""
Cells = Mapping[tuple[str, str, str], Decimal]
"""(indicator, period, unit) → what was accepted."""
Series = dict[str, list[tuple[Period, Decimal]]]


def _sum(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0))


OVER_TIME: dict[OverTime, Callable[[Sequence[Fraction]], Fraction]] = {
    OverTime.SUM: _sum,
    OverTime.LAST: lambda values: values[-1],
    OverTime.FIRST: lambda values: values[0],
    OverTime.MEAN: lambda values: _sum(values) / len(values),
    OverTime.MIN: min,
    OverTime.MAX: max,
    OverTime.NONE: lambda values: values[-1],
}
OVER_UNITS: dict[OverUnits, Callable[[Sequence[Fraction]], Fraction]] = {
    OverUnits.SUM: _sum,
    OverUnits.MEAN: lambda values: _sum(values) / len(values),
    OverUnits.MIN: min,
    OverUnits.MAX: max,
    OverUnits.COUNT: lambda values: Fraction(sum(1 for value in values if value)),
    OverUnits.ANY: lambda values: Fraction(any(values)),
    OverUnits.ALL: lambda values: Fraction(all(values)),
    OverUnits.NONE: _sum,
}


@dataclass(frozen=True, kw_only=True)
class Plain:
    """A total; sets where the order says nothing."""

    operand: Operand
    due: frozenset[Pair] = frozenset()
    missing: frozenset[Pair] = frozenset()
    carried: frozenset[Pair] = frozenset()
    not_applicable: int = 0
    cells: frozenset[tuple[str, str, Decimal]] = field(default_factory=frozenset)


NOTHING = Plain(operand=NOT_APPLICABLE)


class PlainTotals:
    """Like `Totals`, over plain cells."""

    def __init__(self, obligations: Obligations, cells: Cells, today: date) -> None:
        self.obligations, self.cells, self.today = obligations, cells, today
        self.catalogue: Catalogue = obligations.catalogue

    def form_of(self, code: str) -> Form | None:
        for form in self.catalogue.forms.values():
            if any(each.indicator == code for each in form.figures):
                return form
        known = self.catalogue.indicators.get(code)
        formula = known.formula if known else None
        typed_first = sorted(formula.references) if formula else []
        return next((form for ref in typed_first if (form := self.form_of(ref.code))), None)

    def total(
        self, code: str, unit: str, period: str, *, own: bool = False, scope: Scope = EVERY_UNIT
    ) -> Plain:
        form = self.form_of(code)
        span = read_period(period, self.obligations.calendar(form)) if form else read_period(period)
        return self.over(code, unit, span, own, scope)

    def over(self, code: str, unit: str, span: Period, own: bool, scope: Scope) -> Plain:
        indicator = self.catalogue.versions[code][0]
        for version in self.catalogue.versions[code]:
            if version.since is None or version.since <= span.end:
                indicator = version
        if indicator.formula is None:
            return self._typed(indicator, unit, span, own, scope)
        indicator, _ = self.catalogue.overlaid("indicator", code, indicator, unit, span.end)
        return self._computed(indicator, unit, span, own, scope)

    def _computed(
        self, indicator: Indicator, unit: str, span: Period, own: bool, scope: Scope
    ) -> Plain:
        form = self.form_of(indicator.code)
        if form is not None and form.since is not None and span.end < form.since:
            return NOTHING
        parts: dict[Reference, Plain] = {}

        def operand(ref: Reference) -> Operand:
            if ref.code not in self.catalogue.indicators:
                return no_value(Reason("gone"))
            shifted = self._shifted(ref, span)
            if shifted is None:
                return NOT_REPORTED
            parts[ref] = self.over(ref.code, unit, shifted, own, scope)
            return parts[ref].operand

        assert indicator.formula is not None
        result = evaluate(indicator.formula, operand)
        several = list(parts.values())
        return Plain(
            operand=result,
            due=frozenset().union(*(part.due for part in several)),
            missing=frozenset().union(*(part.missing for part in several)),
            carried=frozenset().union(*(part.carried for part in several)),
            not_applicable=max((part.not_applicable for part in several), default=0),
        )

    def _shifted(self, ref: Reference, span: Period) -> Period | None:
        form = self.form_of(ref.code)
        if ref.shift == "now":
            return span
        assert form is not None
        calendar = self.obligations.calendar(form)
        if ref.shift == "cumulative":
            assert form.since is not None
            start = min(
                next(calendar.periods(form.every, form.since, form.since)).start, span.start
            )
            code = f"{start.isoformat()}..{span.end.isoformat()}"
            return Period(code=code, kind=PeriodKind.SPAN, start=start, end=span.end)
        if span.kind is PeriodKind.SPAN:
            return None
        if ref.shift == "previous":
            return previous_period(span, calendar)
        year = f"{span.start.year:04}"
        return calendar.period(span.code.replace(year, f"{span.start.year - 1:04}", 1))

    def _members(self, form: Form, period: Period, unit: str, own: bool) -> Iterable[Unit]:
        owed = self.obligations.owed(form, period, unit)
        return (u for u in owed if u.code == unit) if own else owed

    def _typed(
        self, indicator: Indicator, unit: str, span: Period, own: bool, scope: Scope
    ) -> Plain:
        form = self.form_of(indicator.code)
        periods = self.obligations.periods(form, span, self.today) if form else ()
        if len(periods) > 1 and indicator.over_time is OverTime.NONE:
            raise NotAddable(indicator=indicator.code, dimension="time")
        if not periods or form is None:
            return NOTHING
        whole = self.catalogue.units
        due: list[Pair] = []
        unasked: list[Pair] = []
        series: Series = {}
        for period in periods:
            for member in self._members(form, period, unit, own):
                if not scope.covers(member, whole):
                    continue
                pair = (member.code, period.code)
                if not indicator.asks.covers(member, whole):
                    unasked.append(pair)
                    continue
                due.append(pair)
                value = self.cells.get((indicator.code, period.code, member.code))
                if value is not None:
                    series.setdefault(member.code, []).append((period, value))
        if indicator.over_units is OverUnits.NONE and len({code for code, _ in due}) > 1:
            raise NotAddable(indicator=indicator.code, dimension="units")
        if indicator.over_time in (OverTime.LAST, OverTime.FIRST):
            edge = periods[-1] if indicator.over_time is OverTime.LAST else periods[0]
            return self._stock(indicator, edge, series, due, unasked)
        used = {(code, p.code) for code, cells in series.items() for p, _ in cells}
        return Plain(
            operand=self._combined(indicator, series, span) if due else NOT_APPLICABLE,
            due=frozenset(due),
            missing=frozenset(due) - used,
            not_applicable=len(unasked),
            cells=_cells(series),
        )

    def _stock(
        self,
        indicator: Indicator,
        edge: Period,
        series: Series,
        due: Sequence[Pair],
        unasked: Sequence[Pair],
    ) -> Plain:
        at_edge = [code for code, period in due if period == edge.code]
        nth = -1 if indicator.over_time is OverTime.LAST else 0
        chosen = {code: [series[code][nth]] for code in at_edge if code in series}
        return Plain(
            operand=self._combined(indicator, chosen, edge) if at_edge else NOT_APPLICABLE,
            due=frozenset((code, edge.code) for code in at_edge),
            missing=frozenset((code, edge.code) for code in at_edge if code not in chosen),
            carried=frozenset(
                (code, period.code) for code, [(period, _)] in chosen.items() if period != edge
            ),
            not_applicable=sum(1 for _, period in unasked if period == edge.code),
            cells=_cells(chosen),
        )

    def _combined(self, indicator: Indicator, series: Series, span: Period) -> Operand:
        if not series:
            return NOT_REPORTED
        over_time = OVER_TIME[indicator.over_time]
        each = {
            code: over_time([Fraction(value) for _, value in cells])
            for code, cells in series.items()
        }
        if indicator.over_units is not OverUnits.WEIGHTED_MEAN:
            return number(OVER_UNITS[indicator.over_units](list(each.values())))
        if indicator.weight not in self.catalogue.indicators:
            return no_value(Reason("no weight"))
        pairs = []
        for code, value in each.items():
            heavy = self.over(indicator.weight, code, span, True, EVERY_UNIT).operand.fraction
            if heavy is not None:
                pairs.append((value, heavy))
        weight = _sum([heavy for _, heavy in pairs])
        if not weight:
            return no_value(Reason("zero weights"))
        return number(_sum([value * heavy for value, heavy in pairs]) / weight)


def _cells(series: Series) -> frozenset[tuple[str, str, Decimal]]:
    return frozenset(
        (c, period.code, value) for c, cells in series.items() for period, value in cells
    )
