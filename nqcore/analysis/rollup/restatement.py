"""One total of a typed indicator, restated within the boundaries of another date.

An indicator that adds up over units is projected: whole values as arrays, parts of divided values as
fractions, rounded once at the end by largest remainder over all units that shares connect. One that
does not add up has a value only where a whole unit became a whole unit; elsewhere it has none
(“không quy đổi được”), with the reason.

A flow is projected period by period, each from the units of its own last day: a unit that ended in the
middle of the span counts before, its successor after. A stock is projected from the last period
(FIRST: from the first).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from nqcore.analysis.rollup import over_time
from nqcore.analysis.rollup.aggregation import RollupQuery, WeightOf, weighted_mean_of
from nqcore.analysis.rollup.boundaries import NOWHERE, Boundaries
from nqcore.analysis.rollup.coverage_mask import CoverageMask
from nqcore.analysis.rollup.cube import as_slice
from nqcore.analysis.rollup.exact_integers import Mask, Whole, grand_total
from nqcore.analysis.rollup.exact_total import Contribution, ExactTotal
from nqcore.analysis.rollup.form_cube import FormCube
from nqcore.analysis.rollup.over_units import aggregate_over_units
from nqcore.analysis.rollup.reporting_mask import ReportingMask
from nqcore.errors import N_, NotAddable
from nqcore.formulas import NOT_APPLICABLE, NOT_REPORTED, Operand, Reason, no_value, number
from nqcore.model.figures import ReportRef
from nqcore.model.indicators import OverTime, OverUnits
from nqcore.model.projection import Refusal, Unprojectable, round_together
from nqcore.model.submissions import submission_id

if TYPE_CHECKING:
    from nqcore.analysis.rollup.accepted_values import AcceptedValues

_REFUSALS = {
    Refusal.MERGED: N_("{unit} was formed of {origins}: their figures cannot be put together."),
    Refusal.DIVIDED: N_("{origins} was divided: nobody knows the figure of {unit} alone."),
    Refusal.ENDED: N_("{origins} ended and nobody took over its figure below {unit}."),
}
_NAMED = 5
"""How many units a reason lists by name."""


class RestatedTotal:
    """The masks of a query, period × unit of the axis, and to which unit each value belongs."""

    def __init__(
        self,
        query: RollupQuery,
        cube: FormCube,
        mask: ReportingMask,
        values: AcceptedValues,
        boundaries: Boundaries,
    ) -> None:
        self._query, self._cube, self._accepted = query, cube, values
        self._boundaries = boundaries
        periods = query.periods
        self._allocated = [
            boundaries.to_unit(query.units.unit, p, own=query.units.own) for p in periods
        ]
        everywhere = slice(0, len(cube.axis))
        owed = mask.owing(cube.form, periods) & mask.covered(query.units.scope, periods, everywhere)
        asked = mask.asked(query.indicator.code, periods, everywhere)
        contributing = np.stack([allocated.contributing for allocated in self._allocated])
        self._place = cube.place[query.indicator.code]
        rows = as_slice(cube.rows(periods))
        self._found: Whole = cube.cube.values(self._place)[rows]
        self._due: Mask = owed & asked
        self._reported: Mask = cube.cube.reported(self._place)[rows] & self._due
        self._contributing: Mask = contributing
        self._unasked = int((owed & ~asked & contributing).sum())

    def total(self, weight_of: WeightOf | None) -> ExactTotal:
        """The total. Raises NotAddable."""
        indicator = self._query.indicator
        stock = indicator.over_time in (OverTime.LAST, OverTime.FIRST)
        if indicator.over_units is OverUnits.SUM:
            if stock:
                return self._stock()
            return self._flow() if indicator.over_time is OverTime.SUM else self._series()
        return self._from_predecessors(weight_of, stock=stock)

    # -- what adds up over units -----------------------------------------------------------------

    def _flow(self) -> ExactTotal:
        due = self._due & self._contributing
        reported = self._reported & self._contributing
        operand, printed = self._sum(self._found, self._reported, range(len(self._allocated)))
        return self._exact_total(
            operand if reported.any() else _no_total(due),
            printed,
            due,
            due & ~reported,
            self._reported,
        )

    def _stock(self) -> ExactTotal:
        """The last (FIRST: first) value of each unit in the span, due at its end (start), projected
        from the units of that period."""
        first = self._query.indicator.over_time is OverTime.FIRST
        edge = 0 if first else len(self._allocated) - 1
        order = slice(None, None, -1) if first else slice(None)
        due_at_edge: Mask = self._due[edge]
        latest = over_time.last_reported(self._found[order], self._reported[order])
        has: Mask = self._reported.any(axis=0) & due_at_edge
        which = (over_time.first_row if first else over_time.last_row)(self._reported)
        contributing: Mask = self._allocated[edge].contributing
        due, here = due_at_edge & contributing, has & contributing
        operand, printed = self._sum(latest[np.newaxis], has[np.newaxis], (edge,))
        counted = np.zeros_like(self._reported)
        counted[which[has], has.nonzero()[0]] = True
        codes = self._cube.axis.codes
        return self._exact_total(
            operand if here.any() else _no_total(due),
            printed,
            due[np.newaxis],
            (due & ~here)[np.newaxis],
            counted,
            edge=edge,
            carried=tuple(
                ReportRef(unit=codes[place], period=self._query.periods[which[place]].code)
                for place in (here & ~self._reported[edge]).nonzero()[0].tolist()
            ),
        )

    def _sum(
        self, values: Whole, reported: Mask, rows: Iterable[int]
    ) -> tuple[Operand, Fraction | None]:
        """The exact sum of the values in the unit. Where shares took part, also the sum of the rounded
        amounts: all amounts are rounded together, so that lower units add up to higher ones."""
        scale = 10 ** self._cube.scale[self._place]
        rows_allocated = [self._allocated[row] for row in rows]
        whole = np.stack([allocated.whole for allocated in rows_allocated]) & reported
        total = grand_total(np.where(whole, values, 0))
        inside = Fraction(0)
        divided = False
        for row, allocated in enumerate(rows_allocated):
            for source, share in allocated.share.items():
                if reported[row, source]:
                    inside += int(values[row, source]) * share
                    divided = divided or share != 1 or len(allocated.allocation.parts[source]) > 1
        exact = number(Fraction(total + inside) / scale)
        decimals = self._query.indicator.decimals
        if not divided or self._cube.scale[self._place] != decimals:
            return exact, None
        below = 0
        for code, amount in self._rounded(values, reported, rows).items():
            if code and rows_allocated[0].targets[self._cube.axis.place[code]]:
                below += int(amount)
        return exact, Fraction(total + below) / scale

    def _rounded(
        self, values: Whole, reported: Mask, rows: Iterable[int]
    ) -> Mapping[str, int | Fraction]:
        """By code of every unit, what divided values give to it, rounded to the last decimal."""
        codes = self._cube.axis.codes
        amounts: dict[str, int | Fraction] = {}
        ties: list[tuple[str, ...]] = []
        for nth, row in enumerate(rows):
            for source, parts in self._allocated[row].allocation.parts.items():
                if not reported[nth, source]:
                    continue
                value = int(values[nth, source])
                tied = []
                for part in parts:
                    code = codes[part.target] if part.target != NOWHERE else ""
                    amounts[code] = amounts.get(code, 0) + value * part.share
                    tied.append(code)
                ties.append(tuple(tied))
        round_together(amounts, ties)
        return amounts

    def _series(self) -> ExactTotal:
        """The mean, least or greatest over time of an indicator that adds up over units, from the values
        of each unit of the other date, period by period. A period with a missing part has no value."""
        due = self._due & self._contributing
        reported = self._reported & self._contributing
        indicator = self._query.indicator
        scale = 10 ** self._cube.scale[self._place]
        series: dict[int, list[Fraction]] = {}
        for row, allocated in enumerate(self._allocated):
            amounts: dict[int, Fraction] = {}
            lacking: set[int] = set()
            for part in allocated.allocation.all_parts():
                if not allocated.targets[part.target] or not self._due[row, part.source]:
                    continue
                if not self._reported[row, part.source]:
                    lacking.add(part.target)
                amount = int(self._found[row, part.source]) * part.share
                amounts[part.target] = amounts.get(part.target, Fraction(0)) + amount
            for target in amounts.keys() - lacking:
                series.setdefault(target, []).append(amounts[target] / scale)
        if indicator.over_time is OverTime.NONE and any(len(s) > 1 for s in series.values()):
            raise NotAddable(indicator=indicator.code, dimension="time")
        operand = _no_total(due)
        if series:
            over = _OVER_TIME[indicator.over_time]
            operand = number(sum((over(values) for values in series.values()), Fraction(0)))
        return self._exact_total(operand, None, due, due & ~reported, self._reported)

    # -- what does not add up --------------------------------------------------------------------

    def _from_predecessors(self, weight_of: WeightOf | None, *, stock: bool) -> ExactTotal:
        """The total of an indicator that does not add up: only units that came from one whole unit count;
        where another reported, there is no value."""
        query, indicator = self._query, self._query.indicator
        columns = self._allocated[0].targets.nonzero()[0]
        sources = np.stack(
            [allocated.allocation.predecessor[columns] for allocated in self._allocated]
        )
        known: Mask = sources != NOWHERE
        at = np.where(known, sources, 0)
        nth = np.arange(len(sources))[:, np.newaxis]
        due: Mask = self._due[nth, at] & known
        reported: Mask = self._reported[nth, at] & known
        values: Whole = np.where(reported, self._found[nth, at], 0)
        counted = np.zeros_like(self._reported)
        counted[np.broadcast_to(nth, at.shape)[reported], at[reported]] = True
        all_due = self._due & self._contributing
        if indicator.over_units is OverUnits.NONE and due.any(axis=0).sum() > 1:
            raise NotAddable(indicator=indicator.code, dimension="units")
        operand = self._not_projectable(columns)
        if operand is None:
            edge = 0 if indicator.over_time is OverTime.FIRST else len(sources) - 1
            has: Mask = np.logical_or.reduce(reported, axis=0)
            if stock:
                has = np.logical_and(has, due[edge])
            operand = _no_total(due)
            if has.any():
                how = indicator.over_units
                each, common = over_time.aggregate_over_time(indicator.over_time, values, reported)
                denominator = common * 10 ** self._cube.scale[self._place]
                if how is OverUnits.WEIGHTED_MEAN:
                    span = query.periods[edge] if stock else query.span
                    codes = [self._cube.axis.codes[place] for place in columns[has].tolist()]
                    operand = weighted_mean_of(each[has], denominator, codes, span, weight_of)
                else:
                    operand = number(aggregate_over_units(how, each[has], denominator))
        missing = all_due & ~self._reported
        return self._exact_total(operand, None, all_due, missing, counted)

    def _not_projectable(self, columns: Whole) -> Operand | None:
        """No value, with the reason, where a report is due that cannot be projected; else None."""
        wanted = set(columns.tolist())
        for row, allocated in enumerate(self._allocated):
            for target, why in allocated.allocation.not_projectable.items():
                if target in wanted and any(self._is_due(row, origin) for origin in why.origins):
                    return no_value(self._reason(target, why))
        return None

    def _is_due(self, row: int, unit: str) -> bool:
        return bool(self._due[row, self._cube.axis.place[unit]])

    def _reason(self, target: int, why: Unprojectable) -> Reason:
        name = self._boundaries.name
        named = ", ".join(map(name, why.origins[:_NAMED]))
        more = len(why.origins) > _NAMED
        details = (
            ("unit", name(self._cube.axis.codes[target])),
            ("origins", named + (" …" if more else "")),
        )
        return Reason(_REFUSALS[why.reason], details, "not-projectable")

    # -- what the total is made of ---------------------------------------------------------------

    def _exact_total(
        self,
        operand: Operand,
        printed: Fraction | None,
        due: Mask,
        missing: Mask,
        counted: Mask,
        *,
        edge: int | None = None,
        carried: tuple[ReportRef, ...] = (),
    ) -> ExactTotal:
        """The total with its coverage. `counted` are the cells in the total of all units; with `edge`
        (a stock) they are projected from that period, and `due` and `missing` are of it alone."""
        axis, periods = self._cube.axis, self._query.periods
        rows_allocated = self._allocated if edge is None else [self._allocated[edge]] * len(periods)
        contributing = counted & np.stack([allocated.contributing for allocated in rows_allocated])
        cells = [
            (row, place, rows_allocated[row].share.get(place, Fraction(1)))
            for place, row in zip(
                *(each.tolist() for each in contributing.T.nonzero()), strict=True
            )
        ]
        return ExactTotal(
            operand=operand,
            printed=printed,
            coverage_mask=CoverageMask(
                axis,
                slice(0, len(axis)),
                periods if edge is None else (periods[edge],),
                due,
                missing,
            ),
            carried=carried,
            not_applicable=self._unasked,
            estimated=tuple(self._report(row, place) for row, place, share in cells if share != 1),
            apart=self._reports_in(counted, [allocated.apart for allocated in rows_allocated]),
            kept=self._reports_in(counted, [allocated.kept for allocated in rows_allocated]),
            cells=lambda: self._cells(cells),
        )

    def _reports_in(self, counted: Mask, masks: Sequence[Mask]) -> tuple[ReportRef, ...]:
        rows, places = (counted & np.stack(masks)).nonzero()
        return tuple(
            self._report(row, place)
            for row, place in zip(rows.tolist(), places.tolist(), strict=True)
        )

    def _report(self, row: int, place: int) -> ReportRef:
        return ReportRef(unit=self._cube.axis.codes[place], period=self._query.periods[row].code)

    def _cells(self, parts: Sequence[tuple[int, int, Fraction]]) -> tuple[Contribution, ...]:
        code, form = self._query.indicator.code, self._cube.form.id
        found = []
        for row, place, share in parts:
            part = self._report(row, place)
            value = self._accepted.get(code, part.period, part.unit)
            if value is not None:  # else another thread has just withdrawn it
                submission = submission_id(part.period, form, part.unit)
                found.append(
                    Contribution(
                        unit=part.unit,
                        period=part.period,
                        value=value,
                        submission=submission,
                        share=share,
                    )
                )
        return tuple(found)


def _no_total(due: Mask) -> Operand:
    return NOT_REPORTED if due.any() else NOT_APPLICABLE


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


_OVER_TIME: Mapping[OverTime, Callable[[Sequence[Fraction]], Fraction]] = {
    OverTime.MIN: min,
    OverTime.MAX: max,
    OverTime.MEAN: _mean,
    OverTime.NONE: _mean,  # of one
}
