"""One total of a typed indicator, as reported: from a part of the cube to one exact number.

First the values of each unit are aggregated over time, then those of all units (as DHIS2 does: LAST is
taken per unit and then added up). Of a stock (LAST, FIRST) a unit's last value *within the span* is
taken; where it is older than the last period, the report is marked as carried. A unit that does not
exist any more at the end of the span has no stock to add.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from nqcore.analysis.rollup import over_time
from nqcore.analysis.rollup.accepted_values import AcceptedValues
from nqcore.analysis.rollup.coverage_mask import CoverageMask
from nqcore.analysis.rollup.cube import as_slice
from nqcore.analysis.rollup.exact_integers import Mask, Whole, grand_total
from nqcore.analysis.rollup.exact_total import Contribution, ExactTotal
from nqcore.analysis.rollup.form_cube import FormCube
from nqcore.analysis.rollup.over_units import aggregate_over_units, weighted_mean
from nqcore.analysis.rollup.reporting_mask import ReportingMask
from nqcore.analysis.rollup.unit_selection import UnitSelection
from nqcore.errors import N_, NotAddable
from nqcore.formulas import NOT_APPLICABLE, NOT_REPORTED, Operand, Reason, no_value, number
from nqcore.model.figures import ReportRef
from nqcore.model.indicators import Indicator, OverTime, OverUnits
from nqcore.model.periods import Period
from nqcore.model.submissions import submission_id

WeightOf = Callable[[str, Period], Fraction | None]
"""The weight of a unit over a span; None where it has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RollupQuery:
    """The total of `indicator` over `units` and over `periods` of its form (at least one), which lie
    within `span`."""

    indicator: Indicator
    units: UnitSelection
    span: Period
    periods: tuple[Period, ...]


class ReportedTotal:
    """The masks of a query, period × unit: which units owe the form (`_owed`), are asked for the
    indicator (`_due`) and reported it (`_reported`); and the total from them."""

    def __init__(
        self, query: RollupQuery, cube: FormCube, mask: ReportingMask, values: AcceptedValues
    ) -> None:
        self._query, self._cube, self._accepted = query, cube, values
        periods = query.periods
        self._units, owed = mask.owed(cube.form, periods, query.units.unit, own=query.units.own)
        self._owed: Mask = owed & mask.covered(query.units.scope, periods, self._units)
        asked = mask.asked(query.indicator.code, periods, self._units)
        self._due: Mask = self._owed & asked
        self._place = cube.place[query.indicator.code]
        self._rows = cube.rows(periods)
        found = cube.cube.reported(self._place)[as_slice(self._rows), self._units]
        self._reported: Mask = np.logical_and(found, self._due)

    def total(self, weight_of: WeightOf | None) -> ExactTotal:
        """The total. Raises NotAddable."""
        indicator = self._query.indicator
        if indicator.over_units is OverUnits.NONE and self._due.any(axis=0).sum() > 1:
            raise NotAddable(indicator=indicator.code, dimension="units")
        if indicator.over_time in (OverTime.LAST, OverTime.FIRST):
            return self._stock(weight_of)
        return self._flow(weight_of)

    def _flow(self, weight_of: WeightOf | None) -> ExactTotal:
        periods = self._query.periods
        has: Mask = np.logical_or.reduce(self._reported, axis=0)
        operand = NOT_APPLICABLE if not self._due.any() else NOT_REPORTED
        if has.any():
            operand = self._kept_total() or self._combined(has, self._query.span, weight_of)
        return ExactTotal(
            operand=operand,
            coverage_mask=self._mask(periods, self._due, self._due & ~self._reported),
            carried=(),
            not_applicable=int((self._owed & ~self._due).sum()),
            cells=lambda: self._cells(*self._reported.T.nonzero()),
        )

    def _stock(self, weight_of: WeightOf | None) -> ExactTotal:
        """The total of a stock, which is due once per unit: at the end (FIRST: at the start) of the span."""
        first = self._query.indicator.over_time is OverTime.FIRST
        edge = 0 if first else len(self._rows) - 1
        period = self._query.periods[edge]
        due = self._due[edge]
        has: Mask = np.logical_and(self._reported.any(axis=0), due)
        which = over_time.first_row(self._reported) if first else over_time.last_row(self._reported)
        operand = NOT_APPLICABLE if not due.any() else NOT_REPORTED
        if has.any():
            operand = self._combined(has, period, weight_of)
        places = has.nonzero()[0]
        periods, codes = self._query.periods, self._codes
        return ExactTotal(
            operand=operand,
            coverage_mask=self._mask((period,), due[np.newaxis], (due & ~has)[np.newaxis]),
            carried=tuple(
                ReportRef(unit=codes[place], period=periods[which[place]].code)
                for place in (has & ~self._reported[edge]).nonzero()[0].tolist()
            ),
            not_applicable=int((self._owed[edge] & ~due).sum()),
            cells=lambda: self._cells(places, which[places]),
        )

    # -- values ----------------------------------------------------------------------------------

    def _kept_total(self) -> Operand | None:
        """The sum of totals that the cube keeps; None where they do not answer the query."""
        indicator, cube = self._query.indicator, self._cube.cube
        inner_unit = (
            None if self._query.units.own else self._cube.inner_unit(self._query.units.unit)
        )
        plain = (indicator.over_time, indicator.over_units) == (OverTime.SUM, OverUnits.SUM)
        range_of_unit = self._cube.axis.range_of(self._query.units.unit)
        if (
            inner_unit is None
            or not plain
            or range_of_unit != (self._units.start, self._units.stop)
        ):
            return None
        # The same number of cells in the same range: they are the same cells, none is left out.
        if cube.counts(self._place)[self._rows, inner_unit].sum() != self._reported.sum():
            return None
        total = grand_total(cube.sums(self._place)[self._rows, inner_unit])
        return number(Fraction(total, 10 ** self._cube.scale[self._place]))

    def _combined(self, has: Mask, span: Period, weight_of: WeightOf | None) -> Operand:
        how = self._query.indicator.over_units
        each, common = self._over_time()
        values = each[has]
        denominator = common * 10 ** self._cube.scale[self._place]
        if how is not OverUnits.WEIGHTED_MEAN:
            return number(aggregate_over_units(how, values, denominator))
        codes = [self._codes[place] for place in has.nonzero()[0].tolist()]
        return weighted_mean_of(values, denominator, codes, span, weight_of)

    def _over_time(self) -> tuple[Whole, int]:
        found = self._cube.cube.values(self._place)[as_slice(self._rows), self._units]
        values: Whole = np.where(self._reported, found, 0)
        return over_time.aggregate_over_time(
            self._query.indicator.over_time, values, self._reported
        )

    # -- sources ---------------------------------------------------------------------------------

    @property
    def _codes(self) -> tuple[str, ...]:
        return self._cube.axis.codes[self._units]

    def _mask(self, periods: tuple[Period, ...], due: Mask, missing: Mask) -> CoverageMask:
        return CoverageMask(self._cube.axis, self._units, periods, due, missing)

    def _cells(self, places: Whole, rows: Whole) -> tuple[Contribution, ...]:
        code, form, codes = self._query.indicator.code, self._cube.form.id, self._codes
        found = []
        for place, row in zip(places.tolist(), rows.tolist(), strict=True):
            unit, period = codes[place], self._query.periods[row].code
            value = self._accepted.get(code, period, unit)
            if value is not None:  # else another thread has just withdrawn it
                found.append(
                    Contribution(
                        unit=unit,
                        period=period,
                        value=value,
                        submission=submission_id(period, form, unit),
                    )
                )
        return tuple(found)


def weighted_mean_of(
    values: Whole, denominator: int, codes: Sequence[str], span: Period, weight_of: WeightOf | None
) -> Operand:
    """The weighted mean of the `values` / `denominator` of the units `codes`; no value, with the reason,
    where no weight is known or the weights add up to 0."""
    if weight_of is None:
        return no_value(Reason(N_("It names no known weight."), code="no-weight"))
    weights = [weight_of(code, span) for code in codes]
    pairs = [
        (Fraction(value, denominator), weight)
        for value, weight in zip(values.tolist(), weights, strict=True)
        if weight is not None
    ]
    mean = weighted_mean(pairs)
    if mean is None:
        return no_value(Reason(N_("The weights add up to 0."), code="zero-weights"))
    return number(mean)
