"""The engine: typed indicators of all forms in cubes, kept up to date with the accepted values.

Every unit has its place on one axis, every form has a cube. A cube holds only cells that are due, so
that a value that is not asked for (any more) never counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from threading import RLock

from nqcore.analysis.rollup.accepted_values import AcceptedValues
from nqcore.analysis.rollup.aggregation import ReportedTotal, RollupQuery, WeightOf
from nqcore.analysis.rollup.axis import Axis
from nqcore.analysis.rollup.boundaries import Boundaries
from nqcore.analysis.rollup.coverage_mask import empty_mask
from nqcore.analysis.rollup.exact_total import ExactTotal
from nqcore.analysis.rollup.form_cube import FormCube
from nqcore.analysis.rollup.kept import Kept
from nqcore.analysis.rollup.reporting_mask import ReportingMask
from nqcore.analysis.rollup.restatement import RestatedTotal
from nqcore.analysis.rollup.unit_selection import UnitSelection
from nqcore.collection.obligations import Obligations
from nqcore.formulas import NOT_APPLICABLE
from nqcore.model.indicators import Indicator, OverUnits

_MOST_DAYS = 8
"""Boundaries come from addresses in which a user may type any day: those of so many are kept."""
_MOST_CELLS = 8_000_000
"""The masks of a total have a cell for each period and unit: so many cells are kept, some 32 MB."""
_LEAST_CELLS = 500
"""A total has its objects beside its masks: it counts as so many cells at least."""
_Key = tuple[Indicator, UnitSelection, tuple[str, ...]]
"""(definition, units, codes of the periods)."""


class Engine:
    """Adds up `values` and reads again only what changed. Any number of threads may call it."""

    def __init__(self, obligations: Obligations, values: AcceptedValues) -> None:
        self.obligations = obligations
        self._values, self._changed = values, values.changes()
        catalogue = obligations.catalogue
        forms = catalogue.forms.values()
        self._axis = Axis(catalogue.units)
        self._mask = ReportingMask(obligations, self._axis)
        self._cubes = {form.id: FormCube(form, catalogue, self._axis) for form in forms}
        self._cube_of = {code: cube for cube in self._cubes.values() for code in cube.place}
        self._boundaries: dict[int, Boundaries] = {}
        self._kept: Kept[_Key, ExactTotal] = Kept(_MOST_CELLS)
        self._lock = RLock()

    def _follow(self) -> None:
        """Read again the cells that changed."""
        with self._lock:
            by_form: dict[str, list[tuple[str, str, Iterable[str]]]] = {}
            for (code, period), units in self._changed.take().items():
                if (cube := self._cube_of.get(code)) is not None:
                    by_form.setdefault(cube.form.id, []).append((code, period, units))
            for id, changed in by_form.items():
                self._cubes[id].take(changed, self._values, self._mask)

    def total(self, query: RollupQuery, weight_of: WeightOf | None = None) -> ExactTotal:
        """The exact total of a typed indicator; `weight_of` is needed for a weighted mean. Raises
        NotAddable."""
        with self._lock:
            version = self._values.version
            self._follow()
            if query.indicator.over_units is OverUnits.WEIGHTED_MEAN:
                return self._added_up(query, weight_of)  # its weights are totals of other questions
            key = query.indicator, query.units, tuple(period.code for period in query.periods)
            found = self._kept.get(key, version)
            if found is None:
                found = self._added_up(query, weight_of)
                size = max(_LEAST_CELLS, found.coverage_mask.due.size)
                self._kept.keep(key, found, version, size)
            return found

    def _added_up(self, query: RollupQuery, weight_of: WeightOf | None) -> ExactTotal:
        cube = self._cube_of[query.indicator.code]
        if query.units.boundaries is None:
            return ReportedTotal(query, cube, self._mask, self._values).total(weight_of)
        boundaries = self.boundaries(query.units.boundaries)
        return RestatedTotal(query, cube, self._mask, self._values, boundaries).total(weight_of)

    def boundaries(self, on: date) -> Boundaries:
        """The boundaries of the day `on`."""
        with self._lock:
            # All days between two changes of the units have the same boundaries.
            epoch = self.obligations.tree_version(on)
            if epoch not in self._boundaries:
                if len(self._boundaries) >= _MOST_DAYS:
                    self._boundaries.clear()
                self._boundaries[epoch] = Boundaries(self.obligations, self._axis, on)
            return self._boundaries[epoch]

    def nothing(self, unit: str) -> ExactTotal:
        """The total of `unit` where nothing is due."""
        return ExactTotal(
            operand=NOT_APPLICABLE,
            coverage_mask=empty_mask(self._axis, unit),
            carried=(),
            not_applicable=0,
            cells=tuple,
        )
