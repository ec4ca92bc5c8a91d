"""The values that describe a made-up office, plain and of their own: the judge reads nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

HANOI = timezone(timedelta(hours=7))
FIRST_YEAR = 2016
ROOT = "top"
DIRECTIVE = "1-NQ/HU"
OTHER = "2-KH/HU"
"""A document that is not of the family of the directive."""
LEVELS = {"commune": "Xã", "agency": "Phòng", "enterprise": "Công ty", "cooperative": "Hợp tác xã"}
REPORTERS = ("commune", "agency", "enterprise", "cooperative")
FIRMS = ("enterprise", "cooperative")
OFFICES = ("commune", "agency")
Value = Decimal | bool | date | str | tuple[str, ...] | None


@dataclass(frozen=True)
class Unit:
    """`parents` are (first day, code of the parent), oldest first."""

    code: str
    name: str
    kind: str
    sector: str
    parents: tuple[tuple[date, str | None], ...]
    opened: date | None = None
    closed: date | None = None


@dataclass(frozen=True)
class Form:
    """`months`: the length of its periods: 3, 6 or 12. `own`: it is a form of the directive, and not of
    another document."""

    id: str
    months: int
    owed_by: tuple[str, ...]
    own: bool = True


@dataclass(frozen=True)
class Indicator:
    """`kind` is flow, stock or rate; a rate is `over[0]` per cent of `over[1]`."""

    code: str
    name: str
    measure: str
    kind: str
    form: str
    better: str = "up"
    asks: tuple[str, ...] = REPORTERS
    over: tuple[str, str] | None = None
    decimals: int = 0
    typical: int = 20
    zeros: float = 0.15
    floor: int | None = None
    steady: bool = False
    """Most units report the same number every time."""


@dataclass(frozen=True)
class Overlay:
    """From `since` on the target's value is `value` for `within` and all under it."""

    within: str
    since: date
    value: Decimal


@dataclass(frozen=True)
class Target:
    id: str
    indicator: str
    value: Decimal
    period: str
    aim: str = "at_least"
    kinds: tuple[str, ...] = ()
    within: str | None = None
    each: bool = False
    overlay: Overlay | None = None
    path: tuple[tuple[date, Decimal], ...] = ()


@dataclass(frozen=True)
class Rule:
    """`sentence` is a template with the names in braces of its type."""

    id: str
    kind: str
    type: str
    sentences: dict[str, str]
    indicators: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    sector: str = ""
    within: str = ""
    coverage: int = 80
    judgement: str = ""
    judged_by: tuple[str, ...] = ()
    options: dict[str, object] = field(default_factory=dict)
    since: date | None = None


@dataclass(frozen=True)
class Step:
    """The report is in `state` from the moment `at` on, with these answers."""

    at: datetime
    state: str
    answers: dict[str, Value]


@dataclass(frozen=True)
class Change:
    """`unit` moves under `to`, or (merge) ends and becomes a part of `to`."""

    day: date
    kind: str
    unit: str
    to: str


Key = tuple[str, str, str]
"""(form, period, unit)."""


def last_day(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def periods(months: int, years: range) -> Iterator[tuple[str, date, date]]:
    """(code, first day, last day) of the periods of a form."""
    for year in years:
        for nth in range(12 // months):
            code = {3: f"{year}-Q{nth + 1}", 6: f"{year}-H{nth + 1}", 12: str(year)}[months]
            yield code, date(year, nth * months + 1, 1), last_day(year, (nth + 1) * months)
