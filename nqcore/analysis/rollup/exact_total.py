"""A total before it becomes a figure: exact, with all that it was made of."""

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
    """One cell that a figure is made of: what `unit` reported in `period`, in which submission.
    Within other boundaries only a `share` of it may be in the figure."""

    unit: str
    period: str
    value: Decimal
    submission: str
    share: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ExactTotal:
    """An exact total. `cover` is what was due and what of it is missing; `cells` lists the cells.

    Within the boundaries of another date: `estimated`, `apart` and `kept` as in Coverage, and
    `printed` the value as it is rounded together with those of other units.
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
        """Those of `due` that are not there."""
        return self.coverage_mask.reports(self.coverage_mask.missing)

    @property
    def contributions(self) -> tuple[Contribution, ...]:
        """The cells that are in the total: none for a computed one, whose parts have them."""
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
