"""Claims: what a finding says, as data. Its sentence is made from its claims, so both say the same.

A claim is about accepted reports only, and only about those of `start`..`end`. A judge that has the reports
can say of each claim whether it is true.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from nqcore.model.figures import Figure
from nqcore.model.units import EVERY_UNIT, Scope


class Relation(StrEnum):
    """What a claim says of its subject."""

    IS = "is"
    """The total over the time is `values[0]`."""
    ROSE = "rose"
    """The total was `values[0]` in the first time and is `values[1]`, which is more, in the last."""
    FELL = "fell"
    """The same, and it is less."""
    UNCHANGED = "unchanged"
    """The same, and both are equal."""
    NONE_SINCE = "none_since"
    """Every accepted report of every unit in scope, of the time and after it, says 0; and each unit that
    owed a report for the last period of the time has one."""
    REACHED = "reached"
    """`values[0]` meets the target."""
    MISSED = "missed"
    """`values[0]` does not meet the target, and the target's period is over."""
    AHEAD = "ahead"
    """The target's period runs: `values[0]` is on its straight path, or better."""
    BEHIND = "behind"
    """The target's period runs: `values[0]` is not yet on its straight path."""
    SOME_DID = "some_did"
    """Of the units `among`, each of which has reports, exactly `units` did what `what` says."""
    NONE_DID = "none_did"
    """Of the units `among`, each of which has reports, not one did."""


CHANGES = frozenset({Relation.ROSE, Relation.FELL, Relation.UNCHANGED})
"""The relations of two values."""
ON_TARGETS = frozenset({Relation.REACHED, Relation.MISSED, Relation.AHEAD, Relation.BEHIND})
"""The relations of a value and a target."""

ON_PATH = frozenset({Relation.AHEAD, Relation.BEHIND})
"""The relations of a value and the path to a target."""


class Deed(StrEnum):
    """What is counted of units."""

    IDLE = "idle"
    """At least `least` periods in a row, each with an accepted report that says 0. A period without a
    report interrupts the row."""
    ANSWERED = "answered"
    """The answer of the unit's last accepted report of the time has one of `codes`."""
    ANSWERED_ONCE = "answered_once"
    """The answer of one of its accepted reports of the last `least` periods that have answers (0: of all)
    has one of `codes`."""
    ENTERED = "entered"
    """One of its accepted reports up to the end of the time names its plan."""
    LACKS = "lacks"
    """No accepted report up to the end of the time names its plan, and its last report that is due is
    accepted."""
    DATED = "dated"
    """Its last accepted report of the time gives a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportsOfClaim:
    """The reports that a claim rests on, (unit, period) pairs: `accepted` and those that are missing: `past`
    their deadline, `waiting` for the office, not yet due (`early`), or `returned`: with the unit for
    correction, left out by the office, of a unit that has ended, or of a time before the office began. `due`
    is the sum."""

    due: int = 0
    accepted: int = 0
    past: int = 0
    waiting: int = 0
    early: int = 0
    returned: int = 0

    def covers(self, least: int) -> bool:
        """Whether at least `least` per cent are accepted; False where none is due."""
        return self.due > 0 and self.accepted * 100 >= least * self.due


NO_REPORTS = ReportsOfClaim()
"""No report is due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What is claimed of `subject` (the code of an indicator, or the key of a field) over `scope` under
    `unit`.

    `start`..`end` is the time that is really covered: from the first to the last day of the periods spoken
    of. `values` are figures, in the order that the relation says; `like_for_like` are the same two over the
    units with reports in both times, where units opened, closed or moved. `units` of `among` did `what`;
    of `unknown` nothing is known. `target` is the id of a target, `path` its value on the day.
    """

    relation: Relation
    subject: str
    unit: str
    start: date
    end: date
    scope: Scope = EVERY_UNIT
    values: tuple[Figure, ...] = ()
    like_for_like: tuple[Figure, ...] = ()
    what: Deed | None = None
    codes: tuple[str, ...] = ()
    least: int = 0
    units: tuple[str, ...] = ()
    among: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    target: str = ""
    path: Decimal | None = None
    reports: ReportsOfClaim = NO_REPORTS


def change_relation(before: Decimal, now: Decimal) -> Relation:
    """ROSE, FELL or UNCHANGED.

    >>> change_relation(Decimal(5), Decimal(3)).value
    'fell'
    """
    if now == before:
        return Relation.UNCHANGED
    return Relation.ROSE if now > before else Relation.FELL
