"""Targets (mục tiêu) and tasks (nhiệm vụ, giải pháp) that directives set."""

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
    """How the actual value must stand to the target."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """`directive` wants `indicator` to be at least / at most `value` by the end of `period`.

    A target belongs to (directive, indicator, unit scope, period), never to the indicator: provinces
    and districts set their own.
    """

    id: str
    directive: str
    indicator: str
    value: Decimal
    period: str
    aim: Aim = Aim.AT_LEAST
    scope: Scope = EVERY_UNIT
    basis: str = ""

    def met(self, value: Decimal) -> bool:
        """Whether `value` is what was wanted."""
        return value >= self.value if self.aim is Aim.AT_LEAST else value <= self.value

    def share(self, value: Decimal) -> Decimal | None:
        """How much of the target `value` is, in per cent with one decimal; None where less is better
        or nothing is wanted."""
        if self.aim is not Aim.AT_LEAST or self.value <= 0:
            return None
        return (value / self.value * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)


class TaskStatus(StrEnum):
    """How far a task is."""

    NOT_STARTED = "not_started"
    DOING = "doing"
    DONE = "done"


STATUS_WORDS: Mapping[TaskStatus, str] = MappingProxyType(
    {
        TaskStatus.NOT_STARTED: N_("Not begun"),
        TaskStatus.DOING: N_("Under way"),
        TaskStatus.DONE: N_("Done"),
    }
)
"""How people say it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What `directive` gives `responsible` (a unit's code) to do by `deadline`.

    `answers` names the rules whose shortcomings it is meant to mend; `cooperating` the units that
    help. `deadline` None means continuous work ("thường xuyên"). `implements` names the tasks and
    targets of a document above that it carries out. A document from above may give a task to a body
    outside the tree of units: then `responsible` is "" and `responsible_name` holds the given words.
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
        """Who is responsible: a unit's code, or the given words."""
        return self.responsible or self.responsible_name
