"""Figures: a value together with its coverage.

A total never exists without its coverage: code that prints the value also has how many reports were
due, how many are in it and which are missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from nqcore.errors import BoundariesError
from nqcore.formulas import Reason
from nqcore.model.units import EVERY_UNIT, Scope
from nqcore.text.messages import translator
from nqcore.text.number_forms import write_figure
from nqcore.text.printable import printable

REPORTED = "reported"
"""With these boundaries, every report counts under the units that were above its unit at that time."""

_REASONS = {
    "not-reported": "chưa có báo cáo",
    "not-applicable": "không áp dụng",
    "division-by-zero": "không tính được do phải chia cho 0",
    "zero-weights": "không tính được do tổng trọng số bằng 0",
}
"""A figure is written in Vietnamese, whatever the language of the program is."""


def read_boundaries(text: str | date) -> date | None:
    """The day of "2025-07-01"; None for "reported". Raises BoundariesError."""
    if isinstance(text, date):
        return text
    if text == REPORTED:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BoundariesError(text=text) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRef:
    """The report of one unit for one period."""

    unit: str
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Which reports, (unit, period) pairs, a figure is made of.

    `due` is the number of reports owed, `reported` how many of them are in the figure, `missing` the
    others: reported + len(missing) = due. `not_applicable` is the number of reports whose form does
    not ask the unit for this indicator. `carried` are in the figure with a value of an earlier period
    than the last one asked for (stocks only).

    Within the boundaries of another date: `estimated` are in the figure with a declared share of
    their value (*ước tính*). Without a declared share, a value cannot be divided: `apart` may belong
    here in part, but count at a unit above; `kept` count here, but at none of the units below.
    """

    due: int
    reported: int
    missing: tuple[ReportRef, ...] = ()
    not_applicable: int = 0
    carried: tuple[ReportRef, ...] = ()
    estimated: tuple[ReportRef, ...] = ()
    apart: tuple[ReportRef, ...] = ()
    kept: tuple[ReportRef, ...] = ()

    def __post_init__(self) -> None:
        if self.reported + len(self.missing) != self.due:
            raise ValueError("coverage does not add up")

    @property
    def complete(self) -> bool:
        """Whether every report that was due is in the figure, and none with an earlier value."""
        return not self.missing and not self.carried

    @property
    def exact(self) -> bool:
        """Whether no value was divided by a declared share or counts elsewhere without one."""
        return not self.estimated and not self.apart

    @property
    def missing_units(self) -> tuple[str, ...]:
        """The units with at least one missing report, each once, in order."""
        return tuple(dict.fromkeys(part.unit for part in self.missing))


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The value of `indicator` for `unit` (with all units under it) in `period`.

    ``str(figure)`` is "1.310 người (27/28)": 27 of the 28 reports that are due are in it. Without a
    value it says why: "– (0/28): chưa có báo cáo".

    `value` is in the indicator's measure, exact and rounded half up once to `decimals`. It is None
    when there is no value; then `reason` says why (nothing reported, division by zero, not
    applicable). `boundaries` is "reported" or an ISO date: the units are those of that date. `own`:
    only the unit's own report counts, not the units under it. `scope` limits the units. `version` is
    the first day of the definition that was used: the one in force at the end of the period.
    """

    indicator: str
    unit: str
    period: str
    value: Decimal | None
    decimals: int
    measure: str
    coverage: Coverage
    reason: Reason | None = None
    boundaries: str = "reported"
    own: bool = False
    scope: Scope = EVERY_UNIT
    version: date | None = None

    @property
    def id(self) -> str:
        """The id of the figure, for `nq explain --figure`."""
        scope = "own" if self.own else self.scope.text
        return f"{self.indicator}|{self.period}|{self.unit}|{scope}|{self.boundaries}"

    def __str__(self) -> str:
        counted = f"{self.coverage.reported}/{self.coverage.due}"
        if self.value is None:
            return f"– ({counted}): {reason_text(self.reason)}"
        estimated = "" if self.coverage.exact else ", ước tính"
        space = "" if self.measure.startswith("%") else " "
        number = write_figure(self.value, self.decimals) + space + self.measure
        return f"{number.rstrip()} ({counted}{estimated})"


FEW = 10
"""Of a count below it no per cent is said: 1 of 2 is no "50%"."""


def percent_of_change(before: Figure, now: Figure) -> Decimal | None:
    """By how many per cent of the first the second is more (below 0: less), with one decimal. None where it
    must not be said: of a per cent, of 0, and of a count of fewer than ten.
    """
    if before.value is None or now.value is None or now.measure == "%" or not before.value:
        return None
    if not before.decimals and abs(before.value) < FEW:
        return None
    share = (now.value - before.value) / abs(before.value) * 100
    return share.quantize(Decimal("0.1"), ROUND_HALF_UP)


def reason_text(reason: Reason | None) -> str:
    """Why there is no value, without a full stop: "chưa có báo cáo"."""
    if reason is None:
        return "không có số liệu"
    if reason.code == "not-projectable":
        text = printable(reason.message(translator("vi"))).rstrip(". ")
        return text[:1].lower() + text[1:]
    return _REASONS.get(reason.code) or f"không có số liệu ({printable(str(reason)).rstrip('. ')})"
