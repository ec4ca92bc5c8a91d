"""Totals of typed indicators: which periods count, and the engine that adds them up.

numpy is loaded when the first total is asked for, and not before.
"""

from __future__ import annotations

from datetime import date
from threading import Lock
from typing import TYPE_CHECKING

from nqcore.analysis.rollup.accepted_values import AcceptedValues
from nqcore.analysis.rollup.lookup import Lookup
from nqcore.analysis.rollup.unit_selection import UnitSelection
from nqcore.collection.obligations import Obligations
from nqcore.errors import NotAddable
from nqcore.model.forms import Form
from nqcore.model.indicators import Indicator, OverTime
from nqcore.model.periods import Period

if TYPE_CHECKING:
    from nqcore.analysis.rollup.aggregation import WeightOf
    from nqcore.analysis.rollup.engine import Engine
    from nqcore.analysis.rollup.exact_total import ExactTotal

_MOST_SPANS = 1_000
"""Spans come from addresses in which a user may type any day: so many of them are kept."""


class LazyEngine:
    """The engine over `values`, made (and numpy loaded) at the first call. Threads may call at
    once; all get the same engine."""

    def __init__(self, obligations: Obligations, values: AcceptedValues) -> None:
        self._obligations, self._values = obligations, values
        self._lock = Lock()
        self._engine: Engine | None = None

    def __call__(self) -> Engine:
        """The engine."""
        from nqcore.analysis.rollup.engine import Engine

        with self._lock:
            if self._engine is None:
                self._engine = Engine(self._obligations, self._values)
            return self._engine


class TypedTotals:
    """Totals of typed indicators over the periods that count by `today`."""

    def __init__(self, lookup: Lookup, engine: LazyEngine, today: date) -> None:
        self._lookup, self._engine, self._today = lookup, engine, today
        self._periods: dict[tuple[str, Period], tuple[Period, ...]] = {}

    def total(
        self,
        indicator: Indicator,
        units: UnitSelection,
        span: Period,
        weight_of: WeightOf | None,
    ) -> ExactTotal:
        """The exact total of a typed indicator. `weight_of` is needed for a weighted mean only.
        Raises NotAddable where the values must not be added up over time or over units."""
        from nqcore.analysis.rollup.aggregation import RollupQuery

        form = self._lookup.typed_in(indicator.code)
        periods = self.counting(form, span) if form else ()
        if len(periods) > 1 and indicator.over_time is OverTime.NONE:
            raise NotAddable(indicator=indicator.code, dimension="time")
        if not periods:
            return self.nothing(units.unit)
        query = RollupQuery(indicator=indicator, units=units, span=span, periods=periods)
        return self._engine().total(query, weight_of)

    def nothing(self, unit: str) -> ExactTotal:
        """The total of `unit` where nothing is due: not applicable, with an empty coverage."""
        return self._engine().nothing(unit)

    def counting(self, form: Form, span: Period) -> tuple[Period, ...]:
        """The form's periods within `span` that count by `today`, in order of time."""
        key = (form.id, span)
        if key not in self._periods:
            if len(self._periods) >= _MOST_SPANS:
                self._periods.clear()
            self._periods[key] = self._lookup.obligations.periods(form, span, self._today)
        return self._periods[key]
