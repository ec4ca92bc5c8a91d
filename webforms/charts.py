"""Small drawings as SVG: where a point or a column stands. What it says are figures of nqcore."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from nqcore.model.figures import Figure
from nqcore.model.periods import Period

Told = Sequence[tuple[Period, Figure]]


class Column(NamedTuple):
    """A column of a drawing of 220 × 86, its foot at 64; None has no height and no figure."""

    x: float
    y: float
    height: float
    width: float
    period: Period
    figure: Figure


def columns(told: Told) -> tuple[Column, ...]:
    """One column a period."""
    values = [figure.value for _period, figure in told if figure.value is not None]
    if len(values) < 2:
        return ()
    top = max((abs(value) for value in values), default=Decimal(0)) or Decimal(1)
    step = 216 / len(told)
    found = []
    for nth, (period, figure) in enumerate(told):
        height = round(float(abs(figure.value or Decimal(0)) / top) * 46, 1)
        found.append(
            Column(
                round(2 + nth * step, 1), 64 - height, height, round(step - 6, 1), period, figure
            )
        )
    return tuple(found)
