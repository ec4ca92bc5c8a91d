"""Targets (mục tiêu) and tasks (nhiệm vụ, giải pháp) of directives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from types import MappingProxyType

from nqcore.errors import N_
from nqcore.model.units import EVERY_UNIT, Scope


class Aim(StrEnum):
    """How the value is compared with the target."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """The value that a target's own document sets for a day on the way to it (*lộ trình*)."""

    day: date
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """`directive` requires `indicator` to be at least / at most `value` at the end of `period`.

    A target belongs to (directive, indicator, scope of units, period), not to the indicator: provinces
    and districts set their own targets. `each`: True asks it of every unit of the scope, False of the scope
    as a whole; None: as `nqcore.catalogue.targets_in_force` says, which knows which unit has which target.
    `path`: what its document sets on the way, by day; empty: the path is a straight line.
    """

    id: str
    directive: str
    indicator: str
    value: Decimal
    period: str
    aim: Aim = Aim.AT_LEAST
    scope: Scope = EVERY_UNIT
    basis: str = ""
    each: bool | None = None
    path: tuple[Milestone, ...] = ()

    def met(self, value: Decimal) -> bool:
        """Whether `value` reaches the target."""
        return value >= self.value if self.aim is Aim.AT_LEAST else value <= self.value

    def share(self, value: Decimal) -> Decimal | None:
        """`value` as a percentage of the target, with one decimal; None for `AT_MOST` or when the
        target is not above 0."""
        if self.aim is not Aim.AT_LEAST or self.value <= 0:
            return None
        return (value / self.value * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)


class TargetState(StrEnum):
    """What the figures say of a target on a day. `AT_MOST` works in mirror image."""

    REACHED = "reached"
    """The value meets it; for a limit on what adds up, only when its period is over."""
    MISSED = "missed"
    """Its period is over, and the value does not meet it."""
    AHEAD = "ahead"
    """Its period runs, and the value is on the path or better."""
    BEHIND = "behind"
    """Its period runs, and the value is worse than the path."""
    NO_PATH = "no_path"
    """Its period runs, it is not reached, and no value before it gives a path a beginning."""
    NO_DATA = "no_data"
    """No value, or too few of the reports due: nothing is judged."""


TARGET_STATE_LABELS: Mapping[TargetState, str] = MappingProxyType(
    {
        TargetState.REACHED: N_("reached"),
        TargetState.MISSED: N_("not reached"),
        TargetState.AHEAD: N_("ahead of the path"),
        TargetState.BEHIND: N_("behind the path"),
        TargetState.NO_PATH: N_("no path yet"),
        TargetState.NO_DATA: N_("no figures yet"),
    }
)
"""The English label (a msgid) of each state."""


class TaskStatus(StrEnum):
    """The progress of a task."""

    NOT_STARTED = "not_started"
    DOING = "doing"
    DONE = "done"


STATUS_LABELS: Mapping[TaskStatus, str] = MappingProxyType(
    {
        TaskStatus.NOT_STARTED: N_("Not begun"),
        TaskStatus.DOING: N_("Under way"),
        TaskStatus.DONE: N_("Done"),
    }
)
"""The English label (a msgid) of each status."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task that `directive` gives to `responsible` (the code of a unit), to be done by `deadline`.

    `answers` are the rules whose shortcomings it is meant to correct; `cooperating` the units that
    help. `deadline` None means continuous work ("thường xuyên"). `implements` are the tasks and
    targets of a superior document that it implements. A superior document may give a task to a body
    outside the tree of units: then `responsible` is "" and `responsible_name` is the printed name.
    """

    id: str
    directive: str
    title: str
    responsible: str = ""
    responsible_name: str = ""
    cooperating: tuple[str, ...] = ()
    deadline: date | None = None
    answers: tuple[str, ...] = ()
    implements: tuple[str, ...] = ()
    order: int = 0
    basis: str = ""

    @property
    def who(self) -> str:
        """Who is responsible: the code of a unit, or the printed name."""
        return self.responsible or self.responsible_name
