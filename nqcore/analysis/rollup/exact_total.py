"""A total before it becomes a figure: exact, with its coverage and the cells that are in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from nqcore.formulas import Operand
from nqcore.model.figures import Coverage, ReportRef

if TYPE_CHECKING:
    from nqcore.analysis.rollup.coverage_mask import CoverageMask


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """One cell of a total: the value that `unit` reported for `period`, and its submission. Within
    other boundaries only a `share` of the value may be in the total."""

    unit: str
    period: str
    value: Decimal
    submission: str
    share: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ExactTotal:
    """An exact total. `coverage_mask`: the reports that are due and missing; `cells()` lists the cells.

    `carried`, `not_applicable`, `estimated`, `apart` and `kept` as in `Coverage`. `printed`: within the
    boundaries of another date, the value rounded together with those of other units; else None.
    """

    operand: Operand
    coverage_mask: CoverageMask
    carried: tuple[ReportRef, ...]
    not_applicable: int
    cells: Callable[[], tuple[Contribution, ...]]
    printed: Fraction | None = None
    estimated: tuple[ReportRef, ...] = ()
    apart: tuple[ReportRef, ...] = ()
    kept: tuple[ReportRef, ...] = ()

    @property
    def due(self) -> tuple[ReportRef, ...]:
        """The reports that the total is due to contain, in order of time, then of the tree."""
        return self.coverage_mask.reports(self.coverage_mask.due)

    @property
    def missing(self) -> tuple[ReportRef, ...]:
        """The reports of `due` that are missing."""
        return self.coverage_mask.reports(self.coverage_mask.missing)

    @property
    def contributions(self) -> tuple[Contribution, ...]:
        """The cells in the total; none for a computed one, whose parts have them."""
        return self.cells()

    @property
    def coverage(self) -> Coverage:
        """The coverage of the figure."""
        due, missing = int(self.coverage_mask.due.sum()), self.missing
        return Coverage(
            due=due,
            reported=due - len(missing),
            missing=missing,
            not_applicable=self.not_applicable,
            carried=self.carried,
            estimated=self.estimated,
            apart=self.apart,
            kept=self.kept,
        )
