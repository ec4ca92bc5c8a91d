"""Which cells of a table are formulas: totals that are the sum of cells beside or above them, and changes.

A cell is a formula only if the formula gives, of the numbers on the sheet, exactly what the report says. All
others are numbers: a ratio, a stock, a total with parts that are not on the sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from nq_spreadsheet.times import time_of
from nqcore.plugin import Figure, Names, OverTime, OverUnits, Period, Table, TiedNumber

_DAY = timedelta(days=1)
Place = tuple[int, int]
"""(row, column) of a cell in the table."""


def sums(table: Table, names: Names) -> Iterator[tuple[Place, list[Place]]]:
    """Each total of the table that is a sum, with the cells of which it is."""
    for nth, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            if not isinstance(cell, Figure) or cell.value is None:
                continue
            parts = _times_of(cell, row, names)
            places = [(nth, part) for part in parts]
            if not places:
                places = [(above, column) for above in _units_of(cell, nth, column, table, names)]
            if len(places) > 1 and _sum(table, places) == cell.value:
                yield (nth, column), places


def _sum(table: Table, places: Sequence[Place]) -> Decimal:
    cells = (table.rows[row][column] for row, column in places)
    return sum((one.value or Decimal(0) for one in cells if isinstance(one, Figure)), Decimal(0))


def _times_of(total: Figure, row: Sequence[object], names: Names) -> list[int]:
    """The columns of the row whose times make up that of the total, one after the other without a gap."""
    indicator = names.indicators.get(total.indicator)
    whole = time_of(total.period)
    if (
        indicator is None
        or indicator.over_time is not OverTime.SUM
        or indicator.formula
        or not whole
    ):
        return []
    found: list[tuple[Period, int]] = []
    for column, cell in enumerate(row):
        if isinstance(cell, Figure) and _is_like(cell, total) and cell.unit == total.unit:
            time = time_of(cell.period)
            if time and _is_inside(time, whole):
                found.append((time, column))
    outer = [one for one in found if not any(_is_inside(one[0], other) for other, _ in found)]
    outer.sort(key=lambda one: one[0].start)
    # The last one may end earlier: the rest of the time has no figures yet.
    if not outer or outer[0][0].start != whole.start:
        return []
    gaps = pairwise(outer)
    joined = all(first.end + _DAY == second.start for (first, _), (second, _) in gaps)
    return [column for _, column in outer] if joined else []


def _is_inside(part: Period, whole: Period) -> bool:
    """Whether the time lies in the other, and is shorter."""
    same = (part.start, part.end) == (whole.start, whole.end)
    return not same and whole.start <= part.start and part.end <= whole.end


def _units_of(total: Figure, nth: int, column: int, table: Table, names: Names) -> list[int]:
    """The rows above the total with the figures of the units directly under its unit."""
    indicator = names.indicators.get(total.indicator)
    if (
        indicator is None
        or indicator.over_units is not OverUnits.SUM
        or indicator.formula
        or total.own
    ):
        return []
    rows = []
    for above in range(nth):
        cell = table.rows[above][column]
        if isinstance(cell, Figure) and _is_under(cell, total, names):
            rows.append(above)
    return rows


def _is_under(cell: Figure, total: Figure, names: Names) -> bool:
    same = (cell.indicator, cell.period, cell.boundaries) == (
        total.indicator,
        total.period,
        total.boundaries,
    )
    unit = names.units.get(cell.unit)
    below = unit is not None and unit.parent == total.unit and not cell.own
    return same and (below or (cell.own and cell.unit == total.unit))


def _is_like(cell: Figure, total: Figure) -> bool:
    return (cell.indicator, cell.boundaries, cell.own, cell.scope) == (
        total.indicator,
        total.boundaries,
        total.own,
        total.scope,
    )


def change(cell: TiedNumber, row: Sequence[object]) -> tuple[int, int, str] | None:
    """The columns of the earlier and the later figure of a change, and what is printed of it: "share", or
    "difference". None where they are not in the row, or where the change is something else."""
    place = {one.id: n for n, one in enumerate(row) if isinstance(one, Figure)}
    if cell.how != "change" or len(cell.of) != 2 or not place.keys() >= set(cell.of):
        return None
    first, last = (place[id] for id in cell.of)
    before, now = row[first], row[last]
    assert isinstance(before, Figure)
    assert isinstance(now, Figure)
    if before.value is None or now.value is None:
        return None
    if not cell.text.endswith("%"):
        return first, last, "difference"
    return (first, last, "share") if before.value else None


def rounded_share(before: Decimal, now: Decimal) -> Decimal:
    """By how many per cent the second is more, as the formula gives it."""
    return ((now - before) / abs(before) * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
