"""Indicators (chỉ tiêu): what is counted, in which measure, and how it is aggregated.

Aggregation has two parts, over units and over time (as in DHIS2): union members are summed over units
and the last value is taken over time; conferences are summed over both. Ratios are never typed and
never averaged: they have a formula over other indicators.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from nqcore.errors import N_
from nqcore.formulas import Formula
from nqcore.model.units import EVERY_UNIT, Scope

_TIME_OF_A_NAME = re.compile(
    r",? (?:trong|đến cuối|tính đến cuối|cuối) (?:kỳ|tháng|quý|năm)(?: báo cáo)?$"
)
"""The period of its form at the end of a name; a sentence says another one."""


class OverUnits(StrEnum):
    """How values of several units become one."""

    SUM = "sum"
    MEAN = "mean"
    WEIGHTED_MEAN = "weighted_mean"
    MIN = "min"
    MAX = "max"
    COUNT = "count"
    """How many units have a value other than 0."""
    ANY = "any"
    ALL = "all"
    NONE = "none"
    """Must not be aggregated: asking for a total raises NotAddable."""


class OverTime(StrEnum):
    """How values of several periods become one."""

    SUM = "sum"
    """A flow: what happened in the period."""
    LAST = "last"
    """A stock: the value at the end."""
    FIRST = "first"
    MEAN = "mean"
    MIN = "min"
    MAX = "max"
    NONE = "none"


OVER_UNITS_LABELS: Mapping[OverUnits, str] = MappingProxyType(
    {
        OverUnits.SUM: N_("added up over the units"),
        OverUnits.MEAN: N_("the mean of the units"),
        OverUnits.WEIGHTED_MEAN: N_("the weighted mean of the units"),
        OverUnits.MIN: N_("the least of the units"),
        OverUnits.MAX: N_("the greatest of the units"),
        OverUnits.COUNT: N_("the number of units with a figure other than 0"),
        OverUnits.ANY: N_("1 if any unit has it"),
        OverUnits.ALL: N_("1 if all units have it"),
        OverUnits.NONE: N_("not added up over units"),
    }
)
"""How it adds up over units, in words (a msgid)."""

OVER_TIME_LABELS: Mapping[OverTime, str] = MappingProxyType(
    {
        OverTime.SUM: N_("added up over the periods"),
        OverTime.LAST: N_("the last period's figure"),
        OverTime.FIRST: N_("the first period's figure"),
        OverTime.MEAN: N_("the mean of the periods"),
        OverTime.MIN: N_("the least of the periods"),
        OverTime.MAX: N_("the greatest of the periods"),
        OverTime.NONE: N_("not added up over periods"),
    }
)
"""How it adds up over time, in words (a msgid)."""


class Direction(StrEnum):
    """Which way is good."""

    UP = "up"
    DOWN = "down"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A quantity that is counted or computed.

    `code` is unique in the workspace ("res20.B4"); `label` is what a form prints before the name
    ("B4"). `decimals` is the largest number of digits after the comma. An indicator with a `formula`
    is computed, never typed. `weight` is the indicator that weights a weighted mean. `at_most` is an
    indicator whose value this one must not exceed (a part of a whole); `parts` are indicators that
    must add up to this one. `asks` are the units that report it; for all other units the cell is
    *không áp dụng*. `short` is its name within a sentence, where `name` leans on the row above it or names
    the period of its form. Where it worsens by `worsens_by` or more (per cent of the earlier value; of a
    measure
    in per cent: points; None: 10 and 5), that is a shortcoming in itself; not where it worsens by less than
    `worsens_floor` (in its measure; None: 5 of what is counted in whole numbers, and 0 of all else). `since`
    is the first day of this version of the definition; an earlier version may have another formula, other
    limits or another name. Before the first day of its oldest version no unit is asked for it.
    """

    code: str
    label: str
    name: str
    measure: str
    decimals: int = 0
    over_units: OverUnits = OverUnits.SUM
    over_time: OverTime = OverTime.SUM
    weight: str | None = None
    direction: Direction = Direction.NEUTRAL
    worsens_by: Decimal | None = None
    worsens_floor: Decimal | None = None
    population: str | None = None
    formula: Formula | None = None
    minimum: Decimal | None = Decimal(0)
    maximum: Decimal | None = None
    at_most: str | None = None
    parts: tuple[str, ...] = ()
    asks: Scope = EVERY_UNIT
    short: str = ""
    note: str = ""
    since: date | None = None
    basis: str = ""

    @property
    def name_in_text(self) -> str:
        """Its name within a sentence, which says the time itself.

        >>> name = "Trong đó: tiền thưởng trong năm"
        >>> Indicator(code="s.B6", label="B6", name=name, measure="đồng").name_in_text
        'tiền thưởng'
        """
        if self.short:
            return self.short
        name = _TIME_OF_A_NAME.sub("", self.name.removeprefix("Trong đó: "))
        return f"{name[:1].lower()}{name[1:]}"

    @property
    def worsening(self) -> Decimal:
        """From which change on the bad way a shortcoming begins: in per cent, of a per cent in points."""
        if self.worsens_by is not None:
            return self.worsens_by
        return Decimal(5 if self.measure == "%" else 10)

    @property
    def is_count(self) -> bool:
        """Whether it is counted in whole numbers: a change from 2 to 1 of them is no trend."""
        return self.measure != "%" and self.decimals == 0

    @property
    def least_change(self) -> Decimal:
        """Below which change on the bad way there is no shortcoming, however many per cent it is."""
        if self.worsens_floor is not None:
            return self.worsens_floor
        return Decimal(5 if self.is_count else 0)

    @property
    def computed(self) -> bool:
        """Whether it is computed from other indicators, and so never typed."""
        return self.formula is not None


def row_label(code: str) -> str:
    """The row label of an indicator's code: C3.1 for "res20.C3.1" and for "C3.1"."""
    return code if code[:1].isupper() else code.partition(".")[2]
