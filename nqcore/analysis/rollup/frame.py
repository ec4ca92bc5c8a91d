"""Figures as rows of a table, for pandas, polars and pyarrow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from importlib import import_module
from importlib.util import find_spec
from typing import Any, TypedDict

from nqcore.analysis.rollup.totals import Totals
from nqcore.model.cells import CellState
from nqcore.model.figures import Figure

NO_VALUE_STATE = "no_value"
"""The state of a figure that cannot be computed or must not be added up."""

_STATES: Mapping[str, str] = {
    "not-reported": CellState.NOT_REPORTED.value,
    "not-applicable": CellState.NOT_APPLICABLE.value,
}
"""The state of a figure without a value, by the code of its reason."""

PRECISION = 38
"""Digits of a decimal of Arrow; a cell has at most 15, so no total of a country needs more."""


class FrameRow(TypedDict):
    """One figure. `value` is None unless `state` is "number" or "nil" (a confirmed zero); else `state` is
    "not_reported", "not_applicable" or "no_value"."""

    unit: str
    unit_name: str
    period: str
    indicator: str
    name: str
    measure: str
    value: Decimal | None
    state: str
    due: int
    reported: int


@dataclass(frozen=True, slots=True)
class Frame:
    """Rows of figures: ``frame[0]["value"]``, ``len(frame)``, ``for row in frame``.

    ``pandas.DataFrame(frame)``, ``polars.DataFrame(frame)``, ``pyarrow.table(frame)`` and
    ``pyarrow.Table.from_pylist(frame)`` take it as it is. `value` stays exact: a column of Decimal
    objects (dtype object) in pandas, of the type decimal in polars and pyarrow; `due` and `reported` are
    64-bit integers, the other columns texts. All values have the same number of decimals, those of the
    most exact indicator: libraries that look only at the first rows lose none.

    It is on purpose no Sequence of Python: polars would read such a one by its first 100 rows.
    """

    rows: tuple[FrameRow, ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[FrameRow]:
        return iter(self.rows)

    def __getitem__(self, place: int) -> FrameRow:
        return self.rows[place]

    @property
    def columns(self) -> dict[str, list[Any]]:
        """The values of each column, by its name."""
        names = FrameRow.__annotations__
        return {name: [dict(row)[name] for row in self.rows] for name in names}

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The Arrow PyCapsule interface: how polars, pyarrow and others take the columns. The library
        that asks is installed, so one of the two that can make them is found."""
        make = _with_pyarrow if find_spec("pyarrow") else _with_polars
        return make(self.columns, self._decimals()).__arrow_c_stream__(requested_schema)

    def _decimals(self) -> int:
        values = (row["value"] for row in self.rows)
        return max((-int(v.as_tuple().exponent) for v in values if v is not None), default=0)


def _with_pyarrow(columns: Mapping[str, list[Any]], decimals: int) -> Any:
    pyarrow = import_module("pyarrow")
    kinds = dict.fromkeys(columns, pyarrow.string()) | {
        "value": pyarrow.decimal128(PRECISION, decimals),
        "due": pyarrow.int64(),
        "reported": pyarrow.int64(),
    }
    return pyarrow.table(dict(columns), schema=pyarrow.schema(list(kinds.items())))


def _with_polars(columns: Mapping[str, list[Any]], decimals: int) -> Any:
    polars = import_module("polars")
    kinds = dict.fromkeys(columns, polars.String) | {
        "value": polars.Decimal(PRECISION, decimals),
        "due": polars.Int64,
        "reported": polars.Int64,
    }
    return polars.DataFrame(dict(columns), schema=kinds)


def frame(
    totals: Totals,
    indicators: Sequence[str],
    periods: Sequence[str],
    units: Iterable[str],
    boundaries: date | None = None,
) -> Frame:
    """A row for each unit, period and indicator, in this order. A unit has its name of today, or of the
    day of `boundaries`. Raises UnknownName."""
    tree = totals.obligations.tree_with_rights(boundaries or totals.today)
    found: list[tuple[Figure, FrameRow]] = [
        _row(totals, tree[unit].name, totals.figure_in_table(code, unit, period, False, boundaries))
        for unit in units
        for period in periods
        for code in indicators
    ]
    decimals = max((figure.decimals for figure, _ in found), default=0)
    one = Decimal(1).scaleb(-decimals)
    for _, row in found:
        if row["value"] is not None:
            row["value"] = row["value"].quantize(one, context=Context(PRECISION))
    return Frame(tuple(row for _, row in found))


def _row(totals: Totals, unit_name: str, figure: Figure) -> tuple[Figure, FrameRow]:
    catalogue = totals.catalogue
    span = totals.lookup.span(figure.period, catalogue.indicator(figure.indicator))
    return figure, {
        "unit": figure.unit,
        "unit_name": unit_name,
        "period": figure.period,
        "indicator": figure.indicator,
        "name": totals.lookup.definition(figure.indicator, figure.unit, span).name,
        "measure": figure.measure,
        "value": figure.value,
        "state": _state(totals, figure),
        "due": figure.coverage.due,
        "reported": figure.coverage.reported,
    }


def _state(totals: Totals, figure: Figure) -> str:
    if figure.value is None:
        return _STATES.get(figure.reason.code if figure.reason else "", NO_VALUE_STATE)
    return (CellState.NIL if totals.is_zero(figure) else CellState.NUMBER).value
