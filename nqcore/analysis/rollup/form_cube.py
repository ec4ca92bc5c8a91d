"""The cube of one form: the place of each indicator, period and unit in it, and the scale."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from nqcore.analysis.rollup.axis import Axis
from nqcore.analysis.rollup.cube import Cube, Places
from nqcore.analysis.rollup.exact_integers import LIMIT, scaled
from nqcore.analysis.rollup.reporting_mask import ReportingMask
from nqcore.catalogue import Catalogue
from nqcore.model.forms import Form
from nqcore.model.periods import Period

if TYPE_CHECKING:
    from nqcore.analysis.rollup.accepted_values import AcceptedValues

Cell = tuple[int, int, int, Decimal | None]


class FormCube:
    """The values of one form. The numbers of indicator i in the cube are multiplied by 10^`scale[i]`:
    its decimals, or more where a value has more (it was reported before the definition changed)."""

    def __init__(self, form: Form, catalogue: Catalogue, axis: Axis) -> None:
        self.form = form
        asked = [
            field.indicator for field in form.figures if field.indicator in catalogue.indicators
        ]
        self.place = {code: nth for nth, code in enumerate(asked)}
        self.scale = [catalogue.indicators[code].decimals for code in asked]
        self.axis = axis
        self._inner_units = {unit: nth for nth, unit in enumerate(axis.inner_ranges())}
        # Row 0 is always empty: it is the row of every period in which no unit reported.
        self.cube = Cube(len(asked), 1, len(axis), axis.inner_ranges().values())
        self._rows: dict[str, int] = {}
        self._fresh = True

    def rows(self, periods: Sequence[Period]) -> Places:
        """The row of each of `periods`."""
        return np.array([self._rows.get(period.code, 0) for period in periods], np.intp)

    def inner_unit(self, unit: str) -> int | None:
        """The index of `unit` in the totals that the cube keeps; None for a unit with none under it."""
        return self._inner_units.get(unit)

    def take(
        self,
        changed: Iterable[tuple[str, str, Iterable[str]]],
        values: AcceptedValues,
        mask: ReportingMask,
    ) -> None:
        """Read the `changed` cells (indicator, period, units) again from `values`; cells that are not due
        are left out."""
        cells: list[Cell] = []
        for code, period, units in changed:
            indicator = self.place[code]
            due = mask.due(self.form, code, period)
            if due is None:
                continue
            row = self._rows.setdefault(period, len(self._rows) + 1)
            reported = values.row(code, period)
            for unit in units:
                place = self.axis.place.get(unit)
                if place is not None and due[place]:
                    cells.append((indicator, row, place, reported.get(unit)))
        self.cube.grow(len(self._rows) + 1)
        self._write(cells)

    def _write(self, cells: Sequence[Cell]) -> None:
        numbers = self._numbers(cells)
        if self._fresh and all(number is None or abs(number) <= LIMIT for number in numbers):
            known = [n for n, number in enumerate(numbers) if number is not None]
            where = np.array([cells[n][:3] for n in known], np.intp).reshape(-1, 3)
            value = np.array([numbers[n] for n in known], np.int64)
            self.cube.fill(where[:, 0], where[:, 1], where[:, 2], value)
        else:
            for (indicator, row, place, _), number in zip(cells, numbers, strict=True):
                self.cube.put(indicator, row, place, number)
        self._fresh = False

    def _numbers(self, cells: Sequence[Cell]) -> list[int | None]:
        while True:
            numbers = [
                None if value is None else scaled(value, self.scale[indicator])
                for indicator, _, _, value in cells
            ]
            finer = [
                (indicator, value)
                for (indicator, _, _, value), number in zip(cells, numbers, strict=True)
                if number is None and value is not None
            ]
            if not finer:
                return numbers
            for indicator, value in finer:
                digits = -int(value.as_tuple().exponent)
                if digits > self.scale[indicator]:
                    self.cube.multiply(indicator, 10 ** (digits - self.scale[indicator]))
                    self.scale[indicator] = digits
