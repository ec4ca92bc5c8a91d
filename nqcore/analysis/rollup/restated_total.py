"""One total of a typed indicator within the boundaries of another date.

What adds up over units is projected: whole values as arrays, parts of divided ones as fractions, rounded
once at the end by largest remainder over all units that shares connect. What does not add up is told
only where a whole unit became a whole unit; elsewhere it “không quy đổi được”, with the reason.

A flow is projected period by period, each from the units of its own last day, so that a unit that ended
midway and its successor follow each other. A stock is projected from the last (FIRST: the first) period.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from nqcore.analysis.rollup import over_time
from nqcore.analysis.rollup.boundaries import NOWHERE, BoundaryIndex
from nqcore.analysis.rollup.coverage_mask import CoverageMask
from nqcore.analysis.rollup.cube import stretch
from nqcore.analysis.rollup.exact import Mask, Whole, grand_total
from nqcore.analysis.rollup.exact_total import Contribution, ExactTotal
from nqcore.analysis.rollup.form_cube import FormCube
from nqcore.analysis.rollup.over_units import combined
from nqcore.analysis.rollup.reporting_mask import ReportingMask
from nqcore.analysis.rollup.typed_total import RollupQuery, WeightOf, weighted_total
from nqcore.errors import N_, NotAddable
from nqcore.formulas import NOT_APPLICABLE, NOT_REPORTED, Operand, Reason, no_value, number
from nqcore.model.figures import ReportRef
from nqcore.model.indicators import OverTime, OverUnits
from nqcore.model.projection import Refusal, Unprojectable, round_together
from nqcore.model.submissions import submission_id

if TYPE_CHECKING:
    from nqcore.analysis.rollup.accepted_values import AcceptedValues

_WHY = {
    Refusal.MERGED: N_("{unit} was formed of {origins}: their figures cannot be put together."),
    Refusal.DIVIDED: N_("{origins} was divided: nobody knows the figure of {unit} alone."),
    Refusal.ENDED: N_("{origins} ended and nobody took over its figure below {unit}."),
}
_NAMED = 5
"""How many units a reason names."""


class RestatedTotal:
    """The masks of a query, period × unit of the axis, and where each unit's value belongs."""

    def __init__(
        self,
        query: RollupQuery,
        cube: FormCube,
        duties: ReportingMask,
        values: AcceptedValues,
        borders: BoundaryIndex,
    ) -> None:
        self._query, self._cube, self._accepted = query, cube, values
        self._borders = borders
        periods = query.periods
        self._within = [borders.within(query.units.unit, p, own=query.units.own) for p in periods]
        everywhere = slice(0, len(cube.axis))
        owed = duties.owing(cube.form, periods) & duties.covered(
            query.units.scope, periods, everywhere
        )
        asked = duties.covered(query.indicator.asks, periods, everywhere)
        touching = np.stack([within.touching for within in self._within])
        self._place = cube.place[query.indicator.code]
        rows = stretch(cube.rows(periods))
        self._found: Whole = cube.cube.values(self._place)[rows]
        self._due: Mask = owed & asked
        self._reported: Mask = cube.cube.reported(self._place)[rows] & self._due
        self._touching: Mask = touching
        self._unasked = int((owed & ~asked & touching).sum())

    def total(self, weight_of: WeightOf | None) -> ExactTotal:
        """The total. Raises NotAddable."""
        indicator = self._query.indicator
        stock = indicator.over_time in (OverTime.LAST, OverTime.FIRST)
        if indicator.over_units is OverUnits.SUM:
            if stock:
                return self._stock()
            return self._flow() if indicator.over_time is OverTime.SUM else self._series()
        return self._carried(weight_of, stock=stock)

    # -- what adds up over units -----------------------------------------------------------------

    def _flow(self) -> ExactTotal:
        due = self._due & self._touching
        reported = self._reported & self._touching
        operand, printed = self._sum(self._found, self._reported, range(len(self._within)))
        return self._worked(
            operand if reported.any() else _nothing(due),
            printed,
            due,
            due & ~reported,
            self._reported,
        )

    def _stock(self) -> ExactTotal:
        """Each unit's last (first) value in the span, owed at the end (beginning), projected from
        the units of that day."""
        first = self._query.indicator.over_time is OverTime.FIRST
        edge = 0 if first else len(self._within) - 1
        order = slice(None, None, -1) if first else slice(None)
        due_at_edge: Mask = self._due[edge]
        newest = over_time.last_reported(self._found[order], self._reported[order])
        has: Mask = self._reported.any(axis=0) & due_at_edge
        which = (over_time.first_row if first else over_time.last_row)(self._reported)
        touching: Mask = self._within[edge].touching
        due, here = due_at_edge & touching, has & touching
        operand, printed = self._sum(newest[np.newaxis], has[np.newaxis], (edge,))
        counted = np.zeros_like(self._reported)
        counted[which[has], has.nonzero()[0]] = True
        codes = self._cube.axis.codes
        return self._worked(
            operand if here.any() else _nothing(due),
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
        """The exact sum of what lies in the unit; where shares took part, also the sum of the
        amounts as they are rounded together, so that units below add up to those above."""
        scale = 10 ** self._cube.scale[self._place]
        withins = [self._within[row] for row in rows]
        whole = np.stack([within.whole for within in withins]) & reported
        total = grand_total(np.where(whole, values, 0))
        inside = Fraction(0)
        divided = False
        for row, within in enumerate(withins):
            for source, share in within.share.items():
                if reported[row, source]:
                    inside += int(values[row, source]) * share
                    divided = divided or share != 1 or len(within.spread.pieces[source]) > 1
        exact = number(Fraction(total + inside) / scale)
        decimals = self._query.indicator.decimals
        if not divided or self._cube.scale[self._place] != decimals:
            return exact, None
        below = 0
        for code, amount in self._rounded(values, reported, rows).items():
            if code and withins[0].targets[self._cube.axis.place[code]]:
                below += int(amount)
        return exact, Fraction(total + below) / scale

    def _rounded(
        self, values: Whole, reported: Mask, rows: Iterable[int]
    ) -> Mapping[str, int | Fraction]:
        """What divided values give to each unit, everywhere, in whole numbers of the last decimal."""
        codes = self._cube.axis.codes
        amounts: dict[str, int | Fraction] = {}
        ties: list[tuple[str, ...]] = []
        for nth, row in enumerate(rows):
            for source, pieces in self._within[row].spread.pieces.items():
                if not reported[nth, source]:
                    continue
                value = int(values[nth, source])
                tied = []
                for piece in pieces:
                    code = codes[piece.target] if piece.target != NOWHERE else ""
                    amounts[code] = amounts.get(code, 0) + value * piece.share
                    tied.append(code)
                ties.append(tuple(tied))
        round_together(amounts, ties)
        return amounts

    def _series(self) -> ExactTotal:
        """Mean, least or greatest over time of what adds up over units: the values of each unit of
        the other date, period by period. One with a missing part is no value of that period."""
        due = self._due & self._touching
        reported = self._reported & self._touching
        indicator = self._query.indicator
        scale = 10 ** self._cube.scale[self._place]
        series: dict[int, list[Fraction]] = {}
        for row, within in enumerate(self._within):
            amounts: dict[int, Fraction] = {}
            lacking: set[int] = set()
            for piece in within.spread.everything():
                if not within.targets[piece.target] or not self._due[row, piece.source]:
                    continue
                if not self._reported[row, piece.source]:
                    lacking.add(piece.target)
                amount = int(self._found[row, piece.source]) * piece.share
                amounts[piece.target] = amounts.get(piece.target, Fraction(0)) + amount
            for target in amounts.keys() - lacking:
                series.setdefault(target, []).append(amounts[target] / scale)
        if indicator.over_time is OverTime.NONE and any(len(s) > 1 for s in series.values()):
            raise NotAddable(indicator=indicator.code, dimension="time")
        operand = _nothing(due)
        if series:
            over = _OVER_TIME[indicator.over_time]
            operand = number(sum((over(values) for values in series.values()), Fraction(0)))
        return self._worked(operand, None, due, due & ~reported, self._reported)

    # -- what does not add up --------------------------------------------------------------------

    def _carried(self, weight_of: WeightOf | None, *, stock: bool) -> ExactTotal:
        """Only whole units that became whole units count; anything else has no value."""
        query, indicator = self._query, self._query.indicator
        columns = self._within[0].targets.nonzero()[0]
        sources = np.stack([within.spread.moved[columns] for within in self._within])
        known: Mask = sources != NOWHERE
        at = np.where(known, sources, 0)
        nth = np.arange(len(sources))[:, np.newaxis]
        due: Mask = self._due[nth, at] & known
        reported: Mask = self._reported[nth, at] & known
        values: Whole = np.where(reported, self._found[nth, at], 0)
        counted = np.zeros_like(self._reported)
        counted[np.broadcast_to(nth, at.shape)[reported], at[reported]] = True
        all_due = self._due & self._touching
        if indicator.over_units is OverUnits.NONE and due.any(axis=0).sum() > 1:
            raise NotAddable(indicator=indicator.code, dimension="units")
        operand = self._refused(columns)
        if operand is None:
            edge = 0 if indicator.over_time is OverTime.FIRST else len(sources) - 1
            has: Mask = np.logical_or.reduce(reported, axis=0)
            if stock:
                has = np.logical_and(has, due[edge])
            operand = _nothing(due)
            if has.any():
                how = indicator.over_units
                each, common = over_time.aggregate_over_time(indicator.over_time, values, reported)
                denominator = common * 10 ** self._cube.scale[self._place]
                if how is OverUnits.WEIGHTED_MEAN:
                    span = query.periods[edge] if stock else query.span
                    codes = [self._cube.axis.codes[place] for place in columns[has].tolist()]
                    operand = weighted_total(each[has], denominator, codes, span, weight_of)
                else:
                    operand = number(combined(how, each[has], denominator))
        missing = all_due & ~self._reported
        return self._worked(operand, None, all_due, missing, counted)

    def _refused(self, columns: Whole) -> Operand | None:
        """No value, with the reason, where something was reported that cannot be told here."""
        wanted = set(columns.tolist())
        for row, within in enumerate(self._within):
            for target, why in within.spread.blocked.items():
                if target in wanted and any(self._is_due(row, origin) for origin in why.origins):
                    return no_value(self._reason(target, why))
        return None

    def _is_due(self, row: int, unit: str) -> bool:
        return bool(self._due[row, self._cube.axis.place[unit]])

    def _reason(self, target: int, why: Unprojectable) -> Reason:
        name = self._borders.name
        named = ", ".join(map(name, why.origins[:_NAMED]))
        more = len(why.origins) > _NAMED
        details = (
            ("unit", name(self._cube.axis.codes[target])),
            ("origins", named + (" …" if more else "")),
        )
        return Reason(_WHY[why.reason], details, "not-projectable")

    # -- what the total is made of ---------------------------------------------------------------

    def _worked(
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
        """`counted` are the cells that are in the total of all units; with `edge` (a stock) they are
        projected from that period, for which alone `due` and `missing` are."""
        axis, periods = self._cube.axis, self._query.periods
        withins = self._within if edge is None else [self._within[edge]] * len(periods)
        touching = counted & np.stack([within.touching for within in withins])
        cells = [
            (row, place, withins[row].share.get(place, Fraction(1)))
            for place, row in zip(*(each.tolist() for each in touching.T.nonzero()), strict=True)
        ]
        return ExactTotal(
            operand=operand,
            printed=printed,
            cover=CoverageMask(
                axis,
                slice(0, len(axis)),
                periods if edge is None else (periods[edge],),
                due,
                missing,
            ),
            carried=carried,
            not_applicable=self._unasked,
            estimated=tuple(self._part(row, place) for row, place, share in cells if share != 1),
            apart=self._marked(counted, [within.apart for within in withins]),
            kept=self._marked(counted, [within.kept for within in withins]),
            cells=lambda: self._cells(cells),
        )

    def _marked(self, counted: Mask, marks: Sequence[Mask]) -> tuple[ReportRef, ...]:
        rows, places = (counted & np.stack(marks)).nonzero()
        return tuple(
            self._part(row, place)
            for row, place in zip(rows.tolist(), places.tolist(), strict=True)
        )

    def _part(self, row: int, place: int) -> ReportRef:
        return ReportRef(unit=self._cube.axis.codes[place], period=self._query.periods[row].code)

    def _cells(self, parts: Sequence[tuple[int, int, Fraction]]) -> tuple[Contribution, ...]:
        code, form = self._query.indicator.code, self._cube.form.id
        found = []
        for row, place, share in parts:
            part = self._part(row, place)
            value = self._accepted.get(code, part.period, part.unit)
            if value is not None:  # else it was withdrawn by another thread just now
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


def _nothing(due: Mask) -> Operand:
    return NOT_REPORTED if due.any() else NOT_APPLICABLE


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


_OVER_TIME: Mapping[OverTime, Callable[[Sequence[Fraction]], Fraction]] = {
    OverTime.MIN: min,
    OverTime.MAX: max,
    OverTime.MEAN: _mean,
    OverTime.NONE: _mean,  # of one
}
