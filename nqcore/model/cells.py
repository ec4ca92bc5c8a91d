"""The value of a cell of a form: one of four states, never only ``None``.

An empty cell is never a zero. *Không phát sinh* is a zero that the unit confirmed; *không áp dụng*
follows from the form or a rule and is never typed; *chưa báo cáo* means that the unit has not reported
the figure (yet).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class CellState(StrEnum):
    """The four states of a cell."""

    NUMBER = "number"
    NIL = "nil"
    """*Không phát sinh*: a confirmed zero."""
    NOT_APPLICABLE = "not_applicable"
    """*Không áp dụng*: the form does not ask this unit."""
    NOT_REPORTED = "not_reported"
    """*Chưa báo cáo*."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One unit's value of one indicator in one period.

    `value` is a Decimal in the indicator's unit of measure for ``NUMBER`` and ``NIL`` (then 0), else None.
    """

    state: CellState
    value: Decimal | None = None

    def __post_init__(self) -> None:
        has_value = self.state in (CellState.NUMBER, CellState.NIL)
        if has_value != (self.value is not None):
            raise ValueError(f"a {self.state} cell cannot hold {self.value!r}")
        if self.value is not None and not self.value.is_finite():
            raise ValueError("a cell holds finite numbers only")
        if self.state is CellState.NIL and self.value != 0:
            raise ValueError("a nil cell holds 0")

    @classmethod
    def of(cls, value: Decimal) -> Cell:
        """The cell for a reported figure; 0 is *không phát sinh*."""
        if value == 0:
            return NIL
        return cls(CellState.NUMBER, value)


NIL = Cell(CellState.NIL, Decimal(0))
NOT_APPLICABLE = Cell(CellState.NOT_APPLICABLE)
NOT_REPORTED = Cell(CellState.NOT_REPORTED)
